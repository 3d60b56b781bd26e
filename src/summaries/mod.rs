//! The funder's round summary: funnel, money, places, themes, indicators; every figure from rows, so that every breakdown adds up to the same total.
pub mod pages;
pub mod records;
pub mod rules;
