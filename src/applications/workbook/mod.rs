//! A part of an application as an Excel workbook: it goes out with headings, formulas and lists, is filled in offline, and comes back
//! as what a form would have sent. Nothing here changes anything: what comes back is weighed against the draft and shown.
pub mod about;
mod budget_rows;
pub mod budget_sheet;
pub mod changes;
mod drawing;
mod logframe_rows;
pub mod logframe_sheet;
pub mod opening;
pub mod rules;

pub use drawing::Whose;

use crate::kernel::{Reason, Tr};
use std::collections::BTreeMap;
use std::fmt;

/// What stands in a cell, as far as a form could have sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// A number in plain decimals, `1240.5`; a formula's with what its program had worked out last.
    Number(String),
    /// An error such as `#REF!`.
    Broken(String),
    /// A formula that no program has worked out yet.
    Unsolved,
    /// A date, where a text or a number is asked for.
    Date,
}

/// A sheet as it was read: only cells in which something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged cells: first row and column, last row and column.
    pub merged: Vec<(u32, u32, u32, u32)>,
}
impl Sheet {
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }
    /// The plain text of a cell, whatever it holds: for cells of our own.
    #[must_use]
    pub fn word(&self, row: u32, column: u32) -> &str {
        match self.cell(row, column) {
            Some(Cell::Text(text) | Cell::Number(text)) => text.trim(),
            _ => "",
        }
    }
    #[must_use]
    pub fn last_row(&self) -> u32 {
        self.cells.keys().next_back().map_or(0, |(row, _)| *row)
    }
    /// A cell by its name, as people find it: `Buxheti!D14`.
    #[must_use]
    pub fn place(&self, row: u32, column: u32) -> String {
        format!("{}!{}", self.name, Place(row, column))
    }
}

/// Row and column as people count and name them: `D14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(pub u32, pub u32);
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = vec![];
        let mut rest = self.1 + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        write!(f, "{letters}{}", self.0 + 1)
    }
}

/// A reason that concerns a cell, with its name in front.
fn at_cell(place: &str, words: impl Fn(Tr) -> String) -> Reason {
    Reason::new("wrong-cell", "", |t| format!("{place}: {}", words(t)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_people_name_them() {
        for (place, name) in [((0, 0), "A1"), ((13, 3), "D14"), ((0, 25), "Z1"), ((9, 26), "AA10"), ((0, 701), "ZZ1"), ((0, 702), "AAA1")] {
            assert_eq!(Place(place.0, place.1).to_string(), name);
        }
    }
}
