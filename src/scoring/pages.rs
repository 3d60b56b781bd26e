//! What an evaluator sees: the list, the declaration, the question of a conflict, and the sheet beside the frozen application.
//! Nothing of an application can be reached from here but what the call shows to evaluators.
mod office;

use super::{Assignment, AssignmentState, Sheet, actions, place, records, rules, shown};
use crate::applications::paper_pages::{give_file, media_type_of, paper_in};
use crate::applications::reading::{FileView, STEPS, step_label};
use crate::applications::{self, Application};
use crate::calls::{self, Grid, Round};
use crate::kernel::{Actor, AssignmentId, Bilingual, Day, Error, Instant, Money, Result, Role, RoundId};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, post};
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![
        get("/evaluations", mine).api("The applications assigned to the caller, with their states and due days."),
        get("/evaluations/rounds/{round}", declaration),
        post("/evaluations/rounds/{round}/declaration", declare),
        get("/evaluations/{assignment}", open).api("One assignment: the frozen application and the caller's own score sheet."),
        get("/evaluations/{assignment}/files/{sha256}", paper),
        post("/evaluations/{assignment}/clearance", clear),
        post("/evaluations/{assignment}/conflict", conflict),
        post("/evaluations/{assignment}/sheet", save).api("Saves the caller's score sheet, whatever of it is there."),
        post("/evaluations/{assignment}/submission", submit).api("Saves and signs the caller's score sheet."),
    ];
    doors.extend(office::doors());
    doors
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/mine.html")]
struct MinePage {
    #[serde(skip)]
    p: Page,
    rounds: Vec<MyRound>,
    rows: Vec<MyAssignment>,
    paging: Paging,
}

/// How far one is in a round.
#[derive(Clone, Debug, serde::Serialize)]
struct MyRound {
    id: RoundId,
    code: String,
    fund: Bilingual,
    signed: i64,
    all: i64,
    due: Option<Day>,
    declared_at: Option<Instant>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct MyAssignment {
    id: AssignmentId,
    code: String,
    /// The title, once it may be read; before that the applicant's name.
    name: String,
    round: String,
    due_on: Day,
    state: AssignmentState,
    /// The declaration is made: the conflict can be checked, the sheet opened.
    declared: bool,
    round_id: RoundId,
    late: bool,
}

async fn mine(visit: Visit) -> Answer {
    let actor = visit.actor()?;
    if !actor.roles.iter().any(|(_, role)| *role == Role::Evaluator) {
        return Err(Error::NotFound);
    }
    let (asked, today) = (visit.asked("page"), visit.now().day());
    let (rounds, rows, paging) = visit.read(move |conn| my_evaluations(conn, &actor, asked.as_deref(), today)).await?;
    let page = visit.page().with_crumbs(vec![Link::here(visit.t().scoring_mine_title())]);
    visit.show(&MinePage { p: page, rounds, rows, paging })
}

fn my_evaluations(conn: &mut Conn, actor: &Actor, asked: Option<&str>, today: Day) -> Result<(Vec<MyRound>, Vec<MyAssignment>, Paging)> {
    let counts = records::my_counts(conn, actor)?;
    let total = counts.iter().map(|(.., count)| count).sum();
    let paging = Paging::new(asked, total);
    let declarations = match actor.person {
        Some(person) => records::declarations(conn, person)?,
        None => vec![],
    };
    let declared_at = |round: RoundId| declarations.iter().find(|(declared, _)| *declared == round).map(|(_, at)| *at);
    let mut ids: Vec<RoundId> = counts.iter().map(|(round, ..)| *round).collect();
    ids.sort_unstable();
    ids.dedup();
    let funds = if ids.is_empty() { vec![] } else { programmes::records::all(conn)? };
    let rounds = records::rounds_named(conn, &ids)?.into_iter().map(|(id, code, programme)| {
        let of_round = || counts.iter().filter(move |(round, state, ..)| *round == id && *state != AssignmentState::Recused);
        MyRound {
            id,
            code,
            fund: funds.iter().find(|fund| fund.id == programme).map(|fund| fund.terms.name.clone()).unwrap_or_default(),
            signed: of_round().filter(|(_, state, ..)| *state == AssignmentState::Submitted).map(|(.., count)| count).sum(),
            all: of_round().map(|(.., count)| count).sum(),
            due: of_round().filter(|(_, state, ..)| *state != AssignmentState::Submitted).filter_map(|(_, _, due, _)| *due).min(),
            declared_at: declared_at(id),
        }
    });
    let rounds = rounds.collect();
    let rows = records::my_rows(conn, actor, paging.size, paging.offset())?.into_iter().map(|row| {
        let (state, round_id) = (row.assignment.state, row.assignment.round_id);
        let may_read = row.assignment.cleared_at.is_some() && row.assignment.counts();
        MyAssignment {
            id: row.assignment.id,
            code: row.code.unwrap_or_default(),
            name: if may_read { row.title } else { row.organisation_name },
            round: row.round_code,
            due_on: row.assignment.due_on,
            state,
            declared: declared_at(round_id).is_some(),
            round_id,
            late: row.assignment.due_on < today && !matches!(state, AssignmentState::Submitted | AssignmentState::Recused),
        }
    });
    let rows = rows.collect();
    Ok((rounds, rows, paging))
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/declaration.html")]
struct DeclarationPage {
    #[serde(skip)]
    p: Page,
    round: RoundId,
    code: String,
    wording: String,
    /// Applicants and their partners, by name only.
    names: Vec<(String, Vec<String>)>,
    declared: bool,
}

async fn declaration(visit: Visit, path: web::Path<RoundId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let (round, programme, names, declared) = visit
        .read(move |conn| {
            let applicants = records::my_applicants(conn, &actor, id)?;
            let person = actor.person.filter(|_| !applicants.is_empty()).ok_or(Error::NotFound)?;
            let ids: Vec<_> = applicants.iter().map(|(id, _)| *id).collect();
            let mut partners = records::partners_of(conn, &ids)?;
            let names: Vec<(String, Vec<String>)> =
                applicants.into_iter().map(|(id, name)| (name, partners.remove(&id).unwrap_or_default().into_iter().map(|(name, _)| name).collect())).collect();
            let (round, programme) = round_of(conn, id)?;
            Ok((round, programme, names, records::has_declared(conn, id, person)?))
        })
        .await?;
    let t = visit.t();
    let title = t.scoring_declaration_title(&round.code);
    let page = visit.page_in(programme.frame()).with_crumbs(vec![Link::new(t.scoring_mine_title(), "/evaluations"), Link::here(title)]);
    visit.show(&DeclarationPage { p: page, round: id, wording: t.scoring_declaration_wording(&round.code), code: round.code, names, declared })
}

fn round_of(conn: &mut Conn, id: RoundId) -> Result<(Round, Programme)> {
    let round = calls::records::find(conn, id)?;
    let programme = programmes::records::find(conn, round.programme_id)?;
    Ok((round, programme))
}

async fn declare(visit: Visit, path: web::Path<RoundId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    match visit.perform(move |act| actions::declare_impartiality(act, id)).await {
        // A double click: it is declared.
        Ok(()) | Err(Error::Stale) => visit.done("/evaluations", visit.t().scoring_declared_notice(), &serde_json::json!({ "declared": true })),
        Err(other) => Err(other),
    }
}

/// An assignment with what stands beside the sheet.
struct Opened {
    assignment: Assignment,
    application: Application,
    round: Round,
    programme: Programme,
    declared: bool,
    position: usize,
    all: usize,
}

fn opened(conn: &mut Conn, actor: &Actor, id: AssignmentId) -> Result<Opened> {
    let assignment = records::find_mine(conn, actor, id)?;
    if !assignment.counts() {
        return Err(Error::NotFound);
    }
    let application = applications::records::by_id(conn, assignment.application_id)?;
    let (round, programme) = round_of(conn, assignment.round_id)?;
    let readings = records::readings_of(conn, round.id, assignment.evaluator_id)?;
    let declared = records::has_declared(conn, round.id, assignment.evaluator_id)?;
    let position = readings.iter().position(|reading| reading.id == id).map_or(1, |position| position + 1);
    Ok(Opened { assignment, application, round, programme, declared, position, all: readings.len() })
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/conflict.html")]
struct ConflictPage {
    #[serde(skip)]
    p: Page,
    id: AssignmentId,
    organisation: String,
    partners: Vec<String>,
    typed: String,
}

/// A paper of the frozen version, for who has declared to be impartial and has no conflict here: what the call shows to evaluators.
async fn paper(visit: Visit, path: web::Path<(AssignmentId, String)>) -> Answer {
    let (actor, (id, sha256)) = (visit.actor()?, path.into_inner());
    let (name, sha256) = visit
        .read(move |conn| {
            let opened = opened(conn, &actor, id)?;
            let file = applications::records::frozen_file(conn, opened.application.id)?;
            let cleared = opened.declared && opened.assignment.state != AssignmentState::Assigned;
            if !cleared || !rules::may_open(&file, &opened.round.terms, &sha256) {
                return Err(Error::NotFound);
            }
            paper_in(&file, &sha256)
        })
        .await?;
    give_file(&visit, &name, media_type_of(&name), &sha256).await
}

/// One of the page's two faces: the question of a conflict, then the sheet.
async fn open(visit: Visit, path: web::Path<AssignmentId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
    if !opened.declared {
        return visit.go(&format!("/evaluations/rounds/{}", opened.round.id));
    }
    if opened.assignment.state == AssignmentState::Assigned {
        let view = conflict_page(&visit, &opened, String::new()).await?;
        return visit.show(&view);
    }
    let sheet = opened.assignment.sheet();
    let view = sheet_page(&visit, opened, &sheet, vec![]).await?;
    visit.show(&view)
}

async fn conflict_page(visit: &Visit, opened: &Opened, typed: String) -> Result<ConflictPage> {
    let id = opened.application.id;
    let partners = visit.read(move |conn| Ok(records::partners_of(conn, &[id])?.remove(&id).unwrap_or_default())).await?;
    Ok(ConflictPage {
        p: framed(visit, opened, opened.application.organisation_name.clone()),
        id: opened.assignment.id,
        organisation: opened.application.organisation_name.clone(),
        partners: partners.into_iter().map(|(name, _)| name).collect(),
        typed,
    })
}

fn framed(visit: &Visit, opened: &Opened, here: String) -> Page {
    visit.page_in(opened.programme.frame()).with_crumbs(vec![Link::new(visit.t().scoring_mine_title(), "/evaluations"), Link::here(here)])
}

async fn clear(visit: Visit, path: web::Path<AssignmentId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    match visit.perform(move |act| actions::clear(act, id)).await {
        Ok(()) | Err(Error::Stale) => visit.done(&format!("/evaluations/{id}"), visit.t().scoring_cleared_notice(), &serde_json::json!({ "cleared": true })),
        Err(other) => Err(other),
    }
}

async fn conflict(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let (actor, id, text) = (visit.actor()?, path.into_inner(), fields.get("conflict"));
    let typed = text.clone();
    match visit.perform(move |act| actions::declare_conflict(act, id, &text)).await {
        Ok(()) => visit.done("/evaluations", visit.t().scoring_conflict_notice(), &serde_json::json!({ "recused": true })),
        Err(Error::Invalid(reasons)) => {
            let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
            let mut view = conflict_page(&visit, &opened, typed).await?;
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}

/// A section of the sheet as it is drawn.
#[derive(Clone, Debug, serde::Serialize)]
struct SectionView {
    key: String,
    name: Bilingual,
    got: i64,
    most: i64,
    threshold: i64,
    comment: String,
    criteria: Vec<CriterionView>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct CriterionView {
    /// `section.criterion`, as the form's fields are named.
    place: String,
    question: Bilingual,
    weight: i64,
    score: Option<i64>,
    reason: String,
    needs_reason: bool,
    /// The step of the application to read for it.
    part: String,
}

impl CriterionView {
    fn is(&self, score: &i64) -> bool {
        self.score == Some(*score)
    }
}

fn sections_of(grid: &Grid, sheet: &Sheet) -> Vec<SectionView> {
    let points = rules::points(sheet, grid);
    let criterion = |section: &str, criterion: &calls::Criterion| {
        let place = place(section, &criterion.key);
        let score = sheet.scores.get(&place).copied();
        CriterionView {
            question: criterion.question.clone(),
            weight: criterion.weight,
            reason: sheet.reasons.get(&place).cloned().unwrap_or_default(),
            needs_reason: score.is_some_and(|score| grid.comment_at.contains(&score)),
            part: criterion.part.clone(),
            score: score.map(i64::from),
            place,
        }
    };
    grid.sections
        .iter()
        .map(|section| SectionView {
            key: section.key.clone(),
            name: section.name.clone(),
            got: points.sections.get(&section.key).copied().unwrap_or(0),
            most: section.most(),
            threshold: section.threshold,
            comment: sheet.comments.get(&section.key).cloned().unwrap_or_default(),
            criteria: section.criteria.iter().map(|one| criterion(&section.key, one)).collect(),
        })
        .collect()
}

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/sheet.html")]
struct SheetPage {
    #[serde(skip)]
    p: Page,
    id: AssignmentId,
    version: i32,
    state: AssignmentState,
    code: String,
    title: String,
    tier: Bilingual,
    municipality: &'static str,
    requested: Money,
    months: i32,
    position: usize,
    all: usize,
    due_on: Day,
    cleared_at: Option<Instant>,
    saved_at: Option<Instant>,
    submitted_at: Option<Instant>,
    file: FileView,
    sections: Vec<SectionView>,
    #[serde(skip)]
    steps: Vec<(&'static str, &'static str)>,
    #[serde(skip)]
    anchors: Vec<Bilingual>,
    /// Scores that need words: `1, 2, 5`.
    #[serde(skip)]
    explained: String,
    total: i64,
    most: i64,
    needed: i64,
    scored: usize,
    criteria: usize,
    /// Another window has saved: what is shown was typed and is not saved.
    stale: bool,
}
impl SheetPage {
    fn is_open(&self) -> bool {
        self.state.is_open()
    }
    fn points(&self, hundredths: &i64) -> String {
        shown(*hundredths, self.p.t)
    }
    fn needs(&self, criterion: &CriterionView) -> bool {
        criterion.needs_reason || !criterion.reason.is_empty() || self.p.complaint(&format!("reason.{}", criterion.place)).is_some()
    }
}

async fn sheet_page(visit: &Visit, opened: Opened, sheet: &Sheet, errors: Vec<crate::kernel::Reason>) -> Result<SheetPage> {
    let application = opened.application.id;
    let file = visit.read(move |conn| applications::records::frozen_file(conn, application)).await?;
    let code = opened.application.code.clone().unwrap_or_default();
    let page = framed(visit, &opened, code.clone()).with_errors(errors);
    let t = visit.t();
    let Opened { assignment, application, round, position, all, .. } = opened;
    let grid = &round.terms.grid;
    let (scored, criteria) = rules::progress(sheet, grid);
    Ok(SheetPage {
        p: page,
        id: assignment.id,
        version: assignment.version,
        state: assignment.state,
        code,
        tier: round.tier(&application.tier).map(|tier| tier.name.clone()).unwrap_or_default(),
        municipality: programmes::places::find(&application.municipality).map_or("", |place| place.name.as_str()),
        requested: application.requested,
        months: application.months,
        title: application.title,
        position,
        all,
        due_on: assignment.due_on,
        cleared_at: assignment.cleared_at,
        saved_at: assignment.saved_at,
        submitted_at: assignment.submitted_at,
        sections: sections_of(grid, sheet),
        steps: STEPS.iter().map(|step| (*step, step_label(step, t))).collect(),
        anchors: grid.anchors.clone(),
        explained: grid.comment_at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        total: rules::points(sheet, grid).total,
        most: grid.most(),
        needed: grid.threshold,
        scored,
        criteria,
        stale: false,
        file: FileView::of(rules::for_reader(file.clone()), &round)
            .with_some_papers_at(&format!("/evaluations/{}/files", assignment.id), |sha256| rules::may_open(&file, &round.terms, sha256)),
    })
}

/// What came of the sheet: scores, reasons, comments. A score that is no number becomes 0, which no rule lets through.
fn typed_sheet(fields: &Fields, grid: &Grid) -> Sheet {
    let mut sheet = Sheet::default();
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            let score = fields.get(&format!("score.{place}"));
            if !score.is_empty() {
                sheet.scores.insert(place.clone(), score.parse().unwrap_or(0));
            }
            let name = format!("reason.{place}");
            if fields.has(&name) {
                sheet.reasons.insert(place, fields.get(&name));
            }
        }
        let name = format!("comment.{}", section.key);
        if fields.has(&name) {
            sheet.comments.insert(section.key.clone(), fields.get(&name));
        }
    }
    sheet
}

async fn save(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    match save_typed(&visit, id, &fields).await? {
        Ok(version) => {
            let actor = visit.actor()?;
            let due = visit.read(move |conn| Ok(records::find_mine(conn, &actor, id)?.due_on)).await?;
            visit.done("/evaluations", &visit.t().scoring_saved_notice(visit.t().day(due)), &serde_json::json!({ "version": version }))
        }
        Err(shown_again) => Ok(shown_again),
    }
}

/// Saves first, so that nothing is lost when something is missing for the signature.
async fn submit(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let version = match save_typed(&visit, id, &fields).await? {
        Ok(version) => version,
        Err(shown_again) => return Ok(shown_again),
    };
    match visit.perform(move |act| actions::submit_sheet(act, id, version)).await {
        Ok(state) => visit.done("/evaluations", visit.t().scoring_signed_notice(), &serde_json::json!({ "state": state })),
        Err(Error::Refused(reasons)) if reasons.iter().any(|reason| !reason.at.is_empty()) => {
            let actor = visit.actor()?;
            let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
            let sheet = opened.assignment.sheet();
            let view = sheet_page(&visit, opened, &sheet, reasons).await?;
            visit.show_again(&view)
        }
        Err(other) => Err(other),
    }
}

/// The new version; or the page again with everything that was typed, when a score is none or another window has saved meanwhile.
async fn save_typed(visit: &Visit, id: AssignmentId, fields: &Fields) -> Result<std::result::Result<i32, actix_web::HttpResponse>> {
    let actor = visit.actor()?;
    let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
    let typed = typed_sheet(fields, &opened.round.terms.grid);
    let version = fields.get("version").parse().unwrap_or(0);
    let sheet = typed.clone();
    let (reasons, stale) = match visit.perform(move |act| actions::save_sheet(act, id, &sheet, version)).await {
        Ok(version) => return Ok(Ok(version)),
        Err(Error::Invalid(reasons)) => (reasons, false),
        Err(Error::Stale) => (vec![], true),
        Err(other) => return Err(other),
    };
    let shown = rules::merged(&opened.assignment.sheet(), &typed, &opened.round.terms.grid);
    let mut view = sheet_page(visit, opened, &shown, reasons).await?;
    view.stale = stale;
    if stale { visit.show_with(StatusCode::CONFLICT, &view).map(Err) } else { visit.show_again(&view).map(Err) }
}
