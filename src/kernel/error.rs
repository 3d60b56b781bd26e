//! Everything that can go wrong, in words that mean something to the person who asked.
use super::{Bilingual, Tr, both};

/// The seven meanings that an answer other than "done" can have. A cause never leaves the server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or this person may not see it: the two are one answer.
    #[error("there is nothing here, or it may not be seen")]
    NotFound,
    #[error("sign in first")]
    SignIn,
    /// Seen, but not theirs to do.
    #[error("not allowed")]
    Forbidden,
    /// What was typed cannot be taken; every field's complaint at once. What was typed comes back.
    #[error("{} fields to fix", .0.len())]
    Invalid(Vec<Reason>),
    /// A rule says no; every reason at once.
    #[error("refused: {}", .0.iter().map(|r| r.text.en.as_str()).collect::<Vec<_>>().join(" "))]
    Refused(Vec<Reason>),
    /// Somebody else was faster.
    #[error("changed meanwhile by somebody else")]
    Stale,
    /// Too often from here: come back in so many seconds.
    #[error("too many attempts")]
    Slow(u64),
    /// Ours, not theirs; the log has the cause under the request's number.
    #[error("fault: {0}")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}

pub type Result<T> = std::result::Result<T, Error>;

/// One thing that stands in the way: where, and what to do about it, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reason {
    /// A stable word for programs and tests: `over-cap`, `no-title`.
    pub code: String,
    /// Where it is: a field's name within its page, or `part#field`; empty where it concerns the whole.
    pub at: String,
    pub text: Bilingual,
}

impl Reason {
    /// `Reason::new("no-title", "title", |t| t.reason_no_title().into())`
    pub fn new(code: &str, at: impl Into<String>, say: impl Fn(Tr) -> String) -> Self {
        Self { code: code.into(), at: at.into(), text: both(say) }
    }
}

/// Wraps a cause that the person can do nothing about.
pub fn fault(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Fault(cause.into())
}

impl Error {
    /// One reason, refused.
    #[must_use]
    pub fn refused(reason: Reason) -> Self {
        Self::Refused(vec![reason])
    }
    /// One complaint about one field.
    #[must_use]
    pub fn invalid(reason: Reason) -> Self {
        Self::Invalid(vec![reason])
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            // The constraint is the net below the rule: two people did the same thing at the same moment.
            diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => Self::Stale,
            other => fault(other),
        }
    }
}

/// Nothing in the way, or all of it at once.
///
/// # Errors
/// `Refused` with every reason when there is at least one.
pub fn unless(reasons: Vec<Reason>) -> Result<()> {
    if reasons.is_empty() { Ok(()) } else { Err(Error::Refused(reasons)) }
}

/// The permission of a rule, as an answer.
///
/// # Errors
/// `Forbidden` when the rule says no.
pub fn must(allowed: bool) -> Result<()> {
    if allowed { Ok(()) } else { Err(Error::Forbidden) }
}
