//! Payments: approved by two persons, sent, confirmed.
pub mod pages;
