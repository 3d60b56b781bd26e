//! The office's pages of a round's deadline: what was decided about it, a later one for all or for one applicant, and a grace after an outage.
use super::deadlines::{self, Later};
use super::rules::{self, LAST_HOURS, MOST_DAYS, Outage, Whom};
use super::{DeadlineDecision, deadline_records};
use crate::calls::pages::found;
use crate::calls::rules::{LONGEST_REASON, against_closing_at, against_reason, may_extend};
use crate::calls::{Phase, Round};
use crate::kernel::{Bilingual, Error, Instant, Reason, Result, Room, must};
use crate::programmes::Programme;
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/deadline", show).api("The deadline of a round, and every decision that moved it."),
        post("/{fund}/rounds/{round}/extensions", extend)
            .of("/{fund}/rounds/{round}/deadline")
            .api("A later deadline: `until` in Tirana's time, `reason`; `whom` is all, or one (with the applicant's `nipt`)."),
        get("/{fund}/rounds/{round}/grace", ask),
        post("/{fund}/rounds/{round}/grace", grace)
            .api("Gives what was begun before the deadline time after an outage: `outage_from`, `outage_until`, `until`, `reason`."),
    ]
}

/// What stands in the forms.
#[derive(Clone, Debug, Default)]
struct Typed {
    whom: Option<Whom>,
    nipt: String,
    until: String,
    reason: String,
    outage_from: String,
    outage_until: String,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        Self {
            whom: fields.raw("whom").parse().ok(),
            nipt: fields.get("nipt"),
            until: fields.get("until"),
            reason: fields.get("reason"),
            outage_from: fields.get("outage_from"),
            outage_until: fields.get("outage_until"),
        }
    }
    fn later(&self) -> Later {
        Later { until: instant(&self.until), reason: self.reason.clone() }
    }
    fn outage(&self) -> Outage {
        Outage { from: instant(&self.outage_from), until: instant(&self.outage_until) }
    }
}

/// Forms say wall-clock time in Tirana; programs may name the instant itself.
fn instant(typed: &str) -> Option<Instant> {
    typed.parse().ok().map(Instant::new).or_else(|| Instant::at_tirane(typed))
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/deadline.html")]
struct DeadlinePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    phase: Phase,
    closes_at: Instant,
    extended_from: Option<Instant>,
    decisions: Vec<DeadlineDecision>,
    may_extend: bool,
    may_grace: bool,
    #[serde(skip)]
    typed: Typed,
}

impl DeadlinePage {
    /// Until the call closes everybody can be given time; after it only somebody with a deadline of their own.
    fn for_all(&self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Coming)
    }
    /// What was chosen. Nothing is chosen beforehand: a deadline that was moved for all cannot be moved back.
    fn chose_all(&self) -> bool {
        self.typed.whom == Some(Whom::All)
    }
    fn chose_one(&self) -> bool {
        self.typed.whom == Some(Whom::One)
    }
    fn whose<'d>(&'d self, decision: &'d DeadlineDecision) -> &'d str {
        if decision.is_for_all() { self.p.t.deadline_for_all() } else { &decision.organisation_name }
    }
}

/// The fund and the round, for whoever works on its applications.
async fn found_here(visit: &Visit, address: (String, String)) -> Result<(Programme, Round)> {
    let (programme, round) = found(visit, address).await?;
    if visit.actor()?.opens(Room::Board, programme.id) { Ok((programme, round)) } else { Err(Error::NotFound) }
}

fn address_of(programme: &Programme, round: &Round) -> String {
    format!("/{}/rounds/{}", programme.slug, round.code)
}

fn crumbs(visit: &Visit, programme: &Programme, round: &Round) -> Vec<Link> {
    vec![Link::new(visit.t().nav_rounds(), format!("/{}/rounds", programme.slug)), Link::new(&*round.code, address_of(programme, round))]
}

async fn page(visit: &Visit, address: (String, String), typed: Typed, reasons: Vec<Reason>) -> Result<DeadlinePage> {
    let (programme, round) = found_here(visit, address).await?;
    let id = round.id;
    let decisions = visit.read(move |conn| deadline_records::of_round(conn, id)).await?;
    let (actor, now) = (visit.actor()?, visit.now());
    let mut crumbs = crumbs(visit, &programme, &round);
    crumbs.push(Link::here(visit.t().deadline_title()));
    Ok(DeadlinePage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        phase: round.phase(now),
        may_extend: may_extend(&actor, &round) && matches!(round.phase(now), Phase::Coming | Phase::Open | Phase::Closed),
        may_grace: rules::may_grace(&actor, &round) && round.is_closed(now),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
        closes_at: round.closes_at,
        extended_from: round.extended_from,
        decisions,
        typed,
    })
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    visit.show(&page(&visit, path.into_inner(), Typed::default(), vec![]).await?)
}

async fn extend(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let (address, typed) = (path.into_inner(), Typed::read(&fields));
    let (programme, round) = found_here(&visit, address.clone()).await?;
    must(may_extend(&*visit.actor()?, &round))?;
    let (later, nipt, id) = (typed.later(), typed.nipt.clone(), round.id);
    let done = match rules::whom(typed.whom, &nipt) {
        Err(choice) => Err(Error::Invalid(unclear(choice, &programme, &round, &later))),
        Ok(Whom::One) => visit.perform(move |act| deadlines::extend_one(act, id, &nipt, &later)).await.map(|(decision, letters)| (decision.closes_at, letters)),
        Ok(Whom::All) => visit.perform(move |act| deadlines::extend_call(act, id, &later)).await.map(|(round, letters)| (round.closes_at, letters)),
    };
    match done {
        Ok((closes_at, letters)) => {
            let to = format!("{}/deadline", address_of(&programme, &round));
            let notice = visit.t().deadline_was_extended(letters, visit.t().moment(closes_at));
            visit.done(&to, &notice, &Given { code: round.code, closes_at, applications: None, letters: Some(letters) })
        }
        Err(Error::Invalid(reasons) | Error::Refused(reasons)) if !visit.api => visit.show_again(&page(&visit, address, typed, reasons).await?),
        Err(other) => Err(other),
    }
}

/// A choice that does not stand, with what is wrong whomever it was meant for.
fn unclear(choice: Reason, programme: &Programme, round: &Round, later: &Later) -> Vec<Reason> {
    let mut reasons = vec![choice];
    reasons.extend(against_closing_at(&programme.terms, round, later.until));
    reasons.extend(against_reason(&later.reason));
    reasons
}

/// What a program is told: until when now, of how many applications, and how many letters say so.
#[derive(serde::Serialize)]
struct Given {
    code: String,
    closes_at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    applications: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    letters: Option<usize>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/grace.html")]
struct GracePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    closes_at: Instant,
    #[serde(skip)]
    typed: Typed,
}

async fn grace_page(visit: &Visit, address: (String, String), typed: Typed, reasons: Vec<Reason>) -> Result<GracePage> {
    let (programme, round) = found_here(visit, address).await?;
    must(rules::may_grace(&*visit.actor()?, &round))?;
    let mut crumbs = crumbs(visit, &programme, &round);
    crumbs.push(Link::new(visit.t().deadline_title(), format!("{}/deadline", address_of(&programme, &round))));
    crumbs.push(Link::here(visit.t().deadline_grace_title()));
    Ok(GracePage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
        closes_at: round.closes_at,
        typed,
    })
}

async fn ask(visit: Visit, path: Path<(String, String)>) -> Answer {
    visit.show(&grace_page(&visit, path.into_inner(), Typed::default(), vec![]).await?)
}

async fn grace(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let (address, typed) = (path.into_inner(), Typed::read(&fields));
    let (programme, round) = found_here(&visit, address.clone()).await?;
    let (later, outage, id) = (typed.later(), typed.outage(), round.id);
    match visit.perform(move |act| deadlines::grace(act, id, outage, &later)).await {
        Ok((decision, applications)) => {
            let to = format!("{}/deadline", address_of(&programme, &round));
            let notice = visit.t().deadline_was_graced(applications, visit.t().moment(decision.closes_at));
            visit.done(&to, &notice, &Given { code: round.code, closes_at: decision.closes_at, applications: Some(applications), letters: None })
        }
        Err(Error::Invalid(reasons) | Error::Refused(reasons)) if !visit.api => visit.show_again(&grace_page(&visit, address, typed, reasons).await?),
        Err(other) => Err(other),
    }
}
