//! What people and time do with reports.
use super::rules::Cut;
use super::{Narrative, Refusal, Report, State, events, letters, records, rules};
use crate::contracts::{Contract, records as contracts};
use crate::implementation::rules::{may_work, open_shortfalls};
use crate::kernel::{Actor, Error, Money, Reason, ReportId, Result, must, unless};
use crate::workflow::{Act, Desk, Recorded, perform};

/// A report of a contract that this person may see.
fn find(act: &mut Act<'_>, id: ReportId) -> Result<(Contract, Report)> {
    let report = records::by_id(act.conn, id)?;
    let contract = contracts::find(act.conn, act.actor, report.contract_id)?;
    Ok((contract, report))
}

/// Keeps what was written so far; completeness is asked at submission.
pub fn save(act: &mut Act<'_>, id: ReportId, version: i32, narrative: &Narrative) -> Result<Recorded<()>> {
    let (contract, report) = find(act, id)?;
    must(may_work(act.actor, &contract))?;
    unless(open_shortfalls(&contract))?;
    if !report.state.is_open() || report.version != version {
        return Err(Error::Stale);
    }
    let complaints = rules::narrative_complaints(narrative);
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    records::save_narrative(act.conn, &report, narrative)?;
    act.record(&events::Saved::of(&contract, report.number), ())
}

/// Hands the report in: the narrative, and every expense of the period that no report declares.
pub fn submit(act: &mut Act<'_>, id: ReportId, narrative: &Narrative) -> Result<Recorded<Report>> {
    let (contract, report) = find(act, id)?;
    must(may_work(act.actor, &contract))?;
    unless(open_shortfalls(&contract))?;
    let results = contracts::agreement(&contract)?.results.len();
    let all = records::of_contract(act.conn, contract.id)?;
    unless(rules::submit_shortfalls(&report, narrative, results, &all, act.now.day()))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let (expenses, declared) = records::submit(act.conn, &report, narrative, by, act.now)?;
    act.record(&events::Submitted::of(&contract, report.number, declared, expenses), Report { state: State::Submitted, declared, ..report })
}

/// Gives the report back with a question (E24); its expenses are open again until it is handed in once more.
pub fn give_back(act: &mut Act<'_>, id: ReportId, version: i32, question: &str) -> Result<Recorded<Report>> {
    let (contract, report) = find(act, id)?;
    must(rules::may_decide(act.actor, &contract))?;
    unless(rules::moves(report.state, State::Returned))?;
    if report.version != version {
        return Err(Error::Stale);
    }
    if question.is_empty() {
        return Err(Error::invalid(Reason::new("no-question", "question", |t| t.reporting_reason_question().into())));
    }
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    records::give_back(act.conn, &report, question, by, act.now)?;
    letters::returned(act, &contract, &report, question)?;
    act.record(&events::Returned::of(&contract, report.number, question.to_owned()), report)
}

/// Decides on the costs (E24): all are accepted but for the cuts, each with its reason. What is accepted is the sum of the rows.
pub fn decide(act: &mut Act<'_>, id: ReportId, version: i32, cuts: &[Cut], remark: &str) -> Result<Recorded<Report>> {
    let (contract, report) = find(act, id)?;
    must(rules::may_decide(act.actor, &contract))?;
    let expenses = records::expenses_of(act.conn, &report)?;
    let refused = cuts_below(&expenses, cuts);
    let state = if refused.is_empty() { State::Approved } else { State::Partly };
    unless(rules::moves(report.state, state))?;
    if report.version != version {
        return Err(Error::Stale);
    }
    let complaints = rules::decision_complaints(&expenses, cuts);
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    records::accept_all(act.conn, report.id, by)?;
    for (expense, accepted, reason) in &refused {
        records::cut(act.conn, expense.id, *accepted, *reason)?;
    }
    let accepted = records::decide(act.conn, &report, state, remark, by, act.now)?;
    let told: Vec<letters::Refused> = refused
        .iter()
        .map(|(expense, accepted, reason)| letters::Refused {
            description: expense.description.clone(),
            voucher: expense.voucher.clone(),
            amount: expense.amount,
            accepted: *accepted,
            reason: letters::Refused::reason_of(*reason),
        })
        .collect();
    letters::decided(act, &contract, &report, remark, accepted, &told)?;
    let kept = refused
        .iter()
        .map(|(expense, accepted, reason)| events::RefusedCost { expense: expense.id, amount: expense.amount, accepted: *accepted, reason: *reason })
        .collect();
    act.record(&events::Decided::of(&contract, report.number, state, report.declared, accepted, kept), Report { state, accepted, ..report })
}

/// The cuts that really take something away.
fn cuts_below<'e>(expenses: &'e [crate::implementation::Expense], cuts: &[Cut]) -> Vec<(&'e crate::implementation::Expense, Money, Refusal)> {
    cuts.iter()
        .filter_map(|cut| {
            let expense = expenses.iter().find(|expense| expense.id == cut.expense && cut.accepted < expense.amount)?;
            // Without a reason the rule complains before anything is written.
            Some((expense, cut.accepted, cut.reason.unwrap_or(Refusal::NoVoucher)))
        })
        .collect()
}

/// Time: calls a report to mind (E23).
pub fn remind(act: &mut Act<'_>, id: ReportId) -> Result<Recorded<()>> {
    must(act.actor.is_system())?;
    let report = records::by_id(act.conn, id)?;
    let contract = contracts::by_id(act.conn, report.contract_id)?;
    let today = act.now.day();
    let last = report.reminded_at.map(crate::kernel::Instant::day);
    let days = rules::reminder(report.due_on, last, today).filter(|_| matches!(report.state, State::Planned | State::Due)).ok_or(Error::Stale)?;
    records::reminded(act.conn, &report, act.now)?;
    letters::remind(act, &contract, &report, days)?;
    act.record(&events::Reminded::of(&contract, report.number, days), ())
}

/// What time does with reports: calls them to mind; how many.
pub fn on_time(desk: &Desk) -> Result<usize> {
    let today = desk.clock.now().day();
    let found = desk.store.read(|conn| records::to_remind(conn, today))?;
    let mut done = 0;
    for report in found {
        if rules::reminder(report.due_on, report.reminded_at.map(crate::kernel::Instant::day), today).is_none() {
            continue;
        }
        match perform(desk, &Actor::system(), |act| remind(act, report.id)) {
            Ok(()) => done += 1,
            // Somebody was faster: what is left is looked at again.
            Err(Error::Stale | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}
