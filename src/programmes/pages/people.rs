//! Who does what in a fund: roles are given by invitation and taken away; a lost second factor is taken away.
use crate::accounts::{Invitation, InvitedTo, actions, records as accounts, rules};
use crate::kernel::{Error, Instant, InvitationId, PersonId, Reason, Result, Role, RoleId};
use crate::programmes::{Programme, records};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/people", people).api("The roles of a fund and its open invitations, for its administrator and director."),
        post("/{fund}/people", invite),
        post("/{fund}/roles/{role}", take).of("/{fund}/people"),
        post("/{fund}/people/{person}/second-factor", reset),
        post("/{fund}/invitations/{invitation}", withdraw).of("/{fund}/people"),
    ]
}

#[derive(Template, Serialize)]
#[template(path = "programmes/people.html")]
struct PeoplePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    may_reset: bool,
    people: Vec<PersonRow>,
    invited: Vec<InvitedRow>,
    email: String,
    role: String,
}
#[derive(Serialize)]
struct PersonRow {
    id: PersonId,
    name: String,
    email: String,
    second_factor: bool,
    me: bool,
    roles: Vec<RoleRow>,
}
#[derive(Serialize)]
struct RoleRow {
    id: RoleId,
    role: Role,
    since: Instant,
}
#[derive(Serialize)]
struct InvitedRow {
    id: InvitationId,
    email: String,
    role: String,
    #[serde(skip)]
    what: &'static str,
    until: Instant,
}

/// The fund, for those who may run its roles; for all others it has no such page.
async fn fund(visit: &Visit, slug: String) -> Result<Programme> {
    let actor = visit.actor()?;
    let programme = visit.read(move |conn| records::by_slug(conn, &slug)).await?;
    if rules::may_run_roles(&actor, programme.id) { Ok(programme) } else { Err(Error::NotFound) }
}

async fn view(visit: &Visit, programme: &Programme, reasons: Vec<Reason>) -> Result<PeoplePage> {
    let actor = visit.actor()?;
    let (id, now, t) = (programme.id, visit.now(), visit.t());
    let (holders, open) = visit.read(move |conn| Ok((accounts::holders(conn, id)?, accounts::open_invitations(conn, InvitedTo::Programme(id), now)?))).await?;
    let mut people: Vec<PersonRow> = vec![];
    for holder in holders {
        let role = RoleRow { id: holder.id, role: holder.role, since: holder.given_at };
        match people.last_mut().filter(|row| row.id == holder.person.id) {
            Some(row) => row.roles.push(role),
            None => people.push(PersonRow {
                id: holder.person.id,
                second_factor: holder.person.totp_confirmed_at.is_some(),
                me: actor.person == Some(holder.person.id),
                name: holder.person.name,
                email: holder.person.email,
                roles: vec![role],
            }),
        }
    }
    let invited = |row: &Invitation| InvitedRow { id: row.id, email: row.email.clone(), role: row.role.clone(), what: row.label(t), until: row.expires_at };
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.nav_people())];
    Ok(PeoplePage {
        p: visit.page_in(programme.frame()).with_errors(reasons).with_crumbs(crumbs),
        slug: programme.slug.clone(),
        may_reset: rules::may_reset_second_factor(&actor, id),
        people,
        invited: open.iter().map(invited).collect(),
        email: String::new(),
        role: String::new(),
    })
}

/// `GET /{fund}/people`
async fn people(visit: Visit, slug: Path<String>) -> Answer {
    let programme = fund(&visit, slug.into_inner()).await?;
    visit.show(&view(&visit, &programme, vec![]).await?)
}

/// `POST /{fund}/people`: invites somebody with a role.
async fn invite(visit: Visit, slug: Path<String>, fields: Fields) -> Answer {
    let programme = fund(&visit, slug.into_inner()).await?;
    let (email, id) = (fields.get("email"), programme.id);
    let typed = email.clone();
    let invited = match fields.raw("role").parse::<Role>() {
        Ok(role) => visit.perform(move |act| actions::invite_staff(act, id, &email, role)).await,
        Err(_) => Err(Error::invalid(Reason::new("no-role", "role", |t| t.accounts_role_missing().into()))),
    };
    match invited {
        Ok(()) => visit.done(&format!("/{}/people", programme.slug), &visit.t().accounts_invited(typed.as_str()), &()),
        Err(Error::Invalid(reasons)) => {
            let page = view(&visit, &programme, reasons).await?;
            visit.show_again(&PeoplePage { email: typed, role: fields.get("role"), ..page })
        }
        Err(error) => Err(error),
    }
}

/// `POST /{fund}/roles/{role}`: takes it away.
async fn take(visit: Visit, path: Path<(String, RoleId)>, _: Fields) -> Answer {
    let (slug, role) = path.into_inner();
    let programme = fund(&visit, slug).await?;
    let id = programme.id;
    visit.perform(move |act| actions::take_role(act, id, role)).await?;
    visit.done(&format!("/{}/people", programme.slug), visit.t().accounts_role_taken(), &())
}

/// `POST /{fund}/people/{person}/second-factor`: takes a lost one away.
async fn reset(visit: Visit, path: Path<(String, PersonId)>, _: Fields) -> Answer {
    let (slug, person) = path.into_inner();
    let programme = fund(&visit, slug).await?;
    let id = programme.id;
    visit.perform(move |act| actions::reset_second_factor(act, id, person)).await?;
    visit.done(&format!("/{}/people", programme.slug), visit.t().accounts_second_factor_was_reset(), &())
}

/// `POST /{fund}/invitations/{invitation}`: withdraws it.
async fn withdraw(visit: Visit, path: Path<(String, InvitationId)>, _: Fields) -> Answer {
    let (slug, invitation) = path.into_inner();
    let programme = fund(&visit, slug).await?;
    let id = programme.id;
    visit.perform(move |act| actions::withdraw_staff_invitation(act, id, invitation)).await?;
    visit.done(&format!("/{}/people", programme.slug), visit.t().accounts_invitation_withdrawn(), &())
}
