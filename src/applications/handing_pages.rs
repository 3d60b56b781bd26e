//! Pages of handing in: check your answers, the one button, the receipt, withdrawal; and the file for reading.
use super::content::File;
use super::paper_pages::frozen_or_draft;
use super::reading::{FileView, reason_address};
use super::{Application, Receipt, Status, actions, budget, logframe, plan, records, rules};
use crate::calls::Round;
use crate::calls::records as calls;
use crate::kernel::{Actor, ApplicationId, Error, Instant, OrganisationId, Reason, Result};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web;
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/check", check).api("The whole application as it would be handed in, and everything that stands in the way."),
        post("/applications/{application}/submission", submit).api("Hands the application in; twice is once. The answer is the receipt."),
        get("/applications/{application}/receipt", receipt).api("Number, server time and fingerprint of the last submission."),
        post("/applications/{application}/withdrawal", withdraw).api("Takes a submitted application back: `reason`."),
        post("/applications/{application}/draft", take_up).api("Takes a withdrawn application up again, until the deadline."),
        get("/applications/{application}/read", read).api("The application as it was handed in."),
    ]
}

/// An application with what frames its pages.
struct Framed {
    application: Application,
    round: Round,
    programme: Programme,
}

fn framed(conn: &mut Conn, actor: &Actor, id: ApplicationId) -> Result<Framed> {
    let application = records::find(conn, actor, id)?;
    let round = calls::find(conn, application.round_id)?;
    let programme = programmes::records::find(conn, application.programme_id)?;
    Ok(Framed { application, round, programme })
}

impl Framed {
    fn page(&self, visit: &Visit, here: &str) -> Page {
        let t = visit.t();
        let name = self.application.code.clone().unwrap_or_else(|| self.round.terms.name.say(t).to_owned());
        let crumbs =
            vec![Link::new(t.nav_my_applications(), "/applications"), Link::new(name, format!("/applications/{}", self.application.id)), Link::here(here)];
        visit.page_in(self.programme.frame()).with_crumbs(crumbs)
    }
}

/// A reason with the address of its field.
#[derive(serde::Serialize)]
pub struct Linked {
    pub reason: Reason,
    pub to: Option<String>,
}

fn linked(reasons: Vec<Reason>, application: ApplicationId, organisation: OrganisationId) -> Vec<Linked> {
    reasons.into_iter().map(|reason| Linked { to: reason_address(&reason, application, organisation), reason }).collect()
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/check.html")]
struct CheckPage {
    #[serde(skip)]
    p: Page,
    application: ApplicationId,
    closes_at: Instant,
    may_sign: bool,
    shortfalls: Vec<Linked>,
    hints: Vec<Linked>,
    file: FileView,
    #[serde(skip)]
    refused: bool,
}

/// What is worth a second look and never blocks.
fn hints(file: &File) -> Vec<Reason> {
    let mut hints = logframe::hints(&file.logframe, &file.budget);
    hints.extend(plan::hints(&file.plan, &file.logframe, &file.partners, file.summary.months()));
    hints.extend(budget::hints(&file.budget, &file.logframe));
    hints.truncate(6);
    hints
}

async fn check_page(visit: &Visit, id: ApplicationId, refused: Option<Vec<Reason>>) -> Answer {
    let actor = visit.actor()?;
    let writer = actor.clone();
    let (framed, file) = visit
        .read(move |conn| {
            let framed = framed(conn, &writer, id)?;
            if !rules::may_write(&writer, &framed.application) {
                return Err(Error::NotFound);
            }
            let file = records::draft_file(conn, &framed.application)?;
            Ok((framed, file))
        })
        .await?;
    let application = &framed.application;
    if application.status != Status::Draft {
        let receipt = format!("/applications/{id}/receipt");
        return refused.map_or_else(|| visit.go(&receipt), |reasons| Err(Error::Refused(reasons)));
    }
    let was_refused = refused.is_some();
    let shortfalls = refused.unwrap_or_else(|| rules::shortfalls(&file, &framed.round, visit.now()));
    let view = CheckPage {
        p: framed.page(visit, visit.t().application_check_title()),
        application: id,
        closes_at: framed.round.closes_at,
        may_sign: rules::may_sign(&actor, application),
        shortfalls: linked(shortfalls, id, application.organisation_id),
        hints: linked(hints(&file), id, application.organisation_id),
        file: FileView::of(file, &framed.round).with_changes(id, application.organisation_id),
        refused: was_refused,
    };
    if was_refused { visit.show_again(&view) } else { visit.show(&view) }
}

async fn check(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    check_page(&visit, path.into_inner(), None).await
}

/// One small write. Pressed twice, or twenty times at once, it leads everybody to the same receipt.
async fn submit(visit: Visit, path: web::Path<ApplicationId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let to = format!("/applications/{id}/receipt");
    let mut done = visit.perform(move |act| actions::submit(act, id)).await;
    if matches!(done, Err(Error::Stale)) {
        // Somebody saved or submitted in the same moment: what is there now decides.
        done = visit.perform(move |act| actions::submit(act, id)).await;
    }
    match done {
        Ok(receipt) => visit.done(&to, "", &receipt),
        Err(Error::Refused(reasons)) if reasons.iter().any(|reason| reason.code == "already-submitted") => {
            let submission = visit.read(move |conn| records::last_submission(conn, id)).await?;
            visit.done(&to, "", &Receipt::of(&submission))
        }
        Err(Error::Refused(reasons)) if !visit.api => check_page(&visit, id, Some(reasons)).await,
        Err(other) => Err(other),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/receipt.html")]
struct ReceiptPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    receipt: Receipt,
    submitted_by: String,
    partners: Vec<String>,
    closes_at: Instant,
    results_days: i64,
    clarification_days: u32,
    readers: i32,
    threshold: i64,
    most: i64,
    /// Withdrawing and submitting again are still possible.
    open: bool,
    may_sign: bool,
    #[serde(skip)]
    reason: String,
}
impl ReceiptPage {
    fn withdrawn(&self) -> bool {
        self.application.status == Status::Withdrawn
    }
    fn drafted(&self) -> bool {
        self.application.status == Status::Draft
    }
    /// In groups of four, as one reads it aloud.
    fn digest(&self) -> String {
        let letters: Vec<char> = self.receipt.sha256.chars().collect();
        letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

async fn receipt_page(visit: &Visit, id: ApplicationId, again: Option<(String, Vec<Reason>)>) -> Answer {
    let actor = visit.actor()?;
    let reader = actor.clone();
    let (framed, submission, file, by) = visit
        .read(move |conn| {
            let framed = framed(conn, &reader, id)?;
            let submission = records::last_submission(conn, id)?;
            let by = crate::accounts::records::person(conn, submission.submitted_by)?;
            let file: File = serde_json::from_str(&submission.content).map_err(crate::kernel::fault)?;
            Ok((framed, submission, file, by.name))
        })
        .await?;
    let mut p = framed.page(visit, visit.t().application_receipt_short());
    let failed = again.is_some();
    let mut reason = String::new();
    if let Some((typed, reasons)) = again {
        reason = typed;
        p = p.with_errors(reasons);
    }
    let round = &framed.round;
    let view = ReceiptPage {
        p,
        receipt: Receipt::of(&submission),
        submitted_by: by,
        partners: file.partners.partners.into_iter().map(|partner| partner.name).collect(),
        closes_at: round.closes_at,
        results_days: round.terms.results_days,
        clarification_days: round.terms.clarification_days,
        readers: round.terms.grid.readers,
        threshold: round.terms.grid.threshold,
        most: round.terms.grid.most(),
        open: round.takes_applications(visit.now()),
        may_sign: rules::may_sign(&actor, &framed.application),
        application: framed.application,
        reason,
    };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

async fn receipt(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    receipt_page(&visit, path.into_inner(), None).await
}

async fn withdraw(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, reason) = (path.into_inner(), fields.get("reason"));
    let why = reason.clone();
    match visit.perform(move |act| actions::withdraw(act, id, &why)).await {
        Ok(application) => visit.done(&format!("/applications/{id}/receipt"), visit.t().application_was_withdrawn(), &application),
        Err(Error::Invalid(reasons)) if !visit.api => receipt_page(&visit, id, Some((reason, reasons))).await,
        Err(other) => Err(other),
    }
}

async fn take_up(visit: Visit, path: web::Path<ApplicationId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let application = visit.perform(move |act| actions::take_up(act, id)).await?;
    visit.done(&format!("/applications/{id}"), visit.t().application_was_taken_up(), &application)
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/read.html")]
struct ReadPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    /// None while it was never handed in.
    receipt: Option<Receipt>,
    file: FileView,
}

async fn read(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let (framed, file, submission) = visit
        .read(move |conn| {
            let framed = framed(conn, &actor, id)?;
            let file = frozen_or_draft(conn, &actor, &framed.application)?;
            let submission = if framed.application.submissions > 0 { Some(records::last_submission(conn, id)?) } else { None };
            Ok((framed, file, submission))
        })
        .await?;
    visit.show(&ReadPage {
        p: framed.page(&visit, visit.t().application_read_short()),
        receipt: submission.as_ref().map(Receipt::of),
        file: FileView::of(file, &framed.round).with_papers_at(&format!("/applications/{id}/files")),
        application: framed.application,
    })
}
