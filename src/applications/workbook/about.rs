//! The hidden sheet of a workbook: whose it is, of which version, what its lists mean, and what stood in each box when it was made. It is
//! what tells a line that somebody changed offline from one that somebody else changed meanwhile.
use super::{Cell, Sheet};
use crate::applications::Part;
use crate::kernel::merging::{Boxes, mark};
use crate::kernel::{ApplicationId, Reason};
use std::collections::HashMap;

/// Its name, in every language.
pub const SHEET: &str = "subgrant";
/// How the sheets are laid out; a workbook of another layout is not read.
pub const FORMAT: u32 = 1;

/// Columns: words and values, the four lists with their keys, the table's headings, and the boxes with their marks.
pub const LISTS: u32 = 3;
pub const TITLES: u32 = 12;
pub const BOXES: u32 = 14;

/// Something that can be chosen in a cell, with the key that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    pub key: String,
}

/// The lists of a table, by the place of their column in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Headings of the budget, levels of the logframe.
    Kinds = 0,
    Activities = 1,
    Spenders = 2,
}
impl List {
    pub const ALL: [Self; 3] = [Self::Kinds, Self::Activities, Self::Spenders];
    /// The column of its labels; the keys stand beside them.
    #[must_use]
    pub const fn column(self) -> u32 {
        LISTS + 2 * self as u32
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub application: ApplicationId,
    pub part: Part,
    /// Of the part, when the workbook was made.
    pub version: i32,
    /// Name of the sheet that people fill in.
    pub sheet: String,
    pub kinds: Vec<Choice>,
    pub activities: Vec<Choice>,
    pub spenders: Vec<Choice>,
    pub titles: Vec<String>,
    /// Every box that the part had then, with its mark.
    pub base: Vec<(String, String)>,
}

impl About {
    #[must_use]
    pub fn list(&self, list: List) -> &[Choice] {
        match list {
            List::Kinds => &self.kinds,
            List::Activities => &self.activities,
            List::Spenders => &self.spenders,
        }
    }
    #[must_use]
    pub fn base_of(boxes: &Boxes) -> Vec<(String, String)> {
        boxes.iter().map(|(name, values)| (name.to_owned(), mark(name, values))).collect()
    }
    #[must_use]
    pub fn marks(&self) -> HashMap<String, String> {
        self.base.iter().cloned().collect()
    }

    /// Everything that stands in the hidden sheet, cell by cell.
    #[must_use]
    pub fn cells(&self) -> Vec<(u32, u32, String)> {
        let words = [
            ("format", FORMAT.to_string()),
            ("application", self.application.to_string()),
            ("part", self.part.to_string()),
            ("version", self.version.to_string()),
            ("sheet", self.sheet.clone()),
        ];
        let mut cells = vec![];
        for ((word, value), row) in words.into_iter().zip(0..) {
            cells.extend([(row, 0, word.to_owned()), (row, 1, value)]);
        }
        for list in List::ALL {
            for (choice, row) in self.list(list).iter().zip(0..) {
                cells.extend([(row, list.column(), choice.label.clone()), (row, list.column() + 1, choice.key.clone())]);
            }
        }
        for (title, row) in self.titles.iter().zip(0..) {
            cells.push((row, TITLES, title.clone()));
        }
        for ((name, mark), row) in self.base.iter().zip(0..) {
            cells.extend([(row, BOXES, name.clone()), (row, BOXES + 1, mark.clone())]);
        }
        cells
    }

    /// Reads the hidden sheet.
    ///
    /// # Errors
    /// A reason where it is not ours, or of another layout.
    pub fn read(sheet: &Sheet) -> Result<Self, Reason> {
        let word = |row: u32| sheet.word(row, 1);
        let foreign = || Reason::new("workbook-foreign", "workbook", |t| t.workbook_foreign().into());
        if word(0).parse() != Ok(FORMAT) {
            return Err(Reason::new("workbook-format", "workbook", |t| t.workbook_other_format().into()));
        }
        let choices = |list: List| -> Vec<Choice> {
            column(sheet, list.column()).map(|(row, label)| Choice { label, key: sheet.word(row, list.column() + 1).to_owned() }).collect()
        };
        Ok(Self {
            application: word(1).parse().map_err(|_| foreign())?,
            part: word(2).parse().map_err(|_| foreign())?,
            version: word(3).parse().map_err(|_| foreign())?,
            sheet: word(4).to_owned(),
            kinds: choices(List::Kinds),
            activities: choices(List::Activities),
            spenders: choices(List::Spenders),
            titles: column(sheet, TITLES).map(|(_, title)| title).collect(),
            base: column(sheet, BOXES).map(|(row, name)| (name, sheet.word(row, BOXES + 1).to_owned())).collect(),
        })
    }
}

/// What stands in a column from its top, with the rows.
fn column(sheet: &Sheet, column: u32) -> impl Iterator<Item = (u32, String)> + '_ {
    (0..=sheet.last_row()).map_while(move |row| match sheet.cell(row, column) {
        Some(Cell::Text(text) | Cell::Number(text)) => Some((row, text.clone())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        let choice = |label: &str, key: &str| Choice { label: label.into(), key: key.into() };
        About {
            application: ApplicationId::new(),
            part: Part::Budget,
            version: 7,
            sheet: "Buxheti".into(),
            kinds: vec![choice("1. Burime njerëzore", "human-resources"), choice("2. Udhëtime", "travel")],
            activities: vec![choice("1.1 Anketa", "a1")],
            spenders: vec![],
            titles: vec!["Kostoja".into(), "Sasia".into()],
            base: vec![("line.l1.number".into(), "abc".into()), ("reserve".into(), String::new())],
        }
    }
    fn sheet(about: &About) -> Sheet {
        let cells = about.cells().into_iter().filter(|(_, _, text)| !text.is_empty()).map(|(row, column, text)| ((row, column), Cell::Text(text))).collect();
        Sheet { name: SHEET.into(), cells, merged: vec![] }
    }

    #[test]
    fn what_is_written_is_read() {
        let about = about();
        assert_eq!(About::read(&sheet(&about)), Ok(about));
    }

    #[test]
    fn another_layout_and_another_file_are_told_apart() {
        let mut later = sheet(&about());
        later.cells.insert((0, 1), Cell::Number("2".into()));
        assert_eq!(About::read(&later).unwrap_err().code, "workbook-format");
        let mut odd = sheet(&about());
        odd.cells.insert((1, 1), Cell::Text("nobody".into()));
        assert_eq!(About::read(&odd).unwrap_err().code, "workbook-foreign");
    }
}
