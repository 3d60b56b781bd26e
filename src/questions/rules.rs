//! Who asks and answers, until when, and what an answer must say. Pure: every reason at once.
use super::{Question, State, Topic};
use crate::calls::{Round, RoundState, last_moment};
use crate::kernel::{Actor, Bilingual, Instant, QuestionId, Reason, Role};

/// What is done with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Answer,
    Publish,
    Withdraw,
}

/// Every way from one state to the next. An answer that is not public may be written anew; one that is public stays.
pub const MOVES: &[(State, Move, State)] = &[
    (State::Open, Move::Answer, State::Answered),
    (State::Answered, Move::Answer, State::Answered),
    (State::Answered, Move::Publish, State::Published),
    (State::Open, Move::Withdraw, State::Withdrawn),
    (State::Answered, Move::Withdraw, State::Withdrawn),
];

/// Where a move leads from this state; None where there is no such way.
#[must_use]
pub fn leads_to(from: State, step: Move) -> Option<State> {
    MOVES.iter().find(|(state, way, _)| *state == from && *way == step).map(|(_, _, to)| *to)
}

/// Characters that a question may have, as it is asked and as it is published.
pub const LONGEST_QUESTION: i64 = 2_000;
pub const LONGEST_ANSWER: i64 = 6_000;
/// A question says something.
const SHORTEST: i64 = 10;

/// Whoever has an account and does not work for the fund.
#[must_use]
pub fn may_ask(actor: &Actor, round: &Round) -> bool {
    !actor.is_system() && !actor.roles.iter().any(|(fund, _)| *fund == Some(round.programme_id))
}

/// The secretary prepares answers, and so do those who publish them.
#[must_use]
pub fn may_answer(actor: &Actor, round: &Round) -> bool {
    actor.is_any(&[Role::Secretary, Role::GrantManager, Role::Director], round.programme_id)
}

/// Who publishes the call publishes what is said about it (rules.md 5.1).
#[must_use]
pub fn may_publish(actor: &Actor, round: &Round) -> bool {
    actor.is_any(&[Role::GrantManager, Role::Director], round.programme_id)
}

fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

/// Everything that stands in the way of asking this.
#[must_use]
pub fn asking(round: &Round, topic: Option<Topic>, text: &str, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if round.state == RoundState::Cancelled {
        reasons.push(Reason::new("cancelled", "", |t| t.question_round_cancelled().into()));
    } else if !round.takes_questions(now) {
        let until = round.questions_close().min(round.closes_at);
        reasons.push(Reason::new("questions-closed", "", |t| t.question_too_late(last_moment(t, until))));
    }
    if topic.is_none() {
        reasons.push(Reason::new("no-topic", "topic", |t| t.question_needs_topic().into()));
    }
    if !(SHORTEST..=LONGEST_QUESTION).contains(&length(text)) {
        reasons.push(Reason::new("bad-length", "question", |t| t.question_needs_text().into()));
    }
    reasons
}

/// What stands in the way of taking a question back: it is public, or was taken back already.
#[must_use]
pub fn withdrawing(question: &Question) -> Vec<Reason> {
    if leads_to(question.state, Move::Withdraw).is_some() {
        return vec![];
    }
    vec![Reason::new("not-yours-any-more", "", |t| t.question_cannot_withdraw().into())]
}

/// An answer as it was written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub topic: Option<Topic>,
    /// The question as it will be published: without names.
    pub wording: Bilingual,
    pub answer: Bilingual,
    /// The same was asked before: its answer is this one's too.
    pub same_as: Option<QuestionId>,
}

/// Everything that stands in the way of keeping this answer. One language is enough, and is whole; `other` is the question it points to.
#[must_use]
pub fn answering(question: &Question, draft: &Draft, other: Option<&Question>) -> Vec<Reason> {
    let mut reasons = vec![];
    if leads_to(question.state, Move::Answer).is_none() {
        reasons.push(Reason::new("not-open", "", |t| t.question_cannot_answer().into()));
    }
    if draft.topic.is_none() {
        reasons.push(Reason::new("no-topic", "topic", |t| t.question_needs_topic().into()));
    }
    reasons.extend(against_same(question, draft, other));
    let points = draft.same_as.is_some();
    for (wording, answer, at_wording, at_answer) in
        [(&draft.wording.sq, &draft.answer.sq, "wording_sq", "answer_sq"), (&draft.wording.en, &draft.answer.en, "wording_en", "answer_en")]
    {
        if wording.is_empty() && !answer.is_empty() {
            reasons.push(Reason::new("half", at_wording, |t| t.question_half_wording().into()));
        }
        if answer.is_empty() && !wording.is_empty() && !points {
            reasons.push(Reason::new("half", at_answer, |t| t.question_half_answer().into()));
        }
        if length(wording) > LONGEST_QUESTION {
            reasons.push(Reason::new("too-long", at_wording, |t| t.question_too_long(LONGEST_QUESTION)));
        }
        if length(answer) > LONGEST_ANSWER {
            reasons.push(Reason::new("too-long", at_answer, |t| t.question_too_long(LONGEST_ANSWER)));
        }
    }
    if draft.wording.sq.is_empty() && draft.wording.en.is_empty() && draft.answer.sq.is_empty() && draft.answer.en.is_empty() {
        reasons.push(Reason::new("no-answer", "wording_sq", |t| t.question_no_language().into()));
    }
    reasons
}

/// It points to another question of the same call that has an answer of its own.
fn against_same(question: &Question, draft: &Draft, other: Option<&Question>) -> Option<Reason> {
    let wanted = draft.same_as?;
    let reason = |say: fn(crate::kernel::Tr) -> &'static str| Some(Reason::new("bad-pointer", "same_as", |t| say(t).into()));
    match other {
        _ if wanted == question.id => reason(crate::kernel::Tr::question_same_itself),
        Some(other) if other.round_id == question.round_id && has_own_answer(other) => None,
        _ => reason(crate::kernel::Tr::question_same_unanswered),
    }
}

fn has_own_answer(question: &Question) -> bool {
    question.same_as.is_none() && matches!(question.state, State::Answered | State::Published)
}

/// Everything that stands in the way of publishing these answers: the call is over, there is none, or one points to nothing.
#[must_use]
pub fn publishing(round: &Round, ready: &[Question], targets: &[Question], now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if round.state != RoundState::Published || round.is_closed(now) {
        reasons.push(Reason::new("call-over", "", |t| t.question_call_over().into()));
    }
    if ready.is_empty() {
        reasons.push(Reason::new("nothing-ready", "", |t| t.question_nothing_ready().into()));
    }
    let lost = |question: &&Question| question.same_as.is_some_and(|same| !ready.iter().chain(targets).any(|other| other.id == same && has_own_answer(other)));
    for question in ready.iter().filter(lost) {
        let begin: String = question.asked.chars().take(60).collect();
        reasons.push(Reason::new("bad-pointer", "", |t| t.question_points_to_nothing(begin.as_str())));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Lang, PersonId, RoundId};

    fn at(tirane: &str) -> Instant {
        Instant::at_tirane(tirane).unwrap()
    }

    /// R3 of the real fund: closes on 25 October, asks for questions until 14 days before.
    fn round() -> Round {
        let found = crate::calls::file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).unwrap().rounds.remove(2);
        found.published()
    }

    fn question(round: RoundId, state: State) -> Question {
        Question { state, ..Question::asked(round, Topic::Budget, "A paguhet TVSH-ja?", Lang::Sq, PersonId::new(), at("2017-10-01T10:00")) }
    }

    fn codes(reasons: &[Reason]) -> Vec<(&str, &str)> {
        reasons.iter().map(|reason| (reason.code.as_str(), reason.at.as_str())).collect()
    }

    #[test]
    fn questions_are_taken_until_the_end_of_the_last_day_and_move_with_the_deadline_unless_the_round_says_when() {
        let mut round = round();
        let ask = |round: &Round, now: &str| asking(round, Some(Topic::Budget), "A paguhet TVSH-ja?", at(now));
        assert!(ask(&round, "2017-10-11T23:59:59").is_empty());
        assert_eq!(codes(&ask(&round, "2017-10-12T00:00:00")), [("questions-closed", "")]);
        assert!(ask(&round, "2017-09-01T08:00").is_empty(), "also before it opens");
        round.closes_at = at("2017-10-29T17:00");
        assert!(ask(&round, "2017-10-15T23:59:59").is_empty(), "the extension takes the cut-off along");
        round.terms.questions_until = Some(at("2017-10-10T12:00"));
        assert_eq!(codes(&ask(&round, "2017-10-10T12:00:00")), [("questions-closed", "")]);
        assert!(ask(&round, "2017-10-10T11:59:59").is_empty());
        round.terms.questions_until = None;
        round.terms.questions_days = -3;
        assert!(!ask(&round, "2017-10-29T17:00:00").is_empty(), "never after the deadline");
        round.state = RoundState::Cancelled;
        assert_eq!(codes(&ask(&round, "2017-10-01T12:00")), [("cancelled", "")]);
    }

    #[test]
    fn a_question_has_a_topic_and_says_something() {
        let now = at("2017-10-01T12:00");
        assert_eq!(codes(&asking(&round(), None, "Pse?", now)), [("no-topic", "topic"), ("bad-length", "question")]);
        assert_eq!(codes(&asking(&round(), Some(Topic::Other), &"ë".repeat(2_001), now)), [("bad-length", "question")]);
        assert!(asking(&round(), Some(Topic::Other), &"ë".repeat(2_000), now).is_empty());
    }

    #[test]
    fn an_answer_is_whole_in_one_language_and_never_half_in_the_other() {
        let open = question(RoundId::new(), State::Open);
        let both = |sq: &str, en: &str| Bilingual { sq: sq.into(), en: en.into() };
        let draft = |wording, answer| Draft { topic: Some(Topic::Budget), wording, answer, same_as: None };
        let cases = [
            (draft(both("P?", ""), both("Po.", "")), vec![]),
            (draft(both("", "Q?"), both("", "Yes.")), vec![]),
            (draft(both("P?", "Q?"), both("Po.", "")), vec![("half", "answer_en")]),
            (draft(both("P?", ""), both("Po.", "Yes.")), vec![("half", "wording_en")]),
            (draft(both("", ""), both("", "")), vec![("no-answer", "wording_sq")]),
        ];
        for (draft, expected) in cases {
            assert_eq!(codes(&answering(&open, &draft, None)), expected, "{draft:?}");
        }
        let again = question(open.round_id, State::Published);
        assert_eq!(codes(&answering(&again, &draft(both("P?", ""), both("Po.", "")), None)), [("not-open", "")]);
    }

    #[test]
    fn the_same_question_points_to_an_answer_of_the_same_call() {
        let open = question(RoundId::new(), State::Open);
        let pointing = |to: &Question| Draft {
            topic: Some(Topic::Budget),
            wording: Bilingual { sq: "P?".into(), en: String::new() },
            answer: Bilingual::default(),
            same_as: Some(to.id),
        };
        let answered = question(open.round_id, State::Answered);
        assert!(answering(&open, &pointing(&answered), Some(&answered)).is_empty());
        let mut pointer = question(open.round_id, State::Published);
        pointer.same_as = Some(answered.id);
        for other in [&question(open.round_id, State::Open), &question(RoundId::new(), State::Published), &pointer, &open] {
            assert_eq!(codes(&answering(&open, &pointing(other), Some(other))), [("bad-pointer", "same_as")]);
        }
    }

    #[test]
    fn what_points_to_an_answer_that_was_taken_back_is_not_published() {
        let round = round();
        let now = at("2017-10-14T12:00");
        let answered = question(round.id, State::Answered);
        let mut pointer = question(round.id, State::Answered);
        pointer.same_as = Some(answered.id);
        assert!(publishing(&round, &[answered.clone(), pointer.clone()], &[], now).is_empty());
        let withdrawn = Question { state: State::Withdrawn, ..answered };
        assert_eq!(codes(&publishing(&round, std::slice::from_ref(&pointer), &[withdrawn], now)), [("bad-pointer", "")]);
        assert_eq!(codes(&publishing(&round, &[], &[], round.closes_at)), [("call-over", ""), ("nothing-ready", "")]);
    }

    #[test]
    fn what_is_public_stays_and_what_was_taken_back_is_gone() {
        for state in [State::Published, State::Withdrawn] {
            assert!(MOVES.iter().all(|(from, _, _)| *from != state), "{state}");
        }
        assert_eq!(leads_to(State::Open, Move::Publish), None, "nothing is published without an answer");
    }
}
