//! Ready for signature: a writer says so, who signs for the organisation submits or sends it back with a word (where the call asks it).
use super::content::File;
use super::rules::{self, Readiness};
use super::{Application, letters, readiness_records, records};
use crate::accounts::records as accounts;
use crate::calls::{Round, Signature};
use crate::kernel::{ApplicationId, Duty, Error, Instant, PersonId, ProgrammeId, ReadinessId, Reason, Result, fault, fingerprint, must, unless};
use crate::store::Conn;
use crate::workflow::{Act, Event, Recorded, Subject};
use diesel::prelude::*;

/// That a text is ready for signature: who said so, when, and what of it became.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::readiness, treat_none_as_default_value = false)]
pub struct Declared {
    pub id: ReadinessId,
    pub application_id: ApplicationId,
    pub declared_at: Instant,
    pub declared_by: PersonId,
    /// Of the text that was meant.
    pub sha256: String,
    pub sent_back_at: Option<Instant>,
    pub sent_back_by: Option<PersonId>,
    /// Why it was sent back.
    pub word: String,
}

/// The fingerprint of what would be signed; empty where the call does not ask for it.
///
/// # Errors
/// None in practice: a file is plain text and numbers.
pub fn fingerprint_of(round: &Round, file: &File) -> Result<String> {
    if round.terms.signature == Signature::Submitter {
        return Ok(String::new());
    }
    // A partner may sign after the text was declared ready: that changes nothing in it.
    let mut text = file.clone();
    text.partners.partners.iter_mut().for_each(|partner| partner.signed = None);
    Ok(fingerprint(serde_json::to_string(&text).map_err(fault)?.as_bytes()))
}

/// What was said of this draft last, where its call asks for it; one statement, and none where it does not.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last_of(conn: &mut Conn, application: &Application, round: &Round) -> Result<Option<Declared>> {
    match round.terms.signature {
        Signature::Submitter => Ok(None),
        Signature::Signatory => readiness_records::last(conn, application.id),
    }
}

/// What stands in the way of submitting this text, as far as the signature goes.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn against(conn: &mut Conn, application: &Application, round: &Round, file: &File) -> Result<Vec<Reason>> {
    let last = last_of(conn, application, round)?;
    Ok(rules::approving(rules::readiness(round, last.as_ref(), &fingerprint_of(round, file)?)))
}

#[derive(serde::Serialize)]
struct DeclaredReady<'a> {
    application: ApplicationId,
    sha256: &'a str,
    letters: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for DeclaredReady<'_> {
    const KIND: &'static str = "application.declared-ready";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Says that the text is ready, and asks those who sign for the organisation.
///
/// # Errors
/// `Refused` where the call does not ask for it, something lacks, or it is ready already.
pub fn declare(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<Instant>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    unless(rules::writing(&application))?;
    let round = records::round_of(act.conn, &application)?;
    let file = records::draft_file(act.conn, &application)?;
    let sha256 = fingerprint_of(&round, &file)?;
    let last = last_of(act.conn, &application, &round)?;
    unless(rules::declaring(rules::readiness(&round, last.as_ref(), &sha256)))?;
    unless(rules::shortfalls(&file, &round, act.now))?;
    let declared = Declared {
        id: ReadinessId::new(),
        application_id: id,
        declared_at: act.now,
        declared_by: by,
        sha256,
        sent_back_at: None,
        sent_back_by: None,
        word: String::new(),
    };
    readiness_records::insert(act.conn, &declared)?;
    let members = accounts::members(act.conn, application.organisation_id)?;
    let signers = members.iter().filter(|(person, membership)| membership.may(Duty::Sign) && person.id != by);
    let mut letters = 0;
    for (person, _) in signers {
        letters::ready(act, &application, &round, &accounts::recipient(person))?;
        letters += 1;
    }
    act.record(&DeclaredReady { application: id, sha256: &declared.sha256, letters, programme: application.programme_id }, act.now)
}

/// Without the word: that is between the people of the organisation.
#[derive(serde::Serialize)]
struct SentBack {
    application: ApplicationId,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for SentBack {
    const KIND: &'static str = "application.sent-back";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// The most that may be said when a text is sent back.
pub const MOST_WORD: usize = 1_000;

/// Sends a text that is ready back to its writers, with a word; who called it ready gets it as a letter.
///
/// # Errors
/// `Forbidden` for who does not sign; `Refused` when it is not ready; `Invalid` without a word.
pub fn send_back(act: &mut Act<'_>, id: ApplicationId, word: &str) -> Result<Recorded<Instant>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_sign(act.actor, &application))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    unless(rules::writing(&application))?;
    let round = records::round_of(act.conn, &application)?;
    let file = records::draft_file(act.conn, &application)?;
    let last = last_of(act.conn, &application, &round)?;
    let standing = rules::readiness(&round, last.as_ref(), &fingerprint_of(&round, &file)?);
    unless(rules::returning(standing))?;
    let Readiness::Ready(declared) = standing else { return Err(Error::Stale) };
    if word.is_empty() || word.chars().count() > MOST_WORD {
        return Err(Error::invalid(Reason::new("no-word", "word", |t| t.signature_say_why(MOST_WORD))));
    }
    readiness_records::send_back(act.conn, declared.id, by, word, act.now)?;
    if declared.declared_by != by {
        let writer = accounts::person(act.conn, declared.declared_by)?;
        letters::sent_back(act, &application, &round, &accounts::recipient(&writer), word)?;
    }
    act.record(&SentBack { application: id, programme: application.programme_id }, act.now)
}
