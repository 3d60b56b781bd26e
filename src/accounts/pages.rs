//! Pages of `accounts`: signing up and in, one's own account, organisations and their people, invitations.
mod account;
mod invitations;
mod members;
mod organisations;
mod papers;
mod signing_in;

use super::actions::{From, Opened};
use crate::kernel::{Actor, Error, Instant, Result, Tr};
use crate::store::Conn;
use crate::web::{Answer, Door, Link, Visit, own_path, percent_encoded, session_cookie};
use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::http::header;
use std::sync::Arc;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = signing_in::doors();
    doors.extend(account::doors());
    doors.extend(organisations::doors());
    doors.extend(members::doors());
    doors.extend(papers::doors());
    doors.extend(invitations::doors());
    doors
}

/// Where to go on to: an address of the site that is no page of signing in; empty where none was wished.
fn then_of(wish: Option<&str>) -> String {
    wish.and_then(own_path).filter(|path| !path.starts_with("/sign-")).unwrap_or_default().to_owned()
}

/// Where the visitor comes from, for the list of sessions.
fn from_of(visit: &Visit) -> From {
    From { address: visit.address.clone(), agent: visit.agent.clone(), instead_of: visit.recognised.session }
}

/// Whoever has shown at least the first factor.
fn at_least_half(visit: &Visit) -> Result<Arc<Actor>> {
    visit.recognised.actor.clone().or_else(|| visit.recognised.half.clone()).ok_or(Error::SignIn)
}

/// Counts a try in a transaction of its own: what it forbids must not take the count back.
async fn count(visit: &Visit, tally: impl Fn(&mut Conn, Instant) -> Result<()> + Send + 'static) -> Result<()> {
    let (store, now) = (visit.app.desk.store.clone(), visit.now());
    let work = move || match store.write(|conn| tally(conn, now)) {
        // Two first tries at the same moment: the second one counts on the first one's row.
        Err(Error::Stale) => store.write(|conn| tally(conn, now)),
        counted => counted,
    };
    visit.off_thread(work).await
}

/// The address with the wish behind it.
fn with_then(path: &str, then: &str) -> String {
    if then.is_empty() { path.to_owned() } else { format!("{path}?then={}", percent_encoded(then)) }
}

/// The first crumb of an organisation's pages: the application that somebody came from, else their account.
fn came_from(t: Tr, then: &str) -> Link {
    if then.starts_with("/applications/") { Link::new(t.accounts_to_application(), then) } else { Link::new(t.nav_account(), "/account") }
}

/// Gives the session's cookie and goes on: to the second factor, to what had been typed, to where the visitor wanted, or to
/// where their own work is.
/// The cookie outlives the session, so that a form that comes too late is known as such and parked.
fn signed_in(visit: &Visit, opened: &Opened, then: &str) -> Answer {
    signed_in_with(visit, opened, then, "")
}

/// The same with a notice on the page that it leads to; before the second factor there is nothing to say.
#[expect(clippy::unnecessary_wraps, reason = "every handler ends with an Answer")]
fn signed_in_with(visit: &Visit, opened: &Opened, then: &str, notice: &str) -> Answer {
    let mut answer = HttpResponse::SeeOther();
    if !notice.is_empty() && !opened.half {
        answer.cookie(visit.cookie("notice", percent_encoded(notice)).max_age(Duration::minutes(2)).finish());
    }
    answer.cookie(visit.cookie(session_cookie(visit.app.secure), opened.token.clone()).max_age(Duration::days(400)).finish());
    answer.cookie(visit.cookie("lang", opened.lang.to_string()).max_age(Duration::days(365)).finish());
    let parked = visit.request().cookie("parked").map(|cookie| cookie.value().to_owned()).filter(|token| token.chars().all(|c| c.is_ascii_hexdigit()));
    let to = match parked {
        _ if opened.half => with_then("/sign-in/code", then),
        Some(token) if !token.is_empty() => {
            answer.cookie(visit.cookie("parked", String::new()).max_age(Duration::ZERO).finish());
            format!("/sign-in/kept/{token}")
        }
        _ if !then.is_empty() => then.to_owned(),
        _ => opened.home.clone(),
    };
    answer.insert_header((header::LOCATION, to));
    Ok(answer.finish())
}
