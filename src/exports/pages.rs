//! Files for spreadsheets: every application of a round, streamed in pieces.
use super::csv::Csv;
use super::records::{self, Arrived};
use crate::administrative_check::CheckState;
use crate::awards::AwardOutcome;
use crate::contracts::State;
use crate::kernel::{ContractId, Error, Money, Result, RoundId, Tr, fault};
use crate::payments;
use crate::programmes::places;
use crate::store::Store;
use crate::web::{Answer, Door, Visit, get};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use futures_util::stream;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let doors = vec![get("/{fund}/rounds/{round}/applications.csv", applications)];
    #[cfg(feature = "pdf")]
    let doors = [doors, super::pdf_pages::doors()].into_iter().flatten().collect();
    doors
}

/// An answer that a spreadsheet opens, under this name.
#[must_use]
pub fn file(name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/csv; charset=utf-8");
    answer.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    answer.insert_header((header::CACHE_CONTROL, "private, no-store"));
    answer
}

async fn applications(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let (actor, (slug, code)) = (visit.actor()?, path.into_inner());
    let (_, round) = visit.read(move |conn| records::visible_to(conn, &actor, &slug, &code)).await?;
    let opened = Sending { store: visit.app.desk.store.clone(), round: round.id, t: visit.t(), paid: None, last: i32::MIN };
    // A thread is held only while a piece is read: whoever loads slowly holds up nobody.
    let pieces = stream::try_unfold(Some(opened), |sending| async move {
        let Some(sending) = sending else { return Ok::<_, Error>(None) };
        web::block(move || sending.piece()).await.map_err(fault)?.map(Some)
    });
    Ok(file(&format!("{}-applications.csv", round.code)).streaming(pieces))
}

/// How far a file has been sent.
struct Sending {
    store: Store,
    round: RoundId,
    t: Tr,
    /// What was paid, by contract; read with the first piece, which also has the headings.
    paid: Option<HashMap<ContractId, Money>>,
    last: i32,
}

impl Sending {
    /// The next piece, and what follows it. An error breaks the file off: half a file must not look like a whole one.
    fn piece(mut self) -> Result<(Bytes, Option<Self>)> {
        let (mut csv, paid) = if let Some(paid) = self.paid.take() {
            (Csv::further(), paid)
        } else {
            let mut csv = Csv::opening();
            csv.texts(&heads(self.t));
            (csv, self.store.read(|conn| payments::records::paid_in(conn, self.round))?.into_iter().collect())
        };
        let rows = self.store.read(|conn| records::arrived_after(conn, self.round, self.last))?;
        for row in &rows {
            write(&mut csv, row, row.contract.and_then(|contract| paid.get(&contract)).copied());
        }
        let more = i64::try_from(rows.len()).is_ok_and(|count| count == records::PIECE);
        self.last = rows.last().and_then(|row| row.serial).unwrap_or(self.last);
        self.paid = Some(paid);
        Ok((csv.into_bytes().into(), more.then_some(self)))
    }
}

fn heads(t: Tr) -> [&'static str; 20] {
    [
        t.exports_code(),
        t.exports_organisation(),
        t.exports_nipt(),
        t.exports_title(),
        t.exports_size(),
        t.exports_municipality(),
        t.exports_county(),
        t.exports_theme(),
        t.exports_months(),
        t.exports_requested(),
        t.exports_total(),
        t.exports_status(),
        t.exports_submitted_at(),
        t.exports_check(),
        t.exports_points(),
        t.exports_outcome(),
        t.exports_granted(),
        t.exports_contract(),
        t.exports_contract_state(),
        t.exports_paid(),
    ]
}

fn write(csv: &mut Csv, row: &Arrived, paid: Option<Money>) {
    let mut cells = csv.row();
    cells.text(row.code.as_deref().unwrap_or_default()).text(&row.organisation).text(&row.nipt).text(&row.title).text(&row.tier);
    cells.text(places::name(&row.municipality)).text(places::county(&row.municipality)).text(&row.theme);
    cells.figure(row.months).figure(row.requested.decimal()).figure(row.total.decimal()).text(row.status.as_str());
    cells.text(&row.submitted_at.map(|at| at.zoned().strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default());
    cells.text(row.check.as_ref().map_or("", CheckState::as_str));
    match row.points {
        Some(points) => cells.figure(Decimal::new(points, 2)),
        None => cells.empty(),
    };
    cells.text(row.outcome.as_ref().map_or("", AwardOutcome::as_str));
    optional(&mut cells, row.granted.filter(|_| row.outcome == Some(AwardOutcome::Awarded)));
    cells.text(row.contract_code.as_deref().unwrap_or_default()).text(row.contract_state.as_ref().map_or("", State::as_str));
    optional(&mut cells, row.contract.map(|_| paid.unwrap_or(Money::ZERO)));
}

fn optional(cells: &mut super::csv::Row<'_>, amount: Option<Money>) {
    match amount {
        Some(amount) => cells.figure(amount.decimal()),
        None => cells.empty(),
    };
}
