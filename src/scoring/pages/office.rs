//! What the office sees: who reads what, the spreading, and the signed sheets once every reader is in.
use super::sheet::{SectionView, sections_of};
use crate::applications;
use crate::calls::{self, Round};
use crate::kernel::{Actor, ApplicationId, AssignmentId, Day, Error, Instant, PersonId, Reason, Result};
use crate::programmes::{self, Programme};
use crate::scoring::rules::Candidate;
use crate::scoring::{Assignment, AssignmentState, EvaluationState, actions, records, rules, shown};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, post};
use actix_web::web;
use askama::Template;
use std::collections::BTreeMap;

pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/assignments", assignments).api("Who reads which application of a round, and how far they are."),
        post("/{fund}/rounds/{round}/assignments", assign),
        post("/{fund}/rounds/{round}/assignments/spread", spread),
        get("/{fund}/rounds/{round}/sheets/{application}", sheets).api("The signed score sheets of one application, once every reader has signed."),
        post("/evaluations/{assignment}/reopening", reopen),
        post("/evaluations/{assignment}/recall", take_back),
    ]
}

/// The round at this address, for somebody who watches its evaluation.
fn watched(conn: &mut Conn, actor: &Actor, fund: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, fund)?;
    if !rules::may_watch(actor, programme.id) {
        return Err(Error::NotFound);
    }
    let round = calls::records::by_code(conn, programme.id, code)?;
    Ok((programme, round))
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/assignments.html")]
struct AssignmentsPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    slug: String,
    round: String,
    readers: i32,
    passed: i64,
    rows: Vec<Row>,
    evaluators: Vec<Load>,
    paging: Paging,
    #[serde(skip)]
    may_assign: bool,
    #[serde(skip)]
    something_open: bool,
    /// The reason for taking back, as it was typed.
    #[serde(skip)]
    typed: String,
}
impl AssignmentsPage {
    fn typed_for(&self, at: &str) -> &str {
        if self.p.complaint(at).is_some() { &self.typed } else { "" }
    }
    /// The page of the list that one is on, for its forms.
    fn query(&self) -> String {
        if self.paging.page > 1 { format!("?page={}", self.paging.page) } else { String::new() }
    }
}

#[derive(Clone, Debug, serde::Serialize)]
struct Row {
    id: ApplicationId,
    code: String,
    title: String,
    organisation: String,
    readers: Vec<Reader>,
    state: EvaluationState,
    points: Option<i64>,
    gap: Option<i64>,
    /// How many readers are still to be found.
    missing: usize,
}
impl Row {
    fn points(&self, p: &Page) -> Option<String> {
        self.points.map(|points| shown(points, p.t))
    }
    fn gap(&self, p: &Page) -> Option<String> {
        self.gap.filter(|_| self.state != EvaluationState::Open).map(|gap| shown(gap, p.t))
    }
}

#[derive(Clone, Debug, serde::Serialize)]
struct Reader {
    id: AssignmentId,
    name: String,
    state: AssignmentState,
    due_on: Day,
    late: bool,
    can_take_back: bool,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Load {
    id: PersonId,
    name: String,
    readings: usize,
}

struct Watched {
    programme: Programme,
    round: Round,
    passed: i64,
    rows: Vec<records::Passed>,
    readings: BTreeMap<ApplicationId, Vec<Assignment>>,
    evaluators: Vec<Candidate>,
    names: BTreeMap<PersonId, String>,
    paging: Paging,
    still_reading: bool,
}

fn watch(conn: &mut Conn, actor: &Actor, fund: &str, code: &str, asked: Option<&str>) -> Result<Watched> {
    let (programme, round) = watched(conn, actor, fund, code)?;
    let passed = records::passed_count(conn, round.id)?;
    let paging = Paging::new(asked, passed);
    let rows = records::passed(conn, round.id, paging.size, paging.offset())?;
    let ids: Vec<ApplicationId> = rows.iter().map(|row| row.id).collect();
    let readings = records::of_applications(conn, &ids)?;
    let evaluators = records::evaluators(conn, programme.id, round.id)?;
    let mut names: BTreeMap<PersonId, String> = evaluators.iter().map(|one| (one.person, one.name.clone())).collect();
    // Who reads and is no evaluator any more.
    let former: Vec<PersonId> = readings.values().flatten().map(|reading| reading.evaluator_id).filter(|id| !names.contains_key(id)).collect();
    if !former.is_empty() {
        names.extend(records::names(conn, &former)?);
    }
    let still_reading = records::is_still_reading(conn, actor, programme.id, round.id)?;
    Ok(Watched { programme, round, passed, rows, readings, evaluators, names, paging, still_reading })
}

async fn assignments(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let view = assignments_page(&visit, path.into_inner(), vec![]).await?;
    visit.show(&view)
}

async fn assignments_page(visit: &Visit, (fund, code): (String, String), errors: Vec<Reason>) -> Result<AssignmentsPage> {
    let (actor, asked, today) = (visit.actor()?, visit.asked("page"), visit.now().day());
    let looker = actor.clone();
    let watched = visit.read(move |conn| watch(conn, &looker, &fund, &code, asked.as_deref())).await?;
    let t = visit.t();
    let (programme, round) = (&watched.programme, &watched.round);
    let crumbs = vec![
        Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug)),
        Link::new(round.terms.name.say(t), format!("/{}/rounds/{}/board", programme.slug, round.code)),
        Link::here(t.scoring_assignments_title(&round.code)),
    ];
    let rows: Vec<Row> = watched.rows.iter().map(|row| row_of(row, &watched, today)).collect();
    Ok(AssignmentsPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(errors),
        slug: programme.slug.clone(),
        round: round.code.clone(),
        readers: round.terms.grid.readers,
        passed: watched.passed,
        something_open: rows.iter().any(|row| row.missing > 0) || watched.paging.is_needed(),
        rows,
        evaluators: watched.evaluators.iter().map(|one| Load { id: one.person, name: one.name.clone(), readings: one.load }).collect(),
        may_assign: rules::may_assign(&actor, programme.id),
        paging: watched.paging,
        typed: String::new(),
    })
}

fn row_of(row: &records::Passed, watched: &Watched, today: Day) -> Row {
    let none = vec![];
    let readings = watched.readings.get(&row.id).unwrap_or(&none);
    let state = row.state.unwrap_or(EvaluationState::Open);
    let active = readings.iter().filter(|reading| reading.counts()).count();
    let wanted = if state == EvaluationState::Final { 0 } else { rules::readers_wanted(&watched.round.terms.grid, state) };
    Row {
        id: row.id,
        code: row.code.clone().unwrap_or_default(),
        title: row.title.clone(),
        organisation: row.organisation_name.clone(),
        readers: readings
            .iter()
            .map(|reading| Reader {
                id: reading.id,
                can_take_back: state != EvaluationState::Final && rules::may_move(reading.state, AssignmentState::TakenBack),
                name: watched.names.get(&reading.evaluator_id).cloned().unwrap_or_default(),
                state: reading.state,
                due_on: reading.due_on,
                late: reading.due_on < today && reading.counts() && reading.state != AssignmentState::Submitted,
            })
            .collect(),
        state,
        // Whoever still scores in this round learns nobody's points.
        points: row.points.filter(|_| !watched.still_reading),
        gap: row.gap.filter(|_| !watched.still_reading),
        missing: wanted.saturating_sub(active),
    }
}

async fn assign(visit: Visit, path: web::Path<(String, String)>, fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    visit.actor()?;
    let chosen: Vec<PersonId> = fields.all("evaluator").iter().filter_map(|id| id.parse().ok()).collect();
    let application: ApplicationId = fields.get("application").parse().map_err(|_| Error::NotFound)?;
    match visit.perform(move |act| actions::assign(act, application, &chosen)).await {
        Ok(()) => visit.done(&format!("/{fund}/rounds/{code}/assignments"), visit.t().scoring_assign_notice(), &serde_json::json!({ "assigned": true })),
        Err(Error::Refused(mut reasons)) => {
            for reason in &mut reasons {
                reason.at = format!("evaluator-{application}");
            }
            let view = assignments_page(&visit, (fund, code), reasons).await?;
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}

async fn spread(visit: Visit, path: web::Path<(String, String)>, _fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    let (actor, slug, round) = (visit.actor()?, fund.clone(), code.clone());
    let round = visit.read(move |conn| Ok(watched(conn, &actor, &slug, &round)?.1.id)).await?;
    match visit.perform(move |act| actions::spread(act, round)).await {
        Ok(given) => {
            visit.done(&format!("/{fund}/rounds/{code}/assignments"), &visit.t().scoring_spread_notice(given), &serde_json::json!({ "readings": given }))
        }
        Err(Error::Refused(reasons)) => {
            let view = assignments_page(&visit, (fund, code), reasons).await?;
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/sheets.html")]
struct SheetsPage {
    #[serde(skip)]
    p: Page,
    code: String,
    title: String,
    organisation: String,
    state: EvaluationState,
    points: Option<i64>,
    gap: Option<i64>,
    readings: Vec<SignedSheet>,
    #[serde(skip)]
    may_reopen: bool,
    #[serde(skip)]
    typed: String,
}
impl SheetsPage {
    fn say(&self, hundredths: &i64) -> String {
        shown(*hundredths, self.p.t)
    }
}

#[derive(Clone, Debug, serde::Serialize)]
struct SignedSheet {
    id: AssignmentId,
    reader: i32,
    name: String,
    state: AssignmentState,
    submitted_at: Option<Instant>,
    /// Nothing before every reader has signed.
    points: Option<i64>,
    sections: Vec<SectionView>,
}

async fn sheets(visit: Visit, path: web::Path<(String, String, ApplicationId)>) -> Answer {
    let view = sheets_page(&visit, path.into_inner(), vec![], String::new()).await?;
    visit.show(&view)
}

async fn sheets_page(visit: &Visit, (fund, code, id): (String, String, ApplicationId), errors: Vec<Reason>, typed: String) -> Result<SheetsPage> {
    let actor = visit.actor()?;
    let looker = actor.clone();
    let (programme, round, application, evaluation, readings, names) = visit
        .read(move |conn| {
            let (programme, round) = watched(conn, &looker, &fund, &code)?;
            let application = applications::records::find(conn, &looker, id)?;
            if application.round_id != round.id || records::is_still_reading(conn, &looker, programme.id, round.id)? {
                return Err(Error::NotFound);
            }
            let evaluation = records::evaluation(conn, id)?.ok_or(Error::NotFound)?;
            let readings = records::of_application(conn, id)?;
            let names = records::names(conn, &readings.iter().map(|reading| reading.evaluator_id).collect::<Vec<_>>())?;
            Ok((programme, round, application, evaluation, readings, names))
        })
        .await?;
    let t = visit.t();
    let code = application.code.clone().unwrap_or_default();
    let all_in = evaluation.state != EvaluationState::Open;
    let crumbs = vec![
        Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug)),
        Link::new(t.scoring_assignments_title(&round.code), format!("/{}/rounds/{}/assignments", programme.slug, round.code)),
        Link::here(code.clone()),
    ];
    let signed = |reading: &Assignment| SignedSheet {
        id: reading.id,
        reader: reading.reader,
        name: names.get(&reading.evaluator_id).cloned().unwrap_or_default(),
        state: reading.state,
        submitted_at: reading.submitted_at,
        points: reading.points.filter(|_| all_in),
        sections: if all_in && reading.state == AssignmentState::Submitted { sections_of(&round.terms.grid, &reading.sheet()) } else { vec![] },
    };
    Ok(SheetsPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(errors),
        code,
        title: application.title.clone(),
        organisation: application.organisation_name.clone(),
        state: evaluation.state,
        points: evaluation.points,
        gap: evaluation.gap.filter(|_| all_in),
        readings: readings.iter().map(signed).collect(),
        may_reopen: rules::may_reopen(&actor, programme.id) && evaluation.state != EvaluationState::Final,
        typed,
    })
}

async fn reopen(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let (id, reason) = (path.into_inner(), fields.get("reason"));
    let actor = visit.actor()?;
    let (fund, round, application) = visit
        .read(move |conn| {
            let assignment = records::find_watched(conn, &actor, id)?;
            let round = calls::records::find(conn, assignment.round_id)?;
            let programme = programmes::records::find(conn, round.programme_id)?;
            Ok((programme.slug, round.code, assignment.application_id))
        })
        .await?;
    let typed = reason.clone();
    match visit.perform(move |act| actions::reopen(act, id, &reason)).await {
        Ok(application) => {
            visit.done(&format!("/{fund}/rounds/{round}/sheets/{application}"), visit.t().scoring_reopen_notice(), &serde_json::json!({ "reopened": id }))
        }
        Err(Error::Invalid(mut reasons)) => {
            for reason in &mut reasons {
                reason.at = format!("reason-{id}");
            }
            let at = format!("/{fund}/rounds/{round}/sheets/{application}");
            let mut view = sheets_page(&visit, (fund, round, application), reasons, typed).await?;
            view.p = view.p.at(at);
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}

async fn take_back(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let (id, reason) = (path.into_inner(), fields.get("reason"));
    let actor = visit.actor()?;
    let (fund, round) = visit
        .read(move |conn| {
            let round = records::find_watched(conn, &actor, id)?.round_id;
            let round = calls::records::find(conn, round)?;
            Ok((programmes::records::find(conn, round.programme_id)?.slug, round.code))
        })
        .await?;
    let (typed, list) = (reason.clone(), format!("/{fund}/rounds/{round}/assignments"));
    match visit.perform(move |act| actions::take_back(act, id, &reason)).await {
        Ok(_) => {
            let page = visit.asked("page").map(|page| format!("?page={page}")).unwrap_or_default();
            visit.done(&format!("{list}{page}"), visit.t().scoring_take_back_notice(), &serde_json::json!({ "taken_back": id }))
        }
        Err(Error::Invalid(mut reasons)) => {
            for reason in &mut reasons {
                reason.at = format!("reason-{id}");
            }
            let mut view = assignments_page(&visit, (fund, round), reasons).await?;
            view.p = view.p.at(list);
            view.typed = typed;
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}
