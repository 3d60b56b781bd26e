//! What waits in a fund, counted: few statements, however much it is.
use super::desk::Counts;
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::contracts::State as ContractState;
use crate::kernel::{PersonId, ProgrammeId, Result, RoundId};
use crate::payments::State as PaymentState;
use crate::reporting::State as ReportState;
use crate::scoring::EvaluationState;
use crate::store::schema::{applications, awards, checks, contracts, evaluations, payments, reports, rounds};
use crate::store::{Conn, count_all};
use diesel::prelude::*;

/// Everything that the desks of a fund count.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn counts(conn: &mut Conn, programme: ProgrammeId) -> Result<Counts> {
    Ok(Counts {
        rounds: rounds::table.filter(rounds::programme_id.eq(programme)).order(rounds::code).select((rounds::id, rounds::code)).load(conn)?,
        checks: checks_of(conn, programme)?,
        evaluations: evaluations_of(conn, programme)?,
        awarded: awards::table.inner_join(rounds::table).filter(rounds::programme_id.eq(programme)).select(awards::round_id).load(conn)?,
        contracts: contracts_of(conn, programme)?,
        payments: payments_of(conn, programme)?,
        reports: reports::table
            .inner_join(contracts::table)
            .filter(contracts::programme_id.eq(programme))
            .filter(contracts::state.eq_any(ContractState::PROJECTS.to_vec()))
            .filter(reports::state.eq(ReportState::Submitted))
            .count()
            .get_result(conn)?,
    })
}

fn checks_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<(RoundId, CheckState, Option<PersonId>, i64)>> {
    Ok(checks::table
        .inner_join(applications::table)
        .filter(applications::programme_id.eq(programme))
        .filter(applications::status.eq(Status::Submitted))
        .group_by((checks::round_id, checks::state, checks::checker_id))
        .select((checks::round_id, checks::state, checks::checker_id, count_all()))
        .load(conn)?)
}

fn evaluations_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<(RoundId, EvaluationState, i64)>> {
    Ok(evaluations::table
        .inner_join(applications::table)
        .filter(applications::programme_id.eq(programme))
        .filter(applications::status.eq(Status::Submitted))
        .group_by((evaluations::round_id, evaluations::state))
        .select((evaluations::round_id, evaluations::state, count_all()))
        .load(conn)?)
}

fn contracts_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<(ContractState, i64)>> {
    Ok(contracts::table.filter(contracts::programme_id.eq(programme)).group_by(contracts::state).select((contracts::state, count_all())).load(conn)?)
}

type PaymentGroup = (PaymentState, ContractState, bool, Option<ReportState>, Option<PersonId>, i64);

fn payments_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<PaymentGroup>> {
    type Row = (PaymentState, ContractState, Option<ReportState>, Option<PersonId>, i64);
    let open: Vec<PaymentState> = PaymentState::ALL.iter().copied().filter(PaymentState::is_open).collect();
    let rows: Vec<Row> = payments::table
        .inner_join(contracts::table)
        .left_join(reports::table)
        .filter(contracts::programme_id.eq(programme))
        .filter(payments::state.eq_any(open))
        .group_by((payments::state, contracts::state, reports::state, payments::first_by))
        .select((payments::state, contracts::state, reports::state.nullable(), payments::first_by, count_all()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(state, contract, report, first_by, count)| (state, contract, report.is_some(), report, first_by, count)).collect())
}
