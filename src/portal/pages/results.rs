//! `GET /{fund}/results` and `/{fund}/results/{round}`: counts of what came and went, and who was awarded. Nobody else is named.
use super::{PlaceRow, home_link, map_in_words, map_of, place_rows, tier_name};
use crate::calls::{self, Phase};
use crate::contracts::State;
use crate::kernel::{Basis, Bilingual, Day, Instant, Money};
use crate::portal::{Awarded, Funnel, Tally, records};
use crate::programmes::{self, map::Map, places};
use crate::web::{Answer, Link, Page, Visit};
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

#[derive(Template, serde::Serialize)]
#[template(path = "portal/results.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    rounds: Vec<Line>,
    total: Money,
    grants: i64,
}

#[derive(serde::Serialize)]
struct Line {
    code: String,
    name: Bilingual,
    phase: Phase,
    closes_at: Instant,
    results_by: Day,
    envelope: Money,
    #[serde(flatten)]
    funnel: Funnel,
}

pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (inner, slug) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { list_page(inner, slug).await }).await
}

async fn list_page(visit: Visit, slug: String) -> Answer {
    let (programme, all, funnels) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let all = calls::records::published_of(conn, programme.id)?;
            let funnels = records::funnels(conn, &all)?;
            Ok((programme, all, funnels))
        })
        .await?;
    let (t, now) = (visit.t(), visit.now());
    let line = |round: &calls::Round| Line {
        code: round.code.clone(),
        name: round.terms.name.clone(),
        phase: round.phase(now),
        closes_at: round.closes_at,
        results_by: round.closes_at.day().plus_days(round.terms.results_days),
        envelope: round.envelope,
        funnel: public_part(funnels.get(&round.id).copied().unwrap_or_default(), round.phase(now)),
    };
    let rounds: Vec<Line> = all.iter().rev().map(line).collect();
    let view = ListPage {
        p: visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), Link::here(t.nav_results())]),
        total: rounds.iter().map(|line| line.funnel.money).sum(),
        grants: rounds.iter().map(|line| line.funnel.awarded).sum(),
        rounds,
        slug: programme.slug,
    };
    visit.show(&view)
}

/// While a call is open not even the number is public; before the decision nothing but the number.
fn public_part(funnel: Funnel, phase: Phase) -> Funnel {
    match (phase, funnel.decided_at) {
        (Phase::Closed, Some(_)) => funnel,
        (Phase::Closed, None) => Funnel { received: funnel.received, ..Funnel::default() },
        _ => Funnel::default(),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "portal/result.html")]
struct RoundPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    phase: Phase,
    closes_at: Instant,
    results_by: Day,
    envelope: Money,
    #[serde(flatten)]
    funnel: Funnel,
    share: Option<Basis>,
    awarded_list: Vec<Grant>,
    tiers: Vec<TierRow>,
    places: Vec<PlaceRow>,
    reached: usize,
    #[serde(skip)]
    map: Option<Map>,
    #[serde(skip)]
    map_words: String,
}

/// A grant in the list of the awarded.
#[derive(serde::Serialize)]
struct Grant {
    #[serde(flatten)]
    awarded: Awarded,
    tier_name: Bilingual,
    municipality_name: String,
    /// Where both have signed there is a public sheet.
    has_sheet: bool,
}

#[derive(serde::Serialize)]
struct TierRow {
    name: Bilingual,
    grants: i64,
    money: Money,
}

impl RoundPage {
    /// The steps of the funnel: words, count, share of the received in thousandths.
    fn steps(&self) -> Vec<(&'static str, i64, i64)> {
        let t = self.p.t;
        let of = |count: i64| count * 1_000 / self.funnel.received.max(1);
        let funnel = &self.funnel;
        [
            (t.portal_funnel_received(), funnel.received),
            (t.portal_funnel_passed(), funnel.passed),
            (t.portal_funnel_above(), funnel.above_threshold),
            (t.portal_funnel_awarded(), funnel.awarded),
        ]
        .map(|(words, count)| (words, count, of(count)))
        .to_vec()
    }
}

pub(super) async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (inner, address) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { page(inner, address).await }).await
}

async fn page(visit: Visit, (slug, code): (String, String)) -> Answer {
    let (programme, round, funnels, awarded, sheets) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let round = calls::records::published(conn, programme.id, &code)?;
            let funnels = records::funnels(conn, std::slice::from_ref(&round))?;
            let decided = funnels.get(&round.id).is_some_and(|funnel| funnel.decided_at.is_some());
            let awarded = if decided { records::awarded(conn, round.id)? } else { vec![] };
            let sheets = if decided { records::sheets_of(conn, round.id)? } else { BTreeMap::new() };
            Ok((programme, round, funnels, awarded, sheets))
        })
        .await?;
    let (t, now) = (visit.t(), visit.now());
    let phase = round.phase(now);
    let funnel = public_part(funnels.get(&round.id).copied().unwrap_or_default(), phase);
    let places = place_rows(&round.terms.municipalities, &by_municipality(&awarded));
    let results = Link::new(t.nav_results(), format!("/{}/results", programme.slug));
    let view = RoundPage {
        p: visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), results, Link::here(&round.code)]),
        phase,
        closes_at: round.closes_at,
        results_by: round.closes_at.day().plus_days(round.terms.results_days),
        envelope: round.envelope,
        share: funnel.money.of(round.envelope),
        funnel,
        tiers: round.terms.tiers.iter().map(|tier| tier_row(tier, &awarded)).collect(),
        reached: places.iter().filter(|row| row.projects > 0).count(),
        map: map_of(&round.terms.municipalities, &places),
        map_words: map_in_words(&places, t),
        places,
        awarded_list: awarded.into_iter().map(|awarded| grant(&round, &sheets, awarded)).collect(),
        slug: programme.slug,
        name: round.terms.name,
        code: round.code,
    };
    visit.show(&view)
}

fn by_municipality(awarded: &[Awarded]) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for grant in awarded {
        let tally = tallies.entry(grant.municipality.clone()).or_default();
        *tally = Tally { projects: tally.projects + 1, money: tally.money + grant.amount };
    }
    tallies
}

fn tier_row(tier: &calls::Tier, awarded: &[Awarded]) -> TierRow {
    let mine = || awarded.iter().filter(|grant| grant.tier == tier.key);
    TierRow { name: tier.name.clone(), grants: i64::try_from(mine().count()).unwrap_or(0), money: mine().map(|grant| grant.amount).sum() }
}

fn grant(round: &calls::Round, sheets: &BTreeMap<String, State>, awarded: Awarded) -> Grant {
    Grant {
        tier_name: tier_name(Some(round), &awarded.tier),
        municipality_name: places::name(&awarded.municipality).to_owned(),
        has_sheet: sheets.contains_key(&awarded.code),
        awarded,
    }
}
