//! Documents as PDF: what a document says is plain data, how it looks is `templates/pdf/document.typ`, and typst lays it out.
//! What people typed never becomes markup, because it reaches the template as a file of data.
#[cfg(feature = "pdf")]
mod engine;
#[cfg(feature = "pdf")]
pub use engine::print;

use crate::kernel::{Instant, Lang};

/// Whether this build makes PDFs. Pages and letters lead to them only where it does.
pub const HERE: bool = cfg!(feature = "pdf");

/// One document, ready to be laid out. Nothing in it is computed any more: figures and dates are in the reader's language.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Document {
    pub lang: Lang,
    /// The title of the file; what it is called in a list of documents.
    pub title: String,
    pub author: String,
    pub keywords: Vec<String>,
    /// Two prints of the same document with the same instant are the same bytes.
    #[serde(skip)]
    pub made_at: Instant,
    /// What kind of paper this is, above its heading.
    pub kind: String,
    pub code: String,
    pub heading: String,
    pub subheading: String,
    /// Stands in the head of every page, where the paper is not the real thing: `DRAFT, not submitted`.
    pub mark: String,
    /// In the head of every page: what this is, and when it was handed in.
    pub head: String,
    pub when: String,
    pub foot: String,
    /// `Page {page} of {pages}`
    pub page_of: String,
    pub facts: Vec<Pair>,
    pub fingerprint: Option<Fingerprint>,
    pub sections: Vec<Section>,
    /// What is said where a sign had to be left out that none of the fonts draws.
    pub undrawn: String,
}

/// A label with what it stands for, and a second line where there is more.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Pair {
    pub label: String,
    pub text: String,
    pub more: String,
}
impl Pair {
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), more: String::new() }
    }
    #[must_use]
    pub fn with(self, more: impl Into<String>) -> Self {
        Self { more: more.into(), ..self }
    }
}

/// The fingerprint of what the document shows, large enough to be copied by hand.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Fingerprint {
    pub label: String,
    /// In groups of four.
    pub groups: Vec<String>,
    pub text: String,
    /// Where it is checked.
    pub address: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, serde::Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A text with its line breaks, under a heading of its own where it has one.
    Text {
        heading: String,
        text: String,
        lang: Option<Lang>,
    },
    Heading {
        text: String,
    },
    /// Nothing is here, and that is said.
    Nothing {
        text: String,
    },
    Pairs {
        pairs: Vec<Pair>,
    },
    List {
        items: Vec<String>,
    },
    /// Numbered lines: `1.2`, text.
    Numbered {
        lines: Vec<(String, String)>,
    },
    Table(Table),
    Months(Months),
}

#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Table {
    /// Above the table; empty where the section's heading says it.
    pub heading: String,
    pub columns: Vec<Column>,
    pub groups: Vec<Group>,
    /// Sums: the last one is the total.
    pub foot: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Column {
    pub heading: String,
    /// Of the page's width, in relation to the others.
    pub share: u32,
    /// Figures stand on the right.
    pub figures: bool,
}
impl Column {
    pub fn text(heading: impl Into<String>, share: u32) -> Self {
        Self { heading: heading.into(), share, figures: false }
    }
    pub fn figures(heading: impl Into<String>, share: u32) -> Self {
        Self { heading: heading.into(), share, figures: true }
    }
}

/// Rows that belong together, under a row of their own where they have one.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Group {
    pub heading: Option<Vec<Cell>>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Cell {
    pub text: String,
    /// Smaller, on a line of its own.
    pub more: String,
}
impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), more: String::new() }
    }
    #[must_use]
    pub fn with(self, more: impl Into<String>) -> Self {
        Self { more: more.into(), ..self }
    }
}

/// A plan: one column for each month.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Months {
    pub what: String,
    /// The heading above the months.
    pub when: String,
    pub months: i32,
    pub rows: Vec<MonthsRow>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct MonthsRow {
    pub number: String,
    pub text: String,
    pub who: String,
    pub months: Vec<i32>,
    /// The same in words: `1–2, 4`
    pub words: String,
}
