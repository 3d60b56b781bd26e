//! An invitation: who invites to what, and accepting it with the account that there is, or with a new one.
use super::{from_of, signed_in_with};
use crate::accounts::{Invitation, InvitedTo, actions, records};
use crate::kernel::{Bilingual, Error, Instant, Lang, Reason, Result, Tr};
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
    /// Who invites; empty where that is nobody's account any more.
    by: String,
    /// What a partner is invited to.
    project: Option<records::Project>,
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
    /// A newer letter has another link, which is open.
    replaced: bool,
}

async fn view(visit: &Visit, token: String, fields: &Fields, reasons: Vec<Reason>) -> Result<Option<InvitationPage>> {
    let (now, secret) = (visit.now(), token.clone());
    let found = visit
        .read(move |conn| {
            let invitation = records::open_invitation(conn, &secret, now)?;
            let name = records::name_of(conn, invitation.to().ok_or(Error::NotFound)?)?;
            let known = records::person_by_email(conn, &invitation.email)?.is_some_and(|person| person.email_confirmed_at.is_some());
            let by = records::names_of(conn, [invitation.invited_by])?.into_values().next().unwrap_or_default();
            let project = invitation.partnership_id.map(|id| records::project_of(conn, id)).transpose()?;
            Ok((invitation, name, known, by, project))
        })
        .await;
    let (invitation, name, known, by, project) = match found {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mine = visit.maybe_actor().map(|actor| actor.email.clone());
    Ok(Some(InvitationPage {
        p: visit.page().with_errors(reasons),
        token,
        name,
        by,
        project,
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

async fn dead(visit: &Visit, token: String) -> Answer {
    let now = visit.now();
    let replaced = visit.read(move |conn| records::is_replaced(conn, &token, now)).await?;
    visit.show_with(StatusCode::NOT_FOUND, &DeadPage { p: visit.page(), replaced })
}

/// `GET /invitations/{token}`
async fn page(visit: Visit, token: Path<String>) -> Answer {
    let (visit, token) = (visit.with_form(), token.into_inner());
    match view(&visit, token.clone(), &Fields::default(), vec![]).await? {
        Some(view) => visit.show(&view),
        None => dead(&visit, token).await,
    }
}

/// Where somebody goes who has accepted: a colleague to the work, which the organisation's profile is not.
fn goes_to(invitation: &Invitation) -> String {
    match invitation.to() {
        Some(InvitedTo::Organisation(_)) => "/applications".to_owned(),
        Some(InvitedTo::Partnership(id)) => format!("/partnerships/{id}"),
        _ => "/".to_owned(),
    }
}

/// What greets them there.
async fn welcome(visit: &Visit, invitation: &Invitation, t: Tr) -> Result<String> {
    let Some(to @ InvitedTo::Organisation(_)) = invitation.to() else { return Ok(t.accounts_invitation_accepted().into()) };
    let name = visit.read(move |conn| records::name_of(conn, to)).await?;
    Ok(t.accounts_welcome_colleague(name.say(t)))
}

/// `POST /invitations/{token}`: the signed-in person accepts; a stranger to whom the letter was sent makes an account with it.
async fn accept(visit: Visit, token: Path<String>, fields: Fields) -> Answer {
    let token = token.into_inner();
    let secret = token.clone();
    let refused = if visit.recognised.actor.is_some() {
        match visit.perform(move |act| actions::accept_invitation(act, &secret)).await {
            Ok(invitation) => return visit.done(&goes_to(&invitation), &welcome(&visit, &invitation, visit.t()).await?, &()),
            Err(error) => error,
        }
    } else {
        let (name, from) = (fields.get("name"), from_of(&visit));
        let lang = fields.raw("language").parse().unwrap_or(visit.lang);
        match visit.perform_as(actions::stranger(), move |act| actions::accept_with_new_account(act, &secret, &name, lang, &from)).await {
            Ok((invitation, opened)) => {
                let notice = welcome(&visit, &invitation, Tr(opened.lang)).await?;
                return signed_in_with(&visit, &opened, &goes_to(&invitation), &notice);
            }
            Err(error) => error,
        }
    };
    match refused {
        Error::NotFound => dead(&visit, token).await,
        Error::Invalid(reasons) | Error::Refused(reasons) => match view(&visit, token.clone(), &fields, reasons).await? {
            Some(view) => visit.show_again(&view),
            None => dead(&visit, token).await,
        },
        error => Err(error),
    }
}
