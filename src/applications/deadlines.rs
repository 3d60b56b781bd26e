//! Deadlines are moved: for all while the call is open, for one applicant before theirs has passed, and after an outage of ours.
use super::rules::{self, Missed, Outage};
use super::{Application, DeadlineDecision, DecisionKind, deadline_records, letters, records};
use crate::calls::Round;
use crate::calls::records as calls;
use crate::calls::rules::may_extend;
use crate::kernel::{ApplicationId, DecisionId, Instant, ProgrammeId, Reason, Result, RoundId, must, unless};
use crate::workflow::{Act, Event, Recorded, Subject};

/// What is decided: until when, and why. What could not be read is refused with everything else.
#[derive(Clone, Debug)]
pub struct Later {
    pub until: Option<Instant>,
    pub reason: String,
}

/// Moves the deadline of an open round for everybody, and tells those who were told of the call and those who have begun to apply.
///
/// # Errors
/// Those of the call's own extension.
pub fn extend_call(act: &mut Act<'_>, round: RoundId, later: &Later) -> Result<Recorded<(Round, usize)>> {
    let known = calls::find(act.conn, round)?;
    let applicants = records::applicants_of(act.conn, round)?;
    // Whose own deadline is later keeps it: a letter with the call's would be wrong for them.
    let own = match later.until {
        Some(until) => deadline_records::people_with_later(act.conn, round, until)?,
        None => vec![],
    };
    let extended =
        crate::calls::actions::extend(act, round, later.until, &later.reason, crate::calls::actions::Told { applicants: &applicants, spared: &own })?;
    let decision = decision(act, &known, DecisionKind::Extension, extended.done().0.closes_at, &later.reason);
    deadline_records::insert(act.conn, &decision)?;
    Ok(extended)
}

fn decision(act: &Act<'_>, round: &Round, kind: DecisionKind, closes_at: Instant, reason: &str) -> DeadlineDecision {
    DeadlineDecision {
        id: DecisionId::new(),
        round_id: round.id,
        application_id: None,
        organisation_name: String::new(),
        kind,
        closed_before: round.closes_at,
        closes_at,
        outage_from: None,
        outage_until: None,
        reason: reason.to_owned(),
        decided_by: act.actor.person,
        decided_by_name: act.actor.name.clone(),
        decided_at: act.now,
    }
}

#[derive(serde::Serialize)]
struct Extended<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    closed_before: Instant,
    closes_at: Instant,
    reason: &'a str,
    letters: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Extended<'_> {
    const KIND: &'static str = "application.extended";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Gives one applicant time. They are named by their NIPT, as in the letter in which they asked: nobody in the office sees drafts.
/// How many letters went out comes back too.
///
/// # Errors
/// `Forbidden` for whom it is not to do; `Refused` with everything in the way, also that no such organisation has begun to apply; `Stale`.
pub fn extend_one(act: &mut Act<'_>, round: RoundId, nipt: &str, later: &Later) -> Result<Recorded<(DeadlineDecision, usize)>> {
    let round = calls::find(act.conn, round)?;
    must(may_extend(act.actor, &round))?;
    let nipt = crate::accounts::rules::nipt(nipt).map_err(crate::kernel::Error::invalid)?;
    let Some(application) = deadline_records::by_nipt(act.conn, round.id, &nipt)? else {
        return Err(crate::kernel::Error::Refused(vec![Reason::new("no-application", "nipt", |t| t.deadline_no_application(round.code.as_str()))]));
    };
    must(rules::may_extend_for(act.actor, &round, &application))?;
    let programme = crate::programmes::records::find(act.conn, round.programme_id)?;
    unless(rules::extending(&application, &round, &programme.terms, later.until, &later.reason, act.now))?;
    let closes_at = later.until.unwrap_or(round.closes_at);
    let decision = DeadlineDecision {
        application_id: Some(application.id),
        organisation_name: application.organisation_name.clone(),
        closed_before: round.closing(application.closes_at),
        ..decision(act, &round, DecisionKind::Extension, closes_at, &later.reason)
    };
    deadline_records::insert(act.conn, &decision)?;
    Ok(give(act, &application, &round, &decision)?.map(|letters| (decision, letters)))
}

/// Gives one application its deadline, tells its writers and records it; how many letters that were.
fn give(act: &mut Act<'_>, application: &Application, round: &Round, decision: &DeadlineDecision) -> Result<Recorded<usize>> {
    deadline_records::give(act.conn, application, decision.closes_at)?;
    let letters = letters::later_deadline(act, application, round, decision)?;
    let event = Extended {
        application: application.id,
        round: &round.code,
        organisation: &application.organisation_name,
        closed_before: round.closing(application.closes_at),
        closes_at: decision.closes_at,
        reason: &decision.reason,
        letters,
        programme: round.programme_id,
    };
    act.record(&event, letters)
}

#[derive(serde::Serialize)]
struct Graced<'a> {
    #[serde(skip)]
    id: RoundId,
    round: &'a str,
    closed_before: Instant,
    closes_at: Instant,
    outage_from: Option<Instant>,
    outage_until: Option<Instant>,
    reason: &'a str,
    drafts: usize,
    letters: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Graced<'_> {
    const KIND: &'static str = "round.grace-decided";
    fn subject(&self) -> Subject {
        Subject::Round(self.id)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Makes a documented outage good: what was begun before the deadline and not handed in may be handed in until a new instant.
/// Nothing new can be begun. How many applications that were, comes back.
///
/// # Errors
/// `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn grace(act: &mut Act<'_>, round: RoundId, outage: Outage, later: &Later) -> Result<Recorded<(DeadlineDecision, usize)>> {
    let round = calls::find(act.conn, round)?;
    must(rules::may_grace(act.actor, &round))?;
    let programme = crate::programmes::records::find(act.conn, round.programme_id)?;
    let mut waiting = deadline_records::not_submitted_in(act.conn, round.id)?;
    waiting.retain(|application| rules::waits(application, &round, later.until));
    let missed = Missed { waiting: waiting.len(), decided: deadline_records::is_decided(act.conn, round.id)? };
    unless(rules::gracing(&round, &programme.terms, missed, outage, later.until, &later.reason, act.now))?;
    let closes_at = later.until.unwrap_or(round.closes_at);
    let (outage_from, outage_until) = (outage.from, outage.until);
    let decision = DeadlineDecision { outage_from, outage_until, ..decision(act, &round, DecisionKind::Grace, closes_at, &later.reason) };
    deadline_records::insert(act.conn, &decision)?;
    let mut letters = 0;
    for application in &waiting {
        letters += give(act, application, &round, &decision)?.into_inner();
    }
    let event = Graced {
        id: round.id,
        round: &round.code,
        closed_before: round.closes_at,
        closes_at,
        outage_from,
        outage_until,
        reason: &later.reason,
        drafts: waiting.len(),
        letters,
        programme: round.programme_id,
    };
    act.record(&event, (decision.clone(), waiting.len()))
}
