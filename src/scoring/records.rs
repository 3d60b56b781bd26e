//! Assignments, sheets and results in the database. An evaluator's look-ups begin with `mine`; the office's with the round of its fund.
use super::rules::Candidate;
use super::{Assignment, AssignmentState, Evaluation, EvaluationState};
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::applications::content::File;
use crate::kernel::{Actor, ApplicationId, AssignmentId, Day, Error, Instant, OrganisationId, PersonId, ProgrammeId, Result, Role, Room, RoundId, fault};
use crate::store::schema::{applications, assignments, checks, evaluations, impartiality, memberships, organisations, people, roles, rounds, submissions};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Who asks, and in which funds they evaluate. A person without an id (the system) has no assignments: no row carries the nil id.
fn me(actor: &Actor) -> (PersonId, Vec<ProgrammeId>) {
    (actor.person.unwrap_or_else(|| uuid::Uuid::nil().into()), actor.programmes_as(&[Role::Evaluator]))
}

/// What an evaluator may see: their own assignments, while they hold the role in the fund. Nobody else's, ever.
#[must_use]
pub fn mine(actor: &Actor) -> assignments::BoxedQuery<'static, MultiBackend> {
    let (person, funds) = me(actor);
    let theirs = rounds::table.filter(rounds::programme_id.eq_any(funds)).select(rounds::id);
    assignments::table.filter(assignments::evaluator_id.eq(person)).filter(assignments::round_id.eq_any(theirs)).into_boxed()
}

/// What this person was given in these funds, but for what was withdrawn or taken back meanwhile.
#[diesel::dsl::auto_type(no_type_alias)]
fn given_to(person: PersonId, funds: Vec<ProgrammeId>) -> _ {
    let (submitted, taken_back): (Status, AssignmentState) = (Status::Submitted, AssignmentState::TakenBack);
    assignments::table
        .inner_join(applications::table)
        .inner_join(rounds::table)
        .filter(assignments::evaluator_id.eq(person))
        .filter(assignments::state.ne(taken_back))
        .filter(rounds::programme_id.eq_any(funds))
        .filter(applications::status.eq(submitted))
}

/// One of my assignments.
///
/// # Errors
/// `NotFound` when it is not there or not mine.
pub fn find_mine(conn: &mut Conn, actor: &Actor, id: AssignmentId) -> Result<Assignment> {
    Ok(mine(actor).filter(assignments::id.eq(id)).select(Assignment::as_select()).first(conn)?)
}

/// An assignment in one of the funds in which this person watches the evaluation.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find_watched(conn: &mut Conn, actor: &Actor, id: AssignmentId) -> Result<Assignment> {
    let funds = actor.programmes_as(Room::Assignments.roles());
    let theirs = rounds::table.filter(rounds::programme_id.eq_any(funds)).select(rounds::id);
    Ok(assignments::table.filter(assignments::id.eq(id)).filter(assignments::round_id.eq_any(theirs)).select(Assignment::as_select()).first(conn)?)
}

/// A row of "my evaluations".
#[derive(Clone, Debug, Queryable)]
pub struct MyRow {
    pub assignment: Assignment,
    pub round_code: String,
    pub programme_id: ProgrammeId,
    pub code: Option<String>,
    pub title: String,
    pub organisation_name: String,
}

/// A page of my assignments: what is still to do first, by due date.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn my_rows(conn: &mut Conn, actor: &Actor, limit: i64, offset: i64) -> Result<Vec<MyRow>> {
    let (person, funds) = me(actor);
    Ok(given_to(person, funds)
        .order((assignments::submitted_at.is_not_null(), assignments::due_on, applications::serial, assignments::id))
        .limit(limit)
        .offset(offset)
        .select((Assignment::as_select(), rounds::code, rounds::programme_id, applications::code, applications::title, applications::organisation_name))
        .load(conn)?)
}

/// Everything I was given, round by round, with how far it is: (round, state, earliest due day, how many).
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn my_counts(conn: &mut Conn, actor: &Actor) -> Result<Vec<(RoundId, AssignmentState, Option<Day>, i64)>> {
    let (person, funds) = me(actor);
    Ok(given_to(person, funds)
        .group_by((assignments::round_id, assignments::state))
        .select((assignments::round_id, assignments::state, diesel::dsl::min(assignments::due_on), crate::store::count_all()))
        .load(conn)?)
}

/// These rounds by their codes: (id, code, fund).
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn rounds_named(conn: &mut Conn, ids: &[RoundId]) -> Result<Vec<(RoundId, String, ProgrammeId)>> {
    Ok(rounds::table.filter(rounds::id.eq_any(ids.to_vec())).order(rounds::code).select((rounds::id, rounds::code, rounds::programme_id)).load(conn)?)
}

/// The rounds for which this person has declared impartiality, with the day.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn declarations(conn: &mut Conn, person: PersonId) -> Result<Vec<(RoundId, Instant)>> {
    Ok(impartiality::table.filter(impartiality::person_id.eq(person)).select((impartiality::round_id, impartiality::declared_at)).load(conn)?)
}

/// Whether this person has declared impartiality for the round.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn has_declared(conn: &mut Conn, round: RoundId, person: PersonId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(impartiality::table.find((round, person)))).get_result(conn)?)
}

/// Keeps a declaration with its wording.
///
/// # Errors
/// `Stale` when it was made already.
pub fn declare(conn: &mut Conn, round: RoundId, person: PersonId, now: Instant, wording: &str) -> Result<()> {
    diesel::insert_into(impartiality::table)
        .values((impartiality::round_id.eq(round), impartiality::person_id.eq(person), impartiality::declared_at.eq(now), impartiality::wording.eq(wording)))
        .execute(conn)?;
    Ok(())
}

/// My applications in a round by name only: what a reader sees before the declaration.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn my_applicants(conn: &mut Conn, actor: &Actor, round: RoundId) -> Result<Vec<(ApplicationId, String)>> {
    let (person, funds) = me(actor);
    Ok(assignments::table
        .inner_join(applications::table)
        .inner_join(rounds::table)
        .filter(assignments::round_id.eq(round))
        .filter(assignments::evaluator_id.eq(person))
        .filter(assignments::state.ne_all(AssignmentState::GONE))
        .filter(rounds::programme_id.eq_any(funds))
        .order((applications::organisation_name, applications::id))
        .select((applications::id, applications::organisation_name))
        .load(conn)?)
}

/// Every assignment of one application, by reader.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_application(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Assignment>> {
    Ok(assignments::table
        .filter(assignments::application_id.eq(application))
        .order((assignments::reader, assignments::assigned_at, assignments::id))
        .select(Assignment::as_select())
        .load(conn)?)
}

/// Every assignment of these applications, by application and reader.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_applications(conn: &mut Conn, ids: &[ApplicationId]) -> Result<BTreeMap<ApplicationId, Vec<Assignment>>> {
    let mut found: BTreeMap<ApplicationId, Vec<Assignment>> = BTreeMap::new();
    // In pieces: SQLite takes 32,766 variables in a statement, and a page never asks so much.
    for piece in ids.chunks(5_000) {
        let rows: Vec<Assignment> = assignments::table
            .filter(assignments::application_id.eq_any(piece.to_vec()))
            .order((assignments::reader, assignments::assigned_at, assignments::id))
            .select(Assignment::as_select())
            .load(conn)?;
        for row in rows {
            found.entry(row.application_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// The result of one application, if anybody was ever asked to read it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn evaluation(conn: &mut Conn, application: ApplicationId) -> Result<Option<Evaluation>> {
    Ok(evaluations::table.find(application).select(Evaluation::as_select()).first(conn).optional()?)
}

/// Takes hold of an application's result until the transaction ends: two readers who sign at once queue here, so that the second
/// sees the first's sheet. Makes the row where there is none.
///
/// # Errors
/// `Stale` when two made it at the same moment.
pub fn hold(conn: &mut Conn, application: ApplicationId, round: RoundId) -> Result<Evaluation> {
    let held: Option<Evaluation> = diesel::update(evaluations::table.find(application))
        .set(evaluations::version.eq(evaluations::version + 1))
        .returning(evaluations::all_columns)
        .get_result(conn)
        .optional()?;
    if let Some(held) = held {
        return Ok(held);
    }
    let begun = Evaluation {
        application_id: application,
        round_id: round,
        state: EvaluationState::Open,
        points: None,
        sections: "{}".into(),
        gap: None,
        eligible: false,
        settled_at: None,
        version: 1,
    };
    diesel::insert_into(evaluations::table).values(&begun).execute(conn)?;
    Ok(begun)
}

/// Writes a result that was held.
///
/// # Errors
/// `Stale` when somebody changed it meanwhile.
pub fn settle(conn: &mut Conn, result: &Evaluation) -> Result<()> {
    let changed =
        diesel::update(evaluations::table.filter(evaluations::application_id.eq(result.application_id)).filter(evaluations::version.eq(result.version)))
            .set((
                evaluations::state.eq(result.state),
                evaluations::points.eq(result.points),
                evaluations::sections.eq(&result.sections),
                evaluations::gap.eq(result.gap),
                evaluations::eligible.eq(result.eligible),
                evaluations::settled_at.eq(result.settled_at),
            ))
            .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Puts the results of these applications beyond change: they are part of an award decision now.
///
/// # Errors
/// `Stale` when one of them is not settled (any more).
pub fn close(conn: &mut Conn, ids: &[ApplicationId]) -> Result<()> {
    for piece in ids.chunks(5_000) {
        let closed = diesel::update(
            evaluations::table.filter(evaluations::application_id.eq_any(piece.to_vec())).filter(evaluations::state.eq(EvaluationState::Settled)),
        )
        .set((evaluations::state.eq(EvaluationState::Final), evaluations::version.eq(evaluations::version + 1)))
        .execute(conn)?;
        if closed != piece.len() {
            return Err(Error::Stale);
        }
    }
    Ok(())
}

/// # Errors
/// `Stale` when two people assigned the same reader at the same moment.
pub fn insert(conn: &mut Conn, assignment: &Assignment) -> Result<()> {
    diesel::insert_into(assignments::table).values(assignment).execute(conn)?;
    Ok(())
}

/// Gives an assignment that was taken back again to the same reader, as if it had never been theirs.
///
/// # Errors
/// `Stale` when somebody else was faster.
pub fn give_again(conn: &mut Conn, before: &Assignment, fresh: &Assignment) -> Result<()> {
    let changed = diesel::update(assignments::table.filter(assignments::id.eq(before.id)).filter(assignments::version.eq(before.version)))
        .set((
            assignments::state.eq(fresh.state),
            assignments::reader.eq(fresh.reader),
            assignments::cleared_at.eq(fresh.cleared_at),
            assignments::due_on.eq(fresh.due_on),
            assignments::assigned_by.eq(fresh.assigned_by),
            assignments::assigned_at.eq(fresh.assigned_at),
            assignments::saved_at.eq(fresh.saved_at),
            assignments::reminded_at.eq(fresh.reminded_at),
            assignments::noted_at.eq(fresh.noted_at),
            assignments::version.eq(before.version + 1),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Writes an assignment as it is now, if nobody has written it since it was read.
///
/// # Errors
/// `Stale` when somebody has.
pub fn update(conn: &mut Conn, assignment: &Assignment) -> Result<()> {
    let changed = diesel::update(assignments::table.filter(assignments::id.eq(assignment.id)).filter(assignments::version.eq(assignment.version)))
        .set((
            assignments::state.eq(assignment.state),
            assignments::conflict.eq(&assignment.conflict),
            assignments::cleared_at.eq(assignment.cleared_at),
            assignments::sheet.eq(&assignment.sheet),
            assignments::points.eq(assignment.points),
            assignments::saved_at.eq(assignment.saved_at),
            assignments::submitted_at.eq(assignment.submitted_at),
            assignments::noted_at.eq(assignment.noted_at),
            assignments::version.eq(assignment.version + 1),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What the assignments page shows of an application.
#[derive(Clone, Debug, Queryable)]
pub struct Passed {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub code: Option<String>,
    pub title: String,
    pub organisation_name: String,
    pub tier: String,
    pub state: Option<EvaluationState>,
    pub points: Option<i64>,
    pub gap: Option<i64>,
}

/// Applications that passed the administrative evaluation and were not withdrawn: what can be read and ranked.
#[diesel::dsl::auto_type(no_type_alias)]
fn readable() -> _ {
    let (submitted, passed): (Status, CheckState) = (Status::Submitted, CheckState::Passed);
    applications::table.inner_join(checks::table).filter(applications::status.eq(submitted)).filter(checks::state.eq(passed))
}

/// Applications of a round that passed the administrative evaluation and were not withdrawn, by serial.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn passed(conn: &mut Conn, round: RoundId, limit: i64, offset: i64) -> Result<Vec<Passed>> {
    Ok(readable()
        .left_join(evaluations::table.on(evaluations::application_id.eq(applications::id)))
        .filter(applications::round_id.eq(round))
        .order(applications::serial)
        .limit(limit)
        .offset(offset)
        .select((
            applications::id,
            applications::round_id,
            applications::organisation_id,
            applications::code,
            applications::title,
            applications::organisation_name,
            applications::tier,
            evaluations::state.nullable(),
            evaluations::points.nullable(),
            evaluations::gap.nullable(),
        ))
        .load(conn)?)
}

/// How many there are of them.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn passed_count(conn: &mut Conn, round: RoundId) -> Result<i64> {
    Ok(readable().filter(applications::round_id.eq(round)).count().get_result(conn)?)
}

/// Whether this application passed the administrative evaluation and was not withdrawn.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn has_passed(conn: &mut Conn, application: ApplicationId) -> Result<bool> {
    let passed = readable().filter(applications::id.eq(application)).select(applications::id);
    Ok(diesel::select(diesel::dsl::exists(passed)).get_result(conn)?)
}

/// Organisations that have applied in the round.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn applicants_in(conn: &mut Conn, round: RoundId) -> Result<Vec<OrganisationId>> {
    Ok(applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Submitted))
        .select(applications::organisation_id)
        .distinct()
        .load(conn)?)
}

/// Partners in the last frozen version of these applications: (name, NIPT).
///
/// # Errors
/// `Fault` when a frozen version cannot be read.
pub fn partners_of(conn: &mut Conn, ids: &[ApplicationId]) -> Result<BTreeMap<ApplicationId, Vec<(String, String)>>> {
    let mut partners = BTreeMap::new();
    for piece in ids.chunks(500) {
        let frozen: Vec<(ApplicationId, String)> = submissions::table
            .filter(submissions::application_id.eq_any(piece.to_vec()))
            .order((submissions::application_id, submissions::number))
            .select((submissions::application_id, submissions::content))
            .load(conn)?;
        for (application, content) in frozen {
            let file: File = serde_json::from_str(&content).map_err(fault)?;
            // Later versions come later and stay.
            partners.insert(application, file.partners.partners.into_iter().map(|partner| (partner.name, partner.nipt)).collect());
        }
    }
    Ok(partners)
}

/// The fund's evaluators with their organisations and how much they read in this round already, by name. Three statements.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn evaluators(conn: &mut Conn, programme: ProgrammeId, round: RoundId) -> Result<Vec<Candidate>> {
    let found: Vec<(PersonId, String)> = roles::table
        .inner_join(people::table)
        .filter(roles::programme_id.eq(programme))
        .filter(roles::role.eq(Role::Evaluator))
        .filter(people::disabled_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name))
        .load(conn)?;
    let ids: Vec<PersonId> = found.iter().map(|(id, _)| *id).collect();
    let theirs: Vec<(PersonId, OrganisationId, String)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq_any(ids))
        .select((memberships::person_id, organisations::id, organisations::nipt))
        .load(conn)?;
    let loads: Vec<(PersonId, i64)> = assignments::table
        .filter(assignments::round_id.eq(round))
        .filter(assignments::state.ne_all(AssignmentState::GONE))
        .group_by(assignments::evaluator_id)
        .select((assignments::evaluator_id, crate::store::count_all()))
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|(person, name)| Candidate {
            person,
            name,
            is_evaluator: true,
            organisations: theirs.iter().filter(|(who, ..)| *who == person).map(|(_, organisation, _)| *organisation).collect(),
            nipts: theirs.iter().filter(|(who, ..)| *who == person).map(|(.., nipt)| nipt.clone()).collect(),
            load: loads.iter().find(|(who, _)| *who == person).map_or(0, |(_, load)| usize::try_from(*load).unwrap_or(0)),
        })
        .collect())
}

/// Names of these people.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn names(conn: &mut Conn, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>> {
    let found: Vec<(PersonId, String)> = people::table.filter(people::id.eq_any(ids.to_vec())).select((people::id, people::name)).load(conn)?;
    Ok(found.into_iter().collect())
}

/// What one evaluator still has to do in a round, or has done there, without those with a conflict.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn readings_of(conn: &mut Conn, round: RoundId, person: PersonId) -> Result<Vec<Assignment>> {
    Ok(assignments::table
        .filter(assignments::round_id.eq(round))
        .filter(assignments::evaluator_id.eq(person))
        .filter(assignments::state.ne_all(AssignmentState::GONE))
        .order((assignments::assigned_at, assignments::id))
        .select(Assignment::as_select())
        .load(conn)?)
}

/// The place of an assignment among its reader's in the round, in the order of `readings_of`, and how many these are: counted, not loaded.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn place_of(conn: &mut Conn, assignment: &Assignment) -> Result<(i64, i64)> {
    let all = || {
        assignments::table
            .filter(assignments::round_id.eq(assignment.round_id))
            .filter(assignments::evaluator_id.eq(assignment.evaluator_id))
            .filter(assignments::state.ne_all(AssignmentState::GONE))
    };
    let (at, id) = (assignment.assigned_at, assignment.id);
    let until = assignments::assigned_at.lt(at).or(assignments::assigned_at.eq(at).and(assignments::id.le(id)));
    Ok((all().filter(until).count().get_result(conn)?, all().count().get_result(conn)?))
}

/// Whether this person still has something to score in the round: then the others' points are not theirs to see.
/// Asks nothing of who is no evaluator of the fund.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn is_still_reading(conn: &mut Conn, actor: &Actor, programme: ProgrammeId, round: RoundId) -> Result<bool> {
    let Some(person) = actor.person.filter(|_| actor.is(Role::Evaluator, programme)) else { return Ok(false) };
    let open = assignments::table.filter(assignments::round_id.eq(round)).filter(assignments::evaluator_id.eq(person)).filter(assignments::state.eq_any([
        AssignmentState::Assigned,
        AssignmentState::Reading,
        AssignmentState::Reopened,
    ]));
    Ok(diesel::select(diesel::dsl::exists(open)).get_result(conn)?)
}

/// Evaluators with something unfinished, by round: whom the clock looks at.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn unfinished(conn: &mut Conn) -> Result<Vec<Assignment>> {
    Ok(assignments::table
        .filter(assignments::state.eq_any([AssignmentState::Assigned, AssignmentState::Reading, AssignmentState::Reopened]))
        .order((assignments::round_id, assignments::evaluator_id, assignments::id))
        .select(Assignment::as_select())
        .load(conn)?)
}

/// Notes that an evaluator was reminded of everything unfinished in the round.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn note_reminded(conn: &mut Conn, round: RoundId, person: PersonId, now: Instant) -> Result<()> {
    diesel::update(
        assignments::table.filter(assignments::round_id.eq(round)).filter(assignments::evaluator_id.eq(person)).filter(assignments::state.eq_any([
            AssignmentState::Assigned,
            AssignmentState::Reading,
            AssignmentState::Reopened,
        ])),
    )
    .set(assignments::reminded_at.eq(Some(now)))
    .execute(conn)?;
    Ok(())
}
