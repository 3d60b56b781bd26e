//! Pages of contracts: a fund's list with what is still to be drafted, and the contract itself, where both sides read and sign.
use super::actions::LineFigures;
use super::content::Agreement;
use super::{Contract, Line, Signature, State, actions, records, rules};
use crate::applications::Application;
use crate::kernel::{Actor, ApplicationId, Basis, ContractId, Day, Error, Money, Quantity, Reason, Result, Room};
use crate::programmes::{self, Programme, places};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/contracts", list).api("The fund's contracts that you may see, and what is still to be drafted."),
        post("/applications/{application}/contract", draft).of("/applications/{application}/read").api("Drafts the contract of an awarded application."),
        get("/contracts/{contract}", show).api("One contract: what was agreed, and who has signed."),
        post("/contracts/{contract}/lines", set_lines).api("Lowers lines of a draft's budget."),
        post("/contracts/{contract}/dispatch", send).api("Sends a contract for signature."),
        post("/contracts/{contract}/signature", sign).api("Signs for the beneficiary."),
        post("/contracts/{contract}/countersignature", countersign).api("Signs for the fund."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "contracts/list.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    may_draft: bool,
    awaiting: Vec<Awaiting>,
    contracts: Vec<Contract>,
    state: Option<State>,
    paging: Paging,
}

#[derive(serde::Serialize)]
struct Awaiting {
    application: Application,
    awarded: Money,
    starts_on: String,
}

async fn list(visit: Visit, path: Path<String>) -> Answer {
    let view = list_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

async fn list_page(visit: &Visit, slug: String) -> Result<ListPage> {
    let actor = visit.actor()?;
    let (asked, state) = (visit.asked("page"), visit.asked("state").and_then(|word| word.parse().ok()));
    let (programme, may_draft, awaiting, contracts, paging) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            if !actor.opens(Room::Contracts, programme.id) {
                return Err(Error::NotFound);
            }
            let may_draft = rules::may_draft(&actor, programme.id);
            let awaiting = if may_draft { records::awaiting_draft(conn, programme.id)? } else { vec![] };
            let paging = Paging::new(asked.as_deref(), records::count(conn, &actor, programme.id, state)?);
            let contracts = records::page(conn, &actor, programme.id, state, paging.size, paging.offset())?;
            Ok((programme, may_draft, awaiting, contracts, paging))
        })
        .await?;
    let t = visit.t();
    let p = visit
        .page_in(programme.frame())
        .with_crumbs(vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.contracts_list_title())]);
    let awaiting = awaiting.into_iter().map(|(application, awarded)| Awaiting { application, awarded, starts_on: String::new() }).collect();
    Ok(ListPage { p, slug: programme.slug, may_draft, awaiting, contracts, state, paging })
}

async fn draft(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Answer {
    let application = path.into_inner();
    let typed = fields.get("starts_on");
    let starts_on = typed.parse::<Day>().ok();
    match visit.perform(move |act| actions::draft(act, application, starts_on)).await {
        Ok(contract) => visit.done(&format!("/contracts/{}", contract.id), visit.t().contracts_drafted_notice(), &contract),
        Err(Error::Invalid(reasons) | Error::Refused(reasons)) if reasons.iter().any(|reason| reason.at == "starts_on") && !visit.api => {
            let actor = visit.actor()?;
            let slug = visit
                .read(move |conn| {
                    let application = crate::applications::records::find(conn, &actor, application)?;
                    Ok(programmes::records::find(conn, application.programme_id)?.slug)
                })
                .await?;
            let at = format!("/{slug}/contracts");
            let mut view = list_page(&visit, slug).await?;
            view.p = view.p.at(at);
            for row in view.awaiting.iter_mut().filter(|row| row.application.id == application) {
                row.starts_on.clone_from(&typed);
            }
            let field = format!("starts_on-{application}");
            view.p = view.p.with_errors(reasons.into_iter().map(|reason| Reason { at: field.clone(), ..reason }).collect());
            visit.show_again(&view)
        }
        Err(error) => Err(error),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "contracts/contract.html")]
struct ContractPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    contract: Contract,
    agreement: Agreement,
    lines: Vec<LineRow>,
    sum: Money,
    /// The grant's share of the whole cost.
    share: Basis,
    signatures: Vec<Signature>,
    may_edit: bool,
    fits: bool,
    may_send: bool,
    may_sign: bool,
    may_countersign: bool,
    /// The name as typed, given back when it could not be taken.
    name: String,
}

#[derive(serde::Serialize)]
struct LineRow {
    #[serde(flatten)]
    line: Line,
    typed_number: String,
    typed_cost: String,
}

struct Loaded {
    programme: Programme,
    contract: Contract,
    lines: Vec<Line>,
    signatures: Vec<Signature>,
}

fn load(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<Loaded> {
    let contract = records::find(conn, actor, id)?;
    Ok(Loaded {
        programme: programmes::records::find(conn, contract.programme_id)?,
        lines: records::lines(conn, id)?,
        signatures: records::signatures_of(conn, id)?,
        contract,
    })
}

async fn contract_page(visit: &Visit, id: ContractId) -> Result<ContractPage> {
    let actor = visit.actor()?;
    let reader = actor.clone();
    let Loaded { programme, contract, lines, signatures } = visit.read(move |conn| load(conn, &reader, id)).await?;
    let t = visit.t();
    let agreement = records::agreement(&contract)?;
    let sum: Money = lines.iter().map(|line| line.total).sum();
    let crumbs = vec![
        Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)),
        Link::new(t.contracts_list_title(), format!("/{}/contracts", programme.slug)),
        Link::here(contract.code.clone()),
    ];
    let drafting = contract.state == State::Drafted && rules::may_draft(&actor, contract.programme_id);
    // The organisation has no list of the fund's contracts to go back to.
    let crumbs = if actor.writes_for(contract.organisation_id) { crumbs.into_iter().filter(|link| !link.to.ends_with("/contracts")).collect() } else { crumbs };
    Ok(ContractPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        slug: programme.slug,
        lines: lines.into_iter().map(|line| LineRow { typed_number: t.quantity(line.number), typed_cost: t.amount(line.unit_cost), line }).collect(),
        share: contract.amount.of(contract.total).unwrap_or(Basis::WHOLE),
        fits: sum == contract.total,
        may_edit: drafting,
        may_send: drafting && sum == contract.total,
        may_sign: contract.state == State::Sent && rules::may_sign_as_beneficiary(&actor, &contract),
        may_countersign: contract.state == State::Signed && rules::may_sign_as_authority(&actor, &contract),
        sum,
        agreement,
        signatures,
        contract,
        name: actor.name.clone(),
    })
}

async fn show(visit: Visit, path: Path<ContractId>) -> Answer {
    let view = contract_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

async fn set_lines(visit: Visit, path: Path<ContractId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let version = fields.get("version").parse().unwrap_or(0);
    let mut view = contract_page(&visit, id).await?;
    let (mut figures, mut wrong) = (vec![], vec![]);
    for row in &mut view.lines {
        let place = row.line.position;
        let typed = |field: &str| fields.get(&format!("{field}-{place}"));
        let (number, cost) = (typed("number"), typed("cost"));
        // A line that the sender left out stays as it is.
        let read = |text: &str, kept| if text.is_empty() { Some(kept) } else { Quantity::typed(text).filter(|read| *read >= Quantity::ZERO) };
        match (read(&number, row.line.number), read(&cost, Quantity::cents(row.line.unit_cost.to_cents()))) {
            (Some(number), Some(cost)) => figures.push(LineFigures { line: row.line.id, number, unit_cost: Money::cents(cost.to_cents()) }),
            _ => wrong.push(Reason::new("bad-figure", format!("cost-{place}"), |t| t.contracts_reason_figure().into())),
        }
        if !number.is_empty() {
            row.typed_number = number;
        }
        if !cost.is_empty() {
            row.typed_cost = cost;
        }
    }
    let done = if wrong.is_empty() { visit.perform(move |act| actions::set_lines(act, id, version, &figures)).await } else { Err(Error::Invalid(wrong)) };
    match done {
        Ok(contract) => visit.done(&format!("/contracts/{id}#budget"), visit.t().contracts_lines_saved(), &contract),
        Err(Error::Invalid(reasons)) if !visit.api && view.may_edit => {
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(error) => Err(error),
    }
}

async fn send(visit: Visit, path: Path<ContractId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let contract = visit.perform(move |act| actions::send(act, id)).await?;
    visit.done(&format!("/contracts/{id}"), visit.t().contracts_sent_notice(), &contract)
}

async fn sign(visit: Visit, path: Path<ContractId>, fields: Fields) -> Answer {
    let (id, name, seen) = (path.into_inner(), fields.get("name"), fields.get("sha256"));
    let typed = name.clone();
    let done = visit.perform(move |act| actions::sign_as_beneficiary(act, id, &name, &seen)).await;
    signed(&visit, id, typed, visit.t().contracts_signed_notice(), done).await
}

async fn countersign(visit: Visit, path: Path<ContractId>, fields: Fields) -> Answer {
    let (id, name, seen) = (path.into_inner(), fields.get("name"), fields.get("sha256"));
    let typed = name.clone();
    let done = visit.perform(move |act| actions::sign_as_authority(act, id, &name, &seen)).await;
    signed(&visit, id, typed, visit.t().contracts_active_notice(), done).await
}

async fn signed(visit: &Visit, id: ContractId, typed: String, notice: &str, done: Result<Contract>) -> Answer {
    match done {
        Ok(contract) => visit.done(&format!("/contracts/{id}#signatures"), notice, &contract),
        Err(Error::Refused(reasons)) if !visit.api && reasons.iter().any(|reason| reason.at == "name") => {
            let mut view = contract_page(visit, id).await?;
            view.name = typed;
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(error) => Err(error),
    }
}
