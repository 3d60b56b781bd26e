//! Letters and mail servers that refuse, put off, keep silent or are away: nothing is lost, nothing comes twice, no page waits.
use crate::World;
use crate::sink::{Mood, Sink};
use diesel::prelude::*;
use subgrant::kernel::{Actor, Lang, PersonId};
use subgrant::store::schema::letters as t;
use subgrant::workflow::letters::{Letter, Recipient};
use subgrant::workflow::outbox::{LetterState, Posted};
use subgrant::workflow::{Event, Subject, perform};

#[derive(serde::Serialize)]
struct Written {
    #[serde(skip)]
    to: PersonId,
}
impl Event for Written {
    const KIND: &'static str = "test.written";
    fn subject(&self) -> Subject {
        Subject::Person(self.to)
    }
}

#[derive(serde::Serialize)]
struct Values {
    minutes: i64,
    token: &'static str,
    query: &'static str,
}

/// An action that does nothing but write to this address.
pub fn write_to(world: &World, email: &str) {
    perform(&world.app.desk, &Actor::system(), |act| {
        let to = PersonId::new();
        let recipient = Recipient { person: Some(to), name: "Çlirim Përëndi".into(), email: email.into(), lang: Lang::Sq };
        act.send(&Letter::new("E00", None, Subject::Person(to), &recipient, Values { minutes: 20, token: "word", query: "" }))?;
        act.record(&Written { to }, ())
    })
    .unwrap();
}

fn letter_to(world: &World, email: &str) -> Posted {
    world.letters().into_iter().find(|letter| letter.recipient == email).unwrap()
}

/// Lets time pass, a minute at a time, with the worker at work; how many tries there were.
fn minutes_pass(world: &World, mailer: &subgrant::workflow::mailer::Mailer, minutes: i64) -> usize {
    let begin = world.now();
    (0..minutes)
        .map(|minute| {
            world.app.desk.clock.move_to(begin.plus_seconds(60 * (minute + 1)));
            world.post_letters_with(mailer)
        })
        .sum()
}

#[test]
fn a_letter_goes_out_whole_in_seven_bits_and_both_languages() {
    let (world, sink) = (World::new(), Sink::open());
    write_to(&world, "arta@example.org");
    let mailer = world.mailer(&sink.address(), |_| {});
    assert_eq!(world.post_letters_with(mailer), 1);
    assert_eq!(world.post_letters_with(mailer), 0, "a letter that was taken is not posted again");
    let taken = sink.taken();
    let letter = letter_to(&world, "arta@example.org");
    assert_eq!(letter.state, LetterState::Sent);
    assert_eq!(taken[0].to, "arta@example.org");
    assert_eq!(taken[0].header("Message-ID"), letter.message_id);
    assert!(taken[0].header("Content-Type").starts_with("multipart/alternative"));
    assert!(taken[0].data.is_ascii() && taken[0].data.lines().all(|line| line.len() < 998));
    assert!(!taken[0].data.contains("<img") && !taken[0].data.contains("<script"));
}

#[test]
fn a_refused_mailbox_is_given_up_and_holds_nobody_else_up() {
    let (world, sink) = (World::new(), Sink::open());
    write_to(&world, "gone@example.org");
    write_to(&world, "arta@example.org");
    sink.is(Mood::RefusesMailbox);
    let mailer = world.mailer(&sink.address(), |_| {});
    world.post_letters_with(mailer);
    let refused = letter_to(&world, "gone@example.org");
    assert_eq!((refused.state, refused.attempts), (LetterState::Failed, 1));
    assert!(refused.last_answer.unwrap().contains("no such mailbox"), "the office reads what the server said");
    assert_eq!(letter_to(&world, "arta@example.org").state, LetterState::Sent);
    world.at("2017-10-30T09:00");
    assert_eq!(world.post_letters_with(mailer), 0);
}

#[test]
fn a_letter_that_was_put_off_comes_later_once_and_is_the_same_letter() {
    let (world, sink) = (World::new(), Sink::open());
    write_to(&world, "arta@example.org");
    sink.is(Mood::PutsOff);
    let mailer = world.mailer(&sink.address(), |_| {});
    assert_eq!(world.post_letters_with(mailer), 1);
    assert_eq!(world.post_letters_with(mailer), 0, "not before its time");
    assert_eq!(minutes_pass(&world, mailer, 2), 1);
    sink.is(Mood::Takes);
    assert_eq!(minutes_pass(&world, mailer, 10), 1);
    let (first, last) = (sink.put_off(), sink.taken());
    assert_eq!((first.len(), last.len()), (2, 1));
    assert_eq!(first[0].header("Message-ID"), last[0].header("Message-ID"), "a mailbox that got both shows one");
    assert_eq!(first[0].header("Date"), last[0].header("Date"));
    assert_eq!(letter_to(&world, "arta@example.org").attempts, 3);
}

#[test]
fn a_silent_server_costs_the_worker_its_patience_and_no_page_anything() {
    let (world, sink) = (World::new(), Sink::open());
    write_to(&world, "arta@example.org");
    sink.is(Mood::Silent);
    let mailer = world.mailer(&sink.address(), |mail| mail.patience = 2);
    let visitor = world.stranger();
    let pages = std::thread::spawn(move || {
        let begun = std::time::Instant::now();
        let seen = (0..10).filter(|_| visitor.get("/healthz").status == 200).count();
        (seen, begun.elapsed())
    });
    world.post_letters_with(mailer);
    let (seen, took) = pages.join().unwrap();
    assert_eq!(seen, 10);
    assert!(took.as_millis() < 1_900, "pages waited for the mail server: {took:?}");
    let letter = letter_to(&world, "arta@example.org");
    assert_eq!((letter.state, letter.attempts), (LetterState::Waiting, 1));
    sink.is(Mood::Takes);
    minutes_pass(&world, mailer, 1);
    assert_eq!(sink.taken().len(), 1);
}

#[test]
fn a_server_that_is_away_for_an_hour_gets_everything_afterwards() {
    let world = World::new();
    let port = Sink::open().port;
    for name in ["arta", "ilir", "mira"] {
        write_to(&world, &format!("{name}@example.org"));
    }
    let mailer = world.mailer(&format!("smtp://127.0.0.1:{port}"), |_| {});
    assert_eq!(world.post_letters_with(mailer), 3);
    // After 1, 2, 5, 10 and 20 minutes more: five tries for each letter, not sixty.
    assert_eq!(minutes_pass(&world, mailer, 60), 15);
    assert!(world.letters().iter().all(|letter| letter.state == LetterState::Waiting));
    let sink = Sink::on(port);
    minutes_pass(&world, mailer, 30);
    let mut to: Vec<String> = sink.taken().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["arta@example.org", "ilir@example.org", "mira@example.org"]);
}

#[test]
fn two_workers_never_post_the_same_letter() {
    let (world, sink) = (World::new(), Sink::open());
    for number in 0..30 {
        write_to(&world, &format!("reader{number}@example.org"));
    }
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                // Each process has a mailer of its own: a line to the server belongs to the runtime that opened it.
                let mail = world.mailer(&sink.address(), |_| {});
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                while runtime.block_on(subgrant::worker::post_letters(&world.app.desk, mail)).unwrap() > 0 {}
            });
        }
    });
    let mut to: Vec<String> = sink.taken().into_iter().map(|letter| letter.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), sink.taken().len()), (30, 30));
}

#[test]
fn a_worker_that_dies_leaves_its_letters_to_the_next() {
    let (world, sink) = (World::new(), Sink::open());
    write_to(&world, "arta@example.org");
    let now = world.now();
    let claimed = world.store().write(|conn| subgrant::workflow::outbox::claim(conn, now, 20)).unwrap();
    assert_eq!(claimed.len(), 1);
    let mailer = world.mailer(&sink.address(), |_| {});
    assert_eq!(world.post_letters_with(mailer), 0, "another worker has it");
    assert_eq!(minutes_pass(&world, mailer, 3), 1);
    assert_eq!(sink.taken().len(), 1);
}

#[test]
fn what_no_server_takes_for_days_is_given_up_and_kept() {
    let world = World::new();
    let port = Sink::open().port;
    write_to(&world, "arta@example.org");
    let mailer = world.mailer(&format!("smtp://127.0.0.1:{port}"), |_| {});
    for _ in 0..40 {
        world.post_letters_with(mailer);
        let next: Option<subgrant::kernel::Instant> =
            world.rows(|conn| t::table.filter(t::state.eq(LetterState::Waiting)).select(t::next_at).first(conn).optional()).unwrap();
        let Some(next) = next else { break };
        world.app.desk.clock.move_to(next.plus_seconds(1));
    }
    let letter = letter_to(&world, "arta@example.org");
    assert_eq!(letter.state, LetterState::Failed);
    assert_eq!(letter.attempts, 13);
    assert!(letter.created_at.seconds_until(world.now()) > 2 * 86_400, "for more than two days");
}
