//! The chained log: who did what to what and when; each entry carries the fingerprint of the one before, so that none can be changed or taken out unseen.
use super::{Event, Subject};
use crate::kernel::{Actor, Instant, PersonId, ProgrammeId, Result, fault, fingerprint};
use crate::store::Conn;
use crate::store::schema::{chain, events};
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

/// The log of one subject, oldest first. Whoever may see the subject may see its log.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn log_of(conn: &mut Conn, subject: Subject) -> Result<Vec<LogEntry>> {
    Ok(events::table
        .filter(events::subject_kind.eq(subject.kind()))
        .filter(events::subject_id.eq(subject.id()))
        .order(events::seq)
        .limit(1_000)
        .select(LogEntry::as_select())
        .load(conn)?)
}

/// A page of a fund's log, newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn log_of_programme(conn: &mut Conn, programme: ProgrammeId, limit: i64, offset: i64) -> Result<Vec<LogEntry>> {
    Ok(events::table
        .filter(events::programme_id.eq(programme))
        .order(events::seq.desc())
        .limit(limit)
        .offset(offset)
        .select(LogEntry::as_select())
        .load(conn)?)
}

/// How many entries a fund's log has.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_of_programme(conn: &mut Conn, programme: ProgrammeId) -> Result<i64> {
    Ok(events::table.filter(events::programme_id.eq(programme)).count().get_result(conn)?)
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
