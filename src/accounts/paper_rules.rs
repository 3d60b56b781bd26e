//! Which papers an organisation's profile keeps: how many, how large, and until when each is valid.
use super::{OrganisationPaper, PaperKind};
use crate::kernel::{Day, Reason};

/// A profile keeps so many papers.
pub const MOST_PAPERS: usize = 40;
/// And so much together.
pub const MOST_BYTES: i64 = 100_000_000;
/// What one of them may have.
pub const MOST_OF_ONE: i64 = 10_000_000;

/// Whether a paper is past its last day. A paper without one does not end.
#[must_use]
pub fn is_expired(valid_until: Option<Day>, today: Day) -> bool {
    valid_until.is_some_and(|last| last < today)
}

/// The last day as it was typed: `2017-12-31` or `31.12.2017`; none where nothing was typed.
///
/// # Errors
/// The complaint at `field`, where it is no day.
pub fn last_day(typed: &str, field: &str) -> Result<Option<Day>, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let turned = typed.split(['.', '/']).rev().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-");
    typed.parse().or_else(|_| turned.parse()).map(Some).map_err(|_| Reason::new("no-day", field, |t| t.paper_no_day().into()))
}

/// What stands in the way of keeping one more paper.
#[must_use]
pub fn keeping(there: &[OrganisationPaper], bytes: i64, valid_until: Option<Day>, today: Day) -> Vec<Reason> {
    let mut reasons = vec![];
    if let Some(last) = valid_until.filter(|_| is_expired(valid_until, today)) {
        reasons.push(Reason::new("expired", "valid_until", |t| t.paper_expired_already(t.day(last))));
    }
    if there.len() >= MOST_PAPERS || there.iter().map(|paper| paper.bytes).sum::<i64>() + bytes > MOST_BYTES {
        reasons.push(Reason::new("no-room", "file", |t| t.paper_profile_full(MOST_BYTES / 1_000_000, MOST_PAPERS)));
    }
    reasons
}

/// The paper that is kept already: the same file as the same kind.
#[must_use]
pub fn kept_already<'p>(there: &'p [OrganisationPaper], kind: PaperKind, sha256: &str) -> Option<&'p OrganisationPaper> {
    there.iter().find(|paper| paper.kind == kind && paper.sha256 == sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_day_is_read_as_people_write_it() {
        let read = |typed: &str| last_day(typed, "valid_until").map(|day| day.map(|day| day.to_string())).map_err(|reason| reason.code);
        assert_eq!(read(""), Ok(None));
        for typed in ["2017-12-31", " 31.12.2017 ", "31/12/2017"] {
            assert_eq!(read(typed), Ok(Some("2017-12-31".into())), "{typed}");
        }
        assert_eq!(read("5.1.2018"), Ok(Some("2018-01-05".into())));
        for typed in ["nesër", "31.02.2018", "2017-13-01"] {
            assert_eq!(read(typed), Err("no-day".into()), "{typed}");
        }
    }

    #[test]
    fn its_last_day_still_counts() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert!(!is_expired(None, day("2017-10-20")));
        assert!(!is_expired(Some(day("2017-10-20")), day("2017-10-20")));
        assert!(is_expired(Some(day("2017-10-19")), day("2017-10-20")));
    }
}
