//! Contracts in the database. Every look-up and every list begins with `visible_to`.
use super::content::Agreement;
use super::rules::{OFFICE, REMINDED_DAYS};
use super::{Contract, Line, Party, Signature, State};
use crate::applications::Application;
use crate::awards::AwardOutcome;
use crate::kernel::{
    ActivityId, Actor, ApplicationId, ContractId, ContractLineId, Day, Error, IndicatorId, Instant, Money, PaymentId, ProgrammeId, ReportId, Result, Role,
    fault,
};
use crate::programmes::{Programme, records as funds};
use crate::store::schema::{activities, applications, award_outcomes, contract_lines, contracts, indicators, payments, programmes, reports, signatures};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;

/// What this person may see at all: their organisations' contracts once they were sent; the whole of a fund as its office; a funder what was sent.
#[must_use]
pub fn visible_to(actor: &Actor) -> contracts::BoxedQuery<'static, MultiBackend> {
    let office = contracts::programme_id.eq_any(actor.programmes_as(OFFICE));
    let mine = contracts::organisation_id.eq_any(actor.organisation_ids());
    let funded = contracts::programme_id.eq_any(actor.programmes_as(&[Role::Funder]));
    contracts::table.filter(office.or(contracts::state.ne(State::Drafted).and(mine.or(funded)))).into_boxed()
}

/// One contract among those this person may see.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<Contract> {
    Ok(visible_to(actor).filter(contracts::id.eq(id)).select(Contract::as_select()).first(conn)?)
}

/// The same with its fund, in one statement.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find_in_fund(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<(Contract, Programme)> {
    let (contract, fund): (Contract, funds::Row) =
        visible_to(actor).inner_join(programmes::table).filter(contracts::id.eq(id)).select((Contract::as_select(), funds::columns())).first(conn)?;
    Ok((contract, funds::read(fund)?))
}

/// One contract, for time itself and for stages that have asked their own visibility.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_id(conn: &mut Conn, id: ContractId) -> Result<Contract> {
    Ok(contracts::table.find(id).select(Contract::as_select()).first(conn)?)
}

/// The contract of an application, if it has one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_application(conn: &mut Conn, application: ApplicationId) -> Result<Option<Contract>> {
    Ok(contracts::table.filter(contracts::application_id.eq(application)).select(Contract::as_select()).first(conn).optional()?)
}

/// What was agreed, from the contract's own content.
///
/// # Errors
/// `Fault` when it cannot be read.
pub fn agreement(contract: &Contract) -> Result<Agreement> {
    serde_json::from_str(&contract.content).map_err(fault)
}

/// The cost lines of a contract, in their order.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn lines(conn: &mut Conn, id: ContractId) -> Result<Vec<Line>> {
    Ok(contract_lines::table.filter(contract_lines::contract_id.eq(id)).order(contract_lines::position).select(Line::as_select()).load(conn)?)
}

/// The signatures under a contract, the earlier first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn signatures_of(conn: &mut Conn, id: ContractId) -> Result<Vec<Signature>> {
    Ok(signatures::table.filter(signatures::contract_id.eq(id)).order(signatures::signed_at).select(Signature::as_select()).load(conn)?)
}

/// What an application was awarded; None where it was not.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn awarded(conn: &mut Conn, application: ApplicationId) -> Result<Option<Money>> {
    Ok(award_outcomes::table
        .find(application)
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .select(award_outcomes::amount)
        .first(conn)
        .optional()?)
}

/// Awarded applications of a fund that have no contract yet, with what they were awarded, in the order of their codes.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn awaiting_draft(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<(Application, Money)>> {
    let drafted = contracts::table.filter(contracts::application_id.eq(applications::id)).select(contracts::id);
    Ok(award_outcomes::table
        .inner_join(applications::table)
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .filter(applications::programme_id.eq(programme))
        .filter(diesel::dsl::not(diesel::dsl::exists(drafted)))
        .order((applications::submitted_at, applications::serial))
        .limit(200)
        .select((Application::as_select(), award_outcomes::amount))
        .load(conn)?)
}

/// The contracts of a fund that this person may see: how many, in this state where one is asked for.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count(conn: &mut Conn, actor: &Actor, programme: ProgrammeId, state: Option<State>) -> Result<i64> {
    let mut query = visible_to(actor).filter(contracts::programme_id.eq(programme));
    if let Some(state) = state {
        query = query.filter(contracts::state.eq(state));
    }
    Ok(query.count().get_result(conn)?)
}

/// A page of them, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn page(conn: &mut Conn, actor: &Actor, programme: ProgrammeId, state: Option<State>, limit: i64, offset: i64) -> Result<Vec<Contract>> {
    let mut query = visible_to(actor).filter(contracts::programme_id.eq(programme));
    if let Some(state) = state {
        query = query.filter(contracts::state.eq(state));
    }
    Ok(query.order((contracts::drafted_at.desc(), contracts::id)).limit(limit).offset(offset).select(Contract::as_select()).load(conn)?)
}

/// Contracts whose day has come: sent ones nobody signed in time, and active ones whose period is over.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn overtaken(conn: &mut Conn, today: Day) -> Result<Vec<(ContractId, State)>> {
    let unsigned = contracts::state.eq(State::Sent).and(contracts::due_on.lt(Some(today)).assume_not_null());
    let over = contracts::state.eq(State::Active).and(contracts::ends_on.lt(today));
    Ok(contracts::table.filter(unsigned.or(over)).order(contracts::id).limit(100).select((contracts::id, contracts::state)).load(conn)?)
}

/// Sent contracts whose last day for a signature is near, and whose beneficiary was not reminded.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn to_remind(conn: &mut Conn, today: Day) -> Result<Vec<Contract>> {
    let near = contracts::due_on.between(Some(today), Some(today.plus_days(REMINDED_DAYS))).assume_not_null();
    let unsigned = contracts::state.eq(State::Sent).and(contracts::reminded_at.is_null());
    Ok(contracts::table.filter(unsigned.and(near)).order(contracts::id).limit(100).select(Contract::as_select()).load(conn)?)
}

/// Notes that the beneficiary was reminded to sign.
///
/// # Errors
/// `Stale` when the contract changed meanwhile.
pub fn reminded(conn: &mut Conn, contract: &Contract, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(contracts::table.find(contract.id).filter(contracts::version.eq(contract.version)))
            .set((contracts::reminded_at.eq(Some(now)), contracts::version.eq(contract.version + 1)))
            .execute(conn)?,
    )
}

/// Writes a new contract with everything that was planned in it.
///
/// # Errors
/// `Stale` when the application has a contract already.
pub fn insert(conn: &mut Conn, contract: &Contract, agreement: &Agreement) -> Result<()> {
    diesel::insert_into(contracts::table).values(contract).execute(conn)?;
    insert_lines(conn, contract.id, agreement)?;
    insert_plan(conn, contract.id, agreement)?;
    insert_calendar(conn, contract.id, agreement)
}

fn insert_lines(conn: &mut Conn, contract_id: ContractId, agreement: &Agreement) -> Result<()> {
    for (position, line) in (1..).zip(&agreement.lines) {
        let row = Line {
            id: ContractLineId::new(),
            contract_id,
            position,
            heading: line.heading,
            description: line.description.clone(),
            unit: line.unit.clone(),
            number: line.number,
            unit_cost: line.unit_cost,
            total: line.total,
        };
        diesel::insert_into(contract_lines::table).values(&row).execute(conn)?;
    }
    Ok(())
}

fn insert_plan(conn: &mut Conn, contract: ContractId, agreement: &Agreement) -> Result<()> {
    for (position, activity) in (1..).zip(&agreement.activities) {
        let months = activity.months.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        diesel::insert_into(activities::table)
            .values((
                activities::id.eq(ActivityId::new()),
                activities::contract_id.eq(contract),
                activities::position.eq::<i32>(position),
                activities::number.eq(&activity.number),
                activities::title.eq(&activity.title),
                activities::months.eq(months),
                activities::state.eq("planned"),
            ))
            .execute(conn)?;
    }
    for (position, indicator) in (1..).zip(&agreement.indicators) {
        diesel::insert_into(indicators::table)
            .values((
                indicators::id.eq(IndicatorId::new()),
                indicators::contract_id.eq(contract),
                indicators::position.eq::<i32>(position),
                indicators::level.eq(&indicator.level),
                indicators::number.eq(&indicator.number),
                indicators::title.eq(&indicator.title),
                indicators::unit.eq(&indicator.unit),
                indicators::baseline.eq(indicator.baseline),
                indicators::target.eq(indicator.target),
                indicators::source.eq(&indicator.source),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Reports and payments as planned; a payment waits for its report.
fn insert_calendar(conn: &mut Conn, contract: ContractId, agreement: &Agreement) -> Result<()> {
    let mut numbered = vec![];
    for report in &agreement.reports {
        let id = ReportId::new();
        numbered.push((report.number, id));
        diesel::insert_into(reports::table)
            .values((
                reports::id.eq(id),
                reports::contract_id.eq(contract),
                reports::number.eq(report.number),
                reports::kind.eq(report.kind),
                reports::period_from.eq(report.from),
                reports::period_to.eq(report.to),
                reports::due_on.eq(report.due),
                reports::state.eq("planned"),
            ))
            .execute(conn)?;
    }
    for payment in &agreement.payments {
        let report = numbered.iter().find(|(number, _)| Some(*number) == payment.report).map(|(_, id)| *id);
        diesel::insert_into(payments::table)
            .values((
                payments::id.eq(PaymentId::new()),
                payments::contract_id.eq(contract),
                payments::number.eq(payment.number),
                payments::share.eq(payment.share.0),
                payments::amount.eq(payment.amount),
                payments::state.eq("planned"),
                payments::report_id.eq(report),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Gives the lines of a draft their new figures, and the contract its new content.
///
/// # Errors
/// `Stale` when the contract changed meanwhile.
pub fn set_lines(conn: &mut Conn, contract: &Contract, lines: &[Line], content: &str, sha256: &str) -> Result<()> {
    changed_once(
        diesel::update(contracts::table.find(contract.id).filter(contracts::version.eq(contract.version)))
            .set((contracts::content.eq(content), contracts::sha256.eq(sha256), contracts::version.eq(contract.version + 1)))
            .execute(conn)?,
    )?;
    for line in lines {
        diesel::update(contract_lines::table.find(line.id))
            .set((contract_lines::number.eq(line.number), contract_lines::unit_cost.eq(line.unit_cost), contract_lines::total.eq(line.total)))
            .execute(conn)?;
    }
    Ok(())
}

/// What a move of the contract writes besides its state.
#[derive(AsChangeset)]
#[diesel(table_name = contracts)]
pub struct Moved {
    pub state: State,
    pub sent_at: Option<Instant>,
    pub due_on: Option<Day>,
    pub active_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub version: i32,
}
impl Moved {
    #[must_use]
    pub const fn to(contract: &Contract, state: State) -> Self {
        Self { state, sent_at: None, due_on: None, active_at: None, closed_at: None, version: contract.version + 1 }
    }
}

/// Moves the contract to another state.
///
/// # Errors
/// `Stale` when it changed meanwhile.
pub fn move_to(conn: &mut Conn, contract: &Contract, moved: &Moved) -> Result<()> {
    changed_once(diesel::update(contracts::table.find(contract.id).filter(contracts::version.eq(contract.version))).set(moved).execute(conn)?)
}

/// Puts a signature under a contract.
///
/// # Errors
/// `Stale` when this party has signed already.
pub fn sign(conn: &mut Conn, signature: &Signature) -> Result<()> {
    diesel::insert_into(signatures::table).values(signature).execute(conn)?;
    Ok(())
}

/// The contract with a signature of this party, if it has signed.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn signature_of(conn: &mut Conn, id: ContractId, party: Party) -> Result<Option<Signature>> {
    Ok(signatures::table.find((id, party)).select(Signature::as_select()).first(conn).optional()?)
}

/// A guarded update changed one row, or somebody else was faster.
///
/// # Errors
/// `Stale` when no row was changed.
pub const fn changed_once(rows: usize) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}
