//! People, organisations, roles and memberships; signing up, signing in, inviting.
pub mod actions;
pub mod colleagues;
mod events;
pub mod letters;
pub mod pages;
pub mod paper_records;
pub mod paper_rules;
pub mod passwords;
mod profile;
pub mod records;
pub mod rules;
pub mod second_factor;
pub mod sessions;

use crate::kernel::{Day, Instant, InvitationId, Lang, Membership, OrganisationId, PaperId, PartnershipId, PersonId, ProgrammeId, Role, Tr, folded, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// The legal forms of Albanian non-profit organisations (pact.md 1.5); which of them may apply is a term of the call.
    LegalForm { Association = "association", Foundation = "foundation", Center = "center" }
);

/// A person with an account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::people, treat_none_as_default_value = false)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub phone: String,
    pub lang: Lang,
    pub password_hash: Option<String>,
    pub totp_secret: Option<String>,
    pub totp_confirmed_at: Option<Instant>,
    /// The last time step whose code was used: a code works once.
    pub totp_last_step: i64,
    pub email_confirmed_at: Option<Instant>,
    pub created_at: Instant,
    pub disabled_at: Option<Instant>,
}

/// An organisation: one per NIPT. Its profile is kept once and frozen into every submission.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::organisations, treat_none_as_default_value = false)]
pub struct Organisation {
    pub id: OrganisationId,
    pub nipt: String,
    pub name: String,
    pub acronym: String,
    pub legal_form: LegalForm,
    /// Code of the municipality of the seat (`kernel::places`).
    pub municipality: String,
    /// `Profile` as JSON.
    pub profile: String,
    /// Folded name, acronym and NIPT, for searching.
    pub search: String,
    pub created_at: Instant,
    /// When its profile was saved last, and by whom.
    pub saved_at: Option<Instant>,
    pub saved_by: Option<PersonId>,
    /// When the saves that nobody pressed a button for were put into the log last.
    pub noted_at: Option<Instant>,
    pub version: i32,
}

/// The organisation's profile (rules.md 4.1), everything as it was typed; what must be there is asked at submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Profile {
    pub name_en: String,
    /// Court decision or register entry, with its date as typed.
    pub registration: String,
    /// `2009-05-14`
    pub registered_on: String,
    pub address: String,
    pub postcode: String,
    /// Codes of the municipalities where the organisation works.
    pub active_in: Vec<String>,
    pub phone: String,
    pub email: String,
    pub website: String,
    pub representative: String,
    pub representative_position: String,
    pub representative_email: String,
    pub contact: String,
    pub contact_email: String,
    pub contact_phone: String,
    /// At most 1,500 characters.
    pub mission: String,
    pub staff_women: String,
    pub staff_men: String,
    pub volunteers: String,
    pub members: String,
    pub board_women: String,
    pub board_men: String,
    /// Turnover of the last years, as typed; "N/A" for the newly founded.
    pub turnover: Vec<Turnover>,
    pub donors: String,
    /// At most 1,000 characters: who keeps the books, how, audited when.
    pub finances: String,
    pub vat_registered: bool,
}

/// One year's turnover, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Turnover {
    pub year: String,
    pub euros: String,
}

impl Organisation {
    /// The profile; an empty one where the stored text cannot be read.
    #[must_use]
    pub fn profile(&self) -> Profile {
        serde_json::from_str(&self.profile).unwrap_or_default()
    }
}

impl Organisation {
    /// What searches look through.
    #[must_use]
    pub fn search_text(&self) -> String {
        folded(&format!("{} {} {} {}", self.name, self.acronym, self.nipt, self.profile().name_en))
    }
}

words!(
    /// The papers that a profile keeps (rules.md 4.6): those that say the same in every application. A call's document with the same key
    /// is such a paper.
    PaperKind {
        Statute = "statute",
        Registration = "registration",
        Nipt = "nipt",
        Tax = "tax",
        CriminalRecord = "criminal-record",
        Accounts = "accounts",
        Cv = "cv",
        Bank = "bank",
    }
);

/// A paper of an organisation's profile: kept once, attached to applications by one button.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::organisation_papers, treat_none_as_default_value = false)]
pub struct OrganisationPaper {
    pub id: PaperId,
    pub organisation_id: OrganisationId,
    pub kind: PaperKind,
    pub sha256: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// The last day on which it is valid, where it has one.
    pub valid_until: Option<Day>,
    pub kept_by: PersonId,
    pub kept_by_name: String,
    pub kept_at: Instant,
    pub removed_at: Option<Instant>,
}

/// A letter that asks somebody in: into a fund with a role, into an organisation, or to a partner's part of an application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::invitations, treat_none_as_default_value = false)]
pub struct Invitation {
    pub id: InvitationId,
    pub programme_id: Option<ProgrammeId>,
    pub organisation_id: Option<OrganisationId>,
    pub partnership_id: Option<PartnershipId>,
    pub email: String,
    /// A `Role` of the fund or a `Membership` of the organisation.
    pub role: String,
    pub token_hash: String,
    pub invited_by: Option<PersonId>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
}

/// What an invitation is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitedTo {
    Organisation(OrganisationId),
    Partnership(PartnershipId),
    Programme(ProgrammeId),
}

impl Invitation {
    /// What it is to; None where it is to nothing, which no action makes.
    #[must_use]
    pub fn to(&self) -> Option<InvitedTo> {
        let partnership = self.partnership_id.map(InvitedTo::Partnership);
        self.organisation_id.map(InvitedTo::Organisation).or(partnership).or(self.programme_id.map(InvitedTo::Programme))
    }
    /// Whether both would make the same of the same: a fund's roles stand side by side, an organisation has one for each person.
    #[must_use]
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        self.to() == other.to() && (self.programme_id.is_none() || self.role == other.role)
    }
    /// The role or membership, in words.
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self.to() {
            Some(InvitedTo::Organisation(_)) => self.role.parse::<Membership>().map_or("", |it| it.label(t)),
            Some(InvitedTo::Partnership(_)) => t.accounts_as_partner(),
            _ => self.role.parse::<Role>().map_or("", |it| it.label(t)),
        }
    }
}

impl LegalForm {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Association => t.accounts_form_association(),
            Self::Foundation => t.accounts_form_foundation(),
            Self::Center => t.accounts_form_center(),
        }
    }
}
impl PaperKind {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Statute => t.paper_kind_statute(),
            Self::Registration => t.paper_kind_registration(),
            Self::Nipt => t.paper_kind_nipt(),
            Self::Tax => t.paper_kind_tax(),
            Self::CriminalRecord => t.paper_kind_criminal_record(),
            Self::Accounts => t.paper_kind_accounts(),
            Self::Cv => t.paper_kind_cv(),
            Self::Bank => t.paper_kind_bank(),
        }
    }
}
impl Membership {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Owner => t.accounts_membership_owner(),
            Self::Editor => t.accounts_membership_editor(),
            Self::Signatory => t.accounts_membership_signatory(),
        }
    }
    /// What it may, in a sentence.
    #[must_use]
    pub fn hint(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Owner => t.accounts_membership_owner_hint(),
            Self::Editor => t.accounts_membership_editor_hint(),
            Self::Signatory => t.accounts_membership_signatory_hint(),
        }
    }
}
impl Role {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Secretary => t.accounts_role_secretary(),
            Self::SecondChecker => t.accounts_role_second_checker(),
            Self::Evaluator => t.accounts_role_evaluator(),
            Self::CommitteeMember => t.accounts_role_committee_member(),
            Self::GrantManager => t.accounts_role_grant_manager(),
            Self::FinanceOfficer => t.accounts_role_finance_officer(),
            Self::Director => t.accounts_role_director(),
            Self::Funder => t.accounts_role_funder(),
            Self::Auditor => t.accounts_role_auditor(),
            Self::Administrator => t.accounts_role_administrator(),
        }
    }
}
