//! What waits for whom: the manager's round board, letters, the log.
pub mod pages;
