//! How a ranking is drawn: its lines, the envelope in pieces, the spread of the evaluators.
use super::{Loaded, Typed, TypedChange};
use crate::awards::rules::{self, Ranked};
use crate::awards::{Award, AwardOutcome, Decided};
use crate::calls::{Grid, Round};
use crate::kernel::{Actor, ApplicationId, Basis, Bilingual, Day, Money, Reason};
use crate::programmes::places;
use crate::scoring::{self, Assignment};
use crate::web::{Link, Page, Paging, Visit};
use askama::Template;
use std::collections::BTreeMap;

/// One application in the order of the ranking, proposed or decided.
#[derive(Clone, Debug)]
pub struct Line {
    application: ApplicationId,
    place: usize,
    outcome: AwardOutcome,
    amount: Money,
    running: Option<Money>,
    over_cap: bool,
    note: String,
    points: i64,
}

impl Line {
    pub fn proposed(row: &Ranked) -> Self {
        Self {
            application: row.candidate.application,
            place: row.place,
            outcome: row.outcome,
            amount: row.amount,
            running: row.running,
            over_cap: row.over_cap,
            note: row.note.clone(),
            points: row.candidate.points,
        }
    }
    pub fn decided(outcomes: &[Decided]) -> Vec<Self> {
        let mut running = Money::ZERO;
        let mut line = |row: &Decided| {
            running += row.amount;
            Self {
                application: row.application_id,
                place: usize::try_from(row.place).unwrap_or(0),
                outcome: row.outcome,
                amount: row.amount,
                running: (row.outcome == AwardOutcome::Awarded).then_some(running),
                over_cap: false,
                note: row.note.clone(),
                points: row.points.unwrap_or(0),
            }
        };
        outcomes.iter().map(&mut line).collect()
    }
}

/// The page that was asked for, and the applications on it.
pub fn page_of(lines: &[Line], asked: Option<&str>) -> (Paging, Vec<ApplicationId>) {
    let paging = Paging::new(asked, i64::try_from(lines.len()).unwrap_or(0));
    let ids = on_page(lines, &paging).map(|(_, line)| line.application).collect();
    (paging, ids)
}

fn on_page<'l>(lines: &'l [Line], paging: &Paging) -> impl Iterator<Item = (usize, &'l Line)> {
    let whole = |number: i64| usize::try_from(number).unwrap_or(0);
    lines.iter().enumerate().skip(whole(paging.offset())).take(whole(paging.size))
}

#[derive(Template, serde::Serialize)]
#[template(path = "awards/ranking.html")]
pub struct RankingPage {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    slug: String,
    round: String,
    envelope: Money,
    awarded: Money,
    left: Money,
    grants: usize,
    evaluated: usize,
    eligible: usize,
    used: Basis,
    award: Option<Award>,
    rows: Vec<Row>,
    paging: Paging,
    tiers: Vec<TierSum>,
    #[serde(skip)]
    pieces: Vec<Piece>,
    #[serde(skip)]
    most: i64,
    #[serde(skip)]
    low: i64,
    needed: i64,
    /// The section names of the tie-breaks, in their order.
    #[serde(skip)]
    ties: Vec<Bilingual>,
    /// What is still missing before anybody can decide.
    waiting: Vec<Reason>,
    #[serde(skip)]
    may_decide: bool,
    #[serde(skip)]
    changes: Vec<TypedChange>,
    #[serde(skip)]
    reasons: String,
    #[serde(skip)]
    seal: String,
    #[serde(skip)]
    promotion: Option<NextInReserve>,
    /// Drawn with changes that are not decided.
    pub effect: bool,
    /// Somebody decided while this was typed.
    pub too_late: bool,
    /// The ranking is another than the one that was seen.
    pub changed: bool,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Row {
    application: ApplicationId,
    place: usize,
    code: String,
    title: String,
    organisation: String,
    municipality: String,
    tier: Bilingual,
    /// Points of each reader, in hundredths.
    readers: Vec<i64>,
    gap: i64,
    points: i64,
    requested: Money,
    amount: Money,
    running: Option<Money>,
    outcome: AwardOutcome,
    over_cap: bool,
    note: String,
    #[serde(skip)]
    before: Before,
    #[serde(skip)]
    spread: Spread,
}

/// Which line of the page stands before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    EnvelopeEnds,
    Threshold,
}

/// Places of the readers on a strip from 50 to 100, as SVG writes them.
#[derive(Clone, Debug, Default)]
struct Spread {
    dots: Vec<String>,
    from: String,
    to: String,
    needed: String,
    wide: bool,
}

#[derive(Clone, Debug, serde::Serialize)]
struct TierSum {
    #[serde(skip)]
    class: &'static str,
    name: Bilingual,
    count: usize,
    amount: Money,
}

#[derive(Clone, Debug)]
struct Piece {
    class: &'static str,
    x: i64,
    width: i64,
}

#[derive(Clone, Debug)]
struct NextInReserve {
    application: ApplicationId,
    code: String,
    amount: Money,
    free: Money,
    until: Day,
    /// The list is over: nobody moves up any more.
    over: bool,
    typed: String,
}

/// The tints of the sizes, smallest first.
const TINTS: [&str; 3] = ["s", "m", "l"];

fn tint(round: &Round, tier: &str) -> &'static str {
    let place = round.terms.tiers.iter().position(|known| known.key == tier).unwrap_or(0);
    TINTS.get(place).copied().unwrap_or("l")
}

impl RankingPage {
    pub fn of(
        visit: &Visit,
        actor: &Actor,
        loaded: Loaded,
        paging: Paging,
        readings: &BTreeMap<ApplicationId, Vec<Assignment>>,
        typed: Typed,
        errors: Vec<Reason>,
    ) -> Self {
        let t = visit.t();
        let (programme, round) = (&loaded.programme, &loaded.round);
        let grid = &round.terms.grid;
        let envelope = loaded.award.as_ref().map_or(round.envelope, |award| award.envelope);
        let awarded: Money = loaded.lines.iter().map(|line| line.amount).sum();
        let low = low_end(readings, grid);
        let crumbs = vec![
            Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug)),
            Link::new(round.terms.name.say(t), format!("/{}/rounds/{}/board", programme.slug, round.code)),
            Link::here(t.awards_title(&round.code)),
        ];
        let (tiers, pieces) = pieces(&loaded);
        Self {
            slug: programme.slug.clone(),
            round: round.code.clone(),
            envelope,
            awarded,
            left: envelope - awarded,
            grants: loaded.lines.iter().filter(|line| line.outcome == AwardOutcome::Awarded).count(),
            evaluated: loaded.lines.len(),
            eligible: loaded.lines.iter().filter(|line| line.outcome != AwardOutcome::Below).count(),
            used: awarded.of(envelope).unwrap_or_default(),
            rows: on_page(&loaded.lines, &paging).map(|(at, line)| row(&loaded, at, line, readings, low)).collect(),
            tiers,
            pieces,
            most: grid.most(),
            low: low / 100,
            needed: grid.threshold,
            ties: grid
                .tie_breaks
                .iter()
                .filter_map(|key| grid.sections.iter().find(|section| section.key == *key))
                .map(|section| section.name.clone())
                .collect(),
            waiting: if loaded.award.is_some() { vec![] } else { rules::against_deciding(loaded.standing.readiness, &[], &BTreeMap::new(), "-") }
                .into_iter()
                .filter(|reason| reason.code != "nothing-ranked")
                .collect(),
            may_decide: rules::may_decide(actor, programme.id),
            promotion: next_in_reserve(&loaded, envelope - awarded, visit.now().day(), typed.promotion),
            changes: if typed.changes.is_empty() { vec![TypedChange::default()] } else { typed.changes },
            reasons: typed.reasons,
            seal: loaded.seal.clone(),
            effect: false,
            too_late: false,
            changed: false,
            p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(errors),
            award: loaded.award,
            paging,
        }
    }
    pub fn is_decided(&self) -> bool {
        self.award.is_some()
    }
    fn points(&self, hundredths: &i64) -> String {
        scoring::shown(*hundredths, self.p.t)
    }
    fn list(&self, all: &[i64]) -> String {
        all.iter().map(|points| scoring::shown(*points, self.p.t)).collect::<Vec<_>>().join(", ")
    }
    fn tie_names(&self) -> String {
        self.ties.iter().map(|name| name.say(self.p.t)).collect::<Vec<_>>().join(", ")
    }
    fn word(&self, outcome: &AwardOutcome) -> &'static str {
        // Before the decision nobody has won anything.
        if *outcome == AwardOutcome::Awarded && self.award.is_none() { self.p.t.awards_proposed_awarded() } else { outcome.label(self.p.t) }
    }
}

fn next_in_reserve(loaded: &Loaded, free: Money, today: Day, typed: String) -> Option<NextInReserve> {
    let award = loaded.award.as_ref()?;
    let next = loaded.standing.evaluated.get(&loaded.next_in_reserve?)?;
    let until = rules::reserve_until(award.decided_at.day(), loaded.round.terms.reserve_days);
    Some(NextInReserve {
        application: next.application,
        code: next.code.clone().unwrap_or_default(),
        amount: next.requested,
        free,
        until,
        over: today > until,
        typed,
    })
}

fn pieces(loaded: &Loaded) -> (Vec<TierSum>, Vec<Piece>) {
    let tier_of = |line: &Line| loaded.standing.evaluated.get(&line.application).map_or("", |row| row.tier.as_str());
    let awarded = || loaded.lines.iter().filter(|line| line.outcome == AwardOutcome::Awarded);
    let mut x = Money::ZERO;
    let mut pieces = vec![];
    for line in awarded() {
        pieces.push(Piece { class: tint(&loaded.round, tier_of(line)), x: x.to_cents() / 100, width: line.amount.to_cents() / 100 });
        x += line.amount;
    }
    let tiers = loaded.round.terms.tiers.iter().map(|tier| {
        let of_tier = || awarded().filter(|line| tier_of(line) == tier.key);
        TierSum {
            class: if tint(&loaded.round, &tier.key) == "m" { "mm" } else { tint(&loaded.round, &tier.key) },
            name: tier.name.clone(),
            count: of_tier().count(),
            amount: of_tier().map(|line| line.amount).sum(),
        }
    });
    (tiers.collect(), pieces)
}

/// Where the strip begins: at half of the points, or at nothing where somebody gave less. In hundredths.
fn low_end(readings: &BTreeMap<ApplicationId, Vec<Assignment>>, grid: &Grid) -> i64 {
    let half = grid.most() * 50;
    let lowest = readings.values().flatten().filter(|reading| reading.counts()).filter_map(|reading| reading.points).min();
    if lowest.is_some_and(|lowest| lowest < half) { 0 } else { half }
}

fn row(loaded: &Loaded, at: usize, line: &Line, readings: &BTreeMap<ApplicationId, Vec<Assignment>>, low: i64) -> Row {
    let grid = &loaded.round.terms.grid;
    let about = loaded.standing.evaluated.get(&line.application);
    let readers: Vec<i64> =
        readings.get(&line.application).map_or(&[][..], Vec::as_slice).iter().filter(|reading| reading.counts()).filter_map(|reading| reading.points).collect();
    let is_first = |outcome: AwardOutcome| line.outcome == outcome && !loaded.lines.iter().take(at).any(|before| before.outcome == outcome);
    let before = if is_first(AwardOutcome::Reserve) {
        Before::EnvelopeEnds
    } else if is_first(AwardOutcome::Below) {
        Before::Threshold
    } else {
        Before::Nothing
    };
    let gap = readers.iter().max().unwrap_or(&0) - readers.iter().min().unwrap_or(&0);
    Row {
        application: line.application,
        place: line.place,
        code: about.and_then(|row| row.code.clone()).unwrap_or_default(),
        title: about.map(|row| row.title.clone()).unwrap_or_default(),
        organisation: about.map(|row| row.organisation_name.clone()).unwrap_or_default(),
        municipality: about.map(|row| places::name(&row.municipality).to_owned()).unwrap_or_default(),
        tier: about.and_then(|row| loaded.round.tier(&row.tier)).map(|tier| tier.name.clone()).unwrap_or_default(),
        spread: spread(&readers, grid, low, gap),
        gap,
        readers,
        points: line.points,
        requested: about.map_or(Money::ZERO, |row| row.requested),
        amount: line.amount,
        running: line.running,
        outcome: line.outcome,
        over_cap: line.over_cap,
        note: line.note.clone(),
        before,
    }
}

fn spread(readers: &[i64], grid: &Grid, low: i64, gap: i64) -> Spread {
    let width = (grid.most() * 100 - low).max(1);
    let place = |points: i64| {
        let x = 5_000 + (points - low).clamp(0, width) * 5_000 / width;
        format!("{}.{:02}", x / 100, x % 100)
    };
    Spread {
        dots: readers.iter().map(|points| place(*points)).collect(),
        from: place(readers.iter().copied().min().unwrap_or(low)),
        to: place(readers.iter().copied().max().unwrap_or(low)),
        needed: place(grid.threshold * 100),
        wide: gap >= grid.gap * 100,
    }
}
