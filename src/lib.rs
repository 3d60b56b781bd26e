//! Subgrant runs a fund that passes a donor's money on to civil-society organisations, from the call to the funder's summary.
//!
//! The floors of the house, from the ground up; a room may use rooms below it, never one above (`tests/house_rules.rs`):
//! `kernel`, `store`, `workflow`, `web` — the ground; then the stages in the order in which a grant lives; then the
//! readers, which look across the stages and change nothing; on top `site`, `worker`, `demo`.
pub mod kernel;
pub mod store;
pub mod workflow;
pub mod web;

pub mod config;
