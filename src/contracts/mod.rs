//! The agreement from the frozen budget: periods, payment plan, both signatures.
pub mod pages;
