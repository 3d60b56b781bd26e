//! The demo's administrative evaluation: twelve applications on the first two days, five requests for clarification, then the others.
use super::{Play, cast};
use crate::administrative_check::{Answer, Decision, Outcome, Proposal, Verdict, actions, records};
use crate::calls::Round;
use crate::kernel::{ApplicationId, Error, Instant, Result};

/// So many are checked at once, and so many after them need an answer from the applicant first.
const FIRST: usize = 12;
const ASKED: usize = 5;
const MINUTE: i64 = 60;
/// The line of the checklist that is asked about, and left open until the answer is there: a paper that cannot be read.
const ASKED_LINE: &str = "documents";

pub(super) fn plan(play: &mut Play, round: &Round) {
    let material = play.material.clone();
    let mut arrived: Vec<(i32, usize, bool)> = material
        .applications
        .iter()
        .enumerate()
        .filter(|(_, application)| application.round == round.code)
        .filter_map(|(place, application)| application.serial.map(|serial| (serial, place, application.rejected)))
        .collect();
    arrived.sort_unstable();
    for (turn, (_, place, rejected)) in arrived.into_iter().enumerate() {
        // In the round that is still being checked one of the first twelve does not pass.
        let rejected = rejected || round.code == "R3" && turn == 6;
        let day = working_day(round, turn);
        let at = day.plus_seconds(i64::try_from(turn).unwrap_or(0) * 7 * MINUTE);
        let asks = !rejected && (FIRST..FIRST + ASKED).contains(&turn);
        play.calendar.put(at, move |play| {
            let id = play.application(place)?;
            tick(play, id, if rejected { Some(turn) } else { None }, asks)?;
            if asks { ask(play, id, place, at) } else { propose_and_decide(play, id, at) }
        });
    }
}

/// Thursday and Friday for the first seventeen, Monday to Wednesday for the others.
fn working_day(round: &Round, turn: usize) -> Instant {
    let after = if turn < FIRST / 2 {
        1
    } else if turn < FIRST + ASKED {
        2
    } else {
        3 + u32::try_from(turn - FIRST - ASKED).unwrap_or(0) / 10
    };
    let day = round.closes_at.day().plus_working_days(after);
    day.start().plus_seconds(10 * 3_600 + 30 * MINUTE)
}

/// The secretary confirms what the machine found and answers the rest; where somebody fails, one line is answered with no.
fn tick(play: &mut Play, id: ApplicationId, fails: Option<usize>, asks: bool) -> Result<()> {
    let (check, lines) = play.look(|conn| Ok((records::check_of(conn, id)?.ok_or(Error::NotFound)?, records::lines_of(conn, id)?)))?;
    let count = lines.len();
    let answers: Vec<Answer> = lines
        .iter()
        .enumerate()
        .filter(|(place, _)| !asks || *place + 3 < count)
        .map(|(place, line)| {
            let failed = fails.is_some_and(|turn| place == turn % count);
            let verdict = if failed { Verdict::No } else { line.machine.unwrap_or(Verdict::Yes) };
            let note = if verdict == Verdict::No { "Nuk plotësohet: shih dokumentin.".to_owned() } else { String::new() };
            Answer { line: line.line.clone(), verdict: Some(verdict), note }
        })
        .collect();
    play.as_person(cast::SECRETARY, |act| actions::answer(act, id, &answers, check.version)).map(drop)
}

fn propose_and_decide(play: &mut Play, id: ApplicationId, at: Instant) -> Result<()> {
    let (check, lines) = play.look(|conn| Ok((records::check_of(conn, id)?.ok_or(Error::NotFound)?, records::lines_of(conn, id)?)))?;
    let missing: Vec<Answer> = lines
        .iter()
        .filter(|line| line.verdict.is_none())
        .map(|line| Answer { line: line.line.clone(), verdict: Some(line.machine.unwrap_or(Verdict::Yes)), note: String::new() })
        .collect();
    let version =
        if missing.is_empty() { check.version } else { play.as_person(cast::SECRETARY, |act| actions::answer(act, id, &missing, check.version))?.version };
    let reasons: Vec<String> = lines.iter().filter(|line| line.verdict == Some(Verdict::No)).map(|line| line.line.clone()).collect();
    let proposal = if reasons.is_empty() {
        Proposal { outcome: Outcome::Passed, reasons, text: String::new() }
    } else {
        Proposal { outcome: Outcome::Rejected, reasons, text: "Aplikimi nuk i plotëson kërkesat e thirrjes.".into() }
    };
    let version = play.as_person(cast::SECRETARY, |act| actions::propose(act, id, &proposal, version))?.version;
    play.calendar.put(at.plus_hours(3), move |play| play.as_person(cast::SECOND_CHECKER, |act| actions::decide(act, id, &Decision::Agree, version)).map(drop));
    Ok(())
}

/// One request for what cannot be read; the applicant answers four days later.
fn ask(play: &mut Play, id: ApplicationId, place: usize, at: Instant) -> Result<()> {
    let material = play.material.clone();
    let organisation = material.applications.get(place).map(|application| application.organisation.clone()).ok_or(Error::NotFound)?;
    let round = play.look(|conn| {
        let application = crate::applications::records::by_id(conn, id)?;
        crate::calls::records::find(conn, application.round_id)
    })?;
    let Some(line) = round.terms.checklist.iter().find(|line| line.clarifiable && line.key == ASKED_LINE).map(|line| line.key.clone()) else {
        return propose_and_decide(play, id, at);
    };
    let version = play.look(|conn| records::check_of(conn, id))?.ok_or(Error::NotFound)?.version;
    let question = "Ju lutemi ngarkoni përsëri statutin: faqja e dytë nuk lexohet.";
    let asked = play.as_person(cast::SECRETARY, |act| actions::ask(act, id, question, std::slice::from_ref(&line), version))?;
    play.calendar.put(at.plus_days(4), move |play| {
        let stored = play.app.files.keep(&super::paper::pdf(&["Statuti, i plotë", &organisation]))?;
        let paper = crate::administrative_check::Paper { line, stored, name: "statuti.pdf".into(), media_type: "application/pdf".into() };
        play.as_person(&organisation, |act| actions::reply(act, id, asked.id, "E ngarkuam përsëri statutin, me të gjitha faqet të lexueshme.", Some(&paper)))?;
        let next = at.plus_days(5);
        play.calendar.put(next, move |play| propose_and_decide(play, id, next));
        Ok(())
    });
    Ok(())
}
