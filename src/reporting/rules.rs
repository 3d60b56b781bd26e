//! What may happen to a report and why not; when it is called to mind. Pure.
use super::{Narrative, Refusal, Report, State};
use crate::contracts::Contract;
use crate::implementation::Expense;
use crate::kernel::{Actor, Day, ExpenseId, Money, Reason, Role};

pub const MOVES: &[(State, State)] = &[
    (State::Planned, State::Due),
    (State::Planned, State::Submitted),
    (State::Due, State::Submitted),
    (State::Submitted, State::Returned),
    (State::Returned, State::Submitted),
    (State::Submitted, State::Approved),
    (State::Submitted, State::Partly),
];

/// Days from the due day on which a report is called to mind (E23).
pub const REMINDERS: [i32; 5] = [-30, -7, 0, 7, 15];

/// The most characters of one text of the narrative.
pub const MOST: usize = 3_000;

#[must_use]
pub fn moves(from: State, to: State) -> Vec<Reason> {
    if MOVES.contains(&(from, to)) { vec![] } else { vec![Reason::new("report-state", "", |t| t.reporting_reason_state(from.label(t)))] }
}

/// Who decides on costs: grant manager and finance officer, unless they write for the beneficiary.
#[must_use]
pub fn may_decide(actor: &Actor, contract: &Contract) -> bool {
    actor.is_any(&[Role::GrantManager, Role::FinanceOfficer], contract.programme_id) && !actor.writes_for(contract.organisation_id)
}

/// What is too long: the only thing that keeps a draft from being saved.
#[must_use]
pub fn narrative_complaints(narrative: &Narrative) -> Vec<Reason> {
    texts(narrative)
        .into_iter()
        .filter(|(_, text)| text.chars().count() > MOST)
        .map(|(at, _)| Reason::new("too-long", at, |t| t.reporting_reason_long(MOST)))
        .collect()
}

fn texts(narrative: &Narrative) -> Vec<(String, &str)> {
    let progress = narrative.progress.iter().enumerate().map(|(place, text)| (format!("progress-{}", place + 1), text.as_str()));
    let rest = [("deviations", &narrative.deviations), ("visibility", &narrative.visibility), ("lessons", &narrative.lessons)];
    progress.chain(rest.map(|(at, text)| (at.to_owned(), text.as_str()))).collect()
}

/// What stands in the way of submission: every text is asked for, the period must be over, and the reports before it must be in.
#[must_use]
pub fn submit_shortfalls(report: &Report, narrative: &Narrative, results: usize, earlier: &[Report], today: Day) -> Vec<Reason> {
    let mut reasons = moves(report.state, State::Submitted);
    if today < report.period_to {
        reasons.push(Reason::new("too-early", "", |t| t.reporting_reason_early(t.day(report.period_to))));
    }
    if earlier.iter().any(|before| before.number < report.number && before.state.is_open()) {
        reasons.push(Reason::new("earlier-open", "", |t| t.reporting_reason_earlier().into()));
    }
    reasons.extend(narrative_complaints(narrative));
    for place in 1..=results {
        if narrative.progress.get(place - 1).is_none_or(String::is_empty) {
            reasons.push(Reason::new("no-progress", format!("progress-{place}"), |t| t.reporting_reason_progress(place)));
        }
    }
    if narrative.deviations.is_empty() {
        reasons.push(Reason::new("no-deviations", "deviations", |t| t.reporting_reason_deviations().into()));
    }
    if narrative.visibility.is_empty() {
        reasons.push(Reason::new("no-visibility", "visibility", |t| t.reporting_reason_visibility().into()));
    }
    if narrative.lessons.is_empty() {
        reasons.push(Reason::new("no-lessons", "lessons", |t| t.reporting_reason_lessons().into()));
    }
    reasons
}

/// What the office says of a cost that it does not accept in full.
#[derive(Clone, Debug)]
pub struct Cut {
    pub expense: ExpenseId,
    pub accepted: Money,
    pub reason: Option<Refusal>,
}

/// What is wrong with a decision: every cut lies below its cost and has a reason of the closed list.
#[must_use]
pub fn decision_complaints(expenses: &[Expense], cuts: &[Cut]) -> Vec<Reason> {
    let mut reasons = vec![];
    for cut in cuts {
        let Some(expense) = expenses.iter().find(|expense| expense.id == cut.expense) else {
            reasons.push(Reason::new("other-expense", "", |t| t.reporting_reason_other_expense().into()));
            continue;
        };
        if cut.accepted < Money::ZERO || cut.accepted > expense.amount {
            reasons.push(Reason::new("bad-accepted", format!("accepted-{}", cut.expense), |t| t.reporting_reason_accepted(t.euro(expense.amount))));
        } else if cut.accepted < expense.amount && cut.reason.is_none() {
            reasons.push(Reason::new("no-reason", format!("reason-{}", cut.expense), |t| t.reporting_reason_refusal(&expense.description)));
        }
    }
    reasons
}

/// The reminder that is due today and was not sent yet, in days from the due day; the latest one where several were missed.
#[must_use]
pub fn reminder(due_on: Day, reminded_on: Option<Day>, today: Day) -> Option<i32> {
    let reached = REMINDERS.iter().rev().find(|days| due_on.plus_days(i64::from(**days)) <= today)?;
    let fresh = reminded_on.is_none_or(|last| last < due_on.plus_days(i64::from(*reached)));
    fresh.then_some(*reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contracts::ReportKind;
    use crate::kernel::{ContractId, ContractLineId, Instant, PersonId, ReportId};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn report(number: i32, state: State) -> Report {
        Report {
            id: ReportId::new(),
            contract_id: ContractId::new(),
            number,
            kind: ReportKind::Final,
            period_from: day("2016-11-01"),
            period_to: day("2017-08-31"),
            due_on: day("2017-09-30"),
            state,
            narrative: "{}".into(),
            declared: Money::ZERO,
            accepted: Money::ZERO,
            submitted_by: None,
            submitted_at: None,
            decided_by: None,
            decided_at: None,
            decision: String::new(),
            reminded_at: None,
            deciding: "{}".into(),
            deciding_at: None,
            version: 1,
        }
    }
    fn expense(cents: i64) -> Expense {
        Expense {
            id: ExpenseId::new(),
            contract_id: ContractId::new(),
            line_id: ContractLineId::new(),
            report_id: None,
            paid_on: day("2017-01-10"),
            description: "Salla".into(),
            supplier: "Hotel Amerika".into(),
            voucher: "12".into(),
            sha256: None,
            file_name: String::new(),
            media_type: String::new(),
            amount: Money::cents(cents),
            accepted: None,
            refusal: String::new(),
            decided_by: None,
            entered_by: PersonId::new(),
            entered_at: Instant::at_tirane("2017-01-10T10:00").unwrap(),
            version: 1,
        }
    }

    #[test]
    fn a_decided_report_stays_decided_and_every_state_is_reached() {
        for state in State::ALL {
            assert!(*state == State::Planned || MOVES.iter().any(|(_, to)| to == state), "{state} is never reached");
        }
        assert!(MOVES.iter().all(|(from, _)| !from.is_approved()));
    }

    #[test]
    fn a_report_says_everything_that_is_missing_at_once() {
        let whole = Narrative { progress: vec!["a".into(), "b".into()], deviations: "x".into(), visibility: "x".into(), lessons: "x".into() };
        let codes = |report: &Report, narrative: &Narrative, earlier: &[Report], today: &str| -> Vec<String> {
            submit_shortfalls(report, narrative, 2, earlier, day(today)).into_iter().map(|reason| reason.code).collect()
        };
        assert_eq!(codes(&report(1, State::Due), &whole, &[], "2017-09-01"), [""; 0]);
        assert_eq!(codes(&report(1, State::Due), &whole, &[], "2017-08-30"), ["too-early"]);
        assert_eq!(
            codes(&report(1, State::Due), &Narrative::default(), &[], "2017-09-01"),
            ["no-progress", "no-progress", "no-deviations", "no-visibility", "no-lessons"]
        );
        assert_eq!(codes(&report(2, State::Due), &whole, &[report(1, State::Returned)], "2017-09-01"), ["earlier-open"]);
        assert_eq!(codes(&report(1, State::Submitted), &whole, &[], "2017-09-01"), ["report-state"], "twice is once");
    }

    #[test]
    fn a_cut_lies_within_its_cost_and_has_a_reason() {
        let cost = expense(10_000);
        let codes = |cents: i64, reason: Option<Refusal>| -> Vec<String> {
            let cut = Cut { expense: cost.id, accepted: Money::cents(cents), reason };
            decision_complaints(std::slice::from_ref(&cost), &[cut]).into_iter().map(|reason| reason.code).collect()
        };
        assert_eq!(codes(0, Some(Refusal::NoVoucher)), [""; 0]);
        assert_eq!(codes(9_999, None), ["no-reason"]);
        assert_eq!(codes(10_001, Some(Refusal::NoVoucher)), ["bad-accepted"]);
        assert_eq!(codes(-1, Some(Refusal::NoVoucher)), ["bad-accepted"]);
        let stranger = Cut { expense: ExpenseId::new(), accepted: Money::ZERO, reason: Some(Refusal::NotPaid) };
        assert_eq!(decision_complaints(&[cost], &[stranger]).len(), 1);
    }

    #[test]
    fn each_reminder_goes_out_once_and_missed_ones_are_not_made_up_for() {
        let due = day("2017-09-30");
        let cases = [
            ("2017-08-30", None, None),
            ("2017-08-31", None, Some(-30)),
            ("2017-09-01", Some("2017-08-31"), None),
            ("2017-09-23", Some("2017-08-31"), Some(-7)),
            ("2017-10-07", Some("2017-08-31"), Some(7)),
            ("2017-10-08", Some("2017-10-07"), None),
            ("2017-12-01", Some("2017-10-15"), None),
        ];
        for (today, last, expected) in cases {
            assert_eq!(reminder(due, last.map(day), day(today)), expected, "{today}");
        }
    }
}
