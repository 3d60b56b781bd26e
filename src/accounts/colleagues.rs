//! Who else is writing in a form that somebody has open.
use super::records;
use crate::kernel::{Actor, Instant, PersonId, Result};
use crate::store::Conn;
use crate::web::saving::Colleague;

/// Somebody else counts as writing in a form so long after their last save.
const PRESENT_SECONDS: i64 = 2 * 60;

/// The one who saved a form last, where that was somebody else in the last minutes.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn colleague(conn: &mut Conn, actor: &Actor, last: PersonId, at: Instant, now: Instant) -> Result<Option<Colleague>> {
    if actor.person == Some(last) || at.seconds_until(now) > PRESENT_SECONDS {
        return Ok(None);
    }
    Ok(Some(Colleague { name: records::person(conn, last)?.name, at }))
}
