//! Public pages: the fund's calls, awarded projects, the map, project sheets, results. Nothing here is about anybody who was not awarded.
pub mod pages;
pub mod records;

use crate::contracts::State;
use crate::kernel::{ApplicationId, Day, Instant, Money, RoundId, Tr};
use diesel::prelude::*;
use std::borrow::Borrow;

/// A project as the public sees it in lists.
#[derive(Clone, Debug, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::contracts)]
pub struct Project {
    pub code: String,
    pub title: String,
    pub organisation_name: String,
    #[serde(skip)]
    pub round_id: RoundId,
    #[serde(skip)]
    pub application_id: ApplicationId,
    pub tier: String,
    pub municipality: String,
    pub theme: String,
    pub state: State,
    pub starts_on: Day,
    pub ends_on: Day,
    pub months: i32,
    pub amount: Money,
    pub total: Money,
}
impl Project {
    /// The state in the public's words.
    #[must_use]
    pub fn state_label(&self, t: impl Borrow<Tr>) -> &'static str {
        state_label(self.state, *t.borrow())
    }
    #[must_use]
    pub const fn state_kind(&self) -> &'static str {
        match self.state {
            State::Active => "info",
            State::Closed => "ok",
            State::Terminated => "warn",
            _ => "",
        }
    }
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.state == State::Closed
    }
}

/// A contract's state in the public's words.
#[must_use]
pub fn state_label(state: State, t: Tr) -> &'static str {
    match state {
        State::Ended => t.portal_state_ended(),
        State::Closed => t.portal_state_closed(),
        State::Terminated => t.portal_state_terminated(),
        _ => t.portal_state_active(),
    }
}

/// What a visitor looks for among the projects.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub text: String,
    pub municipality: String,
    pub round: Option<RoundId>,
    pub tier: String,
    pub theme: String,
    pub state: Option<State>,
}

/// How many projects, and their money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    pub projects: i64,
    pub money: Money,
}
impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self { projects: sum.projects + one.projects, money: sum.money + one.money })
    }
}

/// How far the applications of a round came: counts only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Funnel {
    pub received: i64,
    pub passed: i64,
    pub above_threshold: i64,
    pub awarded: i64,
    pub money: Money,
    /// When the award was decided; before that only the received are public.
    pub decided_at: Option<Instant>,
}

/// An awarded application: the only ones whose names are public.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub struct Awarded {
    pub code: String,
    pub title: String,
    pub organisation_name: String,
    pub tier: String,
    pub municipality: String,
    pub amount: Money,
    #[serde(skip)]
    pub application_id: ApplicationId,
}
