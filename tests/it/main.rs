//! The one test binary: everything over HTTP against a real server and a real database. Every stage has its file here.
mod grant;
mod pact;
pub mod sample;
mod visitor;
mod world;

mod accounts;
mod administrative_check;
mod application_parts;
mod applications;
mod awards;
mod board;
mod calls;
mod ground;
mod mail;
mod mail_server;
mod portal;
mod scoring;
mod contracts;
mod payments;
mod projects;
mod sink;
mod summaries;

pub use visitor::{Answered, Visitor};
pub use world::World;

