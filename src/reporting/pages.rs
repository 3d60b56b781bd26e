//! The report's page: the beneficiary writes and submits, the office decides cost by cost, the funder and the auditor read.
use super::rules::{self, Cut};
use super::{Narrative, Refusal, Report, actions, deciding_actions, deciding_pages, records};
use crate::accounts::records as accounts;
use crate::contracts::{Contract, Line, records as contracts};
use crate::implementation::rules::{may_work, open_shortfalls};
use crate::implementation::{Expense, rules as project};
use crate::kernel::merging::{Boxes, Meanwhile};
use crate::kernel::{Error, Instant, Money, Reason, ReportId, Result, must};
use crate::programmes;
use crate::web::saving::base_of;
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::HashMap;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/reports", super::list_pages::list)
            .api("The fund's reports with what waits for a decision (`state`: late, soon, returned, decided, all; else what waits; `page`)."),
        get("/reports/{report}", show).api("One report: its narrative, its costs and the decision on them."),
        post("/reports/{report}/narrative", save).api("Keeps the narrative of a report that is still written."),
        post("/reports/{report}/submission", submit).api("Submits a report with the expenses of its period."),
        post("/reports/{report}/return", give_back).api("Returns a report with a question."),
        get("/reports/{report}/boxes", deciding_pages::show)
            .api("What stands in the boxes of the decision that is being written, with their marks; nothing but the version where that is still `since`."),
        post("/reports/{report}/boxes", deciding_pages::save)
            .api("Saves single boxes of the decision that is being written: `name`, `mark` (of what stood there) and `text`, as often as there are boxes."),
        post("/reports/{report}/deciding", keep),
        post("/reports/{report}/decision", decide).api("Approves a report, in full or with costs refused."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "reporting/report.html")]
struct ReportPage {
    #[serde(skip)]
    p: Page,
    contract: Contract,
    report: Report,
    narrative: Narrative,
    /// The expected results, as agreed, each with what was written.
    results: Vec<ResultRow>,
    costs: Vec<CostRow>,
    declared: Money,
    accepted: Money,
    submitted_by: Option<String>,
    decided_by: Option<String>,
    may_write: bool,
    may_decide: bool,
    question: String,
    remark: String,
    /// When the decision was last saved while it is written.
    #[serde(skip)]
    kept_at: Option<Instant>,
    /// Names and marks of what stands in its boxes: a save sends them back.
    #[serde(skip)]
    base: String,
    /// Whose device keeps what could not be sent.
    #[serde(skip)]
    writer: String,
    /// What somebody else wrote into the same boxes.
    #[serde(skip)]
    meanwhile: Vec<Meanwhile>,
}
impl ReportPage {
    /// Puts into the decision's boxes what stands in `boxes`.
    fn fill(&mut self, boxes: impl Fn(&str) -> String) {
        for row in &mut self.costs {
            row.typed_accepted = boxes(&format!("accepted-{}", row.expense.id));
            row.typed_reason = boxes(&format!("reason-{}", row.expense.id)).parse().ok();
        }
        (self.question, self.remark) = (boxes("question"), boxes("remark"));
    }
    fn boxes(&self, visit: &Visit) -> Boxes {
        let costs: Vec<Expense> = self.costs.iter().map(|row| row.expense.clone()).collect();
        deciding_pages::kept(&self.report, &costs, visit)
    }
}

#[derive(serde::Serialize)]
struct ResultRow {
    number: usize,
    result: String,
    text: String,
}

#[derive(serde::Serialize)]
struct CostRow {
    #[serde(flatten)]
    expense: Expense,
    line: String,
    refusal_words: Option<&'static str>,
    typed_accepted: String,
    typed_reason: Option<Refusal>,
}

struct Loaded {
    programme: programmes::Programme,
    contract: Contract,
    report: Report,
    lines: Vec<Line>,
    expenses: Vec<Expense>,
    submitted_by: Option<String>,
    decided_by: Option<String>,
}

async fn report_page(visit: &Visit, id: ReportId) -> Result<ReportPage> {
    let actor = visit.actor()?;
    let reader = actor.clone();
    let Loaded { programme, contract, report, lines, expenses, submitted_by, decided_by } = visit
        .read(move |conn| {
            let report = records::by_id(conn, id)?;
            let (contract, programme) = contracts::find_in_fund(conn, &reader, report.contract_id)?;
            if !contract.state.is_project() {
                return Err(Error::NotFound);
            }
            let mut names = accounts::names_of(conn, [report.submitted_by, report.decided_by])?;
            Ok(Loaded {
                programme,
                lines: contracts::lines(conn, contract.id)?,
                expenses: records::expenses_of(conn, &report)?,
                decided_by: report.decided_by.and_then(|id| names.get(&id).cloned()),
                submitted_by: report.submitted_by.and_then(|id| names.remove(&id)),
                contract,
                report,
            })
        })
        .await?;
    let t = visit.t();
    let narrative = report.narrative();
    let agreement = contracts::agreement(&contract)?;
    let sums: project::Costs = expenses.iter().map(project::Costs::of).sum();
    let crumbs = vec![
        Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)),
        Link::new(contract.code.clone(), format!("/projects/{}", contract.id)),
        Link::here(report.kind.label(t)),
    ];
    let mut view = ReportPage {
        kept_at: report.deciding_at,
        base: String::new(),
        writer: actor.person.map(|person| person.to_string()).unwrap_or_default(),
        meanwhile: vec![],
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        results: result_rows(agreement.results, &narrative),
        submitted_by,
        decided_by,
        declared: sums.entered,
        accepted: sums.accepted,
        costs: cost_rows(expenses, &lines, t),
        may_write: report.state.is_open() && may_work(&actor, &contract) && open_shortfalls(&contract).is_empty(),
        may_decide: report.state == super::State::Submitted && rules::may_decide(&actor, &contract),
        narrative,
        contract,
        report,
        question: String::new(),
        remark: String::new(),
    };
    if view.may_decide {
        let kept = view.boxes(visit);
        view.base = base_of(&kept);
        view.fill(|name| kept.get(name).and_then(|values| values.first()).cloned().unwrap_or_default());
    }
    Ok(view)
}

fn result_rows(results: Vec<String>, narrative: &Narrative) -> Vec<ResultRow> {
    let text = |place: usize| narrative.progress.get(place).cloned().unwrap_or_default();
    results.into_iter().enumerate().map(|(place, result)| ResultRow { number: place + 1, result, text: text(place) }).collect()
}

fn cost_rows(expenses: Vec<Expense>, lines: &[Line], t: crate::kernel::Tr) -> Vec<CostRow> {
    let line_name = |expense: &Expense| {
        let line = lines.iter().find(|line| line.id == expense.line_id);
        line.map(|line| if line.description.is_empty() { line.heading.label(t).to_owned() } else { line.description.clone() }).unwrap_or_default()
    };
    expenses
        .into_iter()
        .map(|expense| CostRow {
            line: line_name(&expense),
            refusal_words: expense.refusal.parse::<Refusal>().ok().map(|refusal| refusal.label(t)),
            typed_accepted: t.amount(expense.amount),
            typed_reason: None,
            expense,
        })
        .collect()
}

async fn show(visit: Visit, path: Path<ReportId>) -> Answer {
    let view = report_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

fn narrative_of(fields: &Fields, results: usize) -> Narrative {
    Narrative {
        progress: (1..=results).map(|number| fields.get(&format!("progress-{number}"))).collect(),
        deviations: fields.get("deviations"),
        visibility: fields.get("visibility"),
        lessons: fields.get("lessons"),
    }
}

/// The page again, with the narrative as it was typed.
fn written_again(visit: &Visit, mut view: ReportPage, narrative: Narrative, reasons: Vec<Reason>) -> Answer {
    for row in &mut view.results {
        row.text = narrative.progress.get(row.number - 1).cloned().unwrap_or_default();
    }
    view.narrative = narrative;
    view.p = view.p.with_errors(reasons);
    visit.show_again(&view)
}

async fn save(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let view = report_page(&visit, id).await?;
    let narrative = narrative_of(&fields, view.results.len());
    let version = fields.get("version").parse().unwrap_or(0);
    let typed = narrative.clone();
    match visit.perform(move |act| actions::save(act, id, version, &typed)).await {
        Ok(()) => visit.done(&format!("/reports/{id}"), visit.t().reporting_saved(), &()),
        Err(Error::Invalid(reasons)) if !visit.api => written_again(&visit, view, narrative, reasons),
        Err(error) => Err(error),
    }
}

async fn submit(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let view = report_page(&visit, id).await?;
    let narrative = narrative_of(&fields, view.results.len());
    let typed = narrative.clone();
    match visit.perform(move |act| actions::submit(act, id, &typed)).await {
        Ok(report) => visit.done(&format!("/reports/{id}"), visit.t().reporting_submitted_notice(), &report),
        Err(Error::Refused(reasons)) if !visit.api && view.may_write => written_again(&visit, view, narrative, reasons),
        Err(error) => Err(error),
    }
}

/// What the page's form says is kept first, so that nothing is lost whatever is missing: the version to go on with; or the page again,
/// where somebody else wrote into the same boxes. A program says which version it knows.
async fn kept_first(visit: &Visit, id: ReportId, view: &mut ReportPage, fields: &Fields) -> Result<std::result::Result<i32, actix_web::HttpResponse>> {
    if !fields.has("base") || !view.may_decide {
        return Ok(Ok(fields.get("version").parse().unwrap_or(0)));
    }
    let (typed, t) = (deciding_pages::of_form(fields, &view.boxes(visit)), visit.t());
    let written = visit.perform(move |act| deciding_actions::write(act, id, &typed, t, false)).await?;
    if written.meanwhile.is_empty() {
        return Ok(Ok(written.version));
    }
    let mut again = report_page(visit, id).await?;
    again.meanwhile = written.meanwhile;
    again.fill(|name| fields.get(name));
    visit.show_with(StatusCode::CONFLICT, &again).map(Err)
}

/// Saves what is written of the decision, and stays.
async fn keep(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let mut view = report_page(&visit, id).await?;
    if !view.may_decide {
        let actor = visit.actor()?;
        must(rules::may_decide(&actor, &view.contract))?;
        return Err(Error::Refused(rules::moves(view.report.state, super::State::Approved)));
    }
    match kept_first(&visit, id, &mut view, &fields).await? {
        Ok(_) => visit.done(&format!("/reports/{id}#h-decide"), &visit.t().reporting_kept_notice(visit.t().clock(visit.now())), &()),
        Err(shown_again) => Ok(shown_again),
    }
}

async fn give_back(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let (id, question) = (path.into_inner(), fields.get("question"));
    let mut view = report_page(&visit, id).await?;
    let version = match kept_first(&visit, id, &mut view, &fields).await? {
        Ok(version) => version,
        Err(shown_again) => return Ok(shown_again),
    };
    match visit.perform(move |act| actions::give_back(act, id, version, &question)).await {
        Ok(report) => visit.done(&format!("/reports/{id}"), visit.t().reporting_returned_notice(), &report),
        Err(Error::Invalid(reasons)) if !visit.api => decided_again(&visit, id, &fields, reasons).await,
        Err(error) => Err(error),
    }
}

async fn decide(visit: Visit, path: Path<ReportId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let mut view = report_page(&visit, id).await?;
    let version = match kept_first(&visit, id, &mut view, &fields).await? {
        Ok(version) => version,
        Err(shown_again) => return Ok(shown_again),
    };
    let remark = fields.get("remark");
    let (mut cuts, mut wrong) = (vec![], vec![]);
    for row in &view.costs {
        let (expense, amount) = (row.expense.id, row.expense.amount);
        let typed = fields.get(&format!("accepted-{expense}"));
        let reason = fields.get(&format!("reason-{expense}")).parse().ok();
        // What was not touched is accepted in full.
        match if typed.is_empty() { Some(amount) } else { Money::typed(&typed) } {
            Some(accepted) if accepted == amount => {}
            Some(accepted) => cuts.push(Cut { expense, accepted, reason }),
            None => wrong.push(Reason::new("bad-accepted", format!("accepted-{expense}"), |t| t.reporting_reason_accepted(t.euro(amount)))),
        }
    }
    let done = if wrong.is_empty() { visit.perform(move |act| actions::decide(act, id, version, &cuts, &remark)).await } else { Err(Error::Invalid(wrong)) };
    match done {
        Ok(report) => visit.done(&format!("/reports/{id}"), visit.t().reporting_decided_notice(), &report),
        Err(Error::Invalid(reasons)) if !visit.api && view.may_decide => decided_again(&visit, id, &fields, reasons).await,
        Err(error) => Err(error),
    }
}

/// The page again, with the decision as it was typed.
async fn decided_again(visit: &Visit, id: ReportId, fields: &Fields, reasons: Vec<Reason>) -> Answer {
    let mut view = report_page(visit, id).await?;
    let full: HashMap<String, String> = view.costs.iter().map(|row| (format!("accepted-{}", row.expense.id), visit.t().amount(row.expense.amount))).collect();
    view.fill(|name| if fields.get(name).is_empty() { full.get(name).cloned().unwrap_or_default() } else { fields.get(name) });
    view.p = view.p.with_errors(reasons);
    visit.show_again(&view)
}
