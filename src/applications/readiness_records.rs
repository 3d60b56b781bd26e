//! What was said of a draft's readiness, in the database.
use super::readiness::Declared;
use crate::kernel::{ApplicationId, Error, Instant, PersonId, ReadinessId, Result};
use crate::store::Conn;
use crate::store::schema::readiness;
use diesel::prelude::*;

/// The latest, if there is one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last(conn: &mut Conn, application: ApplicationId) -> Result<Option<Declared>> {
    Ok(readiness::table
        .filter(readiness::application_id.eq(application))
        .order((readiness::declared_at.desc(), readiness::id.desc()))
        .select(Declared::as_select())
        .first(conn)
        .optional()?)
}

/// Everything that was said of these drafts, the oldest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_all(conn: &mut Conn, applications: &[ApplicationId]) -> Result<Vec<Declared>> {
    Ok(readiness::table
        .filter(readiness::application_id.eq_any(applications.to_vec()))
        .order((readiness::declared_at, readiness::id))
        .select(Declared::as_select())
        .load(conn)?)
}

/// One more.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, declared: &Declared) -> Result<()> {
    diesel::insert_into(readiness::table).values(declared).execute(conn)?;
    Ok(())
}

/// Notes that it was sent back, once.
///
/// # Errors
/// `Stale` when somebody was faster.
pub fn send_back(conn: &mut Conn, id: ReadinessId, by: PersonId, word: &str, now: Instant) -> Result<()> {
    let waiting = readiness::table.find(id).filter(readiness::sent_back_at.is_null());
    let noted =
        diesel::update(waiting).set((readiness::sent_back_at.eq(Some(now)), readiness::sent_back_by.eq(Some(by)), readiness::word.eq(word))).execute(conn)?;
    if noted == 1 { Ok(()) } else { Err(Error::Stale) }
}
