//! Letters of the award: E17 to who is awarded, E18 to the reserve list, E19 to the others, E31 to the funder; E21-withdrawn when an award was given back.
use super::rules::{self, Ranked};
use super::{Award, AwardOutcome, Decided};
use crate::accounts;
use crate::applications::{self, Application};
use crate::calls::{Grid, Round};
use crate::kernel::{ApplicationId, Bilingual, Day, Money, OrganisationId, Result, Role, both};
use crate::programmes::Programme;
use crate::scoring::{self, Assignment};
use crate::workflow::letters::Letter;
use crate::workflow::{Act, Subject};
use std::collections::BTreeMap;

/// A section of the grid as the applicant reads it: what it was given, and what the evaluators wrote, without their names.
#[derive(Clone, Debug, serde::Serialize)]
struct SectionNote {
    name: Bilingual,
    points: Bilingual,
    most: i64,
    /// Points that were needed here; none where 0.
    needed: i64,
    below: bool,
    comments: Vec<String>,
}

#[derive(serde::Serialize)]
struct Values {
    code: String,
    title: String,
    organisation: String,
    fund: Bilingual,
    round: String,
    slug: String,
    application: String,
    office: String,
    points: Bilingual,
    most: i64,
    needed: i64,
    amount: Money,
    requested: Money,
    note: String,
    place: usize,
    reserve_place: usize,
    reserve_until: Day,
    complain_until: Day,
    signature_days: u32,
    passed_over: bool,
    below_total: bool,
    sections: Vec<SectionNote>,
    budget_remarks: Vec<String>,
    documents: Vec<Bilingual>,
}

/// Every letter of a decision.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn decided(act: &mut Act<'_>, programme: &Programme, round: &Round, award: &Award, ranked: &[Ranked]) -> Result<()> {
    let ids: Vec<ApplicationId> = ranked.iter().map(|row| row.candidate.application).collect();
    let readings = scoring::records::of_applications(act.conn, &ids)?;
    let first_in_reserve = ranked.iter().find(|row| row.outcome == AwardOutcome::Reserve).map_or(0, |row| row.place);
    for row in ranked {
        let application = applications::records::by_id(act.conn, row.candidate.application)?;
        let none = vec![];
        let readings = readings.get(&application.id).unwrap_or(&none);
        let outcome = Decided {
            application_id: application.id,
            round_id: round.id,
            outcome: row.outcome,
            place: i32::try_from(row.place).unwrap_or(i32::MAX),
            points: Some(row.candidate.points),
            amount: row.amount,
            note: row.note.clone(),
        };
        let mut values = values(act, programme, round, &application, &outcome, readings);
        values.reserve_place = (row.place + 1).saturating_sub(first_in_reserve);
        values.reserve_until = rules::reserve_until(award.decided_at.day(), round.terms.reserve_days);
        send(act, programme, &application, code_of(row.outcome), &values)?;
    }
    to_funder(act, programme, round, award, ranked)
}

const fn code_of(outcome: AwardOutcome) -> &'static str {
    match outcome {
        AwardOutcome::Awarded => "E17",
        AwardOutcome::Reserve => "E18",
        AwardOutcome::Below | AwardOutcome::PassedOver | AwardOutcome::Lapsed => "E19",
    }
}

/// E17 for one application that moved up from the reserve list.
///
/// # Errors
/// `Fault` when the letter cannot be written.
pub fn awarded(act: &mut Act<'_>, programme: &Programme, round: &Round, application: &Application, outcome: &Decided) -> Result<()> {
    let readings = scoring::records::of_application(act.conn, application.id)?;
    let mut values = values(act, programme, round, application, outcome, &readings);
    // The reason of a promotion is about another applicant: it stays in the log.
    values.note = String::new();
    send(act, programme, application, "E17", &values)
}

fn send(act: &mut Act<'_>, programme: &Programme, application: &Application, code: &'static str, values: &Values) -> Result<()> {
    for to in recipients(act, application.organisation_id)? {
        act.send(&Letter::new(code, Some(programme.id), Subject::Application(application.id), &to, values))?;
    }
    Ok(())
}

fn recipients(act: &mut Act<'_>, organisation: OrganisationId) -> Result<Vec<crate::workflow::letters::Recipient>> {
    accounts::records::recipients_of(act.conn, organisation)
}

fn values(act: &Act<'_>, programme: &Programme, round: &Round, application: &Application, outcome: &Decided, readings: &[Assignment]) -> Values {
    let grid = &round.terms.grid;
    let counted = scoring::rules::counted(readings, grid);
    let points = match scoring::rules::outcome(&scoring::rules::signed(readings, grid), grid) {
        scoring::rules::Outcome::Settled { points, .. } => points.sections,
        _ => BTreeMap::new(),
    };
    let today = act.now.day();
    let total = outcome.points.unwrap_or(0);
    Values {
        code: application.code.clone().unwrap_or_default(),
        title: application.title.clone(),
        organisation: application.organisation_name.clone(),
        fund: programme.terms.name.clone(),
        round: round.code.clone(),
        slug: programme.slug.clone(),
        application: application.id.to_string(),
        office: programme.terms.office.email.clone(),
        points: shown(total),
        most: grid.most(),
        needed: grid.threshold,
        amount: outcome.amount,
        requested: application.requested,
        note: outcome.note.clone(),
        place: usize::try_from(outcome.place).unwrap_or(0),
        reserve_place: 0,
        reserve_until: today,
        complain_until: today.plus_working_days(round.terms.complaint_days),
        signature_days: round.terms.signature_days,
        passed_over: outcome.outcome == AwardOutcome::PassedOver,
        below_total: total < grid.threshold * 100,
        sections: sections(grid, &points, &counted),
        budget_remarks: budget_remarks(grid, &counted),
        documents: round.terms.documents.iter().filter(|document| document.required).map(|document| document.name.clone()).collect(),
    }
}

fn shown(points: i64) -> Bilingual {
    both(|t| scoring::shown(points, t))
}

fn sections(grid: &Grid, points: &BTreeMap<String, i64>, counted: &[&Assignment]) -> Vec<SectionNote> {
    let note = |section: &crate::calls::Section| {
        let got = points.get(&section.key).copied().unwrap_or(0);
        SectionNote {
            name: section.name.clone(),
            points: shown(got),
            most: section.most(),
            needed: section.threshold,
            below: got < section.threshold * 100,
            comments: comments(&section.key, counted),
        }
    };
    grid.sections.iter().map(note).collect()
}

fn comments(section: &str, counted: &[&Assignment]) -> Vec<String> {
    counted.iter().filter_map(|reading| reading.sheet().comments.get(section).cloned()).filter(|comment| !comment.trim().is_empty()).collect()
}

/// What the evaluators wrote on the sections for which one reads the budget: remarks for the budget's clarification.
fn budget_remarks(grid: &Grid, counted: &[&Assignment]) -> Vec<String> {
    let about_budget = grid.sections.iter().filter(|section| section.criteria.iter().any(|criterion| criterion.part == "budget"));
    about_budget.flat_map(|section| comments(&section.key, counted)).collect()
}

fn to_funder(act: &mut Act<'_>, programme: &Programme, round: &Round, award: &Award, ranked: &[Ranked]) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Summary {
        fund: Bilingual,
        slug: String,
        round: String,
        name: Bilingual,
        evaluated: usize,
        awarded: usize,
        amount: Money,
        envelope: Money,
        reserve: usize,
        not_selected: usize,
    }
    let count = |outcome: AwardOutcome| ranked.iter().filter(|row| row.outcome == outcome).count();
    let values = Summary {
        fund: programme.terms.name.clone(),
        slug: programme.slug.clone(),
        round: round.code.clone(),
        name: round.terms.name.clone(),
        evaluated: ranked.len(),
        awarded: count(AwardOutcome::Awarded),
        amount: award.awarded,
        envelope: award.envelope,
        reserve: count(AwardOutcome::Reserve),
        not_selected: count(AwardOutcome::Below) + count(AwardOutcome::PassedOver),
    };
    for to in accounts::records::recipients_with_role(act.conn, programme.id, &[Role::Funder])? {
        act.send(&Letter::new("E31", Some(programme.id), Subject::Round(round.id), &to, &values))?;
    }
    Ok(())
}

/// E21-withdrawn: to the director, who may move the reserve list up, and the grant manager.
///
/// # Errors
/// `Fault` when a letter cannot be made.
pub fn withdrawn(act: &mut Act<'_>, round: &Round, application: &Application, amount: Money, next: Option<String>) -> Result<()> {
    #[derive(serde::Serialize)]
    struct Free<'a> {
        code: &'a str,
        title: &'a str,
        organisation: &'a str,
        amount: Money,
        slug: &'a str,
        round: &'a str,
        next: Option<String>,
    }
    let programme = crate::programmes::records::find(act.conn, round.programme_id)?;
    let values = Free {
        code: application.code.as_deref().unwrap_or_default(),
        title: &application.title,
        organisation: &application.organisation_name,
        amount,
        slug: &programme.slug,
        round: &round.code,
        next,
    };
    for to in accounts::records::recipients_with_role(act.conn, programme.id, &[Role::Director, Role::GrantManager])? {
        act.send(&Letter::new("E21-withdrawn", Some(programme.id), Subject::Application(application.id), &to, &values))?;
    }
    Ok(())
}
