//! Pages of `dossier`.
use crate::web::Door;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    super::project_pages::doors()
}
