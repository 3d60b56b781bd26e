//! The rows of a budget's workbook: costs under their headings, then indirect costs, reserve and sources.
use super::about::List;
use super::rules::{MARKER, Reading, SILENT};
use crate::applications::budget::MOST_LINES;

/// Columns of the table, in their order.
pub const DESCRIPTION: u32 = 0;
pub const NUMBER: u32 = 1;
pub const UNIT: u32 = 2;
pub const UNIT_COST: u32 = 3;
pub const TOTAL: u32 = 4;
pub const ACTIVITY: u32 = 5;
pub const SPENDER: u32 = 6;
pub const JUSTIFICATION: u32 = 7;
pub const HEADING: u32 = 8;
/// Hidden: the keys of the lines, and the names of the boxes below them.
pub const KEY: u32 = 9;
/// Hidden: the lines' totals alone, for the headings' sums.
pub const SUMMED: u32 = 10;

/// What a line says of itself; heading and spender stand in empty rows too.
const OWN: [u32; 6] = [DESCRIPTION, NUMBER, UNIT, UNIT_COST, ACTIVITY, JUSTIFICATION];

pub fn read(reading: &mut Reading<'_>, header: u32) {
    let mut lines = vec![];
    for row in header + 1..=reading.sheet.last_row() {
        let key = reading.sheet.word(row, KEY).to_owned();
        match key.as_str() {
            SILENT | MARKER => {}
            "indirect" | "reserve" | "own_contribution" | "other_contribution" => {
                let amount = reading.amount(row, TOTAL);
                reading.put(key, amount, (row, TOTAL));
            }
            "other_donors" => {
                let donors = reading.text(row, ACTIVITY);
                reading.put(key, donors, (row, ACTIVITY));
            }
            _ if reading.is_empty(row, OWN) => {}
            _ => lines.push((row, reading.claim("line", &key).then_some(key))),
        }
    }
    if let Some((row, _)) = lines.get(MOST_LINES) {
        reading.fault_at(*row, DESCRIPTION, |t| t.budget_reason_too_many_lines(MOST_LINES));
        return;
    }
    for (row, key) in lines {
        line(reading, row, key);
    }
}

fn line(reading: &mut Reading<'_>, row: u32, key: Option<String>) {
    let heading = reading.choice(row, HEADING, List::Kinds);
    if heading.is_empty() && reading.is_empty(row, [HEADING]) {
        reading.fault_at(row, HEADING, |t| t.workbook_choose_heading().into());
    }
    let description = reading.text(row, DESCRIPTION);
    let spender = match reading.choice(row, SPENDER, List::Spenders) {
        // Where nobody is chosen, the page says the same.
        nobody if nobody.is_empty() => "lead".into(),
        chosen => chosen,
    };
    let texts = [
        ("unit", UNIT, reading.text(row, UNIT)),
        ("number", NUMBER, reading.number(row, NUMBER)),
        ("unit_cost", UNIT_COST, reading.amount(row, UNIT_COST)),
        ("activity", ACTIVITY, reading.choice(row, ACTIVITY, List::Activities)),
        ("spender", SPENDER, spender),
        ("justification", JUSTIFICATION, reading.text(row, JUSTIFICATION)),
    ];
    let key = key.unwrap_or_else(|| reading.key_of("line", "line", &[("heading", &heading), ("description", &description)]));
    let name = |field: &str| format!("line.{key}.{field}");
    reading.put(name("heading"), heading, (row, HEADING));
    reading.put(name("description"), description, (row, DESCRIPTION));
    for (field, column, text) in texts {
        reading.put(name(field), text, (row, column));
    }
}
