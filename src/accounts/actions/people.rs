//! Roles of the funds, and invitations that are accepted.
use super::draw_invitation;
use super::signing_in::{From, NewPerson, Opened, open_session, register_person};
use crate::accounts::events::{PartnerJoined, RoleGiven, RoleTaken, StaffInvitationWithdrawn, StaffInvited};
use crate::accounts::{Invitation, InvitedTo, letters, records, rules};
use crate::kernel::{Error, Instant, InvitationId, Lang, Membership, PartnershipId, PersonId, ProgrammeId, Reason, Result, Role, RoleId, fault, must};
use crate::web::records::count_try;
use crate::workflow::letters::Recipient;
use crate::workflow::{Act, Recorded, Subject};

/// Gives a role, in a fund or (without one) in the whole installation: for `user add`, the demo, and accepted invitations.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn give_role(act: &mut Act<'_>, programme: Option<ProgrammeId>, person: PersonId, role: Role) -> Result<Recorded<()>> {
    records::add_role(act.conn, programme, person, role, act.actor.person, act.now)?;
    act.record(&RoleGiven { person, programme, role }, ())
}

/// Invites somebody into a fund with a role.
///
/// # Errors
/// `Forbidden` when it is not the actor's to do; `Invalid` when the address is none, or has the role.
pub fn invite_staff(act: &mut Act<'_>, programme: ProgrammeId, email: &str, role: Role) -> Result<Recorded<()>> {
    must(rules::may_run_roles(act.actor, programme))?;
    let email = super::email_of(email)?;
    let known = records::person_by_email(act.conn, &email)?;
    if records::holders(act.conn, programme)?.iter().any(|holder| holder.person.email == email && holder.role == role) {
        return Err(Error::invalid(Reason::new("role-already", "email", |t| t.accounts_role_already(role.label(t)))));
    }
    count_try(act.conn, &format!("invitations of {programme}"), 200, 86_400, act.now)?;
    count_try(act.conn, &format!("letter to {email}"), 5, 900, act.now)?;
    let to = InvitedTo::Programme(programme);
    let (invitation, token) = draw_invitation(act, to, &email, role.as_str());
    records::add_invitation(act.conn, &invitation)?;
    let (name, by) = (records::name_of(act.conn, to)?, act.actor.name.clone());
    let invited = letters::Invited {
        letter: ("E00c", Some(programme), Subject::Programme(programme)),
        name,
        what: letters::in_both(|t| role.label(t)),
        by: &by,
        token: &token,
        until: invitation.expires_at,
    };
    act.send(&letters::invitation(&email, known.as_ref(), act.actor.lang, &invited))?;
    act.record(&StaffInvited { programme, email, role }, ())
}

/// Withdraws an invitation into a fund that nobody has accepted.
///
/// # Errors
/// `Forbidden` when it is not the actor's to do; `NotFound` when there is none.
pub fn withdraw_staff_invitation(act: &mut Act<'_>, programme: ProgrammeId, invitation: InvitationId) -> Result<Recorded<()>> {
    must(rules::may_run_roles(act.actor, programme))?;
    let email = records::withdraw_invitation(act.conn, InvitedTo::Programme(programme), invitation)?;
    act.record(&StaffInvitationWithdrawn { programme, email }, ())
}

/// Takes a role of the fund away. Nobody takes their own: a fund must not lose the last one who can give roles by a slip.
///
/// # Errors
/// `Forbidden` when it is not the actor's to do; `NotFound` when the fund has no such role; `Refused` when it is their own.
pub fn take_role(act: &mut Act<'_>, programme: ProgrammeId, role: RoleId) -> Result<Recorded<()>> {
    must(rules::may_run_roles(act.actor, programme))?;
    let (person, role) = records::remove_role(act.conn, programme, role)?;
    if act.actor.person == Some(person) && matches!(role, Role::Administrator | Role::Director) {
        return Err(Error::refused(Reason::new("own-role", "", |t| t.accounts_own_role().into())));
    }
    act.record(&RoleTaken { programme, person, role }, ())
}

/// Accepts an invitation, as the person whose address it was sent to.
///
/// # Errors
/// `NotFound` when it is used, withdrawn or too old; `Refused` when it was sent to another address.
pub fn accept_invitation(act: &mut Act<'_>, token: &str) -> Result<Recorded<Invitation>> {
    let person = act.actor.person.ok_or(Error::SignIn)?;
    let invitation = records::open_invitation(act.conn, token, act.now)?;
    if act.actor.email != invitation.email {
        let (theirs, mine) = (invitation.email.clone(), act.actor.email.clone());
        return Err(Error::refused(Reason::new("other-address", "", |t| t.accounts_invitation_other_address(theirs.as_str(), mine.as_str()))));
    }
    grant(act, &invitation, person)
}

/// Accepts an invitation with a new account: the letter in the mailbox proves the address.
///
/// # Errors
/// `NotFound` when it is used, withdrawn or too old; `Refused` when the address has an account by now.
pub fn accept_with_new_account(act: &mut Act<'_>, token: &str, name: &str, lang: Lang, from: &From) -> Result<Recorded<(Invitation, Opened)>> {
    let invitation = records::open_invitation(act.conn, token, act.now)?;
    let known = records::person_by_email(act.conn, &invitation.email)?;
    let person = match known {
        // Somebody typed this address at the sign-up and never proved it; the mailbox's owner is here now.
        Some(mut person) if person.email_confirmed_at.is_none() && person.disabled_at.is_none() => {
            if let Some(complaint) = rules::name_complaint(name) {
                return Err(Error::invalid(complaint));
            }
            person.email_confirmed_at = Some(act.now);
            name.clone_into(&mut person.name);
            person.lang = lang;
            records::save_person(act.conn, &person)?;
            person.id
        }
        _ => register_person(act, &NewPerson::new(&invitation.email, name, lang).confirmed())?.into_inner().id,
    };
    let granted = grant(act, &invitation, person)?.into_inner();
    Ok(open_session(act, person, from, false)?.map(|opened| (granted, opened)))
}

/// What the letter to a partner needs: to whom it goes, the secret of its link, until when that stands.
#[derive(Clone, Debug)]
pub struct PartnerInvitation {
    pub to: Recipient,
    pub token: String,
    pub until: Instant,
}

/// Makes an invitation to write a partner's part of an application; the caller has asked who may, and sends the letter.
///
/// # Errors
/// `Invalid` when the address is none; `Slow` after too many.
pub fn invite_partner(act: &mut Act<'_>, partnership: PartnershipId, email: &str, inviting: &str) -> Result<PartnerInvitation> {
    let email = super::email_of(email)?;
    count_try(act.conn, &format!("partners invited by {inviting}"), 30, 86_400, act.now)?;
    count_try(act.conn, &format!("letter to {email}"), 5, 900, act.now)?;
    let known = records::person_by_email(act.conn, &email)?;
    let (invitation, token) = draw_invitation(act, InvitedTo::Partnership(partnership), &email, "partner");
    records::add_invitation(act.conn, &invitation)?;
    let stranger = || Recipient { person: None, name: email.clone(), email: email.clone(), lang: act.actor.lang };
    let to = known.as_ref().map_or_else(stranger, records::recipient);
    Ok(PartnerInvitation { to, token, until: invitation.expires_at })
}

fn join_partnership(act: &mut Act<'_>, partnership: PartnershipId, person: PersonId) -> Result<Recorded<()>> {
    let (name, actor) = (records::person(act.conn, person)?.name, records::actor(act.conn, person)?);
    let (application, programme, partner) = records::join_partnership(act.conn, partnership, person, &name, act.now)?;
    if actor.roles.iter().any(|(fund, _)| *fund == Some(programme)) {
        return Err(Error::refused(Reason::new("of-the-fund", "", |t| t.accounts_partner_of_the_fund().into())));
    }
    act.record(&PartnerJoined { application, programme, partner, name }, ())
}

fn grant(act: &mut Act<'_>, invitation: &Invitation, person: PersonId) -> Result<Recorded<Invitation>> {
    records::accept_invitation(act.conn, invitation.id, act.now)?;
    let given = match invitation.to().ok_or(Error::NotFound)? {
        InvitedTo::Organisation(organisation) => {
            let membership: Membership = invitation.role.parse().map_err(|error: String| fault(error))?;
            super::add_member(act, organisation, person, membership)?
        }
        InvitedTo::Partnership(partnership) => join_partnership(act, partnership, person)?,
        InvitedTo::Programme(programme) => {
            let role: Role = invitation.role.parse().map_err(|error: String| fault(error))?;
            give_role(act, Some(programme), person, role)?
        }
    };
    Ok(given.map(|()| invitation.clone()))
}
