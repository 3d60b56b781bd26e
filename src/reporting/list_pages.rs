//! The fund's reports: what waits for a decision, what is late, what comes soon.
use super::{Report, State, records, rules};
use crate::kernel::{Day, Error, Money, Result, Room, Tr};
use crate::programmes;
use crate::web::{Answer, Link, Page, Paging, Visit};
use actix_web::web::Path;
use askama::Template;

/// A report is due soon so many days before.
const SOON: i64 = 30;

/// Which reports the list shows: what waits for the office, unless something else is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Shown {
    Waiting,
    Late,
    Soon,
    Returned,
    Decided,
    All,
}
impl Shown {
    const EACH: [Self; 6] = [Self::Waiting, Self::Late, Self::Soon, Self::Returned, Self::Decided, Self::All];
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "",
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Returned => "returned",
            Self::Decided => "decided",
            Self::All => "all",
        }
    }
    fn asked(word: &str) -> Self {
        Self::EACH.into_iter().find(|one| one.word() == word).unwrap_or(Self::Waiting)
    }
    fn label(self, t: Tr) -> &'static str {
        match self {
            Self::Waiting => t.reporting_list_waiting(),
            Self::Late => t.reporting_list_late(),
            Self::Soon => t.reporting_list_soon(),
            Self::Returned => t.reporting_state_returned(),
            Self::Decided => t.reporting_list_decided(),
            Self::All => t.reporting_list_all(),
        }
    }
    fn states(self) -> Vec<State> {
        let open = || State::ALL.iter().copied().filter(State::is_open).collect();
        match self {
            Self::Waiting => vec![State::Submitted],
            Self::Late | Self::Soon => open(),
            Self::Returned => vec![State::Returned],
            Self::Decided => vec![State::Approved, State::Partly],
            Self::All => State::ALL.to_vec(),
        }
    }
    fn due(self, today: Day) -> (Day, Day) {
        let (first, last) = (today.plus_days(-20_000), today.plus_days(20_000));
        match self {
            Self::Late => (first, today.plus_days(-1)),
            Self::Soon => (today, today.plus_days(SOON)),
            _ => (first, last),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "reporting/list.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    shown: Shown,
    rows: Vec<Row>,
    paging: Paging,
}
impl ListPage {
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        let address = |shown: Shown| if shown.word().is_empty() { String::new() } else { format!("?state={}", shown.word()) };
        Shown::EACH.into_iter().map(|shown| (format!("/{}/reports{}", self.slug, address(shown)), shown.label(self.p.t), shown == self.shown)).collect()
    }
    fn none(&self) -> String {
        self.p.t.reporting_list_none(self.shown.label(self.p.t))
    }
}

#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    report: Report,
    code: String,
    title: String,
    organisation: String,
    late: bool,
    /// Whether the decision is this reader's to make.
    mine: bool,
    /// Nothing while it is written.
    declared: Option<Money>,
}

/// `GET /{fund}/reports`
pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, slug, today) = (visit.actor()?, path.into_inner(), visit.now().day());
    let (page, shown) = (visit.asked("page"), Shown::asked(&visit.asked("state").unwrap_or_default()));
    let reader = actor.clone();
    let found: Result<_> = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            if !reader.opens(Room::Reports, programme.id) {
                return Err(Error::NotFound);
            }
            let asked = records::Asked { programme: programme.id, states: shown.states(), due: shown.due(today) };
            let paging = Paging::new(page.as_deref(), records::count(conn, &reader, &asked)?);
            let rows = records::page(conn, &reader, &asked, paging.size, paging.offset())?;
            Ok((programme, rows, paging))
        })
        .await;
    let (programme, rows, paging) = found?;
    let t = visit.t();
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.reporting_list_title())];
    let row = |(report, contract): (Report, crate::contracts::Contract)| Row {
        late: report.state.is_open() && report.due_on < today,
        mine: report.state == State::Submitted && rules::may_decide(&actor, &contract),
        declared: (!report.state.is_open()).then_some(report.declared),
        code: contract.code,
        title: contract.title,
        organisation: contract.organisation_name,
        report,
    };
    let rows = rows.into_iter().map(row).collect();
    visit.show(&ListPage { p: visit.page_in(programme.frame()).with_crumbs(crumbs), slug: programme.slug, shown, rows, paging })
}
