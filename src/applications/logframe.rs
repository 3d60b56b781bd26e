//! The logical framework: what is missing, what a reader will ask, and what the named buttons do (rules.md 3.11, 4.3, 4.4).
//! Numbers (1, 2 and 1.1, 1.2) come from the order, never from the form; keys stay, because plan and budget point to them.
use super::content::{Activity, Budget, File, Indicator, Logframe, Outcome, Output};
use crate::calls::Round;
use crate::kernel::{Quantity, Reason, Tr, folded};
use std::borrow::Borrow;

pub const MOST_OUTCOMES: usize = 3;
pub const MOST_RESULTS: usize = 5;
pub const MOST_ACTIVITIES: usize = 15;
pub const MOST_INDICATORS: usize = 10;
/// Characters of objectives, results, activities and each box of an indicator.
pub const LONGEST_OBJECTIVE: usize = 500;
pub const LONGEST_RESULT: usize = 400;
pub const LONGEST_ACTIVITY: usize = 800;
pub const LONGEST_INDICATOR: usize = 300;

/// Where an indicator belongs, with the number of its objective or result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Impact,
    Outcome(usize),
    Result(usize),
}
impl Level {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> String {
        let t = t.borrow();
        match self {
            Self::Impact => t.logframe_impact().into(),
            Self::Outcome(number) => t.logframe_outcome(number),
            Self::Result(number) => t.logframe_result(number),
        }
    }
}

/// Everything that stands in the way of submitting this logframe.
#[must_use]
pub fn shortfalls(file: &File, _round: &Round) -> Vec<Reason> {
    complaints(&file.logframe)
}

/// The same over the logframe alone, in the order of the page.
#[must_use]
pub fn complaints(logframe: &Logframe) -> Vec<Reason> {
    let mut reasons = vec![];
    if logframe.impact.is_empty() {
        reasons.push(Reason::new("no-impact", "logframe#impact.text", |t| t.logframe_reason_no_impact().into()));
    }
    too_long(&mut reasons, "impact.text", &logframe.impact, LONGEST_OBJECTIVE);
    indicator_complaints(&mut reasons, "impact", Level::Impact, &logframe.impact_indicators);
    outcome_complaints(&mut reasons, logframe);
    result_complaints(&mut reasons, logframe);
    if logframe.numbered_indicators().is_empty() {
        let at = logframe.outputs.first().map_or_else(|| "add-indicator.impact".into(), |first| format!("add-indicator.result.{}", first.key));
        reasons.push(Reason::new("no-indicator", format!("logframe#{at}"), |t| t.logframe_reason_no_indicator().into()));
    }
    reasons
}

fn too_long(reasons: &mut Vec<Reason>, field: &str, text: &str, most: usize) {
    let over = text.chars().count().saturating_sub(most);
    if over > 0 {
        reasons
            .push(Reason::new("too-long", format!("logframe#{field}"), |t| t.logframe_reason_too_long(most, over, text.chars().take(40).collect::<String>())));
    }
}

fn outcome_complaints(reasons: &mut Vec<Reason>, logframe: &Logframe) {
    if logframe.outcomes.is_empty() {
        reasons.push(Reason::new("no-outcome", "logframe#add-outcome", |t| t.logframe_reason_no_outcome().into()));
    }
    if logframe.outcomes.len() > MOST_OUTCOMES {
        reasons.push(Reason::new("too-many", "logframe#add-outcome", |t| t.logframe_reason_too_many_outcomes(MOST_OUTCOMES)));
    }
    for (place, outcome) in logframe.outcomes.iter().enumerate() {
        let (number, field) = (place + 1, format!("outcome.{}", outcome.key));
        if outcome.text.is_empty() {
            reasons.push(Reason::new("no-text", format!("logframe#{field}.text"), |t| t.logframe_reason_no_outcome_text(number)));
        }
        too_long(reasons, &format!("{field}.text"), &outcome.text, LONGEST_OBJECTIVE);
        indicator_complaints(reasons, &field, Level::Outcome(number), &outcome.indicators);
    }
}

fn result_complaints(reasons: &mut Vec<Reason>, logframe: &Logframe) {
    if logframe.outputs.is_empty() {
        reasons.push(Reason::new("no-result", "logframe#add-result", |t| t.logframe_reason_no_result().into()));
    }
    if logframe.outputs.len() > MOST_RESULTS {
        reasons.push(Reason::new("too-many", "logframe#add-result", |t| t.logframe_reason_too_many_results(MOST_RESULTS)));
    }
    for (place, output) in logframe.outputs.iter().enumerate() {
        let (number, field) = (place + 1, format!("result.{}", output.key));
        if output.text.is_empty() {
            reasons.push(Reason::new("no-text", format!("logframe#{field}.text"), |t| t.logframe_reason_no_result_text(number)));
        }
        too_long(reasons, &format!("{field}.text"), &output.text, LONGEST_RESULT);
        if output.activities.is_empty() {
            reasons.push(Reason::new("no-activity", format!("logframe#add-activity.{}", output.key), |t| t.logframe_reason_no_activity(number)));
        }
        if output.activities.len() > MOST_ACTIVITIES {
            reasons.push(Reason::new("too-many", format!("logframe#add-activity.{}", output.key), |t| {
                t.logframe_reason_too_many_activities(MOST_ACTIVITIES, number)
            }));
        }
        for (at, activity) in output.activities.iter().enumerate() {
            let named = format!("{field}.act.{}.text", activity.key);
            if activity.text.is_empty() {
                reasons.push(Reason::new("no-text", format!("logframe#{named}"), |t| t.logframe_reason_no_activity_text(format!("{number}.{}", at + 1))));
            }
            too_long(reasons, &named, &activity.text, LONGEST_ACTIVITY);
        }
        indicator_complaints(reasons, &field, Level::Result(number), &output.indicators);
    }
}

fn indicator_complaints(reasons: &mut Vec<Reason>, owner: &str, level: Level, indicators: &[Indicator]) {
    if indicators.len() > MOST_INDICATORS {
        reasons.push(Reason::new("too-many", format!("logframe#add-indicator.{owner}"), |t| {
            t.logframe_reason_too_many_indicators(MOST_INDICATORS, level.label(t))
        }));
    }
    for (place, indicator) in indicators.iter().enumerate() {
        let at = |field: &str| format!("logframe#{owner}.ind.{}.{field}", indicator.key);
        let number = place + 1;
        if indicator.text.is_empty() {
            reasons.push(Reason::new("no-text", at("text"), |t| t.logframe_reason_no_indicator_text(number, level.label(t))));
        }
        if indicator.baseline.is_empty() {
            reasons.push(Reason::new("no-baseline", at("baseline"), |t| t.logframe_reason_no_baseline(number, level.label(t))));
        }
        if indicator.target.is_empty() {
            reasons.push(Reason::new("no-target", at("target"), |t| t.logframe_reason_no_target(number, level.label(t))));
        } else if figure(&indicator.target).is_none() {
            reasons.push(Reason::new("unreadable", at("target"), |t| t.logframe_reason_unreadable_target(number, &indicator.target, level.label(t))));
        }
        for (field, year) in [("baseline_year", &indicator.baseline_year), ("target_year", &indicator.target_year)] {
            if !year.is_empty() && !is_year(year) {
                reasons.push(Reason::new("unreadable", at(field), |t| t.logframe_reason_unreadable_year(number, year, level.label(t))));
            }
        }
        if indicator.source.is_empty() {
            reasons.push(Reason::new("no-source", at("source"), |t| t.logframe_reason_no_source(number, level.label(t))));
        }
        let boxes = [
            ("text", &indicator.text),
            ("unit", &indicator.unit),
            ("baseline", &indicator.baseline),
            ("source", &indicator.source),
            ("assumption", &indicator.assumption),
            ("target_women", &indicator.target_women),
            ("target_men", &indicator.target_men),
        ];
        for (field, text) in boxes {
            too_long(reasons, &format!("{owner}.ind.{}.{field}", indicator.key), text, LONGEST_INDICATOR);
        }
    }
}

/// A figure as typed: `40`, `12,5`, `80 %`. Words ("not measured") are none.
#[must_use]
pub fn figure(typed: &str) -> Option<Quantity> {
    Quantity::typed(typed.trim().trim_end_matches('%')).filter(|figure| *figure >= Quantity::ZERO)
}

/// Of the target, how many are women and men, where that was said: `24 women, 16 men`.
#[must_use]
pub fn split(indicator: &Indicator, t: impl Borrow<Tr>) -> String {
    let t = t.borrow();
    let women = (!indicator.target_women.is_empty()).then(|| t.logframe_of_women(indicator.target_women.as_str()));
    let men = (!indicator.target_men.is_empty()).then(|| t.logframe_of_men(indicator.target_men.as_str()));
    women.into_iter().chain(men).collect::<Vec<_>>().join(", ")
}

/// Beginnings of words for people, in both languages and without their marks.
const PEOPLE: [&str; 26] = [
    "person",
    "people",
    "njer",
    "qytetar",
    "citizen",
    "pjesemarr",
    "participa",
    "women",
    "woman",
    "men",
    "grua",
    "gra",
    "burr",
    "vajz",
    "djem",
    "girl",
    "boy",
    "youth",
    "rinj",
    "femij",
    "child",
    "fermer",
    "farmer",
    "nxenes",
    "vullnetar",
    "volunteer",
];

/// Whether the indicator counts people, as far as its unit says so.
fn counts_people(indicator: &Indicator) -> bool {
    folded(&indicator.unit).split(|letter: char| !letter.is_alphanumeric()).any(|word| PEOPLE.iter().any(|people| word.starts_with(people)))
}

fn is_year(typed: &str) -> bool {
    typed.parse::<i16>().is_ok_and(|year| (1990..=2100).contains(&year))
}

/// Gentle checks: what a reader will ask. They never stand in the way.
#[must_use]
pub fn hints(logframe: &Logframe, budget: &Budget) -> Vec<Reason> {
    let mut hints = vec![];
    let mut seen: Vec<(String, String)> = vec![];
    for (result, output) in logframe.outputs.iter().enumerate() {
        let linked = budget.lines.iter().any(|line| !line.activity.is_empty());
        for (place, activity) in output.activities.iter().enumerate() {
            let number = format!("{}.{}", result + 1, place + 1);
            let at = format!("logframe#result.{}.act.{}.text", output.key, activity.key);
            let same = bare(&activity.text);
            if let Some((_, twin)) = seen.iter().find(|(text, _)| !same.is_empty() && *text == same) {
                hints.push(Reason::new("twins", at.clone(), |t| t.logframe_hint_twins(&number, twin)));
            }
            if linked && !budget.lines.iter().any(|line| line.activity == activity.key && !line.total().is_zero()) {
                hints.push(Reason::new("no-cost", at, |t| t.logframe_hint_no_cost(&number)));
            }
            seen.push((same, number));
        }
        if output.indicators.is_empty() {
            hints.push(Reason::new("no-indicator", format!("logframe#add-indicator.result.{}", output.key), |t| t.logframe_hint_no_indicator(result + 1)));
        }
    }
    for (owner, level, indicators) in owners(logframe) {
        for (indicator, number) in indicators.iter().zip(1..) {
            indicator_hints(&mut hints, &Place { owner: &owner, level, number }, indicator);
        }
    }
    hints
}

/// Which indicator a hint is about.
struct Place<'a> {
    owner: &'a str,
    level: Level,
    number: usize,
}
impl Place<'_> {
    fn hint(&self, code: &str, indicator: &Indicator, field: &str, words: impl Fn(Tr) -> String) -> Reason {
        Reason::new(code, format!("logframe#{}.ind.{}.{field}", self.owner, indicator.key), |t| t.logframe_hint_of(self.number, self.level.label(t), words(t)))
    }
}

fn indicator_hints(hints: &mut Vec<Reason>, place: &Place<'_>, indicator: &Indicator) {
    let mut hint = |code: &str, field: &str, words: fn(Tr) -> &'static str| hints.push(place.hint(code, indicator, field, |t| words(t).into()));
    if indicator.unit.is_empty() && !indicator.text.is_empty() {
        hint("no-unit", "unit", |t| t.logframe_hint_no_unit());
    }
    if indicator.target_year.is_empty() && !indicator.target.is_empty() {
        hint("no-year", "target_year", |t| t.logframe_hint_no_year());
    }
    if indicator.assumption.is_empty() && !indicator.text.is_empty() {
        hint("no-assumption", "assumption", |t| t.logframe_hint_no_assumption());
    }
    if let (Some(from), Some(to)) = (figure(&indicator.baseline), figure(&indicator.target))
        && from == to
    {
        hint("no-change", "target", |t| t.logframe_hint_no_change());
    }
    hints.extend(split_hint(place, indicator));
}

/// People are counted as women and men, who add up to the target (rules.md 3.11: values by sex).
fn split_hint(place: &Place<'_>, indicator: &Indicator) -> Option<Reason> {
    let hint = |code, words: &dyn Fn(Tr) -> String| Some(place.hint(code, indicator, "target_women", words));
    let (women, men) = (&indicator.target_women, &indicator.target_men);
    let unsaid = women.is_empty() && men.is_empty();
    if unsaid && (indicator.target.is_empty() || !counts_people(indicator)) {
        return None;
    }
    match (figure(women), figure(men), figure(&indicator.target)) {
        (Some(women), Some(men), Some(target)) if !indicator.target.contains('%') && women.decimal() + men.decimal() != target.decimal() => {
            hint("split-sum", &|t| t.logframe_hint_split_sum(&indicator.target))
        }
        (None, _, _) | (_, None, _) => hint("no-split", &|t| t.logframe_hint_no_split().into()),
        _ => None,
    }
}

/// The same sentence, whatever its full stops, capitals and spaces.
fn bare(text: &str) -> String {
    folded(text).split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn owners(logframe: &Logframe) -> Vec<(String, Level, &Vec<Indicator>)> {
    let impact = std::iter::once(("impact".to_owned(), Level::Impact, &logframe.impact_indicators));
    let outcomes = logframe.outcomes.iter().zip(1..).map(|(outcome, number)| (format!("outcome.{}", outcome.key), Level::Outcome(number), &outcome.indicators));
    let outputs = logframe.outputs.iter().zip(1..).map(|(output, number)| (format!("result.{}", output.key), Level::Result(number), &output.indicators));
    impact.chain(outcomes).chain(outputs).collect()
}

/// Every indicator with the level that it measures, in the order of the page.
#[must_use]
pub fn levelled(logframe: &Logframe) -> Vec<(Level, &Indicator)> {
    let impact = logframe.impact_indicators.iter().map(|indicator| (Level::Impact, indicator));
    let outcomes =
        logframe.outcomes.iter().zip(1..).flat_map(|(outcome, number)| outcome.indicators.iter().map(move |indicator| (Level::Outcome(number), indicator)));
    let outputs =
        logframe.outputs.iter().zip(1..).flat_map(|(output, number)| output.indicators.iter().map(move |indicator| (Level::Result(number), indicator)));
    impact.chain(outcomes).chain(outputs).collect()
}

/// The indicators of `impact`, `outcome.KEY` or `result.KEY`.
fn indicators_of<'a>(logframe: &'a mut Logframe, owner: &str) -> Option<&'a mut Vec<Indicator>> {
    match owner.split_once('.') {
        None if owner == "impact" => Some(&mut logframe.impact_indicators),
        Some(("outcome", key)) => logframe.outcomes.iter_mut().find(|outcome| outcome.key == key).map(|outcome| &mut outcome.indicators),
        Some(("result", key)) => logframe.outputs.iter_mut().find(|output| output.key == key).map(|output| &mut output.indicators),
        _ => None,
    }
}

/// A key that no row has: the kind's letter and the next number.
pub fn fresh_key<'k>(kind: char, taken: impl Iterator<Item = &'k str>) -> String {
    let last = taken.filter_map(|key| key.strip_prefix(kind)?.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{kind}{}", last.saturating_add(1))
}

/// What a named button of the page does to the logframe; the answer is the field to go on in. `spent` are keys that no new row gets.
#[must_use]
pub fn change(logframe: &mut Logframe, verb: &str, what: &str, spent: &[String]) -> Option<String> {
    match verb {
        "add" => add(logframe, what, spent),
        "copy" => copy(logframe, what, spent),
        "del" => remove(logframe, what),
        "up" => shift(logframe, what, true),
        "down" => shift(logframe, what, false),
        _ => None,
    }
}

/// The next key of a kind. One row of numbers for all activities: plan and budget name an activity by its key alone.
fn next(logframe: &Logframe, kind: char, spent: &[String]) -> String {
    let taken: Vec<&str> = match kind {
        'o' => logframe.outcomes.iter().map(|outcome| outcome.key.as_str()).collect(),
        'r' => logframe.outputs.iter().map(|output| output.key.as_str()).collect(),
        'a' => logframe.outputs.iter().flat_map(|output| &output.activities).map(|activity| activity.key.as_str()).collect(),
        _ => logframe.numbered_indicators().into_iter().map(|(_, _, indicator)| indicator.key.as_str()).collect(),
    };
    fresh_key(kind, taken.into_iter().chain(spent.iter().map(String::as_str)))
}

fn add(logframe: &mut Logframe, what: &str, spent: &[String]) -> Option<String> {
    match what.split_once('.') {
        None if what == "outcome" => {
            let key = next(logframe, 'o', spent);
            logframe.outcomes.push(Outcome { key: key.clone(), ..Outcome::default() });
            Some(format!("outcome.{key}.text"))
        }
        None if what == "result" => {
            let key = next(logframe, 'r', spent);
            logframe.outputs.push(Output { key: key.clone(), ..Output::default() });
            Some(format!("result.{key}.text"))
        }
        Some(("activity", result)) => {
            let key = next(logframe, 'a', spent);
            let output = logframe.outputs.iter_mut().find(|output| output.key == result)?;
            output.activities.push(Activity { key: key.clone(), ..Activity::default() });
            Some(format!("result.{result}.act.{key}.text"))
        }
        Some(("indicator", owner)) => {
            let key = next(logframe, 'i', spent);
            indicators_of(logframe, owner)?.push(Indicator { key: key.clone(), ..Indicator::default() });
            Some(format!("{owner}.ind.{key}.text"))
        }
        _ => None,
    }
}

/// A result, an activity or an indicator once more, behind the first, with keys of its own: `result.r1`, `result.r1.act.a2`, `impact.ind.i1`.
fn copy(logframe: &mut Logframe, what: &str, spent: &[String]) -> Option<String> {
    if let Some((owner, key)) = what.split_once(".ind.") {
        let fresh = next(logframe, 'i', spent);
        let indicators = indicators_of(logframe, owner)?;
        let place = indicators.iter().position(|indicator| indicator.key == key)?;
        let indicator = Indicator { key: fresh.clone(), ..indicators.get(place)?.clone() };
        indicators.insert(place + 1, indicator);
        return Some(format!("{owner}.ind.{fresh}.text"));
    }
    let rest = what.strip_prefix("result.")?;
    if let Some((result, key)) = rest.split_once(".act.") {
        let fresh = next(logframe, 'a', spent);
        let activities = &mut logframe.outputs.iter_mut().find(|output| output.key == result)?.activities;
        let place = activities.iter().position(|activity| activity.key == key)?;
        let activity = Activity { key: fresh.clone(), ..activities.get(place)?.clone() };
        activities.insert(place + 1, activity);
        return Some(format!("result.{result}.act.{fresh}.text"));
    }
    let place = logframe.outputs.iter().position(|output| output.key == rest)?;
    let of = logframe.outputs.get(place)?.clone();
    let key = next(logframe, 'r', spent);
    logframe.outputs.insert(place + 1, Output { key: key.clone(), text: of.text, ..Output::default() });
    for activity in of.activities {
        let activity = Activity { key: next(logframe, 'a', spent), ..activity };
        logframe.outputs.get_mut(place + 1)?.activities.push(activity);
    }
    for indicator in of.indicators {
        let indicator = Indicator { key: next(logframe, 'i', spent), ..indicator };
        logframe.outputs.get_mut(place + 1)?.indicators.push(indicator);
    }
    Some(format!("result.{key}.text"))
}

/// `result.r1`, `outcome.o1`, `result.r1.act.a2`, `impact.ind.i1`, `outcome.o1.ind.i3`.
fn remove(logframe: &mut Logframe, what: &str) -> Option<String> {
    if let Some((owner, key)) = what.split_once(".ind.") {
        let indicators = indicators_of(logframe, owner)?;
        let place = indicators.iter().position(|indicator| indicator.key == key)?;
        indicators.remove(place);
        return Some(format!("add-indicator.{owner}"));
    }
    let (kind, rest) = what.split_once('.')?;
    if let Some((result, key)) = rest.split_once(".act.") {
        let output = logframe.outputs.iter_mut().find(|output| output.key == result)?;
        let place = output.activities.iter().position(|activity| activity.key == key)?;
        output.activities.remove(place);
        return Some(format!("add-activity.{result}"));
    }
    if kind == "outcome" {
        let place = logframe.outcomes.iter().position(|outcome| outcome.key == rest)?;
        logframe.outcomes.remove(place);
    } else {
        let place = logframe.outputs.iter().position(|output| output.key == rest)?;
        logframe.outputs.remove(place);
    }
    Some(format!("add-{kind}"))
}

/// Moves a result, or an activity within its result, one place up or down.
fn shift(logframe: &mut Logframe, what: &str, up: bool) -> Option<String> {
    let rest = what.strip_prefix("result.")?;
    if let Some((result, key)) = rest.split_once(".act.") {
        let activities = &mut logframe.outputs.iter_mut().find(|output| output.key == result)?.activities;
        let place = activities.iter().position(|activity| activity.key == key)?;
        swap(activities, place, up);
    } else {
        let place = logframe.outputs.iter().position(|output| output.key == rest)?;
        swap(&mut logframe.outputs, place, up);
    }
    Some(format!("{what}.text"))
}

fn swap<T>(rows: &mut [T], place: usize, up: bool) {
    let other = if up { place.checked_sub(1) } else { Some(place + 1).filter(|next| *next < rows.len()) };
    if let Some(other) = other {
        rows.swap(place, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Lang;

    fn act(key: &str, text: &str) -> Activity {
        Activity { key: key.into(), text: text.into() }
    }
    fn ind(key: &str, target: &str, source: &str) -> Indicator {
        Indicator {
            key: key.into(),
            text: "Actors trained".into(),
            unit: "persons".into(),
            baseline: "0".into(),
            target: target.into(),
            target_year: "2017".into(),
            source: source.into(),
            assumption: "People come".into(),
            ..Indicator::default()
        }
    }
    fn sample() -> Logframe {
        Logframe {
            impact: "Good governance".into(),
            impact_indicators: vec![],
            outcomes: vec![Outcome { key: "o1".into(), text: "Engagement".into(), indicators: vec![] }],
            outputs: vec![
                Output {
                    key: "r1".into(),
                    text: "Knowledge".into(),
                    indicators: vec![ind("i1", "40", "lists"), ind("i2", "", "lists"), ind("i3", "8", "")],
                    activities: vec![act("a1", "Organization of Focus group Discussions (FGD)."), act("a2", "Organization of focus group discussions (FGD)")],
                },
                Output { key: "r2".into(), text: "Voice".into(), indicators: vec![], activities: vec![act("a3", "Survey")] },
            ],
        }
    }
    fn codes(reasons: &[Reason]) -> Vec<(&str, &str)> {
        reasons.iter().map(|reason| (reason.code.as_str(), reason.at.as_str())).collect()
    }

    #[test]
    fn every_gap_is_named_at_its_box_in_page_order() {
        assert_eq!(codes(&complaints(&sample())), [("no-target", "logframe#result.r1.ind.i2.target"), ("no-source", "logframe#result.r1.ind.i3.source")]);
        let empty = complaints(&Logframe::default());
        assert_eq!(
            codes(&empty),
            [
                ("no-impact", "logframe#impact.text"),
                ("no-outcome", "logframe#add-outcome"),
                ("no-result", "logframe#add-result"),
                ("no-indicator", "logframe#add-indicator.impact")
            ]
        );
    }

    #[test]
    fn people_are_counted_as_women_and_men() {
        for (unit, target, women, men, expected) in [
            ("persona", "40", "24", "16", ""),
            ("persona", "40", "", "", "no-split"),
            ("të rinj", "40", "", "", "no-split"),
            ("meetings", "40", "", "", ""),
            ("% of women", "40 %", "", "", "no-split"),
            ("% of citizens", "40 %", "45", "35", ""),
            ("people", "40", "24", "17", "split-sum"),
            ("people", "40", "24", "", "no-split"),
            ("meetings", "40", "half", "half", "no-split"),
        ] {
            let one = Indicator { unit: unit.into(), target_women: women.into(), target_men: men.into(), ..ind("i1", target, "lists") };
            let found = split_hint(&Place { owner: "impact", level: Level::Impact, number: 2 }, &one);
            assert_eq!(found.as_ref().map_or("", |hint| hint.code.as_str()), expected, "{unit} {target} {women} {men}");
            assert!(found.is_none_or(|hint| hint.text.en.contains("indicator 2")));
        }
        let one = Indicator { target_women: "24".into(), target_men: "16".into(), ..ind("i1", "40", "lists") };
        assert_eq!((split(&one, Tr(Lang::En)), split(&ind("i1", "40", ""), Tr(Lang::Sq))), ("24 women, 16 men".into(), String::new()));
    }

    #[test]
    fn a_copy_has_keys_of_its_own() {
        let mut logframe = sample();
        assert_eq!(change(&mut logframe, "copy", "result.r1.act.a1", &[]).as_deref(), Some("result.r1.act.a4.text"));
        assert_eq!(
            logframe.numbered_activities().iter().map(|(number, activity)| format!("{number} {}", activity.key)).collect::<Vec<_>>()[..3],
            ["1.1 a1", "1.2 a4", "1.3 a2"]
        );
        assert_eq!(change(&mut logframe, "copy", "result.r1.ind.i2", &["i7".into()]).as_deref(), Some("result.r1.ind.i8.text"));
        assert_eq!(change(&mut logframe, "copy", "result.r1", &[]).as_deref(), Some("result.r3.text"));
        let keys: Vec<_> = logframe.outputs.iter().map(|output| output.key.as_str()).collect();
        assert_eq!(keys, ["r1", "r3", "r2"]);
        let (first, copy) = (&logframe.outputs[0], &logframe.outputs[1]);
        assert_eq!((copy.text.as_str(), copy.activities.len(), copy.indicators.len()), (first.text.as_str(), first.activities.len(), first.indicators.len()));
        let mut all: Vec<_> = logframe.numbered_activities().into_iter().map(|(_, activity)| activity.key.clone()).collect();
        all.extend(logframe.numbered_indicators().into_iter().map(|(_, _, indicator)| indicator.key.clone()));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(change(&mut logframe, "copy", "result.r9", &[]), None);
    }

    #[test]
    fn lengths_and_figures_are_judged() {
        for (target, fine) in [("40", true), ("12,5", true), ("80 %", true), ("about forty", false), ("-3", false)] {
            let mut logframe = sample();
            logframe.outputs[0].indicators = vec![ind("i1", target, "lists")];
            assert_eq!(complaints(&logframe).is_empty(), fine, "{target}");
        }
        let mut logframe = sample();
        logframe.outputs[0].indicators.truncate(1);
        logframe.outputs[0].activities[0].text = "ë".repeat(LONGEST_ACTIVITY);
        assert!(complaints(&logframe).is_empty());
        logframe.outputs[0].activities[0].text.push('ë');
        assert_eq!(codes(&complaints(&logframe)), [("too-long", "logframe#result.r1.act.a1.text")]);
    }

    #[test]
    fn twins_and_results_without_indicators_are_only_hints() {
        let mut hints = hints(&sample(), &Budget::default());
        hints.retain(|hint| hint.code != "no-split");
        assert_eq!(codes(&hints), [("twins", "logframe#result.r1.act.a2.text"), ("no-indicator", "logframe#add-indicator.result.r2")]);
        assert!(hints[0].text.en.contains("1.1") && hints[0].text.en.contains("1.2"));
    }

    #[test]
    fn keys_stay_and_numbers_follow_the_order() {
        let mut logframe = sample();
        assert_eq!(change(&mut logframe, "up", "result.r2", &[]).as_deref(), Some("result.r2.text"));
        let numbers: Vec<_> = logframe.numbered_activities().into_iter().map(|(number, activity)| (number, activity.key.clone())).collect();
        assert_eq!(numbers, [("1.1".into(), "a3".into()), ("2.1".into(), "a1".to_owned()), ("2.2".into(), "a2".into())]);
        assert_eq!(change(&mut logframe, "down", "result.r1.act.a1", &[]).as_deref(), Some("result.r1.act.a1.text"));
        assert_eq!(logframe.outputs[1].activities[1].key, "a1");
        let before = logframe.clone();
        let _ = change(&mut logframe, "down", "result.r1", &[]);
        assert_eq!(logframe, before, "the last one stays the last one");
    }

    #[test]
    fn buttons_add_and_remove_at_every_level() {
        let mut logframe = sample();
        for (verb, what, then) in [
            ("add", "activity.r2", Some("result.r2.act.a4.text")),
            ("add", "indicator.impact", Some("impact.ind.i4.text")),
            ("add", "indicator.outcome.o1", Some("outcome.o1.ind.i5.text")),
            ("add", "outcome", Some("outcome.o2.text")),
            ("add", "result", Some("result.r3.text")),
            ("del", "impact.ind.i4", Some("add-indicator.impact")),
            ("del", "result.r1.act.a1", Some("add-activity.r1")),
            ("del", "result.r1", Some("add-result")),
            ("del", "outcome.o9", None),
            ("add", "activity.r9", None),
            ("steal", "result", None),
        ] {
            assert_eq!(change(&mut logframe, verb, what, &[]).as_deref(), then, "{verb} {what}");
        }
        assert_eq!(logframe.outputs.len(), 2);
        assert_eq!(logframe.outcomes.len(), 2);
    }
}
