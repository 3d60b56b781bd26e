//! What people do with payments: two approve, finance sends, the beneficiary confirms; what is settled is closed.
use super::{Payment, State, events, letters, records, rules};
use crate::contracts::{Contract, ReportKind, actions as contract_actions, records as contracts};
use crate::kernel::{Error, Money, PaymentId, Reason, Result, must, unless};
use crate::reporting::records as reports;
use crate::workflow::{Act, Recorded};

/// A payment of a project that this person may see.
fn find(act: &mut Act<'_>, id: PaymentId) -> Result<(Contract, Payment)> {
    let payment = records::by_id(act.conn, id)?;
    let contract = contracts::find(act.conn, act.actor, payment.contract_id)?;
    Ok((contract, payment))
}

fn conditions(act: &mut Act<'_>, contract: &Contract, payment: &Payment) -> Result<()> {
    let report = payment.report_id.map(|id| reports::by_id(act.conn, id)).transpose()?.map(|report| report.state);
    unless(rules::conditions(payment, contract.state, report))
}

/// Approves a payment: the manager first, finance or director second, never the same person, never with a payment that changed meanwhile.
pub fn approve(act: &mut Act<'_>, id: PaymentId, version: i32) -> Result<Recorded<Payment>> {
    let (contract, payment) = find(act, id)?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let to = match rules::approval(&payment, by) {
        // Who has approved once hears that, whatever else they may be.
        Err(reasons) if payment.first_by == Some(by) => return Err(Error::Refused(reasons)),
        outcome => {
            must(rules::may_approve(act.actor, &payment, contract.programme_id) && !act.actor.writes_for(contract.organisation_id))?;
            outcome.map_err(Error::Refused)?
        }
    };
    conditions(act, &contract, &payment)?;
    if payment.version != version {
        return Err(Error::Stale);
    }
    let name = act.actor.name.clone();
    if to == State::Approved {
        records::approve(act.conn, &payment, by, &name, act.now)?;
        return act.record(&events::Approved::of(&contract, payment.number, payment.amount), payment);
    }
    let all = records::of_contract(act.conn, contract.id)?;
    let accepted = records::accepted_of(act.conn, contract.id)?;
    let amount = rules::due(&contract, accepted, &payment, &all);
    if amount.is_zero() {
        return Err(Error::refused(Reason::new("nothing-due", "", |t| t.payments_reason_nothing().into())));
    }
    records::approve_once(act.conn, &payment, amount, by, &name, act.now)?;
    act.record(&events::ApprovedOnce::of(&contract, payment.number, amount), Payment { amount, ..payment })
}

/// Finance has told the bank (E25).
pub fn send(act: &mut Act<'_>, id: PaymentId, version: i32, reference: &str) -> Result<Recorded<Payment>> {
    let (contract, payment) = find(act, id)?;
    must(rules::may_send(act.actor, contract.programme_id))?;
    unless(rules::moves(payment.state, State::Sent))?;
    conditions(act, &contract, &payment)?;
    if payment.version != version {
        return Err(Error::Stale);
    }
    if reference.is_empty() || reference.chars().count() > 140 {
        return Err(Error::invalid(Reason::new("no-reference", "reference", |t| t.payments_reason_reference().into())));
    }
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    records::send(act.conn, &payment, reference, by, act.now)?;
    letters::sent(act, &contract, &payment, reference)?;
    act.record(&events::Sent::of(&contract, payment.number, payment.amount, reference.to_owned()), payment)
}

/// The beneficiary has the money. With the balance the contract is settled and closed.
pub fn confirm(act: &mut Act<'_>, id: PaymentId) -> Result<Recorded<Payment>> {
    let (contract, payment) = find(act, id)?;
    must(act.actor.writes_for(contract.organisation_id))?;
    unless(rules::moves(payment.state, State::Confirmed))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    records::confirm(act.conn, &payment, by, act.now)?;
    let confirmed = act.record(&events::Confirmed::of(&contract, payment.number, payment.amount), payment)?;
    if settle_reasons(act, &contract)?.is_empty() {
        close(act, &contract)?;
    }
    Ok(confirmed)
}

/// Closes a contract to which nothing is owed any more; what was planned and is not due goes back to the round.
pub fn settle(act: &mut Act<'_>, contract: crate::kernel::ContractId) -> Result<Recorded<()>> {
    let contract = contracts::find(act.conn, act.actor, contract)?;
    must(rules::may_settle(act.actor, contract.programme_id))?;
    unless(crate::contracts::rules::moves(contract.state, crate::contracts::State::Closed))?;
    unless(settle_reasons(act, &contract)?)?;
    let released = close(act, &contract)?;
    act.record(&events::Settled::of(&contract, released), ())
}

fn settle_reasons(act: &mut Act<'_>, contract: &Contract) -> Result<Vec<Reason>> {
    let last = reports::of_contract(act.conn, contract.id)?.into_iter().find(|report| report.kind == ReportKind::Final).map(|report| report.state);
    let all = records::of_contract(act.conn, contract.id)?;
    let accepted = records::accepted_of(act.conn, contract.id)?;
    Ok(rules::settle_shortfalls(contract, last, accepted, &all))
}

/// Releases and closes; how much of the grant was never paid.
fn close(act: &mut Act<'_>, contract: &Contract) -> Result<Money> {
    records::release_planned(act.conn, contract.id)?;
    let paid: Money = records::of_contract(act.conn, contract.id)?.iter().filter(|payment| payment.state.is_paid()).map(|payment| payment.amount).sum();
    let accepted = records::accepted_of(act.conn, contract.id)?;
    contract_actions::close(act, contract.id, paid, accepted)?.into_inner();
    Ok(contract.amount - paid)
}
