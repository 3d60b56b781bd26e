//! Narrative and financial reports: due, submitted, decided, costs accepted or refused.
pub mod pages;
