//! What a score sheet needs, when readers are too far apart, and what their sheets add up to.
//!
//! A sheet's points are sums of score times weight: whole points. The result is the mean of the readers. Where two differ by
//! the round's limit or more, or stand on the two sides of the threshold, one more reader is asked, and the mean of the two
//! nearest totals counts; where two pairs are equally near, nobody can say which is right, and the mean of all counts.
//! Means are kept in hundredths of a point, rounded half up; the sections' hundredths are cut so that they add up to the total.
use super::{Assignment, AssignmentState, EvaluationState, Points, Sheet, place};
use crate::applications::content::File;
use crate::calls::{Grid, Section, Terms};
use crate::kernel::{Actor, Day, OrganisationId, PersonId, ProgrammeId, Reason, Role, Room, words};
use std::collections::BTreeMap;

/// The machine of one assignment: from, to.
pub const MOVES: &[(AssignmentState, AssignmentState)] = &[
    (AssignmentState::Assigned, AssignmentState::Reading),
    (AssignmentState::Assigned, AssignmentState::Recused),
    (AssignmentState::Reading, AssignmentState::Submitted),
    (AssignmentState::Reading, AssignmentState::Recused),
    (AssignmentState::Submitted, AssignmentState::Reopened),
    (AssignmentState::Submitted, AssignmentState::Recused),
    (AssignmentState::Reopened, AssignmentState::Submitted),
    (AssignmentState::Reopened, AssignmentState::Recused),
];

/// Whether an assignment may go from one state to the other.
#[must_use]
pub fn may_move(from: AssignmentState, to: AssignmentState) -> bool {
    MOVES.contains(&(from, to))
}

/// Who gives applications to readers.
#[must_use]
pub fn may_assign(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(&[Role::Secretary, Role::GrantManager], programme)
}

/// Who sees who reads what, and how far they are.
#[must_use]
pub fn may_watch(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.opens(Room::Assignments, programme)
}

/// Who unlocks a signed sheet.
#[must_use]
pub fn may_reopen(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(&[Role::CommitteeMember, Role::GrantManager], programme)
}

/// How many readers an application needs now: one more than the round's number where they differ.
#[must_use]
pub fn readers_wanted(grid: &Grid, state: EvaluationState) -> usize {
    readers(grid) + usize::from(state == EvaluationState::ThirdReader)
}

fn readers(grid: &Grid) -> usize {
    usize::try_from(grid.readers).unwrap_or(1).max(1)
}

/// A person who may be given applications to read.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub is_evaluator: bool,
    pub organisations: Vec<OrganisationId>,
    /// Of those organisations, to recognise partners, who have no account with us.
    pub nipts: Vec<String>,
    /// How many readings this person has in the round already.
    pub load: usize,
}

/// What an assignment must know of the application.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    pub passed: bool,
    pub state: EvaluationState,
    pub before: &'a [Assignment],
    /// Organisations that apply in this round, this application's among them.
    pub applicants: &'a [OrganisationId],
    /// NIPTs of this application's partners.
    pub partners: &'a [String],
}

/// Everything that stands in the way of giving this application to these people.
#[must_use]
pub fn against_assigning(reading: &Reading<'_>, chosen: &[Candidate], grid: &Grid) -> Vec<Reason> {
    let mut reasons = vec![];
    if !reading.passed {
        reasons.push(Reason::new("not-passed", "", |t| t.scoring_not_passed().into()));
    }
    if reading.state == EvaluationState::Final {
        reasons.push(Reason::new("decided", "", |t| t.scoring_is_final().into()));
    }
    let active = reading.before.iter().filter(|assignment| assignment.counts()).count();
    let wanted = readers_wanted(grid, reading.state);
    if chosen.is_empty() {
        reasons.push(Reason::new("no-evaluator", "evaluator", |t| t.scoring_no_evaluator().into()));
    } else if active + chosen.len() > wanted {
        reasons.push(Reason::new("enough-readers", "evaluator", |t| t.scoring_enough_readers(wanted)));
    }
    for (position, candidate) in chosen.iter().enumerate() {
        reasons.extend(against_reader(reading, candidate));
        if chosen.iter().take(position).any(|other| other.person == candidate.person) {
            reasons.push(Reason::new("same-reader", "evaluator", |t| t.scoring_same_reader(&candidate.name)));
        }
    }
    reasons
}

fn against_reader(reading: &Reading<'_>, candidate: &Candidate) -> Vec<Reason> {
    let mut reasons = vec![];
    let name = &candidate.name;
    if !candidate.is_evaluator {
        reasons.push(Reason::new("no-evaluator-role", "evaluator", |t| t.scoring_not_an_evaluator(name)));
    }
    let applies = candidate.organisations.iter().any(|organisation| reading.applicants.contains(organisation));
    let partners = candidate.nipts.iter().any(|nipt| reading.partners.contains(nipt));
    if applies || partners {
        reasons.push(Reason::new("own-organisation", "evaluator", |t| t.scoring_own_organisation(name)));
    }
    if reading.before.iter().any(|assignment| assignment.evaluator_id == candidate.person) {
        reasons.push(Reason::new("already-reader", "evaluator", |t| t.scoring_already_reader(name)));
    }
    reasons
}

/// Gives every application the readers that it lacks: always those with the fewest readings, at equal load in the order of their
/// ids, so that the same facts give the same lists. Applications for whom too few may read keep fewer.
#[must_use]
pub fn spread<A: Copy>(open: &[(A, Reading<'_>)], candidates: &[Candidate], grid: &Grid) -> Vec<(A, PersonId)> {
    let mut loads: BTreeMap<PersonId, usize> = candidates.iter().map(|candidate| (candidate.person, candidate.load)).collect();
    let mut given = vec![];
    for (application, reading) in open {
        if !reading.passed || reading.state == EvaluationState::Final {
            continue;
        }
        let active = reading.before.iter().filter(|assignment| assignment.counts()).count();
        let mut free: Vec<&Candidate> = candidates.iter().filter(|candidate| against_reader(reading, candidate).is_empty()).collect();
        free.sort_by_key(|candidate| (loads.get(&candidate.person).copied().unwrap_or(0), candidate.person));
        for candidate in free.into_iter().take(readers_wanted(grid, reading.state).saturating_sub(active)) {
            *loads.entry(candidate.person).or_default() += 1;
            given.push((*application, candidate.person));
        }
    }
    given
}

/// Everything that a sheet still lacks before it can be signed (rules.md 3.4): every score, words for each section, words for
/// each score that the round wants explained. A section's comment does not stand in for a score's reason.
#[must_use]
pub fn shortfalls(sheet: &Sheet, grid: &Grid) -> Vec<Reason> {
    let mut reasons = vec![];
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            match sheet.scores.get(&place) {
                None => reasons.push(Reason::new("no-score", format!("score.{place}"), |t| t.scoring_no_score(criterion.question.say(t)))),
                Some(score) if grid.comment_at.contains(score) && is_blank(&sheet.reasons, &place) => {
                    let score = i64::from(*score);
                    reasons.push(Reason::new("no-reason", format!("reason.{place}"), |t| t.scoring_no_reason(criterion.question.say(t), score)));
                }
                Some(_) => {}
            }
        }
        if is_blank(&sheet.comments, &section.key) {
            reasons.push(Reason::new("no-comment", format!("comment.{}", section.key), |t| t.scoring_no_comment(section.name.say(t))));
        }
    }
    reasons
}

fn is_blank(texts: &BTreeMap<String, String>, key: &str) -> bool {
    texts.get(key).is_none_or(|text| text.trim().is_empty())
}

/// What was typed that no sheet can hold: a score that is none.
#[must_use]
pub fn against_saving(sheet: &Sheet, grid: &Grid) -> Vec<Reason> {
    let mut reasons = vec![];
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            if sheet.scores.get(&place).is_some_and(|score| !(1..=5).contains(score)) {
                reasons.push(Reason::new("bad-score", format!("score.{place}"), |t| t.scoring_bad_score().into()));
            }
        }
    }
    reasons
}

/// The stored sheet with what has just come: nothing that is not in the form is taken away, nothing outside the grid gets in.
#[must_use]
pub fn merged(stored: &Sheet, typed: &Sheet, grid: &Grid) -> Sheet {
    let mut sheet = stored.clone();
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            if let Some(score) = typed.scores.get(&place) {
                sheet.scores.insert(place.clone(), *score);
            }
            if let Some(reason) = typed.reasons.get(&place) {
                sheet.reasons.insert(place, reason.clone());
            }
        }
        if let Some(comment) = typed.comments.get(&section.key) {
            sheet.comments.insert(section.key.clone(), comment.clone());
        }
    }
    sheet
}

/// What a sheet gives so far, in hundredths.
#[must_use]
pub fn points(sheet: &Sheet, grid: &Grid) -> Points {
    let of = |section: &Section| -> i64 {
        let each = section.criteria.iter().map(|criterion| (sheet.scores.get(&place(&section.key, &criterion.key)), criterion.weight));
        each.map(|(score, weight)| score.map_or(0, |score| i64::from(*score)) * weight * 100).sum()
    };
    let sections: BTreeMap<String, i64> = grid.sections.iter().map(|section| (section.key.clone(), of(section))).collect();
    Points { total: sections.values().sum(), sections }
}

/// How many criteria have a score, of how many.
#[must_use]
pub fn progress(sheet: &Sheet, grid: &Grid) -> (usize, usize) {
    let all = grid.sections.iter().flat_map(|section| section.criteria.iter().map(|criterion| place(&section.key, &criterion.key)));
    all.fold((0, 0), |(done, of), place| (done + usize::from(sheet.scores.contains_key(&place)), of + 1))
}

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

words!(
    /// When an evaluator is reminded (rules.md 5.3).
    Reminder { HalfTime = "half-time", ThreeDays = "three-days", Overdue = "overdue" }
);

/// The reminder that is due today for an unfinished reading, if any: each of the three once.
#[must_use]
pub fn reminder(assigned: Day, due: Day, reminded: Option<Day>, today: Day) -> Option<Reminder> {
    let half = assigned.plus_days(i64::from(assigned.days_until(due)) / 2);
    let steps = [(due.plus_days(1), Reminder::Overdue), (due.plus_days(-3), Reminder::ThreeDays), (half, Reminder::HalfTime)];
    // The latest step that has come; an assignment given inside the last three days has no earlier ones.
    let (since, step) = steps.into_iter().find(|(since, _)| *since <= today && *since > assigned)?;
    reminded.is_none_or(|day| day < since).then_some(step)
}

/// The file as a reader gets it: names and content, but nothing by which to reach anybody.
#[must_use]
pub fn for_reader(mut file: File) -> File {
    let profile = &mut file.organisation.profile;
    for contact in [
        &mut profile.address,
        &mut profile.postcode,
        &mut profile.phone,
        &mut profile.email,
        &mut profile.website,
        &mut profile.representative_email,
        &mut profile.contact,
        &mut profile.contact_email,
        &mut profile.contact_phone,
    ] {
        contact.clear();
    }
    file.partners.partners.iter_mut().for_each(|partner| partner.email.clear());
    file
}

/// Whether a reader may open this paper of the file: the call shows its document to evaluators.
#[must_use]
pub fn may_open(file: &File, terms: &Terms, sha256: &str) -> bool {
    let shown = |document: &str| terms.document(document.split('.').next().unwrap_or_default()).is_some_and(|document| document.evaluators);
    file.attachments.iter().any(|paper| paper.sha256 == sha256 && shown(&paper.document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Criterion;
    use crate::kernel::{AssignmentId, Bilingual, RoundId};
    use proptest::prelude::*;

    fn criterion(key: &str, weight: i64) -> Criterion {
        Criterion { key: key.into(), question: Bilingual::same(key), weight, part: String::new() }
    }
    fn section(key: &str, threshold: i64, weights: &[i64]) -> Section {
        let criteria = weights.iter().enumerate().map(|(at, weight)| criterion(&format!("c{at}"), *weight)).collect();
        Section { key: key.into(), name: Bilingual::same(key), threshold, criteria }
    }
    fn grid() -> Grid {
        Grid {
            sections: vec![section("capacity", 12, &[1, 1, 1, 1]), section("relevance", 0, &[2, 2, 1, 1]), section("design", 0, &[2, 2, 2, 2, 2])],
            anchors: vec![],
            comment_at: vec![1, 2, 5],
            threshold: 60,
            readers: 2,
            gap: 20,
            tie_breaks: vec![],
            days: 14,
        }
    }
    fn total(capacity: i64, relevance: i64, design: i64) -> Points {
        let sections = [("capacity", capacity), ("relevance", relevance), ("design", design)];
        Points { total: (capacity + relevance + design) * 100, sections: sections.map(|(key, points)| (key.to_owned(), points * 100)).into() }
    }
    fn settled(readings: &[Points]) -> (i64, Vec<usize>, bool) {
        match outcome(&readings.iter().cloned().map(Some).collect::<Vec<_>>(), &grid()) {
            Outcome::Settled { points, counted, eligible, .. } => (points.total, counted, eligible),
            other => panic!("{other:?}"),
        }
    }
    fn full(score: u8) -> Sheet {
        let mut sheet = Sheet::default();
        for section in &grid().sections {
            for criterion in &section.criteria {
                sheet.scores.insert(place(&section.key, &criterion.key), score);
            }
            sheet.comments.insert(section.key.clone(), "Sound.".into());
        }
        sheet
    }

    #[test]
    fn a_sheet_of_fours_is_eighty_of_a_hundred() {
        assert_eq!(grid().most(), 100);
        assert_eq!(points(&full(4), &grid()).total, 8_000);
        assert_eq!(points(&Sheet::default(), &grid()).total, 0);
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

    #[test]
    fn scores_of_one_two_and_five_need_words_of_their_own() {
        assert_eq!(shortfalls(&full(3), &grid()), vec![]);
        assert_eq!(shortfalls(&full(4), &grid()), vec![]);
        for score in [1, 2, 5] {
            let reasons = shortfalls(&full(score), &grid());
            assert_eq!(reasons.len(), 13, "{score}");
            assert!(reasons.iter().all(|reason| reason.code == "no-reason"), "{score}");
        }
        let mut sheet = full(5);
        for section in &grid().sections {
            for criterion in &section.criteria {
                sheet.reasons.insert(place(&section.key, &criterion.key), "Because.".into());
            }
        }
        assert_eq!(shortfalls(&sheet, &grid()), vec![]);
        sheet.comments.insert("design".into(), " \n".into());
        sheet.scores.remove("capacity.c0");
        let missing: Vec<(String, String)> = shortfalls(&sheet, &grid()).into_iter().map(|reason| (reason.code, reason.at)).collect();
        assert_eq!(missing, [("no-score".into(), "score.capacity.c0".into()), ("no-comment".into(), "comment.design".into())]);
    }

    #[test]
    fn saving_takes_nothing_away_and_lets_nothing_strange_in() {
        let stored = full(4);
        let mut typed = Sheet::default();
        typed.scores.insert("capacity.c0".into(), 2);
        typed.scores.insert("nowhere.c9".into(), 5);
        typed.comments.insert("design".into(), String::new());
        let kept = merged(&stored, &typed, &grid());
        assert_eq!(kept.scores.get("capacity.c0"), Some(&2));
        assert_eq!(kept.scores.len(), 13);
        assert_eq!(kept.comments.get("design").map(String::as_str), Some(""));
        assert_eq!(kept.comments.get("capacity").map(String::as_str), Some("Sound."));
        typed.scores.insert("capacity.c1".into(), 6);
        assert_eq!(against_saving(&typed, &grid()).len(), 1);
    }

    fn candidate(load: usize, organisation: Option<OrganisationId>) -> Candidate {
        Candidate {
            person: PersonId::new(),
            name: "Dr. E. Marku".into(),
            is_evaluator: true,
            organisations: organisation.into_iter().collect(),
            nipts: vec![],
            load,
        }
    }
    fn given_to(person: PersonId, state: AssignmentState) -> Assignment {
        let day: Day = "2016-08-01".parse().unwrap();
        Assignment {
            id: AssignmentId::new(),
            application_id: crate::kernel::ApplicationId::new(),
            round_id: RoundId::new(),
            evaluator_id: person,
            reader: 1,
            state,
            conflict: String::new(),
            cleared_at: None,
            sheet: "{}".into(),
            points: None,
            due_on: day,
            assigned_by: PersonId::new(),
            assigned_at: day.start(),
            saved_at: None,
            submitted_at: None,
            reminded_at: None,
            version: 1,
        }
    }

    #[test]
    fn who_may_not_read_is_told_all_at_once() {
        let applicant = OrganisationId::new();
        let one = candidate(0, Some(applicant));
        let before = [given_to(one.person, AssignmentState::Recused)];
        let reading = Reading { passed: false, state: EvaluationState::Open, before: &before, applicants: &[applicant], partners: &[] };
        let mut stranger = one.clone();
        stranger.is_evaluator = false;
        let codes: Vec<String> = against_assigning(&reading, &[stranger], &grid()).into_iter().map(|reason| reason.code).collect();
        assert_eq!(codes, ["not-passed", "no-evaluator-role", "own-organisation", "already-reader"]);
        let open = Reading { passed: true, before: &[], applicants: &[], ..reading };
        let three: Vec<Candidate> = (0..3).map(|_| candidate(0, None)).collect();
        assert_eq!(against_assigning(&open, &three, &grid()).first().map(|reason| reason.code.clone()), Some("enough-readers".into()));
        let third = Reading { state: EvaluationState::ThirdReader, ..open };
        assert_eq!(against_assigning(&third, &three, &grid()), vec![]);
    }

    #[test]
    fn a_partners_employee_may_not_read() {
        let mut one = candidate(0, None);
        one.nipts = vec!["L12345678A".into()];
        let partners = ["L12345678A".to_owned()];
        let reading = Reading { passed: true, state: EvaluationState::Open, before: &[], applicants: &[], partners: &partners };
        assert_eq!(against_assigning(&reading, &[one], &grid()).len(), 1);
    }

    #[test]
    fn each_reminder_comes_once() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (assigned, due) = (day("2016-08-01"), day("2016-08-15"));
        let cases = [
            ("2016-08-07", None, None),
            ("2016-08-08", None, Some(Reminder::HalfTime)),
            ("2016-08-09", Some("2016-08-08"), None),
            ("2016-08-12", Some("2016-08-08"), Some(Reminder::ThreeDays)),
            ("2016-08-15", Some("2016-08-12"), None),
            ("2016-08-16", Some("2016-08-12"), Some(Reminder::Overdue)),
            ("2016-08-30", Some("2016-08-16"), None),
            ("2016-08-30", None, Some(Reminder::Overdue)),
        ];
        for (today, reminded, expected) in cases {
            assert_eq!(reminder(assigned, due, reminded.map(day), day(today)), expected, "{today}");
        }
    }

    #[test]
    fn every_move_starts_or_ends_where_the_machine_says() {
        assert!(may_move(AssignmentState::Reading, AssignmentState::Submitted));
        for state in AssignmentState::ALL {
            assert!(!may_move(AssignmentState::Recused, *state), "a conflict is for good");
            assert!(!may_move(*state, AssignmentState::Assigned));
        }
        assert!(!may_move(AssignmentState::Assigned, AssignmentState::Submitted));
        assert!(!may_move(AssignmentState::Submitted, AssignmentState::Submitted));
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
        #[test]
        fn spreading_is_even_and_gives_nobody_the_same_twice(applications in 0usize..40, people in 2usize..9) {
            let candidates: Vec<Candidate> = (0..people).map(|_| candidate(0, None)).collect();
            let reading = Reading { passed: true, state: EvaluationState::Open, before: &[], applicants: &[], partners: &[] };
            let open: Vec<(usize, Reading<'_>)> = (0..applications).map(|at| (at, reading.clone())).collect();
            let given = spread(&open, &candidates, &grid());
            prop_assert_eq!(given.len(), applications * 2);
            prop_assert_eq!(given.clone(), spread(&open, &candidates, &grid()));
            let load = |person: PersonId| given.iter().filter(|(_, to)| *to == person).count();
            let loads: Vec<usize> = candidates.iter().map(|candidate| load(candidate.person)).collect();
            prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1);
            let mut unique = given.clone();
            unique.sort_unstable();
            unique.dedup();
            prop_assert_eq!(unique.len(), given.len());
        }
    }
}
