//! Applications in the database. Every look-up and every list begins with `visible_to`, so that lists and 404 can never disagree.
use super::content::{AttachmentNote, File, OrganisationNow, PartContent, Partners, Summary};
use super::partnerships::{Partnership, put_signatures};
use super::{Application, Attachment, Begun, Candidate, Part, Status, StoredPart, Submission};
use crate::accounts::{Organisation, Person};
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, AttachmentId, Day, Error, Instant, OrganisationId, Result, Room, RoundId, Scan, fault, folded};
use crate::store::schema::{
    application_parts, application_places, application_themes, applications, attachments, files, memberships, organisations, people, rounds, submissions,
};
use crate::store::{Conn, MultiBackend};
use crate::workflow::letters::Recipient;
use diesel::prelude::*;

/// What this person may see at all: their organisations' applications in every state; as the office, what has arrived (or arrived and was withdrawn).
#[must_use]
pub fn visible_to(actor: &Actor) -> applications::BoxedQuery<'static, MultiBackend> {
    let funds = actor.programmes_as(Room::Board.roles());
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

/// The application's round as it stands for it: with its own deadline, where it has one. Whoever asks until when, asks this.
///
/// # Errors
/// `NotFound` when there is none.
pub fn round_of(conn: &mut Conn, application: &Application) -> Result<Round> {
    let round = crate::calls::records::find(conn, application.round_id)?.until(application.closes_at);
    Ok(if application.is_test { super::rules::as_tried(round, application) } else { round })
}

/// The last frozen version: the one that counts.
///
/// # Errors
/// `NotFound` when it was never submitted.
pub fn last_submission(conn: &mut Conn, id: ApplicationId) -> Result<Submission> {
    Ok(submissions::table.filter(submissions::application_id.eq(id)).order(submissions::number.desc()).select(Submission::as_select()).first(conn)?)
}

/// The frozen version with this fingerprint; the last one where the same text was handed in again.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn submission_by_fingerprint(conn: &mut Conn, sha256: &str) -> Result<Option<Submission>> {
    Ok(submissions::table
        .filter(submissions::sha256.eq(sha256))
        .order(submissions::submitted_at.desc())
        .select(Submission::as_select())
        .first(conn)
        .optional()?)
}

/// One frozen version by its number.
///
/// # Errors
/// `NotFound` when there is none with this number.
pub fn submission(conn: &mut Conn, id: ApplicationId, number: i32) -> Result<Submission> {
    let numbered = submissions::table.filter(submissions::application_id.eq(id)).filter(submissions::number.eq(number));
    Ok(numbered.select(Submission::as_select()).first(conn)?)
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

/// How many applications of a round are in.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_submitted_in(conn: &mut Conn, round: RoundId) -> Result<i64> {
    Ok(applications::table.filter(applications::round_id.eq(round)).filter(applications::status.eq(Status::Submitted)).count().get_result(conn)?)
}

/// A new application.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, application: &Application) -> Result<()> {
    diesel::insert_into(applications::table).values(application).execute(conn)?;
    Ok(())
}

/// A draft that is thrown away, with its parts and papers.
///
/// # Errors
/// `Stale` when it changed since it was read.
pub fn discard(conn: &mut Conn, draft: &Application) -> Result<()> {
    let as_read = applications::table.find(draft.id).filter(applications::version.eq(draft.version)).filter(applications::status.eq(Status::Draft));
    let gone = diesel::delete(as_read).execute(conn)?;
    if gone == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// How many applications the organisation has in the round, those withdrawn apart. Holds the organisation's row until the
/// action's end, so that two presses of a button at once count each other.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_of(conn: &mut Conn, organisation: OrganisationId, round: RoundId) -> Result<i64> {
    diesel::update(organisations::table.find(organisation)).set(organisations::version.eq(organisations::version)).execute(conn)?;
    Ok(applications::table
        .filter(applications::organisation_id.eq(organisation))
        .filter(applications::round_id.eq(round))
        .filter(applications::status.ne(Status::Withdrawn))
        .filter(applications::is_test.eq(false))
        .count()
        .get_result(conn)?)
}

/// Every part that anybody has written in.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn parts(conn: &mut Conn, id: ApplicationId) -> Result<Vec<StoredPart>> {
    Ok(application_parts::table.filter(application_parts::application_id.eq(id)).select(StoredPart::as_select()).load(conn)?)
}

/// One part as it is kept; nothing where nobody has written in it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn stored_part(conn: &mut Conn, id: ApplicationId, part: Part) -> Result<Option<StoredPart>> {
    Ok(application_parts::table.find((id, part)).select(StoredPart::as_select()).first(conn).optional()?)
}

/// One part with its version; empty with version 0 where nobody has written in it.
///
/// # Errors
/// `Fault` when the database does not answer or the part cannot be read.
pub fn part(conn: &mut Conn, id: ApplicationId, part: Part) -> Result<(PartContent, i32)> {
    match stored_part(conn, id, part)? {
        Some(kept) => Ok((PartContent::read(part, &kept.content).map_err(fault)?, kept.version)),
        None => Ok((PartContent::empty(part), 0)),
    }
}

/// Keeps a part whose version before this one (0: nobody had written in it) is the one that was read.
///
/// # Errors
/// `Stale` when somebody else has saved it meanwhile.
pub fn put_part(conn: &mut Conn, next: &StoredPart) -> Result<()> {
    if next.version == 1 {
        diesel::insert_into(application_parts::table).values(next).execute(conn)?;
        return Ok(());
    }
    let kept = diesel::update(application_parts::table.find((next.application_id, next.part)).filter(application_parts::version.eq(next.version - 1)))
        .set((
            application_parts::content.eq(&next.content),
            application_parts::version.eq(next.version),
            application_parts::changed_at.eq(next.changed_at),
            application_parts::changed_by.eq(next.changed_by),
            application_parts::noted_at.eq(next.noted_at),
            application_parts::removed.eq(&next.removed),
        ))
        .execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps the columns in step with the part that was just saved. Every save counts the application's version up, so that a
/// submission that read the parts before it is stale.
///
/// # Errors
/// `Stale` when the application is no draft any more.
pub fn keep_in_step(conn: &mut Conn, application: &Application, content: &PartContent, now: Instant) -> Result<()> {
    let mut next = application.clone();
    match content {
        PartContent::Summary(summary) => {
            next.title.clone_from(&summary.title);
            next.tier.clone_from(&summary.tier);
            next.months = summary.months().unwrap_or(0);
            next.municipality = summary.municipalities.first().cloned().unwrap_or_default();
            next.theme = summary.themes.first().cloned().unwrap_or_default();
            put_places(conn, application.id, summary)?;
        }
        PartContent::Budget(budget) => (next.requested, next.total) = super::rules::figures(budget),
        _ => {}
    }
    let search = folded(&format!("{} {} {}", next.title, next.organisation_name, next.code.as_deref().unwrap_or_default()));
    let draft = applications::table.find(application.id).filter(applications::status.eq(Status::Draft));
    let kept = diesel::update(draft)
        .set((
            applications::title.eq(next.title),
            applications::tier.eq(next.tier),
            applications::months.eq(next.months),
            applications::municipality.eq(next.municipality),
            applications::theme.eq(next.theme),
            applications::requested.eq(next.requested),
            applications::total.eq(next.total),
            applications::search.eq(search),
            applications::changed_at.eq(now),
            applications::version.eq(applications::version + 1),
        ))
        .execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn put_places(conn: &mut Conn, id: ApplicationId, summary: &Summary) -> Result<()> {
    diesel::delete(application_places::table.filter(application_places::application_id.eq(id))).execute(conn)?;
    diesel::delete(application_themes::table.filter(application_themes::application_id.eq(id))).execute(conn)?;
    for (code, position) in once_each(&summary.municipalities) {
        let row = (application_places::application_id.eq(id), application_places::municipality.eq(code), application_places::position.eq(position));
        diesel::insert_into(application_places::table).values(row).execute(conn)?;
    }
    for (code, position) in once_each(&summary.themes) {
        let row = (application_themes::application_id.eq(id), application_themes::theme.eq(code), application_themes::position.eq(position));
        diesel::insert_into(application_themes::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn once_each(codes: &[String]) -> impl Iterator<Item = (&String, i32)> {
    let first = |place: &usize, code: &String| codes.iter().position(|other| other == code) == Some(*place);
    codes.iter().enumerate().filter(move |(place, code)| first(place, code)).map(|(_, code)| code).zip(0..)
}

/// The papers of an application that were not removed, in the order in which they came; answers to requests apart.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn attachments(conn: &mut Conn, id: ApplicationId) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::application_id.eq(id))
        .filter(attachments::clarification_id.is_null())
        .filter(attachments::removed_at.is_null())
        .order(attachments::uploaded_at)
        .select(Attachment::as_select())
        .load(conn)?)
}

/// The same with what the virus scanner said of each, where one is set.
fn attachments_with_scans(conn: &mut Conn, id: ApplicationId) -> Result<Vec<(Attachment, Option<Scan>)>> {
    Ok(attachments::table
        .inner_join(files::table)
        .filter(attachments::application_id.eq(id))
        .filter(attachments::clarification_id.is_null())
        .filter(attachments::removed_at.is_null())
        .order(attachments::uploaded_at)
        .select((Attachment::as_select(), files::scan))
        .load(conn)?)
}

/// The application as it stands now: the organisation's profile, every part, the papers. Three statements, one more with partners.
///
/// # Errors
/// `Fault` when the database does not answer or a part cannot be read.
pub fn draft_file(conn: &mut Conn, application: &Application) -> Result<File> {
    let kept = parts(conn, application.id)?;
    draft_file_of(conn, application, &kept)
}

/// The same from parts that were read already. Two statements, one more with partners.
///
/// # Errors
/// `Fault` when the database does not answer or a part cannot be read.
pub fn draft_file_of(conn: &mut Conn, application: &Application, kept: &[StoredPart]) -> Result<File> {
    let organisation = crate::accounts::records::organisation(conn, application.organisation_id)?;
    let papers = attachments_with_scans(conn, application.id)?;
    let mut file = file_of(organisation, kept, papers)?;
    if !file.partners.partners.is_empty() {
        put_signatures(&mut file.partners, &super::partnership_records::of(conn, application.id)?);
    }
    if file.summary.tier.is_empty() {
        // Set at the beginning where the call has one size only.
        file.summary.tier.clone_from(&application.tier);
    }
    Ok(file)
}

fn file_of(organisation: Organisation, kept: &[StoredPart], papers: Vec<(Attachment, Option<Scan>)>) -> Result<File> {
    let note = |(paper, scan): (Attachment, Option<Scan>)| AttachmentNote {
        document: paper.document,
        name: paper.name,
        bytes: paper.bytes,
        sha256: paper.sha256,
        valid_until: paper.valid_until,
        scan,
    };
    let mut file = File {
        organisation: OrganisationNow {
            profile: organisation.profile(),
            nipt: organisation.nipt,
            name: organisation.name,
            acronym: organisation.acronym,
            legal_form: organisation.legal_form,
            municipality: organisation.municipality,
        },
        partners: Partners::default(),
        summary: Summary::default(),
        description: super::content::Description::default(),
        logframe: super::content::Logframe::default(),
        plan: super::content::Plan::default(),
        budget: super::content::Budget::default(),
        capacity: super::content::Capacity::default(),
        declarations: super::content::Declarations::default(),
        attachments: papers.into_iter().map(note).collect(),
    };
    for part in kept {
        PartContent::read(part.part, &part.content).map_err(fault)?.put_into(&mut file);
    }
    Ok(file)
}

/// The next number of a round: 7 in `R3-07`. Whoever comes next waits until this action is done, and a refused one gives it back.
///
/// # Errors
/// `NotFound` when there is no such round.
pub fn next_serial(conn: &mut Conn, round: RoundId) -> Result<i32> {
    Ok(diesel::update(rounds::table.find(round)).set(rounds::last_serial.eq(rounds::last_serial + 1)).returning(rounds::last_serial).get_result(conn)?)
}

/// Moves the application to its next state.
///
/// # Errors
/// `Stale` when it changed since it was read.
pub fn move_on(conn: &mut Conn, from: &Application, to: &Application) -> Result<()> {
    let as_read = applications::table.find(from.id).filter(applications::version.eq(from.version)).filter(applications::status.eq(from.status));
    let moved = diesel::update(as_read)
        .set((
            applications::status.eq(to.status),
            applications::serial.eq(to.serial),
            applications::code.eq(to.code.clone()),
            applications::organisation_name.eq(to.organisation_name.clone()),
            applications::requested.eq(to.requested),
            applications::total.eq(to.total),
            applications::search.eq(to.search.clone()),
            applications::changed_at.eq(to.changed_at),
            applications::submitted_at.eq(to.submitted_at),
            applications::withdrawn_at.eq(to.withdrawn_at),
            applications::submissions.eq(to.submissions),
            applications::version.eq(from.version + 1),
        ))
        .execute(conn)?;
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes that a contract stands on it from now on: it can no longer be withdrawn.
///
/// # Errors
/// `Stale` when it was withdrawn in the same moment.
pub fn bind(conn: &mut Conn, id: ApplicationId, now: Instant) -> Result<()> {
    let submitted = applications::table.find(id).filter(applications::status.eq(Status::Submitted));
    let bound = diesel::update(submitted).set((applications::bound_at.eq(now), applications::version.eq(applications::version + 1))).execute(conn)?;
    if bound == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whom the end of a round concerns: everybody who writes for an organisation with a draft or a submitted application in it, once.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn applicants_of(conn: &mut Conn, round: RoundId) -> Result<Vec<Recipient>> {
    let owners =
        applications::table.filter(applications::round_id.eq(round)).filter(applications::status.ne(Status::Withdrawn)).filter(applications::is_test.eq(false));
    let mut writers: Vec<Person> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq_any(owners.select(applications::organisation_id)))
        .filter(people::disabled_at.is_null())
        .order((people::email, people::id))
        .select(Person::as_select())
        .load(conn)?;
    writers.dedup_by_key(|person| person.id);
    Ok(writers.iter().map(crate::accounts::records::recipient).collect())
}

/// A frozen version.
///
/// # Errors
/// `Stale` when there is one with this number.
pub fn insert_submission(conn: &mut Conn, submission: &Submission) -> Result<()> {
    diesel::insert_into(submissions::table).values(submission).execute(conn)?;
    Ok(())
}

/// All frozen versions, the first one first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn submissions_of(conn: &mut Conn, id: ApplicationId) -> Result<Vec<Submission>> {
    Ok(submissions::table.filter(submissions::application_id.eq(id)).order(submissions::number).select(Submission::as_select()).load(conn)?)
}

/// A paper by its id, with the application it belongs to, among what this person may see.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn attachment(conn: &mut Conn, actor: &Actor, id: AttachmentId) -> Result<(Attachment, Application)> {
    let paper: Attachment = attachments::table.find(id).select(Attachment::as_select()).first(conn)?;
    let application = find(conn, actor, paper.application_id)?;
    Ok((paper, application))
}

/// One more paper.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert_attachment(conn: &mut Conn, attachment: &Attachment) -> Result<()> {
    diesel::insert_into(attachments::table).values(attachment).execute(conn)?;
    Ok(())
}

/// Takes a paper out of the draft; frozen versions that have it keep it.
///
/// # Errors
/// `Stale` when it was taken out already.
pub fn remove_attachment(conn: &mut Conn, id: AttachmentId, now: Instant) -> Result<()> {
    let there = attachments::table.find(id).filter(attachments::removed_at.is_null());
    let removed = diesel::update(there).set(attachments::removed_at.eq(now)).execute(conn)?;
    if removed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes until when a paper of a draft is valid.
///
/// # Errors
/// `Stale` when it was taken out already.
pub fn date_attachment(conn: &mut Conn, id: AttachmentId, valid_until: Option<Day>) -> Result<()> {
    let there = attachments::table.find(id).filter(attachments::removed_at.is_null());
    let dated = diesel::update(there).set(attachments::valid_until.eq(valid_until)).execute(conn)?;
    if dated == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Counts the draft's version up: its papers changed. Whoever comes next waits until this action is done.
///
/// # Errors
/// `Stale` when it is no draft any more.
pub fn touch(conn: &mut Conn, id: ApplicationId, now: Instant) -> Result<()> {
    let draft = applications::table.find(id).filter(applications::status.eq(Status::Draft));
    let kept = diesel::update(draft).set((applications::changed_at.eq(now), applications::version.eq(applications::version + 1))).execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// How many applications the organisations of this person have.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_mine(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    Ok(applications::table.filter(applications::organisation_id.eq_any(actor.organisation_ids())).count().get_result(conn)?)
}

/// The applications of the organisations that this person writes for, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn mine(conn: &mut Conn, actor: &Actor, limit: i64, offset: i64) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::organisation_id.eq_any(actor.organisation_ids()))
        .order((applications::created_at.desc(), applications::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(Application::as_select())
        .load(conn)?)
}

/// The organisation's other applications, the newest first, as many as one looks through.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn others_of(conn: &mut Conn, application: &Application) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::organisation_id.eq(application.organisation_id))
        .filter(applications::id.ne(application.id))
        .order((applications::created_at.desc(), applications::id.desc()))
        .limit(20)
        .select(Application::as_select())
        .load(conn)?)
}

/// The organisations that this person might apply for in this round of a fund with this area.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn candidates(conn: &mut Conn, actor: &Actor, round: &Round, area: &[String]) -> Result<Vec<Candidate>> {
    let theirs: Vec<Organisation> = organisations::table
        .filter(organisations::id.eq_any(actor.organisation_ids()))
        .order(organisations::name)
        .select(Organisation::as_select())
        .load(conn)?;
    let begun: Vec<(OrganisationId, ApplicationId, Status, Option<Instant>)> = applications::table
        .filter(applications::organisation_id.eq_any(actor.organisation_ids()))
        .filter(applications::round_id.eq(round.id))
        .filter(applications::status.ne(Status::Withdrawn))
        .filter(applications::is_test.eq(false))
        .order(applications::created_at.desc())
        .select((applications::organisation_id, applications::id, applications::status, applications::closes_at))
        .load(conn)?;
    let later = |own: Option<Instant>| own.filter(|own| *own > round.closes_at);
    let begun_of = |(_, id, status, own): &(_, ApplicationId, Status, Option<Instant>)| Begun { id: *id, status: *status, closes_at: later(*own) };
    let of = |wanted: OrganisationId| begun.iter().filter(|(whose, ..)| *whose == wanted).map(begun_of).collect();
    Ok(theirs.iter().map(|organisation| super::rules::candidate(organisation, round, area, of(organisation.id))).collect())
}

/// The organisation's application in this round that is not withdrawn, the newest.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn draft_of(conn: &mut Conn, organisation: OrganisationId, round: RoundId) -> Result<Option<ApplicationId>> {
    Ok(applications::table
        .filter(applications::organisation_id.eq(organisation))
        .filter(applications::round_id.eq(round))
        .filter(applications::status.ne(Status::Withdrawn))
        .filter(applications::is_test.eq(false))
        .order(applications::created_at.desc())
        .select(applications::id)
        .first(conn)
        .optional()?)
}

/// The organisation's try of this call's form.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn test_of(conn: &mut Conn, organisation: OrganisationId, round: RoundId) -> Result<Option<ApplicationId>> {
    Ok(applications::table
        .filter(applications::organisation_id.eq(organisation))
        .filter(applications::round_id.eq(round))
        .filter(applications::is_test.eq(true))
        .select(applications::id)
        .first(conn)
        .optional()?)
}

/// Notes that a try was sent, as far as a try is sent.
///
/// # Errors
/// `Stale` when somebody saved or threw it away in the same moment.
pub fn tried(conn: &mut Conn, test: &Application, now: Instant) -> Result<()> {
    let as_read = applications::table.find(test.id).filter(applications::version.eq(test.version)).filter(applications::is_test.eq(true));
    let noted = diesel::update(as_read).set((applications::tried_at.eq(now), applications::version.eq(applications::version + 1))).execute(conn)?;
    if noted == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Rounds that closed before this instant and have tries of their form left.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn rounds_with_tests(conn: &mut Conn, closed_before: Instant) -> Result<Vec<RoundId>> {
    let left = applications::table.filter(applications::is_test.eq(true));
    Ok(rounds::table
        .filter(rounds::closes_at.lt(closed_before))
        .filter(rounds::id.eq_any(left.select(applications::round_id)))
        .order(rounds::closes_at)
        .select(rounds::id)
        .load(conn)?)
}

/// Throws every try of a round's form away, with its parts and papers; how many there were.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn sweep_tests(conn: &mut Conn, round: RoundId) -> Result<usize> {
    Ok(diesel::delete(applications::table.filter(applications::round_id.eq(round)).filter(applications::is_test.eq(true))).execute(conn)?)
}

/// Published rounds in which a deadline, the round's or a draft's own, is near or passed lately, with the instant until which their
/// drafts were reminded.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn rounds_to_remind(conn: &mut Conn, now: Instant) -> Result<Vec<(RoundId, Option<Instant>)>> {
    let (from, to) = (now.plus_days(-9), now.plus_days(8));
    let with_own = applications::table.filter(applications::status.eq(Status::Draft)).filter(applications::closes_at.between(from, to));
    Ok(rounds::table
        .filter(rounds::state.eq(crate::calls::RoundState::Published))
        .filter(rounds::opens_at.le(now))
        .filter(rounds::closes_at.between(from, to).or(rounds::id.eq_any(with_own.select(applications::round_id))))
        .order(rounds::closes_at)
        .select((rounds::id, rounds::reminded_until))
        .load(conn)?)
}

/// The deadlines of their own that drafts of a round have, each with its draft.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn own_deadlines(conn: &mut Conn, round: RoundId) -> Result<Vec<(ApplicationId, Instant)>> {
    let own: Vec<(ApplicationId, Option<Instant>)> = applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Draft))
        .filter(applications::closes_at.is_not_null())
        .select((applications::id, applications::closes_at))
        .load(conn)?;
    Ok(own.into_iter().filter_map(|(id, at)| at.map(|at| (id, at))).collect())
}

/// Notes that the drafts of a round were reminded, once.
///
/// # Errors
/// `Stale` when another worker was faster.
pub fn reminded(conn: &mut Conn, round: RoundId, before: Option<Instant>, now: Instant) -> Result<()> {
    let round = rounds::table.find(round);
    let noted = match before {
        Some(before) => diesel::update(round.filter(rounds::reminded_until.eq(before))).set(rounds::reminded_until.eq(now)).execute(conn)?,
        None => diesel::update(round.filter(rounds::reminded_until.is_null())).set(rounds::reminded_until.eq(now)).execute(conn)?,
    };
    if noted == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Every draft of a round with what it says so far and who writes it. Six statements, however many there are.
///
/// # Errors
/// `Fault` when the database does not answer or a part cannot be read.
pub fn drafts_in(conn: &mut Conn, round: RoundId) -> Result<Vec<(Application, File, Vec<Person>)>> {
    let drafts: Vec<Application> = applications::table
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Draft))
        .filter(applications::is_test.eq(false))
        .order(applications::created_at)
        .select(Application::as_select())
        .load(conn)?;
    let ids: Vec<ApplicationId> = drafts.iter().map(|draft| draft.id).collect();
    let all = ids.clone();
    let owners: Vec<OrganisationId> = drafts.iter().map(|draft| draft.organisation_id).collect();
    let kept: Vec<StoredPart> =
        application_parts::table.filter(application_parts::application_id.eq_any(ids.clone())).select(StoredPart::as_select()).load(conn)?;
    let papers: Vec<Attachment> = attachments::table
        .filter(attachments::application_id.eq_any(ids))
        .filter(attachments::clarification_id.is_null())
        .filter(attachments::removed_at.is_null())
        .select(Attachment::as_select())
        .load(conn)?;
    let partnerships = super::partnership_records::of_all(conn, &all)?;
    let organisations: Vec<Organisation> =
        organisations::table.filter(organisations::id.eq_any(owners.clone())).select(Organisation::as_select()).load(conn)?;
    let writers: Vec<(OrganisationId, Person)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq_any(owners))
        .filter(people::disabled_at.is_null())
        .order(memberships::since)
        .select((memberships::organisation_id, Person::as_select()))
        .load(conn)?;
    let mut found = vec![];
    for draft in drafts {
        let Some(organisation) = organisations.iter().find(|organisation| organisation.id == draft.organisation_id) else { continue };
        let parts: Vec<StoredPart> = kept.iter().filter(|part| part.application_id == draft.id).cloned().collect();
        let papers = papers.iter().filter(|paper| paper.application_id == draft.id).map(|paper| (paper.clone(), None)).collect();
        let mut file = file_of(organisation.clone(), &parts, papers)?;
        let theirs: Vec<Partnership> = partnerships.iter().filter(|one| one.application_id == draft.id).cloned().collect();
        put_signatures(&mut file.partners, &theirs);
        let people = writers.iter().filter(|(owner, _)| *owner == draft.organisation_id).map(|(_, person)| person.clone()).collect();
        found.push((draft, file, people));
    }
    Ok(found)
}
