//! The one test binary: everything over HTTP against a real server and a real database. Every stage has its file here.
mod pact;
pub mod sample;
mod visitor;
mod world;

mod accounts;
mod application_parts;
mod applications;
mod awards;
mod calls;
mod ground;
mod mail;
mod mail_server;
mod portal;
mod scoring;
mod sink;

pub use visitor::{Answered, Visitor};
pub use world::World;
