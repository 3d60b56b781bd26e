//! Papers that are coming in pieces, in the database.
use super::Sending;
use crate::kernel::{ApplicationId, AttachmentId, Error, Instant, PersonId, Result, SendingId};
use crate::store::Conn;
use crate::store::schema::sendings;
use diesel::prelude::*;

/// One of them by its id.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) fn find(conn: &mut Conn, id: SendingId) -> Result<Sending> {
    Ok(sendings::table.find(id).select(Sending::as_select()).first(conn)?)
}

/// What this person has begun for this application and not finished, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub(super) fn unfinished(conn: &mut Conn, application: ApplicationId, by: PersonId) -> Result<Vec<Sending>> {
    Ok(sendings::table
        .filter(sendings::application_id.eq(application))
        .filter(sendings::begun_by.eq(by))
        .filter(sendings::attachment_id.is_null())
        .order((sendings::begun_at.desc(), sendings::id.desc()))
        .select(Sending::as_select())
        .load(conn)?)
}

pub(super) fn insert(conn: &mut Conn, sending: &Sending) -> Result<()> {
    diesel::insert_into(sendings::table).values(sending).execute(conn)?;
    Ok(())
}

pub(super) fn touch(conn: &mut Conn, id: SendingId, now: Instant) -> Result<()> {
    diesel::update(sendings::table.find(id)).set(sendings::changed_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Notes what it became, once.
///
/// # Errors
/// `Stale` when it was finished in the same moment.
pub(super) fn finished(conn: &mut Conn, id: SendingId, attachment: AttachmentId) -> Result<()> {
    let coming = sendings::table.find(id).filter(sendings::attachment_id.is_null());
    let noted = diesel::update(coming).set(sendings::attachment_id.eq(Some(attachment))).execute(conn)?;
    if noted == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub(super) fn remove(conn: &mut Conn, ids: &[SendingId]) -> Result<()> {
    diesel::delete(sendings::table.filter(sendings::id.eq_any(ids.to_vec()))).execute(conn)?;
    Ok(())
}

/// Those that nobody has gone on with since then.
pub(super) fn left_since(conn: &mut Conn, then: Instant, most: i64) -> Result<Vec<SendingId>> {
    Ok(sendings::table.filter(sendings::changed_at.lt(then)).order(sendings::changed_at).limit(most).select(sendings::id).load(conn)?)
}
