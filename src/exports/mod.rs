//! The same rows as pages show, as CSV and JSON for other programs.
pub mod pages;
