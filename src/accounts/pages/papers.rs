//! The papers of an organisation's profile: kept once, with their last day, for every application to come.
use crate::accounts::actions::{self, NewPaper};
use crate::accounts::{OrganisationPaper, PaperKind, paper_records, paper_rules, records, rules};
use crate::kernel::{Day, Error, FileKind, OrganisationId, PaperId, Reason, Result, must};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Limits, Link, Page, Upload, Visit, get, post, stored};
use actix_multipart::Multipart;
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/organisations/{organisation}/papers", show).api("The papers that an organisation keeps for its applications, for those who write for it."),
        post("/organisations/{organisation}/papers", keep),
        get("/organisations/{organisation}/papers/{paper}", download),
        post("/organisations/{organisation}/papers/{paper}/removal", take_out).of("/organisations/{organisation}/papers"),
    ]
}

/// A kept paper as it is shown.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    paper: OrganisationPaper,
    expired: bool,
}

#[derive(Template, Serialize)]
#[template(path = "accounts/papers.html")]
struct PapersPage {
    #[serde(skip)]
    p: Page,
    id: OrganisationId,
    name: String,
    papers: Vec<Row>,
    #[serde(skip)]
    most_megabytes: i64,
    /// What was typed beside a file that was refused.
    #[serde(skip)]
    typed: Fields,
}
impl PapersPage {
    fn of_kind(&self, kind: &PaperKind) -> Vec<&Row> {
        self.papers.iter().filter(|row| row.paper.kind == *kind).collect()
    }
    fn chosen(&self, kind: &PaperKind) -> bool {
        self.typed.raw("kind") == kind.as_str()
    }
}

/// The papers are for those who write for the organisation: who runs the installation has no need of anybody's criminal record.
fn look(conn: &mut Conn, actor: &crate::kernel::Actor, id: OrganisationId) -> Result<(String, Vec<OrganisationPaper>)> {
    let organisation = records::visible_organisation(conn, actor, id)?;
    must(rules::may_edit(actor, id))?;
    Ok((organisation.name, paper_records::papers_of(conn, id)?))
}

async fn view(visit: &Visit, id: OrganisationId, reasons: Vec<Reason>, typed: Fields) -> Result<PapersPage> {
    let actor = visit.actor()?;
    let (name, papers) = visit.read(move |conn| look(conn, &actor, id)).await?;
    let (t, today) = (visit.t(), visit.now().day());
    let crumbs = vec![Link::new(t.nav_account(), "/account"), Link::new(&*name, format!("/organisations/{id}")), Link::here(t.paper_profile_title())];
    Ok(PapersPage {
        p: visit.page().with_errors(reasons).with_crumbs(crumbs),
        id,
        name,
        papers: papers.into_iter().map(|paper| Row { expired: paper_rules::is_expired(paper.valid_until, today), paper }).collect(),
        most_megabytes: paper_rules::MOST_OF_ONE / 1_000_000,
        typed,
    })
}

async fn show(visit: Visit, path: Path<OrganisationId>) -> Answer {
    let view = view(&visit, path.into_inner(), vec![], Fields::default()).await?;
    visit.show(&view)
}

/// Who writes for the organisation is asked before anything reaches the disk.
async fn keep(visit: Visit, path: Path<OrganisationId>, form: Multipart) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    visit.read(move |conn| look(conn, &actor, id)).await?;
    let limits = Limits { bytes: paper_rules::MOST_OF_ONE, ..Limits::default() };
    let (sent, refused) = Upload::read_kindly(&visit, form, |_| limits.clone()).await?;
    let typed = sent.fields;
    let mut reasons: Vec<Reason> = refused.into_iter().map(|reason| Reason { at: "file".into(), ..reason }).collect();
    let kind = typed.raw("kind").parse::<PaperKind>();
    if kind.is_err() {
        reasons.push(Reason::new("no-kind", "kind", |t| t.paper_choose_kind().into()));
    }
    let valid_until: Option<Day> = paper_rules::last_day(typed.raw("valid_until"), "valid_until").unwrap_or_else(|reason| {
        reasons.push(reason);
        None
    });
    if sent.file.is_none() && reasons.iter().all(|reason| reason.at != "file") {
        reasons.push(Reason::new("no-file", "file", |t| t.application_choose_file().into()));
    }
    let done = match (kind, sent.file) {
        (Ok(kind), Some(file)) if reasons.is_empty() => {
            let new = NewPaper { kind, stored: file.stored, name: file.name, media_type: file.media_type.into(), valid_until };
            visit.perform(move |act| actions::keep_paper(act, id, new)).await
        }
        _ => Err(Error::Invalid(reasons)),
    };
    match done {
        Ok(paper) => visit.done(&format!("/organisations/{id}/papers"), &visit.t().paper_kept(paper.name.as_str()), &paper),
        Err(Error::Invalid(reasons) | Error::Refused(reasons)) => visit.show_again(&view(&visit, id, reasons, typed).await?),
        Err(other) => Err(other),
    }
}

async fn download(visit: Visit, path: Path<(OrganisationId, PaperId)>) -> Answer {
    let ((id, paper), actor) = (path.into_inner(), visit.actor()?);
    let paper = visit
        .read(move |conn| {
            records::visible_organisation(conn, &actor, id)?;
            let paper = paper_records::find(conn, id, paper)?;
            must(rules::may_edit(&actor, id)).map(|()| paper)
        })
        .await?;
    stored::give(&visit, &paper.name, &paper.media_type, &paper.sha256).await
}

async fn take_out(visit: Visit, path: Path<(OrganisationId, PaperId)>, _fields: Fields) -> Answer {
    let (id, paper) = path.into_inner();
    let taken = visit.perform(move |act| actions::take_paper_out(act, id, paper)).await?;
    visit.done(&format!("/organisations/{id}/papers"), &visit.t().paper_taken_out(taken.name.as_str()), &taken)
}
