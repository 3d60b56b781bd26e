//! The administrative evaluation: the round's checklist for each application, clarification requests, passed or not and why.
pub mod pages;
