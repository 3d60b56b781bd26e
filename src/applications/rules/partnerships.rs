//! A partner's own part: which boxes are its, what it signs, and whether a signature still stands under what it was given for.
use super::who::partner_lacks;
use crate::applications::content::Partner;
use crate::applications::partnerships::{Partnership, Signing};
use crate::kernel::{Reason, fingerprint};

/// Whether a box of the partners' part is this partner's own.
#[must_use]
pub fn is_own_box(name: &str, partner: &str) -> bool {
    name.strip_prefix("partners.").and_then(|rest| rest.strip_prefix(partner)).is_some_and(|rest| rest.starts_with('.'))
}

/// The fingerprint of what a partner signs: its own fields, and nothing else of the application.
#[must_use]
pub fn own_fingerprint(partner: &Partner) -> String {
    let fields = [&partner.name, &partner.nipt, &partner.municipality, &partner.representative, &partner.email, &partner.role];
    fingerprint(fields.iter().map(|field| format!("{}:{field}\n", field.len())).collect::<String>().as_bytes())
}

/// Whether this signature is the partner's, and stands under what its fields say now.
#[must_use]
pub fn stands(partnership: &Partnership, partner: &Partner) -> bool {
    partnership.ended_at.is_none()
        && partnership.partner == partner.key
        && partnership.signed_at.is_some()
        && partnership.signed_sha256 == own_fingerprint(partner)
}

/// The longest name and capacity of who signs.
const LONGEST: usize = 200;

/// What is wrong with a signature: something is not filled in, or the partner's own part is not whole.
#[must_use]
pub fn signing(partner: &Partner, typed: &Signing) -> Vec<Reason> {
    let mut reasons = partner_lacks(partner);
    for (field, text) in [("signed_name", &typed.name), ("signed_as", &typed.capacity)] {
        if text.is_empty() || text.chars().count() > LONGEST {
            reasons.push(Reason::new("missing", field, |t| {
                t.application_fill_in(if field == "signed_name" { t.application_declared_by() } else { t.application_declared_as() })
            }));
        }
    }
    if !typed.agreed {
        reasons.push(Reason::new("not-declared", "agreed", |t| t.partner_tick_it().into()));
    }
    reasons
}

/// Why a partner cannot be invited: somebody writes there already.
#[must_use]
pub fn inviting(there: Option<&Partnership>) -> Vec<Reason> {
    match there {
        Some(there) if there.accepted_at.is_some() => {
            vec![Reason::new("partner-is-there", "", |t| t.partner_is_there(there.person_name.as_str()))]
        }
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{ApplicationId, Instant, PartnershipId, PersonId, ProgrammeId};

    fn partner() -> Partner {
        let text = |text: &str| text.to_owned();
        Partner {
            key: text("p1"),
            name: text("SDC"),
            nipt: text("K61827501A"),
            municipality: text("kukes"),
            representative: text("Besnik Leka"),
            email: text("besnik@example.org"),
            role: text("Focus groups"),
            signed: None,
        }
    }
    fn signed(partner: &Partner) -> Partnership {
        let now = Instant::at_tirane("2017-10-20T11:00").unwrap();
        Partnership {
            id: PartnershipId::new(),
            programme_id: ProgrammeId::new(),
            application_id: ApplicationId::new(),
            partner: partner.key.clone(),
            lead: "Lead".into(),
            email: partner.email.clone(),
            invited_by: PersonId::new(),
            invited_at: now,
            person_id: Some(PersonId::new()),
            person_name: "Besnik".into(),
            accepted_at: Some(now),
            ended_at: None,
            signed_at: Some(now),
            signature: "{}".into(),
            signed_sha256: own_fingerprint(partner),
        }
    }

    #[test]
    fn only_the_partners_own_boxes_are_its() {
        for (name, own) in [
            ("partners.p1.name", true),
            ("partners.p1.role", true),
            ("partners.p11.name", false),
            ("partners.p2.name", false),
            ("partners.p1", false),
            ("problem", false),
            ("xpartners.p1.name", false),
        ] {
            assert_eq!(is_own_box(name, "p1"), own, "{name}");
        }
    }

    #[test]
    fn a_signature_stands_under_what_it_was_given_for_and_under_nothing_else() {
        let partner = partner();
        let given = signed(&partner);
        assert!(stands(&given, &partner));
        for changed in [
            Partner { role: "Everything".into(), ..partner.clone() },
            Partner { name: "SDCK".into(), nipt: "61827501A".into(), ..partner.clone() },
            Partner { key: "p2".into(), ..partner.clone() },
        ] {
            assert!(!stands(&given, &changed), "{changed:?}");
        }
        assert!(!stands(&Partnership { ended_at: given.signed_at, ..given.clone() }, &partner));
        assert!(!stands(&Partnership { signed_at: None, ..given }, &partner));
    }

    #[test]
    fn who_signs_is_named_and_has_ticked_it_and_the_part_is_whole() {
        let typed = Signing { name: "Besnik Leka".into(), capacity: "Director".into(), agreed: true };
        assert_eq!(signing(&partner(), &typed), []);
        let codes = |partner: &Partner, typed: &Signing| signing(partner, typed).into_iter().map(|reason| reason.at).collect::<Vec<_>>();
        assert_eq!(codes(&partner(), &Signing::default()), ["signed_name", "signed_as", "agreed"]);
        assert_eq!(codes(&Partner { role: String::new(), ..partner() }, &typed), ["partners#partners.p1.role"]);
    }
}
