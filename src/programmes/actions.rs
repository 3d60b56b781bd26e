//! What is done with a fund: its terms come from a file.
use super::{Programme, Terms, records};
use crate::accounts;
use crate::accounts::actions::NewPerson;
use crate::kernel::{Error, Lang, ProgrammeId, Reason, Result, Role, must};
use crate::workflow::{Act, Event, Recorded, Subject};

/// The fund's terms were taken from a file.
#[derive(serde::Serialize)]
struct Imported<'a> {
    id: ProgrammeId,
    slug: &'a str,
    changed: bool,
    terms: &'a Terms,
}
impl Event for Imported<'_> {
    const KIND: &'static str = "programme.imported";
    fn subject(&self) -> Subject {
        Subject::Programme(self.id)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.id)
    }
}

/// Takes the fund's own terms from a file: a new fund, or the known one brought up to date.
///
/// # Errors
/// `Forbidden` for anybody but the system and an administrator; `Stale` when the fund changed meanwhile.
pub fn import(act: &mut Act<'_>, slug: &str, terms: &Terms) -> Result<Recorded<Programme>> {
    must(act.actor.is_system() || act.actor.is_administrator())?;
    let known = records::maybe_by_slug(act.conn, slug)?;
    let json = records::written(terms)?;
    let (programme, changed) = match known {
        Some(known) if records::written(&known.terms)? == json => (known, false),
        Some(known) => (records::change(act.conn, &known, terms, act.now)?, true),
        None => (records::add(act.conn, slug, terms, act.now)?, true),
    };
    let event = Imported { id: programme.id, slug, changed, terms };
    act.record(&event, programme.clone())
}

/// Adds a person with a role, or a role to one who is there; the answer is a link to sign in with. For `user add`: the first
/// administrator cannot be invited by anybody.
///
/// # Errors
/// `Forbidden` for anybody but the system; `NotFound` when there is no such fund; `Invalid` when name or address are none;
/// `Refused` when a role other than the administrator's comes without a fund.
pub fn add_user(act: &mut Act<'_>, email: &str, name: &str, lang: Lang, fund: Option<&str>, role: Option<Role>) -> Result<Recorded<String>> {
    must(act.actor.is_system())?;
    let programme = fund.map(|slug| records::by_slug(act.conn, slug)).transpose()?.map(|programme| programme.id);
    if programme.is_none() && role.is_some_and(|role| role != Role::Administrator) {
        return Err(Error::refused(Reason::new("no-fund", "fund", |t| t.accounts_role_needs_fund().into())));
    }
    let known = accounts::records::person_by_email(act.conn, email)?;
    let person = match known {
        Some(person) => person.id,
        None => accounts::actions::register_person(act, &NewPerson::new(email, name, lang).confirmed())?.into_inner().id,
    };
    if let Some(role) = role {
        accounts::actions::give_role(act, programme, person, role)?;
    }
    accounts::actions::make_link(act, person)
}
