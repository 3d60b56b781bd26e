//! What the machine can see by itself, which moves there are, and what stands in the way of each. Pure.
use super::{Answer, Check, CheckState, Clarification, Decision, Line, Outcome, Proposal, Verdict};
use crate::accounts::LegalForm;
use crate::applications::Status;
use crate::applications::budget::totals;
use crate::applications::content::{Budget, File, Logframe};
use crate::applications::rules::{must_bring, papers};
use crate::calls::{Caps, CheckLine, MachineCheck, Round, Whose};
use crate::kernel::{Actor, Basis, Bilingual, Instant, ProgrammeId, Reason, Role, Room, both};
use crate::programmes::places;

/// Who sees checklists: the office, and those who look over its shoulder.
pub const SEES: &[Role] = Room::Board.roles();
/// Who fills them in and proposes.
pub const CHECKS: &[Role] = &[Role::Secretary, Role::SecondChecker, Role::GrantManager];
/// Who decides, if somebody else has proposed.
pub const DECIDES: &[Role] = &[Role::SecondChecker, Role::GrantManager, Role::Director];

/// The longest note, request, answer and reason, in characters.
pub const MOST_NOTE: usize = 1_000;
pub const MOST_TEXT: usize = 4_000;

#[must_use]
pub fn may_check(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_system() || actor.is_any(CHECKS, programme)
}
#[must_use]
pub fn may_decide(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is_any(DECIDES, programme)
}
/// Two persons: whoever proposed does not decide.
#[must_use]
pub fn is_second_person(actor: &Actor, check: &Check) -> bool {
    actor.person.is_some() && actor.person != check.checker_id
}

/// What can be done with a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Answer,
    Ask,
    /// The applicant's answer came.
    Reply,
    /// It did not come in time.
    Lapse,
    Propose,
    SendBack,
    Pass,
    Reject,
}

/// Every move there is; what is not here is refused.
pub const MOVES: &[(CheckState, Step, CheckState)] = &[
    (CheckState::Open, Step::Answer, CheckState::Open),
    // While the applicant looks for papers the office goes on with the other lines.
    (CheckState::Clarification, Step::Answer, CheckState::Clarification),
    (CheckState::Open, Step::Ask, CheckState::Clarification),
    (CheckState::Clarification, Step::Reply, CheckState::Answered),
    (CheckState::Answered, Step::Answer, CheckState::Answered),
    (CheckState::Answered, Step::Propose, CheckState::Proposed),
    (CheckState::Clarification, Step::Lapse, CheckState::Open),
    (CheckState::Open, Step::Propose, CheckState::Proposed),
    (CheckState::Proposed, Step::SendBack, CheckState::Open),
    (CheckState::Proposed, Step::Pass, CheckState::Passed),
    (CheckState::Proposed, Step::Reject, CheckState::Rejected),
];

#[must_use]
pub fn next(from: CheckState, step: Step) -> Option<CheckState> {
    MOVES.iter().find(|(state, by, _)| *state == from && *by == step).map(|(_, _, to)| *to)
}

fn must_move(from: CheckState, step: Step) -> Vec<Reason> {
    if next(from, step).is_some() { vec![] } else { vec![Reason::new("wrong-state", "", |t| t.check_reason_state(from.label(t)))] }
}

/// What stands in the way of beginning: the round is still open, or the application is not (or no longer) submitted.
#[must_use]
pub fn may_not_begin(round: &Round, status: Status, now: Instant) -> Vec<Reason> {
    let mut reasons = still_there(status);
    if !round.is_closed(now) {
        reasons.push(Reason::new("round-open", "", |t| t.check_reason_round_open(t.moment(round.closes_at))));
    }
    reasons
}

/// A withdrawn application is nobody's work any more.
#[must_use]
pub fn still_there(status: Status) -> Vec<Reason> {
    if status == Status::Submitted { vec![] } else { vec![Reason::new("withdrawn", "", |t| t.check_reason_withdrawn().into())] }
}

#[must_use]
pub fn may_not_answer(check: &Check, answers: &[Answer]) -> Vec<Reason> {
    let mut reasons = must_move(check.state, Step::Answer);
    for answer in answers.iter().filter(|answer| answer.note.chars().count() > MOST_NOTE) {
        reasons.push(Reason::new("note-too-long", format!("note.{}", answer.line), |t| t.check_reason_too_long(MOST_NOTE)));
    }
    reasons
}

/// What stands in the way of asking: there is one request, about lines that may be asked about, and it says what is wanted.
#[must_use]
pub fn may_not_ask(check: &Check, asked: Option<&Clarification>, checklist: &[CheckLine], items: &[String], text: &str) -> Vec<Reason> {
    let mut reasons = vec![];
    if let Some(asked) = asked {
        reasons.push(Reason::new("asked-already", "question", |t| t.check_reason_asked(t.day(asked.asked_at.day()))));
    } else {
        reasons.extend(must_move(check.state, Step::Ask));
    }
    if text.is_empty() {
        reasons.push(Reason::new("no-question", "question", |t| t.check_reason_no_question().into()));
    }
    if text.chars().count() > MOST_TEXT {
        reasons.push(Reason::new("question-too-long", "question", |t| t.check_reason_too_long(MOST_TEXT)));
    }
    if items.is_empty() {
        reasons.push(Reason::new("no-item", "items", |t| t.check_reason_no_item().into()));
    }
    for item in items {
        match checklist.iter().find(|line| line.key == *item) {
            Some(line) if line.clarifiable => {}
            Some(line) => reasons.push(Reason::new("not-clarifiable", "items", |t| t.check_reason_not_clarifiable(line.question.say(t)))),
            None => reasons.push(Reason::new("no-such-line", "items", |t| t.check_reason_no_line().into())),
        }
    }
    reasons
}

/// What stands in the way of the applicant's answer: it came already, or the time is over (to the second).
#[must_use]
pub fn may_not_reply(asked: &Clarification, text: &str, files: i64, now: Instant) -> Vec<Reason> {
    let mut reasons = may_not_add(asked, now);
    if text.is_empty() && files == 0 {
        reasons.push(Reason::new("empty-answer", "answer", |t| t.check_reason_empty_answer().into()));
    }
    if text.chars().count() > MOST_TEXT {
        reasons.push(Reason::new("answer-too-long", "answer", |t| t.check_reason_too_long(MOST_TEXT)));
    }
    reasons
}

/// The same for a file that comes before the answer is sent.
#[must_use]
pub fn may_not_add(asked: &Clarification, now: Instant) -> Vec<Reason> {
    if let Some(at) = asked.answered_at {
        return vec![Reason::new("answered-already", "", |t| t.check_reason_answered(t.moment_exact(at)))];
    }
    if now >= asked.due_at {
        return vec![Reason::new("too-late", "", |t| t.check_reason_too_late(t.day(asked.last_day()), t.moment_exact(now)))];
    }
    vec![]
}

/// What stands in the way of a proposal: open lines, a pass over a no, a rejection without reasons from the closed list.
#[must_use]
pub fn may_not_propose(check: &Check, lines: &[Line], proposal: &Proposal) -> Vec<Reason> {
    let mut reasons = must_move(check.state, Step::Propose);
    for line in lines {
        let (at, number) = (format!("line.{}", line.line), line.position);
        match (line.verdict, line.machine) {
            (None, _) => reasons.push(Reason::new("unanswered", at, |t| t.check_reason_unanswered(number))),
            (Some(said), Some(machine)) if said != machine && line.note.is_empty() => {
                reasons.push(Reason::new("overruled-silently", format!("note.{}", line.line), |t| t.check_reason_overruled(number)));
            }
            (Some(Verdict::No), _) if proposal.outcome == Outcome::Passed => {
                reasons.push(Reason::new("passed-with-no", at, |t| t.check_reason_no_stands(number)));
            }
            _ => {}
        }
    }
    if proposal.outcome == Outcome::Rejected {
        reasons.extend(bad_rejection(lines, proposal));
    }
    if proposal.text.chars().count() > MOST_TEXT {
        reasons.push(Reason::new("text-too-long", "text", |t| t.check_reason_too_long(MOST_TEXT)));
    }
    reasons
}

fn bad_rejection(lines: &[Line], proposal: &Proposal) -> Vec<Reason> {
    let mut reasons = vec![];
    if proposal.reasons.is_empty() {
        reasons.push(Reason::new("no-reason", "reasons", |t| t.check_reason_no_reason().into()));
    }
    let is_no = |key: &String| lines.iter().any(|line| line.line == *key && line.verdict == Some(Verdict::No));
    if !proposal.reasons.iter().all(is_no) {
        reasons.push(Reason::new("reason-not-no", "reasons", |t| t.check_reason_not_no().into()));
    }
    if proposal.text.is_empty() {
        reasons.push(Reason::new("no-text", "text", |t| t.check_reason_no_text().into()));
    }
    reasons
}

/// What stands in the way of deciding: nothing is proposed, or it is the same person.
#[must_use]
pub fn may_not_decide(actor: &Actor, check: &Check, decision: &Decision) -> Vec<Reason> {
    let mut reasons = must_move(check.state, step_of(check, decision));
    if !is_second_person(actor, check) {
        reasons.push(Reason::new("same-person", "", |t| t.check_reason_same_person().into()));
    }
    if let Decision::SendBack(why) = decision {
        if why.is_empty() {
            reasons.push(Reason::new("no-dispute", "dispute", |t| t.check_reason_no_dispute().into()));
        }
        if why.chars().count() > MOST_TEXT {
            reasons.push(Reason::new("dispute-too-long", "dispute", |t| t.check_reason_too_long(MOST_TEXT)));
        }
    }
    reasons
}

#[must_use]
pub fn step_of(check: &Check, decision: &Decision) -> Step {
    match decision {
        Decision::SendBack(_) => Step::SendBack,
        Decision::Agree if check.reason_keys().is_empty() => Step::Pass,
        Decision::Agree => Step::Reject,
    }
}

/// Half of the time, and the beginning of the last 24 hours (where that is later): when reminders go out.
fn reminders_at(asked: &Clarification) -> (Instant, Instant) {
    let half = asked.asked_at.plus_seconds(asked.asked_at.seconds_until(asked.due_at) / 2);
    (half, asked.due_at.plus_hours(-24).max(half))
}

/// Which reminder is due now: 1 at half-time, 2 on the last day. One that was missed is not sent late.
#[must_use]
pub fn reminder_due(asked: &Clarification, now: Instant) -> Option<i32> {
    if !asked.takes_answers(now) {
        return None;
    }
    let (half, last) = reminders_at(asked);
    let due = if now >= last { 2 } else { i32::from(now >= half) };
    (due > asked.reminders).then_some(due)
}

/// When time has to look at the request again: for the next reminder, at last for the end.
#[must_use]
pub fn next_look(asked: &Clarification) -> Instant {
    let (half, last) = reminders_at(asked);
    match asked.reminders {
        0 => half,
        1 => last,
        _ => asked.due_at,
    }
}

/// What the machine knows besides the file itself.
#[derive(Clone, Debug)]
pub struct Facts {
    pub submitted_at: Instant,
    pub requested: crate::kernel::Money,
    /// Codes of the fund's municipalities, where the seat must be.
    pub area: Vec<String>,
    /// Codes of the same organisation's other submitted applications in this round.
    pub others: Vec<String>,
    /// Who gave the application a deadline of its own, and when.
    pub extension: Option<(String, Instant)>,
}

/// What the machine sees: its proposal and what it is founded on.
#[must_use]
pub fn machine(check: MachineCheck, file: &File, round: &Round, facts: &Facts) -> (Verdict, Bilingual) {
    match check {
        MachineCheck::InTime => in_time(round, facts),
        MachineCheck::LegalForm => (
            yes_if(round.terms.legal_forms.contains(&file.organisation.legal_form)),
            both(|t| match file.organisation.legal_form {
                LegalForm::Association => t.check_form_association().into(),
                LegalForm::Foundation => t.check_form_foundation().into(),
                LegalForm::Center => t.check_form_center().into(),
            }),
        ),
        MachineCheck::SeatInArea => {
            (yes_if(facts.area.contains(&file.organisation.municipality)), Bilingual::same(places::name(&file.organisation.municipality)))
        }
        MachineCheck::PlaceInArea => place_in_area(file, round),
        MachineCheck::AmountInTier => amount_in_tier(file, round, facts),
        MachineCheck::MonthsInTier => months_in_tier(file, round),
        MachineCheck::CapsHeld => caps_held(&file.budget, round.terms.caps_of(&file.summary.tier)),
        MachineCheck::LogframeComplete => logframe_complete(&file.logframe),
        MachineCheck::DocumentsPresent => documents_present(file, round),
        MachineCheck::OnePerOrganisation => {
            let count = i64::try_from(facts.others.len()).unwrap_or(i64::MAX);
            let list = facts.others.join(", ");
            let verdict = yes_if(count < round.terms.applications_per_organisation);
            (verdict, both(|t| if count == 0 { t.check_seen_only_one().into() } else { t.check_seen_others(list.as_str()) }))
        }
        MachineCheck::DeclarationSigned => declaration_signed(file, round),
        MachineCheck::PartnersDeclared => partners_declared(file, round),
    }
}

/// Compared with the deadline that holds for this application; where a decision gave it one of its own, that is said.
fn in_time(round: &Round, facts: &Facts) -> (Verdict, Bilingual) {
    let evidence = both(|t| {
        let arrived = t.moment_exact(facts.submitted_at);
        match &facts.extension {
            Some((by, at)) => t.check_seen_extended(arrived.as_str(), by.as_str(), t.day(at.day()), t.moment(round.closes_at)),
            None => arrived,
        }
    });
    (yes_if(facts.submitted_at < round.closes_at), evidence)
}

const fn yes_if(held: bool) -> Verdict {
    if held { Verdict::Yes } else { Verdict::No }
}

fn place_in_area(file: &File, round: &Round) -> (Verdict, Bilingual) {
    let places = &file.summary.municipalities;
    let inside = !places.is_empty() && places.iter().all(|place| round.terms.municipalities.contains(place));
    let names: Vec<&str> = places.iter().map(|place| places::name(place)).collect();
    let names = names.join(", ");
    (yes_if(inside), both(|t| if names.is_empty() { t.check_seen_nothing().into() } else { names.clone() }))
}

fn amount_in_tier(file: &File, round: &Round, facts: &Facts) -> (Verdict, Bilingual) {
    let Some(tier) = round.tier(&file.summary.tier) else { return (Verdict::No, both(|t| t.check_seen_no_tier().into())) };
    let held = tier.at_least <= facts.requested && facts.requested <= tier.at_most;
    (yes_if(held), both(|t| t.check_seen_amount(t.euro(facts.requested), t.euro_short(tier.at_least), t.euro_short(tier.at_most))))
}

fn months_in_tier(file: &File, round: &Round) -> (Verdict, Bilingual) {
    let Some(tier) = round.tier(&file.summary.tier) else { return (Verdict::No, both(|t| t.check_seen_no_tier().into())) };
    let Some(months) = file.summary.months() else { return (Verdict::No, both(|t| t.check_seen_nothing().into())) };
    let held = (tier.months_at_least..=tier.months_at_most).contains(&months);
    (yes_if(held), both(|t| t.check_seen_months(tier.months_at_least, tier.months_at_most, months)))
}

/// Percentages are computed from the lines, never taken as typed; a cap is held when the amount is at most the cap's share, rounded down.
fn caps_held(budget: &Budget, caps: Caps) -> (Verdict, Bilingual) {
    let totals = totals(budget, &caps);
    let held = totals.indirect <= totals.most_indirect && totals.reserve <= totals.most_reserve && totals.requested <= totals.most_requested;
    let share = |share: Option<Basis>| share.unwrap_or(Basis(0));
    let (indirect, reserve, requested) = (share(totals.indirect_share), share(totals.reserve_share), share(totals.share));
    (yes_if(held), both(|t| t.check_seen_caps(t.percent(indirect), t.percent(requested), t.percent(reserve))))
}

fn logframe_complete(logframe: &Logframe) -> (Verdict, Bilingual) {
    let complete = crate::applications::logframe::complaints(logframe).is_empty();
    let (results, activities, indicators) = (logframe.outputs.len(), logframe.numbered_activities().len(), logframe.numbered_indicators().len());
    (yes_if(complete), both(|t| t.check_seen_logframe(activities, indicators, results)))
}

/// A file of an answer in which a virus was found: it is taken out before the answer is sent.
#[must_use]
pub fn infected(name: &str) -> Reason {
    Reason::new("infected", "file", |t| t.scan_in_answer(name))
}

/// The papers that the call asks for and this file does not have, with the partner's name where one is a partner's.
fn missing_documents(file: &File, round: &Round, whose: Option<Whose>) -> Vec<Bilingual> {
    let has = |name: &str| file.attachments.iter().any(|note| note.document == name);
    papers(file, round)
        .into_iter()
        .filter(|(key, document, _)| must_bring(file, key, document) && whose.is_none_or(|whose| document.whose == whose) && !has(key))
        .map(|(_, document, partner)| both(|t| partner.map_or_else(|| document.name.say(t).to_owned(), |name| format!("{} ({name})", document.name.say(t)))))
        .collect()
}

fn documents_present(file: &File, round: &Round) -> (Verdict, Bilingual) {
    let missing = missing_documents(file, round, None);
    // Each was looked through for a page and its end when it came; nobody has read it.
    let (count, bytes) = (file.attachments.len(), file.attachments.iter().map(|paper| paper.bytes).sum::<i64>());
    let kilobytes = (bytes + 999) / 1_000;
    (
        yes_if(missing.is_empty()),
        both(|t| if missing.is_empty() { t.check_seen_documents(count, kilobytes) } else { t.check_seen_missing(listed(&missing, t)) }),
    )
}

fn listed(names: &[Bilingual], t: crate::kernel::Tr) -> String {
    names.iter().map(|name| name.say(t)).collect::<Vec<_>>().join(", ")
}

fn declaration_signed(file: &File, round: &Round) -> (Verdict, Bilingual) {
    let said = &file.declarations;
    let agreed = round.terms.declarations.iter().filter(|declaration| said.agreed.contains(&declaration.key)).count();
    let asked = round.terms.declarations.len();
    let signed = agreed == asked && !said.name.trim().is_empty();
    let name = if said.name.trim().is_empty() { "–" } else { said.name.trim() };
    (yes_if(signed), both(|t| t.check_seen_declarations(agreed, asked, name)))
}

fn partners_declared(file: &File, round: &Round) -> (Verdict, Bilingual) {
    let partners = file.partners.partners.len();
    if partners == 0 {
        return (Verdict::NotApplicable, both(|t| t.check_seen_no_partner().into()));
    }
    let missing = missing_documents(file, round, Some(Whose::Partner));
    (yes_if(missing.is_empty()), both(|t| if missing.is_empty() { t.check_seen_partners(partners) } else { t.check_seen_missing(listed(&missing, t)) }))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
