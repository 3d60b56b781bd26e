//! Comma-separated values as RFC 4180 writes them, with a byte order mark, so that every spreadsheet reads `ç` and `ë`.
use std::fmt::Write as _;

/// Rows become bytes as they come.
pub struct Csv(String);

impl Csv {
    /// With the mark that opens a file.
    #[must_use]
    pub fn opening() -> Self {
        Self("\u{feff}".into())
    }
    /// A later piece of the same file.
    #[must_use]
    pub fn further() -> Self {
        Self(String::with_capacity(64 * 1024))
    }
    /// One row of texts.
    pub fn texts(&mut self, cells: &[&str]) {
        let mut row = self.row();
        for cell in cells {
            row.text(cell);
        }
    }
    /// Begins a row; it ends where it is dropped.
    pub fn row(&mut self) -> Row<'_> {
        Row { out: &mut self.0, first: true }
    }
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

pub struct Row<'c> {
    out: &'c mut String,
    first: bool,
}

impl Row<'_> {
    fn next(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
    }
    /// What people typed. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    pub fn text(&mut self, cell: &str) -> &mut Self {
        self.next();
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if formula || cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            self.out.push('"');
            if formula {
                self.out.push('\'');
            }
            for letter in cell.chars() {
                if letter == '"' {
                    self.out.push('"');
                }
                self.out.push(letter);
            }
            self.out.push('"');
        } else {
            self.out.push_str(cell);
        }
        self
    }
    /// What we worked out ourselves: amounts with a dot, counts, days. Nothing in it can be a formula.
    pub fn figure(&mut self, figure: impl std::fmt::Display) -> &mut Self {
        self.next();
        let _ = write!(self.out, "{figure}");
        self
    }
    /// Nothing.
    pub fn empty(&mut self) -> &mut Self {
        self.next();
        self
    }
}

impl Drop for Row<'_> {
    fn drop(&mut self) {
        self.out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_the_standard_says_and_takes_the_sting_out_of_formulas() {
        let mut csv = Csv::opening();
        csv.texts(&["Titulli", "a,b", "he said \"no\"", "two\nlines", ""]);
        csv.texts(&["=HYPERLINK(\"http://x\")", "+1", "-1", "@x", "\tx", " blank "]);
        csv.row().figure(-5).figure("15721.04").empty().text("ë");
        let text = String::from_utf8(csv.into_bytes()).unwrap();
        assert_eq!(
            text,
            "\u{feff}Titulli,\"a,b\",\"he said \"\"no\"\"\",\"two\nlines\",\r\n\"'=HYPERLINK(\"\"http://x\"\")\",\"'+1\",\"'-1\",\"'@x\",\"'\tx\",\" blank \"\r\n-5,15721.04,,ë\r\n"
        );
    }
}
