//! Funds in the database. A fund's public terms are everybody's to see.
use super::{Programme, Terms};
use crate::kernel::{ProgrammeId, Result, fault};
use crate::store::Conn;
use crate::store::schema::programmes;
use diesel::prelude::*;

type Row = (ProgrammeId, String, String, i32);
const fn columns() -> (programmes::id, programmes::slug, programmes::terms, programmes::version) {
    (programmes::id, programmes::slug, programmes::terms, programmes::version)
}

fn read((id, slug, terms, version): Row) -> Result<Programme> {
    let terms: Terms = serde_json::from_str(&terms).map_err(fault)?;
    Ok(Programme { id, slug, terms, version })
}

/// All funds, by slug.
///
/// # Errors
/// `Fault` when the database does not answer or terms cannot be read.
pub fn all(conn: &mut Conn) -> Result<Vec<Programme>> {
    let rows: Vec<Row> = programmes::table.order(programmes::slug).select(columns()).load(conn)?;
    rows.into_iter().map(read).collect()
}

/// The fund at this address.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_slug(conn: &mut Conn, slug: &str) -> Result<Programme> {
    read(programmes::table.filter(programmes::slug.eq(slug)).select(columns()).first(conn)?)
}

/// The fund with this id.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(conn: &mut Conn, id: ProgrammeId) -> Result<Programme> {
    read(programmes::table.find(id).select(columns()).first(conn)?)
}
