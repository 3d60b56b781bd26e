//! Corrigenda in the database. What is published is everybody's to read: there is nothing to hide here.
use super::{Corrigendum, Entry, entries};
use crate::applications::deadline_records;
use crate::kernel::{Result, RoundId};
use crate::store::Conn;
use crate::store::schema::corrigenda;
use diesel::prelude::*;

/// Everything that changed in a call since it was published: its terms and its deadline, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer or a corrigendum cannot be read.
pub fn of_round(conn: &mut Conn, round: RoundId) -> Result<Vec<Entry>> {
    let all: Vec<Corrigendum> =
        corrigenda::table.filter(corrigenda::round_id.eq(round)).order(corrigenda::made_at).select(Corrigendum::as_select()).load(conn)?;
    entries(all, deadline_records::of_round(conn, round)?)
}

/// One more corrigendum.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, corrigendum: &Corrigendum) -> Result<()> {
    diesel::insert_into(corrigenda::table).values(corrigendum).execute(conn)?;
    Ok(())
}
