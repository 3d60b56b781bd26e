//! The same rows as pages show, as CSV for other programs: streamed, so that ten thousand rows cost no memory.
pub mod csv;
pub mod pages;
pub mod records;
