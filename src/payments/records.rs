//! Payments in the database, and the sums that readers of all stages need.
use super::rules::READERS;
use super::{Payment, State};
use crate::contracts::records::changed_once;
use crate::contracts::{Contract, State as ContractState};
use crate::kernel::{Actor, ContractId, Instant, Money, PaymentId, PersonId, ProgrammeId, Result, RoundId};
use crate::reporting::State as ReportState;
use crate::store::schema::{contracts, expenses, payments, reports};
use crate::store::{Conn, sum_money};
use diesel::prelude::*;

/// One payment, whose contract the caller looks for among those the person may see.
pub fn by_id(conn: &mut Conn, id: PaymentId) -> Result<Payment> {
    Ok(payments::table.find(id).select(Payment::as_select()).first(conn)?)
}

/// The payments of a contract, in their order.
pub fn of_contract(conn: &mut Conn, contract: ContractId) -> Result<Vec<Payment>> {
    Ok(payments::table.filter(payments::contract_id.eq(contract)).order(payments::number).select(Payment::as_select()).load(conn)?)
}

/// The accepted costs of a contract, from the rows.
pub fn accepted_of(conn: &mut Conn, contract: ContractId) -> Result<Money> {
    Ok(expenses::table.filter(expenses::contract_id.eq(contract)).select(sum_money(expenses::accepted)).first(conn)?)
}

/// A row of the fund's list of payments.
pub type Listed = (Payment, Contract, Option<ReportState>);

/// Which payments of a fund are asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub programme: ProgrammeId,
    pub rounds: Vec<RoundId>,
    pub states: Vec<State>,
}

/// Payments in force of a fund in these rounds and states, for those who read its payments.
#[diesel::dsl::auto_type(no_type_alias)]
fn in_force(funds: Vec<ProgrammeId>, asked: &Asked) -> _ {
    let (programme, rounds, states): (ProgrammeId, Vec<RoundId>, Vec<State>) = (asked.programme, asked.rounds.clone(), asked.states.clone());
    let projects: Vec<ContractState> = ContractState::PROJECTS.to_vec();
    payments::table
        .inner_join(contracts::table)
        .filter(contracts::programme_id.eq_any(funds))
        .filter(contracts::programme_id.eq(programme))
        .filter(contracts::round_id.eq_any(rounds))
        .filter(contracts::state.eq_any(projects))
        .filter(payments::state.eq_any(states))
}

/// How many of them there are, and what they add up to.
pub fn totals(conn: &mut Conn, actor: &Actor, asked: &Asked) -> Result<(i64, Money)> {
    let funds = actor.programmes_as(READERS);
    let count = in_force(funds.clone(), asked).count().get_result(conn)?;
    Ok((count, in_force(funds, asked).select(sum_money(payments::amount)).first(conn)?))
}

/// A page of them: first payments before later ones, by the contract's code.
pub fn page(conn: &mut Conn, actor: &Actor, asked: &Asked, limit: i64, offset: i64) -> Result<Vec<Listed>> {
    Ok(in_force(actor.programmes_as(READERS), asked)
        .left_join(reports::table)
        .order((payments::number, contracts::code))
        .limit(limit)
        .offset(offset)
        .select((Payment::as_select(), Contract::as_select(), reports::state.nullable()))
        .load(conn)?)
}

/// Of these payments, those still planned whose reports are decided: what is due of a balance is computed from the decision.
pub fn decided(conn: &mut Conn, actor: &Actor, asked: &Asked) -> Result<Vec<(Payment, Contract)>> {
    let decided: Vec<ReportState> = ReportState::ALL.iter().copied().filter(ReportState::is_approved).collect();
    Ok(in_force(actor.programmes_as(READERS), asked)
        .inner_join(reports::table)
        .filter(payments::state.eq(State::Planned))
        .filter(reports::state.eq_any(decided))
        .select((Payment::as_select(), Contract::as_select()))
        .load(conn)?)
}

/// The payments of these contracts, and their accepted costs.
pub fn of_contracts(conn: &mut Conn, ids: &[ContractId]) -> Result<(Vec<Payment>, Vec<(ContractId, Money)>)> {
    let (mut all, mut accepted) = (vec![], vec![]);
    // In pieces: SQLite takes 32,766 variables in a statement.
    for piece in ids.chunks(5_000) {
        let theirs: Vec<Payment> = payments::table.filter(payments::contract_id.eq_any(piece.to_vec())).select(Payment::as_select()).load(conn)?;
        let sums: Vec<(ContractId, Money)> = expenses::table
            .filter(expenses::contract_id.eq_any(piece.to_vec()))
            .group_by(expenses::contract_id)
            .select((expenses::contract_id, sum_money(expenses::accepted)))
            .load(conn)?;
        all.extend(theirs);
        accepted.extend(sums);
    }
    Ok((all, accepted))
}

/// The first of two approvals, with the amount as it is due now.
pub fn approve_once(conn: &mut Conn, payment: &Payment, amount: Money, by: PersonId, name: &str, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(payments::table.find(payment.id).filter(payments::version.eq(payment.version)))
            .set((
                payments::state.eq(State::ApprovedOnce),
                payments::amount.eq(amount),
                payments::first_by.eq(Some(by)),
                payments::first_by_name.eq(name),
                payments::first_at.eq(Some(now)),
                payments::version.eq(payment.version + 1),
            ))
            .execute(conn)?,
    )
}

/// The second of two approvals.
pub fn approve(conn: &mut Conn, payment: &Payment, by: PersonId, name: &str, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(payments::table.find(payment.id).filter(payments::version.eq(payment.version)))
            .set((
                payments::state.eq(State::Approved),
                payments::second_by.eq(Some(by)),
                payments::second_by_name.eq(name),
                payments::second_at.eq(Some(now)),
                payments::version.eq(payment.version + 1),
            ))
            .execute(conn)?,
    )
}

/// The transfer has left.
pub fn send(conn: &mut Conn, payment: &Payment, reference: &str, by: PersonId, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(payments::table.find(payment.id).filter(payments::version.eq(payment.version)))
            .set((
                payments::state.eq(State::Sent),
                payments::reference.eq(reference),
                payments::sent_by.eq(Some(by)),
                payments::sent_at.eq(Some(now)),
                payments::version.eq(payment.version + 1),
            ))
            .execute(conn)?,
    )
}

/// The money has arrived.
pub fn confirm(conn: &mut Conn, payment: &Payment, by: PersonId, now: Instant) -> Result<()> {
    changed_once(
        diesel::update(payments::table.find(payment.id).filter(payments::version.eq(payment.version)))
            .set((
                payments::state.eq(State::Confirmed),
                payments::confirmed_by.eq(Some(by)),
                payments::confirmed_at.eq(Some(now)),
                payments::version.eq(payment.version + 1),
            ))
            .execute(conn)?,
    )
}

/// Releases what is planned and will not be paid; how many payments. Their amounts become nothing, so that the rows add up to what was paid.
pub fn release_planned(conn: &mut Conn, contract: ContractId) -> Result<usize> {
    Ok(diesel::update(payments::table.filter(payments::contract_id.eq(contract)).filter(payments::state.eq(State::Planned)))
        .set((payments::state.eq(State::Released), payments::amount.eq(Money::ZERO), payments::version.eq(payments::version + 1)))
        .execute(conn)?)
}

/// What has left the fund's account for the contracts of a round, by contract.
pub fn paid_in(conn: &mut Conn, round: RoundId) -> Result<Vec<(ContractId, Money)>> {
    Ok(payments::table
        .inner_join(contracts::table)
        .filter(contracts::round_id.eq(round))
        .filter(payments::state.eq_any(State::paid()))
        .group_by(payments::contract_id)
        .select((payments::contract_id, sum_money(payments::amount)))
        .load(conn)?)
}
