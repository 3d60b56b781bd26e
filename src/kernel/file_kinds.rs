//! The kinds of files that are taken (rules.md 4.6), as a call's file names them and as a browser's file box wants them.
use super::{Tr, words};
use std::borrow::Borrow;

words!(
    /// What a paper can be: a call says for each of its documents which of them it takes.
    FileKind { Pdf = "pdf", Photo = "photo", Docx = "docx", Xlsx = "xlsx" }
);

words!(
    /// What a virus scanner said of a file; where none is set, a file has no such word.
    Scan { Waiting = "waiting", Clean = "clean", Infected = "infected" }
);

impl FileKind {
    /// The kind of a media type that was judged by content.
    #[must_use]
    pub fn of(media_type: &str) -> Option<Self> {
        match media_type {
            "application/pdf" => Some(Self::Pdf),
            "image/jpeg" | "image/png" => Some(Self::Photo),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Self::Docx),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Self::Xlsx),
            _ => None,
        }
    }
    /// The kind that a file's name promises.
    #[must_use]
    pub fn promised(name: &str) -> Option<Self> {
        let ending = format!(".{}", name.rsplit_once('.')?.1.to_ascii_lowercase());
        Self::ALL.iter().copied().find(|kind| kind.endings().split(',').any(|known| known == ending))
    }
    /// The endings of its files' names.
    #[must_use]
    pub const fn endings(&self) -> &'static str {
        match self {
            Self::Pdf => ".pdf",
            Self::Photo => ".jpg,.jpeg,.png",
            Self::Docx => ".docx",
            Self::Xlsx => ".xlsx",
        }
    }
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Pdf => "PDF",
            Self::Photo => t.file_photo(),
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
        }
    }
    /// `.pdf,.docx`, for a file box.
    #[must_use]
    pub fn all_endings(kinds: &[Self]) -> String {
        kinds.iter().map(Self::endings).collect::<Vec<_>>().join(",")
    }
    /// `PDF, photo (JPEG, PNG)`
    #[must_use]
    pub fn listed(kinds: &[Self], t: impl Borrow<Tr>) -> String {
        let t = *t.borrow();
        kinds.iter().map(|kind| kind.label(t)).collect::<Vec<_>>().join(", ")
    }
}
