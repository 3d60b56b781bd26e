//! Letters about reports: E23 calls them to mind, E24 asks or decides.
use super::{Refusal, Report};
use crate::accounts::records as accounts;
use crate::contracts::{Contract, ReportKind};
use crate::kernel::{Bilingual, Day, Money, Result, both};
use crate::workflow::letters::Letter;
use crate::workflow::{Act, Subject};

#[derive(serde::Serialize)]
struct Reminder<'a> {
    report: String,
    code: &'a str,
    title: &'a str,
    number: i32,
    last: bool,
    from: Day,
    to_day: Day,
    due_on: Day,
    /// Days since the due day; negative before it.
    days: i32,
}

/// A cost that was not accepted in full, for the letter.
#[derive(Clone, serde::Serialize)]
pub struct Refused {
    pub description: String,
    pub voucher: String,
    pub amount: Money,
    pub accepted: Money,
    pub reason: Bilingual,
}
impl Refused {
    #[must_use]
    pub fn reason_of(refusal: Refusal) -> Bilingual {
        both(|t| refusal.label(t).to_owned())
    }
}

#[derive(serde::Serialize)]
struct Decision<'a> {
    report: String,
    code: &'a str,
    title: &'a str,
    number: i32,
    last: bool,
    question: &'a str,
    remark: &'a str,
    declared: Money,
    accepted: Money,
    refused_sum: Money,
    refused: &'a [Refused],
}

/// E23: to everybody who writes for the beneficiary.
pub fn remind(act: &mut Act<'_>, contract: &Contract, report: &Report, days: i32) -> Result<()> {
    for recipient in accounts::recipients_of(act.conn, contract.organisation_id)? {
        let values = Reminder {
            report: report.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            number: report.number,
            last: report.kind == ReportKind::Final,
            from: report.period_from,
            to_day: report.period_to,
            due_on: report.due_on,
            days,
        };
        act.send(&Letter::new("E23", Some(contract.programme_id), Subject::Contract(contract.id), &recipient, values))?;
    }
    Ok(())
}

/// E24 with a question: the report was given back.
pub fn returned(act: &mut Act<'_>, contract: &Contract, report: &Report, question: &str) -> Result<()> {
    decision(act, contract, report, question, "", Money::ZERO, &[])
}

/// E24 with the decision: what was accepted, what was not and why.
pub fn decided(act: &mut Act<'_>, contract: &Contract, report: &Report, remark: &str, accepted: Money, refused: &[Refused]) -> Result<()> {
    decision(act, contract, report, "", remark, accepted, refused)
}

fn decision(act: &mut Act<'_>, contract: &Contract, report: &Report, question: &str, remark: &str, accepted: Money, refused: &[Refused]) -> Result<()> {
    for recipient in accounts::recipients_of(act.conn, contract.organisation_id)? {
        let values = Decision {
            report: report.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            number: report.number,
            last: report.kind == ReportKind::Final,
            question,
            remark,
            declared: report.declared,
            accepted,
            refused_sum: report.declared - accepted,
            refused,
        };
        act.send(&Letter::new("E24", Some(contract.programme_id), Subject::Contract(contract.id), &recipient, values))?;
    }
    Ok(())
}
