//! Real pages in a real browser: every page that four people can reach, wide and narrow, light and dark, in both languages,
//! read by axe-core; no sideways scrolling at 320 px; a first load of at most 60 kB.
//!
//! Needs chromedriver with Chromium, and axe-core as a file that `SUBGRANT_AXE` names; `scripts/test` brings both.
#![allow(
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where it stands, and says so"
)]
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/pact.rs"]
mod pact;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/sample.rs"]
mod sample;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/visitor.rs"]
mod visitor;
mod webdriver;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/world.rs"]
mod world;

use std::collections::BTreeMap;
use subgrant::kernel::Role;
pub use visitor::{Answered, Visitor};
use webdriver::Browser;
pub use world::World;

/// The most bytes that a first visit may cost, page and everything it asks for.
const FIRST_LOAD: u64 = 60_000;

/// The door that this address belongs to; None where it is no page of ours.
fn door_of(path: &str) -> Option<String> {
    let wanted: Vec<&str> = path.split('/').collect();
    subgrant::site::doors()
        .iter()
        .filter(|door| door.method.as_str() == "GET")
        .map(|door| door.path.to_owned())
        .filter(|pattern| {
            let known: Vec<&str> = pattern.split('/').collect();
            known.len() == wanted.len() && known.iter().zip(&wanted).all(|(known, wanted)| known.starts_with('{') || known == wanted)
        })
        .min_by_key(|pattern| pattern.matches('{').count())
}

/// Every page that this person reaches by links from where they begin: one address for each door.
fn reachable(visitor: &Visitor, begin: &[String]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut waiting: Vec<String> = begin.to_vec();
    while let Some(path) = waiting.pop() {
        let bare = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        let Some(door) = door_of(&bare) else { continue };
        if found.contains_key(&door) {
            continue;
        }
        let answer = visitor.get(&bare);
        assert!(answer.status < 500, "{bare}: {}", answer.main_text());
        if answer.status == 303 {
            waiting.extend(answer.location.clone());
        }
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 || !is_page {
            continue;
        }
        waiting.extend(answer.attributes("a[href^='/']", "href"));
        found.insert(door, bare);
    }
    found
}

/// Four people, each with the pages they reach.
fn people(world: &World) -> Vec<(&'static str, Visitor, BTreeMap<String, String>)> {
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let ilir = world.applicant("Ilir Gjoka", "Shoqata Drini (example)");
    let (handed_in, _) = sample::submitted(world, &arta);
    let draft = sample::draft(world, &ilir);
    let office = [Role::GrantManager, Role::Secretary, Role::SecondChecker, Role::FinanceOfficer, Role::Director];
    let mira = world.staff("Mira Kola", &office);
    let genti = world.staff("Genti Leka", &[Role::Evaluator, Role::CommitteeMember]);
    let without_variables: Vec<String> =
        subgrant::site::doors().iter().filter(|door| door.method.as_str() == "GET" && !door.path.contains('{')).map(|door| door.path.to_owned()).collect();
    let begin = |own: Vec<String>| {
        let fund = ["/pact", "/pact/rounds", "/pact/rounds/R3", "/pact/people", "/pact/contracts"].map(ToOwned::to_owned);
        own.into_iter().chain(fund).chain(without_variables.clone()).collect::<Vec<_>>()
    };
    let application = |id: subgrant::kernel::ApplicationId| begin(vec![format!("/applications/{id}")]);
    vec![("a stranger", world.stranger(), begin(vec![])), ("an applicant", arta, application(handed_in)), ("a writer", ilir, application(draft))]
        .into_iter()
        .chain([("the office", mira, application(handed_in)), ("an evaluator", genti, begin(vec![]))])
        .map(|(who, visitor, begin)| {
            let pages = reachable(&visitor, &begin);
            (who, visitor, pages)
        })
        .collect()
}

/// The browser, or why there is none.
fn browser() -> Option<Browser> {
    match Browser::start() {
        Ok(browser) => Some(browser),
        Err(why) => {
            world::skipped(&format!("pages in a browser: {why}"));
            None
        }
    }
}

#[test]
fn every_page_can_be_read_by_everybody_on_every_device() {
    let Some(browser) = browser() else { return };
    let axe = std::env::var("SUBGRANT_AXE").ok().and_then(|path| std::fs::read_to_string(path).ok());
    if axe.is_none() {
        world::skipped("accessibility by axe-core: SUBGRANT_AXE names no file");
    }
    let world = World::new();
    let (mut complaints, mut seen) = (vec![], 0);
    for (who, visitor, pages) in people(&world) {
        browser.become_visitor(&world.address, &visitor);
        for path in pages.values() {
            for (lang, theme, width) in [("sq", "light", 390), ("en", "dark", 390), ("sq", "dark", 1280), ("en", "light", 1280)] {
                browser.set_cookie("lang", lang);
                browser.set_cookie("theme", theme);
                browser.width(width);
                browser.go(&format!("{}{path}", world.address));
                seen += 1;
                let found = axe.as_ref().map(|axe| browser.violations(axe)).unwrap_or_default();
                complaints.extend(found.into_iter().map(|what| format!("{who} {path} {lang} {theme} {width}: {what}")));
            }
            browser.width(320);
            let (wide, room) = browser.widths();
            if wide > room {
                complaints.push(format!("{who} {path}: scrolls sideways at 320 px ({wide} in {room}): {}", browser.widest()));
            }
        }
    }
    assert!(seen > 20, "only {seen} pages were seen");
    complaints.sort();
    complaints.dedup();
    assert!(complaints.is_empty(), "{} complaints on {seen} views\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn a_first_visit_is_light() {
    let Some(browser) = browser() else { return };
    let world = World::new();
    let mut complaints = vec![];
    for (who, visitor, pages) in people(&world) {
        browser.become_visitor(&world.address, &visitor);
        for path in pages.values() {
            browser.forget_everything_loaded();
            browser.go(&format!("{}{path}", world.address));
            let bytes = browser.bytes_loaded();
            if bytes > FIRST_LOAD {
                complaints.push(format!("{who} {path}: {bytes} bytes"));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
