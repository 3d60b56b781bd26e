//! The ranking, and under it the director's decision.
mod view;

use super::actions::{self, Decision};
use super::rules::{self, Change};
use super::{Award, records};
use crate::calls::{self, Round};
use crate::kernel::{Actor, ApplicationId, Error, Instant, Money, Reason, Result};
use crate::programmes::{self, Programme};
use crate::scoring;
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Visit, get, post};
use actix_web::http::StatusCode;
use actix_web::web;
use std::collections::BTreeMap;
use view::{Line, RankingPage};

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/ranking", ranking).api("The ranking of a round with the envelope's line, or its decision."),
        post("/{fund}/rounds/{round}/award", award).of("/{fund}/rounds/{round}/ranking"),
        post("/{fund}/rounds/{round}/promotions", promote).of("/{fund}/rounds/{round}/ranking"),
    ]
}

/// Everything that the page is made of.
struct Loaded {
    programme: Programme,
    round: Round,
    standing: records::Standing,
    award: Option<Award>,
    /// In the order of the ranking, as it stands or as it was decided.
    lines: Vec<Line>,
    seal: String,
    next_in_reserve: Option<ApplicationId>,
}

/// The round at this address, for somebody who reads its ranking. Whoever still scores in it does not.
fn read_round(conn: &mut Conn, actor: &Actor, fund: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, fund)?;
    if !rules::may_read(actor, programme.id) {
        return Err(Error::NotFound);
    }
    let round = calls::records::by_code(conn, programme.id, code)?;
    if scoring::records::is_still_reading(conn, actor, programme.id, round.id)? {
        return Err(Error::NotFound);
    }
    Ok((programme, round))
}

fn load(conn: &mut Conn, actor: &Actor, fund: &str, code: &str, changes: &BTreeMap<ApplicationId, Change>, now: Instant) -> Result<Loaded> {
    let (programme, round) = read_round(conn, actor, fund, code)?;
    let standing = records::standing(conn, &round, now)?;
    let award = records::award(conn, round.id)?;
    let most = programme.terms.most_per_organisation;
    let ranked = rules::ranking_with(standing.candidates.clone(), &round.terms.grid, round.envelope, most, changes);
    let seal = rules::seal(&ranked);
    let (lines, next_in_reserve) = if award.is_some() {
        (Line::decided(&records::outcomes_in(conn, round.id)?), records::first_in_reserve(conn, round.id)?)
    } else {
        (ranked.iter().map(Line::proposed).collect(), None)
    };
    Ok(Loaded { programme, round, standing, award, lines, seal, next_in_reserve })
}

/// What the director has typed: kept as it is, so that it can be given back.
#[derive(Clone, Debug, Default)]
struct Typed {
    changes: Vec<TypedChange>,
    reasons: String,
    promotion: String,
}

#[derive(Clone, Debug, Default)]
struct TypedChange {
    code: String,
    amount: String,
    skip: bool,
    note: String,
}

fn typed(fields: &Fields) -> Typed {
    let change = |row: String| TypedChange {
        code: fields.get(&format!("change.{row}.code")),
        amount: fields.get(&format!("change.{row}.amount")),
        skip: !fields.get(&format!("change.{row}.skip")).is_empty(),
        note: fields.get(&format!("change.{row}.note")),
    };
    Typed { changes: fields.rows("change").into_iter().map(change).collect(), reasons: fields.get("reasons"), promotion: String::new() }
}

/// The typed rows as changes of known applications, and what cannot be read in them.
fn understood(typed: &Typed, standing: &records::Standing) -> (BTreeMap<ApplicationId, Change>, Vec<Reason>) {
    let (mut changes, mut complaints) = (BTreeMap::new(), vec![]);
    for (row, change) in typed.changes.iter().enumerate() {
        if change.code.is_empty() && change.amount.is_empty() && change.note.is_empty() && !change.skip {
            continue;
        }
        let at = |field: &str| format!("change.{row}.{field}");
        let code = &change.code;
        let Some(found) = standing.candidates.iter().find(|candidate| candidate.code.eq_ignore_ascii_case(code)) else {
            complaints.push(Reason::new("unknown-code", at("code"), |t| t.awards_unknown_code(code)));
            continue;
        };
        let amount = Money::typed(&change.amount);
        if amount.is_none() && !change.amount.is_empty() {
            complaints.push(Reason::new("bad-amount", at("amount"), |t| t.awards_bad_amount(code, &change.amount)));
        }
        let read = Change { amount, skip: change.skip, note: change.note.clone() };
        if changes.insert(found.application, read).is_some() {
            complaints.push(Reason::new("twice", at("code"), |t| t.awards_twice(code)));
        }
    }
    (changes, complaints)
}

async fn ranking(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let view = page(&visit, path.into_inner(), Typed::default(), BTreeMap::new(), vec![]).await?;
    visit.show(&view)
}

async fn page(
    visit: &Visit,
    (fund, code): (String, String),
    typed: Typed,
    changes: BTreeMap<ApplicationId, Change>,
    errors: Vec<Reason>,
) -> Result<RankingPage> {
    let (actor, asked, now) = (visit.actor()?, visit.asked("page"), visit.now());
    let looker = actor.clone();
    let (loaded, paging, readings) = visit
        .read(move |conn| {
            let loaded = load(conn, &looker, &fund, &code, &changes, now)?;
            let (paging, ids) = view::page_of(&loaded.lines, asked.as_deref());
            let readings = scoring::records::of_applications(conn, &ids)?;
            Ok((loaded, paging, readings))
        })
        .await?;
    Ok(RankingPage::of(visit, &actor, loaded, paging, &readings, typed, errors))
}

/// `POST .../award`: shows the effect of changes, or decides. What is decided is what was seen.
async fn award(visit: Visit, path: web::Path<(String, String)>, fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    let (actor, slug, round, now) = (visit.actor()?, fund.clone(), code.clone(), visit.now());
    let loaded = visit.read(move |conn| load(conn, &actor, &slug, &round, &BTreeMap::new(), now)).await?;
    let mut typed = typed(&fields);
    let (changes, complaints) = understood(&typed, &loaded.standing);
    let go = fields.get("go");
    if go == "add" {
        typed.changes.push(TypedChange::default());
    }
    if !complaints.is_empty() || go == "add" || go == "effect" {
        let wrong = !complaints.is_empty() && go != "add";
        let mut view = page(&visit, (fund, code), typed, changes, complaints).await?;
        view.effect = !wrong;
        return if wrong { visit.show_again(&view) } else { visit.show(&view) };
    }
    let decision = Decision { reasons: typed.reasons.clone(), changes: changes.clone(), seen: Some(fields.get("seen")) };
    let id = loaded.round.id;
    match visit.perform(move |act| actions::decide(act, id, &decision)).await {
        Ok(award) => visit.done(&format!("/{fund}/rounds/{code}/ranking"), visit.t().awards_decided_notice(), &award),
        Err(Error::Refused(reasons)) => {
            let mut view = page(&visit, (fund, code), typed, changes, reasons).await?;
            view.effect = true;
            visit.show_again(&view)
        }
        Err(Error::Stale) => {
            // Somebody has decided meanwhile, or this is not the ranking that was seen: both are shown as they are now.
            let mut view = page(&visit, (fund, code), typed, changes, vec![]).await?;
            view.too_late = view.is_decided();
            view.changed = !view.too_late;
            visit.show_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

async fn promote(visit: Visit, path: web::Path<(String, String)>, fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    let (actor, slug, round) = (visit.actor()?, fund.clone(), code.clone());
    visit.read(move |conn| read_round(conn, &actor, &slug, &round)).await?;
    let application: ApplicationId = fields.get("application").parse().map_err(|_| Error::NotFound)?;
    let reason = fields.get("reason");
    let typed = Typed { promotion: reason.clone(), ..Typed::default() };
    match visit.perform(move |act| actions::promote(act, application, &reason)).await {
        Ok(outcome) => visit.done(&format!("/{fund}/rounds/{code}/ranking"), visit.t().awards_promoted_notice(), &outcome),
        Err(Error::Refused(reasons)) => {
            let view = page(&visit, (fund, code), typed, BTreeMap::new(), reasons).await?;
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}
