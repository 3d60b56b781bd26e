//! The sheet saves by itself while its evaluator writes: box by box, as applicants' drafts do.
use super::opened;
use crate::kernel::{AssignmentId, Error};
use crate::scoring::{AssignmentState, rules, sheet_actions};
use crate::web::saving::{Kept, State, typed};
use crate::web::{Answer, Fields, Visit};
use actix_web::{HttpResponse, web};

pub(super) async fn show(visit: Visit, path: web::Path<AssignmentId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
    if !opened.declared || opened.assignment.state == AssignmentState::Assigned {
        return Err(Error::NotFound);
    }
    let boxes = rules::boxes(&opened.assignment.sheet(), &opened.round.terms.grid);
    let since = visit.asked("since");
    Ok(HttpResponse::Ok().json(State::of(&boxes, opened.assignment.version, since.as_deref(), opened.assignment.saved_at, &visit.csrf, visit.t())))
}

pub(super) async fn save(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let typed = typed(&fields)?;
    let names: Vec<String> = typed.iter().map(|typed| typed.name.clone()).collect();
    let written = visit.perform(move |act| sheet_actions::write_boxes(act, id, &typed, true)).await?;
    Ok(HttpResponse::Ok().json(Kept::of(&names, &written.boxes, written.meanwhile, written.version, written.saved_at, visit.t())))
}
