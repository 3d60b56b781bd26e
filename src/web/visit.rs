//! Who visits and what with: the extractor that every handler begins with, and its two ways to the database.
use super::door::FormPage;
use super::page::{Fund, Page};
use crate::kernel::{Actor, Error, Instant, Lang, Result, SessionId, Tr, fault, fingerprint, hex};
use crate::store::Conn;
use crate::workflow::{Act, Desk, Files, Recorded, perform};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use std::future::{Ready, ready};
use std::sync::Arc;

/// What the whole server shares.
#[derive(Clone)]
pub struct App {
    pub desk: Desk,
    pub files: Files,
    /// Cookies over TLS only.
    pub secure: bool,
    /// The visitor's address is in X-Forwarded-For.
    pub behind_proxy: bool,
    /// The doors that only the demo has: its sign-in page and its mailbox. None outside `demo`.
    pub demo_doors: Option<fn(&mut web::ServiceConfig)>,
    pub remembered: super::answer::Remembered,
}

pub const SESSION_COOKIE: &str = "subgrant";
/// The session cookie's name as it is on the wire: over TLS browsers keep `__Host-` cookies to this very host.
#[must_use]
pub const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-subgrant" } else { SESSION_COOKIE }
}
pub const VISITOR_COOKIE: &str = "visitor";

/// What the session middleware found out; `accounts` fills it in.
#[derive(Clone, Default)]
pub struct Recognised {
    pub actor: Option<Arc<Actor>>,
    pub session: Option<SessionId>,
    /// Signed in with the first factor only: sees nothing but the page that asks for the second.
    pub half: Option<Arc<Actor>>,
    /// Came with an API token: no cookie, so no CSRF.
    pub by_token: bool,
    /// There was a session cookie, but its session is over.
    pub expired: bool,
}

/// 256 random bits in hexadecimal: for sessions, links, tokens.
///
/// # Panics
/// Never in practice: only when the system has no randomness.
#[must_use]
pub fn random_token() -> String {
    let mut bytes = [0u8; 32];
    if getrandom::fill(&mut bytes).is_err() {
        // Without randomness no secret can be drawn; two version-4 ids would need it as well.
        return format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
    }
    hex(&bytes)
}

/// The form token that belongs to a cookie: derived, so that nothing is stored for it.
#[must_use]
pub fn csrf_of(cookie: &str) -> String {
    fingerprint(format!("form of {cookie}").as_bytes())
}

/// An address within the site, or nothing: `//elsewhere` and `/\\elsewhere` would be another host.
#[must_use]
pub fn own_path(text: &str) -> Option<&str> {
    let own = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && !text.chars().any(char::is_control);
    own.then_some(text)
}

/// One visit.
#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub recognised: Recognised,
    pub lang: Lang,
    pub theme: &'static str,
    pub path: String,
    pub query: String,
    /// Under `/api/v1`: answers are JSON.
    pub api: bool,
    /// Of the visitor, for throttles and the list of sessions.
    pub address: String,
    pub agent: String,
    pub csrf: String,
    /// A visitor's cookie that this answer sets because its page has a form.
    pub fresh_visitor: Option<String>,
    pub notice: Option<String>,
    pub number: String,
    request: HttpRequest,
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl Visit {
    /// Reads the visit from its request.
    ///
    /// # Errors
    /// `Fault` when the server was built without its shared state.
    pub fn of(request: &HttpRequest) -> Result<Self> {
        let app = request.app_data::<web::Data<App>>().ok_or_else(|| fault("the server has no App"))?.get_ref().clone();
        let recognised = request.extensions().get::<Recognised>().cloned().unwrap_or_default();
        let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let token = cookie(session_cookie(app.secure)).filter(|_| recognised.session.is_some()).or_else(|| cookie(VISITOR_COOKIE));
        let path = request.path().to_owned();
        let theme = match cookie("theme").as_deref() {
            Some("light") => "light",
            Some("dark") => "dark",
            _ => "",
        };
        Ok(Self {
            lang: language(request),
            theme,
            api: path.starts_with("/api/v1/"),
            path,
            query: request.query_string().to_owned(),
            address: visitor_address(request, app.behind_proxy),
            agent: header_text(request, &header::USER_AGENT).chars().take(200).collect(),
            csrf: token.as_deref().map(csrf_of).unwrap_or_default(),
            fresh_visitor: None,
            notice: cookie("notice").map(|text| percent_decoded(&text)),
            number: request.extensions().get::<super::answer::RequestNumber>().map(|number| number.0.clone()).unwrap_or_default(),
            recognised,
            app,
            request: request.clone(),
        })
    }

    #[must_use]
    pub const fn t(&self) -> Tr {
        Tr(self.lang)
    }
    #[must_use]
    pub fn now(&self) -> Instant {
        self.app.desk.clock.now()
    }
    #[must_use]
    pub const fn request(&self) -> &HttpRequest {
        &self.request
    }
    /// The address of the page that this visit sees: its own, or, where a form was sent to an address that has no page, the form's page.
    #[must_use]
    pub fn page_path(&self) -> String {
        let Some(FormPage(pattern)) = self.request.app_data::<FormPage>().copied() else { return self.path.clone() };
        let known = self.request.match_info();
        let filled = pattern.split('/').map(|segment| match segment.strip_prefix('{').and_then(|rest| rest.split([':', '}']).next()) {
            Some(name) => known.get(name).unwrap_or_default(),
            None => segment,
        });
        filled.collect::<Vec<_>>().join("/")
    }
    /// One value of the query, cleaned.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<String> {
        let pairs = serde_urlencoded_pairs(&self.query);
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| crate::kernel::clean(&value)).filter(|value| !value.is_empty())
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// `SignIn` for a stranger.
    pub fn actor(&self) -> Result<Arc<Actor>> {
        self.recognised.actor.clone().ok_or(Error::SignIn)
    }
    /// The signed-in person, or nobody.
    #[must_use]
    pub fn maybe_actor(&self) -> Option<Arc<Actor>> {
        self.recognised.actor.clone()
    }

    /// The frame of a page: texts, language, navigation, who is here.
    #[must_use]
    pub fn page(&self) -> Page {
        Page::of(self)
    }
    /// The frame of a page within a fund.
    #[must_use]
    pub fn page_in(&self, fund: Fund) -> Page {
        Page::of(self).in_fund(fund)
    }
    /// For pages with a form that strangers use (sign-in, sign-up): draws a visitor's cookie, which the form's token belongs to.
    #[must_use]
    pub fn with_form(mut self) -> Self {
        if self.csrf.is_empty() {
            let token = random_token();
            self.csrf = csrf_of(&token);
            self.fresh_visitor = Some(token);
        }
        self
    }

    /// Looks into the database, off the network's thread.
    ///
    /// # Errors
    /// Whatever `look` answers.
    pub async fn read<T: Send + 'static>(&self, look: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let store = self.app.desk.store.clone();
        web::block(move || store.read(look)).await.map_err(fault)?
    }

    /// Performs an action as this visitor, off the network's thread.
    ///
    /// # Errors
    /// `SignIn` for a stranger; whatever the action answers.
    pub async fn perform<T: Send + 'static>(&self, action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>> + Send + 'static) -> Result<T> {
        let actor = self.actor()?;
        self.perform_as(actor, action).await
    }

    /// Performs an action as somebody who is not signed in (signing up), or as the system.
    ///
    /// # Errors
    /// Whatever the action answers.
    pub async fn perform_as<T: Send + 'static>(
        &self,
        actor: Arc<Actor>,
        action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>> + Send + 'static,
    ) -> Result<T> {
        let desk = self.app.desk.clone();
        web::block(move || perform(&desk, &actor, action)).await.map_err(fault)?
    }

    /// Runs something slow that is no database work (hashing a password) off the network's thread.
    ///
    /// # Errors
    /// Whatever it answers.
    pub async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        web::block(work).await.map_err(fault)?
    }
}

/// `?lang=`, else the cookie, else the browser's wish, else Albanian, the first language of the funds.
fn language(request: &HttpRequest) -> Lang {
    let asked = serde_urlencoded_pairs(request.query_string()).into_iter().find(|(key, _)| key == "lang").and_then(|(_, word)| word.parse().ok());
    let kept = || request.cookie("lang").and_then(|cookie| cookie.value().parse().ok());
    let wished = || {
        header_text(request, &header::ACCEPT_LANGUAGE).split(',').find_map(|wish| wish.trim().get(..2).and_then(|code| code.to_ascii_lowercase().parse().ok()))
    };
    asked.or_else(kept).or_else(wished).unwrap_or(Lang::Sq)
}

fn visitor_address(request: &HttpRequest, behind_proxy: bool) -> String {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok()).filter(|_| behind_proxy);
    // The last hop is the one that our own proxy wrote.
    forwarded
        .and_then(|list| list.rsplit(',').next().map(|hop| hop.trim().to_owned()))
        .or_else(|| request.peer_addr().map(|peer| peer.ip().to_string()))
        .unwrap_or_default()
}

pub(super) fn header_text<'r>(request: &'r HttpRequest, name: &header::HeaderName) -> &'r str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Name and value pairs of a query or an urlencoded body, in their order.
pub(crate) fn serde_urlencoded_pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decoded(&name.replace('+', " ")), percent_decoded(&value.replace('+', " ")))
        })
        .collect()
}

pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let pair = bytes.get(place + 1..place + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        if let (b'%', Some(code)) = (byte, pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            out.push(code);
            place += 3;
        } else {
            out.push(*byte);
            place += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub(crate) fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
