//! The letters of the administrative evaluation: the request for what is missing (E12) with its answer (E12-answered to the office,
//! E12-received to the applicant), what waits for the second person (E13-proposed), the result (E13).
use super::rules::{CHECKS, DECIDES};
use super::{Check, Clarification, Outcome};
use crate::accounts::records::{recipients_of, recipients_with_role};
use crate::applications::{Application, Attachment};
use crate::calls::Round;
use crate::kernel::{ApplicationId, Bilingual, Day, Instant, Result, Role};
use crate::programmes::Programme;
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Subject};

/// What both letters are about.
pub(super) struct Matter<'a> {
    pub programme: &'a Programme,
    pub round: &'a Round,
    pub application: &'a Application,
}

#[derive(serde::Serialize)]
struct Request<'a> {
    code: &'a str,
    id: ApplicationId,
    title: &'a str,
    clarification: crate::kernel::ClarificationId,
    question: &'a str,
    items: Vec<&'a Bilingual>,
    last_day: Day,
    /// 0: the request itself; 1: at half-time; 2: on the last day.
    reminder: i32,
}

/// E12 to everybody who writes for the applicant.
pub(super) fn request(act: &mut Act<'_>, matter: &Matter<'_>, asked: &Clarification, reminder: i32) -> Result<()> {
    let items = asked.items_of(&matter.round.terms.checklist);
    for to in recipients_of(act.conn, matter.application.organisation_id)? {
        let values = Request {
            code: matter.application.code.as_deref().unwrap_or_default(),
            id: matter.application.id,
            title: &matter.application.title,
            clarification: asked.id,
            question: &asked.question,
            items: items.iter().map(|line| &line.reason).collect(),
            last_day: asked.last_day(),
            reminder,
        };
        act.send(&Letter::new("E12", Some(matter.programme.id), Subject::Application(matter.application.id), &to, values))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct Answer<'a> {
    code: &'a str,
    id: ApplicationId,
    title: &'a str,
    organisation: &'a str,
    clarification: crate::kernel::ClarificationId,
    answered_at: Instant,
    answer: &'a str,
    files: Vec<&'a str>,
}

/// E12-answered to the office, E12-received to everybody who writes for the applicant.
pub(super) fn answered(act: &mut Act<'_>, matter: &Matter<'_>, asked: &Clarification, files: &[Attachment]) -> Result<()> {
    let office = whoever_asked(act, matter, asked)?.into_iter().map(|to| ("E12-answered", to));
    let applicant = recipients_of(act.conn, matter.application.organisation_id)?.into_iter().map(|to| ("E12-received", to));
    for (letter, to) in office.chain(applicant) {
        let values = Answer {
            code: matter.application.code.as_deref().unwrap_or_default(),
            id: matter.application.id,
            title: &matter.application.title,
            organisation: &matter.application.organisation_name,
            clarification: asked.id,
            answered_at: asked.answered_at.unwrap_or(act.now),
            answer: asked.answer.as_deref().unwrap_or_default(),
            files: files.iter().map(|file| file.name.as_str()).collect(),
        };
        act.send(&Letter::new(letter, Some(matter.programme.id), Subject::Application(matter.application.id), &to, values))?;
    }
    Ok(())
}

/// Who asked; and where that person no longer checks here, everybody who does.
fn whoever_asked(act: &mut Act<'_>, matter: &Matter<'_>, asked: &Clarification) -> Result<Vec<Recipient>> {
    let mut checkers = recipients_with_role(act.conn, matter.programme.id, CHECKS)?;
    if checkers.iter().any(|checker| checker.person == Some(asked.asked_by)) {
        checkers.retain(|checker| checker.person == Some(asked.asked_by));
    }
    Ok(checkers)
}

#[derive(serde::Serialize)]
struct Waits<'a> {
    code: &'a str,
    id: ApplicationId,
    title: &'a str,
    organisation: &'a str,
    round: &'a str,
    proposed_by: &'a str,
    passes: bool,
}

/// E13-proposed to the second checkers; where there is none but the one who proposed, to the others who decide.
pub(super) fn proposed(act: &mut Act<'_>, matter: &Matter<'_>, check: &Check) -> Result<()> {
    let mut deciders = recipients_with_role(act.conn, matter.programme.id, &[Role::SecondChecker])?;
    deciders.retain(|decider| decider.person != check.checker_id);
    if deciders.is_empty() {
        deciders = recipients_with_role(act.conn, matter.programme.id, DECIDES)?;
        deciders.retain(|decider| decider.person != check.checker_id);
    }
    for to in deciders {
        let values = Waits {
            code: matter.application.code.as_deref().unwrap_or_default(),
            id: matter.application.id,
            title: &matter.application.title,
            organisation: &matter.application.organisation_name,
            round: &matter.round.code,
            proposed_by: &check.checker_name,
            passes: check.outcome() == Some(Outcome::Passed),
        };
        act.send(&Letter::new("E13-proposed", Some(matter.programme.id), Subject::Application(matter.application.id), &to, values))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct Decided<'a> {
    code: &'a str,
    id: ApplicationId,
    title: &'a str,
    round: &'a Bilingual,
    passed: bool,
    reasons: Vec<&'a Bilingual>,
    text: &'a str,
    complain_until: Day,
    office: &'a str,
}

/// E13 to everybody who writes for the applicant.
pub(super) fn result(act: &mut Act<'_>, matter: &Matter<'_>, check: &Check) -> Result<()> {
    let keys = check.reason_keys();
    let checklist = &matter.round.terms.checklist;
    let complain_until = act.now.day().plus_working_days(matter.round.terms.complaint_days);
    for to in recipients_of(act.conn, matter.application.organisation_id)? {
        let values = Decided {
            code: matter.application.code.as_deref().unwrap_or_default(),
            id: matter.application.id,
            title: &matter.application.title,
            round: &matter.round.terms.name,
            passed: check.outcome() == Some(Outcome::Passed),
            reasons: checklist.iter().filter(|line| keys.contains(&line.key)).map(|line| &line.reason).collect(),
            text: &check.note,
            complain_until,
            office: &matter.programme.terms.office.email,
        };
        act.send(&Letter::new("E13", Some(matter.programme.id), Subject::Application(matter.application.id), &to, values))?;
    }
    Ok(())
}
