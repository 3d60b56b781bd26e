//! One's own account: name and language, password, second factor, sessions, tokens, organisations.
use crate::accounts::{actions, passwords, records, rules, sessions};
use crate::kernel::{Error, Instant, Lang, OrganisationId, Reason, Result, SessionId, TokenId};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::cookie::time::Duration;
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/account", account).api("The signed-in person: details, organisations, roles, sessions and tokens."),
        post("/account", change_details),
        post("/account/password", set_password),
        post("/account/sessions", end_others),
        post("/account/sessions/{session}", end_session),
        post("/account/tokens", make_token),
        post("/account/tokens/{token}", revoke_token),
    ]
}

#[derive(Template, Serialize)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    #[serde(skip)]
    p: Page,
    email: String,
    name: String,
    phone: String,
    lang: Lang,
    has_password: bool,
    second_factor_since: Option<Instant>,
    organisations: Vec<Mine>,
    roles: Vec<RoleRow>,
    sessions: Vec<SessionRow>,
    tokens: Vec<TokenRow>,
    token_name: String,
    /// Shown once, right after it was made.
    new_token: Option<String>,
}
#[derive(Serialize)]
struct Mine {
    id: OrganisationId,
    name: String,
    nipt: String,
    membership: crate::kernel::Membership,
}
#[derive(Serialize)]
struct RoleRow {
    fund: String,
    role: crate::kernel::Role,
}
#[derive(Serialize)]
struct SessionRow {
    id: SessionId,
    device: String,
    address: String,
    seen_at: Instant,
    here: bool,
}
#[derive(Serialize)]
struct TokenRow {
    id: TokenId,
    name: String,
    created_at: Instant,
    last_used_at: Option<Instant>,
}

/// The device in a few words; the browser's whole sentence says nothing to anybody.
fn device(agent: &str) -> String {
    let known = |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = known(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

async fn view(visit: &Visit) -> Result<AccountPage> {
    let actor = visit.actor()?;
    let id = actor.person.ok_or(Error::SignIn)?;
    let now = visit.now();
    let here = visit.recognised.session;
    let (person, organisations, sessions, tokens) = visit
        .read(move |conn| {
            Ok((
                records::person(conn, id)?,
                records::organisations_of(conn, id)?,
                sessions::records::of_person(conn, id, now)?,
                sessions::records::tokens_of(conn, id)?,
            ))
        })
        .await?;
    let fund_of = |programme| actor.funds.iter().find(|(id, _)| Some(*id) == programme).map_or_else(|| "Subgrant".to_owned(), |(_, slug)| slug.to_uppercase());
    let mine = |(organisation, membership): (crate::accounts::Organisation, _)| Mine {
        id: organisation.id,
        name: organisation.name,
        nipt: organisation.nipt,
        membership,
    };
    let session =
        |row: sessions::Session| SessionRow { device: device(&row.agent), here: here == Some(row.id), id: row.id, address: row.address, seen_at: row.seen_at };
    Ok(AccountPage {
        p: visit.page().with_crumbs(vec![Link::here(visit.t().nav_account())]),
        has_password: person.password_hash.is_some(),
        second_factor_since: person.totp_confirmed_at,
        email: person.email,
        name: person.name,
        phone: person.phone,
        lang: person.lang,
        organisations: organisations.into_iter().map(mine).collect(),
        roles: actor.roles.iter().map(|(programme, role)| RoleRow { fund: fund_of(*programme), role: *role }).collect(),
        sessions: sessions.into_iter().map(session).collect(),
        tokens: tokens.into_iter().map(|row| TokenRow { id: row.id, name: row.name, created_at: row.created_at, last_used_at: row.last_used_at }).collect(),
        token_name: String::new(),
        new_token: None,
    })
}

/// `GET /account`
async fn account(visit: Visit) -> Answer {
    visit.show(&view(&visit).await?)
}

/// `POST /account`: name, telephone, language.
async fn change_details(visit: Visit, fields: Fields) -> Answer {
    let lang: Lang = fields.raw("language").parse().unwrap_or(visit.lang);
    let (name, phone) = (fields.get("name"), fields.get("phone"));
    let typed = (name.clone(), phone.clone());
    match visit.perform(move |act| actions::change_details(act, &name, &phone, lang)).await {
        Ok(()) => {
            let mut answer = visit.done("/account", crate::kernel::Tr(lang).accounts_saved(), &())?;
            let cookie = visit.cookie("lang", lang.to_string()).max_age(Duration::days(365)).finish();
            answer.add_cookie(&cookie).map_err(crate::kernel::fault)?;
            Ok(answer)
        }
        Err(Error::Invalid(reasons)) => {
            let mut page = view(&visit).await?;
            page.p = page.p.with_errors(reasons);
            (page.name, page.phone) = typed;
            page.lang = lang;
            visit.show_again(&page)
        }
        Err(error) => Err(error),
    }
}

/// `POST /account/password`: whoever has one shows it first.
async fn set_password(visit: Visit, fields: Fields) -> Answer {
    let actor = visit.actor()?;
    let id = actor.person.ok_or(Error::SignIn)?;
    let (old, new) = (fields.raw("password_old").to_owned(), fields.raw("password").to_owned());
    let complaint = rules::password_complaint(&new, &actor.email);
    super::count(&visit, move |conn, now| actions::count_code(conn, id, now)).await?;
    let known = visit.read(move |conn| records::person(conn, id)).await?.password_hash;
    let turn = passwords::turn().await?;
    let reasons = if known.is_some() && !visit.off_thread(move || Ok(passwords::matches(known.as_deref(), &old))).await? {
        vec![Reason::new("wrong-old-password", "password_old", |t| t.accounts_password_old_wrong().into())]
    } else {
        complaint.into_iter().collect()
    };
    if !reasons.is_empty() {
        let mut page = view(&visit).await?;
        page.p = page.p.with_errors(reasons);
        return visit.show_again(&page);
    }
    let hash = visit.off_thread(move || passwords::hash(&new)).await?;
    drop(turn);
    let session = visit.recognised.session;
    visit.perform(move |act| actions::set_password(act, hash, session)).await?;
    visit.done("/account", visit.t().accounts_password_set(), &())
}

/// `POST /account/sessions`: ends every other one.
async fn end_others(visit: Visit, _: Fields) -> Answer {
    let here = visit.recognised.session;
    let ended = visit.perform(move |act| actions::end_other_sessions(act, here)).await?;
    visit.done("/account", &visit.t().accounts_sessions_ended(ended), &ended)
}

/// `POST /account/sessions/{session}`: ends one.
async fn end_session(visit: Visit, session: Path<SessionId>, _: Fields) -> Answer {
    let session = session.into_inner();
    visit.perform(move |act| actions::end_session(act, session)).await?;
    visit.done("/account", &visit.t().accounts_sessions_ended(1), &())
}

/// `POST /account/tokens`: makes one, and shows it this once.
async fn make_token(visit: Visit, fields: Fields) -> Answer {
    let name = fields.get("token_name");
    let typed = name.clone();
    let made = visit.perform(move |act| actions::make_token(act, &name)).await;
    let mut page = view(&visit).await?;
    match made {
        Ok(token) => {
            page.new_token = Some(token);
            visit.show(&page)
        }
        Err(Error::Invalid(reasons)) => {
            page.p = page.p.with_errors(reasons);
            page.token_name = typed;
            visit.show_again(&page)
        }
        Err(error) => Err(error),
    }
}

/// `POST /account/tokens/{token}`: revokes one.
async fn revoke_token(visit: Visit, token: Path<TokenId>, _: Fields) -> Answer {
    let token = token.into_inner();
    visit.perform(move |act| actions::revoke_token(act, token)).await?;
    visit.done("/account", visit.t().accounts_token_revoked(), &())
}
