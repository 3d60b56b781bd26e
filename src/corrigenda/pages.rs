//! What changed in a call, for everybody: `GET /{fund}/calls/{round}/corrigenda`.
use super::rules::{Marked, marks};
use super::{Change, Entry, office_pages, records};
use crate::calls::{self, Phase};
use crate::kernel::{Bilingual, Tr};
use crate::programmes;
use crate::web::{Answer, Door, Link, Page, Visit, get};
use actix_web::web::Path;
use askama::Template;
use std::borrow::Borrow;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![get("/{fund}/calls/{round}/corrigenda", show).api("What changed in a call since it was published, and why; the newest first.")];
    doors.extend(office_pages::doors());
    doors
}

impl Change {
    /// Word by word, in the reader's language.
    #[must_use]
    pub fn marks(&self, t: impl Borrow<Tr>) -> Vec<Marked> {
        let t = *t.borrow();
        marks(self.old.say(t), self.new.say(t))
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "corrigenda/public.html")]
struct CorrigendaPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    phase: Phase,
    corrigenda: Vec<Entry>,
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (inner, address) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { page(inner, address).await }).await
}

async fn page(visit: Visit, (slug, code): (String, String)) -> Answer {
    let (programme, round, corrigenda) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let round = calls::records::published(conn, programme.id, &code)?;
            let corrigenda = records::of_round(conn, round.id)?;
            Ok((programme, round, corrigenda))
        })
        .await?;
    let t = visit.t();
    let call = Link::new(round.terms.name.say(t), format!("/{}/calls/{}", programme.slug, round.code));
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), call, Link::here(t.corrigendum_title())];
    visit.show(&CorrigendaPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        phase: round.phase(visit.now()),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
        corrigenda,
    })
}
