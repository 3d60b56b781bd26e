//! The doors of papers that come in pieces: for the script of the page, and for programs. Without a script the page's form sends the whole.
use super::actions::Paper;
use super::attachment_pages::{beside, kept_of, limits_of, notice};
use super::sending::{self, Wish};
use super::{Sending, records, rules};
use crate::kernel::{Actor, ApplicationId, Error, Reason, Result, SendingId, unless};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Limits, Upload, Visit, get, judging, percent_encoded, post, safe_name};
use crate::workflow::Stored;
use actix_web::cookie::time::Duration;
use actix_web::{HttpResponse, web};

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        post("/applications/{application}/uploads", begin)
            .api("Begins sending a file in pieces: `document`, `name`, `bytes`, `mark`; what was begun with the same words is gone on with."),
        get("/uploads/{upload}", show).api("How much of a file is here."),
        post("/uploads/{upload}/pieces", piece).api("Adds the bytes of the body at `?at=`, which is where the file ends; the answer says how much is here."),
        post("/uploads/{upload}/completion", complete)
            .api("The whole file is here: it is judged and becomes a paper. `sha256`, `valid_until` and `keep` may be said."),
    ]
}

/// How far it is.
#[derive(serde::Serialize)]
struct Progress {
    id: SendingId,
    name: String,
    bytes: i64,
    got: i64,
    finished: bool,
}

fn progress(visit: &Visit, sending: &Sending) -> Result<HttpResponse> {
    let finished = sending.attachment_id.is_some();
    let got = if finished { sending.bytes } else { visit.app.files.length(&sending.id.to_string())? };
    let progress = Progress { id: sending.id, name: sending.name.clone(), bytes: sending.bytes, got, finished };
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(progress))
}

/// A note of the house's own: what is coming is no page's figure.
async fn note<T: Send + 'static>(visit: &Visit, work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
    let store = visit.app.desk.store.clone();
    visit.off_thread(move || store.note(work)).await
}

fn own(conn: &mut Conn, actor: &Actor, id: SendingId) -> Result<Sending> {
    sending::find(conn, actor, id).map(|(sending, _)| sending)
}

async fn begin(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, actor, now) = (path.into_inner(), visit.actor()?, visit.now());
    let wish = Wish {
        document: fields.get("document"),
        name: safe_name(fields.raw("name")),
        bytes: fields.get("bytes").parse().unwrap_or(0),
        mark: fields.get("mark").chars().take(100).collect(),
    };
    let document = wish.document.clone();
    let begun = note(&visit, move |conn| sending::begin(conn, &actor, id, wish, now)).await;
    let (sending, gone) = begun.map_err(|error| at(error, &document))?;
    for other in gone {
        visit.app.files.forget(&other.to_string());
    }
    progress(&visit, &sending)
}

async fn show(visit: Visit, path: web::Path<SendingId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let sending = visit.read(move |conn| own(conn, &actor, id)).await?;
    progress(&visit, &sending)
}

#[derive(serde::Deserialize)]
struct At {
    #[serde(default)]
    at: i64,
}

/// Whose it is is asked before anything is read. The first piece already says what kind of file it is.
async fn piece(visit: Visit, path: web::Path<SendingId>, query: web::Query<At>, payload: web::Payload) -> Answer {
    let (id, actor, at_byte) = (path.into_inner(), visit.actor()?, query.at);
    let (sending, limits) = visit
        .read(move |conn| {
            let (sending, application) = sending::find(conn, &actor, id)?;
            unless(rules::writing(&application))?;
            let limits = limits_of(&records::round_of(conn, &application)?, &sending.document);
            Ok((sending, limits))
        })
        .await?;
    let bytes = Upload::piece(&visit, payload).await?;
    let fits = i64::try_from(bytes.len()).is_ok_and(|length| at_byte >= 0 && at_byte + length <= sending.bytes);
    if sending.attachment_id.is_some() || !fits {
        return progress(&visit, &sending);
    }
    let (files, now, name) = (visit.app.files.clone(), visit.now(), id.to_string());
    visit.off_thread(move || files.add(&name, at_byte, &bytes)).await?;
    if at_byte == 0 {
        let head = visit.app.files.beginning(&id.to_string())?;
        if let Err(error) = judging::begun(&head, &sending.document, &sending.name, &limits.kinds) {
            return Err(give_up(&visit, id, error).await);
        }
    }
    note(&visit, move |conn| sending::go_on(conn, id, now)).await?;
    progress(&visit, &sending)
}

/// What was judged badly is gone, and its sender hears why.
async fn give_up(visit: &Visit, id: SendingId, why: Error) -> Error {
    visit.app.files.forget(&id.to_string());
    match note(visit, move |conn| sending::give_up(conn, id)).await {
        Ok(()) => why,
        Err(error) => error,
    }
}

/// What the script goes on with: the page, and what it says there.
#[derive(serde::Serialize)]
struct Completed {
    to: String,
    notice: String,
}

fn completed(visit: &Visit, sending: &Sending, notice: String) -> HttpResponse {
    let to = format!("/applications/{}/attachments#slot-{}", sending.application_id, sending.document);
    let mut answer = HttpResponse::Ok();
    if !visit.recognised.by_token {
        answer.cookie(visit.cookie("notice", percent_encoded(&notice)).max_age(Duration::minutes(2)).finish());
    }
    answer.json(Completed { to, notice })
}

async fn complete(visit: Visit, path: web::Path<SendingId>, fields: Fields) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let (sending, limits) = visit
        .read(move |conn| {
            let (sending, application) = sending::find(conn, &actor, id)?;
            let limits = limits_of(&records::round_of(conn, &application)?, &sending.document);
            Ok((sending, limits))
        })
        .await?;
    if sending.attachment_id.is_some() {
        // The answer to the first time was lost on the way.
        let said = visit.t().application_paper_added(sending.name.as_str());
        return Ok(completed(&visit, &sending, said));
    }
    if visit.app.files.length(&id.to_string())? != sending.bytes {
        return Err(Error::refused(Reason::new("not-all-here", &*sending.document, |t| t.file_broken().into())));
    }
    let (stored, judged) = match judge(&visit, &sending, limits, fields.get("sha256")).await {
        Err(error @ Error::Invalid(_)) => return Err(give_up(&visit, id, error).await),
        other => other?,
    };
    let paper = Paper { document: sending.document.clone(), stored: stored.clone(), name: judged.name, media_type: judged.media_type.into() };
    let (kept, unread) = kept_of(&fields, &sending.document);
    let finished = sending.clone();
    match visit.perform(move |act| sending::finish(act, &finished, paper, kept)).await {
        Ok(attached) => {
            let t = visit.t();
            let before = fields.get("before").parse::<i64>().ok().filter(|before| *before > sending.bytes);
            let smaller = before.map(|before| t.paper_made_smaller(t.size(sending.bytes), t.size(before)));
            let unread = unread.map(|reason| reason.text.say(t).to_owned());
            let said = std::iter::once(notice(&attached, t)).chain(smaller).chain(unread).collect::<Vec<_>>().join(" ");
            Ok(completed(&visit, &sending, said))
        }
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => Err(give_up(&visit, id, at(error, &sending.document)).await),
        Err(error) => {
            // Not lost: the next try finds it whole.
            visit.app.files.put_back(&stored, &id.to_string());
            Err(error)
        }
    }
}

/// Every complaint stands beside the document.
fn at(error: Error, document: &str) -> Error {
    match error {
        Error::Refused(reasons) => Error::Refused(beside(document, reasons)),
        Error::Invalid(reasons) => Error::Invalid(beside(document, reasons)),
        other => other,
    }
}

/// As any other file; and where its sender knows its fingerprint, it is that very file.
async fn judge(visit: &Visit, sending: &Sending, limits: Limits, sha256: String) -> Result<(Stored, judging::Judged)> {
    let (files, sending) = (visit.app.files.clone(), sending.clone());
    visit
        .off_thread(move || {
            let whole = files.whole(&sending.id.to_string())?;
            if !sha256.is_empty() && !sha256.eq_ignore_ascii_case(&whole.sha256()) {
                return Err(Error::invalid(Reason::new("file-broken", &*sending.document, |t| t.file_broken().into())));
            }
            let judged = judging::judged(&whole, &sending.document, &sending.name, &limits.kinds)?;
            Ok((files.finish(whole)?, judged))
        })
        .await
}
