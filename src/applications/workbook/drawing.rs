//! What both workbooks look like: colours of the pages, a head that says whose it is and what to do, unlocked cells to fill in, and the
//! hidden sheet behind them.
use super::Place;
use super::about::{About, LISTS, List, SHEET};
use super::rules::MARKER;
use crate::kernel::ApplicationId;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet,
    XlsxError,
};

const BRAND: Color = Color::RGB(0x000b_5563);
const SOFT: Color = Color::RGB(0x00dc_ebed);
const SUNKEN: Color = Color::RGB(0x00f3_f6f5);
const LINE: Color = Color::RGB(0x00d3_dcdb);
const INK: Color = Color::RGB(0x0013_272d);
const MUTED: Color = Color::RGB(0x0043_5960);
const RED: Color = Color::RGB(0x00b3_261e);

pub const EUROS: &str = "#,##0.00";
/// Nothing where there is nothing to add up.
pub const SUMS: &str = "#,##0.00;-#,##0.00;";
pub const FIGURES: &str = "General";
pub const PERCENT: &str = "0.00%";
/// A word that may be missing: what a formula of texts came to last is kept as 0 where it came to nothing.
pub const WORDS: &str = "General;;;@";
/// A cell of texts: what looks like a number or a formula stays what was typed.
pub const TEXTS: &str = "@";

/// The row of the table's headings; rows above it say whose the workbook is.
pub const HEADER: u32 = 5;

/// Whose part a workbook is.
#[derive(Clone, Debug)]
pub struct Whose {
    pub application: ApplicationId,
    /// Of the part.
    pub version: i32,
    /// Project, organisation and call, as its head says it.
    pub named: String,
}

/// A sheet on which people write.
pub struct Paper {
    pub sheet: Worksheet,
}

pub type Drawn<T = ()> = Result<T, XlsxError>;

fn font() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(11).set_font_color(INK)
}
fn boxed() -> Format {
    font().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top).set_text_wrap()
}
/// A cell to fill in.
pub fn input(pattern: &str) -> Format {
    let format = boxed().set_num_format(pattern).set_unlocked();
    if pattern == TEXTS { format.set_indent(1) } else { format.set_align(FormatAlign::Right) }
}
/// A cell that is worked out.
pub fn worked_out(pattern: &str) -> Format {
    boxed().set_num_format(pattern).set_background_color(SUNKEN).set_align(FormatAlign::Right)
}
/// A row that says what stands below it.
pub fn band() -> Format {
    font().set_bold().set_align(FormatAlign::Top).set_background_color(SOFT).set_border_top(FormatBorder::Thin).set_border_top_color(BRAND).set_num_format(SUMS)
}
/// The name of what stands at its right.
pub fn label() -> Format {
    font().set_align(FormatAlign::Top)
}
pub fn strong() -> Format {
    label().set_bold()
}
pub fn muted() -> Format {
    label().set_font_color(MUTED).set_indent(1)
}
/// The same cell with less weight: what is filled in already.
pub fn faint(format: Format) -> Format {
    format.set_font_color(MUTED)
}
pub fn warning() -> Format {
    label().set_font_color(RED).set_bold().set_num_format(WORDS)
}
/// For rows in which a cell is nobody's: greyed.
pub fn idle() -> Format {
    Format::new().set_background_color(SUNKEN)
}

impl Paper {
    /// A sheet with its head: title, whose it is, two lines of what to do, and the table's headings. `key` is the first hidden column.
    pub fn new(name: &str, title: &str, whose: &Whose, todo: [&str; 2], titles: &[(&str, f64)], key: u16) -> Drawn<Self> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_screen_gridlines(false).set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_row_height(0, 28)?;
        sheet.write_string_with_format(0, 0, title, &font().set_bold().set_font_size(18).set_font_color(BRAND))?;
        sheet.write_string_with_format(1, 0, &whose.named, &strong())?;
        for (row, words) in (2..).zip(todo) {
            sheet.write_string_with_format(row, 0, words, &muted())?;
        }
        let header = boxed().set_bold().set_font_color(Color::White).set_background_color(BRAND).set_border_color(BRAND).set_align(FormatAlign::VerticalCenter);
        sheet.set_row_height(HEADER, 32)?;
        for ((title, width), column) in titles.iter().zip(0..) {
            sheet.write_string_with_format(HEADER, column, *title, &header)?;
            sheet.set_column_width(column, *width)?;
        }
        sheet.write_string(HEADER, key, MARKER)?;
        sheet.set_column_hidden(key)?.set_column_hidden(key + 1)?;
        sheet.set_freeze_panes(HEADER + 1, 1)?;
        sheet.set_repeat_rows(HEADER, HEADER)?;
        Ok(Self { sheet })
    }

    /// A text that somebody typed: never a formula, also when it begins like one and somebody edits the cell.
    pub fn typed(&mut self, row: u32, column: u32, text: &str, format: &Format) -> Drawn {
        let format = if text.starts_with(['=', '+', '-', '@', '\'']) { &format.clone().set_quote_prefix() } else { format };
        if text.is_empty() {
            self.sheet.write_blank(row, narrow(column), format)?;
        } else {
            self.sheet.write_string_with_format(row, narrow(column), text, format)?;
        }
        Ok(())
    }
    pub fn words(&mut self, row: u32, column: u32, text: &str, format: &Format) -> Drawn {
        self.sheet.write_string_with_format(row, narrow(column), text, format)?;
        Ok(())
    }
    /// A figure: a number where it can be read, else as it was typed.
    pub fn figure(&mut self, row: u32, column: u32, read: Option<rust_decimal::Decimal>, typed: &str, format: &Format) -> Drawn {
        match read.and_then(|figure| figure.to_string().parse::<f64>().ok()) {
            Some(figure) => {
                self.sheet.write_number_with_format(row, narrow(column), figure, format)?;
                Ok(())
            }
            None => self.typed(row, column, typed, format),
        }
    }
    /// A formula with what it comes to now, for programs that do not work it out themselves.
    pub fn formula(&mut self, row: u32, column: u32, formula: &str, now: &str, format: &Format) -> Drawn {
        self.sheet.write_formula_with_format(row, narrow(column), Formula::new(formula).set_result(now), format)?;
        Ok(())
    }
    /// As high as its longest text needs, each in a column of this width: not every program finds out by itself.
    pub fn fit(&mut self, row: u32, texts: &[(&str, u32)]) -> Drawn {
        let lines_of = |(text, width): &(&str, u32)| text.lines().map(|line| line.chars().count() / usize::try_from(*width).unwrap_or(1) + 1).sum::<usize>();
        let lines = texts.iter().map(lines_of).max().unwrap_or(1).min(20);
        if lines > 1 {
            self.sheet.set_row_height(row, 15 * u32::try_from(lines).unwrap_or(1))?;
        }
        Ok(())
    }
    /// Fills a row of a table with a format.
    pub fn fill(&mut self, row: u32, columns: std::ops::RangeInclusive<u32>, format: &Format) -> Drawn {
        for column in columns {
            self.sheet.write_blank(row, narrow(column), format)?;
        }
        Ok(())
    }
    /// Only what stands in a list may be chosen.
    pub fn choose(&mut self, column: u32, rows: (u32, u32), about: &About, list: List, words: &str) -> Drawn {
        let Some(last) = u32::try_from(about.list(list).len()).ok().and_then(|count| count.checked_sub(1)) else { return Ok(()) };
        let source = format!("={SHEET}!{}:{}", fixed(0, list.column()), fixed(last, list.column()));
        let rule = DataValidation::new().allow_list_formula(Formula::new(source)).set_error_message(words)?;
        self.sheet.add_data_validation(rows.0, narrow(column), rows.1, narrow(column), &rule)?;
        Ok(())
    }
    /// Figures are asked for; a text is taken after a warning, because `1.240,50` may be one.
    pub fn ask_figure(&mut self, column: u32, rows: (u32, u32), words: &str) -> Drawn {
        let rule = DataValidation::new()
            .allow_decimal_number(rust_xlsxwriter::DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(words)?;
        self.sheet.add_data_validation(rows.0, narrow(column), rows.1, narrow(column), &rule)?;
        Ok(())
    }

    /// The finished file. Formulas are protected without a password: against a slip, not against anybody.
    pub fn finish(mut self, about: &About, title: &str) -> Drawn<Vec<u8>> {
        let allowed = ProtectionOptions { format_cells: true, format_columns: true, format_rows: true, ..ProtectionOptions::default() };
        self.sheet.protect_with_options(&allowed);
        let mut hidden = Worksheet::new();
        hidden.set_name(SHEET)?.set_very_hidden(true);
        hidden.set_column_range_width(0, narrow(LISTS), 20)?;
        for (row, column, text) in about.cells() {
            if !text.is_empty() {
                hidden.write_string(row, narrow(column), text)?;
            }
        }
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_title(title));
        workbook.push_worksheet(self.sheet);
        workbook.push_worksheet(hidden);
        workbook.save_to_buffer()
    }
}

/// Our tables have a dozen columns.
pub fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
/// A cell's name within its sheet: `D14`.
pub fn cell(row: u32, column: u32) -> String {
    Place(row, column).to_string()
}
/// The same where a copied formula must not move it: `$D$14`.
pub fn fixed(row: u32, column: u32) -> String {
    let name = cell(row, column);
    let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
    format!("${letters}${}", row + 1)
}
