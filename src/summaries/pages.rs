//! The round's summary for funder, auditor, director and grant manager: on the screen, on paper, and as CSV of the same rows.
mod files;

use super::records::{self, Rows};
use super::rules::{self, Breakdown, Cost, Funnel, Gathered, Line, Project, Summary};
use crate::calls::Round;
use crate::contracts::Category;
use crate::exports::csv::Csv;
use crate::exports::pages::file;
use crate::kernel::{Basis, ContractId, Instant, Money, Result, Room, Tr};
use crate::programmes::{Programme, map, places};
use crate::web::{Answer, Door, Link, Page, Visit, get};
use actix_web::web;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/summary", show).api("A round in figures: funnel, money by size, county, municipality and theme, costs, indicators."),
        get("/{fund}/rounds/{round}/summary.csv", download),
        get("/{fund}/rounds/{round}/indicators.csv", files::indicators),
        get("/{fund}/rounds/{round}/grants.csv", files::grants),
        get("/{fund}/rounds/{round}/costs.csv", files::costs),
        get("/{fund}/rounds/{round}/payments.csv", files::payments),
    ]
}

/// A step of the funnel: how many, of how many before.
struct Step {
    words: &'static str,
    count: usize,
    of_before: Option<Basis>,
    /// Of the bar's thousand.
    width: usize,
}

/// A line of a table with its name.
struct Named {
    code: String,
    name: String,
    line: Line,
    share: Option<Basis>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "summaries/summary.html")]
struct SummaryPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    round: String,
    name: String,
    as_at: Instant,
    envelope: Money,
    summary: Summary,
    costs: Vec<Cost>,
    costs_total: Cost,
    indicators: Vec<Gathered>,
    /// One by one: their sums are the totals above.
    grants: Vec<GrantRow>,
    #[serde(skip)]
    sees_board: bool,
    #[serde(skip)]
    address: String,
    #[serde(skip)]
    steps: Vec<Step>,
    #[serde(skip)]
    tiers: Vec<Named>,
    #[serde(skip)]
    counties: Vec<Named>,
    #[serde(skip)]
    municipalities: Vec<Named>,
    #[serde(skip)]
    themes: Vec<Named>,
    #[serde(skip)]
    headings: Vec<(String, Cost)>,
    #[serde(skip)]
    map: Option<map::Map>,
    #[serde(skip)]
    map_words: String,
    #[serde(skip)]
    places_with_grants: usize,
    #[serde(skip)]
    places_applied: usize,
}

/// A grant in the list from which every figure can be followed to its project.
#[derive(serde::Serialize)]
struct GrantRow {
    code: String,
    title: String,
    organisation: String,
    tier: String,
    place: String,
    theme: String,
    contract: Option<ContractId>,
    granted: Money,
    paid: Money,
    accepted: Money,
}

/// The awarded projects of a round, in the order of their codes.
fn grants(projects: &[Project]) -> Vec<&Project> {
    let mut grants: Vec<&Project> = projects.iter().filter(|project| project.submitted && project.awarded).collect();
    grants.sort_by(|one, other| one.code.cmp(&other.code));
    grants
}

/// Everything in figures, before anybody looks at it.
struct Figures {
    summary: Summary,
    costs: Vec<Cost>,
    costs_total: Cost,
    indicators: Vec<Gathered>,
}

fn figures(round: &Round, rows: &Rows) -> Figures {
    let tiers: Vec<String> = round.terms.tiers.iter().map(|tier| tier.key.clone()).collect();
    let themes: Vec<String> = round.terms.themes.iter().map(|theme| theme.code.clone()).collect();
    // By county and name, as everywhere.
    let area: Vec<String> = places::all().iter().filter(|place| round.terms.municipalities.contains(&place.code)).map(|place| place.code.clone()).collect();
    let order: Vec<&str> = Category::ALL.iter().map(Category::as_str).collect();
    let (costs, costs_total) = rules::costs(&rows.planned, &rows.accepted, &order);
    Figures {
        summary: rules::summary(&rows.projects, &tiers, &area, &themes, places::county),
        costs: costs.into_iter().filter(|cost| !cost.planned.is_zero() || !cost.accepted.is_zero()).collect(),
        costs_total,
        indicators: rules::indicators(&rows.indicators),
    }
}

fn steps(funnel: &Funnel, t: Tr) -> Vec<Step> {
    let counts = [
        (t.summaries_started(), funnel.started),
        (t.summaries_submitted(), funnel.submitted),
        (t.summaries_passed(), funnel.passed),
        (t.summaries_evaluated(), funnel.evaluated),
        (t.summaries_above(), funnel.above),
        (t.summaries_awarded(), funnel.awarded),
        (t.summaries_contracted(), funnel.contracted),
        (t.summaries_completed(), funnel.completed),
    ];
    let mut before: Option<usize> = None;
    let step = |(words, count): (&'static str, usize)| {
        let of_before = before.and_then(|whole| part(count, whole));
        before = Some(count);
        Step { words, count, of_before, width: (count * 1000).checked_div(funnel.started).map_or(0, |width| width.min(1000)) }
    };
    counts.into_iter().map(step).collect()
}

/// A part of a whole in percent; None of nothing.
fn part(count: usize, whole: usize) -> Option<Basis> {
    let cents = |number: usize| i64::try_from(number).map(Money::cents).ok();
    cents(count)?.of(cents(whole)?)
}

fn named(breakdown: &Breakdown, name: impl Fn(&str) -> String) -> Vec<Named> {
    let total = breakdown.total.granted;
    let row = |line: &Line| Named { code: line.key.clone(), name: name(&line.key), share: line.granted.of(total), line: line.clone() };
    breakdown.lines.iter().filter(|line| !line.key.is_empty() || line.applied > 0).map(row).collect()
}

/// The names of a round's tiers, themes and places in the reader's language.
struct Names<'r> {
    round: &'r Round,
    t: Tr,
}
impl Names<'_> {
    fn unknown(&self, key: &str) -> String {
        if key.is_empty() { self.t.summaries_not_named().into() } else { key.to_owned() }
    }
    fn tier(&self, key: &str) -> String {
        self.round.tier(key).map_or_else(|| self.unknown(key), |tier| tier.name.say(self.t).to_owned())
    }
    fn theme(&self, key: &str) -> String {
        self.round.terms.theme(key).map_or_else(|| self.unknown(key), |theme| format!("{} {}", theme.code, theme.name.say(self.t)))
    }
    fn place(&self, key: &str) -> String {
        if key.is_empty() { self.unknown(key) } else { places::name(key).to_owned() }
    }
    fn county(&self, key: &str) -> String {
        self.unknown(key)
    }
    fn heading(&self, key: &str) -> String {
        key.parse::<Category>().map_or_else(|_| key.to_owned(), |category| category.label(self.t).to_owned())
    }
}

impl SummaryPage {
    fn of(visit: &Visit, programme: &Programme, round: &Round, rows: &Rows) -> Self {
        let t = visit.t();
        let Figures { summary, costs, costs_total, indicators } = figures(round, rows);
        let names = Names { round, t };
        let municipalities = named(&summary.by_municipality, |key| names.place(key));
        let grants_at = |code: &str| municipalities.iter().find(|row| row.code == code).map_or(0, |row| i64::try_from(row.line.grants).unwrap_or(0));
        let with_grants: Vec<String> = municipalities.iter().filter(|row| row.line.grants > 0).map(|row| format!("{} {}", row.name, row.line.grants)).collect();
        let crumbs = vec![Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug)), Link::here(round.terms.name.say(t))];
        Self {
            address: format!("/{}/rounds/{}", programme.slug, round.code),
            slug: programme.slug.clone(),
            round: round.code.clone(),
            name: round.terms.name.say(t).to_owned(),
            as_at: visit.now(),
            envelope: round.envelope,
            steps: steps(&summary.funnel, t),
            tiers: named(&summary.by_tier, |key| names.tier(key)),
            counties: named(&summary.by_county, |key| names.county(key)),
            themes: named(&summary.by_theme, |key| names.theme(key)),
            headings: costs.iter().map(|cost| (names.heading(&cost.heading), cost.clone())).collect(),
            grants: grants(&rows.projects)
                .into_iter()
                .map(|grant| GrantRow {
                    code: grant.code.clone(),
                    title: grant.title.clone(),
                    organisation: grant.organisation.clone(),
                    tier: names.tier(&grant.tier),
                    place: grant.places.first().map_or_else(|| "–".into(), |code| names.place(code)),
                    theme: grant.theme.clone(),
                    contract: grant.contract,
                    granted: grant.granted,
                    paid: grant.paid,
                    accepted: grant.accepted,
                })
                .collect(),
            sees_board: visit.actor().is_ok_and(|actor| actor.opens(Room::Board, programme.id)),
            map: map::covers(&round.terms.municipalities).then(|| map::north(grants_at)).flatten(),
            map_words: if with_grants.is_empty() { t.summaries_no_grants().to_owned() } else { with_grants.join("; ") },
            places_with_grants: with_grants.len(),
            places_applied: municipalities.iter().filter(|row| row.line.applied > 0).count(),
            p: visit.page_in(programme.frame()).with_crumbs(crumbs),
            municipalities,
            summary,
            costs,
            costs_total,
            indicators,
        }
    }
    fn lede(&self) -> String {
        if self.summary.total.grants == 0 {
            return self.p.t.summaries_lede_none(self.p.t.moment(self.as_at));
        }
        self.p.t.summaries_lede(self.p.t.moment(self.as_at), self.p.t.euro(self.summary.total.granted), self.summary.total.grants, self.places_with_grants)
    }
    fn of_applications(&self) -> String {
        part(self.summary.total.grants, self.summary.total.applied).map_or_else(|| "–".into(), |share| self.p.t.percent(share))
    }
    fn of_envelope(&self) -> String {
        self.summary.total.granted.of(self.envelope).map_or_else(|| "–".into(), |share| self.p.t.percent(share))
    }
    /// Nothing where nothing is granted yet.
    fn accepted_share(&self) -> Option<String> {
        self.summary.total.accepted.of(self.summary.total.granted).map(|share| self.p.t.percent(share))
    }
}

async fn look(visit: &Visit, slug: String, code: String) -> Result<(Programme, Round, Rows)> {
    let actor = visit.actor()?;
    visit
        .read(move |conn| {
            let (programme, round) = records::visible_to(conn, &actor, &slug, &code)?;
            let rows = records::rows(conn, round.id)?;
            Ok((programme, round, rows))
        })
        .await
}

async fn show(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let (slug, code) = path.into_inner();
    let (programme, round, rows) = look(&visit, slug, code).await?;
    visit.show(&SummaryPage::of(&visit, &programme, &round, &rows))
}

async fn download(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let (slug, code) = path.into_inner();
    let (_, round, rows) = look(&visit, slug, code).await?;
    let csv = written(&round, &figures(&round, &rows), visit.t());
    Ok(file(&format!("{}-summary.csv", round.code)).body(csv.into_bytes()))
}

/// The page's rows, one after the other, each with the name of its table.
fn written(round: &Round, figures: &Figures, t: Tr) -> Csv {
    let names = Names { round, t };
    let mut csv = Csv::opening();
    csv.texts(&[
        t.summaries_table(),
        t.summaries_line(),
        t.summaries_applications(),
        t.summaries_grants(),
        t.summaries_asked(),
        t.summaries_granted(),
        t.summaries_paid(),
        t.summaries_accepted(),
    ]);
    for step in steps(&figures.summary.funnel, t) {
        csv.row().text(t.summaries_funnel()).text(step.words).figure(step.count);
    }
    let tables: [(&str, Vec<Named>, &Breakdown); 4] = [
        (t.summaries_by_tier(), named(&figures.summary.by_tier, |key| names.tier(key)), &figures.summary.by_tier),
        (t.summaries_by_county(), named(&figures.summary.by_county, |key| names.county(key)), &figures.summary.by_county),
        (t.summaries_by_municipality(), named(&figures.summary.by_municipality, |key| names.place(key)), &figures.summary.by_municipality),
        (t.summaries_by_theme(), named(&figures.summary.by_theme, |key| names.theme(key)), &figures.summary.by_theme),
    ];
    for (table, rows, breakdown) in tables {
        for row in &rows {
            money_row(&mut csv, table, &row.name, &row.line);
        }
        money_row(&mut csv, table, t.summaries_all(), &breakdown.total);
    }
    for cost in figures.costs.iter().chain([&figures.costs_total]) {
        let name = if cost.heading.is_empty() { t.summaries_all().to_owned() } else { names.heading(&cost.heading) };
        let mut row = csv.row();
        row.text(t.summaries_by_heading()).text(&name).empty().empty().empty().figure(cost.planned.decimal()).empty().figure(cost.accepted.decimal());
    }
    csv
}

fn money_row(csv: &mut Csv, table: &str, name: &str, line: &Line) {
    let mut row = csv.row();
    row.text(table).text(name).figure(line.applied).figure(line.grants);
    for amount in [line.asked, line.granted, line.paid, line.accepted] {
        row.figure(amount.decimal());
    }
}
