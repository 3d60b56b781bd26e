//! Letters of the scoring: to evaluators (E14, E15) without a title in them, and to the office when it must act.
use super::rules::Reminder;
use super::{Assignment, AssignmentState};
use crate::accounts;
use crate::applications::Application;
use crate::calls::Round;
use crate::kernel::{Bilingual, Day, PersonId, Result, Role, both};
use crate::programmes;
use crate::workflow::letters::Letter;
use crate::workflow::{Act, Subject};

/// What the office is told of one application.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Notice {
    /// A reader has left: another one is needed.
    Conflict { evaluator: String, text: String },
    /// Two readers differ: a third one is needed; the gap in hundredths of a point.
    ThirdReader { gap: i64 },
}

/// E14: applications were given to an evaluator: how many, until when, and where the declaration is.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn assigned(act: &mut Act<'_>, round: &Round, evaluator: PersonId, fresh: usize) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values {
        fund: Bilingual,
        round: String,
        name: Bilingual,
        fresh: usize,
        all: usize,
        criteria: usize,
        due: Day,
        half: Day,
        declared: bool,
    }
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    let person = accounts::records::person(act.conn, evaluator)?;
    let readings = super::records::readings_of(act.conn, round.id, evaluator)?;
    let grid = &round.terms.grid;
    let values = Values {
        fund: programme.terms.name,
        round: round.code.clone(),
        name: round.terms.name.clone(),
        fresh,
        all: readings.len(),
        criteria: grid.sections.iter().map(|section| section.criteria.len()).sum(),
        due: act.now.day().plus_days(grid.days),
        half: act.now.day().plus_days(grid.days / 2),
        declared: super::records::has_declared(act.conn, round.id, evaluator)?,
    };
    act.send(&Letter::new("E14", Some(round.programme_id), Subject::Round(round.id), &accounts::records::recipient(&person), values))
}

/// To the office: a reader is missing.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn office(act: &mut Act<'_>, round: &Round, application: &Application, notice: Notice) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values {
        code: String,
        organisation: String,
        slug: String,
        round: String,
        gap: Bilingual,
        what: &'static str,
        evaluator: String,
        text: String,
    }
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    let (what, evaluator, text, gap) = match notice {
        Notice::Conflict { evaluator, text } => ("conflict", evaluator, text, 0),
        Notice::ThirdReader { gap } => ("third-reader", String::new(), String::new(), gap),
    };
    let values = Values {
        code: application.code.clone().unwrap_or_default(),
        organisation: application.organisation_name.clone(),
        slug: programme.slug,
        round: round.code.clone(),
        gap: both(|t| super::shown(gap, t)),
        what,
        evaluator,
        text,
    };
    for to in accounts::records::recipients_with_role(act.conn, round.programme_id, &[Role::Secretary, Role::GrantManager])? {
        act.send(&Letter::new("E14-office", Some(round.programme_id), Subject::Round(round.id), &to, &values))?;
    }
    Ok(())
}

/// To the reader whose sheet was unlocked: why.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn reopened(act: &mut Act<'_>, round: &Round, assignment: &Assignment, reason: &str) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values<'a> {
        round: &'a str,
        assignment: String,
        reason: &'a str,
    }
    let person = accounts::records::person(act.conn, assignment.evaluator_id)?;
    let values = Values { round: &round.code, assignment: assignment.id.to_string(), reason };
    act.send(&Letter::new("E15-reopened", Some(round.programme_id), Subject::Round(round.id), &accounts::records::recipient(&person), values))
}

/// To the reader from whom the office took an application back: why. By its code, without a title.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn taken_back(act: &mut Act<'_>, round: &Round, application: &Application, assignment: &Assignment, reason: &str) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values<'a> {
        round: &'a str,
        code: &'a str,
        reason: &'a str,
    }
    let person = accounts::records::person(act.conn, assignment.evaluator_id)?;
    let values = Values { round: &round.code, code: application.code.as_deref().unwrap_or_default(), reason };
    act.send(&Letter::new("E15-taken-back", Some(round.programme_id), Subject::Round(round.id), &accounts::records::recipient(&person), values))
}

/// E15: counts and a date, no titles. When it is overdue the grant manager, who can find a replacement, gets a copy.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn reminder(act: &mut Act<'_>, round: &Round, evaluator: PersonId, reminder: Reminder, readings: &[Assignment]) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Values {
        round: String,
        slug: String,
        reminder: Reminder,
        copy: bool,
        evaluator: String,
        open: usize,
        all: usize,
        due: Day,
    }
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    let person = accounts::records::person(act.conn, evaluator)?;
    let unfinished: Vec<&Assignment> = readings.iter().filter(|reading| reading.state != AssignmentState::Submitted).collect();
    let mut values = Values {
        round: round.code.clone(),
        slug: programme.slug,
        reminder,
        copy: false,
        evaluator: person.name.clone(),
        open: unfinished.len(),
        all: readings.len(),
        due: unfinished.iter().map(|reading| reading.due_on).min().unwrap_or(act.now.day()),
    };
    act.send(&Letter::new("E15", Some(round.programme_id), Subject::Round(round.id), &accounts::records::recipient(&person), &values))?;
    if reminder == Reminder::Overdue {
        values.copy = true;
        for to in accounts::records::recipients_with_role(act.conn, round.programme_id, &[Role::GrantManager])? {
            act.send(&Letter::new("E15", Some(round.programme_id), Subject::Round(round.id), &to, &values))?;
        }
    }
    Ok(())
}
