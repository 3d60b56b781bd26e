//! The one test binary: everything over HTTP against a real server and a real database. Every stage has its file here.
#![allow(
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where it stands, and says so"
)]
mod grant;
mod pact;
pub mod sample;
mod typed;
mod visitor;
mod world;

mod access;
mod accounts;
mod administrative_check;
mod application_parts;
mod applications;
mod awards;
mod board;
mod calls;
mod contracts;
mod corrigenda;
mod deadlines;
#[cfg(feature = "pdf")]
mod documents;
mod drafts;
mod faults;
mod ground;
mod links;
mod mail;
mod mail_server;
mod members;
mod papers;
mod partnerships;
mod payments;
mod portal;
mod process;
mod profiles;
mod projects;
mod questions;
mod scans;
mod scenario;
mod scoring;
mod sendings;
mod signatures;
mod sink;
mod story;
mod summaries;
mod trials;
mod workbooks;

pub use visitor::{Answered, Visitor};
pub use world::World;
