//! Pages of payments: a fund's list with what waits for whom, and the payment itself with the one step that is next.
use super::rules::{self, WaitsFor};
use super::{Payment, State, actions, records};
use crate::accounts::records as accounts;
use crate::calls::records as calls;
use crate::contracts::{Contract, records as contracts};
use crate::kernel::{Actor, ContractId, Error, Money, PaymentId, Reason, Result, RoundId, Tr};
use crate::programmes;
use crate::reporting::{Report, records as reports};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, post};
use actix_web::web::Path;
use askama::Template;
use std::collections::HashMap;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/payments", list).api("The fund's payments: what waits for whom."),
        get("/payments/{payment}", show).api("One payment, with who did which step."),
        post("/payments/{payment}/approval", approve).api("Approves a payment; two different persons are needed."),
        post("/payments/{payment}/transfer", send).api("Notes that a payment was sent, with the bank's reference."),
        post("/payments/{payment}/confirmation", confirm).api("Confirms that a payment has arrived."),
        post("/contracts/{contract}/settlement", settle).api("Closes a contract to which nothing is owed any more."),
    ]
}

/// Which states the list shows: what is not over yet, unless something else is asked for.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Open,
    /// Everything that has left the fund: what the summary calls paid.
    Paid,
    One(State),
}
impl Shown {
    fn asked(word: &str) -> Self {
        if word == "paid" { Self::Paid } else { word.parse().map_or(Self::Open, Self::One) }
    }
    fn all() -> impl Iterator<Item = Self> {
        [Self::Open, Self::Paid].into_iter().chain(State::ALL.iter().copied().map(Self::One))
    }
    fn states(self) -> Vec<State> {
        match self {
            Self::Open => State::ALL.iter().copied().filter(State::is_open).collect(),
            Self::Paid => State::paid(),
            Self::One(state) => vec![state],
        }
    }
    fn word(self) -> String {
        match self {
            Self::Open => String::new(),
            Self::Paid => "paid".into(),
            Self::One(state) => state.to_string(),
        }
    }
    fn label(self, t: impl std::borrow::Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Open => t.payments_filter_open(),
            Self::Paid => t.payments_filter_paid(),
            Self::One(state) => state.label(t),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "payments/list.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    shown: Shown,
    /// The round whose payments alone are shown.
    round: Option<String>,
    #[serde(skip)]
    rounds: Vec<String>,
    rows: Vec<ListRow>,
    /// Of all pages.
    total: Money,
    paging: Paging,
}

impl ListPage {
    fn address(&self, round: Option<&str>, shown: Shown) -> String {
        let asked = [("round", round.unwrap_or_default().to_owned()), ("state", shown.word())];
        let asked: Vec<String> = asked.into_iter().filter(|(_, word)| !word.is_empty()).map(|(key, word)| format!("{key}={word}")).collect();
        let question = if asked.is_empty() { "" } else { "?" };
        format!("/{}/payments{question}{}", self.slug, asked.join("&"))
    }
    fn of_every_round(&self) -> String {
        self.address(None, self.shown)
    }
    fn states(&self) -> Vec<(String, &'static str, bool)> {
        Shown::all().map(|shown| (self.address(self.round.as_deref(), shown), shown.label(self.p.t), shown == self.shown)).collect()
    }
    fn rounds_to_choose(&self) -> Vec<(String, &str, bool)> {
        let one = |round: &'_ String| (self.address(Some(round), self.shown), self.round.as_ref() == Some(round));
        self.rounds.iter().map(|round| (one(round), round)).map(|((address, here), round)| (address, round.as_str(), here)).collect()
    }
}

#[derive(serde::Serialize)]
struct ListRow {
    payment: Payment,
    /// What is to be paid: as planned, or the balance as the decision on the report leaves it.
    due: Money,
    code: String,
    title: String,
    organisation: String,
    waits_for: WaitsFor,
    /// Whether the next step is this reader's.
    mine: bool,
}

async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, slug) = (visit.actor()?, path.into_inner());
    let (page, round) = (visit.asked("page"), visit.asked("round").filter(|code| !code.is_empty()));
    let shown = Shown::asked(&visit.asked("state").unwrap_or_default());
    let (reader, wanted) = (actor.clone(), round.clone());
    let (programme, rounds, rows, dues, total, paging) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            if !reader.is_any(rules::READERS, programme.id) {
                return Err(Error::NotFound);
            }
            let rounds = calls::of_programme(conn, programme.id)?;
            let chosen: Vec<RoundId> = rounds.iter().filter(|one| wanted.as_ref().is_none_or(|code| *code == one.code)).map(|one| one.id).collect();
            if chosen.is_empty() && wanted.is_some() {
                return Err(Error::NotFound);
            }
            let asked = records::Asked { programme: programme.id, rounds: chosen, states: shown.states() };
            let (count, total) = records::totals(conn, &reader, &asked)?;
            let paging = Paging::new(page.as_deref(), count);
            let rows = records::page(conn, &reader, &asked, paging.size, paging.offset())?;
            let (dues, more) = dues(conn, &reader, &asked)?;
            Ok((programme, rounds, rows, dues, total + more, paging))
        })
        .await?;
    let t = visit.t();
    let p = visit
        .page_in(programme.frame())
        .with_crumbs(vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.payments_list_title())]);
    let rows = rows
        .into_iter()
        .map(|(payment, contract, report)| {
            let waits_for = rules::waits_for(&payment, contract.state, report);
            let mine = match waits_for {
                WaitsFor::Manager | WaitsFor::Second => rules::may_approve(&actor, &payment, programme.id) && payment.first_by != actor.person,
                WaitsFor::Finance => rules::may_send(&actor, programme.id),
                _ => false,
            };
            ListRow {
                due: dues.get(&payment.id).copied().unwrap_or(payment.amount),
                waits_for,
                mine,
                code: contract.code,
                title: contract.title,
                organisation: contract.organisation_name,
                payment,
            }
        })
        .collect();
    let rounds = rounds.into_iter().map(|round| round.code).collect();
    visit.show(&ListPage { p, slug: programme.slug, shown, round, rounds, rows, total, paging })
}

/// What is due where it is not what was planned, and by how much all of it together differs from the plan.
fn dues(conn: &mut Conn, actor: &Actor, asked: &records::Asked) -> Result<(HashMap<PaymentId, Money>, Money)> {
    if !asked.states.contains(&State::Planned) {
        return Ok((HashMap::new(), Money::ZERO));
    }
    let decided = records::decided(conn, actor, asked)?;
    let (all, accepted) = records::of_contracts(conn, &decided.iter().map(|(_, contract)| contract.id).collect::<Vec<_>>())?;
    let dues = rules::dues(&decided, &all, &accepted);
    let planned: Money = decided.iter().map(|(payment, _)| payment.amount).sum();
    let more = dues.values().copied().sum::<Money>() - planned;
    Ok((dues, more))
}

#[derive(Template, serde::Serialize)]
#[template(path = "payments/payment.html")]
struct PaymentPage {
    #[serde(skip)]
    p: Page,
    contract: Contract,
    payment: Payment,
    report: Option<Report>,
    /// What is to be paid: as planned, or the balance as it is now.
    due: Money,
    is_balance: bool,
    accepted: Money,
    waits_for: WaitsFor,
    /// What stands in the way of paying.
    conditions: Vec<Reason>,
    sent_by: Option<String>,
    confirmed_by: Option<String>,
    may_approve: bool,
    may_send: bool,
    may_confirm: bool,
    reference: String,
}

async fn payment_page(visit: &Visit, id: PaymentId) -> Result<PaymentPage> {
    let actor = visit.actor()?;
    let reader = actor.clone();
    let (programme, contract, payment, report, all, accepted, mut names) = visit
        .read(move |conn| {
            let payment = records::by_id(conn, id)?;
            let (contract, programme) = contracts::find_in_fund(conn, &reader, payment.contract_id)?;
            if !contract.state.is_project() {
                return Err(Error::NotFound);
            }
            let report = payment.report_id.map(|id| reports::by_id(conn, id)).transpose()?;
            let all = records::of_contract(conn, contract.id)?;
            let accepted = records::accepted_of(conn, contract.id)?;
            let names = accounts::names_of(conn, [payment.sent_by, payment.confirmed_by])?;
            Ok((programme, contract, payment, report, all, accepted, names))
        })
        .await?;
    let t = visit.t();
    let crumbs = vec![
        Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)),
        Link::new(contract.code.clone(), format!("/projects/{}", contract.id)),
        Link::here(t.payments_number(payment.number)),
    ];
    let report_state = report.as_ref().map(|report| report.state);
    let conditions = if payment.state == State::Planned { rules::conditions(&payment, contract.state, report_state) } else { vec![] };
    let waits_for = rules::waits_for(&payment, contract.state, report_state);
    let approvable = matches!(waits_for, WaitsFor::Manager | WaitsFor::Second) && !actor.writes_for(contract.organisation_id);
    Ok(PaymentPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        // Before the report is decided nothing is computed: the sum is the planned one.
        due: if conditions.is_empty() { rules::due(&contract, accepted, &payment, &all) } else { payment.amount },
        is_balance: conditions.is_empty() && rules::is_balance(&payment, &all),
        may_approve: approvable && rules::may_approve(&actor, &payment, contract.programme_id) && payment.first_by != actor.person,
        may_send: waits_for == WaitsFor::Finance && rules::may_send(&actor, contract.programme_id),
        may_confirm: waits_for == WaitsFor::Beneficiary && actor.writes_for(contract.organisation_id),
        confirmed_by: payment.confirmed_by.and_then(|id| names.get(&id).cloned()),
        sent_by: payment.sent_by.and_then(|id| names.remove(&id)),
        accepted,
        waits_for,
        conditions,
        contract,
        payment,
        report,
        reference: String::new(),
    })
}

async fn show(visit: Visit, path: Path<PaymentId>) -> Answer {
    let view = payment_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

async fn approve(visit: Visit, path: Path<PaymentId>, fields: Fields) -> Answer {
    let (id, version) = (path.into_inner(), fields.get("version").parse().unwrap_or(0));
    let payment = visit.perform(move |act| actions::approve(act, id, version)).await?;
    visit.done(&format!("/payments/{id}"), visit.t().payments_approved_notice(), &payment)
}

async fn send(visit: Visit, path: Path<PaymentId>, fields: Fields) -> Answer {
    let (id, version, reference) = (path.into_inner(), fields.get("version").parse().unwrap_or(0), fields.get("reference"));
    let typed = reference.clone();
    match visit.perform(move |act| actions::send(act, id, version, &reference)).await {
        Ok(payment) => visit.done(&format!("/payments/{id}"), visit.t().payments_sent_notice(), &payment),
        Err(Error::Invalid(reasons)) if !visit.api => {
            let mut view = payment_page(&visit, id).await?;
            view.reference = typed;
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(error) => Err(error),
    }
}

async fn confirm(visit: Visit, path: Path<PaymentId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let payment = visit.perform(move |act| actions::confirm(act, id)).await?;
    visit.done(&format!("/payments/{id}"), visit.t().payments_confirmed_notice(), &payment)
}

async fn settle(visit: Visit, path: Path<ContractId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    visit.perform(move |act| actions::settle(act, id)).await?;
    visit.done(&format!("/projects/{id}"), visit.t().payments_settled_notice(), &())
}
