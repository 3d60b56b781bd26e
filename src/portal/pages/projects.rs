//! `GET /{fund}/projects` with search and filters, and the sheet of one project as the fund publishes it.
use super::{Choice, Row, code_of, home_link, municipality_choices, round_choices, rows, tier_name};
use crate::applications::content::{File, Output};
use crate::applications::records::frozen_file;
use crate::calls::{self, Round};
use crate::contracts::{self, State};
use crate::kernel::{Actor, ApplicationId, Bilingual, Error, Lang, Result, Tr};
use crate::portal::{Project, Wanted, records, state_label};
use crate::programmes::{self, Programme, places};
use crate::store::Conn;
use crate::web::{Answer, Link, Page, Paging, Visit};
use actix_web::web::Path;
use askama::Template;

#[derive(Template, serde::Serialize)]
#[template(path = "portal/projects.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    projects: Vec<Row>,
    paging: Paging,
    #[serde(skip)]
    text: String,
    #[serde(skip)]
    municipalities: Vec<Choice>,
    #[serde(skip)]
    rounds: Vec<Choice>,
    #[serde(skip)]
    tiers: Vec<Choice>,
    #[serde(skip)]
    themes: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
    /// Whether anything was asked for.
    #[serde(skip)]
    chosen: bool,
}

/// What was asked for, word by word as it came.
#[derive(Clone, Default)]
pub(super) struct Asked {
    text: String,
    municipality: String,
    round: String,
    tier: String,
    theme: String,
    state: String,
    page: Option<String>,
}

impl Asked {
    pub(super) fn of(visit: &Visit) -> Self {
        let asked = |name: &str| visit.asked(name).unwrap_or_default();
        Self {
            text: asked("q").chars().take(100).collect(),
            municipality: asked("municipality"),
            round: asked("round"),
            tier: asked("tier"),
            theme: asked("theme"),
            state: asked("state"),
            page: visit.asked("page"),
        }
    }
    /// A word that is not known asks for nothing.
    pub(super) fn wanted(&self, rounds: &[Round]) -> Wanted {
        let tiers = || rounds.iter().flat_map(|round| &round.terms.tiers);
        let themes = || rounds.iter().flat_map(|round| &round.terms.themes);
        Wanted {
            text: self.text.clone(),
            municipality: places::find(&self.municipality).map(|place| place.code.clone()).unwrap_or_default(),
            round: rounds.iter().find(|round| round.code == self.round).map(|round| round.id),
            tier: tiers().find(|tier| tier.key == self.tier).map(|tier| tier.key.clone()).unwrap_or_default(),
            theme: themes().find(|theme| theme.code == self.theme).map(|theme| theme.code.clone()).unwrap_or_default(),
            state: self.state.parse().ok().filter(State::is_project),
        }
    }
    fn is_any(&self) -> bool {
        [&self.text, &self.municipality, &self.round, &self.tier, &self.theme, &self.state].iter().any(|word| !word.is_empty())
    }
}

pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (inner, slug) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { list_page(inner, slug).await }).await
}

async fn list_page(visit: Visit, slug: String) -> Answer {
    let asked = Asked::of(&visit);
    let asks = asked.clone();
    let (programme, all, projects, paging) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let all = calls::records::published_of(conn, programme.id)?;
            let wanted = asks.wanted(&all);
            let paging = Paging::of_size(asks.page.as_deref(), records::count(conn, programme.id, &wanted)?, 25);
            let projects = records::page(conn, programme.id, &wanted, paging.size, paging.offset())?;
            Ok((programme, all, projects, paging))
        })
        .await?;
    let t = visit.t();
    let view = ListPage {
        p: visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), Link::here(t.nav_projects())]),
        projects: rows(projects, &all),
        paging,
        municipalities: municipality_choices(&programme, &asked.municipality),
        rounds: round_choices(&all, &asked.round),
        tiers: tier_choices(&all, &asked.tier),
        themes: theme_choices(&all, &asked.theme),
        states: State::PROJECTS.iter().map(|state| state_choice(*state, &asked.state)).collect(),
        chosen: asked.is_any(),
        text: asked.text,
        slug: programme.slug,
    };
    visit.show(&view)
}

fn tier_choices(rounds: &[Round], chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = vec![];
    for tier in rounds.iter().flat_map(|round| &round.terms.tiers) {
        if !choices.iter().any(|choice| choice.value == tier.key) {
            choices.push(Choice::new(&tier.key, tier.name.clone(), chosen));
        }
    }
    choices
}

fn theme_choices(rounds: &[Round], chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = vec![];
    for theme in rounds.iter().flat_map(|round| &round.terms.themes) {
        if !choices.iter().any(|choice| choice.value == theme.code) {
            choices.push(Choice::new(&theme.code, theme.name.clone(), chosen));
        }
    }
    choices
}

fn state_choice(state: State, chosen: &str) -> Choice {
    Choice::new(state.as_str(), crate::kernel::both(|t| state_label(state, t).to_owned()), chosen)
}

#[derive(Template, serde::Serialize)]
#[template(path = "portal/sheet.html")]
struct SheetPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    round: String,
    #[serde(flatten)]
    project: Project,
    tier_name: Bilingual,
    /// The language in which the organisation wrote.
    written_in: Lang,
    lead: String,
    partners: Vec<String>,
    places: Vec<Place>,
    themes: Vec<Bilingual>,
    overall_objective: String,
    specific_objectives: Vec<String>,
    results: Vec<Outcome>,
    target_groups: String,
    beneficiaries: String,
    summary: String,
    #[serde(skip)]
    inside: Option<String>,
}

#[derive(serde::Serialize)]
struct Place {
    municipality: &'static str,
    county: &'static str,
}

/// A result with its activities, numbered result.activity.
#[derive(serde::Serialize)]
struct Outcome {
    number: usize,
    text: String,
    activities: Vec<Activity>,
}

#[derive(serde::Serialize)]
struct Activity {
    number: String,
    text: String,
}

pub(super) async fn sheet(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (inner, address) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { sheet_page(inner, address).await }).await
}

async fn sheet_page(visit: Visit, (slug, code): (String, String)) -> Answer {
    let actor = visit.maybe_actor();
    let (programme, all, project, language, file, inside) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let project = records::project(conn, programme.id, &code)?;
            let all = calls::records::published_of(conn, programme.id)?;
            let language = records::language(conn, &project)?;
            let file = frozen_file(conn, project.application_id)?;
            let inside = actor.map_or(Ok(None), |actor| inside(conn, &actor, project.application_id))?;
            Ok((programme, all, project, language, file, inside))
        })
        .await?;
    let t = visit.t();
    let projects = Link::new(t.nav_projects(), format!("/{}/projects", programme.slug));
    let p = visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), projects, Link::here(&project.code)]);
    visit.show(&SheetPage { inside, ..sheet_of(p, &programme, &all, project, language, file) })
}

/// The project's working page, for whoever may see it: there every figure leads to its voucher.
fn inside(conn: &mut Conn, actor: &Actor, application: ApplicationId) -> Result<Option<String>> {
    let Some(contract) = contracts::records::of_application(conn, application)? else { return Ok(None) };
    match contracts::records::find(conn, actor, contract.id) {
        Ok(contract) => Ok(Some(format!("/projects/{}", contract.id))),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

fn sheet_of(p: Page, programme: &Programme, all: &[Round], project: Project, written_in: Lang, file: File) -> SheetPage {
    let round = all.iter().find(|round| round.id == project.round_id);
    let theme = |code: &String| round.and_then(|round| round.terms.theme(code)).map(|theme| theme.name.clone());
    let place = |code: &String| places::find(code).map(|place| Place { municipality: &place.name, county: &place.county });
    SheetPage {
        slug: programme.slug.clone(),
        round: code_of(all, project.round_id),
        tier_name: tier_name(round, &project.tier),
        written_in,
        lead: named(&project.organisation_name, &file.organisation.acronym),
        partners: file.partners.partners.iter().map(|partner| partner.name.clone()).collect(),
        places: file.summary.municipalities.iter().filter_map(place).collect(),
        themes: file.summary.themes.iter().filter_map(theme).collect(),
        overall_objective: file.logframe.impact,
        specific_objectives: file.logframe.outcomes.into_iter().map(|outcome| outcome.text).collect(),
        results: file.logframe.outputs.iter().enumerate().map(result).collect(),
        target_groups: file.description.target_groups,
        beneficiaries: file.description.beneficiaries,
        summary: summary(&file.summary.summary_sq, &file.summary.summary_en, p.t),
        inside: None,
        project,
        p,
    }
}

/// The summary in the reader's language, or else in the other one.
fn summary(sq: &str, en: &str, t: Tr) -> String {
    let (wished, other) = if t.0 == Lang::Sq { (sq, en) } else { (en, sq) };
    if wished.trim().is_empty() { other.to_owned() } else { wished.to_owned() }
}

fn named(name: &str, acronym: &str) -> String {
    if acronym.is_empty() || name.contains(acronym) { name.to_owned() } else { format!("{name} ({acronym})") }
}

fn result((place, output): (usize, &Output)) -> Outcome {
    let activity = |(number, activity): (usize, &crate::applications::content::Activity)| Activity {
        number: format!("{}.{}", place + 1, number + 1),
        text: activity.text.clone(),
    };
    Outcome { number: place + 1, text: output.text.clone(), activities: output.activities.iter().enumerate().map(activity).collect() }
}
