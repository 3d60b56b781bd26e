//! What waits for one person of the office: from what was counted and what their roles let them do.
use crate::administrative_check::CheckState;
use crate::administrative_check::rules::{may_check, may_decide as may_decide_check};
use crate::contracts::State as ContractState;
use crate::kernel::{Actor, PersonId, ProgrammeId, Role, RoundId};
use crate::payments::State as PaymentState;
use crate::reporting::State as ReportState;
use crate::scoring::EvaluationState;

/// What was counted in a fund.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub rounds: Vec<(RoundId, String)>,
    /// By round, state and who checked.
    pub checks: Vec<(RoundId, CheckState, Option<PersonId>, i64)>,
    pub evaluations: Vec<(RoundId, EvaluationState, i64)>,
    /// Rounds whose award is decided.
    pub awarded: Vec<RoundId>,
    pub contracts: Vec<(ContractState, i64)>,
    /// By state, the contract's state, whether a report is waited for, its state, and who approved first.
    pub payments: Vec<(PaymentState, ContractState, bool, Option<ReportState>, Option<PersonId>, i64)>,
    /// Submitted and not decided.
    pub reports: i64,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    Check,
    DecideCheck,
    ThirdReader,
    Award,
    SendContract,
    Countersign,
    DecideReport,
    ApproveFirst,
    ApproveSecond,
    SendMoney,
}

/// Something that waits: how often, and in which round where it is of one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waiting {
    pub task: Task,
    pub round: Option<String>,
    pub count: i64,
}

/// Everything that waits for this person in the fund, round by round, then contract by contract.
#[must_use]
pub fn waiting(actor: &Actor, programme: ProgrammeId, counts: &Counts) -> Vec<Waiting> {
    let mut all = vec![];
    for (id, code) in &counts.rounds {
        let of_round = |task, count| Waiting { task, round: Some(code.clone()), count };
        let checks = |wanted: &dyn Fn(CheckState, Option<PersonId>) -> bool| -> i64 {
            counts.checks.iter().filter(|(round, state, by, _)| round == id && wanted(*state, *by)).map(|(.., count)| count).sum()
        };
        if may_check(actor, programme) {
            all.push(of_round(Task::Check, checks(&|state, _| state.is_to_check())));
        }
        if may_decide_check(actor, programme) {
            all.push(of_round(Task::DecideCheck, checks(&|state, by| state == CheckState::Proposed && by != actor.person)));
        }
        let evaluations = |wanted: EvaluationState| -> i64 {
            counts.evaluations.iter().filter(|(round, state, _)| round == id && *state == wanted).map(|(.., count)| count).sum()
        };
        if actor.is_any(&[Role::Secretary, Role::GrantManager], programme) {
            all.push(of_round(Task::ThirdReader, evaluations(EvaluationState::ThirdReader)));
        }
        let settled = evaluations(EvaluationState::Settled);
        let ready = settled > 0 && settled == checks(&|state, _| state == CheckState::Passed) && checks(&|state, _| !state.is_decided()) == 0;
        if actor.is(Role::Director, programme) && ready && !counts.awarded.contains(id) {
            all.push(of_round(Task::Award, 1));
        }
    }
    all.extend(of_contracts(actor, programme, counts));
    all.retain(|one| one.count > 0);
    all
}

fn of_contracts(actor: &Actor, programme: ProgrammeId, counts: &Counts) -> Vec<Waiting> {
    let contracts = |wanted: ContractState| -> i64 { counts.contracts.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| count).sum() };
    let payments = |wanted: &dyn Fn(PaymentState, bool, Option<PersonId>) -> bool| -> i64 {
        let due = |contract: ContractState, waits: bool, report: Option<ReportState>| {
            matches!(contract, ContractState::Active | ContractState::Ended) && (!waits || report.is_some_and(|state| state.is_approved()))
        };
        let one = |(state, contract, waits, report, by, _): &&(PaymentState, ContractState, bool, Option<ReportState>, Option<PersonId>, i64)| {
            wanted(*state, due(*contract, *waits, *report), *by)
        };
        counts.payments.iter().filter(one).map(|(.., count)| count).sum()
    };
    let (manager, director, finance) =
        (actor.is(Role::GrantManager, programme), actor.is(Role::Director, programme), actor.is(Role::FinanceOfficer, programme));
    let mut all = vec![];
    let mut put = |may: bool, task: Task, count: i64| {
        if may {
            all.push(Waiting { task, round: None, count });
        }
    };
    put(manager, Task::SendContract, contracts(ContractState::Drafted));
    put(director, Task::Countersign, contracts(ContractState::Signed));
    put(manager || finance, Task::DecideReport, counts.reports);
    put(manager, Task::ApproveFirst, payments(&|state, due, _| state == PaymentState::Planned && due));
    put(finance || director, Task::ApproveSecond, payments(&|state, _, by| state == PaymentState::ApprovedOnce && by != actor.person));
    put(finance, Task::SendMoney, payments(&|state, _, _| state == PaymentState::Approved));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(programme: ProgrammeId, roles: &[Role]) -> Actor {
        let mut actor = Actor::system();
        actor.person = Some(PersonId::new());
        actor.roles = roles.iter().map(|role| (Some(programme), *role)).collect();
        actor
    }

    #[test]
    fn each_sees_what_is_theirs_to_do_and_nobody_their_own_proposal() {
        let (programme, round) = (ProgrammeId::new(), RoundId::new());
        let checker = person(programme, &[Role::SecondChecker]);
        let director = person(programme, &[Role::Director]);
        let finance = person(programme, &[Role::FinanceOfficer]);
        let counts = Counts {
            rounds: vec![(round, "R3".into())],
            checks: vec![(round, CheckState::Proposed, checker.person, 2), (round, CheckState::Proposed, None, 1), (round, CheckState::Answered, None, 4)],
            contracts: vec![(ContractState::Signed, 3)],
            payments: vec![
                (PaymentState::ApprovedOnce, ContractState::Active, false, None, finance.person, 1),
                (PaymentState::Planned, ContractState::Active, true, Some(ReportState::Submitted), None, 5),
                (PaymentState::Planned, ContractState::Active, true, Some(ReportState::Approved), None, 6),
            ],
            reports: 5,
            ..Counts::default()
        };
        let tasks = |actor: &Actor| waiting(actor, programme, &counts).into_iter().map(|one| (one.task, one.count)).collect::<Vec<_>>();
        assert_eq!(tasks(&checker), [(Task::Check, 4), (Task::DecideCheck, 1)]);
        assert_eq!(tasks(&director), [(Task::DecideCheck, 3), (Task::Countersign, 3), (Task::ApproveSecond, 1)]);
        assert_eq!(tasks(&finance), [(Task::DecideReport, 5)]);
        assert!(tasks(&person(programme, &[Role::GrantManager])).contains(&(Task::ApproveFirst, 6)));
    }

    #[test]
    fn an_award_waits_once_everything_that_passed_is_evaluated() {
        let (programme, round) = (ProgrammeId::new(), RoundId::new());
        let director = person(programme, &[Role::Director]);
        let mut counts = Counts {
            rounds: vec![(round, "R2".into())],
            checks: vec![(round, CheckState::Passed, None, 9), (round, CheckState::Rejected, None, 2)],
            evaluations: vec![(round, EvaluationState::Settled, 8), (round, EvaluationState::Open, 1)],
            ..Counts::default()
        };
        assert!(waiting(&director, programme, &counts).is_empty());
        counts.evaluations = vec![(round, EvaluationState::Settled, 9)];
        assert_eq!(waiting(&director, programme, &counts)[0].task, Task::Award);
        counts.awarded = vec![round];
        assert!(waiting(&director, programme, &counts).is_empty());
    }
}
