//! Pages of `programmes`.
mod people;

use crate::web::Door;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    people::doors()
}
