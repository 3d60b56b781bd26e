//! Pages of `applications`, each group in its own file.
use crate::web::Door;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = super::list_pages::doors();
    doors.extend(super::calendar_pages::doors());
    doors.extend(super::text_pages::doors());
    doors.extend(super::logframe_pages::doors());
    doors.extend(super::plan_pages::doors());
    doors.extend(super::budget_pages::doors());
    doors.extend(super::workbook_pages::doors());
    doors.extend(super::draft_pages::doors());
    doors.extend(super::attachment_pages::doors());
    doors.extend(super::sending_pages::doors());
    doors.extend(super::paper_pages::doors());
    doors.extend(super::handing_pages::doors());
    doors.extend(super::partner_pages::doors());
    doors.extend(super::readiness_pages::doors());
    doors.extend(super::trial_pages::doors());
    doors.extend(super::leaving_pages::doors());
    doors.extend(super::cancellation_pages::doors());
    doors.extend(super::deadline_pages::doors());
    doors
}
