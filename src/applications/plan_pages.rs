//! The action plan's page: a box for each activity and month, and who is responsible; the same drawn as bars for reading.
use super::Part;
use super::content::{PartContent, Partners};
use super::part_pages::{self, After, Again, Form, Hints, Opened};
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
    form: Form,
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
    fn of(visit: &Visit, opened: &Opened, again: Option<Again>) -> Self {
        let file = &opened.file;
        let typed = match again.as_ref().map(|again| again.content.clone()) {
            Some(PartContent::Plan(typed)) => typed,
            _ => file.plan.clone(),
        };
        let known = file.summary.months();
        let shortfalls = plan::complaints(&typed, &file.logframe, &file.partners, known);
        let hints = plan::hints(&typed, &file.logframe, &file.partners, known);
        let p = opened.page(visit, visit.t().plan_title(), &shortfalls, again.as_ref());
        let rows = plan::rows(&typed, &file.logframe);
        // Months beyond the project's end stay visible until somebody takes them away.
        let last = rows.iter().filter_map(|row| row.months.last().copied()).max().unwrap_or(0);
        Self {
            form: opened.form(visit, again.as_ref()),
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
    let opened = part_pages::opened(&visit, path.into_inner(), Part::Plan).await?;
    visit.show(&PlanPage::of(&visit, &opened, None))
}

async fn save(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    match part_pages::save(&visit, path.into_inner(), Part::Plan, &fields).await? {
        After::Led(answer) => answer,
        After::Again(opened, again) => visit.show_again(&PlanPage::of(&visit, &opened, Some(again))),
    }
}
