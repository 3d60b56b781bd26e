//! The chained log: who did what to what and when; each entry carries the fingerprint of the one before, so that none can be changed or taken out unseen.
use super::{Desk, Event, Subject, beats};
use crate::kernel::{Actor, Instant, PersonId, ProgrammeId, Result, fault, fingerprint};
use crate::store::schema::{chain, events};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;

/// One entry of the log.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub struct LogEntry {
    pub seq: i64,
    pub at: Instant,
    pub actor_id: Option<PersonId>,
    pub actor_name: String,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub programme_id: Option<ProgrammeId>,
    /// The facts of the event as JSON.
    pub detail: String,
    pub previous: String,
    pub hash: String,
}

impl LogEntry {
    fn seal(&self) -> String {
        let actor = self.actor_id.map(|id| id.to_string()).unwrap_or_default();
        let programme = self.programme_id.map(|id| id.to_string()).unwrap_or_default();
        // Length-prefixed, so that no two different entries can read as the same text.
        let fields = [
            &self.seq.to_string(),
            &format!("{:.6}", self.at.timestamp()),
            &actor,
            &self.actor_name,
            &self.kind,
            &self.subject_kind,
            &self.subject_id,
            &programme,
            &self.detail,
            &self.previous,
        ];
        fingerprint(fields.iter().map(|field| format!("{}:{field}\n", field.len())).collect::<String>().as_bytes())
    }
}

/// Appends to the chain. The head's row is updated first, so that two writers on PostgreSQL queue for it until the other commits.
pub(super) fn append<E: Event>(conn: &mut Conn, actor: &Actor, now: Instant, event: &E) -> Result<()> {
    let (seq, previous): (i64, String) =
        diesel::update(chain::table.find(1)).set(chain::seq.eq(chain::seq + 1)).returning((chain::seq, chain::hash)).get_result(conn)?;
    let subject = event.subject();
    let mut entry = LogEntry {
        seq,
        at: now,
        actor_id: actor.person,
        actor_name: actor.name.clone(),
        kind: E::KIND.to_owned(),
        subject_kind: subject.kind().to_owned(),
        subject_id: subject.id(),
        programme_id: event.programme().or(if let Subject::Programme(id) = subject { Some(id) } else { None }),
        detail: serde_json::to_string(event).map_err(fault)?,
        previous,
        hash: String::new(),
    };
    entry.hash = entry.seal();
    diesel::insert_into(events::table).values(&entry).execute(conn)?;
    diesel::update(chain::table.find(1)).set(chain::hash.eq(&entry.hash)).execute(conn)?;
    Ok(())
}

/// So many entries of one subject a page shows: the newest.
const MOST: i64 = 1_000;

/// The log of one subject, oldest first. Whoever may see the subject may see its log.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn log_of(conn: &mut Conn, subject: Subject) -> Result<Vec<LogEntry>> {
    log_without(conn, subject, &[])
}

/// The same without some kinds of entries: those that are many and that the reader passes over take no other's place.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn log_without(conn: &mut Conn, subject: Subject, kinds: &[&str]) -> Result<Vec<LogEntry>> {
    let mut newest: Vec<LogEntry> = events::table
        .filter(events::subject_kind.eq(subject.kind()))
        .filter(events::subject_id.eq(subject.id()))
        .filter(events::kind.ne_all(kinds))
        .order(events::seq.desc())
        .limit(MOST)
        .select(LogEntry::as_select())
        .load(conn)?;
    newest.reverse();
    Ok(newest)
}

/// What a reader looks for in a fund's log; nothing asked for is everything.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    pub who: Option<PersonId>,
    /// What it is about: an application and its contract, a round.
    pub about: Option<Vec<Subject>>,
    pub kind: Option<String>,
    pub from: Option<Instant>,
    /// The first instant that does not count any more.
    pub until: Option<Instant>,
}

fn of_programme(programme: ProgrammeId, what: &Sought) -> events::BoxedQuery<'static, MultiBackend> {
    let mut query = events::table.filter(events::programme_id.eq(programme)).into_boxed();
    if let Some(who) = what.who {
        query = query.filter(events::actor_id.eq(who));
    }
    if let Some(about) = &what.about {
        let kinds: Vec<&str> = about.iter().map(Subject::kind).collect();
        let ids: Vec<String> = about.iter().map(Subject::id).collect();
        query = query.filter(events::subject_kind.eq_any(kinds)).filter(events::subject_id.eq_any(ids));
    }
    if let Some(kind) = &what.kind {
        query = query.filter(events::kind.eq(kind.clone()));
    }
    if let Some(from) = what.from {
        query = query.filter(events::at.ge(from));
    }
    if let Some(until) = what.until {
        query = query.filter(events::at.lt(until));
    }
    query
}

/// A page of what is sought in a fund's log, newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn sought(conn: &mut Conn, programme: ProgrammeId, what: &Sought, limit: i64, offset: i64) -> Result<Vec<LogEntry>> {
    Ok(of_programme(programme, what).order(events::seq.desc()).limit(limit).offset(offset).select(LogEntry::as_select()).load(conn)?)
}

/// How many entries there are of what is sought.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_sought(conn: &mut Conn, programme: ProgrammeId, what: &Sought) -> Result<i64> {
    Ok(of_programme(programme, what).count().get_result(conn)?)
}

/// The name under which a walk that found the chain whole is noted.
const WALK: &str = "chain-whole";

/// When the whole chain was last walked and found unbroken.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last_walk(conn: &mut Conn) -> Result<Option<Instant>> {
    beats::last(conn, WALK)
}

/// Walks the chain once a day and notes when it was found whole. A broken one is not noted: the page then shows how old the last good walk is.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn walk_nightly(desk: &Desk) -> Result<usize> {
    let now = desk.clock.now();
    let is_due = |last: Option<Instant>| last.is_none_or(|last| last.seconds_until(now) >= 86_400);
    if !desk.store.read(last_walk).is_ok_and(is_due) {
        return Ok(0);
    }
    match desk.store.read(first_broken_link)? {
        None => desk.store.write(|conn| beats::beat(conn, WALK, now))?,
        Some(seq) => tracing::error!(seq, "the log's chain is broken"),
    }
    Ok(0)
}

/// Walks the whole chain; the number of the first entry that does not fit, or None when all do.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn first_broken_link(conn: &mut Conn) -> Result<Option<i64>> {
    let (mut previous, mut seen) = (String::new(), 0);
    loop {
        let batch: Vec<LogEntry> = events::table.filter(events::seq.gt(seen)).order(events::seq).limit(1_000).select(LogEntry::as_select()).load(conn)?;
        if batch.is_empty() {
            break;
        }
        for entry in batch {
            if entry.seq != seen + 1 || entry.previous != previous || entry.hash != entry.seal() {
                return Ok(Some(seen + 1));
            }
            previous = entry.hash;
            seen = entry.seq;
        }
    }
    let (seq, hash): (i64, String) = chain::table.find(1).select((chain::seq, chain::hash)).first(conn)?;
    Ok(if seq == seen && hash == previous { None } else { Some(seen + 1) })
}
