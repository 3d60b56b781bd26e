//! Before the reading: the declaration for a round, and for each application the question of a conflict of interest.
use super::{Opened, framed, opened, round_of};
use crate::kernel::{AssignmentId, Error, Result, RoundId};
use crate::scoring::{actions, records};
use crate::web::{Answer, Fields, Link, Page, Visit};
use actix_web::web;
use askama::Template;

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/declaration.html")]
struct DeclarationPage {
    #[serde(skip)]
    p: Page,
    round: RoundId,
    code: String,
    wording: String,
    /// Applicants and their partners, by name only.
    names: Vec<(String, Vec<String>)>,
    declared: bool,
}

pub(super) async fn declaration(visit: Visit, path: web::Path<RoundId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let (round, programme, names, declared) = visit
        .read(move |conn| {
            let applicants = records::my_applicants(conn, &actor, id)?;
            let person = actor.person.filter(|_| !applicants.is_empty()).ok_or(Error::NotFound)?;
            let ids: Vec<_> = applicants.iter().map(|(id, _)| *id).collect();
            let mut partners = records::partners_of(conn, &ids)?;
            let names: Vec<(String, Vec<String>)> =
                applicants.into_iter().map(|(id, name)| (name, partners.remove(&id).unwrap_or_default().into_iter().map(|(name, _)| name).collect())).collect();
            let (round, programme) = round_of(conn, id)?;
            Ok((round, programme, names, records::has_declared(conn, id, person)?))
        })
        .await?;
    let t = visit.t();
    let title = t.scoring_declaration_title(&round.code);
    let page = visit.page_in(programme.frame()).with_crumbs(vec![Link::new(t.scoring_mine_title(), "/evaluations"), Link::here(title)]);
    visit.show(&DeclarationPage { p: page, round: id, wording: t.scoring_declaration_wording(&round.code), code: round.code, names, declared })
}

pub(super) async fn declare(visit: Visit, path: web::Path<RoundId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    match visit.perform(move |act| actions::declare_impartiality(act, id)).await {
        // A double click: it is declared.
        Ok(()) | Err(Error::Stale) => visit.done("/evaluations", visit.t().scoring_declared_notice(), &serde_json::json!({ "declared": true })),
        Err(other) => Err(other),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/conflict.html")]
pub(super) struct ConflictPage {
    #[serde(skip)]
    p: Page,
    id: AssignmentId,
    organisation: String,
    partners: Vec<String>,
    typed: String,
}

pub(super) async fn conflict_page(visit: &Visit, opened: &Opened, typed: String) -> Result<ConflictPage> {
    let id = opened.application.id;
    let partners = visit.read(move |conn| Ok(records::partners_of(conn, &[id])?.remove(&id).unwrap_or_default())).await?;
    Ok(ConflictPage {
        p: framed(visit, opened, opened.application.organisation_name.clone()),
        id: opened.assignment.id,
        organisation: opened.application.organisation_name.clone(),
        partners: partners.into_iter().map(|(name, _)| name).collect(),
        typed,
    })
}

pub(super) async fn clear(visit: Visit, path: web::Path<AssignmentId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    match visit.perform(move |act| actions::clear(act, id)).await {
        Ok(()) | Err(Error::Stale) => visit.done(&format!("/evaluations/{id}"), visit.t().scoring_cleared_notice(), &serde_json::json!({ "cleared": true })),
        Err(other) => Err(other),
    }
}

pub(super) async fn conflict(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let (actor, id, text) = (visit.actor()?, path.into_inner(), fields.get("conflict"));
    let typed = text.clone();
    match visit.perform(move |act| actions::declare_conflict(act, id, &text)).await {
        Ok(()) => visit.done("/evaluations", visit.t().scoring_conflict_notice(), &serde_json::json!({ "recused": true })),
        Err(Error::Invalid(reasons)) => {
            let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
            let mut view = conflict_page(&visit, &opened, typed).await?;
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}
