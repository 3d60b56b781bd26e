//! What the beneficiary does with its project.
use super::rules::{NewExpense, NewValue};
use super::{ActivityState, Expense, IndicatorValue, events, records, rules};
use crate::contracts::{Contract, records as contracts};
use crate::kernel::{ActivityId, ContractId, ContractLineId, Day, Error, ExpenseId, IndicatorId, IndicatorValueId, PersonId, Reason, Result, must, unless};
use crate::workflow::{Act, Files, Recorded, Stored};

/// A project that this person writes for and that can still be written.
fn open(act: &mut Act<'_>, id: ContractId) -> Result<(Contract, PersonId)> {
    let contract = contracts::find(act.conn, act.actor, id)?;
    must(rules::may_work(act.actor, &contract))?;
    unless(rules::open_shortfalls(&contract))?;
    let person = act.actor.person.ok_or(Error::Forbidden)?;
    Ok((contract, person))
}

fn invalid_unless(reasons: Vec<Reason>) -> Result<()> {
    if reasons.is_empty() { Ok(()) } else { Err(Error::Invalid(reasons)) }
}

/// Tells how far an activity is.
pub fn set_activity(
    act: &mut Act<'_>,
    contract: ContractId,
    activity: ActivityId,
    version: i32,
    state: ActivityState,
    done_on: Option<Day>,
    note: &str,
) -> Result<Recorded<()>> {
    let (contract, _) = open(act, contract)?;
    let activity = records::activity(act.conn, contract.id, activity)?;
    if activity.version != version {
        return Err(Error::Stale);
    }
    invalid_unless(rules::activity_complaints(&contract, &activity, state, done_on, note, act.now.day()))?;
    let done_on = done_on.filter(|_| state == ActivityState::Done);
    records::set_activity(act.conn, &activity, state, done_on, note)?;
    act.record(&events::ActivitySet::of(&contract, activity.number, activity.state, state, done_on), ())
}

/// Records what an indicator says now.
pub fn record_value(act: &mut Act<'_>, contract: ContractId, indicator: IndicatorId, id: IndicatorValueId, new: &NewValue) -> Result<Recorded<()>> {
    let (contract, person) = open(act, contract)?;
    let indicator = records::indicator(act.conn, contract.id, indicator)?;
    invalid_unless(rules::value_complaints(&contract, indicator.position, new, act.now.day()))?;
    let value = IndicatorValue {
        id,
        indicator_id: indicator.id,
        value: new.value,
        women: new.women,
        measured_on: new.measured_on,
        note: new.note.clone(),
        entered_by: person,
        entered_at: act.now,
    };
    records::insert_value(act.conn, &value)?;
    act.record(&events::ValueRecorded::of(&contract, indicator.title, value.value, value.women, value.measured_on), ())
}

/// The voucher's scan, as it lies in the data folder.
#[derive(Clone, Debug)]
pub struct Scan {
    pub stored: Stored,
    pub name: String,
    pub media_type: String,
}

/// Enters a cost. `id` is drawn with the form, so that the same form sent twice is one expense.
pub fn enter_expense(
    act: &mut Act<'_>,
    contract: ContractId,
    id: ExpenseId,
    line: Option<ContractLineId>,
    new: &NewExpense,
    scan: Option<&Scan>,
) -> Result<Recorded<Expense>> {
    let (contract, person) = open(act, contract)?;
    let line = contracts::lines(act.conn, contract.id)?.into_iter().find(|known| Some(known.id) == line);
    invalid_unless(rules::expense_complaints(&contract, line.as_ref().map(|line| line.heading), new, act.now.day()))?;
    let line = line.ok_or(Error::NotFound)?;
    if let Some(scan) = scan {
        Files::note(act.conn, &scan.stored, act.now)?;
    }
    let expense = Expense {
        id,
        contract_id: contract.id,
        line_id: line.id,
        report_id: None,
        paid_on: new.paid_on,
        description: new.description.clone(),
        supplier: new.supplier.clone(),
        voucher: new.voucher.clone(),
        sha256: scan.map(|scan| scan.stored.sha256.clone()),
        file_name: scan.map(|scan| scan.name.clone()).unwrap_or_default(),
        media_type: scan.map(|scan| scan.media_type.clone()).unwrap_or_default(),
        amount: new.amount,
        accepted: None,
        refusal: String::new(),
        decided_by: None,
        entered_by: person,
        entered_at: act.now,
        version: 1,
    };
    records::insert_expense(act.conn, &expense)?;
    act.record(&events::ExpenseEntered::of(&contract, expense.id, expense.amount, expense.paid_on, expense.voucher.clone()), expense)
}

/// Takes a cost back that no report declares yet; the log keeps what it was.
pub fn remove_expense(act: &mut Act<'_>, contract: ContractId, id: ExpenseId) -> Result<Recorded<()>> {
    let (contract, _) = open(act, contract)?;
    let expense = records::expense(act.conn, id)?;
    if expense.contract_id != contract.id {
        return Err(Error::NotFound);
    }
    if expense.report_id.is_some() {
        return Err(Error::refused(Reason::new("declared", "", |t| t.implementation_reason_declared().into())));
    }
    records::delete_expense(act.conn, &expense)?;
    act.record(&events::ExpenseRemoved::of(&contract, expense.id, expense.amount, expense.paid_on, expense.voucher), ())
}
