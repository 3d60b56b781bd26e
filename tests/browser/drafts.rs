//! Somebody writes an application while everything breaks: the line, the server, the session, the page itself; a second tab and a
//! colleague write beside them. At the end nothing that was typed is missing, and no box holds somebody else's text unseen.
use crate::process::Server;
use crate::webdriver::Browser;
use crate::{Visitor, World, sample};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use subgrant::kernel::{ApplicationId, Instant, Membership};
use subgrant::store::schema::rounds;

/// Breaks in each of the seven parts that hold texts, and in the profile.
const BREAKS: usize = 40;

/// The line between browser and server, which can be cut.
pub struct Line {
    pub address: String,
    state: Arc<AtomicU8>,
}
pub const OPEN: u8 = 0;
/// Nothing comes through.
pub const CUT: u8 = 1;
/// What is sent arrives; the answer does not.
pub const DEAF: u8 = 2;

impl Line {
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(AtomicU8::new(OPEN));
        let shared = state.clone();
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { continue };
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                for (from, to, answers) in [(&client, &server, false), (&server, &client, true)] {
                    let (from, to, state) = (from.try_clone().unwrap(), to.try_clone().unwrap(), shared.clone());
                    std::thread::spawn(move || carry(from, to, answers, &state));
                }
            }
        });
        Self { address, state }
    }
    pub fn set(&self, state: u8) {
        self.state.store(state, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, answers: bool, state: &AtomicU8) {
    from.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let mut bytes = [0; 16_384];
    loop {
        let read = from.read(&mut bytes);
        let now = state.load(Ordering::SeqCst);
        match read {
            Ok(0) => break,
            Ok(_) if now == CUT || now == DEAF && answers => break,
            Ok(count) => {
                if to.write_all(&bytes[..count]).is_err() {
                    break;
                }
            }
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                if now == CUT {
                    break;
                }
            }
            Err(_) => break,
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// Chance that can be repeated.
struct Chance(u64);
impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

struct Scene<'a> {
    world: &'a World,
    browser: &'a Browser,
    line: Line,
    server: Server,
    arta: Visitor,
    besnik: Visitor,
    application: ApplicationId,
    part: &'static str,
    /// What was typed last into each box.
    typed: HashMap<String, String>,
    /// Boxes that a colleague wrote, which the writer left alone.
    theirs: HashMap<String, String>,
    count: usize,
}

impl Scene<'_> {
    /// Where the part is; the first one is the organisation's profile.
    fn path(&self) -> String {
        match self.part {
            "organisation" => format!("/organisations/{}", self.arta.organisation_id()),
            part => format!("/applications/{}/{part}", self.application),
        }
    }
    fn open_part(&self) {
        self.browser.go(&format!("{}{}", self.line.address, self.path()));
        assert_eq!(
            self.browser.run("return !!document.querySelector('form[data-draft]')"),
            true,
            "{} is no form: {}",
            self.part,
            self.browser.run("return document.body.innerText.slice(0,300)")
        );
    }
    /// The text boxes of the form.
    fn boxes(&self) -> Vec<String> {
        let found = self.browser.run("return [...document.querySelector('form[data-draft]').elements].filter(e=>e.name&&e.tagName!=='BUTTON'&&(e.tagName==='TEXTAREA'||e.tagName==='INPUT'&&['text','email'].includes(e.type))).map(e=>e.name)");
        found.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    }
    fn words(&mut self, name: &str) -> String {
        self.count += 1;
        let last = name.rsplit('.').next().unwrap();
        if ["number", "unit_cost", "indirect", "reserve", "own_contribution", "other_contribution", "months"].contains(&last) {
            return self.count.to_string();
        }
        format!("Fjala {} është këtu – ë, ç", self.count)
    }
    fn type_into(&mut self, name: &str) {
        let text = self.words(name);
        self.browser.run_with("const e=[...document.querySelector('form[data-draft]').elements].find(e=>e.name===arguments[0]);e.value=arguments[1];e.dispatchEvent(new Event('input',{bubbles:true}))", &json!([name, text]));
        self.typed.insert(name.to_owned(), text);
        self.theirs.remove(name);
    }
    /// Straight to the server, with the marks of this moment: a colleague who has just opened the part.
    fn colleague_writes(&mut self, name: &str) -> String {
        let path = format!("{}/api/v1{}/boxes", self.server.address, self.path());
        let state = self.besnik.get(&path).expect(200).json();
        let mark = state["boxes"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["mark"].as_str().unwrap().to_owned();
        let text = self.words(name);
        let answer = self.besnik.post(&path, &[("name", name), ("mark", &mark), ("text", &text)]).expect(200).json();
        assert_eq!(answer["meanwhile"], json!([]), "he saw what was there");
        text
    }
    fn wait(&self, milliseconds: usize) {
        std::thread::sleep(Duration::from_millis(milliseconds.try_into().unwrap()));
    }
    fn sign_in_again(&self) {
        self.browser.set_cookie(subgrant::web::SESSION_COOKIE, &self.world.session(self.arta.person_id(), true));
    }
    fn break_something(&mut self, chance: &mut Chance) {
        let boxes = self.boxes();
        let pick = |chance: &mut Chance| boxes[chance.below(boxes.len())].clone();
        let (one, other) = (pick(chance), pick(chance));
        let pause = 80 + chance.below(500);
        self.type_into(&one);
        let what = chance.below(8);
        if std::env::var_os("SUBGRANT_TELL").is_some() {
            println!("{} {what}: {one}, {other} at {}", self.part, self.browser.run("return location.href"));
        }
        match what {
            kind @ (0 | 1) => {
                self.line.set(if kind == 0 { CUT } else { DEAF });
                self.wait(pause);
                self.type_into(&other);
                self.wait(pause);
                self.line.set(OPEN);
            }
            2 => {
                self.browser.forget_cookie(subgrant::web::SESSION_COOKIE);
                self.type_into(&other);
                self.wait(pause + 700);
                self.sign_in_again();
            }
            3 => {
                self.server.kill();
                self.type_into(&other);
                self.wait(pause);
                self.server = Server::start_at(self.world, self.server.port);
            }
            4 => {
                // Left at once, before anything was sent; then opened again.
                self.open_part();
                self.wait(pause);
            }
            5 => {
                self.line.set(CUT);
                self.wait(pause);
                self.line.set(OPEN);
                self.open_part();
                self.type_into(&other);
            }
            6 => {
                if let Some(free) = boxes.iter().find(|name| !self.typed.contains_key(*name)) {
                    let text = self.colleague_writes(free);
                    self.theirs.insert(free.clone(), text);
                }
                self.type_into(&other);
            }
            _ => self.second_tab_writes(&other),
        }
    }
    fn second_tab_writes(&mut self, name: &str) {
        let [here, there] = self.browser.second_tab();
        self.browser.turn_to(&there);
        self.open_part();
        self.type_into(name);
        self.settle();
        self.browser.close_tab();
        self.browser.turn_to(&here);
    }
    /// A tab that had not heard of what the other one wrote asks: its writer keeps what was typed last.
    fn choose(&self) {
        let script = "for(const e of document.querySelectorAll('.both')){const want=arguments[0][e.id.slice(5)],theirs=e.querySelector('blockquote')?.textContent;e.querySelectorAll('button')[theirs===want?0:1]?.click()}";
        self.browser.run_with(script, &json!([self.typed]));
    }
    /// Until this device keeps nothing of this tab any more: everything is acknowledged.
    fn settle(&self) {
        let done = "return Object.keys(localStorage).filter(k=>k.startsWith('draft ')&&k.includes(` ${sessionStorage.getItem('tab')} `)).length===0";
        for _ in 0..600 {
            if self.browser.run(done) == true {
                return;
            }
            self.choose();
            self.wait(100);
        }
        let left = self.browser.run("return [document.getElementById('saving')?.textContent, JSON.stringify(localStorage), [...document.querySelectorAll('.both')].map(e=>e.id+': '+e.innerText)]");
        panic!("{}: still not saved after a minute: {left}", self.part);
    }
    fn description(&self) -> subgrant::applications::content::Description {
        use subgrant::applications::records;
        let file = self.world.read(|conn| {
            let application = records::by_id(conn, self.application)?;
            records::draft_file(conn, &application)
        });
        file.description
    }
    fn compare(&self) {
        let path = format!("{}/api/v1{}/boxes", self.server.address, self.path());
        let state: Value = self.arta.get(&path).expect(200).json();
        let kept: HashMap<&str, &str> =
            state["boxes"].as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), one["text"].as_str().unwrap())).collect();
        for (name, text) in self.typed.iter().chain(&self.theirs) {
            assert_eq!(kept.get(name.as_str()).copied(), Some(text.as_str()), "{} {name}", self.part);
        }
    }
}

fn scene<'a>(world: &'a World, browser: &'a Browser) -> Scene<'a> {
    use diesel::prelude::*;
    // The binary has no clock but the machine's: this round is open today.
    world.app.desk.clock.move_to(Instant::new(jiff::Timestamp::now()));
    let (round, tomorrow) = (world.round("R3").id, world.now().plus_days(1));
    world.write(|conn| diesel::update(rounds::table.find(round)).set(rounds::closes_at.eq(tomorrow)).execute(conn));
    let arta = world.applicant("Arta", "Qendra Rinia (example)");
    let besnik = world.person("Besnik");
    world.join(&besnik, arta.organisation_id(), Membership::Editor);
    let application = sample::draft(world, &arta);
    let server = Server::start(world);
    let line = Line::to(server.port);
    browser.become_visitor(&line.address, &arta);
    Scene { world, browser, line, server, arta, besnik, application, part: "", typed: HashMap::new(), theirs: HashMap::new(), count: 0 }
}

#[test]
fn nothing_typed_is_lost_while_everything_breaks() {
    let Some(browser) = crate::browser() else { return };
    let world = World::new();
    let seed = std::env::var("SUBGRANT_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_171_025);
    println!("seed {seed}");
    let mut chance = Chance(seed);
    let mut scene = scene(&world, &browser);
    let parts = ["organisation", "summary", "description", "logframe", "budget", "partners", "capacity", "declarations"];
    for part in parts {
        scene.part = part;
        scene.typed.clear();
        scene.theirs.clear();
        scene.open_part();
        for _ in 0..BREAKS {
            scene.break_something(&mut chance);
        }
        scene.settle();
        scene.compare();
    }
}

#[test]
fn what_two_people_wrote_at_once_is_shown_beside_the_box_and_one_of_them_chooses() {
    let Some(browser) = crate::browser() else { return };
    let world = World::new();
    let mut scene = scene(&world, &browser);
    scene.part = "description";
    for (name, button, mine) in [("problem", 0, false), ("methodology", 1, true)] {
        scene.open_part();
        let theirs = scene.colleague_writes(name);
        scene.type_into(name);
        let panel = format!("both-{name}");
        let shown = || browser.run_with("return document.getElementById(arguments[0])?.innerText||''", &json!([panel])).as_str().unwrap().to_owned();
        assert!((0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            shown().contains(&theirs)
        }));
        // Left and opened again, both texts are still there.
        scene.open_part();
        assert!((0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            shown().contains(&theirs)
        }));
        let before = scene.description();
        assert_eq!(before.long_text(name), theirs, "nothing is overwritten before somebody has chosen");
        browser.run_with("document.getElementById(arguments[0]).querySelectorAll('button')[arguments[1]].click()", &json!([panel, button]));
        scene.settle();
        let after = scene.description();
        assert_eq!(after.long_text(name), if mine { scene.typed[name].as_str() } else { theirs.as_str() });
    }
}
