//! The one test binary: everything over HTTP against a real server and a real database. Every stage has its file here.
mod pact;
pub mod sample;
mod visitor;
mod world;

mod accounts;
mod administrative_check;
mod application_parts;
mod applications;
mod board;
mod ground;
mod mail;
mod mail_server;
mod sink;

pub use visitor::{Answered, Visitor};
pub use world::World;
