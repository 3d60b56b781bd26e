//! The whole story of one application: what its applicant is told, in public words; what the office sees, entry by entry.
pub mod pages;
pub mod records;
pub mod rules;

use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::awards::AwardOutcome;
use crate::contracts::State;
use crate::kernel::{ApplicationId, Bilingual, ClarificationId, ContractId, Instant, words};

/// What the stages know of one application, as far as its applicant may be told.
#[derive(Clone, Debug)]
pub struct Story {
    pub id: ApplicationId,
    pub status: Status,
    pub is_test: bool,
    pub opens_at: Instant,
    pub closes_at: Instant,
    /// By when results are promised.
    pub results_at: Instant,
    pub check: Option<CheckState>,
    pub checked_at: Option<Instant>,
    /// The last day for a complaint about the check.
    pub complain_until: Option<crate::kernel::Day>,
    pub request: Option<Request>,
    pub outcome: Option<(AwardOutcome, Instant)>,
    pub contract: Option<State>,
    pub contract_id: Option<ContractId>,
    pub contract_sent_at: Option<Instant>,
    pub contract_active_at: Option<Instant>,
    pub contract_closed_at: Option<Instant>,
}

/// The request that was made to the applicant.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    pub id: ClarificationId,
    pub asked_at: Instant,
    pub due_at: Instant,
    pub answered_at: Option<Instant>,
}

words!(
    /// Where an application stands, in the words of its applicant. What is only proposed inside the office is not among them.
    PublicState {
        /// A try of the form.
        Test = "test",
        Draft = "draft",
        NotReceived = "not-received",
        Sent = "sent",
        Withdrawn = "withdrawn",
        Checking = "checking",
        Asked = "asked",
        NotPassed = "not-passed",
        Evaluating = "evaluating",
        Awarded = "awarded",
        Reserve = "reserve",
        NotSelected = "not-selected",
        ToSign = "to-sign",
        Signed = "signed",
        Running = "running",
        Ended = "ended",
        Completed = "completed",
        Stopped = "stopped",
    }
);

/// What the applicant reads: where it stands, and what comes next.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PublicStatus {
    pub state: PublicState,
    pub words: Bilingual,
    pub next: Bilingual,
    /// The page on which the applicant does what comes next, if it is theirs to do.
    pub to: Option<String>,
    /// The class of its tag.
    pub kind: &'static str,
}

/// A milestone, in public words.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Milestone {
    pub at: Instant,
    pub words: Bilingual,
    /// The page that says more, where there is one.
    pub to: Option<String>,
}

/// How far a step of the way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    Done,
    Now,
    Next,
}

/// A step of the way from the submission to the contract.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Step {
    pub progress: Progress,
    pub words: Bilingual,
    pub more: Bilingual,
}
impl Step {
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.progress {
            Progress::Done => "done",
            Progress::Now => "now",
            Progress::Next => "",
        }
    }
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.progress == Progress::Done
    }
}

/// What the round says of the way, for the words of its steps.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub submitted_at: Instant,
    pub clarification_days: u32,
    pub readers: i32,
    pub threshold: i64,
    pub most: i64,
}

/// An entry of the application's log, as far as the rule needs it.
#[derive(Clone, Debug)]
pub struct Noted {
    pub at: Instant,
    pub kind: String,
}
mod cost_pages;
mod mine_pages;
mod project_pages;
mod receipt_pages;
mod verification_pages;
