//! Letters about contracts: E20 to who signs for the beneficiary, E21-reminder before the last day, E21 when nobody signed in time, E22 when both have signed.
use super::Contract;
use super::content::Agreement;
use crate::accounts::records as accounts;
use crate::kernel::{Day, Membership, Money, Result, Role};
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Subject};

#[derive(serde::Serialize)]
struct ForSignature<'a> {
    id: String,
    code: &'a str,
    title: &'a str,
    amount: Money,
    starts_on: Day,
    ends_on: Day,
    due_on: Day,
    sha256: &'a str,
}

#[derive(serde::Serialize)]
struct InForce<'a> {
    id: String,
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    starts_on: Day,
    ends_on: Day,
    amount: Money,
    first_amount: Money,
    first_by: Day,
    reports: Vec<ReportDue>,
}

#[derive(serde::Serialize)]
struct ReportDue {
    number: i32,
    last: bool,
    due: Day,
}

/// E20: to owners and signatories; to everybody who writes for the organisation where it has none.
///
/// # Errors
/// `Fault` when a letter cannot be made.
pub fn for_signature(act: &mut Act<'_>, contract: &Contract, due_on: Day) -> Result<()> {
    to_signatories(act, "E20", contract, due_on)
}

/// E21-reminder, to the same: the last day to sign is near.
///
/// # Errors
/// `Fault` when a letter cannot be made.
pub fn remind(act: &mut Act<'_>, contract: &Contract, due_on: Day) -> Result<()> {
    to_signatories(act, "E21-reminder", contract, due_on)
}

fn to_signatories(act: &mut Act<'_>, letter: &'static str, contract: &Contract, due_on: Day) -> Result<()> {
    let members = accounts::members(act.conn, contract.organisation_id)?;
    let signing = members.iter().any(|(_, membership)| *membership != Membership::Editor);
    for (person, membership) in &members {
        if signing && *membership == Membership::Editor {
            continue;
        }
        let values = ForSignature {
            id: contract.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            amount: contract.amount,
            starts_on: contract.starts_on,
            ends_on: contract.ends_on,
            due_on,
            sha256: &contract.sha256,
        };
        act.send(&Letter::new(letter, Some(contract.programme_id), Subject::Contract(contract.id), &accounts::recipient(person), values))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct Lapsed<'a> {
    id: String,
    code: &'a str,
    title: &'a str,
    organisation: &'a str,
    amount: Money,
    due_on: Day,
    /// For the office: where the reserve list is, and who is first on it.
    slug: &'a str,
    round: &'a str,
    next: Option<String>,
}

/// E21 to everybody who writes for the beneficiary, E21-office to the director, who may move the reserve list up, and the grant manager.
///
/// # Errors
/// `Fault` when a letter cannot be made.
pub fn lapsed(act: &mut Act<'_>, contract: &Contract, due_on: Day) -> Result<()> {
    let programme = crate::programmes::records::find(act.conn, contract.programme_id)?;
    let round = crate::calls::records::find(act.conn, contract.round_id)?;
    let next = crate::awards::actions::next_in_line(act, &round)?;
    let theirs = accounts::recipients_of(act.conn, contract.organisation_id)?.into_iter().map(|to| ("E21", to));
    let office = accounts::recipients_with_role(act.conn, contract.programme_id, &[Role::Director, Role::GrantManager])?;
    for (letter, to) in theirs.chain(office.into_iter().map(|to| ("E21-office", to))) {
        let values = Lapsed {
            id: contract.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            organisation: &contract.organisation_name,
            amount: contract.amount,
            due_on,
            slug: &programme.slug,
            round: &round.code,
            next: next.clone(),
        };
        act.send(&Letter::new(letter, Some(contract.programme_id), Subject::Contract(contract.id), &to, values))?;
    }
    Ok(())
}

/// E22: to the beneficiary and the finance officers.
///
/// # Errors
/// `Fault` when a letter cannot be made.
pub fn in_force(act: &mut Act<'_>, contract: &Contract, agreement: &Agreement, first_by: Day) -> Result<()> {
    let mut recipients: Vec<Recipient> = accounts::recipients_of(act.conn, contract.organisation_id)?;
    recipients.extend(accounts::recipients_with_role(act.conn, contract.programme_id, &[Role::FinanceOfficer])?);
    let last = agreement.reports.len();
    for recipient in &recipients {
        let values = InForce {
            id: contract.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            organisation: &contract.organisation_name,
            starts_on: contract.starts_on,
            ends_on: contract.ends_on,
            amount: contract.amount,
            first_amount: agreement.payments.first().map(|payment| payment.amount).unwrap_or_default(),
            first_by,
            reports: (1..).zip(&agreement.reports).map(|(place, report)| ReportDue { number: report.number, last: place == last, due: report.due }).collect(),
        };
        act.send(&Letter::new("E22", Some(contract.programme_id), Subject::Contract(contract.id), recipient, values))?;
    }
    Ok(())
}
