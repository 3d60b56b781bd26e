//! Signing up, in and out; the second factor; what had been typed before.
use super::{at_least_half, count, from_of, signed_in, then_of, with_then};
use crate::accounts::actions::{self, Confirmation, NewPerson};
use crate::accounts::second_factor::{Square, spelled};
use crate::accounts::{passwords, records, rules, sessions};
use crate::kernel::merging::{is_many, mark};
use crate::kernel::{Error, Lang, Reason, Result};
use crate::web::records::{forget_tries, parked, unpark};
use crate::web::{Answer, Door, Fields, Page, Visit, get, pairs, post, saving, session_cookie};
use actix_web::cookie::time::Duration;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/sign-in", sign_in_page),
        post("/sign-in", sign_in),
        post("/sign-in/link", ask_link),
        get("/sign-in/sent", sent_page),
        get("/sign-in/link/{token}", link_page),
        post("/sign-in/link/{token}", use_link),
        get("/sign-in/code", code_page),
        post("/sign-in/code", show_code),
        get("/sign-in/kept/{token}", kept_page),
        post("/sign-in/kept/{token}", throw_away),
        get("/sign-up", sign_up_page),
        post("/sign-up", sign_up),
        post("/sign-out", sign_out),
    ]
}

#[derive(Template, Serialize)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    #[serde(skip)]
    p: Page,
    email: String,
    then: String,
    /// The session ended; perhaps something that was typed is kept.
    expired: bool,
    kept: bool,
}

impl SignInPage {
    fn sign_up(&self) -> String {
        with_then("/sign-up", &self.then)
    }
    fn of(visit: &Visit, email: String, then: String, reasons: Vec<Reason>) -> Self {
        let kept = visit.request().cookie("parked").is_some();
        Self { p: visit.page().with_errors(reasons), email, then, expired: visit.recognised.expired, kept }
    }
}

/// `GET /sign-in`
async fn sign_in_page(visit: Visit) -> Answer {
    let then = then_of(visit.asked("then").as_deref());
    if visit.recognised.actor.is_some() {
        return visit.go(if then.is_empty() { "/" } else { &then });
    }
    if visit.recognised.half.is_some() {
        return visit.go(&with_then("/sign-in/code", &then));
    }
    let visit = visit.with_form();
    visit.show(&SignInPage::of(&visit, visit.asked("email").unwrap_or_default(), then, vec![]))
}

/// `POST /sign-in`: with a password. Right or wrong takes the same time and says the same, whether there is an account or not.
async fn sign_in(visit: Visit, fields: Fields) -> Answer {
    let then = then_of(Some(fields.raw("then")));
    let (typed, password) = (fields.get("email"), fields.raw("password").to_owned());
    let again = |reasons| visit.show_again(&SignInPage::of(&visit, typed.clone(), then.clone(), reasons));
    let email = match rules::email(&typed) {
        Ok(email) => email,
        Err(reason) => return again(vec![reason]),
    };
    if password.is_empty() {
        return again(vec![Reason::new("no-password", "password", |t| t.accounts_password_missing().into())]);
    }
    let (account, address) = (email.clone(), visit.address.clone());
    count(&visit, move |conn, now| actions::count_password(conn, &account, &address, now)).await?;
    let account = email.clone();
    let person = visit.read(move |conn| records::person_by_email(conn, &account)).await?.filter(|person| person.disabled_at.is_none());
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    let turn = passwords::turn().await?;
    let right = visit.off_thread(move || Ok(passwords::matches(hash.as_deref(), &password))).await?;
    drop(turn);
    let Some(person) = person.filter(|_| right) else {
        return again(vec![Reason::new("wrong-password", "password", |t| t.accounts_password_wrong().into())]);
    };
    let (from, address) = (from_of(&visit), visit.address.clone());
    let opened = visit
        .perform_as(actions::stranger(), move |act| {
            forget_tries(act.conn, &format!("password of {email} from {address}"))?;
            actions::sign_in_by_password(act, person.id, &from)
        })
        .await?;
    signed_in(&visit, &opened, &then)
}

/// `POST /sign-in/link`: sends a link where there is an account, and says the same where there is none.
async fn ask_link(visit: Visit, fields: Fields) -> Answer {
    let then = then_of(Some(fields.raw("then")));
    let email = match rules::email(fields.raw("email")) {
        Ok(email) => email,
        Err(reason) => return visit.show_again(&SignInPage::of(&visit, fields.get("email"), then, vec![reason])),
    };
    let (account, address) = (email.clone(), visit.address.clone());
    count(&visit, move |conn, now| actions::count_letter(conn, &account, &address, now)).await?;
    match visit.perform_as(actions::stranger(), move |act| actions::send_link(act, &email, &then)).await {
        Ok(()) | Err(Error::NotFound) => visit.go("/sign-in/sent"),
        Err(error) => Err(error),
    }
}

#[derive(Template, Serialize)]
#[template(path = "accounts/sent.html")]
struct SentPage {
    #[serde(skip)]
    p: Page,
}

/// `GET /sign-in/sent`: look into your mailbox.
async fn sent_page(visit: Visit) -> Answer {
    visit.show(&SentPage { p: visit.page() })
}

#[derive(Template, Serialize)]
#[template(path = "accounts/link.html")]
struct LinkPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    token: String,
    then: String,
    email: String,
    name: String,
    /// The first link confirms the address; a password may be chosen along with it.
    first: bool,
}

#[derive(Template, Serialize)]
#[template(path = "accounts/dead_link.html")]
struct DeadLinkPage {
    #[serde(skip)]
    p: Page,
}

fn dead_link(visit: &Visit) -> Answer {
    visit.show_with(StatusCode::NOT_FOUND, &DeadLinkPage { p: visit.page() })
}

async fn landed(visit: &Visit, token: String, then: String, reasons: Vec<Reason>) -> Result<Option<LinkPage>> {
    let (now, secret) = (visit.now(), token.clone());
    let person = visit.read(move |conn| sessions::records::usable_link(conn, &secret, now)).await?;
    Ok(person.map(|person| LinkPage {
        p: visit.page().with_errors(reasons),
        token,
        then,
        first: person.email_confirmed_at.is_none(),
        email: person.email,
        name: person.name,
    }))
}

/// `GET /sign-in/link/{token}`: only looks, because mail scanners open links too; the button uses it.
async fn link_page(visit: Visit, token: Path<String>) -> Answer {
    let visit = visit.with_form();
    let then = then_of(visit.asked("then").as_deref());
    match landed(&visit, token.into_inner(), then, vec![]).await? {
        Some(page) => visit.show(&page),
        None => dead_link(&visit),
    }
}

/// `POST /sign-in/link/{token}`: signs in, once.
async fn use_link(visit: Visit, token: Path<String>, fields: Fields) -> Answer {
    let then = then_of(Some(fields.raw("then")));
    let token = token.into_inner();
    let password = fields.raw("password").to_owned();
    let Some(page) = landed(&visit, token.clone(), then.clone(), vec![]).await? else { return dead_link(&visit) };
    let mut with = Confirmation::default();
    if page.first && !password.is_empty() {
        if let Some(complaint) = rules::password_complaint(&password, &page.email) {
            return visit.show_again(&LinkPage { p: visit.page().with_errors(vec![complaint]), ..page });
        }
        let turn = passwords::turn().await?;
        with.password_hash = Some(visit.off_thread(move || passwords::hash(&password)).await?);
        drop(turn);
    }
    let from = from_of(&visit);
    match visit.perform_as(actions::stranger(), move |act| actions::sign_in_by_link(act, &token, with, &from)).await {
        Ok(opened) => signed_in(&visit, &opened, &then),
        Err(Error::NotFound) => dead_link(&visit),
        Err(error) => Err(error),
    }
}

#[derive(Template, Serialize)]
#[template(path = "accounts/code.html")]
struct CodePage {
    #[serde(skip)]
    p: Page,
    then: String,
    /// Where the app is not set up yet: the square and the secret.
    #[serde(skip)]
    enrol: Option<Enrolment>,
}
struct Enrolment {
    square: Square,
    secret: String,
}

async fn code_view(visit: &Visit, then: String, reasons: Vec<Reason>) -> Result<CodePage> {
    let who = at_least_half(visit)?;
    let id = who.person.ok_or(Error::SignIn)?;
    let person = visit.read(move |conn| records::person(conn, id)).await?;
    let mut enrol = None;
    if person.totp_confirmed_at.is_none() {
        let secret = match person.totp_secret {
            Some(secret) => secret,
            None => visit.perform_as(who, move |act| actions::prepare_second_factor(act, id)).await?,
        };
        enrol = Some(Enrolment { square: Square::of(&secret, &person.email, visit.t().accounts_square_label())?, secret: spelled(&secret) });
    }
    Ok(CodePage { p: visit.page().with_errors(reasons), then, enrol })
}

/// `GET /sign-in/code`: asks for the code of the app; sets the app up where there is none yet.
async fn code_page(visit: Visit) -> Answer {
    let then = then_of(visit.asked("then").as_deref());
    let view = code_view(&visit, then, vec![]).await?;
    if view.enrol.is_none() && visit.recognised.actor.is_some() {
        return visit.go(if view.then.is_empty() { "/account" } else { &view.then });
    }
    visit.show(&view)
}

/// `POST /sign-in/code`
async fn show_code(visit: Visit, fields: Fields) -> Answer {
    let then = then_of(Some(fields.raw("then")));
    let who = at_least_half(&visit)?;
    let id = who.person.ok_or(Error::SignIn)?;
    count(&visit, move |conn, now| actions::count_code(conn, id, now)).await?;
    let (code, from) = (fields.get("code"), from_of(&visit));
    // An app knows nothing of the demo's clock.
    let app_clock = visit.app.demo_doors.map(|_| visit.app.desk.clock.machine());
    let shown = visit
        .perform_as(who, move |act| {
            forget_tries(act.conn, &format!("code of {id}"))?;
            actions::show_code(act, &code, app_clock, &from)
        })
        .await;
    match shown {
        Ok(opened) => signed_in(&visit, &opened, &then),
        Err(Error::Invalid(reasons)) => visit.show_again(&code_view(&visit, then, reasons).await?),
        Err(error) => Err(error),
    }
}

#[derive(Template, Serialize)]
#[template(path = "accounts/kept.html")]
struct KeptPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    token: String,
    path: String,
    #[serde(skip)]
    fields: Vec<(String, String)>,
    values: Vec<String>,
}

/// What a form carries besides what was typed.
const CARRIED: [&str; 6] = ["csrf", "base", "version", "go", "then", "back"];

/// The texts of a form that somebody reads again: where it says what its boxes showed, those that were changed since.
fn typed_texts(fields: &Fields) -> Vec<String> {
    let (marks, knows) = (saving::base(fields), fields.has("base"));
    let changed = |name: &str, value: &str| !knows || marks.get(name).is_none_or(|known| *known != mark(name, &[value.to_owned()]));
    let texts = fields.pairs().filter(|(name, value)| !CARRIED.contains(name) && !is_many(name) && changed(name, value));
    texts.map(|(_, value)| crate::kernel::clean(value)).filter(|value| value.chars().count() > 1).collect()
}

/// `GET /sign-in/kept/{token}`: this is what you had typed.
async fn kept_page(visit: Visit, token: Path<String>) -> Answer {
    visit.actor()?;
    let (token, secret) = (token.clone(), token.into_inner());
    let Some((path, body)) = visit.read(move |conn| parked(conn, &secret)).await? else { return visit.go("/") };
    let fields = pairs(&body);
    let values = typed_texts(&Fields::new(fields.clone()));
    visit.show(&KeptPage { p: visit.page(), token, path, fields, values })
}

/// `POST /sign-in/kept/{token}`: throws it away.
async fn throw_away(visit: Visit, token: Path<String>, _: Fields) -> Answer {
    visit.actor()?;
    let (store, now) = (visit.app.desk.store.clone(), visit.now());
    visit.off_thread(move || store.write(|conn| unpark(conn, &token, now))).await?;
    visit.done("/", visit.t().accounts_kept_thrown_away(), &())
}

#[derive(Template, Serialize)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage {
    #[serde(skip)]
    p: Page,
    then: String,
    name: String,
    email: String,
    lang: Lang,
}
impl SignUpPage {
    fn sign_in(&self) -> String {
        with_then("/sign-in", &self.then)
    }
}

/// `GET /sign-up`
async fn sign_up_page(visit: Visit) -> Answer {
    let then = then_of(visit.asked("then").as_deref());
    if visit.recognised.actor.is_some() {
        return visit.go(if then.is_empty() { "/account" } else { &then });
    }
    let visit = visit.with_form();
    visit.show(&SignUpPage { p: visit.page(), then, name: String::new(), email: visit.asked("email").unwrap_or_default(), lang: visit.lang })
}

/// `POST /sign-up`: a letter either way; the page never says whether there was an account.
async fn sign_up(visit: Visit, fields: Fields) -> Answer {
    let then = then_of(Some(fields.raw("then")));
    let lang = fields.raw("language").parse().unwrap_or(visit.lang);
    let (name, typed) = (fields.get("name"), fields.get("email"));
    let email = rules::email(&typed);
    let reasons: Vec<Reason> = rules::name_complaint(&name).into_iter().chain(email.as_ref().err().cloned()).collect();
    let email = match email {
        Ok(email) if reasons.is_empty() => email,
        _ => return visit.show_again(&SignUpPage { p: visit.page().with_errors(reasons), then, name, email: typed, lang }),
    };
    let (account, address) = (email.clone(), visit.address.clone());
    count(&visit, move |conn, now| actions::count_letter(conn, &account, &address, now)).await?;
    let new = NewPerson::new(&email, &name, lang);
    visit.perform_as(actions::stranger(), move |act| actions::sign_up(act, &new, &then)).await?;
    visit.go("/sign-in/sent")
}

/// `POST /sign-out`: the session ends here and in the database; what the page kept on this device goes too.
async fn sign_out(visit: Visit, _: Fields) -> Answer {
    let who = at_least_half(&visit)?;
    if let Some(session) = visit.recognised.session {
        visit.perform_as(who, move |act| actions::sign_out(act, session)).await?;
    }
    let mut answer = visit.done("/", visit.t().accounts_signed_out(), &())?;
    let ended = visit.cookie(session_cookie(visit.app.secure), String::new()).max_age(Duration::ZERO).finish();
    answer.add_cookie(&ended).map_err(crate::kernel::fault)?;
    let storage = actix_web::http::header::HeaderValue::from_static("\"storage\"");
    answer.headers_mut().insert(actix_web::http::header::HeaderName::from_static("clear-site-data"), storage);
    Ok(answer)
}
