//! Pages of partners, summary, description, experience and declarations: one form a part, rows by named buttons.
use super::Part;
use super::content::{Capacity, Declarations, Description, File, Partner, PartnerSignature, Summary};
use super::part_pages::{self, After, Again, Form, Opened};
use super::partner_pages;
use super::partnerships::Partnership;
use super::reading::FileView;
use super::rules::{self, DESCRIPTION};
use crate::calls::{Declaration, Terms};
use crate::kernel::{ApplicationId, Bilingual, Error, Instant, PartnershipId, Reason};
use crate::programmes::places::{self, Place};
use crate::web::{Answer, Door, Fields, Page, Visit, get, post};
use actix_web::web;
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/partners", show_partners).api("The partners of an application with what still lacks."),
        post("/applications/{application}/partners", save_partners).api("Saves the partners: `partners.KEY.name` and so on."),
        get("/applications/{application}/summary", show_summary).api("Title, size, place, duration and the summaries."),
        post("/applications/{application}/summary", save_summary).api("Saves the summary, whatever it says."),
        get("/applications/{application}/description", show_description).api("The description of the project."),
        post("/applications/{application}/description", save_description).api("Saves the description, whatever it says."),
        get("/applications/{application}/capacity", show_capacity).api("Earlier projects and the team."),
        post("/applications/{application}/capacity", save_capacity).api("Saves earlier projects and the team."),
        get("/applications/{application}/declarations", show_declarations).api("The declarations of an application."),
        post("/applications/{application}/declarations", save_declarations).api("Saves the declarations: `agreed` as often as there are sentences."),
    ]
}

/// What all these pages have in common.
#[derive(serde::Serialize)]
struct Frame {
    form: Form,
    writable: bool,
    part: Part,
    shortfalls: Vec<Reason>,
    #[serde(skip)]
    title: &'static str,
    #[serde(skip)]
    lede: &'static str,
    /// As it is kept, for reading.
    #[serde(skip)]
    file: FileView,
}

/// The frame and the page, with what is typed and not yet kept.
fn frame(visit: &Visit, opened: &Opened, again: Option<&Again>, typed: &File) -> (Frame, Page) {
    let (t, part) = (visit.t(), opened.part);
    let (title, lede) = match part {
        Part::Partners => (t.application_step_partners(), t.application_lede_partners()),
        Part::Summary => (t.application_step_summary(), t.application_lede_summary()),
        Part::Description => (t.application_step_description(), t.application_lede_description()),
        Part::Capacity => (t.application_step_capacity(), t.application_lede_capacity()),
        _ => (t.application_step_declarations(), t.application_lede_declarations()),
    };
    let shortfalls: Vec<Reason> = rules::shortfalls_of(typed, &opened.round).into_iter().filter(|reason| rules::part_of(reason) == part.as_str()).collect();
    let p = opened.page(visit, title, &shortfalls, again);
    let frame = Frame {
        form: opened.form(visit, again),
        writable: opened.writable,
        part,
        shortfalls,
        title,
        lede,
        file: FileView::of(opened.file.clone(), &opened.round),
    };
    (frame, p)
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/partners.html")]
struct PartnersPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    partners: Vec<Partner>,
    /// Who writes and signs for them.
    at_work: Vec<AtWork>,
    /// Submission waits until every partner has signed.
    must_sign: bool,
    #[serde(skip)]
    places: &'static [Place],
}
impl PartnersPage {
    fn of(&self, partner: &Partner) -> Option<&AtWork> {
        self.at_work.iter().find(|one| one.partner == partner.key)
    }
    /// What was signed, where it stands under what is kept.
    fn signed(&self, partner: &Partner) -> Option<&PartnerSignature> {
        self.frame.file.file.partners.partners.iter().find(|kept| kept.key == partner.key).and_then(|kept| kept.signed.as_ref())
    }
}

/// A partner's person, or the invitation that nobody has accepted yet.
#[derive(serde::Serialize)]
struct AtWork {
    id: PartnershipId,
    partner: String,
    email: String,
    invited_at: Instant,
    /// None until somebody accepted.
    name: Option<String>,
    has_signed: bool,
}
impl AtWork {
    fn of(partnership: &Partnership) -> Self {
        Self {
            id: partnership.id,
            partner: partnership.partner.clone(),
            email: partnership.email.clone(),
            invited_at: partnership.invited_at,
            name: partnership.accepted_at.map(|_| partnership.person_name.clone()),
            has_signed: partnership.signed_at.is_some(),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/summary.html")]
struct SummaryPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    summary: Summary,
    #[serde(skip)]
    terms: Terms,
    /// The municipalities of the call: code and name.
    #[serde(skip)]
    places: Vec<(String, String)>,
    #[serde(skip)]
    main_place: String,
    /// A start that can be read as a day is shown in a box for days; anything else as it was typed.
    #[serde(skip)]
    start_kind: &'static str,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/description.html")]
struct DescriptionPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    description: Description,
}
impl DescriptionPage {
    fn said(&self, label: &rules::Label) -> &'static str {
        label(self.p.t)
    }
    fn hint(&self, field: &str) -> &'static str {
        let t = self.p.t;
        match field {
            "problem" => t.application_hint_problem(),
            "target_groups" => t.application_hint_target_groups(),
            "beneficiaries" => t.application_hint_beneficiaries(),
            "methodology" => t.application_hint_methodology(),
            "monitoring" => t.application_hint_monitoring(),
            "sustainability" => t.application_hint_sustainability(),
            "added_value" => t.application_hint_added_value(),
            _ => t.application_hint_visibility(),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/capacity.html")]
struct CapacityPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    capacity: Capacity,
}

/// One sentence of the call with its box.
struct Sentence {
    key: String,
    wording: Bilingual,
    agreed: bool,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/declarations.html")]
struct DeclarationsPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    declarations: Declarations,
    #[serde(skip)]
    sentences: Vec<Sentence>,
}

/// Shows the part as it is kept, or as it was typed when not all of it could be saved.
fn page(visit: &Visit, opened: &Opened, again: Option<Again>) -> Answer {
    let mut typed = opened.file.clone();
    if let Some(again) = &again {
        again.content.clone().put_into(&mut typed);
    }
    let (frame, p) = frame(visit, opened, again.as_ref(), &typed);
    let again = again.is_some();
    match opened.part {
        Part::Partners => {
            let at_work = opened.partnerships.iter().map(AtWork::of).collect();
            let must_sign = opened.round.terms.partners_sign;
            show(visit, again, &PartnersPage { p, frame, partners: typed.partners.partners, at_work, must_sign, places: places::all() })
        }
        Part::Summary => show(visit, again, &summary_page(p, frame, opened, typed.summary)),
        Part::Description => show(visit, again, &DescriptionPage { p, frame, description: typed.description }),
        Part::Capacity => show(visit, again, &CapacityPage { p, frame, capacity: typed.capacity }),
        _ => show(visit, again, &declarations_page(p, frame, &opened.round.terms.declarations, typed.declarations)),
    }
}

fn show<V: Template + serde::Serialize>(visit: &Visit, again: bool, view: &V) -> Answer {
    if again { visit.show_again(view) } else { visit.show(view) }
}

fn summary_page(p: Page, frame: Frame, opened: &Opened, summary: Summary) -> SummaryPage {
    let terms = opened.round.terms.clone();
    let readable = summary.starts_on.is_empty() || summary.starts_on.parse::<crate::kernel::Day>().is_ok();
    SummaryPage {
        p,
        frame,
        places: terms.municipalities.iter().map(|code| (code.clone(), places::name(code).to_owned())).collect(),
        main_place: summary.municipalities.first().cloned().unwrap_or_default(),
        start_kind: if readable { "date" } else { "text" },
        summary,
        terms,
    }
}

fn declarations_page(p: Page, frame: Frame, wanted: &[Declaration], declarations: Declarations) -> DeclarationsPage {
    let sentence = |declaration: &Declaration| Sentence {
        key: declaration.key.clone(),
        wording: declaration.wording.clone(),
        agreed: declarations.agreed.contains(&declaration.key),
    };
    DeclarationsPage { p, frame, sentences: wanted.iter().map(sentence).collect(), declarations }
}

async fn show_partners(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    show_part(visit, path, Part::Partners).await
}

/// Two of its buttons do more than save: `invite` with a partner's row, `end` with the access that was given.
async fn save_partners(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    match part_pages::save(&visit, id, Part::Partners, &fields).await? {
        After::Led(answer) => {
            if !answer.as_ref().is_ok_and(|answer| answer.status().is_redirection()) {
                return answer;
            }
            let invited = fields.get("invite");
            if !invited.is_empty() {
                return match partner_pages::invite(&visit, id, invited).await {
                    Err(Error::Invalid(reasons) | Error::Refused(reasons)) => invitation_refused(&visit, id, reasons).await,
                    done => done,
                };
            }
            match fields.get("end").parse() {
                Ok(ended) => partner_pages::end_one(&visit, ended).await,
                Err(_) => answer,
            }
        }
        After::Again(opened, again) => page(&visit, &opened, Some(again)),
    }
}

/// The partners as they were just saved, with why one could not be invited.
async fn invitation_refused(visit: &Visit, id: ApplicationId, reasons: Vec<Reason>) -> Answer {
    let opened = part_pages::opened(visit, id, Part::Partners).await?;
    let again = Again { content: opened.file.part(Part::Partners), reasons, meanwhile: vec![] };
    page(visit, &opened, Some(again))
}

async fn show_summary(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    show_part(visit, path, Part::Summary).await
}

async fn save_summary(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    save(visit, path, fields, Part::Summary).await
}

async fn show_description(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    show_part(visit, path, Part::Description).await
}

async fn save_description(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    save(visit, path, fields, Part::Description).await
}

async fn show_capacity(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    show_part(visit, path, Part::Capacity).await
}

async fn save_capacity(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    save(visit, path, fields, Part::Capacity).await
}

async fn show_declarations(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    show_part(visit, path, Part::Declarations).await
}

async fn save_declarations(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    save(visit, path, fields, Part::Declarations).await
}

async fn show_part(visit: Visit, path: web::Path<ApplicationId>, part: Part) -> Answer {
    page(&visit, &part_pages::opened(&visit, path.into_inner(), part).await?, None)
}

/// Saves and leads on; whatever went wrong, what was typed comes back.
async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields, part: Part) -> Answer {
    match part_pages::save(&visit, path.into_inner(), part, &fields).await? {
        After::Led(answer) => answer,
        After::Again(opened, again) => page(&visit, &opened, Some(again)),
    }
}
