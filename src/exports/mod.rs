//! What pages show, to take away: rows as CSV for other programs, streamed, so that ten thousand rows cost no memory; applications and
//! receipts as PDF for people and their files.
pub mod csv;
#[cfg(feature = "pdf")]
pub mod documents;
pub mod pages;
#[cfg(feature = "pdf")]
mod pdf_pages;
pub mod records;
