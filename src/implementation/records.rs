//! Activities, indicators and expenses in the database. Whoever may see the contract may see them.
use super::rules::{Costs, LineCosts};
use super::{Activity, ActivityState, Expense, Indicator, IndicatorValue};
use crate::contracts::{Category, records::changed_once};
use crate::kernel::{ActivityId, ContractId, ContractLineId, Day, ExpenseId, IndicatorId, Money, ReportId, Result};
use crate::store::schema::{activities, contract_lines, expenses, indicator_values, indicators};
use crate::store::{Conn, sum_money};
use diesel::prelude::*;

/// The activities of a project, in their order.
pub fn activities_of(conn: &mut Conn, contract: ContractId) -> Result<Vec<Activity>> {
    Ok(activities::table.filter(activities::contract_id.eq(contract)).order(activities::position).select(Activity::as_select()).load(conn)?)
}

/// One activity of this project.
pub fn activity(conn: &mut Conn, contract: ContractId, id: ActivityId) -> Result<Activity> {
    Ok(activities::table.filter(activities::contract_id.eq(contract)).filter(activities::id.eq(id)).select(Activity::as_select()).first(conn)?)
}

/// Writes an activity's state.
pub fn set_activity(conn: &mut Conn, activity: &Activity, state: ActivityState, done_on: Option<Day>, note: &str) -> Result<()> {
    changed_once(
        diesel::update(activities::table.find(activity.id).filter(activities::version.eq(activity.version)))
            .set((activities::state.eq(state), activities::done_on.eq(done_on), activities::note.eq(note), activities::version.eq(activity.version + 1)))
            .execute(conn)?,
    )
}

/// The indicators of a project, in their order.
pub fn indicators_of(conn: &mut Conn, contract: ContractId) -> Result<Vec<Indicator>> {
    Ok(indicators::table.filter(indicators::contract_id.eq(contract)).order(indicators::position).select(Indicator::as_select()).load(conn)?)
}

/// The indicators of a project in their order, each with what it says now.
pub fn indicators_now(conn: &mut Conn, contract: ContractId) -> Result<Vec<(Indicator, Option<IndicatorValue>)>> {
    let rows: Vec<(Indicator, Option<IndicatorValue>)> = indicators::table
        .left_join(indicator_values::table)
        .filter(indicators::contract_id.eq(contract))
        .order((indicators::position, indicators::id, indicator_values::measured_on.desc(), indicator_values::entered_at.desc()))
        .limit(2_000)
        .select((Indicator::as_select(), Option::<IndicatorValue>::as_select()))
        .load(conn)?;
    let mut now: Vec<(Indicator, Option<IndicatorValue>)> = vec![];
    for row in rows {
        // The latest value comes first; the earlier ones follow it.
        if now.last().is_none_or(|(last, _)| last.id != row.0.id) {
            now.push(row);
        }
    }
    Ok(now)
}

/// One indicator of this project.
pub fn indicator(conn: &mut Conn, contract: ContractId, id: IndicatorId) -> Result<Indicator> {
    Ok(indicators::table.filter(indicators::contract_id.eq(contract)).filter(indicators::id.eq(id)).select(Indicator::as_select()).first(conn)?)
}

/// What was measured in a project, the latest first.
pub fn values_of(conn: &mut Conn, contract: ContractId) -> Result<Vec<IndicatorValue>> {
    Ok(indicator_values::table
        .inner_join(indicators::table)
        .filter(indicators::contract_id.eq(contract))
        .order((indicator_values::measured_on.desc(), indicator_values::entered_at.desc()))
        .limit(2_000)
        .select(IndicatorValue::as_select())
        .load(conn)?)
}

pub fn insert_value(conn: &mut Conn, value: &IndicatorValue) -> Result<()> {
    diesel::insert_into(indicator_values::table).values(value).execute(conn)?;
    Ok(())
}

/// The budget's lines with what each cost so far, in one grouped statement: a row for each line and each report that declares costs of it.
pub fn line_costs(conn: &mut Conn, contract: ContractId) -> Result<Vec<LineCosts>> {
    type Row = (ContractLineId, Category, Money, Option<ReportId>, Money, Money, Money);
    let rows: Vec<Row> = contract_lines::table
        .left_join(expenses::table)
        .filter(contract_lines::contract_id.eq(contract))
        .group_by((contract_lines::id, contract_lines::position, contract_lines::heading, contract_lines::total, expenses::report_id))
        .order((contract_lines::position, contract_lines::id))
        .select((
            contract_lines::id,
            contract_lines::heading,
            contract_lines::total,
            expenses::report_id.nullable(),
            sum_money(expenses::amount.nullable()),
            sum_money(expenses::accepted.nullable()),
            sum_money(expenses::amount.nullable() - expenses::accepted.nullable()),
        ))
        .load(conn)?;
    let mut lines: Vec<(ContractLineId, LineCosts)> = vec![];
    for (id, heading, budget, report, entered, accepted, refused) in rows {
        let costs = Costs { entered, reported: if report.is_some() { entered } else { Money::ZERO }, accepted, refused };
        match lines.last_mut().filter(|(last, _)| *last == id) {
            Some((_, line)) => line.costs += costs,
            None => lines.push((id, LineCosts { heading, budget, costs })),
        }
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

pub fn count_expenses(conn: &mut Conn, contract: ContractId) -> Result<i64> {
    Ok(expenses::table.filter(expenses::contract_id.eq(contract)).count().get_result(conn)?)
}

/// A page of a project's expenses, the latest first.
pub fn expenses_page(conn: &mut Conn, contract: ContractId, limit: i64, offset: i64) -> Result<Vec<Expense>> {
    Ok(expenses::table
        .filter(expenses::contract_id.eq(contract))
        .order((expenses::paid_on.desc(), expenses::entered_at.desc()))
        .limit(limit)
        .offset(offset)
        .select(Expense::as_select())
        .load(conn)?)
}

/// One expense, whose contract the caller looks for among those the person may see.
pub fn expense(conn: &mut Conn, id: ExpenseId) -> Result<Expense> {
    Ok(expenses::table.find(id).select(Expense::as_select()).first(conn)?)
}

pub fn insert_expense(conn: &mut Conn, expense: &Expense) -> Result<()> {
    diesel::insert_into(expenses::table).values(expense).execute(conn)?;
    Ok(())
}

/// Takes an expense back that no report declares.
pub fn delete_expense(conn: &mut Conn, expense: &Expense) -> Result<()> {
    changed_once(
        diesel::delete(expenses::table.filter(expenses::id.eq(expense.id)).filter(expenses::version.eq(expense.version)).filter(expenses::report_id.is_null()))
            .execute(conn)?,
    )
}
