//! Subgrant runs a fund that passes a donor's money on to civil-society organisations, from the call to the funder's summary.
//!
//! The floors of the house, from the ground up; a room may use rooms below it, never one above (`tests/house_rules.rs`):
//! `kernel`, `store`, `workflow`, `web` — the ground; then the stages in the order in which a grant lives; then the
//! readers, which look across the stages and change nothing; on top `site`, `worker`, `demo`.
// The ground.
pub mod kernel;
pub mod store;
pub mod web;
pub mod workflow;

// The stages, in the order in which a grant lives.
pub mod accounts;
pub mod administrative_check;
pub mod applications;
pub mod awards;
pub mod calls;
pub mod contracts;
pub mod corrigenda;
pub mod implementation;
pub mod payments;
pub mod programmes;
pub mod questions;
pub mod reporting;
pub mod scoring;

// The readers: they look across the stages and change nothing.
pub mod dashboards;
pub mod dossier;
pub mod exports;
pub mod portal;
pub mod summaries;

pub mod config;
pub mod demo;
pub mod openapi;
pub mod serve;
pub mod site;
pub mod worker;
