//! What may be done with accounts: signing up and in, organisations and their people, roles of the funds. One function per action.
mod members;
mod organisations;
mod papers;
mod people;
mod signing_in;

pub use members::*;
pub use organisations::*;
pub use papers::*;
pub use people::*;
pub use signing_in::*;

use super::rules;
use crate::kernel::{Actor, Instant, PersonId, Result};
use crate::store::Conn;
use crate::web::records::count_try;
use std::sync::Arc;

/// A stranger who acts before there is a session: named by the address that they typed.
#[must_use]
pub fn stranger() -> Arc<Actor> {
    Arc::new(Actor::system())
}

/// Counts a letter that a stranger asks for: five in a quarter of an hour to one mailbox; from one address so many
/// that eight applicants on the last evening never meet the end of it.
///
/// # Errors
/// `Slow` when there were too many.
pub fn count_letter(conn: &mut Conn, email: &str, address: &str, now: Instant) -> Result<()> {
    count_try(conn, &format!("letter to {email}"), 5, 900, now)?;
    count_try(conn, &format!("letters from {address}"), 200, 3_600, now)
}

/// Counts a try to sign in with a password: by account from one address, and by account from everywhere.
///
/// # Errors
/// `Slow` when there were too many.
pub fn count_password(conn: &mut Conn, email: &str, address: &str, now: Instant) -> Result<()> {
    count_try(conn, &format!("password of {email} from {address}"), 5, 300, now)?;
    count_try(conn, &format!("password of {email}"), 50, 3_600, now)
}

/// Counts a code of the second factor.
///
/// # Errors
/// `Slow` when there were too many.
pub fn count_code(conn: &mut Conn, person: PersonId, now: Instant) -> Result<()> {
    count_try(conn, &format!("code of {person}"), 6, 300, now)
}

/// Complaints about typed input, all at once.
fn complaints<T>(read: std::result::Result<T, crate::kernel::Reason>) -> Result<T> {
    read.map_err(crate::kernel::Error::invalid)
}

pub(super) fn email_of(typed: &str) -> Result<String> {
    complaints(rules::email(typed))
}
