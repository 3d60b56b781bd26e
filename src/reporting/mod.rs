//! Reports: what was done and what it cost, by period; and the office's decision on every cost.
pub mod actions;
mod deciding_actions;
mod deciding_pages;
pub mod events;
pub mod letters;
pub mod list_pages;
pub mod pages;
pub mod records;
pub mod rules;

use crate::contracts::ReportKind;
use crate::kernel::{ContractId, Day, Instant, Money, PersonId, ReportId, Tr, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// The life of a report (rules.md 5.5). Returned: a question is open, and the beneficiary may change it.
    State { Planned = "planned", Due = "due", Submitted = "submitted", Returned = "returned", Approved = "approved", Partly = "partly" }
);
impl State {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Planned => t.reporting_state_planned(),
            Self::Due => t.reporting_state_due(),
            Self::Submitted => t.reporting_state_submitted(),
            Self::Returned => t.reporting_state_returned(),
            Self::Approved => t.reporting_state_approved(),
            Self::Partly => t.reporting_state_partly(),
        }
    }
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self {
            Self::Planned => "",
            Self::Due | Self::Returned => "warn",
            Self::Submitted => "info",
            Self::Approved | Self::Partly => "ok",
        }
    }
    /// Whether the costs are decided: what payments wait for.
    #[must_use]
    pub const fn is_approved(&self) -> bool {
        matches!(self, Self::Approved | Self::Partly)
    }
    /// Whether the beneficiary writes it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Planned | Self::Due | Self::Returned)
    }
}

words!(
    /// Why a cost is not accepted (rules.md 5.5).
    Refusal {
        OutsidePeriod = "outside-period",
        NotInBudget = "not-in-budget",
        NoVoucher = "no-voucher",
        NotPaid = "not-paid",
        WrongHeading = "wrong-heading",
        OverTransfer = "over-transfer",
        VatRecoverable = "vat-recoverable",
        DoubleFunded = "double-funded",
        NoProcurement = "no-procurement",
        ConflictOfInterest = "conflict-of-interest",
        Arithmetical = "arithmetical",
        ExchangeRate = "exchange-rate",
        CashLimit = "cash-limit",
    }
);
impl Refusal {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::OutsidePeriod => t.reporting_refusal_outside_period(),
            Self::NotInBudget => t.reporting_refusal_not_in_budget(),
            Self::NoVoucher => t.reporting_refusal_no_voucher(),
            Self::NotPaid => t.reporting_refusal_not_paid(),
            Self::WrongHeading => t.reporting_refusal_wrong_heading(),
            Self::OverTransfer => t.reporting_refusal_over_transfer(),
            Self::VatRecoverable => t.reporting_refusal_vat_recoverable(),
            Self::DoubleFunded => t.reporting_refusal_double_funded(),
            Self::NoProcurement => t.reporting_refusal_no_procurement(),
            Self::ConflictOfInterest => t.reporting_refusal_conflict_of_interest(),
            Self::Arithmetical => t.reporting_refusal_arithmetical(),
            Self::ExchangeRate => t.reporting_refusal_exchange_rate(),
            Self::CashLimit => t.reporting_refusal_cash_limit(),
        }
    }
}

/// A report of a contract, narrative and financial for the same period.
#[derive(Clone, Debug, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::reports)]
pub struct Report {
    pub id: ReportId,
    pub contract_id: ContractId,
    pub number: i32,
    pub kind: ReportKind,
    pub period_from: Day,
    pub period_to: Day,
    pub due_on: Day,
    pub state: State,
    /// `Narrative` as JSON.
    #[serde(skip)]
    pub narrative: String,
    /// Sum of the expenses that it declared when it was last submitted.
    pub declared: Money,
    pub accepted: Money,
    pub submitted_by: Option<PersonId>,
    pub submitted_at: Option<Instant>,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Instant>,
    /// The question of a returned report, the remark of a decided one.
    pub decision: String,
    pub reminded_at: Option<Instant>,
    /// The decision while it is written, box by box, as JSON: the office's alone.
    #[serde(skip)]
    pub deciding: String,
    /// When the log last had an entry about it.
    #[serde(skip)]
    pub deciding_at: Option<Instant>,
    pub version: i32,
}
impl Report {
    /// What was written; nothing where the stored text cannot be read.
    #[must_use]
    pub fn narrative(&self) -> Narrative {
        serde_json::from_str(&self.narrative).unwrap_or_default()
    }
}

/// The narrative part.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Narrative {
    /// One text for each expected result, in their order.
    pub progress: Vec<String>,
    pub deviations: String,
    pub visibility: String,
    pub lessons: String,
}
