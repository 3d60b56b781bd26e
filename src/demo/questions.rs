//! What happens to a call of the demo while it is open: organisations ask, the office answers and publishes, and one thing changes.
use super::{Play, cast, rounds};
use crate::calls::file::ParsedRound;
use crate::calls::{self, Training};
use crate::corrigenda;
use crate::kernel::{Bilingual, Day, Instant, Lang, Result, RoundId, fault};
use crate::questions::rules::Draft;
use crate::questions::{self, Topic};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Talk {
    question: Vec<Asked>,
    publication: Vec<Published>,
    training: Vec<Added>,
}

#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The organisation whose person asks.
    by: String,
    asked_at: String,
    topic: Topic,
    text: String,
    wording: Bilingual,
    answer: Bilingual,
    answered_at: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    at: String,
}

/// A training that a corrigendum adds.
#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    at: String,
    reason: String,
    what: Bilingual,
    place: String,
    on: Day,
}

fn at(text: &str) -> Result<Instant> {
    Instant::at_tirane(text).ok_or_else(|| fault(format!("{text:?} is no moment")))
}

/// Puts what was asked, answered and changed into the calendar.
pub(super) fn plan(play: &mut Play, round: RoundId) -> Result<()> {
    let talk: Talk = toml::from_str(include_str!("../../config/demo/questions.toml")).map_err(fault)?;
    for asked in talk.question {
        let answered_at = at(&asked.answered_at)?;
        play.calendar.put(at(&asked.asked_at)?, move |play| {
            rounds::register(play, &asked.by)?;
            let question = play.as_person(&asked.by, |act| questions::actions::ask(act, round, Some(asked.topic), &asked.text, Lang::Sq))?;
            let draft = Draft { topic: Some(asked.topic), wording: asked.wording, answer: asked.answer, same_as: None };
            play.calendar.put(answered_at, move |play| {
                play.as_person(cast::MANAGER, |act| questions::actions::answer(act, round, question.id, question.version, &draft)).map(drop)
            });
            Ok(())
        });
    }
    for publication in talk.publication {
        play.calendar.put(at(&publication.at)?, move |play| play.as_person(cast::MANAGER, |act| questions::actions::publish(act, round)).map(drop));
    }
    for added in talk.training {
        play.calendar.put(at(&added.at)?, move |play| add_training(play, round, added));
    }
    Ok(())
}

/// The round as it is, with one more day of training.
fn add_training(play: &mut Play, id: RoundId, added: Added) -> Result<()> {
    let round = play.look(|conn| calls::records::find(conn, id))?;
    let mut terms = round.terms;
    terms.trainings.push(Training { what: added.what, place: added.place, on: added.on });
    let wanted = ParsedRound { code: round.code, opens_at: round.opens_at, closes_at: round.closes_at, envelope: round.envelope, terms };
    play.as_person(cast::MANAGER, |act| corrigenda::actions::publish(act, id, &wanted, &added.reason)).map(drop)
}
