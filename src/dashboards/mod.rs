//! What waits for whom: the office's board of a round, the state of every letter, the log. They look across the stages and change nothing
//! (a letter that failed is tried again by the outbox's own action).
pub mod desk;
pub mod desk_records;
mod facts;
pub mod pages;
pub mod records;
pub mod rules;

use crate::administrative_check::CheckState;
use crate::applications::{DeadlineDecision, Status};
use crate::contracts::State;
use crate::kernel::{ApplicationId, Instant, Money};
use diesel::prelude::*;

/// Applications of a round that are alike, counted: from these all figures of the board are added up, so that they always agree.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub struct Group {
    pub status: Status,
    pub check: Option<CheckState>,
    /// Who has it.
    pub checker: Option<String>,
    pub municipality: String,
    pub count: i64,
    pub requested: Money,
}

/// What the later stages have made of the round so far.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Later {
    /// Evaluations with a final result, and those of them above the thresholds.
    pub evaluated: i64,
    pub above: i64,
    pub decided_at: Option<Instant>,
    pub awarded: i64,
    /// Contracts by their state.
    pub contracts: Vec<(State, i64)>,
}
impl Later {
    fn contracts_that(&self, pick: impl Fn(State) -> bool) -> i64 {
        self.contracts.iter().filter(|(state, _)| pick(*state)).map(|(_, count)| count).sum()
    }
    /// Contracts that both have signed.
    #[must_use]
    pub fn signed(&self) -> i64 {
        self.contracts_that(|state| state.is_project())
    }
    /// Projects in their implementation period.
    #[must_use]
    pub fn running(&self) -> i64 {
        self.contracts_that(|state| state == State::Active)
    }
    /// Projects whose implementation period is over, whatever is still to be reported and paid.
    #[must_use]
    pub fn over(&self) -> i64 {
        self.signed() - self.running()
    }
    /// Projects that still have something before them: activities, or the last report and the balance.
    #[must_use]
    pub fn unfinished(&self) -> i64 {
        self.contracts_that(|state| matches!(state, State::Active | State::Ended))
    }
}

/// All that the board counts.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Figures {
    pub groups: Vec<Group>,
    /// Answers that applicants owe: until when, how many.
    pub due: Vec<(Instant, i64)>,
    /// The newest decision about the round's deadline.
    pub deadline: Option<DeadlineDecision>,
    pub later: Later,
}

impl Figures {
    fn sum(&self, pick: impl Fn(&Group) -> bool) -> i64 {
        self.groups.iter().filter(|group| pick(group)).map(|group| group.count).sum()
    }
    #[must_use]
    pub fn started(&self) -> i64 {
        self.sum(|_| true)
    }
    #[must_use]
    pub fn submitted(&self) -> i64 {
        self.sum(|group| group.status == Status::Submitted)
    }
    /// Submitted applications whose check has not begun.
    #[must_use]
    pub fn not_begun(&self) -> i64 {
        self.sum(|group| group.status == Status::Submitted && group.check.is_none())
    }
    #[must_use]
    pub fn withdrawn(&self) -> i64 {
        self.sum(|group| group.status == Status::Withdrawn)
    }
    /// Submitted applications whose check stands there.
    #[must_use]
    pub fn in_state(&self, state: CheckState) -> i64 {
        self.sum(|group| group.status == Status::Submitted && group.check == Some(state))
    }
    #[must_use]
    pub fn decided(&self) -> i64 {
        self.in_state(CheckState::Passed) + self.in_state(CheckState::Rejected)
    }
    #[must_use]
    pub fn asked_for(&self) -> Money {
        self.groups.iter().filter(|group| group.status == Status::Submitted).map(|group| group.requested).sum()
    }
    /// Who has how many, and how many of them are done (proposed or decided); the most first. An empty name is nobody.
    #[must_use]
    pub fn work(&self) -> Vec<(String, i64, i64)> {
        let mut work: Vec<(String, i64, i64)> = vec![];
        for group in self.groups.iter().filter(|group| group.status == Status::Submitted) {
            let (Some(name), Some(state)) = (&group.checker, group.check) else { continue };
            let done = if state.is_decided() || state == CheckState::Proposed { group.count } else { 0 };
            match work.iter_mut().find(|(known, _, _)| known == name) {
                Some((_, all, ready)) => {
                    *all += group.count;
                    *ready += done;
                }
                None => work.push((name.clone(), group.count, done)),
            }
        }
        work.sort_by(|one, other| (one.0.is_empty(), -one.1, &one.0).cmp(&(other.0.is_empty(), -other.1, &other.0)));
        work
    }
    /// How many submitted applications count in this municipality.
    #[must_use]
    pub fn of_place(&self, code: &str) -> i64 {
        self.sum(|group| group.status == Status::Submitted && group.municipality == code)
    }
}

/// A row of the board's list.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub struct Row {
    pub id: ApplicationId,
    pub code: Option<String>,
    pub title: String,
    pub organisation: String,
    pub municipality: String,
    pub requested: Money,
    pub status: Status,
    pub check: Option<CheckState>,
    pub answered: Option<i32>,
    pub lines: Option<i32>,
    pub due_at: Option<Instant>,
    pub checker: Option<String>,
}

/// In which order the board's list shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What has waited longest for the office, then what the applicants owe soonest; what is decided comes last.
    #[default]
    Urgency,
    Code,
}
impl Order {
    #[must_use]
    pub fn asked(word: Option<&str>) -> Self {
        if word == Some(Self::Code.word()) { Self::Code } else { Self::Urgency }
    }
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Urgency => "",
            Self::Code => "code",
        }
    }
}

/// Which rows the board's list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    All,
    State(CheckState),
    Withdrawn,
}
impl Pick {
    #[must_use]
    pub fn asked(word: Option<&str>) -> Self {
        match word {
            Some("withdrawn") => Self::Withdrawn,
            Some(word) => word.parse().map_or(Self::All, Self::State),
            None => Self::All,
        }
    }
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::All => "",
            Self::State(state) => state.as_str(),
            Self::Withdrawn => "withdrawn",
        }
    }
    /// How many rows there are without a search.
    #[must_use]
    pub fn total(&self, figures: &Figures) -> i64 {
        match self {
            Self::All => figures.submitted(),
            Self::State(state) => figures.in_state(*state),
            Self::Withdrawn => figures.withdrawn(),
        }
    }
}
