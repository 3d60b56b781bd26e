//! Whether an application is whole: everything that its parts lack, and how far each of them is.
use super::{in_time, papers, texts, who};
use crate::applications::content::{Budget, Capacity, Declarations, Description, File, Logframe, Partners, Plan, Summary};
use crate::applications::{Part, budget, logframe, plan};
use crate::calls::Round;
use crate::kernel::{Instant, Reason};

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "to_fix")]
pub enum PartState {
    NotStarted,
    /// Nothing in it, and nothing is asked for.
    Optional,
    ToFix(usize),
    Ready,
}

/// How far this part is, by what is in it and what it still needs.
#[must_use]
pub fn state_of_part(file: &File, round: &Round, part: Part) -> PartState {
    state_in(&shortfalls_of(file, round), part.as_str(), is_started(file, part))
}

/// The same from shortfalls that are already known; also for `organisation` and `attachments`.
#[must_use]
pub fn state_in(shortfalls: &[Reason], part: &str, started: bool) -> PartState {
    let count = shortfalls.iter().filter(|reason| part_of(reason) == part).count();
    match (started, count) {
        (false, 0) => PartState::Optional,
        (false, _) => PartState::NotStarted,
        (true, 0) => PartState::Ready,
        (true, count) => PartState::ToFix(count),
    }
}

/// The part that a reason belongs to: `budget` of `budget#lines.b1.unit_cost`.
#[must_use]
pub fn part_of(reason: &Reason) -> &str {
    reason.at.split('#').next().unwrap_or_default()
}

/// Whether it only says that something is not there yet: while somebody adds rows, that is no error.
#[must_use]
pub fn is_still_empty(reason: &Reason) -> bool {
    reason.code == "missing" || reason.code.starts_with("no-")
}

/// Whether anything stands in this part.
#[must_use]
pub fn is_started(file: &File, part: Part) -> bool {
    match part {
        Part::Partners => file.partners != Partners::default(),
        Part::Summary => file.summary != Summary::default(),
        Part::Description => file.description != Description::default(),
        Part::Logframe => file.logframe != Logframe::default(),
        Part::Plan => file.plan != Plan::default(),
        Part::Budget => file.budget != Budget::default(),
        Part::Capacity => file.capacity != Capacity::default(),
        Part::Declarations => file.declarations != Declarations::default(),
    }
}

/// Everything that stands in the way of submission at this instant, in the order of the parts.
#[must_use]
pub fn shortfalls(file: &File, round: &Round, now: Instant) -> Vec<Reason> {
    let mut reasons = in_time(round, now);
    reasons.extend(shortfalls_of(file, round));
    reasons
}

/// What the contents lack, whatever the hour.
#[must_use]
pub fn shortfalls_of(file: &File, round: &Round) -> Vec<Reason> {
    let parts: [fn(&File, &Round) -> Vec<Reason>; 10] = [
        who::organisation,
        who::partners,
        texts::summary,
        texts::description,
        logframe::shortfalls,
        plan::shortfalls,
        budget::shortfalls,
        texts::capacity,
        papers::attachments,
        texts::declarations,
    ];
    parts.iter().flat_map(|part| part(file, round)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_optional_not_started_to_fix_or_ready() {
        let lacks = [Reason::new("missing", "summary#title", |_| "x".into()), Reason::new("missing", "summary#tier", |_| "x".into())];
        for (part, started, state) in [
            ("partners", false, PartState::Optional),
            ("partners", true, PartState::Ready),
            ("summary", false, PartState::NotStarted),
            ("summary", true, PartState::ToFix(2)),
        ] {
            assert_eq!(state_in(&lacks, part, started), state, "{part} {started}");
        }
    }
}
