//! Real pages in a real browser: every page type of the demo and of a draft, wide and light in Albanian, narrow and dark in English,
//! read by axe-core; no sideways scrolling at 320 px; a first load of at most 60 kB; focus that can be seen.
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
mod demo;
mod drafts;
mod keyboard;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/pact.rs"]
mod pact;
mod papers;
#[path = "../it/process.rs"]
mod process;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/sample.rs"]
mod sample;
mod sheet;
mod states;
#[path = "../it/typed.rs"]
mod typed;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/visitor.rs"]
mod visitor;
mod webdriver;
#[allow(dead_code, reason = "the browser needs a part of it")]
#[path = "../it/world.rs"]
mod world;

use demo::Demo;
use std::collections::BTreeSet;
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

/// A walk through the pages by their links, one address for each door; what is wrong with them is collected.
struct Walk<'a> {
    browser: &'a Browser,
    address: String,
    axe: Option<String>,
    complaints: Vec<String>,
    /// Doors that somebody has looked at already.
    known: BTreeSet<String>,
    views: usize,
}

impl<'a> Walk<'a> {
    fn of(browser: &'a Browser, address: &str) -> Self {
        let axe = std::env::var("SUBGRANT_AXE").ok().and_then(|path| std::fs::read_to_string(path).ok());
        if axe.is_none() {
            world::skipped("accessibility by axe-core: SUBGRANT_AXE names no file");
        }
        Self { browser, address: address.to_owned(), axe, complaints: vec![], known: BTreeSet::new(), views: 0 }
    }

    /// Everything that this person reaches from here. Who comes `again` looks closely only at pages that nobody saw before.
    fn through(&mut self, who: &str, begin: &[&str], again: bool) {
        let mut waiting: Vec<String> = begin.iter().rev().map(|path| (*path).to_owned()).collect();
        let mut walked = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            let bare = path.split(['?', '#']).next().unwrap_or_default().to_owned();
            let Some(door) = door_of(&bare) else { continue };
            if bare.ends_with(".csv")
                || bare.ends_with(".ics")
                || bare.contains("/files/")
                || bare.ends_with("/voucher")
                || bare.starts_with("/attachments/")
                || bare.contains("/papers/")
                || !walked.insert(door.clone())
            {
                continue;
            }
            self.seen_as("sq", "light", 1280);
            self.browser.forget_everything_loaded();
            self.browser.go(&format!("{}{bare}", self.address));
            let status = self.browser.status();
            if status >= 400 {
                self.complaints.push(format!("{who} {path}: answers {status}"));
                continue;
            }
            waiting.extend(self.browser.links());
            if self.known.insert(door) || !again {
                self.look_closely(who, &bare);
            }
        }
    }

    fn seen_as(&self, lang: &str, theme: &str, width: u32) {
        self.browser.set_cookie("lang", lang);
        self.browser.set_cookie("theme", theme);
        self.browser.width(width);
    }

    fn look_closely(&mut self, who: &str, path: &str) {
        let bytes = self.browser.bytes_loaded();
        if bytes > FIRST_LOAD {
            self.complaints.push(format!("{who} {path}: a first visit costs {bytes} bytes"));
        }
        self.read(&format!("{who} {path} sq light 1280"));
        self.seen_as("en", "dark", 390);
        self.browser.go(&format!("{}{path}", self.address));
        self.read(&format!("{who} {path} en dark 390"));
        self.browser.width(320);
        let (wide, room) = self.browser.widths();
        if wide > room {
            self.complaints.push(format!("{who} {path}: scrolls sideways at 320 px ({wide} in {room}): {}", self.browser.widest()));
        }
    }

    fn read(&mut self, what: &str) {
        self.views += 1;
        if let Some(axe) = &self.axe {
            self.complaints.extend(self.browser.violations(axe).into_iter().map(|found| format!("{what}: {found}")));
        }
    }

    fn end(mut self, at_least: usize) {
        assert!(self.views >= at_least, "only {} views were seen", self.views);
        self.complaints.sort();
        self.complaints.dedup();
        assert!(self.complaints.is_empty(), "{} complaints on {} views\n{}", self.complaints.len(), self.views, self.complaints.join("\n"));
    }
}

/// The browser, or why there is none.
pub fn browser() -> Option<Browser> {
    match Browser::start() {
        Ok(browser) => Some(browser),
        Err(why) => {
            world::skipped(&format!("pages in a browser: {why}"));
            None
        }
    }
}

/// The demo has all there can be: projects that run, reports, payments, rankings, letters, a round in its administrative check.
#[test]
fn every_page_of_the_demo_can_be_read_by_everybody() {
    let Some(browser) = browser() else { return };
    let demo = Demo::start("2017-10-30T10:00");
    let mut walk = Walk::of(&browser, &demo.address);
    browser.become_nobody(&demo.address);
    walk.through("a stranger", &["/pact", "/", "/sign-in", "/sign-up", "/pact/projects/R1-22"], false);
    for (key, again, begin) in [
        ("didck", false, "/applications"),
        ("manager", false, "/pact/rounds/R3/board"),
        ("evaluator", false, "/evaluations"),
        ("rinia-per-klosin", true, "/applications"),
        ("secretary", true, "/pact/rounds/R3/board"),
        ("second-checker", true, "/pact/rounds/R3/board"),
        ("director", true, "/pact/rounds/R1/ranking"),
        ("finance", true, "/pact/payments"),
        ("committee", true, "/pact/rounds/R1/ranking"),
        ("funder", true, "/pact/rounds/R1/summary"),
        ("auditor", true, "/pact/log"),
        ("administrator", true, "/pact/people"),
    ] {
        browser.become_nobody(&demo.address);
        browser.go(&format!("{}/demo/sign-in/{key}", demo.address));
        walk.through(key, &[begin, "/pact", "/account"], again);
    }
    walk.end(100);
}

/// The pages that ask: a draft while its call is open.
#[test]
fn every_page_of_a_draft_can_be_read_by_everybody() {
    let Some(browser) = browser() else { return };
    let world = World::new();
    let ilir = world.applicant("Ilir Gjoka", "Shoqata Drini (example)");
    let draft = sample::draft(&world, &ilir);
    browser.become_visitor(&world.address, &ilir);
    let mut walk = Walk::of(&browser, &world.address);
    walk.through("a writer", &[&format!("/applications/{draft}"), &format!("/applications/{draft}/check"), "/organisations/new"], false);
    walk.end(30);
}

/// From the top of the sign-in page to its button with Tab alone: everything that takes focus shows it and stands in the window.
#[test]
fn focus_can_be_seen_on_the_way_through_sign_in() {
    let Some(browser) = browser() else { return };
    let world = World::new();
    browser.become_nobody(&world.address);
    for theme in ["light", "dark"] {
        browser.set_cookie("theme", theme);
        browser.width(390);
        browser.go(&format!("{}/sign-in", world.address));
        let mut reached = vec![];
        for _ in 0..25 {
            browser.press_tab();
            // A page glides to what takes the focus.
            let focus = (0..20).map(|_| browser.focus()).inspect(|_| std::thread::sleep(std::time::Duration::from_millis(50))).find(|focus| focus.in_window);
            let focus = focus.unwrap_or_else(|| browser.focus());
            if focus.what == "body" {
                break;
            }
            assert!(focus.shows, "{theme}: nothing shows that {} has the focus", focus.what);
            assert!(focus.in_window, "{theme}: {} has the focus outside of the window", focus.what);
            reached.push(focus.what);
        }
        for wanted in ["a.skip", "input#email", "input#password", "button.btn"] {
            assert!(reached.iter().any(|what| what == wanted), "{theme}: {wanted} cannot be reached by keyboard: {reached:?}");
        }
    }
}
