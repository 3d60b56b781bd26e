//! Saving by itself while somebody types: the boxes that changed, each with the mark of what stood there; and what others wrote meanwhile.
use super::Part;
use super::content::{Budget, PartContent};
use super::part_pages::opened;
use super::writing::{Sent, What, Written};
use super::{actions, boxes, budget, records};
use crate::accounts::colleagues::colleague;
use crate::calls::Round;
use crate::kernel::merging::Boxes;
use crate::kernel::{ApplicationId, Error, Instant, Reason};
pub use crate::web::saving::typed;
use crate::web::saving::{Colleague, Kept, State, shut_to_boxes};
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

/// What a form that is open must know to go on.
#[derive(serde::Serialize)]
struct Open<'b> {
    #[serde(flatten)]
    state: State<'b>,
    /// Of the budget: as `Saved` has it.
    out_of_size: Option<Reason>,
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
    let since = visit.asked("since");
    let state = Open {
        state: State::of(boxes, known.version, since.as_deref(), known.saved_at, &visit.csrf, visit.t()).with(known.colleague),
        out_of_size: known.out_of_size,
    };
    HttpResponse::Ok().json(state)
}

/// The answer to boxes that were sent.
#[derive(serde::Serialize)]
struct Saved {
    #[serde(flatten)]
    kept: Kept,
    /// Where what the budget asks for does not fit the chosen size: submission would be refused.
    out_of_size: Option<Reason>,
}

async fn save(visit: Visit, path: web::Path<(ApplicationId, Part)>, fields: Fields) -> Answer {
    let (id, part) = path.into_inner();
    let typed = typed(&fields)?;
    let names: Vec<String> = typed.iter().map(|typed| typed.name.clone()).collect();
    let (actor, now) = (visit.actor()?, visit.now());
    let sent = Sent { what: What::Boxes(part, typed), pressed: None };
    let written = match visit.perform(move |act| actions::write(act, id, sent)).await {
        // They were taken out of the organisation, or somebody threw the draft away, while they typed.
        Err(Error::NotFound) => return Ok(shut_to_boxes(&visit)),
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
    let kept = Kept::of(names, &written.boxes, written.meanwhile, written.saved.version, written.saved.saved_at, visit.t()).with(colleague);
    HttpResponse::Ok().json(Saved { kept, out_of_size })
}

fn out_of_size(budget: &Budget, round: &Round, tier: &str) -> Option<Reason> {
    let totals = budget::totals(budget, &round.terms.caps_of(tier));
    round.tier(tier).and_then(|tier| budget::out_of_size(&totals, tier))
}
