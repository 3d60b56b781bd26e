//! Pages of `applications`.
use crate::web::Door;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![];
    doors.extend(super::logframe_pages::doors());
    doors.extend(super::plan_pages::doors());
    doors.extend(super::budget_pages::doors());
    doors
}
