//! The agreement from the frozen budget: periods, lines, payment plan, calendar of reports, both signatures.
pub mod actions;
pub mod content;
pub mod events;
pub mod letters;
pub mod pages;
pub mod records;
pub mod rules;

use crate::applications::content::Heading;
use crate::kernel::{ApplicationId, ContractId, ContractLineId, Day, Instant, Money, OrganisationId, PersonId, ProgrammeId, Quantity, RoundId, Tr, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// The life of a contract (rules.md 5.4). `signed`: by the beneficiary, not yet by the authority; both signatures make it active.
    State {
        Drafted = "drafted",
        Sent = "sent",
        Signed = "signed",
        Active = "active",
        Ended = "ended",
        Closed = "closed",
        Lapsed = "lapsed",
        Terminated = "terminated",
    }
);
impl State {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Drafted => t.contracts_state_drafted(),
            Self::Sent => t.contracts_state_sent(),
            Self::Signed => t.contracts_state_signed(),
            Self::Active => t.contracts_state_active(),
            Self::Ended => t.contracts_state_ended(),
            Self::Closed => t.contracts_state_closed(),
            Self::Lapsed => t.contracts_state_lapsed(),
            Self::Terminated => t.contracts_state_terminated(),
        }
    }
    /// The tag's colour: what waits is amber, what runs or is finished well is green.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self {
            Self::Drafted | Self::Ended => "",
            Self::Sent | Self::Signed => "warn",
            Self::Active => "info",
            Self::Closed => "ok",
            Self::Lapsed | Self::Terminated => "err",
        }
    }
    /// Whether there is a project: both have signed.
    #[must_use]
    pub fn is_project(&self) -> bool {
        Self::PROJECTS.contains(self)
    }
    /// The states in which there is a project: the same for lists, payments and the public.
    pub const PROJECTS: &[Self] = &[Self::Active, Self::Ended, Self::Closed, Self::Terminated];
}

words!(
    /// Who signs.
    Party { Beneficiary = "beneficiary", Authority = "authority" }
);
impl Party {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Beneficiary => t.contracts_party_beneficiary(),
            Self::Authority => t.contracts_party_authority(),
        }
    }
}

words!(
    /// Headings of a contract's budget: the direct ones of the form, then indirect costs and the reserve, each with one line.
    Category {
        HumanResources = "human-resources",
        Travel = "travel",
        Equipment = "equipment",
        LocalOffice = "local-office",
        OtherCosts = "other-costs",
        Other = "other",
        Indirect = "indirect",
        Reserve = "reserve",
    }
);
impl Category {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match (self.heading(), self) {
            (Some(heading), _) => heading.label(t),
            (None, Self::Reserve) => t.budget_reserve(),
            (None, _) => t.budget_indirect(),
        }
    }
    /// `1. Human resources`, as on the application's form; indirect costs and the reserve have no number there.
    #[must_use]
    pub fn numbered(&self, t: impl Borrow<Tr>) -> String {
        let label = self.label(t);
        self.heading().map_or_else(|| label.to_owned(), |heading| format!("{}. {label}", heading.number()))
    }
    /// The application's heading that it stands for.
    #[must_use]
    pub fn heading(&self) -> Option<Heading> {
        Heading::ALL.iter().copied().find(|heading| Self::from(*heading) == *self)
    }
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        !matches!(self, Self::Indirect | Self::Reserve)
    }
}
impl From<Heading> for Category {
    fn from(heading: Heading) -> Self {
        match heading {
            Heading::HumanResources => Self::HumanResources,
            Heading::Travel => Self::Travel,
            Heading::Equipment => Self::Equipment,
            Heading::LocalOffice => Self::LocalOffice,
            Heading::OtherCosts => Self::OtherCosts,
            Heading::Other => Self::Other,
        }
    }
}

words!(
    /// What a report covers: a part of the project, or all that is left of it.
    ReportKind { Interim = "interim", Final = "final" }
);
impl ReportKind {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Interim => t.contracts_report_interim(),
            Self::Final => t.contracts_report_final(),
        }
    }
}

/// A contract with what lists need; what was agreed stands in `content`, exactly the bytes that both sign.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::contracts, treat_none_as_default_value = false)]
pub struct Contract {
    pub id: ContractId,
    pub application_id: ApplicationId,
    pub programme_id: ProgrammeId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub code: String,
    pub title: String,
    #[serde(skip)]
    pub search: String,
    pub tier: String,
    pub municipality: String,
    pub theme: String,
    pub state: State,
    pub starts_on: Day,
    pub ends_on: Day,
    pub months: i32,
    /// The grant: the most that is ever paid.
    pub amount: Money,
    /// The whole cost of the project, with own and other money.
    pub total: Money,
    pub drafted_by: PersonId,
    pub drafted_at: Instant,
    pub sent_at: Option<Instant>,
    /// Until when the beneficiary signs.
    pub due_on: Option<Day>,
    /// When the beneficiary was reminded to sign.
    pub reminded_at: Option<Instant>,
    pub active_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// `content::Agreement` as JSON.
    #[serde(skip)]
    pub content: String,
    pub sha256: String,
    pub version: i32,
}

/// A cost line of the contract's budget.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::contract_lines, treat_none_as_default_value = false)]
pub struct Line {
    pub id: ContractLineId,
    pub contract_id: ContractId,
    pub position: i32,
    pub heading: Category,
    pub description: String,
    pub unit: String,
    pub number: Quantity,
    pub unit_cost: Money,
    pub total: Money,
}

/// Who signed what, when, under which name.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::signatures, treat_none_as_default_value = false)]
pub struct Signature {
    pub contract_id: ContractId,
    pub party: Party,
    pub person_id: PersonId,
    pub name: String,
    pub signed_at: Instant,
    /// Fingerprint of the content that was signed.
    pub sha256: String,
}
