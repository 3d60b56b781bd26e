//! A part as the boxes of its form: what stands in each by its name (`result.r1.act.a2.text`), and back. Pages, autosave and
//! merging all go through here, so that a box has one name and one meaning everywhere.
use super::Part;
use super::budget::empty_line;
use super::content::{
    Activity, Budget, BudgetLine, Capacity, Declarations, Description, Heading, Indicator, Logframe, Member, Outcome, Output, PartContent, Partner, Partners,
    Plan, PlanRow, Risk, SimilarProject, Summary,
};
use super::logframe::fresh_key;
use crate::kernel::merging::Boxes;
use crate::web::Fields;

/// Every box of a part with what stands in it, in the form's order.
#[must_use]
pub fn of(content: &PartContent) -> Boxes {
    let mut boxes = Boxes::default();
    match content {
        PartContent::Partners(partners) => put_rows(&mut boxes, &partners.partners),
        PartContent::Summary(summary) => {
            summary.put(&mut boxes, "");
            boxes.put("main_municipality", summary.municipalities.first().map_or("", String::as_str));
            boxes.put_all("municipalities", summary.municipalities.clone());
            boxes.put_all("themes", summary.themes.clone());
        }
        PartContent::Description(description) => {
            description.put(&mut boxes, "");
            put_rows(&mut boxes, &description.risks);
        }
        PartContent::Logframe(logframe) => put_logframe(&mut boxes, logframe),
        PartContent::Plan(plan) => {
            for row in &plan.rows {
                boxes.put_all(&format!("row.{}.month", row.activity), row.months.iter().map(ToString::to_string).collect());
                boxes.put(&format!("row.{}.responsible", row.activity), &row.responsible);
            }
        }
        PartContent::Budget(budget) => {
            for line in &budget.lines {
                let place = format!("line.{}", line.key);
                boxes.put(&at(&place, "heading"), line.heading.as_str());
                line.put(&mut boxes, &place);
            }
            budget.put(&mut boxes, "");
        }
        PartContent::Capacity(capacity) => {
            put_rows(&mut boxes, &capacity.projects);
            put_rows(&mut boxes, &capacity.team);
        }
        PartContent::Declarations(declarations) => {
            boxes.put_all("agreed", declarations.agreed.clone());
            declarations.put(&mut boxes, "");
        }
    }
    boxes
}

/// A part from the boxes of its form. Rows keep the form's order and their keys; a row without a good key gets a fresh one.
#[must_use]
pub fn read(part: Part, fields: &Fields) -> PartContent {
    match part {
        Part::Partners => PartContent::Partners(Partners { partners: rows(fields) }),
        Part::Summary => {
            PartContent::Summary(Summary { municipalities: municipalities(fields), themes: fields.all("themes"), ..Summary::default().fill(fields, "") })
        }
        Part::Description => PartContent::Description(Description { risks: rows(fields), ..Description::default().fill(fields, "") }),
        Part::Logframe => PartContent::Logframe(read_logframe(fields)),
        Part::Plan => PartContent::Plan(Plan { rows: read_plan(fields) }),
        Part::Budget => PartContent::Budget(Budget { lines: lines(fields), ..Budget::default().fill(fields, "") }),
        Part::Capacity => PartContent::Capacity(Capacity { projects: rows(fields), team: rows(fields) }),
        Part::Declarations => PartContent::Declarations(Declarations { agreed: fields.all("agreed"), ..Declarations::default().fill(fields, "") }),
    }
}

/// The same from boxes that were merged.
#[must_use]
pub fn content(part: Part, boxes: &Boxes) -> PartContent {
    read(part, &Fields::new(boxes.pairs()))
}

/// What has several text boxes: their names, and the text of each.
pub trait Texts {
    const NAMES: &'static [&'static str];
    fn text(&self, name: &str) -> &str;
    fn text_mut(&mut self, name: &str) -> Option<&mut String>;

    /// Each of its boxes as `place.name`; without a place as its bare name.
    fn put(&self, boxes: &mut Boxes, place: &str) {
        for name in Self::NAMES {
            boxes.put(&at(place, name), self.text(name));
        }
    }
    #[must_use]
    fn fill(mut self, fields: &Fields, place: &str) -> Self
    where
        Self: Sized,
    {
        for name in Self::NAMES {
            if let Some(text) = self.text_mut(name) {
                *text = fields.get(&at(place, name));
            }
        }
        self
    }
}

fn at(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

macro_rules! texts {
    ($kind:ty: $($name:ident),+) => {
        impl Texts for $kind {
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];
            fn text(&self, name: &str) -> &str {
                match name {
                    $(stringify!($name) => &self.$name,)+
                    _ => "",
                }
            }
            fn text_mut(&mut self, name: &str) -> Option<&mut String> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}
texts!(Summary: title, tier, months, starts_on, summary_sq, summary_en);
texts!(Description: problem, target_groups, women, men, beneficiaries, methodology, monitoring, sustainability, added_value, visibility);
texts!(Indicator: text, unit, baseline, baseline_year, target, target_year, target_women, target_men, source, assumption);
texts!(Budget: indirect, reserve, own_contribution, other_contribution, other_donors);
texts!(BudgetLine: description, unit, number, unit_cost, activity, spender, justification);
texts!(Declarations: name, position, conflicts, other_funding);
texts!(Partner: name, nipt, municipality, representative, email, role);
texts!(Risk: risk, mitigation);
texts!(SimilarProject: title, donor, amount, years, role);
texts!(Member: name, role, time);

/// A row of a repeater; its first text is where its writer begins.
pub trait Row: Texts + Default {
    const LIST: &'static str;
    const LETTER: char;
    fn key(&self) -> &str;
    fn set_key(&mut self, key: String);
}

macro_rules! row {
    ($kind:ty, $list:literal, $letter:literal) => {
        impl Row for $kind {
            const LIST: &'static str = $list;
            const LETTER: char = $letter;
            fn key(&self) -> &str {
                &self.key
            }
            fn set_key(&mut self, key: String) {
                self.key = key;
            }
        }
    };
}
row!(Partner, "partners", 'p');
row!(Risk, "risks", 'r');
row!(SimilarProject, "projects", 's');
row!(Member, "team", 'm');

fn put_rows<R: Row>(boxes: &mut Boxes, rows: &[R]) {
    for row in rows {
        row.put(boxes, &format!("{}.{}", R::LIST, row.key()));
    }
}

fn rows<R: Row>(fields: &Fields) -> Vec<R> {
    let mut keys = Keys::default();
    let row = |sent: String| {
        let mut row = R::default().fill(fields, &format!("{}.{sent}", R::LIST));
        row.set_key(keys.take(R::LETTER, sent));
        row
    };
    fields.rows(R::LIST).into_iter().map(row).collect()
}

/// Gives every row a key of its own: the form's where it is well formed and new, else a fresh one.
#[derive(Default)]
struct Keys(Vec<String>);
impl Keys {
    fn take(&mut self, kind: char, wanted: String) -> String {
        let digits = wanted.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let well_formed = digits.len() < wanted.len() && wanted.len() <= 12 && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        let key = if well_formed && !self.0.contains(&wanted) { wanted } else { fresh_key(kind, self.0.iter().map(String::as_str)) };
        self.0.push(key.clone());
        key
    }
}

/// The place where the project counts once stands first among its places.
fn municipalities(fields: &Fields) -> Vec<String> {
    let mut municipalities = fields.all("municipalities");
    let main = fields.get("main_municipality");
    if !main.is_empty() {
        municipalities.retain(|code| *code != main);
        municipalities.insert(0, main);
    }
    municipalities
}

fn put_indicators(boxes: &mut Boxes, owner: &str, indicators: &[Indicator]) {
    for indicator in indicators {
        indicator.put(boxes, &format!("{owner}.ind.{}", indicator.key));
    }
}

fn put_logframe(boxes: &mut Boxes, logframe: &Logframe) {
    boxes.put("impact.text", &logframe.impact);
    put_indicators(boxes, "impact", &logframe.impact_indicators);
    for outcome in &logframe.outcomes {
        let owner = format!("outcome.{}", outcome.key);
        boxes.put(&format!("{owner}.text"), &outcome.text);
        put_indicators(boxes, &owner, &outcome.indicators);
    }
    for output in &logframe.outputs {
        let owner = format!("result.{}", output.key);
        boxes.put(&format!("{owner}.text"), &output.text);
        for activity in &output.activities {
            boxes.put(&format!("{owner}.act.{}.text", activity.key), &activity.text);
        }
        put_indicators(boxes, &owner, &output.indicators);
    }
}

fn read_logframe(fields: &Fields) -> Logframe {
    let (mut outcomes, mut results, mut activities, mut indicators) = (Keys::default(), Keys::default(), Keys::default(), Keys::default());
    let mut read_indicators = |owner: &str| -> Vec<Indicator> {
        let row = |row: String| {
            let indicator = Indicator::default().fill(fields, &format!("{owner}.ind.{row}"));
            Indicator { key: indicators.take('i', row), ..indicator }
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

fn read_plan(fields: &Fields) -> Vec<PlanRow> {
    let row = |key: String| PlanRow {
        months: fields.all(&format!("row.{key}.month")).iter().filter_map(|month| month.parse().ok()).collect(),
        responsible: fields.get(&format!("row.{key}.responsible")),
        activity: key,
    };
    fields.rows("row").into_iter().map(row).collect()
}

/// A line without a heading of the list is no line.
fn lines(fields: &Fields) -> Vec<BudgetLine> {
    let mut keys = Keys::default();
    let line = |row: String| {
        let place = format!("line.{row}");
        let heading = fields.get(&at(&place, "heading")).parse::<Heading>().ok()?;
        Some(empty_line(keys.take('l', row), heading).fill(fields, &place))
    };
    fields.rows("line").into_iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    fn logframe(pairs: &[(&str, &str)]) -> Logframe {
        read_logframe(&fields(pairs))
    }

    #[test]
    fn a_logframe_reads_back_as_it_was_shown() {
        let typed = logframe(&[
            ("impact.text", "Good governance"),
            ("impact.ind.i7.text", "Trust"),
            ("outcome.o1.text", "Engagement"),
            ("result.r2.text", "Second first"),
            ("result.r2.act.a4.text", "Survey"),
            ("result.r1.text", "Knowledge"),
            ("result.r1.act.a1.text", "Focus groups"),
            ("result.r1.ind.ri11.target", "40"),
        ]);
        assert_eq!(typed.impact_indicators[0].key, "i7");
        assert_eq!(typed.outputs.iter().map(|output| output.key.as_str()).collect::<Vec<_>>(), ["r2", "r1"]);
        assert_eq!(typed.outputs[1].activities[0].key, "a1");
        assert_eq!((typed.outputs[1].indicators[0].key.as_str(), typed.outputs[1].indicators[0].target.as_str()), ("ri11", "40"));
    }

    #[test]
    fn keys_are_never_shared() {
        let typed = logframe(&[
            ("result.0.text", "A"),
            ("result.0.act.0.text", "x"),
            ("result.1.text", "B"),
            ("result.1.act.0.text", "y"),
            ("result.1.act.<b>.text", "z"),
        ]);
        let keys: Vec<_> = typed.numbered_activities().into_iter().map(|(_, activity)| activity.key.clone()).collect();
        assert_eq!(keys, ["a1", "a2", "a3"]);
        assert_eq!(typed.outputs[1].key, "r2");
    }

    #[test]
    fn lines_keep_their_keys_and_what_was_typed() {
        let pairs =
            [("line.l2.heading", "travel"), ("line.l2.unit_cost", "12,34,5"), ("line.0.heading", "other"), ("line.l3.heading", "gifts"), ("indirect", " 7 ")];
        let PartContent::Budget(budget) = read(Part::Budget, &fields(&pairs)) else { panic!("another part") };
        let keys: Vec<_> = budget.lines.iter().map(|line| line.key.as_str()).collect();
        assert_eq!(keys, ["l2", "l3"]);
        assert_eq!((budget.lines[0].unit_cost.as_str(), budget.indirect.as_str()), ("12,34,5", "7"));
    }

    /// Every part, with rows in every list: written as boxes and read back it is the same.
    #[test]
    fn every_part_reads_back_from_its_boxes() {
        let full = [
            (Part::Partners, fields(&[("partners.p1.name", "Era"), ("partners.p2.nipt", "L71234567A")])),
            (Part::Summary, fields(&[("title", "T"), ("main_municipality", "kukes"), ("municipalities", "has"), ("themes", "T01"), ("months", "7")])),
            (Part::Description, fields(&[("problem", "p"), ("women", "12"), ("visibility", "v"), ("risks.r3.risk", "snow"), ("risks.r3.mitigation", "wait")])),
            (Part::Logframe, fields(&[("impact.text", "i"), ("impact.ind.i1.unit", "u"), ("outcome.o1.text", "o"), ("result.r1.act.a1.text", "a")])),
            (Part::Plan, fields(&[("row.a1.month", "1"), ("row.a1.month", "3"), ("row.a1.responsible", "lead")])),
            (Part::Budget, fields(&[("line.l1.heading", "travel"), ("line.l1.number", "2"), ("reserve", "5"), ("other_donors", "d")])),
            (Part::Capacity, fields(&[("projects.s1.title", "x"), ("team.m1.time", "50")])),
            (Part::Declarations, fields(&[("agreed", "true"), ("agreed", "once"), ("name", "n"), ("conflicts", "none")])),
        ];
        assert_eq!(full.len(), Part::ALL.len());
        for (part, fields) in full {
            let typed = read(part, &fields);
            assert_ne!(typed, PartContent::empty(part));
            assert_eq!(content(part, &of(&typed)), typed, "{part}");
            assert_eq!(content(part, &of(&PartContent::empty(part))), PartContent::empty(part), "{part}");
        }
    }
}
