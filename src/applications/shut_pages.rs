//! When somebody may not write here any more while they type: they hear it plainly, and their text comes back to them. A stranger gets
//! the same answer, so nobody learns whether there is such an application.
use super::boxes;
use super::{Part, merging::is_many};
use crate::kernel::Reason;
use crate::web::{Answer, Fields, Page, Visit};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

/// In words, for a page and for the script that saves by itself.
fn reason() -> Reason {
    Reason::new("no-longer-yours", "", |t| t.part_shut().into())
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/shut.html")]
struct ShutPage {
    #[serde(skip)]
    p: Page,
    reason: Reason,
    /// What was typed, to be copied.
    values: Vec<String>,
}

/// The answer to a form: what was typed in it stands on the page.
pub fn to_form(visit: &Visit, part: Part, fields: &Fields) -> Answer {
    let typed = boxes::of(&boxes::read(part, fields));
    let texts = typed.iter().filter(|(name, _)| !is_many(name)).flat_map(|(_, values)| values.to_vec());
    let view = ShutPage { p: visit.page(), reason: reason(), values: texts.filter(|text| !text.is_empty()).collect() };
    visit.show_with(StatusCode::NOT_FOUND, &view)
}

#[derive(serde::Serialize)]
struct Problem {
    title: &'static str,
    status: u16,
    detail: &'static str,
    reasons: Vec<Reason>,
}

/// The answer to boxes that were saved without anybody's doing: the page says it, and keeps them.
pub fn to_boxes(visit: &Visit) -> HttpResponse {
    let t = visit.t();
    let problem = Problem { title: t.part_shut_title(), status: StatusCode::NOT_FOUND.as_u16(), detail: t.part_shut(), reasons: vec![reason()] };
    HttpResponse::NotFound().content_type("application/problem+json").json(problem)
}
