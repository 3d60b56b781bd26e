//! Ready for signature: what a call may ask before an application is handed in. Readiness belongs to one text; any other text has none.
use crate::applications::readiness::Declared;
use crate::calls::{Round, Signature};
use crate::kernel::Reason;

/// How far a draft is on its way to the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness<'d> {
    /// The call does not ask for it.
    NotAsked,
    NotYet,
    Ready(&'d Declared),
    /// It was ready, and says something else now.
    Changed(&'d Declared),
    /// Who signs sent it back.
    SentBack(&'d Declared),
}

/// From what was declared last and the fingerprint of what the draft says now.
#[must_use]
pub fn readiness<'d>(round: &Round, last: Option<&'d Declared>, sha256: &str) -> Readiness<'d> {
    match (round.terms.signature, last) {
        (Signature::Submitter, _) => Readiness::NotAsked,
        (Signature::Signatory, None) => Readiness::NotYet,
        (Signature::Signatory, Some(last)) if last.sent_back_at.is_some() => Readiness::SentBack(last),
        (Signature::Signatory, Some(last)) if last.sha256 != sha256 => Readiness::Changed(last),
        (Signature::Signatory, Some(last)) => Readiness::Ready(last),
    }
}

/// Why it cannot be called ready; what it lacks is asked apart.
#[must_use]
pub fn declaring(standing: Readiness<'_>) -> Vec<Reason> {
    match standing {
        Readiness::NotAsked => vec![Reason::new("not-asked", "", |t| t.signature_not_asked().into())],
        Readiness::Ready(_) => vec![Reason::new("ready-already", "", |t| t.signature_ready_already().into())],
        Readiness::NotYet | Readiness::Changed(_) | Readiness::SentBack(_) => vec![],
    }
}

/// Why it cannot be submitted yet, as far as the signature goes.
#[must_use]
pub fn approving(standing: Readiness<'_>) -> Vec<Reason> {
    match standing {
        Readiness::NotAsked | Readiness::Ready(_) => vec![],
        Readiness::NotYet => vec![Reason::new("not-ready", "", |t| t.signature_not_yet().into())],
        Readiness::Changed(_) => vec![Reason::new("ready-no-more", "", |t| t.signature_changed().into())],
        Readiness::SentBack(_) => vec![Reason::new("sent-back", "", |t| t.signature_was_sent_back().into())],
    }
}

/// Only what waits for a signature can be sent back.
#[must_use]
pub fn returning(standing: Readiness<'_>) -> Vec<Reason> {
    match standing {
        Readiness::Ready(_) => vec![],
        _ => vec![Reason::new("nothing-to-return", "", |t| t.signature_nothing_to_return().into())],
    }
}
