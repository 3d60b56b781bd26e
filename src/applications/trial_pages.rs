//! Pages of trying the form: what a try is, beginning one, and what it gets instead of a receipt.
use super::handing_pages::{Tried, check_page, framed};
use super::{Candidate, Part, records, rules, trials};
use crate::calls::Phase;
use crate::calls::records as calls;
use crate::kernel::{ApplicationId, Bilingual, Error, Instant, Money, OrganisationId, Reason, Result};
use crate::programmes;
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, percent_encoded, post};
use actix_web::web::Path;
use askama::Template;

/// Their doors.
pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/calls/{round}/tests", ask),
        post("/{fund}/calls/{round}/tests", start).api("Begins a try of the form: `organisation` where one writes for several. It is handed in nowhere."),
        get("/applications/{application}/trial", show).api("What a try of the form got when it was sent, as far as a try is sent."),
        post("/applications/{application}/trial", send).api("Sends a try: everything is checked, nothing is handed in."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/try.html")]
struct TryPage {
    #[serde(skip)]
    p: Page,
    fund: String,
    round: String,
    round_name: Bilingual,
    phase: Phase,
    candidates: Vec<Candidate>,
    kept_days: i64,
}

impl TryPage {
    fn is_over(&self) -> bool {
        !matches!(self.phase, Phase::Coming | Phase::Open)
    }
}

async fn try_page(visit: &Visit, (fund, code): (String, String), reasons: Vec<Reason>) -> Answer {
    let actor = visit.actor()?;
    let (slug, wanted) = (fund.clone(), code.clone());
    let (programme, round, candidates) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let round = calls::published(conn, programme.id, &wanted)?;
            let candidates = records::candidates(conn, &actor, &round, &programme.terms.municipalities)?;
            Ok((programme, round, candidates))
        })
        .await?;
    if candidates.is_empty() {
        return visit.go(&organisation_first(&fund, &code));
    }
    let failed = !reasons.is_empty();
    let t = visit.t();
    let crumbs = vec![
        Link::new(programme.terms.name.say(t), format!("/{fund}")),
        Link::new(round.terms.name.say(t), format!("/{fund}/calls/{code}")),
        Link::here(t.trial_title()),
    ];
    let view = TryPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        phase: round.phase(visit.now()),
        fund,
        round: code,
        round_name: round.terms.name,
        candidates,
        kept_days: rules::TESTS_KEPT_DAYS,
    };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

/// Where somebody registers an organisation who came to try the form; from there it leads back.
fn organisation_first(fund: &str, code: &str) -> String {
    format!("/organisations/new?then={}", percent_encoded(&format!("/{fund}/calls/{code}/tests")))
}

async fn ask(visit: Visit, path: Path<(String, String)>) -> Answer {
    try_page(&visit, path.into_inner(), vec![]).await
}

async fn start(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    let (actor, lang) = (visit.actor()?, visit.lang);
    let (slug, wanted) = (fund.clone(), code.clone());
    let round = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            Ok(calls::published(conn, programme.id, &wanted)?.id)
        })
        .await?;
    let organisation = match (fields.get("organisation").parse::<OrganisationId>(), actor.organisations.as_slice()) {
        (Ok(chosen), _) => chosen,
        (Err(_), [(only, _)]) => *only,
        (Err(_), []) if !visit.api => return visit.go(&organisation_first(&fund, &code)),
        (Err(_), _) => {
            let reasons = vec![Reason::new("no-organisation", "organisation", |t| t.application_choose_organisation().into())];
            return if visit.api { Err(Error::Invalid(reasons)) } else { try_page(&visit, (fund, code), reasons).await };
        }
    };
    match visit.perform(move |act| trials::start(act, round, organisation, lang)).await {
        Ok(test) => visit.done(&format!("/applications/{}", test.id), "", &test),
        // The one that is there is what was wanted.
        Err(Error::Refused(reasons)) if !visit.api && reasons.iter().any(|reason| reason.code == "one-test") => {
            match visit.read(move |conn| records::test_of(conn, organisation, round)).await? {
                Some(id) => visit.go(&format!("/applications/{id}")),
                None => try_page(&visit, (fund, code), reasons).await,
            }
        }
        Err(Error::Refused(reasons)) if !visit.api => try_page(&visit, (fund, code), reasons).await,
        Err(other) => Err(other),
    }
}

/// A paper as a receipt names it.
#[derive(serde::Serialize)]
struct Paper {
    name: String,
    bytes: i64,
    sha256: String,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/trial.html")]
struct TrialPage {
    #[serde(skip)]
    p: Page,
    application: ApplicationId,
    is_test: bool,
    #[serde(skip)]
    fund: String,
    #[serde(skip)]
    round_code: String,
    round: Bilingual,
    title: String,
    organisation: String,
    requested: Money,
    tried_at: Instant,
    papers: Vec<Paper>,
    parts: usize,
    kept_days: i64,
    /// The call takes applications, so that the real one may begin.
    open: bool,
}

async fn trial_page(visit: &Visit, id: ApplicationId) -> Result<TrialPage> {
    let actor = visit.actor()?;
    let (framed, papers, tried_at) = visit
        .read(move |conn| {
            let framed = framed(conn, &actor, id)?;
            let tried_at = framed.application.tried_at.filter(|_| rules::may_write(&actor, &framed.application)).ok_or(Error::NotFound)?;
            let papers = records::attachments(conn, id)?;
            Ok((framed, papers, tried_at))
        })
        .await?;
    let paper = |paper: super::Attachment| Paper { name: paper.name, bytes: paper.bytes, sha256: paper.sha256 };
    Ok(TrialPage {
        p: framed.page(visit, visit.t().trial_receipt()),
        open: framed.round.takes_applications(visit.now()),
        application: id,
        is_test: true,
        fund: framed.programme.slug,
        round_code: framed.round.code,
        round: framed.round.terms.name,
        title: framed.application.title,
        organisation: framed.application.organisation_name,
        requested: framed.application.requested,
        tried_at,
        papers: papers.into_iter().map(paper).collect(),
        parts: Part::ALL.len(),
        kept_days: rules::TESTS_KEPT_DAYS,
    })
}

async fn show(visit: Visit, path: Path<ApplicationId>) -> Answer {
    visit.show(&trial_page(&visit, path.into_inner()).await?)
}

async fn send(visit: Visit, path: Path<ApplicationId>, _: Fields) -> Answer {
    let id = path.into_inner();
    match visit.perform(move |act| trials::send(act, id)).await {
        Ok(receipt) => visit.done(&format!("/applications/{id}/trial"), "", &receipt),
        Err(Error::Refused(reasons)) if !visit.api => check_page(&visit, id, Tried { refused: Some(reasons), ..Tried::default() }).await,
        Err(other) => Err(other),
    }
}
