//! Rows for other programs, read in pieces, so that a large round never stands in memory whole.
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::awards::AwardOutcome;
use crate::calls::{self, Round};
use crate::contracts::State;
use crate::kernel::{Actor, ContractId, Error, Instant, Money, Result, Room, RoundId};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::store::schema::{applications, award_outcomes, checks, contracts, evaluations, organisations};
use diesel::prelude::*;

/// Rows that are read and sent at a time.
pub const PIECE: i64 = 1_000;

/// The office reads all applications of a round; for everybody else they are not there.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn visible_to(conn: &mut Conn, actor: &Actor, slug: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, slug)?;
    if !actor.opens(Room::ApplicationsFile, programme.id) {
        return Err(Error::NotFound);
    }
    let round = calls::records::by_code(conn, programme.id, code)?;
    Ok((programme, round))
}

/// An application that has arrived, with how far it came.
#[derive(Queryable)]
pub struct Arrived {
    pub serial: Option<i32>,
    pub code: Option<String>,
    pub organisation: String,
    pub nipt: String,
    pub title: String,
    pub tier: String,
    pub municipality: String,
    pub theme: String,
    pub months: i32,
    pub requested: Money,
    pub total: Money,
    pub status: Status,
    pub submitted_at: Option<Instant>,
    pub check: Option<CheckState>,
    /// Hundredths of a point.
    pub points: Option<i64>,
    pub eligible: Option<bool>,
    pub outcome: Option<AwardOutcome>,
    pub granted: Option<Money>,
    pub contract: Option<ContractId>,
    pub contract_code: Option<String>,
    pub contract_state: Option<State>,
}

/// The next applications after this serial, in its order.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn arrived_after(conn: &mut Conn, round: RoundId, serial: i32) -> Result<Vec<Arrived>> {
    Ok(applications::table
        .inner_join(organisations::table)
        .left_join(checks::table)
        .left_join(evaluations::table)
        .left_join(award_outcomes::table)
        .left_join(contracts::table)
        .filter(applications::round_id.eq(round))
        .filter(applications::serial.gt(serial))
        .order(applications::serial)
        .limit(PIECE)
        .select((
            applications::serial,
            applications::code,
            applications::organisation_name,
            organisations::nipt,
            applications::title,
            applications::tier,
            applications::municipality,
            applications::theme,
            applications::months,
            applications::requested,
            applications::total,
            applications::status,
            applications::submitted_at,
            checks::state.nullable(),
            evaluations::points.nullable(),
            evaluations::eligible.nullable(),
            award_outcomes::outcome.nullable(),
            award_outcomes::amount.nullable(),
            contracts::id.nullable(),
            contracts::code.nullable(),
            contracts::state.nullable(),
        ))
        .load(conn)?)
}
