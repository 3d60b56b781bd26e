//! Pages of `programmes`.
use crate::web::Door;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![]
}
