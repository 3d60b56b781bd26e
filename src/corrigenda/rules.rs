//! What may change in a call that is public, and what never. Pure: every reason at once.
mod changes;
mod marks;

pub use changes::changes;
pub use marks::{Mark, Marked, marks};

use super::{Change, Weight};
use crate::calls::file::ParsedRound;
use crate::calls::rules::against_reason;
use crate::calls::{Round, RoundState};
use crate::kernel::{Instant, Reason};

/// Everything that stands in the way of these changes: `submitted` applications are in.
#[must_use]
pub fn correcting(known: &Round, wanted: &ParsedRound, changes: &[Change], submitted: i64, reason: &str, now: Instant) -> Vec<Reason> {
    let mut reasons = against_changes(known, wanted, changes, submitted, now);
    reasons.extend(against_reason(reason));
    reasons
}

/// The same without the words that say why: what a page shows before they are written.
#[must_use]
pub fn against_changes(known: &Round, wanted: &ParsedRound, changes: &[Change], submitted: i64, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if known.state != RoundState::Published || known.is_closed(now) {
        reasons.push(Reason::new("not-open", "", |t| t.corrigendum_only_open().into()));
    }
    // The file says the deadline as it was published, or as it is since it was moved.
    if ![Some(known.closes_at), known.extended_from].contains(&Some(wanted.closes_at)) {
        reasons.push(Reason::new("deadline-elsewhere", "closes", |t| t.corrigendum_deadline_elsewhere(t.moment(known.closes_at))));
    }
    if known.opens_at != wanted.opens_at && (known.opens_at <= now || wanted.opens_at <= now) {
        reasons.push(Reason::new("opened", "opens", |t| t.corrigendum_is_opened().into()));
    }
    if wanted.terms.questions_close(known.questions_from()) < known.questions_close() {
        reasons.push(Reason::new("questions-earlier", "questions", |t| t.corrigendum_questions_earlier(crate::calls::last_moment(t, known.questions_close()))));
    }
    if changes.is_empty() {
        reasons.push(Reason::new("nothing-changed", "", |t| t.corrigendum_nothing_changed().into()));
    }
    if submitted > 0 {
        // Whoever has handed in relied on what was published: nothing of it is taken away from them.
        let narrowing = changes.iter().filter(|change| change.weight == Weight::Narrows);
        reasons.extend(narrowing.map(|change| Reason::new("narrows", change.at.clone(), |t| t.corrigendum_narrows(submitted, change.what.say(t)))));
    }
    let last = last_days(known);
    if last <= now && changes.iter().any(|change| change.weight != Weight::Notice) {
        reasons.push(Reason::new("last-days", "", |t| t.corrigendum_last_days(crate::calls::last_moment(t, last))));
    }
    reasons
}

/// From here to the deadline there is no time left in which an applicant could follow a change: it needs a later deadline first
/// (rules.md 5.1). The same days before the deadline within which answers would come late.
#[must_use]
pub fn last_days(round: &Round) -> Instant {
    round.closes_at.day().plus_days(-round.terms.answers_days).end()
}

/// Whether the file says of the fund itself what is known of it: the office corrects a call, not its fund.
#[must_use]
pub fn same_fund(known: &crate::programmes::Terms, wanted: &crate::programmes::Terms) -> bool {
    serde_json::to_value(known).ok() == serde_json::to_value(wanted).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Money;

    fn at(tirane: &str) -> Instant {
        Instant::at_tirane(tirane).unwrap()
    }

    fn published() -> (Round, ParsedRound) {
        let file = crate::calls::file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).unwrap();
        let parsed = file.rounds.into_iter().nth(2).unwrap();
        let round = parsed.published();
        (round, parsed)
    }

    fn codes(known: &Round, wanted: &ParsedRound, submitted: i64, now: &str) -> Vec<String> {
        let changes = changes(known, wanted);
        against_changes(known, wanted, &changes, submitted, at(now)).into_iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn what_is_narrower_is_refused_once_applications_are_in_and_what_is_wider_never() {
        let open = "2017-10-01T12:00";
        let narrower: [fn(&mut ParsedRound); 8] = [
            |round| round.terms.tiers[0].at_most = Money::cents(round.terms.tiers[0].at_most.to_cents() - 100),
            |round| round.terms.tiers[0].months_at_most -= 1,
            |round| round.terms.municipalities.truncate(1),
            |round| round.terms.languages.truncate(1),
            |round| round.terms.caps.indirect.0 -= 1,
            |round| round.terms.grid.threshold += 1,
            |round| round.envelope += Money::cents(-100),
            |round| round.terms.documents.iter_mut().filter(|document| !document.required).for_each(|document| document.required = true),
        ];
        for (place, change) in narrower.iter().enumerate() {
            let (known, mut wanted) = published();
            change(&mut wanted);
            assert!(codes(&known, &wanted, 0, open).is_empty(), "{place}: nobody relied on it yet");
            assert_eq!(codes(&known, &wanted, 1, open).first().map(String::as_str), Some("narrows"), "{place}");
            assert!(codes(&known, &wanted, 1, open).iter().all(|code| code == "narrows"), "{place}");
        }
        let wider: [fn(&mut ParsedRound); 5] = [
            |round| round.terms.tiers[0].at_most += Money::cents(100),
            |round| round.terms.tiers[0].at_least += Money::cents(-100),
            |round| round.terms.applications_per_organisation += 1,
            |round| round.terms.documents.iter_mut().for_each(|document| document.required = false),
            |round| round.terms.declarations.truncate(1),
        ];
        for (place, change) in wider.iter().enumerate() {
            let (known, mut wanted) = published();
            change(&mut wanted);
            assert!(codes(&known, &wanted, 7, open).is_empty(), "{place}");
        }
    }

    #[test]
    fn in_the_last_days_only_notices_change_unless_the_deadline_was_moved_first() {
        let (mut known, mut wanted) = published();
        wanted.terms.tiers[0].at_most += Money::cents(100);
        // Answers are due 7 days before: until the end of 18 October.
        assert!(codes(&known, &wanted, 0, "2017-10-18T23:59:59").is_empty());
        assert_eq!(codes(&known, &wanted, 0, "2017-10-19T00:00:00"), ["last-days"]);
        known.extended_from = Some(known.closes_at);
        known.closes_at = at("2017-11-05T17:00");
        assert!(codes(&known, &wanted, 0, "2017-10-19T00:00:00").is_empty(), "there is time again");
        let (known, mut notice) = published();
        notice.terms.name.en.push_str(" (corrected)");
        assert!(codes(&known, &notice, 9, "2017-10-25T16:59:59").is_empty());
        assert_eq!(codes(&known, &notice, 9, "2017-10-25T17:00:00"), ["not-open"]);
    }

    #[test]
    fn the_deadline_the_opening_and_the_cut_off_of_questions_are_no_corrigenda() {
        let open = "2017-10-01T12:00";
        let (known, wanted) = published();
        assert_eq!(codes(&known, &wanted, 0, open), ["nothing-changed"]);
        let mut later = wanted.clone();
        later.closes_at = later.closes_at.plus_days(3);
        assert_eq!(codes(&known, &later, 0, open), ["deadline-elsewhere", "nothing-changed"]);
        let mut opening = wanted.clone();
        opening.opens_at = opening.opens_at.plus_days(1);
        assert_eq!(codes(&known, &opening, 0, open), ["opened"]);
        assert!(codes(&known, &opening, 0, "2017-09-10T12:00").is_empty(), "before it opens it may open later");
        let mut earlier = wanted.clone();
        earlier.terms.questions_days += 1;
        assert_eq!(codes(&known, &earlier, 0, open), ["questions-earlier"]);
        let mut cancelled = known;
        cancelled.state = RoundState::Cancelled;
        assert_eq!(codes(&cancelled, &wanted, 0, open), ["not-open", "nothing-changed"]);
    }

    #[test]
    fn a_corrigendum_says_why() {
        let (known, mut wanted) = published();
        wanted.terms.name.en.push('!');
        let changes = changes(&known, &wanted);
        assert!(!correcting(&known, &wanted, &changes, 0, "No", at("2017-10-01T12:00")).is_empty());
        assert!(correcting(&known, &wanted, &changes, 0, "The address was wrong.", at("2017-10-01T12:00")).is_empty());
    }
}
