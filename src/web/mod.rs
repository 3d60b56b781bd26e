//! How the house speaks HTTP: who visits, what they sent, what they get; one place where errors become answers.
mod answer;
pub mod calendar;
mod door;
mod form;
pub mod judging;
mod page;
mod paging;
mod pdf;
pub mod records;
pub mod saving;
pub mod statics;
pub mod stored;
mod upload;
mod visit;

pub use answer::{Answer, Remembered, explain_errors};
pub use door::{Door, get, group, post};
pub use form::Fields;
pub use page::{Fund, Icon, Link, Page, icon};
pub use paging::{PAGE_SIZE, Paging};
pub use upload::{Limits, Upload, Uploaded, fingerprint_sent, safe_name};
pub use visit::{App, Recognised, SESSION_COOKIE, VISITOR_COOKIE, Visit, csrf_of, own_path, random_token, session_cookie};
pub(crate) use visit::{percent_encoded, serde_urlencoded_pairs as pairs};
