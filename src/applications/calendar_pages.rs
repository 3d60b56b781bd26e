//! `GET /applications/{application}/deadline.ics`: the deadline that holds for one application, for its writers' own calendars.
use super::records;
use crate::kernel::ApplicationId;
use crate::programmes;
use crate::web::calendar::Entry;
use crate::web::{Answer, Door, Visit, get};
use actix_web::web::Path;

/// Its door.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/applications/{application}/deadline.ics", deadline).api("Until when this application is taken, as a calendar's file.")]
}

async fn deadline(visit: Visit, path: Path<ApplicationId>) -> Answer {
    let (id, actor, t) = (path.into_inner(), visit.actor()?, visit.t());
    let (application, round, programme) = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            let round = records::round_of(conn, &application)?;
            let programme = programmes::records::find(conn, application.programme_id)?;
            Ok((application, round, programme))
        })
        .await?;
    let entry = Entry {
        id: application.id.to_string(),
        // A deadline only ever becomes later.
        sequence: round.opens_at.seconds_until(round.closes_at) / 60,
        made_at: visit.now(),
        at: round.closes_at,
        words: t.application_calendar(application.organisation_name.as_str(), round.terms.name.say(t)),
        more: round.closing_sentence(t),
        address: format!("{}/applications/{id}", visit.app.desk.address),
    };
    Ok(entry.file(&format!("{}-{}.ics", programme.slug, application.code.as_deref().unwrap_or(&round.code))))
}
