//! Corrigenda: what changes in a call while it is public, in words, with its reason, told to everybody whom it concerns. Nothing of a
//! published call changes in any other way, but for its deadline, which has decisions of its own; both stand in one list.
pub mod actions;
mod letters;
mod office_pages;
pub mod pages;
pub mod records;
pub mod rules;

use crate::applications::DeadlineDecision;
use crate::kernel::{Bilingual, CorrigendumId, Instant, PersonId, Result, RoundId, Tr, fault, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// What a change does to whoever applies: it is for their knowledge, or it concerns what an application says, or it takes something
    /// away that an application which is in already might rest on.
    Weight { Notice = "notice", Substance = "substance", Narrows = "narrows" }
);

/// One change, in words: they are kept as they were said.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// `tiers.small.at_most`
    pub at: String,
    pub what: Bilingual,
    /// Empty where something was added.
    pub old: Bilingual,
    /// Empty where something was taken away.
    pub new: Bilingual,
    pub weight: Weight,
}

/// A corrigendum as it is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::corrigenda, treat_none_as_default_value = false)]
pub struct Corrigendum {
    pub id: CorrigendumId,
    pub round_id: RoundId,
    /// `Vec<Change>` as JSON.
    pub changes: String,
    pub reason: String,
    pub made_by: Option<PersonId>,
    pub made_by_name: String,
    pub made_at: Instant,
    pub letters: i32,
}

impl Corrigendum {
    /// What it changed.
    ///
    /// # Errors
    /// `Fault` when the stored text cannot be read.
    pub fn changes(&self) -> Result<Vec<Change>> {
        serde_json::from_str(&self.changes).map_err(fault)
    }
}

/// A line of the one list of everything that changed in a call: numbered in the order in which it was decided.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Entry {
    pub number: usize,
    pub at: Instant,
    pub reason: String,
    /// Of the terms; none where the deadline was moved.
    pub changes: Vec<Change>,
    #[serde(skip)]
    pub deadline: Option<DeadlineDecision>,
    /// The deadline that it set, where it set one.
    pub closes_at: Option<Instant>,
    #[serde(skip)]
    pub by: String,
}

impl Entry {
    /// What moved the deadline, in a sentence; empty where the terms changed.
    #[must_use]
    pub fn sentence(&self, t: impl Borrow<Tr>) -> String {
        self.deadline.as_ref().map(|decision| decision.sentence(*t.borrow())).unwrap_or_default()
    }
}

/// The one list, the newest first.
///
/// # Errors
/// `Fault` when a stored corrigendum cannot be read.
pub fn entries(corrigenda: Vec<Corrigendum>, decisions: Vec<DeadlineDecision>) -> Result<Vec<Entry>> {
    let mut entries = vec![];
    for one in corrigenda {
        let changes = one.changes()?;
        entries.push(Entry { number: 0, at: one.made_at, reason: one.reason, changes, deadline: None, closes_at: None, by: one.made_by_name });
    }
    for decision in decisions.into_iter().filter(DeadlineDecision::is_for_all) {
        entries.push(Entry {
            number: 0,
            at: decision.decided_at,
            reason: decision.reason.clone(),
            changes: vec![],
            closes_at: Some(decision.closes_at),
            by: decision.decided_by_name.clone(),
            deadline: Some(decision),
        });
    }
    entries.sort_by_key(|entry| entry.at);
    for (entry, number) in entries.iter_mut().zip(1..) {
        entry.number = number;
    }
    entries.reverse();
    Ok(entries)
}
