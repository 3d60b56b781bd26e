//! A project on one page, for those inside: budget and spending, indicators, plan, reports, payments, and what has happened.
use crate::contracts::content::Agreement;
use crate::contracts::{Contract, records as contracts};
use crate::implementation::rules::{self, LineCosts, Meter};
use crate::implementation::{Activity, ActivityState, Indicator, IndicatorValue, records as project};
use crate::kernel::{Actor, Basis, ContractId, Day, Error, Instant, Money, Result, Tr};
use crate::payments::Payment;
use crate::payments::rules as paying;
use crate::programmes::{Programme, places};
use crate::reporting::Report;
use crate::store::Conn;
use crate::web::{Answer, Door, Link, Page, Visit, get};
use crate::workflow::{LogEntry, Subject, log_of};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/projects/{contract}", show).api("One project: budget and spending, indicators, plan, reports and payments.")]
}

#[derive(Template, serde::Serialize)]
#[template(path = "dossier/project.html")]
struct ProjectPage {
    #[serde(skip)]
    p: Page,
    contract: Contract,
    partners: Vec<String>,
    municipalities: Vec<String>,
    today: Day,
    /// The month of the project that is now, where it runs.
    month: Option<i32>,
    time_gone: Basis,
    meters: Vec<Meter>,
    budget: Meter,
    paid: Money,
    done: usize,
    late: usize,
    indicators: Vec<IndicatorRow>,
    plan: Plan,
    reports: Vec<Report>,
    payments: Vec<Payment>,
    log: Vec<LogRow>,
    may_work: bool,
    may_settle: bool,
}

#[derive(serde::Serialize)]
struct IndicatorRow {
    #[serde(flatten)]
    indicator: Indicator,
    now: Option<IndicatorValue>,
    progress: Option<Basis>,
}

/// The plan by month: geometry in the units of its drawing, ten to a month.
#[derive(serde::Serialize)]
struct Plan {
    months: Vec<&'static str>,
    width: i32,
    today: Option<String>,
    groups: Vec<PlanGroup>,
}

#[derive(serde::Serialize)]
struct PlanGroup {
    number: usize,
    result: String,
    rows: Vec<PlanRow>,
}

#[derive(serde::Serialize)]
struct PlanRow {
    #[serde(flatten)]
    activity: Activity,
    late: bool,
    /// Unbroken runs of months: first and last.
    runs: Vec<(i32, i32)>,
}
impl PlanRow {
    /// The bar's class: finished, late, running, to come.
    const fn class(&self) -> &'static str {
        match (self.activity.state, self.late) {
            (ActivityState::Done, _) => "d",
            (_, true) => "w",
            (ActivityState::Running, _) => "p",
            (ActivityState::Planned, _) => "f",
        }
    }
}

#[derive(serde::Serialize)]
struct LogRow {
    words: &'static str,
    at: Instant,
}

struct Loaded {
    programme: Programme,
    contract: Contract,
    costs: Vec<LineCosts>,
    activities: Vec<Activity>,
    indicators: Vec<(Indicator, Option<IndicatorValue>)>,
    reports: Vec<Report>,
    payments: Vec<Payment>,
    log: Vec<LogEntry>,
}

fn load(conn: &mut Conn, actor: &Actor, id: ContractId) -> Result<Loaded> {
    let (contract, programme) = contracts::find_in_fund(conn, actor, id)?;
    if !contract.state.is_project() {
        return Err(Error::NotFound);
    }
    let (reports, payments) = super::records::calendar(conn, id)?;
    Ok(Loaded {
        costs: project::line_costs(conn, id)?,
        activities: project::activities_of(conn, id)?,
        indicators: project::indicators_now(conn, id)?,
        log: log_of(conn, Subject::Contract(id))?,
        programme,
        contract,
        reports,
        payments,
    })
}

async fn show(visit: Visit, path: Path<ContractId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let reader = actor.clone();
    let loaded = visit.read(move |conn| load(conn, &reader, id)).await?;
    let view = page(&visit, &actor, loaded)?;
    visit.show(&view)
}

fn page(visit: &Visit, actor: &Actor, loaded: Loaded) -> Result<ProjectPage> {
    let Loaded { programme, contract, costs, activities, indicators, reports, payments, log } = loaded;
    let (t, today) = (visit.t(), visit.now().day());
    let agreement = contracts::agreement(&contract)?;
    let meters = rules::meters(&costs);
    let late = activities.iter().filter(|activity| rules::is_late(activity, contract.starts_on, today)).count();
    let budget = rules::total(&meters);
    let accepted = budget.costs.accepted;
    let last = reports.last().map(|report| report.state);
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(contract.code.clone())];
    Ok(ProjectPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        month: rules::month_of(contract.starts_on, contract.months, today),
        time_gone: rules::time_gone(contract.starts_on, contract.ends_on, today),
        budget,
        meters,
        paid: payments.iter().filter(|payment| payment.state.is_paid()).map(|payment| payment.amount).sum(),
        done: activities.iter().filter(|activity| activity.state == ActivityState::Done).count(),
        late,
        plan: plan(&contract, &agreement, activities, today, t),
        indicators: indicators.into_iter().map(indicator_row).collect(),
        log: log.iter().filter_map(|entry| happened(&entry.kind, t).map(|words| LogRow { words, at: entry.at })).collect(),
        may_work: rules::may_work(actor, &contract) && rules::open_shortfalls(&contract).is_empty(),
        may_settle: paying::may_settle(actor, contract.programme_id)
            && rules::open_shortfalls(&contract).is_empty()
            && paying::settle_shortfalls(&contract, last, accepted, &payments).is_empty(),
        partners: agreement.partners,
        municipalities: agreement.municipalities.iter().map(|code| places::name(code).to_owned()).collect(),
        today,
        contract,
        reports,
        payments,
    })
}

fn indicator_row((indicator, now): (Indicator, Option<IndicatorValue>)) -> IndicatorRow {
    let progress = now.as_ref().and_then(|now| rules::progress(indicator.baseline, indicator.target, now.value));
    IndicatorRow { indicator, now, progress }
}

fn plan(contract: &Contract, agreement: &Agreement, activities: Vec<Activity>, today: Day, t: Tr) -> Plan {
    let width = contract.months * 10;
    let months = (0..contract.months)
        .map(|month| t.month(contract.starts_on.plus_months(i64::from(month)).0.month()))
        .map(|name| name.get(..1).unwrap_or_default())
        .collect();
    let gone = rules::time_gone(contract.starts_on, contract.ends_on, today);
    let runs_now = today >= contract.starts_on && today <= contract.ends_on;
    // Hundredths of a percent of `width`, with one decimal.
    let tenths = i64::from(gone.0) * i64::from(width) / 1_000;
    let mut groups: Vec<PlanGroup> =
        agreement.results.iter().enumerate().map(|(place, result)| PlanGroup { number: place + 1, result: result.clone(), rows: vec![] }).collect();
    for activity in activities {
        let row = PlanRow { late: rules::is_late(&activity, contract.starts_on, today), runs: runs(&activity.months()), activity };
        if let Some(group) = groups.iter_mut().find(|group| group.number == row.activity.result()) {
            group.rows.push(row);
        }
    }
    Plan { months, width, today: runs_now.then(|| format!("{}.{}", tenths / 10, tenths % 10)), groups }
}

impl Plan {
    fn count(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }
}

/// Unbroken runs in a sorted list of months.
fn runs(months: &[i32]) -> Vec<(i32, i32)> {
    let mut runs: Vec<(i32, i32)> = vec![];
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *month => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    runs
}

/// What the page tells of an entry of the log; what is only work in between is left out.
fn happened(kind: &str, t: Tr) -> Option<&'static str> {
    Some(match kind {
        "contract.sent" => t.project_log_sent(),
        "contract.signed-by-beneficiary" => t.project_log_signed(),
        "contract.activated" => t.project_log_activated(),
        "contract.ended" => t.project_log_ended(),
        "contract.closed" => t.project_log_closed(),
        "report.submitted" => t.project_log_submitted(),
        "report.returned" => t.project_log_returned(),
        "report.decided" => t.project_log_decided(),
        "payment.approved" => t.project_log_approved(),
        "payment.sent" => t.project_log_paid(),
        "payment.confirmed" => t.project_log_confirmed(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn months_that_follow_each_other_are_one_bar() {
        assert_eq!(super::runs(&[1, 2, 3, 6, 8, 9]), [(1, 3), (6, 6), (8, 9)]);
        assert_eq!(super::runs(&[]), []);
    }
}
