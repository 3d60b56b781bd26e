//! Stored files on their way out.
use super::answer::Answer;
use super::visit::{Visit, percent_encoded};
use crate::kernel::{Error, Reason, Scan, fault};
use crate::workflow::scans;
use actix_web::HttpResponse;
use actix_web::http::header;

/// A stored file as a download: never shown inside the site, whatever it says it is. The caller has asked whether it may be had.
///
/// # Errors
/// `Refused` when a virus was found in it; `Fault` when the file is not in its folder.
pub async fn give(visit: &Visit, name: &str, media_type: &str, sha256: &str) -> Answer {
    let fingerprint = sha256.to_owned();
    if visit.read(move |conn| scans::state_of(conn, &fingerprint)).await? == Some(Scan::Infected) {
        return Err(Error::refused(Reason::new("infected", "", |t| t.scan_not_given().into())));
    }
    let path = visit.app.files.path(sha256);
    let bytes = visit.off_thread(move || std::fs::read(path).map_err(fault)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type.to_owned()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent_encoded(&name.replace('/', "_")))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}
