//! What a visitor gets: a page for people, the same view as JSON for programs; and the one place where errors become answers.
use super::form::ParkedBody;
use super::page::Page;
use super::visit::{VISITOR_COOKIE, Visit, percent_encoded};
use crate::kernel::{Error, Reason, Result, Tr};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

pub type Answer = Result<HttpResponse>;

/// The number of a request, which a person can quote and the log carries.
#[derive(Clone)]
pub struct RequestNumber(pub String);

impl Visit {
    /// The page, or its JSON.
    ///
    /// # Errors
    /// `Fault` when the template fails.
    pub fn show<V: Template + serde::Serialize>(&self, view: &V) -> Answer {
        self.show_with(StatusCode::OK, view)
    }
    /// The page again, with what was typed and what must be fixed.
    ///
    /// # Errors
    /// `Fault` when the template fails.
    pub fn show_again<V: Template + serde::Serialize>(&self, view: &V) -> Answer {
        self.show_with(StatusCode::UNPROCESSABLE_ENTITY, view)
    }
    /// The page, or its JSON, with another status.
    ///
    /// # Errors
    /// `Fault` when the template fails.
    pub fn show_with<V: Template + serde::Serialize>(&self, status: StatusCode, view: &V) -> Answer {
        let mut answer = HttpResponse::build(status);
        self.own(&mut answer);
        if self.api {
            return Ok(answer.json(view));
        }
        let html = view.render().map_err(crate::kernel::fault)?;
        Ok(answer.content_type("text/html; charset=utf-8").body(html))
    }
    /// Done: people go on to `to` and read `notice` there; programs get the JSON.
    ///
    /// # Errors
    /// None of its own.
    pub fn done(&self, to: &str, notice: &str, done: &impl serde::Serialize) -> Answer {
        if self.api {
            return Ok(HttpResponse::Ok().json(done));
        }
        let mut answer = HttpResponse::SeeOther();
        answer.insert_header((header::LOCATION, to));
        if !notice.is_empty() {
            answer.cookie(self.cookie("notice", percent_encoded(notice)).max_age(Duration::minutes(2)).finish());
        }
        Ok(answer.finish())
    }
    /// Goes on to another page.
    ///
    /// # Errors
    /// None of its own.
    pub fn go(&self, to: &str) -> Answer {
        Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish())
    }
    /// A cookie of ours: HttpOnly, Lax, over TLS where the site is.
    pub fn cookie(&self, name: &'static str, value: String) -> actix_web::cookie::CookieBuilder<'static> {
        Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).secure(self.app.secure)
    }
    /// What every own answer carries: no copies of private pages, the visitor's cookie where its form needs one, the notice taken down.
    fn own(&self, answer: &mut HttpResponseBuilder) {
        let private = self.recognised.actor.is_some() || self.fresh_visitor.is_some() || !self.csrf.is_empty();
        answer.insert_header((header::CACHE_CONTROL, if private { "private, no-store" } else { "no-cache" }));
        if let Some(token) = &self.fresh_visitor {
            answer.cookie(self.cookie(VISITOR_COOKIE, token.clone()).finish());
        }
        if self.notice.is_some() && !self.api {
            answer.cookie(self.cookie("notice", String::new()).max_age(Duration::ZERO).finish());
        }
        if self.request().query_string().contains("lang=") {
            answer.cookie(self.cookie("lang", self.lang.to_string()).max_age(Duration::days(365)).finish());
        }
    }

    /// A public page, rendered once and remembered until something is written or five seconds are over; for strangers only.
    ///
    /// # Errors
    /// Whatever making the page answers.
    pub async fn remember<F: Future<Output = Answer>>(&self, make: impl FnOnce() -> F) -> Answer {
        if self.recognised.actor.is_some() || self.api || self.notice.is_some() || self.request().query_string().contains("lang=") {
            return make().await;
        }
        let key = format!("{} {} {} {}", self.lang, self.theme, self.path, self.query);
        let written = self.app.desk.store.writes();
        if let Some(body) = self.app.remembered.get(&key, written) {
            let mut answer = HttpResponse::Ok();
            self.own(&mut answer);
            return Ok(answer.content_type("text/html; charset=utf-8").body(body));
        }
        let answer = make().await?;
        if answer.status() != StatusCode::OK {
            return Ok(answer);
        }
        let (head, body) = answer.into_parts();
        let bytes = body.try_into_bytes().map_err(|_| crate::kernel::fault("a page is whole when it is made"))?;
        self.app.remembered.keep(key, written, bytes.clone());
        Ok(head.set_body(BoxBody::new(bytes)))
    }
}

/// Public pages as they were last made, and figures as they were last added up.
#[derive(Clone, Default)]
pub struct Remembered {
    pages: Arc<RwLock<HashMap<String, Made>>>,
    values: Arc<RwLock<HashMap<String, AddedUp>>>,
}

/// What was added up, for which count of writes, and when.
type AddedUp = (u64, std::time::Instant, Arc<dyn std::any::Any + Send + Sync>);

struct Made {
    written: u64,
    at: std::time::Instant,
    body: actix_web::web::Bytes,
}

impl Remembered {
    fn get(&self, key: &str, written: u64) -> Option<actix_web::web::Bytes> {
        let pages = self.pages.read().ok()?;
        let made = pages.get(key)?;
        // Another process may write too: five seconds is the longest that a public page may be behind.
        (made.written == written && made.at.elapsed().as_secs() < 5).then(|| made.body.clone())
    }
    fn keep(&self, key: String, written: u64, body: actix_web::web::Bytes) {
        if let Ok(mut pages) = self.pages.write() {
            if pages.len() > 500 {
                pages.clear();
            }
            pages.insert(key, Made { written, at: std::time::Instant::now(), body });
        }
    }
    /// Figures that are the same for everybody who may see them: added up once, until something is written or five seconds are over.
    /// `written` is the store's count of writes before anything was read.
    ///
    /// # Errors
    /// Whatever adding up answers.
    pub fn value<T: Send + Sync + 'static>(&self, key: &str, written: u64, add_up: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        let known = self.values.read().ok().and_then(|values| values.get(key).cloned());
        let fresh = known.filter(|(at_write, at, _)| *at_write == written && at.elapsed().as_secs() < 5);
        if let Some(value) = fresh.and_then(|(_, _, value)| value.downcast::<T>().ok()) {
            return Ok(value);
        }
        let value = Arc::new(add_up()?);
        if let Ok(mut values) = self.values.write() {
            if values.len() > 500 {
                values.clear();
            }
            values.insert(key.to_owned(), (written, std::time::Instant::now(), value.clone()));
        }
        Ok(value)
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Invalid(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale => StatusCode::CONFLICT,
            Self::Slow(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).finish()
    }
}

/// Problem details (RFC 9457) for programs.
#[derive(serde::Serialize)]
struct Problem<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
    number: &'a str,
    reasons: &'a [Reason],
}

#[derive(Template)]
#[template(path = "layout/problem.html")]
struct ProblemPage {
    p: Page,
    title: String,
    text: String,
    reasons: Vec<Reason>,
}

fn words_for(error: &Error, t: Tr, number: &str) -> (String, String, Vec<Reason>) {
    let none = vec![];
    match error {
        Error::NotFound => (t.not_found_title().into(), t.not_found_text().into(), none),
        Error::SignIn => (t.sign_in_first_title().into(), t.sign_in_first_text().into(), none),
        Error::Forbidden => (t.forbidden_title().into(), t.forbidden_text().into(), none),
        Error::Invalid(reasons) => (t.invalid_title().into(), String::new(), reasons.clone()),
        Error::Refused(reasons) => (t.refused_title().into(), String::new(), reasons.clone()),
        Error::Stale => (t.stale_title().into(), t.stale_text().into(), none),
        Error::Slow(seconds) => (t.slow_title().into(), t.slow_text(i64::try_from(*seconds).unwrap_or(60)), none),
        Error::Fault(_) => (t.fault_title().into(), t.fault_text(number), none),
    }
}

/// Middleware: gives every request its number, keeps cross-site posts out, and writes the answer for an error: a page for people, problem details for programs.
///
/// # Errors
/// Whatever lies below, already written out.
pub async fn explain_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let number = uuid::Uuid::new_v4().simple().to_string().chars().take(10).collect::<String>();
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let response = if is_cross_site(&request) {
        request.into_response(Error::Forbidden.error_response()).map_into_boxed_body()
    } else if super::visit::percent_decoded(request.path()).contains(char::is_control) {
        // No address of ours has one, and PostgreSQL takes no NUL in a text.
        request.into_response(Error::NotFound.error_response()).map_into_boxed_body()
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let status = response.status();
    if status.is_success()
        || status.is_redirection()
        || response.response().body().size() != actix_web::body::BodySize::Sized(0) && response.response().error().is_none()
    {
        return Ok(response);
    }
    let known = response.response().error().and_then(|error| error.as_error::<Error>());
    if let Some(Error::Fault(cause)) = known {
        tracing::error!(%number, path = response.request().path(), %cause, "request failed");
    }
    let guessed = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST => Error::NotFound,
        StatusCode::FORBIDDEN => Error::Forbidden,
        StatusCode::UNAUTHORIZED => Error::SignIn,
        other => crate::kernel::fault(format!("answered {other}")),
    };
    let error = known.unwrap_or(&guessed);
    let request = response.request().clone();
    let Ok(visit) = Visit::of(&request) else { return Ok(response) };
    let answer = write_error(&visit, error, &number);
    Ok(response.into_response(answer))
}

fn write_error(visit: &Visit, error: &Error, number: &str) -> HttpResponse {
    let (title, text, reasons) = words_for(error, visit.t(), number);
    let status = error.status_code();
    if visit.api {
        let problem = Problem { title: &title, status: status.as_u16(), detail: &text, number, reasons: &reasons };
        return HttpResponse::build(status).content_type("application/problem+json").json(problem);
    }
    if matches!(error, Error::SignIn) {
        return to_sign_in(visit);
    }
    let mut page = visit.page();
    page.notice = None;
    let view = ProblemPage { p: page, title, text, reasons };
    let mut answer = HttpResponse::build(status);
    if let Error::Slow(seconds) = error {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    answer.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, "private, no-store")).body(view.render().unwrap_or_default())
}

/// Somebody whose session is over signs in and comes back; what they had typed is parked under a cookie and offered again.
fn to_sign_in(visit: &Visit) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    let request = visit.request();
    let back = if request.method() == Method::GET { request.uri().to_string() } else { request.path().to_owned() };
    let parked = request.extensions().get::<ParkedBody>().cloned();
    if let Some(ParkedBody(body)) = parked.filter(|_| request.method() == Method::POST) {
        let token = super::visit::random_token();
        if visit.app.desk.store.write(|conn| super::records::park(conn, &token, request.path(), &body, visit.now())).is_ok() {
            answer.cookie(visit.cookie("parked", token).max_age(Duration::days(2)).finish());
        }
    }
    answer.insert_header((header::LOCATION, format!("/sign-in?then={}", percent_encoded(&back))));
    answer.finish()
}

/// Browsers say where a request comes from; one that changes something must come from us.
fn is_cross_site(request: &ServiceRequest) -> bool {
    if request.method().is_safe() || request.headers().contains_key(header::AUTHORIZATION) {
        return false;
    }
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split("//").nth(1) != Some(host),
        _ => false,
    }
}
