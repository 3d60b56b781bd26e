//! What is done with the papers of a draft: attached, taken from the organisation's profile, kept there, dated, taken out again.
use super::{Application, Attachment, records, rules};
use crate::accounts::{self, OrganisationPaper, paper_records};
use crate::calls::Round;
use crate::kernel::{ApplicationId, AttachmentId, Day, Error, FileKind, PaperId, ProgrammeId, Reason, Result, must, unless};
use crate::workflow::{Act, Event, Files, Recorded, Stored, Subject};
use rules::Twin;

/// A file that lies in the data folder and is to become a paper of an application.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Key of the call's document; for a partner's paper with the partner's key behind a dot.
    pub document: String,
    pub stored: Stored,
    pub name: String,
    pub media_type: String,
}

/// What else is said when a paper is attached.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept {
    /// The last day on which it is valid, where it says one.
    pub valid_until: Option<Day>,
    /// Also kept in the organisation's profile, for the next application.
    pub in_profile: bool,
}

/// A paper that is there now, and whether the same file was there before.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Attached {
    #[serde(flatten)]
    pub attachment: Attachment,
    pub twin: Option<Twin>,
    /// Why the organisation's profile did not take it, where it should.
    pub not_kept: Vec<Reason>,
}

macro_rules! event {
    ($name:ident = $kind:literal { $($field:ident: $type:ty),* }) => {
        #[derive(serde::Serialize)]
        struct $name<'a> {
            application: ApplicationId,
            $($field: $type,)*
            #[serde(skip)]
            programme: ProgrammeId,
        }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::Application(self.application)
            }
            fn programme(&self) -> Option<ProgrammeId> {
                Some(self.programme)
            }
        }
    };
}
event!(PaperAdded = "application.paper-added" { document: &'a str, name: &'a str, sha256: &'a str });
event!(PaperSentAgain = "application.paper-sent-again" { document: &'a str, name: &'a str, sha256: &'a str });
event!(PaperRemoved = "application.paper-removed" { document: &'a str, sha256: &'a str });
event!(PaperDated = "application.paper-dated" { document: &'a str, sha256: &'a str, valid_until: Option<Day> });

/// A draft that the actor writes, held until the action's end: of two who attach in the same moment the second sees what the first added.
fn held(act: &mut Act<'_>, id: ApplicationId) -> Result<(Application, Round)> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    unless(rules::writing(&application))?;
    records::touch(act.conn, id, act.now)?;
    let round = records::round_of(act.conn, &application)?;
    Ok((application, round))
}

/// Adds a paper that the call asks for to a draft. The same file once more under the same document is kept once.
///
/// # Errors
/// `Refused` when it is no draft, the call does not ask for it or takes no such file, or there is no room.
pub fn attach(act: &mut Act<'_>, id: ApplicationId, paper: Paper) -> Result<Recorded<Attached>> {
    attach_with(act, id, paper, Kept::default())
}

/// The same with the day until which it is valid; kept in the organisation's profile too, where that is wished.
///
/// # Errors
/// As `attach`.
pub fn attach_with(act: &mut Act<'_>, id: ApplicationId, paper: Paper, kept: Kept) -> Result<Recorded<Attached>> {
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let (application, round) = held(act, id)?;
    let file = records::draft_file(act.conn, &application)?;
    let twin = rules::twin(&file, &round, &paper.document, &paper.stored.sha256);
    if twin != Some(Twin::Same) {
        unless(rules::attaching(&file, &round, &paper.document, paper.stored.bytes, FileKind::of(&paper.media_type)))?;
    }
    Files::note(act.conn, &paper.stored, act.now)?;
    let not_kept = keep_too(act, &application, &round, &paper, kept)?;
    if twin == Some(Twin::Same) {
        return sent_again(act, &application, &paper, kept, not_kept);
    }
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
        valid_until: kept.valid_until,
    };
    records::insert_attachment(act.conn, &attachment)?;
    let event =
        PaperAdded { application: id, document: &attachment.document, name: &attachment.name, sha256: &attachment.sha256, programme: application.programme_id };
    act.record(&event, Attached { attachment: attachment.clone(), twin, not_kept })
}

/// Keeps it in the profile too, where that is wished; why the profile does not take it. The application has it all the same: nobody sends
/// a file twice over a slow line for that.
fn keep_too(act: &mut Act<'_>, application: &Application, round: &Round, paper: &Paper, kept: Kept) -> Result<Vec<Reason>> {
    let Some(kind) = rules::kept_as(round, &paper.document).filter(|_| kept.in_profile) else { return Ok(vec![]) };
    let stored = paper.stored.clone();
    let new = accounts::actions::NewPaper { kind, stored, name: paper.name.clone(), media_type: paper.media_type.clone(), valid_until: kept.valid_until };
    match accounts::actions::keep_paper(act, application.organisation_id, new) {
        Ok(_) => Ok(vec![]),
        Err(Error::Refused(reasons)) => Ok(reasons),
        Err(other) => Err(other),
    }
}

/// The one that is there stays; a day that was told with the second one is its day.
fn sent_again(act: &mut Act<'_>, application: &Application, paper: &Paper, kept: Kept, not_kept: Vec<Reason>) -> Result<Recorded<Attached>> {
    let there = records::attachments(act.conn, application.id)?;
    let same = |one: &Attachment| one.document == paper.document && one.sha256 == paper.stored.sha256;
    let mut attachment = there.into_iter().find(same).ok_or(Error::Stale)?;
    if kept.valid_until.is_some() && kept.valid_until != attachment.valid_until {
        attachment.valid_until = kept.valid_until;
        records::date_attachment(act.conn, attachment.id, attachment.valid_until)?;
    }
    let event = PaperSentAgain {
        application: application.id,
        document: &attachment.document,
        name: &paper.name,
        sha256: &attachment.sha256,
        programme: application.programme_id,
    };
    act.record(&event, Attached { attachment: attachment.clone(), twin: Some(Twin::Same), not_kept })
}

/// Attaches a paper of the organisation's profile.
///
/// # Errors
/// `NotFound` when the profile has no such paper; `Refused` when it is another kind of paper, or no longer good; as `attach`.
pub fn attach_kept(act: &mut Act<'_>, id: ApplicationId, document: &str, kept: Option<PaperId>) -> Result<Recorded<Attached>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let kept = kept.ok_or_else(|| Error::refused(Reason::new("no-paper", document, |t| t.paper_choose_kept().into())))?;
    let paper: OrganisationPaper = paper_records::find(act.conn, application.organisation_id, kept)?;
    let round = records::round_of(act.conn, &application)?;
    unless(rules::taking_kept(&round, document, &paper, act.now.day()))?;
    let stored = Stored { sha256: paper.sha256, bytes: paper.bytes };
    let new = Paper { document: document.to_owned(), stored, name: paper.name, media_type: paper.media_type };
    attach_with(act, id, new, Kept { valid_until: paper.valid_until, in_profile: false })
}

/// Says until when a paper of a draft is valid.
///
/// # Errors
/// `Refused` when it is no draft; `Invalid` where what was typed is no day.
pub fn set_validity(act: &mut Act<'_>, id: AttachmentId, typed: &str) -> Result<Recorded<Attachment>> {
    let (mut attachment, application) = own(act, id)?;
    unless(rules::writing(&application))?;
    let field = format!("until-{id}");
    let valid_until = accounts::paper_rules::last_day(typed, &field).map_err(Error::invalid)?;
    if valid_until.is_none() {
        return Err(Error::invalid(Reason::new("no-day", field, |t| t.paper_no_day().into())));
    }
    records::touch(act.conn, application.id, act.now)?;
    records::date_attachment(act.conn, id, valid_until)?;
    attachment.valid_until = valid_until;
    let event = PaperDated {
        application: application.id,
        document: &attachment.document,
        sha256: &attachment.sha256,
        valid_until,
        programme: application.programme_id,
    };
    act.record(&event, attachment.clone())
}

/// A paper of a draft that the actor writes; those of an answer to a request are another matter.
fn own(act: &mut Act<'_>, id: AttachmentId) -> Result<(Attachment, Application)> {
    let (attachment, application) = records::attachment(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application) && attachment.clarification_id.is_none())?;
    Ok((attachment, application))
}

/// Takes a paper out of a draft.
///
/// # Errors
/// `Refused` when it is no draft; `Stale` when it was taken out already.
pub fn detach(act: &mut Act<'_>, id: AttachmentId) -> Result<Recorded<Attachment>> {
    let (attachment, application) = own(act, id)?;
    unless(rules::writing(&application))?;
    records::remove_attachment(act.conn, id, act.now)?;
    records::touch(act.conn, application.id, act.now)?;
    let event = PaperRemoved { application: application.id, document: &attachment.document, sha256: &attachment.sha256, programme: application.programme_id };
    act.record(&event, attachment.clone())
}
