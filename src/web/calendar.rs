//! A moment for people's own calendars: a file with one entry (RFC 5545), and an alarm a day before.
use crate::kernel::Instant;
use actix_web::HttpResponse;
use actix_web::http::header;

/// What goes into a calendar.
pub struct Entry {
    /// The same for ever: what comes later moves the entry that is there already.
    pub id: String,
    /// Grows whenever something changes.
    pub sequence: i64,
    pub made_at: Instant,
    pub at: Instant,
    pub words: String,
    pub more: String,
    /// The page that it is about.
    pub address: String,
}

impl Entry {
    /// The file of this name.
    #[must_use]
    pub fn file(&self, name: &str) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/calendar; charset=utf-8")
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            .body(self.written())
    }
    fn written(&self) -> String {
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".into(),
            "PRODID:-//Subgrant//Subgrant//SQ".into(),
            "BEGIN:VEVENT".into(),
            format!("UID:{}@subgrant", self.id),
            format!("DTSTAMP:{}", moment(self.made_at)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTART:{}", moment(self.at)),
            format!("SUMMARY:{}", plain(&self.words)),
            format!("DESCRIPTION:{}", plain(&self.more)),
            format!("URL:{}", self.address),
            "BEGIN:VALARM".into(),
            "ACTION:DISPLAY".into(),
            "TRIGGER:-P1D".into(),
            format!("DESCRIPTION:{}", plain(&self.words)),
            "END:VALARM".into(),
            "END:VEVENT".into(),
            "END:VCALENDAR".into(),
        ];
        lines.iter().map(|line| folded(line)).collect()
    }
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
