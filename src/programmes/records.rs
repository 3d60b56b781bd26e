//! Funds in the database. A fund's public terms are everybody's to see.
use super::{Programme, Terms};
use crate::kernel::{Error, Instant, ProgrammeId, Result, fault};
use crate::store::Conn;
use crate::store::schema::programmes;
use diesel::prelude::*;

/// What is read of a fund; a stage that joins the fund to its own rows selects the same.
pub type Row = (ProgrammeId, String, String, i32);
#[must_use]
pub const fn columns() -> (programmes::id, programmes::slug, programmes::terms, programmes::version) {
    (programmes::id, programmes::slug, programmes::terms, programmes::version)
}

/// The fund of these columns.
///
/// # Errors
/// `Fault` when its terms cannot be read.
pub fn read((id, slug, terms, version): Row) -> Result<Programme> {
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

/// The fund at this address, if there is one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn maybe_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Programme>> {
    programmes::table.filter(programmes::slug.eq(slug)).select(columns()).first(conn).optional()?.map(read).transpose()
}

/// Terms as they are kept.
///
/// # Errors
/// `Fault` when they cannot be written.
pub fn written(terms: &Terms) -> Result<String> {
    serde_json::to_string(terms).map_err(fault)
}

/// A new fund.
///
/// # Errors
/// `Stale` when there is one at this address already.
pub fn add(conn: &mut Conn, slug: &str, terms: &Terms, now: Instant) -> Result<Programme> {
    let id = ProgrammeId::new();
    diesel::insert_into(programmes::table)
        .values((
            programmes::id.eq(id),
            programmes::slug.eq(slug),
            programmes::terms.eq(written(terms)?),
            programmes::imported_at.eq(now),
            programmes::version.eq(1),
        ))
        .execute(conn)?;
    Ok(Programme { id, slug: slug.to_owned(), terms: terms.clone(), version: 1 })
}

/// Other terms for a known fund.
///
/// # Errors
/// `Stale` when somebody changed it meanwhile.
pub fn change(conn: &mut Conn, known: &Programme, terms: &Terms, now: Instant) -> Result<Programme> {
    let changed = diesel::update(programmes::table.find(known.id).filter(programmes::version.eq(known.version)))
        .set((programmes::terms.eq(written(terms)?), programmes::imported_at.eq(now), programmes::version.eq(known.version + 1)))
        .execute(conn)?;
    if changed == 0 { Err(Error::Stale) } else { Ok(Programme { terms: terms.clone(), version: known.version + 1, ..known.clone() }) }
}
