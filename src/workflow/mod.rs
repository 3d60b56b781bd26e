//! The unit of work: whoever changes something leaves an entry in the chained log and letters to be posted, in one transaction.
mod action;
mod audit;
pub mod beats;
mod clock;
mod files;
mod happened;
pub mod letters;
pub mod mailer;
pub mod outbox;
pub mod pdf;
pub mod scanner;
pub mod scans;

pub use action::{Act, Desk, Event, Recorded, Subject, perform};
pub use audit::{LogEntry, Sought, count_sought, first_broken_link, last_walk, log_of, log_without, sought, walk_nightly};
pub use clock::Clock;
pub use files::{Files, Incoming, Stored};
pub use happened::KINDS;
