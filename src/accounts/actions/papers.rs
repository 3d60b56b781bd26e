//! Papers of the organisation's profile: kept once, reused in every application, taken out again.
use crate::accounts::events::{PaperKept, PaperTakenOut};
use crate::accounts::{OrganisationPaper, PaperKind, paper_records, paper_rules, records, rules};
use crate::kernel::{Day, Error, OrganisationId, PaperId, Result, must, unless};
use crate::workflow::{Act, Files, Recorded, Stored};

/// A file that lies in the data folder and is to be kept in a profile.
#[derive(Clone, Debug)]
pub struct NewPaper {
    pub kind: PaperKind,
    pub stored: Stored,
    pub name: String,
    pub media_type: String,
    pub valid_until: Option<Day>,
}

/// Keeps a paper in the profile. The same file as the same kind is kept once; the day that was said last holds.
///
/// # Errors
/// `NotFound` for strangers; `Refused` when it is no longer valid, or the profile is full.
pub fn keep_paper(act: &mut Act<'_>, id: OrganisationId, new: NewPaper) -> Result<Recorded<OrganisationPaper>> {
    records::visible_organisation(act.conn, act.actor, id)?;
    must(rules::may_edit(act.actor, id))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    paper_records::hold(act.conn, id)?;
    let there = paper_records::papers_of(act.conn, id)?;
    let already = paper_rules::kept_already(&there, new.kind, &new.stored.sha256).cloned();
    let more = if already.is_some() { vec![] } else { there };
    unless(paper_rules::keeping(&more, new.stored.bytes, new.valid_until, act.now.day()))?;
    Files::note(act.conn, &new.stored, act.now)?;
    let paper = if let Some(mut paper) = already {
        if new.valid_until.is_some() {
            paper_records::date(act.conn, paper.id, new.valid_until)?;
            paper.valid_until = new.valid_until;
        }
        paper
    } else {
        let paper = OrganisationPaper {
            id: PaperId::new(),
            organisation_id: id,
            kind: new.kind,
            sha256: new.stored.sha256,
            name: new.name,
            media_type: new.media_type,
            bytes: new.stored.bytes,
            valid_until: new.valid_until,
            kept_by: by,
            kept_by_name: act.actor.name.clone(),
            kept_at: act.now,
            removed_at: None,
        };
        paper_records::insert(act.conn, &paper)?;
        paper
    };
    let event = PaperKept { organisation: id, kind: paper.kind, name: paper.name.clone(), sha256: paper.sha256.clone(), valid_until: paper.valid_until };
    act.record(&event, paper)
}

/// Takes a paper out of the profile. Applications that have it keep it.
///
/// # Errors
/// `NotFound` for strangers, or when it was taken out already.
pub fn take_paper_out(act: &mut Act<'_>, id: OrganisationId, paper: PaperId) -> Result<Recorded<OrganisationPaper>> {
    records::visible_organisation(act.conn, act.actor, id)?;
    must(rules::may_edit(act.actor, id))?;
    let paper = paper_records::find(act.conn, id, paper)?;
    paper_records::remove(act.conn, paper.id, act.now)?;
    act.record(&PaperTakenOut { organisation: id, kind: paper.kind, name: paper.name.clone(), sha256: paper.sha256.clone() }, paper)
}
