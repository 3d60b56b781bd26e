//! Activities, indicators and expenses in the database. Whoever may see the contract may see them.
use super::{Activity, ActivityState, Expense, Indicator, IndicatorValue};
use crate::contracts::{Category, records::changed_once};
use crate::kernel::{ActivityId, ContractId, Day, ExpenseId, IndicatorId, Money, Result};
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

/// What was spent by heading, in one grouped statement; what was refused (summed as a negative amount) does not count as spent.
pub fn spent_by_heading(conn: &mut Conn, contract: ContractId) -> Result<Vec<(Category, Money)>> {
    let rows: Vec<(Category, Money, Money)> = expenses::table
        .inner_join(contract_lines::table)
        .filter(expenses::contract_id.eq(contract))
        .group_by(contract_lines::heading)
        .select((contract_lines::heading, sum_money(expenses::amount), sum_money(expenses::accepted - expenses::amount.nullable())))
        .load(conn)?;
    Ok(rows.into_iter().map(|(heading, spent, refused)| (heading, spent + refused)).collect())
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
