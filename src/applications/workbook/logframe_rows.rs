//! The rows of a logframe's workbook: each objective and result with the activities and indicators below it.
use super::about::List;
use super::rules::{MARKER, Reading, SILENT};

/// Columns of the table, in their order. The first one is worked out: 1, 1.1, 1.2.
pub const NUMBER: u32 = 0;
pub const KIND: u32 = 1;
pub const TEXT: u32 = 2;
pub const UNIT: u32 = 3;
pub const BASELINE: u32 = 4;
pub const BASELINE_YEAR: u32 = 5;
pub const TARGET: u32 = 6;
pub const TARGET_YEAR: u32 = 7;
pub const TARGET_WOMEN: u32 = 8;
pub const TARGET_MEN: u32 = 9;
pub const SOURCE: u32 = 10;
pub const ASSUMPTION: u32 = 11;
/// Hidden: the keys of the rows.
pub const KEY: u32 = 12;
/// Hidden: how many activities the result has so far.
pub const COUNTED: u32 = 13;

/// What only an indicator has.
pub const MEASURED: [(&str, u32); 9] = [
    ("unit", UNIT),
    ("baseline", BASELINE),
    ("baseline_year", BASELINE_YEAR),
    ("target", TARGET),
    ("target_year", TARGET_YEAR),
    ("target_women", TARGET_WOMEN),
    ("target_men", TARGET_MEN),
    ("source", SOURCE),
    ("assumption", ASSUMPTION),
];

/// What a row is, as the list of levels says it.
pub const IMPACT: &str = "impact";
pub const OUTCOME: &str = "outcome";
pub const RESULT: &str = "result";
pub const ACTIVITY: &str = "activity";
pub const INDICATOR: &str = "indicator";

/// More rows than any logframe may have.
const MOST_ROWS: usize = 300;

/// A row in which something stands.
struct Row {
    row: u32,
    kind: String,
    key: String,
    is_empty: bool,
}
impl Row {
    fn is_level(&self) -> bool {
        [IMPACT, OUTCOME, RESULT].contains(&self.kind.as_str())
    }
}

pub fn read(reading: &mut Reading<'_>, header: u32) {
    let mut rows = vec![];
    for row in header + 1..=reading.sheet.last_row() {
        let key = reading.sheet.word(row, KEY).to_owned();
        if key == SILENT || key == MARKER {
            continue;
        }
        let is_empty = reading.is_empty(row, TEXT..=ASSUMPTION);
        let kind = reading.choice(row, KIND, List::Kinds);
        if kind.is_empty() {
            if !is_empty && reading.is_empty(row, [KIND]) {
                reading.fault_at(row, KIND, |t| t.workbook_choose_level().into());
            }
            continue;
        }
        // An objective or result that says nothing counts where something stands below it.
        let level = [IMPACT, OUTCOME, RESULT].contains(&kind.as_str());
        if level || !is_empty {
            rows.push(Row { row, kind, key, is_empty });
        }
    }
    if let Some(row) = rows.iter().filter(|row| !row.is_empty).nth(MOST_ROWS) {
        reading.fault_at(row.row, TEXT, |t| t.workbook_too_many(MOST_ROWS));
        return;
    }
    let mut levels: Vec<Vec<Row>> = vec![];
    for row in rows {
        match levels.last_mut() {
            Some(level) if !row.is_level() => level.push(row),
            _ => levels.push(vec![row]),
        }
    }
    levels.retain(|level| level.iter().any(|row| !row.is_empty));
    let claimed: Vec<Vec<bool>> = levels.iter().map(|level| level.iter().map(|row| reading.claim(&row.kind, &row.key)).collect()).collect();
    let mut impacts = 0;
    for (level, claimed) in levels.iter().zip(claimed) {
        read_level(reading, level, &claimed, &mut impacts);
    }
}

fn read_level(reading: &mut Reading<'_>, level: &[Row], claimed: &[bool], impacts: &mut usize) {
    let (Some(head), Some(has_key)) = (level.first(), claimed.first()) else { return };
    let text = reading.text(head.row, TEXT);
    let owner = match head.kind.as_str() {
        IMPACT => {
            *impacts += 1;
            if *impacts > 1 {
                reading.fault_at(head.row, KIND, |t| t.workbook_one_impact().into());
            }
            IMPACT.to_owned()
        }
        OUTCOME | RESULT => {
            let key = if *has_key { head.key.clone() } else { reading.key_of(&head.kind, &head.kind, &[("text", &text)]) };
            format!("{}.{key}", head.kind)
        }
        _ => {
            reading.fault_at(head.row, KIND, |t| t.workbook_no_level().into());
            return;
        }
    };
    only_indicators_are_measured(reading, head.row);
    reading.put(format!("{owner}.text"), text, (head.row, TEXT));
    for (row, has_key) in level.iter().zip(claimed).skip(1) {
        let key = has_key.then(|| row.key.clone());
        if row.kind == INDICATOR {
            indicator(reading, &owner, row.row, key);
        } else if head.kind == RESULT {
            only_indicators_are_measured(reading, row.row);
            let text = reading.text(row.row, TEXT);
            let key = key.unwrap_or_else(|| reading.key_of(ACTIVITY, &format!("{owner}.act"), &[("text", &text)]));
            reading.put(format!("{owner}.act.{key}.text"), text, (row.row, TEXT));
        } else {
            reading.fault_at(row.row, KIND, |t| t.workbook_activity_without_result().into());
        }
    }
}

fn indicator(reading: &mut Reading<'_>, owner: &str, row: u32, key: Option<String>) {
    let text = reading.text(row, TEXT);
    let key = key.unwrap_or_else(|| reading.key_of(INDICATOR, &format!("{owner}.ind"), &[("text", &text)]));
    reading.put(format!("{owner}.ind.{key}.text"), text, (row, TEXT));
    for (field, column) in MEASURED {
        let text = if [BASELINE, TARGET].contains(&column) { reading.figure(row, column) } else { reading.text(row, column) };
        reading.put(format!("{owner}.ind.{key}.{field}"), text, (row, column));
    }
}

fn only_indicators_are_measured(reading: &mut Reading<'_>, row: u32) {
    for (_, column) in MEASURED {
        if !reading.is_empty(row, [column]) {
            reading.fault_at(row, column, |t| t.workbook_only_indicators().into());
        }
    }
}
