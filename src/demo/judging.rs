//! The demo's evaluation and award: two readers for each application that passed, a third where they differ, and the director's decision.
use super::{Play, cast, projects};
use crate::calls::{Grid, Round};
use crate::kernel::{ApplicationId, AssignmentId, Error, Instant, PersonId, Result};
use crate::scoring::{EvaluationState, Sheet, actions, place as place_in, records};
use std::collections::BTreeSet;

const HOUR: i64 = 3_600;

pub(super) fn plan(play: &mut Play, round: &Round) {
    let assigned = day(round, 14, 10);
    let round = round.clone();
    play.calendar.put(assigned, move |play| assign(play, &round));
}

fn day(round: &Round, after: i64, hour: i64) -> Instant {
    round.closes_at.day().plus_days(after).start().plus_seconds(hour * HOUR)
}

/// The place in the material of each application of the round that is to be read.
fn readable(play: &Play, round: &Round) -> Vec<usize> {
    let all = play.material.applications.iter().enumerate();
    all.filter(|(_, a)| a.round == round.code && a.serial.is_some() && !a.rejected).map(|(place, _)| place).collect()
}

fn assign(play: &mut Play, round: &Round) -> Result<()> {
    for (turn, place) in readable(play, round).into_iter().enumerate() {
        let id = play.application(place)?;
        let readers: Vec<PersonId> = [turn, turn + 1].iter().map(|turn| play.person(reader(*turn))).collect::<Result<_>>()?;
        play.as_person(cast::MANAGER, |act| actions::assign(act, id, &readers))?;
        let (first, second) = (round.clone(), round.clone());
        // Each reads one or two a day, the second reader some days after the first.
        let spread = i64::try_from(turn).unwrap_or(0);
        play.calendar.put(day(round, 16 + spread / 4, 9 + spread % 4), move |play| read(play, &first, place, 0, reader(turn)));
        play.calendar.put(day(round, 18 + spread / 4, 14 + spread % 4), move |play| read(play, &second, place, 1, reader(turn + 1)));
    }
    for evaluator in cast::EVALUATORS {
        let id = round.id;
        play.calendar.put(day(round, 15, 9), move |play| play.as_person(evaluator, |act| actions::declare_impartiality(act, id)));
    }
    let round = round.clone();
    play.calendar.put(day(&round, 50, 11), move |play| award(play, &round));
    Ok(())
}

fn reader(turn: usize) -> &'static str {
    cast::EVALUATORS.get(turn % cast::EVALUATORS.len()).copied().unwrap_or("evaluator")
}

fn read(play: &mut Play, round: &Round, place: usize, which: usize, evaluator: &'static str) -> Result<()> {
    let id = play.application(place)?;
    let person = play.person(evaluator)?;
    let total = play.material.applications.get(place).and_then(|application| application.scores.get(which)).copied().unwrap_or(60);
    let mine = play.look(|conn| records::of_application(conn, id))?.into_iter().find(|assignment| assignment.evaluator_id == person);
    let assignment = mine.ok_or(Error::NotFound)?.id;
    play.as_person(evaluator, |act| actions::clear(act, assignment))?;
    let sheet = sheet(&round.terms.grid, total);
    let version = version(play, id, assignment)?;
    let version = play.as_person(evaluator, |act| crate::scoring::sheet_actions::save_sheet(act, assignment, &sheet, version))?;
    let state = play.as_person(evaluator, |act| actions::submit_sheet(act, assignment, version))?;
    if state == EvaluationState::ThirdReader {
        third(play, round, place, id)?;
    }
    Ok(())
}

fn version(play: &Play, application: ApplicationId, assignment: AssignmentId) -> Result<i32> {
    let all = play.look(|conn| records::of_application(conn, application))?;
    all.into_iter().find(|known| known.id == assignment).map(|known| known.version).ok_or(Error::NotFound)
}

/// Whoever has not read it yet is asked, and reads it three days later.
fn third(play: &mut Play, round: &Round, place: usize, id: ApplicationId) -> Result<()> {
    let readers: BTreeSet<PersonId> = play.look(|conn| records::of_application(conn, id))?.iter().map(|assignment| assignment.evaluator_id).collect();
    let mut free = None;
    for evaluator in cast::EVALUATORS {
        if !readers.contains(&play.person(evaluator)?) {
            free = Some(evaluator);
        }
    }
    let evaluator = free.ok_or(Error::NotFound)?;
    let person = play.person(evaluator)?;
    play.as_person(cast::MANAGER, |act| actions::assign(act, id, &[person]))?;
    let at = play.app.desk.clock.now().plus_days(3);
    let round = round.clone();
    play.calendar.put(at, move |play| read(play, &round, place, 2, evaluator));
    Ok(())
}

/// Scores that come to `total`: all three to begin with, then one up or down at a time.
pub(super) fn sheet(grid: &Grid, total: i64) -> Sheet {
    let criteria: Vec<(String, i64)> =
        grid.sections.iter().flat_map(|section| section.criteria.iter().map(|criterion| (place_in(&section.key, &criterion.key), criterion.weight))).collect();
    let mut scores: Vec<i64> = vec![3; criteria.len()];
    let mut left = total - criteria.iter().map(|(_, weight)| 3 * weight).sum::<i64>();
    // Heavy criteria first, as far as they fit; the light ones make up the rest.
    let mut order: Vec<usize> = (0..criteria.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(criteria.get(*place).map_or(0, |(_, weight)| *weight)));
    // Twice, because each score may move two steps away from three.
    for _ in 0..2 {
        for place in &order {
            let (Some((_, weight)), Some(score)) = (criteria.get(*place), scores.get_mut(*place)) else { continue };
            if left >= *weight && *score < 5 {
                *score += 1;
                left -= weight;
            } else if left <= -*weight && *score > 1 {
                *score -= 1;
                left += weight;
            }
        }
    }
    let mut sheet = Sheet::default();
    for ((key, _), score) in criteria.iter().zip(scores) {
        let score = u8::try_from(score).unwrap_or(3);
        sheet.scores.insert(key.clone(), score);
        if grid.comment_at.contains(&score) {
            let reason = match score {
                5 => "Shumë i qartë dhe i mbështetur me fakte nga terreni.",
                2 => "I përmendur, por pa të dhëna që e mbështesin.",
                _ => "Mungon në aplikim.",
            };
            sheet.reasons.insert(key.clone(), reason.into());
        }
    }
    for section in &grid.sections {
        let comment = if total >= 75 {
            "Pikë e fortë: aktivitetet lidhen mirë me nevojat e bashkisë. Për t'u saktësuar: si do të matet ndryshimi."
        } else {
            "Ideja është e drejtë, por përshkrimi mbetet i përgjithshëm; mungojnë shifrat dhe afatet."
        };
        sheet.comments.insert(section.key.clone(), comment.into());
    }
    sheet
}

/// The director decides as the ranking says; what follows for the awarded goes into the calendar.
fn award(play: &mut Play, round: &Round) -> Result<()> {
    let decision = crate::awards::actions::Decision {
        reasons: "Vendimi ndjek renditjen e vlerësimit dhe fondin e raundit.".into(),
        changes: std::collections::BTreeMap::new(),
        seen: None,
    };
    play.as_person(cast::DIRECTOR, |act| crate::awards::actions::decide(act, round.id, &decision))?;
    projects::plan(play, round)
}
