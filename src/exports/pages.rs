//! Files for spreadsheets: every application of a round, streamed in pieces.
use super::csv::Csv;
use super::records::{self, Arrived};
use crate::administrative_check::CheckState;
use crate::awards::AwardOutcome;
use crate::contracts::State;
use crate::kernel::{ContractId, Money, Result, RoundId, Tr};
use crate::payments;
use crate::programmes::places;
use crate::store::Store;
use crate::web::{Answer, Door, Visit, get};
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, rt};
use futures_util::stream;
use rust_decimal::Decimal;
use std::collections::HashMap;
use tokio::sync::mpsc;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/{fund}/rounds/{round}/applications.csv", applications)]
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
    let (send, receive) = mpsc::channel::<Result<Bytes>>(2);
    let (store, t, id) = (visit.app.desk.store.clone(), visit.t(), round.id);
    rt::task::spawn_blocking(move || {
        if let Err(error) = send_all(&store, id, t, &send) {
            // The file breaks off: half a file must not look like a whole one.
            let _ = send.blocking_send(Err(error));
        }
    });
    let pieces = stream::unfold(receive, |mut receive| async move { receive.recv().await.map(|piece| (piece, receive)) });
    Ok(file(&format!("{}-applications.csv", round.code)).streaming(pieces))
}

fn send_all(store: &Store, round: RoundId, t: Tr, send: &mpsc::Sender<Result<Bytes>>) -> Result<()> {
    let paid: HashMap<ContractId, Money> = store.read(|conn| payments::records::paid_in(conn, round))?.into_iter().collect();
    let mut csv = Csv::opening();
    csv.texts(&heads(t));
    let mut last = i32::MIN;
    loop {
        let rows = store.read(|conn| records::arrived_after(conn, round, last))?;
        let more = i64::try_from(rows.len()).is_ok_and(|count| count == records::PIECE);
        last = rows.last().and_then(|row| row.serial).unwrap_or(last);
        for row in &rows {
            write(&mut csv, row, row.contract.and_then(|contract| paid.get(&contract)).copied());
        }
        // Whoever has gone away needs no more.
        if send.blocking_send(Ok(csv.into_bytes().into())).is_err() || !more {
            return Ok(());
        }
        csv = Csv::further();
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
