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
/// `decided` is when a decision gave the draft the deadline that it has, where one did: the letter about it was reminder enough, and
/// moments that had passed by then are not made up for.
#[must_use]
pub fn reminder_due(round: &Round, decided: Option<Instant>, reminded_until: Option<Instant>, now: Instant) -> Option<Reminder> {
    if round.state != RoundState::Published {
        return None;
    }
    let since = [decided, reminded_until].into_iter().flatten().fold(round.opens_at, Instant::max);
    let due = |moment: Instant| since < moment && moment <= now;
    let missed = round.closes_at.plus_hours(1);
    if due(missed) {
        // Word that comes a week late helps nobody.
        return (now < missed.plus_days(7)).then_some(Reminder::Missed);
    }
    let nearing = now < round.closes_at && REMINDED_BEFORE.iter().any(|hours| due(round.closes_at.plus_hours(-hours)));
    nearing.then_some(Reminder::Nearing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_reminds_of_nothing_that_had_passed_when_it_was_decided() {
        let at = |tirane: &str| Instant::at_tirane(tirane).unwrap();
        let file = crate::calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap();
        let published = file.rounds.iter().find(|round| round.code == "R3").unwrap().published();
        // A week before the deadline of 25 October everybody was reminded; two days later it is moved by two days.
        let reminded = Some(at("2017-10-18T17:00"));
        assert_eq!(reminder_due(&published, None, None, at("2017-10-18T17:00")), Some(Reminder::Nearing));
        let round = Round { closes_at: at("2017-10-27T17:00"), ..published };
        let decided = at("2017-10-20T17:30");
        let due = |decided: Option<Instant>, now: &str| reminder_due(&round, decided, reminded, at(now));
        assert_eq!(due(None, "2017-10-20T17:30"), Some(Reminder::Nearing), "the new week's moment was half an hour before the decision");
        for now in ["2017-10-20T17:30", "2017-10-20T17:31", "2017-10-25T16:59"] {
            assert_eq!(due(Some(decided), now), None, "{now}");
        }
        assert_eq!(due(Some(decided), "2017-10-25T17:00"), Some(Reminder::Nearing), "two days before the new one");
        assert_eq!(due(Some(decided), "2017-10-27T18:00"), Some(Reminder::Missed));
    }
}
