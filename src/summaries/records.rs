//! What a round's summary is made of: one query for each kind of row, whatever the size of the round.
use super::rules::{Measured, Project};
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::awards::AwardOutcome;
use crate::calls::{self, Round};
use crate::contracts::{Category, State};
use crate::implementation::Expense;
use crate::kernel::{Actor, ApplicationId, ContractId, Error, Instant, Lang, Money, Quantity, Result, RoundId};
use crate::payments::Payment;
use crate::payments::records::paid_in;
use crate::programmes::{self, Programme};
use crate::scoring::EvaluationState;
use crate::store::schema::{
    application_places, applications, award_outcomes, checks, contract_lines, contracts, evaluations, expenses, indicator_values, indicators, payments, reports,
};
use crate::store::{Conn, sum_money};
use diesel::prelude::*;
use std::collections::HashMap;

/// The round of this fund, for those who may read its summary; for everybody else it is not there.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn visible_to(conn: &mut Conn, actor: &Actor, slug: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, slug)?;
    if !super::rules::may_read(actor, programme.id) {
        return Err(Error::NotFound);
    }
    let round = calls::records::by_code(conn, programme.id, code)?;
    Ok((programme, round))
}

/// Everything that the summary adds up.
pub struct Rows {
    pub projects: Vec<Project>,
    pub planned: Vec<(String, Money)>,
    pub accepted: Vec<(String, Money)>,
    pub indicators: Vec<Measured>,
}

/// Six statements, whatever the size of the round.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn rows(conn: &mut Conn, round: RoundId) -> Result<Rows> {
    let paid: HashMap<ContractId, Money> = paid_in(conn, round)?.into_iter().collect();
    let spent = accepted(conn, round)?;
    let mut places = places(conn, round)?;
    let mut accepted_of: HashMap<ContractId, Money> = HashMap::new();
    for (contract, _, amount) in &spent {
        *accepted_of.entry(*contract).or_default() += *amount;
    }
    let project = |row: Found| {
        let money = |of: &HashMap<ContractId, Money>| row.contract.and_then(|contract| of.get(&contract)).copied().unwrap_or(Money::ZERO);
        let mut named = places.remove(&row.id).unwrap_or_default();
        if named.is_empty() && !row.municipality.is_empty() {
            named.push(row.municipality);
        }
        let evaluated = row.evaluation.is_some_and(|state| state.has_result());
        let awarded = row.outcome == Some(AwardOutcome::Awarded);
        Project {
            code: row.code.unwrap_or_default(),
            title: row.title,
            organisation: row.organisation,
            contract: row.contract,
            tier: row.tier,
            theme: row.theme,
            places: named,
            submitted: row.status == Status::Submitted,
            withdrawn: row.status == Status::Withdrawn,
            passed: row.check == Some(CheckState::Passed),
            evaluated,
            above: evaluated && row.eligible == Some(true),
            awarded,
            contracted: row.active_at.is_some(),
            completed: row.state == Some(State::Closed),
            asked: row.requested,
            granted: if awarded { row.amount.unwrap_or(Money::ZERO) } else { Money::ZERO },
            paid: money(&paid),
            accepted: money(&accepted_of),
        }
    };
    Ok(Rows {
        projects: found(conn, round)?.into_iter().map(project).collect(),
        planned: planned(conn, round)?,
        accepted: spent.into_iter().map(|(_, heading, amount)| (heading, amount)).collect(),
        indicators: measured(conn, round)?,
    })
}

#[derive(Queryable)]
struct Found {
    id: ApplicationId,
    code: Option<String>,
    title: String,
    organisation: String,
    tier: String,
    theme: String,
    municipality: String,
    status: Status,
    requested: Money,
    check: Option<CheckState>,
    evaluation: Option<EvaluationState>,
    eligible: Option<bool>,
    outcome: Option<AwardOutcome>,
    amount: Option<Money>,
    contract: Option<ContractId>,
    state: Option<State>,
    active_at: Option<Instant>,
}

fn found(conn: &mut Conn, round: RoundId) -> Result<Vec<Found>> {
    Ok(applications::table
        .left_join(checks::table)
        .left_join(evaluations::table)
        .left_join(award_outcomes::table)
        .left_join(contracts::table)
        .filter(applications::round_id.eq(round))
        .filter(applications::is_test.eq(false))
        .select((
            applications::id,
            applications::code,
            applications::title,
            applications::organisation_name,
            applications::tier,
            applications::theme,
            applications::municipality,
            applications::status,
            applications::requested,
            checks::state.nullable(),
            evaluations::state.nullable(),
            evaluations::eligible.nullable(),
            award_outcomes::outcome.nullable(),
            award_outcomes::amount.nullable(),
            contracts::id.nullable(),
            contracts::state.nullable(),
            contracts::active_at.nullable(),
        ))
        .load(conn)?)
}

/// The municipalities of each application in the order in which they were named.
fn places(conn: &mut Conn, round: RoundId) -> Result<HashMap<ApplicationId, Vec<String>>> {
    let rows: Vec<(ApplicationId, String)> = application_places::table
        .inner_join(applications::table)
        .filter(applications::round_id.eq(round))
        .order(application_places::position)
        .select((application_places::application_id, application_places::municipality))
        .load(conn)?;
    let mut places: HashMap<ApplicationId, Vec<String>> = HashMap::new();
    for (application, place) in rows {
        places.entry(application).or_default().push(place);
    }
    Ok(places)
}

/// Accepted costs by contract and heading.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn accepted(conn: &mut Conn, round: RoundId) -> Result<Vec<(ContractId, String, Money)>> {
    Ok(expenses::table
        .inner_join(contracts::table)
        .inner_join(contract_lines::table)
        .filter(contracts::round_id.eq(round))
        .filter(expenses::accepted.is_not_null())
        .group_by((contract_lines::contract_id, contract_lines::heading))
        .select((contract_lines::contract_id, contract_lines::heading, sum_money(expenses::accepted)))
        .load(conn)?)
}

/// The budgets of contracts that were signed, by heading.
fn planned(conn: &mut Conn, round: RoundId) -> Result<Vec<(String, Money)>> {
    Ok(contract_lines::table
        .inner_join(contracts::table)
        .filter(contracts::round_id.eq(round))
        .filter(contracts::active_at.is_not_null())
        .group_by(contract_lines::heading)
        .select((contract_lines::heading, sum_money(contract_lines::total)))
        .load(conn)?)
}

/// Indicators of signed contracts, each with its last value.
fn measured(conn: &mut Conn, round: RoundId) -> Result<Vec<Measured>> {
    type Row = (String, crate::kernel::IndicatorId, String, String, Lang, Quantity, Quantity, Option<Quantity>);
    let rows: Vec<Row> = indicators::table
        .inner_join(contracts::table.inner_join(applications::table))
        .left_join(indicator_values::table)
        .filter(contracts::round_id.eq(round))
        .filter(contracts::active_at.is_not_null())
        .order((contracts::code, indicators::position, indicators::id, indicator_values::measured_on, indicator_values::entered_at))
        .select((
            contracts::code,
            indicators::id,
            indicators::title,
            indicators::unit,
            applications::lang,
            indicators::baseline,
            indicators::target,
            indicator_values::value.nullable(),
        ))
        .load(conn)?;
    let mut measured: Vec<(crate::kernel::IndicatorId, Measured)> = vec![];
    for (contract, id, title, unit, lang, baseline, target, value) in rows {
        match measured.last_mut().filter(|(last, _)| *last == id) {
            // Rows come in the order in which they were measured: the last one holds.
            Some((_, last)) => last.value = value.or(last.value),
            None => measured.push((id, Measured { contract, title, unit, lang, baseline, target, value })),
        }
    }
    Ok(measured.into_iter().map(|(_, measured)| measured).collect())
}

/// Rows that are read at a time for a file.
pub const PIECE: i64 = 1_000;

/// A cost with its contract's code, its heading and budget line, and when it was decided.
pub type CostRow = (Expense, String, Category, String, Option<Instant>);

/// Costs of a round by contract and day, a piece of them.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn costs(conn: &mut Conn, round: RoundId, offset: i64) -> Result<Vec<CostRow>> {
    Ok(expenses::table
        .inner_join(contracts::table)
        .inner_join(contract_lines::table)
        .left_join(reports::table)
        .filter(contracts::round_id.eq(round))
        .order((contracts::code, expenses::paid_on, expenses::entered_at, expenses::id))
        .limit(PIECE)
        .offset(offset)
        .select((Expense::as_select(), contracts::code, contract_lines::heading, contract_lines::description, reports::decided_at.nullable()))
        .load(conn)?)
}

/// The payments of a round by contract and number, with the contract's code, a piece of them.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn payments_of(conn: &mut Conn, round: RoundId, offset: i64) -> Result<Vec<(Payment, String)>> {
    Ok(payments::table
        .inner_join(contracts::table)
        .filter(contracts::round_id.eq(round))
        .order((contracts::code, payments::number))
        .limit(PIECE)
        .offset(offset)
        .select((Payment::as_select(), contracts::code))
        .load(conn)?)
}
