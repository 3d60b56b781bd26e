//! The facts of an entry of the log as labelled pairs. What only a machine reads (ids, fingerprints, whole sheets) stays in the entry itself.
use crate::administrative_check::CheckState;
use crate::applications::{Part, reading::step_label};
use crate::implementation::ActivityState;
use crate::kernel::{Day, Instant, Money, Quantity, Role, Tr};
use crate::reporting::State as ReportState;
use crate::workflow::LogEntry;
use serde_json::Value;

/// A label and what it says, both in the reader's language.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
}

/// How a fact is written.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Euro,
    Day,
    Moment,
    Quantity,
    /// Hundredths of a point.
    Points,
    /// How many there are of them.
    Count,
    /// One of a closed list.
    Word,
}
use Kind::{Count, Euro, Moment, Points, Text, Word};

type Named = (&'static str, Kind, fn(Tr) -> &'static str);

/// The facts that people read, in the order in which they are shown.
const FACTS: &[Named] = &[
    ("code", Text, Tr::fact_code),
    ("round", Text, Tr::fact_round),
    ("organisation", Text, Tr::fact_organisation),
    ("name", Text, Tr::fact_name),
    ("email", Text, Tr::fact_email),
    ("role", Word, Tr::fact_role),
    ("membership", Word, Tr::fact_membership),
    ("nipt", Text, Tr::fact_nipt),
    ("part", Word, Tr::fact_part),
    ("document", Text, Tr::fact_document),
    ("activity", Text, Tr::fact_activity),
    ("indicator", Text, Tr::fact_indicator),
    ("value", Kind::Quantity, Tr::fact_value),
    ("women", Kind::Quantity, Tr::fact_women),
    ("measured_on", Kind::Day, Tr::fact_measured_on),
    ("from", Word, Tr::fact_from),
    ("to", Word, Tr::fact_to),
    ("valid_until", Kind::Day, Tr::fact_valid_until),
    ("done_on", Kind::Day, Tr::fact_done_on),
    ("payment", Text, Tr::fact_payment),
    ("report", Text, Tr::fact_report),
    ("voucher", Text, Tr::fact_voucher),
    ("paid_on", Kind::Day, Tr::fact_paid_on),
    ("amount", Euro, Tr::fact_amount),
    ("requested", Euro, Tr::fact_requested),
    ("total", Euro, Tr::fact_total),
    ("before", Euro, Tr::fact_before),
    ("after", Euro, Tr::fact_after),
    ("envelope", Euro, Tr::fact_envelope),
    ("awarded", Euro, Tr::fact_awarded),
    ("expenses", Text, Tr::fact_expenses),
    ("declared", Euro, Tr::fact_declared),
    ("accepted", Euro, Tr::fact_accepted),
    ("refused", Count, Tr::fact_refused),
    ("paid", Euro, Tr::fact_paid),
    ("released", Euro, Tr::fact_released),
    ("reference", Text, Tr::fact_reference),
    ("state", Word, Tr::fact_state),
    ("outcome", Word, Tr::fact_outcome),
    ("points", Points, Tr::fact_points),
    ("starts_on", Kind::Day, Tr::fact_starts_on),
    ("ends_on", Kind::Day, Tr::fact_ends_on),
    ("opens_at", Moment, Tr::fact_opens_at),
    ("closed_before", Moment, Tr::fact_closed_before),
    ("closes_at", Moment, Tr::fact_closes_at),
    ("outage_from", Moment, Tr::fact_outage_from),
    ("outage_until", Moment, Tr::fact_outage_until),
    ("due_on", Kind::Day, Tr::fact_due_on),
    ("due_at", Moment, Tr::fact_due_on),
    ("question", Text, Tr::fact_question),
    ("answer", Text, Tr::fact_answer),
    ("text", Text, Tr::fact_text),
    ("reason", Text, Tr::fact_text),
    ("proposed_by", Text, Tr::fact_proposed_by),
    ("tests", Text, Tr::fact_tests),
    ("corrigendum", Text, Tr::fact_corrigendum),
    ("numbers", Text, Tr::fact_numbers),
    ("letters", Text, Tr::fact_letters),
    ("drafts", Text, Tr::fact_drafts),
    ("unfinished", Text, Tr::fact_unfinished),
    ("address", Text, Tr::fact_address),
];

/// The facts of this entry that say something.
#[must_use]
pub fn facts(entry: &LogEntry, t: Tr) -> Vec<Fact> {
    let Ok(Value::Object(detail)) = serde_json::from_str(&entry.detail) else { return vec![] };
    let fact = |(key, kind, label): &Named| {
        let value = written(detail.get(*key)?, *kind, t)?;
        (!value.is_empty()).then(|| Fact { label: label(t), value })
    };
    FACTS.iter().filter_map(fact).collect()
}

/// Nothing where it is nothing to read: an id, an empty value, a value of another shape than its name promises.
fn written(value: &Value, kind: Kind, t: Tr) -> Option<String> {
    let plain = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) if matches!(kind, Count) => return (!all.is_empty()).then(|| all.len().to_string()),
        _ => return None,
    };
    Some(match kind {
        Text if uuid::Uuid::try_parse(&plain).is_ok() => return None,
        Text | Count => plain,
        Euro => t.euro(Money::typed(&plain)?),
        Kind::Day => t.day(plain.parse::<Day>().ok()?),
        Moment => t.moment_exact(plain.parse().ok().map(Instant::new)?),
        Kind::Quantity => t.quantity(Quantity::typed(&plain)?),
        Points => t.quantity(Quantity::cents(plain.parse().ok()?)),
        Word => word(&plain, t).unwrap_or(plain),
    })
}

/// A word of one of the closed lists that the log names.
fn word(plain: &str, t: Tr) -> Option<String> {
    let role = || plain.parse::<Role>().ok().map(|role| role.label(t));
    let activity = || plain.parse::<ActivityState>().ok().map(|state| state.label(t));
    let check = || plain.parse::<CheckState>().ok().map(|state| state.label(t));
    let report = || plain.parse::<ReportState>().ok().map(|state| state.label(t));
    let part = || plain.parse::<Part>().ok().map(|part| step_label(part.as_str(), t));
    role().or_else(part).or_else(activity).or_else(check).or_else(report).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Lang;

    #[test]
    fn what_people_read_is_written_out_and_the_rest_left_to_the_entry() {
        let entry = LogEntry {
            seq: 1,
            at: "2017-01-02T10:00:00Z".parse().map(Instant::new).unwrap(),
            actor_id: None,
            actor_name: String::new(),
            kind: "report.decided".into(),
            subject_kind: "contract".into(),
            subject_id: String::new(),
            programme_id: None,
            detail: r#"{"contract":"01a20051-6c0d-74f1-bdd7-ee1623a8019b","code":"R1-22","accepted":"5100.00","refused":[{}],"state":"partly","paid_on":null,"sha256":"ab"}"#.into(),
            previous: String::new(),
            hash: String::new(),
        };
        let said: Vec<String> = facts(&entry, Tr(Lang::En)).into_iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
        assert_eq!(said, ["Code: R1-22", "Accepted: €5,100.00", "Costs refused: 1", "State: Approved in part"]);
    }
}
