//! What is done with questions: asked, taken back, answered, and published together for everybody.
use super::rules::{self, Draft, Move};
use super::{Question, State, Topic, letters, records};
use crate::calls::records as calls;
use crate::kernel::{Error, Lang, ProgrammeId, QuestionId, Result, RoundId, must, unless};
use crate::web::records::count_try;
use crate::workflow::{Act, Event, Recorded, Subject};

/// What happened to a question is the round's story.
macro_rules! event {
    ($name:ident, $kind:literal, { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(serde::Serialize)]
        struct $name<'a> {
            #[serde(skip)]
            id: RoundId,
            #[serde(skip)]
            programme: ProgrammeId,
            round: &'a str,
            $($field: $type),*
        }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::Round(self.id)
            }
            fn programme(&self) -> Option<ProgrammeId> {
                Some(self.programme)
            }
        }
    };
}
event!(Asked, "round.question-asked", { id_of_question: QuestionId, question: &'a str });
event!(Withdrawn, "round.question-withdrawn", { id_of_question: QuestionId, question: &'a str });
event!(Answered, "round.question-answered", { id_of_question: QuestionId, question: &'a str, answer: &'a str });
event!(Published, "round.answers-published", { questions: Vec<QuestionId>, numbers: &'a str, letters: usize });

/// Asks about a call that is public.
///
/// # Errors
/// `NotFound` for a round that is not public; `Forbidden` for who works for the fund; `Invalid` with everything in the way; `Slow` after too many.
pub fn ask(act: &mut Act<'_>, round: RoundId, topic: Option<Topic>, text: &str, lang: Lang) -> Result<Recorded<Question>> {
    let round = calls::find(act.conn, round)?;
    must(rules::may_ask(act.actor, &round))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let reasons = rules::asking(&round, topic, text, act.now);
    if !reasons.is_empty() {
        return Err(Error::Invalid(reasons));
    }
    count_try(act.conn, &format!("questions of {by}"), 10, 86_400, act.now)?;
    count_try(act.conn, &format!("questions about {}", round.id), 300, 86_400, act.now)?;
    let question = Question::asked(round.id, topic.unwrap_or(Topic::Other), text, lang, by, act.now);
    records::insert(act.conn, &question)?;
    let event = Asked { id: round.id, programme: round.programme_id, round: &round.code, id_of_question: question.id, question: text };
    act.record(&event, question)
}

/// Takes a question back that is not public yet: whoever asked it.
///
/// # Errors
/// `NotFound` for another's; `Refused` once it is public; `Stale`.
pub fn withdraw(act: &mut Act<'_>, round: RoundId, id: QuestionId) -> Result<Recorded<Question>> {
    let round = calls::find(act.conn, round)?;
    let question = records::find(act.conn, act.actor, &round, id)?;
    must(act.actor.person == Some(question.asked_by))?;
    unless(rules::withdrawing(&question))?;
    let next = Question { state: State::Withdrawn, ..question };
    records::keep(act.conn, &next)?;
    let event = Withdrawn { id: round.id, programme: round.programme_id, round: &round.code, id_of_question: id, question: &next.asked };
    act.record(&event, next.clone())
}

/// Keeps an answer until it is published with the others. `version` is the one that was read.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Invalid` with everything in the way; `Stale`.
pub fn answer(act: &mut Act<'_>, round: RoundId, id: QuestionId, version: i32, draft: &Draft) -> Result<Recorded<Question>> {
    let round = calls::find(act.conn, round)?;
    must(rules::may_answer(act.actor, &round))?;
    let known = records::find(act.conn, act.actor, &round, id)?;
    let other = match draft.same_as {
        Some(same) => records::these(act.conn, &[same])?.into_iter().next(),
        None => None,
    };
    let reasons = rules::answering(&known, draft, other.as_ref());
    if !reasons.is_empty() {
        return Err(Error::Invalid(reasons));
    }
    let mut next = Question {
        state: rules::leads_to(known.state, Move::Answer).unwrap_or(known.state),
        topic: draft.topic.unwrap_or(known.topic),
        wording_sq: draft.wording.sq.clone(),
        wording_en: draft.wording.en.clone(),
        answer_sq: draft.answer.sq.clone(),
        answer_en: draft.answer.en.clone(),
        same_as: draft.same_as,
        answered_by_name: act.actor.name.clone(),
        answered_at: Some(act.now),
        version,
        ..known
    };
    if next.same_as.is_some() {
        // The answer is the other one's: there is only one of it.
        next.answer_sq.clear();
        next.answer_en.clear();
    }
    next.search = next.search_text();
    records::keep(act.conn, &next)?;
    let (wording, answer) = (next.wording(), next.answer());
    let event = Answered {
        id: round.id,
        programme: round.programme_id,
        round: &round.code,
        id_of_question: id,
        question: super::said(&wording.sq, &wording.en, Lang::Sq).text,
        answer: super::said(&answer.sq, &answer.en, Lang::Sq).text,
    };
    act.record(&event, next.clone())
}

/// Publishes every answer that is kept, at once, and tells everybody who has begun to apply or has asked (E04). How many answers and
/// letters that were, comes back.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn publish(act: &mut Act<'_>, round: RoundId) -> Result<Recorded<(usize, usize)>> {
    let round = calls::find(act.conn, round)?;
    must(rules::may_publish(act.actor, &round))?;
    let mut ready = records::ready(act.conn, round.id)?;
    let pointed: Vec<QuestionId> = ready.iter().filter_map(|question| question.same_as).collect();
    let targets = records::these(act.conn, &pointed)?;
    unless(rules::publishing(&round, &ready, &targets, act.now))?;
    let last = records::last_number(act.conn, round.id)?;
    for (question, number) in ready.iter_mut().zip(last + 1..) {
        question.state = State::Published;
        question.number = Some(number);
        question.published_at = Some(act.now);
        records::keep(act.conn, question)?;
    }
    let programme = crate::programmes::records::find(act.conn, round.programme_id)?;
    let letters = letters::answers(act, &programme, &round, &ready, &targets)?;
    let numbers: Vec<String> = ready.iter().filter_map(|question| question.number).map(|number| number.to_string()).collect();
    let event = Published {
        id: round.id,
        programme: round.programme_id,
        round: &round.code,
        questions: ready.iter().map(|question| question.id).collect(),
        numbers: &numbers.join(", "),
        letters,
    };
    act.record(&event, (ready.len(), letters))
}
