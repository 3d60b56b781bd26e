//! Gathers what the stages know of applications (five statements, however many they are) and of a project.
use super::{Request, Story};
use crate::administrative_check::CheckState;
use crate::applications::Application;
use crate::awards::AwardOutcome;
use crate::calls::Round;
use crate::contracts::State;
use crate::kernel::{ApplicationId, ClarificationId, ContractId, Instant, Result};
use crate::payments::Payment;
use crate::reporting::Report;
use crate::store::Conn;
use crate::store::schema::{award_outcomes, awards, checks, clarifications, contracts, payments, reports};
use diesel::prelude::*;

type Checked = (ApplicationId, CheckState, Option<Instant>);
type Asked = (ApplicationId, ClarificationId, Instant, Instant, Option<Instant>);
type Awarded = (ApplicationId, AwardOutcome, Instant);
type Contracted = (ApplicationId, State, Option<Instant>, Option<Instant>, Option<Instant>, ContractId);

fn checked(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Checked>> {
    let rows = checks::table.filter(checks::application_id.eq_any(ids.to_vec()));
    Ok(rows.select((checks::application_id, checks::state, checks::decided_at)).load(conn)?)
}

fn asked(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Asked>> {
    Ok(clarifications::table
        .filter(clarifications::application_id.eq_any(ids.to_vec()))
        .order(clarifications::asked_at.desc())
        .select((clarifications::application_id, clarifications::id, clarifications::asked_at, clarifications::due_at, clarifications::answered_at))
        .load(conn)?)
}

fn awarded(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Awarded>> {
    Ok(award_outcomes::table
        .inner_join(awards::table)
        .filter(award_outcomes::application_id.eq_any(ids.to_vec()))
        .select((award_outcomes::application_id, award_outcomes::outcome, awards::decided_at))
        .load(conn)?)
}

fn contracted(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Contracted>> {
    Ok(contracts::table
        .filter(contracts::application_id.eq_any(ids.to_vec()))
        .select((contracts::application_id, contracts::state, contracts::sent_at, contracts::active_at, contracts::closed_at, contracts::id))
        .load(conn)?)
}

/// The stories of these applications, in their order, each with its round. The caller has asked who may see them.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn stories(conn: &mut Conn, applications: &[(Application, &Round)]) -> Result<Vec<Story>> {
    let ids: Vec<ApplicationId> = applications.iter().map(|(application, _)| application.id).collect();
    let (checked, asked, awarded, contracted) = (checked(conn, &ids)?, asked(conn, &ids)?, awarded(conn, &ids)?, contracted(conn, &ids)?);
    let stories = applications.iter().map(|(application, round)| {
        let check = checked.iter().find(|(id, _, _)| *id == application.id);
        let request = asked.iter().find(|(id, ..)| *id == application.id);
        let contract = contracted.iter().find(|(id, ..)| *id == application.id);
        let decided = check.and_then(|(_, _, at)| *at);
        Story {
            id: application.id,
            status: application.status,
            is_test: application.is_test,
            opens_at: round.opens_at,
            closes_at: round.closing(application.closes_at),
            results_at: round.closes_at.plus_days(round.terms.results_days),
            check: check.map(|(_, state, _)| *state),
            checked_at: decided,
            complain_until: decided.map(|at| at.day().plus_working_days(round.terms.complaint_days)),
            request: request.map(|(_, id, asked_at, due_at, answered_at)| Request { id: *id, asked_at: *asked_at, due_at: *due_at, answered_at: *answered_at }),
            outcome: awarded.iter().find(|(id, _, _)| *id == application.id).map(|(_, outcome, at)| (*outcome, *at)),
            contract: contract.map(|(_, state, ..)| *state),
            contract_id: contract.map(|(.., id)| *id),
            contract_sent_at: contract.and_then(|(_, _, sent, ..)| *sent),
            contract_active_at: contract.and_then(|(_, _, _, active, ..)| *active),
            contract_closed_at: contract.and_then(|(_, _, _, _, closed, _)| *closed),
        }
    });
    Ok(stories.collect())
}

/// The reports and the payments of a contract, each in their order, in one statement: a contract has a few of both, so that every pair of them is
/// less than a second way to the database.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn calendar(conn: &mut Conn, contract: ContractId) -> Result<(Vec<Report>, Vec<Payment>)> {
    let pairs: Vec<(Option<Report>, Option<Payment>)> = contracts::table
        .left_join(reports::table.on(reports::contract_id.eq(contracts::id)))
        .left_join(payments::table.on(payments::contract_id.eq(contracts::id)))
        .filter(contracts::id.eq(contract))
        .order((reports::number, payments::number))
        .select((Option::<Report>::as_select(), Option::<Payment>::as_select()))
        .load(conn)?;
    let (mut reports, mut payments): (Vec<Report>, Vec<Payment>) = (vec![], vec![]);
    for (report, payment) in pairs {
        reports.extend(report.filter(|one| reports.last().is_none_or(|last| last.id != one.id)));
        payments.extend(payment.filter(|one| !payments.iter().any(|known| known.id == one.id)));
    }
    Ok((reports, payments))
}
