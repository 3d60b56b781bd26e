//! Checklists, requests and their answers in the database.
use super::rules::{SEES, may_check, may_decide};
use super::{Check, CheckState, Clarification, Line, Next, Verdict};
use crate::applications::{Application, Attachment, Status};
use crate::kernel::{Actor, ApplicationId, AttachmentId, ClarificationId, Error, Instant, PersonId, Result, RoundId};
use crate::store::schema::{applications, attachments, check_lines, checks, clarifications, rounds};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;

/// The applications whose checklists this person may see: those that arrived in the funds where they are of the office.
/// Neither applicants nor evaluators see any.
#[must_use]
pub fn visible_to(actor: &Actor) -> applications::BoxedQuery<'static, MultiBackend> {
    crate::applications::records::visible_to(actor)
        .filter(applications::programme_id.eq_any(actor.programmes_as(SEES)))
        .filter(applications::serial.is_not_null())
}

/// One application whose checklist this person may see.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find(conn: &mut Conn, actor: &Actor, id: ApplicationId) -> Result<Application> {
    Ok(visible_to(actor).filter(applications::id.eq(id)).select(Application::as_select()).first(conn)?)
}

/// The check of an application, if it was begun.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn check_of(conn: &mut Conn, id: ApplicationId) -> Result<Option<Check>> {
    Ok(checks::table.find(id).select(Check::as_select()).first(conn).optional()?)
}

/// The lines of a check, in the order of the round's list.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn lines_of(conn: &mut Conn, id: ApplicationId) -> Result<Vec<Line>> {
    Ok(check_lines::table.filter(check_lines::application_id.eq(id)).order(check_lines::position).select(Line::as_select()).load(conn)?)
}

/// The request that was made about an application, if there was one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn clarification_of(conn: &mut Conn, id: ApplicationId) -> Result<Option<Clarification>> {
    let all = clarifications::table.filter(clarifications::application_id.eq(id)).order(clarifications::asked_at.desc());
    Ok(all.select(Clarification::as_select()).first(conn).optional()?)
}

/// One request, with its application, for the applicant and the office.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find_clarification(conn: &mut Conn, actor: &Actor, application: ApplicationId, id: ClarificationId) -> Result<(Application, Clarification)> {
    let application = crate::applications::records::find(conn, actor, application)?;
    let all = clarifications::table.filter(clarifications::application_id.eq(application.id)).filter(clarifications::id.eq(id));
    Ok((application, all.select(Clarification::as_select()).first(conn)?))
}

/// Files that came with the answer to a request, without those that were taken away again.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn papers_of(conn: &mut Conn, id: ClarificationId, application: ApplicationId) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::application_id.eq(application))
        .filter(attachments::clarification_id.eq(id))
        .filter(attachments::removed_at.is_null())
        .order((attachments::uploaded_at, attachments::id))
        .select(Attachment::as_select())
        .load(conn)?)
}

/// How the administrative evaluation of an application ended, if it did.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn outcome_of(conn: &mut Conn, id: ApplicationId) -> Result<Option<Check>> {
    Ok(check_of(conn, id)?.filter(|check| check.state.is_decided()))
}

/// The applications of a round that passed and were not withdrawn, by serial: what the evaluators get.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn passed_in(conn: &mut Conn, round: RoundId) -> Result<Vec<Application>> {
    Ok(applications::table
        .inner_join(checks::table)
        .filter(checks::round_id.eq(round))
        .filter(checks::state.eq(CheckState::Passed))
        .filter(applications::status.eq(Status::Submitted))
        .order(checks::serial)
        .select(Application::as_select())
        .load(conn)?)
}

/// The codes of the same organisation's other submitted applications in the same round.
pub(super) fn others_of(conn: &mut Conn, application: &Application) -> Result<Vec<String>> {
    let codes: Vec<Option<String>> = applications::table
        .filter(applications::organisation_id.eq(application.organisation_id))
        .filter(applications::round_id.eq(application.round_id))
        .filter(applications::status.eq(Status::Submitted))
        .filter(applications::id.ne(application.id))
        .order(applications::serial)
        .select(applications::code)
        .load(conn)?;
    Ok(codes.into_iter().flatten().collect())
}

/// Rounds that closed in the last sixty days: where the machine begins checks by itself.
pub(super) fn lately_closed(conn: &mut Conn, now: Instant) -> Result<Vec<RoundId>> {
    Ok(rounds::table
        .filter(rounds::state.eq(crate::calls::RoundState::Published))
        .filter(rounds::closes_at.le(now))
        .filter(rounds::closes_at.gt(now.plus_days(-60)))
        .select(rounds::id)
        .load(conn)?)
}

/// Submitted applications of a round whose check has not begun, without those whose own deadline has not passed.
pub(super) fn not_begun(conn: &mut Conn, round: RoundId, now: Instant, most: i64) -> Result<Vec<Application>> {
    Ok(applications::table
        .left_join(checks::table)
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Submitted))
        .filter(checks::state.nullable().is_null())
        .filter(applications::closes_at.is_null().or(applications::closes_at.le(now)))
        .order(applications::serial)
        .limit(most)
        .select(Application::as_select())
        .load(conn)?)
}

pub(super) fn insert_check(conn: &mut Conn, check: &Check) -> Result<()> {
    diesel::insert_into(checks::table).values(check).execute(conn)?;
    Ok(())
}

pub(super) fn insert_line(conn: &mut Conn, line: &Line) -> Result<()> {
    diesel::insert_into(check_lines::table).values(line).execute(conn)?;
    Ok(())
}

/// Writes one person's answer.
pub(super) fn save_line(conn: &mut Conn, line: &Line, verdict: Option<Verdict>, note: &str, by: Option<PersonId>, now: Instant) -> Result<()> {
    let row = check_lines::table.filter(check_lines::application_id.eq(line.application_id)).filter(check_lines::line.eq(&line.line));
    diesel::update(row)
        .set((check_lines::verdict.eq(verdict), check_lines::note.eq(note), check_lines::checked_by.eq(by), check_lines::checked_at.eq(Some(now))))
        .execute(conn)?;
    Ok(())
}

/// Writes what changes in a check, if nobody was faster; its version goes up by one.
pub(super) fn save_check(conn: &mut Conn, check: &mut Check) -> Result<()> {
    let row = checks::table.filter(checks::application_id.eq(check.application_id)).filter(checks::version.eq(check.version));
    let changed = diesel::update(row)
        .set((
            checks::state.eq(check.state),
            checks::answered.eq(check.answered),
            checks::due_at.eq(check.due_at),
            checks::turn_at.eq(check.turn_at),
            checks::checker_id.eq(check.checker_id),
            checks::checker_name.eq(&check.checker_name),
            checks::reasons.eq(&check.reasons),
            checks::note.eq(&check.note),
            checks::dispute.eq(&check.dispute),
            checks::proposed_at.eq(check.proposed_at),
            checks::decided_by.eq(check.decided_by),
            checks::decided_by_name.eq(&check.decided_by_name),
            checks::decided_at.eq(check.decided_at),
            checks::version.eq(check.version + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    check.version += 1;
    Ok(())
}

/// Whether another proposal of the round, made since then, still waits for the second person.
pub(super) fn others_wait_since(conn: &mut Conn, check: &Check, since: Instant) -> Result<bool> {
    let others = checks::table
        .filter(checks::round_id.eq(check.round_id))
        .filter(checks::state.eq(CheckState::Proposed))
        .filter(checks::turn_at.ge(since))
        .filter(checks::application_id.ne(check.application_id));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

/// What comes next for this person in the application's round: what others have proposed, where they decide; else what is theirs
/// or nobody's to check.
pub(super) fn next_for(conn: &mut Conn, actor: &Actor, application: &Application) -> Result<Option<Next>> {
    let (fund, round) = (application.programme_id, application.round_id);
    if may_decide(actor, fund)
        && let Some(next) = most_urgent(conn, actor, round, &[CheckState::Proposed], application.id)?
    {
        return Ok(Some(next));
    }
    if may_check(actor, fund) { most_urgent(conn, actor, round, &[CheckState::Open, CheckState::Answered], application.id) } else { Ok(None) }
}

/// The most urgent check of a round in one of these states that this person may take up.
fn most_urgent(conn: &mut Conn, actor: &Actor, round: RoundId, states: &[CheckState], except: ApplicationId) -> Result<Option<Next>> {
    let waiting = checks::table
        .inner_join(applications::table)
        .filter(checks::round_id.eq(round))
        .filter(checks::state.eq_any(states.to_vec()))
        .filter(checks::application_id.ne(except))
        .filter(applications::status.eq(Status::Submitted))
        .filter(applications::organisation_id.ne_all(actor.organisation_ids()))
        .order((checks::turn_at, checks::serial))
        .select((applications::id, applications::code))
        .into_boxed();
    let decides = states.contains(&CheckState::Proposed);
    let theirs = checks::checker_id.is_null().or(checks::checker_id.eq(actor.person));
    let waiting = if decides { waiting.filter(checks::checker_id.ne(actor.person)) } else { waiting.filter(theirs) };
    Ok(waiting.first(conn).optional()?)
}

pub(super) fn insert_clarification(conn: &mut Conn, asked: &Clarification) -> Result<()> {
    diesel::insert_into(clarifications::table).values(asked).execute(conn)?;
    Ok(())
}

/// Writes what changes in a request, unless it was answered meanwhile.
pub(super) fn save_clarification(conn: &mut Conn, asked: &Clarification) -> Result<()> {
    let row = clarifications::table.filter(clarifications::id.eq(asked.id)).filter(clarifications::answered_at.is_null());
    let changed = diesel::update(row)
        .set((
            clarifications::answer.eq(&asked.answer),
            clarifications::answered_by.eq(asked.answered_by),
            clarifications::answered_at.eq(asked.answered_at),
            clarifications::reminders.eq(asked.reminders),
            clarifications::next_at.eq(asked.next_at),
        ))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Requests at which time has something to do now.
pub(super) fn to_look_at(conn: &mut Conn, now: Instant, most: i64) -> Result<Vec<Clarification>> {
    let due = clarifications::table.filter(clarifications::next_at.le(now)).order(clarifications::next_at);
    Ok(due.limit(most).select(Clarification::as_select()).load(conn)?)
}

pub(super) fn clarification_by_id(conn: &mut Conn, id: ClarificationId) -> Result<Clarification> {
    Ok(clarifications::table.find(id).select(Clarification::as_select()).first(conn)?)
}

pub(super) fn insert_paper(conn: &mut Conn, paper: &Attachment) -> Result<()> {
    diesel::insert_into(attachments::table).values(paper).execute(conn)?;
    Ok(())
}

/// Takes a file of an answer away again; it stays on disk, and in the log.
pub(super) fn remove_paper(conn: &mut Conn, asked: &Clarification, paper: AttachmentId, now: Instant) -> Result<()> {
    let row = attachments::table
        .filter(attachments::id.eq(paper))
        .filter(attachments::application_id.eq(asked.application_id))
        .filter(attachments::clarification_id.eq(asked.id))
        .filter(attachments::removed_at.is_null());
    let changed = diesel::update(row).set(attachments::removed_at.eq(Some(now))).execute(conn)?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}
