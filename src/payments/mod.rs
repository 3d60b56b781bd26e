//! Payments: planned shares of the grant, approved by two persons, sent by finance, confirmed by the beneficiary; the balance and the end.
pub mod actions;
pub mod events;
pub mod letters;
pub mod pages;
pub mod records;
pub mod rules;

use crate::kernel::{ContractId, Instant, Money, PaymentId, PersonId, ReportId, Tr, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// The life of a payment (rules.md 5.5). Released: nothing is left to pay, the money is the round's again.
    State {
        Planned = "planned",
        ApprovedOnce = "approved-once",
        Approved = "approved",
        Sent = "sent",
        Confirmed = "confirmed",
        Released = "released",
    }
);
impl State {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Planned => t.payments_state_planned(),
            Self::ApprovedOnce => t.payments_state_approved_once(),
            Self::Approved => t.payments_state_approved(),
            Self::Sent => t.payments_state_sent(),
            Self::Confirmed => t.payments_state_confirmed(),
            Self::Released => t.payments_state_released(),
        }
    }
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self {
            Self::Planned | Self::Released => "",
            Self::ApprovedOnce | Self::Approved => "warn",
            Self::Sent => "info",
            Self::Confirmed => "ok",
        }
    }
    /// The states in which the money has left the fund.
    #[must_use]
    pub fn paid() -> Vec<Self> {
        Self::ALL.iter().copied().filter(Self::is_paid).collect()
    }
    /// Whether something is left to do.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Confirmed | Self::Released)
    }
    /// Whether the money has left the fund.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        matches!(self, Self::Sent | Self::Confirmed)
    }
}

/// A payment of a contract, with who did which step.
#[derive(Clone, Debug, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::payments)]
pub struct Payment {
    pub id: PaymentId,
    pub contract_id: ContractId,
    pub number: i32,
    /// Hundredths of a percent of the grant.
    pub share: i32,
    /// As planned; the balance is computed when it is first approved.
    pub amount: Money,
    pub state: State,
    /// The report that must be approved before; none for the first payment.
    pub report_id: Option<ReportId>,
    pub first_by: Option<PersonId>,
    pub first_by_name: String,
    pub first_at: Option<Instant>,
    pub second_by: Option<PersonId>,
    pub second_by_name: String,
    pub second_at: Option<Instant>,
    /// The bank's reference of the transfer.
    pub reference: String,
    pub sent_by: Option<PersonId>,
    pub sent_at: Option<Instant>,
    pub confirmed_by: Option<PersonId>,
    pub confirmed_at: Option<Instant>,
    pub version: i32,
}
impl Payment {
    #[must_use]
    pub const fn share(&self) -> crate::kernel::Basis {
        crate::kernel::Basis(self.share)
    }
}
