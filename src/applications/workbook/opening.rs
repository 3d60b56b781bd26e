//! Opens a file that should be a workbook, and reads no more of it than a workbook of ours can hold: sizes are known before anything is
//! inflated, counted again while it is, and rows end where no budget goes.
use super::{Cell, Sheet};
use crate::kernel::Reason;
use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// A file may be this large: ours have 30 kB, with everything filled in 100 kB.
pub const MOST_BYTES: usize = 2_000_000;
/// And this large when inflated, all its entries together.
const MOST_INFLATED: u64 = 20_000_000;
const MOST_ENTRIES: usize = 300;
/// Rows in which something may stand.
const MOST_ROWS: u32 = 5_000;
/// Columns further right are nobody's.
const MOST_COLUMNS: u32 = 40;

/// Why a file cannot be read as a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    Empty,
    TooLarge,
    /// Something else under the name of a workbook.
    NoWorkbook,
    /// An `.xls` of before 2007.
    Old,
    Locked,
    Macros,
    /// Far more inside than a workbook holds.
    Bloated,
    TooManyRows,
    /// The sheet that is missing, and those that are there.
    NoSheet(String, Vec<String>),
}
impl Closed {
    #[must_use]
    pub fn reason(&self, name: &str) -> Reason {
        let code = match self {
            Self::Empty => "workbook-empty",
            Self::TooLarge => "workbook-too-large",
            Self::NoWorkbook => "no-workbook",
            Self::Old => "workbook-old",
            Self::Locked => "workbook-locked",
            Self::Macros => "workbook-macros",
            Self::Bloated => "workbook-bloated",
            Self::TooManyRows => "workbook-rows",
            Self::NoSheet(..) => "workbook-sheet",
        };
        Reason::new(code, "workbook", |t| match self {
            Self::Empty => t.workbook_empty(name),
            Self::TooLarge => t.workbook_too_large(MOST_BYTES / 1_000_000),
            Self::NoWorkbook => t.workbook_none(name),
            Self::Old => t.workbook_old(name),
            Self::Locked => t.workbook_password(name),
            Self::Macros => t.workbook_macros(name),
            Self::Bloated => t.workbook_bloated(name),
            Self::TooManyRows => t.workbook_rows(MOST_ROWS),
            Self::NoSheet(missing, there) => t.workbook_no_sheet(missing.as_str(), there.join(", ")),
        })
    }
}

/// An open workbook.
pub struct Workbook(Xlsx<Cursor<Vec<u8>>>);

/// Opens the file; `name` is only asked whether it says that there are macros.
///
/// # Errors
/// Why it cannot be read.
pub fn open(bytes: Vec<u8>, name: &str) -> Result<Workbook, Closed> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ["xlsm", "xltm", "xlam", "xlsb"].contains(&ending.as_str()) {
        return Err(Closed::Macros);
    }
    check(&bytes)?;
    // Whoever sends bytes that the reading library has never seen gets an answer, not a broken line.
    std::panic::catch_unwind(|| Xlsx::new(Cursor::new(bytes))).map_err(|_| Closed::NoWorkbook)?.map(Workbook).map_err(|error| closed(&error))
}

/// Everything that can be said before the first cell is read.
fn check(bytes: &[u8]) -> Result<(), Closed> {
    if bytes.is_empty() {
        return Err(Closed::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Closed::TooLarge);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let word: Vec<u8> = "EncryptedPackage".bytes().flat_map(|letter| [letter, 0]).collect();
        return Err(if bytes.windows(word.len()).any(|window| window == word) { Closed::Locked } else { Closed::Old });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Closed::NoWorkbook)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Closed::Bloated);
    }
    let mut said = 0_u64;
    for place in 0..archive.len() {
        said = said.saturating_add(archive.by_index_raw(place).map_err(|_| Closed::NoWorkbook)?.size());
    }
    if said > MOST_INFLATED {
        return Err(Closed::Bloated);
    }
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase()).collect();
    if names.iter().any(|name| name.ends_with("vbaproject.bin") || name.contains("/macrosheets/")) {
        return Err(Closed::Macros);
    }
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(Closed::NoWorkbook);
    }
    // What the directory says may be a lie.
    let mut left = MOST_INFLATED;
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).map_err(|_| Closed::NoWorkbook)?;
        let most = entry.size().min(left);
        let inflated = std::io::copy(&mut entry.by_ref().take(most + 1), &mut std::io::sink()).map_err(|_| Closed::NoWorkbook)?;
        if inflated > most {
            return Err(Closed::Bloated);
        }
        left -= inflated;
    }
    Ok(())
}

fn closed(error: &XlsxError) -> Closed {
    match error {
        XlsxError::Password => Closed::Locked,
        _ => Closed::NoWorkbook,
    }
}

impl Workbook {
    /// A sheet by its name.
    ///
    /// # Errors
    /// `NoSheet`, with those that are there; `TooManyRows`; `NoWorkbook` where the sheet is no table.
    pub fn sheet(&mut self, name: &str) -> Result<Sheet, Closed> {
        if !self.0.sheet_names().iter().any(|known| known == name) {
            return Err(Closed::NoSheet(name.to_owned(), self.0.sheet_names()));
        }
        let read = std::panic::AssertUnwindSafe(|| self.read(name));
        std::panic::catch_unwind(read).map_err(|_| Closed::NoWorkbook)?
    }

    fn read(&mut self, name: &str) -> Result<Sheet, Closed> {
        let merged = self.0.merge_cells_by_sheet_name(name).map_err(|error| closed(&error))?;
        let merged = merged.iter().map(|area| (area.start.0, area.start.1, area.end.0, area.end.1)).filter(|(a, b, c, d)| (a, b) != (c, d)).collect();
        let mut cells = BTreeMap::new();
        let mut reader = self.0.worksheet_cells_reader(name).map_err(|error| closed(&error))?;
        while let Some(read) = reader.next_cell_with_formula().map_err(|error| closed(&error))? {
            let (row, column) = read.pos;
            let Some(cell) = cell(&read.value, read.formula.is_some()) else { continue };
            if row >= MOST_ROWS {
                return Err(Closed::TooManyRows);
            }
            if column < MOST_COLUMNS {
                cells.insert((row, column), cell);
            }
        }
        Ok(Sheet { name: name.to_owned(), cells, merged })
    }
}

fn cell(value: &DataRef<'_>, is_formula: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()));
    match value {
        DataRef::Empty => is_formula.then_some(Cell::Unsolved),
        DataRef::Int(number) => Some(Cell::Number(number.to_string())),
        DataRef::Float(number) => Some(Cell::Number(plain(*number))),
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Bool(yes) => Some(Cell::Text(yes.to_string())),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => text(words),
        DataRef::DateTime(_) => Some(Cell::Date),
        DataRef::Error(error) => Some(Cell::Broken(error.to_string())),
    }
}

/// Workbooks know nothing but floats: nine decimals are more than anybody types and fewer than a float's noise.
fn plain(number: f64) -> String {
    let text = format!("{number:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_the_figure_that_was_meant() {
        for (number, figure) in [(280.0, "280"), (0.1 + 0.2, "0.3"), (1_469_304.0 / 100.0, "14693.04"), (-0.0, "0"), (40.0 / 3.0, "13.333333333")] {
            assert_eq!(plain(number), figure);
        }
    }

    #[test]
    fn what_is_no_workbook_is_told_apart() {
        let encrypted: Vec<u8> =
            [0xd0, 0xcf, 0x11, 0xe0].into_iter().chain(vec![0; 600]).chain("EncryptedPackage".bytes().flat_map(|letter| [letter, 0])).collect();
        let cases: [(Vec<u8>, &str, Closed); 6] = [
            (vec![], "a.xlsx", Closed::Empty),
            (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "a.xlsx", Closed::NoWorkbook),
            (b"PK\x03\x04 and nothing more".to_vec(), "a.xlsx", Closed::NoWorkbook),
            (encrypted, "a.xlsx", Closed::Locked),
            (vec![0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3], "a.xls", Closed::Old),
            (vec![b'x'; MOST_BYTES + 1], "a.xlsx", Closed::TooLarge),
        ];
        for (bytes, name, expected) in cases {
            assert_eq!(open(bytes, name).err(), Some(expected.clone()), "{expected:?}");
        }
        assert_eq!(open(vec![1], "Buxheti.XLSM").err(), Some(Closed::Macros));
    }
}
