//! The people of an organisation: invited, given another role, taken out, handed over to; each recorded, and told to whom it concerns.
use crate::accounts::events::{InvitationWithdrawn, MemberAdded, MemberChanged, MemberInvited, MemberRemoved, RolePassed};
use crate::accounts::{Invitation, InvitedTo, Organisation, letters, records, rules};
use crate::kernel::{Bilingual, Error, InvitationId, Membership, OrganisationId, PersonId, Reason, Result, both, fingerprint, must, unless};
use crate::web::random_token;
use crate::web::records::count_try;
use crate::workflow::{Act, Recorded, Subject};

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
    let invited = letters::Invited {
        letter: ("E00d", None, Subject::Organisation(organisation)),
        name,
        what: letters::in_both(|t| membership.label(t)),
        by: &by,
        token: &token,
        until: invitation.expires_at,
    };
    act.send(&letters::invitation(&email, known.as_ref(), act.actor.lang, &invited))?;
    act.record(&MemberInvited { organisation, email, membership }, ())
}

pub(super) fn draw_invitation(act: &Act<'_>, to: InvitedTo, email: &str, role: &str) -> (Invitation, String) {
    let token = random_token();
    let (programme_id, organisation_id, partnership_id) = match to {
        InvitedTo::Programme(id) => (Some(id), None, None),
        InvitedTo::Organisation(id) => (None, Some(id), None),
        InvitedTo::Partnership(id) => (None, None, Some(id)),
    };
    let invitation = Invitation {
        id: InvitationId::new(),
        programme_id,
        organisation_id,
        partnership_id,
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

/// The organisation with who is what in it, as it is at this moment: whoever else changes its people waits until this action is done.
fn held(act: &mut Act<'_>, id: OrganisationId) -> Result<(Organisation, Vec<(PersonId, Membership)>)> {
    let organisation = records::visible_organisation(act.conn, act.actor, id)?;
    records::hold(act.conn, id)?;
    let members = records::members(act.conn, id)?.into_iter().map(|(person, membership)| (person.id, membership)).collect();
    Ok((organisation, members))
}

/// Changes what a member is, and tells them.
///
/// # Errors
/// `NotFound` when they are no member; `Refused` when the organisation would have no owner.
pub fn change_member(act: &mut Act<'_>, organisation: OrganisationId, member: PersonId, membership: Membership) -> Result<Recorded<()>> {
    let (found, members) = held(act, organisation)?;
    must(rules::may_run_members(act.actor, organisation))?;
    let had = records::membership(act.conn, organisation, member)?.ok_or(Error::NotFound)?;
    unless(rules::becoming(&members, member, Some(membership)))?;
    records::put_member(act.conn, organisation, member, membership, act.now)?;
    if had != membership {
        tell_role(act, &found, member, membership)?;
    }
    act.record(&MemberChanged { organisation, member, membership }, ())
}

/// Takes somebody out of the organisation: an owner anybody, and everybody themselves. What they wrote stays. Their name comes back.
///
/// # Errors
/// `NotFound` when they are no member; `Refused` when the organisation would have no owner.
pub fn remove_member(act: &mut Act<'_>, organisation: OrganisationId, member: PersonId) -> Result<Recorded<String>> {
    let (found, members) = held(act, organisation)?;
    let leaves = act.actor.person == Some(member);
    must(rules::may_run_members(act.actor, organisation) || leaves)?;
    records::membership(act.conn, organisation, member)?.ok_or(Error::NotFound)?;
    unless(rules::becoming(&members, member, None))?;
    records::remove_member(act.conn, organisation, member)?;
    let person = records::person(act.conn, member)?;
    if leaves {
        tell_owners(act, &found, &both(|t| t.accounts_news_left(person.name.as_str())))?;
    } else {
        let letter = letters::no_longer_in(&found, &records::recipient(&person), &act.actor.name, act.now);
        act.send(&letter)?;
    }
    act.record(&MemberRemoved { organisation, member }, person.name)
}

/// Passes the actor's own role to a colleague, who hears of it as the owners do; `leaves`: the actor goes with it. What the colleague is
/// called and is now comes back.
///
/// # Errors
/// `NotFound` for strangers; `Invalid` when nobody was chosen who can take it over.
pub fn hand_over(act: &mut Act<'_>, organisation: OrganisationId, heir: Option<PersonId>, leaves: bool) -> Result<Recorded<(String, Membership)>> {
    let (found, members) = held(act, organisation)?;
    let giver = act.actor.person.ok_or(Error::Forbidden)?;
    must(act.actor.writes_for(organisation))?;
    let passed = rules::passing(&members, giver, heir).map_err(Error::Invalid)?;
    let heir = heir.ok_or(Error::NotFound)?;
    records::put_member(act.conn, organisation, heir, passed.heir, act.now)?;
    if leaves {
        records::remove_member(act.conn, organisation, giver)?;
    } else {
        records::put_member(act.conn, organisation, giver, passed.giver, act.now)?;
    }
    tell_role(act, &found, heir, passed.heir)?;
    let (from, to) = (act.actor.name.clone(), records::person(act.conn, heir)?.name);
    let news = both(|t| {
        let role = passed.heir.label(t);
        if leaves { t.accounts_news_passed_and_left(from.as_str(), role, to.as_str()) } else { t.accounts_news_passed(from.as_str(), role, to.as_str()) }
    });
    tell_owners_but(act, &found, &news, Some(heir))?;
    act.record(&RolePassed { organisation, giver, heir, membership: passed.heir, left: leaves }, (to, passed.heir))
}

/// Tells somebody what they are in the organisation from now on; nobody is told what they did themselves.
fn tell_role(act: &mut Act<'_>, organisation: &Organisation, member: PersonId, membership: Membership) -> Result<()> {
    if act.actor.person == Some(member) {
        return Ok(());
    }
    let person = records::person(act.conn, member)?;
    let letter = letters::role_in(organisation, &records::recipient(&person), membership, &act.actor.name);
    act.send(&letter)
}

fn tell_owners(act: &mut Act<'_>, organisation: &Organisation, news: &Bilingual) -> Result<()> {
    tell_owners_but(act, organisation, news, None)
}

/// Tells the owners, those apart who did it or have heard already.
fn tell_owners_but(act: &mut Act<'_>, organisation: &Organisation, news: &Bilingual, heard: Option<PersonId>) -> Result<()> {
    for (person, membership) in records::members(act.conn, organisation.id)? {
        let knows = [act.actor.person, heard].contains(&Some(person.id));
        if membership == Membership::Owner && !knows {
            act.send(&letters::news_of(organisation, &records::recipient(&person), news))?;
        }
    }
    Ok(())
}
