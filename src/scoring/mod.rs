//! Evaluators: impartiality, assignments, score sheets, the third reader, the settled result.
pub mod pages;
