//! How a rule looks at one part: it collects what the part lacks, each shortfall with its field.
use crate::kernel::{Reason, Tr};

/// How a field is called in either language.
pub type Label = fn(Tr) -> &'static str;

/// Collects what one part lacks.
pub(super) struct Look {
    pub part: &'static str,
    pub reasons: Vec<Reason>,
}
impl Look {
    pub const fn at(part: &'static str) -> Self {
        Self { part, reasons: vec![] }
    }
    pub fn say(&mut self, code: &str, field: &str, say: impl Fn(Tr) -> String) {
        self.reasons.push(Reason::new(code, format!("{}#{field}", self.part), say));
    }
    pub fn need(&mut self, field: &str, label: Label, value: &str) -> bool {
        let missing = value.trim().is_empty();
        if missing {
            self.say("missing", field, |t| t.application_fill_in(label(t)));
        }
        !missing
    }
    /// At most so many characters, blanks and line breaks among them.
    pub fn fits(&mut self, field: &str, label: Label, value: &str, most: usize) {
        let length = value.chars().count();
        if length > most {
            self.say("too-long", field, |t| t.application_too_long(label(t), length, most));
        }
    }
    pub fn text(&mut self, field: &str, label: Label, value: &str, most: usize) {
        if self.need(field, label, value) {
            self.fits(field, label, value, most);
        }
    }
    pub fn email(&mut self, field: &str, label: Label, value: &str) {
        if self.need(field, label, value) && !value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            self.say("no-address", field, |t| t.application_no_email(label(t)));
        }
    }
    pub fn whole(&mut self, field: &str, label: Label, value: &str) {
        if self.need(field, label, value) && value.trim().parse::<u32>().is_err() {
            self.say("bad-number", field, |t| t.application_no_number(label(t)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(field: &'static str, value: &str, most: usize) -> Vec<Reason> {
        let mut look = Look::at("summary");
        look.text(field, |t| t.application_title(), value, most);
        look.reasons
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        assert!(look_at("title", &"ë".repeat(150), 150).is_empty());
        let long = look_at("title", &"ë".repeat(151), 150);
        assert_eq!((long[0].code.as_str(), long[0].at.as_str()), ("too-long", "summary#title"));
        assert_eq!(look_at("title", " \n ", 150)[0].code, "missing");
    }
}
