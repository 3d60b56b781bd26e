//! A part as the boxes of its form: what stands in each by its name (`result.r1.act.a2.text`), and back. Pages, autosave and
//! merging all go through here, so that a box has one name and one meaning everywhere.
use super::Part;
use super::content::{
    Activity, Budget, BudgetLine, Capacity, Declarations, Description, Heading, Indicator, Logframe, Member, Outcome, Output, PartContent, Partner, Partners,
    Plan, PlanRow, Risk, SimilarProject, Summary,
};
use super::logframe::fresh_key;
use super::merging::Boxes;
use crate::web::Fields;

/// Every box of a part with what stands in it, in the form's order.
#[must_use]
pub fn of(content: &PartContent) -> Boxes {
    let mut boxes = Boxes::default();
    match content {
        PartContent::Partners(partners) => partners.partners.iter().for_each(|row| row.put(&mut boxes)),
        PartContent::Summary(summary) => put_summary(&mut boxes, summary),
        PartContent::Description(description) => {
            for (name, text) in description_texts(description) {
                boxes.put(name, text);
            }
            description.risks.iter().for_each(|row| row.put(&mut boxes));
        }
        PartContent::Logframe(logframe) => put_logframe(&mut boxes, logframe),
        PartContent::Plan(plan) => {
            for row in &plan.rows {
                boxes.put_all(&format!("row.{}.month", row.activity), row.months.iter().map(ToString::to_string).collect());
                boxes.put(&format!("row.{}.responsible", row.activity), &row.responsible);
            }
        }
        PartContent::Budget(budget) => put_budget(&mut boxes, budget),
        PartContent::Capacity(capacity) => {
            capacity.projects.iter().for_each(|row| row.put(&mut boxes));
            capacity.team.iter().for_each(|row| row.put(&mut boxes));
        }
        PartContent::Declarations(declarations) => {
            boxes.put_all("agreed", declarations.agreed.clone());
            boxes.put("name", &declarations.name);
            boxes.put("position", &declarations.position);
            boxes.put("conflicts", &declarations.conflicts);
            boxes.put("other_funding", &declarations.other_funding);
        }
    }
    boxes
}

/// A part from the boxes of its form. Rows keep the form's order and their keys; a row without a good key gets a fresh one.
#[must_use]
pub fn read(part: Part, fields: &Fields) -> PartContent {
    match part {
        Part::Partners => PartContent::Partners(Partners { partners: rows(fields) }),
        Part::Summary => PartContent::Summary(read_summary(fields)),
        Part::Description => PartContent::Description(read_description(fields)),
        Part::Logframe => PartContent::Logframe(read_logframe(fields)),
        Part::Plan => PartContent::Plan(Plan { rows: read_plan(fields) }),
        Part::Budget => PartContent::Budget(read_budget(fields)),
        Part::Capacity => PartContent::Capacity(Capacity { projects: rows(fields), team: rows(fields) }),
        Part::Declarations => PartContent::Declarations(Declarations {
            agreed: fields.all("agreed"),
            wordings: vec![],
            name: fields.get("name"),
            position: fields.get("position"),
            conflicts: fields.get("conflicts"),
            other_funding: fields.get("other_funding"),
        }),
    }
}

/// The same from boxes that were merged.
#[must_use]
pub fn content(part: Part, boxes: &Boxes) -> PartContent {
    read(part, &Fields::new(boxes.pairs()))
}

/// A row of a repeater.
pub trait Row: Default {
    const LIST: &'static str;
    const LETTER: char;
    const FIRST: &'static str;
    const FIELDS: &'static [&'static str];
    fn key(&self) -> &str;
    fn set_key(&mut self, key: String);
    fn field(&mut self, name: &str) -> Option<&mut String>;
    fn text(&self, name: &str) -> &str;
    fn put(&self, boxes: &mut Boxes) {
        for name in Self::FIELDS {
            boxes.put(&format!("{}.{}.{name}", Self::LIST, self.key()), self.text(name));
        }
    }
}

macro_rules! row {
    ($kind:ty, $list:literal, $letter:literal, $first:ident $(, $field:ident)*) => {
        impl Row for $kind {
            const LIST: &'static str = $list;
            const LETTER: char = $letter;
            const FIRST: &'static str = stringify!($first);
            const FIELDS: &'static [&'static str] = &[stringify!($first) $(, stringify!($field))*];
            fn key(&self) -> &str {
                &self.key
            }
            fn set_key(&mut self, key: String) {
                self.key = key;
            }
            fn field(&mut self, name: &str) -> Option<&mut String> {
                match name {
                    stringify!($first) => Some(&mut self.$first),
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
            fn text(&self, name: &str) -> &str {
                match name {
                    stringify!($first) => &self.$first,
                    $(stringify!($field) => &self.$field,)*
                    _ => "",
                }
            }
        }
    };
}
row!(Partner, "partners", 'p', name, nipt, municipality, representative, email, role);
row!(Risk, "risks", 'r', risk, mitigation);
row!(SimilarProject, "projects", 's', title, donor, amount, years, role);
row!(Member, "team", 'm', name, role, time);

fn rows<R: Row>(fields: &Fields) -> Vec<R> {
    let mut keys = Keys::default();
    let row = |sent: String| {
        let mut row = R::default();
        for name in R::FIELDS {
            if let Some(text) = row.field(name) {
                *text = fields.get(&format!("{}.{sent}.{name}", R::LIST));
            }
        }
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

fn put_summary(boxes: &mut Boxes, summary: &Summary) {
    boxes.put("title", &summary.title);
    boxes.put("tier", &summary.tier);
    boxes.put("months", &summary.months);
    boxes.put("starts_on", &summary.starts_on);
    boxes.put("main_municipality", summary.municipalities.first().map_or("", String::as_str));
    boxes.put_all("municipalities", summary.municipalities.clone());
    boxes.put_all("themes", summary.themes.clone());
    boxes.put("summary_sq", &summary.summary_sq);
    boxes.put("summary_en", &summary.summary_en);
}

/// The place where the project counts once stands first among its places.
fn read_summary(fields: &Fields) -> Summary {
    let mut municipalities = fields.all("municipalities");
    let main = fields.get("main_municipality");
    if !main.is_empty() {
        municipalities.retain(|code| *code != main);
        municipalities.insert(0, main);
    }
    Summary {
        title: fields.get("title"),
        tier: fields.get("tier"),
        themes: fields.all("themes"),
        municipalities,
        months: fields.get("months"),
        starts_on: fields.get("starts_on"),
        summary_sq: fields.get("summary_sq"),
        summary_en: fields.get("summary_en"),
    }
}

fn description_texts(description: &Description) -> [(&'static str, &str); 10] {
    [
        ("problem", &description.problem),
        ("target_groups", &description.target_groups),
        ("women", &description.women),
        ("men", &description.men),
        ("beneficiaries", &description.beneficiaries),
        ("methodology", &description.methodology),
        ("monitoring", &description.monitoring),
        ("sustainability", &description.sustainability),
        ("added_value", &description.added_value),
        ("visibility", &description.visibility),
    ]
}

fn read_description(fields: &Fields) -> Description {
    Description {
        problem: fields.get("problem"),
        target_groups: fields.get("target_groups"),
        women: fields.get("women"),
        men: fields.get("men"),
        beneficiaries: fields.get("beneficiaries"),
        methodology: fields.get("methodology"),
        risks: rows(fields),
        monitoring: fields.get("monitoring"),
        sustainability: fields.get("sustainability"),
        added_value: fields.get("added_value"),
        visibility: fields.get("visibility"),
    }
}

fn put_indicators(boxes: &mut Boxes, owner: &str, indicators: &[Indicator]) {
    for indicator in indicators {
        let texts = [
            ("text", &indicator.text),
            ("unit", &indicator.unit),
            ("baseline", &indicator.baseline),
            ("baseline_year", &indicator.baseline_year),
            ("target", &indicator.target),
            ("target_year", &indicator.target_year),
            ("source", &indicator.source),
            ("assumption", &indicator.assumption),
        ];
        for (name, text) in texts {
            boxes.put(&format!("{owner}.ind.{}.{name}", indicator.key), text);
        }
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

fn read_plan(fields: &Fields) -> Vec<PlanRow> {
    let row = |key: String| PlanRow {
        months: fields.all(&format!("row.{key}.month")).iter().filter_map(|month| month.parse().ok()).collect(),
        responsible: fields.get(&format!("row.{key}.responsible")),
        activity: key,
    };
    fields.rows("row").into_iter().map(row).collect()
}

fn put_budget(boxes: &mut Boxes, budget: &Budget) {
    for line in &budget.lines {
        let texts = [
            ("heading", line.heading.as_str()),
            ("description", &line.description),
            ("unit", &line.unit),
            ("number", &line.number),
            ("unit_cost", &line.unit_cost),
            ("activity", &line.activity),
            ("spender", &line.spender),
            ("justification", &line.justification),
        ];
        for (name, text) in texts {
            boxes.put(&format!("line.{}.{name}", line.key), text);
        }
    }
    boxes.put("indirect", &budget.indirect);
    boxes.put("reserve", &budget.reserve);
    boxes.put("own_contribution", &budget.own_contribution);
    boxes.put("other_contribution", &budget.other_contribution);
    boxes.put("other_donors", &budget.other_donors);
}

/// A line without a heading of the list is no line.
fn read_budget(fields: &Fields) -> Budget {
    let mut keys = Keys::default();
    let line = |row: String| {
        let get = |field: &str| fields.get(&format!("line.{row}.{field}"));
        Some(BudgetLine {
            heading: get("heading").parse::<Heading>().ok()?,
            description: get("description"),
            unit: get("unit"),
            number: get("number"),
            unit_cost: get("unit_cost"),
            activity: get("activity"),
            spender: get("spender"),
            justification: get("justification"),
            key: keys.take('l', row),
        })
    };
    Budget {
        lines: fields.rows("line").into_iter().filter_map(line).collect(),
        indirect: fields.get("indirect"),
        reserve: fields.get("reserve"),
        own_contribution: fields.get("own_contribution"),
        other_contribution: fields.get("other_contribution"),
        other_donors: fields.get("other_donors"),
    }
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
        let budget = read_budget(&fields(&pairs));
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
