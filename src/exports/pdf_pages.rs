//! Doors to the PDFs: whoever reads an application on the screen takes the same away on paper.
use super::documents::Sheet;
use crate::accounts;
use crate::applications::content::File;
use crate::applications::reading::FileView;
use crate::applications::{Application, Print, PrintKind, Receipt, Status, Submission, print_records, records, rules};
use crate::calls;
use crate::kernel::{ApplicationId, AssignmentId, Error, Instant, Result, Tr, fault, fingerprint};
use crate::programmes;
use crate::scoring;
use crate::store::{Conn, Store};
use crate::web::{Answer, Door, Visit, get};
use crate::workflow::pdf::{self, Document};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use tokio::sync::Semaphore;

/// One document is laid out at a time: a hundred downloads in the last hour wait for each other, not the people who save and submit.
static PRESS: Semaphore = Semaphore::const_new(1);

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/application.pdf", latest),
        get("/applications/{application}/declaration.pdf", declaration),
        get("/applications/{application}/submissions/{number}/application.pdf", application),
        get("/applications/{application}/submissions/{number}/receipt.pdf", receipt),
        get("/evaluations/{assignment}/application.pdf", reading),
    ]
}

/// A document to be printed, under the name that its file has; with what it shows where that is frozen.
struct Order {
    document: Document,
    name: String,
    shows: Option<(Submission, PrintKind)>,
}

/// What the reader's pages are in, and where they are.
#[derive(Clone)]
struct Desk {
    t: Tr,
    address: String,
}
impl Desk {
    fn of(visit: &Visit) -> Self {
        Self { t: visit.t(), address: visit.app.desk.address.to_string() }
    }
    fn sheet(self, conn: &mut Conn, application: &Application, file: File) -> Result<Sheet> {
        let round = calls::records::find(conn, application.round_id)?;
        let programme = programmes::records::find(conn, application.programme_id)?;
        Ok(Sheet { t: self.t, programme, file: FileView::of(file, &round), round, address: self.address })
    }
    fn order(self, conn: &mut Conn, application: &Application, submission: Submission, kind: PrintKind) -> Result<Order> {
        let file: File = serde_json::from_str(&submission.content).map_err(fault)?;
        let (file, by) = match kind {
            PrintKind::Reading => (scoring::rules::for_reader(file), String::new()),
            PrintKind::Application | PrintKind::Receipt => (file, accounts::records::person(conn, submission.submitted_by)?.name),
        };
        let document = self.sheet(conn, application, file)?.of_submission(kind, &Receipt::of(&submission), &by);
        Ok(Order { document, name: format!("{}-{}-{kind}", submission.code, submission.number), shows: Some((submission, kind)) })
    }
    fn draft(self, conn: &mut Conn, application: &Application, now: Instant) -> Result<Order> {
        let file = records::draft_file(conn, application)?;
        let (code, t) = (application.code.clone().unwrap_or_default(), self.t);
        let mut document = self.sheet(conn, application, file)?.of_draft(&code, now);
        if application.is_test {
            document.mark = t.trial_mark().into();
        }
        Ok(Order { document, name: "draft".into(), shows: None })
    }
}

/// What this person reads now: its writers their draft, marked on every page; everybody else what was handed in last.
async fn latest(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let (id, actor, desk, now) = (path.into_inner(), visit.actor()?, Desk::of(&visit), visit.now());
    let order = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            if application.status == Status::Draft && rules::may_write(&actor, &application) {
                return desk.draft(conn, &application, now);
            }
            let submission = records::last_submission(conn, id)?;
            desk.order(conn, &application, submission, PrintKind::Application)
        })
        .await?;
    give(&visit, order).await
}

/// The declaration to be signed on paper, filled in with what the draft says: the applicant's, or with `?partner=` that partner's.
async fn declaration(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let (id, actor, desk, now, partner) = (path.into_inner(), visit.actor()?, Desk::of(&visit), visit.now(), visit.asked("partner"));
    let order = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            if !rules::may_write(&actor, &application) {
                return Err(Error::NotFound);
            }
            let file = records::draft_file(conn, &application)?;
            let sheet = desk.sheet(conn, &application, file)?;
            let document = match &partner {
                None => sheet.declaration(now),
                Some(key) => sheet.partner_declaration(key, now).ok_or(Error::NotFound)?,
            };
            Ok(Order { document, name: if partner.is_some() { "partner-declaration" } else { "declaration" }.into(), shows: None })
        })
        .await?;
    give(&visit, order).await
}

async fn application(visit: Visit, path: web::Path<(ApplicationId, i32)>) -> Answer {
    frozen(&visit, path.into_inner(), PrintKind::Application).await
}

async fn receipt(visit: Visit, path: web::Path<(ApplicationId, i32)>) -> Answer {
    frozen(&visit, path.into_inner(), PrintKind::Receipt).await
}

async fn frozen(visit: &Visit, (id, number): (ApplicationId, i32), kind: PrintKind) -> Answer {
    let (actor, desk) = (visit.actor()?, Desk::of(visit));
    let order = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            let submission = records::submission(conn, id, number)?;
            desk.order(conn, &application, submission, kind)
        })
        .await?;
    give(visit, order).await
}

/// For who has declared to be impartial and has no conflict here: what stands beside the score sheet.
async fn reading(visit: Visit, path: web::Path<AssignmentId>) -> Answer {
    let (id, actor, desk) = (path.into_inner(), visit.actor()?, Desk::of(&visit));
    let order = visit
        .read(move |conn| {
            let application = scoring::pages::cleared(conn, &actor, id)?;
            let submission = records::last_submission(conn, application.id)?;
            desk.order(conn, &application, submission, PrintKind::Reading)
        })
        .await?;
    give(&visit, order).await
}

async fn give(visit: &Visit, order: Order) -> Answer {
    let turn = PRESS.acquire().await.map_err(fault)?;
    let Order { document, name, shows } = order;
    let (store, lang, now) = (visit.app.desk.store.clone(), visit.lang, visit.now());
    let bytes = visit
        .off_thread(move || {
            let bytes = pdf::print(&document)?;
            if let Some((submission, kind)) = shows {
                note(&store, Print { sha256: fingerprint(&bytes), submission_id: submission.id, kind, lang, made_at: now })?;
            }
            Ok(bytes)
        })
        .await?;
    drop(turn);
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{lang}.pdf\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}

/// Keeps what is needed to recognise this file again, before anybody has it: the one note that a reader makes.
fn note(store: &Store, print: Print) -> Result<()> {
    if store.read(|conn| print_records::print_by_fingerprint(conn, &print.sha256))?.is_some() {
        return Ok(());
    }
    match store.note(|conn| print_records::insert_print(conn, &print)) {
        // Two first downloads at once are the same file.
        Err(Error::Stale) => Ok(()),
        done => done,
    }
}
