//! What the sheets of an application come to.
//!
//! A sheet's points are sums of score times weight: whole points. The result is the mean of the readers. Where two differ by
//! the round's limit or more, or stand on the two sides of the threshold, one more reader is asked, and the mean of the two
//! nearest totals counts; where two pairs are equally near, nobody can say which is right, and the mean of all counts.
//! Means are kept in hundredths of a point, rounded half up; the sections' hundredths are cut so that they add up to the total.
use super::{points, readers};
use crate::calls::Grid;
use crate::scoring::{Assignment, AssignmentState, Points};

/// The readings that count, as `outcome` takes them: the points of each signed sheet, nothing for one that is not signed.
#[must_use]
pub fn signed(assignments: &[Assignment], grid: &Grid) -> Vec<Option<Points>> {
    let counting = assignments.iter().filter(|assignment| assignment.counts());
    counting.map(|assignment| (assignment.state == AssignmentState::Submitted).then(|| points(&assignment.sheet(), grid))).collect()
}

/// The readings whose sheets the result is made of.
#[must_use]
pub fn counted<'a>(assignments: &'a [Assignment], grid: &Grid) -> Vec<&'a Assignment> {
    let counting: Vec<&Assignment> = assignments.iter().filter(|assignment| assignment.counts()).collect();
    match outcome(&signed(assignments, grid), grid) {
        Outcome::Settled { counted, .. } => counted.into_iter().filter_map(|at| counting.get(at).copied()).collect(),
        Outcome::Open | Outcome::ThirdReader { .. } => vec![],
    }
}

/// What the sheets of an application come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Readers are missing.
    Open,
    /// They are too far apart: one more.
    ThirdReader { gap: i64 },
    /// The result, with the places (in the list that was given) of the readers whose sheets count.
    Settled { points: Points, gap: i64, counted: Vec<usize>, eligible: bool },
}

/// The result of these readers: each is a signed sheet's points, or nothing yet. Readers with a conflict are not among them.
/// The order of the readers makes no difference.
#[must_use]
pub fn outcome(readings: &[Option<Points>], grid: &Grid) -> Outcome {
    let signed: Vec<(usize, &Points)> = readings.iter().enumerate().filter_map(|(at, points)| points.as_ref().map(|points| (at, points))).collect();
    let wanted = readers(grid);
    if signed.len() < wanted {
        return Outcome::Open;
    }
    let totals: Vec<i64> = signed.iter().map(|(_, points)| points.total).collect();
    let gap = totals.iter().max().unwrap_or(&0) - totals.iter().min().unwrap_or(&0);
    // One more reader was asked and is not in yet, or is to be asked.
    if readings.len() > signed.len() || readings.len() == wanted && differ(&totals, gap, grid) {
        return Outcome::ThirdReader { gap };
    }
    let counted = if readings.len() > wanted { nearest(&signed) } else { signed };
    let points = mean(&counted.iter().map(|(_, points)| *points).collect::<Vec<_>>(), grid);
    let eligible = is_eligible(&points, grid);
    Outcome::Settled { points, gap, counted: counted.iter().map(|(at, _)| *at).collect(), eligible }
}

/// Too far apart: the round's limit or more between them, or the threshold between them.
fn differ(totals: &[i64], gap: i64, grid: &Grid) -> bool {
    let needed = grid.threshold * 100;
    let above = totals.iter().filter(|total| **total >= needed).count();
    totals.len() > 1 && (gap >= grid.gap * 100 || above > 0 && above < totals.len())
}

/// The two readers with the least between them; all of them where two pairs are equally near.
fn nearest<'p>(signed: &[(usize, &'p Points)]) -> Vec<(usize, &'p Points)> {
    let mut ordered = signed.to_vec();
    ordered.sort_by_key(|(_, points)| points.total);
    let pairs: Vec<(i64, [(usize, &Points); 2])> =
        ordered.iter().zip(ordered.iter().skip(1)).map(|(lower, higher)| (higher.1.total - lower.1.total, [*lower, *higher])).collect();
    let least = pairs.iter().map(|(distance, _)| *distance).min().unwrap_or(0);
    let mut closest = pairs.into_iter().filter(|(distance, _)| *distance == least);
    match (closest.next(), closest.next()) {
        (Some((_, pair)), None) => pair.to_vec(),
        _ => ordered,
    }
}

/// The mean in hundredths, rounded half up; the sections get the hundredth that is left over by the largest remainder, so that they add up.
fn mean(all: &[&Points], grid: &Grid) -> Points {
    let count = i64::try_from(all.len()).unwrap_or(1).max(1);
    let sum: i64 = all.iter().map(|points| points.total).sum();
    let total = (2 * sum + count).div_euclid(2 * count);
    let mut sections: Vec<(&str, i64, i64)> = grid
        .sections
        .iter()
        .map(|section| {
            let sum: i64 = all.iter().map(|points| points.sections.get(&section.key).copied().unwrap_or(0)).sum();
            (section.key.as_str(), sum.div_euclid(count), sum.rem_euclid(count))
        })
        .collect();
    let mut left = total - sections.iter().map(|(_, floor, _)| floor).sum::<i64>();
    // Stable: at equal remainders the earlier section of the grid.
    sections.sort_by_key(|(_, _, remainder)| std::cmp::Reverse(*remainder));
    for (_, floor, _) in &mut sections {
        let more = left.clamp(0, 1);
        *floor += more;
        left -= more;
    }
    Points { total, sections: sections.into_iter().map(|(key, points, _)| (key.to_owned(), points)).collect() }
}

/// At or above the round's threshold, and each section at or above its own.
#[must_use]
pub fn is_eligible(points: &Points, grid: &Grid) -> bool {
    points.total >= grid.threshold * 100
        && grid.sections.iter().all(|section| points.sections.get(&section.key).copied().unwrap_or(0) >= section.threshold * 100)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{grid, total};
    use super::*;
    use proptest::prelude::*;

    fn settled(readings: &[Points]) -> (i64, Vec<usize>, bool) {
        match outcome(&readings.iter().cloned().map(Some).collect::<Vec<_>>(), &grid()) {
            Outcome::Settled { points, counted, eligible, .. } => (points.total, counted, eligible),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_mean_of_two_counts_and_meets_the_thresholds() {
        assert_eq!(settled(&[total(15, 25, 40), total(14, 24, 39)]), (7_850, vec![0, 1], true));
        // Enough in all, but eleven and a half of twelve in capacity.
        assert_eq!(settled(&[total(11, 25, 40), total(12, 25, 40)]), (7_650, vec![0, 1], false));
        assert_eq!(settled(&[total(12, 20, 28), total(12, 20, 28)]), (6_000, vec![0, 1], true));
        assert_eq!(settled(&[total(12, 20, 27), total(12, 20, 27)]), (5_900, vec![0, 1], false));
    }

    #[test]
    fn a_third_is_asked_at_the_limit_and_across_the_threshold() {
        let cases = [
            (total(15, 25, 30), total(15, 25, 49), false),
            (total(15, 25, 30), total(15, 25, 50), true),
            (total(12, 20, 27), total(12, 20, 28), true),
            (total(12, 10, 10), total(12, 10, 20), false),
        ];
        for (one, other, third) in cases {
            let got = outcome(&[Some(one.clone()), Some(other.clone())], &grid());
            assert_eq!(matches!(got, Outcome::ThirdReader { .. }), third, "{one:?} {other:?}");
        }
    }

    #[test]
    fn the_two_nearest_of_three_count_and_equal_distances_count_all() {
        // 62, 77 and 78 points: the mean of 77 and 78, as on the ranking of Round 1.
        assert_eq!(settled(&[total(12, 20, 30), total(15, 25, 37), total(15, 25, 38)]).0, 7_750);
        assert_eq!(settled(&[total(12, 20, 30), total(15, 25, 37), total(15, 25, 38)]).1, vec![1, 2]);
        assert_eq!(settled(&[total(12, 20, 28), total(12, 20, 38), total(12, 20, 48)]).0, 7_000);
        // 60, 70 and 80 and a bit: thirds are kept to the hundredth.
        assert_eq!(settled(&[total(12, 20, 20), total(12, 20, 21), total(12, 20, 22)]).0, 5_300);
    }

    #[test]
    fn nothing_is_settled_before_everybody_who_was_asked_is_in() {
        let one = Some(total(15, 25, 40));
        assert_eq!(outcome(&[], &grid()), Outcome::Open);
        assert_eq!(outcome(std::slice::from_ref(&one), &grid()), Outcome::Open);
        assert_eq!(outcome(&[one.clone(), None], &grid()), Outcome::Open);
        assert!(matches!(outcome(&[one.clone(), one.clone(), None], &grid()), Outcome::ThirdReader { .. }));
        assert!(matches!(outcome(&[one.clone(), one.clone(), one], &grid()), Outcome::Settled { .. }));
    }

    fn any_points() -> impl Strategy<Value = Points> {
        (4i64..=20, 6i64..=30, 10i64..=50).prop_map(|(capacity, relevance, design)| total(capacity, relevance, design))
    }

    proptest! {
        #[test]
        fn the_order_of_the_readers_makes_no_difference(readings in proptest::collection::vec(any_points(), 2..5), turn in 0usize..5) {
            let grid = grid();
            let mut turned = readings.clone();
            turned.rotate_left(turn % readings.len());
            let facts = |readings: &[Points]| match outcome(&readings.iter().cloned().map(Some).collect::<Vec<_>>(), &grid) {
                Outcome::Settled { points, gap, eligible, .. } => (Some(points), gap, eligible),
                Outcome::ThirdReader { gap } => (None, gap, false),
                Outcome::Open => (None, -1, false),
            };
            prop_assert_eq!(facts(&readings), facts(&turned));
        }
        #[test]
        fn sections_add_up_to_the_total_which_lies_between_the_readers(readings in proptest::collection::vec(any_points(), 2..5)) {
            if let Outcome::Settled { points, .. } = outcome(&readings.iter().cloned().map(Some).collect::<Vec<_>>(), &grid()) {
                prop_assert_eq!(points.sections.values().sum::<i64>(), points.total);
                prop_assert!(readings.iter().map(|r| r.total).min().unwrap() <= points.total);
                prop_assert!(readings.iter().map(|r| r.total).max().unwrap() >= points.total);
            }
        }
    }
}
