//! Organisations: registering one, its profile.
use super::{came_from, then_of, with_then};
use crate::accounts::actions::{self, NewOrganisation};
use crate::accounts::colleagues::colleague;
use crate::accounts::profile::{self, TypedProfile};
use crate::accounts::{LegalForm, Organisation, Profile, records, rules};
use crate::kernel::merging::Meanwhile;
use crate::kernel::places::{self, Place};
use crate::kernel::{Error, Instant, OrganisationId, Reason, Result};
use crate::web::saving::{Colleague, Kept, State, base_of, both, changed, shut_to_boxes, shut_to_form, typed};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/organisations/new", new_page),
        post("/organisations/new", create),
        get("/organisations/{organisation}", profile).api("An organisation's profile, for those who write for it."),
        post("/organisations/{organisation}", save),
        get("/organisations/{organisation}/boxes", show_boxes)
            .api("What stands in the boxes of a profile, with their marks; nothing but the version where that is still `since`."),
        post("/organisations/{organisation}/boxes", save_boxes)
            .api("Saves single boxes: `name`, `mark` (of what stood there) and `text`, as often as there are boxes; what two people changed comes back."),
    ]
}

#[derive(Template, Serialize)]
#[template(path = "accounts/organisation_new.html")]
struct NewPage {
    #[serde(skip)]
    p: Page,
    then: String,
    nipt: String,
    name: String,
    legal_form: String,
    municipality: String,
    #[serde(skip)]
    counties: Vec<County>,
}

/// The municipalities of one county, for lists to choose from.
struct County {
    name: &'static str,
    places: Vec<&'static Place>,
}
fn counties() -> Vec<County> {
    let mut counties: Vec<County> = vec![];
    for place in places::all() {
        match counties.last_mut().filter(|county| county.name == place.county) {
            Some(county) => county.places.push(place),
            None => counties.push(County { name: &place.county, places: vec![place] }),
        }
    }
    counties
}

/// `GET /organisations/new`
async fn new_page(visit: Visit) -> Answer {
    visit.actor()?;
    let then = then_of(visit.asked("then").as_deref());
    visit.show(&new_view(&visit, then, &Fields::default(), vec![]))
}

fn new_view(visit: &Visit, then: String, fields: &Fields, reasons: Vec<Reason>) -> NewPage {
    NewPage {
        p: visit
            .page()
            .with_errors(reasons)
            .with_crumbs(vec![Link::new(visit.t().nav_account(), "/account"), Link::here(visit.t().accounts_organisation_new())]),
        then,
        nipt: fields.get("nipt"),
        name: fields.get("name"),
        legal_form: fields.get("legal_form"),
        municipality: fields.get("municipality"),
        counties: counties(),
    }
}

/// `POST /organisations/new`: a NIPT that is registered gets a clear answer, and its owner a letter.
async fn create(visit: Visit, fields: Fields) -> Answer {
    visit.actor()?;
    let then = then_of(Some(fields.raw("then")));
    let municipality = places::find(fields.raw("municipality")).map(|place| place.code.clone()).unwrap_or_default();
    let (nipt, legal_form) = match rules::new_organisation(fields.raw("nipt"), &fields.get("name"), fields.raw("legal_form"), &municipality) {
        Ok(read) => read,
        Err(reasons) => return visit.show_again(&new_view(&visit, then, &fields, reasons)),
    };
    let profile = Profile { active_in: vec![municipality.clone()], ..Profile::default() };
    let new = NewOrganisation { nipt: nipt.clone(), name: fields.get("name"), acronym: String::new(), legal_form, municipality, profile };
    match visit.perform(move |act| actions::create_organisation(act, &new)).await {
        Ok(organisation) => {
            let to = if then.is_empty() { format!("/organisations/{}", organisation.id) } else { then };
            let doubt = rules::nipt_doubt(&organisation.nipt, visit.now().day());
            let notice = doubt.map_or_else(|| visit.t().accounts_organisation_registered().to_owned(), |doubt| doubt.text.say(visit.t()).to_owned());
            visit.done(&to, &notice, &organisation.id)
        }
        Err(Error::Refused(reasons)) => {
            // The owner may have been asked today already; the answer is the same.
            match visit.perform(move |act| actions::ask_owners(act, &nipt)).await {
                Ok(()) | Err(Error::Slow(_)) => visit.show_again(&new_view(&visit, then, &fields, reasons)),
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

#[derive(Template, Serialize)]
#[template(path = "accounts/organisation.html")]
struct ProfilePage {
    #[serde(skip)]
    p: Page,
    id: OrganisationId,
    nipt: String,
    name: String,
    acronym: String,
    legal_form: LegalForm,
    municipality: String,
    profile: Profile,
    version: i32,
    saved_at: Option<Instant>,
    colleague: Option<Colleague>,
    /// What two people changed at once.
    meanwhile: Vec<Meanwhile>,
    may_edit: bool,
    /// What an application could not be sent without.
    missing: Vec<Reason>,
    /// Why the NIPT looks odd, if it does.
    doubt: Option<Reason>,
    /// Names and marks of what stands in its boxes: a save sends them back.
    #[serde(skip)]
    base: String,
    /// Whose device keeps what could not be sent.
    #[serde(skip)]
    writer: String,
    /// The page that somebody came from to fill it in: an application.
    #[serde(skip)]
    then: String,
    #[serde(skip)]
    counties: Vec<County>,
}
impl ProfilePage {
    fn works_in(&self, place: &Place) -> bool {
        self.profile.active_in.contains(&place.code)
    }
    fn active_names(&self) -> String {
        self.profile.active_in.iter().map(|code| places::name(code)).collect::<Vec<_>>().join(", ")
    }
}

/// What the page looks at.
struct Looked {
    organisation: Organisation,
    colleague: Option<Colleague>,
}

async fn looked(visit: &Visit, id: OrganisationId) -> Result<Looked> {
    let (actor, now) = (visit.actor()?, visit.now());
    visit
        .read(move |conn| {
            let organisation = records::visible_organisation(conn, &actor, id)?;
            let last = organisation.saved_by.zip(organisation.saved_at);
            let colleague = last.map(|(who, at)| colleague(conn, &actor, who, at, now)).transpose()?.flatten();
            Ok(Looked { organisation, colleague })
        })
        .await
}

/// `typed`: what stands in the boxes instead of what is kept, where two changed the same box.
fn profile_view(visit: &Visit, looked: &Looked, then: String, again: Option<(TypedProfile, Vec<Meanwhile>)>) -> Result<ProfilePage> {
    let (actor, t, today) = (visit.actor()?, visit.t(), visit.now().day());
    let organisation = &looked.organisation;
    let base = base_of(&profile::boxes(organisation, today));
    let mut shown = organisation.clone();
    let mut meanwhile = vec![];
    if let Some((typed, theirs)) = again {
        typed.into(&mut shown)?;
        meanwhile = theirs;
    }
    let kept = shown.profile();
    let missing = rules::shortfalls(&shown.name, &shown.acronym, &shown.municipality, &kept);
    // What is merely still empty is no error: the page lists it. What cannot be read, or was written by two, stands beside its box.
    let wrong = missing.iter().filter(|reason| reason.code != rules::MISSING).cloned();
    Ok(ProfilePage {
        p: visit
            .page()
            .with_errors(both(&meanwhile).into_iter().chain(wrong).collect())
            .with_crumbs(vec![came_from(t, &then), Link::here(organisation.name.clone())]),
        id: organisation.id,
        nipt: organisation.nipt.clone(),
        version: organisation.version,
        saved_at: organisation.saved_at,
        colleague: looked.colleague.clone(),
        may_edit: rules::may_edit(&actor, organisation.id),
        missing: missing.into_iter().filter(|reason| reason.code == rules::MISSING).collect(),
        doubt: rules::nipt_doubt(&organisation.nipt, today),
        profile: profile::with_years(kept, today),
        name: shown.name,
        acronym: shown.acronym,
        legal_form: shown.legal_form,
        municipality: shown.municipality,
        meanwhile,
        base,
        writer: actor.person.map(|person| person.to_string()).unwrap_or_default(),
        then,
        counties: counties(),
    })
}

/// `GET /organisations/{organisation}`
async fn profile(visit: Visit, id: Path<OrganisationId>) -> Answer {
    let looked = looked(&visit, id.into_inner()).await?;
    let then = then_of(visit.asked("then").as_deref());
    visit.show(&profile_view(&visit, &looked, then, None)?)
}

/// `POST /organisations/{organisation}`: saves whatever was typed. Where two changed the same box, the page comes again with both texts.
async fn save(visit: Visit, id: Path<OrganisationId>, fields: Fields) -> Answer {
    let id = id.into_inner();
    let typed = TypedProfile::of(&fields);
    let then = then_of(Some(fields.raw("then")));
    let done = |version: i32| {
        let to = if fields.raw("go") == "then" && !then.is_empty() { then.clone() } else { with_then(&format!("/organisations/{id}"), &then) };
        visit.done(&to, visit.t().accounts_profile_saved(), &version)
    };
    if !fields.has("base") {
        let version = fields.raw("version").parse().unwrap_or(0);
        return done(visit.perform(move |act| actions::save_profile(act, id, typed, version)).await?);
    }
    let boxes = profile::typed_boxes(&typed, visit.now().day());
    let sent = changed(&boxes, &fields);
    let written = match visit.perform(move |act| actions::write_profile(act, id, &sent, false)).await {
        Err(Error::NotFound) if !visit.api => return shut_to_form(&visit, &boxes),
        other => other?,
    };
    if written.meanwhile.is_empty() {
        return done(written.version);
    }
    let mut shown = written.boxes;
    for one in &written.meanwhile {
        shown.put_all(&one.name, one.typed.clone());
    }
    let again = (TypedProfile::of(&Fields::new(shown.pairs())), written.meanwhile);
    visit.show_again(&profile_view(&visit, &looked(&visit, id).await?, then, Some(again))?)
}

/// `GET /organisations/{organisation}/boxes`
async fn show_boxes(visit: Visit, id: Path<OrganisationId>) -> Answer {
    let Looked { organisation, colleague } = looked(&visit, id.into_inner()).await?;
    let actor = visit.actor()?;
    if !rules::may_edit(&actor, organisation.id) {
        return Err(Error::NotFound);
    }
    let boxes = profile::boxes(&organisation, visit.now().day());
    let since = visit.asked("since");
    let state = State::of(&boxes, organisation.version, since.as_deref(), organisation.saved_at, &visit.csrf, visit.t()).with(colleague);
    Ok(HttpResponse::Ok().json(state))
}

/// `POST /organisations/{organisation}/boxes`
async fn save_boxes(visit: Visit, id: Path<OrganisationId>, fields: Fields) -> Answer {
    let id = id.into_inner();
    let sent = typed(&fields)?;
    let names: Vec<String> = sent.iter().map(|typed| typed.name.clone()).collect();
    // Who else wrote is known before this save becomes the last one.
    let others = match looked(&visit, id).await {
        Err(Error::NotFound) => return Ok(shut_to_boxes(&visit)),
        other => other?.colleague,
    };
    let written = match visit.perform(move |act| actions::write_profile(act, id, &sent, true)).await {
        Err(Error::NotFound) => return Ok(shut_to_boxes(&visit)),
        other => other?,
    };
    Ok(HttpResponse::Ok().json(Kept::of(&names, &written.boxes, written.meanwhile, written.version, written.saved_at, visit.t()).with(others)))
}
