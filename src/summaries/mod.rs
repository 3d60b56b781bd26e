//! The funder's round summary: funnel, money, places, themes, indicators; every figure from rows.
pub mod pages;
