//! E25: a payment was sent.
use super::Payment;
use crate::accounts::records as accounts;
use crate::contracts::Contract;
use crate::kernel::{Day, Money, Result};
use crate::workflow::letters::Letter;
use crate::workflow::{Act, Subject};

#[derive(serde::Serialize)]
struct Sent<'a> {
    payment: String,
    code: &'a str,
    title: &'a str,
    number: i32,
    amount: Money,
    reference: &'a str,
    sent_on: Day,
}

/// To everybody who writes for the beneficiary.
pub fn sent(act: &mut Act<'_>, contract: &Contract, payment: &Payment, reference: &str) -> Result<()> {
    for recipient in accounts::recipients_of(act.conn, contract.organisation_id)? {
        let values = Sent {
            payment: payment.id.to_string(),
            code: &contract.code,
            title: &contract.title,
            number: payment.number,
            amount: payment.amount,
            reference,
            sent_on: act.now.day(),
        };
        act.send(&Letter::new("E25", Some(contract.programme_id), Subject::Contract(contract.id), &recipient, values))?;
    }
    Ok(())
}
