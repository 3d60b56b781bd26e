//! What the log keeps of contracts. The later stages of a project write about the same subject, so they declare their events with the same words.

/// `contract_events! { Sent = "contract.sent" { due_on: Day } }`: each carries the contract, its fund and its code besides its own facts.
macro_rules! contract_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($field:ident : $type:ty),* $(,)? })+) => { $(
        $(#[$meta])*
        #[derive(Debug, serde::Serialize)]
        pub struct $name {
            pub contract: $crate::kernel::ContractId,
            pub programme: $crate::kernel::ProgrammeId,
            pub code: String,
            $(pub $field: $type,)*
        }
        impl $name {
            pub fn of(contract: &$crate::contracts::Contract, $($field: $type),*) -> Self {
                Self { contract: contract.id, programme: contract.programme_id, code: contract.code.clone(), $($field),* }
            }
        }
        impl $crate::workflow::Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> $crate::workflow::Subject {
                $crate::workflow::Subject::Contract(self.contract)
            }
            fn programme(&self) -> Option<$crate::kernel::ProgrammeId> {
                Some(self.programme)
            }
        }
    )+ };
}
pub(crate) use contract_events;

use crate::kernel::{ApplicationId, Day, Money};

contract_events! {
    Drafted = "contract.drafted" { application: ApplicationId, amount: Money, total: Money, starts_on: Day, ends_on: Day }
    LinesSet = "contract.lines-set" { before: Money, after: Money }
    Sent = "contract.sent" { due_on: Day, sha256: String }
    SignedByBeneficiary = "contract.signed-by-beneficiary" { name: String, sha256: String }
    Activated = "contract.activated" { name: String, sha256: String }
    Reminded = "contract.reminded" { due_on: Day }
    Lapsed = "contract.lapsed" { due_on: Day }
    Ended = "contract.ended" { ends_on: Day }
    Closed = "contract.closed" { paid: Money, accepted: Money }
}
