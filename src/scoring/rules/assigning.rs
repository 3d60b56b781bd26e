//! Who may be given an application to read, and how a round's applications are spread evenly.
use super::readers_wanted;
use crate::calls::Grid;
use crate::kernel::{OrganisationId, PersonId, Reason};
use crate::scoring::{Assignment, AssignmentState, EvaluationState};
use std::collections::BTreeMap;

/// A person who may be given applications to read.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub is_evaluator: bool,
    pub organisations: Vec<OrganisationId>,
    /// Of those organisations, to recognise partners, who may have no account with us.
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
    /// Who writes and signs for those partners.
    pub people: &'a [PersonId],
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
    if applies || partners || reading.people.contains(&candidate.person) {
        reasons.push(Reason::new("own-organisation", "evaluator", |t| t.scoring_own_organisation(name)));
    }
    // What was taken back may be given again, when somebody chooses so.
    if reading.before.iter().any(|assignment| assignment.evaluator_id == candidate.person && assignment.state != AssignmentState::TakenBack) {
        reasons.push(Reason::new("already-reader", "evaluator", |t| t.scoring_already_reader(name)));
    }
    reasons
}

/// Gives every application the readers that it lacks: always those with the fewest readings, so that loads differ by one at most;
/// at equal load those who have read together least, pair after pair of `pairs_in_turn`, so that everybody is weighed against
/// everybody. The same facts give the same lists. Applications for whom too few may read keep fewer.
#[must_use]
pub fn spread<A: Copy>(open: &[(A, Reading<'_>)], candidates: &[Candidate], grid: &Grid) -> Vec<(A, PersonId)> {
    let mut tally = Tally::new(open, candidates);
    let mut given = vec![];
    for (application, reading) in open {
        if !reading.passed || reading.state == EvaluationState::Final {
            continue;
        }
        let mut together = readers_of(reading);
        let lacking = readers_wanted(grid, reading.state).saturating_sub(together.len());
        let mut free: Vec<PersonId> = candidates.iter().filter(|candidate| may_be_drawn(reading, candidate)).map(|candidate| candidate.person).collect();
        for left in (1..=lacking).rev() {
            let Some(person) = tally.next(&free, &together, left) else { break };
            tally.give(person, &together);
            free.retain(|other| *other != person);
            together.push(person);
            given.push((*application, person));
        }
    }
    given
}

/// Nobody gets by spreading what was taken back from them.
fn may_be_drawn(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    against_reader(reading, candidate).is_empty() && reading.before.iter().all(|assignment| assignment.evaluator_id != candidate.person)
}

fn readers_of(reading: &Reading<'_>) -> Vec<PersonId> {
    reading.before.iter().filter(|assignment| assignment.counts()).map(|assignment| assignment.evaluator_id).collect()
}

/// Two readers of one application, the smaller id first.
fn pair(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    if one < other { (one, other) } else { (other, one) }
}

/// What has been given so far: to whom how many, and which two how often the same.
struct Tally {
    loads: BTreeMap<PersonId, usize>,
    together: BTreeMap<(PersonId, PersonId), usize>,
    turns: BTreeMap<(PersonId, PersonId), usize>,
}

impl Tally {
    fn new<A>(open: &[(A, Reading<'_>)], candidates: &[Candidate]) -> Self {
        let mut people: Vec<PersonId> = candidates.iter().map(|candidate| candidate.person).collect();
        people.sort_unstable();
        let mut together: BTreeMap<(PersonId, PersonId), usize> = BTreeMap::new();
        for (_, reading) in open {
            let readers = readers_of(reading);
            for (place, one) in readers.iter().enumerate() {
                for other in readers.iter().skip(place + 1) {
                    *together.entry(pair(*one, *other)).or_default() += 1;
                }
            }
        }
        Self {
            loads: candidates.iter().map(|candidate| (candidate.person, candidate.load)).collect(),
            together,
            turns: pairs_in_turn(&people).into_iter().enumerate().map(|(turn, (one, other))| (pair(one, other), turn)).collect(),
        }
    }

    fn load(&self, person: PersonId) -> usize {
        self.loads.get(&person).copied().unwrap_or(0)
    }

    /// How often these two have read the same, and when their turn is.
    fn known(&self, one: PersonId, other: PersonId) -> (usize, usize) {
        let pair = pair(one, other);
        (self.together.get(&pair).copied().unwrap_or(0), self.turns.get(&pair).copied().unwrap_or(usize::MAX))
    }

    /// The next reader of an application which these read already and which lacks so many: of those with the fewest readings the
    /// one who has read least with them; for a whole new pair, the one whose best companion they have met least.
    fn next(&self, free: &[PersonId], present: &[PersonId], lacking: usize) -> Option<PersonId> {
        let least = free.iter().map(|person| self.load(*person)).min()?;
        let lightest = || free.iter().copied().filter(|person| self.load(*person) == least);
        if present.is_empty() && lacking > 1 {
            return lightest().min_by_key(|person| (self.best_companion(*person, free), *person));
        }
        lightest().min_by_key(|person| {
            let (met, turn) = present.iter().map(|other| self.known(*person, *other)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1.max(one.1)));
            (met, turn, *person)
        })
    }

    /// The load, the meetings and the turn of the companion whom this reader would get.
    fn best_companion(&self, person: PersonId, free: &[PersonId]) -> Option<(usize, (usize, usize))> {
        free.iter().filter(|other| **other != person).map(|other| (self.load(*other), self.known(person, *other))).min()
    }

    fn give(&mut self, person: PersonId, present: &[PersonId]) {
        *self.loads.entry(person).or_default() += 1;
        for other in present {
            *self.together.entry(pair(person, *other)).or_default() += 1;
        }
    }
}

/// Every pair of these people once, in an order in which at no moment somebody's turn has come twice more often than another's.
/// An even number of people meets in rounds, as in a tournament: one stays, the others move round the table. An odd number is
/// walked through in rings (Walecki's), of which every second step is a pair: after one walk round and another everybody has two.
fn pairs_in_turn<P: Copy>(people: &[P]) -> Vec<(P, P)> {
    let Some((last, others)) = people.split_last() else { return vec![] };
    let around = others.len();
    let at = |place: usize| others.get(place % around.max(1)).copied().unwrap_or(*last);
    let mut pairs = vec![];
    if around % 2 == 1 {
        for round in 0..around {
            pairs.push((*last, at(round)));
            pairs.extend((1..=around / 2).map(|step| (at(round + step), at(round + around - step))));
        }
        return pairs;
    }
    for turn in 0..around / 2 {
        // Zigzag over the table: 0, 1, -1, 2, -2, ... and home over the one who stays.
        let mut ring = vec![*last, at(turn)];
        ring.extend((1..around).map(|step| if step % 2 == 1 { at(turn + step.div_ceil(2)) } else { at(turn + around - step / 2) }));
        let step = |from: usize| ring.get(from % ring.len()).copied().zip(ring.get((from + 1) % ring.len()).copied());
        pairs.extend((0..ring.len()).filter_map(|walked| step(walked * 2)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::fixture::grid;
    use super::*;
    use crate::kernel::{AssignmentId, Day, RoundId};
    use crate::scoring::AssignmentState;
    use proptest::prelude::*;

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
            noted_at: None,
            version: 1,
        }
    }

    #[test]
    fn who_may_not_read_is_told_all_at_once() {
        let applicant = OrganisationId::new();
        let one = candidate(0, Some(applicant));
        let before = [given_to(one.person, AssignmentState::Recused)];
        let reading = Reading { passed: false, state: EvaluationState::Open, before: &before, applicants: &[applicant], partners: &[], people: &[] };
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
        let reading = Reading { passed: true, state: EvaluationState::Open, before: &[], applicants: &[], partners: &partners, people: &[] };
        assert_eq!(against_assigning(&reading, &[one], &grid()).len(), 1);
        let other = candidate(0, None);
        let people = [other.person];
        let reading = Reading { partners: &[], people: &people, ..reading };
        assert_eq!(against_assigning(&reading, &[other], &grid()).len(), 1, "who writes for a partner without an organisation of their own");
    }

    proptest! {
        #[test]
        fn spreading_is_even_and_gives_nobody_the_same_twice(applications in 0usize..40, people in 2usize..9) {
            let candidates: Vec<Candidate> = (0..people).map(|_| candidate(0, None)).collect();
            let reading = Reading { passed: true, state: EvaluationState::Open, before: &[], applicants: &[], partners: &[], people: &[] };
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
            let pairs = met(&given, &candidates);
            prop_assert!(pairs.iter().max().unwrap() - pairs.iter().min().unwrap() <= 1, "{:?}", pairs);
        }

        #[test]
        fn conflicts_and_what_was_given_before_are_respected(applications in 0usize..30, people in 4usize..9, before in 0usize..10) {
            let mut candidates: Vec<Candidate> = (0..people).map(|_| candidate(0, None)).collect();
            let applicant = OrganisationId::new();
            candidates[0].organisations = vec![applicant];
            let given_before: Vec<Vec<Assignment>> =
                (0..applications).map(|at| if at < before { vec![given_to(candidates[1].person, AssignmentState::Reading)] } else { vec![] }).collect();
            candidates[1].load = before.min(applications);
            let applicants = [applicant];
            let open: Vec<(usize, Reading<'_>)> = given_before
                .iter()
                .enumerate()
                .map(|(at, before)| (at, Reading { passed: true, state: EvaluationState::Open, before, applicants: &applicants, partners: &[], people: &[] }))
                .collect();
            let given = spread(&open, &candidates, &grid());
            prop_assert_eq!(given.len(), applications * 2 - before.min(applications));
            prop_assert!(!given.iter().any(|(_, to)| *to == candidates[0].person), "who applies does not read");
            prop_assert!(!given.iter().any(|(at, to)| *at < before && *to == candidates[1].person), "nobody reads twice");
        }
    }

    /// How often each two of them read the same.
    fn met(given: &[(usize, PersonId)], candidates: &[Candidate]) -> Vec<usize> {
        let reads = |at: usize, person: PersonId| given.contains(&(at, person));
        let applications: std::collections::BTreeSet<usize> = given.iter().map(|(at, _)| *at).collect();
        let people = || candidates.iter().map(|candidate| candidate.person);
        people()
            .enumerate()
            .flat_map(|(place, one)| people().skip(place + 1).map(move |other| (one, other)))
            .map(|(one, other)| applications.iter().filter(|at| reads(**at, one) && reads(**at, other)).count())
            .collect()
    }

    #[test]
    fn everybody_meets_everybody_once_and_turns_come_evenly() {
        for people in 2..12usize {
            let all: Vec<usize> = (0..people).collect();
            let pairs = pairs_in_turn(&all);
            let distinct: std::collections::BTreeSet<(usize, usize)> = pairs.iter().map(|(one, other)| (*one.min(other), *one.max(other))).collect();
            assert_eq!((pairs.len(), distinct.len()), (people * (people - 1) / 2, people * (people - 1) / 2), "{people}: {pairs:?}");
            let mut turns = vec![0; people];
            for (one, other) in pairs {
                turns[one] += 1;
                turns[other] += 1;
                assert!(turns.iter().max().unwrap() - turns.iter().min().unwrap() <= 1, "{people}: {turns:?}");
            }
        }
    }
}
