//! The budget's page: costs under their headings, indirect costs, reserve and sources; sums and caps worked out by the server, live where scripts run.
use super::Part;
use super::budget::{self, Totals};
use super::content::{Budget, BudgetLine, Heading, Logframe, PartContent, Partners};
use super::part_pages::{self, After, Again, Form, Hints, Opened};
use crate::calls::Caps;
use crate::kernel::{ApplicationId, Basis, Money, Quantity, Reason, Tr};
use crate::web::{Answer, Door, Fields, Page, Visit, get, post};
use actix_web::web;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/budget", show).api("The budget of an application with its totals, its caps and what it still needs."),
        post("/applications/{application}/budget", save).api("Saves the budget, whatever it says; amounts may be typed as 1.240,50 or 1,240.50."),
    ]
}

/// A cost as it is shown: amounts that can be read are shown back in the reader's way, others as they were typed.
struct Cost {
    id: String,
    key: String,
    number: String,
    of: BudgetLine,
    quantity: String,
    unit_cost: String,
    total: Money,
    wrong: bool,
}

struct Group {
    heading: Heading,
    sum: Money,
    costs: Vec<Cost>,
}

/// A share beside its limit, drawn with a tick at four fifths.
pub struct Cap {
    pub of: &'static str,
    pub base: &'static str,
    pub name: String,
    pub limit: Basis,
    pub share: Option<Basis>,
    pub left: Money,
}
impl Cap {
    pub fn is_over(&self) -> bool {
        self.left < Money::ZERO
    }
    pub fn over(&self) -> Money {
        Money::ZERO - self.left
    }
    /// Of the bar's thousand; the limit stands at 800.
    pub fn width(&self) -> i32 {
        let share = self.share.map_or(0, |share| share.0);
        if self.limit.0 == 0 { if share > 0 { 1000 } else { 0 } } else { (share.saturating_mul(800) / self.limit.0).clamp(0, 1000) }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/budget.html")]
struct BudgetPage {
    #[serde(skip)]
    p: Page,
    form: Form,
    writable: bool,
    budget: Budget,
    totals: Totals,
    /// None while the size that decides them is not chosen.
    caps: Option<Caps>,
    /// Where what is asked for does not fit the chosen size: said gently, also after each save by itself.
    out_of_size: Option<Reason>,
    sentence: String,
    shortfalls: Vec<Reason>,
    hints: Vec<Reason>,
    #[serde(skip)]
    at: String,
    #[serde(skip)]
    soft: Hints,
    #[serde(skip)]
    groups: Vec<Group>,
    #[serde(skip)]
    limits: Vec<Cap>,
    /// The size of grant in words, its limits, and how far along it the request is, of a thousand.
    #[serde(skip)]
    tier: Option<(String, Money, Money, i64)>,
    #[serde(skip)]
    logframe: Logframe,
    #[serde(skip)]
    partners: Partners,
    /// Only a call with partners' shares asks who spends.
    #[serde(skip)]
    lead: String,
}

impl BudgetPage {
    fn of(visit: &Visit, opened: &Opened, again: Option<Again>) -> Self {
        let t = visit.t();
        let (file, round) = (&opened.file, &opened.round);
        let budget = match again.as_ref().map(|again| again.content.clone()) {
            Some(PartContent::Budget(typed)) => typed,
            _ => file.budget.clone(),
        };
        let decided = round.terms.decided_caps(&file.summary.tier);
        let caps = decided.unwrap_or(Caps::NONE);
        let tier = round.tier(&file.summary.tier);
        let shortfalls = budget::complaints(&budget, &file.partners, &caps, tier);
        let hints = budget::hints(&budget, &file.logframe);
        let totals = budget::totals(&budget, &caps);
        let out_of_size = tier.and_then(|tier| budget::out_of_size(&totals, tier));
        let errors: Vec<Reason> = shortfalls.iter().filter(|reason| Some(*reason) != out_of_size.as_ref()).cloned().collect();
        let p = opened.page(visit, t.budget_title(), &errors, again.as_ref());
        let groups = groups(&budget, &totals, &p, t);
        Self {
            form: opened.form(visit, again.as_ref()),
            writable: opened.writable,
            sentence: totals.sentence(t),
            limits: decided.map(|caps| limits(&totals, &caps, t)).unwrap_or_default(),
            tier: tier.map(|tier| {
                let along = |amount: Money| (amount - tier.at_least).of(tier.at_most - tier.at_least).map_or(0, |share| i64::from(share.0) / 10);
                (tier.name.say(t).to_owned(), tier.at_least, tier.at_most, along(totals.requested).clamp(0, 986))
            }),
            soft: Hints::on_page(&hints),
            at: visit.asked("at").unwrap_or_default(),
            logframe: file.logframe.clone(),
            partners: file.partners.clone(),
            lead: file.organisation.name.clone(),
            caps: decided,
            out_of_size,
            groups,
            totals,
            shortfalls,
            hints,
            budget: shown_back(budget, t),
            p,
        }
    }
    /// The hint with the amount that it names; the script puts `#`'s place right while somebody types.
    fn indirect_hint(&self, most: &str) -> String {
        let t = self.p.t;
        match self.caps {
            Some(caps) => t.budget_indirect_hint(t.percent(caps.indirect), most),
            None => t.budget_indirect_hint_undecided().into(),
        }
    }
    fn reserve_hint(&self, most: &str) -> String {
        let t = self.p.t;
        match self.caps {
            Some(caps) => t.budget_reserve_hint(t.percent(caps.reserve), most),
            None => t.budget_reserve_hint_undecided().into(),
        }
    }
    /// Where the call allows a reserve, or may once the size is chosen.
    fn may_reserve(&self) -> bool {
        self.caps.is_none_or(|caps| caps.reserve.0 > 0)
    }
    fn typing(&self) -> String {
        self.p.t.budget_tips_text(self.p.t.euro(Money::cents(124_050)))
    }
}

/// Amounts that can be read, in the reader's way; others as typed.
fn amount_back(typed: &str, t: Tr) -> String {
    Money::typed(typed).filter(|amount| *amount >= Money::ZERO).map_or_else(|| typed.to_owned(), |amount| t.amount(amount))
}

fn shown_back(mut budget: Budget, t: Tr) -> Budget {
    for typed in [&mut budget.indirect, &mut budget.reserve, &mut budget.own_contribution, &mut budget.other_contribution] {
        *typed = amount_back(typed, t);
    }
    budget
}

fn groups(budget: &Budget, totals: &Totals, p: &Page, t: Tr) -> Vec<Group> {
    let numbered = budget::numbered(budget);
    let cost = |(number, line): &(String, &BudgetLine)| {
        let id = format!("line.{}", line.key);
        Cost {
            key: line.key.clone(),
            number: number.clone(),
            of: (*line).clone(),
            quantity: Quantity::typed(&line.number).map_or_else(|| line.number.clone(), |number| t.quantity(number)),
            unit_cost: amount_back(&line.unit_cost, t),
            total: line.total(),
            wrong: p.errors.iter().any(|reason| reason.at.starts_with(&format!("{id}."))),
            id,
        }
    };
    let group = |heading: &Heading| Group {
        heading: *heading,
        sum: totals.of_heading(heading),
        costs: numbered.iter().filter(|(_, line)| line.heading == *heading).map(cost).collect(),
    };
    Heading::ALL.iter().map(group).collect()
}

/// The caps of the call, with what is left of each.
pub fn limits(totals: &Totals, caps: &Caps, t: Tr) -> Vec<Cap> {
    let cap = |of, base, name: &str, limit, share, left| Cap { of, base, name: name.to_owned(), limit, share, left };
    let mut limits = vec![cap("indirect", "direct", t.budget_cap_indirect(), caps.indirect, totals.indirect_share, totals.most_indirect - totals.indirect)];
    if caps.reserve.0 > 0 || !totals.reserve.is_zero() {
        limits.push(cap("reserve", "direct", t.budget_cap_reserve(), caps.reserve, totals.reserve_share, totals.most_reserve - totals.reserve));
    }
    limits.push(cap("requested", "total", t.budget_cap_requested(), caps.requested, totals.share, totals.most_requested - totals.requested));
    limits
}

async fn show(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let opened = part_pages::opened(&visit, path.into_inner(), Part::Budget).await?;
    visit.show(&BudgetPage::of(&visit, &opened, None))
}

async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    match part_pages::save(&visit, path.into_inner(), Part::Budget, &fields).await? {
        After::Led(answer) => answer,
        After::Again(opened, again) => visit.show_again(&BudgetPage::of(&visit, &opened, Some(again))),
    }
}
