//! The score sheet beside the frozen application: drawn, saved, signed.
use super::{Opened, framed, opened};
use crate::applications;
use crate::applications::reading::{FileView, STEPS, step_label};
use crate::calls::{self, Grid};
use crate::kernel::merging::{Meanwhile, Typed};
use crate::kernel::{AssignmentId, Bilingual, Day, Error, Instant, Money, Result};
use crate::programmes;
use crate::scoring::{AssignmentState, Sheet, actions, place, records, rules, sheet_actions, shown};
use crate::web::saving::{base, base_of};
use crate::web::{Answer, Fields, Page, Visit};
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

/// A section of the sheet as it is drawn.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct SectionView {
    pub(super) key: String,
    pub(super) name: Bilingual,
    pub(super) got: i64,
    pub(super) most: i64,
    pub(super) threshold: i64,
    pub(super) comment: String,
    pub(super) criteria: Vec<CriterionView>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct CriterionView {
    /// `section.criterion`, as the form's fields are named.
    pub(super) place: String,
    pub(super) question: Bilingual,
    pub(super) weight: i64,
    pub(super) score: Option<i64>,
    pub(super) reason: String,
    pub(super) needs_reason: bool,
    /// The step of the application to read for it.
    pub(super) part: String,
}

impl CriterionView {
    pub(super) fn is(&self, score: &i64) -> bool {
        self.score == Some(*score)
    }
}

pub(super) fn sections_of(grid: &Grid, sheet: &Sheet) -> Vec<SectionView> {
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
pub(super) struct SheetPage {
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
    position: i64,
    all: i64,
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
    /// What another window wrote into the same boxes.
    meanwhile: Vec<Meanwhile>,
    /// Names and marks of what stands in the boxes: a save sends them back.
    #[serde(skip)]
    base: String,
    /// Whose device keeps what could not be sent.
    #[serde(skip)]
    writer: String,
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

pub(super) async fn sheet_page(visit: &Visit, opened: Opened, sheet: &Sheet, errors: Vec<crate::kernel::Reason>) -> Result<SheetPage> {
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
        meanwhile: vec![],
        base: base_of(&rules::boxes(&assignment.sheet(), grid)),
        writer: assignment.evaluator_id.to_string(),
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

pub(super) async fn save(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
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
pub(super) async fn submit(visit: Visit, path: web::Path<AssignmentId>, fields: Fields) -> Answer {
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

/// The boxes that a page's form sends, with the marks of what it showed.
fn typed_boxes(fields: &Fields, sheet: &Sheet, grid: &Grid) -> Vec<Typed> {
    let marks = base(fields);
    rules::boxes(sheet, grid)
        .iter()
        .filter(|(name, _)| fields.has(name))
        .map(|(name, values)| Typed { name: name.to_owned(), values: values.to_vec(), mark: marks.get(name).cloned().unwrap_or_default() })
        .collect()
}

/// What came of saving: the new version, or what two windows wrote at once.
struct Came {
    version: i32,
    stale: bool,
    meanwhile: Vec<Meanwhile>,
}

/// A page's form says what it showed, and is merged box by box; a program says which version it knows.
async fn keep(visit: &Visit, id: AssignmentId, fields: &Fields, typed: &Sheet, grid: &Grid) -> Result<Came> {
    if fields.has("base") {
        let boxes = typed_boxes(fields, typed, grid);
        let written = visit.perform(move |act| sheet_actions::write_boxes(act, id, &boxes, false)).await?;
        return Ok(Came { version: written.version, stale: !written.meanwhile.is_empty(), meanwhile: written.meanwhile });
    }
    let (sheet, version) = (typed.clone(), fields.get("version").parse().unwrap_or(0));
    match visit.perform(move |act| sheet_actions::save_sheet(act, id, &sheet, version)).await {
        Ok(version) => Ok(Came { version, stale: false, meanwhile: vec![] }),
        Err(Error::Stale) => Ok(Came { version, stale: true, meanwhile: vec![] }),
        Err(other) => Err(other),
    }
}

/// The new version; or the page again with everything that was typed, when a score is none or another window has saved meanwhile.
async fn save_typed(visit: &Visit, id: AssignmentId, fields: &Fields) -> Result<std::result::Result<i32, actix_web::HttpResponse>> {
    let actor = visit.actor()?;
    let known = visit.read(move |conn| opened(conn, &actor, id)).await?;
    let typed = typed_sheet(fields, &known.round.terms.grid);
    let (reasons, came) = match keep(visit, id, fields, &typed, &known.round.terms.grid).await {
        Ok(came) if !came.stale => return Ok(Ok(came.version)),
        Ok(came) => (vec![], came),
        Err(Error::Invalid(reasons)) => (reasons, Came { version: 0, stale: false, meanwhile: vec![] }),
        Err(other) => return Err(other),
    };
    // As it is kept now: the boxes that were not typed show it, and the next save begins from it.
    let actor = visit.actor()?;
    let now = visit.read(move |conn| opened(conn, &actor, id)).await?;
    let shown = rules::merged(&now.assignment.sheet(), &typed, &now.round.terms.grid);
    let mut view = sheet_page(visit, now, &shown, reasons).await?;
    view.stale = came.stale;
    view.meanwhile = came.meanwhile;
    if view.stale { visit.show_with(StatusCode::CONFLICT, &view).map(Err) } else { visit.show_again(&view).map(Err) }
}
