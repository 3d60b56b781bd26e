//! Handing in: submission, withdrawal, taking up again. Each is one small write.
use super::content::File;
use super::letters;
use super::{Application, Receipt, Status, Submission, readiness, records, rules};
use crate::kernel::{ApplicationId, Error, Money, ProgrammeId, Reason, Result, SubmissionId, fault, fingerprint, folded, must, unless};
use crate::workflow::{Act, Event, Recorded, Subject};

#[derive(serde::Serialize)]
struct Submitted<'a> {
    application: ApplicationId,
    code: &'a str,
    number: i32,
    sha256: &'a str,
    requested: Money,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Submitted<'_> {
    const KIND: &'static str = "application.submitted";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Hands the application in: freezes what it says, gives it its code the first time, sends the receipt. The deadline is
/// compared with the action's own instant.
///
/// # Errors
/// `Forbidden` for who may not sign; `Refused` with everything that is missing, the deadline among it, or because it is submitted already;
/// `Stale` when a part was saved in the same moment.
pub fn submit(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<Receipt>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign(act.actor, &application))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let round = records::round_of(act.conn, &application)?;
    unless(rules::handing_in(&application))?;
    let mut file = records::draft_file(act.conn, &application)?;
    let mut reasons = rules::shortfalls(&file, &round, act.now);
    reasons.extend(readiness::against(act.conn, &application, &round, &file)?);
    unless(reasons)?;
    file.declarations.wordings = rules::wordings(&file, &round);
    let content = serde_json::to_string(&file).map_err(fault)?;
    let serial = match application.serial {
        Some(serial) => serial,
        None => records::next_serial(act.conn, round.id)?,
    };
    let code = application.code.clone().unwrap_or_else(|| rules::code(&round.code, serial));
    let submission = Submission {
        id: SubmissionId::new(),
        application_id: id,
        number: application.submissions + 1,
        code,
        submitted_at: act.now,
        submitted_by: by,
        sha256: fingerprint(content.as_bytes()),
        content,
    };
    let handed = handed_in(&application, &file, &submission, serial);
    records::move_on(act.conn, &application, &handed)?;
    records::insert_submission(act.conn, &submission)?;
    letters::receipt(act, &handed, &file, &submission, &round)?;
    let receipt = Receipt::of(&submission);
    let event = Submitted {
        application: id,
        code: &receipt.code,
        number: receipt.number,
        sha256: &receipt.sha256,
        requested: handed.requested,
        programme: round.programme_id,
    };
    act.record(&event, receipt.clone())
}

/// The row as it is once it has been handed in: its figures are those of the frozen version.
fn handed_in(application: &Application, file: &File, submission: &Submission, serial: i32) -> Application {
    let mut next = application.clone();
    next.status = Status::Submitted;
    next.serial = Some(serial);
    next.code = Some(submission.code.clone());
    next.organisation_name.clone_from(&file.organisation.name);
    (next.requested, next.total) = rules::figures(&file.budget);
    next.search = folded(&format!("{} {} {}", next.title, next.organisation_name, submission.code));
    next.submitted_at = Some(submission.submitted_at);
    next.withdrawn_at = None;
    next.changed_at = submission.submitted_at;
    next.submissions = submission.number;
    next
}

#[derive(serde::Serialize)]
struct Withdrawn<'a> {
    application: ApplicationId,
    code: &'a str,
    reason: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Withdrawn<'_> {
    const KIND: &'static str = "application.withdrawn";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// The most that may be said about why an application is withdrawn.
pub const MOST_REASON: usize = 1_000;

/// Takes a submitted application back. Its frozen versions and its code stay.
///
/// # Errors
/// `Forbidden` for who may not sign; `Refused` when it is not submitted; `Invalid` without a reason.
pub fn withdraw(act: &mut Act<'_>, id: ApplicationId, reason: &str) -> Result<Recorded<Application>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign(act.actor, &application))?;
    unless(rules::withdrawing(&application))?;
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(Error::invalid(Reason::new("no-reason", "reason", |t| t.application_say_why(MOST_REASON))));
    }
    let round = records::round_of(act.conn, &application)?;
    let next = Application { status: Status::Withdrawn, withdrawn_at: Some(act.now), changed_at: act.now, ..application.clone() };
    records::move_on(act.conn, &application, &next)?;
    letters::withdrawal(act, &next, &round, reason)?;
    let event = Withdrawn { application: id, code: next.code.as_deref().unwrap_or_default(), reason, programme: next.programme_id };
    act.record(&event, next.clone())
}

#[derive(serde::Serialize)]
struct TakenUp {
    application: ApplicationId,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for TakenUp {
    const KIND: &'static str = "application.taken-up";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Makes a draft of a withdrawn application again: until the deadline it can be corrected and handed in once more, under the same code.
///
/// # Errors
/// `Forbidden` for who does not write for the organisation; `Refused` after the deadline, or when it was not withdrawn.
pub fn take_up(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<Application>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let round = records::round_of(act.conn, &application)?;
    let others = records::count_of(act.conn, application.organisation_id, round.id)?;
    let organisation = crate::accounts::records::organisation(act.conn, application.organisation_id)?;
    unless(rules::taking_up(&application, &round, organisation.legal_form, others, act.now))?;
    let next = Application { status: Status::Draft, changed_at: act.now, ..application.clone() };
    records::move_on(act.conn, &application, &next)?;
    act.record(&TakenUp { application: id, programme: next.programme_id }, next.clone())
}
