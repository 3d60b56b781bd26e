//! The demo's own pages: sign in as anybody of the cast with one press, and read the letters that everybody got. Mounted by `demo` alone.
use super::cast;
use crate::accounts::actions::{From, open_session};
use crate::accounts::records;
use crate::kernel::{Actor, Error, LetterId, Result, Tr};
use crate::web::{Answer, Page, SESSION_COOKIE, Visit};
use crate::workflow::outbox::{self, Posted};
use actix_web::cookie::time::Duration;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use std::borrow::Borrow;
use std::sync::Arc;

/// Mounts the pages. `sign_in_as` changes something by GET on purpose: the printed address is all that a newcomer needs.
pub fn furnish(config: &mut web::ServiceConfig) {
    config
        .route("/demo", web::get().to(start))
        .route("/demo/sign-in/{key}", web::get().to(sign_in_as))
        .route("/demo/letters", web::get().to(letters))
        .route("/demo/letters/{letter}", web::get().to(letter));
}

/// Somebody whom a visitor of the demo can be.
#[derive(Clone, serde::Serialize)]
pub struct Role {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: String,
    /// Whom an applicant writes for; empty for the office.
    pub organisation: String,
    /// Where they go first.
    pub first: String,
}

/// Everybody of the office, and two applicants: the one of R1-22 and one with a draft in the open round.
#[must_use]
pub fn roles() -> Vec<Role> {
    let office = cast::OFFICE.iter().map(|member| Role {
        key: member.key.into(),
        name: member.name.into(),
        email: member.email(),
        role: member.roles.first().map(ToString::to_string).unwrap_or_default(),
        organisation: String::new(),
        first: match member.key {
            key if cast::EVALUATORS.contains(&key) => "/evaluations".into(),
            "funder" | "auditor" => "/pact/rounds/R1/summary".into(),
            "finance" => "/pact/payments".into(),
            "administrator" => "/pact/people".into(),
            "director" => "/pact/rounds/R1/ranking".into(),
            _ => "/pact/rounds/R3/board".into(),
        },
    });
    let material = super::Material::read().map(|material| material.organisations).unwrap_or_default();
    let applicants =
        ["didck", super::DRAFT_WRITER].into_iter().filter_map(|key| material.iter().find(|organisation| organisation.key == key)).map(|organisation| Role {
            key: organisation.key.clone(),
            name: organisation.person.clone(),
            email: organisation.email.clone(),
            role: "applicant".into(),
            organisation: organisation.name.clone(),
            first: "/applications".into(),
        });
    applicants.chain(office).collect()
}

impl Role {
    /// The role in words; for an applicant, the organisation.
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> String {
        let t = *t.borrow();
        match self.role.parse::<crate::kernel::Role>() {
            Ok(role) => role.label(t).to_owned(),
            Err(_) => t.demo_applicant(self.organisation.as_str()),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "demo/start.html")]
struct Start {
    #[serde(skip)]
    p: Page,
    now: crate::kernel::Instant,
    roles: Vec<Role>,
    moments: Vec<Moment>,
}

/// A moment of the story at which the demo may stand.
#[derive(serde::Serialize)]
struct Moment {
    /// As `--at` takes it.
    at: &'static str,
    words: &'static str,
}

/// What is to be seen when.
fn moments(t: Tr) -> Vec<Moment> {
    let all = [
        ("2017-05-20T10:00", t.demo_moment_reports()),
        ("2017-07-20T10:00", t.demo_moment_award()),
        ("2017-10-20T11:00", t.demo_moment_call()),
        ("2017-10-30T10:00", t.demo_moment_check()),
        ("2017-06-18T10:00", t.demo_moment_scoring()),
    ];
    all.into_iter().map(|(at, words)| Moment { at, words }).collect()
}

async fn start(visit: Visit) -> Answer {
    visit.show(&Start { p: visit.page(), now: visit.now(), roles: roles(), moments: moments(visit.t()) })
}

async fn sign_in_as(visit: Visit, key: web::Path<String>) -> Answer {
    let role = roles().into_iter().find(|role| role.key == *key).ok_or(Error::NotFound)?;
    let email = role.email.clone();
    let person = visit.read(move |conn| records::person_by_email(conn, &email)).await?.ok_or(Error::NotFound)?;
    let from = From { address: visit.address.clone(), agent: visit.agent.clone(), instead_of: None };
    let opened = visit.perform_as(Arc::new(Actor::system()), move |act| open_session(act, person.id, &from, true)).await?;
    let cookie = visit.cookie(SESSION_COOKIE, opened.token).max_age(Duration::days(1)).finish();
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, role.first)).cookie(cookie).finish())
}

#[derive(Template, serde::Serialize)]
#[template(path = "demo/letters.html")]
struct Letters {
    #[serde(skip)]
    p: Page,
    to: String,
    letters: Vec<Posted>,
}

async fn letters(visit: Visit) -> Answer {
    let to = visit.asked("to").unwrap_or_default();
    let address = to.clone();
    let mut letters = visit.read(move |conn| outbox::to_address(conn, &address)).await?;
    letters.reverse();
    visit.show(&Letters { p: visit.page(), to, letters })
}

#[derive(Template, serde::Serialize)]
#[template(path = "demo/letter.html")]
struct Letter {
    #[serde(skip)]
    p: Page,
    letter: Posted,
}

async fn letter(visit: Visit, id: web::Path<LetterId>) -> Answer {
    let id = id.into_inner();
    let letter: Result<Posted> = visit.read(move |conn| outbox::any(conn, id)).await;
    visit.show(&Letter { p: visit.page(), letter: letter? })
}
