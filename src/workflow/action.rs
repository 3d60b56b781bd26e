//! `perform`: one action, one transaction. It accepts nothing but `Recorded`, so a change without an entry in the log does not compile.
use super::{Clock, audit, letters::Letter, outbox};
use crate::kernel::{Actor, ApplicationId, ContractId, Instant, OrganisationId, PersonId, ProgrammeId, Result, RoundId};
use crate::store::{Conn, Store};
use std::sync::Arc;

/// What every action is performed with: the database, the clock, and the address under which people reach the site.
#[derive(Clone)]
pub struct Desk {
    pub store: Store,
    pub clock: Clock,
    /// `https://grants.example.org`, without a slash at its end: letters carry whole links.
    pub address: Arc<str>,
}

/// One action in progress: the connection inside its transaction, who acts, and when.
pub struct Act<'a> {
    pub conn: &'a mut Conn,
    pub actor: &'a Actor,
    /// The site's address, for links in letters.
    pub address: &'a str,
    /// The action's own instant: deadlines are compared with it, rows carry it.
    pub now: Instant,
}

/// Proof that the entry was written.
#[derive(Debug)]
pub struct Recorded<T>(T);

impl<T> Recorded<T> {
    /// For an action that calls an earlier stage's action: its result, already recorded.
    pub fn into_inner(self) -> T {
        self.0
    }
    /// What was done, for an action that has more to do with it.
    pub const fn done(&self) -> &T {
        &self.0
    }
    /// The same proof around another result.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Recorded<U> {
        Recorded(with(self.0))
    }
}

/// What an entry or a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Person(PersonId),
    Organisation(OrganisationId),
    Programme(ProgrammeId),
    Round(RoundId),
    Application(ApplicationId),
    Contract(ContractId),
}
impl Subject {
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Organisation(_) => "organisation",
            Self::Programme(_) => "programme",
            Self::Round(_) => "round",
            Self::Application(_) => "application",
            Self::Contract(_) => "contract",
        }
    }
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Person(id) => id.to_string(),
            Self::Organisation(id) => id.to_string(),
            Self::Programme(id) => id.to_string(),
            Self::Round(id) => id.to_string(),
            Self::Application(id) => id.to_string(),
            Self::Contract(id) => id.to_string(),
        }
    }
}

/// What the log keeps of an action: its kind (`application.submitted`), what it is about, and the facts as JSON.
pub trait Event: serde::Serialize {
    const KIND: &'static str;
    fn subject(&self) -> Subject;
    /// The fund in which it happened, where there is one.
    fn programme(&self) -> Option<ProgrammeId> {
        None
    }
}

/// So long one entry of the log stands for a run of saves that nobody pressed a button for, by the same person in the same form.
const RUN_MINUTES: i64 = 10;

/// Performs one action: everything it changes, says and records stands or falls together.
///
/// # Errors
/// Whatever the action answers; then nothing has changed and no letter will go out.
pub fn perform<T>(desk: &Desk, actor: &Actor, action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>>) -> Result<T> {
    desk.store.write(|conn| {
        // Asked inside the transaction: on SQLite nobody can be overtaken after this instant.
        let now = desk.clock.now();
        action(&mut Act { conn, actor, address: &desk.address, now }).map(Recorded::into_inner)
    })
}

impl Act<'_> {
    /// Writes the entry and hands back the proof. The last thing an action does.
    ///
    /// # Errors
    /// `Fault` when the entry cannot be written.
    pub fn record<T, E: Event>(&mut self, event: &E, done: T) -> Result<Recorded<T>> {
        audit::append(self.conn, self.actor, self.now, event)?;
        Ok(Recorded(done))
    }
    /// Whether the entry of that moment still stands for what its writer saves now: a day of typing is not a thousand entries.
    #[must_use]
    pub fn run(&self, entry: Option<Instant>) -> Option<Instant> {
        entry.filter(|at| at.seconds_until(self.now) < RUN_MINUTES * 60)
    }
    /// For a run of small saves: the entry that was written at `entry` about the same thing by the same person stands for this one too.
    ///
    /// # Errors
    /// `Fault` when that entry is older than a quarter of an hour: then an entry of its own is due.
    pub fn covered_by<T>(&mut self, entry: Instant, done: T) -> Result<Recorded<T>> {
        if entry.seconds_until(self.now) > 15 * 60 {
            return Err(crate::kernel::fault("the entry that should stand for this save is too old"));
        }
        Ok(Recorded(done))
    }
    /// Puts a letter into the outbox, rendered now: the text that was decided is the text that is sent.
    ///
    /// # Errors
    /// `Fault` when the letter cannot be rendered or stored.
    pub fn send(&mut self, letter: &Letter) -> Result<()> {
        outbox::put(self.conn, letter, self.address, self.now)
    }
}
