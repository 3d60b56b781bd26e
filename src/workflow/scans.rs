//! Which files were looked through for viruses: with a scanner set, a file waits until the scanner has said that it is clean. Without one
//! files have no such state. Whether one is set stands in the database, so that every process of the installation knows it.
use super::scanner::Verdict;
use crate::kernel::{Instant, Result, Scan};
use crate::store::Conn;
use crate::store::schema::{beats, files};
use diesel::prelude::*;

/// The scanner's name among the signs of life: there while one is set, with the time of its last answer.
pub const SCANNER: &str = "scanner";

/// A file that waits to be looked through.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub sha256: String,
    pub tries: i32,
}

/// Whether a scanner is set.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn is_on(conn: &mut Conn) -> Result<bool> {
    Ok(beats::table.find(SCANNER).select(beats::at).first::<Instant>(conn).optional()?.is_some())
}

/// Brings the files in step with the settings: with a scanner all that were never looked through wait, without one none does.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn switch(conn: &mut Conn, on: bool, now: Instant) -> Result<()> {
    if on {
        super::beats::beat(conn, SCANNER, now)?;
        diesel::update(files::table.filter(files::scan.is_null())).set((files::scan.eq(Some(Scan::Waiting)), files::scan_at.eq(Some(now)))).execute(conn)?;
    } else if is_on(conn)? {
        diesel::delete(beats::table.find(SCANNER)).execute(conn)?;
        let waiting = files::table.filter(files::scan.eq(Scan::Waiting));
        diesel::update(waiting).set((files::scan.eq(None::<Scan>), files::scan_at.eq(None::<Instant>))).execute(conn)?;
    }
    Ok(())
}

/// What is known of this file; None where nothing is asked.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn state_of(conn: &mut Conn, sha256: &str) -> Result<Option<Scan>> {
    Ok(files::table.find(sha256).select(files::scan).first::<Option<Scan>>(conn).optional()?.flatten())
}

/// How many files the scanner was asked about in vain so far: while it is dead, nobody with one of them can hand in.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn unanswered(conn: &mut Conn) -> Result<i64> {
    Ok(files::table.filter(files::scan.eq(Scan::Waiting)).filter(files::scan_tries.gt(0)).count().get_result(conn)?)
}

/// Takes files that are due, so that no other worker has them meanwhile.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn claim(conn: &mut Conn, now: Instant, most: i64) -> Result<Vec<Waiting>> {
    let due: Vec<(String, i32)> = files::table
        .filter(files::scan.eq(Scan::Waiting))
        .filter(files::scan_at.le(now))
        .order(files::scan_at)
        .limit(most)
        .select((files::sha256, files::scan_tries))
        .load(conn)?;
    let mut claimed = vec![];
    for (sha256, tries) in due {
        let still = files::table.find(&sha256).filter(files::scan.eq(Scan::Waiting)).filter(files::scan_at.le(now));
        if diesel::update(still).set(files::scan_at.eq(Some(now.plus_seconds(LEASE)))).execute(conn)? == 1 {
            claimed.push(Waiting { sha256, tries });
        }
    }
    Ok(claimed)
}

/// So long a claimed file is nobody else's: longer than any scanner's patience for the files of one turn.
const LEASE: i64 = 600;

/// Seconds until a file is tried again after so many tries that failed: 5, 10, 20 … and never more than ten minutes.
#[must_use]
pub fn pause(tries: i32) -> i64 {
    5i64.checked_shl(u32::try_from(tries.clamp(0, 10)).unwrap_or(0)).unwrap_or(600).min(600)
}

/// Notes what the scanner said of a file.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn settle(conn: &mut Conn, file: &Waiting, verdict: &Verdict, now: Instant) -> Result<()> {
    let row = files::table.find(&file.sha256).filter(files::scan.eq(Scan::Waiting));
    match verdict {
        Verdict::Clean => {
            diesel::update(row).set((files::scan.eq(Some(Scan::Clean)), files::scan_at.eq(Some(now)))).execute(conn)?;
        }
        Verdict::Infected(found) => {
            let found: String = found.chars().take(200).collect();
            diesel::update(row).set((files::scan.eq(Some(Scan::Infected)), files::scan_at.eq(Some(now)), files::scan_found.eq(found))).execute(conn)?;
        }
        Verdict::Later(_) => {
            let next = now.plus_seconds(pause(file.tries));
            diesel::update(row).set((files::scan_at.eq(Some(next)), files::scan_tries.eq(file.tries + 1))).execute(conn)?;
            return Ok(());
        }
    }
    super::beats::beat(conn, SCANNER, now)
}

/// A file that is noted for the first time, or that was noted before there was a scanner, waits.
pub(super) fn await_scan(conn: &mut Conn, sha256: &str, now: Instant) -> Result<()> {
    if is_on(conn)? {
        let unknown = files::table.find(sha256).filter(files::scan.is_null());
        diesel::update(unknown).set((files::scan.eq(Some(Scan::Waiting)), files::scan_at.eq(Some(now)))).execute(conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_scanner_is_asked_more_and_more_seldom() {
        assert_eq!([0, 1, 2, 5, 6, 7, 1_000].map(pause), [5, 10, 20, 160, 320, 600, 600]);
    }
}
