//! What a form that saves by itself sends and gets: single boxes, each with the mark of what stood there. `draft.js` speaks it, for
//! whatever stage the form is of.
use super::merging::{Boxes, Meanwhile, Typed, is_many, mark};
use crate::kernel::{Error, Instant, Reason, Result, Tr};
use crate::web::Fields;
use std::collections::HashMap;

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
}
impl<'b> State<'b> {
    /// `since`: the version that the form knows.
    #[must_use]
    pub fn of(boxes: &'b Boxes, version: i32, since: Option<&str>, saved_at: Option<Instant>, csrf: &'b str, t: Tr) -> Self {
        let known = since.and_then(|text| text.parse().ok()) == Some(version);
        Self { version, at: saved_at.map(|at| t.clock(at)), csrf, boxes: (!known).then(|| marked(boxes)) }
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
}
impl Kept {
    /// `names`: the boxes that were sent.
    #[must_use]
    pub fn of(names: &[String], boxes: &Boxes, meanwhile: Vec<Meanwhile>, version: i32, saved_at: Instant, t: Tr) -> Self {
        let settled = |name: &str| names.iter().any(|sent| sent == name) && meanwhile.iter().all(|one| one.name != name);
        let marks = boxes.iter().filter(|(name, _)| settled(name)).map(|(name, values)| (name.to_owned(), mark(name, values))).collect();
        Self { version, at: t.clock(saved_at), marks, meanwhile }
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
