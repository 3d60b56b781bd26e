//! The order of applications, where the money ends, and what a decision needs.
//!
//! Eligible applications stand by points; at equal points the round's tie-breaks: the higher score in its sections, in their
//! order, then the lower request, then the earlier submission. The money is given from the top; the first application that does
//! not fit ends it: this one and all after it are the reserve list, even where a smaller one further down would fit, because
//! a place earned by points is not overtaken by a smaller request. Applications below a threshold follow, and get nothing.
use super::AwardOutcome;
use crate::calls::Grid;
use crate::kernel::{Actor, ApplicationId, Day, Instant, Money, OrganisationId, ProgrammeId, Reason, Role, Room};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Who sees a ranking.
#[must_use]
pub fn may_read(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.opens(Room::Ranking, programme)
}

/// The director decides, and nobody else (rules.md 5.0).
#[must_use]
pub fn may_decide(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is(Role::Director, programme)
}

/// Who gives an award back: it was declined, or not signed in time.
#[must_use]
pub fn may_lapse(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(&[Role::Director, Role::GrantManager], programme)
}

/// An application with a settled evaluation.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub application: ApplicationId,
    pub code: String,
    pub organisation: OrganisationId,
    /// In hundredths.
    pub points: i64,
    pub sections: BTreeMap<String, i64>,
    pub eligible: bool,
    pub requested: Money,
    pub submitted_at: Instant,
    /// What the organisation was awarded in the fund's other rounds.
    pub held: Money,
}

/// What the director changes: less than what was asked for, or left out; both with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub amount: Option<Money>,
    pub skip: bool,
    pub note: String,
}

/// A place in the ranking.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub candidate: Candidate,
    /// From 1.
    pub place: usize,
    pub outcome: AwardOutcome,
    /// What is granted; nothing unless awarded.
    pub amount: Money,
    /// All grants down to this one; where the money has ended, nothing.
    pub running: Option<Money>,
    /// With this grant the organisation would have more than the fund gives to one.
    pub over_cap: bool,
    pub note: String,
}

/// The ranking as it stands without a decision.
#[must_use]
pub fn ranking(candidates: Vec<Candidate>, grid: &Grid, envelope: Money, most_per_organisation: Money) -> Vec<Ranked> {
    ranking_with(candidates, grid, envelope, most_per_organisation, &BTreeMap::new())
}

/// The ranking with the director's changes: what is left out or lowered frees money for the next.
#[must_use]
pub fn ranking_with(
    mut candidates: Vec<Candidate>,
    grid: &Grid,
    envelope: Money,
    most_per_organisation: Money,
    changes: &BTreeMap<ApplicationId, Change>,
) -> Vec<Ranked> {
    candidates.sort_by_cached_key(|candidate| order(candidate, grid));
    let (mut running, mut ended) = (Money::ZERO, false);
    let mut by_organisation: BTreeMap<OrganisationId, Money> = BTreeMap::new();
    let mut ranked = Vec::with_capacity(candidates.len());
    for (position, candidate) in candidates.into_iter().enumerate() {
        let change = changes.get(&candidate.application).cloned().unwrap_or_default();
        let wanted = change.amount.unwrap_or(candidate.requested);
        let outcome = match (candidate.eligible, change.skip) {
            (false, _) => AwardOutcome::Below,
            (true, true) => AwardOutcome::PassedOver,
            (true, false) if !ended && running + wanted <= envelope => AwardOutcome::Awarded,
            (true, false) => AwardOutcome::Reserve,
        };
        ended |= outcome == AwardOutcome::Reserve;
        let amount = if outcome == AwardOutcome::Awarded { wanted } else { Money::ZERO };
        running += amount;
        let in_round = by_organisation.entry(candidate.organisation).or_default();
        let over_cap = candidate.eligible && !change.skip && candidate.held + *in_round + wanted > most_per_organisation;
        *in_round += amount;
        ranked.push(Ranked {
            place: position + 1,
            outcome,
            amount,
            running: (outcome == AwardOutcome::Awarded).then_some(running),
            over_cap,
            note: change.note,
            candidate,
        });
    }
    ranked
}

/// What an application stands by; the id at the end only so that no two are ever equal.
type Order = (bool, Reverse<i64>, Vec<Reverse<i64>>, Money, Instant, ApplicationId);

fn order(candidate: &Candidate, grid: &Grid) -> Order {
    let breaks = grid.tie_breaks.iter().map(|section| Reverse(candidate.sections.get(section).copied().unwrap_or(0))).collect();
    (!candidate.eligible, Reverse(candidate.points), breaks, candidate.requested, candidate.submitted_at, candidate.application)
}

/// What is awarded in all.
#[must_use]
pub fn awarded(ranked: &[Ranked]) -> Money {
    ranked.iter().map(|row| row.amount).sum()
}

/// The fingerprint of a ranking: whoever decides, decides on what they saw.
#[must_use]
pub fn seal(ranked: &[Ranked]) -> String {
    let lines: String = ranked.iter().map(|row| format!("{} {} {} {}\n", row.candidate.application, row.place, row.outcome, row.amount.to_cents())).collect();
    crate::kernel::fingerprint(lines.as_bytes())
}

/// How far the round is, as the decision must know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Submitted applications whose administrative evaluation is not decided.
    pub unchecked: usize,
    /// Passed applications whose evaluation is not settled.
    pub unsettled: usize,
    /// Applications that may still be handed in, by a deadline of their own.
    pub awaited: usize,
}

/// Everything that stands in the way of this decision.
#[must_use]
pub fn against_deciding(readiness: Readiness, ranked: &[Ranked], changes: &BTreeMap<ApplicationId, Change>, reasons: &str) -> Vec<Reason> {
    let mut against = vec![];
    if readiness.unchecked > 0 {
        against.push(Reason::new("unchecked", "", |t| t.awards_unchecked(readiness.unchecked)));
    }
    if readiness.unsettled > 0 {
        against.push(Reason::new("unsettled", "", |t| t.awards_unsettled(readiness.unsettled)));
    }
    if readiness.awaited > 0 {
        against.push(Reason::new("awaited", "", |t| t.awards_awaited(readiness.awaited)));
    }
    if ranked.is_empty() {
        against.push(Reason::new("nothing-ranked", "", |t| t.awards_nothing_ranked().into()));
    }
    if reasons.trim().is_empty() {
        against.push(Reason::new("no-reasons", "reasons", |t| t.awards_no_reasons().into()));
    }
    for row in ranked {
        let code = &row.candidate.code;
        if let Some(change) = changes.get(&row.candidate.application) {
            against.extend(against_change(row, change));
        }
        if row.outcome == AwardOutcome::Awarded && row.over_cap {
            against.push(Reason::new("over-cap", "changes", |t| t.awards_over_cap(code)));
        }
    }
    against
}

fn against_change(row: &Ranked, change: &Change) -> Vec<Reason> {
    let mut against = vec![];
    let code = &row.candidate.code;
    if !row.candidate.eligible {
        against.push(Reason::new("below-threshold", "changes", |t| t.awards_change_below(code)));
    }
    if change.note.trim().is_empty() {
        against.push(Reason::new("no-note", "changes", |t| t.awards_no_note(code)));
    }
    if let Some(amount) = change.amount {
        if amount > row.candidate.requested {
            against.push(Reason::new("above-request", "changes", |t| t.awards_above_request(code, t.euro(row.candidate.requested))));
        } else if amount <= Money::ZERO {
            against.push(Reason::new("no-amount", "changes", |t| t.awards_no_amount(code)));
        }
    }
    against
}

/// What a promotion from the reserve list must know.
#[derive(Clone, Copy, Debug)]
pub struct Promotion {
    pub outcome: AwardOutcome,
    /// It is the first that is left on the reserve list.
    pub is_first: bool,
    pub amount: Money,
    /// The envelope without what is awarded.
    pub free: Money,
    pub over_cap: bool,
    /// The reserve list is over.
    pub expired: bool,
    /// The applicant has withdrawn.
    pub withdrawn: bool,
}

/// The last day on which an application may move up from the reserve list.
#[must_use]
pub fn reserve_until(decided_on: Day, reserve_days: i64) -> Day {
    decided_on.plus_days(reserve_days)
}

/// Everything that stands in the way of moving an application up from the reserve list.
#[must_use]
pub fn against_promoting(promotion: Promotion, code: &str, reason: &str) -> Vec<Reason> {
    let mut against = vec![];
    if promotion.outcome != AwardOutcome::Reserve {
        against.push(Reason::new("not-in-reserve", "", |t| t.awards_not_in_reserve().into()));
    } else if !promotion.is_first {
        against.push(Reason::new("not-first", "", |t| t.awards_not_first().into()));
    }
    if promotion.expired {
        against.push(Reason::new("expired", "", |t| t.awards_reserve_over().into()));
    }
    if promotion.withdrawn {
        against.push(Reason::new("withdrawn", "", |t| t.awards_withdrawn().into()));
    }
    if promotion.amount > promotion.free {
        against.push(Reason::new("no-money", "", |t| t.awards_no_money(t.euro(promotion.amount), t.euro(promotion.free))));
    }
    if promotion.over_cap {
        against.push(Reason::new("over-cap", "", |t| t.awards_over_cap(code)));
    }
    if reason.trim().is_empty() {
        against.push(Reason::new("no-reason", "reason", |t| t.awards_no_reason().into()));
    }
    against
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Bilingual;
    use proptest::prelude::*;

    fn grid() -> Grid {
        let section = |key: &str| crate::calls::Section { key: key.into(), name: Bilingual::same(key), threshold: 0, criteria: vec![] };
        Grid {
            sections: vec![section("relevance"), section("budget")],
            anchors: vec![],
            comment_at: vec![],
            threshold: 60,
            readers: 2,
            gap: 20,
            tie_breaks: vec!["relevance".into(), "budget".into()],
            days: 14,
        }
    }
    fn at(minute: i64) -> Instant {
        Instant::at_tirane("2016-07-25T16:00").unwrap().plus_seconds(minute * 60)
    }
    fn candidate(code: &str, points: i64, relevance: i64, euros: i64, minute: i64) -> Candidate {
        Candidate {
            application: ApplicationId::new(),
            code: code.into(),
            organisation: OrganisationId::new(),
            points: points * 100,
            sections: [("relevance".to_owned(), relevance * 100)].into(),
            eligible: points >= 60,
            requested: Money::cents(euros * 100),
            submitted_at: at(minute),
            held: Money::ZERO,
        }
    }
    const CAP: Money = Money::cents(6_000_000);
    fn euros(amount: i64) -> Money {
        Money::cents(amount * 100)
    }
    fn codes(ranked: &[Ranked]) -> Vec<(String, AwardOutcome)> {
        ranked.iter().map(|row| (row.candidate.code.clone(), row.outcome)).collect()
    }

    #[test]
    fn ties_are_broken_by_sections_then_the_lower_request_then_the_earlier_submission() {
        let rows = vec![
            candidate("later", 80, 25, 9_000, 9),
            candidate("earlier", 80, 25, 9_000, 1),
            candidate("cheaper", 80, 25, 8_000, 20),
            candidate("relevant", 80, 26, 20_000, 30),
            candidate("best", 81, 10, 20_000, 40),
        ];
        let ranked = ranking(rows, &grid(), euros(1_000_000), CAP);
        let order: Vec<&str> = ranked.iter().map(|row| row.candidate.code.as_str()).collect();
        assert_eq!(order, ["best", "relevant", "cheaper", "earlier", "later"]);
        assert_eq!(ranked.iter().map(|row| row.place).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_first_that_does_not_fit_ends_the_money() {
        let rows = vec![
            candidate("a", 90, 0, 10_000, 0),
            candidate("b", 80, 0, 10_000, 0),
            candidate("c", 70, 0, 6_000, 0),
            candidate("small", 65, 0, 1_000, 0),
            candidate("below", 59, 0, 1_000, 0),
        ];
        let ranked = ranking(rows.clone(), &grid(), euros(25_000), CAP);
        use AwardOutcome::{Awarded, Below, Reserve};
        let expected = [("a", Awarded), ("b", Awarded), ("c", Reserve), ("small", Reserve), ("below", Below)].map(|(code, outcome)| (code.to_owned(), outcome));
        assert_eq!(codes(&ranked), expected);
        assert_eq!(awarded(&ranked), euros(20_000));
        assert_eq!(ranked.iter().map(|row| row.running).collect::<Vec<_>>(), [Some(euros(10_000)), Some(euros(20_000)), None, None, None]);
        // Exactly the envelope fits.
        assert_eq!(awarded(&ranking(rows, &grid(), euros(26_000), CAP)), euros(26_000));
    }

    #[test]
    fn a_high_total_below_a_sections_threshold_stands_below_the_eligible() {
        let mut high = candidate("high", 90, 0, 1_000, 0);
        high.eligible = false;
        let ranked = ranking(vec![high, candidate("low", 60, 0, 1_000, 0)], &grid(), euros(10_000), CAP);
        assert_eq!(codes(&ranked), [("low".to_owned(), AwardOutcome::Awarded), ("high".to_owned(), AwardOutcome::Below)]);
    }

    #[test]
    fn what_is_left_out_or_lowered_frees_money_for_the_next() {
        let rows = vec![candidate("a", 90, 0, 10_000, 0), candidate("b", 80, 0, 10_000, 0), candidate("c", 70, 0, 6_000, 0)];
        let skip: BTreeMap<_, _> = [(rows[0].application, Change { skip: true, note: "Double funding.".into(), amount: None })].into();
        let ranked = ranking_with(rows.clone(), &grid(), euros(20_000), CAP, &skip);
        use AwardOutcome::{Awarded, PassedOver};
        let expected = [("a", PassedOver), ("b", Awarded), ("c", Awarded)].map(|(code, outcome)| (code.to_owned(), outcome));
        assert_eq!(codes(&ranked), expected);
        let less: BTreeMap<_, _> = [(rows[1].application, Change { skip: false, note: "Without the car.".into(), amount: Some(euros(4_000)) })].into();
        let ranked = ranking_with(rows, &grid(), euros(20_000), CAP, &less);
        assert_eq!(awarded(&ranked), euros(20_000));
        assert!(against_deciding(Readiness::default(), &ranked, &less, "By rank.").is_empty());
    }

    #[test]
    fn a_decision_is_refused_with_every_reason_at_once() {
        let rows = vec![candidate("a", 90, 0, 10_000, 0), candidate("b", 50, 0, 10_000, 0)];
        let changes: BTreeMap<_, _> = [
            (rows[0].application, Change { skip: false, note: String::new(), amount: Some(euros(10_001)) }),
            (rows[1].application, Change { skip: true, note: "No.".into(), amount: None }),
        ]
        .into();
        let ranked = ranking_with(rows, &grid(), euros(20_000), CAP, &changes);
        let against = against_deciding(Readiness { unchecked: 1, unsettled: 2, awaited: 3 }, &ranked, &changes, "  ");
        let codes: Vec<&str> = against.iter().map(|reason| reason.code.as_str()).collect();
        assert_eq!(codes, ["unchecked", "unsettled", "awaited", "no-reasons", "no-note", "above-request", "below-threshold"]);
        assert_eq!(against_deciding(Readiness::default(), &[], &BTreeMap::new(), "x").len(), 1);
    }

    #[test]
    fn what_one_organisation_gets_over_all_rounds_is_capped() {
        let mut row = candidate("a", 90, 0, 20_000, 0);
        row.held = euros(40_000);
        assert!(!ranking(vec![row.clone()], &grid(), euros(100_000), CAP)[0].over_cap);
        row.held = euros(40_001);
        let ranked = ranking(vec![row.clone()], &grid(), euros(100_000), CAP);
        assert!(ranked[0].over_cap);
        assert_eq!(against_deciding(Readiness::default(), &ranked, &BTreeMap::new(), "x")[0].code, "over-cap");
        // Twice in the same round.
        row.held = Money::ZERO;
        let mut twin = candidate("b", 80, 0, 50_000, 0);
        twin.organisation = row.organisation;
        assert!(ranking(vec![row, twin], &grid(), euros(100_000), CAP)[1].over_cap);
    }

    #[test]
    fn only_the_first_in_reserve_moves_up_and_only_for_free_money() {
        let fine =
            Promotion { outcome: AwardOutcome::Reserve, is_first: true, amount: euros(5), free: euros(5), over_cap: false, expired: false, withdrawn: false };
        assert_eq!(against_promoting(fine, "R1-01", "R1-02 declined."), vec![]);
        for (promotion, code) in [
            (Promotion { outcome: AwardOutcome::Below, ..fine }, "not-in-reserve"),
            (Promotion { is_first: false, ..fine }, "not-first"),
            (Promotion { free: euros(4), ..fine }, "no-money"),
            (Promotion { over_cap: true, ..fine }, "over-cap"),
            (Promotion { expired: true, ..fine }, "expired"),
            (Promotion { withdrawn: true, ..fine }, "withdrawn"),
        ] {
            assert_eq!(against_promoting(promotion, "R1-01", "x")[0].code, code);
        }
        assert_eq!(against_promoting(fine, "R1-01", " ")[0].code, "no-reason");
    }

    fn any_candidate() -> impl Strategy<Value = Candidate> {
        (0i64..=100, 0i64..=30, 1i64..=30_000, 0i64..4).prop_map(|(points, relevance, euros, minute)| candidate("R1-01", points, relevance, euros, minute))
    }
    proptest! {
        #[test]
        fn whatever_order_the_rows_come_in_the_ranking_is_one(rows in proptest::collection::vec(any_candidate(), 0..30), turn in 0usize..30, envelope in 0i64..200_000) {
            let mut turned = rows.clone();
            if !rows.is_empty() {
                turned.rotate_left(turn % rows.len());
                turned.reverse();
            }
            prop_assert_eq!(seal(&ranking(rows, &grid(), euros(envelope), CAP)), seal(&ranking(turned, &grid(), euros(envelope), CAP)));
        }
        #[test]
        fn the_envelope_is_never_exceeded_and_nobody_overtakes(rows in proptest::collection::vec(any_candidate(), 0..30), envelope in 0i64..200_000) {
            let count = rows.len();
            let ranked = ranking(rows, &grid(), euros(envelope), CAP);
            prop_assert_eq!(ranked.len(), count);
            prop_assert!(awarded(&ranked) <= euros(envelope));
            prop_assert_eq!(ranked.iter().filter_map(|row| row.running).max().unwrap_or(Money::ZERO), awarded(&ranked));
            let first_left_out = ranked.iter().position(|row| row.outcome != AwardOutcome::Awarded).unwrap_or(count);
            prop_assert!(ranked.iter().skip(first_left_out).all(|row| row.outcome != AwardOutcome::Awarded));
            for pair in ranked.windows(2) {
                prop_assert!(pair[0].candidate.eligible || !pair[1].candidate.eligible);
                if pair[0].candidate.eligible == pair[1].candidate.eligible {
                    prop_assert!(pair[0].candidate.points >= pair[1].candidate.points);
                }
            }
        }
    }
}
