//! Applications in the database. Every look-up and every list begins with `visible_to`, so that lists and 404 can never disagree.
use super::content::File;
use super::{Application, Status, Submission};
use crate::kernel::{Actor, ApplicationId, Result, Role, fault};
use crate::store::schema::{applications, submissions};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;

/// What this person may see at all: their organisations' applications in every state; as the office, what has arrived (or arrived and was withdrawn).
#[must_use]
pub fn visible_to(actor: &Actor) -> applications::BoxedQuery<'static, MultiBackend> {
    let funds = actor.programmes_as(&[
        Role::Secretary,
        Role::SecondChecker,
        Role::CommitteeMember,
        Role::GrantManager,
        Role::FinanceOfficer,
        Role::Director,
        Role::Auditor,
    ]);
    let mine = applications::organisation_id.eq_any(actor.organisation_ids());
    let arrived = applications::programme_id.eq_any(funds).and(applications::serial.is_not_null());
    applications::table.filter(mine.or(arrived)).into_boxed()
}

/// One application among those this person may see.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find(conn: &mut Conn, actor: &Actor, id: ApplicationId) -> Result<Application> {
    Ok(visible_to(actor).filter(applications::id.eq(id)).select(Application::as_select()).first(conn)?)
}

/// The application for a later stage that has already asked its own visibility.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_id(conn: &mut Conn, id: ApplicationId) -> Result<Application> {
    Ok(applications::table.find(id).select(Application::as_select()).first(conn)?)
}

/// The last frozen version: the one that counts.
///
/// # Errors
/// `NotFound` when it was never submitted.
pub fn last_submission(conn: &mut Conn, id: ApplicationId) -> Result<Submission> {
    Ok(submissions::table.filter(submissions::application_id.eq(id)).order(submissions::number.desc()).select(Submission::as_select()).first(conn)?)
}

/// What the last frozen version says.
///
/// # Errors
/// `NotFound` when it was never submitted; `Fault` when it cannot be read.
pub fn frozen_file(conn: &mut Conn, id: ApplicationId) -> Result<File> {
    serde_json::from_str(&last_submission(conn, id)?.content).map_err(fault)
}

/// Applications of a round that have arrived and were not withdrawn, by serial: what the later stages work on.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn submitted_in(conn: &mut Conn, round: crate::kernel::RoundId) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Submitted))
        .order(applications::serial)
        .select(Application::as_select())
        .load(conn)?)
}
