//! Sessions, sign-in links and API tokens in the database; of every secret only the fingerprint.
use super::{ApiToken, Session};
use crate::accounts::Person;
use crate::accounts::records::Member;
use crate::kernel::{Instant, PersonId, Result, SessionId, TokenId, fingerprint};
use crate::store::Conn;
use crate::store::schema::{api_tokens, memberships, people, sessions, sign_in_links};
use diesel::prelude::*;

/// The session of this token with its person and the organisations that they write for, while it lasts and the account is open.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn live(conn: &mut Conn, token: &str, now: Instant) -> Result<Option<(Session, Person, Vec<Member>)>> {
    let rows: Vec<(Session, Person, Option<Member>)> = sessions::table
        .inner_join(people::table.left_join(memberships::table))
        .filter(sessions::token_hash.eq(fingerprint(token.as_bytes())))
        .filter(sessions::expires_at.gt(now))
        .filter(people::disabled_at.is_null())
        .order(memberships::since)
        .select((Session::as_select(), Person::as_select(), (memberships::organisation_id, memberships::membership).nullable()))
        .load(conn)?;
    let mut rows = rows.into_iter();
    let Some((session, person, first)) = rows.next() else { return Ok(None) };
    let members = first.into_iter().chain(rows.filter_map(|(_, _, member)| member)).collect();
    Ok(Some((session, person, members)))
}

/// Begins a session.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add(conn: &mut Conn, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    Ok(())
}

/// Notes that the session's person was here; the end moves on.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn note_seen(conn: &mut Conn, id: SessionId, now: Instant, until: Instant) -> Result<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(id))).set((sessions::seen_at.eq(now), sessions::expires_at.eq(until))).execute(conn)?;
    Ok(())
}

/// The sessions of a person that have not ended, the latest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn of_person(conn: &mut Conn, person: PersonId, now: Instant) -> Result<Vec<Session>> {
    Ok(sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::seen_at.desc())
        .limit(100)
        .select(Session::as_select())
        .load(conn)?)
}

/// Ends one session of this person; how many there were (0 or 1).
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn end(conn: &mut Conn, person: PersonId, id: SessionId) -> Result<usize> {
    Ok(diesel::delete(sessions::table.filter(sessions::person_id.eq(person)).filter(sessions::id.eq(id))).execute(conn)?)
}

/// Ends every session of this person but one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn end_others(conn: &mut Conn, person: PersonId, but: Option<SessionId>) -> Result<usize> {
    let ended = match but {
        Some(id) => diesel::delete(sessions::table.filter(sessions::person_id.eq(person)).filter(sessions::id.ne(id))).execute(conn)?,
        None => diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(conn)?,
    };
    Ok(ended)
}

/// Takes away what has ended: sessions and links a week after their end.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn forget_ended(conn: &mut Conn, now: Instant) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(now.plus_days(-7)))).execute(conn)?;
    diesel::delete(sign_in_links::table.filter(sign_in_links::expires_at.lt(now.plus_days(-7)))).execute(conn)?;
    Ok(())
}

/// Keeps a sign-in link.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add_link(conn: &mut Conn, token: &str, person: PersonId, now: Instant, until: Instant) -> Result<()> {
    diesel::insert_into(sign_in_links::table)
        .values((
            sign_in_links::token_hash.eq(fingerprint(token.as_bytes())),
            sign_in_links::person_id.eq(person),
            sign_in_links::created_at.eq(now),
            sign_in_links::expires_at.eq(until),
            sign_in_links::used_at.eq(None::<Instant>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whose link this is, while it can be used; looking does not use it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn usable_link(conn: &mut Conn, token: &str, now: Instant) -> Result<Option<Person>> {
    Ok(sign_in_links::table
        .inner_join(people::table)
        .filter(sign_in_links::token_hash.eq(fingerprint(token.as_bytes())))
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::expires_at.gt(now))
        .filter(people::disabled_at.is_null())
        .select(Person::as_select())
        .first(conn)
        .optional()?)
}

/// Uses a link, once: of two who press at the same moment one gets `true`.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn use_link(conn: &mut Conn, token: &str, now: Instant) -> Result<bool> {
    let used = diesel::update(
        sign_in_links::table
            .filter(sign_in_links::token_hash.eq(fingerprint(token.as_bytes())))
            .filter(sign_in_links::used_at.is_null())
            .filter(sign_in_links::expires_at.gt(now)),
    )
    .set(sign_in_links::used_at.eq(Some(now)))
    .execute(conn)?;
    Ok(used == 1)
}

/// The token of a program with its person, unless it was revoked or the account is closed.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn live_token(conn: &mut Conn, token: &str) -> Result<Option<(ApiToken, Person)>> {
    Ok(api_tokens::table
        .inner_join(people::table)
        .filter(api_tokens::token_hash.eq(fingerprint(token.as_bytes())))
        .filter(api_tokens::revoked_at.is_null())
        .filter(people::disabled_at.is_null())
        .select((ApiToken::as_select(), Person::as_select()))
        .first(conn)
        .optional()?)
}

/// Keeps a token's fingerprint.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add_token(conn: &mut Conn, token: &ApiToken) -> Result<()> {
    diesel::insert_into(api_tokens::table).values(token).execute(conn)?;
    Ok(())
}

/// Notes that a program used its token.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn note_used(conn: &mut Conn, id: TokenId, now: Instant) -> Result<()> {
    diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(Some(now))).execute(conn)?;
    Ok(())
}

/// The tokens of a person that still work, the latest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn tokens_of(conn: &mut Conn, person: PersonId) -> Result<Vec<ApiToken>> {
    Ok(api_tokens::table
        .filter(api_tokens::person_id.eq(person))
        .filter(api_tokens::revoked_at.is_null())
        .order(api_tokens::created_at.desc())
        .limit(100)
        .select(ApiToken::as_select())
        .load(conn)?)
}

/// Revokes one token of this person; how many there were (0 or 1).
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn revoke_token(conn: &mut Conn, person: PersonId, id: TokenId, now: Instant) -> Result<usize> {
    let mine = api_tokens::table.filter(api_tokens::person_id.eq(person)).filter(api_tokens::id.eq(id)).filter(api_tokens::revoked_at.is_null());
    Ok(diesel::update(mine).set(api_tokens::revoked_at.eq(Some(now))).execute(conn)?)
}
