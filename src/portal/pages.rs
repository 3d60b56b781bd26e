//! The public pages' doors, the list of funds, and what the pages share.
mod calendar;
mod call;
mod files;
mod home;
mod plain;
mod projects;
mod results;
mod self_check;

use super::{Project, Tally};
use crate::calls::{self, Phase, Round};
use crate::kernel::{Bilingual, Money, RoundId, Tr};
use crate::programmes::{self, Programme, map, places};
use crate::web::{Answer, Door, Link, Page, Visit, get};
use askama::Template;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/", funds),
        get("/help", plain::help).api("How one applies, and whom one asks."),
        get("/privacy", plain::privacy).api("What is kept about whom, who sees it, for how long."),
        get("/{fund}", home::show).api("The fund's public home: open calls, figures, the latest projects."),
        get("/{fund}/calls/{round}", call::show).api("A published call with all its terms."),
        get("/{fund}/calls/{round}/deadline.ics", calendar::deadline).api("When the call closes, as a calendar's file."),
        get("/{fund}/calls/{round}/self-check", self_check::show)
            .api("Whether an organisation may apply: legal_form, seat, place (municipality codes), amount in EUR, months; each may be left out."),
        get("/{fund}/projects", projects::list).api("Awarded projects; q, municipality, round, tier, theme and state choose among them."),
        get("/{fund}/projects.csv", files::projects).api("The same projects as a file of comma-separated values, with the same choices."),
        get("/{fund}/projects/{code}", projects::sheet).api("The public sheet of one project."),
        get("/{fund}/results", results::list).api("The fund's rounds with their results as counts."),
        get("/{fund}/results/{round}", results::show).api("The result of a round: counts, and who was awarded."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "portal/funds.html")]
struct FundsPage {
    #[serde(skip)]
    p: Page,
    funds: Vec<FundCard>,
}

#[derive(serde::Serialize)]
struct FundCard {
    slug: String,
    name: Bilingual,
    full_name: Bilingual,
    explanation: Bilingual,
    funded_by: Bilingual,
    open: Vec<OpenCall>,
}

/// A call that takes applications now, in one line.
#[derive(serde::Serialize)]
struct OpenCall {
    code: String,
    name: Bilingual,
    closing: String,
}

/// `GET /`: the funds; where there is only one, straight to it.
async fn funds(visit: Visit) -> Answer {
    let inner = visit.clone();
    visit.remember(|| async move { funds_page(inner).await }).await
}

async fn funds_page(visit: Visit) -> Answer {
    let (funds, rounds) = visit.read(|conn| Ok((programmes::records::all(conn)?, calls::records::published_of_all(conn)?))).await?;
    if let [only] = funds.as_slice() {
        return visit.go(&format!("/{}", only.slug));
    }
    let (t, now) = (visit.t(), visit.now());
    let open = |fund: &Programme| {
        let mine = rounds.iter().filter(|round| round.programme_id == fund.id && round.takes_applications(now));
        mine.map(|round| OpenCall { code: round.code.clone(), name: round.terms.name.clone(), closing: round.closing_sentence(t) }).collect()
    };
    let card = |fund: &Programme| FundCard {
        slug: fund.slug.clone(),
        name: fund.terms.name.clone(),
        full_name: fund.terms.full_name.clone(),
        explanation: fund.terms.explanation.clone(),
        funded_by: fund.terms.funder.funded_by.clone(),
        open: open(fund),
    };
    visit.show(&FundsPage { p: visit.page(), funds: funds.iter().map(card).collect() })
}

/// A project in a table, with the names of what it refers to.
#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    project: Project,
    round: String,
    tier_name: Bilingual,
    municipality_name: String,
}

/// Rows for these projects.
fn rows(projects: Vec<Project>, rounds: &[Round]) -> Vec<Row> {
    let row = |project: Project| {
        let round = rounds.iter().find(|round| round.id == project.round_id);
        Row {
            round: round.map(|round| round.code.clone()).unwrap_or_default(),
            tier_name: tier_name(round, &project.tier),
            municipality_name: places::name(&project.municipality).to_owned(),
            project,
        }
    };
    projects.into_iter().map(row).collect()
}

/// The name that a round gives to this size.
fn tier_name(round: Option<&Round>, tier: &str) -> Bilingual {
    round.and_then(|round| round.tier(tier)).map_or_else(|| Bilingual::same(tier), |tier| tier.name.clone())
}

/// Something to choose in a filter.
#[derive(Clone, Debug, serde::Serialize)]
struct Choice {
    value: String,
    name: Bilingual,
    chosen: bool,
}

impl Choice {
    fn new(value: &str, name: Bilingual, chosen: &str) -> Self {
        Self { value: value.to_owned(), name, chosen: value == chosen }
    }
}

/// The fund's municipalities to choose from.
fn municipality_choices(programme: &Programme, chosen: &str) -> Vec<Choice> {
    let all = programme.terms.municipalities.iter();
    let mut choices: Vec<Choice> = all.map(|code| Choice::new(code, Bilingual::same(places::name(code)), chosen)).collect();
    choices.sort_by_key(|choice| crate::kernel::folded(&choice.name.sq));
    choices
}

/// The public's rounds to choose from.
fn round_choices(rounds: &[Round], chosen: &str) -> Vec<Choice> {
    rounds.iter().map(|round| Choice::new(&round.code, round.terms.name.clone(), chosen)).collect()
}

/// A municipality in the table beside the map.
#[derive(serde::Serialize)]
struct PlaceRow {
    code: String,
    name: &'static str,
    county: &'static str,
    projects: i64,
    money: Money,
}

/// Every municipality of the fund with what there is in it; most first.
fn place_rows(municipalities: &[String], found: &BTreeMap<String, Tally>) -> Vec<PlaceRow> {
    let row = |code: &String| {
        let place = places::find(code)?;
        let tally = found.get(code).copied().unwrap_or_default();
        Some(PlaceRow { code: code.clone(), name: &place.name, county: &place.county, projects: tally.projects, money: tally.money })
    };
    let mut rows: Vec<PlaceRow> = municipalities.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.projects), crate::kernel::folded(row.name)));
    rows
}

/// The map of these rows, where the fund works within it.
fn map_of(municipalities: &[String], rows: &[PlaceRow]) -> Option<map::Map> {
    let count = |code: &str| rows.iter().find(|row| row.code == code).map_or(0, |row| row.projects);
    map::covers(municipalities).then(|| map::north(count)).flatten()
}

/// All figures of the map in words, for whoever does not see it.
fn map_in_words(rows: &[PlaceRow], t: impl Borrow<Tr>) -> String {
    let t = *t.borrow();
    let some: Vec<String> = rows.iter().filter(|row| row.projects > 0).map(|row| format!("{} {}", row.name, row.projects)).collect();
    let none = rows.iter().filter(|row| row.projects == 0).count();
    let mut words = some.join(", ");
    if none > 0 {
        let rest = if some.is_empty() { t.portal_map_all_none() } else { &t.portal_map_others_none(none) };
        words = if words.is_empty() { rest.to_owned() } else { format!("{words}; {rest}") };
    }
    format!("{words}. {}", t.portal_map_see_table())
}

/// Published rounds that the public may see, by what they are now.
fn in_phase(rounds: &[Round], phase: Phase, now: crate::kernel::Instant) -> Vec<&Round> {
    rounds.iter().filter(|round| round.phase(now) == phase).collect()
}

/// The first crumb of every page within a fund.
fn home_link(programme: &Programme, t: Tr) -> Link {
    Link::new(programme.terms.name.say(t), format!("/{}", programme.slug))
}

/// The round with this id among these.
fn code_of(rounds: &[Round], id: RoundId) -> String {
    rounds.iter().find(|round| round.id == id).map(|round| round.code.clone()).unwrap_or_default()
}
