//! People, organisations, roles and memberships; signing up, signing in, inviting.
pub mod pages;
pub mod records;
pub mod sessions;

use crate::kernel::{Instant, Lang, OrganisationId, PersonId, words};
use diesel::prelude::*;

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
    /// Code of the municipality of the seat (`programmes::places`).
    pub municipality: String,
    /// `Profile` as JSON.
    pub profile: String,
    /// Folded name, acronym and NIPT, for searching.
    pub search: String,
    pub created_at: Instant,
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
