//! What is done with an application: begun, written in, submitted, withdrawn.
use super::{Application, Attachment, Status, records, rules};
use crate::accounts::records as accounts;
use crate::calls::records as calls;
use crate::calls::{Round, RoundState};
use crate::kernel::{ApplicationId, AttachmentId, Error, Lang, Money, OrganisationId, ProgrammeId, Result, RoundId, folded, must, unless};
use crate::workflow::{Act, Event, Files, Recorded, Stored, Subject};

pub use super::reminders::{remind, remind_due};
pub use super::submission::{submit, take_up, withdraw};
pub use super::writing::{save_part, write};

#[derive(serde::Serialize)]
struct Started<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Started<'_> {
    const KIND: &'static str = "application.started";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Begins an application for an organisation that the actor writes for.
///
/// # Errors
/// `NotFound` for another's organisation or a round that is not public; `Refused` when the round is not open or the organisation has as many as it may.
pub fn start(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, lang: Lang) -> Result<Recorded<Application>> {
    let Some(person) = act.actor.person.filter(|_| act.actor.writes_for(organisation)) else { return Err(Error::NotFound) };
    let round = calls::find(act.conn, round)?;
    if round.state == RoundState::Draft {
        return Err(Error::NotFound);
    }
    let already = records::count_of(act.conn, organisation, round.id)?;
    let organisation = accounts::organisation(act.conn, organisation)?;
    unless(rules::starting(&round, organisation.legal_form, already, act.now))?;
    let application = Application {
        id: ApplicationId::new(),
        programme_id: round.programme_id,
        round_id: round.id,
        organisation_id: organisation.id,
        search: folded(&organisation.name),
        organisation_name: organisation.name,
        tier: round.terms.only_tier().map(|tier| tier.key.clone()).unwrap_or_default(),
        serial: None,
        code: None,
        status: Status::Draft,
        title: String::new(),
        requested: Money::ZERO,
        total: Money::ZERO,
        months: 0,
        municipality: String::new(),
        theme: String::new(),
        lang,
        created_by: person,
        created_at: act.now,
        changed_at: act.now,
        submitted_at: None,
        withdrawn_at: None,
        closes_at: None,
        bound_at: None,
        submissions: 0,
        version: 1,
    };
    records::insert(act.conn, &application)?;
    let event = Started { application: application.id, round: &round.code, organisation: &application.organisation_name, programme: round.programme_id };
    act.record(&event, application.clone())
}

#[derive(serde::Serialize)]
struct Discarded<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    title: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Discarded<'_> {
    const KIND: &'static str = "application.discarded";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Throws a draft away with everything that was written in it. The log keeps that there was one, and who threw it away.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` when it was handed in once; `Stale` when somebody saved or submitted in the same moment.
pub fn discard(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<()>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign(act.actor, &application))?;
    unless(rules::discarding(&application))?;
    let round = records::round_of(act.conn, &application)?;
    records::discard(act.conn, &application)?;
    let event = Discarded {
        application: id,
        round: &round.code,
        organisation: &application.organisation_name,
        title: &application.title,
        programme: application.programme_id,
    };
    act.record(&event, ())
}

/// A file that lies in the data folder and is to become a paper of an application.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Key of the call's document; for a partner's paper with the partner's key behind a dot.
    pub document: String,
    pub stored: Stored,
    pub name: String,
    pub media_type: String,
}

#[derive(serde::Serialize)]
struct PaperAdded<'a> {
    application: ApplicationId,
    document: &'a str,
    name: &'a str,
    sha256: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for PaperAdded<'_> {
    const KIND: &'static str = "application.paper-added";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Adds a paper that the call asks for to a draft.
///
/// # Errors
/// `Refused` when it is no draft, the call does not ask for it, or there is no room.
pub fn attach(act: &mut Act<'_>, id: ApplicationId, paper: Paper) -> Result<Recorded<Attachment>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    unless(rules::writing(&application))?;
    let round = records::round_of(act.conn, &application)?;
    let file = records::draft_file(act.conn, &application)?;
    unless(rules::attaching(&file, &round, &paper.document, paper.stored.bytes))?;
    Files::note(act.conn, &paper.stored, act.now)?;
    let attachment = Attachment {
        id: AttachmentId::new(),
        application_id: id,
        clarification_id: None,
        document: paper.document,
        sha256: paper.stored.sha256,
        name: paper.name,
        media_type: paper.media_type,
        bytes: paper.stored.bytes,
        uploaded_by: by,
        uploaded_at: act.now,
        removed_at: None,
    };
    records::insert_attachment(act.conn, &attachment)?;
    records::touch(act.conn, id, act.now)?;
    let event =
        PaperAdded { application: id, document: &attachment.document, name: &attachment.name, sha256: &attachment.sha256, programme: application.programme_id };
    act.record(&event, attachment.clone())
}

#[derive(serde::Serialize)]
struct PaperRemoved<'a> {
    application: ApplicationId,
    document: &'a str,
    sha256: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for PaperRemoved<'_> {
    const KIND: &'static str = "application.paper-removed";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Takes a paper out of a draft.
///
/// # Errors
/// `Refused` when it is no draft; `Stale` when it was taken out already.
pub fn detach(act: &mut Act<'_>, id: AttachmentId) -> Result<Recorded<Attachment>> {
    let (attachment, application) = records::attachment(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application) && attachment.clarification_id.is_none())?;
    unless(rules::writing(&application))?;
    records::remove_attachment(act.conn, id, act.now)?;
    records::touch(act.conn, application.id, act.now)?;
    let event = PaperRemoved { application: application.id, document: &attachment.document, sha256: &attachment.sha256, programme: application.programme_id };
    act.record(&event, attachment.clone())
}

/// Cancels a call, and tells everybody who has a draft or a submitted application in it with the others: a call does not know who applies.
///
/// # Errors
/// Those of the call's own cancellation.
pub fn cancel_call(act: &mut Act<'_>, round: RoundId, reason: &str) -> Result<Recorded<(Round, usize)>> {
    let applicants = records::applicants_of(act.conn, round)?;
    crate::calls::actions::cancel(act, round, reason, &applicants)
}
