//! From the page of a call to the receipt with the keyboard alone: once with scripts, once without.
use crate::webdriver::Browser;
use crate::{World, typed};
use serde_json::json;
use std::time::Duration;
use subgrant::workflow::outbox::Posted;

const EMAIL: &str = "arta@example.org";

/// A browser without a mouse.
struct Typist<'a> {
    browser: &'a Browser,
    world: &'a World,
    papers: tempfile::TempDir,
    scripts: bool,
}

impl Typist<'_> {
    fn at(&self) -> String {
        self.browser.run("return location.pathname").as_str().unwrap().to_owned()
    }
    fn says(&self) -> String {
        self.browser.run("return document.body.innerText").as_str().unwrap().to_owned()
    }
    /// Presses Tab until what has the focus is meant; once round the page is enough for anything.
    fn tab_to(&self, selector: &str) {
        let there = "const e=document.activeElement;return e!==document.body&&e.matches(arguments[0])";
        for _ in 0..700 {
            if self.browser.run_with(there, &json!([selector])) == true {
                return;
            }
            self.browser.press("Tab", "", 9);
        }
        panic!("{}: Tab never comes to {selector}", self.at());
    }
    /// A link or a button, and the page that it leads to.
    fn enter(&self, selector: &str) {
        self.tab_to(selector);
        self.browser.run("window.before=true");
        self.browser.press("Enter", "\r", 13);
        for _ in 0..200 {
            if self.browser.run("return !window.before&&document.readyState==='complete'") == true {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{}: Enter on {selector} leads nowhere", self.at());
    }
    fn space(&self) {
        self.browser.press(" ", " ", 32);
    }
    fn value(&self) -> String {
        self.browser.run("return document.activeElement.value").as_str().unwrap_or_default().to_owned()
    }
    /// What stands in a folded section is opened first.
    fn unfold(&self, selector: &str) {
        let folded = format!("details:not([open]):has({selector})");
        if self.browser.run_with("return !!document.querySelector(arguments[0])", &json!([folded])) == true {
            self.tab_to(&format!("{folded} > summary"));
            self.space();
        }
    }
    /// Goes to the box and writes, chooses or ticks as its kind wants it.
    fn fill(&self, name: &str, value: &str) {
        let box_of_it = format!("[name='{name}']");
        let kind = self.browser.run_with(
            "const all=[...document.querySelectorAll('main [name]')].filter(e=>e.name===arguments[0]&&e.type!=='hidden');return all.length?all[0].tagName==='SELECT'?'select':all[0].type:''",
            &json!([name]),
        );
        match kind.as_str().unwrap() {
            "" => panic!("{}: no box {name}", self.at()),
            "checkbox" => {
                let tick = format!("[name='{name}'][value='{value}']");
                self.unfold(&tick);
                self.tab_to(&tick);
                if self.browser.run("return document.activeElement.checked") != true {
                    self.space();
                }
            }
            "radio" => {
                self.unfold(&box_of_it);
                self.tab_to(&box_of_it);
                let chosen = "const e=document.activeElement;return e.checked&&e.value===arguments[0]";
                self.space();
                for _ in 0..9 {
                    if self.browser.run_with(chosen, &json!([value])) == true {
                        return;
                    }
                    self.browser.press("ArrowDown", "", 40);
                }
                panic!("{}: {name} is never {value}", self.at());
            }
            "select" => {
                self.unfold(&box_of_it);
                self.tab_to(&box_of_it);
                self.browser.press("Home", "", 36);
                for _ in 0..100 {
                    if self.value() == value {
                        return;
                    }
                    self.browser.press("ArrowDown", "", 40);
                }
                panic!("{}: {name} is never {value}", self.at());
            }
            "date" => {
                self.unfold(&box_of_it);
                self.tab_to(&box_of_it);
                // Month, day, year, as the browser's own language has it.
                let (year, rest) = value.split_once('-').unwrap();
                for digit in format!("{}{year}", rest.replace('-', "")).chars() {
                    self.browser.press(&digit.to_string(), &digit.to_string(), u32::from(digit));
                }
                assert_eq!(self.value(), value);
            }
            _ => {
                self.unfold(&box_of_it);
                self.tab_to(&box_of_it);
                self.browser.write(value);
                assert_eq!(self.value(), value, "{name}");
            }
        }
    }
    /// In the order of the page, so that Tab goes round it once.
    fn fill_all(&self, boxes: &[(&str, &str)]) {
        let order = self.browser.run("return [...document.querySelectorAll('main [name]')].map(e=>e.name)");
        let order: Vec<&str> = order.as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
        let mut boxes = boxes.to_vec();
        boxes.sort_by_key(|(name, _)| order.iter().position(|known| known == name));
        boxes.iter().for_each(|(name, value)| self.fill(name, value));
    }
    fn press_button(&self, name: &str, value: &str) {
        self.enter(&format!("button[name='{name}'][value='{value}']:not([tabindex='-1'])"));
    }
    /// The newest letter of this kind, and where it points.
    fn letter(&self, code: &str) -> (Posted, String) {
        let letter = self.world.letters().into_iter().rev().find(|letter| letter.code == code && letter.recipient == EMAIL).expect(code);
        let at = letter.text_body.find(&self.world.address).unwrap();
        let link = letter.text_body[at..].split_whitespace().next().unwrap().to_owned();
        (letter, link)
    }

    fn signs_up(&self) {
        self.browser.go(&format!("{}/pact/calls/R3", self.world.address));
        self.enter("main a[href^='/sign-up']");
        self.fill_all(&[("name", typed::NAME), ("email", EMAIL), ("language", "en")]);
        self.enter("main form button");
        self.browser.go(&self.letter("E00a").1);
        self.fill("password", typed::PASSWORD);
        self.enter("main form button");
        // Straight on: without an organisation nobody can apply, and with one the application begins.
        assert_eq!(self.at(), "/organisations/new");
        self.fill_all(typed::ORGANISATION);
        self.enter("main form button");
    }

    /// The first line of the task list.
    fn fills_the_profile(&self, application: &str) {
        self.browser.go(&format!("{}{application}", self.world.address));
        self.enter("main .tasks a[href^='/organisations/']");
        self.fill_all(&[typed::PROFILE, &typed::TURNOVER].concat());
        self.enter("main form .btn:not(.sec)");
    }

    fn writes_the_application(&self, application: &str) {
        let open = |part: &str| {
            self.browser.go(&format!("{}{application}", self.world.address));
            self.enter(&format!("main a[href='{application}/{part}']"));
        };
        let next = || self.press_button("go", "next");
        open("summary");
        self.fill_all(typed::SUMMARY);
        self.tab_to("[name=themes]");
        self.space();
        next();
        assert!(self.at().ends_with("/description"), "saved and on: {}", self.says());
        self.press_button("add", "risks");
        self.fill_all(typed::DESCRIPTION);
        next();
        for row in typed::ROWS {
            self.press_button("add", row);
        }
        let logframe = typed::logframe();
        let boxes: Vec<(&str, &str)> = logframe.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        self.fill_all(&boxes);
        next();
        self.fill_all(typed::PLAN);
        next();
        for heading in typed::HEADINGS {
            self.press_button("add", heading);
        }
        self.fill_all(typed::BUDGET);
        self.press_button("fill", "indirect");
        next();
        self.press_button("add", "projects");
        self.press_button("add", "team");
        self.fill_all(typed::CAPACITY);
        next();
        self.attaches();
        open("declarations");
        let sentences = self.browser.run("return [...document.querySelectorAll('[name=agreed]')].map(e=>e.value)");
        let mut boxes: Vec<(&str, &str)> = sentences.as_array().unwrap().iter().map(|sentence| ("agreed", sentence.as_str().unwrap())).collect();
        boxes.extend_from_slice(typed::DECLARATIONS);
        self.fill_all(&boxes);
        next();
    }

    /// The dialogue that chooses a file is the system's; everything before and after it is ours.
    fn attaches(&self) {
        let found = self.browser.run("return [...document.querySelectorAll('input[type=file]')].map(e=>e.id)");
        for document in found.as_array().unwrap() {
            let document = document.as_str().unwrap();
            let paper = self.papers.path().join(format!("{document}.pdf"));
            std::fs::write(&paper, crate::visitor::pdf(document)).unwrap();
            self.tab_to(&format!("[id='{document}']"));
            self.browser.choose_file(document, &paper);
            if self.scripts {
                // It goes as soon as it is chosen, and the page comes again with it.
                let there =
                    format!("return document.readyState==='complete'&&[...document.querySelectorAll('.rep a')].some(a=>a.innerText==='{document}.pdf')");
                assert!((0..100).any(|_| {
                    std::thread::sleep(Duration::from_millis(100));
                    self.browser.run(&there) == true
                }));
            } else {
                self.browser.press("Tab", "", 9);
                self.enter("button");
            }
            assert!(self.says().contains(&format!("{document}.pdf")), "{document}");
        }
    }

    fn hands_in(&self, application: &str) {
        self.browser.go(&format!("{}{application}", self.world.address));
        self.enter(&format!("main a[href='{application}/check']"));
        assert_eq!(self.browser.run("return document.querySelector('.errsum')?.innerText||''"), "", "something still stands in the way");
        self.enter(&format!("form[action='{application}/submission'] button"));
        assert_eq!(self.at(), format!("{application}/receipt"));
        let (letter, _) = self.letter("E09");
        let digest = self.browser.run("return document.querySelector('.digest').innerText.replace(/\\s/g,'')");
        let digest = digest.as_str().unwrap();
        assert_eq!(digest.len(), 64);
        assert!(letter.text_body.contains(digest) && letter.subject.starts_with("R3-01:"), "{}", letter.subject);
    }
}

fn from_the_call_to_the_receipt(scripts: bool) {
    let Some(browser) = crate::browser() else { return };
    let world = World::new();
    world.pact();
    let typist = Typist { browser: &browser, world: &world, papers: tempfile::tempdir().unwrap(), scripts };
    browser.become_nobody(&world.address);
    browser.set_cookie("lang", "en");
    browser.scripts(scripts);
    typist.signs_up();
    assert_eq!(typist.at(), "/pact/calls/R3/applications");
    typist.enter("main form button");
    let application = typist.at();
    assert!(application.starts_with("/applications/"), "{application}: {}", typist.says());
    typist.fills_the_profile(&application);
    typist.writes_the_application(&application);
    typist.hands_in(&application);
}

#[test]
fn from_the_call_to_the_receipt_with_the_keyboard_alone() {
    from_the_call_to_the_receipt(true);
}

#[test]
fn from_the_call_to_the_receipt_without_scripts() {
    from_the_call_to_the_receipt(false);
}
