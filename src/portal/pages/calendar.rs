//! `GET /{fund}/calls/{round}/deadline.ics`: the closing instant of a call for people's own calendars (RFC 5545), with an alarm a day before.
use crate::calls;
use crate::kernel::{Instant, Result, Tr};
use crate::programmes;
use crate::store::Conn;
use crate::web::{Answer, Visit};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;

pub(super) async fn deadline(visit: Visit, path: Path<(String, String)>) -> Answer {
    let ((slug, code), t, now) = (path.into_inner(), visit.t(), visit.now());
    let name = format!("{slug}-{code}.ics");
    let site = visit.app.desk.address.clone();
    let text = visit.read(move |conn| written(conn, &slug, &code, &site, t, now)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text))
}

fn written(conn: &mut Conn, slug: &str, code: &str, site: &str, t: Tr, now: Instant) -> Result<String> {
    let programme = programmes::records::by_slug(conn, slug)?;
    let round = calls::records::published(conn, programme.id, code)?;
    let words = t.portal_calendar(round.terms.name.say(t));
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//Subgrant//Subgrant//SQ".into(),
        "BEGIN:VEVENT".into(),
        // The same for ever: an extension moves the entry that is there already.
        format!("UID:{}@subgrant", round.id),
        format!("DTSTAMP:{}", moment(now)),
        format!("SEQUENCE:{}", round.version),
        format!("DTSTART:{}", moment(round.closes_at)),
        format!("SUMMARY:{}", plain(&words)),
        format!("DESCRIPTION:{}", plain(&round.closing_sentence(t))),
        format!("URL:{site}/{slug}/calls/{code}"),
        "BEGIN:VALARM".into(),
        "ACTION:DISPLAY".into(),
        "TRIGGER:-P1D".into(),
        format!("DESCRIPTION:{}", plain(&words)),
        "END:VALARM".into(),
        "END:VEVENT".into(),
        "END:VCALENDAR".into(),
    ];
    Ok(lines.iter().map(|line| folded(line)).collect())
}

/// `20171025T150000Z`
fn moment(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// At most 75 bytes a line; what is longer goes on after a blank.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for letter in line.chars() {
        if width + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "ëç".repeat(60));
        let text = folded(&line);
        assert!(text.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(text.replace("\r\n ", "").trim_end(), line);
        assert_eq!(plain("a, b; c\nd"), "a\\, b\\; c\\nd");
    }
}
