//! `GET /{fund}`: the open call first, then where the money went, the figures, the projects, the closed calls.
use super::{Choice, PlaceRow, Row, in_phase, map_in_words, map_of, municipality_choices, place_rows, round_choices, rows};
use crate::calls::{self, Phase, Round};
use crate::kernel::{Basis, Bilingual, Day, Instant, Money};
use crate::portal::{Tally, Wanted, records};
use crate::programmes::{self, map::Map};
use crate::web::{Answer, Page, Visit};
use actix_web::web::Path;
use askama::Template;

/// Projects that the home shows; all of them are on their own page.
const FIRST: i64 = 6;

#[derive(Template, serde::Serialize)]
#[template(path = "portal/home.html")]
struct HomePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    name: Bilingual,
    invitation: Bilingual,
    explanation: Bilingual,
    open: Vec<Card>,
    coming: Vec<Card>,
    closed: Vec<ClosedCard>,
    /// Where the office answers questions.
    office: String,
    envelope: Money,
    awarded: Tally,
    share: Option<Basis>,
    planned_grants: u32,
    rounds_planned: usize,
    /// Municipalities that have a project, of all.
    reached: usize,
    places: Vec<PlaceRow>,
    projects: Vec<Row>,
    #[serde(skip)]
    municipalities: Vec<Choice>,
    #[serde(skip)]
    rounds: Vec<Choice>,
    #[serde(skip)]
    map: Option<Map>,
    #[serde(skip)]
    map_words: String,
    /// Only who writes for an organisation has an application to go on with.
    #[serde(skip)]
    may_continue: bool,
}

/// A call that one can apply to, now or soon.
#[derive(serde::Serialize)]
struct Card {
    code: String,
    name: Bilingual,
    opens_at: Instant,
    closes_at: Instant,
    envelope: Money,
    #[serde(skip)]
    left: String,
    #[serde(skip)]
    closing: String,
    #[serde(skip)]
    terms: calls::Terms,
}

/// A call that is over.
#[derive(serde::Serialize)]
struct ClosedCard {
    code: String,
    name: Bilingual,
    opens_at: Instant,
    closes_at: Instant,
    is_decided: bool,
    /// The last day for the results, by the call's own terms.
    results_by: Day,
    projects: i64,
    started_on: Option<Day>,
}

pub(super) async fn show(visit: Visit, path: Path<String>) -> Answer {
    let (inner, slug) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { page(inner, slug).await }).await
}

#[expect(clippy::too_many_lines, reason = "one page, read from top to bottom in the order in which it is shown")]
async fn page(visit: Visit, slug: String) -> Answer {
    let (programme, all, places, by_round, decided, latest) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let all = calls::records::published_of(conn, programme.id)?;
            let places = records::by_municipality(conn, programme.id)?;
            let by_round = records::by_round(conn, programme.id)?;
            let decided = records::decided(conn, &all)?;
            let latest = records::page(conn, programme.id, &Wanted::default(), FIRST, 0)?;
            Ok((programme, all, places, by_round, decided, latest))
        })
        .await?;
    let (t, now) = (visit.t(), visit.now());
    let card = |round: &&Round| Card {
        code: round.code.clone(),
        name: round.terms.name.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        envelope: round.envelope,
        left: round.time_left(t, now),
        closing: round.closing_sentence(t),
        terms: round.terms.clone(),
    };
    let closed = |round: &&Round| {
        let (tally, started_on) = by_round.get(&round.id).copied().unwrap_or_default();
        ClosedCard {
            code: round.code.clone(),
            name: round.terms.name.clone(),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            is_decided: decided.contains(&round.id),
            results_by: round.closes_at.day().plus_days(round.terms.results_days),
            projects: tally.projects,
            started_on,
        }
    };
    let awarded: Tally = places.values().copied().sum();
    let terms = &programme.terms;
    let places = place_rows(&terms.municipalities, &places);
    let view = HomePage {
        p: visit.page_in(programme.frame()),
        name: terms.name.clone(),
        invitation: terms.invitation.clone(),
        explanation: terms.explanation.clone(),
        open: in_phase(&all, Phase::Open, now).iter().map(card).collect(),
        coming: in_phase(&all, Phase::Coming, now).iter().map(card).collect(),
        closed: in_phase(&all, Phase::Closed, now).iter().rev().map(closed).collect(),
        office: terms.office.email.clone(),
        envelope: terms.envelope,
        share: awarded.money.of(terms.envelope),
        awarded,
        planned_grants: terms.planned_grants,
        rounds_planned: all.len(),
        reached: places.iter().filter(|row| row.projects > 0).count(),
        map: map_of(&terms.municipalities, &places),
        map_words: map_in_words(&places, t),
        places,
        projects: rows(latest, &all),
        municipalities: municipality_choices(&programme, ""),
        rounds: round_choices(&all, ""),
        may_continue: visit.maybe_actor().is_some_and(|actor| !actor.organisations.is_empty()),
        slug: programme.slug,
    };
    visit.show(&view)
}
