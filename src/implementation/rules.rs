//! What a project may do and why not; the arithmetic of spending, time and indicators. Pure.
use super::{Activity, ActivityState, Expense};
use crate::contracts::{Category, Contract, State, rules::FREE_VARIATION};
use crate::kernel::{Actor, Basis, Day, Money, Quantity, Reason};

/// Every step may be corrected: a project tells what is, not what was promised.
pub const MOVES: &[(ActivityState, ActivityState)] = &[
    (ActivityState::Planned, ActivityState::Running),
    (ActivityState::Planned, ActivityState::Done),
    (ActivityState::Running, ActivityState::Done),
    (ActivityState::Running, ActivityState::Planned),
    (ActivityState::Done, ActivityState::Running),
];

/// Whose the project is to write: who writes for the organisation.
#[must_use]
pub fn may_work(actor: &Actor, contract: &Contract) -> bool {
    actor.writes_for(contract.organisation_id)
}

/// Whether the project can be written at all: both have signed and it is not closed.
#[must_use]
pub fn open_shortfalls(contract: &Contract) -> Vec<Reason> {
    if matches!(contract.state, State::Active | State::Ended) {
        return vec![];
    }
    vec![Reason::new("project-state", "", |t| t.implementation_reason_state(contract.state.label(t)))]
}

/// What is wrong with the new state of an activity.
#[must_use]
pub fn activity_complaints(contract: &Contract, activity: &Activity, to: ActivityState, done_on: Option<Day>, note: &str, today: Day) -> Vec<Reason> {
    let mut reasons = vec![];
    let field = |name: &str| format!("{name}-{}", activity.position);
    if activity.state != to && !MOVES.contains(&(activity.state, to)) {
        reasons.push(Reason::new("activity-state", field("state"), |t| t.implementation_reason_activity(activity.state.label(t))));
    }
    if to == ActivityState::Done {
        match done_on {
            None => reasons.push(Reason::new("no-day", field("done_on"), |t| t.implementation_reason_done_on().into())),
            Some(day) if day < contract.starts_on || day > today => {
                reasons.push(Reason::new("day-outside", field("done_on"), |t| t.implementation_reason_day(t.day(contract.starts_on), t.day(today))));
            }
            Some(_) => {}
        }
    }
    reasons.extend(too_long(note, 1_000, field("note")));
    reasons
}

/// What is wrong with a measured value.
#[must_use]
pub fn value_complaints(contract: &Contract, position: i32, value: &NewValue, today: Day) -> Vec<Reason> {
    let mut reasons = vec![];
    let field = |name: &str| format!("{name}-{position}");
    if value.value < Quantity::ZERO {
        reasons.push(Reason::new("negative", field("value"), |t| t.implementation_reason_value().into()));
    }
    if value.women.is_some_and(|women| women > value.value || women < Quantity::ZERO) {
        reasons.push(Reason::new("more-women", field("women"), |t| t.implementation_reason_women().into()));
    }
    if value.measured_on < contract.starts_on || value.measured_on > today {
        reasons.push(Reason::new("day-outside", field("measured_on"), |t| t.implementation_reason_day(t.day(contract.starts_on), t.day(today))));
    }
    reasons.extend(too_long(&value.note, 1_000, format!("note-i{position}")));
    reasons
}

/// A value as it was measured.
#[derive(Clone, Debug)]
pub struct NewValue {
    pub value: Quantity,
    pub women: Option<Quantity>,
    pub measured_on: Day,
    pub note: String,
}

/// A cost as it was entered.
#[derive(Clone, Debug)]
pub struct NewExpense {
    pub paid_on: Day,
    pub description: String,
    pub supplier: String,
    pub voucher: String,
    pub amount: Money,
}

/// What is wrong with a cost (rules.md 3.8): inside the period, in the budget, identifiable by supplier and voucher.
/// Indirect costs are a flat rate and need no voucher; the reserve cannot be spent without an addendum.
#[must_use]
pub fn expense_complaints(contract: &Contract, heading: Option<Category>, expense: &NewExpense, today: Day) -> Vec<Reason> {
    let mut reasons = vec![];
    let mut complain = |code: &str, at: &str, say: &dyn Fn(crate::kernel::Tr) -> String| reasons.push(Reason::new(code, at, say));
    match heading {
        None => complain("no-line", "line", &|t| t.implementation_reason_line().into()),
        Some(Category::Reserve) => complain("reserve", "line", &|t| t.implementation_reason_reserve().into()),
        Some(_) => {}
    }
    let last = contract.ends_on.min(today);
    if expense.paid_on < contract.starts_on || expense.paid_on > last {
        complain("outside-period", "paid_on", &|t| t.implementation_reason_period(t.day(contract.starts_on), t.day(last)));
    }
    if expense.description.is_empty() {
        complain("no-description", "description", &|t| t.implementation_reason_description().into());
    }
    if heading != Some(Category::Indirect) {
        if expense.supplier.is_empty() {
            complain("no-supplier", "supplier", &|t| t.implementation_reason_supplier().into());
        }
        if expense.voucher.is_empty() {
            complain("no-voucher", "voucher", &|t| t.implementation_reason_voucher().into());
        }
    }
    if expense.amount <= Money::ZERO {
        complain("no-amount", "amount", &|t| t.implementation_reason_amount().into());
    }
    for (text, at) in [(&expense.description, "description"), (&expense.supplier, "supplier"), (&expense.voucher, "voucher")] {
        reasons.extend(too_long(text, 300, at.to_owned()));
    }
    reasons
}

fn too_long(text: &str, most: usize, at: String) -> Option<Reason> {
    (text.chars().count() > most).then(|| Reason::new("too-long", at, |t| t.implementation_reason_long(most)))
}

/// Whether an activity should be finished by now and is not.
#[must_use]
pub fn is_late(activity: &Activity, starts_on: Day, today: Day) -> bool {
    let last = activity.months().into_iter().max();
    activity.state != ActivityState::Done && last.is_some_and(|month| starts_on.plus_months(i64::from(month)) <= today)
}

/// Costs in the words that every page uses: entered by the project, reported to the office, accepted by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Costs {
    pub entered: Money,
    /// In a report that was submitted.
    pub reported: Money,
    pub accepted: Money,
    /// What a decision did not accept.
    pub refused: Money,
}
impl Costs {
    #[must_use]
    pub fn of(expense: &Expense) -> Self {
        let accepted = expense.accepted.unwrap_or(Money::ZERO);
        Self {
            entered: expense.amount,
            reported: if expense.report_id.is_some() { expense.amount } else { Money::ZERO },
            accepted,
            refused: if expense.accepted.is_some() { expense.amount - accepted } else { Money::ZERO },
        }
    }
    /// What uses the budget up: the entered but for the refused.
    #[must_use]
    pub fn counted(&self) -> Money {
        self.entered - self.refused
    }
}
impl std::ops::AddAssign for Costs {
    fn add_assign(&mut self, other: Self) {
        self.entered += other.entered;
        self.reported += other.reported;
        self.accepted += other.accepted;
        self.refused += other.refused;
    }
}
impl std::iter::Sum for Costs {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// What one line of the budget plans and what it cost so far: what meters are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCosts {
    pub heading: Category,
    pub budget: Money,
    pub costs: Costs,
}

/// Costs of a heading against its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Meter {
    pub heading: Category,
    pub budget: Money,
    #[serde(flatten)]
    pub costs: Costs,
    pub left: Money,
    pub share: Basis,
    /// Over 95 %: the bar is amber.
    pub nearly: bool,
    /// Overspent by more than a quarter of the heading: that needs an addendum before, else it is not eligible (rules.md 3.12).
    pub over: bool,
}

/// Budget and costs by heading, in the order of the form; headings without a budget do not show unless something was entered.
#[must_use]
pub fn meters(lines: &[LineCosts]) -> Vec<Meter> {
    let of = |heading: &Category| {
        let mine = || lines.iter().filter(|line| line.heading == *heading);
        meter(*heading, mine().map(|line| line.budget).sum(), mine().map(|line| line.costs).sum())
    };
    Category::ALL.iter().map(of).filter(|meter| !(meter.budget.is_zero() && meter.costs.entered.is_zero())).collect()
}

/// All headings together. The heading it carries is the first one's: a total has none.
#[must_use]
pub fn total(meters: &[Meter]) -> Meter {
    let heading = meters.first().map_or(Category::Other, |meter| meter.heading);
    meter(heading, meters.iter().map(|meter| meter.budget).sum(), meters.iter().map(|meter| meter.costs).sum())
}

impl Meter {
    /// The length of its bar, of a thousand.
    #[must_use]
    pub fn thousandths(&self) -> i32 {
        (self.share.0 / 10).clamp(0, 1_000)
    }
}

fn meter(heading: Category, budget: Money, costs: Costs) -> Meter {
    let (most, counted) = (budget + budget.at_most(FREE_VARIATION), costs.counted());
    Meter {
        heading,
        budget,
        costs,
        left: budget - counted,
        share: counted.of(budget).unwrap_or_default(),
        nearly: counted > budget.at_most(Basis(9_500)),
        over: counted > most,
    }
}

/// How much of the implementation period is gone, from nothing to all.
#[must_use]
pub fn time_gone(starts_on: Day, ends_on: Day, today: Day) -> Basis {
    let all = i64::from(starts_on.days_until(ends_on)) + 1;
    let gone = (i64::from(starts_on.days_until(today)) + 1).clamp(0, all.max(1));
    Money::cents(gone).of(Money::cents(all.max(1))).unwrap_or_default()
}

/// The month of the project that `today` lies in, from 1; none before the start and after the end.
#[must_use]
pub fn month_of(starts_on: Day, months: i32, today: Day) -> Option<i32> {
    (1..=months).find(|month| today >= starts_on.plus_months(i64::from(*month) - 1) && today < starts_on.plus_months(i64::from(*month)))
}

/// How far an indicator is on its way from the baseline to the target; none where there is no way to go.
#[must_use]
pub fn progress(baseline: Quantity, target: Quantity, now: Quantity) -> Option<Basis> {
    let way = target.to_cents() - baseline.to_cents();
    let gone = now.to_cents() - baseline.to_cents();
    // Falling is progress where the target lies below the baseline.
    let (way, gone) = if way < 0 { (-way, -gone) } else { (way, gone) };
    Money::cents(gone.max(0)).of(Money::cents(way))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn line(heading: Category, budget: i64, entered: i64) -> LineCosts {
        LineCosts { heading, budget: Money::cents(budget), costs: Costs { entered: Money::cents(entered), ..Costs::default() } }
    }
    fn expense(amount: i64, report: bool, accepted: Option<i64>) -> Expense {
        Expense {
            id: crate::kernel::ExpenseId::new(),
            contract_id: crate::kernel::ContractId::new(),
            line_id: crate::kernel::ContractLineId::new(),
            report_id: report.then(crate::kernel::ReportId::new),
            paid_on: day("2017-01-02"),
            description: String::new(),
            supplier: String::new(),
            voucher: String::new(),
            sha256: None,
            file_name: String::new(),
            media_type: String::new(),
            amount: Money::cents(amount),
            accepted: accepted.map(Money::cents),
            refusal: String::new(),
            decided_by: None,
            entered_by: crate::kernel::PersonId::new(),
            entered_at: "2017-01-03T10:00:00Z".parse().map(crate::kernel::Instant::new).unwrap(),
            version: 1,
        }
    }

    #[test]
    fn entered_reported_and_accepted_are_three_sums_and_the_refused_frees_the_budget() {
        let costs: Costs = [expense(100, false, None), expense(200, true, None), expense(400, true, Some(300))].iter().map(Costs::of).sum();
        let in_cents = (costs.entered.to_cents(), costs.reported.to_cents(), costs.accepted.to_cents(), costs.refused.to_cents());
        assert_eq!(in_cents, (700, 600, 300, 100));
        let meter = meters(&[LineCosts { heading: Category::Travel, budget: Money::cents(1_000), costs }])[0];
        assert_eq!((meter.left.to_cents(), meter.share), (400, Basis(6_000)));
    }

    #[test]
    fn a_meter_warns_from_95_percent_and_again_past_a_quarter_too_much() {
        let cases = [(9_499, false, false), (9_500, false, false), (9_501, true, false), (12_500, true, false), (12_501, true, true)];
        for (spent, nearly, over) in cases {
            let meters = meters(&[line(Category::Travel, 4_000, spent), line(Category::Travel, 6_000, 0)]);
            assert_eq!(meters.len(), 1);
            assert_eq!((meters[0].nearly, meters[0].over, meters[0].left.to_cents()), (nearly, over, 10_000 - spent), "{spent}");
        }
        let unplanned = meters(&[line(Category::Other, 0, 1)]);
        assert!(unplanned[0].over, "spending without a budget is never within it");
    }

    #[test]
    fn the_headings_of_r1_22_add_up_to_its_grant() {
        let lines = [
            line(Category::HumanResources, 590_000, 361_200),
            line(Category::Travel, 108_600, 0),
            line(Category::Equipment, 101_200, 0),
            line(Category::LocalOffice, 127_000, 0),
            line(Category::OtherCosts, 542_504, 0),
            line(Category::Indirect, 102_800, 0),
        ];
        let all = meters(&lines);
        assert_eq!(all.iter().map(|meter| meter.budget).sum::<Money>(), Money::cents(1_572_104));
        assert_eq!(all[0].share, Basis(6_122));
    }

    #[test]
    fn time_runs_from_nothing_to_all() {
        let (from, to) = (day("2016-11-01"), day("2017-08-31"));
        for (today, gone) in [("2016-10-01", 0), ("2016-11-01", 33), ("2017-05-12", 6_349), ("2017-08-31", 10_000), ("2018-01-01", 10_000)] {
            assert_eq!(time_gone(from, to, day(today)), Basis(gone), "{today}");
        }
        assert_eq!(month_of(from, 10, day("2017-05-12")), Some(7));
        assert_eq!(month_of(from, 10, day("2016-10-31")), None);
        assert_eq!(month_of(from, 10, day("2017-09-01")), None);
    }

    #[test]
    fn progress_goes_from_the_baseline_to_the_target_in_both_directions() {
        let of = |baseline: i64, target: i64, now: i64| progress(Quantity::cents(baseline * 100), Quantity::cents(target * 100), Quantity::cents(now * 100));
        assert_eq!(of(0, 40, 34), Some(Basis(8_500)));
        assert_eq!(of(31, 40, 31), Some(Basis(0)));
        assert_eq!(of(31, 40, 20), Some(Basis(0)), "worse than the start is no progress");
        assert_eq!(of(60, 30, 45), Some(Basis(5_000)));
        assert_eq!(of(5, 5, 5), None);
    }

    #[test]
    fn a_finished_activity_may_be_taken_up_again_but_not_be_planned() {
        assert!(MOVES.contains(&(ActivityState::Done, ActivityState::Running)));
        assert!(!MOVES.contains(&(ActivityState::Done, ActivityState::Planned)));
    }
}
