//! The logframe's page: objectives, results with their activities, indicators at every level; rows come and go by named buttons.
use super::content::{Activity, Indicator, Logframe, Outcome, Output, PartContent};
use super::part_pages::{self, After, Again, Form, Hints, Opened};
use super::{Part, logframe};
use crate::kernel::{ApplicationId, Reason};
use crate::web::{Answer, Door, Fields, Page, Visit, get, post};
use actix_web::web;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/logframe", show).api("The logframe of an application with what it still needs."),
        post("/applications/{application}/logframe", save).api("Saves the logframe, whatever it says; what is missing comes back as reasons."),
    ]
}

/// One text box of a row that can be moved and removed.
#[derive(Clone, Debug)]
struct Row {
    /// What its buttons name, and the beginning of its boxes' names.
    id: String,
    number: String,
    text: String,
    first: bool,
    last: bool,
}

struct Measured {
    id: String,
    number: usize,
    of: Indicator,
}

/// An objective with its indicators, or a result with its activities as well.
struct Level {
    id: String,
    key: String,
    number: usize,
    text: String,
    first: bool,
    last: bool,
    to_fix: usize,
    open: bool,
    activities: Vec<Row>,
    indicators: Vec<Measured>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/logframe.html")]
struct LogframePage {
    #[serde(skip)]
    p: Page,
    form: Form,
    writable: bool,
    logframe: Logframe,
    shortfalls: Vec<Reason>,
    hints: Vec<Reason>,
    /// The box to go on in.
    #[serde(skip)]
    at: String,
    #[serde(skip)]
    soft: Hints,
    #[serde(skip)]
    impact_indicators: Vec<Measured>,
    #[serde(skip)]
    outcomes: Vec<Level>,
    #[serde(skip)]
    results: Vec<Level>,
}

impl LogframePage {
    fn of(visit: &Visit, opened: &Opened, again: Option<Again>) -> Self {
        let logframe = match again.as_ref().map(|again| again.content.clone()) {
            Some(PartContent::Logframe(typed)) => typed,
            _ => opened.file.logframe.clone(),
        };
        let shortfalls = logframe::complaints(&logframe);
        let hints = logframe::hints(&logframe, &opened.file.budget);
        let p = opened.page(visit, visit.t().logframe_title(), &shortfalls, again.as_ref());
        let at = visit.asked("at").unwrap_or_default();
        let level = |id: String, key: &str, number: usize, of: usize, text: &str, indicators: &[Indicator], activities: &[Activity]| {
            let to_fix = p.errors.iter().filter(|reason| reason.at.starts_with(&format!("{id}.")) || reason.at == format!("add-activity.{key}")).count();
            Level {
                open: number == 1 || to_fix > 0 || at.contains(&id) || at == format!("add-activity.{key}"),
                activities: rows(&id, number, activities),
                indicators: measured(&id, indicators),
                first: number == 1,
                last: number == of,
                key: key.to_owned(),
                text: text.to_owned(),
                id,
                number,
                to_fix,
            }
        };
        let outcome = |(place, outcome): (usize, &Outcome)| {
            level(format!("outcome.{}", outcome.key), &outcome.key, place + 1, logframe.outcomes.len(), &outcome.text, &outcome.indicators, &[])
        };
        let result = |(place, output): (usize, &Output)| {
            level(format!("result.{}", output.key), &output.key, place + 1, logframe.outputs.len(), &output.text, &output.indicators, &output.activities)
        };
        Self {
            form: opened.form(visit, again.as_ref()),
            writable: opened.writable,
            soft: Hints::on_page(&hints),
            impact_indicators: measured("impact", &logframe.impact_indicators),
            outcomes: logframe.outcomes.iter().enumerate().map(outcome).collect(),
            results: logframe.outputs.iter().enumerate().map(result).collect(),
            shortfalls,
            hints,
            at,
            logframe,
            p,
        }
    }
}

fn rows(result: &str, number: usize, activities: &[Activity]) -> Vec<Row> {
    let row = |(place, activity): (usize, &Activity)| Row {
        id: format!("{result}.act.{}", activity.key),
        number: format!("{number}.{}", place + 1),
        text: activity.text.clone(),
        first: place == 0,
        last: place + 1 == activities.len(),
    };
    activities.iter().enumerate().map(row).collect()
}

fn measured(owner: &str, indicators: &[Indicator]) -> Vec<Measured> {
    let row = |(place, of): (usize, &Indicator)| Measured { id: format!("{owner}.ind.{}", of.key), number: place + 1, of: of.clone() };
    indicators.iter().enumerate().map(row).collect()
}

/// The name of the button that adds an indicator to `impact`, `outcome.KEY` or `result.KEY`.
fn adding(owner: &str) -> String {
    format!("add-indicator.{owner}")
}

async fn show(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let opened = part_pages::opened(&visit, path.into_inner(), Part::Logframe).await?;
    visit.show(&LogframePage::of(&visit, &opened, None))
}

async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    match part_pages::save(&visit, path.into_inner(), Part::Logframe, &fields).await? {
        After::Led(answer) => answer,
        After::Again(opened, again) => visit.show_again(&LogframePage::of(&visit, &opened, Some(again))),
    }
}
