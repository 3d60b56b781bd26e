//! The project: activities, indicator values, spending against the budget by heading.
pub mod pages;
