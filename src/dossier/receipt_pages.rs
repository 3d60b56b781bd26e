//! The receipt: what was handed in, and how far it has come since.
use super::{Step, Way, records, rules};
use crate::applications::content::File;
use crate::applications::reading::FileView;
use crate::applications::records as applications;
use crate::applications::rules as writing;
use crate::applications::{Application, Receipt, Status};
use crate::kernel::{ApplicationId, Error, Instant, Money, fault};
use crate::web::{Answer, Door, Link, Page, Visit, get};
use actix_web::web::Path;
use askama::Template;

/// Its door.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/applications/{application}/receipt", receipt).api("Number, server time and fingerprint of the last submission, and the steps that follow it.")]
}

#[derive(Template, serde::Serialize)]
#[template(path = "dossier/receipt.html")]
struct ReceiptPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    receipt: Receipt,
    /// As it was handed in, whatever was written since.
    title: String,
    organisation: String,
    total: Money,
    requested: Money,
    submitted_by: String,
    partners: Vec<String>,
    closes_at: Instant,
    steps: Vec<Step>,
    /// The call takes applications: withdrawing and submitting again are still possible.
    open: bool,
    /// Whether this person writes for the organisation.
    ours: bool,
    may_sign: bool,
    /// It counts, and its own people look at it.
    #[serde(skip)]
    counts: bool,
}
impl ReceiptPage {
    fn withdrawn(&self) -> bool {
        self.application.status == Status::Withdrawn
    }
    /// Handed in, and neither withdrawn nor taken up again since.
    fn stands(&self) -> bool {
        self.application.status == Status::Submitted
    }
    fn drafted(&self) -> bool {
        self.application.status == Status::Draft
    }
    fn digest(&self) -> String {
        self.receipt.groups().join(" ")
    }
}

async fn receipt(visit: Visit, path: Path<ApplicationId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let reader = actor.clone();
    let (application, round, programme, submission, by, story) = visit
        .read(move |conn| {
            let application = applications::find(conn, &reader, id)?;
            let round = crate::calls::records::find(conn, application.round_id)?;
            let programme = crate::programmes::records::find(conn, application.programme_id)?;
            let submission = applications::last_submission(conn, id)?;
            let by = crate::accounts::records::person(conn, submission.submitted_by)?;
            let story = records::stories(conn, &[(application.clone(), &round)])?.pop().ok_or(Error::NotFound)?;
            Ok((application, round, programme, submission, by.name, story))
        })
        .await?;
    let FileView { file, totals, .. } = FileView::of(serde_json::from_str::<File>(&submission.content).map_err(fault)?, &round);
    let (t, now) = (visit.t(), visit.now());
    let terms = &round.terms;
    let way = Way {
        submitted_at: submission.submitted_at,
        clarification_days: terms.clarification_days,
        readers: terms.grid.readers,
        threshold: terms.grid.threshold,
        most: terms.grid.most(),
    };
    let crumbs = vec![
        Link::new(t.nav_my_applications(), "/applications"),
        Link::new(submission.code.clone(), format!("/applications/{id}")),
        Link::here(t.application_receipt_short()),
    ];
    visit.show(&ReceiptPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        receipt: Receipt::of(&submission),
        title: file.summary.title,
        organisation: file.organisation.name,
        total: totals.total,
        requested: totals.requested,
        submitted_by: by,
        partners: file.partners.partners.into_iter().map(|partner| partner.name).collect(),
        closes_at: round.closing(application.closes_at),
        steps: rules::steps(&story, way, now),
        open: round.until(application.closes_at).takes_applications(now),
        ours: writing::may_write(&actor, &application),
        may_sign: writing::may_sign(&actor, &application),
        counts: writing::may_write(&actor, &application) && application.status == Status::Submitted,
        application,
    })
}
