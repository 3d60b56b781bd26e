//! What may happen in scoring and why not: who assigns and watches, the machine of an assignment, reminders, what a reader may see.
//! Assigning, the sheet and the outcome have rooms of their own.
mod assigning;
#[cfg(test)]
mod fixture;
mod outcome;
mod sheet;

pub use assigning::{Candidate, Reading, against_assigning, spread};
pub use outcome::{Outcome, counted, is_eligible, outcome, signed};
pub use sheet::{against_saving, boxes, merged, of_boxes, points, progress, shortfalls};

use super::{AssignmentState, EvaluationState};
use crate::applications::content::File;
use crate::calls::{Grid, Terms};
use crate::kernel::{Actor, Day, ProgrammeId, Role, Room, words};

/// The machine of one assignment: from, to.
pub const MOVES: &[(AssignmentState, AssignmentState)] = &[
    (AssignmentState::Assigned, AssignmentState::Reading),
    (AssignmentState::Assigned, AssignmentState::Recused),
    (AssignmentState::Assigned, AssignmentState::TakenBack),
    (AssignmentState::Reading, AssignmentState::TakenBack),
    (AssignmentState::Reopened, AssignmentState::TakenBack),
    (AssignmentState::TakenBack, AssignmentState::Assigned),
    (AssignmentState::Reading, AssignmentState::Submitted),
    (AssignmentState::Reading, AssignmentState::Recused),
    (AssignmentState::Submitted, AssignmentState::Reopened),
    (AssignmentState::Submitted, AssignmentState::Recused),
    (AssignmentState::Reopened, AssignmentState::Submitted),
    (AssignmentState::Reopened, AssignmentState::Recused),
];

/// Whether an assignment may go from one state to the other.
#[must_use]
pub fn may_move(from: AssignmentState, to: AssignmentState) -> bool {
    MOVES.contains(&(from, to))
}

/// Who gives applications to readers.
#[must_use]
pub fn may_assign(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(&[Role::Secretary, Role::GrantManager], programme)
}

/// Who sees who reads what, and how far they are.
#[must_use]
pub fn may_watch(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.opens(Room::Assignments, programme)
}

/// Who unlocks a signed sheet.
#[must_use]
pub fn may_reopen(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(&[Role::CommitteeMember, Role::GrantManager], programme)
}

/// How many readers an application needs now: one more than the round's number where they differ.
#[must_use]
pub fn readers_wanted(grid: &Grid, state: EvaluationState) -> usize {
    readers(grid) + usize::from(state == EvaluationState::ThirdReader)
}

fn readers(grid: &Grid) -> usize {
    usize::try_from(grid.readers).unwrap_or(1).max(1)
}

words!(
    /// When an evaluator is reminded (rules.md 5.3).
    Reminder { HalfTime = "half-time", ThreeDays = "three-days", Overdue = "overdue" }
);

/// The reminder that is due today for an unfinished reading, if any: each of the three once.
#[must_use]
pub fn reminder(assigned: Day, due: Day, reminded: Option<Day>, today: Day) -> Option<Reminder> {
    let half = assigned.plus_days(i64::from(assigned.days_until(due)) / 2);
    let steps = [(due.plus_days(1), Reminder::Overdue), (due.plus_days(-3), Reminder::ThreeDays), (half, Reminder::HalfTime)];
    // The latest step that has come; an assignment given inside the last three days has no earlier ones.
    let (since, step) = steps.into_iter().find(|(since, _)| *since <= today && *since > assigned)?;
    reminded.is_none_or(|day| day < since).then_some(step)
}

/// The file as a reader gets it: names and content, but nothing by which to reach anybody.
#[must_use]
pub fn for_reader(mut file: File) -> File {
    let profile = &mut file.organisation.profile;
    for contact in [
        &mut profile.address,
        &mut profile.postcode,
        &mut profile.phone,
        &mut profile.email,
        &mut profile.website,
        &mut profile.representative_email,
        &mut profile.contact,
        &mut profile.contact_email,
        &mut profile.contact_phone,
    ] {
        contact.clear();
    }
    file.partners.partners.iter_mut().for_each(|partner| partner.email.clear());
    file
}

/// Whether a reader may open this paper of the file: the call shows its document to evaluators.
#[must_use]
pub fn may_open(file: &File, terms: &Terms, sha256: &str) -> bool {
    let shown = |document: &str| terms.document(document.split('.').next().unwrap_or_default()).is_some_and(|document| document.evaluators);
    file.attachments.iter().any(|paper| paper.sha256 == sha256 && shown(&paper.document))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reminder_comes_once() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (assigned, due) = (day("2016-08-01"), day("2016-08-15"));
        let cases = [
            ("2016-08-07", None, None),
            ("2016-08-08", None, Some(Reminder::HalfTime)),
            ("2016-08-09", Some("2016-08-08"), None),
            ("2016-08-12", Some("2016-08-08"), Some(Reminder::ThreeDays)),
            ("2016-08-15", Some("2016-08-12"), None),
            ("2016-08-16", Some("2016-08-12"), Some(Reminder::Overdue)),
            ("2016-08-30", Some("2016-08-16"), None),
            ("2016-08-30", None, Some(Reminder::Overdue)),
        ];
        for (today, reminded, expected) in cases {
            assert_eq!(reminder(assigned, due, reminded.map(day), day(today)), expected, "{today}");
        }
    }

    #[test]
    fn every_move_starts_or_ends_where_the_machine_says() {
        assert!(may_move(AssignmentState::Reading, AssignmentState::Submitted));
        for state in AssignmentState::ALL {
            assert!(!may_move(AssignmentState::Recused, *state), "a conflict is for good");
            assert_eq!(may_move(*state, AssignmentState::Assigned), *state == AssignmentState::TakenBack, "given again");
        }
        assert!(!may_move(AssignmentState::Assigned, AssignmentState::Submitted));
        assert!(!may_move(AssignmentState::Submitted, AssignmentState::Submitted));
        assert!(!may_move(AssignmentState::Submitted, AssignmentState::TakenBack), "what is signed is unlocked first");
    }
}
