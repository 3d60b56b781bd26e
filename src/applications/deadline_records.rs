//! Decisions about deadlines, and the deadlines of their own that they give.
use super::{Application, DeadlineDecision, Status, rules};
use crate::calls::Round;
use crate::kernel::{Error, Instant, PersonId, Result, RoundId};
use crate::store::Conn;
use crate::store::schema::{applications, awards, deadline_decisions, memberships, organisations};
use diesel::prelude::*;
use std::collections::HashSet;

/// One more decision.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, decision: &DeadlineDecision) -> Result<()> {
    diesel::insert_into(deadline_decisions::table).values(decision).execute(conn)?;
    Ok(())
}

/// Every decision of a round, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_round(conn: &mut Conn, round: RoundId) -> Result<Vec<DeadlineDecision>> {
    Ok(deadline_decisions::table
        .filter(deadline_decisions::round_id.eq(round))
        .order((deadline_decisions::decided_at.desc(), deadline_decisions::id.desc()))
        .select(DeadlineDecision::as_select())
        .load(conn)?)
}

/// The newest decision about a whole round: what everybody may read.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last_for_all(conn: &mut Conn, round: RoundId) -> Result<Option<DeadlineDecision>> {
    Ok(of_round(conn, round)?.into_iter().find(DeadlineDecision::is_for_all))
}

/// The decision that gave this application the deadline of its own that it has.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn own(conn: &mut Conn, application: &Application) -> Result<Option<DeadlineDecision>> {
    let Some(own) = application.closes_at else { return Ok(None) };
    Ok(rules::in_force(&of_round(conn, application.round_id)?, Some((application.id, own)), own).cloned())
}

/// Why the deadline that holds for this application, in its round as it stands for it, is later than the one that was published.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn in_force(conn: &mut Conn, application: &Application, round: &Round) -> Result<Option<DeadlineDecision>> {
    if application.closes_at.is_none() && round.extended_from.is_none() {
        return Ok(None);
    }
    let own = application.closes_at.map(|at| (application.id, at));
    Ok(rules::in_force(&of_round(conn, application.round_id)?, own, round.closes_at).cloned())
}

/// The applications of a round that were not handed in, or were withdrawn.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn not_submitted_in(conn: &mut Conn, round: RoundId) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.ne(Status::Submitted))
        .filter(applications::is_test.eq(false))
        .order((applications::created_at, applications::id))
        .select(Application::as_select())
        .load(conn)?)
}

/// The application of the organisation with this NIPT in a round: the one that is not handed in, where there are several.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn by_nipt(conn: &mut Conn, round: RoundId, nipt: &str) -> Result<Option<Application>> {
    let mut theirs: Vec<Application> = applications::table
        .inner_join(organisations::table)
        .filter(organisations::nipt.eq(nipt))
        .filter(applications::round_id.eq(round))
        .filter(applications::is_test.eq(false))
        .order(applications::created_at.desc())
        .select(Application::as_select())
        .load(conn)?;
    theirs.sort_by_key(|application| match application.status {
        Status::Draft => 0,
        Status::Withdrawn => 1,
        Status::Submitted => 2,
    });
    Ok(theirs.into_iter().next())
}

/// Gives an application that is not handed in a deadline of its own.
///
/// # Errors
/// `Stale` when it was handed in or thrown away in the same moment, or somebody else was faster.
pub fn give(conn: &mut Conn, application: &Application, until: Instant) -> Result<()> {
    let as_read = applications::table.find(application.id).filter(applications::status.eq(application.status));
    let set = applications::closes_at.eq(Some(until));
    let given = match application.closes_at {
        Some(before) => diesel::update(as_read.filter(applications::closes_at.eq(before))).set(set).execute(conn)?,
        None => diesel::update(as_read.filter(applications::closes_at.is_null())).set(set).execute(conn)?,
    };
    if given == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// People who write in the round for nobody but organisations whose own deadline is later than this.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn people_with_later(conn: &mut Conn, round: RoundId, until: Instant) -> Result<Vec<PersonId>> {
    let theirs: Vec<(PersonId, Option<Instant>)> = memberships::table
        .inner_join(applications::table.on(applications::organisation_id.eq(memberships::organisation_id)))
        .filter(applications::round_id.eq(round))
        .select((memberships::person_id, applications::closes_at))
        .load(conn)?;
    let earlier: HashSet<PersonId> = theirs.iter().filter(|(_, own)| own.is_none_or(|own| own <= until)).map(|(person, _)| *person).collect();
    Ok(theirs.into_iter().map(|(person, _)| person).filter(|person| !earlier.contains(person)).collect())
}

/// Whether the award of a round is decided. Asked of the table itself: the award's stage comes later than this one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn is_decided(conn: &mut Conn, round: RoundId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(awards::table.find(round))).get_result(conn)?)
}

/// How many applications of a round may still be handed in, because they have a deadline of their own that has not passed.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn awaited_in(conn: &mut Conn, round: RoundId, now: Instant) -> Result<i64> {
    Ok(applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.ne(Status::Submitted))
        .filter(applications::closes_at.gt(now))
        .count()
        .get_result(conn)?)
}
