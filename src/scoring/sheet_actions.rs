//! Saving a score sheet while it is written: whole, or box by box as its form saves by itself.
use super::{Assignment, AssignmentState, Sheet, records, rules};
use crate::calls::{self, Round};
use crate::kernel::merging::{Typed, Written, merge};
use crate::kernel::{ApplicationId, AssignmentId, Error, ProgrammeId, Reason, Result, fault, unless};
use crate::workflow::{Act, Event, Recorded, Subject};

/// Evaluators stand in these events by their assignment only: their names are not the applicant's to know.
#[derive(serde::Serialize)]
struct SheetSaved {
    programme: ProgrammeId,
    application: ApplicationId,
    assignment: AssignmentId,
    scored: usize,
    of: usize,
}
impl Event for SheetSaved {
    const KIND: &'static str = "scoring.sheet-saved";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Saves whatever is there. The new version.
///
/// # Errors
/// `NotFound`; `Refused` when it is locked; `Invalid` for a score that is none; `Stale` when another window has saved since.
pub fn save_sheet(act: &mut Act<'_>, id: AssignmentId, typed: &Sheet, version: i32) -> Result<Recorded<i32>> {
    let (assignment, round) = open(act, id)?;
    if assignment.version != version {
        return Err(Error::Stale);
    }
    let sheet = rules::merged(&assignment.sheet(), typed, &round.terms.grid);
    keep(act, assignment, &round, &sheet, false)
}

/// Puts boxes into the sheet as it is kept now: what no other window has changed meanwhile is taken, the others come back.
/// `by_itself`: nobody pressed a button.
///
/// # Errors
/// `NotFound`; `Refused` when it is locked; `Invalid` for a score that is none.
pub fn write_boxes(act: &mut Act<'_>, id: AssignmentId, typed: &[Typed], by_itself: bool) -> Result<Recorded<Written>> {
    let (assignment, round) = open(act, id)?;
    let mut boxes = rules::boxes(&assignment.sheet(), &round.terms.grid);
    let meanwhile = merge(&mut boxes, typed, false);
    let (saved_at, sheet) = (act.now, rules::of_boxes(&boxes));
    Ok(keep(act, assignment, &round, &sheet, by_itself)?.map(|version| Written { version, saved_at, boxes, meanwhile }))
}

/// My assignment, if its sheet may be written.
fn open(act: &mut Act<'_>, id: AssignmentId) -> Result<(Assignment, Round)> {
    let assignment = records::find_mine(act.conn, act.actor, id)?;
    unless(against_writing(act, &assignment)?)?;
    let round = calls::records::find(act.conn, assignment.round_id)?;
    Ok((assignment, round))
}

fn keep(act: &mut Act<'_>, mut assignment: Assignment, round: &Round, sheet: &Sheet, by_itself: bool) -> Result<Recorded<i32>> {
    let grid = &round.terms.grid;
    let complaints = rules::against_saving(sheet, grid);
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    let entry = act.run(assignment.noted_at.filter(|_| by_itself));
    assignment.sheet = serde_json::to_string(sheet).map_err(fault)?;
    assignment.saved_at = Some(act.now);
    assignment.noted_at = entry.or(Some(act.now));
    records::update(act.conn, &assignment)?;
    let version = assignment.version + 1;
    if let Some(entry) = entry {
        return act.covered_by(entry, version);
    }
    let (scored, of) = rules::progress(sheet, grid);
    act.record(&SheetSaved { programme: round.programme_id, application: assignment.application_id, assignment: assignment.id, scored, of }, version)
}

/// What stands in the way of writing a sheet.
pub(super) fn against_writing(act: &mut Act<'_>, assignment: &Assignment) -> Result<Vec<Reason>> {
    let mut reasons = vec![];
    if assignment.state == AssignmentState::TakenBack {
        reasons.push(Reason::new("taken-back", "", |t| t.scoring_was_taken_back().into()));
    } else if !assignment.state.is_open() {
        reasons.push(Reason::new("locked", "", |t| t.scoring_locked().into()));
    }
    if !records::has_passed(act.conn, assignment.application_id)? {
        reasons.push(Reason::new("not-passed", "", |t| t.scoring_not_passed().into()));
    }
    Ok(reasons)
}
