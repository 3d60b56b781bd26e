//! What may be done with an application and what stands in the way. Pure: every reason at once, each naming its part and field.
mod completeness;
mod deadlines;
mod look;
mod papers;
mod partnerships;
mod readiness;
mod reminders;
mod self_check;
mod texts;
mod who;

pub use completeness::{PartState, is_still_empty, part_of, shortfalls, shortfalls_of, state_in, state_of_part};
pub use deadlines::{LAST_HOURS, MOST_DAYS, Missed, Outage, Whom, extending, gracing, in_force, may_extend_for, may_grace, waits, whom};
pub use look::Label;
pub use papers::{
    MOST_BYTES, MOST_PAPERS, Space, Twin, Worth, attaching, called, document_of, kept_as, must_bring, papers, signed_here, space, taking_kept, twin, worth,
};
pub use partnerships::{inviting, is_own_box, own_fingerprint, signing, stands};
pub use readiness::{Readiness, approving, declaring, readiness, returning};
pub use reminders::{REMINDED_BEFORE, Reminder, reminder_due};
pub use self_check::{Intention, Judgement, self_check};
pub use texts::DESCRIPTION;
pub use who::partner_lacks;

use super::content::File;
use super::{Application, Begun, Candidate, Status};
use crate::accounts::{LegalForm, Organisation};
use crate::calls::{MachineCheck, Round, RoundState};
use crate::kernel::{Actor, Bilingual, Instant, Money, Reason};
use crate::programmes::places;

/// Which state follows which, by which action. The guard reads it and a test walks it.
pub const MOVES: &[(Status, &str, Status)] =
    &[(Status::Draft, "submit", Status::Submitted), (Status::Submitted, "withdraw", Status::Withdrawn), (Status::Withdrawn, "take-up", Status::Draft)];

/// Where this action leads from this state; None where it is not to be had.
#[must_use]
pub fn after(from: Status, action: &str) -> Option<Status> {
    MOVES.iter().find(|(state, name, _)| *state == from && *name == action).map(|(_, _, to)| *to)
}

/// Whoever writes for the organisation writes the application.
#[must_use]
pub fn may_write(actor: &Actor, application: &Application) -> bool {
    actor.writes_for(application.organisation_id)
}
/// Owner and signatory submit, withdraw and take up again.
#[must_use]
pub fn may_sign(actor: &Actor, application: &Application) -> bool {
    actor.signs_for(application.organisation_id)
}

/// Who signs throws a draft away; a try of the form is anybody's who writes in it.
#[must_use]
pub fn may_discard(actor: &Actor, application: &Application) -> bool {
    if application.is_test { may_write(actor, application) } else { may_sign(actor, application) }
}

/// What stands in the way of a new application: the round is not open, it does not take such an organisation, or the organisation
/// has as many as it may.
#[must_use]
pub fn starting(round: &Round, form: LegalForm, already: i64, now: Instant) -> Vec<Reason> {
    let mut reasons = in_time(round, now);
    reasons.extend(ineligible(form, round));
    let most = round.terms.applications_per_organisation;
    if already >= most {
        reasons.push(Reason::new("one-per-organisation", "", |t| t.application_enough_of_them(most, round.code.as_str())));
    }
    reasons
}

/// Why no application of such an organisation could be handed in, whatever it says: told before there is a draft.
#[must_use]
pub fn ineligible(form: LegalForm, round: &Round) -> Vec<Reason> {
    if round.terms.legal_forms.contains(&form) {
        return vec![];
    }
    vec![Reason::new("legal-form", "legal_form", |t| t.application_wrong_legal_form(form.label(t)))]
}

/// What the administrative evaluation would find wrong with the organisation itself. It may hand in; it should know.
#[must_use]
pub fn doubts(seat: &str, round: &Round, area: &[String]) -> Vec<Reason> {
    let asks = round.terms.checklist.iter().any(|line| line.machine == Some(MachineCheck::SeatInArea));
    if !asks || seat.is_empty() || area.iter().any(|code| code == seat) {
        return vec![];
    }
    vec![Reason::new("seat-outside", "municipality", |t| t.application_seat_outside(places::name(seat)))]
}

/// An organisation as somebody who might apply to this round of a fund with this area.
#[must_use]
pub fn candidate(organisation: &Organisation, round: &Round, area: &[String], begun: Vec<Begun>) -> Candidate {
    Candidate {
        id: organisation.id,
        name: organisation.name.clone(),
        against: ineligible(organisation.legal_form, round),
        doubts: doubts(&organisation.municipality, round, area),
        has_enough: i64::try_from(begun.len()).is_ok_and(|begun| begun >= round.terms.applications_per_organisation),
        begun,
    }
}

/// Whether the round takes anything at this instant; a reason with the exact times where it does not.
#[must_use]
pub fn in_time(round: &Round, now: Instant) -> Vec<Reason> {
    if round.takes_applications(now) {
        return vec![];
    }
    let reason = if round.state == RoundState::Cancelled {
        Reason::new("cancelled", "", |t| t.application_round_cancelled(round.code.as_str()))
    } else if now < round.opens_at {
        Reason::new("too-early", "", |t| t.application_too_early(t.moment(round.opens_at), round.code.as_str()))
    } else {
        Reason::new("too-late", "", |t| t.application_too_late(t.moment_exact(round.closes_at), t.moment_exact(now), round.code.as_str()))
    };
    vec![reason]
}

/// Only a draft is written in.
#[must_use]
pub fn writing(application: &Application) -> Vec<Reason> {
    match application.status {
        Status::Draft => vec![],
        Status::Submitted => vec![Reason::new("already-submitted", "", |t| t.application_is_submitted().into())],
        Status::Withdrawn => vec![Reason::new("withdrawn", "", |t| t.application_is_withdrawn().into())],
    }
}

/// A try of the form is handed in nowhere.
#[must_use]
pub fn handing_in(application: &Application) -> Vec<Reason> {
    if application.is_test { vec![Reason::new("is-a-test", "", |t| t.trial_is_never_submitted().into())] } else { writing(application) }
}

/// What stands in the way of trying the form: the call is not public, or it is over. It need not be open yet, and whoever could not
/// apply may try it too.
#[must_use]
pub fn trying(round: &Round, now: Instant) -> Vec<Reason> {
    if round.state == RoundState::Cancelled || round.is_closed(now) { in_time(round, now) } else { vec![] }
}

/// The round as it stands for a try of its form: it may be made before the call opens, and nobody else has to sign anything for it.
#[must_use]
pub fn as_tried(mut round: Round, test: &Application) -> Round {
    round.opens_at = round.opens_at.min(test.created_at);
    round.terms.signature = crate::calls::Signature::Submitter;
    round.terms.partners_sign = false;
    round
}

/// A try tells nobody: no partner is invited to it.
#[must_use]
pub fn telling_others(application: &Application) -> Vec<Reason> {
    if application.is_test { vec![Reason::new("is-a-test", "", |t| t.trial_tells_nobody().into())] } else { vec![] }
}

/// Tries are kept for so many days after their call has closed.
pub const TESTS_KEPT_DAYS: i64 = 30;

/// The wordings that were agreed to, as they stand in the call at this moment.
#[must_use]
pub fn wordings(file: &File, round: &Round) -> Vec<Bilingual> {
    let agreed = |key: &String| file.declarations.agreed.contains(key);
    round.terms.declarations.iter().filter(|declaration| agreed(&declaration.key)).map(|declaration| declaration.wording.clone()).collect()
}

/// A draft that was never handed in may be thrown away. What arrived once is part of the round's story, and is withdrawn instead.
#[must_use]
pub fn discarding(application: &Application) -> Vec<Reason> {
    let mut reasons = writing(application);
    if reasons.is_empty() && application.submissions > 0 {
        reasons.push(Reason::new("handed-in-once", "", |t| t.application_was_handed_in().into()));
    }
    reasons
}

#[must_use]
pub fn withdrawing(application: &Application) -> Vec<Reason> {
    match after(application.status, "withdraw") {
        Some(_) if application.bound_at.is_some() => vec![Reason::new("contracted", "", |t| t.application_is_contracted().into())],
        Some(_) => vec![],
        None => vec![Reason::new("not-submitted", "", |t| t.application_not_submitted().into())],
    }
}

/// A withdrawn application may be taken up again while the round takes applications, and no other stands in its place.
#[must_use]
pub fn taking_up(application: &Application, round: &Round, form: LegalForm, others: i64, now: Instant) -> Vec<Reason> {
    match after(application.status, "take-up") {
        Some(_) => starting(round, form, others, now),
        None => vec![Reason::new("not-withdrawn", "", |t| t.application_not_withdrawn().into())],
    }
}

/// The code of the application with this serial: `R3-07`.
#[must_use]
pub fn code(round: &str, serial: i32) -> String {
    format!("{round}-{serial:02}")
}

/// What is asked for and what the whole costs, for lists and rankings.
#[must_use]
pub fn figures(budget: &super::content::Budget) -> (Money, Money) {
    let typed = |text: &str| Money::typed(text).filter(|amount| *amount >= Money::ZERO).unwrap_or(Money::ZERO);
    let lines: Money = budget.lines.iter().map(super::content::BudgetLine::total).sum();
    let total = lines + typed(&budget.indirect) + typed(&budget.reserve);
    (total - typed(&budget.own_contribution) - typed(&budget.other_contribution), total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_way_out_and_none_leads_back_into_itself() {
        for state in Status::ALL {
            assert!(MOVES.iter().any(|(from, _, _)| from == state), "{state}");
        }
        assert!(MOVES.iter().all(|(from, _, to)| from != to));
        assert_eq!(after(Status::Submitted, "submit"), None);
        assert_eq!(after(Status::Withdrawn, "submit"), None);
    }

    #[test]
    fn codes_have_two_digits_at_least() {
        for (serial, written) in [(1, "R3-01"), (29, "R3-29"), (100, "R3-100")] {
            assert_eq!(code("R3", serial), written);
        }
    }
}
