//! A virus scanner beside the house: clean, infected, slow, dead or talking nonsense; what waits or is infected is never handed in.
use crate::papers::{begin, page, papers};
use crate::visitor::pdf;
use crate::{Visitor, World, sample};
use diesel::prelude::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use subgrant::kernel::{ApplicationId, Scan};
use subgrant::store::schema;
use subgrant::worker::scan_files;
use subgrant::workflow::scanner::Scanner;
use subgrant::workflow::scans;

/// The harmless text that every scanner calls a virus.
const EICAR: &str = concat!(r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

/// How a stand-in behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Well,
    /// Reads everything and says nothing.
    Silent,
    /// Hangs up as soon as it is asked.
    HangsUp,
    /// Answers a byte now and then.
    Dribbles,
    Nonsense,
}

/// Speaks clamd's INSTREAM as far as a test needs it.
struct Clamd {
    address: String,
    mood: Arc<Mutex<Mood>>,
    asked: Arc<Mutex<usize>>,
}

impl Clamd {
    fn tcp() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("tcp://{}", listener.local_addr().unwrap());
        let (mood, asked) = (Arc::new(Mutex::new(Mood::Well)), Arc::new(Mutex::new(0)));
        let (its_mood, its_asked) = (mood.clone(), asked.clone());
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                *its_asked.lock().unwrap() += 1;
                let mood = *its_mood.lock().unwrap();
                std::thread::spawn(move || serve(line, mood));
            }
        });
        Self { address, mood, asked }
    }
    fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
    fn scanner(&self) -> Scanner {
        Scanner::at(&self.address, Duration::from_millis(400)).unwrap().unwrap()
    }
}

fn serve(mut line: impl Read + Write, mood: Mood) -> Option<()> {
    if mood == Mood::HangsUp {
        return None;
    }
    let mut command = [0; 10];
    line.read_exact(&mut command).ok()?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = vec![];
    loop {
        let mut length = [0; 4];
        line.read_exact(&mut length).ok()?;
        let length = u32::from_be_bytes(length) as usize;
        if length == 0 {
            break;
        }
        let before = file.len();
        file.resize(before + length, 0);
        line.read_exact(&mut file[before..]).ok()?;
    }
    let infected = file.windows(EICAR.len()).any(|window| window == EICAR.as_bytes());
    let answer = if infected { "stream: Eicar-Test-Signature FOUND\0" } else { "stream: OK\0" };
    match mood {
        Mood::Well => line.write_all(answer.as_bytes()).ok()?,
        Mood::Nonsense => line.write_all(b"INSTREAM size limit exceeded. ERROR\0").ok()?,
        Mood::Dribbles => {
            for byte in answer.bytes() {
                line.write_all(&[byte]).ok()?;
                std::thread::sleep(Duration::from_millis(150));
            }
        }
        Mood::Silent => std::thread::sleep(Duration::from_secs(3)),
        Mood::HangsUp => {}
    }
    Some(())
}

/// A world whose settings name a scanner.
fn scanning() -> World {
    let world = World::new();
    let now = world.now();
    world.store().note(|conn| scans::switch(conn, true, now)).unwrap();
    world
}

fn look(world: &World, scanner: &Scanner) -> usize {
    world.wait(scan_files(&world.app.desk, &world.app.files, scanner)).unwrap()
}

fn states(world: &World, id: ApplicationId) -> Vec<Option<Scan>> {
    papers(world, id).iter().map(|paper| world.read(|conn| scans::state_of(conn, &paper.sha256))).collect()
}

fn in_the_way(visitor: &Visitor, id: ApplicationId) -> String {
    visitor.get(&format!("/applications/{id}/check")).expect(200).texts(".errsum a").join(" | ")
}

#[test]
fn nothing_unscanned_is_handed_in_and_a_clean_file_is() {
    let world = scanning();
    let clamd = Clamd::tcp();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    assert!(states(&world, id).iter().all(|state| *state == Some(Scan::Waiting)));
    let shown = arta.get(&page(id)).expect(200);
    assert_eq!(shown.text("#slot-statute [data-waiting]"), "being checked for viruses");
    assert!(in_the_way(&arta, id).contains("“statute.pdf” (Statute and act of establishment) is still being checked for viruses"), "{}", in_the_way(&arta, id));
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(422);
    while look(&world, &clamd.scanner()) > 0 {}
    assert!(states(&world, id).iter().all(|state| *state == Some(Scan::Clean)));
    assert!(arta.get(&page(id)).expect(200).text("#slot-statute .rep").contains("no virus"));
    assert_eq!(in_the_way(&arta, id), "");
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
    // What it said is of the moment; the frozen text does not have it.
    let frozen = world.read(|conn| subgrant::applications::records::last_submission(conn, id));
    assert!(!frozen.content.contains("scan") && !frozen.content.contains("clean"));
    // The same bytes once more are known already.
    let asked = clamd.asked();
    let vera = world.applicant("Vera Leka", "Qendra Buna (example)");
    let hers = begin(&world, &vera);
    vera.upload(&page(hers), &[("document", "statute")], ("statute", "statuti.pdf", pdf("statute"))).expect(303);
    assert_eq!(states(&world, hers), [Some(Scan::Clean)]);
    assert_eq!((look(&world, &clamd.scanner()), clamd.asked()), (0, asked));
}

#[test]
fn an_infected_file_blocks_until_it_is_gone_and_nobody_gets_it() {
    let world = scanning();
    let clamd = Clamd::tcp();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    arta.upload(&page(id), &[("document", "cv")], ("cv", "cv-eicar.pdf", pdf(EICAR))).expect(303);
    while look(&world, &clamd.scanner()) > 0 {}
    let infected = papers(&world, id).into_iter().find(|paper| paper.name == "cv-eicar.pdf").unwrap();
    assert!(arta.get(&page(id)).expect(200).text("#slot-cv .rep").contains("virus found"));
    assert!(in_the_way(&arta, id).contains("A virus was found in “cv-eicar.pdf”"), "{}", in_the_way(&arta, id));
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(422);
    arta.get(&format!("/attachments/{}", infected.id)).expect(422);
    let found: String = world.rows(|conn| schema::files::table.find(&infected.sha256).select(schema::files::scan_found).first(conn)).unwrap();
    assert_eq!(found, "Eicar-Test-Signature");
    // Sent once more it is known for what it is.
    arta.post(&format!("/attachments/{}/removal", infected.id), &[]).expect(303);
    arta.upload(&page(id), &[("document", "accounts")], ("accounts", "pasqyrat.pdf", pdf(EICAR))).expect(303);
    assert!(in_the_way(&arta, id).contains("A virus was found in “pasqyrat.pdf”"));
    let again = papers(&world, id).into_iter().find(|paper| paper.name == "pasqyrat.pdf").unwrap();
    arta.post(&format!("/attachments/{}/removal", again.id), &[]).expect(303);
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
}

#[test]
fn a_scanner_that_does_not_answer_is_asked_again_later_and_nothing_is_called_clean() {
    let world = scanning();
    let clamd = Clamd::tcp();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    arta.upload(&page(id), &[("document", "cv")], ("cv", "cv.pdf", pdf("cv"))).expect(303);
    // A dead scanner holds applications up on the last evening: whoever watches the server sees it.
    let unscanned = || arta.get("/healthz").expect(200).json()["unscanned"].as_i64();
    assert_eq!(unscanned(), Some(0));
    let mut at = world.now();
    for mood in [Mood::Silent, Mood::HangsUp, Mood::Dribbles, Mood::Nonsense] {
        clamd.set(mood);
        let began = std::time::Instant::now();
        assert_eq!(look(&world, &clamd.scanner()), 1);
        assert!(began.elapsed() < Duration::from_secs(2), "it has an end to its patience");
        assert_eq!(states(&world, id), [Some(Scan::Waiting)]);
        assert_eq!(look(&world, &clamd.scanner()), 0, "not at once");
        at = at.plus_seconds(60);
        world.app.desk.clock.move_to(at);
    }
    let tries: i32 =
        world.rows(|conn| schema::files::table.filter(schema::files::scan.eq(Scan::Waiting)).select(schema::files::scan_tries).first(conn)).unwrap();
    assert_eq!((tries, unscanned()), (4, Some(1)));
    // Nobody at all at the address.
    let nobody = Scanner::at("tcp://127.0.0.1:1", Duration::from_millis(300)).unwrap().unwrap();
    assert_eq!(look(&world, &nobody), 1);
    assert_eq!(states(&world, id), [Some(Scan::Waiting)]);
    // It comes back.
    clamd.set(Mood::Well);
    world.app.desk.clock.move_to(at.plus_seconds(600));
    assert_eq!(look(&world, &clamd.scanner()), 1);
    assert_eq!((states(&world, id), unscanned()), (vec![Some(Scan::Clean)], Some(0)));
}

#[test]
fn over_a_unix_socket_too() {
    let world = scanning();
    let place = world.folder().join("clamd.ctl");
    let listener = UnixListener::bind(&place).unwrap();
    std::thread::spawn(move || {
        for line in listener.incoming().flatten() {
            serve(line, Mood::Well);
        }
    });
    let scanner = Scanner::at(&format!("unix://{}", place.display()), Duration::from_secs(2)).unwrap().unwrap();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    arta.upload(&page(id), &[("document", "cv")], ("cv", "cv.pdf", crate::papers::heavy("cv", 300_000))).expect(303);
    arta.upload(&page(id), &[("document", "statute")], ("statute", "s.pdf", pdf(EICAR))).expect(303);
    while look(&world, &scanner) > 0 {}
    assert_eq!(states(&world, id), [Some(Scan::Clean), Some(Scan::Infected)]);
}

#[test]
fn without_a_scanner_nothing_is_said_and_switching_it_brings_every_file_in_step() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    assert!(states(&world, id).iter().all(Option::is_none));
    let quiet = arta.get(&page(id)).expect(200);
    assert!(!quiet.body.contains("virus") && in_the_way(&arta, id).is_empty());
    let switch = |on| world.store().note(|conn| scans::switch(conn, on, world.now())).unwrap();
    switch(true);
    assert!(states(&world, id).iter().all(|state| *state == Some(Scan::Waiting)));
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(422);
    switch(false);
    assert!(states(&world, id).iter().all(Option::is_none), "nobody waits for a scanner that is not there");
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
}
