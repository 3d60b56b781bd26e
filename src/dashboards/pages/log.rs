//! The chained log of a fund: who did what and when, and whether the chain is whole.
use crate::kernel::{Actor, Error, Result, Role};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer, Link, Page, Paging, Visit};
use crate::workflow::{LogEntry, count_of_programme, first_broken_link, log_of_programme};
use actix_web::web::Path;
use askama::Template;

/// Whether the chain was walked, and where it breaks.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Chain {
    NotAsked,
    Whole,
    BrokenAt(i64),
}

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/log.html")]
struct Log {
    #[serde(skip)]
    p: Page,
    fund: String,
    chain: Chain,
    entries: Vec<LogEntry>,
    paging: Paging,
}
impl Log {
    fn is_whole(&self) -> bool {
        self.chain == Chain::Whole
    }
    fn broken_at(&self) -> Option<i64> {
        if let Chain::BrokenAt(seq) = self.chain { Some(seq) } else { None }
    }
}

fn seen(conn: &mut Conn, actor: &Actor, fund: &str) -> Result<Programme> {
    let programme = crate::programmes::records::by_slug(conn, fund)?;
    let may = actor.is_administrator() || actor.is_any(&[Role::Auditor, Role::Director, Role::Administrator], programme.id);
    if may { Ok(programme) } else { Err(Error::NotFound) }
}

pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, fund) = (visit.actor()?, path.into_inner());
    let (asked, walk) = (visit.asked("page"), visit.asked("check").is_some());
    let (programme, chain, entries, paging) = visit
        .read(move |conn| {
            let programme = seen(conn, &actor, &fund)?;
            let chain = if walk { first_broken_link(conn)?.map_or(Chain::Whole, Chain::BrokenAt) } else { Chain::NotAsked };
            let paging = Paging::new(asked.as_deref(), count_of_programme(conn, programme.id)?);
            let entries = log_of_programme(conn, programme.id, paging.size, paging.offset())?;
            Ok((programme, chain, entries, paging))
        })
        .await?;
    let t = visit.t();
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.log_title())];
    visit.show(&Log { p: visit.page_in(programme.frame()).with_crumbs(crumbs), fund: programme.slug.clone(), chain, entries, paging })
}
