//! Deadlines that are moved: for all, for one applicant, after an outage; each with its reason, its letters, and to the second.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use subgrant::administrative_check::actions::on_time;
use subgrant::applications::{Application, Status, deadline_records, records};
use subgrant::kernel::{ApplicationId, Instant, Role};
use subgrant::store::schema::{awards, organisations};
use subgrant::web::SESSION_COOKIE;
use subgrant::workflow::Subject;

const EXTENSIONS: &str = "/pact/rounds/R3/extensions";
const GRACE: &str = "/pact/rounds/R3/grace";
const DEADLINE: &str = "/pact/rounds/R3/deadline";
const WHY: &str = "Stuhia e preu energjinë në tre bashki.";

fn row(world: &World, id: ApplicationId) -> Application {
    world.read(|conn| records::by_id(conn, id))
}

fn submit(visitor: &Visitor, id: ApplicationId) -> Answered {
    visitor.post(&format!("/applications/{id}/submission"), &[])
}

fn manager(world: &World) -> Visitor {
    world.staff("Mira Kola", &[Role::GrantManager]).in_english()
}

fn director(world: &World) -> Visitor {
    world.staff("Drita Gjoka", &[Role::Director]).in_english()
}

/// Somebody comes back after weeks: signed in again.
fn again(world: &World, visitor: &Visitor) {
    visitor.set_cookie(SESSION_COOKIE, &world.session(visitor.person_id(), true));
}

fn nipt(world: &World, visitor: &Visitor) -> String {
    let id = visitor.organisation_id();
    world.rows(|conn| organisations::table.find(id).select(organisations::nipt).first(conn)).unwrap()
}

fn letters(world: &World, visitor: &Visitor, code: &str) -> Vec<String> {
    world.letters_to(visitor).into_iter().filter(|letter| letter.code == code).map(|letter| letter.text_body).collect()
}

fn extend_all(manager: &Visitor, until: &str) -> Answered {
    manager.post(EXTENSIONS, &[("whom", "all"), ("until", until), ("reason", WHY)])
}

fn extend_one(manager: &Visitor, nipt: &str, until: &str) -> Answered {
    manager.post(EXTENSIONS, &[("whom", "one"), ("nipt", nipt), ("until", until), ("reason", WHY)])
}

fn grace(director: &Visitor, from: &str, to: &str, until: &str) -> Answered {
    director.post(GRACE, &[("outage_from", from), ("outage_until", to), ("until", until), ("reason", WHY)])
}

fn kinds(world: &World, subject: Subject) -> Vec<String> {
    world.read(|conn| subgrant::workflow::log_of(conn, subject)).into_iter().map(|entry| entry.kind).collect()
}

#[test]
fn an_extension_for_all_moves_the_call_and_tells_everybody_why() {
    let world = World::new();
    let (arta, neighbour) = (world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english(), world.applicant("Ilir Gjoka", "Fqinji (example)"));
    let id = sample::draft(&world, &arta);
    let manager = manager(&world);
    assert!(!world.stranger().in_english().get("/pact/calls/R3").expect(200).body.contains("was extended"));
    // The autumn night in which an hour comes twice lies between the two.
    extend_all(&manager, "2017-10-29T17:00").expect(303);
    let round = world.round("R3");
    assert_eq!((round.closes_at, round.extended_from), (Instant::at_tirane("2017-10-29T17:00").unwrap(), Instant::at_tirane("2017-10-25T17:00")));
    for reader in [&arta, &neighbour] {
        let told = letters(&world, reader, "E03");
        assert_eq!(told.len(), 1);
        assert!(told[0].contains(WHY) && told[0].contains("25\u{a0}tetor 2017") && told[0].contains("29\u{a0}tetor 2017"), "{}", told[0]);
        assert_eq!(told[0].contains("Drafti juaj"), reader.email() == arta.email());
    }
    for page in ["/pact/calls/R3".to_owned(), format!("/applications/{id}")] {
        let page = arta.get(&page).expect(200);
        assert!(page.body.contains(WHY) && page.body.contains("The deadline was extended from"), "{}", page.main_text());
    }
    for page in [DEADLINE, "/pact/rounds/R3/board"] {
        assert!(manager.get(page).expect(200).body.contains(WHY), "{page}");
    }
    assert!(manager.get("/pact/rounds/R3").expect(200).main_text().contains("extended, was"));
    assert!(arta.get("/pact/calls/R3/deadline.ics").expect(200).body.contains("DTSTART:20171029T160000Z"));
    assert_eq!(kinds(&world, Subject::Round(round.id)).last().map(String::as_str), Some("round.extended"));
    let log = director(&world).get("/pact/log?kind=round.extended").expect(200);
    assert!(log.body.contains("The deadline was extended for everybody") || log.body.contains("deadline was extended for everybody"), "{}", log.main_text());
    assert!(log.body.contains(WHY));
    // The same file again changes nothing.
    crate::calls::import(&world, crate::calls::PACT).unwrap();
    assert_eq!(world.round("R3").closes_at, round.closes_at);
    world.at("2017-10-25T17:00:01");
    submit(&arta, id).expect(303);
    on_time(&world.app.desk).unwrap();
    assert!(world.read(|conn| subgrant::administrative_check::records::check_of(conn, id)).is_none(), "the call is open");
    world.at("2017-10-29T17:00:00");
    on_time(&world.app.desk).unwrap();
    assert!(world.read(|conn| subgrant::administrative_check::records::check_of(conn, id)).is_some());
}

#[test]
fn a_deadline_is_only_moved_to_later_while_it_has_not_passed_and_with_a_reason() {
    let world = World::new();
    world.pact();
    let (manager, finance) = (manager(&world), world.staff("Ilir Prenga", &[Role::FinanceOfficer]));
    let page = manager.post(EXTENSIONS, &[("whom", "all"), ("until", "2017-10-24T17:00"), ("reason", "No")]).expect(422);
    assert_eq!(page.attributes(".errsum a", "href"), ["#until", "#reason"]);
    assert_eq!((page.value_of("until").as_str(), page.value_of("reason").as_str()), ("2017-10-24T17:00", "No"), "what was typed stays");
    assert_eq!(manager.post(EXTENSIONS, &[("until", "soon"), ("reason", WHY)]).expect(422).attributes(".errsum a", "href"), ["#whom", "#until"]);
    extend_all(&manager, "2019-09-30T17:00").expect(422);
    extend_all(&finance, "2017-10-29T17:00").expect(403);
    extend_one(&finance, "K61827501A", "2017-10-29T17:00").expect(403);
    assert!(!finance.get(DEADLINE).expect(200).has("form[action='/pact/rounds/R3/extensions']"));
    world.staff("Delegacioni", &[Role::Funder]).get(DEADLINE).expect(404);
    world.at("2017-10-25T17:00:00");
    extend_all(&manager, "2017-10-29T17:00").expect(422);
    assert_eq!(world.round("R3").closes_at, Instant::at_tirane("2017-10-25T17:00").unwrap());
    assert!(world.letters().is_empty());
}

#[test]
fn nothing_is_chosen_beforehand_and_an_applicants_nipt_beside_everybody_moves_nothing() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = sample::draft(&world, &arta);
    let manager = manager(&world);
    let form = manager.get(DEADLINE).expect(200);
    assert!(form.has("#whom-all") && !form.has("input[name='whom'][checked]"));
    let (hers, closes_at) = (nipt(&world, &arta), world.round("R3").closes_at);
    let until = ("until", "2017-10-27T12:00");
    let unchosen = manager.post(EXTENSIONS, &[("nipt", &hers), until, ("reason", WHY)]).expect(422);
    assert_eq!(unchosen.attributes(".errsum a", "href"), ["#whom"]);
    assert!(unchosen.has("#whom #whom-error"), "beside the choice");
    let slip = manager.post(EXTENSIONS, &[("whom", "all"), ("nipt", &hers), until, ("reason", WHY)]).expect(422);
    assert_eq!(slip.attributes(".errsum a", "href"), ["#nipt"]);
    assert!(slip.text("#nipt-error").contains("choose “For one applicant”"), "{}", slip.main_text());
    assert!(slip.has("#whom-all[checked]") && slip.value_of("nipt") == hers, "what was typed stays");
    assert_eq!((world.round("R3").closes_at, row(&world, id).closes_at), (closes_at, None));
    assert_eq!((letters(&world, &arta, "E03").len(), letters(&world, &arta, "E03-own").len()), (0, 0));
    assert!(extend_one(&manager, &hers, "2017-10-27T12:00").expect(303).follow().body.contains("One letter is on its way."));
}

#[test]
fn one_applicant_is_given_time_and_nobody_else() {
    let world = World::new();
    let (arta, ilir) =
        (world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english(), world.applicant("Ilir Gjoka", "Qendra Drin (example)").in_english());
    let (first, second) = (sample::draft(&world, &arta), sample::draft(&world, &ilir));
    let (manager, secretary) = (manager(&world), world.staff("Sekretarja", &[Role::Secretary]).in_english());
    extend_one(&manager, "L99999999Z", "2017-10-27T12:00").expect(422);
    extend_one(&manager, "12", "2017-10-27T12:00").expect(422);
    extend_one(&manager, &nipt(&world, &arta), "2017-10-27T12:00").expect(303);
    assert_eq!((letters(&world, &arta, "E03-own").len(), world.letters_to(&ilir).len()), (1, 0));
    let letter = letters(&world, &arta, "E03-own").remove(0);
    assert!(letter.contains(WHY) && letter.contains("27\u{a0}tetor 2017") && letter.contains(&format!("/applications/{first}")), "{letter}");
    assert_eq!(kinds(&world, Subject::Application(first)).last().map(String::as_str), Some("application.extended"));
    assert!(arta.get(&format!("/applications/{first}/history")).expect(200).body.contains("given a later deadline"));
    assert!(arta.get(&format!("/applications/{first}")).expect(200).body.contains(WHY));
    assert!(!ilir.get(&format!("/applications/{second}")).expect(200).body.contains(WHY));
    assert!(!world.stranger().get("/pact/calls/R3").expect(200).body.contains(WHY), "it is the applicant's alone");
    assert!(manager.get(DEADLINE).expect(200).main_text().contains("Qendra Rinia"));
    // Her calendar and the call's page say it too, and everybody else's what holds for them.
    let calendar = format!("/applications/{first}/deadline.ics");
    assert!(arta.get(&format!("/applications/{first}")).expect(200).has(&format!("a[href='{calendar}']")));
    assert!(arta.get(&calendar).expect(200).body.contains("DTSTART:20171027T100000Z"));
    ilir.get(&calendar).expect(404);
    for address in [format!("/applications/{second}/deadline.ics"), "/pact/calls/R3/deadline.ics".into()] {
        assert!(ilir.get(&address).expect(200).body.contains("DTSTART:20171025T150000Z"), "{address}");
    }
    assert!(arta.get("/pact/calls/R3").expect(200).text("main").contains("For you: 27 October 2017, 12:00"));
    assert!(!ilir.get("/pact/calls/R3").expect(200).text("main").contains("For you:"));
    world.at("2017-10-25T17:00:00");
    submit(&ilir, second).expect(422);
    // Every page of hers says her own deadline, and she can go on.
    for page in ["", "/description", "/check"] {
        assert!(arta.get(&format!("/applications/{first}{page}")).expect(200).body.contains("27\u{a0}October 2017"), "{page}");
    }
    assert!(arta.get("/applications").expect(200).body.contains("27\u{a0}October 2017"));
    world.at("2017-10-27T11:59:30");
    submit(&arta, first).expect(303);
    assert!(letters(&world, &arta, "E09")[0].contains("27\u{a0}tetor 2017"), "until then it can be corrected");
    // Until her deadline has passed she may still change it, so nothing is checked.
    arta.post(&format!("/applications/{first}/withdrawal"), &[("reason", "one more look")]).expect(303);
    arta.post(&format!("/applications/{first}/draft"), &[]).expect(303);
    submit(&arta, first).expect(303);
    world.at("2017-10-27T11:59:50");
    again(&world, &secretary);
    again(&world, &manager);
    on_time(&world.app.desk).unwrap();
    let check = || world.read(|conn| subgrant::administrative_check::records::check_of(conn, first));
    assert!(check().is_none());
    secretary.post(&format!("/applications/{first}/check-list/beginning"), &[]).expect(422);
    world.at("2017-10-27T12:00:00");
    on_time(&world.app.desk).unwrap();
    assert!(check().is_some());
    let seen = secretary.get(&format!("/applications/{first}/check-list")).expect(200);
    assert!(seen.body.contains("by decision of Mira Kola on"), "{}", seen.main_text());
    // What has passed is not given back to one alone.
    extend_one(&manager, &nipt(&world, &ilir), "2017-10-29T12:00").expect(422);
}

#[test]
fn who_writes_for_the_organisation_gives_it_no_time() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = sample::draft(&world, &arta);
    let manager = manager(&world);
    world.join(&manager, arta.organisation_id(), subgrant::kernel::Membership::Editor);
    extend_one(&manager, &nipt(&world, &arta), "2017-10-27T12:00").expect(403);
    assert_eq!(row(&world, id).closes_at, None);
}

#[test]
fn an_outage_is_made_good_for_what_was_begun_and_for_nothing_else() {
    let world = World::new();
    let applicant = |name: &str, organisation: &str| world.applicant(name, organisation).in_english();
    let (arta, besnik, ilir) =
        (applicant("Arta Hoxha", "Rinia (example)"), applicant("Besnik Doda", "Drita (example)"), applicant("Ilir Gjoka", "Drin (example)"));
    let draft = sample::draft(&world, &arta);
    let (sent, _) = sample::submitted(&world, &besnik);
    let (withdrawn, _) = sample::submitted(&world, &ilir);
    ilir.post(&format!("/applications/{withdrawn}/withdrawal"), &[("reason", "a better budget")]).expect(303);
    let (manager, director) = (manager(&world), director(&world));
    let outage = ("2017-10-25T16:10", "2017-10-25T17:40");
    world.at("2017-10-25T16:50");
    grace(&director, "2017-10-25T16:10", "2017-10-25T16:40", "2017-10-27T17:00").expect(422);
    world.at("2017-10-26T09:00");
    again(&world, &manager);
    again(&world, &director);
    on_time(&world.app.desk).unwrap();
    submit(&arta, draft).expect(422);
    grace(&manager, outage.0, outage.1, "2017-10-27T17:00").expect(403);
    manager.get(GRACE).expect(403);
    let refused = director.post(GRACE, &[("until", "2017-10-25T18:00")]).expect(422);
    assert_eq!(refused.attributes(".errsum a", "href"), ["#outage_from", "#until", "#reason"]);
    grace(&director, outage.0, outage.1, "2017-10-27T17:00").expect(303);
    for (application, own) in [(draft, true), (withdrawn, true), (sent, false)] {
        assert_eq!(row(&world, application).closes_at, own.then(|| Instant::at_tirane("2017-10-27T17:00").unwrap()));
    }
    assert_eq!([&arta, &besnik, &ilir].map(|one| letters(&world, one, "E03-own").len()), [1, 0, 1]);
    assert!(letters(&world, &arta, "E03-own")[0].contains("Ndërprerja te ne"));
    assert!(letters(&world, &ilir, "E03-own")[0].contains("ta hapni sërish"));
    let round = world.round("R3");
    assert!(kinds(&world, Subject::Round(round.id)).contains(&"round.grace-decided".to_owned()));
    for page in ["/pact/calls/R3".to_owned(), format!("/applications/{draft}")] {
        assert!(arta.get(&page).expect(200).body.contains("Because of an outage from"), "{page}");
    }
    // Nothing new is begun, and what arrived in time goes its way.
    world.applicant("Vera Leka", "Buna (example)").post("/pact/calls/R3/applications", &[]).expect(422);
    assert!(world.read(|conn| subgrant::administrative_check::records::check_of(conn, sent)).is_some());
    // The award waits for those who have time.
    let ranking = || director.post("/pact/rounds/R3/award", &[("go", "decide"), ("reasons", "By rank.")]).expect(422).body;
    assert!(ranking().contains("deadline of their own that has not passed"));
    world.at("2017-10-27T16:59:30");
    again(&world, &director);
    submit(&arta, draft).expect(303);
    ilir.post(&format!("/applications/{withdrawn}/draft"), &[]).expect(303);
    world.at("2017-10-27T17:00:00");
    submit(&ilir, withdrawn).expect(422);
    assert!(!ranking().contains("deadline of their own that has not passed"));
    assert_eq!(row(&world, draft).status, Status::Submitted);
}

#[test]
fn after_the_award_there_is_no_grace() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Rinia (example)");
    sample::draft(&world, &arta);
    let director = director(&world);
    let (round, by) = (world.round("R3").id, director.person_id());
    world.at("2017-10-26T09:00");
    again(&world, &director);
    let now = world.now();
    world.write(|conn| {
        let row = (awards::round_id.eq(round), awards::decided_by.eq(by), awards::decided_by_name.eq("Drita"), awards::decided_at.eq(now));
        let rest = (awards::reasons.eq("By rank."), awards::envelope.eq(subgrant::kernel::Money::ZERO), awards::awarded.eq(subgrant::kernel::Money::ZERO));
        diesel::insert_into(awards::table).values((row, rest)).execute(conn)
    });
    let page = grace(&director, "2017-10-25T16:10", "2017-10-25T17:40", "2017-10-27T17:00").expect(422);
    assert!(page.text(".errsum").contains("The award of this round is decided"));
}

#[test]
fn reminders_follow_the_deadline_that_holds() {
    let world = World::new();
    let (arta, ilir) = (world.applicant("Arta Hoxha", "Rinia (example)"), world.applicant("Ilir Gjoka", "Drin (example)"));
    sample::draft(&world, &arta);
    sample::draft(&world, &ilir);
    extend_one(&manager(&world), &nipt(&world, &arta), "2017-11-08T12:00").expect(303);
    let look = || world.wait(subgrant::worker::look_at_clocks(&world.app.desk)).unwrap();
    look();
    let reminded =
        |who: &Visitor| world.letters_to(who).into_iter().map(|letter| letter.code).filter(|code| ["E05", "E06"].contains(&code.as_str())).collect::<Vec<_>>();
    let count = |code: &str, who: &Visitor| reminded(who).iter().filter(|known| *known == code).count();
    let (hers, his) = (reminded(&arta).len(), reminded(&ilir).len());
    for (at, her, him) in [
        ("2017-10-25T11:30", 0, 1),
        ("2017-10-25T18:30", 0, 2),
        ("2017-11-01T12:30", 1, 2),
        ("2017-11-06T12:30", 2, 2),
        ("2017-11-08T06:30", 3, 2),
        ("2017-11-08T13:30", 4, 2),
    ] {
        world.at(at);
        look();
        look();
        assert_eq!((reminded(&arta).len() - hers, reminded(&ilir).len() - his), (her, him), "{at}");
    }
    assert_eq!((count("E06", &arta), count("E06", &ilir)), (1, 1));
}

#[test]
fn an_extension_itself_reminds_nobody_and_the_moments_after_it_do() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Rinia (example)");
    sample::draft(&world, &arta);
    let manager = manager(&world);
    let look = || world.wait(subgrant::worker::look_at_clocks(&world.app.desk)).unwrap();
    let reminded = || letters(&world, &arta, "E05").len();
    world.at("2017-10-20T12:00");
    look();
    let before = reminded();
    // A week before the new deadline was half an hour before the decision.
    world.at("2017-10-20T17:30");
    again(&world, &manager);
    extend_all(&manager, "2017-10-27T17:00").expect(303);
    look();
    assert_eq!((reminded(), letters(&world, &arta, "E03").len()), (before, 1), "the letter about it says it all");
    for (at, more) in [("2017-10-25T16:50", 0), ("2017-10-25T17:01", 1), ("2017-10-27T11:01", 2)] {
        world.at(at);
        look();
        look();
        assert_eq!(reminded() - before, more, "{at}");
    }
}

/// What may be decided about a draft before it is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decided {
    Nothing,
    ForAll,
    ForOne,
    Grace,
}

/// The day after the clocks were put back, the day on which they are, one in winter, and the days around the spring change.
const UNTIL: [&str; 4] = ["2017-10-30T17:00", "2017-10-29T02:30", "2017-11-20T08:00", "2018-03-25T17:00"];

#[test]
fn the_second_before_is_in_time_and_the_second_itself_is_not_whatever_was_decided() {
    let any = prop_oneof![Just(Decided::Nothing), Just(Decided::ForAll), Just(Decided::ForOne), Just(Decided::Grace)];
    let mut runner = TestRunner::new(Config { cases: 8, failure_persistence: None, ..Config::default() });
    runner
        .run(&(any, 0usize..UNTIL.len(), -1i64..=1), |(decided, until, away)| {
            holds(decided, UNTIL[until], away);
            Ok(())
        })
        .unwrap();
    // Whatever chance chose: each kind of decision at its second, and the spring change.
    holds(Decided::ForAll, "2018-03-25T17:00", -1);
    for decided in [Decided::Nothing, Decided::ForAll, Decided::ForOne, Decided::Grace] {
        holds(decided, "2017-10-29T02:30", 0);
    }
}

fn holds(decided: Decided, until: &str, away: i64) {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Rinia (example)");
    let id = sample::draft(&world, &arta);
    // Its project begins after every one of these deadlines.
    let summary = subgrant::applications::content::Summary { starts_on: "2018-06-01".into(), ..sample::summary(&world.round("R3"), sample::TITLE) };
    sample::act(&world, &world.actor(&arta), |act| {
        subgrant::applications::actions::save_part(act, id, subgrant::applications::content::PartContent::Summary(summary), None)
    });
    let (manager, director) = (manager(&world), director(&world));
    // One applicant is not waited for longer than a month.
    let until = if decided != Decided::ForAll && until.starts_with("2018") { "2017-11-24T17:00" } else { until };
    let closing = match decided {
        Decided::Nothing => world.round("R3").closes_at,
        _ => Instant::at_tirane(until).unwrap(),
    };
    match decided {
        Decided::Nothing => {}
        Decided::ForAll => drop(extend_all(&manager, until).expect(303)),
        Decided::ForOne => drop(extend_one(&manager, &nipt(&world, &arta), until).expect(303)),
        Decided::Grace => {
            world.at("2017-10-25T18:00");
            drop(grace(&director, "2017-10-25T16:30", "2017-10-25T17:30", until).expect(303));
        }
    }
    let moment = closing.plus_seconds(away);
    world.app.desk.clock.move_to(moment);
    again(&world, &arta);
    world.app.desk.clock.move_to(moment);
    let answer = submit(&arta, id);
    // The clock runs on: a slow machine may reach the deadline, and then the receipt's own second decides.
    let row = row(&world, id);
    assert_eq!(answer.status == 303, row.status == Status::Submitted);
    assert!(row.submitted_at.is_none_or(|at| moment <= at && at < closing), "{decided:?} {until} {away}: {:?}", row.submitted_at);
    assert!(away < 0 || row.status == Status::Draft, "{decided:?} {until} {away}");
    assert!(away >= 0 || row.status == Status::Submitted || world.now() >= closing, "{decided:?} {until} {away}: {}", answer.main_text());
    let decisions = world.read(|conn| deadline_records::of_round(conn, row.round_id));
    assert_eq!(decisions.len(), usize::from(decided != Decided::Nothing));
}

#[test]
fn who_has_a_later_deadline_of_their_own_is_not_told_that_it_is_the_calls() {
    let world = World::new();
    let (arta, ilir) = (world.applicant("Arta Hoxha", "Qendra Rinia (example)"), world.applicant("Ilir Gjoka", "Fqinji (example)"));
    let id = sample::draft(&world, &arta);
    sample::draft(&world, &ilir);
    let manager = manager(&world);
    extend_one(&manager, &nipt(&world, &arta), "2017-10-28T17:00").expect(303);
    extend_all(&manager, "2017-10-27T17:00").expect(303);
    assert_eq!((letters(&world, &arta, "E03").len(), letters(&world, &ilir, "E03").len()), (0, 1));
    assert_eq!(row(&world, id).closes_at, Instant::at_tirane("2017-10-28T17:00"));
    // One for all beyond their own concerns them again.
    extend_all(&manager, "2017-10-30T17:00").expect(303);
    assert_eq!((letters(&world, &arta, "E03").len(), letters(&world, &ilir, "E03").len()), (1, 2));
}
