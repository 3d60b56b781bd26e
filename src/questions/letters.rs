//! E04: answers were published. The same words to everybody who has begun to apply or has asked; who asked is named to nobody.
use super::{Question, records, said};
use crate::applications::records as applications;
use crate::calls::Round;
use crate::kernel::{Bilingual, Instant, Lang, PersonId, Result};
use crate::programmes::Programme;
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Subject};

/// So many answers stand in the letter itself; all of them are on the page.
const IN_LETTER: usize = 20;

#[derive(serde::Serialize)]
struct Values<'a> {
    fund: &'a Bilingual,
    slug: &'a str,
    code: &'a str,
    round: &'a Bilingual,
    closes_at: Instant,
    count: usize,
    /// Among them is an answer to the recipient.
    yours: bool,
    items: Vec<Item<'a>>,
    more: usize,
}
#[derive(serde::Serialize)]
struct Item<'a> {
    number: i32,
    question: &'a str,
    answer: &'a str,
    /// The number of the question whose answer it is too; 0 where it has its own.
    same_as: i32,
    yours: bool,
}

/// Everybody who has begun to apply, and everybody who has asked; each person once.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn concerned(act: &mut Act<'_>, round: &Round) -> Result<Vec<Recipient>> {
    let mut concerned = applications::applicants_of(act.conn, round.id)?;
    for asker in records::askers_of(act.conn, round.id)? {
        if !concerned.iter().any(|known| known.person == asker.person) {
            concerned.push(asker);
        }
    }
    Ok(concerned)
}

fn item<'a>(question: &'a Question, all: &'a [Question], lang: Lang, reader: Option<PersonId>) -> Item<'a> {
    let other = question.same_as.and_then(|same| all.iter().find(|other| other.id == same));
    let answering = other.unwrap_or(question);
    Item {
        number: question.number.unwrap_or(0),
        question: said(&question.wording_sq, &question.wording_en, lang).text,
        answer: said(&answering.answer_sq, &answering.answer_en, lang).text,
        same_as: other.and_then(|other| other.number).unwrap_or(0),
        yours: reader == Some(question.asked_by),
    }
}

/// Tells everybody concerned of these answers; `targets` are those that some of them point to. How many letters that were.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn answers(act: &mut Act<'_>, programme: &Programme, round: &Round, published: &[Question], targets: &[Question]) -> Result<usize> {
    let all: Vec<Question> = published.iter().chain(targets).cloned().collect();
    let recipients = concerned(act, round)?;
    for to in &recipients {
        let mut items: Vec<Item<'_>> = published.iter().map(|question| item(question, &all, to.lang, to.person)).collect();
        // What somebody asked stands first in their letter.
        items.sort_by_key(|item| (!item.yours, item.number));
        items.truncate(IN_LETTER);
        let values = Values {
            fund: &programme.terms.name,
            slug: &programme.slug,
            code: &round.code,
            round: &round.terms.name,
            closes_at: round.closes_at,
            count: published.len(),
            yours: items.iter().any(|item| item.yours),
            more: published.len() - items.len(),
            items,
        };
        act.send(&Letter::new("E04", Some(programme.id), Subject::Round(round.id), to, values))?;
    }
    Ok(recipients.len())
}
