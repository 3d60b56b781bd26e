//! What became of every letter of a fund: waiting, sent or given up, with the mail server's answer and the exact text.
use crate::kernel::{Actor, Error, LetterId, Result, Role, Room};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer, Fields, Link, Page, Paging, Visit};
use crate::workflow::outbox::{self, LetterState, Posted};
use actix_web::web::Path;
use askama::Template;

/// Who may have a letter tried again.
const SENDS: &[Role] = &[Role::Secretary, Role::GrantManager];

fn seen(conn: &mut Conn, actor: &Actor, fund: &str) -> Result<Programme> {
    let programme = crate::programmes::records::by_slug(conn, fund)?;
    if actor.opens(Room::Letters, programme.id) { Ok(programme) } else { Err(Error::NotFound) }
}

#[derive(serde::Serialize)]
struct Tab {
    word: &'static str,
    name: &'static str,
    count: i64,
    current: bool,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/letters.html")]
struct List {
    #[serde(skip)]
    p: Page,
    fund: String,
    tabs: Vec<Tab>,
    letters: Vec<Posted>,
    paging: Paging,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/letter.html")]
struct One {
    #[serde(skip)]
    p: Page,
    fund: String,
    letter: Posted,
    can_send: bool,
}

pub(super) async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, fund) = (visit.actor()?, path.into_inner());
    let state: Option<LetterState> = visit.asked("state").and_then(|word| word.parse().ok());
    let asked = visit.asked("page");
    let (programme, counts, letters, paging) = visit
        .read(move |conn| {
            let programme = seen(conn, &actor, &fund)?;
            let counts = outbox::counts(conn, programme.id)?;
            let total = counts.iter().filter(|(of, _)| state.is_none_or(|state| state == *of)).map(|(_, count)| count).sum();
            let paging = Paging::new(asked.as_deref(), total);
            let letters = outbox::page_of_programme(conn, programme.id, state, paging.size, paging.offset())?;
            Ok((programme, counts, letters, paging))
        })
        .await?;
    let t = visit.t();
    let count_of = |wanted: Option<LetterState>| counts.iter().filter(|(of, _)| wanted.is_none_or(|wanted| wanted == *of)).map(|(_, count)| count).sum();
    let states = [None].into_iter().chain(LetterState::ALL.iter().copied().map(Some));
    let tabs = states.map(|one| Tab {
        word: one.map_or("", |one| one.as_str()),
        name: one.map_or_else(|| t.all(), |one| one.label(t)),
        count: count_of(one),
        current: one == state,
    });
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), Link::here(t.nav_letters())];
    visit.show(&List { p: visit.page_in(programme.frame()).with_crumbs(crumbs), fund: programme.slug.clone(), tabs: tabs.collect(), letters, paging })
}

pub(super) async fn one(visit: Visit, path: Path<(String, LetterId)>) -> Answer {
    let (fund, id) = path.into_inner();
    let actor = visit.actor()?;
    let (programme, letter) = visit
        .read({
            let actor = actor.clone();
            move |conn| {
                let programme = seen(conn, &actor, &fund)?;
                let letter = outbox::find(conn, programme.id, id)?;
                Ok((programme, letter))
            }
        })
        .await?;
    let t = visit.t();
    let can_send = letter.state == LetterState::Failed && actor.is_any(SENDS, programme.id);
    let crumbs = vec![Link::new(t.nav_letters(), format!("/{}/letters", programme.slug)), Link::here(&*letter.code)];
    visit.show(&One { p: visit.page_in(programme.frame()).with_crumbs(crumbs), fund: programme.slug.clone(), letter, can_send })
}

pub(super) async fn try_again(visit: Visit, path: Path<(String, LetterId)>, _: Fields) -> Answer {
    let (fund, id) = path.into_inner();
    let address = format!("/{fund}/letters/{id}");
    visit
        .perform(move |act| {
            let programme = seen(act.conn, act.actor, &fund)?;
            crate::kernel::must(act.actor.is_any(SENDS, programme.id))?;
            outbox::try_again(act, programme.id, id)
        })
        .await?;
    visit.done(&address, visit.t().letters_tried_again(), &())
}
