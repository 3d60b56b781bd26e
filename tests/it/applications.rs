//! The applicant's file over HTTP: written in parts, handed in once, frozen, withdrawn, handed in again.
use crate::visitor::pdf;
use crate::{Visitor, World, sample};
use subgrant::applications::{Application, actions, records, rules};
use subgrant::kernel::{ApplicationId, Role};
use subgrant::workflow::perform;

fn row(world: &World, id: ApplicationId) -> Application {
    world.read(|conn| records::by_id(conn, id))
}

fn draft(world: &World, id: ApplicationId) -> subgrant::applications::content::File {
    world.read(|conn| {
        let application = records::by_id(conn, id)?;
        records::draft_file(conn, &application)
    })
}

fn begin(world: &World, applicant: &Visitor) -> ApplicationId {
    world.pact();
    let answer = applicant.post("/pact/calls/R3/applications", &[]).expect(303);
    answer.location.unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

fn submit(visitor: &Visitor, id: ApplicationId) -> crate::Answered {
    visitor.post(&format!("/applications/{id}/submission"), &[])
}

#[test]
fn anybody_checks_a_receipt_and_learns_nothing_of_what_it_says() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let (id, _) = sample::submitted(&world, &arta);
    let first = world.read(|conn| records::last_submission(conn, id));
    let stranger = world.stranger().in_english();
    let asked = |fingerprint: &str| stranger.get(&format!("/receipts?fingerprint={fingerprint}")).expect(200);
    assert!(!stranger.get("/receipts").expect(200).has(".note"));
    // As the receipt prints it, in groups.
    let groups = arta.get(&format!("/applications/{id}/receipt")).expect(200).text(".digest").replace(' ', "+");
    let page = asked(&groups);
    assert!(page.text(".note.ok").contains("R3-01") && page.text(".note.ok").contains("the version that counts"), "{}", page.text(".note"));
    assert!(!page.body.contains("Qendra Rinia") && !page.body.contains(sample::TITLE));
    // One letter off is no receipt.
    let (last, other) = (first.sha256.chars().last().unwrap(), if first.sha256.ends_with('0') { "1" } else { "0" });
    assert!(asked(&format!("{}{other}", first.sha256.trim_end_matches(last))).has(".note.warn"));
    // After another submission it still proves that it arrived, and says that it counts no more.
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "a better budget")]).expect(303);
    assert!(asked(&first.sha256).text(".note.warn").contains("not the version that counts"));
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    crate::drafts::Open::at(&arta, format!("/applications/{id}/description")).send(&[("problem", "Another text")]).expect(200);
    submit(&arta, id).expect(303);
    assert!(asked(&first.sha256).text(".note.warn").contains("not the version that counts"));
    // The same text handed in once more has the same fingerprint: it proves the submission that counts, not the one before.
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "a second look")]).expect(303);
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    let second = world.read(|conn| records::last_submission(conn, id));
    submit(&arta, id).expect(303);
    let third = world.read(|conn| records::last_submission(conn, id));
    assert_eq!((second.sha256, third.number), (third.sha256.clone(), 3));
    let receipts: Vec<String> = world.letters_to(&arta).into_iter().filter(|letter| letter.code == "E09").map(|letter| letter.subject).collect();
    let (first_letter, last_letter) = (&receipts[0], &receipts[receipts.len() - 1]);
    assert!(["R3-01: e morëm aplikimin tuaj", "R3-01: we have your application"].contains(&first_letter.as_str()), "{first_letter}");
    assert!(
        last_letter.strip_prefix(first_letter.as_str()).is_some_and(|more| more.ends_with(" 3")),
        "{last_letter}: the second receipt is not the first once more"
    );
    assert!(asked(&third.sha256).text(".note.ok").contains("no. 3"), "{}", asked(&third.sha256).text(".note"));
    // What is kept was changed behind the house's back: its own fingerprint says so.
    world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::submissions as t;
        diesel::update(t::table.filter(t::sha256.eq(first.sha256.clone()))).set(t::content.eq(first.content.replacen("Qendra", "Qendrs", 1))).execute(conn)
    });
    assert!(asked(&first.sha256).has(".note.err"));
}

#[test]
fn a_draft_is_written_part_by_part_and_handed_in() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    assert!(arta.get("/applications").expect(200).body.contains(sample::TITLE));
    assert_eq!(arta.get(&format!("/applications/{id}")).expect(200).text("#pg"), "10 of 10 parts are ready");
    for part in ["partners", "summary", "description", "logframe", "plan", "budget", "capacity", "attachments", "declarations", "check", "read"] {
        let page = arta.get(&format!("/applications/{id}/{part}")).expect(200);
        assert_eq!(page.texts("h1").len(), 1, "{part}");
        assert!(page.texts(".errsum li").is_empty(), "{part}: {:?}", page.texts(".errsum li"));
    }
    let receipt = format!("/applications/{id}/receipt");
    assert_eq!(submit(&arta, id).expect(303).location.as_deref(), Some(receipt.as_str()));
    let page = arta.get(&receipt).expect(200);
    assert!(page.text(".deep").contains("R3-01"));
    let frozen = world.read(|conn| records::last_submission(conn, id));
    assert_eq!(page.text(".digest").replace(' ', ""), frozen.sha256);
    assert_eq!(subgrant::kernel::fingerprint(frozen.content.as_bytes()), frozen.sha256);
    let file = world.read(|conn| records::frozen_file(conn, id));
    assert_eq!(file.declarations.wordings.len(), world.round("R3").terms.declarations.len());
    // To her, to the contact person (who is the representative); each with number, second and fingerprints.
    let letters = world.letters();
    assert_eq!(letters.iter().map(|letter| letter.code.as_str()).collect::<Vec<_>>(), ["E09", "E09"]);
    let letter = &world.letters_to(&arta)[0];
    assert!(letter.subject.starts_with("R3-01:"), "{}", letter.subject);
    for word in [&frozen.sha256, &file.attachments[0].sha256, "11:0"] {
        assert!(letter.text_body.contains(word), "{word}\n{}", letter.text_body);
    }
    // Twice is once.
    assert_eq!(submit(&arta, id).expect(303).location.as_deref(), Some(receipt.as_str()));
    assert_eq!(world.letters().len(), 2);
    // What was handed in is not written in any more.
    arta.post(&format!("/applications/{id}/summary"), &[("title", "Other")]).expect(422);
    assert_eq!(row(&world, id).title, sample::TITLE);
}

#[test]
fn an_empty_draft_names_everything_that_it_lacks_with_a_link() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    let page = submit(&arta, id).expect(422);
    let links = page.attributes(".errsum a", "href");
    for field in [
        "summary#title",
        "summary#municipalities",
        "description#problem",
        "logframe#impact.text",
        "plan#plan",
        "budget#add-human-resources",
        "capacity#add-team",
        "attachments#statute",
        "declarations#agreed-accuracy",
    ] {
        assert!(links.contains(&format!("/applications/{id}/{field}")), "{field} in {links:?}");
    }
    assert!(!links.iter().any(|link| link.ends_with("summary#tier")), "the only size of the call is chosen already");
    assert_eq!(row(&world, id).tier, world.round("R3").terms.tiers[0].key);
    assert!(world.letters().is_empty());
    assert_eq!(row(&world, id).serial, None);
    // A program gets the same list.
    let problem = arta.post_json(&format!("/applications/{id}/submission"), &serde_json::json!({})).expect(422);
    assert_eq!(problem.json()["reasons"].as_array().unwrap().len(), page.texts(".errsum li").len());
}

#[test]
fn the_deadline_is_a_second() {
    let world = World::new();
    let (arta, ilir) = (world.applicant("Arta Hoxha", "Qendra Rinia (example)"), world.applicant("Ilir Gjoka", "Qendra Drin (example)"));
    let (first, second) = (sample::draft(&world, &arta), sample::draft(&world, &ilir));
    world.at("2017-10-25T16:59:50");
    // The check was opened before the deadline and submitted after it.
    ilir.get(&format!("/applications/{second}/check")).expect(200);
    submit(&arta, first).expect(303);
    world.at("2017-10-25T17:00:00");
    let late = submit(&ilir.clone().in_english(), second).expect(422);
    let said = late.text(".errsum");
    assert!(said.contains("17:00:00"), "{said}");
    assert_eq!((row(&world, second).serial, row(&world, first).code.as_deref()), (None, Some("R3-01")));
    world.at("2017-10-25T17:00:01");
    submit(&ilir, second).expect(422);
    // The draft is kept, and can still be read.
    ilir.get(&format!("/applications/{second}")).expect(200);
    ilir.post("/pact/calls/R3/applications", &[]).expect(303);
    world.applicant("Vera Leka", "Qendra Buna (example)").post("/pact/calls/R3/applications", &[]).expect(422);
}

#[test]
fn twenty_at_once_are_one() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = sample::draft(&world, &arta);
    let answers: Vec<(u16, Option<String>)> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..20).map(|_| scope.spawn(|| submit(&arta.clone(), id))).collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).map(|answer| (answer.status, answer.location)).collect()
    });
    assert!(answers.iter().all(|answer| *answer == (303, Some(format!("/applications/{id}/receipt")))), "{answers:?}");
    let log = world.read(|conn| subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(id)));
    assert_eq!(log.iter().filter(|entry| entry.kind == "application.submitted").count(), 1);
    // One receipt, to her and to the contact person, and one frozen version.
    let mut receipts: Vec<(String, String)> = world.letters().into_iter().map(|letter| (letter.code, letter.recipient)).collect();
    receipts.sort();
    assert_eq!(receipts, [arta.email(), "arta@example.org"].map(|email| ("E09".to_owned(), email.to_owned())));
    assert_eq!(world.read(|conn| records::submissions_of(conn, id)).len(), 1);
    assert_eq!((row(&world, id).code.as_deref(), row(&world, id).submissions), (Some("R3-01"), 1));
}

#[test]
fn whatever_is_typed_is_saved_and_named_at_the_check() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    let round = world.round("R3");
    let long = "ë".repeat(151);
    let mut summary = sample::summary(&round, &long);
    summary.summary_sq = "a\u{0}b\u{1b}c\r\nd".into();
    let actor = world.actor(&arta);
    perform(&world.app.desk, &actor, |act| actions::save_part(act, id, subgrant::applications::content::PartContent::Summary(summary), None)).unwrap();
    assert_eq!(row(&world, id).title, long);
    let file = draft(&world, id);
    assert_eq!(file.summary.summary_sq, "abc\nd");
    let page = arta.get(&format!("/applications/{id}/check")).expect(200);
    assert_eq!(page.texts(".errsum li"), ["Shorten “Title of the project”: it has 151 characters, and 150 fit."]);
    submit(&arta, id).expect(422);
}

#[test]
fn rows_come_and_go_by_named_buttons() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let partners = format!("/applications/{id}/partners");
    let answer = arta.post(&partners, &[("version", "0"), ("add", "partners")]).expect(303);
    assert!(answer.location.unwrap().ends_with("#partners.p1.name"));
    arta.post(&partners, &[("version", "1"), ("partners.p1.name", "Drini"), ("add", "partners")]).expect(303);
    arta.post(&partners, &[("version", "2"), ("partners.p1.name", "Drini"), ("partners.p2.name", "Buna"), ("up", "partners.p2")]).expect(303);
    let page = arta.get(&partners).expect(200);
    assert_eq!(page.attributes("input[name$='.name']", "value"), ["Buna", "Drini"]);
    arta.post(&partners, &[("version", "3"), ("partners.p2.name", "Buna"), ("partners.p1.name", "Drini"), ("del", "partners.p2")]).expect(303);
    let file = draft(&world, id);
    assert_eq!(file.partners.partners.iter().map(|partner| (partner.key.as_str(), partner.name.as_str())).collect::<Vec<_>>(), [("p1", "Drini")]);
    // A partner brings a document of its own.
    assert!(arta.get(&format!("/applications/{id}/attachments")).expect(200).body.contains("partner-declaration.p1"));
}

#[test]
fn an_expired_session_keeps_what_was_typed() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let gone = world.stranger();
    let answer = gone.post(&format!("/applications/{id}/summary"), &[("title", "Typed for an hour")]).expect(303);
    assert!(answer.location.unwrap().starts_with("/sign-in"));
    let parked = gone.cookie("parked").expect("the form is kept");
    let (path, body) = world.read(|conn| subgrant::web::records::parked(conn, &parked)).unwrap();
    assert_eq!(path, format!("/applications/{id}/summary"));
    assert!(body.contains("Typed%20for%20an%20hour"), "{body}");
    assert_eq!(row(&world, id).title, "");
}

#[test]
fn others_find_nothing() {
    let world = World::new();
    let (arta, vera) = (world.applicant("Arta Hoxha", "Qendra Rinia (example)"), world.applicant("Vera Leka", "Qendra Buna (example)"));
    let mira = world.staff("Mira Kola", &[Role::GrantManager]);
    let id = sample::draft(&world, &arta);
    let paper = world.read(|conn| records::attachments(conn, id)).remove(0);
    let file = format!("/attachments/{}", paper.id);
    for nobody in [&vera, &mira] {
        for page in ["", "/summary", "/attachments", "/check", "/receipt", "/read"] {
            nobody.get(&format!("/applications/{id}{page}")).expect(404);
        }
        nobody.get(&file).expect(404);
        nobody.post(&format!("/applications/{id}/summary"), &[("title", "Mine now")]).expect(404);
        submit(nobody, id).expect(404);
        nobody.post(&format!("/attachments/{}/removal", paper.id), &[]).expect(404);
        nobody.upload(&format!("/applications/{id}/attachments"), &[("document", "statute")], ("statute", "a.pdf", pdf("x"))).expect(404);
    }
    assert_eq!(world.stranger().get(&file).status, 303);
    submit(&arta, id).expect(303);
    // The office reads what was handed in, and nothing else.
    mira.get(&format!("/applications/{id}/read")).expect(200);
    let answer = mira.get(&file).expect(200);
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(answer.header("x-content-type-options").as_deref(), Some("nosniff"));
    mira.get(&format!("/applications/{id}/files/{}", paper.sha256)).expect(200);
    mira.get(&format!("/applications/{id}/summary")).expect(404);
    mira.post(&format!("/applications/{id}/withdrawal"), &[("reason", "x")]).expect(403);
    vera.get(&format!("/applications/{id}/read")).expect(404);
    // An editor writes but does not sign.
    let besa = world.applicant("Besa Marku", "Qendra Rinia (example)");
    besa.post(&format!("/applications/{id}/withdrawal"), &[("reason", "x")]).expect(403);
}

#[test]
fn files_are_judged_by_what_is_in_them() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let to = format!("/applications/{id}/attachments");
    let send = |name: &str, bytes: Vec<u8>| arta.upload(&to, &[("document", "statute")], ("statute", name, bytes));
    for (name, bytes) in
        [("empty.pdf", vec![]), ("page.pdf", b"<html><script>alert(1)</script>".to_vec()), ("tool.exe", b"MZ".to_vec()), ("large.pdf", vec![b'%'; 10_000_001])]
    {
        let page = send(name, bytes).expect(422);
        assert_eq!(page.texts("#statute-error").len(), 1, "{name}");
    }
    arta.upload(&to, &[("document", "unknown")], ("unknown", "a.pdf", pdf("a"))).expect(422);
    assert!(world.read(|conn| records::attachments(conn, id)).is_empty());
    send("../../etc/Statuti i shoqatës.pdf", pdf("statute")).expect(303);
    let paper = world.read(|conn| records::attachments(conn, id)).remove(0);
    assert_eq!(paper.name, "Statuti i shoqatës.pdf");
    assert_eq!(arta.get(&format!("/attachments/{}", paper.id)).expect(200).bytes, pdf("statute"));
    arta.post(&format!("/attachments/{}/removal", paper.id), &[]).expect(303);
    assert!(world.read(|conn| records::attachments(conn, id)).is_empty());
    assert_eq!(world.stranger().upload(&to, &[("document", "statute")], ("statute", "a.pdf", pdf("x"))).status, 303);
}

#[test]
fn withdrawn_and_handed_in_again_it_keeps_its_number() {
    let world = World::new();
    let (arta, mira) = (world.applicant("Arta Hoxha", "Qendra Rinia (example)"), world.staff("Mira Kola", &[Role::GrantManager]));
    let (id, first) = sample::submitted(&world, &arta);
    let withdrawal = format!("/applications/{id}/withdrawal");
    let page = arta.post(&withdrawal, &[("reason", "")]).expect(422);
    assert_eq!(page.texts("#reason-error").len(), 1);
    arta.post(&withdrawal, &[("reason", "The budget has a mistake.")]).expect(303);
    assert!(world.letters_to(&mira)[0].text_body.contains("The budget has a mistake."));
    arta.post(&withdrawal, &[("reason", "Again.")]).expect(422);
    submit(&arta, id).expect(422);
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    // The receipt stays about what was handed in, whatever is written now.
    let renamed = subgrant::applications::content::PartContent::Summary(sample::summary(&world.round("R3"), "Another title"));
    sample::act(&world, &world.actor(&arta), |act| actions::save_part(act, id, renamed, None));
    let receipt = arta.get(&format!("/applications/{id}/receipt")).expect(200).body;
    assert!(receipt.contains(sample::TITLE) && !receipt.contains("Another title"));
    arta.post(&format!("/applications/{id}/partners"), &[]).expect(303);
    // Without its partner, what the partner was to do is somebody else's.
    let (round, file) = (world.round("R3"), draft(&world, id));
    let lacking = rules::shortfalls(&file, &round, world.now());
    assert!(!lacking.is_empty() && lacking.iter().all(|reason| reason.code == "gone-responsible"), "{lacking:?}");
    let mut plan = sample::plan();
    plan.rows.iter_mut().for_each(|row| row.responsible = "lead".into());
    sample::act(&world, &world.actor(&arta), |act| actions::save_part(act, id, subgrant::applications::content::PartContent::Plan(plan), None));
    submit(&arta, id).expect(303);
    let second = world.read(|conn| records::last_submission(conn, id));
    assert_eq!((second.code.as_str(), second.number), (first.code.as_str(), 2));
    assert_ne!(second.sha256, first.sha256);
    // The next organisation gets the next number.
    let (_, next) = sample::submitted(&world, &world.applicant("Vera Leka", "Qendra Buna (example)"));
    assert_eq!(next.code, "R3-02");
    // After the deadline a withdrawal is for good.
    world.at("2017-10-26T09:00");
    arta.post(&withdrawal, &[("reason", "We cannot do it.")]).expect(303);
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(422);
}

#[test]
fn one_application_for_each_organisation_and_a_double_click_is_one() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    assert_eq!(begin(&world, &arta), id);
    let refused = arta.post_json("/pact/calls/R3/applications", &serde_json::json!({})).expect(422);
    assert_eq!(refused.json()["reasons"][0]["code"], "one-per-organisation");
    arta.post("/pact/calls/R9/applications", &[]).expect(404);
    let other = world.organisation("Qendra Drin (example)").to_string();
    arta.post("/pact/calls/R3/applications", &[("organisation", &other)]).expect(404);
}

#[test]
fn drafts_are_reminded_once_for_each_moment_and_told_when_it_is_over() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    begin(&world, &arta);
    let codes = || world.letters_to(&arta).iter().map(|letter| letter.code.clone()).collect::<Vec<_>>();
    let look = || world.wait(subgrant::worker::look_at_clocks(&world.app.desk)).unwrap();
    look();
    let begun = codes().len();
    for (at, more) in [
        ("2017-10-23T16:59", 0),
        ("2017-10-23T17:01", 1),
        ("2017-10-24T09:00", 1),
        ("2017-10-25T11:00", 2),
        ("2017-10-25T17:30", 2),
        ("2017-10-25T18:00", 3),
        ("2017-10-26T18:00", 3),
    ] {
        world.at(at);
        look();
        look();
        assert_eq!(codes().len(), begun + more, "{at}: {:?}", codes());
    }
    assert_eq!(codes().last().map(String::as_str), Some("E06"));
    assert!(world.letters_to(&arta)[begun].text_body.contains("Titulli i projektit"));
}

#[test]
fn everything_that_was_done_with_an_application_is_told_and_a_withdrawn_one_shows_its_way_back() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let (id, _) = sample::submitted(&world, &arta);
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "A mistake.")]).expect(303);
    arta.get(&format!("/applications/{id}/withdrawal")).expect(422);
    // On its own page, among mine, and on the receipt.
    let back = format!("form[action='/applications/{id}/draft']");
    for page in [format!("/applications/{id}"), "/applications".into(), format!("/applications/{id}/receipt")] {
        assert!(arta.get(&page).expect(200).has(&back), "{page}");
    }
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    submit(&arta, id).expect(303);
    let told = arta.get(&format!("/applications/{id}/history")).expect(200).texts(".tl b");
    let expected = ["begun", "submitted", "withdrawn", "taken up again", "submitted again (submission 2)"];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (said, word) in told.iter().zip(expected) {
        assert!(said.ends_with(word), "{said}: {word}");
    }
    assert!(arta.get(&format!("/applications/{id}")).expect(200).has(&format!("a[href='/applications/{id}/history']")));
    // The receipt tells how far it is, by the clock.
    let steps = |class: &str| arta.get(&format!("/applications/{id}/receipt")).expect(200).texts(&format!(".tl li{class} b"));
    assert_eq!((steps(".done").len(), steps(".now").len()), (1, 0));
    // Withdrawing asks once more.
    assert!(arta.get(&format!("/applications/{id}/withdrawal")).expect(200).has("textarea[name=reason]"));
    // When the call is closed there is no way back, and no page promises one.
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "For good.")]).expect(303);
    world.at("2017-10-26T09:00");
    for page in [format!("/applications/{id}"), "/applications".into(), format!("/applications/{id}/receipt")] {
        assert!(!arta.get(&page).expect(200).has(&back), "{page}");
    }
}

#[test]
fn a_draft_is_discarded_after_a_question_and_what_was_handed_in_is_not() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    let removal = format!("/applications/{id}/removal");
    assert!(arta.get(&format!("/applications/{id}")).expect(200).has(&format!("a[href='{removal}']")));
    arta.get(&removal).expect(200);
    arta.get(&format!("/applications/{id}")).expect(200);
    // Who writes but does not sign throws nothing away.
    let besa = world.person("Besa Marku");
    world.join(&besa, arta.organisation_id(), subgrant::kernel::Membership::Editor);
    besa.post(&removal, &[]).expect(403);
    assert_eq!(arta.post(&removal, &[]).expect(303).location.as_deref(), Some("/applications"));
    arta.get(&format!("/applications/{id}")).expect(404);
    assert!(!arta.get("/applications").expect(200).body.contains(sample::TITLE));
    let log = world.read(|conn| subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(id)));
    assert_eq!(log.last().map(|entry| entry.kind.as_str()), Some("application.discarded"));
    arta.post(&removal, &[]).expect(404);
    // Its place is free, and what arrived once is withdrawn instead.
    let (next, receipt) = sample::submitted(&world, &arta);
    assert_eq!(receipt.code, "R3-01");
    let removal = format!("/applications/{next}/removal");
    arta.post(&removal, &[]).expect(422);
    arta.post(&format!("/applications/{next}/withdrawal"), &[("reason", "A mistake.")]).expect(303);
    arta.post(&format!("/applications/{next}/draft"), &[]).expect(303);
    arta.post(&removal, &[]).expect(422);
    assert!(!arta.get(&format!("/applications/{next}")).expect(200).has(&format!("a[href='{removal}']")));
}

#[test]
fn an_organisation_is_told_before_it_begins_that_it_cannot_apply() {
    use subgrant::accounts::LegalForm;
    use subgrant::store::schema::organisations;
    let world = World::new();
    world.pact();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let set = |form: LegalForm, seat: &str| {
        use diesel::prelude::*;
        let row = organisations::table.find(arta.organisation_id());
        world.write(|conn| diesel::update(row).set((organisations::legal_form.eq(form), organisations::municipality.eq(seat))).execute(conn));
    };
    let refused = LegalForm::ALL.iter().copied().find(|form| !world.round("R3").terms.legal_forms.contains(form)).expect("a form that R3 does not take");
    let beginning = "/pact/calls/R3/applications";
    set(refused, "shkoder");
    for page in ["/pact/calls/R3", beginning] {
        let page = arta.get(page).expect(200);
        assert!(page.text(".chances").contains("cannot apply"), "{}", page.main_text());
        assert!(!page.has(&format!("form[action='{beginning}']")));
    }
    let page = arta.post(beginning, &[]).expect(422);
    assert!(page.text(".errsum").contains("legal form"), "{}", page.main_text());
    // A seat outside the area is said and refuses nothing: the administrative evaluation judges it.
    set(LegalForm::Center, "tirane");
    let page = arta.get("/pact/calls/R3").expect(200);
    assert!(page.text(".chances").contains("Tiran") && page.has(&format!("form[action='{beginning}']")), "{}", page.main_text());
    arta.post(beginning, &[]).expect(303);
    set(LegalForm::Center, "shkoder");
    assert!(!arta.get("/pact/calls/R3").expect(200).has(".chances"));
}

#[test]
fn a_profile_lacks_the_same_on_its_own_page_and_at_the_check() {
    use diesel::prelude::*;
    use subgrant::store::schema::organisations;
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    let row = organisations::table.find(arta.organisation_id());
    world.write(|conn| diesel::update(row).set(organisations::profile.eq(r#"{"email":"office","mission":"x"}"#)).execute(conn));
    let profile = format!("/organisations/{}?then=/applications/{id}", arta.organisation_id());
    let mut here: Vec<String> =
        arta.get(&profile).expect(200).attributes(".errsum a, #missing a", "href").into_iter().map(|at| format!("{profile}{at}")).collect();
    let check = arta.get(&format!("/applications/{id}/check")).expect(200);
    let mut there: Vec<String> = check.attributes(".errsum a", "href").into_iter().filter(|at| at.starts_with(&profile)).collect();
    here.sort();
    there.sort();
    assert!(here.len() > 15 && here.iter().any(|at| at.ends_with("#profile_email")), "{here:?}");
    assert_eq!(here, there);
}

#[test]
fn before_a_version_is_replaced_its_writer_sees_what_changes() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let (id, _) = sample::submitted(&world, &arta);
    let check = format!("/applications/{id}/check");
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "Një gabim në buxhet.")]).expect(303);
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    let rows = || arta.get(&check).expect(200).texts("#against tbody tr");
    assert!(arta.get(&check).text("#against").contains("Nothing: this is the version you submitted."));
    let before = draft(&world, id);
    let line = before.budget.lines.first().unwrap().clone();
    let (cost, dearer) = (format!("line.{}.unit_cost", line.key), "612,50");
    let boxes = |part: &str, name: &str, text: &str| {
        let path = format!("/api/v1/applications/{id}/{part}/boxes");
        let state = arta.get(&path).expect(200).json();
        let mark = state["boxes"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["mark"].as_str().unwrap().to_owned();
        arta.post(&path, &[("name", name), ("mark", &mark), ("text", text)]).expect(200);
    };
    boxes("budget", &cost, dearer);
    boxes("summary", "title", "Një titull tjetër");
    arta.upload(&format!("/applications/{id}/attachments"), &[("document", "statute")], ("statute", "statuti-i-ri.pdf", pdf("Statuti i ri"))).expect(303);
    let shown = rows();
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown[0].contains(&before.summary.title) && shown[0].contains("Një titull tjetër"), "{}", shown[0]);
    assert!(shown[1].contains(&line.description) && shown[1].contains(&line.unit_cost) && shown[1].contains(dearer), "{}", shown[1]);
    assert!(shown[2].starts_with("Documents") && shown[2].contains("statuti-i-ri.pdf"), "{}", shown[2]);
    // A draft that was never handed in replaces nothing.
    let besa = world.applicant("Besa Kola", "Drita (example)").in_english();
    let new = begin(&world, &besa);
    assert!(!besa.get(&format!("/applications/{new}/check")).expect(200).has("#against"));
}

#[test]
fn an_untouched_draft_begins_with_what_was_written_before() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let (earlier, _) = sample::submitted(&world, &arta);
    arta.post(&format!("/applications/{earlier}/withdrawal"), &[("reason", "Më vonë.")]).expect(303);
    let id = begin(&world, &arta);
    let home = format!("/applications/{id}");
    let (copy, from) = (format!("{home}/copy"), earlier.to_string());
    assert!(arta.get(&home).expect(200).has(&format!("form[action='{copy}'] option[value='{from}']")));
    arta.post(&copy, &[("from", &from)]).expect(303);
    let (before, after) = (world.read(|conn| records::frozen_file(conn, earlier)), draft(&world, id));
    assert_eq!(
        (&after.description, &after.logframe, &after.budget, &after.partners),
        (&before.description, &before.logframe, &before.budget, &before.partners)
    );
    assert_eq!(after.summary.title, before.summary.title);
    assert_eq!((after.summary.starts_on.as_str(), after.declarations.agreed.len()), ("", 0), "what belongs to one call alone is left out");
    let papers =
        |file: &subgrant::applications::content::File| file.attachments.iter().map(|paper| paper.sha256.clone()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(papers(&after), papers(&before));
    // Nothing typed is overwritten, and what is another organisation's is not there.
    arta.post(&copy, &[("from", &from)]).expect(422);
    assert!(!arta.get(&home).expect(200).has(&format!("form[action='{copy}']")));
    let besa = world.applicant("Besa Kola", "Drita (example)").in_english();
    let new = begin(&world, &besa);
    besa.post(&format!("/applications/{new}/copy"), &[("from", &from)]).expect(404);
    assert_eq!(draft(&world, new).summary.title, "");
}
