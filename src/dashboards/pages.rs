//! The office's board of a round.
mod desk;
mod letters;
mod log;

use super::rules::{Stage, stages};
use super::{Figures, Order, Pick, Row, records};
use crate::administrative_check::CheckState;
use crate::administrative_check::rules::may_check;
use crate::applications::{DeadlineDecision, Status};
use crate::calls::{Phase, Round};
use crate::kernel::{Bilingual, Instant, Money, Result, Room, RoundId, Tr};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer, Door, Link, Page, Paging, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/board", board)
            .api("A round as the office sees it: figures, stages, and the applications with the state of their checks (`state`, `q`, `order`, `page`)."),
        get("/{fund}/desk", desk::show).api("What waits for the caller in a fund."),
        get("/{fund}/letters", letters::list).api("Letters of a fund with what became of them (`state`, `page`)."),
        get("/{fund}/letters/{letter}", letters::one).api("One letter, exactly as it was decided."),
        post("/{fund}/letters/{letter}/attempt", letters::try_again).api("Lets a letter that was given up be tried again."),
        get("/{fund}/log", log::list).api("The chained log of a fund, newest first (`page`); `check=chain` walks the whole chain."),
    ]
}

/// A filter above the list, with how many it shows.
#[derive(serde::Serialize)]
struct Tab {
    word: &'static str,
    name: &'static str,
    count: i64,
    current: bool,
}

/// A bar with its figure.
#[derive(serde::Serialize)]
struct Bar {
    name: String,
    figure: String,
    thousandths: i64,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/board.html")]
struct Board {
    #[serde(skip)]
    p: Page,
    fund: String,
    round: String,
    name: Bilingual,
    now: Instant,
    phase: Phase,
    opens_at: Instant,
    closed: bool,
    can_export: bool,
    #[serde(skip)]
    can_check: bool,
    #[serde(skip)]
    sees_assignments: bool,
    #[serde(skip)]
    sees_ranking: bool,
    stages: Vec<Stage>,
    started: i64,
    submitted: i64,
    checked: i64,
    passed: i64,
    rejected: i64,
    waiting: i64,
    proposed: i64,
    asked_for: Money,
    envelope: Money,
    tabs: Vec<Tab>,
    #[serde(skip)]
    pick: Pick,
    #[serde(skip)]
    order: Order,
    search: String,
    rows: Vec<Row>,
    paging: Paging,
    #[serde(skip)]
    due: Vec<(Instant, i64)>,
    funnel: Vec<Bar>,
    work: Vec<Bar>,
    /// Municipalities of the round with an application, and the names of those without one.
    places: usize,
    places_of: usize,
    without: Vec<String>,
    closes_at: Instant,
    #[serde(skip)]
    deadline: Option<DeadlineDecision>,
}

impl Board {
    /// What the round is doing, in a sentence.
    fn lede(&self) -> String {
        let t = self.p.t;
        match self.phase {
            Phase::Draft => t.board_lede_draft(t.moment(self.closes_at), t.moment(self.opens_at)),
            Phase::Coming => t.board_lede_opens(t.moment(self.closes_at), t.moment(self.opens_at)),
            Phase::Open => t.board_lede_open(t.moment(self.closes_at), self.submitted),
            Phase::Closed => t.board_lede_closed(self.submitted),
            Phase::Cancelled => t.board_lede_cancelled(self.submitted),
        }
    }
    fn stage_class(&self, stage: &Stage) -> &'static str {
        stage.progress.class()
    }
    /// How often the applications ask for what there is: `2.2`.
    fn times(&self) -> Option<String> {
        let tenths = (self.asked_for.to_cents() * 10 + self.envelope.to_cents() / 2).checked_div(self.envelope.to_cents())?;
        Some(self.p.t.quantity(crate::kernel::Quantity::cents(tenths * 10)))
    }
    /// The next one to check among the rows, for who checks: readers are called to nothing.
    fn next(&self) -> Option<&Row> {
        self.rows.iter().filter(|_| self.can_check).find(|row| row.status == Status::Submitted && row.check.is_some_and(|state| state.is_to_check()))
    }
    fn due_within_a_day(&self) -> i64 {
        self.due
            .iter()
            .filter(|(at, _)| *at > self.now && self.now.seconds_until(*at) <= 2 * 86_400 && at.plus_seconds(-1).day() <= self.now.day().plus_days(1))
            .map(|(_, count)| count)
            .sum()
    }
    fn last_day(&self, at: &Instant) -> crate::kernel::Day {
        at.plus_seconds(-1).day()
    }
    fn is_past(&self, at: &Instant) -> bool {
        *at <= self.now
    }
    fn state_words(&self, row: &Row) -> &'static str {
        let t = self.p.t;
        match (row.status, row.check) {
            (Status::Withdrawn, _) => t.board_withdrawn(),
            (_, Some(state)) => state.label(t),
            (_, None) => t.board_arrived(),
        }
    }
    fn state_kind(&self, row: &Row) -> &'static str {
        if row.status == Status::Withdrawn { "" } else { row.check.map_or("", |state| state.kind()) }
    }
    fn thousandths(&self, row: &Row) -> i32 {
        row.answered.zip(row.lines).and_then(|(done, all)| (done * 1_000).checked_div(all)).unwrap_or(0)
    }
    fn place(&self, code: &str) -> &'static str {
        place_name(code)
    }
}

fn place_name(code: &str) -> &'static str {
    crate::programmes::places::find(code).map_or("–", |place| &place.name)
}

/// What was asked of the list.
#[derive(Clone)]
struct Wish {
    pick: Pick,
    order: Order,
    search: String,
    page: Option<String>,
}

/// One page of the list. What is counted already is not counted again, and a search whose page holds all the rest is not counted at all.
fn page_of(conn: &mut Conn, round: RoundId, wish: &Wish, figures: &Figures) -> Result<(Vec<Row>, Paging)> {
    let (pick, search, asked) = (wish.pick, wish.search.as_str(), wish.page.as_deref());
    // Until every check has begun nothing has waited longer than anything else.
    let order = if figures.not_begun() > 0 { Order::Code } else { wish.order };
    let known = pick.total(figures);
    if search.is_empty() {
        let paging = Paging::new(asked, known);
        return Ok((records::rows(conn, round, pick, order, "", paging.size, paging.offset())?, paging));
    }
    // As if there were no end: which page was asked for.
    let wished = Paging::new(asked, i64::MAX / 2);
    let mut found = records::rows(conn, round, pick, order, search, wished.size + 1, wished.offset())?;
    let seen = i64::try_from(found.len()).unwrap_or(i64::MAX);
    if seen <= wished.size && (seen > 0 || wished.page == 1) {
        return Ok((found, Paging::new(asked, wished.offset() + seen)));
    }
    let paging = Paging::new(asked, records::count(conn, round, pick, search)?);
    if paging.page != wished.page {
        found = records::rows(conn, round, pick, order, search, paging.size, paging.offset())?;
    }
    found.truncate(usize::try_from(paging.size).unwrap_or(usize::MAX));
    Ok((found, paging))
}

async fn board(visit: Visit, path: Path<(String, String)>) -> Answer {
    let actor = visit.actor()?;
    let (fund, code) = path.into_inner();
    let wish = Wish {
        pick: Pick::asked(visit.asked("state").as_deref()),
        order: Order::asked(visit.asked("order").as_deref()),
        search: visit.asked("q").unwrap_or_default(),
        page: visit.asked("page"),
    };
    let (app, wanted) = (visit.app.clone(), wish.clone());
    let (programme, round, figures, rows, paging) = visit
        .read(move |conn| {
            let (programme, round) = records::visible_to(conn, &actor, &fund, &code)?;
            // The figures change only when something is written; the list is always read.
            let written = app.desk.store.writes();
            let figures: std::sync::Arc<Figures> = app.remembered.value(&format!("figures {}", round.id), written, || records::figures(conn, round.id))?;
            let (rows, paging) = page_of(conn, round.id, &wanted, &figures)?;
            Ok((programme, round, figures, rows, paging))
        })
        .await?;
    visit.show(&view(&visit, &programme, &round, &figures, wish, rows, paging))
}

fn view(visit: &Visit, programme: &Programme, round: &Round, figures: &Figures, wish: Wish, rows: Vec<Row>, paging: Paging) -> Board {
    let t = visit.t();
    let crumbs = vec![Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug)), Link::here(&*round.code)];
    let places = &round.terms.municipalities;
    let without: Vec<String> = places.iter().filter(|code| figures.of_place(code) == 0).map(|code| place_name(code).to_owned()).collect();
    Board {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        fund: programme.slug.clone(),
        round: round.code.clone(),
        name: round.terms.name.clone(),
        now: visit.now(),
        phase: round.phase(visit.now()),
        opens_at: round.opens_at,
        closed: round.is_closed(visit.now()),
        sees_assignments: visit.actor().is_ok_and(|actor| actor.opens(Room::Assignments, programme.id)),
        sees_ranking: visit.actor().is_ok_and(|actor| actor.opens(Room::Ranking, programme.id)),
        can_check: visit.actor().is_ok_and(|actor| may_check(&actor, programme.id)),
        can_export: visit.actor().is_ok_and(|actor| actor.opens(Room::ApplicationsFile, programme.id)),
        stages: stages(round, figures, visit.now(), t),
        started: figures.started(),
        submitted: figures.submitted(),
        checked: figures.decided(),
        passed: figures.in_state(CheckState::Passed),
        rejected: figures.in_state(CheckState::Rejected),
        waiting: figures.in_state(CheckState::Clarification),
        proposed: figures.in_state(CheckState::Proposed),
        asked_for: figures.asked_for(),
        envelope: round.envelope,
        tabs: tabs(figures, wish.pick, t),
        pick: wish.pick,
        order: wish.order,
        search: wish.search,
        rows,
        paging,
        due: figures.due.clone(),
        funnel: funnel(figures, t),
        work: work(figures, t),
        places: places.len() - without.len(),
        places_of: places.len(),
        without,
        closes_at: round.closes_at,
        deadline: figures.deadline.clone(),
    }
}

fn tabs(figures: &Figures, pick: Pick, t: Tr) -> Vec<Tab> {
    let states = CheckState::ALL.iter().map(|state| Pick::State(*state));
    std::iter::once(Pick::All)
        .chain(states)
        .chain(std::iter::once(Pick::Withdrawn))
        .map(|one| {
            let name = match one {
                Pick::All => t.all(),
                Pick::State(state) => state.label(t),
                Pick::Withdrawn => t.board_withdrawn(),
            };
            Tab { word: one.word(), name, count: one.total(figures), current: one == pick }
        })
        .filter(|tab| tab.count > 0 || tab.current || tab.word.is_empty())
        .collect()
}

fn share(part: i64, whole: i64) -> i64 {
    (part * 1_000).checked_div(whole).unwrap_or(0)
}

fn funnel(figures: &Figures, t: Tr) -> Vec<Bar> {
    let later = &figures.later;
    let mut steps = vec![
        (t.board_funnel_started(), figures.started()),
        (t.board_funnel_submitted(), figures.submitted()),
        (t.board_funnel_checked(), figures.decided()),
        (t.board_funnel_passed(), figures.in_state(CheckState::Passed)),
    ];
    if later.evaluated > 0 {
        steps.extend([(t.board_funnel_evaluated(), later.evaluated), (t.board_funnel_above(), later.above)]);
    }
    if later.decided_at.is_some() {
        steps.extend([(t.board_funnel_awarded(), later.awarded), (t.board_funnel_contracted(), later.signed())]);
    }
    steps.into_iter().map(|(name, count)| Bar { name: name.into(), figure: count.to_string(), thousandths: share(count, figures.started()) }).collect()
}

fn work(figures: &Figures, t: Tr) -> Vec<Bar> {
    let work = figures.work().into_iter();
    work.map(|(name, all, done)| Bar {
        name: if name.is_empty() { t.board_nobody().into() } else { name },
        figure: t.board_part(done, all),
        thousandths: share(done, all),
    })
    .collect()
}
