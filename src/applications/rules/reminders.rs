//! When a draft is reminded of its deadline, and when it is told that it was missed.
use crate::calls::{Round, RoundState};
use crate::kernel::Instant;

/// What time says to the drafts of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reminder {
    /// The deadline comes nearer (E05).
    Nearing,
    /// It has passed, and the draft was not handed in (E06).
    Missed,
}

/// Hours before the deadline at which drafts are reminded (rules.md 5.6).
pub const REMINDED_BEFORE: [i64; 3] = [7 * 24, 48, 6];

/// The reminder that is due: the last one whose moment lies between the last look and now. A server that slept through several sends one.
#[must_use]
pub fn reminder_due(round: &Round, reminded_until: Option<Instant>, now: Instant) -> Option<Reminder> {
    if round.state != RoundState::Published {
        return None;
    }
    let since = reminded_until.unwrap_or(round.opens_at).max(round.opens_at);
    let due = |moment: Instant| since < moment && moment <= now;
    let missed = round.closes_at.plus_hours(1);
    if due(missed) {
        // Word that comes a week late helps nobody.
        return (now < missed.plus_days(7)).then_some(Reminder::Missed);
    }
    let nearing = now < round.closes_at && REMINDED_BEFORE.iter().any(|hours| due(round.closes_at.plus_hours(-hours)));
    nearing.then_some(Reminder::Nearing)
}
