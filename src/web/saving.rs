//! What a form that saves by itself sends and gets: single boxes, each with the mark of what stood there. `draft.js` speaks it, for
//! whatever stage the form is of.
use super::{Answer, Fields, Page, Visit};
use crate::kernel::merging::{Boxes, Meanwhile, Typed, is_many, mark};
use crate::kernel::{Error, Instant, Reason, Result, Tr};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use std::collections::HashMap;

/// Somebody else who wrote in the form in the last minutes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Colleague {
    pub name: String,
    pub at: Instant,
}

/// A box as it stands.
#[derive(serde::Serialize)]
pub struct Marked<'b> {
    name: &'b str,
    /// Several ticks on lines of their own.
    text: String,
    mark: String,
}

/// What a form that is open must know to go on.
#[derive(serde::Serialize)]
pub struct State<'b> {
    version: i32,
    /// `14:32`, in Tirana.
    at: Option<String>,
    /// The token of this session: a form whose writer signed in again goes on with it.
    csrf: &'b str,
    /// Nothing where the form knows this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    boxes: Option<Vec<Marked<'b>>>,
    colleague: Option<Colleague>,
}
impl<'b> State<'b> {
    /// `since`: the version that the form knows.
    #[must_use]
    pub fn of(boxes: &'b Boxes, version: i32, since: Option<&str>, saved_at: Option<Instant>, csrf: &'b str, t: Tr) -> Self {
        let known = since.and_then(|text| text.parse().ok()) == Some(version);
        Self { version, at: saved_at.map(|at| t.clock(at)), csrf, boxes: (!known).then(|| marked(boxes)), colleague: None }
    }
    #[must_use]
    pub fn with(self, colleague: Option<Colleague>) -> Self {
        Self { colleague, ..self }
    }
}

fn marked(boxes: &Boxes) -> Vec<Marked<'_>> {
    boxes.iter().map(|(name, values)| Marked { name, text: values.join("\n"), mark: mark(name, values) }).collect()
}

/// The answer to boxes that were sent: small, because it comes every second.
#[derive(serde::Serialize)]
pub struct Kept {
    version: i32,
    at: String,
    /// New marks of the boxes that were sent and kept.
    marks: Vec<(String, String)>,
    meanwhile: Vec<Meanwhile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colleague: Option<Colleague>,
}
impl Kept {
    /// `names`: the boxes that were sent.
    #[must_use]
    pub fn of(names: &[String], boxes: &Boxes, meanwhile: Vec<Meanwhile>, version: i32, saved_at: Instant, t: Tr) -> Self {
        let settled = |name: &str| names.iter().any(|sent| sent == name) && meanwhile.iter().all(|one| one.name != name);
        let marks = boxes.iter().filter(|(name, _)| settled(name)).map(|(name, values)| (name.to_owned(), mark(name, values))).collect();
        Self { version, at: t.clock(saved_at), marks, meanwhile, colleague: None }
    }
    #[must_use]
    pub fn with(self, colleague: Option<Colleague>) -> Self {
        Self { colleague, ..self }
    }
}

/// The boxes that were sent: three fields each, in the same order.
///
/// # Errors
/// `Invalid` for what no form of ours sends.
pub fn typed(fields: &Fields) -> Result<Vec<Typed>> {
    let all = |wanted: &str| fields.pairs().filter(move |(name, _)| *name == wanted).map(|(_, value)| value.to_owned()).collect::<Vec<_>>();
    let (names, marks, texts) = (all("name"), all("mark"), all("text"));
    if names.len() != marks.len() || names.len() != texts.len() {
        return Err(Error::invalid(Reason::new("bad-field", "", |t| t.csrf_text().into())));
    }
    let values =
        |name: &str, text: String| if is_many(name) { text.split('\n').filter(|value| !value.is_empty()).map(str::to_owned).collect() } else { vec![text] };
    Ok(names.into_iter().zip(marks).zip(texts).map(|((name, mark), text)| Typed { values: values(&name, text), name, mark }).collect())
}

/// What a form carries in `base`: names and marks of what it shows.
#[must_use]
pub fn base_of(boxes: &Boxes) -> String {
    boxes.marks().iter().map(|(name, mark)| format!("{name} {mark}")).collect::<Vec<_>>().join(" ")
}

/// The marks of what a form showed, by the names of its boxes.
#[must_use]
pub fn base(fields: &Fields) -> HashMap<String, String> {
    let base = fields.get("base");
    let mut words = base.split(' ').map(str::to_owned);
    std::iter::from_fn(|| words.next().zip(words.next())).collect()
}

/// The boxes of a form, as it showed them before and holds them now, without those whose other text its writer chose (`take`).
#[must_use]
pub fn changed(boxes: &Boxes, fields: &Fields) -> Vec<Typed> {
    let marks = base(fields);
    let taken = fields.all("take");
    boxes
        .iter()
        .filter(|(name, _)| fields.has(name) || is_many(name))
        .filter(|(name, _)| !taken.iter().any(|taken| taken == name))
        .map(|(name, values)| Typed { name: name.to_owned(), values: values.to_vec(), mark: marks.get(name).cloned().unwrap_or_default() })
        .collect()
}

/// For each box that two changed at once, that somebody must choose.
#[must_use]
pub fn both(meanwhile: &[Meanwhile]) -> Vec<Reason> {
    meanwhile.iter().map(|one| Reason::new("meanwhile", one.name.clone(), |t| t.part_meanwhile().into())).collect()
}

/// When somebody may not write here any more while they type: in words, for a page and for the script that saves by itself. A stranger
/// gets the same answer, so nobody learns whether there is such a thing.
fn shut() -> Reason {
    Reason::new("no-longer-yours", "", |t| t.part_shut().into())
}

#[derive(Template, serde::Serialize)]
#[template(path = "layout/shut.html")]
struct ShutPage {
    #[serde(skip)]
    p: Page,
    reason: Reason,
    /// What was typed, to be copied.
    values: Vec<String>,
}

/// The answer to a form: what was typed in it stands on the page.
///
/// # Errors
/// `Fault` when the page cannot be made.
pub fn shut_to_form(visit: &Visit, typed: &Boxes) -> Answer {
    let texts = typed.iter().filter(|(name, _)| !is_many(name)).flat_map(|(_, values)| values.to_vec());
    let view = ShutPage { p: visit.page(), reason: shut(), values: texts.filter(|text| !text.is_empty()).collect() };
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
#[must_use]
pub fn shut_to_boxes(visit: &Visit) -> HttpResponse {
    let t = visit.t();
    let problem = Problem { title: t.part_shut_title(), status: StatusCode::NOT_FOUND.as_u16(), detail: t.part_shut(), reasons: vec![shut()] };
    HttpResponse::NotFound().content_type("application/problem+json").json(problem)
}
