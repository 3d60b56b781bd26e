//! Saving by itself while somebody types: the boxes that changed, each with the mark of what stood there; and what others wrote meanwhile.
use super::Part;
use super::content::{Budget, PartContent};
use super::merging::{Boxes, Meanwhile, Typed, is_many, mark};
use super::part_pages::{Colleague, colleague, opened};
use super::writing::{Sent, What, Written};
use super::{actions, boxes, budget, records, shut_pages};
use crate::calls::Round;
use crate::kernel::{ApplicationId, Error, Instant, Reason};
use crate::web::{Answer, Door, Fields, Visit, get, post};
use actix_web::{HttpResponse, web};

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/{part}/boxes", show)
            .api("What stands in the boxes of a part, with their marks; nothing but the version where that is still `since`."),
        post("/applications/{application}/{part}/boxes", save)
            .api("Saves single boxes: `name`, `mark` (of what stood there) and `text`, as often as there are boxes; what two people changed comes back."),
    ]
}

#[derive(serde::Serialize)]
struct Marked<'b> {
    name: &'b str,
    /// Several ticks on lines of their own.
    text: String,
    mark: String,
}

/// What a form that is open must know to go on.
#[derive(serde::Serialize)]
struct State<'b> {
    version: i32,
    /// `14:32`, in Tirana.
    at: Option<String>,
    colleague: Option<Colleague>,
    /// The token of this session: a form whose writer signed in again goes on with it.
    csrf: &'b str,
    /// Of the budget: as `Kept` has it.
    out_of_size: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boxes: Option<Vec<Marked<'b>>>,
}

async fn show(visit: Visit, path: web::Path<(ApplicationId, Part)>) -> Answer {
    let (id, part) = path.into_inner();
    let opened = opened(&visit, id, part).await?;
    let out_of_size = if part == Part::Budget { out_of_size(&opened.file.budget, &opened.round, &opened.file.summary.tier) } else { None };
    let known = Known { version: opened.version, saved_at: opened.saved_at, colleague: opened.colleague.clone(), out_of_size };
    Ok(state(&visit, known, &opened.boxes()))
}

/// What is known of a part that somebody has open.
pub struct Known {
    pub version: i32,
    pub saved_at: Option<Instant>,
    pub colleague: Option<Colleague>,
    pub out_of_size: Option<Reason>,
}

/// The answer to a form that asks what there is: the boxes only where it does not know this version.
pub fn state(visit: &Visit, known: Known, boxes: &Boxes) -> HttpResponse {
    let since = visit.asked("since").and_then(|text| text.parse().ok());
    let state = State {
        version: known.version,
        at: known.saved_at.map(|at| visit.t().clock(at)),
        colleague: known.colleague,
        csrf: &visit.csrf,
        out_of_size: known.out_of_size,
        boxes: (since != Some(known.version)).then(|| marked(boxes)),
    };
    HttpResponse::Ok().json(state)
}

fn marked(boxes: &Boxes) -> Vec<Marked<'_>> {
    boxes.iter().map(|(name, values)| Marked { name, text: values.join("\n"), mark: mark(name, values) }).collect()
}

/// The answer to boxes that were sent: small, because it comes every second.
#[derive(serde::Serialize)]
struct Kept {
    version: i32,
    at: String,
    /// New marks of the boxes that were sent and kept.
    marks: Vec<(String, String)>,
    meanwhile: Vec<Meanwhile>,
    /// Where what the budget asks for does not fit the chosen size: submission would be refused.
    out_of_size: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colleague: Option<Colleague>,
}

async fn save(visit: Visit, path: web::Path<(ApplicationId, Part)>, fields: Fields) -> Answer {
    let (id, part) = path.into_inner();
    let typed = typed(&fields)?;
    let names: Vec<String> = typed.iter().map(|typed| typed.name.clone()).collect();
    let (actor, now) = (visit.actor()?, visit.now());
    let sent = Sent { what: What::Boxes(part, typed), pressed: None };
    let written = match visit.perform(move |act| actions::write(act, id, sent)).await {
        // They were taken out of the organisation, or somebody threw the draft away, while they typed.
        Err(Error::NotFound) => return Ok(shut_pages::to_boxes(&visit)),
        other => other?,
    };
    let before = written.before;
    let budget = match boxes::content(part, &written.boxes) {
        PartContent::Budget(budget) => Some(budget),
        _ => None,
    };
    let (others, out_of_size) = visit
        .read(move |conn| {
            let others = before.map(|(who, at)| colleague(conn, &actor, who, at, now)).transpose()?.flatten();
            let Some(budget) = budget else { return Ok((others, None)) };
            let application = records::find(conn, &actor, id)?;
            Ok((others, out_of_size(&budget, &records::round_of(conn, &application)?, &application.tier)))
        })
        .await?;
    Ok(kept(&visit, &names, written, others, out_of_size))
}

/// What became of the boxes of these names.
pub fn kept(visit: &Visit, names: &[String], written: Written, colleague: Option<Colleague>, out_of_size: Option<Reason>) -> HttpResponse {
    let settled = |name: &str| names.iter().any(|sent| sent == name) && written.meanwhile.iter().all(|one| one.name != name);
    let kept = Kept {
        version: written.saved.version,
        at: visit.t().clock(written.saved.saved_at),
        marks: written.boxes.iter().filter(|(name, _)| settled(name)).map(|(name, values)| (name.to_owned(), mark(name, values))).collect(),
        meanwhile: written.meanwhile,
        out_of_size,
        colleague,
    };
    HttpResponse::Ok().json(kept)
}

fn out_of_size(budget: &Budget, round: &Round, tier: &str) -> Option<Reason> {
    let totals = budget::totals(budget, &round.terms.caps_of(tier));
    round.tier(tier).and_then(|tier| budget::out_of_size(&totals, tier))
}

/// The boxes that were sent: three fields each, in the same order.
pub fn typed(fields: &Fields) -> crate::kernel::Result<Vec<Typed>> {
    let all = |wanted: &str| fields.pairs().filter(move |(name, _)| *name == wanted).map(|(_, value)| value.to_owned()).collect::<Vec<_>>();
    let (names, marks, texts) = (all("name"), all("mark"), all("text"));
    if names.len() != marks.len() || names.len() != texts.len() {
        return Err(crate::kernel::Error::invalid(Reason::new("bad-field", "", |t| t.csrf_text().into())));
    }
    let values =
        |name: &str, text: String| if is_many(name) { text.split('\n').filter(|value| !value.is_empty()).map(str::to_owned).collect() } else { vec![text] };
    Ok(names.into_iter().zip(marks).zip(texts).map(|((name, mark), text)| Typed { values: values(&name, text), name, mark }).collect())
}
