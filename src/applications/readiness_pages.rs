//! Ready for signature on the pages: what the check page says of it, the button of the writers, and sending back with a word.
use super::content::File;
use super::handing_pages::{Tried, check_page};
use super::readiness::{self, fingerprint_of};
use super::reading::step_label;
use super::rules::{self, Readiness};
use super::{Application, StoredPart};
use crate::accounts::records as accounts;
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, Duty, Error, Instant, Result, Tr};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Visit, post};
use actix_web::web::Path;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        post("/applications/{application}/readiness", declare).api("Declares a draft ready for signature, where the call asks for it."),
        post("/applications/{application}/return", send_back).api("Sends a draft that is ready for signature back to its writers: `word`."),
    ]
}

/// How far the signature is, in the words of the check page.
#[derive(serde::Serialize)]
pub struct Standing {
    pub state: &'static str,
    /// When it was declared ready, or sent back.
    pub at: Option<Instant>,
    /// Who did.
    pub who: String,
    /// Why it was sent back.
    pub word: String,
    /// The others who sign for the organisation; empty where there is nobody else.
    pub signers: String,
    /// What was written after it was declared ready.
    pub changes: Vec<Change>,
}

/// A part that somebody changed after the draft was declared ready.
#[derive(serde::Serialize)]
pub struct Change {
    step: &'static str,
    who: String,
    at: Instant,
}
impl Change {
    pub fn words(&self, t: &Tr) -> String {
        t.signature_changed_part(t.moment(self.at), step_label(self.step, *t), self.who.as_str())
    }
}

const fn word_of(standing: Readiness<'_>) -> Option<&'static str> {
    match standing {
        Readiness::NotAsked => None,
        Readiness::NotYet => Some("not-yet"),
        Readiness::Ready(_) => Some("ready"),
        Readiness::Changed(_) => Some("changed"),
        Readiness::SentBack(_) => Some("sent-back"),
    }
}

/// Where the draft stands on its way to the signature; None where the call does not ask for it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn standing(conn: &mut Conn, actor: &Actor, application: &Application, round: &Round, file: &File, kept: &[StoredPart]) -> Result<Option<Standing>> {
    let last = readiness::last_of(conn, application, round)?;
    let standing = rules::readiness(round, last.as_ref(), &fingerprint_of(round, file)?);
    let Some(state) = word_of(standing) else { return Ok(None) };
    let (at, by, word, since) = match standing {
        Readiness::Ready(last) => (Some(last.declared_at), Some(last.declared_by), "", None),
        Readiness::Changed(last) => (Some(last.declared_at), Some(last.declared_by), "", Some(last.declared_at)),
        Readiness::SentBack(last) => (last.sent_back_at, last.sent_back_by, last.word.as_str(), None),
        Readiness::NotAsked | Readiness::NotYet => (None, None, "", None),
    };
    let changed: Vec<&StoredPart> = kept.iter().filter(|part| since.is_some_and(|since| part.changed_at > since)).collect();
    let names = accounts::names_of(conn, changed.iter().map(|part| Some(part.changed_by)).chain([by]))?;
    let called = |person| names.get(&person).cloned().unwrap_or_default();
    let members = accounts::members(conn, application.organisation_id)?;
    let signers = members.iter().filter(|(person, membership)| membership.may(Duty::Sign) && actor.person != Some(person.id));
    Ok(Some(Standing {
        state,
        at,
        who: by.map(called).unwrap_or_default(),
        word: word.to_owned(),
        signers: signers.map(|(person, _)| person.name.as_str()).collect::<Vec<_>>().join(", "),
        changes: changed.iter().map(|part| Change { step: part.part.as_str(), who: called(part.changed_by), at: part.changed_at }).collect(),
    }))
}

/// The same in a few words for the task list; one statement where the call asks for it, none where it does not.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn in_short(conn: &mut Conn, application: &Application, round: &Round, file: &File) -> Result<Option<fn(Tr) -> &'static str>> {
    let last = readiness::last_of(conn, application, round)?;
    Ok(match rules::readiness(round, last.as_ref(), &fingerprint_of(round, file)?) {
        Readiness::NotAsked => None,
        Readiness::NotYet => Some(|t| t.signature_task_not_yet()),
        Readiness::Ready(_) => Some(|t| t.signature_task_ready()),
        Readiness::Changed(_) => Some(|t| t.signature_task_changed()),
        Readiness::SentBack(_) => Some(|t| t.signature_task_sent_back()),
    })
}

/// That it is ready, for the pages of its parts: who declared it, and when. A change takes it away, and its writer should know.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Ready {
    pub who: String,
    pub at: Instant,
}

/// Nothing where the call does not ask for it, or it is not ready.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn ready(conn: &mut Conn, application: &Application, round: &Round, file: &File) -> Result<Option<Ready>> {
    let last = readiness::last_of(conn, application, round)?;
    let Readiness::Ready(last) = rules::readiness(round, last.as_ref(), &fingerprint_of(round, file)?) else { return Ok(None) };
    Ok(Some(Ready { who: accounts::person(conn, last.declared_by)?.name, at: last.declared_at }))
}

async fn declare(visit: Visit, path: Path<ApplicationId>, _: Fields) -> Answer {
    let id = path.into_inner();
    let to = format!("/applications/{id}/check#signature");
    match visit.perform(move |act| readiness::declare(act, id)).await {
        Ok(at) => visit.done(&to, visit.t().signature_declared(), &at),
        // A second press of the button.
        Err(Error::Refused(reasons)) if reasons.iter().any(|reason| reason.code == "ready-already") => visit.done(&to, "", &()),
        Err(Error::Refused(reasons)) if !visit.api => check_page(&visit, id, Tried { refused: Some(reasons), ..Tried::default() }).await,
        Err(other) => Err(other),
    }
}

async fn send_back(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, word) = (path.into_inner(), fields.get("word"));
    let said = word.clone();
    match visit.perform(move |act| readiness::send_back(act, id, &said)).await {
        Ok(at) => visit.done(&format!("/applications/{id}/check#signature"), visit.t().signature_returned(), &at),
        Err(Error::Invalid(complaints)) if !visit.api => check_page(&visit, id, Tried { word, complaints, ..Tried::default() }).await,
        Err(Error::Refused(reasons)) if !visit.api => check_page(&visit, id, Tried { word, refused: Some(reasons), ..Tried::default() }).await,
        Err(other) => Err(other),
    }
}
