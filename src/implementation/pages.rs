//! Where the beneficiary writes its project: how far activities and indicators are, and what was spent. The office and the funder read the same pages.
use super::actions::{self, Scan};
use super::rules::{self, Meter, NewExpense, NewValue};
use super::{Activity, ActivityState, Expense, Indicator, IndicatorValue, records};
use crate::contracts::{Contract, Line, records as contracts};
use crate::kernel::{ActivityId, Actor, ContractId, Day, Error, ExpenseId, IndicatorId, IndicatorValueId, Money, Quantity, Reason, Result, clean, fault, must};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Limits, Link, Page, Paging, Upload, Visit, get, post};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/projects/{contract}/progress", progress).api("How far a project's activities and indicators are."),
        post("/projects/{contract}/activities/{activity}", set_activity).of("/projects/{contract}/progress").api("Tells how far an activity is."),
        post("/projects/{contract}/indicators/{indicator}", record_value).of("/projects/{contract}/progress").api("Records what an indicator says now."),
        get("/projects/{contract}/expenses", expenses).api("A project's expenses, the latest first."),
        post("/projects/{contract}/expenses", enter_expense).api("Enters an expense, with a scan of its voucher."),
        post("/projects/{contract}/expenses/{expense}/removal", remove_expense).api("Takes back an expense that no report declares."),
        get("/expenses/{expense}/voucher", voucher),
    ]
}

fn crumbs(visit: &Visit, programme: &Programme, contract: &Contract, here: &str) -> Vec<Link> {
    vec![
        Link::new(programme.terms.name.say(visit.t()), format!("/{}", programme.slug)),
        Link::new(contract.code.clone(), format!("/projects/{}", contract.id)),
        Link::here(here),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "implementation/progress.html")]
struct ProgressPage {
    #[serde(skip)]
    p: Page,
    contract: Contract,
    may_work: bool,
    today: Day,
    activities: Vec<ActivityRow>,
    indicators: Vec<IndicatorRow>,
}

#[derive(serde::Serialize)]
struct ActivityRow {
    #[serde(flatten)]
    activity: Activity,
    late: bool,
    typed_state: ActivityState,
    typed_done_on: String,
    typed_note: String,
}

#[derive(serde::Serialize)]
struct IndicatorRow {
    #[serde(flatten)]
    indicator: Indicator,
    /// The last three values, the latest first.
    values: Vec<IndicatorValue>,
    fresh: IndicatorValueId,
    typed_value: String,
    typed_women: String,
    typed_measured_on: String,
    typed_note: String,
}

struct Loaded {
    programme: Programme,
    contract: Contract,
    activities: Vec<Activity>,
    indicators: Vec<Indicator>,
    values: Vec<IndicatorValue>,
}

fn load(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<Loaded> {
    let (contract, programme) = project(conn, actor, id)?;
    Ok(Loaded {
        programme,
        activities: records::activities_of(conn, id)?,
        indicators: records::indicators_of(conn, id)?,
        values: records::values_of(conn, id)?,
        contract,
    })
}

/// A contract that this person may see and that has become a project, with its fund.
fn project(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<(Contract, Programme)> {
    let (contract, programme) = contracts::find_in_fund(conn, actor, id)?;
    if contract.state.is_project() { Ok((contract, programme)) } else { Err(Error::NotFound) }
}

async fn progress_page(visit: &Visit, id: ContractId) -> Result<ProgressPage> {
    let actor = visit.actor()?;
    let reader = actor.clone();
    let Loaded { programme, contract, activities, indicators, values } = visit.read(move |conn| load(conn, &reader, id)).await?;
    let today = visit.now().day();
    let activities = activities
        .into_iter()
        .map(|activity| ActivityRow {
            late: rules::is_late(&activity, contract.starts_on, today),
            typed_state: activity.state,
            typed_done_on: activity.done_on.map(|day| day.to_string()).unwrap_or_default(),
            typed_note: activity.note.clone(),
            activity,
        })
        .collect();
    let indicators = indicators
        .into_iter()
        .map(|indicator| IndicatorRow {
            values: values.iter().filter(|value| value.indicator_id == indicator.id).take(3).cloned().collect(),
            fresh: IndicatorValueId::new(),
            typed_value: String::new(),
            typed_women: String::new(),
            typed_measured_on: today.to_string(),
            typed_note: String::new(),
            indicator,
        })
        .collect();
    Ok(ProgressPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs(visit, &programme, &contract, visit.t().implementation_progress_title())),
        may_work: rules::may_work(&actor, &contract) && rules::open_shortfalls(&contract).is_empty(),
        contract,
        today,
        activities,
        indicators,
    })
}

async fn progress(visit: Visit, path: Path<ContractId>) -> Answer {
    let view = progress_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

async fn set_activity(visit: Visit, path: Path<(ContractId, ActivityId)>, fields: Fields) -> Answer {
    let (id, activity) = path.into_inner();
    visit.actor()?;
    let (version, state) = (fields.get("version").parse().unwrap_or(0), fields.get("state").parse::<ActivityState>());
    let (typed_day, note) = (fields.get("done_on"), fields.get("note"));
    // A day that cannot be read is no day: the rule says what is missing.
    let done_on = typed_day.parse::<Day>().ok();
    let state = state.map_err(|_| Error::NotFound)?;
    let text = note.clone();
    match visit.perform(move |act| actions::set_activity(act, id, activity, version, state, done_on, &text)).await {
        Ok(()) => visit.done(&format!("/projects/{id}/progress#activities"), visit.t().implementation_saved(), &()),
        Err(Error::Invalid(reasons)) if !visit.api => {
            let mut view = progress_page(&visit, id).await?;
            for row in view.activities.iter_mut().filter(|row| row.activity.id == activity) {
                row.typed_state = state;
                row.typed_done_on.clone_from(&typed_day);
                row.typed_note.clone_from(&note);
            }
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(error) => Err(error),
    }
}

async fn record_value(visit: Visit, path: Path<(ContractId, IndicatorId)>, fields: Fields) -> Answer {
    let (id, indicator) = path.into_inner();
    let mut view = progress_page(&visit, id).await?;
    let Some(row) = view.indicators.iter_mut().find(|row| row.indicator.id == indicator) else { return Err(Error::NotFound) };
    let place = row.indicator.position;
    row.typed_value = fields.get("value");
    row.typed_women = fields.get("women");
    row.typed_measured_on = fields.get("measured_on");
    row.typed_note = fields.get("note");
    let fresh = fields.get("id").parse().unwrap_or(row.fresh);
    let mut wrong = vec![];
    let value = Quantity::typed(row.typed_value.trim_end_matches('%'));
    let women = Some(row.typed_women.as_str()).filter(|typed| !typed.is_empty()).map(Quantity::typed);
    let measured_on = row.typed_measured_on.parse::<Day>();
    if value.is_none() {
        wrong.push(Reason::new("no-value", format!("value-{place}"), |t| t.implementation_reason_value().into()));
    }
    if women == Some(None) {
        wrong.push(Reason::new("no-women", format!("women-{place}"), |t| t.implementation_reason_women().into()));
    }
    if measured_on.is_err() {
        wrong.push(Reason::new("no-day", format!("measured_on-{place}"), |t| t.implementation_reason_measured_on().into()));
    }
    let done = match (value, measured_on) {
        (Some(value), Ok(measured_on)) if wrong.is_empty() => {
            let new = NewValue { value, women: women.flatten(), measured_on, note: row.typed_note.clone() };
            visit.perform(move |act| actions::record_value(act, id, indicator, fresh, &new)).await
        }
        _ => Err(Error::Invalid(wrong)),
    };
    match done {
        Ok(()) => visit.done(&format!("/projects/{id}/progress#indicators"), visit.t().implementation_saved(), &()),
        Err(Error::Invalid(reasons)) if !visit.api && view.may_work => {
            view.p = view.p.with_errors(reasons);
            visit.show_again(&view)
        }
        Err(Error::Invalid(_)) if !view.may_work => Err(Error::Forbidden),
        Err(error) => Err(error),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "implementation/expenses.html")]
struct ExpensesPage {
    #[serde(skip)]
    p: Page,
    contract: Contract,
    may_work: bool,
    meters: Vec<Meter>,
    total: Meter,
    lines: Vec<Line>,
    rows: Vec<ExpenseRow>,
    paging: Paging,
    typed: TypedExpense,
}

#[derive(serde::Serialize)]
struct ExpenseRow {
    #[serde(flatten)]
    expense: Expense,
    line: String,
}

/// The form as it was typed, given back when it could not be taken.
#[derive(Clone, Default, serde::Serialize)]
struct TypedExpense {
    id: String,
    line: String,
    paid_on: String,
    description: String,
    supplier: String,
    voucher: String,
    amount: String,
}

async fn expenses_page(visit: &Visit, id: ContractId, typed: TypedExpense) -> Result<ExpensesPage> {
    let actor = visit.actor()?;
    let (reader, asked) = (actor.clone(), visit.asked("page"));
    let (programme, contract, lines, costs, paging, rows) = visit
        .read(move |conn| {
            let (contract, programme) = project(conn, &reader, id)?;
            let lines = contracts::lines(conn, id)?;
            let costs = records::line_costs(conn, id)?;
            let paging = Paging::new(asked.as_deref(), records::count_expenses(conn, id)?);
            let rows = records::expenses_page(conn, id, paging.size, paging.offset())?;
            Ok((programme, contract, lines, costs, paging, rows))
        })
        .await?;
    let t = visit.t();
    let name = |line: &Line| if line.description.is_empty() { line.heading.label(t).to_owned() } else { line.description.clone() };
    let rows = rows
        .into_iter()
        .map(|expense| ExpenseRow { line: lines.iter().find(|line| line.id == expense.line_id).map(name).unwrap_or_default(), expense })
        .collect();
    let meters = rules::meters(&costs);
    Ok(ExpensesPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs(visit, &programme, &contract, t.implementation_expenses_title())),
        may_work: rules::may_work(&actor, &contract) && rules::open_shortfalls(&contract).is_empty(),
        total: rules::total(&meters),
        meters,
        contract,
        lines,
        rows,
        paging,
        typed,
    })
}

async fn expenses(visit: Visit, path: Path<ContractId>) -> Answer {
    let typed = TypedExpense { id: ExpenseId::new().to_string(), ..TypedExpense::default() };
    let view = expenses_page(&visit, path.into_inner(), typed).await?;
    visit.show(&view)
}

async fn enter_expense(visit: Visit, path: Path<ContractId>, form: actix_multipart::Multipart) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    // Before anything of it reaches the disk.
    visit.read(move |conn| must(rules::may_work(&actor, &project(conn, &actor, id)?.0))).await?;
    let Upload { fields, file } = match Upload::read(&visit, form, Limits::default()).await {
        Ok(upload) => upload,
        Err(Error::Invalid(reasons)) if !visit.api && reasons.iter().any(|reason| reason.at == "file") => {
            let typed = TypedExpense { id: ExpenseId::new().to_string(), ..TypedExpense::default() };
            return again(&visit, id, typed, reasons).await;
        }
        Err(error) => return Err(error),
    };
    let typed = typed(&fields);
    let fresh = typed.id.parse().unwrap_or_else(|_| ExpenseId::new());
    let line = typed.line.parse().ok();
    let scan = file.map(|file| Scan { stored: file.stored, name: file.name, media_type: file.media_type.to_owned() });
    let done = match read(&typed) {
        Ok(new) => visit.perform(move |act| actions::enter_expense(act, id, fresh, line, &new, scan.as_ref())).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(expense) => visit.done(&format!("/projects/{id}/expenses"), visit.t().implementation_expense_entered(), &expense),
        Err(Error::Invalid(reasons)) if !visit.api => again(&visit, id, typed, reasons).await,
        Err(error) => Err(error),
    }
}

async fn again(visit: &Visit, id: ContractId, typed: TypedExpense, reasons: Vec<Reason>) -> Answer {
    let mut view = expenses_page(visit, id, typed).await?;
    if !view.may_work {
        return Err(Error::Forbidden);
    }
    view.p = view.p.with_errors(reasons);
    visit.show_again(&view)
}

fn typed(fields: &Fields) -> TypedExpense {
    let get = |name: &str| fields.get(name);
    TypedExpense {
        id: get("id"),
        line: get("line"),
        paid_on: get("paid_on"),
        description: get("description"),
        supplier: get("supplier"),
        voucher: get("voucher"),
        amount: get("amount"),
    }
}

fn read(typed: &TypedExpense) -> Result<NewExpense> {
    let mut wrong = vec![];
    let (paid_on, amount) = (typed.paid_on.parse::<Day>().ok(), Money::typed(&typed.amount));
    if paid_on.is_none() {
        wrong.push(Reason::new("no-day", "paid_on", |t| t.implementation_reason_paid_on().into()));
    }
    if amount.is_none() {
        wrong.push(Reason::new("no-amount", "amount", |t| t.implementation_reason_amount().into()));
    }
    let Some((paid_on, amount)) = paid_on.zip(amount) else { return Err(Error::Invalid(wrong)) };
    let text = |typed: &str| clean(typed);
    Ok(NewExpense { paid_on, description: text(&typed.description), supplier: text(&typed.supplier), voucher: text(&typed.voucher), amount })
}

async fn remove_expense(visit: Visit, path: Path<(ContractId, ExpenseId)>, _fields: Fields) -> Answer {
    let (id, expense) = path.into_inner();
    visit.perform(move |act| actions::remove_expense(act, id, expense)).await?;
    visit.done(&format!("/projects/{id}/expenses"), visit.t().implementation_expense_removed(), &())
}

/// The scan of a voucher, for whoever may see the contract.
async fn voucher(visit: Visit, path: Path<ExpenseId>) -> Answer {
    let (actor, id, files) = (visit.actor()?, path.into_inner(), visit.app.files.clone());
    let (expense, bytes) = visit
        .read(move |conn| {
            let expense = records::expense(conn, id)?;
            contracts::find(conn, &actor, expense.contract_id)?;
            let sha256 = expense.sha256.clone().ok_or(Error::NotFound)?;
            let bytes = std::fs::read(files.path(&sha256)).map_err(fault)?;
            Ok((expense, bytes))
        })
        .await?;
    let name: String = expense.file_name.chars().map(|letter| if letter.is_ascii() && letter != '"' { letter } else { '_' }).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, expense.media_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}
