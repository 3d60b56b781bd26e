//! Partnerships in the database: who may write a partner's part, and what they signed.
use super::partnerships::Partnership;
use super::{Application, Status};
use crate::kernel::{Actor, ApplicationId, Error, Instant, PartnershipId, Result};
use crate::store::schema::{applications, partnerships};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;

/// Those that this person works in: they accepted them, and they have not ended.
fn visible_to(actor: &Actor) -> partnerships::BoxedQuery<'static, MultiBackend> {
    let live = partnerships::table.filter(partnerships::ended_at.is_null()).into_boxed();
    match actor.person {
        Some(person) => live.filter(partnerships::person_id.eq(person)),
        // Nobody works in one without an account: no row is theirs.
        None => live.filter(partnerships::person_id.is_null()).filter(partnerships::person_id.is_not_null()),
    }
}

/// One of this person's own.
///
/// # Errors
/// `NotFound` when it is not there, has ended or is not theirs.
pub fn find(conn: &mut Conn, actor: &Actor, id: PartnershipId) -> Result<Partnership> {
    Ok(visible_to(actor).filter(partnerships::id.eq(id)).select(Partnership::as_select()).first(conn)?)
}

/// The applications that this person writes in as a partner, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn mine(conn: &mut Conn, actor: &Actor) -> Result<Vec<(PartnershipId, String, String, Status)>> {
    let Some(person) = actor.person else { return Ok(vec![]) };
    Ok(partnerships::table
        .inner_join(applications::table)
        .filter(partnerships::person_id.eq(person))
        .filter(partnerships::ended_at.is_null())
        .order((partnerships::accepted_at.desc(), partnerships::id))
        .limit(50)
        .select((partnerships::id, applications::title, applications::organisation_name, applications::status))
        .load(conn)?)
}

/// One that has not ended, for those who lead the application; they have been asked apart.
///
/// # Errors
/// `NotFound` when there is none.
pub fn live(conn: &mut Conn, id: PartnershipId) -> Result<Partnership> {
    Ok(partnerships::table.find(id).filter(partnerships::ended_at.is_null()).select(Partnership::as_select()).first(conn)?)
}

/// Those of an application that have not ended.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Partnership>> {
    of_all(conn, &[application])
}

/// The same for many applications at once.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_all(conn: &mut Conn, all: &[ApplicationId]) -> Result<Vec<Partnership>> {
    Ok(partnerships::table
        .filter(partnerships::application_id.eq_any(all.to_vec()))
        .filter(partnerships::ended_at.is_null())
        .order(partnerships::invited_at)
        .select(Partnership::as_select())
        .load(conn)?)
}

/// A new one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, partnership: &Partnership) -> Result<()> {
    diesel::insert_into(partnerships::table).values(partnership).execute(conn)?;
    Ok(())
}

/// Ends one, once.
///
/// # Errors
/// `Stale` when it has ended already.
pub fn end(conn: &mut Conn, id: PartnershipId, now: Instant) -> Result<()> {
    let live = partnerships::table.find(id).filter(partnerships::ended_at.is_null());
    let ended = diesel::update(live).set(partnerships::ended_at.eq(Some(now))).execute(conn)?;
    if ended == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps a signature, in place of an older one.
///
/// # Errors
/// `Stale` when it has ended meanwhile.
pub fn sign(conn: &mut Conn, id: PartnershipId, signature: &str, sha256: &str, now: Instant) -> Result<()> {
    let live = partnerships::table.find(id).filter(partnerships::ended_at.is_null());
    let kept = diesel::update(live)
        .set((partnerships::signed_at.eq(Some(now)), partnerships::signature.eq(signature), partnerships::signed_sha256.eq(sha256)))
        .execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The application that a partnership is about; who asks has been let in by `find`.
///
/// # Errors
/// `NotFound` when it was thrown away.
pub fn application_of(conn: &mut Conn, partnership: &Partnership) -> Result<Application> {
    super::records::by_id(conn, partnership.application_id)
}
