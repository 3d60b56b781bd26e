//! `GET /{fund}/calls/{round}/deadline.ics`: the closing instant of a call for people's own calendars.
use crate::calls;
use crate::programmes;
use crate::web::calendar::Entry;
use crate::web::{Answer, Visit};
use actix_web::web::Path;

pub(super) async fn deadline(visit: Visit, path: Path<(String, String)>) -> Answer {
    let ((slug, code), t) = (path.into_inner(), visit.t());
    let (fund, wanted) = (slug.clone(), code.clone());
    let round = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &fund)?;
            calls::records::published(conn, programme.id, &wanted)
        })
        .await?;
    let entry = Entry {
        id: round.id.to_string(),
        sequence: round.version.into(),
        made_at: visit.now(),
        at: round.closes_at,
        words: t.portal_calendar(round.terms.name.say(t)),
        more: round.closing_sentence(t),
        address: format!("{}/{slug}/calls/{code}", visit.app.desk.address),
    };
    Ok(entry.file(&format!("{slug}-{code}.ics")))
}
