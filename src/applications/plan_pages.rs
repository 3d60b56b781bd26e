//! The action plan's page: a box for each activity and month, and who is responsible; the same drawn as bars for reading.
use super::Part;
use super::content::{PartContent, Partners, Plan, PlanRow};
use super::part_pages::{self, After, Hints, Opened};
use super::plan::{self, Planned};
use crate::kernel::{ApplicationId, Reason};
use crate::web::{Answer, Door, Fields, Page, Visit, get, post};
use actix_web::web;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/plan", show).api("The action plan of an application: months and responsible partner of each activity."),
        post("/applications/{application}/plan", save).api("Saves the action plan: `row.KEY.month` as often as there are months, `row.KEY.responsible`."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/plan.html")]
struct PlanPage {
    #[serde(skip)]
    p: Page,
    application: ApplicationId,
    version: i32,
    writable: bool,
    plan: Vec<Planned>,
    /// Months that the plan shows.
    months: i32,
    months_known: bool,
    shortfalls: Vec<Reason>,
    hints: Vec<Reason>,
    #[serde(skip)]
    soft: Hints,
    #[serde(skip)]
    lead: String,
    #[serde(skip)]
    partners: Partners,
}

impl PlanPage {
    fn of(visit: &Visit, opened: &Opened, again: Option<(Plan, Vec<Reason>)>) -> Self {
        let file = &opened.file;
        let failed = again.as_ref().map(|(_, reasons)| reasons.clone());
        let typed = again.map_or_else(|| file.plan.clone(), |(typed, _)| typed);
        let known = file.summary.months();
        let shortfalls = plan::complaints(&typed, &file.logframe, &file.partners, known);
        let hints = plan::hints(&typed, &file.logframe, &file.partners, known);
        let mut p = opened.page(visit, visit.t().plan_title(), &shortfalls);
        if let Some(reasons) = failed {
            p.errors.splice(0..0, reasons.iter().map(part_pages::on_page));
        }
        let rows = plan::rows(&typed, &file.logframe);
        // Months beyond the project's end stay visible until somebody takes them away.
        let last = rows.iter().filter_map(|row| row.months.last().copied()).max().unwrap_or(0);
        Self {
            application: opened.application.id,
            version: opened.version,
            writable: opened.writable,
            months: plan::length(known).max(last),
            months_known: known.is_some(),
            soft: Hints::on_page(&hints),
            lead: file.organisation.name.clone(),
            partners: file.partners.clone(),
            plan: rows,
            shortfalls,
            hints,
            p,
        }
    }
}

async fn show(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let opened = visit.read(move |conn| part_pages::open(conn, &actor, id, Part::Plan)).await?;
    visit.show(&PlanPage::of(&visit, &opened, None))
}

async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let opened = visit.read(move |conn| part_pages::open(conn, &actor, id, Part::Plan)).await?;
    let typed = plan::tidy(read(&fields), &opened.file.logframe);
    match part_pages::save(&visit, id, PartContent::Plan(typed.clone()), &fields, None, false, "budget").await? {
        After::Led(answer) => answer,
        After::Again(reasons) => visit.show_again(&PlanPage::of(&visit, &opened, Some((typed, reasons)))),
    }
}

/// The boxes that were ticked.
fn read(fields: &Fields) -> Vec<PlanRow> {
    let row = |key: String| PlanRow {
        months: fields.all(&format!("row.{key}.month")).iter().filter_map(|month| month.parse().ok()).collect(),
        responsible: fields.get(&format!("row.{key}.responsible")),
        activity: key,
    };
    fields.rows("row").into_iter().map(row).collect()
}
