//! The people of an organisation: who they are, who is invited, what they may, and handing over.
use super::{came_from, then_of, with_then};
use crate::accounts::{InvitedTo, actions, records, rules};
use crate::kernel::{Error, Instant, InvitationId, Membership, OrganisationId, PersonId, Reason, Result};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/organisations/{organisation}/people", people).api("Who writes for an organisation, and who is invited."),
        post("/organisations/{organisation}/people", invite),
        post("/organisations/{organisation}/people/{person}", change),
        post("/organisations/{organisation}/handover", hand_over).of("/organisations/{organisation}/people"),
        post("/organisations/{organisation}/invitations/{invitation}", withdraw).of("/organisations/{organisation}/people"),
    ]
}

#[derive(Template, Serialize)]
#[template(path = "accounts/organisation_people.html")]
struct PeoplePage {
    #[serde(skip)]
    p: Page,
    id: OrganisationId,
    name: String,
    may_run: bool,
    /// The reader's own role, where there are colleagues who can take it over.
    passes: Option<Membership>,
    heirs: Vec<Heir>,
    members: Vec<MemberRow>,
    invited: Vec<InvitedRow>,
    email: String,
    membership: Membership,
    /// The page that somebody came from to invite: an application.
    #[serde(skip)]
    then: String,
}
#[derive(Serialize)]
struct MemberRow {
    id: PersonId,
    name: String,
    email: String,
    membership: Membership,
    me: bool,
    /// The organisation would still have an owner without them.
    may_go: bool,
}
impl MemberRow {
    /// What else an owner can make of them.
    fn others(&self) -> impl Iterator<Item = &'static Membership> {
        Membership::ALL.iter().filter(|other| **other != self.membership)
    }
}
/// Somebody who can take over the reader's role.
#[derive(Serialize)]
struct Heir {
    id: PersonId,
    name: String,
    /// What the reader would be left with.
    membership: Membership,
}
#[derive(Serialize)]
struct InvitedRow {
    id: InvitationId,
    email: String,
    membership: String,
    #[serde(skip)]
    what: &'static str,
    until: Instant,
}

/// The page's address, with where its reader came from.
fn people_of(id: OrganisationId, then: &str) -> String {
    with_then(&format!("/organisations/{id}/people"), then)
}

async fn people_view(visit: &Visit, id: OrganisationId, then: String, reasons: Vec<Reason>) -> Result<PeoplePage> {
    let actor = visit.actor()?;
    let (who, now) = (actor.clone(), visit.now());
    let (organisation, members, invited) = visit
        .read(move |conn| {
            let organisation = records::visible_organisation(conn, &who, id)?;
            Ok((organisation, records::members(conn, id)?, records::open_invitations(conn, InvitedTo::Organisation(id), now)?))
        })
        .await?;
    let t = visit.t();
    let profile = Link::new(organisation.name.clone(), with_then(&format!("/organisations/{id}"), &then));
    let crumbs = vec![came_from(t, &then), profile, Link::here(t.nav_people())];
    let roles: Vec<(PersonId, Membership)> = members.iter().map(|(person, membership)| (person.id, *membership)).collect();
    let heirs = actor.person.map(|me| rules::heirs(&roles, me)).unwrap_or_default();
    let heir = |(person, membership): &(crate::accounts::Person, Membership)| Heir { id: person.id, name: person.name.clone(), membership: *membership };
    let heirs: Vec<Heir> = members.iter().filter(|(person, _)| heirs.contains(&person.id)).map(heir).collect();
    let mine = roles.iter().find(|(person, _)| actor.person == Some(*person)).map(|(_, membership)| *membership);
    let row = |(person, membership): (crate::accounts::Person, Membership)| MemberRow {
        me: actor.person == Some(person.id),
        may_go: rules::becoming(&roles, person.id, None).is_empty(),
        id: person.id,
        name: person.name,
        email: person.email,
        membership,
    };
    let invitation = |row: &crate::accounts::Invitation| InvitedRow {
        id: row.id,
        email: row.email.clone(),
        membership: row.role.clone(),
        what: row.label(t),
        until: row.expires_at,
    };
    Ok(PeoplePage {
        p: visit.page().with_errors(reasons).with_crumbs(crumbs),
        id,
        name: organisation.name,
        may_run: rules::may_run_members(&actor, id),
        passes: mine.filter(|_| !heirs.is_empty()),
        heirs,
        members: members.into_iter().map(row).collect(),
        invited: invited.iter().map(invitation).collect(),
        email: String::new(),
        membership: Membership::Editor,
        then,
    })
}

/// `GET /organisations/{organisation}/people`
async fn people(visit: Visit, id: Path<OrganisationId>) -> Answer {
    let then = then_of(visit.asked("then").as_deref());
    visit.show(&people_view(&visit, id.into_inner(), then, vec![]).await?)
}

/// `POST /organisations/{organisation}/people`: invites.
async fn invite(visit: Visit, id: Path<OrganisationId>, fields: Fields) -> Answer {
    let id = id.into_inner();
    let membership = fields.raw("membership").parse().unwrap_or(Membership::Editor);
    let (email, typed, then) = (fields.get("email"), fields.get("email"), then_of(Some(fields.raw("then"))));
    match visit.perform(move |act| actions::invite_member(act, id, &email, membership)).await {
        Ok(()) => visit.done(&people_of(id, &then), &visit.t().accounts_invited(typed.as_str()), &()),
        Err(Error::Invalid(reasons)) => {
            let page = people_view(&visit, id, then, reasons).await?;
            visit.show_again(&PeoplePage { email: typed, membership, ..page })
        }
        Err(error) => Err(error),
    }
}

/// `POST /organisations/{organisation}/people/{person}`: `do` is `remove`, or what the person becomes.
async fn change(visit: Visit, path: Path<(OrganisationId, PersonId)>, fields: Fields) -> Answer {
    let (id, person) = path.into_inner();
    let (what, back) = (fields.get("do"), people_of(id, &then_of(Some(fields.raw("then")))));
    let leaves = visit.actor()?.person == Some(person);
    if what == "remove" {
        let name = visit.perform(move |act| actions::remove_member(act, id, person)).await?;
        return if leaves { visit.done("/account", visit.t().accounts_left(), &()) } else { visit.done(&back, &visit.t().accounts_member_removed(name), &()) };
    }
    let membership: Membership = what.parse().map_err(|_| Error::NotFound)?;
    visit.perform(move |act| actions::change_member(act, id, person, membership)).await?;
    visit.done(&back, visit.t().accounts_saved(), &())
}

/// `POST /organisations/{organisation}/invitations/{invitation}`: withdraws it.
async fn withdraw(visit: Visit, path: Path<(OrganisationId, InvitationId)>, fields: Fields) -> Answer {
    let (id, invitation) = path.into_inner();
    visit.perform(move |act| actions::withdraw_member_invitation(act, id, invitation)).await?;
    visit.done(&people_of(id, &then_of(Some(fields.raw("then")))), visit.t().accounts_invitation_withdrawn(), &())
}

/// `POST /organisations/{organisation}/handover`: passes one's own role to `heir`; with `leave` one goes.
async fn hand_over(visit: Visit, id: Path<OrganisationId>, fields: Fields) -> Answer {
    let id = id.into_inner();
    let (heir, leaves, then) = (fields.raw("heir").parse().ok(), fields.has("leave"), then_of(Some(fields.raw("then"))));
    match visit.perform(move |act| actions::hand_over(act, id, heir, leaves)).await {
        Ok((name, role)) => {
            let to = if leaves { "/account".to_owned() } else { people_of(id, &then) };
            visit.done(&to, &visit.t().accounts_handed_over(name, role.label(visit.t())), &())
        }
        Err(Error::Invalid(reasons)) if !visit.api => visit.show_again(&people_view(&visit, id, then, reasons).await?),
        Err(error) => Err(error),
    }
}
