//! The budget: totals, caps, sources, and what is still wrong with it (rules.md 3.7, 4.5). Everything is counted in cents from what was typed.
use super::content::{Budget, BudgetLine, File, Heading, Logframe, Partners};
use crate::calls::{Caps, Round, Tier};
use crate::kernel::{Basis, Money, Quantity, Reason, Tr};
use std::borrow::Borrow;

pub const MOST_LINES: usize = 150;
pub const MOST_DESCRIPTION: usize = 300;
pub const MOST_JUSTIFICATION: usize = 300;

impl Heading {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = t.borrow();
        match self {
            Self::HumanResources => t.budget_human_resources(),
            Self::Travel => t.budget_travel(),
            Self::Equipment => t.budget_equipment(),
            Self::LocalOffice => t.budget_local_office(),
            Self::OtherCosts => t.budget_other_costs(),
            Self::Other => t.budget_other(),
        }
    }
}

/// What the lines add up to, and what the caps allow. Nothing here is ever typed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// Every heading, in its order.
    pub by_heading: Vec<(Heading, Money)>,
    pub direct: Money,
    pub indirect: Money,
    pub reserve: Money,
    pub total: Money,
    pub own: Money,
    pub other: Money,
    /// Asked of the fund: the total without own and other money.
    pub requested: Money,
    /// Requested, of the total.
    pub share: Option<Basis>,
    pub indirect_share: Option<Basis>,
    pub reserve_share: Option<Basis>,
    /// Human resources, of the total.
    pub human_share: Option<Basis>,
    pub most_indirect: Money,
    pub most_reserve: Money,
    pub most_requested: Money,
}

impl Totals {
    #[must_use]
    pub fn of_heading(&self, heading: &Heading) -> Money {
        self.by_heading.iter().find(|(h, _)| h == heading).map_or(Money::ZERO, |(_, sum)| *sum)
    }
    /// `Total 15,721.04; you ask 15,721.04, 100 %`
    #[must_use]
    pub fn sentence(&self, t: Tr) -> String {
        let share = self.share.map_or_else(|| "–".into(), |share| t.percent(share));
        t.budget_sentence(t.euro(self.requested), share, t.euro(self.total))
    }
}

/// An amount as typed; nothing where the box is empty or cannot be read.
fn amount(typed: &str) -> Money {
    Money::typed(typed).filter(|amount| *amount >= Money::ZERO).unwrap_or(Money::ZERO)
}

fn cannot_be_read(typed: &str) -> bool {
    !typed.trim().is_empty() && Money::typed(typed).is_none_or(|amount| amount < Money::ZERO)
}

/// Adds everything up.
#[must_use]
pub fn totals(budget: &Budget, caps: &Caps) -> Totals {
    let sum_of = |heading: Heading| budget.lines.iter().filter(|line| line.heading == heading).map(BudgetLine::total).sum::<Money>();
    let by_heading: Vec<(Heading, Money)> = Heading::ALL.iter().map(|heading| (*heading, sum_of(*heading))).collect();
    let direct: Money = by_heading.iter().map(|(_, sum)| *sum).sum();
    let (indirect, reserve) = (amount(&budget.indirect), amount(&budget.reserve));
    let total = direct + indirect + reserve;
    let (own, other) = (amount(&budget.own_contribution), amount(&budget.other_contribution));
    let requested = total - own - other;
    Totals {
        human_share: sum_of(Heading::HumanResources).of(total),
        by_heading,
        direct,
        indirect,
        reserve,
        total,
        own,
        other,
        requested,
        share: requested.of(total),
        indirect_share: indirect.of(direct),
        reserve_share: reserve.of(direct),
        most_indirect: direct.at_most(caps.indirect),
        most_reserve: direct.at_most(caps.reserve),
        most_requested: total.at_most(caps.requested),
    }
}

/// Everything that stands in the way of submitting this budget.
#[must_use]
pub fn shortfalls(file: &File, round: &Round) -> Vec<Reason> {
    let caps = round.terms.decided_caps(&file.summary.tier).unwrap_or(Caps::NONE);
    complaints(&file.budget, &file.partners, &caps, round.tier(&file.summary.tier))
}

/// The same over the budget alone: for its own page.
#[must_use]
pub fn complaints(budget: &Budget, partners: &Partners, caps: &Caps, tier: Option<&Tier>) -> Vec<Reason> {
    let mut reasons = vec![];
    if budget.lines.is_empty() {
        reasons.push(Reason::new("no-cost", "budget#add-human-resources", |t| t.budget_reason_no_cost().into()));
    }
    if budget.lines.len() > MOST_LINES {
        reasons.push(Reason::new("too-many", "budget#add-human-resources", |t| t.budget_reason_too_many_lines(MOST_LINES)));
    }
    for (number, line) in numbered(budget) {
        line_complaints(&mut reasons, &number, line, partners);
    }
    source_complaints(&mut reasons, budget);
    let totals = totals(budget, caps);
    cap_complaints(&mut reasons, &totals, caps);
    reasons.extend(tier.and_then(|tier| out_of_size(&totals, tier)));
    reasons
}

/// Every line with its number under its heading: `1.2`.
#[must_use]
pub fn numbered(budget: &Budget) -> Vec<(String, &BudgetLine)> {
    let under = |heading: Heading| budget.lines.iter().filter(move |line| line.heading == heading);
    Heading::ALL
        .iter()
        .flat_map(|heading| under(*heading).enumerate().map(move |(place, line)| (format!("{}.{}", heading.number(), place + 1), line)))
        .collect()
}

fn line_complaints(reasons: &mut Vec<Reason>, number: &str, line: &BudgetLine, partners: &Partners) {
    let at = |field: &str| format!("budget#line.{}.{field}", line.key);
    if line.description.is_empty() {
        reasons.push(Reason::new("no-description", at("description"), |t| t.budget_reason_no_description(number)));
    }
    if line.description.chars().count() > MOST_DESCRIPTION {
        reasons.push(Reason::new("too-long", at("description"), |t| t.budget_reason_long_description(MOST_DESCRIPTION, number)));
    }
    if line.unit.is_empty() {
        reasons.push(Reason::new("no-unit", at("unit"), |t| t.budget_reason_no_unit(number)));
    }
    if line.number.trim().is_empty() {
        reasons.push(Reason::new("no-number", at("number"), |t| t.budget_reason_no_number(number)));
    } else if line.number().is_none() {
        reasons.push(Reason::new("unreadable", at("number"), |t| t.budget_reason_unreadable_number(number, &line.number)));
    }
    if line.unit_cost.trim().is_empty() {
        reasons.push(Reason::new("no-unit-cost", at("unit_cost"), |t| t.budget_reason_no_unit_cost(number)));
    } else if line.unit_cost().is_none() {
        reasons.push(Reason::new("unreadable", at("unit_cost"), |t| t.budget_reason_unreadable_cost(number, &line.unit_cost)));
    }
    if line.justification.chars().count() > MOST_JUSTIFICATION {
        reasons.push(Reason::new("too-long", at("justification"), |t| t.budget_reason_long_justification(MOST_JUSTIFICATION, number)));
    }
    if !line.spender.is_empty() && line.spender != "lead" && !partners.partners.iter().any(|partner| partner.key == line.spender) {
        reasons.push(Reason::new("gone-spender", at("spender"), |t| t.budget_reason_gone_spender(number)));
    }
}

fn source_complaints(reasons: &mut Vec<Reason>, budget: &Budget) {
    let boxes: [(&str, &str, fn(Tr) -> &'static str); 4] = [
        ("indirect", &budget.indirect, |t| t.budget_indirect()),
        ("reserve", &budget.reserve, |t| t.budget_reserve()),
        ("own_contribution", &budget.own_contribution, |t| t.budget_own()),
        ("other_contribution", &budget.other_contribution, |t| t.budget_other_money()),
    ];
    for (field, typed, name) in boxes {
        if cannot_be_read(typed) {
            reasons.push(Reason::new("unreadable", format!("budget#{field}"), |t| t.budget_reason_unreadable_amount(name(t), typed)));
        }
    }
    if amount(&budget.other_contribution) > Money::ZERO && budget.other_donors.is_empty() {
        reasons.push(Reason::new("no-donors", "budget#other_donors", |t| t.budget_reason_no_donors().into()));
    }
}

fn cap_complaints(reasons: &mut Vec<Reason>, totals: &Totals, caps: &Caps) {
    if totals.indirect > totals.most_indirect {
        let over = totals.indirect - totals.most_indirect;
        reasons.push(Reason::new("over-cap", "budget#indirect", |t| {
            t.budget_reason_over_indirect(t.percent(caps.indirect), t.euro(totals.most_indirect), t.euro(over))
        }));
    }
    if totals.reserve > totals.most_reserve {
        let over = totals.reserve - totals.most_reserve;
        reasons.push(Reason::new("over-cap", "budget#reserve", |t| {
            t.budget_reason_over_reserve(t.percent(caps.reserve), t.euro(totals.most_reserve), t.euro(over))
        }));
    }
    if totals.requested < Money::ZERO {
        reasons.push(Reason::new("sources-exceed", "budget#own_contribution", |t| {
            t.budget_reason_sources_exceed(t.euro(totals.own + totals.other), t.euro(totals.total))
        }));
    } else if totals.requested > totals.most_requested {
        let over = totals.requested - totals.most_requested;
        reasons.push(Reason::new("over-cap", "budget#own_contribution", |t| {
            t.budget_reason_over_requested(t.percent(caps.requested), t.euro(totals.most_requested), t.euro(over), t.euro(totals.requested))
        }));
    }
}

/// What is asked for against the chosen size: it refuses at submission, and the budget's page says it from the first save on.
#[must_use]
pub fn out_of_size(totals: &Totals, tier: &Tier) -> Option<Reason> {
    let range = |t: Tr| (t.euro_short(tier.at_least), t.euro_short(tier.at_most), tier.name.say(t).to_owned());
    if totals.requested > tier.at_most {
        return Some(Reason::new("over-tier", "budget#total", |t| {
            let (least, most, name) = range(t);
            t.budget_reason_over_tier(least, most, t.euro(totals.requested - tier.at_most), t.euro(totals.requested), name)
        }));
    }
    let is_under = totals.requested < tier.at_least && totals.requested >= Money::ZERO && !totals.total.is_zero();
    is_under.then(|| {
        Reason::new("under-tier", "budget#total", |t| {
            let (least, most, name) = range(t);
            t.budget_reason_under_tier(least, most, t.euro(totals.requested), name)
        })
    })
}

/// Gentle checks: what a reader will ask. They never stand in the way.
#[must_use]
pub fn hints(budget: &Budget, logframe: &Logframe) -> Vec<Reason> {
    let mut hints = vec![];
    let activities = logframe.numbered_activities();
    for (number, line) in numbered(budget) {
        let at = format!("budget#line.{}.activity", line.key);
        if !line.activity.is_empty() && !activities.iter().any(|(_, activity)| activity.key == line.activity) {
            hints.push(Reason::new("gone-activity", at, |t| t.budget_hint_gone_activity(&number)));
        } else if line.activity.is_empty() && line.heading != Heading::LocalOffice && !activities.is_empty() && !line.total().is_zero() {
            hints.push(Reason::new("no-activity", at, |t| t.budget_hint_no_activity(&number)));
        }
        if Money::may_mean_decimals(&line.unit_cost) {
            let (typed, read) = (line.unit_cost.as_str(), amount(&line.unit_cost));
            hints.push(Reason::new("read-as", format!("budget#line.{}.unit_cost", line.key), |t| t.budget_hint_read_as(&number, t.euro(read), typed)));
        }
        let lump = line.number() == Some(Quantity::cents(100)) && line.total() >= Money::cents(50_000) && line.total().to_cents() % 10_000 == 0;
        if lump && line.justification.is_empty() {
            hints.push(Reason::new("round-sum", format!("budget#line.{}.justification", line.key), |t| t.budget_hint_round_sum(&number)));
        }
    }
    let linked = budget.lines.iter().any(|line| !line.activity.is_empty());
    for (number, activity) in activities.iter().filter(|_| linked) {
        if !budget.lines.iter().any(|line| line.activity == activity.key && !line.total().is_zero()) {
            hints.push(Reason::new("no-cost-of-activity", "budget#add-human-resources", |t| t.budget_hint_activity_without_cost(number)));
        }
    }
    let direct: Money = budget.lines.iter().map(BudgetLine::total).sum();
    let half = direct.at_most(Basis(5_000));
    for (number, line) in numbered(budget) {
        if budget.lines.len() > 2 && line.total() > half {
            hints.push(Reason::new("half", format!("budget#line.{}.justification", line.key), |t| t.budget_hint_more_than_half(&number)));
        }
    }
    hints
}

/// What a named button of the page does to the budget; the answer is the field to go on in.
#[must_use]
pub fn change(budget: &mut Budget, verb: &str, what: &str, caps: &Caps, spent: &[String]) -> Option<String> {
    let fresh = |budget: &Budget| super::logframe::fresh_key('l', budget.lines.iter().map(|line| &line.key).chain(spent).map(String::as_str));
    match verb {
        "add" => {
            let heading: Heading = what.parse().ok()?;
            let key = fresh(budget);
            budget.lines.push(empty_line(key.clone(), heading));
            Some(format!("line.{key}.description"))
        }
        "copy" => {
            let key = fresh(budget);
            let place = budget.lines.iter().position(|line| line.key == what)?;
            let copy = BudgetLine { key: key.clone(), ..budget.lines.get(place)?.clone() };
            budget.lines.insert(place + 1, copy);
            Some(format!("line.{key}.description"))
        }
        "del" => {
            let place = budget.lines.iter().position(|line| line.key == what)?;
            let gone = budget.lines.remove(place);
            Some(format!("add-{}", gone.heading))
        }
        "fill" => {
            let most = totals(budget, caps);
            match what {
                "indirect" => budget.indirect = most.most_indirect.decimal().to_string(),
                "reserve" => budget.reserve = most.most_reserve.decimal().to_string(),
                _ => return None,
            }
            Some(what.to_owned())
        }
        _ => None,
    }
}

#[must_use]
pub fn empty_line(key: String, heading: Heading) -> BudgetLine {
    BudgetLine {
        key,
        heading,
        description: String::new(),
        unit: String::new(),
        number: String::new(),
        unit_cost: String::new(),
        activity: String::new(),
        spender: String::new(),
        justification: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Bilingual;
    use proptest::prelude::*;

    const CAPS: Caps = Caps { indirect: Basis(700), reserve: Basis(500), requested: Basis(10_000) };

    fn line(key: &str, heading: Heading, number: &str, unit_cost: &str) -> BudgetLine {
        BudgetLine { description: "x".into(), unit: "month".into(), number: number.into(), unit_cost: unit_cost.into(), ..empty_line(key.into(), heading) }
    }
    fn medium() -> Tier {
        Tier {
            key: "medium".into(),
            meant_for: Bilingual::default(),
            name: Bilingual::same("medium"),
            at_least: Money::cents(1_000_000),
            at_most: Money::cents(2_000_000),
            months_at_least: 6,
            months_at_most: 12,
            payments: vec![Basis::WHOLE],
            caps: None,
        }
    }
    fn codes(budget: &Budget) -> Vec<(String, String)> {
        complaints(budget, &Partners::default(), &CAPS, Some(&medium())).into_iter().map(|reason| (reason.code, reason.at)).collect()
    }
    fn sound() -> Budget {
        Budget {
            lines: vec![line("l1", Heading::HumanResources, "10", "1.469,304"), line("l2", Heading::Travel, "0,5", "0.02")],
            indirect: "1,028.00".into(),
            ..Budget::default()
        }
    }

    #[test]
    fn amounts_as_people_type_them_add_up() {
        let mut budget = sound();
        budget.lines[0].unit_cost = "1.469,30".into();
        budget.lines.push(line("l3", Heading::Travel, "1", "0.04"));
        budget.lines[1] = line("l2", Heading::Travel, "0", "5");
        let sums = totals(&budget, &CAPS);
        assert_eq!(sums.direct, Money::cents(1_469_304));
        assert_eq!(sums.most_indirect, Money::cents(102_851));
        assert_eq!(sums.total, Money::cents(1_572_104));
        assert_eq!(sums.share, Some(Basis::WHOLE));
        assert_eq!(sums.sentence(Tr(crate::kernel::Lang::En)), "Total €15,721.04; you ask for €15,721.04, 100%");
        assert!(codes(&budget).is_empty(), "{:?}", codes(&budget));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line_and_stays_as_typed() {
        let mut budget = sound();
        budget.lines[0].unit_cost = "12345678901234567".into();
        budget.lines[1].number = "-3".into();
        budget.own_contribution = "abc".into();
        let found = codes(&budget);
        for at in ["budget#line.l1.unit_cost", "budget#line.l2.number", "budget#own_contribution"] {
            assert!(found.contains(&("unreadable".into(), at.into())), "{at} in {found:?}");
        }
        let words = complaints(&budget, &Partners::default(), &CAPS, None);
        assert!(words.iter().any(|reason| reason.text.en.contains("1.1") && reason.text.en.contains("12345678901234567")));
        assert_eq!(budget.lines[0].unit_cost, "12345678901234567");
    }

    #[test]
    fn the_most_allowed_is_allowed_and_a_cent_more_is_not() {
        for (indirect, over) in [("1,028.51", false), ("1,028.52", true)] {
            let budget = Budget { lines: vec![line("l1", Heading::Other, "1", "14693.04")], indirect: indirect.into(), ..Budget::default() };
            assert_eq!(codes(&budget).contains(&("over-cap".into(), "budget#indirect".into())), over, "{indirect}");
        }
        let over = Budget { lines: vec![line("l1", Heading::Other, "1", "14693.04")], indirect: "1,100".into(), ..Budget::default() };
        let words = complaints(&over, &Partners::default(), &CAPS, None);
        assert!(words[0].text.en.contains("€71.49") && words[0].text.en.contains("€1,028.51"), "{}", words[0].text.en);
    }

    #[test]
    fn the_sizes_of_grants_hold_to_the_cent() {
        for (cost, code) in [("9999.99", Some("under-tier")), ("10000", None), ("20000", None), ("20000.01", Some("over-tier"))] {
            let budget = Budget { lines: vec![line("l1", Heading::Travel, "1", cost)], ..Budget::default() };
            assert_eq!(codes(&budget).first().map(|(code, _)| code.as_str()), code, "{cost}");
        }
    }

    #[test]
    fn sources_add_up_to_the_total() {
        let caps = Caps { requested: Basis(9_000), ..CAPS };
        let of = |own: &str| Budget { lines: vec![line("l1", Heading::Travel, "1", "10000")], own_contribution: own.into(), ..Budget::default() };
        let found = |own: &str| complaints(&of(own), &Partners::default(), &caps, None).into_iter().map(|reason| reason.code).collect::<Vec<_>>();
        assert_eq!(found("999.99"), ["over-cap"]);
        assert!(found("1000").is_empty());
        assert_eq!(found("10000.01"), ["sources-exceed"]);
        let sums = totals(&of("1000"), &caps);
        assert_eq!(sums.requested + sums.own + sums.other, sums.total);
        let other = Budget { other_contribution: "100".into(), ..of("1000") };
        assert_eq!(complaints(&other, &Partners::default(), &caps, None)[0].code, "no-donors");
    }

    #[test]
    fn buttons_add_remove_and_fill_in_the_most_allowed() {
        let mut budget = sound();
        assert_eq!(change(&mut budget, "add", "travel", &CAPS, &[]).as_deref(), Some("line.l3.description"));
        assert_eq!(change(&mut budget, "copy", "l1", &CAPS, &["l7".into()]).as_deref(), Some("line.l8.description"));
        assert_eq!(budget.lines.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["l1", "l8", "l2", "l3"]);
        assert_eq!(budget.lines.remove(1).total(), budget.lines[0].total());
        assert_eq!(change(&mut budget, "del", "l1", &CAPS, &[]).as_deref(), Some("add-human-resources"));
        assert_eq!(budget.lines.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["l2", "l3"]);
        budget.lines[0] = line("l2", Heading::Travel, "1", "14693.04");
        assert_eq!(change(&mut budget, "fill", "indirect", &CAPS, &[]).as_deref(), Some("indirect"));
        assert_eq!(budget.indirect, "1028.51");
        assert_eq!(change(&mut budget, "add", "bribes", &CAPS, &[]), None);
    }

    proptest! {
        #[test]
        fn totals_add_up(rows in prop::collection::vec((0usize..6, 0i64..100_000, 0i64..10_000_000), 0..40), indirect in 0i64..1_000_000, reserve in 0i64..1_000_000, own in 0i64..1_000_000) {
            let typed = |cents: i64| Money::cents(cents).decimal().to_string();
            let budget = Budget {
                lines: rows.iter().enumerate().map(|(n, (heading, number, cost))| line(&format!("l{n}"), Heading::ALL[*heading], &typed(*number), &typed(*cost))).collect(),
                indirect: typed(indirect), reserve: typed(reserve), own_contribution: typed(own),
                ..Budget::default()
            };
            let sums = totals(&budget, &CAPS);
            prop_assert_eq!(sums.by_heading.iter().map(|(_, sum)| *sum).sum::<Money>(), sums.direct);
            prop_assert_eq!(budget.lines.iter().map(BudgetLine::total).sum::<Money>(), sums.direct);
            prop_assert_eq!(sums.direct + sums.indirect + sums.reserve, sums.total);
            prop_assert_eq!(sums.requested + sums.own + sums.other, sums.total);
            prop_assert_eq!(numbered(&budget).len(), budget.lines.len());
        }
        #[test]
        fn the_most_allowed_is_exactly_allowed(direct in 1i64..10_000_000_000, indirect in 0i32..2_000, reserve in 0i32..2_000) {
            let caps = Caps { indirect: Basis(indirect), reserve: Basis(reserve), requested: Basis::WHOLE };
            let mut budget = Budget { lines: vec![line("l1", Heading::Other, "1", &Money::cents(direct).decimal().to_string())], ..Budget::default() };
            for (what, at) in [("indirect", "budget#indirect"), ("reserve", "budget#reserve")] {
                let _ = change(&mut budget, "fill", what, &caps, &[]);
                let complains = |budget: &Budget| complaints(budget, &Partners::default(), &caps, None).iter().any(|reason| reason.at == at);
                prop_assert!(!complains(&budget));
                let sums = totals(&budget, &caps);
                let more = if what == "indirect" { sums.most_indirect } else { sums.most_reserve } + Money::cents(1);
                let mut over = budget.clone();
                *(if what == "indirect" { &mut over.indirect } else { &mut over.reserve }) = more.decimal().to_string();
                prop_assert!(complains(&over));
            }
        }
    }
}
