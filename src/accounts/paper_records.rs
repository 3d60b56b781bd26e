//! The papers of organisations' profiles in the database.
use super::OrganisationPaper;
use crate::kernel::{Day, Error, Instant, OrganisationId, PaperId, Result};
use crate::store::Conn;
use crate::store::schema::{organisation_papers, organisations};
use diesel::prelude::*;

/// The papers that an organisation keeps now, by kind, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn papers_of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<OrganisationPaper>> {
    Ok(organisation_papers::table
        .filter(organisation_papers::organisation_id.eq(organisation))
        .filter(organisation_papers::removed_at.is_null())
        .order((organisation_papers::kind, organisation_papers::kept_at.desc(), organisation_papers::id.desc()))
        .select(OrganisationPaper::as_select())
        .load(conn)?)
}

/// One of them.
///
/// # Errors
/// `NotFound` when the organisation has no such paper, or has taken it out.
pub fn find(conn: &mut Conn, organisation: OrganisationId, id: PaperId) -> Result<OrganisationPaper> {
    Ok(organisation_papers::table
        .filter(organisation_papers::id.eq(id))
        .filter(organisation_papers::organisation_id.eq(organisation))
        .filter(organisation_papers::removed_at.is_null())
        .select(OrganisationPaper::as_select())
        .first(conn)?)
}

/// Holds the organisation until the action's end, so that two who keep a paper in the same moment count each other's.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) fn hold(conn: &mut Conn, organisation: OrganisationId) -> Result<()> {
    let held = diesel::update(organisations::table.find(organisation)).set(organisations::version.eq(organisations::version)).execute(conn)?;
    if held == 1 { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) fn insert(conn: &mut Conn, paper: &OrganisationPaper) -> Result<()> {
    diesel::insert_into(organisation_papers::table).values(paper).execute(conn)?;
    Ok(())
}

pub(super) fn date(conn: &mut Conn, id: PaperId, valid_until: Option<Day>) -> Result<()> {
    let there = organisation_papers::table.find(id).filter(organisation_papers::removed_at.is_null());
    let dated = diesel::update(there).set(organisation_papers::valid_until.eq(valid_until)).execute(conn)?;
    if dated == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes a paper out; the file stays where applications have it.
pub(super) fn remove(conn: &mut Conn, id: PaperId, now: Instant) -> Result<()> {
    let there = organisation_papers::table.find(id).filter(organisation_papers::removed_at.is_null());
    let removed = diesel::update(there).set(organisation_papers::removed_at.eq(Some(now))).execute(conn)?;
    if removed == 1 { Ok(()) } else { Err(Error::Stale) }
}
