//! The decision on a round, and what may still move after it.
use super::rules::{self, Change, Promotion, Ranked};
use super::{Award, AwardOutcome, Decided, letters, records};
use crate::applications::{self, Application};
use crate::calls::{self, Round};
use crate::kernel::{Actor, ApplicationId, Error, Money, ProgrammeId, Reason, Result, RoundId, both, must, unless};
use crate::programmes::{self, Programme};
use crate::scoring;
use crate::workflow::{Act, Desk, Event, Recorded, Subject, perform};
use std::collections::BTreeMap;

/// What the director decides: the ranking as it is, with these changes, for these reasons.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    pub reasons: String,
    pub changes: BTreeMap<ApplicationId, Change>,
    /// The seal of the ranking that the director saw. Where it is given, another ranking is not decided.
    pub seen: Option<String>,
}

#[derive(serde::Serialize)]
struct AwardDecided<'a> {
    programme: ProgrammeId,
    round: RoundId,
    reasons: &'a str,
    envelope: Money,
    awarded: Money,
    outcomes: &'a [Decided],
}
impl Event for AwardDecided<'_> {
    const KIND: &'static str = "award.decided";
    fn subject(&self) -> Subject {
        Subject::Round(self.round)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Decides a round: every ranked application gets its outcome and its letter, all in this one transaction.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` with everything that stands in the way; `Stale` when it is decided already, or the ranking is
/// no longer the one that was seen.
pub fn decide(act: &mut Act<'_>, round: RoundId, decision: &Decision) -> Result<Recorded<Award>> {
    let round = calls::records::find(act.conn, round)?;
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    if !rules::may_read(act.actor, programme.id) {
        return Err(Error::NotFound);
    }
    must(rules::may_decide(act.actor, programme.id))?;
    if records::award(act.conn, round.id)?.is_some() {
        return Err(Error::Stale);
    }
    let standing = records::standing(act.conn, &round, act.now)?;
    let most = programme.terms.most_per_organisation;
    let ranked = rules::ranking_with(standing.candidates, &round.terms.grid, round.envelope, most, &decision.changes);
    unless(rules::against_deciding(standing.readiness, &ranked, &decision.changes, &decision.reasons))?;
    if decision.seen.as_ref().is_some_and(|seen| *seen != rules::seal(&ranked)) {
        return Err(Error::Stale);
    }
    let award = Award {
        round_id: round.id,
        decided_by: act.actor.person.ok_or(Error::SignIn)?,
        decided_by_name: act.actor.name.clone(),
        decided_at: act.now,
        reasons: decision.reasons.trim().to_owned(),
        envelope: round.envelope,
        awarded: rules::awarded(&ranked),
    };
    let outcomes: Vec<Decided> = ranked.iter().map(|row| decided(row, round.id)).collect();
    records::insert(act.conn, &award, &outcomes)?;
    let ids: Vec<ApplicationId> = ranked.iter().map(|row| row.candidate.application).collect();
    scoring::records::close(act.conn, &ids)?;
    letters::decided(act, &programme, &round, &award, &ranked)?;
    let event = AwardDecided {
        programme: programme.id,
        round: round.id,
        reasons: &award.reasons,
        envelope: award.envelope,
        awarded: award.awarded,
        outcomes: &outcomes,
    };
    act.record(&event, award.clone())
}

fn decided(row: &Ranked, round: RoundId) -> Decided {
    Decided {
        application_id: row.candidate.application,
        round_id: round,
        outcome: row.outcome,
        place: i32::try_from(row.place).unwrap_or(i32::MAX),
        points: Some(row.candidate.points),
        amount: row.amount,
        note: row.note.trim().to_owned(),
    }
}

/// What has happened to one application after the decision.
struct After {
    application: Application,
    round: Round,
    programme: Programme,
    award: Award,
    outcome: Decided,
}

fn after(act: &mut Act<'_>, application: ApplicationId) -> Result<After> {
    let application = applications::records::by_id(act.conn, application)?;
    let outcome = records::outcome_of(act.conn, application.id)?.ok_or(Error::NotFound)?;
    let award = records::award(act.conn, application.round_id)?.ok_or(Error::NotFound)?;
    let round = calls::records::find(act.conn, application.round_id)?;
    let programme = programmes::records::find(act.conn, application.programme_id)?;
    if !act.actor.is_system() && !rules::may_read(act.actor, programme.id) {
        return Err(Error::NotFound);
    }
    Ok(After { application, round, programme, award, outcome })
}

#[derive(serde::Serialize)]
struct Promoted<'a> {
    programme: ProgrammeId,
    application: ApplicationId,
    amount: Money,
    reason: &'a str,
}
impl Event for Promoted<'_> {
    const KIND: &'static str = "award.promoted";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Moves the first application of the reserve list up, when money is free: it is awarded what it asked for, and gets its letter.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` with everything that stands in the way; `Stale` when somebody changed the award meanwhile.
pub fn promote(act: &mut Act<'_>, application: ApplicationId, reason: &str) -> Result<Recorded<Decided>> {
    let found = after(act, application)?;
    must(rules::may_decide(act.actor, found.programme.id))?;
    let amount = found.application.requested;
    let held = records::held_by(act.conn, found.programme.id, found.application.organisation_id)?;
    let promotion = Promotion {
        outcome: found.outcome.outcome,
        is_first: records::first_in_reserve(act.conn, found.round.id)? == Some(application),
        amount,
        free: found.award.envelope - found.award.awarded,
        over_cap: held + amount > found.programme.terms.most_per_organisation,
        expired: act.now.day() > rules::reserve_until(found.award.decided_at.day(), found.round.terms.reserve_days),
        withdrawn: found.application.status != applications::Status::Submitted,
    };
    unless(rules::against_promoting(promotion, found.application.code.as_deref().unwrap_or_default(), reason))?;
    let promoted = Decided { outcome: AwardOutcome::Awarded, amount, note: reason.trim().to_owned(), ..found.outcome.clone() };
    records::change(act.conn, &found.award, &found.outcome, &promoted)?;
    letters::awarded(act, &found.programme, &found.round, &found.application, &promoted)?;
    act.record(&Promoted { programme: found.programme.id, application, amount, reason }, promoted)
}

/// The code of the application that may move up now: the first of the reserve list, while the list holds.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn next_in_line(act: &mut Act<'_>, round: &Round) -> Result<Option<String>> {
    let Some(award) = records::award(act.conn, round.id)? else { return Ok(None) };
    if act.now.day() > rules::reserve_until(award.decided_at.day(), round.terms.reserve_days) {
        return Ok(None);
    }
    let Some(first) = records::first_in_reserve(act.conn, round.id)? else { return Ok(None) };
    Ok(applications::records::by_id(act.conn, first)?.code)
}

#[derive(serde::Serialize)]
struct LapsedEvent<'a> {
    programme: ProgrammeId,
    application: ApplicationId,
    amount: Money,
    reason: &'a str,
}
impl Event for LapsedEvent<'_> {
    const KIND: &'static str = "award.lapsed";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// An award that came to nothing (declined, not signed in time): its money is free for the reserve list. For the contracts, which know.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` without a reason or when nothing is awarded; `Stale` when somebody changed the award meanwhile.
pub fn lapse(act: &mut Act<'_>, application: ApplicationId, reason: &str) -> Result<Recorded<Decided>> {
    let found = after(act, application)?;
    must(act.actor.is_system() || rules::may_lapse(act.actor, found.programme.id))?;
    let mut against = vec![];
    if found.outcome.outcome != AwardOutcome::Awarded {
        against.push(Reason::new("not-awarded", "", |t| t.awards_not_awarded().into()));
    }
    if reason.trim().is_empty() {
        against.push(Reason::new("no-reason", "reason", |t| t.awards_no_reason().into()));
    }
    unless(against)?;
    let lapsed = Decided { outcome: AwardOutcome::Lapsed, amount: Money::ZERO, note: reason.trim().to_owned(), ..found.outcome.clone() };
    records::change(act.conn, &found.award, &found.outcome, &lapsed)?;
    act.record(&LapsedEvent { programme: found.programme.id, application, amount: found.outcome.amount, reason }, lapsed)
}

/// Time: an awarded application was withdrawn before its contract. Its money is free for the reserve list, and the office is told.
/// (With a contract it is not withdrawn any more; the applicant has the letter of the withdrawal.)
///
/// # Errors
/// `Forbidden` for anybody but time itself; `Stale` when it was not withdrawn; `Refused` when nothing is awarded (any more).
pub fn lapse_withdrawn(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<Decided>> {
    must(act.actor.is_system())?;
    let application = applications::records::by_id(act.conn, id)?;
    let withdrawn_at = application.withdrawn_at.filter(|_| application.status == applications::Status::Withdrawn).ok_or(Error::Stale)?;
    let amount = records::outcome_of(act.conn, id)?.ok_or(Error::NotFound)?.amount;
    let reason = both(|t| t.awards_withdrawn_note(t.day(withdrawn_at.day())));
    let lapsed = lapse(act, id, &format!("{} / {}", reason.sq, reason.en))?;
    let round = calls::records::find(act.conn, application.round_id)?;
    let next = next_in_line(act, &round)?;
    letters::withdrawn(act, &round, &application, amount, next)?;
    Ok(lapsed)
}

/// What time does with awards; how many came to nothing.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn on_time(desk: &Desk) -> Result<usize> {
    let mut done = 0;
    for id in desk.store.read(records::withdrawn_awards)? {
        match perform(desk, &Actor::system(), |act| lapse_withdrawn(act, id)) {
            Ok(_) => done += 1,
            // Somebody was faster: what is left is looked at again.
            Err(Error::Stale | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}
