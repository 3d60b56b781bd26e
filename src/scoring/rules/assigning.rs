//! Who may be given an application to read, and how a round's applications are spread evenly.
use super::readers_wanted;
use crate::calls::Grid;
use crate::kernel::{OrganisationId, PersonId, Reason};
use crate::scoring::{Assignment, EvaluationState};
use std::collections::BTreeMap;

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

    proptest! {
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
