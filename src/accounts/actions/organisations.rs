//! Organisations: registering, the profile, the people who write for them.
use crate::accounts::events::{InvitationWithdrawn, MemberAdded, MemberChanged, MemberInvited, MemberRemoved, NiptAsked, OrganisationRegistered, ProfileSaved};
use crate::accounts::{Invitation, InvitedTo, LegalForm, Organisation, Profile, letters, records, rules};
use crate::kernel::{Error, InvitationId, Membership, OrganisationId, PersonId, Reason, Result, fault, fingerprint, must};
use crate::web::random_token;
use crate::web::records::count_try;
use crate::workflow::{Act, Recorded};

/// An organisation as it was typed.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    pub nipt: String,
    pub name: String,
    pub acronym: String,
    pub legal_form: LegalForm,
    pub municipality: String,
    pub profile: Profile,
}

/// Registers an organisation; whoever does it owns it.
///
/// # Errors
/// `Invalid` when the NIPT is none; `Refused` with the code `nipt-taken` when it is registered.
pub fn create_organisation(act: &mut Act<'_>, new: &NewOrganisation) -> Result<Recorded<Organisation>> {
    let nipt = super::complaints(rules::nipt(&new.nipt))?;
    if records::organisation_by_nipt(act.conn, &nipt)?.is_some() {
        return Err(Error::refused(Reason::new("nipt-taken", "nipt", |t| t.accounts_nipt_taken().into())));
    }
    let mut organisation = Organisation {
        id: OrganisationId::new(),
        nipt,
        name: new.name.clone(),
        acronym: new.acronym.clone(),
        legal_form: new.legal_form,
        municipality: new.municipality.clone(),
        profile: serde_json::to_string(&new.profile).map_err(fault)?,
        search: String::new(),
        created_at: act.now,
        version: 1,
    };
    organisation.search = organisation.search_text();
    records::add_organisation(act.conn, &organisation)?;
    if let Some(person) = act.actor.person {
        records::put_member(act.conn, organisation.id, person, Membership::Owner, act.now)?;
    }
    let event = OrganisationRegistered { organisation: organisation.id, nipt: organisation.nipt.clone(), name: organisation.name.clone() };
    act.record(&event, organisation)
}

/// Tells the owners of a registered NIPT who asked for it, so that they can invite them.
///
/// # Errors
/// `NotFound` when no organisation has it; `Slow` when it was asked too often.
pub fn ask_owners(act: &mut Act<'_>, nipt: &str) -> Result<Recorded<()>> {
    let organisation = records::organisation_by_nipt(act.conn, nipt)?.ok_or(Error::NotFound)?;
    count_try(act.conn, &format!("nipt {nipt} asked by {}", act.actor.email), 1, 86_400, act.now)?;
    count_try(act.conn, &format!("nipt {nipt} asked"), 10, 86_400, act.now)?;
    for (person, membership) in records::members(act.conn, organisation.id)? {
        if membership == Membership::Owner {
            act.send(&letters::nipt_asked(&organisation, &records::recipient(&person), (&act.actor.name, &act.actor.email)))?;
        }
    }
    act.record(&NiptAsked { organisation: organisation.id }, ())
}

/// The profile's form, whatever was typed.
#[derive(Clone, Debug)]
pub struct TypedProfile {
    /// The version that was read.
    pub version: i32,
    pub name: String,
    pub acronym: String,
    pub legal_form: Option<LegalForm>,
    pub municipality: String,
    pub profile: Profile,
}

/// Saves the profile as it was typed; only the name cannot be emptied.
///
/// # Errors
/// `NotFound` for strangers; `Stale` when somebody saved meanwhile.
pub fn save_profile(act: &mut Act<'_>, id: OrganisationId, typed: TypedProfile) -> Result<Recorded<Organisation>> {
    let mut organisation = records::visible_organisation(act.conn, act.actor, id)?;
    must(rules::may_edit(act.actor, id))?;
    if organisation.version != typed.version {
        return Err(Error::Stale);
    }
    if !typed.name.is_empty() {
        organisation.name = typed.name;
    }
    organisation.acronym = typed.acronym;
    organisation.legal_form = typed.legal_form.unwrap_or(organisation.legal_form);
    organisation.municipality = typed.municipality;
    organisation.profile = serde_json::to_string(&typed.profile).map_err(fault)?;
    organisation.search = organisation.search_text();
    records::save_organisation(act.conn, &organisation)?;
    organisation.version += 1;
    act.record(&ProfileSaved { organisation: id, version: organisation.version }, organisation)
}

/// Makes somebody a member: for invitations that were accepted, and for the demo.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn add_member(act: &mut Act<'_>, organisation: OrganisationId, member: PersonId, membership: Membership) -> Result<Recorded<()>> {
    // Nobody falls from owner by an old invitation.
    let kept = records::membership(act.conn, organisation, member)?.filter(|had| *had == Membership::Owner).unwrap_or(membership);
    records::put_member(act.conn, organisation, member, kept, act.now)?;
    act.record(&MemberAdded { organisation, member, membership: kept }, ())
}

/// Invites a colleague.
///
/// # Errors
/// `Forbidden` when the actor does not own the organisation; `Invalid` when the address is none; `Slow` after thirty in a day.
pub fn invite_member(act: &mut Act<'_>, organisation: OrganisationId, email: &str, membership: Membership) -> Result<Recorded<()>> {
    let found = records::visible_organisation(act.conn, act.actor, organisation)?;
    must(rules::may_run_members(act.actor, organisation))?;
    let email = super::email_of(email)?;
    let known = records::person_by_email(act.conn, &email)?;
    if let Some(person) = &known
        && records::membership(act.conn, organisation, person.id)?.is_some()
    {
        return Err(Error::invalid(Reason::new("member-already", "email", |t| t.accounts_member_already().into())));
    }
    count_try(act.conn, &format!("invitations of {organisation}"), 30, 86_400, act.now)?;
    count_try(act.conn, &format!("letter to {email}"), 5, 900, act.now)?;
    let to = InvitedTo::Organisation(organisation);
    let (invitation, token) = draw_invitation(act, to, &email, membership.as_str());
    records::add_invitation(act.conn, &invitation)?;
    let by = act.actor.name.clone();
    let name = crate::kernel::Bilingual::same(&found.name);
    let invited = letters::Invited { to, name, what: letters::in_both(|t| membership.label(t)), by: &by, token: &token, until: invitation.expires_at };
    act.send(&letters::invitation(&email, known.as_ref(), act.actor.lang, &invited))?;
    act.record(&MemberInvited { organisation, email, membership }, ())
}

pub(super) fn draw_invitation(act: &Act<'_>, to: InvitedTo, email: &str, role: &str) -> (Invitation, String) {
    let token = random_token();
    let (programme_id, organisation_id) = match to {
        InvitedTo::Programme(id) => (Some(id), None),
        InvitedTo::Organisation(id) => (None, Some(id)),
    };
    let invitation = Invitation {
        id: InvitationId::new(),
        programme_id,
        organisation_id,
        email: email.to_owned(),
        role: role.to_owned(),
        token_hash: fingerprint(token.as_bytes()),
        invited_by: act.actor.person,
        created_at: act.now,
        expires_at: act.now.plus_days(letters::INVITATION_DAYS),
        accepted_at: None,
    };
    (invitation, token)
}

/// Withdraws an invitation that nobody has accepted.
///
/// # Errors
/// `NotFound` when there is none; `Forbidden` when the actor does not own the organisation.
pub fn withdraw_member_invitation(act: &mut Act<'_>, organisation: OrganisationId, invitation: InvitationId) -> Result<Recorded<()>> {
    records::visible_organisation(act.conn, act.actor, organisation)?;
    must(rules::may_run_members(act.actor, organisation))?;
    let email = records::withdraw_invitation(act.conn, InvitedTo::Organisation(organisation), invitation)?;
    act.record(&InvitationWithdrawn { organisation, email }, ())
}

/// Changes what a member is. Making somebody the owner hands the organisation over: the one who did it signs from then on.
///
/// # Errors
/// `NotFound` when they are no member; `Refused` when the organisation would have no owner.
pub fn change_member(act: &mut Act<'_>, organisation: OrganisationId, member: PersonId, membership: Membership) -> Result<Recorded<()>> {
    records::visible_organisation(act.conn, act.actor, organisation)?;
    must(rules::may_run_members(act.actor, organisation))?;
    records::membership(act.conn, organisation, member)?.ok_or(Error::NotFound)?;
    if act.actor.person == Some(member) {
        return Err(no_owner_left());
    }
    records::put_member(act.conn, organisation, member, membership, act.now)?;
    if let Some(me) = act.actor.person.filter(|_| membership == Membership::Owner) {
        records::put_member(act.conn, organisation, me, Membership::Signatory, act.now)?;
    }
    act.record(&MemberChanged { organisation, member, membership }, ())
}

/// Takes somebody out of the organisation: the owner anybody else, and everybody themselves unless they own it.
///
/// # Errors
/// `NotFound` when they are no member; `Refused` when the organisation would have no owner.
pub fn remove_member(act: &mut Act<'_>, organisation: OrganisationId, member: PersonId) -> Result<Recorded<()>> {
    records::visible_organisation(act.conn, act.actor, organisation)?;
    must(rules::may_run_members(act.actor, organisation) || act.actor.person == Some(member))?;
    if records::membership(act.conn, organisation, member)?.ok_or(Error::NotFound)? == Membership::Owner {
        return Err(no_owner_left());
    }
    records::remove_member(act.conn, organisation, member)?;
    act.record(&MemberRemoved { organisation, member }, ())
}

fn no_owner_left() -> Error {
    Error::refused(Reason::new("no-owner-left", "", |t| t.accounts_no_owner_left().into()))
}
