//! Pages of partners, summary, description, experience and declarations: one form a part, rows by named buttons.
use super::Part;
use super::content::{Capacity, Declarations, Description, File, Member, PartContent, Partner, Partners, Risk, SimilarProject, Summary};
use super::logframe::fresh_key;
use super::part_pages::{self, After, Opened, pressed};
use super::reading::FileView;
use super::rules::{self, DESCRIPTION};
use crate::calls::{Declaration, Terms};
use crate::kernel::{ApplicationId, Bilingual, Reason};
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
    application: ApplicationId,
    version: i32,
    writable: bool,
    part: Part,
    shortfalls: Vec<Reason>,
    /// The field in which its writer goes on.
    /// Somebody else saved the part meanwhile: the page shows theirs beside what was typed.
    #[serde(skip)]
    stale: bool,
    #[serde(skip)]
    title: &'static str,
    #[serde(skip)]
    lede: &'static str,
    /// As it is kept, for reading.
    #[serde(skip)]
    file: FileView,
}

/// The frame and the page: `typed` and `reasons` when a save did not succeed.
fn frame(visit: &Visit, opened: &Opened, part: Part, reasons: Option<&[Reason]>, typed: &File) -> (Frame, Page) {
    let t = visit.t();
    let (title, lede) = match part {
        Part::Partners => (t.application_step_partners(), t.application_lede_partners()),
        Part::Summary => (t.application_step_summary(), t.application_lede_summary()),
        Part::Description => (t.application_step_description(), t.application_lede_description()),
        Part::Capacity => (t.application_step_capacity(), t.application_lede_capacity()),
        _ => (t.application_step_declarations(), t.application_lede_declarations()),
    };
    let shortfalls: Vec<Reason> = rules::shortfalls_of(typed, &opened.round).into_iter().filter(|reason| rules::part_of(reason) == part.as_str()).collect();
    let mut p = opened.page(visit, title, &shortfalls);
    let stale = reasons.is_some_and(|reasons| reasons.iter().any(|reason| reason.code == "stale"));
    if let Some(reasons) = reasons {
        p.errors.splice(0..0, reasons.iter().map(part_pages::on_page));
    }
    let frame = Frame {
        application: opened.application.id,
        version: opened.version,
        writable: opened.writable,
        part,
        shortfalls,
        stale,
        title,
        lede,
        file: FileView::of(opened.file.clone(), &opened.round),
    };
    (frame, p)
}

async fn opened(visit: &Visit, id: ApplicationId, part: Part) -> crate::kernel::Result<Opened> {
    let actor = visit.actor()?;
    visit.read(move |conn| part_pages::open(conn, &actor, id, part)).await
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/partners.html")]
struct PartnersPage {
    #[serde(skip)]
    p: Page,
    frame: Frame,
    partners: Vec<Partner>,
    #[serde(skip)]
    places: &'static [Place],
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

/// Shows the part as it is kept, or as it was typed when a save did not succeed.
fn page(visit: &Visit, opened: &Opened, part: Part, again: Option<(PartContent, Vec<Reason>)>) -> Answer {
    let mut typed = opened.file.clone();
    let reasons = again.map(|(content, reasons)| {
        content.put_into(&mut typed);
        reasons
    });
    let (frame, p) = frame(visit, opened, part, reasons.as_deref(), &typed);
    match part {
        Part::Partners => show(visit, reasons.is_some(), &PartnersPage { p, frame, partners: typed.partners.partners, places: places::all() }),
        Part::Summary => show(visit, reasons.is_some(), &summary_page(p, frame, opened, typed.summary)),
        Part::Description => show(visit, reasons.is_some(), &DescriptionPage { p, frame, description: typed.description }),
        Part::Capacity => show(visit, reasons.is_some(), &CapacityPage { p, frame, capacity: typed.capacity }),
        _ => show(visit, reasons.is_some(), &declarations_page(p, frame, &opened.round.terms.declarations, typed.declarations)),
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

/// Saves and leads on; whatever went wrong, what was typed comes back.
async fn save(visit: &Visit, id: ApplicationId, fields: &Fields, content: PartContent, focus: Option<String>, next: &str) -> Answer {
    let part = content.part();
    let before = opened(visit, id, part).await?;
    match part_pages::save(visit, id, content.clone(), fields, focus, false, next).await? {
        After::Led(answer) => answer,
        After::Again(reasons) => page(visit, &before, part, Some((content, reasons))),
    }
}

/// A row of a repeater.
trait Row: Default {
    const LIST: &'static str;
    const LETTER: char;
    const FIRST: &'static str;
    fn key(&mut self) -> &mut String;
    fn read(get: &dyn Fn(&str) -> String) -> Self;
}

/// The rows as they were sent, each with a key of its own that goes into addresses safely.
fn rows<R: Row>(fields: &Fields) -> Vec<R> {
    let mut rows: Vec<R> = vec![];
    let mut taken: Vec<String> = vec![];
    for sent in fields.rows(R::LIST) {
        let mut row = R::read(&|field| fields.get(&format!("{}.{sent}.{field}", R::LIST)));
        let plain = sent.len() <= 12 && sent.starts_with(R::LETTER) && sent.chars().all(|letter| letter.is_ascii_alphanumeric());
        *row.key() = if plain && !taken.contains(&sent) { sent } else { fresh_key(R::LETTER, taken.iter().map(String::as_str)) };
        taken.push(row.key().clone());
        rows.push(row);
    }
    rows
}

/// Does what the pressed button names, when it names this list; the field in which its writer goes on.
fn press<R: Row>(fields: &Fields, rows: &mut Vec<R>) -> Option<String> {
    let (verb, what) = pressed(fields)?;
    let (list, key) = what.split_once('.').unwrap_or((what.as_str(), ""));
    if list != R::LIST {
        return None;
    }
    if verb == "add" {
        let taken: Vec<String> = rows.iter_mut().map(|row| row.key().clone()).collect();
        let mut row = R::default();
        *row.key() = fresh_key(R::LETTER, taken.iter().map(String::as_str));
        let field = format!("{}.{}.{}", R::LIST, row.key(), R::FIRST);
        rows.push(row);
        return Some(field);
    }
    let at = rows.iter_mut().position(|row| row.key() == key)?;
    match verb {
        "del" => {
            rows.remove(at);
            Some(format!("add-{}", R::LIST))
        }
        "up" if at > 0 => {
            rows.swap(at, at - 1);
            Some(format!("{}.{key}.{}", R::LIST, R::FIRST))
        }
        _ => None,
    }
}

impl Row for Partner {
    const LIST: &'static str = "partners";
    const LETTER: char = 'p';
    const FIRST: &'static str = "name";
    fn key(&mut self) -> &mut String {
        &mut self.key
    }
    fn read(get: &dyn Fn(&str) -> String) -> Self {
        Self {
            key: String::new(),
            name: get("name"),
            nipt: get("nipt"),
            municipality: get("municipality"),
            representative: get("representative"),
            email: get("email"),
            role: get("role"),
        }
    }
}
impl Row for Risk {
    const LIST: &'static str = "risks";
    const LETTER: char = 'r';
    const FIRST: &'static str = "risk";
    fn key(&mut self) -> &mut String {
        &mut self.key
    }
    fn read(get: &dyn Fn(&str) -> String) -> Self {
        Self { key: String::new(), risk: get("risk"), mitigation: get("mitigation") }
    }
}
impl Row for SimilarProject {
    const LIST: &'static str = "projects";
    const LETTER: char = 's';
    const FIRST: &'static str = "title";
    fn key(&mut self) -> &mut String {
        &mut self.key
    }
    fn read(get: &dyn Fn(&str) -> String) -> Self {
        Self { key: String::new(), title: get("title"), donor: get("donor"), amount: get("amount"), years: get("years"), role: get("role") }
    }
}
impl Row for Member {
    const LIST: &'static str = "team";
    const LETTER: char = 'm';
    const FIRST: &'static str = "name";
    fn key(&mut self) -> &mut String {
        &mut self.key
    }
    fn read(get: &dyn Fn(&str) -> String) -> Self {
        Self { key: String::new(), name: get("name"), role: get("role"), time: get("time") }
    }
}

async fn show_partners(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, &opened(&visit, path.into_inner(), Part::Partners).await?, Part::Partners, None)
}

async fn save_partners(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let mut partners: Vec<Partner> = rows(&fields);
    let focus = press(&fields, &mut partners);
    save(&visit, path.into_inner(), &fields, PartContent::Partners(Partners { partners }), focus, "summary").await
}

async fn show_summary(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, &opened(&visit, path.into_inner(), Part::Summary).await?, Part::Summary, None)
}

async fn save_summary(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let mut municipalities = fields.all("municipalities");
    let main = fields.get("main_municipality");
    if !main.is_empty() {
        municipalities.retain(|code| *code != main);
        municipalities.insert(0, main);
    }
    let summary = Summary {
        title: fields.get("title"),
        tier: fields.get("tier"),
        themes: fields.all("themes"),
        municipalities,
        months: fields.get("months"),
        starts_on: fields.get("starts_on"),
        summary_sq: fields.get("summary_sq"),
        summary_en: fields.get("summary_en"),
    };
    save(&visit, path.into_inner(), &fields, PartContent::Summary(summary), None, "description").await
}

async fn show_description(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, &opened(&visit, path.into_inner(), Part::Description).await?, Part::Description, None)
}

async fn save_description(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let mut risks: Vec<Risk> = rows(&fields);
    let focus = press(&fields, &mut risks);
    let description = Description {
        problem: fields.get("problem"),
        target_groups: fields.get("target_groups"),
        women: fields.get("women"),
        men: fields.get("men"),
        beneficiaries: fields.get("beneficiaries"),
        methodology: fields.get("methodology"),
        risks,
        monitoring: fields.get("monitoring"),
        sustainability: fields.get("sustainability"),
        added_value: fields.get("added_value"),
        visibility: fields.get("visibility"),
    };
    save(&visit, path.into_inner(), &fields, PartContent::Description(description), focus, "logframe").await
}

async fn show_capacity(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, &opened(&visit, path.into_inner(), Part::Capacity).await?, Part::Capacity, None)
}

async fn save_capacity(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let (mut projects, mut team): (Vec<SimilarProject>, Vec<Member>) = (rows(&fields), rows(&fields));
    let focus = press(&fields, &mut projects).or_else(|| press(&fields, &mut team));
    save(&visit, path.into_inner(), &fields, PartContent::Capacity(Capacity { projects, team }), focus, "attachments").await
}

async fn show_declarations(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    page(&visit, &opened(&visit, path.into_inner(), Part::Declarations).await?, Part::Declarations, None)
}

async fn save_declarations(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let declarations = Declarations {
        agreed: fields.all("agreed"),
        wordings: vec![],
        name: fields.get("name"),
        position: fields.get("position"),
        conflicts: fields.get("conflicts"),
        other_funding: fields.get("other_funding"),
    };
    save(&visit, path.into_inner(), &fields, PartContent::Declarations(declarations), None, "check").await
}
