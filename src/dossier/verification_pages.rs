//! Anybody checks a receipt: whether its fingerprint is that of an application that arrived, when, and whether it is the version that
//! counts. Nothing of what it says is told, nor whose it is beyond its code.
use crate::applications::Status;
use crate::applications::records as applications;
use crate::kernel::{Instant, Result, fingerprint};
use crate::store::Conn;
use crate::web::{Answer, Door, Page, Visit, get};
use askama::Template;

/// Its door.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/receipts", check).api("Whether a receipt's `fingerprint` is that of an application that arrived, and whether that version counts.")]
}

/// What a fingerprint proves.
#[derive(Clone, Debug, serde::Serialize)]
struct Proof {
    code: String,
    submitted_at: Instant,
    /// Which of its submissions.
    number: i32,
    /// It is the last one, and was not withdrawn.
    counts: bool,
    /// What is kept still has this fingerprint, worked out from it now.
    unchanged: bool,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dossier/verification.html")]
struct Verification {
    #[serde(skip)]
    p: Page,
    /// As it was typed.
    fingerprint: String,
    proof: Option<Proof>,
}

/// The 64 letters and digits, however they were copied: in groups, in capitals.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_hexdigit).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn proof(conn: &mut Conn, sha256: &str) -> Result<Option<Proof>> {
    let Some(submission) = applications::submission_by_fingerprint(conn, sha256)? else { return Ok(None) };
    let application = applications::by_id(conn, submission.application_id)?;
    Ok(Some(Proof {
        counts: application.status == Status::Submitted && application.submissions == submission.number,
        unchanged: fingerprint(submission.content.as_bytes()) == submission.sha256,
        code: submission.code,
        submitted_at: submission.submitted_at,
        number: submission.number,
    }))
}

async fn check(visit: Visit) -> Answer {
    let typed = visit.asked("fingerprint").unwrap_or_default();
    let wanted = plain(&typed);
    let found = if wanted.len() == 64 { visit.read(move |conn| proof(conn, &wanted)).await? } else { None };
    visit.show(&Verification { p: visit.page(), fingerprint: typed, proof: found })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fingerprint_is_read_however_it_was_copied() {
        assert_eq!(super::plain(" AB12 cd34\n"), "ab12cd34");
    }
}
