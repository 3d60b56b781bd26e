//! Throwing a draft away: asked once more before it is done.
use super::{Application, actions, records, rules};
use crate::kernel::{ApplicationId, Bilingual};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/removal", ask),
        post("/applications/{application}/removal", discard).api("Throws a draft away that was never handed in."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/discard.html")]
struct DiscardPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    round: Bilingual,
}

async fn ask(visit: Visit, path: Path<ApplicationId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let (application, round, programme) = visit
        .read(move |conn| {
            let application = records::find(conn, &actor, id)?;
            crate::kernel::must(rules::may_sign(&actor, &application))?;
            crate::kernel::unless(rules::discarding(&application))?;
            let round = crate::calls::records::find(conn, application.round_id)?;
            let programme = crate::programmes::records::find(conn, application.programme_id)?;
            Ok((application, round, programme))
        })
        .await?;
    let t = visit.t();
    let crumbs = vec![
        Link::new(t.nav_my_applications(), "/applications"),
        Link::new(round.terms.name.say(t), format!("/applications/{id}")),
        Link::here(t.application_discard()),
    ];
    visit.show(&DiscardPage { p: visit.page_in(programme.frame()).with_crumbs(crumbs), application, round: round.terms.name })
}

async fn discard(visit: Visit, path: Path<ApplicationId>, _: Fields) -> Answer {
    let id = path.into_inner();
    visit.perform(move |act| actions::discard(act, id)).await?;
    visit.done("/applications", visit.t().application_was_discarded(), &())
}
