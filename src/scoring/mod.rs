//! Evaluators: impartiality, assignments, score sheets, the third reader, the settled result.
//!
//! Points are whole hundredths of a point, so that a mean of three is kept as exactly as it is shown.
pub mod actions;
pub mod letters;
pub mod pages;
pub mod records;
pub mod rules;
pub mod sheet_actions;

use crate::kernel::{ApplicationId, AssignmentId, Day, Instant, PersonId, RoundId, Tr, words};
use diesel::prelude::*;
use std::borrow::Borrow;
use std::collections::BTreeMap;

words!(
    /// One reader's way through one application (rules.md 5.3).
    AssignmentState {
        /// Given; the reader has not yet said whether there is a conflict of interest, and has seen nothing but names.
        Assigned = "assigned",
        /// No conflict: the reader reads and scores.
        Reading = "reading",
        /// Signed and locked.
        Submitted = "submitted",
        /// Unlocked again by the committee, with a reason; the old sheet stands in the log.
        Reopened = "reopened",
        /// A conflict of interest: what was scored is void, another reader is needed.
        Recused = "recused",
        /// The office took it back before it was signed: what was scored is gone, the place is free.
        TakenBack = "taken-back",
    }
);
impl AssignmentState {
    /// Those in which a reading counts no more.
    pub const GONE: [Self; 2] = [Self::Recused, Self::TakenBack];
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Assigned => t.scoring_state_assigned(),
            Self::Reading => t.scoring_state_reading(),
            Self::Submitted => t.scoring_state_submitted(),
            Self::Reopened => t.scoring_state_reopened(),
            Self::Recused => t.scoring_state_recused(),
            Self::TakenBack => t.scoring_state_taken_back(),
        }
    }
    /// Whether the sheet may be written.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Reading | Self::Reopened)
    }
    /// The class of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Submitted => "ok",
            Self::Recused => "err",
            Self::Reopened => "warn",
            Self::Assigned | Self::Reading | Self::TakenBack => "",
        }
    }
}

words!(
    /// The result of one application.
    EvaluationState {
        /// Sheets are missing.
        Open = "open",
        /// Two readers differ too much: a third is needed.
        ThirdReader = "third-reader",
        /// Every reader is in, the points stand.
        Settled = "settled",
        /// Part of an award decision: nothing about it changes any more.
        Final = "final",
    }
);
impl EvaluationState {
    /// Every reader is in: the points stand.
    #[must_use]
    pub const fn has_result(self) -> bool {
        matches!(self, Self::Settled | Self::Final)
    }
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Open => t.scoring_evaluation_open(),
            Self::ThirdReader => t.scoring_evaluation_third_reader(),
            Self::Settled => t.scoring_evaluation_settled(),
            Self::Final => t.scoring_evaluation_final(),
        }
    }
}

/// What a reader writes, whatever of it is there: scores 1 to 5, a comment for each section, words for a score that needs them.
/// Scores and reasons are kept under `section.criterion`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Sheet {
    pub scores: BTreeMap<String, u8>,
    pub reasons: BTreeMap<String, String>,
    pub comments: BTreeMap<String, String>,
}

/// Where a criterion stands in a sheet.
#[must_use]
pub fn place(section: &str, criterion: &str) -> String {
    format!("{section}.{criterion}")
}

/// Points of each section (keyed as in the grid) and in all, in hundredths.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Points {
    pub sections: BTreeMap<String, i64>,
    pub total: i64,
}

/// One application given to one reader.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::assignments, treat_none_as_default_value = false)]
pub struct Assignment {
    pub id: AssignmentId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub evaluator_id: PersonId,
    /// 1, 2, then 3 where two differ.
    pub reader: i32,
    pub state: AssignmentState,
    /// What the reader said of a conflict of interest.
    pub conflict: String,
    pub cleared_at: Option<Instant>,
    /// `Sheet` as JSON.
    pub sheet: String,
    /// The total in hundredths, once the sheet is signed.
    pub points: Option<i64>,
    pub due_on: Day,
    pub assigned_by: PersonId,
    pub assigned_at: Instant,
    pub saved_at: Option<Instant>,
    pub submitted_at: Option<Instant>,
    pub reminded_at: Option<Instant>,
    /// When the log last had an entry about a save of the sheet.
    pub noted_at: Option<Instant>,
    pub version: i32,
}
impl Assignment {
    /// What is written so far; an empty sheet where the stored text cannot be read.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        serde_json::from_str(&self.sheet).unwrap_or_default()
    }
    /// Whether this reading counts: a reader with a conflict never read, and what was taken back is nobody's.
    #[must_use]
    pub fn counts(&self) -> bool {
        !AssignmentState::GONE.contains(&self.state)
    }
}

/// The result of one application: what the ranking reads.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::evaluations, treat_none_as_default_value = false)]
pub struct Evaluation {
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub state: EvaluationState,
    /// In hundredths, once settled.
    pub points: Option<i64>,
    /// Points of each section in hundredths, as JSON.
    pub sections: String,
    /// Between the highest and the lowest reader, in hundredths.
    pub gap: Option<i64>,
    /// Settled, and at or above every threshold.
    pub eligible: bool,
    pub settled_at: Option<Instant>,
    pub version: i32,
}
impl Evaluation {
    #[must_use]
    pub fn sections(&self) -> BTreeMap<String, i64> {
        serde_json::from_str(&self.sections).unwrap_or_default()
    }
}

/// Points as people write them: `88`, `77.5`, `83.67`; with a comma in Albanian.
#[must_use]
pub fn shown(hundredths: i64, t: Tr) -> String {
    t.quantity(crate::kernel::Quantity::cents(hundredths))
}
