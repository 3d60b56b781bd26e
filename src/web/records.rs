//! What the front door itself keeps in the database: how often something was tried, and forms whose writer had to sign in first.
//!
//! Tries are counted here, not in memory, so that they hold for all processes and survive a restart. Only signing in and
//! what sends mail is counted, by account and by account-and-address; eight applicants behind one address stop nobody.
use crate::kernel::{Error, Instant, Result};
use crate::store::Conn;
use crate::store::schema::{parked_forms, throttles};
use diesel::prelude::*;

/// Counts one try of `what`; at most `most` within `seconds`.
///
/// # Errors
/// `Slow` with the seconds to wait when there were too many.
pub fn count_try(conn: &mut Conn, what: &str, most: i32, seconds: i64, now: Instant) -> Result<()> {
    let what = crate::kernel::fingerprint(what.as_bytes());
    let known: Option<(i32, Instant)> = throttles::table.find(&what).select((throttles::count, throttles::since)).first(conn).optional()?;
    match known {
        Some((count, since)) if since.seconds_until(now) < seconds => {
            if count >= most {
                return Err(Error::Slow(u64::try_from((seconds - since.seconds_until(now)).max(1)).unwrap_or(1)));
            }
            diesel::update(throttles::table.find(&what)).set(throttles::count.eq(throttles::count + 1)).execute(conn)?;
        }
        Some(_) => {
            diesel::update(throttles::table.find(&what)).set((throttles::count.eq(1), throttles::since.eq(now))).execute(conn)?;
        }
        None => {
            diesel::insert_into(throttles::table).values((throttles::what.eq(&what), throttles::count.eq(1), throttles::since.eq(now))).execute(conn)?;
        }
    }
    Ok(())
}

/// Forgets the tries of `what`: after a success.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn forget_tries(conn: &mut Conn, what: &str) -> Result<()> {
    diesel::delete(throttles::table.find(crate::kernel::fingerprint(what.as_bytes()))).execute(conn)?;
    Ok(())
}

/// Forgets tries and parked forms that are older than two days.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn forget_old(conn: &mut Conn, now: Instant) -> Result<()> {
    diesel::delete(throttles::table.filter(throttles::since.lt(now.plus_days(-2)))).execute(conn)?;
    diesel::delete(parked_forms::table.filter(parked_forms::created_at.lt(now.plus_days(-2)))).execute(conn)?;
    Ok(())
}

/// Keeps a form until its writer has signed in.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn park(conn: &mut Conn, token: &str, path: &str, body: &str, now: Instant) -> Result<()> {
    diesel::insert_into(parked_forms::table)
        .values((
            parked_forms::token_hash.eq(crate::kernel::fingerprint(token.as_bytes())),
            parked_forms::path.eq(path),
            parked_forms::body.eq(body),
            parked_forms::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The parked form that this cookie belongs to: its address and its body.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn parked(conn: &mut Conn, token: &str) -> Result<Option<(String, String)>> {
    Ok(parked_forms::table.find(crate::kernel::fingerprint(token.as_bytes())).select((parked_forms::path, parked_forms::body)).first(conn).optional()?)
}

/// Forgets a parked form, and all that are older than two days.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn unpark(conn: &mut Conn, token: &str, now: Instant) -> Result<()> {
    diesel::delete(
        parked_forms::table
            .filter(parked_forms::token_hash.eq(crate::kernel::fingerprint(token.as_bytes())).or(parked_forms::created_at.lt(now.plus_days(-2)))),
    )
    .execute(conn)?;
    Ok(())
}
