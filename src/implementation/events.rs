//! What the log keeps of a project's progress and spending.
use super::ActivityState;
use crate::contracts::events::contract_events;
use crate::kernel::{Day, ExpenseId, Money, Quantity};

contract_events! {
    ActivitySet = "project.activity-set" { activity: String, from: ActivityState, to: ActivityState, done_on: Option<Day> }
    ValueRecorded = "project.value-recorded" { indicator: String, value: Quantity, women: Option<Quantity>, measured_on: Day }
    ExpenseEntered = "project.expense-entered" { expense: ExpenseId, amount: Money, paid_on: Day, voucher: String }
    ExpenseRemoved = "project.expense-removed" { expense: ExpenseId, amount: Money, paid_on: Day, voucher: String }
}
