//! What may happen to a payment and why not: conditions, four eyes, the balance. Pure.
use super::{Payment, State};
use crate::contracts::{Contract, State as ContractState};
use crate::kernel::{Actor, ContractId, Money, PaymentId, PersonId, ProgrammeId, Reason, Role, Room, Tr, words};
use crate::reporting::State as ReportState;
use std::borrow::Borrow;
use std::collections::HashMap;

pub const MOVES: &[(State, State)] = &[
    (State::Planned, State::ApprovedOnce),
    (State::ApprovedOnce, State::Approved),
    (State::Approved, State::Sent),
    (State::Sent, State::Confirmed),
    (State::Planned, State::Released),
];

/// Who reads a fund's payments.
pub const READERS: &[Role] = Room::Payments.roles();

#[must_use]
pub fn moves(from: State, to: State) -> Vec<Reason> {
    if MOVES.contains(&(from, to)) { vec![] } else { vec![Reason::new("payment-state", "", |t| t.payments_reason_state(from.label(t)))] }
}

/// Whether this person has a part in approving here at all: the manager first, finance or director second.
#[must_use]
pub fn may_approve(actor: &Actor, payment: &Payment, programme: ProgrammeId) -> bool {
    match payment.state {
        State::ApprovedOnce => actor.is_any(&[Role::FinanceOfficer, Role::Director], programme),
        State::Planned => actor.is(Role::GrantManager, programme),
        _ => actor.is_any(&[Role::GrantManager, Role::FinanceOfficer, Role::Director], programme),
    }
}

#[must_use]
pub fn may_send(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is(Role::FinanceOfficer, programme)
}

/// Settling what is left and closing is the manager's, once nothing is to be paid any more.
#[must_use]
pub fn may_settle(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is(Role::GrantManager, programme)
}

/// The state that an approval leads to, or why there is none: two different persons, never one twice.
///
/// # Errors
/// Every reason at once.
pub fn approval(payment: &Payment, by: PersonId) -> Result<State, Vec<Reason>> {
    if payment.first_by == Some(by) {
        return Err(vec![Reason::new("same-person", "", |t| t.payments_reason_same_person().into())]);
    }
    match payment.state {
        State::Planned => Ok(State::ApprovedOnce),
        State::ApprovedOnce => Ok(State::Approved),
        other => Err(moves(other, State::Approved)),
    }
}

/// What stands in the way of paying: the contract must be in force, and the report that the payment waits for must be approved.
#[must_use]
pub fn conditions(payment: &Payment, contract: ContractState, report: Option<ReportState>) -> Vec<Reason> {
    let mut reasons = vec![];
    if !matches!(contract, ContractState::Active | ContractState::Ended) {
        reasons.push(Reason::new("contract-not-active", "", |t| t.payments_reason_contract(contract.label(t))));
    }
    if payment.report_id.is_some() && !report.is_some_and(|state| state.is_approved()) {
        reasons.push(Reason::new("report-not-approved", "", |t| t.payments_reason_report().into()));
    }
    reasons
}

/// Whether this is the balance: the last payment, where there is one before it.
#[must_use]
pub fn is_balance(payment: &Payment, all: &[Payment]) -> bool {
    payment.report_id.is_some() && all.iter().all(|other| other.number <= payment.number)
}

/// The grant's share of the accepted costs, never more than the grant (rules.md 3.9).
#[must_use]
pub fn earned(contract: &Contract, accepted: Money) -> Money {
    crate::contracts::rules::total_for(accepted, contract.total, contract.amount).min(contract.amount)
}

/// The balance: what was earned less what the other payments took, never below nothing.
#[must_use]
pub fn balance(contract: &Contract, accepted: Money, payment: &Payment, all: &[Payment]) -> Money {
    let others: Money =
        all.iter().filter(|other| other.id != payment.id && !matches!(other.state, State::Planned | State::Released)).map(|other| other.amount).sum();
    (earned(contract, accepted) - others).max(Money::ZERO)
}

/// What the office is asked to approve, by payment, where it is another sum than the planned one: the balances whose reports are
/// decided. `all` are the payments of their contracts, `accepted` these contracts' accepted costs.
#[must_use]
pub fn dues(decided: &[(Payment, Contract)], all: &[Payment], accepted: &[(ContractId, Money)]) -> HashMap<PaymentId, Money> {
    let due_of = |(payment, contract): &(Payment, Contract)| {
        let theirs: Vec<Payment> = all.iter().filter(|other| other.contract_id == contract.id).cloned().collect();
        let accepted = accepted.iter().find(|(id, _)| *id == contract.id).map_or(Money::ZERO, |(_, sum)| *sum);
        (payment.id, due(contract, accepted, payment, &theirs))
    };
    decided.iter().map(due_of).collect()
}

/// What is to be paid now: the balance is computed, every other payment is as planned.
#[must_use]
pub fn due(contract: &Contract, accepted: Money, payment: &Payment, all: &[Payment]) -> Money {
    if payment.state == State::Planned && is_balance(payment, all) { balance(contract, accepted, payment, all) } else { payment.amount }
}

/// Whether a contract can be closed: the final report is approved, and no payment is under way or still owed.
#[must_use]
pub fn settle_shortfalls(contract: &Contract, final_report: Option<ReportState>, accepted: Money, all: &[Payment]) -> Vec<Reason> {
    let mut reasons = vec![];
    if !final_report.is_some_and(|state| state.is_approved()) {
        reasons.push(Reason::new("report-not-approved", "", |t| t.payments_reason_report().into()));
    }
    if all.iter().any(|payment| matches!(payment.state, State::ApprovedOnce | State::Approved | State::Sent)) {
        reasons.push(Reason::new("payment-under-way", "", |t| t.payments_reason_under_way().into()));
    }
    let owed: Money =
        all.iter().filter(|payment| payment.state == State::Planned && is_balance(payment, all)).map(|payment| due(contract, accepted, payment, all)).sum();
    let first_open = all.iter().any(|payment| payment.state == State::Planned && payment.report_id.is_none());
    if owed > Money::ZERO || first_open {
        reasons.push(Reason::new("balance-open", "", |t| t.payments_reason_balance(t.euro(owed))));
    }
    reasons
}

words!(
    /// Whom a payment waits for.
    WaitsFor { Report = "report", Decision = "decision", Manager = "manager", Second = "second", Finance = "finance", Beneficiary = "beneficiary", Nobody = "nobody" }
);
impl WaitsFor {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Report => t.payments_waits_report(),
            Self::Decision => t.payments_waits_decision(),
            Self::Manager => t.payments_waits_manager(),
            Self::Second => t.payments_waits_second(),
            Self::Finance => t.payments_waits_finance(),
            Self::Beneficiary => t.payments_waits_beneficiary(),
            Self::Nobody => t.payments_waits_nobody(),
        }
    }
}

/// Whom a payment waits for, by its state and its conditions.
#[must_use]
pub fn waits_for(payment: &Payment, contract: ContractState, report: Option<ReportState>) -> WaitsFor {
    match payment.state {
        State::Planned if contract == ContractState::Closed || contract == ContractState::Terminated => WaitsFor::Nobody,
        State::Planned if conditions(payment, contract, report).is_empty() => WaitsFor::Manager,
        State::Planned if report == Some(ReportState::Submitted) => WaitsFor::Decision,
        State::Planned => WaitsFor::Report,
        State::ApprovedOnce => WaitsFor::Second,
        State::Approved => WaitsFor::Finance,
        State::Sent => WaitsFor::Beneficiary,
        State::Confirmed | State::Released => WaitsFor::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{ApplicationId, Instant, OrganisationId, ReportId, RoundId};
    use proptest::prelude::*;

    fn contract(amount: i64, total: i64) -> Contract {
        let at = Instant::at_tirane("2016-10-20T10:00").unwrap();
        Contract {
            id: ContractId::new(),
            application_id: ApplicationId::new(),
            programme_id: ProgrammeId::new(),
            round_id: RoundId::new(),
            organisation_id: OrganisationId::new(),
            organisation_name: String::new(),
            code: "R1-22".into(),
            title: String::new(),
            search: String::new(),
            tier: "medium".into(),
            municipality: "kukes".into(),
            theme: String::new(),
            state: ContractState::Active,
            starts_on: "2016-11-01".parse().unwrap(),
            ends_on: "2017-08-31".parse().unwrap(),
            months: 10,
            amount: Money::cents(amount),
            total: Money::cents(total),
            drafted_by: PersonId::new(),
            drafted_at: at,
            sent_at: None,
            due_on: None,
            reminded_at: None,
            active_at: None,
            closed_at: None,
            content: String::new(),
            sha256: String::new(),
            version: 1,
        }
    }
    fn payment(number: i32, cents: i64, state: State) -> Payment {
        Payment {
            id: PaymentId::new(),
            contract_id: ContractId::new(),
            number,
            share: 5_000,
            amount: Money::cents(cents),
            state,
            report_id: (number > 1).then(ReportId::new),
            first_by: None,
            first_by_name: String::new(),
            first_at: None,
            second_by: None,
            second_by_name: String::new(),
            second_at: None,
            reference: String::new(),
            sent_by: None,
            sent_at: None,
            confirmed_by: None,
            confirmed_at: None,
            version: 1,
        }
    }

    #[test]
    fn every_state_is_reached_and_money_that_left_never_comes_back_to_planned() {
        for state in State::ALL {
            assert!(*state == State::Planned || MOVES.iter().any(|(_, to)| to == state), "{state} is never reached");
        }
        assert!(MOVES.iter().all(|(from, to)| !from.is_paid() || *to == State::Confirmed));
    }

    #[test]
    fn nobody_approves_twice() {
        let (mira, gent) = (PersonId::new(), PersonId::new());
        let mut first = payment(1, 100, State::Planned);
        assert_eq!(approval(&first, mira).unwrap(), State::ApprovedOnce);
        first.state = State::ApprovedOnce;
        first.first_by = Some(mira);
        assert_eq!(approval(&first, mira).unwrap_err().first().unwrap().code, "same-person");
        assert_eq!(approval(&first, gent).unwrap(), State::Approved);
        first.state = State::Approved;
        assert_eq!(approval(&first, gent).unwrap_err().first().unwrap().code, "payment-state");
    }

    #[test]
    fn the_first_payment_needs_the_contract_and_the_others_a_report() {
        let codes = |number: i32, contract: ContractState, report: Option<ReportState>| -> Vec<String> {
            conditions(&payment(number, 100, State::Planned), contract, report).into_iter().map(|reason| reason.code).collect()
        };
        assert_eq!(codes(1, ContractState::Active, None), [""; 0]);
        assert_eq!(codes(1, ContractState::Signed, None), ["contract-not-active"]);
        assert_eq!(codes(2, ContractState::Ended, Some(ReportState::Partly)), [""; 0]);
        assert_eq!(codes(2, ContractState::Active, Some(ReportState::Submitted)), ["report-not-approved"]);
        assert_eq!(codes(2, ContractState::Lapsed, None), ["contract-not-active", "report-not-approved"]);
    }

    #[test]
    fn the_balance_is_what_was_earned_less_what_was_paid_and_never_negative() {
        let cases = [
            // grant, total cost, accepted, first payment, balance
            (1_572_104, 1_572_104, 1_572_104, 1_257_683, 314_421),
            (1_572_104, 1_572_104, 1_600_000, 1_257_683, 314_421),
            (1_572_104, 1_572_104, 1_500_000, 1_257_683, 242_317),
            (1_572_104, 1_572_104, 1_000_000, 1_257_683, 0),
            (800_000, 1_000_000, 500_000, 300_000, 100_000),
        ];
        for (amount, total, accepted, first, expected) in cases {
            let all = [payment(1, first, State::Confirmed), payment(2, 1, State::Planned)];
            assert_eq!(due(&contract(amount, total), Money::cents(accepted), &all[1], &all), Money::cents(expected), "{accepted}");
        }
    }

    #[test]
    fn an_instalment_that_was_never_paid_is_part_of_the_balance() {
        let all = [payment(1, 500, State::Confirmed), payment(2, 300, State::Planned), payment(3, 200, State::Planned)];
        assert_eq!(due(&contract(1_000, 1_000), Money::cents(1_000), &all[2], &all), Money::cents(500));
        assert_eq!(due(&contract(1_000, 1_000), Money::cents(1_000), &all[1], &all), Money::cents(300));
    }

    #[test]
    fn a_contract_is_settled_when_nothing_is_owed() {
        let codes = |all: &[Payment], accepted: i64| -> Vec<String> {
            settle_shortfalls(&contract(1_000, 1_000), Some(ReportState::Approved), Money::cents(accepted), all).into_iter().map(|reason| reason.code).collect()
        };
        assert_eq!(codes(&[payment(1, 800, State::Confirmed), payment(2, 200, State::Confirmed)], 1_000), [""; 0]);
        assert_eq!(codes(&[payment(1, 800, State::Confirmed), payment(2, 200, State::Planned)], 1_000), ["balance-open"]);
        assert_eq!(codes(&[payment(1, 800, State::Confirmed), payment(2, 200, State::Planned)], 800), [""; 0]);
        assert_eq!(codes(&[payment(1, 800, State::Sent), payment(2, 200, State::Planned)], 700), ["payment-under-way"]);
    }

    proptest! {
        #[test]
        fn never_more_than_the_grant_is_paid(amount in 1i64..5_000_000, own in 0i64..1_000_000, accepted in 0i64..9_000_000, first in 0i64..5_000_000) {
            let contract = contract(amount, amount + own);
            let all = [payment(1, first.min(amount), State::Confirmed), payment(2, 0, State::Planned)];
            let rest = due(&contract, Money::cents(accepted), &all[1], &all);
            prop_assert!(rest >= Money::ZERO);
            prop_assert!(rest + all[0].amount <= contract.amount.max(all[0].amount));
        }
    }
}
