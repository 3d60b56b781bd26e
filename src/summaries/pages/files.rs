//! The rows behind a summary's figures, as files: every grant, every cost with its voucher, every payment with who approved it.
use super::look;
use crate::accounts::records as accounts;
use crate::calls::Round;
use crate::exports::csv::Csv;
use crate::exports::pages::file;
use crate::kernel::{Instant, Money, Result, RoundId, Tr};
use crate::programmes::places;
use crate::reporting::Refusal;
use crate::store::Conn;
use crate::summaries::records::{self, CostRow, PIECE};
use crate::summaries::rules::Project;
use crate::web::{Answer, Visit};
use actix_web::web::Path;

/// `GET /{fund}/rounds/{round}/grants.csv`
pub(super) async fn grants(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (slug, code) = path.into_inner();
    let (_, round, rows) = look(&visit, slug, code).await?;
    let t = visit.t();
    let mut csv = Csv::opening();
    csv.texts(&[
        t.exports_code(),
        t.exports_organisation(),
        t.exports_title(),
        t.exports_size(),
        t.exports_municipality(),
        t.exports_county(),
        t.exports_theme(),
        t.exports_requested(),
        t.exports_granted(),
        t.exports_paid(),
        t.summaries_accepted(),
    ]);
    for grant in super::grants(&rows.projects) {
        grant_row(&mut csv, grant, &round, t);
    }
    Ok(file(&format!("{}-grants.csv", round.code)).body(csv.into_bytes()))
}

fn grant_row(csv: &mut Csv, grant: &Project, round: &Round, t: Tr) {
    let tier = round.tier(&grant.tier).map_or(grant.tier.as_str(), |tier| tier.name.say(t));
    let names: Vec<&str> = grant.places.iter().map(|code| places::name(code)).collect();
    let mut row = csv.row();
    row.text(&grant.code).text(&grant.organisation).text(&grant.title).text(tier).text(&names.join("; "));
    row.text(grant.places.first().map_or("", |code| places::county(code))).text(&grant.theme);
    for amount in [grant.asked, grant.granted, grant.paid, grant.accepted] {
        row.figure(amount.decimal());
    }
}

/// `GET /{fund}/rounds/{round}/indicators.csv`: what is counted and what is money never share a column.
pub(super) async fn indicators(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (slug, code) = path.into_inner();
    let (_, round, rows) = look(&visit, slug, code).await?;
    let t = visit.t();
    let mut csv = Csv::opening();
    csv.texts(&[
        t.summaries_indicator_name(),
        t.summaries_unit(),
        t.summaries_baseline(),
        t.summaries_target(),
        t.summaries_now(),
        t.summaries_progress_percent(),
        t.summaries_indicator_count(),
        t.summaries_reached(),
        t.summaries_reporting(),
    ]);
    for one in crate::summaries::rules::indicators(&rows.indicators) {
        let mut row = csv.row();
        row.text(&one.title).text(&one.unit);
        for quantity in [one.baseline, one.target, one.value] {
            match quantity {
                Some(quantity) => row.figure(quantity.decimal().normalize()),
                None => row.empty(),
            };
        }
        match one.progress() {
            Some(progress) => row.figure(Money::cents(i64::from(progress.0)).decimal()),
            None => row.empty(),
        };
        row.figure(one.indicators).figure(one.reached).figure(one.reporting);
    }
    Ok(file(&format!("{}-indicators.csv", round.code)).body(csv.into_bytes()))
}

/// `GET /{fund}/rounds/{round}/costs.csv`
pub(super) async fn costs(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (actor, (slug, code), t) = (visit.actor()?, path.into_inner(), visit.t());
    let (name, csv) = visit
        .read(move |conn| {
            let (_, round) = records::visible_to(conn, &actor, &slug, &code)?;
            Ok((round.code, all_costs(conn, round.id, t)?))
        })
        .await?;
    Ok(file(&format!("{name}-costs.csv")).body(csv.into_bytes()))
}

fn all_costs(conn: &mut Conn, round: RoundId, t: Tr) -> Result<Csv> {
    let mut csv = Csv::opening();
    csv.texts(&[
        t.exports_code(),
        t.summaries_heading(),
        t.implementation_line(),
        t.implementation_description(),
        t.implementation_supplier(),
        t.implementation_voucher(),
        t.implementation_paid_on(),
        t.implementation_entered_euro(),
        t.implementation_reported_euro(),
        t.implementation_accepted_euro(),
        t.reporting_refusal(),
        t.summaries_entered_by(),
        t.summaries_entered_at(),
        t.summaries_decided_by(),
        t.summaries_decided_at(),
        "SHA-256",
        t.summaries_address(),
    ]);
    let mut offset = 0;
    loop {
        let rows = records::costs(conn, round, offset)?;
        let names = accounts::names_of(conn, rows.iter().flat_map(|(expense, ..)| [Some(expense.entered_by), expense.decided_by]))?;
        for row in &rows {
            let name = |id| names.get(&id).map_or("", String::as_str);
            cost_row(&mut csv, row, name(row.0.entered_by), row.0.decided_by.map_or("", name), t);
        }
        offset += PIECE;
        if i64::try_from(rows.len()).is_ok_and(|count| count < PIECE) {
            return Ok(csv);
        }
    }
}

fn cost_row(csv: &mut Csv, (expense, code, heading, line, decided_at): &CostRow, entered_by: &str, decided_by: &str, t: Tr) {
    let mut row = csv.row();
    row.text(code).text(heading.label(t)).text(line).text(&expense.description).text(&expense.supplier).text(&expense.voucher);
    row.figure(expense.paid_on).figure(expense.amount.decimal());
    amount(&mut row, expense.report_id.map(|_| expense.amount));
    amount(&mut row, expense.accepted);
    row.text(expense.refusal.parse::<Refusal>().map_or("", |refusal| refusal.label(t)));
    row.text(entered_by).text(&moment(Some(expense.entered_at))).text(decided_by).text(&moment(*decided_at));
    row.text(expense.sha256.as_deref().unwrap_or_default()).text(&format!("/expenses/{}", expense.id));
}

/// `GET /{fund}/rounds/{round}/payments.csv`
pub(super) async fn payments(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (actor, (slug, code), t) = (visit.actor()?, path.into_inner(), visit.t());
    let (name, csv) = visit
        .read(move |conn| {
            let (_, round) = records::visible_to(conn, &actor, &slug, &code)?;
            Ok((round.code, all_payments(conn, round.id, t)?))
        })
        .await?;
    Ok(file(&format!("{name}-payments.csv")).body(csv.into_bytes()))
}

fn all_payments(conn: &mut Conn, round: RoundId, t: Tr) -> Result<Csv> {
    let mut csv = Csv::opening();
    csv.texts(&[
        t.exports_code(),
        t.payments_payment(),
        t.payments_amount(),
        t.payments_state(),
        t.payments_step_first(),
        t.summaries_approved_at(),
        t.payments_step_second(),
        t.summaries_approved_at(),
        t.payments_reference(),
        t.payments_step_sent(),
        t.payments_step_confirmed(),
        t.summaries_address(),
    ]);
    let mut offset = 0;
    loop {
        let rows = records::payments_of(conn, round, offset)?;
        for (payment, code) in &rows {
            let mut row = csv.row();
            row.text(code).figure(payment.number).figure(payment.amount.decimal()).text(payment.state.label(t));
            row.text(&payment.first_by_name).text(&moment(payment.first_at)).text(&payment.second_by_name).text(&moment(payment.second_at));
            row.text(&payment.reference).text(&moment(payment.sent_at)).text(&moment(payment.confirmed_at)).text(&format!("/payments/{}", payment.id));
        }
        offset += PIECE;
        if i64::try_from(rows.len()).is_ok_and(|count| count < PIECE) {
            return Ok(csv);
        }
    }
}

fn amount(row: &mut crate::exports::csv::Row<'_>, amount: Option<Money>) {
    match amount {
        Some(amount) => row.figure(amount.decimal()),
        None => row.empty(),
    };
}

/// As spreadsheets sort it, in Tirana's time.
fn moment(at: Option<Instant>) -> String {
    at.map(|at| at.zoned().strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}
