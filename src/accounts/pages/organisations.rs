//! Organisations: registering one, its profile.
use super::then_of;
use crate::accounts::actions::{self, NewOrganisation, TypedProfile};
use crate::accounts::{LegalForm, Organisation, Profile, Turnover, records, rules};
use crate::kernel::places::{self, Place};
use crate::kernel::{Error, OrganisationId, Reason, Result};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;
use serde::Serialize;

pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/organisations/new", new_page),
        post("/organisations/new", create),
        get("/organisations/{organisation}", profile).api("An organisation's profile, for those who write for it."),
        post("/organisations/{organisation}", save),
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
    may_edit: bool,
    /// What an application could not be sent without.
    missing: Vec<Reason>,
    /// Why the NIPT looks odd, if it does.
    doubt: Option<Reason>,
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

fn profile_view(visit: &Visit, organisation: &Organisation, reasons: Vec<Reason>) -> Result<ProfilePage> {
    let actor = visit.actor()?;
    let mut profile = organisation.profile();
    let year = visit.now().day().0.year();
    for before in 1..=3 {
        if profile.turnover.len() < before {
            let year = year - i16::try_from(before).unwrap_or(1);
            profile.turnover.push(Turnover { year: year.to_string(), euros: String::new() });
        }
    }
    Ok(ProfilePage {
        p: visit.page().with_errors(reasons).with_crumbs(vec![Link::new(visit.t().nav_account(), "/account"), Link::here(organisation.name.clone())]),
        id: organisation.id,
        nipt: organisation.nipt.clone(),
        name: organisation.name.clone(),
        acronym: organisation.acronym.clone(),
        legal_form: organisation.legal_form,
        municipality: organisation.municipality.clone(),
        version: organisation.version,
        may_edit: rules::may_edit(&actor, organisation.id),
        missing: rules::shortfalls(&organisation.name, &organisation.acronym, &organisation.municipality, &profile),
        doubt: rules::nipt_doubt(&organisation.nipt, visit.now().day()),
        profile,
        counties: counties(),
    })
}

/// `GET /organisations/{organisation}`
async fn profile(visit: Visit, id: Path<OrganisationId>) -> Answer {
    let actor = visit.actor()?;
    let organisation = visit.read(move |conn| records::visible_organisation(conn, &actor, id.into_inner())).await?;
    visit.show(&profile_view(&visit, &organisation, vec![])?)
}

fn typed_profile(fields: &Fields) -> TypedProfile {
    let text = |name: &str| fields.get(name);
    let turnover = fields.rows("turnover");
    TypedProfile {
        version: fields.raw("version").parse().unwrap_or(0),
        name: text("name"),
        acronym: text("acronym"),
        legal_form: fields.raw("legal_form").parse().ok(),
        municipality: places::find(fields.raw("municipality")).map(|place| place.code.clone()).unwrap_or_default(),
        profile: Profile {
            name_en: text("name_en"),
            registration: text("registration"),
            registered_on: text("registered_on"),
            address: text("address"),
            postcode: text("postcode"),
            active_in: fields.all("active_in").into_iter().filter(|code| places::find(code).is_some()).collect(),
            phone: text("phone"),
            email: text("profile_email"),
            website: text("website"),
            representative: text("representative"),
            representative_position: text("representative_position"),
            representative_email: text("representative_email"),
            contact: text("contact"),
            contact_email: text("contact_email"),
            contact_phone: text("contact_phone"),
            mission: text("mission"),
            staff_women: text("staff_women"),
            staff_men: text("staff_men"),
            volunteers: text("volunteers"),
            members: text("members"),
            board_women: text("board_women"),
            board_men: text("board_men"),
            turnover: turnover
                .iter()
                .map(|row| Turnover { year: text(&format!("turnover.{row}.year")), euros: text(&format!("turnover.{row}.euros")) })
                .collect(),
            donors: text("donors"),
            finances: text("finances"),
            vat_registered: fields.raw("vat_registered") == "yes",
        },
    }
}

/// `POST /organisations/{organisation}`: saves whatever was typed. Who was overtaken gets their own text back, with the new version under it.
async fn save(visit: Visit, id: Path<OrganisationId>, fields: Fields) -> Answer {
    let id = id.into_inner();
    let typed = typed_profile(&fields);
    let kept = typed.clone();
    match visit.perform(move |act| actions::save_profile(act, id, typed)).await {
        Ok(organisation) => {
            let to = then_of(Some(fields.raw("then")));
            let to = if to.is_empty() { format!("/organisations/{id}") } else { to };
            visit.done(&to, visit.t().accounts_profile_saved(), &organisation.version)
        }
        Err(Error::Stale) => {
            let actor = visit.actor()?;
            let mut organisation = visit.read(move |conn| records::visible_organisation(conn, &actor, id)).await?;
            organisation.name = kept.name;
            organisation.acronym = kept.acronym;
            organisation.legal_form = kept.legal_form.unwrap_or(organisation.legal_form);
            organisation.municipality = kept.municipality;
            organisation.profile = serde_json::to_string(&kept.profile).map_err(crate::kernel::fault)?;
            let stale = Reason::new("stale", "", |t| t.accounts_profile_stale().into());
            visit.show_again(&profile_view(&visit, &organisation, vec![stale])?)
        }
        Err(error) => Err(error),
    }
}
