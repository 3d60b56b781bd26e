//! The logframe's page: objectives, results with their activities, indicators at every level; rows come and go by named buttons.
use super::content::{Activity, Indicator, Logframe, Outcome, Output, PartContent};
use super::part_pages::{self, After, Hints, Opened};
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
    application: ApplicationId,
    version: i32,
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
    fn of(visit: &Visit, opened: &Opened, again: Option<(Logframe, Vec<Reason>)>) -> Self {
        let failed = again.as_ref().map(|(_, reasons)| reasons.clone());
        let logframe = again.map_or_else(|| opened.file.logframe.clone(), |(typed, _)| typed);
        let shortfalls = logframe::complaints(&logframe);
        let hints = logframe::hints(&logframe, &opened.file.budget);
        let mut p = opened.page(visit, visit.t().logframe_title(), &shortfalls);
        if let Some(reasons) = failed {
            p.errors.splice(0..0, reasons.iter().map(part_pages::on_page));
        }
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
            application: opened.application.id,
            version: opened.version,
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
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let opened = visit.read(move |conn| part_pages::open(conn, &actor, id, Part::Logframe)).await?;
    visit.show(&LogframePage::of(&visit, &opened, None))
}

async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let mut typed = read(&fields);
    let focus = part_pages::pressed(&fields).and_then(|(verb, what)| logframe::change(&mut typed, verb, &what));
    let unreadable = logframe::complaints(&typed).iter().any(|reason| reason.code == "unreadable");
    match part_pages::save(&visit, id, PartContent::Logframe(typed.clone()), &fields, focus, unreadable, "plan").await? {
        After::Led(answer) => answer,
        After::Again(reasons) => {
            let opened = visit.read(move |conn| part_pages::open(conn, &actor, id, Part::Logframe)).await?;
            visit.show_again(&LogframePage::of(&visit, &opened, Some((typed, reasons))))
        }
    }
}

/// Gives every row a key of its own: the form's where it is well formed and new, else a fresh one.
#[derive(Default)]
struct Keys(Vec<String>);
impl Keys {
    fn take(&mut self, kind: char, wanted: String) -> String {
        let digits = wanted.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let well_formed = digits.len() < wanted.len() && wanted.len() <= 8 && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        let key = if well_formed && !self.0.contains(&wanted) { wanted } else { logframe::fresh_key(kind, self.0.iter().map(String::as_str)) };
        self.0.push(key.clone());
        key
    }
}

/// What was typed, in the form's order.
fn read(fields: &Fields) -> Logframe {
    let (mut outcomes, mut results, mut activities, mut indicators) = (Keys::default(), Keys::default(), Keys::default(), Keys::default());
    let mut read_indicators = |owner: &str| -> Vec<Indicator> {
        let row = |row: String| {
            let get = |field: &str| fields.get(&format!("{owner}.ind.{row}.{field}"));
            Indicator {
                text: get("text"),
                unit: get("unit"),
                baseline: get("baseline"),
                baseline_year: get("baseline_year"),
                target: get("target"),
                target_year: get("target_year"),
                source: get("source"),
                assumption: get("assumption"),
                key: indicators.take('i', row),
            }
        };
        fields.rows(&format!("{owner}.ind")).into_iter().map(row).collect()
    };
    let impact_indicators = read_indicators("impact");
    let outcome = |row: String| Outcome {
        text: fields.get(&format!("outcome.{row}.text")),
        indicators: read_indicators(&format!("outcome.{row}")),
        key: outcomes.take('o', row),
    };
    let outcomes: Vec<Outcome> = fields.rows("outcome").into_iter().map(outcome).collect();
    let result = |row: String| {
        let activity = |act: String| Activity { text: fields.get(&format!("result.{row}.act.{act}.text")), key: activities.take('a', act) };
        Output {
            text: fields.get(&format!("result.{row}.text")),
            activities: fields.rows(&format!("result.{row}.act")).into_iter().map(activity).collect(),
            indicators: read_indicators(&format!("result.{row}")),
            key: results.take('r', row),
        }
    };
    let outputs = fields.rows("result").into_iter().map(result).collect();
    Logframe { impact: fields.get("impact.text"), impact_indicators, outcomes, outputs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    #[test]
    fn a_form_reads_back_as_it_was_shown() {
        let typed = read(&fields(&[
            ("impact.text", "Good governance"),
            ("impact.ind.i7.text", "Trust"),
            ("outcome.o1.text", "Engagement"),
            ("result.r2.text", "Second first"),
            ("result.r2.act.a4.text", "Survey"),
            ("result.r1.text", "Knowledge"),
            ("result.r1.act.a1.text", "Focus groups"),
            ("result.r1.ind.ri11.target", "40"),
        ]));
        assert_eq!(typed.impact_indicators[0].key, "i7");
        assert_eq!(typed.outputs.iter().map(|output| output.key.as_str()).collect::<Vec<_>>(), ["r2", "r1"]);
        assert_eq!(typed.outputs[1].activities[0].key, "a1");
        assert_eq!((typed.outputs[1].indicators[0].key.as_str(), typed.outputs[1].indicators[0].target.as_str()), ("ri11", "40"));
    }

    #[test]
    fn keys_are_never_shared() {
        let typed = read(&fields(&[
            ("result.0.text", "A"),
            ("result.0.act.0.text", "x"),
            ("result.1.text", "B"),
            ("result.1.act.0.text", "y"),
            ("result.1.act.<b>.text", "z"),
        ]));
        let keys: Vec<_> = typed.numbered_activities().into_iter().map(|(_, activity)| activity.key.clone()).collect();
        assert_eq!(keys, ["a1", "a2", "a3"]);
        assert_eq!(typed.outputs[1].key, "r2");
    }
}
