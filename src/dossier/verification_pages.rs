//! Anybody checks a receipt: whether its fingerprint is that of an application that arrived, when, and whether it is the version that
//! counts; or a PDF, by its file or the file's fingerprint. Nothing of what it says is told, nor whose it is beyond its code.
use crate::applications::records as applications;
use crate::applications::{PrintKind, Status, Submission, print_records};
use crate::kernel::{Error, Instant, Reason, Result, fingerprint};
use crate::store::Conn;
use crate::web::records::count_try;
use crate::web::{Answer, Door, Page, Visit, fingerprint_sent, get, post};
use actix_multipart::Multipart;
use askama::Template;

/// The longest PDF of ours is a quarter of this.
const MOST_BYTES: i64 = 2_000_000;
/// Files that one address may have looked up within ten minutes: a whole office behind it, and no more.
const MOST_FILES: i32 = 60;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/receipts", check).api("Whether a `fingerprint` is that of an application that arrived, or of a PDF of one, and whether that version counts."),
        post("/receipts", check_file),
    ]
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
    /// The PDF that has this fingerprint; none where it is the submission's own.
    print: Option<PrintKind>,
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
impl Verification {
    fn verdict(&self, proof: &Proof) -> String {
        let (t, code) = (self.p.t, proof.code.as_str());
        match proof.print {
            _ if !proof.unchanged => t.dossier_tampered(code),
            None => t.dossier_verified(code),
            Some(PrintKind::Receipt) => t.dossier_verified_receipt(code),
            Some(PrintKind::Application) => t.dossier_verified_application(code),
            Some(PrintKind::Reading) => t.dossier_verified_reading(code),
        }
    }
}

/// The 64 letters and digits, however they were copied: in groups, in capitals.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_hexdigit).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The submission that has this fingerprint, or whose PDF has it.
fn found(conn: &mut Conn, sha256: &str) -> Result<Option<(Submission, Option<PrintKind>)>> {
    if let Some(submission) = applications::submission_by_fingerprint(conn, sha256)? {
        return Ok(Some((submission, None)));
    }
    let print = print_records::print_by_fingerprint(conn, sha256)?;
    Ok(print.map(|(print, submission)| (submission, Some(print.kind))))
}

fn proof(conn: &mut Conn, sha256: &str) -> Result<Option<Proof>> {
    let Some((submission, print)) = found(conn, sha256)? else { return Ok(None) };
    let application = applications::by_id(conn, submission.application_id)?;
    Ok(Some(Proof {
        counts: application.status == Status::Submitted && application.submissions == submission.number,
        unchanged: fingerprint(submission.content.as_bytes()) == submission.sha256,
        code: submission.code,
        submitted_at: submission.submitted_at,
        number: submission.number,
        print,
    }))
}

async fn page(visit: &Visit, typed: String, reasons: Vec<Reason>) -> Answer {
    let wanted = plain(&typed);
    let proof = if wanted.len() == 64 { visit.read(move |conn| proof(conn, &wanted)).await? } else { None };
    let failed = !reasons.is_empty();
    let view = Verification { p: visit.page().with_errors(reasons), fingerprint: typed, proof };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

async fn check(visit: Visit) -> Answer {
    page(&visit, visit.asked("fingerprint").unwrap_or_default(), vec![]).await
}

/// Of the file nothing is needed but its fingerprint; its answer has an address that can be passed on.
async fn check_file(visit: Visit, form: Multipart) -> Answer {
    let (store, address, now) = (visit.app.desk.store.clone(), visit.address.clone(), visit.now());
    visit.off_thread(move || store.note(|conn| count_try(conn, &format!("receipts from {address}"), MOST_FILES, 600, now))).await?;
    match fingerprint_sent(form, MOST_BYTES).await {
        Ok(sha256) => visit.go(&format!("/receipts?fingerprint={sha256}")),
        Err(Error::Invalid(reasons)) => page(&visit, String::new(), reasons).await,
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fingerprint_is_read_however_it_was_copied() {
        assert_eq!(super::plain(" AB12 cd34\n"), "ab12cd34");
    }
}
