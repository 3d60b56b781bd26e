//! Public pages: funds, open calls, call page, awarded projects, project sheets, the map, results.
pub mod pages;
