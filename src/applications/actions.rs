//! What is done with an application: begun, written in, submitted, withdrawn.
use super::{Application, Status, records, rules};
use crate::accounts::Organisation;
use crate::accounts::records as accounts;
use crate::calls::records as calls;
use crate::calls::{Round, RoundState};
use crate::kernel::{ApplicationId, Error, Instant, Lang, Money, OrganisationId, PersonId, ProgrammeId, Result, RoundId, folded, must, unless};
use crate::workflow::{Act, Event, Recorded, Subject};

pub use super::papers::{Kept, Paper, attach, attach_kept, attach_with, detach, set_validity};
pub use super::reminders::{remind, remind_due};
pub use super::submission::{submit, take_up, withdraw};
pub use super::writing::{save_part, write};

#[derive(serde::Serialize)]
struct Started<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Started<'_> {
    const KIND: &'static str = "application.started";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Begins an application for an organisation that the actor writes for.
///
/// # Errors
/// `NotFound` for another's organisation or a round that is not public; `Refused` when the round is not open or the organisation has as many as it may.
pub fn start(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, lang: Lang) -> Result<Recorded<Application>> {
    let (person, round) = beginning(act, round, organisation)?;
    let already = records::count_of(act.conn, organisation, round.id)?;
    let organisation = accounts::organisation(act.conn, organisation)?;
    unless(rules::starting(&round, organisation.legal_form, already, act.now))?;
    let application = begun(&round, organisation, person, lang, act.now);
    records::insert(act.conn, &application)?;
    let event = Started { application: application.id, round: &round.code, organisation: &application.organisation_name, programme: round.programme_id };
    act.record(&event, application.clone())
}

/// Who begins in which round: somebody who writes for the organisation, in a round that is public.
pub(super) fn beginning(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId) -> Result<(PersonId, Round)> {
    let Some(person) = act.actor.person.filter(|_| act.actor.writes_for(organisation)) else { return Err(Error::NotFound) };
    let round = calls::find(act.conn, round)?;
    if round.state == RoundState::Draft { Err(Error::NotFound) } else { Ok((person, round)) }
}

/// An application as it is begun.
pub(super) fn begun(round: &Round, organisation: Organisation, person: PersonId, lang: Lang, now: Instant) -> Application {
    Application {
        id: ApplicationId::new(),
        programme_id: round.programme_id,
        round_id: round.id,
        organisation_id: organisation.id,
        search: folded(&organisation.name),
        organisation_name: organisation.name,
        tier: round.terms.only_tier().map(|tier| tier.key.clone()).unwrap_or_default(),
        serial: None,
        code: None,
        status: Status::Draft,
        title: String::new(),
        requested: Money::ZERO,
        total: Money::ZERO,
        months: 0,
        municipality: String::new(),
        theme: String::new(),
        lang,
        created_by: person,
        created_at: now,
        changed_at: now,
        submitted_at: None,
        withdrawn_at: None,
        closes_at: None,
        bound_at: None,
        submissions: 0,
        is_test: false,
        tried_at: None,
        version: 1,
    }
}

#[derive(serde::Serialize)]
struct Discarded<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    title: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Discarded<'_> {
    const KIND: &'static str = "application.discarded";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Throws a draft away with everything that was written in it. The log keeps that there was one, and who threw it away.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` when it was handed in once; `Stale` when somebody saved or submitted in the same moment.
pub fn discard(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<()>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_discard(act.actor, &application))?;
    unless(rules::discarding(&application))?;
    let round = records::round_of(act.conn, &application)?;
    records::discard(act.conn, &application)?;
    let event = Discarded {
        application: id,
        round: &round.code,
        organisation: &application.organisation_name,
        title: &application.title,
        programme: application.programme_id,
    };
    act.record(&event, ())
}

/// Cancels a call, and tells everybody who has a draft or a submitted application in it with the others: a call does not know who applies.
///
/// # Errors
/// Those of the call's own cancellation.
pub fn cancel_call(act: &mut Act<'_>, round: RoundId, reason: &str) -> Result<Recorded<(Round, usize)>> {
    let applicants = records::applicants_of(act.conn, round)?;
    crate::calls::actions::cancel(act, round, reason, &applicants)
}
