//! What a fund's terms must hold to.
use super::Terms;
use super::sheet::Flaw;

/// First words of addresses that belong to the house: no fund may be called so.
const TAKEN: &[&str] = &[
    "account",
    "api",
    "appearance",
    "applications",
    "contracts",
    "evaluations",
    "files",
    "healthz",
    "help",
    "invitations",
    "organisations",
    "privacy",
    "receipts",
    "reports",
    "sign-in",
    "sign-out",
    "sign-up",
    "static",
];

/// Everything wrong with a fund's terms, each at its place in the file.
#[must_use]
pub fn flaws(slug: &str, terms: &Terms) -> Vec<Flaw> {
    let mut flaws = vec![];
    if !slug.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-') || slug.len() > 40 {
        flaws.push(Flaw::new("slug", "`slug` stands in addresses: small letters, digits and hyphens, at most 40"));
    }
    if TAKEN.contains(&slug) {
        flaws.push(Flaw::new("slug", format!("`{slug}` is an address of the house itself")));
    }
    if terms.main_contract.ends <= terms.main_contract.begins {
        flaws.push(Flaw::new("main_contract.ends", "the main contract ends before it begins"));
    }
    if terms.languages.is_empty() {
        flaws.push(Flaw::new("languages", "a fund speaks at least one language"));
    }
    if terms.municipalities.is_empty() {
        flaws.push(Flaw::new("municipalities", "a fund has an area"));
    }
    if !terms.envelope.is_zero() && terms.most_per_organisation > terms.envelope {
        flaws.push(Flaw::new("most_per_organisation", "one organisation may not get more than the whole fund"));
    }
    if !terms.office.email.contains('@') {
        flaws.push(Flaw::new("office.email", "`email` is no address"));
    }
    flaws
}
