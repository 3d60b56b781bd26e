//! The applicant's file: written in parts over days, submitted whole, frozen with its fingerprint, known by its code ever after.
pub mod actions;
mod attachment_pages;
pub mod boxes;
pub mod budget;
mod budget_pages;
mod buttons;
mod calendar_pages;
pub mod cancellation_pages;
pub mod content;
pub mod copying;
pub mod deadline_pages;
pub mod deadline_records;
pub mod deadlines;
pub mod differences;
mod draft_pages;
pub mod handing_pages;
mod leaving_pages;
pub mod letters;
pub mod list_pages;
pub mod logframe;
mod logframe_pages;
pub mod pages;
pub mod paper_pages;
pub mod papers;
mod part_pages;
mod partner_pages;
pub mod partnership_records;
pub mod partnerships;
pub mod plan;
mod plan_pages;
pub mod print_records;
pub mod readiness;
mod readiness_pages;
mod readiness_records;
pub mod reading;
pub mod records;
pub mod reminders;
pub mod removed;
pub mod rules;
pub mod sending;
mod sending_pages;
mod sending_records;
pub mod submission;
pub mod text_pages;
mod trial_pages;
pub mod trials;
pub mod workbook;
mod workbook_pages;
mod writing;

use crate::kernel::{
    ApplicationId, AttachmentId, ClarificationId, Day, DecisionId, Instant, Lang, Money, OrganisationId, PersonId, ProgrammeId, Reason, RoundId, SendingId,
    SubmissionId, Tr, words,
};
use diesel::prelude::*;

words!(
    /// A draft is nobody's but its writers'; a submitted one is frozen; a withdrawn one is over (until the deadline its writers may take it up again).
    Status { Draft = "draft", Submitted = "submitted", Withdrawn = "withdrawn" }
);

words!(
    /// The parts of an application, each a page and a save of its own. (The organisation's profile is part 1, kept with the organisation.)
    Part {
        Partners = "partners",
        Summary = "summary",
        Description = "description",
        Logframe = "logframe",
        Plan = "plan",
        Budget = "budget",
        Capacity = "capacity",
        Declarations = "declarations",
    }
);

/// An application with what lists and rankings need. Its content is in its parts while it is a draft, and in its submissions for everybody else.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::applications, treat_none_as_default_value = false)]
pub struct Application {
    pub id: ApplicationId,
    pub programme_id: ProgrammeId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    /// Key of the chosen tier; empty before the choice.
    pub tier: String,
    /// Given at the first submission, kept for life: 7 in `R3-07`.
    pub serial: Option<i32>,
    pub code: Option<String>,
    pub status: Status,
    pub title: String,
    /// Folded title, organisation and code.
    pub search: String,
    pub requested: Money,
    pub total: Money,
    pub months: i32,
    /// The first-named municipality: where the project counts when it must count once.
    pub municipality: String,
    /// The first-named theme.
    pub theme: String,
    pub lang: Lang,
    pub created_by: PersonId,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub submitted_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
    /// Its own deadline, where a decision gave it one; `Round::until` says what holds.
    pub closes_at: Option<Instant>,
    /// Since when a contract stands on it: what came later is ended through the contract.
    pub bound_at: Option<Instant>,
    /// How many times it was submitted; the last one counts.
    pub submissions: i32,
    /// A try of the form: it stays a draft for ever, is handed in nowhere and counted nowhere.
    pub is_test: bool,
    /// When the try was sent last, as far as a try is sent.
    pub tried_at: Option<Instant>,
    pub version: i32,
}

impl Application {
    /// Its title, or words that say that it has none yet.
    #[must_use]
    pub fn heading(&self, t: impl std::borrow::Borrow<Tr>) -> &str {
        if self.title.is_empty() { t.borrow().application_untitled() } else { &self.title }
    }
}

words!(
    /// Why a deadline is later than it was: it was moved while it had not passed, or an outage of ours is made good.
    DecisionKind { Extension = "extension", Grace = "grace" }
);

/// A later deadline, with its reason: of a whole round, or of one application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::deadline_decisions, treat_none_as_default_value = false)]
pub struct DeadlineDecision {
    pub id: DecisionId,
    pub round_id: RoundId,
    /// None where it is about the whole round.
    pub application_id: Option<ApplicationId>,
    /// Whose application it is; empty where it is about the whole round.
    pub organisation_name: String,
    pub kind: DecisionKind,
    pub closed_before: Instant,
    pub closes_at: Instant,
    pub outage_from: Option<Instant>,
    pub outage_until: Option<Instant>,
    pub reason: String,
    pub decided_by: Option<PersonId>,
    pub decided_by_name: String,
    pub decided_at: Instant,
}

impl DeadlineDecision {
    #[must_use]
    pub const fn is_for_all(&self) -> bool {
        self.application_id.is_none()
    }
    /// From when to when, in a sentence; without the reason.
    #[must_use]
    pub fn sentence(&self, t: impl std::borrow::Borrow<Tr>) -> String {
        let t = *t.borrow();
        match (self.outage_from, self.outage_until) {
            (Some(from), Some(until)) => t.deadline_graced(t.moment(self.closes_at), t.moment(from), t.moment(until)),
            _ => t.deadline_extended(t.moment(self.closed_before), t.moment(self.closes_at)),
        }
    }
}

/// A frozen version: what evaluators, the office and auditors see.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::submissions, treat_none_as_default_value = false)]
pub struct Submission {
    pub id: SubmissionId,
    pub application_id: ApplicationId,
    pub number: i32,
    pub code: String,
    pub submitted_at: Instant,
    pub submitted_by: PersonId,
    /// `content::File` as JSON, exactly the bytes that were fingerprinted.
    pub content: String,
    pub sha256: String,
}

words!(
    /// What a PDF shows of a frozen version: all of it; what an evaluator reads of it; its receipt.
    PrintKind { Application = "application", Reading = "reading", Receipt = "receipt" }
);

/// A PDF of a frozen version that was handed out. Another version of the template makes other bytes, so what is known of a PDF is kept when
/// it is made, not made again when it is checked.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::document_prints, treat_none_as_default_value = false)]
pub struct Print {
    pub sha256: String,
    pub submission_id: SubmissionId,
    pub kind: PrintKind,
    pub lang: Lang,
    pub made_at: Instant,
}

/// A paper that belongs to an application: asked for by the call, or sent as an answer to a clarification request.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::attachments, treat_none_as_default_value = false)]
pub struct Attachment {
    pub id: AttachmentId,
    pub application_id: ApplicationId,
    /// Set where it came with the answer to a request: it stands beside the frozen version, never in it.
    pub clarification_id: Option<ClarificationId>,
    /// Key of the call's document; for a partner's paper with the partner's row key behind a dot: `partner-declaration.p1`.
    pub document: String,
    pub sha256: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub uploaded_by: PersonId,
    pub uploaded_at: Instant,
    pub removed_at: Option<Instant>,
    /// The last day on which it is valid, where it says one.
    pub valid_until: Option<Day>,
}

/// A paper that is coming in pieces, or has come.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::sendings, treat_none_as_default_value = false)]
pub struct Sending {
    pub id: SendingId,
    pub application_id: ApplicationId,
    pub document: String,
    pub name: String,
    /// How many it will have.
    pub bytes: i64,
    /// By what its sender knows the file again.
    pub mark: String,
    pub begun_by: PersonId,
    pub begun_at: Instant,
    pub changed_at: Instant,
    /// The paper that it became.
    pub attachment_id: Option<AttachmentId>,
}

/// What is kept of a part: its content as JSON with the version that guards it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::application_parts, treat_none_as_default_value = false)]
pub struct StoredPart {
    pub application_id: ApplicationId,
    pub part: Part,
    pub content: String,
    pub version: i32,
    pub changed_at: Instant,
    pub changed_by: PersonId,
    /// When the log last had an entry about this part: a run of saves by one person has one entry.
    pub noted_at: Instant,
    /// The rows that were taken out of it last: see `removed::Bin`.
    pub removed: String,
}

/// An organisation that its person might apply for.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Candidate {
    pub id: OrganisationId,
    pub name: String,
    /// Why it cannot hand anything in to this round.
    pub against: Vec<Reason>,
    /// What the administrative evaluation would hold against it.
    pub doubts: Vec<Reason>,
    /// What it has begun or handed in in this round, the newest first.
    pub begun: Vec<Begun>,
    /// As many as the round takes from one organisation.
    pub has_enough: bool,
}

/// An application that an organisation has in a round already.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Begun {
    pub id: ApplicationId,
    pub status: Status,
    /// Its own deadline, where it has one that is later than the round's.
    pub closes_at: Option<Instant>,
}

impl Candidate {
    #[must_use]
    pub fn may_apply(&self) -> bool {
        self.against.is_empty()
    }
    #[must_use]
    pub fn may_begin(&self) -> bool {
        self.may_apply() && !self.has_enough
    }
}

/// The answer to a save: the version that the next save must know.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Saved {
    pub part: Part,
    pub version: i32,
    pub saved_at: Instant,
}

/// What the applicant keeps in hand: number, server time, fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    pub code: String,
    pub number: i32,
    pub submitted_at: Instant,
    pub sha256: String,
}
impl Receipt {
    #[must_use]
    pub fn of(submission: &Submission) -> Self {
        Self { code: submission.code.clone(), number: submission.number, submitted_at: submission.submitted_at, sha256: submission.sha256.clone() }
    }
    /// The fingerprint in groups of four, as one reads it aloud.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let letters: Vec<char> = self.sha256.chars().collect();
        letters.chunks(4).map(|four| four.iter().collect()).collect()
    }
}
