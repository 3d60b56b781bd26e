//! Rounds in the database.
use super::file::ParsedRound;
use super::{Round, RoundState, Terms};
use crate::kernel::{Error, Instant, Money, ProgrammeId, Result, RoundId, fault};
use crate::store::Conn;
use crate::store::schema::rounds;
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = rounds)]
struct Row {
    id: RoundId,
    programme_id: ProgrammeId,
    code: String,
    terms: String,
    opens_at: Instant,
    closes_at: Instant,
    extended_from: Option<Instant>,
    questions_basis: Option<Instant>,
    envelope: Money,
    state: RoundState,
    published_at: Option<Instant>,
    version: i32,
}

impl Row {
    fn read(self) -> Result<Round> {
        let terms: Terms = serde_json::from_str(&self.terms).map_err(fault)?;
        Ok(Round {
            id: self.id,
            programme_id: self.programme_id,
            code: self.code,
            terms,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            extended_from: self.extended_from,
            questions_basis: self.questions_basis,
            envelope: self.envelope,
            state: self.state,
            published_at: self.published_at,
            version: self.version,
        })
    }
}

/// The round with this id.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(conn: &mut Conn, id: RoundId) -> Result<Round> {
    rounds::table.find(id).select(Row::as_select()).first(conn)?.read()
}

/// A fund's round by its code, whatever its state: for the office. The public asks `published`.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_code(conn: &mut Conn, programme: ProgrammeId, code: &str) -> Result<Round> {
    rounds::table.filter(rounds::programme_id.eq(programme)).filter(rounds::code.eq(code)).select(Row::as_select()).first(conn)?.read()
}

/// A fund's rounds in the order in which they open.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_programme(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<Round>> {
    let rows: Vec<Row> = rounds::table.filter(rounds::programme_id.eq(programme)).order(rounds::opens_at).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::read).collect()
}

/// A round that the public may see.
///
/// # Errors
/// `NotFound` when there is none, or it is still prepared.
pub fn published(conn: &mut Conn, programme: ProgrammeId, code: &str) -> Result<Round> {
    let round = by_code(conn, programme, code)?;
    if round.state == RoundState::Draft { Err(crate::kernel::Error::NotFound) } else { Ok(round) }
}

/// A new round, still a draft.
///
/// # Errors
/// `Stale` when the fund has a round of this code already.
pub fn add(conn: &mut Conn, programme: ProgrammeId, round: &ParsedRound) -> Result<Round> {
    let id = RoundId::new();
    diesel::insert_into(rounds::table)
        .values((
            rounds::id.eq(id),
            rounds::programme_id.eq(programme),
            rounds::code.eq(&round.code),
            rounds::terms.eq(serde_json::to_string(&round.terms).map_err(fault)?),
            rounds::opens_at.eq(round.opens_at),
            rounds::closes_at.eq(round.closes_at),
            rounds::envelope.eq(round.envelope),
            rounds::state.eq(RoundState::Draft),
            rounds::last_serial.eq(0),
            rounds::version.eq(1),
        ))
        .execute(conn)?;
    find(conn, id)
}

/// Other terms for a round that is still a draft.
///
/// # Errors
/// `Stale` when somebody changed or published it meanwhile.
pub fn change(conn: &mut Conn, known: &Round, round: &ParsedRound) -> Result<Round> {
    let mine = rounds::table.find(known.id).filter(rounds::version.eq(known.version)).filter(rounds::state.eq(RoundState::Draft));
    let changed = diesel::update(mine)
        .set((
            rounds::terms.eq(serde_json::to_string(&round.terms).map_err(fault)?),
            rounds::opens_at.eq(round.opens_at),
            rounds::closes_at.eq(round.closes_at),
            rounds::envelope.eq(round.envelope),
            rounds::version.eq(known.version + 1),
        ))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { find(conn, known.id) }
}

/// Other terms for a round that is public; its deadline stays.
///
/// # Errors
/// `Stale` when somebody changed, moved or cancelled it meanwhile.
pub fn amend(conn: &mut Conn, known: &Round, wanted: &ParsedRound) -> Result<Round> {
    let mine = rounds::table.find(known.id).filter(rounds::version.eq(known.version)).filter(rounds::state.eq(RoundState::Published));
    let changed = diesel::update(mine)
        .set((
            rounds::terms.eq(serde_json::to_string(&wanted.terms).map_err(fault)?),
            rounds::opens_at.eq(wanted.opens_at),
            rounds::envelope.eq(wanted.envelope),
            rounds::version.eq(known.version + 1),
        ))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { find(conn, known.id) }
}

/// The round is public from now on.
///
/// # Errors
/// `Stale` when somebody changed it meanwhile.
pub fn publish(conn: &mut Conn, known: &Round, now: Instant) -> Result<Round> {
    let changed = diesel::update(rounds::table.find(known.id).filter(rounds::version.eq(known.version)))
        .set((rounds::state.eq(RoundState::Published), rounds::published_at.eq(Some(now)), rounds::version.eq(known.version + 1)))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { find(conn, known.id) }
}

/// The round closes later than it was to; `questions_basis` is from where the dates of questions are counted, where not from there.
///
/// # Errors
/// `Stale` when somebody changed it meanwhile.
pub fn extend(conn: &mut Conn, known: &Round, until: Instant, questions_basis: Option<Instant>) -> Result<Round> {
    let from = known.extended_from.unwrap_or(known.closes_at);
    let changed = diesel::update(rounds::table.find(known.id).filter(rounds::version.eq(known.version)))
        .set((
            rounds::closes_at.eq(until),
            rounds::extended_from.eq(Some(from)),
            rounds::questions_basis.eq(questions_basis),
            rounds::version.eq(known.version + 1),
        ))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { find(conn, known.id) }
}

/// When the fund's next round opens after this instant, if there is one that was not cancelled.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn next_opening(conn: &mut Conn, programme: ProgrammeId, after: Instant) -> Result<Option<Instant>> {
    Ok(rounds::table
        .filter(rounds::programme_id.eq(programme))
        .filter(rounds::state.ne(RoundState::Cancelled))
        .filter(rounds::opens_at.ge(after))
        .order(rounds::opens_at)
        .select(rounds::opens_at)
        .first(conn)
        .optional()?)
}

/// The round is over before its time.
///
/// # Errors
/// `Stale` when somebody changed it meanwhile.
pub fn cancel(conn: &mut Conn, known: &Round) -> Result<Round> {
    let changed = diesel::update(rounds::table.find(known.id).filter(rounds::version.eq(known.version)))
        .set((rounds::state.eq(RoundState::Cancelled), rounds::version.eq(known.version + 1)))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { find(conn, known.id) }
}

/// The rounds of a fund that the public may see, in the order in which they open.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn published_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<Round>> {
    let rows: Vec<Row> = rounds::table
        .filter(rounds::programme_id.eq(programme))
        .filter(rounds::state.ne(RoundState::Draft))
        .order(rounds::opens_at)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::read).collect()
}

/// The rounds of all funds that the public may see.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn published_of_all(conn: &mut Conn) -> Result<Vec<Round>> {
    let rows: Vec<Row> = rounds::table.filter(rounds::state.ne(RoundState::Draft)).order(rounds::opens_at).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::read).collect()
}
