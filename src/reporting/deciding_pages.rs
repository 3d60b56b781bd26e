//! The decision's form saves by itself, as applicants' drafts do; and by a button, where there are no scripts.
use super::deciding_actions::{boxes, write};
use super::{Report, records, rules};
use crate::contracts::records as contracts;
use crate::kernel::merging::{Boxes, Typed};
use crate::kernel::{Error, ReportId};
use crate::web::saving::{Kept, State as Known, base, typed};
use crate::web::{Answer, Fields, Visit};
use actix_web::HttpResponse;
use actix_web::web::Path;

/// `GET /reports/{report}/boxes`
pub(super) async fn show(visit: Visit, path: Path<ReportId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let (report, costs) = visit
        .read(move |conn| {
            let report = records::by_id(conn, id)?;
            let contract = contracts::find(conn, &actor, report.contract_id)?;
            if !rules::may_decide(&actor, &contract) || !contract.state.is_project() {
                return Err(Error::NotFound);
            }
            let costs = records::expenses_of(conn, &report)?;
            Ok((report, costs))
        })
        .await?;
    let (boxes, since) = (boxes(&report, &costs, visit.t()), visit.asked("since"));
    Ok(HttpResponse::Ok().json(Known::of(&boxes, report.version, since.as_deref(), report.deciding_at, &visit.csrf, visit.t())))
}

/// `POST /reports/{report}/boxes`
pub(super) async fn save(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let (id, t) = (path.into_inner(), visit.t());
    let typed = typed(&fields)?;
    let names: Vec<String> = typed.iter().map(|typed| typed.name.clone()).collect();
    let written = visit.perform(move |act| write(act, id, &typed, t, true)).await?;
    Ok(HttpResponse::Ok().json(Kept::of(&names, &written.boxes, written.meanwhile, written.version, written.saved_at, t)))
}

/// The boxes that the page's form sends, with the marks of what it showed.
pub(super) fn of_form(fields: &Fields, kept: &Boxes) -> Vec<Typed> {
    let marks = base(fields);
    kept.iter()
        .filter(|(name, _)| fields.has(name))
        .map(|(name, _)| Typed { name: name.to_owned(), values: vec![fields.get(name)], mark: marks.get(name).cloned().unwrap_or_default() })
        .collect()
}

/// As they stand for this reader's language.
pub(super) fn kept(report: &Report, costs: &[crate::implementation::Expense], visit: &Visit) -> Boxes {
    boxes(report, costs, visit.t())
}
