//! Pages of handing in: check your answers, the one button, taking up again; and the file for reading.
use super::content::File;
use super::differences::{Difference, differences};
use super::paper_pages::frozen_or_draft;
use super::readiness_pages::{Standing, standing};
use super::reading::{FileView, reason_address, step_label};
use super::{Application, Receipt, Status, actions, budget, logframe, plan, records, rules};
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, Error, Instant, OrganisationId, Reason, Result, Tr};
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
        post("/applications/{application}/draft", take_up).api("Takes a withdrawn application up again, until the deadline."),
        get("/applications/{application}/read", read).api("The application as it was handed in."),
    ]
}

/// An application with what frames its pages.
pub(super) struct Framed {
    pub application: Application,
    pub round: Round,
    pub programme: Programme,
}

pub(super) fn framed(conn: &mut Conn, actor: &Actor, id: ApplicationId) -> Result<Framed> {
    let application = records::find(conn, actor, id)?;
    let round = records::round_of(conn, &application)?;
    let programme = programmes::records::find(conn, application.programme_id)?;
    Ok(Framed { application, round, programme })
}

impl Framed {
    pub fn page(&self, visit: &Visit, here: &str) -> Page {
        let t = visit.t();
        let name = self.application.code.clone().unwrap_or_else(|| self.round.terms.name.say(t).to_owned());
        let crumbs =
            vec![Link::new(t.nav_my_applications(), "/applications"), Link::new(name, format!("/applications/{}", self.application.id)), Link::here(here)];
        visit.page_in(self.programme.frame()).with_crumbs(crumbs).of_a_test(self.application.is_test)
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
    /// The server's clock when the page was made: it alone decides.
    now: Instant,
    may_sign: bool,
    /// Where the call asks for a text that is ready for signature.
    signature: Option<Standing>,
    /// What was typed to send it back with.
    #[serde(skip)]
    word: String,
    is_test: bool,
    shortfalls: Vec<Linked>,
    hints: Vec<Linked>,
    /// Against the version that was handed in before; none where there is no such version.
    differences: Option<Vec<Difference>>,
    file: FileView,
    #[serde(skip)]
    refused: bool,
}

impl CheckPage {
    fn step(&self, difference: &Difference, t: &Tr) -> &'static str {
        step_label(difference.step, *t)
    }
}

/// More of them nobody reads.
const MOST_HINTS: usize = 20;

/// What is worth a second look and never blocks.
fn hints(file: &File) -> Vec<Reason> {
    let mut hints = logframe::hints(&file.logframe, &file.budget);
    hints.extend(plan::hints(&file.plan, &file.logframe, &file.partners, file.summary.months()));
    hints.extend(budget::hints(&file.budget, &file.logframe));
    hints.truncate(MOST_HINTS);
    hints
}

/// What somebody tried on the check page, and why it was not done.
#[derive(Default)]
pub struct Tried {
    pub refused: Option<Vec<Reason>>,
    /// The word to send it back with, as it was typed.
    pub word: String,
    pub complaints: Vec<Reason>,
}

/// The check page; again with what was tried.
pub async fn check_page(visit: &Visit, id: ApplicationId, tried: Tried) -> Answer {
    let Tried { refused, word, complaints } = tried;
    let actor = visit.actor()?;
    let writer = actor.clone();
    let (framed, file, before, signature) = visit
        .read(move |conn| {
            let framed = framed(conn, &writer, id)?;
            if !rules::may_write(&writer, &framed.application) {
                return Err(Error::NotFound);
            }
            let kept = records::parts(conn, id)?;
            let file = records::draft_file_of(conn, &framed.application, &kept)?;
            let before = if framed.application.submissions > 0 { Some(records::frozen_file(conn, id)?) } else { None };
            let signature = standing(conn, &writer, &framed.application, &framed.round, &file, &kept)?;
            Ok((framed, file, before, signature))
        })
        .await?;
    let application = &framed.application;
    if application.status != Status::Draft {
        let receipt = format!("/applications/{id}/receipt");
        return refused.map_or_else(|| visit.go(&receipt), |reasons| Err(Error::Refused(reasons)));
    }
    let was_refused = refused.is_some() || !complaints.is_empty();
    let shortfalls = refused.unwrap_or_else(|| rules::shortfalls(&file, &framed.round, visit.now()));
    let view = CheckPage {
        p: framed.page(visit, visit.t().application_check_title()).with_errors(complaints),
        application: id,
        closes_at: framed.round.closes_at,
        now: visit.now(),
        may_sign: rules::may_sign(&actor, application),
        signature,
        word,
        is_test: application.is_test,
        shortfalls: linked(shortfalls, id, application.organisation_id),
        hints: linked(hints(&file), id, application.organisation_id),
        differences: before.map(|before| differences(&before, &file, &framed.round, visit.t())),
        file: FileView::of(file, &framed.round).with_changes(id, application.organisation_id),
        refused: was_refused,
    };
    if was_refused { visit.show_again(&view) } else { visit.show(&view) }
}

async fn check(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    check_page(&visit, path.into_inner(), Tried::default()).await
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
        Err(Error::Refused(reasons)) if !visit.api => check_page(&visit, id, Tried { refused: Some(reasons), ..Tried::default() }).await,
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
