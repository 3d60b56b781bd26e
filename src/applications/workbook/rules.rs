//! How a filled-in table is read: each cell as the box that a form would send, each wrong cell named. What cannot be read is never
//! guessed at: then nothing is taken over until it is mended in the workbook.
use super::about::{About, Choice, List};
use super::{Cell, Place, Sheet, at_cell, budget_rows, logframe_rows};
use crate::applications::Part;
use crate::kernel::merging::{self, Boxes, Typed, mark, row_of};
use crate::kernel::{Money, Quantity, Reason, clean};
use std::collections::{HashMap, HashSet};

/// In the header row, in the hidden column of keys: shows where the table begins and that its columns are where they were.
pub const MARKER: &str = "subgrant";
/// A row of this key says nothing: headings, sums.
pub const SILENT: &str = "-";
/// So many wrong cells are named; the rest wait until these are mended.
const MOST_FAULTS: usize = 60;

/// What a filled-in workbook says.
#[derive(Clone, Debug)]
pub struct Filled {
    pub sheet: merging::Sheet,
    /// Where each box stands: `Buxheti!D14`.
    pub places: HashMap<String, String>,
    /// Cells that cannot be read.
    pub faults: Vec<Reason>,
}

/// Reads the sheet that people fill in, against what the part holds now. `seed` makes keys of new rows that no other row will get.
#[must_use]
pub fn read(sheet: &Sheet, about: &About, kept: &Boxes, seed: u32) -> Filled {
    let mut reading =
        Reading { sheet, about, kept, seed: seed % 1_000_000, made: 0, taken: HashSet::new(), boxes: vec![], places: HashMap::new(), faults: vec![] };
    let (key, first) = if about.part == Part::Budget { (budget_rows::KEY, 0) } else { (logframe_rows::KEY, 1) };
    if let Some(header) = reading.header(key) {
        reading.refuse_merged(header, first, key);
        if about.part == Part::Budget {
            budget_rows::read(&mut reading, header);
        } else {
            logframe_rows::read(&mut reading, header);
        }
    }
    reading.filled()
}

pub(super) struct Reading<'r> {
    pub sheet: &'r Sheet,
    about: &'r About,
    kept: &'r Boxes,
    seed: u32,
    made: u32,
    /// Keys that a row of the workbook has, each behind its kind: `line.l3`, `activity.a2`.
    taken: HashSet<String>,
    boxes: Vec<(String, String)>,
    places: HashMap<String, String>,
    faults: Vec<Reason>,
}

impl Reading<'_> {
    /// The row of the table's headings, where the columns are still what they were.
    fn header(&mut self, key: u32) -> Option<u32> {
        let found = (0..=self.sheet.last_row()).find(|row| self.sheet.word(*row, key) == MARKER);
        let moved = |header: u32| self.about.titles.iter().zip(0..).find(|(title, column)| self.sheet.word(header, *column) != title.trim());
        match found {
            None => {
                let name = self.sheet.name.clone();
                self.faults.push(Reason::new("workbook-columns", "workbook", |t| t.workbook_columns(name.as_str())));
                None
            }
            Some(header) => {
                if let Some((title, column)) = moved(header) {
                    let place = self.sheet.place(header, column);
                    self.faults.push(at_cell(&place, |t| t.workbook_wrong_title(title.as_str())));
                    return None;
                }
                Some(header)
            }
        }
    }

    fn refuse_merged(&mut self, header: u32, first: u32, key: u32) {
        for (top, left, bottom, right) in &self.sheet.merged {
            if *bottom > header && *left < key && *right >= first {
                let place = format!("{}:{}", self.sheet.place(*top, *left), Place(*bottom, *right));
                self.fault(&place, |t| t.workbook_merged().into());
            }
        }
    }

    pub fn fault(&mut self, place: &str, words: impl Fn(crate::kernel::Tr) -> String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(at_cell(place, words));
        }
    }
    pub fn fault_at(&mut self, row: u32, column: u32, words: impl Fn(crate::kernel::Tr) -> String) {
        self.fault(&self.sheet.place(row, column), words);
    }

    pub fn is_empty(&self, row: u32, columns: impl IntoIterator<Item = u32>) -> bool {
        columns.into_iter().all(|column| self.sheet.cell(row, column).is_none())
    }

    /// What a box says that is at this place.
    pub fn put(&mut self, name: String, text: String, (row, column): (u32, u32)) {
        self.places.insert(name.clone(), self.sheet.place(row, column));
        self.boxes.push((name, text));
    }

    /// Any text; a number as it stands.
    pub fn text(&mut self, row: u32, column: u32) -> String {
        match self.sheet.cell(row, column) {
            None => String::new(),
            Some(Cell::Text(text)) => clean(text),
            Some(Cell::Number(number)) => number.clone(),
            Some(_) => self.broken(row, column),
        }
    }
    /// A figure that words may stand for: `40`, `80 %`, `not measured`.
    pub fn figure(&mut self, row: u32, column: u32) -> String {
        if let Some(Cell::Number(number)) = self.sheet.cell(row, column)
            && decimals(number) > 2
        {
            let number = number.clone();
            self.fault_at(row, column, |t| t.workbook_decimals(number.as_str()));
            return String::new();
        }
        self.text(row, column)
    }
    /// Euros: a number, or a text such as `1.240,50`.
    pub fn amount(&mut self, row: u32, column: u32) -> String {
        let text = self.figure(row, column);
        match Money::typed(&text) {
            Some(amount) if amount >= Money::ZERO => amount.decimal().to_string(),
            _ if text.is_empty() => text,
            _ => {
                self.fault_at(row, column, |t| t.workbook_no_amount(text.as_str()));
                String::new()
            }
        }
    }
    /// How many: a number, or a text such as `1,5`.
    pub fn number(&mut self, row: u32, column: u32) -> String {
        let text = self.figure(row, column);
        match Quantity::typed(&text) {
            Some(number) if number >= Quantity::ZERO => number.decimal().normalize().to_string(),
            _ if text.is_empty() => text,
            _ => {
                self.fault_at(row, column, |t| t.workbook_no_number(text.as_str()));
                String::new()
            }
        }
    }
    /// The key of what was chosen; nothing where the cell is empty.
    pub fn choice(&mut self, row: u32, column: u32, list: List) -> String {
        let text = self.text(row, column);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let (about, wanted) = (self.about, plain(&text));
        match about.list(list).iter().find(|Choice { label, .. }| plain(label) == wanted) {
            Some(choice) => choice.key.clone(),
            None if text.is_empty() => text,
            None => {
                let shown: String = text.chars().take(60).collect();
                self.fault_at(row, column, |t| t.workbook_not_in_list(shown.as_str()));
                String::new()
            }
        }
    }

    fn broken(&mut self, row: u32, column: u32) -> String {
        match self.sheet.cell(row, column) {
            Some(Cell::Broken(error)) => {
                let error = error.clone();
                self.fault_at(row, column, |t| t.workbook_error(error.as_str()));
            }
            Some(Cell::Unsolved) => self.fault_at(row, column, |t| t.workbook_unsolved().into()),
            Some(Cell::Date) => self.fault_at(row, column, |t| t.workbook_date().into()),
            _ => {}
        }
        String::new()
    }

    /// Notes that the row of this key stands in the workbook, before any row without a key is looked at. False where another one has it
    /// already: then it was copied, and is a new row.
    pub fn claim(&mut self, kind: &str, key: &str) -> bool {
        is_key(key) && self.taken.insert(format!("{kind}.{key}"))
    }
    /// The key of a row without one: the draft's row that says the same where no other row of the workbook is it, because whoever uploads a
    /// workbook twice does not mean its lines twice; else one that nobody has.
    pub fn key_of(&mut self, kind: &str, list: &str, says: &[(&str, &str)]) -> String {
        let start = format!("{list}.");
        let mut rows = self.kept.iter().filter_map(|(name, _)| name.strip_prefix(&start)?.split('.').next());
        let same = |key: &str| {
            let text = |field: &str| self.kept.get(&format!("{start}{key}.{field}")).and_then(|values| values.first()).map_or("", String::as_str);
            !self.taken.contains(&format!("{kind}.{key}")) && says.iter().all(|(field, wanted)| text(field) == *wanted)
        };
        let known = if says.iter().all(|(_, text)| !text.is_empty()) { rows.find(|key| same(key)).map(str::to_owned) } else { None };
        let key = known.unwrap_or_else(|| {
            self.made += 1;
            format!("w{:06}{}", self.seed, self.made)
        });
        self.taken.insert(format!("{kind}.{key}"));
        key
    }

    fn filled(self) -> Filled {
        let mut base = self.about.marks();
        let mut typed = vec![];
        let rows: HashSet<&str> = self.boxes.iter().map(|(name, _)| row_of(name)).collect();
        let in_rows = |row: &str| row.contains('.');
        let mut gone: Vec<String> = vec![];
        for (name, _) in &self.about.base {
            let row = row_of(name);
            if in_rows(row) && !rows.contains(row) && gone.last().map(String::as_str) != Some(row) {
                gone.push(row.to_owned());
            }
        }
        for (name, text) in self.boxes {
            let values = vec![text];
            // A row that was found by what it says was in the draft without this workbook knowing it: what it says now is meant.
            let mark = base.entry(name.clone()).or_insert_with(|| self.kept.get(&name).map_or_else(String::new, |values| mark(&name, values))).clone();
            typed.push(Typed { name, values, mark });
        }
        Filled { sheet: merging::Sheet { typed, gone, base }, places: self.places, faults: self.faults }
    }
}

fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// Letters, then digits, as every row's key is.
fn is_key(key: &str) -> bool {
    let digits = key.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    digits.len() < key.len() && key.len() <= 12 && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}
