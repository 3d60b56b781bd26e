//! The chained log of a fund: who did what and when, by person, object, kind and day; and whether the chain is whole.
use crate::accounts::records as accounts;
use crate::dashboards::facts::{Fact, facts};
use crate::dashboards::records;
use crate::kernel::{Actor, ApplicationId, Day, Error, Instant, PersonId, Result, Room, Tr};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer, Link, Page, Paging, Visit};
use crate::workflow::{KINDS, LogEntry, Sought, count_sought, first_broken_link, last_walk, sought};
use actix_web::web::Path;
use askama::Template;
use std::collections::HashMap;

/// Whether the chain was walked now, and where it breaks.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Chain {
    NotAsked,
    Whole,
    BrokenAt(i64),
}

/// What was asked for, as it was typed.
#[derive(Clone, Default, serde::Serialize)]
struct Asked {
    who: String,
    about: String,
    kind: String,
    from: String,
    until: String,
}
impl Asked {
    fn of(visit: &Visit) -> Self {
        let asked = |name: &str| visit.asked(name).unwrap_or_default();
        Self { who: asked("who"), about: asked("about"), kind: asked("kind"), from: asked("from"), until: asked("until") }
    }
    fn is_any(&self) -> bool {
        [&self.who, &self.about, &self.kind, &self.from, &self.until].iter().any(|word| !word.is_empty())
    }
    /// A day that cannot be read asks for nothing.
    fn sought(&self, conn: &mut Conn, programme: &Programme) -> Result<Sought> {
        let begin = |text: &str| text.parse::<Day>().ok().map(Day::start);
        let end = |text: &str| text.parse::<Day>().ok().map(Day::end);
        Ok(Sought {
            who: self.who.parse().ok(),
            about: if self.about.is_empty() { None } else { Some(records::subjects_of(conn, programme.id, &self.about)?) },
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            from: begin(&self.from),
            until: end(&self.until),
        })
    }
}

/// Somebody to choose in the filter.
#[derive(serde::Serialize)]
struct Person {
    id: PersonId,
    name: String,
}

#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    entry: LogEntry,
    happened: String,
    facts: Vec<Fact>,
    /// The code of what it is about.
    code: Option<String>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/log.html")]
struct Log {
    #[serde(skip)]
    p: Page,
    fund: String,
    now: Instant,
    chain: Chain,
    walked_at: Option<Instant>,
    asked: Asked,
    /// The fund has nothing with the code that was asked for.
    unknown: bool,
    rows: Vec<Row>,
    paging: Paging,
    #[serde(skip)]
    people: Vec<Person>,
}
impl Log {
    fn is_whole(&self) -> bool {
        self.chain == Chain::Whole
    }
    fn broken_at(&self) -> Option<i64> {
        if let Chain::BrokenAt(seq) = self.chain { Some(seq) } else { None }
    }
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        KINDS.iter().map(|(kind, words)| (*kind, words(self.p.t))).collect()
    }
}

struct Loaded {
    programme: Programme,
    chain: Chain,
    walked_at: Option<Instant>,
    unknown: bool,
    entries: Vec<LogEntry>,
    codes: HashMap<String, String>,
    people: Vec<Person>,
    paging: Paging,
}

fn load(conn: &mut Conn, actor: &Actor, fund: &str, asked: &Asked, page: Option<&str>, walk: bool) -> Result<Loaded> {
    let programme = crate::programmes::records::by_slug(conn, fund)?;
    if !actor.opens(Room::Log, programme.id) {
        return Err(Error::NotFound);
    }
    let chain = if walk { first_broken_link(conn)?.map_or(Chain::Whole, Chain::BrokenAt) } else { Chain::NotAsked };
    let what = asked.sought(conn, &programme)?;
    let unknown = what.about.as_ref().is_some_and(Vec::is_empty);
    let paging = Paging::new(page, if unknown { 0 } else { count_sought(conn, programme.id, &what)? });
    let entries = if unknown { vec![] } else { sought(conn, programme.id, &what, paging.size, paging.offset())? };
    let of_applications = entries.iter().filter(|entry| entry.subject_kind == "application").filter_map(|entry| entry.subject_id.parse().ok());
    let mut ids: Vec<ApplicationId> = of_applications.collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(Loaded {
        codes: records::codes_of(conn, ids)?,
        people: people(conn, &programme, &what, &entries)?,
        walked_at: last_walk(conn)?,
        programme,
        chain,
        unknown,
        entries,
        paging,
    })
}

/// The office, and whoever is chosen now.
fn people(conn: &mut Conn, programme: &Programme, what: &Sought, entries: &[LogEntry]) -> Result<Vec<Person>> {
    let mut people: Vec<Person> =
        accounts::holders(conn, programme.id)?.into_iter().map(|holder| Person { id: holder.person.id, name: holder.person.name }).collect();
    people.dedup_by_key(|person| person.id);
    if let Some(who) = what.who.filter(|who| !people.iter().any(|person| person.id == *who)) {
        people.extend(entries.first().map(|entry| Person { id: who, name: entry.actor_name.clone() }));
    }
    Ok(people)
}

fn row(entry: LogEntry, codes: &HashMap<String, String>, t: Tr) -> Row {
    let own = || serde_json::from_str::<serde_json::Value>(&entry.detail).ok()?.get("code")?.as_str().map(ToOwned::to_owned);
    let code = codes.get(&entry.subject_id).cloned().or_else(own);
    // The code stands before the words already.
    let facts = facts(&entry, t).into_iter().filter(|fact| code.as_ref() != Some(&fact.value)).collect();
    Row { happened: entry.happened(t), facts, code, entry }
}

pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, fund, asked) = (visit.actor()?, path.into_inner(), Asked::of(&visit));
    let (page, walk, asks) = (visit.asked("page"), visit.asked("check").is_some(), asked.clone());
    let loaded = visit.read(move |conn| load(conn, &actor, &fund, &asks, page.as_deref(), walk)).await?;
    let Loaded { programme, chain, walked_at, unknown, entries, codes, people, paging } = loaded;
    let t = visit.t();
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.log_title())];
    visit.show(&Log {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        fund: programme.slug,
        rows: entries.into_iter().map(|entry| row(entry, &codes, t)).collect(),
        now: visit.now(),
        chain,
        walked_at,
        asked,
        unknown,
        paging,
        people,
    })
}
