//! Who comes with a request: the session behind its cookie, or the program behind its token. The only place that reads either.
pub mod records;

use super::records::{actor_of, actor_with};
use crate::kernel::{Actor, Error, Instant, PersonId, Result, SessionId, TokenId};
use crate::store::Conn;
use crate::web::{App, Recognised, session_cookie};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, web};
use diesel::prelude::*;
use std::sync::Arc;

/// A session: the browser has the token, the database only its fingerprint.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub token_hash: String,
    pub id: SessionId,
    pub person_id: PersonId,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub expires_at: Instant,
    pub address: String,
    pub agent: String,
    pub second_factor_at: Option<Instant>,
}

/// A token that a person made for a program.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::api_tokens, treat_none_as_default_value = false)]
pub struct ApiToken {
    pub id: TokenId,
    pub person_id: PersonId,
    pub name: String,
    pub token_hash: String,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// What the database knows of a cookie or a token, and what is to be noted of this visit.
struct Found {
    recognised: Recognised,
    note: Option<Note>,
}
enum Note {
    Session(SessionId, Instant),
    Token(TokenId),
}

/// Whether somebody was last noted long enough ago to note it again: not every request may write.
fn is_worth_noting(last: Option<Instant>, now: Instant) -> bool {
    last.is_none_or(|last| last.seconds_until(now) >= 300)
}

/// Middleware: fills in `Recognised`. A request with neither cookie nor token costs no statement, one with a session two.
///
/// # Errors
/// Whatever lies below.
pub async fn recognise(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    match look(&request).await {
        Ok(Some(recognised)) => {
            request.extensions_mut().insert(recognised);
        }
        Ok(None) => {}
        Err(error) => return Ok(request.error_response(error)),
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn look(request: &ServiceRequest) -> Result<Option<Recognised>> {
    if request.path().starts_with("/static/") || request.path() == "/healthz" {
        return Ok(None);
    }
    let Some(app) = request.app_data::<web::Data<App>>() else { return Ok(None) };
    let now = app.desk.clock.now();
    let store = app.desk.store.clone();
    let bearer = match request.headers().get(header::AUTHORIZATION) {
        // Whoever shows a token is judged by it alone: its cookies count for nothing.
        Some(value) => Some(value.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")).ok_or(Error::SignIn)?.trim().to_owned()),
        None => None,
    };
    let cookie = request.cookie(session_cookie(app.secure)).map(|cookie| cookie.value().to_owned());
    if bearer.is_none() && cookie.as_deref().is_none_or(str::is_empty) {
        return Ok(None);
    }
    let work = move || {
        let found = store.read(|conn| match &bearer {
            Some(token) => by_token(conn, token, now),
            None => by_cookie(conn, &cookie.unwrap_or_default(), now),
        })?;
        if let Some(note) = found.note {
            // A visit that cannot be noted is still a visit.
            let _ = store.note(|conn| match note {
                Note::Session(id, until) => records::note_seen(conn, id, now, until),
                Note::Token(id) => records::note_used(conn, id, now),
            });
        }
        Ok(Some(found.recognised))
    };
    web::block(work).await.map_err(crate::kernel::fault)?
}

fn by_cookie(conn: &mut Conn, token: &str, now: Instant) -> Result<Found> {
    let Some((session, person, organisations)) = records::live(conn, token, now)? else {
        return Ok(Found { recognised: Recognised { expired: true, ..Recognised::default() }, note: None });
    };
    let needs_code = person.totp_confirmed_at.is_some();
    let actor = actor_with(conn, person, organisations)?;
    let note = is_worth_noting(Some(session.seen_at), now).then(|| Note::Session(session.id, idle_end(&actor, now)));
    let half = session.second_factor_at.is_none() && (needs_code || actor.is_staff());
    let actor = Arc::new(actor);
    let mut recognised = Recognised { session: Some(session.id), ..Recognised::default() };
    if half {
        recognised.half = Some(actor);
    } else {
        recognised.actor = Some(actor);
    }
    Ok(Found { recognised, note })
}

fn by_token(conn: &mut Conn, token: &str, now: Instant) -> Result<Found> {
    let (token, person) = records::live_token(conn, token)?.ok_or(Error::SignIn)?;
    let note = is_worth_noting(token.last_used_at, now).then_some(Note::Token(token.id));
    let actor = Arc::new(actor_of(conn, person)?);
    Ok(Found { recognised: Recognised { actor: Some(actor), by_token: true, ..Recognised::default() }, note })
}

/// When a session ends if nothing more comes: twelve hours for those with a role, thirty days for applicants.
#[must_use]
pub fn idle_end(actor: &Actor, now: Instant) -> Instant {
    if actor.is_staff() { now.plus_hours(12) } else { now.plus_days(30) }
}
