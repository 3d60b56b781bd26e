//! What a workbook would change: rows that come, change and go, in the words of the pages.
use super::budget_sheet::heading_label;
use crate::applications::budget::{self, Totals};
use crate::applications::content::{Budget, File, Heading, Logframe, PartContent};
use crate::applications::logframe::Level;
use crate::kernel::merging::{Boxes, mark, row_of};
use crate::kernel::{Money, Quantity, Tr, words};
use std::collections::{HashMap, HashSet};

words!(
    /// What becomes of a row.
    Fate { Added = "added", Changed = "changed", Removed = "removed" }
);
impl Fate {
    #[must_use]
    pub fn label(&self, t: &Tr) -> &'static str {
        match self {
            Self::Added => t.workbook_added(),
            Self::Changed => t.workbook_changed(),
            Self::Removed => t.workbook_removed(),
        }
    }
    /// The colour of its tag.
    #[must_use]
    pub const fn colour(&self) -> &'static str {
        match self {
            Self::Added => "ok",
            Self::Changed => "info",
            Self::Removed => "warn",
        }
    }
}

/// A row of the part, or one of its single boxes, that would be another one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    pub fate: Fate,
    /// `line.l3`, `indirect`.
    pub row: String,
    /// Names of the boxes that differ, with what stands in each now and then.
    pub boxes: Vec<(String, String, String)>,
}

/// Every row that differs, in the order of the workbook; rows that go come last.
#[must_use]
pub fn between(before: &Boxes, after: &Boxes) -> Vec<Change> {
    let rows = |boxes: &Boxes| {
        let mut seen = HashSet::new();
        boxes.iter().map(|(name, _)| row_of(name).to_owned()).filter(|row| seen.insert(row.clone())).collect::<Vec<_>>()
    };
    let (old, new) = (rows(before), rows(after));
    let known: HashSet<&String> = old.iter().collect();
    let kept: HashSet<&String> = new.iter().collect();
    let gone = old.iter().filter(|row| !kept.contains(row));
    let mut by_row: HashMap<&str, Vec<(String, String, String)>> = HashMap::new();
    let mut seen = HashSet::new();
    let text = |boxes: &Boxes, name: &str| boxes.get(name).map_or(String::new(), |values| values.join("\n"));
    for (name, _) in after.iter().chain(before.iter()).filter(|(name, _)| seen.insert(*name)) {
        let (was, is) = (text(before, name), text(after, name));
        if mark(name, std::slice::from_ref(&was)) != mark(name, std::slice::from_ref(&is)) {
            by_row.entry(row_of(name)).or_default().push((name.to_owned(), was, is));
        }
    }
    let fate = |row: &String| {
        if !known.contains(row) {
            Fate::Added
        } else if kept.contains(row) {
            Fate::Changed
        } else {
            Fate::Removed
        }
    };
    let change = |row: &String| {
        let boxes = by_row.remove(row.as_str()).unwrap_or_default();
        let fate = fate(row);
        // A row in which nothing stands comes and goes without anybody missing it.
        (!boxes.is_empty()).then(|| Change { fate, row: row.clone(), boxes })
    };
    new.iter().chain(gone).filter_map(change).collect()
}

/// The words for rows, boxes and what stands in them.
pub struct Speech<'f> {
    t: Tr,
    file: &'f File,
    rows: HashMap<String, String>,
}

impl<'f> Speech<'f> {
    /// Rows are named as they will be; those that go as they were.
    #[must_use]
    pub fn new(file: &'f File, before: &PartContent, after: &PartContent, t: Tr) -> Self {
        let mut rows = HashMap::new();
        for content in [before, after] {
            match content {
                PartContent::Budget(budget) => name_lines(&mut rows, budget),
                PartContent::Logframe(logframe) => name_levels(&mut rows, logframe, t),
                _ => {}
            }
        }
        Self { t, file, rows }
    }

    #[must_use]
    pub fn row(&self, row: &str) -> String {
        let t = self.t;
        match row {
            "indirect" => t.budget_indirect().into(),
            "reserve" => t.budget_reserve().into(),
            "own_contribution" => t.budget_own().into(),
            "other_contribution" => t.budget_other_money().into(),
            "other_donors" => t.budget_other_donors().into(),
            "impact" => t.logframe_impact().into(),
            _ => self.rows.get(row).cloned().unwrap_or_else(|| row.to_owned()),
        }
    }

    /// The name of a box within its row; none where the row says it.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        let t = self.t;
        let Some((_, field)) = name.rsplit_once('.') else { return "" };
        match field {
            "heading" => t.workbook_heading(),
            "description" => t.budget_cost(),
            "number" => t.budget_number(),
            "unit" => t.budget_unit(),
            "unit_cost" => t.budget_unit_cost_euro(),
            "activity" => t.budget_activity(),
            "spender" => t.budget_spender(),
            "justification" => t.budget_justification(),
            "text" => t.workbook_text(),
            "baseline" => t.logframe_baseline(),
            "baseline_year" => t.logframe_baseline_year(),
            "target" => t.logframe_target(),
            "target_year" => t.logframe_target_year(),
            "target_women" => t.logframe_target_women(),
            "target_men" => t.logframe_target_men(),
            "source" => t.logframe_source(),
            "assumption" => t.logframe_assumption(),
            _ => "",
        }
    }

    /// What stands in a box, as people read it.
    #[must_use]
    pub fn text(&self, name: &str, text: &str) -> String {
        let t = self.t;
        let field = name.rsplit('.').next().unwrap_or_default();
        let shown = match field {
            "unit_cost" | "indirect" | "reserve" | "own_contribution" | "other_contribution" => Money::typed(text).map(|amount| t.amount(amount)),
            "number" => Quantity::typed(text).map(|number| t.quantity(number)),
            "heading" => text.parse::<Heading>().ok().map(|heading| heading_label(heading, t)),
            "activity" => self
                .file
                .logframe
                .numbered_activities()
                .into_iter()
                .find(|(_, known)| known.key == text)
                .map(|(number, known)| format!("{number} {}", known.text)),
            "spender" if text == "lead" => Some(self.file.organisation.name.clone()),
            "spender" => self.file.partners.partners.iter().find(|partner| partner.key == text).map(|partner| partner.name.clone()),
            _ => None,
        };
        shown.unwrap_or_else(|| text.to_owned())
    }
}

fn name_lines(rows: &mut HashMap<String, String>, budget: &Budget) {
    for (number, line) in budget::numbered(budget) {
        rows.insert(format!("line.{}", line.key), format!("{number} {}", line.description).trim().to_owned());
    }
}

fn name_levels(rows: &mut HashMap<String, String>, logframe: &Logframe, t: Tr) {
    let mut indicators = |owner: &str, level: Level, list: &[crate::applications::content::Indicator]| {
        for (indicator, number) in list.iter().zip(1..) {
            rows.insert(format!("{owner}.ind.{}", indicator.key), format!("{}, {}", level.label(t), t.logframe_indicator(number).to_lowercase()));
        }
    };
    indicators("impact", Level::Impact, &logframe.impact_indicators);
    for (outcome, number) in logframe.outcomes.iter().zip(1..) {
        indicators(&format!("outcome.{}", outcome.key), Level::Outcome(number), &outcome.indicators);
    }
    for (output, number) in logframe.outputs.iter().zip(1..) {
        indicators(&format!("result.{}", output.key), Level::Result(number), &output.indicators);
    }
    for (outcome, number) in logframe.outcomes.iter().zip(1..) {
        rows.insert(format!("outcome.{}", outcome.key), Level::Outcome(number).label(t));
    }
    for (output, number) in logframe.outputs.iter().zip(1..) {
        rows.insert(format!("result.{}", output.key), Level::Result(number).label(t));
        for (activity, place) in output.activities.iter().zip(1..) {
            rows.insert(format!("result.{}.act.{}", output.key, activity.key), t.logframe_activity(format!("{number}.{place}")));
        }
    }
}

/// A sum as it is and as it would be.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sum {
    pub name: String,
    pub before: Money,
    pub after: Money,
    /// Totals stand out.
    pub strong: bool,
}

/// Both budgets' sums beside each other, those that are nothing in both left out.
#[must_use]
pub fn sums(before: &Totals, after: &Totals, t: Tr) -> Vec<Sum> {
    let headings = Heading::ALL.iter().map(|heading| (heading_label(*heading, t), before.of_heading(heading), after.of_heading(heading), false));
    let rest = [
        (t.budget_direct(), before.direct, after.direct, true),
        (t.budget_indirect(), before.indirect, after.indirect, false),
        (t.budget_reserve(), before.reserve, after.reserve, false),
        (t.budget_total(), before.total, after.total, true),
        (t.budget_own(), before.own, after.own, false),
        (t.budget_other_money(), before.other, after.other, false),
        (t.budget_requested(), before.requested, after.requested, true),
    ];
    headings
        .chain(rest.into_iter().map(|(name, before, after, strong)| (name.to_owned(), before, after, strong)))
        .filter(|(_, before, after, strong)| *strong || !before.is_zero() || !after.is_zero())
        .map(|(name, before, after, strong)| Sum { name, before, after, strong })
        .collect()
}
