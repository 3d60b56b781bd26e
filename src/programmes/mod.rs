//! A fund: its funder, main contract, envelope, area and partners; and the municipalities of the country.
pub mod actions;
pub mod file;
pub mod map;
pub mod pages;
pub use crate::kernel::places;
pub mod records;
pub mod rules;
pub mod sheet;

use crate::kernel::{Bilingual, Day, Lang, Money, ProgrammeId};

/// A fund as it is kept: its terms came from a file in `config/programmes/`.
#[derive(Clone, Debug)]
pub struct Programme {
    pub id: ProgrammeId,
    /// The first part of its addresses: `pact`.
    pub slug: String,
    pub terms: Terms,
    pub version: i32,
}

/// What a programme file says of the fund itself.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub name: Bilingual,
    pub full_name: Bilingual,
    pub funder: Funder,
    pub main_contract: MainContract,
    /// For sub-grants, over all rounds; nothing where it has not been published.
    pub envelope: Money,
    /// How many grants are planned; 0 where it has not been published.
    pub planned_grants: u32,
    /// The most that one organisation may get over all rounds (rules.md 3.1).
    pub most_per_organisation: Money,
    /// Codes of the municipalities of the fund's area.
    pub municipalities: Vec<String>,
    pub implementer: Partner,
    #[serde(default)]
    pub partners: Vec<Partner>,
    pub overall_objective: Bilingual,
    pub specific_objective: Bilingual,
    /// One sentence for the public home.
    pub invitation: Bilingual,
    /// A second, explaining sentence.
    pub explanation: Bilingual,
    /// The first is the one that a visitor without a wish gets.
    pub languages: Vec<Lang>,
    pub office: Office,
}

#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funder {
    pub name: Bilingual,
    pub funded_by: Bilingual,
    pub facility: Bilingual,
    /// The European Union: its emblem and its disclaimer.
    pub eu: bool,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MainContract {
    #[serde(default)]
    pub number: String,
    pub begins: Day,
    /// No sub-grant may run past it (rules.md 5.4).
    pub ends: Day,
    /// Days before `ends` by which every sub-grant must have ended, so that the fund can report in time.
    pub reporting_margin_days: i64,
}

#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub acronym: String,
    pub name: Bilingual,
}

#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub address: String,
    pub email: String,
    #[serde(default)]
    pub phone: String,
}

impl Programme {
    /// What the frame of a page says of this fund.
    #[must_use]
    pub fn frame(&self) -> crate::web::Fund {
        let terms = &self.terms;
        let list = |say: fn(&Bilingual) -> &str, and: &str| {
            let names: Vec<String> = terms.partners.iter().map(|partner| format!("{} ({})", say(&partner.name), partner.acronym)).collect();
            names.join(and)
        };
        let run_by = if terms.partners.is_empty() {
            Bilingual { sq: format!("Zbatohet nga {}.", terms.implementer.acronym), en: format!("Run by {}.", terms.implementer.acronym) }
        } else {
            Bilingual {
                sq: format!("Zbatohet nga {} në partneritet me {}.", terms.implementer.acronym, list(|name| &name.sq, " dhe ")),
                en: format!("Run by {} with {}.", terms.implementer.acronym, list(|name| &name.en, " and ")),
            }
        };
        crate::web::Fund {
            slug: self.slug.clone(),
            name: terms.name.clone(),
            tagline: terms.full_name.clone(),
            funded_by: terms.funder.funded_by.clone(),
            facility: terms.funder.facility.clone(),
            run_by,
            eu: terms.funder.eu,
        }
    }
}
