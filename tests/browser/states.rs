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
    fn end(mut self, at_least: usize) {
        println!("{} views", self.views);
        assert!(self.views > at_least, "only {} views", self.views);
        self.complaints.sort();
        self.complaints.dedup();
        assert!(self.complaints.is_empty(), "{} complaints on {} views\n{}", self.complaints.len(), self.views, self.complaints.join("\n"));
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
    let Some(axe) = axe() else { return };
    let world = World::new();
    let ilir = world.applicant("Ilir Gjoka", "Shoqata Drini (example)");
    let mut look = Look { browser: &browser, world: &world, axe, complaints: vec![], views: 0 };

    let elira = world.applicant("Elira Cani", "Forumi (example)");
    browser.become_visitor(&world.address, &elira);
    let profile = format!("/organisations/{}", elira.organisation_id());
    look.at("filled", &profile, &|_| ());
    look.at("errors", &profile, &|browser| {
        browser.run("document.querySelector('[name=staff_women]').value='tre';document.querySelector('form[data-draft] [name=go]').click()");
        until(browser, "return !!document.querySelector('.errsum')");
    });
    browser.become_visitor(&world.address, &ilir);
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

    look.end(300);
}

fn axe() -> Option<String> {
    let axe = std::env::var("SUBGRANT_AXE").ok().and_then(|path| std::fs::read_to_string(path).ok());
    if axe.is_none() {
        world::skipped("accessibility by axe-core: SUBGRANT_AXE names no file");
    }
    axe
}

/// The people of an organisation, a text on its way to the signature, and a partner's own part, in all their states.
#[test]
fn who_writes_and_who_signs_can_be_read_by_everybody() {
    let Some(browser) = crate::browser() else { return };
    let Some(axe) = axe() else { return };
    let world = World::new();
    asks_for_signatures(&world);
    let (drita, besnik, gjergj) = (world.applicant("Drita Prela", "Qendra (example)"), world.person("Besnik Leka"), world.person("Gjergj Marku"));
    let organisation = drita.organisation_id();
    world.join(&besnik, organisation, Membership::Editor);
    let mut look = Look { browser: &browser, world: &world, axe, complaints: vec![], views: 0 };
    let draft = sample::draft(&world, &drita);
    let at = |what: &str| format!("/applications/{draft}/{what}");

    browser.become_visitor(&world.address, &drita);
    drita.post(&format!("/organisations/{organisation}/people"), &[("email", "x@example.org"), ("membership", "editor")]).expect(303);
    look.at("people", &format!("/organisations/{organisation}/people"), &|_| ());
    look.at("unsigned", &at("partners"), &|_| ());
    look.at("unsigned", &at("check"), &|_| ());

    // The partner: asked, at work, signed, outdated.
    let mut partners = sample::partners();
    partners.partners[0].email = gjergj.email().to_owned();
    let content = subgrant::applications::content::PartContent::Partners(partners);
    sample::act(&world, &world.actor(&drita), |act| actions::save_part(act, draft, content, None));
    drita.post(&at("partners/p1/invitation"), &[]).expect(303);
    look.at("asked", &at("partners"), &|_| ());
    let letter = world.letters_to(&gjergj).pop().unwrap().text_body;
    let link = format!("/invitations/{}", letter.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap());
    browser.become_visitor(&world.address, &gjergj);
    look.at("invited", &link, &|_| ());
    let own = gjergj.post(&link, &[]).expect(303).location.unwrap();
    look.at("own part", &own, &|_| ());
    look.at("own part, errors", &own, &|browser| {
        browser.run("document.querySelector('form[action$=signature] button').click()");
        until(browser, "return !!document.querySelector('.errsum')");
    });
    look.at("partner", "/applications", &|_| ());
    gjergj.post(&format!("{own}/signature"), &[("signed_name", "Gjergj Marku"), ("signed_as", "Drejtor"), ("agreed", "yes")]).expect(303);
    look.at("own part, signed", &own, &|_| ());
    browser.become_visitor(&world.address, &drita);
    look.at("signed", &at("partners"), &|_| ());

    // The signature: not yet, ready for who writes and who signs, sent back, changed.
    look.at("not yet", &at("check"), &|_| ());
    besnik.post(&at("readiness"), &[]).expect(303);
    look.at("ready", &at("check"), &|_| ());
    look.at("ready, no word", &at("check"), &|browser| {
        browser.run("document.querySelector('form[action$=return] button').click()");
        until(browser, "return !!document.querySelector('.errsum')");
    });
    look.at("ready", &at("description"), &|_| ());
    look.at("ready", &format!("/applications/{draft}"), &|_| ());
    browser.become_visitor(&world.address, &besnik);
    look.at("ready", &at("check"), &|_| ());
    drita.post(&at("return"), &[("word", "Buxheti është i lartë.")]).expect(303);
    look.at("sent back", &at("check"), &|_| ());
    besnik.post(&at("readiness"), &[]).expect(303);
    world.app.desk.clock.move_to(world.now().plus_seconds(60));
    colleague_changes(&world, &besnik, &at("description"), "problem");
    look.at("changed", &at("check"), &|_| ());

    // Taken out while the page is open: what was typed comes back.
    let page = at("capacity");
    browser.go(&format!("{}{page}", world.address));
    drita.post(&format!("/organisations/{organisation}/people/{}", besnik.person_id()), &[("do", "remove")]).expect(303);
    write_something(&browser);
    until(&browser, "return document.getElementById('saving').classList.contains('bad')");
    let said = browser.run("return document.getElementById('saving').innerText");
    assert!(said.as_str().unwrap().contains("Nuk u ruajt asgjë") || said.as_str().unwrap().contains("Nothing was saved"), "{said}");
    assert_eq!(browser.run(&format!("{FIRST}return e.value.startsWith('Diçka tjetër')")), true, "the text stays on the page");
    look.end(100);
}

/// Round R3, as if its file asked for both signatures.
fn asks_for_signatures(world: &World) {
    use diesel::prelude::*;
    use subgrant::store::schema::rounds;
    let mut round = world.round("R3");
    round.terms.signature = subgrant::calls::Signature::Signatory;
    round.terms.partners_sign = true;
    let terms = serde_json::to_string(&round.terms).unwrap();
    world.write(|conn| diesel::update(rounds::table.find(round.id)).set(rounds::terms.eq(&terms)).execute(conn));
}

/// What a form says while there is no connection, and when a colleague wrote into the same box.
fn while_it_breaks(look: &mut Look<'_>) {
    let (world, browser) = (look.world, look.browser);
    let arta = world.applicant("Arta", "Qendra Rinia (example)");
    let besnik = world.person("Besnik");
    world.join(&besnik, arta.organisation_id(), Membership::Editor);
    let draft = sample::draft(world, &arta);
    browser.become_visitor(&world.address, &arta);
    let parts = PARTS.iter().filter(|part| **part != "attachments").map(|part| format!("/applications/{draft}/{part}"));
    for path in parts.chain([format!("/organisations/{}", arta.organisation_id())]) {
        look.at("offline", &path, &|browser| {
            browser.run("localStorage.clear()");
            browser.offline(true);
            write_something(browser);
            until(browser, "return document.getElementById('saving').classList.contains('off')");
            browser.offline(false);
        });
        if path.ends_with("/plan") {
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
