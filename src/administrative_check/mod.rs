//! The administrative evaluation: the round's checklist for each application, one request for what is missing,
//! passed or not and why. Two persons: one proposes, another decides (rules.md 3.5 and 5.2).
pub mod actions;
pub mod letters;
pub mod pages;
pub mod records;
pub mod rules;

use crate::calls::CheckLine;
use crate::kernel::{ApplicationId, ClarificationId, Instant, PersonId, RoundId, Tr, words};
use crate::workflow::Stored;
use diesel::prelude::*;

words!(
    /// Being checked, waiting for the applicant's answer, answered by the applicant, proposed by the first person, decided by the second.
    CheckState {
        Open = "open",
        Clarification = "clarification",
        Answered = "answered",
        Proposed = "proposed",
        Passed = "passed",
        Rejected = "rejected",
    }
);
impl CheckState {
    #[must_use]
    pub fn label(&self, t: Tr) -> &'static str {
        match self {
            Self::Open => t.check_state_open(),
            Self::Clarification => t.check_state_clarification(),
            Self::Answered => t.check_state_answered(),
            Self::Proposed => t.check_state_proposed(),
            Self::Passed => t.check_state_passed(),
            Self::Rejected => t.check_state_rejected(),
        }
    }
    /// The colour of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Clarification => "warn",
            Self::Answered | Self::Proposed => "info",
            Self::Passed => "ok",
            Self::Rejected => "err",
        }
    }
    /// Whether the first person has it in hand: it is neither the applicant's turn nor the second person's.
    #[must_use]
    pub const fn is_to_check(&self) -> bool {
        matches!(self, Self::Open | Self::Answered)
    }
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        matches!(self, Self::Passed | Self::Rejected)
    }
}

words!(
    /// The answer to a line of the checklist.
    Verdict { Yes = "yes", No = "no", NotApplicable = "not-applicable" }
);

words!(
    /// What the first person proposes.
    Outcome { Passed = "passed", Rejected = "rejected" }
);

/// The administrative evaluation of one application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::checks, treat_none_as_default_value = false)]
pub struct Check {
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub state: CheckState,
    /// The application's serial, so that lists by state are in order without a look elsewhere.
    pub serial: i32,
    /// How many lines there are, and how many a person has answered.
    pub lines: i32,
    pub answered: i32,
    /// Until when the applicant may answer the request.
    pub due_at: Option<Instant>,
    /// Since when it waits for whoever has it, or until when for the applicant: the earliest is the most urgent.
    pub turn_at: Instant,
    /// The first person: who works on it, and in the end proposes.
    pub checker_id: Option<PersonId>,
    pub checker_name: String,
    /// Keys of the lines that are the reasons, as JSON; none means that it passes.
    pub reasons: String,
    /// What the first person writes to the applicant.
    pub note: String,
    /// Why the second person sent it back the last time.
    pub dispute: String,
    pub begun_at: Instant,
    pub proposed_at: Option<Instant>,
    pub decided_by: Option<PersonId>,
    pub decided_by_name: String,
    pub decided_at: Option<Instant>,
    pub version: i32,
}
impl Check {
    #[must_use]
    pub fn reason_keys(&self) -> Vec<String> {
        serde_json::from_str(&self.reasons).unwrap_or_default()
    }
    /// What stands proposed or decided.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.state {
            CheckState::Open | CheckState::Clarification | CheckState::Answered => None,
            CheckState::Passed => Some(Outcome::Passed),
            CheckState::Rejected => Some(Outcome::Rejected),
            CheckState::Proposed => Some(if self.reason_keys().is_empty() { Outcome::Passed } else { Outcome::Rejected }),
        }
    }
}

/// The application that comes next in a person's queue.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub struct Next {
    pub id: ApplicationId,
    pub code: Option<String>,
}

/// A line of the checklist as it stands for one application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::check_lines, treat_none_as_default_value = false)]
pub struct Line {
    pub application_id: ApplicationId,
    /// Key of the round's `CheckLine`.
    pub line: String,
    pub position: i32,
    /// What the machine proposes; a person confirms or overrules it.
    pub machine: Option<Verdict>,
    /// What the machine saw, in both languages (JSON).
    pub evidence: String,
    /// What a person says.
    pub verdict: Option<Verdict>,
    pub note: String,
    pub checked_by: Option<PersonId>,
    pub checked_at: Option<Instant>,
}

/// The request for what is missing, and its answer, which stands beside the frozen version.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::clarifications, treat_none_as_default_value = false)]
pub struct Clarification {
    pub id: ClarificationId,
    pub application_id: ApplicationId,
    pub question: String,
    /// Keys of the lines that it is about, as JSON.
    pub items: String,
    pub asked_by: PersonId,
    pub asked_at: Instant,
    /// The first instant at which no answer is taken any more.
    pub due_at: Instant,
    /// While `answered_at` is empty this is the applicant's draft.
    pub answer: Option<String>,
    pub answered_by: Option<PersonId>,
    pub answered_at: Option<Instant>,
    /// How many reminders went out: at half-time, on the last day.
    pub reminders: i32,
    /// When time does the next thing: a reminder, or the end of the time; nothing once it is answered or over.
    pub next_at: Option<Instant>,
}
impl Clarification {
    #[must_use]
    pub fn item_keys(&self) -> Vec<String> {
        serde_json::from_str(&self.items).unwrap_or_default()
    }
    /// The lines of the round that it is about.
    #[must_use]
    pub fn items_of<'t>(&self, checklist: &'t [CheckLine]) -> Vec<&'t CheckLine> {
        let keys = self.item_keys();
        checklist.iter().filter(|line| keys.contains(&line.key)).collect()
    }
    /// The last day on which an answer is taken.
    #[must_use]
    pub fn last_day(&self) -> crate::kernel::Day {
        self.due_at.plus_seconds(-1).day()
    }
    #[must_use]
    pub fn takes_answers(&self, now: Instant) -> bool {
        self.answered_at.is_none() && now < self.due_at
    }
}

/// A person's answer to one line, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Answer {
    pub line: String,
    pub verdict: Option<Verdict>,
    pub note: String,
}

/// A file of the applicant's answer, on disk already.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Key of the line that it answers, or empty.
    pub line: String,
    pub stored: Stored,
    pub name: String,
    pub media_type: String,
}

/// What the first person puts to the second.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub outcome: Outcome,
    /// Keys of lines answered with no; none when it passes.
    pub reasons: Vec<String>,
    pub text: String,
}

/// What the second person says to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Agree,
    /// Back to the first person, with the reason.
    SendBack(String),
}
