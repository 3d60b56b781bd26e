//! Rounds as data: everything in which one call differs from the next stands in its terms, never in code (rules.md 3.4, 7.2).
pub mod actions;
pub mod file;
pub mod pages;
pub mod records;
pub mod rules;

use crate::accounts::LegalForm;
use crate::kernel::{Basis, Bilingual, Day, FileKind, Instant, Lang, Money, ProgrammeId, RoundId, Tr, both, words};
use std::borrow::Borrow;

words!(
    /// A round is prepared, then open to the public; it opens and closes by its instants. It may be cancelled before an award.
    RoundState { Draft = "draft", Published = "published", Cancelled = "cancelled" }
);

/// A round as it is kept.
#[derive(Clone, Debug)]
pub struct Round {
    pub id: RoundId,
    pub programme_id: ProgrammeId,
    /// `R3`
    pub code: String,
    pub terms: Terms,
    pub opens_at: Instant,
    /// The first instant at which nothing is taken any more: "25 October 2017, 17:00" takes nothing at 17:00:00.
    pub closes_at: Instant,
    /// The deadline as it was published, where it was extended since.
    pub extended_from: Option<Instant>,
    /// The deadline from which the dates of questions are counted, where the call was prolonged after they had passed.
    pub questions_basis: Option<Instant>,
    pub envelope: Money,
    pub state: RoundState,
    pub published_at: Option<Instant>,
    pub version: i32,
}

impl Round {
    /// Until when an application with this deadline of its own is taken: a decision only ever gives time.
    #[must_use]
    pub fn closing(&self, own: Option<Instant>) -> Instant {
        own.map_or(self.closes_at, |own| own.max(self.closes_at))
    }
    /// The round as it stands for an application with this deadline of its own; the dates of questions are everybody's.
    #[must_use]
    pub fn until(&self, own: Option<Instant>) -> Self {
        Self { closes_at: self.closing(own), questions_basis: Some(self.questions_from()), ..self.clone() }
    }
    /// Whether applications are taken at this instant. Open from `opens_at` (inclusive) until `closes_at` (exclusive).
    #[must_use]
    pub fn takes_applications(&self, now: Instant) -> bool {
        self.state == RoundState::Published && self.opens_at <= now && now < self.closes_at
    }
    #[must_use]
    pub fn is_closed(&self, now: Instant) -> bool {
        self.state == RoundState::Published && self.closes_at <= now
    }
    /// The deadline from which the dates of questions are counted: the one that held when they passed, else the one that holds.
    #[must_use]
    pub fn questions_from(&self) -> Instant {
        self.questions_basis.unwrap_or(self.closes_at)
    }
    /// The first instant at which no questions are taken any more: a deadline that is moved before takes it along, unless the round names
    /// its own.
    #[must_use]
    pub fn questions_close(&self) -> Instant {
        self.terms.questions_close(self.questions_from())
    }
    /// The first instant at which an answer comes late.
    #[must_use]
    pub fn answers_due(&self) -> Instant {
        self.terms.answers_due(self.questions_from())
    }
    /// Whether questions are taken: from the publication on, also before the call opens.
    #[must_use]
    pub fn takes_questions(&self, now: Instant) -> bool {
        self.state == RoundState::Published && now < self.questions_close().min(self.closes_at)
    }
    #[must_use]
    pub fn tier(&self, key: &str) -> Option<&Tier> {
        self.terms.tiers.iter().find(|tier| tier.key == key)
    }
}

/// Until when, in words: the last day where the end is a day's end, else the instant.
#[must_use]
pub fn last_moment(t: Tr, end: Instant) -> String {
    let before = end.day().plus_days(-1);
    if before.end() == end { t.day(before) } else { t.moment(end) }
}

words!(
    /// Where a round stands at an instant: its state, and what its opening and closing make of it.
    Phase { Draft = "draft", Coming = "coming", Open = "open", Closed = "closed", Cancelled = "cancelled" }
);
impl Phase {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Draft => t.calls_phase_draft(),
            Self::Coming => t.calls_phase_coming(),
            Self::Open => t.calls_phase_open(),
            Self::Closed => t.calls_phase_closed(),
            Self::Cancelled => t.calls_phase_cancelled(),
        }
    }
    /// The class of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Open => "ok",
            Self::Coming => "info",
            Self::Draft | Self::Closed | Self::Cancelled => "",
        }
    }
}
impl Round {
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        match self.state {
            RoundState::Draft => Phase::Draft,
            RoundState::Cancelled => Phase::Cancelled,
            RoundState::Published if now < self.opens_at => Phase::Coming,
            RoundState::Published if now < self.closes_at => Phase::Open,
            RoundState::Published => Phase::Closed,
        }
    }
    /// How long one still has, in words: `14 days left`, `Closes tomorrow`, `Closes today`.
    #[must_use]
    pub fn time_left(&self, t: Tr, now: Instant) -> String {
        match now.day().days_until(self.closes_at.day()) {
            ..=0 => t.calls_closes_today().into(),
            1 => t.calls_closes_tomorrow().into(),
            days => t.calls_days_left(days),
        }
    }
    /// The closing instant in a sentence, with its zone.
    #[must_use]
    pub fn closing_sentence(&self, t: Tr) -> String {
        t.calls_closes_on(t.clock(self.closes_at), t.on_long_day(self.closes_at.day()))
    }
}

words!(
    /// Whose approval a call asks for before an application is handed in: nobody's apart from who submits it, or that of who signs for
    /// the organisation, to whom a writer has said that the text is ready.
    #[derive(Default)]
    Signature {
        #[default]
        Submitter = "submitter",
        Signatory = "signatory",
    }
);

/// What a programme file says of a round.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub name: Bilingual,
    pub purpose: Bilingual,
    pub languages: Vec<Lang>,
    pub tiers: Vec<Tier>,
    pub legal_forms: Vec<LegalForm>,
    /// Codes of the municipalities where a project may take place; a part of the fund's area.
    pub municipalities: Vec<String>,
    pub themes: Vec<Theme>,
    pub most_themes: usize,
    pub applications_per_organisation: i64,
    pub caps: Caps,
    pub documents: Vec<Document>,
    pub declarations: Vec<Declaration>,
    #[serde(default)]
    pub signature: Signature,
    /// Whether every partner must have signed its own declaration before the application is handed in.
    #[serde(default)]
    pub partners_sign: bool,
    /// What a partner declares; where it is empty, the usual words.
    #[serde(default)]
    pub partner_declaration: Bilingual,
    pub checklist: Vec<CheckLine>,
    pub grid: Grid,
    /// Working days for the answer to a clarification request (rules.md 3.2).
    pub clarification_days: u32,
    /// Working days for the beneficiary's signature.
    pub signature_days: u32,
    /// Days after a period's end in which its report is due.
    pub report_days: i64,
    /// Days within which results are promised, from the deadline.
    pub results_days: i64,
    /// Days before the deadline until which questions are taken, and by which they are answered.
    pub questions_days: i64,
    pub answers_days: i64,
    /// The round's own instants instead, where it names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions_until: Option<Instant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_until: Option<Instant>,
    pub complaint_days: u32,
    /// Days from the award decision during which an application may move up from the reserve list.
    #[serde(default = "half_a_year")]
    pub reserve_days: i64,
    #[serde(default)]
    pub trainings: Vec<Training>,
}

/// Until so many days before the deadline questions are taken and answered where a round says nothing else (rules.md 3.2).
const QUESTIONS_DAYS: i64 = 21;
const ANSWERS_DAYS: i64 = 11;

/// How long a reserve list holds where a round says nothing else.
const fn half_a_year() -> i64 {
    180
}

/// A size of grant. Tiers may touch: 10,000 is small and medium, so the applicant chooses.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// `small`, `medium`, `large`
    pub key: String,
    pub name: Bilingual,
    /// For whom it is thought; may be empty.
    #[serde(default)]
    pub meant_for: Bilingual,
    pub at_least: Money,
    pub at_most: Money,
    pub months_at_least: i32,
    pub months_at_most: i32,
    /// Shares of the grant that are paid: the first before anything is spent, the last after the final report. They add up to 100.
    pub payments: Vec<Basis>,
    /// The round's caps, where this size has none of its own.
    #[serde(default)]
    pub caps: Option<Caps>,
}

/// `€5,000–10,000`, `5 000–10 000 €`.
#[must_use]
pub fn amounts(t: Tr, least: Money, most: Money) -> String {
    if least == most {
        return t.euro_short(most);
    }
    match t.0 {
        Lang::En => format!("{}–{}", t.euro_short(least), t.euro_short(most).trim_start_matches('€')),
        Lang::Sq => format!("{}–{}", t.euro_short(least).trim_end_matches(['€', '\u{a0}']), t.euro_short(most)),
    }
}

/// `6 months`, `6–12 months`.
#[must_use]
pub fn durations(t: Tr, least: i32, most: i32) -> String {
    if least == most { t.calls_months(most) } else { t.calls_months_range(least, most) }
}

impl Tier {
    #[must_use]
    pub fn amounts(&self, t: impl Borrow<Tr>) -> String {
        amounts(*t.borrow(), self.at_least, self.at_most)
    }
    #[must_use]
    pub fn durations(&self, t: impl Borrow<Tr>) -> String {
        durations(*t.borrow(), self.months_at_least, self.months_at_most)
    }
}

impl Terms {
    /// From the smallest to the largest grant there is.
    #[must_use]
    pub fn amounts(&self, t: impl Borrow<Tr>) -> String {
        let least = self.tiers.iter().map(|tier| tier.at_least).min().unwrap_or_default();
        amounts(*t.borrow(), least, self.tiers.iter().map(|tier| tier.at_most).max().unwrap_or_default())
    }
    /// From the shortest to the longest project there is.
    #[must_use]
    pub fn durations(&self, t: impl Borrow<Tr>) -> String {
        let least = self.tiers.iter().map(|tier| tier.months_at_least).min().unwrap_or_default();
        durations(*t.borrow(), least, self.tiers.iter().map(|tier| tier.months_at_most).max().unwrap_or_default())
    }
    /// `Albanian or English`.
    #[must_use]
    pub fn spoken(&self, t: impl Borrow<Tr>) -> String {
        let t = *t.borrow();
        let names: Vec<&str> = self.languages.iter().map(|lang| if *lang == Lang::Sq { t.calls_in_albanian() } else { t.calls_in_english() }).collect();
        let list = names.join(&format!(" {} ", t.calls_or()));
        let mut letters = list.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
    /// The first instant at which no questions are taken any more, for a round that closes then.
    #[must_use]
    pub fn questions_close(&self, closes_at: Instant) -> Instant {
        self.questions_until.unwrap_or_else(|| closes_at.day().plus_days(-self.questions_days).end())
    }
    /// The first instant at which an answer comes late.
    #[must_use]
    pub fn answers_due(&self, closes_at: Instant) -> Instant {
        self.answers_until.unwrap_or_else(|| closes_at.day().plus_days(-self.answers_days).end())
    }
    /// The size of every grant, where the call has one size only: then nobody has to choose it.
    #[must_use]
    pub fn only_tier(&self) -> Option<&Tier> {
        if let [only] = self.tiers.as_slice() { Some(only) } else { None }
    }
    /// What a partner declares under its own name.
    #[must_use]
    pub fn partner_wording(&self) -> Bilingual {
        if self.partner_declaration == Bilingual::default() { both(|t| t.calls_partner_declaration().into()) } else { self.partner_declaration.clone() }
    }
    /// The caps that hold for this size.
    #[must_use]
    pub fn caps_of(&self, tier: &str) -> Caps {
        self.tiers.iter().find(|t| t.key == tier).and_then(|t| t.caps).unwrap_or(self.caps)
    }
    /// The same as far as it is decided: before a size is chosen, only caps that all sizes share.
    #[must_use]
    pub fn decided_caps(&self, tier: &str) -> Option<Caps> {
        if self.tiers.iter().any(|t| t.key == tier) {
            return Some(self.caps_of(tier));
        }
        let mut all = self.tiers.iter().map(|t| t.caps.unwrap_or(self.caps));
        let first = all.next()?;
        all.all(|caps| caps == first).then_some(first)
    }
    #[must_use]
    pub fn theme(&self, code: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.code == code)
    }
    #[must_use]
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.key == key)
    }
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub code: String,
    pub name: Bilingual,
}

/// Limits of a budget (rules.md 3.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    /// Indirect costs, of the direct eligible costs.
    pub indirect: Basis,
    /// Contingency reserve, of the direct eligible costs.
    pub reserve: Basis,
    /// The most that may be asked for, of the total: 100 where no own contribution is wanted.
    pub requested: Basis,
}

impl Caps {
    /// Nothing is limited: what holds while nobody knows which caps will.
    pub const NONE: Self = Self { indirect: Basis::WHOLE, reserve: Basis::WHOLE, requested: Basis::WHOLE };
}

words!(
    /// Whose paper a document is.
    Whose { Lead = "lead", Partner = "partner" }
);

/// A paper that the call asks for (rules.md 4.6).
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub key: String,
    pub name: Bilingual,
    #[serde(default)]
    pub hint: Bilingual,
    pub required: bool,
    /// Of the lead applicant, or one of each partner (asked only where there is a partner).
    pub whose: Whose,
    /// Whether evaluators read it: those that a question of the grid is about. Papers that prove who the applicant is are the office's.
    #[serde(default)]
    pub evaluators: bool,
    /// The kinds of files that are taken; every one where none is named.
    #[serde(default)]
    pub kinds: Vec<FileKind>,
    /// The most that one file may have; 0 is what the house allows.
    #[serde(default)]
    pub megabytes: i64,
    /// Whether it must still be valid on the closing day: then its last valid day is asked for.
    #[serde(default)]
    pub validity: bool,
    /// Whether the house has it ready, filled in with what the application says, to be printed and signed.
    #[serde(default)]
    pub model: bool,
}

impl Document {
    /// What one file may have where the call says nothing else (rules.md 4.6).
    pub const MEGABYTES: i64 = 10;
    /// And the most that a call may allow.
    pub const MOST_MEGABYTES: i64 = 40;

    /// The kinds of files that are taken.
    #[must_use]
    pub fn taken(&self) -> &[FileKind] {
        if self.kinds.is_empty() { FileKind::ALL } else { &self.kinds }
    }
    /// The most that one file may have.
    #[must_use]
    pub const fn most_bytes(&self) -> i64 {
        1_000_000 * if self.megabytes > 0 { self.megabytes } else { Self::MEGABYTES }
    }
}

/// A sentence that the applicant declares (rules.md 4.7); its wording is frozen with the submission.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    pub key: String,
    pub wording: Bilingual,
}

words!(
    /// What the machine can find out by itself (rules.md 3.5); a person confirms it.
    MachineCheck {
        InTime = "in-time",
        LegalForm = "legal-form",
        SeatInArea = "seat-in-area",
        PlaceInArea = "place-in-area",
        AmountInTier = "amount-in-tier",
        MonthsInTier = "months-in-tier",
        CapsHeld = "caps-held",
        LogframeComplete = "logframe-complete",
        DocumentsPresent = "documents-present",
        OnePerOrganisation = "one-per-organisation",
        DeclarationSigned = "declaration-signed",
        PartnersDeclared = "partners-declared",
    }
);

/// A line of the administrative evaluation's checklist.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckLine {
    pub key: String,
    pub question: Bilingual,
    #[serde(default)]
    pub machine: Option<MachineCheck>,
    /// Whether what is missing may be asked for later.
    pub clarifiable: bool,
    /// The reason that the letter gives when the line is answered with no.
    pub reason: Bilingual,
}

/// The scoring grid (rules.md 3.4): sections, criteria, weights, anchors, thresholds.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    pub sections: Vec<Section>,
    /// What the scores 1 to 5 mean.
    pub anchors: Vec<Bilingual>,
    /// Scores that must be explained in words.
    pub comment_at: Vec<u8>,
    /// Points that an application needs in all.
    pub threshold: i64,
    pub readers: i32,
    /// A third reader is asked when two differ by so many points or more.
    pub gap: i64,
    /// Keys of sections: at equal points the higher score in the first one goes first, then the second; at last the lower request, then the earlier submission.
    pub tie_breaks: Vec<String>,
    /// Days that evaluators have.
    pub days: i64,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    pub name: Bilingual,
    /// Points that this section needs; none where 0.
    #[serde(default)]
    pub threshold: i64,
    pub criteria: Vec<Criterion>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub key: String,
    pub question: Bilingual,
    pub weight: i64,
    /// The part of the application to read for it.
    #[serde(default)]
    pub part: String,
}

impl Section {
    /// The most points: five for each criterion, times its weight.
    #[must_use]
    pub fn most(&self) -> i64 {
        self.criteria.iter().map(|criterion| 5 * criterion.weight).sum()
    }
}
impl Grid {
    #[must_use]
    pub fn most(&self) -> i64 {
        self.sections.iter().map(Section::most).sum()
    }
}

/// A training before the call closes.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    pub what: Bilingual,
    pub place: String,
    pub on: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_a_size_is_chosen_only_what_all_sizes_share_is_decided() {
        let rounds = file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).unwrap().rounds;
        let (mixed, single) = (&rounds[0].terms, &rounds[2].terms);
        assert!(mixed.tiers.len() > 1 && single.tiers.len() == 1);
        assert_eq!(mixed.decided_caps(""), None);
        for tier in &mixed.tiers {
            assert_eq!(mixed.decided_caps(&tier.key), Some(mixed.caps_of(&tier.key)));
        }
        assert_eq!(single.decided_caps("").map(|caps| caps.reserve), Some(Basis(0)), "the only size allows no reserve");
    }

    #[test]
    fn the_dates_of_questions_move_with_the_deadline_until_they_have_passed_and_then_stay() {
        let at = |tirane: &str| Instant::at_tirane(tirane).unwrap();
        let found = file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).unwrap().rounds.remove(2);
        let dates = |round: &Round| (round.questions_close(), round.answers_due());
        let prolonged = |known: &Round, until: &str, now: &str| Round {
            closes_at: at(until),
            extended_from: known.extended_from.or(Some(known.closes_at)),
            questions_basis: rules::questions_basis(known, at(now)),
            ..known.clone()
        };
        let published = found.published();
        assert_eq!(dates(&published), (at("2017-10-12T00:00"), at("2017-10-19T00:00")));
        // Before the cut-off both move.
        let early = prolonged(&published, "2017-10-29T17:00", "2017-10-11T23:59:59");
        assert_eq!((early.questions_basis, dates(&early)), (None, (at("2017-10-16T00:00"), at("2017-10-23T00:00"))));
        // After it both stay, also when it is prolonged again, and for who has a deadline of their own.
        let late = prolonged(&published, "2017-10-29T17:00", "2017-10-12T00:00:00");
        assert_eq!((late.questions_basis, dates(&late)), (Some(published.closes_at), dates(&published)));
        assert!(!late.takes_questions(at("2017-10-12T00:00:00")));
        let again = prolonged(&late, "2017-11-02T17:00", "2017-10-28T12:00");
        assert_eq!((again.questions_basis, dates(&again)), (Some(published.closes_at), dates(&published)));
        assert_eq!(dates(&early.until(Some(at("2017-11-05T12:00")))), dates(&early));
        // Moved while it could be, and once more when it could not.
        let both = prolonged(&early, "2017-11-02T17:00", "2017-10-20T12:00");
        assert_eq!((both.questions_basis, dates(&both)), (Some(early.closes_at), dates(&early)));
    }
}
