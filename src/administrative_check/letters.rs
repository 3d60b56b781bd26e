//! The letters of the administrative evaluation: the request for what is missing (E12) and the result (E13).
use super::{Check, Clarification, Outcome};
use crate::applications::Application;
use crate::calls::Round;
use crate::kernel::{ApplicationId, Bilingual, Day, Result};
use crate::programmes::Programme;
use crate::workflow::{Act, Subject, letters::Letter};

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
    for to in crate::accounts::records::recipients_of(act.conn, matter.application.organisation_id)? {
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
    for to in crate::accounts::records::recipients_of(act.conn, matter.application.organisation_id)? {
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
