//! What time says to drafts: a reminder as the deadline comes nearer, and a plain word when it has passed.
use super::readiness::fingerprint_of;
use super::rules::{self, Reminder};
use super::{DeadlineDecision, deadline_records, letters, readiness_records};
use crate::accounts::records::recipient;
use crate::calls::records as calls;
use crate::calls::{Round, Signature};
use crate::kernel::{ApplicationId, Error, Instant, ProgrammeId, Result, RoundId, must};
use crate::store::Conn;
use crate::workflow::{Act, Desk, Event, Recorded, Subject, perform};

#[derive(serde::Serialize)]
struct Reminded {
    round: RoundId,
    reminder: Option<Reminder>,
    drafts: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Reminded {
    const KIND: &'static str = "round.drafts-reminded";
    fn subject(&self) -> Subject {
        Subject::Round(self.round)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Reminds the writers of every draft of a round, once for each moment; how many drafts there were.
///
/// # Errors
/// `Forbidden` for anybody but time itself; `Stale` when another worker was faster or nothing is due.
pub fn remind(act: &mut Act<'_>, round: RoundId, reminded_until: Option<Instant>) -> Result<Recorded<usize>> {
    must(act.actor.is_system())?;
    let deadlines = Deadlines::of(act.conn, round)?;
    let reminder = deadlines.first_due(reminded_until, act.now).ok_or(Error::Stale)?;
    let round = deadlines.round.clone();
    super::records::reminded(act.conn, round.id, reminded_until, act.now)?;
    let mut drafts = 0;
    let found = super::records::drafts_in(act.conn, round.id)?;
    let ids: Vec<_> = found.iter().map(|(application, _, _)| application.id).collect();
    let declared = if round.terms.signature == Signature::Signatory { readiness_records::of_all(act.conn, &ids)? } else { vec![] };
    for (application, file, writers) in found {
        let own = application.closes_at.map(|at| (application.id, at));
        let Some(reminder) = deadlines.due(own, reminded_until, act.now) else { continue };
        let round = round.until(application.closes_at);
        let mut missing = rules::shortfalls_of(&file, &round);
        let last = declared.iter().rfind(|one| one.application_id == application.id);
        missing.extend(rules::approving(rules::readiness(&round, last, &fingerprint_of(&round, &file)?)));
        for writer in &writers {
            letters::reminder(act, reminder, &application, &round, &missing, &recipient(writer))?;
        }
        drafts += 1;
    }
    act.record(&Reminded { round: round.id, reminder: Some(reminder), drafts, programme: round.programme_id }, drafts)
}

/// A round's deadline, those that drafts have of their own, and the decisions that set them.
struct Deadlines {
    round: Round,
    own: Vec<(ApplicationId, Instant)>,
    decisions: Vec<DeadlineDecision>,
}

impl Deadlines {
    fn of(conn: &mut Conn, round: RoundId) -> Result<Self> {
        let own = super::records::own_deadlines(conn, round)?;
        Ok(Self { round: calls::find(conn, round)?, own, decisions: deadline_records::of_round(conn, round)? })
    }
    /// What is due for a draft that has this deadline of its own, if it has one.
    fn due(&self, own: Option<(ApplicationId, Instant)>, reminded_until: Option<Instant>, now: Instant) -> Option<Reminder> {
        let round = self.round.until(own.map(|(_, at)| at));
        let decided = rules::in_force(&self.decisions, own, round.closes_at).map(|decision| decision.decided_at);
        rules::reminder_due(&round, decided, reminded_until, now)
    }
    /// What is due at the round's deadline, or else at one of those that drafts have of their own.
    fn first_due(&self, reminded_until: Option<Instant>, now: Instant) -> Option<Reminder> {
        let mut all = std::iter::once(None).chain(self.own.iter().copied().map(Some));
        all.find_map(|own| self.due(own, reminded_until, now))
    }
}

/// Looks at every round that closes soon or closed lately and reminds where it is due: what the worker calls.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn remind_due(desk: &Desk) -> Result<usize> {
    let now = desk.clock.now();
    let system = crate::kernel::Actor::system();
    let mut reminded = 0;
    for (id, until) in desk.store.read(|conn| super::records::rounds_to_remind(conn, now))? {
        if desk.store.read(|conn| Deadlines::of(conn, id))?.first_due(until, now).is_none() {
            continue;
        }
        match perform(desk, &system, |act| remind(act, id, until)) {
            Ok(drafts) => reminded += drafts,
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(reminded)
}
