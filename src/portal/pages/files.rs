//! `GET /{fund}/projects.csv`: the public list as a file, with the same search and filters.
use super::projects::Asked;
use super::{Row, rows};
use crate::calls;
use crate::exports::csv::Csv;
use crate::exports::pages::file;
use crate::kernel::{Result, Tr};
use crate::portal::records;
use crate::programmes::{self, places};
use crate::store::Conn;
use crate::web::{Answer, Visit};
use actix_web::web::Path;

/// Projects that are read at a time.
const PIECE: i64 = 1_000;

pub(super) async fn projects(visit: Visit, path: Path<String>) -> Answer {
    let (asked, slug, t) = (Asked::of(&visit), path.into_inner(), visit.t());
    let name = slug.clone();
    let csv = visit.read(move |conn| written(conn, &slug, &asked, t)).await?;
    Ok(file(&format!("{name}-projects.csv")).body(csv.into_bytes()))
}

fn written(conn: &mut Conn, slug: &str, asked: &Asked, t: Tr) -> Result<Csv> {
    let programme = programmes::records::by_slug(conn, slug)?;
    let rounds = calls::records::published_of(conn, programme.id)?;
    let wanted = asked.wanted(&rounds);
    let mut csv = Csv::opening();
    csv.texts(&[
        t.exports_code(),
        t.exports_title(),
        t.exports_organisation(),
        t.exports_municipality(),
        t.exports_county(),
        t.portal_round(),
        t.exports_size(),
        t.exports_theme(),
        t.portal_state(),
        t.portal_starts(),
        t.portal_ends(),
        t.exports_months(),
        t.exports_granted(),
        t.exports_total(),
        t.portal_address(),
    ]);
    let mut offset = 0;
    loop {
        let found = rows(records::page(conn, programme.id, &wanted, PIECE, offset)?, &rounds);
        for row in &found {
            write(&mut csv, row, slug, t);
        }
        offset += PIECE;
        if i64::try_from(found.len()).is_ok_and(|count| count < PIECE) {
            return Ok(csv);
        }
    }
}

fn write(csv: &mut Csv, row: &Row, slug: &str, t: Tr) {
    let project = &row.project;
    let mut cells = csv.row();
    cells.text(&project.code).text(&project.title).text(&project.organisation_name);
    cells.text(&row.municipality_name).text(places::county(&project.municipality)).text(&row.round).text(row.tier_name.say(t)).text(&project.theme);
    cells.text(project.state_label(t)).figure(project.starts_on).figure(project.ends_on).figure(project.months);
    cells.figure(project.amount.decimal()).figure(project.total.decimal()).text(&format!("/{slug}/projects/{}", project.code));
}
