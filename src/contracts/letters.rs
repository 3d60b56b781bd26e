//! Letters about contracts: E20 to who signs for the beneficiary, E22 when both have signed.
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
        act.send(&Letter::new("E20", Some(contract.programme_id), Subject::Contract(contract.id), &accounts::recipient(person), values))?;
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
