//! Ranking, the envelope's line, the reserve list, and the one decision of the director.
pub mod pages;
