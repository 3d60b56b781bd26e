//! What the log keeps of payments.
use crate::contracts::events::contract_events;
use crate::kernel::Money;

contract_events! {
    ApprovedOnce = "payment.approved-once" { payment: i32, amount: Money }
    Approved = "payment.approved" { payment: i32, amount: Money }
    Sent = "payment.sent" { payment: i32, amount: Money, reference: String }
    Confirmed = "payment.confirmed" { payment: i32, amount: Money }
    Settled = "payment.settled" { released: Money }
}
