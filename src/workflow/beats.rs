//! Signs of life: who works beside the server says now and then that it still does.
use crate::kernel::{Instant, Result};
use crate::store::Conn;
use crate::store::schema::beats;
use diesel::prelude::*;

/// The worker's name.
pub const WORKER: &str = "worker";

/// Whoever was silent for so many seconds is not well: the worker beats every ten.
const SILENCE: i64 = 90;

/// Writes down that `name` is alive now.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn beat(conn: &mut Conn, name: &str, now: Instant) -> Result<()> {
    let known = diesel::update(beats::table.find(name)).set(beats::at.eq(now)).execute(conn)?;
    if known == 0 {
        diesel::insert_into(beats::table).values((beats::name.eq(name), beats::at.eq(now))).execute(conn)?;
    }
    Ok(())
}

/// Whether `name` was heard of lately.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn is_alive(conn: &mut Conn, name: &str, now: Instant) -> Result<bool> {
    Ok(last(conn, name)?.is_some_and(|at| at.seconds_until(now) < SILENCE))
}

/// When `name` was last heard of.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last(conn: &mut Conn, name: &str) -> Result<Option<Instant>> {
    Ok(beats::table.find(name).select(beats::at).first(conn).optional()?)
}
