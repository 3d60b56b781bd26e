//! The whole story of one application or project, and the status that its applicant reads.
pub mod pages;
mod project_pages;
