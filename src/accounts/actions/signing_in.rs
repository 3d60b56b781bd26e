//! Signing up, signing in and out; sessions, second factor, tokens.
use crate::accounts::events::{
    DetailsChanged, LinkSent, PasswordSet, Registered, SecondFactorPrepared, SecondFactorReset, SecondFactorSet, SessionsEnded, SignedIn, SignedOut,
    SignedUpAgain, TokenMade, TokenRevoked,
};
use crate::accounts::sessions::{ApiToken, Session, idle_end, records as sessions};
use crate::accounts::{Person, letters, records, rules, second_factor};
use crate::kernel::{Actor, Error, Instant, Lang, PersonId, ProgrammeId, Reason, Result, Role, SessionId, TokenId, fingerprint, must};
use crate::web::{percent_encoded, random_token};
use crate::workflow::{Act, Recorded};

/// A person who is to be registered.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub lang: Lang,
    pub phone: String,
    /// Made by `passwords::hash`.
    pub password_hash: Option<String>,
    /// Whether the mailbox is known to be theirs.
    pub confirmed: bool,
}

impl NewPerson {
    #[must_use]
    pub fn new(email: &str, name: &str, lang: Lang) -> Self {
        Self { email: email.into(), name: name.into(), lang, phone: String::new(), password_hash: None, confirmed: false }
    }
    #[must_use]
    pub fn confirmed(self) -> Self {
        Self { confirmed: true, ..self }
    }
}

/// Where a session is opened from.
#[derive(Clone, Debug, Default)]
pub struct From {
    pub address: String,
    pub agent: String,
    /// The session that the new one takes the place of.
    pub instead_of: Option<SessionId>,
}

/// Registers a person.
///
/// # Errors
/// `Invalid` with what is wrong; `Refused` when the address has an account.
pub fn register_person(act: &mut Act<'_>, new: &NewPerson) -> Result<Recorded<Person>> {
    let email = super::email_of(&new.email)?;
    if let Some(complaint) = rules::name_complaint(&new.name) {
        return Err(Error::invalid(complaint));
    }
    if records::person_by_email(act.conn, &email)?.is_some() {
        return Err(Error::refused(Reason::new("email-taken", "email", |t| t.accounts_email_taken().into())));
    }
    let person = Person {
        id: PersonId::new(),
        email,
        name: new.name.clone(),
        phone: new.phone.clone(),
        lang: new.lang,
        password_hash: new.password_hash.clone(),
        totp_secret: None,
        totp_confirmed_at: None,
        totp_last_step: 0,
        email_confirmed_at: new.confirmed.then_some(act.now),
        created_at: act.now,
        disabled_at: None,
    };
    records::add_person(act.conn, &person)?;
    act.record(&Registered { person: person.id, email: person.email.clone() }, person)
}

/// What stands behind a link's address so that it leads on to `then`.
fn leading_on(then: &str) -> String {
    if then.is_empty() { String::new() } else { format!("?then={}", percent_encoded(then)) }
}

/// Signs up: whatever the answer is, only the mailbox learns whether there was an account. The link in its letter leads on to `then`.
///
/// # Errors
/// `Invalid` with what is wrong in what was typed.
pub fn sign_up(act: &mut Act<'_>, new: &NewPerson, then: &str) -> Result<Recorded<()>> {
    let email = super::email_of(&new.email)?;
    let (token, query) = (random_token(), leading_on(then));
    let fund = records::fund_at(act.conn, then)?;
    let Some(known) = records::person_by_email(act.conn, &email)? else {
        let person = register_person(act, &NewPerson { confirmed: false, password_hash: None, ..new.clone() })?.into_inner();
        sessions::add_link(act.conn, &token, person.id, act.now, act.now.plus_hours(letters::CONFIRM_HOURS))?;
        act.send(&letters::confirmation(&person, &token, &query, fund.as_ref()))?;
        return act.record(&LinkSent { person: person.id }, ());
    };
    if known.disabled_at.is_none() {
        let (letter, until) = if known.email_confirmed_at.is_some() {
            (letters::account_exists(&known, &token, &query), act.now.plus_seconds(60 * letters::LINK_MINUTES))
        } else {
            (letters::confirmation(&known, &token, &query, fund.as_ref()), act.now.plus_hours(letters::CONFIRM_HOURS))
        };
        sessions::add_link(act.conn, &token, known.id, act.now, until)?;
        act.send(&letter)?;
    }
    act.record(&SignedUpAgain { person: known.id }, ())
}

/// Sends a sign-in link, where the address has an account; the answer does not tell.
///
/// # Errors
/// `NotFound` when there is no account: the page says the same either way.
pub fn send_link(act: &mut Act<'_>, email: &str, then: &str) -> Result<Recorded<()>> {
    let person = records::person_by_email(act.conn, email)?.filter(|person| person.disabled_at.is_none()).ok_or(Error::NotFound)?;
    let token = random_token();
    sessions::add_link(act.conn, &token, person.id, act.now, act.now.plus_seconds(60 * letters::LINK_MINUTES))?;
    act.send(&letters::sign_in_link(&person, &token, &leading_on(then)))?;
    act.record(&LinkSent { person: person.id }, ())
}

/// Makes a sign-in link without a letter: for `user add`, which prints it.
///
/// # Errors
/// `NotFound` when there is no such person.
pub fn make_link(act: &mut Act<'_>, person: PersonId) -> Result<Recorded<String>> {
    let token = random_token();
    sessions::add_link(act.conn, &token, person, act.now, act.now.plus_hours(letters::CONFIRM_HOURS))?;
    let link = format!("{}/sign-in/link/{token}", act.address);
    act.record(&LinkSent { person }, link)
}

/// What the landed page of a first link may bring along.
#[derive(Clone, Debug, Default)]
pub struct Confirmation {
    /// Made by `passwords::hash`; set only while the address is not yet confirmed.
    pub password_hash: Option<String>,
}

/// Signs in by a link, once; the first one confirms the address.
///
/// # Errors
/// `NotFound` when the link was used, is too old, or never was.
pub fn sign_in_by_link(act: &mut Act<'_>, token: &str, with: Confirmation, from: &From) -> Result<Recorded<Opened>> {
    let mut person = sessions::usable_link(act.conn, token, act.now)?.ok_or(Error::NotFound)?;
    if !sessions::use_link(act.conn, token, act.now)? {
        return Err(Error::NotFound);
    }
    if person.email_confirmed_at.is_none() {
        person.email_confirmed_at = Some(act.now);
        person.password_hash = with.password_hash;
        records::save_person(act.conn, &person)?;
    }
    open(act, person.id, "link", from, false)
}

/// Signs in after the password was found right.
///
/// # Errors
/// `NotFound` when the account was closed meanwhile.
pub fn sign_in_by_password(act: &mut Act<'_>, person: PersonId, from: &From) -> Result<Recorded<Opened>> {
    open(act, person, "password", from, false)
}

/// A session that was opened: its token, for the cookie alone.
#[derive(Clone, Debug)]
pub struct Opened {
    pub token: String,
    pub person: PersonId,
    pub lang: Lang,
    /// Whether the second factor must still be shown.
    pub half: bool,
    /// Where this person's own work is, when nothing else was wished for.
    pub home: String,
}

/// Whoever is nobody yet registers an organisation; an applicant goes to the applications; the office to what waits for it.
fn home_of(actor: &Actor) -> String {
    match (actor.is_staff(), actor.organisations.is_empty()) {
        (true, _) if actor.desk(None).is_some() => actor.desk(None).unwrap_or_default(),
        (true, _) if actor.roles.iter().any(|(_, role)| *role == Role::Evaluator) => "/evaluations".into(),
        (true, _) => "/".into(),
        (false, true) => "/organisations/new".into(),
        (false, false) => "/applications".into(),
    }
}

/// Opens a session without password or link: for the demo's sign-in page and for tests.
///
/// # Errors
/// `NotFound` when there is no such person.
pub fn open_session(act: &mut Act<'_>, person: PersonId, from: &From, second_factor: bool) -> Result<Recorded<Opened>> {
    open(act, person, "opened", from, second_factor)
}

fn open(act: &mut Act<'_>, id: PersonId, how: &'static str, from: &From, second_factor: bool) -> Result<Recorded<Opened>> {
    let person = records::person(act.conn, id)?;
    let has_code = person.totp_confirmed_at.is_some();
    let actor = records::actor(act.conn, id)?;
    let token = random_token();
    let session = Session {
        token_hash: fingerprint(token.as_bytes()),
        id: SessionId::new(),
        person_id: id,
        created_at: act.now,
        seen_at: act.now,
        expires_at: idle_end(&actor, act.now),
        address: from.address.clone(),
        agent: from.agent.chars().take(200).collect(),
        second_factor_at: second_factor.then_some(act.now),
    };
    sessions::add(act.conn, &session)?;
    if let Some(old) = from.instead_of {
        sessions::end(act.conn, id, old)?;
    }
    sessions::forget_ended(act.conn, act.now)?;
    crate::web::records::forget_old(act.conn, act.now)?;
    let half = !second_factor && (has_code || actor.is_staff());
    let opened = Opened { token, person: id, lang: actor.lang, half, home: home_of(&actor) };
    // In the log it is the person who signed in, not the stranger who knocked.
    let mut theirs = Act { conn: act.conn, actor: &actor, address: act.address, now: act.now };
    theirs.record(&SignedIn { person: id, how, address: from.address.clone() }, opened)
}

/// Draws the secret of a second factor where there is none yet; the same one again while it is not confirmed.
///
/// # Errors
/// `NotFound` when there is no such person.
pub fn prepare_second_factor(act: &mut Act<'_>, person: PersonId) -> Result<Recorded<String>> {
    records::prepare_second_factor(act.conn, person, &second_factor::new_secret())?;
    let secret = records::person(act.conn, person)?.totp_secret.ok_or(Error::NotFound)?;
    act.record(&SecondFactorPrepared { person }, secret)
}

/// Takes a code; the session is a new one afterwards. The first right code confirms the app. `app_clock`: what an app's own clock says,
/// where that counts too: in the demo, whose clock stands elsewhere.
///
/// # Errors
/// `Invalid` when it is no code of now, or was used before.
pub fn show_code(act: &mut Act<'_>, typed: &str, app_clock: Option<Instant>, from: &From) -> Result<Recorded<Opened>> {
    let id = act.actor.person.ok_or(Error::SignIn)?;
    let person = records::person(act.conn, id)?;
    let secret = person.totp_secret.as_deref().ok_or(Error::NotFound)?;
    let wrong = || Error::invalid(Reason::new("wrong-code", "code", |t| t.accounts_code_wrong().into()));
    let mut matching = second_factor::matching_step(secret, typed, act.now)?;
    if let Some(clock) = app_clock.filter(|_| matching.is_none()) {
        matching = second_factor::matching_step(secret, typed, clock)?;
    }
    let step = rules::fresh_step(matching, person.totp_last_step).ok_or_else(wrong)?;
    if !records::use_step(act.conn, id, step, act.now)? {
        return Err(wrong());
    }
    if person.totp_confirmed_at.is_none() {
        act.record(&SecondFactorSet { person: id }, ())?;
        // Whoever was signed in elsewhere has not shown this code.
        sessions::end_others(act.conn, id, from.instead_of)?;
    }
    open(act, id, "code", from, true)
}

/// Takes a lost second factor away: all sessions end, the person is told, and enrols again at the next sign-in.
///
/// # Errors
/// `NotFound` when the person has no role in this fund; `Forbidden` when it is not the actor's to do.
pub fn reset_second_factor(act: &mut Act<'_>, programme: ProgrammeId, person: PersonId) -> Result<Recorded<()>> {
    must(rules::may_reset_second_factor(act.actor, programme))?;
    let person = records::holders(act.conn, programme)?.into_iter().find(|holder| holder.person.id == person).ok_or(Error::NotFound)?.person;
    records::reset_second_factor(act.conn, person.id)?;
    sessions::end_others(act.conn, person.id, None)?;
    act.send(&letters::second_factor_reset(&person, &act.actor.name.clone(), act.now))?;
    act.record(&SecondFactorReset { person: person.id }, ())
}

/// Ends this session.
///
/// # Errors
/// `SignIn` for a stranger.
pub fn sign_out(act: &mut Act<'_>, session: SessionId) -> Result<Recorded<()>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    sessions::end(act.conn, person, session)?;
    act.record(&SignedOut { person }, ())
}

/// Ends another session of one's own.
///
/// # Errors
/// `NotFound` when it is not theirs, or has ended.
pub fn end_session(act: &mut Act<'_>, session: SessionId) -> Result<Recorded<()>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    if sessions::end(act.conn, person, session)? == 0 {
        return Err(Error::NotFound);
    }
    act.record(&SessionsEnded { person, sessions: 1 }, ())
}

/// Ends every session of one's own but this one; how many.
///
/// # Errors
/// `SignIn` for a stranger.
pub fn end_other_sessions(act: &mut Act<'_>, but: Option<SessionId>) -> Result<Recorded<usize>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    let ended = sessions::end_others(act.conn, person, but)?;
    act.record(&SessionsEnded { person, sessions: ended }, ended)
}

/// Changes one's name, telephone and language.
///
/// # Errors
/// `Invalid` with what is wrong.
pub fn change_details(act: &mut Act<'_>, name: &str, phone: &str, lang: Lang) -> Result<Recorded<()>> {
    if let Some(complaint) = rules::name_complaint(name) {
        return Err(Error::invalid(complaint));
    }
    let mut person = records::person(act.conn, act.actor.person.ok_or(Error::SignIn)?)?;
    name.clone_into(&mut person.name);
    person.phone = phone.chars().take(50).collect();
    person.lang = lang;
    records::save_person(act.conn, &person)?;
    act.record(&DetailsChanged { person: person.id, name: person.name.clone() }, ())
}

/// Sets a password that was checked and hashed; every other session ends.
///
/// # Errors
/// `SignIn` for a stranger.
pub fn set_password(act: &mut Act<'_>, hash: String, session: Option<SessionId>) -> Result<Recorded<()>> {
    let mut person = records::person(act.conn, act.actor.person.ok_or(Error::SignIn)?)?;
    person.password_hash = Some(hash);
    records::save_person(act.conn, &person)?;
    sessions::end_others(act.conn, person.id, session)?;
    act.record(&PasswordSet { person: person.id }, ())
}

/// Makes a token for a program; the text is told once and kept nowhere.
///
/// # Errors
/// `Invalid` when the name is missing, too long, or taken by another token.
pub fn make_token(act: &mut Act<'_>, name: &str) -> Result<Recorded<String>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    let complain = |code: &str, say: fn(crate::kernel::Tr) -> &'static str| Err(Error::invalid(Reason::new(code, "token_name", |t| say(t).into())));
    if name.is_empty() || name.chars().count() > 60 {
        return complain("no-token-name", |t| t.accounts_token_name_missing());
    }
    if sessions::tokens_of(act.conn, person)?.iter().any(|token| token.name == name) {
        return complain("token-name-taken", |t| t.accounts_token_name_taken());
    }
    let text = random_token();
    let token = ApiToken {
        id: TokenId::new(),
        person_id: person,
        name: name.to_owned(),
        token_hash: fingerprint(text.as_bytes()),
        created_at: act.now,
        last_used_at: None,
        revoked_at: None,
    };
    sessions::add_token(act.conn, &token)?;
    act.record(&TokenMade { person, name: name.to_owned() }, text)
}

/// Revokes a token of one's own.
///
/// # Errors
/// `NotFound` when it is not theirs, or was revoked.
pub fn revoke_token(act: &mut Act<'_>, token: TokenId) -> Result<Recorded<()>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    if sessions::revoke_token(act.conn, person, token, act.now)? == 0 {
        return Err(Error::NotFound);
    }
    act.record(&TokenRevoked { person, token: token.to_string() }, ())
}
