//! The logframe as a workbook: each objective and result with room for its activities and indicators, numbered as it is filled in.
use super::about::{About, Choice, List, SHEET};
use super::drawing::{Drawn, HEADER, Paper, TEXTS, WORDS, Whose, band, cell, fixed, idle, input, label, muted, narrow, worked_out};
use super::logframe_rows::{ACTIVITY, ASSUMPTION, COUNTED, IMPACT, INDICATOR, KEY, KIND, MEASURED, NUMBER, OUTCOME, RESULT, TEXT, UNIT};
use crate::applications::Part;
use crate::applications::boxes::{self, Texts as _};
use crate::applications::content::{Activity, Indicator, Logframe, PartContent};
use crate::applications::logframe::{MOST_OUTCOMES, MOST_RESULTS};
use crate::kernel::{Result, Tr, fault};
use rust_xlsxwriter::ConditionalFormatFormula;

/// Empty rows under each level.
const FREE_ACTIVITIES: usize = 4;
const FREE_INDICATORS: usize = 2;
/// At least so many results have their place.
const LEAST_RESULTS: usize = 3;

/// The workbook as a file.
///
/// # Errors
/// `Fault` when the library does not take something.
pub fn write(logframe: &Logframe, whose: &Whose, t: Tr) -> Result<Vec<u8>> {
    draw(logframe, whose, t).map_err(fault)
}

/// What a row may be, with the words of the list.
#[must_use]
pub fn kinds(t: Tr) -> Vec<Choice> {
    let choice = |label: &str, key: &str| Choice { label: label.into(), key: key.into() };
    vec![
        choice(t.logframe_impact(), IMPACT),
        choice(t.workbook_outcome(), OUTCOME),
        choice(t.workbook_result(), RESULT),
        choice(t.workbook_activity(), ACTIVITY),
        choice(t.workbook_indicator(), INDICATOR),
    ]
}

/// A row as it is drawn.
struct Row<'l> {
    kind: &'static str,
    key: &'l str,
    number: String,
    text: &'l str,
    measured: Option<&'l Indicator>,
}

fn level<'l>(kind: &'static str, key: &'l str, number: usize, text: &'l str) -> Row<'l> {
    Row { kind, key, number: if text.is_empty() || number == 0 { String::new() } else { number.to_string() }, text, measured: None }
}
fn indicators(list: &[Indicator]) -> impl Iterator<Item = Row<'_>> {
    list.iter().map(Some).chain(std::iter::repeat_n(None, FREE_INDICATORS)).map(|measured| Row {
        kind: INDICATOR,
        key: measured.map_or("", |indicator| indicator.key.as_str()),
        number: String::new(),
        text: measured.map_or("", |indicator| indicator.text.as_str()),
        measured,
    })
}
fn activities(result: usize, list: &[Activity]) -> impl Iterator<Item = Row<'_>> {
    let free = std::iter::repeat_n(None, FREE_ACTIVITIES);
    list.iter().zip(1..).map(Some).chain(free).map(move |activity: Option<(&Activity, usize)>| Row {
        kind: ACTIVITY,
        key: activity.map_or("", |(activity, _)| &activity.key),
        number: activity.map_or(String::new(), |(_, place)| format!("{result}.{place}")),
        text: activity.map_or("", |(activity, _)| &activity.text),
        measured: None,
    })
}

/// Everything that is there, and room for what may come.
fn rows(logframe: &Logframe) -> Vec<Row<'_>> {
    let mut rows = vec![level(IMPACT, "", 0, &logframe.impact)];
    rows.extend(indicators(&logframe.impact_indicators));
    for (outcome, number) in logframe.outcomes.iter().zip(1..) {
        rows.push(level(OUTCOME, &outcome.key, number, &outcome.text));
        rows.extend(indicators(&outcome.indicators));
    }
    if logframe.outcomes.len() < MOST_OUTCOMES {
        rows.push(level(OUTCOME, "", 0, ""));
        rows.extend(indicators(&[]));
    }
    for (output, number) in logframe.outputs.iter().zip(1..) {
        rows.push(level(RESULT, &output.key, number, &output.text));
        rows.extend(activities(number, &output.activities));
        rows.extend(indicators(&output.indicators));
    }
    let there = logframe.outputs.len();
    for number in there..MOST_RESULTS.min((there + 1).max(LEAST_RESULTS)) {
        rows.push(level(RESULT, "", 0, ""));
        rows.extend(activities(number + 1, &[]));
        rows.extend(indicators(&[]));
    }
    rows
}

fn draw(logframe: &Logframe, whose: &Whose, t: Tr) -> Drawn<Vec<u8>> {
    let titles = [
        t.workbook_number(),
        t.logframe_level(),
        t.workbook_text(),
        t.logframe_unit(),
        t.logframe_baseline(),
        t.logframe_baseline_year(),
        t.logframe_target(),
        t.logframe_target_year(),
        t.logframe_women(),
        t.logframe_men(),
        t.logframe_source(),
        t.logframe_assumption(),
    ];
    let about = About {
        application: whose.application,
        part: Part::Logframe,
        version: whose.version,
        sheet: t.logframe_title().to_owned(),
        kinds: kinds(t),
        activities: vec![],
        spenders: vec![],
        titles: titles.iter().map(|title| (*title).to_owned()).collect(),
        base: About::base_of(&boxes::of(&PartContent::Logframe(logframe.clone()))),
    };
    let widths = [7.0, 22.0, 60.0, 14.0, 11.0, 10.0, 11.0, 10.0, 9.0, 9.0, 34.0, 34.0];
    let titles: Vec<(&str, f64)> = titles.into_iter().zip(widths).collect();
    let mut paper = Paper::new(t.logframe_title(), t.logframe_title(), whose, [t.workbook_todo(), t.workbook_todo_logframe()], &titles, narrow(KEY))?;
    let rows = rows(logframe);
    let first = HEADER + 1;
    for (row, at) in rows.iter().zip(first..) {
        line(&mut paper, at, row, &about)?;
    }
    let last = first + u32::try_from(rows.len()).unwrap_or(0).saturating_sub(1);
    paper.choose(KIND, (first, last), &about, List::Kinds, t.workbook_choose())?;
    // Only indicators are measured: the other rows' cells are greyed, whatever a row is changed into.
    let grey = ConditionalFormatFormula::new().set_rule(format!("=$B{}<>{}", first + 1, kind_cell(4)).as_str()).set_format(idle());
    paper.sheet.add_conditional_format(first, narrow(UNIT), last, narrow(ASSUMPTION), &grey)?;
    paper.finish(&about, t.logframe_title())
}

/// Where the hidden sheet has the word for a level.
fn kind_cell(place: u32) -> String {
    format!("{SHEET}!{}", fixed(place, List::Kinds.column()))
}

fn line(paper: &mut Paper, at: u32, row: &Row<'_>, about: &About) -> Drawn {
    let is_level = [IMPACT, OUTCOME, RESULT].contains(&row.kind);
    let texts = if is_level { band().set_unlocked().set_text_wrap().set_num_format(TEXTS) } else { input(TEXTS) };
    number(paper, at, row, is_level)?;
    let kind = about.kinds.iter().find(|choice| choice.key == row.kind).map_or("", |choice| &choice.label);
    paper.words(at, KIND, kind, &if is_level { texts.clone() } else { muted().set_unlocked() })?;
    paper.typed(at, TEXT, row.text, &texts)?;
    for (field, column) in MEASURED {
        paper.typed(at, column, row.measured.map_or("", |indicator| indicator.text(field)), &texts)?;
    }
    let measured = |field: &str| row.measured.map_or("", |indicator| indicator.text(field));
    paper.fit(at, &[(row.text, if is_level { 50 } else { 54 }), (measured("unit"), 11), (measured("source"), 30), (measured("assumption"), 30)])?;
    paper.words(at, KEY, row.key, &label())
}

/// `2` for the second result, `2.1` for its first activity: worked out, because rows come and go.
fn number(paper: &mut Paper, at: u32, row: &Row<'_>, is_level: bool) -> Drawn {
    let (kind, text) = (cell(at, KIND), cell(at, TEXT));
    let (outcome, result, activity) = (kind_cell(1), kind_cell(2), kind_cell(3));
    let above = |column: u32| format!("{}:{}", fixed(HEADER + 1, column), cell(at, column));
    let so_far = |of: &str| format!("COUNTIFS({},{of},{},\"<>\")", above(KIND), above(TEXT));
    let formula = format!(
        "=IF({text}=\"\",\"\",IF({kind}={outcome},{},IF({kind}={result},{},IF({kind}={activity},{}&\".\"&{}&\" \",\"\"))))",
        so_far(&outcome),
        so_far(&result),
        so_far(&result),
        cell(at, COUNTED)
    );
    // With a blank behind it 1.10 stays a text, and is not 1.1.
    let now = if row.number.contains('.') { format!("{} ", row.number) } else { row.number.clone() };
    paper.formula(at, NUMBER, &formula, &now, &if is_level { band().set_num_format(WORDS) } else { worked_out(WORDS) })?;
    let before = format!("N({})", cell(at - 1, COUNTED));
    let counted = format!("=IF({kind}={result},0,IF(AND({kind}={activity},{text}<>\"\"),{before}+1,{before}))");
    let now = row.number.split_once('.').map_or("0", |(_, place)| place);
    paper.formula(at, COUNTED, &counted, now, &label())
}
