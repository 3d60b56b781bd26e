//! People, organisations, roles and memberships in the database.
use super::{Invitation, InvitedTo, Organisation, Person};
use crate::kernel::{
    Actor, ApplicationId, Bilingual, Error, Instant, InvitationId, Membership, OrganisationId, PartnershipId, PersonId, ProgrammeId, Result, Role, RoleId,
    fault, fingerprint,
};
use crate::store::Conn;
use crate::store::schema::{applications, invitations, memberships, organisations, partnerships, people, programmes, roles, rounds};
use crate::workflow::letters::Recipient;
use diesel::prelude::*;
use std::collections::HashMap;

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
    let organisations: Vec<Member> = memberships::table
        .filter(memberships::person_id.eq(person.id))
        .order(memberships::since)
        .select((memberships::organisation_id, memberships::membership))
        .load(conn)?;
    actor_with(conn, person, organisations)
}

/// An organisation for which a person writes, and as what.
pub type Member = (OrganisationId, Membership);

/// The same for a person whose organisations are known too. One statement.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn actor_with(conn: &mut Conn, person: Person, organisations: Vec<Member>) -> Result<Actor> {
    let id = person.id;
    let given: Vec<(Option<ProgrammeId>, Role, Option<String>)> = roles::table
        .left_join(programmes::table)
        .filter(roles::person_id.eq(id))
        .order((programmes::slug, roles::role))
        .select((roles::programme_id, roles::role, programmes::slug.nullable()))
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

/// What these people are called.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn names_of(conn: &mut Conn, ids: impl IntoIterator<Item = Option<PersonId>>) -> Result<HashMap<PersonId, String>> {
    let ids: Vec<PersonId> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let names: Vec<(PersonId, String)> = people::table.filter(people::id.eq_any(ids)).select((people::id, people::name)).load(conn)?;
    Ok(names.into_iter().collect())
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

/// Adds a person.
///
/// # Errors
/// `Stale` when the address has an account already.
pub fn add_person(conn: &mut Conn, person: &Person) -> Result<()> {
    diesel::insert_into(people::table).values(person).execute(conn)?;
    Ok(())
}

/// Writes a person's row as it is here.
///
/// # Errors
/// `NotFound` when there is no such person.
pub fn save_person(conn: &mut Conn, person: &Person) -> Result<()> {
    let saved = diesel::update(people::table.find(person.id))
        .set((
            people::name.eq(&person.name),
            people::phone.eq(&person.phone),
            people::lang.eq(person.lang),
            people::password_hash.eq(&person.password_hash),
            people::email_confirmed_at.eq(person.email_confirmed_at),
        ))
        .execute(conn)?;
    if saved == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Keeps a second factor's secret, not yet confirmed, where there is none.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn prepare_second_factor(conn: &mut Conn, person: PersonId, secret: &str) -> Result<usize> {
    let without = people::table.find(person).filter(people::totp_secret.is_null());
    Ok(diesel::update(without).set((people::totp_secret.eq(Some(secret)), people::totp_last_step.eq(0))).execute(conn)?)
}

/// Notes that the code of this step was used; of two who type the same code at once one gets `true`.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn use_step(conn: &mut Conn, person: PersonId, step: i64, now: Instant) -> Result<bool> {
    let before = people::table.find(person).filter(people::totp_last_step.lt(step));
    let used = diesel::update(before).set(people::totp_last_step.eq(step)).execute(conn)?;
    diesel::update(people::table.find(person).filter(people::totp_confirmed_at.is_null())).set(people::totp_confirmed_at.eq(Some(now))).execute(conn)?;
    Ok(used == 1)
}

/// Takes a second factor away.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn reset_second_factor(conn: &mut Conn, person: PersonId) -> Result<()> {
    diesel::update(people::table.find(person))
        .set((people::totp_secret.eq(None::<String>), people::totp_confirmed_at.eq(None::<Instant>), people::totp_last_step.eq(0)))
        .execute(conn)?;
    Ok(())
}

/// The organisations that this actor may see here.
fn visible_to(actor: &Actor) -> organisations::BoxedQuery<'static, crate::store::MultiBackend> {
    let all = organisations::table.into_boxed();
    if actor.is_administrator() { all } else { all.filter(organisations::id.eq_any(actor.organisation_ids())) }
}

/// One organisation, where this actor may see it.
///
/// # Errors
/// `NotFound` when there is none that they may see.
pub fn visible_organisation(conn: &mut Conn, actor: &Actor, id: OrganisationId) -> Result<Organisation> {
    Ok(visible_to(actor).filter(organisations::id.eq(id)).select(Organisation::as_select()).first(conn)?)
}

/// The organisations that this person writes for, with what they are there.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn organisations_of(conn: &mut Conn, person: PersonId) -> Result<Vec<(Organisation, Membership)>> {
    Ok(memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq(person))
        .order(organisations::name)
        .select((Organisation::as_select(), memberships::membership))
        .load(conn)?)
}

/// The organisation with this NIPT, if there is one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn organisation_by_nipt(conn: &mut Conn, nipt: &str) -> Result<Option<Organisation>> {
    Ok(organisations::table.filter(organisations::nipt.eq(nipt)).select(Organisation::as_select()).first(conn).optional()?)
}

/// Adds an organisation.
///
/// # Errors
/// `Stale` when its NIPT is there already.
pub fn add_organisation(conn: &mut Conn, organisation: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table).values(organisation).execute(conn)?;
    Ok(())
}

/// Writes an organisation over the version that was read; its NIPT stays.
///
/// # Errors
/// `Stale` when somebody saved meanwhile.
pub fn save_organisation(conn: &mut Conn, organisation: &Organisation) -> Result<()> {
    let read = organisations::table.filter(organisations::id.eq(organisation.id)).filter(organisations::version.eq(organisation.version));
    let saved = diesel::update(read)
        .set((
            organisations::name.eq(&organisation.name),
            organisations::acronym.eq(&organisation.acronym),
            organisations::legal_form.eq(organisation.legal_form),
            organisations::municipality.eq(&organisation.municipality),
            organisations::profile.eq(&organisation.profile),
            organisations::search.eq(&organisation.search),
            organisations::saved_at.eq(organisation.saved_at),
            organisations::saved_by.eq(organisation.saved_by),
            organisations::noted_at.eq(organisation.noted_at),
            organisations::version.eq(organisation.version + 1),
        ))
        .execute(conn)?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Holds the organisation's row until the action's end, so that two who change its people at once come one after the other.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn hold(conn: &mut Conn, id: OrganisationId) -> Result<()> {
    diesel::update(organisations::table.find(id)).set(organisations::version.eq(organisations::version)).execute(conn)?;
    Ok(())
}

/// What this person is in the organisation, if anything.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn membership(conn: &mut Conn, organisation: OrganisationId, person: PersonId) -> Result<Option<Membership>> {
    Ok(memberships::table.find((organisation, person)).select(memberships::membership).first(conn).optional()?)
}

/// Makes this person a member, or changes what they are.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn put_member(conn: &mut Conn, organisation: OrganisationId, person: PersonId, membership: Membership, now: Instant) -> Result<()> {
    let changed = diesel::update(memberships::table.find((organisation, person))).set(memberships::membership.eq(membership)).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(memberships::table)
            .values((
                memberships::organisation_id.eq(organisation),
                memberships::person_id.eq(person),
                memberships::membership.eq(membership),
                memberships::since.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes this person out of the organisation; how many there were (0 or 1).
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn remove_member(conn: &mut Conn, organisation: OrganisationId, person: PersonId) -> Result<usize> {
    Ok(diesel::delete(memberships::table.find((organisation, person))).execute(conn)?)
}

/// A role that somebody has in a fund.
#[derive(Clone, Debug)]
pub struct Holder {
    pub id: RoleId,
    pub role: Role,
    pub given_at: Instant,
    pub person: Person,
}

/// Who holds which role in a fund, by name.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn holders(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<Holder>> {
    let rows: Vec<(RoleId, Role, Instant, Person)> = roles::table
        .inner_join(people::table)
        .filter(roles::programme_id.eq(programme))
        .order((people::name, people::id, roles::role))
        .limit(500)
        .select((roles::id, roles::role, roles::given_at, Person::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, role, given_at, person)| Holder { id, role, given_at, person }).collect())
}

/// Gives a role; false where the person has it already.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add_role(conn: &mut Conn, programme: Option<ProgrammeId>, person: PersonId, role: Role, by: Option<PersonId>, now: Instant) -> Result<bool> {
    let had: Vec<Option<ProgrammeId>> = roles::table.filter(roles::person_id.eq(person)).filter(roles::role.eq(role)).select(roles::programme_id).load(conn)?;
    if had.contains(&programme) {
        return Ok(false);
    }
    diesel::insert_into(roles::table)
        .values((
            roles::id.eq(RoleId::new()),
            roles::programme_id.eq(programme),
            roles::person_id.eq(person),
            roles::role.eq(role),
            roles::given_by.eq(by),
            roles::given_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Takes a role of this fund away; whose it was and which.
///
/// # Errors
/// `NotFound` when the fund has no such role.
pub fn remove_role(conn: &mut Conn, programme: ProgrammeId, id: RoleId) -> Result<(PersonId, Role)> {
    let here = roles::table.filter(roles::id.eq(id)).filter(roles::programme_id.eq(programme));
    let found = here.select((roles::person_id, roles::role)).first(conn)?;
    diesel::delete(roles::table.find(id)).execute(conn)?;
    Ok(found)
}

/// Adds an invitation; an older one to the same address for the same thing no longer works, and its link says that there is a newer one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add_invitation(conn: &mut Conn, invitation: &Invitation) -> Result<()> {
    for old in open_to(conn, &invitation.email, invitation.created_at)?.iter().filter(|old| old.is_for_the_same(invitation)) {
        diesel::update(invitations::table.find(old.id)).set(invitations::expires_at.eq(invitation.created_at)).execute(conn)?;
    }
    diesel::insert_into(invitations::table).values(invitation).execute(conn)?;
    Ok(())
}

/// The open invitations to this address.
fn open_to(conn: &mut Conn, email: &str, now: Instant) -> Result<Vec<Invitation>> {
    Ok(invitations::table
        .filter(invitations::email.eq(email))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .select(Invitation::as_select())
        .load(conn)?)
}

/// Whether a newer invitation, which is open, took the place of this token's.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn is_replaced(conn: &mut Conn, token: &str, now: Instant) -> Result<bool> {
    let this = invitations::table.filter(invitations::token_hash.eq(fingerprint(token.as_bytes()))).filter(invitations::accepted_at.is_null());
    let Some(old) = this.select(Invitation::as_select()).first::<Invitation>(conn).optional()? else { return Ok(false) };
    for newer in open_to(conn, &old.email, now)?.iter().filter(|newer| newer.id != old.id) {
        if newer.is_for_the_same(&old) || are_of_one_partner(conn, newer.partnership_id, old.partnership_id)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether both are about the same partner of the same application: a partner that is asked again gets another partnership.
fn are_of_one_partner(conn: &mut Conn, one: Option<PartnershipId>, other: Option<PartnershipId>) -> Result<bool> {
    let (Some(one), Some(other)) = (one, other) else { return Ok(false) };
    let both = partnerships::table.filter(partnerships::id.eq_any(vec![one, other]));
    let rows: Vec<(ApplicationId, String)> = both.select((partnerships::application_id, partnerships::partner)).load(conn)?;
    Ok(matches!(rows.as_slice(), [first, second] if first == second))
}

/// The invitation of this token, while it is open.
///
/// # Errors
/// `NotFound` when there is none, or it is too old.
pub fn open_invitation(conn: &mut Conn, token: &str, now: Instant) -> Result<Invitation> {
    Ok(invitations::table
        .filter(invitations::token_hash.eq(fingerprint(token.as_bytes())))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .select(Invitation::as_select())
        .first(conn)?)
}

/// Uses an invitation, once.
///
/// # Errors
/// `NotFound` when somebody used or withdrew it meanwhile.
pub fn accept_invitation(conn: &mut Conn, id: InvitationId, now: Instant) -> Result<()> {
    let open = invitations::table.filter(invitations::id.eq(id)).filter(invitations::accepted_at.is_null());
    if diesel::update(open).set(invitations::accepted_at.eq(Some(now))).execute(conn)? == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The open invitations of an organisation or of a fund, the latest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn open_invitations(conn: &mut Conn, to: InvitedTo, now: Instant) -> Result<Vec<Invitation>> {
    let open = invitations::table.filter(invitations::accepted_at.is_null()).filter(invitations::expires_at.gt(now)).into_boxed();
    let open = match to {
        InvitedTo::Organisation(id) => open.filter(invitations::organisation_id.eq(id)),
        InvitedTo::Partnership(id) => open.filter(invitations::partnership_id.eq(id)),
        InvitedTo::Programme(id) => open.filter(invitations::programme_id.eq(id)),
    };
    Ok(open.order(invitations::created_at.desc()).limit(200).select(Invitation::as_select()).load(conn)?)
}

/// Withdraws an open invitation of this organisation or fund; to whom it went.
///
/// # Errors
/// `NotFound` when there is none.
pub fn withdraw_invitation(conn: &mut Conn, to: InvitedTo, id: InvitationId) -> Result<String> {
    let found: Invitation =
        invitations::table.filter(invitations::id.eq(id)).filter(invitations::accepted_at.is_null()).select(Invitation::as_select()).first(conn)?;
    if found.to() != Some(to) {
        return Err(Error::NotFound);
    }
    diesel::delete(invitations::table.find(id)).execute(conn)?;
    Ok(found.email)
}

/// The name of what an invitation is to: the organisation's, or the fund's in both languages.
///
/// # Errors
/// `NotFound` when it is gone.
pub fn name_of(conn: &mut Conn, to: InvitedTo) -> Result<Bilingual> {
    match to {
        InvitedTo::Organisation(id) => Ok(Bilingual::same(&organisation(conn, id)?.name)),
        InvitedTo::Partnership(id) => {
            let lead: String = partnerships::table.find(id).filter(partnerships::ended_at.is_null()).select(partnerships::lead).first(conn)?;
            Ok(Bilingual::same(&lead))
        }
        InvitedTo::Programme(id) => {
            let terms: String = programmes::table.find(id).select(programmes::terms).first(conn)?;
            Ok(serde_json::from_str::<Named>(&terms).map_err(fault)?.name)
        }
    }
}

/// Of the terms of a fund or a round, what this floor needs.
#[derive(serde::Deserialize)]
struct Named {
    name: Bilingual,
}

/// The name of the fund whose page this path is of, if it is one: whoever comes from there knows the fund, and nothing of this product.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn fund_at(conn: &mut Conn, path: &str) -> Result<Option<Bilingual>> {
    let slug = path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default();
    let terms: Option<String> = programmes::table.filter(programmes::slug.eq(slug)).select(programmes::terms).first(conn).optional()?;
    terms.map(|terms| serde_json::from_str::<Named>(&terms).map(|named| named.name).map_err(fault)).transpose()
}

/// The project that a partner is invited to, the call, and until when it takes the application.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Project {
    pub title: String,
    pub round: Bilingual,
    pub closes_at: Instant,
}

/// What a partner is invited to. Asked of the tables themselves: applications and calls are stages that come later than this one.
///
/// # Errors
/// `NotFound` when it is gone.
pub fn project_of(conn: &mut Conn, id: PartnershipId) -> Result<Project> {
    let (title, own, terms, closes_at): (String, Option<Instant>, String, Instant) = partnerships::table
        .inner_join(applications::table.inner_join(rounds::table))
        .filter(partnerships::id.eq(id))
        .select((applications::title, applications::closes_at, rounds::terms, rounds::closes_at))
        .first(conn)?;
    let round = serde_json::from_str::<Named>(&terms).map_err(fault)?.name;
    Ok(Project { title, round, closes_at: own.map_or(closes_at, |own| own.max(closes_at)) })
}

/// Gives a partner's part of an application to who accepted it, once; which application and which partner.
///
/// # Errors
/// `NotFound` when it has ended or somebody has it.
pub fn join_partnership(conn: &mut Conn, id: PartnershipId, person: PersonId, name: &str, now: Instant) -> Result<(ApplicationId, ProgrammeId, String)> {
    let open = partnerships::table.find(id).filter(partnerships::ended_at.is_null()).filter(partnerships::accepted_at.is_null());
    Ok(diesel::update(open)
        .set((partnerships::person_id.eq(Some(person)), partnerships::person_name.eq(name), partnerships::accepted_at.eq(Some(now))))
        .returning((partnerships::application_id, partnerships::programme_id, partnerships::partner))
        .get_result(conn)?)
}

/// Takes back the invitations to a partnership that nobody accepted. They stay as old ones, so that their link can say where a newer one is.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn forget_partner_invitations(conn: &mut Conn, id: PartnershipId, now: Instant) -> Result<()> {
    let open = invitations::table.filter(invitations::partnership_id.eq(id)).filter(invitations::accepted_at.is_null());
    diesel::update(open.filter(invitations::expires_at.gt(now))).set(invitations::expires_at.eq(now)).execute(conn)?;
    Ok(())
}
