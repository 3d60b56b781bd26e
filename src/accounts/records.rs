//! People, organisations, roles and memberships in the database.
use super::{Organisation, Person};
use crate::kernel::{Actor, Membership, OrganisationId, PersonId, ProgrammeId, Result, Role};
use crate::store::Conn;
use crate::store::schema::{memberships, organisations, people, programmes, roles};
use crate::workflow::letters::Recipient;
use diesel::prelude::*;

/// The person with this id.
///
/// # Errors
/// `NotFound` when there is none.
pub fn person(conn: &mut Conn, id: PersonId) -> Result<Person> {
    Ok(people::table.find(id).select(Person::as_select()).first(conn)?)
}

/// The person with this address (compared in small letters), if there is one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn person_by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>> {
    Ok(people::table.filter(people::email.eq(email.trim().to_lowercase())).select(Person::as_select()).first(conn).optional()?)
}

/// The person as an actor: with roles, funds and organisations. Three statements.
///
/// # Errors
/// `NotFound` when there is no such person, or the account is disabled.
pub fn actor(conn: &mut Conn, id: PersonId) -> Result<Actor> {
    let person: Person = people::table.find(id).filter(people::disabled_at.is_null()).select(Person::as_select()).first(conn)?;
    actor_of(conn, person)
}

/// The same for a person who was already found. Two statements.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn actor_of(conn: &mut Conn, person: Person) -> Result<Actor> {
    let id = person.id;
    let given: Vec<(Option<ProgrammeId>, Role, Option<String>)> = roles::table
        .left_join(programmes::table)
        .filter(roles::person_id.eq(id))
        .order((programmes::slug, roles::role))
        .select((roles::programme_id, roles::role, programmes::slug.nullable()))
        .load(conn)?;
    let organisations: Vec<(OrganisationId, Membership)> = memberships::table
        .filter(memberships::person_id.eq(id))
        .order(memberships::since)
        .select((memberships::organisation_id, memberships::membership))
        .load(conn)?;
    let mut funds: Vec<(ProgrammeId, String)> = given.iter().filter_map(|(id, _, slug)| id.zip(slug.clone())).collect();
    funds.dedup();
    Ok(Actor {
        person: Some(id),
        name: person.name,
        email: person.email,
        lang: person.lang,
        roles: given.into_iter().map(|(programme, role, _)| (programme, role)).collect(),
        funds,
        organisations,
    })
}

/// One organisation.
///
/// # Errors
/// `NotFound` when there is none.
pub fn organisation(conn: &mut Conn, id: OrganisationId) -> Result<Organisation> {
    Ok(organisations::table.find(id).select(Organisation::as_select()).first(conn)?)
}

/// The people of an organisation, those who sign first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn members(conn: &mut Conn, id: OrganisationId) -> Result<Vec<(Person, Membership)>> {
    let mut members: Vec<(Person, Membership)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(id))
        .filter(people::disabled_at.is_null())
        .order(memberships::since)
        .select((Person::as_select(), memberships::membership))
        .load(conn)?;
    members.sort_by_key(|(_, membership)| *membership == Membership::Editor);
    Ok(members)
}

/// Whom letters to an organisation go to: everybody who writes for it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn recipients_of(conn: &mut Conn, id: OrganisationId) -> Result<Vec<Recipient>> {
    Ok(members(conn, id)?.into_iter().map(|(person, _)| recipient(&person)).collect())
}

/// Whom letters to holders of these roles in a fund go to.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn recipients_with_role(conn: &mut Conn, programme: ProgrammeId, wanted: &[Role]) -> Result<Vec<Recipient>> {
    let mut found: Vec<Person> = roles::table
        .inner_join(people::table)
        .filter(roles::programme_id.eq(programme))
        .filter(roles::role.eq_any(wanted.to_vec()))
        .filter(people::disabled_at.is_null())
        .order(people::email)
        .select(Person::as_select())
        .load(conn)?;
    found.dedup_by_key(|person| person.id);
    Ok(found.iter().map(recipient).collect())
}

/// A person as the recipient of a letter.
#[must_use]
pub fn recipient(person: &Person) -> Recipient {
    Recipient { person: Some(person.id), name: person.name.clone(), email: person.email.clone(), lang: person.lang }
}

/// Whom a call in this area concerns: everybody who writes for an organisation that has its seat or works there, each person once.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn recipients_active_in(conn: &mut Conn, area: &[String]) -> Result<Vec<Recipient>> {
    let writers: Vec<(Person, String, String)> = memberships::table
        .inner_join(people::table)
        .inner_join(organisations::table)
        .filter(people::disabled_at.is_null())
        .order(people::email)
        .select((Person::as_select(), organisations::municipality, organisations::profile))
        .load(conn)?;
    let concerned = |seat: &String, profile: &str| {
        area.contains(seat) || serde_json::from_str::<super::Profile>(profile).is_ok_and(|profile| profile.active_in.iter().any(|place| area.contains(place)))
    };
    let mut found: Vec<Recipient> = writers.iter().filter(|(_, seat, profile)| concerned(seat, profile)).map(|(person, _, _)| recipient(person)).collect();
    found.dedup_by_key(|recipient| recipient.person);
    Ok(found)
}
