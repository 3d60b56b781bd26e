//! An invitation: who invites to what, and accepting it with the account that there is, or with a new one.
use super::{from_of, signed_in};
use crate::accounts::{Invitation, InvitedTo, actions, records};
use crate::kernel::{Bilingual, Error, Instant, Lang, Reason, Result};
use crate::web::{Answer, Door, Fields, Page, Visit, get, post};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![get("/invitations/{token}", page), post("/invitations/{token}", accept)]
}

#[derive(Template, Serialize)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    token: String,
    name: Bilingual,
    #[serde(skip)]
    what: &'static str,
    email: String,
    until: Instant,
    /// Signed in with this very address.
    fits: bool,
    /// Signed in, but with another one.
    other: Option<String>,
    /// There is an account to sign in with.
    known: bool,
    new_name: String,
    lang: Lang,
}

#[derive(Template, Serialize)]
#[template(path = "accounts/dead_invitation.html")]
struct DeadPage {
    #[serde(skip)]
    p: Page,
}

async fn view(visit: &Visit, token: String, fields: &Fields, reasons: Vec<Reason>) -> Result<Option<InvitationPage>> {
    let (now, secret) = (visit.now(), token.clone());
    let found = visit
        .read(move |conn| {
            let invitation = records::open_invitation(conn, &secret, now)?;
            let name = records::name_of(conn, invitation.to().ok_or(Error::NotFound)?)?;
            let known = records::person_by_email(conn, &invitation.email)?.is_some_and(|person| person.email_confirmed_at.is_some());
            Ok((invitation, name, known))
        })
        .await;
    let (invitation, name, known) = match found {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mine = visit.maybe_actor().map(|actor| actor.email.clone());
    Ok(Some(InvitationPage {
        p: visit.page().with_errors(reasons),
        token,
        name,
        what: invitation.label(visit.t()),
        fits: mine.as_ref() == Some(&invitation.email),
        other: mine.filter(|email| *email != invitation.email),
        email: invitation.email,
        until: invitation.expires_at,
        known,
        new_name: fields.get("name"),
        lang: fields.raw("language").parse().unwrap_or(visit.lang),
    }))
}

fn dead(visit: &Visit) -> Answer {
    visit.show_with(StatusCode::NOT_FOUND, &DeadPage { p: visit.page() })
}

/// `GET /invitations/{token}`
async fn page(visit: Visit, token: Path<String>) -> Answer {
    let visit = visit.with_form();
    match view(&visit, token.into_inner(), &Fields::default(), vec![]).await? {
        Some(view) => visit.show(&view),
        None => dead(&visit),
    }
}

fn goes_to(invitation: &Invitation) -> String {
    match invitation.to() {
        Some(InvitedTo::Organisation(id)) => format!("/organisations/{id}"),
        Some(InvitedTo::Partnership(id)) => format!("/partnerships/{id}"),
        _ => "/".to_owned(),
    }
}

/// `POST /invitations/{token}`: the signed-in person accepts; a stranger to whom the letter was sent makes an account with it.
async fn accept(visit: Visit, token: Path<String>, fields: Fields) -> Answer {
    let token = token.into_inner();
    let secret = token.clone();
    let refused = if visit.recognised.actor.is_some() {
        match visit.perform(move |act| actions::accept_invitation(act, &secret)).await {
            Ok(invitation) => return visit.done(&goes_to(&invitation), visit.t().accounts_invitation_accepted(), &()),
            Err(error) => error,
        }
    } else {
        let (name, from) = (fields.get("name"), from_of(&visit));
        let lang = fields.raw("language").parse().unwrap_or(visit.lang);
        match visit.perform_as(actions::stranger(), move |act| actions::accept_with_new_account(act, &secret, &name, lang, &from)).await {
            Ok((invitation, opened)) => return signed_in(&visit, &opened, &goes_to(&invitation)),
            Err(error) => error,
        }
    };
    match refused {
        Error::NotFound => dead(&visit),
        Error::Invalid(reasons) | Error::Refused(reasons) => match view(&visit, token, &fields, reasons).await? {
            Some(view) => visit.show_again(&view),
            None => dead(&visit),
        },
        error => Err(error),
    }
}
