//! Pages of the papers that the call asks for: a checklist with an upload each, and the download of what was sent.
use super::actions::{self, Paper};
use super::part_pages::Opened;
use super::{Application, Part, part_pages, records, rules};
use crate::kernel::{ApplicationId, AttachmentId, Bilingual, Error, Instant, Reason, Result, fault};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Limits, Page, Upload, Visit, get, percent_encoded, post};
use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/attachments", show).api("The documents that the call asks for, and those that are there."),
        post("/applications/{application}/attachments", upload),
        get("/applications/{application}/files/{sha256}", frozen_file),
        get("/attachments/{attachment}", download),
        post("/attachments/{attachment}/removal", remove),
    ]
}

/// A document that the call asks for, with what is there.
#[derive(serde::Serialize)]
struct Slot {
    key: String,
    name: Bilingual,
    hint: Bilingual,
    partner: String,
    required: bool,
    papers: Vec<There>,
}

#[derive(serde::Serialize)]
struct There {
    id: AttachmentId,
    name: String,
    kilobytes: i64,
    uploaded_at: crate::kernel::Instant,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/attachments.html")]
struct AttachmentsPage {
    #[serde(skip)]
    p: Page,
    application: ApplicationId,
    writable: bool,
    slots: Vec<Slot>,
    /// Papers of partners who are no longer in the application, or that the call does not ask for any more.
    others: Vec<There>,
    shortfalls: Vec<Reason>,
    megabytes: i64,
    all_megabytes: i64,
}

fn there(paper: &super::Attachment) -> There {
    There { id: paper.id, name: paper.name.clone(), kilobytes: (paper.bytes + 999) / 1_000, uploaded_at: paper.uploaded_at }
}

fn look(conn: &mut Conn, actor: &crate::kernel::Actor, id: ApplicationId, now: Instant) -> Result<(Opened, Vec<super::Attachment>)> {
    // Papers are no part of their own: they hang at the application, so any part's page opens them.
    let opened = part_pages::open(conn, actor, id, Part::Partners, now)?;
    let papers = records::attachments(conn, id)?;
    Ok((opened, papers))
}

async fn page(visit: &Visit, id: ApplicationId, reasons: Vec<Reason>) -> Answer {
    let actor = visit.actor()?;
    let now = visit.now();
    let (opened, papers) = visit.read(move |conn| look(conn, &actor, id, now)).await?;
    let named = rules::papers(&opened.file, &opened.round);
    let slots = named.iter().map(|(key, document, partner)| Slot {
        key: key.clone(),
        name: document.name.clone(),
        hint: document.hint.clone(),
        partner: partner.unwrap_or_default().to_owned(),
        required: document.required,
        papers: papers.iter().filter(|paper| paper.document == *key).map(there).collect(),
    });
    let others = papers.iter().filter(|paper| !named.iter().any(|(key, _, _)| *key == paper.document)).map(there);
    let shortfalls: Vec<Reason> =
        rules::shortfalls_of(&opened.file, &opened.round).into_iter().filter(|reason| rules::part_of(reason) == "attachments").collect();
    let mut p = opened.page(visit, visit.t().application_step_attachments(), &[], None);
    let failed = !reasons.is_empty();
    p.errors = reasons;
    let view = AttachmentsPage {
        application: id,
        writable: opened.writable,
        slots: slots.collect(),
        others: others.collect(),
        shortfalls,
        megabytes: Limits::default().bytes / 1_000_000,
        all_megabytes: rules::MOST_BYTES / 1_000_000,
        p,
    };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

async fn show(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, path.into_inner(), vec![]).await
}

/// Who may write here is asked before anything reaches the disk.
async fn upload(visit: Visit, path: web::Path<ApplicationId>, form: Multipart) -> Answer {
    let id = path.into_inner();
    let actor = visit.actor()?;
    let now = visit.now();
    let writable = visit.read(move |conn| look(conn, &actor, id, now)).await?.0.writable;
    if !writable {
        return Err(Error::refused(Reason::new("not-writable", "", |t| t.part_locked().into())));
    }
    let sent = match Upload::read(&visit, form, Limits::default()).await {
        Err(Error::Invalid(reasons)) => return page(&visit, id, reasons).await,
        other => other?,
    };
    let document = sent.fields.get("document");
    let Some(file) = sent.file else {
        let reasons = vec![Reason::new("no-file", &*document, |t| t.application_choose_file().into())];
        return page(&visit, id, reasons).await;
    };
    let paper = Paper { document: document.clone(), stored: file.stored, name: file.name, media_type: file.media_type.to_owned() };
    match visit.perform(move |act| actions::attach(act, id, paper)).await {
        Ok(attachment) => {
            let notice = visit.t().application_paper_added(attachment.name.as_str());
            visit.done(&format!("/applications/{id}/attachments#slot-{document}"), &notice, &attachment)
        }
        Err(Error::Refused(reasons)) => page(&visit, id, reasons).await,
        Err(other) => Err(other),
    }
}

async fn remove(visit: Visit, path: web::Path<AttachmentId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let removed = visit.perform(move |act| actions::detach(act, id)).await?;
    let notice = visit.t().application_paper_removed(removed.name.as_str());
    visit.done(&format!("/applications/{}/attachments", removed.application_id), &notice, &removed)
}

/// A paper by its id: for those who write the application, and for the office once it was handed in with it.
async fn download(visit: Visit, path: web::Path<AttachmentId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let paper = visit
        .read(move |conn| {
            let (paper, application) = records::attachment(conn, &actor, id)?;
            let theirs = actor.writes_for(application.organisation_id);
            let answers_a_request = paper.clarification_id.is_some();
            if theirs || answers_a_request || was_handed_in(conn, &application, &paper.sha256)? { Ok(paper) } else { Err(Error::NotFound) }
        })
        .await?;
    give_file(&visit, &paper.name, &paper.media_type, &paper.sha256).await
}

fn was_handed_in(conn: &mut Conn, application: &Application, sha256: &str) -> Result<bool> {
    if application.submissions == 0 {
        return Ok(false);
    }
    Ok(records::frozen_file(conn, application.id)?.attachments.iter().any(|paper| paper.sha256 == sha256))
}

/// A paper of the frozen version by its fingerprint: the links of the reading view.
async fn frozen_file(visit: Visit, path: web::Path<(ApplicationId, String)>) -> Answer {
    let ((id, sha256), actor) = (path.into_inner(), visit.actor()?);
    let (name, sha256) = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            paper_in(&frozen_or_draft(conn, &actor, &application)?, &sha256)
        })
        .await?;
    give_file(&visit, &name, media_type_of(&name), &sha256).await
}

/// What this person reads: the frozen version, and as long as there is none, those who write it their draft.
///
/// # Errors
/// `NotFound` for the office before anything was handed in.
pub fn frozen_or_draft(conn: &mut Conn, actor: &crate::kernel::Actor, application: &Application) -> Result<super::content::File> {
    if application.submissions > 0 {
        records::frozen_file(conn, application.id)
    } else if rules::may_write(actor, application) {
        records::draft_file(conn, application)
    } else {
        Err(Error::NotFound)
    }
}

/// Name and fingerprint of a paper of this file.
///
/// # Errors
/// `NotFound` when the file has no such paper.
pub fn paper_in(file: &super::content::File, sha256: &str) -> Result<(String, String)> {
    let paper = file.attachments.iter().find(|paper| paper.sha256 == sha256).ok_or(Error::NotFound)?;
    Ok((paper.name.clone(), paper.sha256.clone()))
}

/// By the ending, which was judged against the content when the file came.
#[must_use]
pub fn media_type_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

/// A stored file as a download: never shown inside the site, whatever it says it is. The caller has asked whether it may be had.
///
/// # Errors
/// `Fault` when the file is not in its folder.
pub async fn give_file(visit: &Visit, name: &str, media_type: &str, sha256: &str) -> Answer {
    let path = visit.app.files.path(sha256);
    let bytes = visit.off_thread(move || std::fs::read(path).map_err(fault)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type.to_owned()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent_encoded(&name.replace('/', "_")))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}
