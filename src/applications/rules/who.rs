//! What the applicant's own profile and its partners lack.
use super::look::Look;
use crate::accounts::rules as accounts;
use crate::applications::content::{File, Partner};
use crate::calls::Round;
use crate::kernel::Reason;
use crate::programmes::places;

/// The profile is whole when the profile's own page says so; that the call takes its legal form is asked here.
pub(super) fn organisation(file: &File, round: &Round) -> Vec<Reason> {
    let now = &file.organisation;
    let mut reasons = super::ineligible(now.legal_form, round);
    reasons.extend(accounts::shortfalls(&now.name, &now.acronym, &now.municipality, &now.profile));
    reasons.into_iter().map(|reason| Reason { at: format!("organisation#{}", reason.at), ..reason }).collect()
}

pub(super) fn partners(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("partners");
    for partner in &file.partners.partners {
        look.reasons.extend(partner_lacks(partner));
        if round.terms.partners_sign && partner.signed.is_none() {
            look.say("not-signed", &format!("partners.{}.name", partner.key), |t| t.partner_not_signed(partner.name.as_str()));
        }
    }
    look.reasons
}

/// What a partner's own fields lack.
#[must_use]
pub fn partner_lacks(partner: &Partner) -> Vec<Reason> {
    let mut look = Look::at("partners");
    let field = |name: &str| format!("partners.{}.{name}", partner.key);
    look.need(&field("name"), |t| t.application_partner_name(), &partner.name);
    if look.need(&field("nipt"), |t| t.application_partner_nipt(), &partner.nipt) && accounts::nipt(&partner.nipt).is_err() {
        look.say("no-nipt", &field("nipt"), |t| t.application_no_nipt().into());
    }
    if look.need(&field("municipality"), |t| t.application_partner_municipality(), &partner.municipality) && places::find(&partner.municipality).is_none() {
        look.say("no-place", &field("municipality"), |t| t.application_no_place().into());
    }
    look.need(&field("representative"), |t| t.application_partner_representative(), &partner.representative);
    look.email(&field("email"), |t| t.application_partner_email(), &partner.email);
    look.text(&field("role"), |t| t.application_partner_role(), &partner.role, 1_000);
    look.reasons
}
