//! The board's queries: few, indexed, the same number however many applications there are.
use super::{Figures, Group, Later, Order, Pick, Row};
use crate::administrative_check::CheckState;
use crate::administrative_check::rules::SEES;
use crate::applications::Status;
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, ContractId, Error, Instant, ProgrammeId, Result, RoundId, folded};
use crate::programmes::Programme;
use crate::store::schema::{applications, award_outcomes, awards, checks, contracts, evaluations, rounds};
use crate::store::{Conn, count_all, sum_money};
use crate::workflow::Subject;
use diesel::prelude::*;
use std::collections::HashMap;

/// The fund and round of a board that this person may see: the office's, in any state of the round.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn visible_to(conn: &mut Conn, actor: &Actor, fund: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = crate::programmes::records::by_slug(conn, fund)?;
    if !actor.is_any(SEES, programme.id) {
        return Err(Error::NotFound);
    }
    let round = crate::calls::records::by_code(conn, programme.id, code)?;
    Ok((programme, round))
}

/// What this code stands for in the log: an application with its contract, or a round. Nothing where the fund has no such code.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn subjects_of(conn: &mut Conn, programme: ProgrammeId, code: &str) -> Result<Vec<Subject>> {
    let code = code.trim().to_uppercase();
    let found: Option<(ApplicationId, Option<ContractId>)> = applications::table
        .left_join(contracts::table)
        .filter(applications::programme_id.eq(programme))
        .filter(applications::code.eq(&code))
        .select((applications::id, contracts::id.nullable()))
        .first(conn)
        .optional()?;
    if let Some((application, contract)) = found {
        return Ok(std::iter::once(Subject::Application(application)).chain(contract.map(Subject::Contract)).collect());
    }
    let round: Option<RoundId> =
        rounds::table.filter(rounds::programme_id.eq(programme)).filter(rounds::code.eq(&code)).select(rounds::id).first(conn).optional()?;
    Ok(round.map(Subject::Round).into_iter().collect())
}

/// The codes of these applications.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn codes_of(conn: &mut Conn, ids: Vec<ApplicationId>) -> Result<HashMap<String, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ApplicationId, Option<String>)> =
        applications::table.filter(applications::id.eq_any(ids)).select((applications::id, applications::code)).load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, code)| Some((id.to_string(), code?))).collect())
}

/// Everything that the board counts.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn figures(conn: &mut Conn, round: RoundId) -> Result<Figures> {
    let groups = groups(conn, round)?;
    let due = due(conn, round)?;
    let deadline = crate::applications::deadline_records::last_for_all(conn, round)?;
    let mut figures = Figures { groups, due, deadline, later: Later::default() };
    // Before anything has passed there is nothing later.
    if figures.in_state(CheckState::Passed) > 0 {
        figures.later = later(conn, round)?;
    }
    Ok(figures)
}

fn groups(conn: &mut Conn, round: RoundId) -> Result<Vec<Group>> {
    Ok(applications::table
        .left_join(checks::table)
        .filter(applications::round_id.eq(round))
        .filter(applications::is_test.eq(false))
        .group_by((applications::status, checks::state, checks::checker_name, applications::municipality))
        .select((
            applications::status,
            checks::state.nullable(),
            checks::checker_name.nullable(),
            applications::municipality,
            count_all(),
            sum_money(applications::requested),
        ))
        .load(conn)?)
}

fn due(conn: &mut Conn, round: RoundId) -> Result<Vec<(Instant, i64)>> {
    let rows: Vec<(Option<Instant>, i64)> = checks::table
        .filter(checks::round_id.eq(round))
        .filter(checks::state.eq(CheckState::Clarification))
        .group_by(checks::due_at)
        .select((checks::due_at, count_all()))
        .order(checks::due_at)
        .limit(20)
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(at, count)| Some((at?, count))).collect())
}

fn later(conn: &mut Conn, round: RoundId) -> Result<Later> {
    let evaluated: Vec<(bool, i64)> = evaluations::table
        .filter(evaluations::round_id.eq(round))
        .filter(evaluations::state.eq_any([crate::scoring::EvaluationState::Settled, crate::scoring::EvaluationState::Final]))
        .group_by(evaluations::eligible)
        .select((evaluations::eligible, count_all()))
        .load(conn)?;
    let decided_at: Option<Instant> = awards::table.find(round).select(awards::decided_at).first(conn).optional()?;
    let mut later = Later {
        evaluated: evaluated.iter().map(|(_, count)| count).sum(),
        above: evaluated.iter().filter(|(eligible, _)| *eligible).map(|(_, count)| count).sum(),
        decided_at,
        ..Later::default()
    };
    if decided_at.is_some() {
        later.awarded = award_outcomes::table
            .filter(award_outcomes::round_id.eq(round))
            .filter(award_outcomes::outcome.eq(crate::awards::AwardOutcome::Awarded))
            .count()
            .get_result(conn)?;
        later.contracts =
            contracts::table.filter(contracts::round_id.eq(round)).group_by(contracts::state).select((contracts::state, count_all())).load(conn)?;
    }
    Ok(later)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn columns() -> _ {
    (
        applications::id,
        applications::code,
        applications::title,
        applications::organisation_name,
        applications::municipality,
        applications::requested,
        applications::status,
        checks::state.nullable(),
        checks::answered.nullable(),
        checks::lines.nullable(),
        checks::due_at.nullable(),
        checks::checker_name.nullable(),
    )
}

/// Part of what a person typed, folded, without the signs that LIKE reads as wild.
fn pattern(search: &str) -> String {
    format!("%{}%", folded(search).replace(['%', '_'], " "))
}

/// The rows by their serials, or the most urgent first. What has a check is looked up by the checks' own indexes, everything else by
/// the applications'.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn rows(conn: &mut Conn, round: RoundId, pick: Pick, order: Order, search: &str, limit: i64, offset: i64) -> Result<Vec<Row>> {
    let rows = applications::table.left_join(checks::table).limit(limit).offset(offset).select(columns()).into_boxed();
    let rows = match (pick, order) {
        (Pick::State(state), _) => rows.filter(checks::round_id.eq(round)).filter(checks::state.eq(state)),
        (Pick::All, Order::Urgency) => rows.filter(checks::round_id.eq(round)),
        (Pick::All | Pick::Withdrawn, _) => rows.filter(applications::round_id.eq(round)),
    };
    let rows = rows.filter(applications::status.eq(if pick == Pick::Withdrawn { Status::Withdrawn } else { Status::Submitted }));
    let rows = match (pick, order) {
        (Pick::Withdrawn, _) | (Pick::All, Order::Code) => rows.order(applications::serial),
        (Pick::State(_), Order::Code) => rows.order(checks::serial),
        (Pick::State(_), Order::Urgency) => rows.order((checks::turn_at, checks::serial)),
        (Pick::All, Order::Urgency) => rows.order((checks::decided_at.is_not_null(), checks::turn_at, checks::serial)),
    };
    Ok(if search.is_empty() { rows.load(conn)? } else { rows.filter(applications::search.like(pattern(search))).load(conn)? })
}

/// How many rows a search finds.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count(conn: &mut Conn, round: RoundId, pick: Pick, search: &str) -> Result<i64> {
    let found = applications::search.like(pattern(search));
    Ok(match pick {
        Pick::State(state) => applications::table
            .inner_join(checks::table)
            .filter(checks::round_id.eq(round))
            .filter(checks::state.eq(state))
            .filter(applications::status.eq(Status::Submitted))
            .filter(found)
            .count()
            .get_result(conn)?,
        Pick::All | Pick::Withdrawn => {
            let status = if pick == Pick::Withdrawn { Status::Withdrawn } else { Status::Submitted };
            applications::table.filter(applications::round_id.eq(round)).filter(applications::status.eq(status)).filter(found).count().get_result(conn)?
        }
    })
}
