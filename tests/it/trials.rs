//! Trying the form: everything works as in an application, nothing is handed in, and no figure of the call knows of it.
use crate::{Visitor, World, sample};
use diesel::prelude::*;
use subgrant::applications::trials::sweep;
use subgrant::applications::{Application, Status, actions, records, trials};
use subgrant::kernel::{ApplicationId, Error, Lang, Role};
use subgrant::store::schema::{application_parts, applications, attachments, submissions};
use subgrant::web::SESSION_COOKIE;
use subgrant::workflow::{Subject, perform};

const TESTS: &str = "/pact/calls/R3/tests";

fn row(world: &World, id: ApplicationId) -> Application {
    world.read(|conn| records::by_id(conn, id))
}

fn begun(world: &World, applicant: &Visitor) -> ApplicationId {
    let (round, organisation) = (world.round("R3").id, applicant.organisation_id());
    sample::act(world, &world.actor(applicant), |act| trials::start(act, round, organisation, Lang::Sq)).id
}

/// A whole try that was sent.
pub fn sent(world: &World, applicant: &Visitor) -> ApplicationId {
    let id = begun(world, applicant);
    sample::fill(world, applicant, id, "Provë e formularit");
    sample::act(world, &world.actor(applicant), |act| trials::send(act, id));
    id
}

fn again(world: &World, visitor: &Visitor) {
    visitor.set_cookie(SESSION_COOKIE, &world.session(visitor.person_id(), true));
}

#[test]
fn a_try_goes_all_the_way_and_is_marked_on_every_page() {
    let world = World::new();
    world.pact();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    assert!(arta.get("/pact/calls/R3").expect(200).has(&format!("a[href='{TESTS}']")));
    assert!(arta.get(TESTS).expect(200).has(&format!("form[action='{TESTS}']")));
    let began = arta.post(TESTS, &[]).expect(303);
    let page = began.location.clone().unwrap();
    let id: ApplicationId = page.rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(arta.post(TESTS, &[]).expect(303).location, Some(page.clone()), "a second one is the first one again");
    // As it stands it lacks everything, and says so like an application.
    let lacking = arta.post(&format!("{page}/trial"), &[]).expect(422);
    assert!(lacking.has(".errsum li"));
    arta.get(&format!("{page}/trial")).expect(404);
    sample::fill(&world, &arta, id, "Provë e formularit");
    for part in
        ["", "/summary", "/description", "/logframe", "/plan", "/budget", "/capacity", "/declarations", "/partners", "/attachments", "/check", "/removal"]
    {
        let page = arta.get(&format!("{page}{part}")).expect(200);
        assert!(page.text("main").contains("TEST.") && page.text("title").contains("TEST"), "{part}: {}", page.main_text());
    }
    let check = arta.get(&format!("{page}/check")).expect(200);
    assert!(check.has(&format!("form[action='{page}/trial']")) && !check.has(&format!("form[action='{page}/submission']")));
    arta.post(&format!("{page}/submission"), &[]).expect(422);
    let receipt = arta.post(&format!("{page}/trial"), &[]).expect(303).follow().expect(200);
    assert!(receipt.text("main").contains("TEST, no number") && !receipt.body.contains("R3-01"), "{}", receipt.main_text());
    let letters = world.letters();
    assert_eq!(letters.iter().map(|letter| (letter.code.as_str(), letter.recipient.as_str())).collect::<Vec<_>>(), [("E09-test", arta.email())]);
    assert!(letters[0].subject.starts_with("PROVË: "), "{}", letters[0].subject);
    let row = row(&world, id);
    assert_eq!((row.status, row.serial, row.code, row.submitted_at, row.submissions), (Status::Draft, None, None, None, 0));
    assert_eq!(world.rows(|conn| submissions::table.count().get_result::<i64>(conn)).unwrap(), 0, "nothing is frozen: no receipt would ever check");
    assert!(arta.get("/applications").expect(200).text("main").contains("TEST"));
    assert_eq!(arta.get_json("/applications").expect(200).json()["applications"][0]["standing"]["state"].as_str(), Some("test"));
    let kinds: Vec<String> = world.read(|conn| subgrant::workflow::log_of(conn, Subject::Application(id))).into_iter().map(|entry| entry.kind).collect();
    assert_eq!((kinds.first().map(String::as_str), kinds.last().map(String::as_str)), (Some("application.test-started"), Some("application.test-sent")));
    // Nobody else sees it, and the office neither.
    world.applicant("Ilir Gjoka", "Fqinji (example)").get(&page).expect(404);
    world.staff("Mira Kola", &[Role::GrantManager]).get(&format!("{page}/read")).expect(404);
    // What was tried can become the beginning of the real one; the real one is not used up.
    let real = arta.post("/pact/calls/R3/applications", &[]).expect(303).location.unwrap();
    assert_ne!(real, page);
    arta.post(&format!("{real}/copy"), &[("from", &id.to_string())]).expect(303);
    let real: ApplicationId = real.rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(self::row(&world, real).title, "Provë e formularit");
    // And it is thrown away with everything in it.
    arta.post(&format!("{page}/removal"), &[]).expect(303);
    assert_eq!(world.rows(|conn| application_parts::table.filter(application_parts::application_id.eq(id)).count().get_result::<i64>(conn)).unwrap(), 0);
    assert_eq!(world.rows(|conn| applications::table.filter(applications::is_test.eq(true)).count().get_result::<i64>(conn)).unwrap(), 0);
}

#[test]
fn no_figure_list_or_file_of_the_round_knows_of_a_try() {
    let world = World::new();
    let (sender, trier) = (world.applicant("Besnik Doda", "Drita (example)"), world.applicant("Arta Hoxha", "Qendra Rinia (example)"));
    sample::submitted(&world, &sender);
    let (manager, funder) = (world.staff("Mira Kola", &[Role::GrantManager]).in_english(), world.staff("Delegacioni", &[Role::Funder]));
    let figures = || {
        let of = |reader: &Visitor, address: &str| reader.get(address).expect(200).body.replace(&reader.csrf(), "");
        let figures_of = |reader: &Visitor, address: &str| {
            let mut json = reader.get_json(address).expect(200).json();
            for moment in ["as_at", "now"] {
                json.as_object_mut().unwrap().remove(moment);
            }
            json.to_string()
        };
        let mut all = vec![of(&manager, "/pact/rounds/R3/board"), of(&world.stranger(), "/pact/results"), of(&world.stranger(), "/pact")];
        all.push(figures_of(&funder, "/pact/rounds/R3/summary"));
        all.extend(["summary.csv", "grants.csv", "costs.csv", "payments.csv"].map(|file| of(&funder, &format!("/pact/rounds/R3/{file}"))));
        all.push(of(&manager, "/pact/rounds/R3/applications.csv"));
        all.push(figures_of(&manager, "/pact/rounds/R3/board"));
        all.push(figures_of(&world.stranger(), "/pact/results/R3"));
        all
    };
    let round = world.round("R3");
    let drafts = |world: &World| world.read(|conn| records::drafts_in(conn, round.id)).len();
    let before = figures();
    let id = sent(&world, &trier);
    for (before, after) in before.iter().zip(figures()) {
        assert_eq!(before, &after);
    }
    assert_eq!(drafts(&world), 0, "nobody is reminded of a try");
    assert!(
        world.read(|conn| records::applicants_of(conn, round.id)).iter().all(|recipient| recipient.email != trier.email()),
        "nor told what applicants are told"
    );
    assert_eq!(world.read(|conn| records::count_submitted_in(conn, round.id)), 1);
    // It is nothing that could be given time.
    let organisation = trier.organisation_id();
    let nipt: String = world
        .rows(|conn| subgrant::store::schema::organisations::table.find(organisation).select(subgrant::store::schema::organisations::nipt).first(conn))
        .unwrap();
    let late = [("whom", "one"), ("nipt", nipt.as_str()), ("until", "2017-10-27T17:00"), ("reason", "Stuhia e preu energjinë.")];
    assert!(manager.post("/pact/rounds/R3/extensions", &late).expect(422).has(".errsum a[href='#nipt']"));
    // Handed in by no door and no action.
    let refused = perform(&world.app.desk, &world.actor(&trier), |act| actions::submit(act, id));
    assert!(matches!(refused, Err(Error::Refused(reasons)) if reasons[0].code == "is-a-test"));
    // The number of the next real one is the next.
    sample::submitted(&world, &world.applicant("Ilir Gjoka", "Fqinji (example)"));
    let codes: Vec<Option<String>> = world
        .rows(|conn| applications::table.filter(applications::is_test.eq(false)).order(applications::serial).select(applications::code).load(conn))
        .unwrap();
    assert_eq!(codes, [Some("R3-01".to_owned()), Some("R3-02".to_owned())]);
}

#[test]
fn a_call_is_tried_before_it_opens_until_it_closes_and_what_is_left_is_swept() {
    let world = World::new();
    world.pact();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    world.at("2017-09-10T10:00");
    again(&world, &arta);
    arta.post("/pact/calls/R3/applications", &[]).expect(422);
    let id = sent(&world, &arta);
    let editor = world.applicant("Besa Lika", "Qendra Rinia (example)");
    world.at("2017-10-25T17:00:00");
    again(&world, &arta);
    let late = arta.post(&format!("/applications/{id}/trial"), &[]).expect(422);
    assert!(late.text("main").contains("25"), "{}", late.main_text());
    world.applicant("Ilir Gjoka", "Fqinji (example)").post(TESTS, &[]).expect(422);
    // Thirty days after a deadline in summer time, by the clock of winter.
    world.at("2017-11-24T15:59:59");
    assert_eq!(sweep(&world.app.desk).unwrap(), 0);
    again(&world, &editor);
    editor.get(&format!("/applications/{id}/removal")).expect(200);
    world.at("2017-11-24T16:00:01");
    let papers = world.rows(|conn| attachments::table.filter(attachments::application_id.eq(id)).count().get_result::<i64>(conn)).unwrap();
    assert!(papers > 0);
    assert_eq!(sweep(&world.app.desk).unwrap(), 1);
    assert_eq!(world.rows(|conn| attachments::table.filter(attachments::application_id.eq(id)).count().get_result::<i64>(conn)).unwrap(), 0);
    let round = world.round("R3").id;
    let last = world.read(|conn| subgrant::workflow::log_of(conn, Subject::Round(round))).pop().unwrap();
    assert_eq!(last.kind, "round.tests-swept");
    assert_eq!(sweep(&world.app.desk).unwrap(), 0, "and says so once");
}
