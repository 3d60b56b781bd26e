//! One cost from its figure to its proof: the voucher with its file's fingerprint, who entered it, in which report it was declared, who decided what.
use crate::accounts::records as accounts;
use crate::contracts::{Contract, Line, records as contracts};
use crate::implementation::{Expense, records as project};
use crate::kernel::{Actor, Error, ExpenseId, Instant, Result, Room, fingerprint};
use crate::programmes::Programme;
use crate::reporting::{Refusal, Report, records as reports};
use crate::store::Conn;
use crate::web::{Answer, Door, Link, Page, Visit, get};
use crate::workflow::Files;
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/expenses/{expense}", show).api("One cost: its voucher with the file's fingerprint, who entered it, its report, who decided on it and when.")]
}

/// Whether the voucher's file is still what was handed in.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Proof {
    NoFile,
    Whole,
    /// Its bytes have another fingerprint, or it is gone.
    Broken,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dossier/cost.html")]
struct CostPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    slug: String,
    #[serde(skip)]
    contract: Contract,
    code: String,
    #[serde(flatten)]
    expense: Expense,
    line: Line,
    proof: Proof,
    checked_at: Instant,
    entered_by_name: String,
    report: Option<Report>,
    refusal_words: Option<&'static str>,
    decided_by_name: String,
    #[serde(skip)]
    sees_log: bool,
}
impl CostPage {
    fn is_whole(&self) -> bool {
        self.proof == Proof::Whole
    }
}

struct Loaded {
    programme: Programme,
    contract: Contract,
    expense: Expense,
    line: Line,
    report: Option<Report>,
    entered_by: String,
    decided_by: String,
    proof: Proof,
}

fn load(conn: &mut Conn, actor: &Actor, id: ExpenseId, files: &Files) -> Result<Loaded> {
    let expense = project::expense(conn, id)?;
    let (contract, programme) = contracts::find_in_fund(conn, actor, expense.contract_id)?;
    let line = contracts::lines(conn, contract.id)?.into_iter().find(|line| line.id == expense.line_id).ok_or(Error::NotFound)?;
    let report = expense.report_id.map(|id| reports::by_id(conn, id)).transpose()?;
    let names = accounts::names_of(conn, [Some(expense.entered_by), expense.decided_by])?;
    let name = |id: Option<_>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    Ok(Loaded {
        proof: proof(&expense, files),
        entered_by: name(Some(expense.entered_by)),
        decided_by: name(expense.decided_by),
        programme,
        contract,
        expense,
        line,
        report,
    })
}

/// Reads the file again: its name in the store is the fingerprint that it had when it came.
fn proof(expense: &Expense, files: &Files) -> Proof {
    let Some(sha256) = &expense.sha256 else { return Proof::NoFile };
    match std::fs::read(files.path(sha256)) {
        Ok(bytes) if fingerprint(&bytes) == *sha256 => Proof::Whole,
        _ => Proof::Broken,
    }
}

async fn show(visit: Visit, path: Path<ExpenseId>) -> Answer {
    let (actor, id, files) = (visit.actor()?, path.into_inner(), visit.app.files.clone());
    let reader = actor.clone();
    let loaded = visit.read(move |conn| load(conn, &reader, id, &files)).await?;
    let Loaded { programme, contract, expense, line, report, entered_by, decided_by, proof } = loaded;
    let t = visit.t();
    let crumbs = vec![
        Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)),
        Link::new(contract.code.clone(), format!("/projects/{}", contract.id)),
        Link::new(t.implementation_expenses_title(), format!("/projects/{}/expenses", contract.id)),
        Link::here(if expense.voucher.is_empty() { t.implementation_expense().to_owned() } else { expense.voucher.clone() }),
    ];
    visit.show(&CostPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        sees_log: actor.opens(Room::Log, programme.id),
        slug: programme.slug,
        code: contract.code.clone(),
        refusal_words: expense.refusal.parse::<Refusal>().ok().map(|refusal| refusal.label(t)),
        checked_at: visit.now(),
        contract,
        expense,
        line,
        proof,
        entered_by_name: entered_by,
        report,
        decided_by_name: decided_by,
    })
}
