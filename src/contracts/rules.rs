//! What may happen to a contract and why not; the arithmetic of its periods, lines and payments. Pure.
use super::content::{AgreedLine, PlannedPayment, PlannedReport};
use super::{Category, Contract, ReportKind, State};
use crate::calls::Caps;
use crate::kernel::{Actor, Basis, Day, Money, ProgrammeId, Reason, Role};
use crate::programmes::MainContract;

/// From where to where a contract may go. (Sent goes back to drafted when the office takes it back before anybody signed.)
pub const MOVES: &[(State, State)] = &[
    (State::Drafted, State::Sent),
    (State::Sent, State::Drafted),
    (State::Sent, State::Signed),
    (State::Sent, State::Lapsed),
    (State::Signed, State::Active),
    (State::Active, State::Ended),
    (State::Active, State::Terminated),
    (State::Ended, State::Terminated),
    // A final report may be approved in the hour before time itself has ended the contract.
    (State::Active, State::Closed),
    (State::Ended, State::Closed),
];

/// Roles of the office: they see every contract of their fund, drafts too.
pub const OFFICE: &[Role] = &[Role::Secretary, Role::GrantManager, Role::FinanceOfficer, Role::Director, Role::Auditor];

/// Days within which the first payment follows both signatures (rules.md 3.2).
pub const FIRST_PAYMENT_DAYS: i64 = 30;

/// So many days before the last day on which the beneficiary signs it is reminded, once (rules.md 5.6, E21).
pub const REMINDED_DAYS: i64 = 3;

/// Whether the beneficiary is to be reminded today: nobody has signed, and the contract was not sent so late that its letter is the reminder.
#[must_use]
pub fn reminder_due(contract: &Contract, today: Day) -> bool {
    contract.state == State::Sent
        && contract.reminded_at.is_none()
        && contract.due_on.is_some_and(|due_on| {
            let from = due_on.plus_days(-REMINDED_DAYS);
            (from..=due_on).contains(&today) && contract.sent_at.is_some_and(|sent_at| sent_at.day() < from)
        })
}

/// How far a heading may be overspent by notice alone (rules.md 3.12).
pub const FREE_VARIATION: Basis = Basis(2_500);

/// The move, or the reason against it.
#[must_use]
pub fn moves(from: State, to: State) -> Vec<Reason> {
    if MOVES.contains(&(from, to)) { vec![] } else { vec![Reason::new("contract-state", "", |t| t.contracts_reason_state(from.label(t)))] }
}

/// Drafting, clarifying the budget and sending are the grant manager's.
#[must_use]
pub fn may_draft(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is(Role::GrantManager, programme)
}

/// Who signs for the beneficiary: an owner or a signatory of the organisation. Who serves in the fund does not sign against it.
#[must_use]
pub fn may_sign_as_beneficiary(actor: &Actor, contract: &Contract) -> bool {
    actor.signs_for(contract.organisation_id)
}

/// Who signs for the authority: a director who has not drafted it and does not write for the beneficiary.
#[must_use]
pub fn may_sign_as_authority(actor: &Actor, contract: &Contract) -> bool {
    actor.is(Role::Director, contract.programme_id) && actor.person != Some(contract.drafted_by) && !actor.writes_for(contract.organisation_id)
}

/// The last day of the implementation period.
#[must_use]
pub fn ends_on(starts_on: Day, months: i32) -> Day {
    starts_on.plus_months(i64::from(months)).plus_days(-1)
}

/// What was withdrawn gets no contract, whatever it was awarded.
#[must_use]
pub fn still_wanted(status: crate::applications::Status) -> Vec<Reason> {
    if status == crate::applications::Status::Submitted { vec![] } else { vec![Reason::new("withdrawn", "", |t| t.contracts_reason_withdrawn().into())] }
}

/// What stands in the way of drafting: the period must lie inside the main contract, with time left for the fund's own report (rules.md 5.4).
#[must_use]
pub fn draft_shortfalls(starts_on: Day, months: i32, main: &MainContract) -> Vec<Reason> {
    let mut reasons = vec![];
    if months < 1 {
        reasons.push(Reason::new("no-months", "starts_on", |t| t.contracts_reason_months().into()));
    }
    if starts_on < main.begins {
        reasons.push(Reason::new("before-main-contract", "starts_on", |t| t.contracts_reason_too_early(t.day(main.begins))));
    }
    let latest = main.ends.plus_days(-main.reporting_margin_days);
    let ends = ends_on(starts_on, months);
    if ends > latest {
        reasons.push(Reason::new("past-main-contract", "starts_on", |t| t.contracts_reason_too_late(t.day(ends), t.day(latest))));
    }
    reasons
}

/// The whole cost that belongs to this grant when the grant's share of the cost stays what it was in the request.
#[must_use]
pub fn total_for(amount: Money, requested: Money, asked_total: Money) -> Money {
    if requested.is_zero() || amount == requested {
        return asked_total;
    }
    let whole = i128::from(amount.to_cents()) * i128::from(asked_total.to_cents());
    let part = i128::from(requested.to_cents());
    Money::cents(i64::try_from((2 * whole + part).div_euclid(2 * part)).unwrap_or(0))
}

/// Payments as shares of the grant, each to the nearest cent; the last one is the rest, so that they add up.
/// The first needs no report, the last needs the final one, those between need the report before it.
#[must_use]
pub fn planned_payments(amount: Money, shares: &[Basis], reports: &[PlannedReport]) -> Vec<PlannedPayment> {
    let last = shares.len().saturating_sub(1);
    let final_report = reports.last().map(|report| report.number);
    let interim = reports.iter().find(|report| report.kind == ReportKind::Interim).map(|report| report.number);
    let mut left = amount;
    let mut payments = vec![];
    for (place, share) in shares.iter().enumerate() {
        let part = if place == last { left } else { amount.share(*share) };
        left = left - part;
        let report = match place {
            0 => None,
            _ if place == last => final_report,
            _ => interim.or(final_report),
        };
        payments.push(PlannedPayment { number: i32::try_from(place).unwrap_or(0) + 1, share: *share, amount: part, report });
    }
    payments
}

/// The calendar of reports: a final one; and one at half time where there are more than two payments or more than twelve months.
#[must_use]
pub fn planned_reports(starts_on: Day, months: i32, payments: usize, report_days: i64) -> Vec<PlannedReport> {
    let ends = ends_on(starts_on, months);
    let mut reports = vec![];
    let mut from = starts_on;
    if (payments > 2 || months > 12) && months > 1 {
        let half = ends_on(starts_on, months / 2);
        reports.push(PlannedReport { number: 1, kind: ReportKind::Interim, from, to: half, due: half.plus_days(report_days) });
        from = half.plus_days(1);
    }
    let number = i32::try_from(reports.len()).unwrap_or(0) + 1;
    reports.push(PlannedReport { number, kind: ReportKind::Final, from, to: ends, due: ends.plus_days(report_days) });
    reports
}

/// What stands in the way of a budget for the contract: its lines are those of the request, none dearer, within the caps, and add up to the total.
#[must_use]
pub fn line_shortfalls(lines: &[AgreedLine], asked: &[AgreedLine], total: Money, caps: Caps) -> Vec<Reason> {
    let mut reasons = vec![];
    if lines.len() != asked.len() {
        reasons.push(Reason::new("other-lines", "", |t| t.contracts_reason_lines().into()));
    }
    for (place, (line, before)) in lines.iter().zip(asked).enumerate() {
        if line.total > before.total {
            let most = before.total;
            reasons.push(Reason::new("line-raised", format!("cost-{}", place + 1), move |t| t.contracts_reason_raised(&*before.name(t), t.euro(most))));
        }
    }
    let sum_of = |wanted: fn(&Category) -> bool| lines.iter().filter(|line| wanted(&line.heading)).map(|line| line.total).sum::<Money>();
    let direct = sum_of(Category::is_direct);
    let indirect = (sum_of(|heading| *heading == Category::Indirect), direct.at_most(caps.indirect), Category::Indirect);
    let reserve = (sum_of(|heading| *heading == Category::Reserve), direct.at_most(caps.reserve), Category::Reserve);
    for (is, most, heading) in [indirect, reserve] {
        if is > most {
            let place = lines.iter().position(|line| line.heading == heading).unwrap_or(0);
            reasons.push(Reason::new("over-cap", format!("cost-{}", place + 1), |t| t.contracts_reason_cap(heading.label(t), t.euro(most))));
        }
    }
    let sum: Money = lines.iter().map(|line| line.total).sum();
    if sum != total {
        reasons.push(Reason::new("sum-differs", "", |t| t.contracts_reason_sum(t.euro(sum), t.euro(total))));
    }
    reasons
}

impl AgreedLine {
    /// What the line is called: its description, or its heading where it has none.
    #[must_use]
    pub fn name(&self, t: crate::kernel::Tr) -> String {
        if self.description.is_empty() { self.heading.label(t).to_owned() } else { self.description.clone() }
    }
}

/// What stands in the way of a signature: the state, the name, and that what is signed is what was shown.
#[must_use]
pub fn signature_shortfalls(contract: &Contract, to: State, name: &str, seen: &str) -> Vec<Reason> {
    let mut reasons = moves(contract.state, to);
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < 3 {
        reasons.push(Reason::new("no-name", "name", |t| t.contracts_reason_name().into()));
    }
    if seen != contract.sha256 {
        reasons.push(Reason::new("other-content", "", |t| t.contracts_reason_changed().into()));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Quantity;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn line(heading: Category, cents: i64) -> AgreedLine {
        AgreedLine {
            heading,
            description: "x".into(),
            unit: "x".into(),
            number: Quantity::cents(100),
            unit_cost: Money::cents(cents),
            total: Money::cents(cents),
        }
    }
    const CAPS: Caps = Caps { indirect: Basis(700), reserve: Basis(500), requested: Basis::WHOLE };

    #[test]
    fn every_state_is_reached_and_the_last_ones_are_the_last() {
        for state in State::ALL {
            assert!(*state == State::Drafted || MOVES.iter().any(|(_, to)| to == state), "{state} is never reached");
        }
        for last in [State::Closed, State::Lapsed, State::Terminated] {
            assert!(MOVES.iter().all(|(from, _)| *from != last), "{last} is left");
        }
        assert!(!moves(State::Sent, State::Active).is_empty(), "the authority signs last");
    }

    #[test]
    fn ten_months_from_november_end_in_august() {
        assert_eq!(ends_on(day("2016-11-01"), 10), day("2017-08-31"));
        assert_eq!(ends_on(day("2017-09-01"), 6), day("2018-02-28"));
    }

    #[test]
    fn a_project_ends_before_the_main_contract_with_time_to_report() {
        let main = MainContract { number: String::new(), begins: day("2015-12-01"), ends: day("2018-11-30"), reporting_margin_days: 60 };
        assert!(draft_shortfalls(day("2016-11-01"), 10, &main).is_empty());
        assert_eq!(draft_shortfalls(day("2018-01-01"), 10, &main).first().unwrap().code, "past-main-contract");
        assert!(draft_shortfalls(day("2018-01-01"), 9, &main).is_empty(), "30 September is before 1 October");
        assert_eq!(draft_shortfalls(day("2015-11-01"), 6, &main).first().unwrap().code, "before-main-contract");
    }

    #[test]
    fn payments_are_cut_to_the_cent_and_wait_for_their_reports() {
        let cases: &[(i64, &[i32], &[i64], &[Option<i32>])] = &[
            (1_572_104, &[8_000, 2_000], &[1_257_683, 314_421], &[None, Some(1)]),
            (1_000_001, &[5_000, 3_000, 2_000], &[500_001, 300_000, 200_000], &[None, Some(1), Some(2)]),
            (1, &[4_000, 4_000, 2_000], &[0, 0, 1], &[None, Some(1), Some(2)]),
            (500_000, &[10_000], &[500_000], &[None]),
        ];
        for (amount, shares, parts, waits) in cases {
            let shares: Vec<Basis> = shares.iter().copied().map(Basis).collect();
            let reports = planned_reports(day("2016-11-01"), 10, shares.len(), 30);
            let payments = planned_payments(Money::cents(*amount), &shares, &reports);
            assert_eq!(payments.iter().map(|payment| payment.amount.to_cents()).collect::<Vec<_>>(), *parts);
            assert_eq!(payments.iter().map(|payment| payment.report).collect::<Vec<_>>(), *waits);
        }
    }

    proptest! {
        #[test]
        fn payments_add_up_to_the_grant(cents in 1i64..10_000_000, first in 1i32..9_000, second in 1i32..999) {
            let shares = [Basis(first), Basis(second), Basis(10_000 - first - second)];
            let reports = planned_reports(day("2017-09-01"), 12, 3, 30);
            let payments = planned_payments(Money::cents(cents), &shares, &reports);
            prop_assert_eq!(payments.iter().map(|payment| payment.amount).sum::<Money>(), Money::cents(cents));
            prop_assert!(payments.iter().all(|payment| payment.amount >= Money::ZERO));
        }
    }

    #[test]
    fn reports_cover_the_whole_period_without_a_gap() {
        let one = planned_reports(day("2016-11-01"), 10, 2, 30);
        assert_eq!(one.len(), 1);
        assert_eq!((one[0].from, one[0].to, one[0].due), (day("2016-11-01"), day("2017-08-31"), day("2017-09-30")));
        let two = planned_reports(day("2017-09-01"), 11, 3, 30);
        assert_eq!((two[0].to, two[1].from, two[1].to), (day("2018-01-31"), day("2018-02-01"), day("2018-07-31")));
        assert_eq!(planned_reports(day("2017-09-01"), 18, 2, 30).len(), 2, "a long project reports at half time");
    }

    #[test]
    fn a_smaller_grant_keeps_its_share_of_the_cost() {
        assert_eq!(total_for(Money::cents(1_572_104), Money::cents(1_572_104), Money::cents(1_572_104)), Money::cents(1_572_104));
        assert_eq!(total_for(Money::cents(900_000), Money::cents(1_000_000), Money::cents(1_250_000)), Money::cents(1_125_000));
        assert_eq!(total_for(Money::cents(333_333), Money::cents(1_000_000), Money::cents(1_000_000)), Money::cents(333_333));
    }

    #[test]
    fn lines_may_be_lowered_until_they_fit_and_never_raised() {
        let asked = [line(Category::HumanResources, 800_000), line(Category::Travel, 145_000), line(Category::Indirect, 55_000)];
        let codes = |lines: &[AgreedLine], total: i64| -> Vec<String> {
            line_shortfalls(lines, &asked, Money::cents(total), CAPS).into_iter().map(|reason| reason.code).collect()
        };
        assert_eq!(codes(&asked, 1_000_000), [""; 0]);
        assert_eq!(codes(&asked, 900_000), ["sum-differs"]);
        let lower = [line(Category::HumanResources, 700_000), line(Category::Travel, 145_000), line(Category::Indirect, 55_000)];
        assert_eq!(codes(&lower, 900_000), [""; 0]);
        let raised = [line(Category::HumanResources, 690_000), line(Category::Travel, 155_000), line(Category::Indirect, 55_000)];
        assert_eq!(codes(&raised, 900_000), ["line-raised"]);
        let over_cap = [line(Category::HumanResources, 600_000), line(Category::Travel, 145_000), line(Category::Indirect, 55_000)];
        assert_eq!(codes(&over_cap, 800_000), ["over-cap"]);
        assert_eq!(codes(&lower[..2], 845_000), ["other-lines"]);
    }
}
