//! The papers themselves: downloads for those who write an application, and for those who read what was handed in.
use super::{Application, records, rules};
use crate::kernel::{ApplicationId, AttachmentId, Error, Result};
use crate::store::Conn;
pub use crate::web::stored::give as give_file;
use crate::web::{Answer, Door, Visit, get};
use actix_web::web;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/applications/{application}/files/{sha256}", frozen_file), get("/attachments/{attachment}", download)]
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
