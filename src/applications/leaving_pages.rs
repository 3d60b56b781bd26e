//! Taking back: a submitted application is withdrawn, a draft is thrown away. Each has a page that asks once more.
use super::submission::MOST_REASON;
use super::{Application, actions, records, rules};
use crate::kernel::{Actor, ApplicationId, Bilingual, Error, Instant, Reason, Result, must, unless};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/withdrawal", ask_to_withdraw),
        post("/applications/{application}/withdrawal", withdraw).api("Takes a submitted application back: `reason`."),
        get("/applications/{application}/removal", ask_to_discard),
        post("/applications/{application}/removal", discard).api("Throws a draft away that was never handed in."),
    ]
}

/// What both pages ask about.
struct Asked {
    p: Page,
    application: Application,
    round: Bilingual,
    closes_at: Instant,
    open: bool,
}

type May = fn(&Actor, &Application) -> bool;

/// The application for somebody who may do this with it, when nothing stands in the way.
async fn asked(visit: &Visit, id: ApplicationId, may: May, against: fn(&Application) -> Vec<Reason>, title: &str) -> Result<Asked> {
    let actor = visit.actor()?;
    let (application, round, programme) = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            must(may(&actor, &application))?;
            unless(against(&application))?;
            let round = records::round_of(conn, &application)?;
            let programme = crate::programmes::records::find(conn, application.programme_id)?;
            Ok((application, round, programme))
        })
        .await?;
    let t = visit.t();
    let name = application.code.clone().unwrap_or_else(|| round.terms.name.say(t).to_owned());
    let crumbs = vec![Link::new(t.nav_my_applications(), "/applications"), Link::new(name, format!("/applications/{id}")), Link::here(title)];
    let p = visit.page_in(programme.frame()).with_crumbs(crumbs).of_a_test(application.is_test);
    Ok(Asked { p, open: round.takes_applications(visit.now()), closes_at: round.closes_at, round: round.terms.name, application })
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/withdraw.html")]
struct WithdrawPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    closes_at: Instant,
    /// It can still be taken up again and handed in once more.
    open: bool,
    reason: String,
}

async fn withdraw_page(visit: &Visit, id: ApplicationId, reason: String, reasons: Vec<Reason>) -> Result<WithdrawPage> {
    let Asked { p, application, closes_at, open, .. } = asked(visit, id, rules::may_sign, rules::withdrawing, visit.t().application_withdraw()).await?;
    Ok(WithdrawPage { p: p.with_errors(reasons), application, closes_at, open, reason })
}

async fn ask_to_withdraw(visit: Visit, path: Path<ApplicationId>) -> Answer {
    visit.show(&withdraw_page(&visit, path.into_inner(), String::new(), vec![]).await?)
}

async fn withdraw(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Answer {
    let (id, reason) = (path.into_inner(), fields.get("reason"));
    let why = reason.clone();
    match visit.perform(move |act| actions::withdraw(act, id, &why)).await {
        Ok(application) => visit.done(&format!("/applications/{id}/receipt"), visit.t().application_was_withdrawn(), &application),
        Err(Error::Invalid(reasons)) if !visit.api => visit.show_again(&withdraw_page(&visit, id, reason, reasons).await?),
        Err(other) => Err(other),
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/discard.html")]
struct DiscardPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    round: Bilingual,
}

async fn ask_to_discard(visit: Visit, path: Path<ApplicationId>) -> Answer {
    let Asked { p, application, round, .. } = asked(&visit, path.into_inner(), rules::may_discard, rules::discarding, visit.t().application_discard()).await?;
    visit.show(&DiscardPage { p, application, round })
}

async fn discard(visit: Visit, path: Path<ApplicationId>, _: Fields) -> Answer {
    let id = path.into_inner();
    visit.perform(move |act| actions::discard(act, id)).await?;
    visit.done("/applications", visit.t().application_was_discarded(), &())
}
