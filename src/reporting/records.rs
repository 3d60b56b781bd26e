//! Reports in the database. Whoever may see the contract may see them.
use super::{Narrative, Refusal, Report, State};
use crate::contracts::{Contract, State as ContractState, records::changed_once};
use crate::implementation::Expense;
use crate::kernel::{Actor, ContractId, Day, ExpenseId, Instant, Money, PersonId, ProgrammeId, ReportId, Result, Room, fault};
use crate::store::schema::{contracts, expenses, reports};
use crate::store::{Conn, sum_money};
use diesel::prelude::*;

/// One report, whose contract the caller looks for among those the person may see.
pub fn by_id(conn: &mut Conn, id: ReportId) -> Result<Report> {
    Ok(reports::table.find(id).select(Report::as_select()).first(conn)?)
}

/// The reports of a contract, in their order.
pub fn of_contract(conn: &mut Conn, contract: ContractId) -> Result<Vec<Report>> {
    Ok(reports::table.filter(reports::contract_id.eq(contract)).order(reports::number).select(Report::as_select()).load(conn)?)
}

/// The expenses that a report declares; while it is open, those that it would declare now.
pub fn expenses_of(conn: &mut Conn, report: &Report) -> Result<Vec<Expense>> {
    let mut query = expenses::table.filter(expenses::contract_id.eq(report.contract_id)).into_boxed();
    query = if report.state.is_open() {
        query.filter(expenses::report_id.is_null()).filter(expenses::paid_on.le(report.period_to))
    } else {
        query.filter(expenses::report_id.eq(report.id))
    };
    Ok(query.order((expenses::paid_on, expenses::entered_at)).limit(1_000).select(Expense::as_select()).load(conn)?)
}

/// Keeps what was written so far.
pub fn save_narrative(conn: &mut Conn, report: &Report, narrative: &Narrative) -> Result<()> {
    let text = serde_json::to_string(narrative).map_err(fault)?;
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((reports::narrative.eq(text), reports::version.eq(report.version + 1)))
            .execute(conn)?,
    )
}

/// Hands the report in with every expense of its period that no report declares; how many, and their sum.
pub fn submit(conn: &mut Conn, report: &Report, narrative: &Narrative, by: PersonId, now: Instant) -> Result<(i64, Money)> {
    let text = serde_json::to_string(narrative).map_err(fault)?;
    diesel::update(
        expenses::table
            .filter(expenses::contract_id.eq(report.contract_id))
            .filter(expenses::report_id.is_null())
            .filter(expenses::paid_on.le(report.period_to)),
    )
    .set((expenses::report_id.eq(Some(report.id)), expenses::version.eq(expenses::version + 1)))
    .execute(conn)?;
    let (count, declared): (i64, Money) =
        expenses::table.filter(expenses::report_id.eq(report.id)).select((diesel::dsl::count_star(), sum_money(expenses::amount))).first(conn)?;
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((
                reports::state.eq(State::Submitted),
                reports::narrative.eq(text),
                reports::declared.eq(declared),
                reports::submitted_by.eq(Some(by)),
                reports::submitted_at.eq(Some(now)),
                reports::version.eq(report.version + 1),
            ))
            .execute(conn)?,
    )?;
    Ok((count, declared))
}

/// Keeps the decision as far as it is written. `entry`: when the log last had an entry about it.
pub fn keep_deciding(conn: &mut Conn, report: &Report, deciding: &str, entry: Instant) -> Result<()> {
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((reports::deciding.eq(deciding), reports::deciding_at.eq(Some(entry)), reports::version.eq(report.version + 1)))
            .execute(conn)?,
    )
}

/// Gives the report back with a question; its expenses can be changed again.
pub fn give_back(conn: &mut Conn, report: &Report, question: &str, by: PersonId, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((
                reports::state.eq(State::Returned),
                reports::deciding.eq("{}"),
                reports::deciding_at.eq(None::<Instant>),
                reports::decision.eq(question),
                reports::decided_by.eq(Some(by)),
                reports::decided_at.eq(Some(now)),
                reports::version.eq(report.version + 1),
            ))
            .execute(conn)?,
    )?;
    diesel::update(expenses::table.filter(expenses::report_id.eq(report.id)))
        .set((expenses::report_id.eq(None::<ReportId>), expenses::version.eq(expenses::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Accepts every cost of the report in full; the cuts follow one by one.
pub fn accept_all(conn: &mut Conn, report: ReportId, by: PersonId) -> Result<()> {
    diesel::update(expenses::table.filter(expenses::report_id.eq(report)))
        .set((
            expenses::accepted.eq(expenses::amount.nullable()),
            expenses::refusal.eq(""),
            expenses::decided_by.eq(Some(by)),
            expenses::version.eq(expenses::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Accepts less of one cost.
pub fn cut(conn: &mut Conn, expense: ExpenseId, accepted: Money, reason: Refusal) -> Result<()> {
    diesel::update(expenses::table.find(expense)).set((expenses::accepted.eq(Some(accepted)), expenses::refusal.eq(reason.as_str()))).execute(conn)?;
    Ok(())
}

/// Writes the decision; what is accepted is the sum of the rows.
pub fn decide(conn: &mut Conn, report: &Report, state: State, remark: &str, by: PersonId, now: Instant) -> Result<Money> {
    let accepted: Money = expenses::table.filter(expenses::report_id.eq(report.id)).select(sum_money(expenses::accepted)).first(conn)?;
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((
                reports::state.eq(state),
                reports::deciding.eq("{}"),
                reports::deciding_at.eq(None::<Instant>),
                reports::accepted.eq(accepted),
                reports::decision.eq(remark),
                reports::decided_by.eq(Some(by)),
                reports::decided_at.eq(Some(now)),
                reports::version.eq(report.version + 1),
            ))
            .execute(conn)?,
    )?;
    Ok(accepted)
}

/// Which reports of a fund are asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub programme: ProgrammeId,
    pub states: Vec<State>,
    /// Only those due on one of these days.
    pub due: (Day, Day),
}

/// The reports of a fund's projects in these states, for those who read its reports.
#[diesel::dsl::auto_type(no_type_alias)]
fn of_fund(funds: Vec<ProgrammeId>, asked: &Asked) -> _ {
    let (programme, states, from, until): (ProgrammeId, Vec<State>, Day, Day) = (asked.programme, asked.states.clone(), asked.due.0, asked.due.1);
    let projects: Vec<ContractState> = ContractState::PROJECTS.to_vec();
    reports::table
        .inner_join(contracts::table)
        .filter(contracts::programme_id.eq_any(funds))
        .filter(contracts::programme_id.eq(programme))
        .filter(contracts::state.eq_any(projects))
        .filter(reports::state.eq_any(states))
        .filter(reports::due_on.between(from, until))
}

/// How many of them there are.
pub fn count(conn: &mut Conn, actor: &Actor, asked: &Asked) -> Result<i64> {
    Ok(of_fund(actor.programmes_as(Room::Reports.roles()), asked).count().get_result(conn)?)
}

/// A page of them with their contracts: what was due first comes first.
pub fn page(conn: &mut Conn, actor: &Actor, asked: &Asked, limit: i64, offset: i64) -> Result<Vec<(Report, Contract)>> {
    Ok(of_fund(actor.programmes_as(Room::Reports.roles()), asked)
        .order((reports::due_on, contracts::code, reports::number))
        .limit(limit)
        .offset(offset)
        .select((Report::as_select(), Contract::as_select()))
        .load(conn)?)
}

/// Reports that may have to be called to mind today.
pub fn to_remind(conn: &mut Conn, today: Day) -> Result<Vec<Report>> {
    Ok(reports::table
        .inner_join(contracts::table)
        .filter(reports::state.eq_any(vec![State::Planned, State::Due]))
        .filter(reports::due_on.between(today.plus_days(-30), today.plus_days(30)))
        .filter(contracts::state.eq_any(vec![ContractState::Active, ContractState::Ended]))
        .order(reports::due_on)
        .limit(500)
        .select(Report::as_select())
        .load(conn)?)
}

/// Notes that a report was called to mind; it is due from the first time on.
pub fn reminded(conn: &mut Conn, report: &Report, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(reports::table.find(report.id).filter(reports::version.eq(report.version)))
            .set((reports::state.eq(State::Due), reports::reminded_at.eq(Some(now)), reports::version.eq(report.version + 1)))
            .execute(conn)?,
    )
}
