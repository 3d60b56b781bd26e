//! The PDFs that were handed out, in the database: noted by their fingerprint, found by it.
use super::{Print, Submission};
use crate::kernel::Result;
use crate::store::Conn;
use crate::store::schema::{document_prints, submissions};
use diesel::prelude::*;

/// The PDF with this fingerprint, with the frozen version that it shows.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn print_by_fingerprint(conn: &mut Conn, sha256: &str) -> Result<Option<(Print, Submission)>> {
    let known = document_prints::table.inner_join(submissions::table).filter(document_prints::sha256.eq(sha256));
    Ok(known.select((Print::as_select(), Submission::as_select())).first(conn).optional()?)
}

/// Notes a PDF that is handed out for the first time.
///
/// # Errors
/// `Stale` when the same bytes were noted before.
pub fn insert_print(conn: &mut Conn, print: &Print) -> Result<()> {
    diesel::insert_into(document_prints::table).values(print).execute(conn)?;
    Ok(())
}
