//! Every page of an application in every state that it can be in (empty, filled, with errors, in conflict, without a connection,
//! submitted, closed): read by axe-core in both languages, light and dark, at 1280, 390 and 320 px, and never wider than its window.
use crate::webdriver::Browser;
use crate::{Visitor, World, sample, world};
use serde_json::json;
use subgrant::applications::actions;
use subgrant::kernel::{ApplicationId, Lang, Membership};

const PARTS: [&str; 9] = ["partners", "summary", "description", "logframe", "plan", "budget", "capacity", "attachments", "declarations"];
/// Each width, theme and language with each other at least once.
const SEEN: [(&str, [(u32, &str); 3]); 2] = [("sq", [(1280, "light"), (390, "dark"), (320, "light")]), ("en", [(1280, "dark"), (390, "light"), (320, "dark")])];

struct Look<'a> {
    browser: &'a Browser,
    world: &'a World,
    axe: String,
    complaints: Vec<String>,
    views: usize,
}

impl Look<'_> {
    /// The page in each language; `make` brings it into the state that is meant, and names it.
    fn at(&mut self, state: &str, path: &str, make: &dyn Fn(&Browser)) {
        for (lang, views) in SEEN {
            self.browser.width(1280);
            self.browser.set_cookie("lang", lang);
            self.browser.go(&format!("{}{path}", self.world.address));
            assert!(self.browser.status() < 400, "{state} {path}: {}", self.browser.status());
            make(self.browser);
            for (width, theme) in views {
                self.browser.run_with("document.documentElement.dataset.theme=arguments[0]", &json!([theme]));
                self.browser.width(width);
                let what = format!("{state} {path} {lang} {theme} {width}");
                let (wide, room) = self.browser.widths();
                if wide > room {
                    self.complaints.push(format!("{what}: scrolls sideways ({wide} in {room}): {}", self.browser.widest()));
                }
                self.complaints.extend(self.browser.violations(&self.axe).into_iter().map(|found| format!("{what}: {found}")));
                self.views += 1;
            }
        }
    }
    fn all(&mut self, state: &str, id: ApplicationId, rest: &[&str]) {
        for page in PARTS.iter().chain(rest) {
            self.at(state, &format!("/applications/{id}/{page}"), &|_| ());
        }
        self.at(state, &format!("/applications/{id}"), &|_| ());
    }
}

/// Waits until a script says yes.
fn until(browser: &Browser, script: &str) {
    for _ in 0..100 {
        if browser.run(script) == true {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("never: {script}: {}", browser.run("return document.body.innerText"));
}

/// The first box of the form that takes a text; in a form of ticks, the first tick.
const FIRST: &str = "const all=[...document.querySelector('form[data-draft]').elements].filter(e=>e.name&&e.tagName!=='BUTTON'),e=all.find(e=>e.tagName==='TEXTAREA'||e.tagName==='INPUT'&&['text','email'].includes(e.type))||all.find(e=>e.type==='checkbox');";

fn write_something(browser: &Browser) {
    browser.run(&format!(
        "{FIRST}if(e.type==='checkbox')e.checked=!e.checked;else e.value='Diçka tjetër '+Date.now();e.dispatchEvent(new Event('input',{{bubbles:true}}))"
    ));
}

fn empty(world: &World, applicant: &Visitor) -> ApplicationId {
    let (round, actor, organisation) = (world.round("R3"), world.actor(applicant), applicant.organisation_id());
    sample::act(world, &actor, |act| actions::start(act, round.id, organisation, Lang::Sq)).id
}

/// A colleague changes the box that will be typed into; the form that is open has not heard of it.
fn colleague_changes(world: &World, colleague: &Visitor, path: &str, name: &str) {
    let boxes = colleague.get(&format!("/api/v1{path}/boxes")).expect(200).json();
    let mark = boxes["boxes"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["mark"].as_str().unwrap().to_owned();
    let text = format!("Teksti i Besnikut, {}", world.now());
    colleague.post(&format!("/api/v1{path}/boxes"), &[("name", name), ("mark", &mark), ("text", &text)]).expect(200);
}

#[test]
fn every_state_of_an_application_can_be_read_by_everybody() {
    let Some(browser) = crate::browser() else { return };
    let Some(axe) = std::env::var("SUBGRANT_AXE").ok().and_then(|path| std::fs::read_to_string(path).ok()) else {
        return world::skipped("accessibility by axe-core: SUBGRANT_AXE names no file");
    };
    let world = World::new();
    let ilir = world.applicant("Ilir Gjoka", "Shoqata Drini (example)");
    browser.become_visitor(&world.address, &ilir);
    let mut look = Look { browser: &browser, world: &world, axe, complaints: vec![], views: 0 };

    let new = empty(&world, &ilir);
    look.all("empty", new, &["check", "read"]);
    for part in PARTS.iter().filter(|part| **part != "attachments") {
        let path = format!("/applications/{new}/{part}");
        look.at("errors", &path, &|browser| {
            // Saved as it is, and looked at again: now everything that is missing is named.
            browser.run("document.querySelector(\"form[data-draft] [name=go][value=next]\").click()");
            until(browser, &format!("return location.pathname!=='{path}'||!!document.querySelector('.errsum')"));
            browser.go(&format!("{}{path}", world.address));
        });
    }
    ilir.post(&format!("/applications/{new}/removal"), &[]).expect(303);

    let full = sample::draft(&world, &ilir);
    look.all("filled", full, &["check", "read", "history"]);
    world.at("2017-10-25T17:00:00");
    look.all("closed", full, &["check", "read", "history"]);
    world.at("2017-10-20T11:00:00");
    sample::act(&world, &world.actor(&ilir), |act| subgrant::applications::submission::submit(act, full));
    look.all("submitted", full, &["receipt", "read", "history", "withdrawal"]);

    while_it_breaks(&mut look);

    println!("{} views", look.views);
    assert!(look.views > 300, "only {} views", look.views);
    look.complaints.sort();
    look.complaints.dedup();
    assert!(look.complaints.is_empty(), "{} complaints on {} views\n{}", look.complaints.len(), look.views, look.complaints.join("\n"));
}

/// What a form says while there is no connection, and when a colleague wrote into the same box.
fn while_it_breaks(look: &mut Look<'_>) {
    let (world, browser) = (look.world, look.browser);
    let arta = world.applicant("Arta", "Qendra Rinia (example)");
    let besnik = world.person("Besnik");
    world.join(&besnik, arta.organisation_id(), Membership::Editor);
    let draft = sample::draft(world, &arta);
    browser.become_visitor(&world.address, &arta);
    for part in PARTS.iter().filter(|part| **part != "attachments") {
        let path = format!("/applications/{draft}/{part}");
        look.at("offline", &path, &|browser| {
            browser.run("localStorage.clear()");
            browser.offline(true);
            write_something(browser);
            until(browser, "return document.getElementById('saving').classList.contains('off')");
            browser.offline(false);
        });
        if *part == "plan" {
            continue;
        }
        browser.run("localStorage.clear()");
        look.at("conflict", &path, &|browser| {
            let name = browser.run(&format!("{FIRST}return e.name"));
            colleague_changes(world, &besnik, &path, name.as_str().unwrap());
            write_something(browser);
            until(browser, "return !!document.querySelector('.both')");
        });
        browser.run("localStorage.clear()");
    }
}
