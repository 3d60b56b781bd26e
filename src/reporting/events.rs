//! What the log keeps of reports.
use super::State;
use crate::contracts::events::contract_events;
use crate::kernel::Money;

contract_events! {
    Saved = "report.saved" { report: i32 }
    Submitted = "report.submitted" { report: i32, declared: Money, expenses: i64 }
    DecisionDrafted = "report.decision-drafted" { report: i32 }
    Returned = "report.returned" { report: i32, question: String }
    Decided = "report.decided" { report: i32, state: State, declared: Money, accepted: Money, refused: Vec<RefusedCost> }
    Reminded = "report.reminded" { report: i32, days: i32 }
}

/// A cost that was not accepted in full, and why.
#[derive(Debug, serde::Serialize)]
pub struct RefusedCost {
    pub expense: crate::kernel::ExpenseId,
    pub amount: Money,
    pub accepted: Money,
    pub reason: super::Refusal,
}
