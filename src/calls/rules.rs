//! What the terms of a round must hold to, and who may move a round from state to state.
use super::file::ParsedRound;
use super::{Document, Grid, Round, RoundState, Terms, Theme, Tier};
use crate::kernel::{Actor, Basis, Day, Error, Instant, Money, Reason, Result, Role};
use crate::programmes;
use crate::programmes::sheet::Flaw;
use std::collections::BTreeSet;

/// What is done with a round as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Publish,
    Cancel,
}

/// Every way from one state to the next. Opening and closing need no one: they are instants.
pub const MOVES: &[(RoundState, Move, RoundState)] = &[
    (RoundState::Draft, Move::Publish, RoundState::Published),
    (RoundState::Draft, Move::Cancel, RoundState::Cancelled),
    (RoundState::Published, Move::Cancel, RoundState::Cancelled),
];

/// Where a move leads from this state; None where there is no such way.
#[must_use]
pub fn leads_to(from: RoundState, step: Move) -> Option<RoundState> {
    MOVES.iter().find(|(state, way, _)| *state == from && *way == step).map(|(_, _, to)| *to)
}

/// The grant manager or the director of the fund, or the system (an import, the demo).
#[must_use]
pub fn may_publish(actor: &Actor, round: &Round) -> bool {
    actor.is_system() || actor.is_any(&[Role::GrantManager, Role::Director], round.programme_id)
}

/// Who publishes a deadline moves it: the grant manager or the director.
#[must_use]
pub fn may_extend(actor: &Actor, round: &Round) -> bool {
    may_publish(actor, round)
}

/// Only the director cancels (rules.md 5.1).
#[must_use]
pub fn may_cancel(actor: &Actor, round: &Round) -> bool {
    actor.is_system() || actor.is(Role::Director, round.programme_id)
}

/// Everything that stands in the way of publishing.
#[must_use]
pub fn hindrances_to_publish(round: &Round, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if leads_to(round.state, Move::Publish).is_none() {
        reasons.push(Reason::new("not-a-draft", "", |t| t.calls_not_a_draft().into()));
    }
    if round.closes_at <= now {
        reasons.push(Reason::new("already-closed", "", |t| t.calls_closes_in_the_past(t.moment(round.closes_at))));
    }
    reasons
}

/// Everything that stands in the way of cancelling. After the deadline the evaluation has begun: then the award decides.
#[must_use]
pub fn hindrances_to_cancel(round: &Round, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if leads_to(round.state, Move::Cancel).is_none() {
        reasons.push(Reason::new("already-cancelled", "", |t| t.calls_already_cancelled().into()));
    }
    if round.is_closed(now) {
        reasons.push(Reason::new("after-the-deadline", "", |t| t.calls_too_late_to_cancel().into()));
    }
    reasons
}

/// Everything that stands in the way of a later deadline for all: the call has closed, the instant is no later, or it is too late for
/// the fund's main contract or for the round that comes next.
#[must_use]
pub fn hindrances_to_extend(round: &Round, fund: &programmes::Terms, next_opens: Option<Instant>, until: Option<Instant>, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if round.state != RoundState::Published || round.is_closed(now) {
        reasons.push(Reason::new("not-open", "", |t| t.calls_extend_only_open().into()));
    }
    reasons.extend(against_closing_at(fund, round, until));
    if let (Some(until), Some(opens)) = (until, next_opens)
        && opens < until
    {
        reasons.push(Reason::new("into-the-next", "until", |t| t.calls_extend_next_opens(t.moment(opens))));
    }
    reasons
}

/// From which deadline the dates of questions are counted once this round is prolonged, where not from the new one: what has passed
/// was true, and stays.
#[must_use]
pub fn questions_basis(known: &Round, now: Instant) -> Option<Instant> {
    (known.questions_close() <= now).then(|| known.questions_from())
}

/// Everything that speaks against this instant as the deadline of a round, or of one application in it: it must be named, be later
/// than the one that holds, and leave the shortest project its time.
#[must_use]
pub fn against_closing_at(fund: &programmes::Terms, round: &Round, until: Option<Instant>) -> Vec<Reason> {
    let Some(until) = until else { return vec![Reason::new("no-instant", "until", |t| t.calls_extend_no_instant().into())] };
    let mut reasons = vec![];
    if until <= round.closes_at {
        reasons.push(Reason::new("not-later", "until", |t| t.calls_extend_not_later(t.moment(round.closes_at))));
    }
    let too_late = round.terms.tiers.iter().any(|tier| outlives(fund, until.day(), tier.months_at_least));
    if too_late || until.day() > fund.main_contract.ends {
        reasons.push(Reason::new("after-the-contract", "until", |t| t.calls_extend_too_late(t.day(fund.main_contract.ends))));
    }
    reasons
}

/// Characters that the reason of a cancellation, or of a later deadline, may have.
pub const LONGEST_REASON: i64 = 1_000;

/// A later deadline says why, word for word.
#[must_use]
pub fn against_reason(reason: &str) -> Vec<Reason> {
    if says_why(reason) { vec![] } else { vec![Reason::new("no-reason", "reason", |t| t.calls_extend_needs_reason().into())] }
}

fn says_why(reason: &str) -> bool {
    (10..=LONGEST_REASON).contains(&i64::try_from(reason.chars().count()).unwrap_or(0))
}

/// Applicants read why, word for word.
///
/// # Errors
/// `Invalid` when the reason says nothing, or too much.
pub fn check_reason(reason: &str) -> Result<()> {
    if says_why(reason) {
        return Ok(());
    }
    Err(Error::invalid(Reason::new("no-reason", "reason", |t| t.calls_cancel_needs_reason().into())))
}

/// A published call is a promise: its terms change by a corrigendum, never by an import.
#[must_use]
pub fn hindrances_to_import(code: &str, state: RoundState, changed: bool) -> Vec<Reason> {
    if state == RoundState::Draft || !changed {
        return vec![];
    }
    vec![Reason::new("round-published", code, |t| t.calls_terms_are_fixed(code))]
}

/// Parts of an application that a criterion may point to.
const PARTS: &[&str] = &["partners", "summary", "description", "logframe", "plan", "budget", "capacity", "declarations"];

/// What is wrong with the file's list of themes.
#[must_use]
pub fn theme_flaws(themes: &[Theme]) -> Vec<Flaw> {
    twice("themes", "code", themes.iter().map(|theme| theme.code.as_str()))
}

/// What is wrong between the rounds of a fund.
#[must_use]
pub fn flaws_of_all(fund: &programmes::Terms, rounds: &[ParsedRound]) -> Vec<Flaw> {
    let mut flaws = twice("rounds", "code", rounds.iter().map(|round| round.code.as_str()));
    for (place, pair) in rounds.windows(2).enumerate() {
        if let [earlier, later] = pair
            && later.opens_at < earlier.closes_at
        {
            flaws.push(Flaw::new(format!("rounds.{}.opens", place + 1), format!("{} opens before {} has closed", later.code, earlier.code)));
        }
    }
    let money: Money = rounds.iter().map(|round| round.envelope).sum();
    if money > fund.envelope {
        flaws.push(Flaw::new("envelope", format!("the rounds share out {money:?} euros, the fund has {:?}", fund.envelope)));
    }
    flaws
}

/// Everything wrong with the terms of one round, each at its place in the file.
#[must_use]
pub fn flaws(fund: &programmes::Terms, round: &ParsedRound) -> Vec<Flaw> {
    let terms = &round.terms;
    let mut flaws = date_flaws(fund, round);
    if round.code.is_empty() || round.code.len() > 10 || !round.code.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        flaws.push(Flaw::new("code", "`code` stands in addresses and in every application's code: letters and digits, at most 10"));
    }
    if round.envelope.is_zero() {
        flaws.push(Flaw::new("envelope", "a round has money"));
    }
    for (list, empty) in [
        ("languages", terms.languages.is_empty()),
        ("legal_forms", terms.legal_forms.is_empty()),
        ("municipalities", terms.municipalities.is_empty()),
        ("themes", terms.themes.is_empty()),
    ] {
        if empty {
            flaws.push(Flaw::new(list, format!("`{list}` is empty: nobody could apply")));
        }
    }
    if terms.most_themes == 0 || terms.most_themes > terms.themes.len().max(1) {
        flaws.push(Flaw::new("most_themes", format!("`most_themes` must be between 1 and {}", terms.themes.len())));
    }
    if terms.applications_per_organisation == 0 {
        flaws.push(Flaw::new("applications_per_organisation", "an organisation must be able to apply once"));
    }
    for (place, document) in terms.documents.iter().enumerate() {
        if document.megabytes > Document::MOST_MEGABYTES {
            let most = Document::MOST_MEGABYTES;
            flaws.push(Flaw::new(format!("documents.{place}.megabytes"), format!("`{}`: a file may have at most {most} megabytes", document.key)));
        }
    }
    flaws.extend(twice("documents", "key", terms.documents.iter().map(|document| document.key.as_str())));
    flaws.extend(twice("declarations", "key", terms.declarations.iter().map(|declaration| declaration.key.as_str())));
    flaws.extend(twice("checklist", "key", terms.checklist.iter().map(|line| line.key.as_str())));
    flaws.extend(tier_flaws(fund, round));
    flaws.extend(grid_flaws(&terms.grid));
    flaws
}

fn date_flaws(fund: &programmes::Terms, round: &ParsedRound) -> Vec<Flaw> {
    let terms = &round.terms;
    let mut flaws = vec![];
    if round.closes_at <= round.opens_at {
        flaws.push(Flaw::new("closes", "the round closes before it opens"));
    }
    if round.closes_at.day() > fund.main_contract.ends {
        flaws.push(Flaw::new("closes", format!("the round closes after the main contract has ended on {}", fund.main_contract.ends)));
    }
    if round.opens_at.day() < fund.main_contract.begins {
        flaws.push(Flaw::new("opens", format!("the round opens before the main contract begins on {}", fund.main_contract.begins)));
    }
    flaws.extend(question_flaws(round));
    for (place, training) in terms.trainings.iter().enumerate() {
        if training.on > round.closes_at.day() {
            flaws.push(Flaw::new(format!("trainings.{place}.on"), "a training after the deadline helps no applicant"));
        }
    }
    for (key, days) in [("clarification_days", terms.clarification_days), ("signature_days", terms.signature_days), ("complaint_days", terms.complaint_days)] {
        if days == 0 {
            flaws.push(Flaw::new(key, format!("`{key}` must be at least 1")));
        }
    }
    flaws
}

/// Questions are asked while the round is open, and answered after that and before it closes.
fn question_flaws(round: &ParsedRound) -> Vec<Flaw> {
    let terms = &round.terms;
    let mut flaws = vec![];
    let own = terms.questions_until.is_some() || terms.answers_until.is_some();
    if !own && terms.answers_days > terms.questions_days {
        flaws.push(Flaw::new("answers_days", "questions would be answered before they may be asked: `answers_days` is more than `questions_days`"));
    }
    let open_days = i64::from(round.opens_at.day().days_until(round.closes_at.day()));
    if terms.questions_until.is_none() && round.closes_at > round.opens_at && open_days < terms.questions_days {
        flaws.push(Flaw::new("questions_days", "the round is not open for so many days"));
    }
    if terms.questions_until.is_some_and(|until| until <= round.opens_at || until > round.closes_at) {
        flaws.push(Flaw::new("questions_until", "questions end while the round is open"));
    }
    if terms.answers_until.is_some_and(|until| until > round.closes_at) {
        flaws.push(Flaw::new("answers_until", "answers come before the round closes"));
    }
    if own && terms.answers_due(round.closes_at) < terms.questions_close(round.closes_at) {
        let at = if terms.answers_until.is_some() { "answers_until" } else { "questions_until" };
        flaws.push(Flaw::new(at, "questions would be answered before they may be asked"));
    }
    flaws
}

fn tier_flaws(fund: &programmes::Terms, round: &ParsedRound) -> Vec<Flaw> {
    let tiers = &round.terms.tiers;
    let mut flaws = twice("tiers", "key", tiers.iter().map(|tier| tier.key.as_str()));
    for (place, tier) in tiers.iter().enumerate() {
        let mut flaw = |key: &str, text: String| flaws.push(Flaw::new(format!("tiers.{place}.{key}"), text));
        if tier.at_least > tier.at_most {
            flaw("at_most", format!("`{}`: the least is more than the most", tier.key));
        }
        if tier.at_most > fund.most_per_organisation {
            flaw("at_most", format!("`{}`: more than one organisation may get from the fund ({:?})", tier.key, fund.most_per_organisation));
        }
        if tier.at_most > round.envelope {
            flaw("at_most", format!("`{}`: more than the round's envelope", tier.key));
        }
        if tier.months_at_least > tier.months_at_most || tier.months_at_least == 0 {
            flaw("months_at_least", format!("`{}`: {} to {} months is no duration", tier.key, tier.months_at_least, tier.months_at_most));
        }
        if outlives(fund, round.closes_at.day(), tier.months_at_least) {
            let last_day = last_day(fund);
            flaw("months_at_least", format!("`{}`: even the shortest project would run past {last_day}, the last day that the main contract leaves", tier.key));
        }
        let paid: i32 = tier.payments.iter().map(|share| share.0).sum();
        if paid != Basis::WHOLE.0 {
            flaw("payments", format!("`{}`: the payments add up to {} %, not to 100 %", tier.key, Basis(paid).percent()));
        } else if tier.payments.contains(&Basis(0)) {
            flaw("payments", format!("`{}`: a payment of nothing", tier.key));
        }
    }
    for (place, pair) in tiers.windows(2).enumerate() {
        if let [smaller, larger] = pair {
            flaws.extend(overlap(place + 1, smaller, larger));
        }
    }
    flaws
}

/// The last day that the main contract leaves to projects.
fn last_day(fund: &programmes::Terms) -> Day {
    fund.main_contract.ends.plus_days(-fund.main_contract.reporting_margin_days)
}

/// Whether even a project of so many months, begun on the day on which the round closes, would run past that day.
fn outlives(fund: &programmes::Terms, closes: Day, months: i32) -> bool {
    closes.plus_months(months.into()) > last_day(fund)
}

/// Neighbours may touch (10,000 is small and medium: the applicant chooses), never overlap.
fn overlap(place: usize, smaller: &Tier, larger: &Tier) -> Vec<Flaw> {
    let mut flaws = vec![];
    if larger.at_least < smaller.at_most {
        flaws.push(Flaw::new(
            format!("tiers.{place}.at_least"),
            format!("`{}` begins at {:?}, but `{}` goes up to {:?}: sizes may touch, not overlap", larger.key, larger.at_least, smaller.key, smaller.at_most),
        ));
    }
    if larger.months_at_least < smaller.months_at_most {
        flaws.push(Flaw::new(
            format!("tiers.{place}.months_at_least"),
            format!(
                "`{}` begins at {} months, but `{}` goes up to {}: durations may touch, not overlap",
                larger.key, larger.months_at_least, smaller.key, smaller.months_at_most
            ),
        ));
    }
    flaws
}

fn grid_flaws(grid: &Grid) -> Vec<Flaw> {
    let mut flaws = twice("grid.sections", "key", grid.sections.iter().map(|section| section.key.as_str()));
    let mut seen = BTreeSet::new();
    for (place, section) in grid.sections.iter().enumerate() {
        let at = |key: &str| format!("grid.sections.{place}.{key}");
        if section.threshold > section.most() {
            flaws.push(Flaw::new(at("threshold"), format!("`{}` needs {} points, but has only {}", section.key, section.threshold, section.most())));
        }
        for (number, criterion) in section.criteria.iter().enumerate() {
            let at = |key: &str| format!("grid.sections.{place}.criteria.{number}.{key}");
            if !seen.insert(criterion.key.as_str()) {
                flaws.push(Flaw::new(at("key"), format!("`{}` is there twice", criterion.key)));
            }
            if !(1..=4).contains(&criterion.weight) {
                flaws.push(Flaw::new(at("weight"), format!("`{}`: a weight is between 1 and 4", criterion.key)));
            }
            if !criterion.part.is_empty() && !PARTS.contains(&criterion.part.as_str()) {
                flaws.push(Flaw::new(at("part"), format!("`{}` is no part of an application ({})", criterion.part, PARTS.join(", "))));
            }
        }
    }
    if grid.most() != 100 {
        flaws.push(Flaw::new("grid.sections", format!("the grid adds up to {} points, not to 100", grid.most())));
    }
    if grid.threshold > 100 {
        flaws.push(Flaw::new("grid.threshold", format!("`threshold` is {}, but there are only 100 points", grid.threshold)));
    }
    if grid.anchors.len() != 5 {
        flaws.push(Flaw::new("grid.anchors", format!("scores go from 1 to 5, but {} are explained", grid.anchors.len())));
    }
    if grid.comment_at.iter().any(|score| !(1..=5).contains(score)) {
        flaws.push(Flaw::new("grid.comment_at", "scores go from 1 to 5"));
    }
    if !(2..=5).contains(&grid.readers) {
        flaws.push(Flaw::new("grid.readers", "an application has at least two readers, at most five"));
    }
    if !(1..=100).contains(&grid.gap) {
        flaws.push(Flaw::new("grid.gap", "`gap` is between 1 and 100 points"));
    }
    if grid.days == 0 {
        flaws.push(Flaw::new("grid.days", "evaluators need at least a day"));
    }
    for (place, key) in grid.tie_breaks.iter().enumerate() {
        if !grid.sections.iter().any(|section| section.key == *key) {
            flaws.push(Flaw::new(format!("grid.tie_breaks.{place}"), format!("`{key}` is no section of the grid")));
        }
    }
    flaws
}

/// Keys stand once: they are what applications, score sheets and letters refer to for years.
fn twice<'k>(list: &str, key: &str, words: impl Iterator<Item = &'k str>) -> Vec<Flaw> {
    let mut seen = BTreeSet::new();
    words
        .enumerate()
        .filter(|(_, word)| !word.is_empty() && !seen.insert(*word))
        .map(|(place, word)| Flaw::new(format!("{list}.{place}.{key}"), format!("`{word}` is there twice")))
        .collect()
}

/// Whether a file says other things of a round than it is. An extension is no change: the file says the deadline as it was published.
#[must_use]
pub fn differs(known: &Round, wanted: &ParsedRound) -> bool {
    let same_deadline = [Some(known.closes_at), known.extended_from].contains(&Some(wanted.closes_at));
    let same_frame = known.opens_at == wanted.opens_at && same_deadline && known.envelope == wanted.envelope;
    !same_frame || !same_terms(&known.terms, &wanted.terms)
}

/// Whether two sets of terms say the same.
#[must_use]
pub fn same_terms(one: &Terms, other: &Terms) -> bool {
    serde_json::to_value(one).ok() == serde_json::to_value(other).ok()
}
