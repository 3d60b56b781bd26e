//! Beginning with what was written before: an earlier application's parts become an untouched draft's.
use super::content::{Declarations, File, PartContent};
use super::papers::{Kept, Paper, attach_with};
use super::writing::save_part;
use super::{Application, Part, records, rules};
use crate::calls::Round;
use crate::kernel::{ApplicationId, Error, ProgrammeId, Reason, Result, must, unless};
use crate::store::Conn;
use crate::workflow::{Act, Event, Recorded, Stored, Subject};

/// The parts as they fit another call: what that one does not know, and what belongs to one call alone (the day of the beginning, the
/// declarations), is left out.
#[must_use]
pub fn adapted(before: &File, round: &Round) -> Vec<PartContent> {
    let mut file = before.clone();
    let summary = &mut file.summary;
    if round.tier(&summary.tier).is_none() {
        summary.tier.clear();
    }
    summary.starts_on.clear();
    summary.themes.retain(|code| round.terms.theme(code).is_some());
    summary.municipalities.retain(|code| round.terms.municipalities.contains(code));
    file.declarations = Declarations::default();
    Part::ALL.iter().filter(|part| **part != Part::Declarations).map(|part| file.part(*part)).collect()
}

/// Only a draft in which nobody has written takes a copy: nothing typed is ever overwritten.
fn taking(untouched: bool) -> Vec<Reason> {
    if untouched { vec![] } else { vec![Reason::new("written-in", "", |t| t.application_copy_written().into())] }
}

/// Whether nobody has written in it or attached to it yet.
///
/// # Errors
/// `Fault` when the database does not answer.
fn is_untouched(conn: &mut Conn, id: ApplicationId) -> Result<bool> {
    Ok(records::parts(conn, id)?.is_empty() && records::attachments(conn, id)?.is_empty())
}

#[derive(serde::Serialize)]
struct Copied {
    application: ApplicationId,
    from: ApplicationId,
    papers: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Copied {
    const KIND: &'static str = "application.copied";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Copies parts and papers of another application of the same organisation: as it was handed in last, else as it stands.
///
/// # Errors
/// `NotFound` for what is not theirs; `Refused` when none was chosen, somebody has written in the draft already, or it is no draft.
pub fn copy(act: &mut Act<'_>, id: ApplicationId, from: Option<ApplicationId>) -> Result<Recorded<Application>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let from = from.ok_or_else(|| Error::refused(Reason::new("no-source", "from", |t| t.application_copy_from().into())))?;
    let source = records::find(act.conn, act.actor, from)?;
    if source.organisation_id != application.organisation_id || from == id {
        return Err(Error::NotFound);
    }
    unless(rules::writing(&application))?;
    unless(taking(is_untouched(act.conn, id)?))?;
    let round = records::round_of(act.conn, &application)?;
    let file = if source.submissions > 0 { records::frozen_file(act.conn, from)? } else { records::draft_file(act.conn, &source)? };
    for content in adapted(&file, &round) {
        save_part(act, id, content, None)?;
    }
    let asked = |document: &str| round.terms.document(document.split('.').next().unwrap_or_default()).is_some();
    let mut papers = 0;
    for paper in records::attachments(act.conn, from)?.into_iter().filter(|paper| asked(&paper.document)) {
        let stored = Stored { sha256: paper.sha256, bytes: paper.bytes };
        let kept = Kept { valid_until: paper.valid_until, in_profile: false };
        match attach_with(act, id, Paper { document: paper.document, stored, name: paper.name, media_type: paper.media_type }, kept) {
            Ok(_) => papers += 1,
            // This call takes no such file.
            Err(Error::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    let copied = records::by_id(act.conn, id)?;
    act.record(&Copied { application: id, from, papers, programme: application.programme_id }, copied)
}
