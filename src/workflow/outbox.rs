//! The outbox: letters that were decided and rendered in an action's transaction, and are posted by the worker later.
use super::letters::{Letter, render};
use super::{Act, Event, Recorded, Subject};
use crate::kernel::{Error, Instant, Lang, LetterId, PersonId, ProgrammeId, Reason, Result, Tr, words};
use crate::store::Conn;
use crate::store::schema::letters;
use diesel::prelude::*;

words!(
    /// What became of a letter: waiting for the next try, taken by the mail server, or given up with the server's answer.
    LetterState { Waiting = "waiting", Sent = "sent", Failed = "failed" }
);

impl LetterState {
    #[must_use]
    pub fn label(&self, t: Tr) -> &'static str {
        match self {
            Self::Waiting => t.letters_state_waiting(),
            Self::Sent => t.letters_state_sent(),
            Self::Failed => t.letters_state_failed(),
        }
    }
    /// The class of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Waiting => "warn",
            Self::Sent => "ok",
            Self::Failed => "err",
        }
    }
}

/// A letter as it was decided, with what became of it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = letters, treat_none_as_default_value = false)]
pub struct Posted {
    pub id: LetterId,
    pub programme_id: Option<ProgrammeId>,
    pub code: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub person_id: Option<PersonId>,
    pub recipient: String,
    pub lang: Lang,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    /// The same on every try, so that a mailbox that got it twice shows it once.
    pub message_id: String,
    pub created_at: Instant,
    pub state: LetterState,
    pub attempts: i32,
    pub next_at: Instant,
    pub claimed_until: Option<Instant>,
    pub sent_at: Option<Instant>,
    /// What the mail server said last.
    pub last_answer: Option<String>,
}

/// Minutes to wait after the first, second, ... failed try; after the last the letter is given up (about three days).
const WAITS: [i64; 12] = [1, 2, 5, 10, 20, 30, 60, 120, 240, 720, 1_440, 1_440];

pub(super) fn put(conn: &mut Conn, letter: &Letter, address: &str, now: Instant) -> Result<()> {
    let rendered = render(letter, address)?;
    let id = LetterId::new();
    let host = address.split("//").nth(1).unwrap_or("localhost").split([':', '/']).next().unwrap_or("localhost");
    let row = Posted {
        id,
        programme_id: letter.programme,
        code: letter.code.to_owned(),
        subject_kind: letter.subject.kind().to_owned(),
        subject_id: letter.subject.id(),
        person_id: letter.to.person,
        recipient: letter.to.email.clone(),
        lang: letter.to.lang,
        subject: rendered.subject,
        text_body: rendered.text,
        html_body: rendered.html,
        message_id: format!("<{id}@{host}>"),
        created_at: now,
        state: LetterState::Waiting,
        attempts: 0,
        next_at: now,
        claimed_until: None,
        sent_at: None,
        last_answer: None,
    };
    diesel::insert_into(letters::table).values(&row).execute(conn)?;
    Ok(())
}

/// Takes up to `most` letters that are due, for two minutes: a worker that dies leaves them to the next.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn claim(conn: &mut Conn, now: Instant, most: i64) -> Result<Vec<Posted>> {
    let due: Vec<LetterId> = letters::table
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(letters::next_at.le(now))
        .filter(letters::claimed_until.is_null().or(letters::claimed_until.lt(now)))
        .order(letters::next_at)
        .limit(most)
        .select(letters::id)
        .load(conn)?;
    let mut claimed = vec![];
    for id in due {
        // Guarded, so that two workers never take the same letter.
        let taken: Option<Posted> = diesel::update(
            letters::table
                .filter(letters::id.eq(id))
                .filter(letters::state.eq(LetterState::Waiting))
                .filter(letters::claimed_until.is_null().or(letters::claimed_until.lt(now))),
        )
        .set((letters::claimed_until.eq(now.plus_seconds(120)), letters::attempts.eq(letters::attempts + 1)))
        .returning(letters::all_columns)
        .get_result(conn)
        .optional()?;
        claimed.extend(taken);
    }
    Ok(claimed)
}

/// How a try ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    Sent(String),
    /// Not now: the server is away, slow or busy.
    Later(String),
    /// Never: the server refuses this address or this letter.
    Refused(String),
}

/// Writes down how a try ended, and when the next one is due.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn settle(conn: &mut Conn, letter: &Posted, outcome: &Outcome, now: Instant) -> Result<()> {
    let (state, answer, next) = match outcome {
        Outcome::Sent(answer) => (LetterState::Sent, answer, now),
        Outcome::Refused(answer) => (LetterState::Failed, answer, now),
        Outcome::Later(answer) => {
            let tries = usize::try_from(letter.attempts).unwrap_or(0);
            match WAITS.get(tries.saturating_sub(1)) {
                Some(minutes) => (LetterState::Waiting, answer, now.plus_seconds(minutes * 60)),
                None => (LetterState::Failed, answer, now),
            }
        }
    };
    diesel::update(letters::table.find(letter.id))
        .set((
            letters::state.eq(state),
            letters::last_answer.eq(Some(answer.chars().take(500).collect::<String>())),
            letters::next_at.eq(next),
            letters::claimed_until.eq(None::<Instant>),
            letters::sent_at.eq((state == LetterState::Sent).then_some(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A page of a fund's letters, newest first. How many there are, `counts` says.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn page_of_programme(conn: &mut Conn, programme: ProgrammeId, state: Option<LetterState>, limit: i64, offset: i64) -> Result<Vec<Posted>> {
    let all = letters::table.filter(letters::programme_id.eq(programme)).into_boxed();
    let picked = match state {
        Some(state) => all.filter(letters::state.eq(state)),
        None => all,
    };
    Ok(picked.order((letters::created_at.desc(), letters::id.desc())).limit(limit).offset(offset).select(Posted::as_select()).load(conn)?)
}

/// How many letters of a fund are in which state.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn counts(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<(LetterState, i64)>> {
    let of_fund = letters::table.filter(letters::programme_id.eq(programme)).group_by(letters::state);
    Ok(of_fund.select((letters::state, diesel::dsl::count_star())).load(conn)?)
}

#[derive(serde::Serialize)]
struct TriedAgain {
    #[serde(skip)]
    programme: ProgrammeId,
    letter: LetterId,
    code: String,
    recipient: String,
    answer: Option<String>,
}
impl Event for TriedAgain {
    const KIND: &'static str = "letter.tried-again";
    fn subject(&self) -> Subject {
        Subject::Programme(self.programme)
    }
}

/// Puts a letter that was given up back into the outbox; the same letter, with the same Message-ID.
///
/// # Errors
/// `NotFound` when this fund has no such letter; `Refused` unless it was given up.
pub fn try_again(act: &mut Act<'_>, programme: ProgrammeId, id: LetterId) -> Result<Recorded<()>> {
    let letter = find(act.conn, programme, id)?;
    let given_up = letters::table.filter(letters::id.eq(id)).filter(letters::state.eq(LetterState::Failed));
    let changed = diesel::update(given_up)
        .set((letters::state.eq(LetterState::Waiting), letters::attempts.eq(0), letters::next_at.eq(act.now), letters::claimed_until.eq(None::<Instant>)))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::refused(Reason::new("not-failed", "", |t| t.letters_reason_not_failed().into())));
    }
    act.record(&TriedAgain { programme, letter: id, code: letter.code, recipient: letter.recipient, answer: letter.last_answer }, ())
}

/// One letter of a fund.
///
/// # Errors
/// `NotFound` when this fund has no such letter.
pub fn find(conn: &mut Conn, programme: ProgrammeId, id: LetterId) -> Result<Posted> {
    Ok(letters::table.filter(letters::programme_id.eq(programme)).filter(letters::id.eq(id)).select(Posted::as_select()).first(conn)?)
}

/// The letters about one subject, oldest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn about(conn: &mut Conn, subject: Subject) -> Result<Vec<Posted>> {
    Ok(letters::table
        .filter(letters::subject_kind.eq(subject.kind()))
        .filter(letters::subject_id.eq(subject.id()))
        .order((letters::created_at, letters::id))
        .limit(200)
        .select(Posted::as_select())
        .load(conn)?)
}

/// All letters to one address, oldest first: what the demo's mailbox and the tests read.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn to_address(conn: &mut Conn, recipient: &str) -> Result<Vec<Posted>> {
    Ok(letters::table.filter(letters::recipient.eq(recipient)).order((letters::created_at, letters::id)).limit(500).select(Posted::as_select()).load(conn)?)
}
