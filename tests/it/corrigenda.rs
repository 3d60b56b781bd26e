//! Corrigenda: a call that is public changes only with a reason, from field to field in words, and everybody concerned is told.
use crate::calls::PACT;
use crate::{Answered, Visitor, World, sample};
use subgrant::calls::file::read;
use subgrant::corrigenda::{actions, records};
use subgrant::kernel::{Actor, Error, Role};
use subgrant::web::SESSION_COOKIE;
use subgrant::workflow::{Subject, perform};

const PUBLIC: &str = "/pact/calls/R3/corrigenda";
const OFFICE: &str = "/pact/rounds/R3/corrigenda";
const WHY: &str = "Adresa e zyrës ishte e gabuar.";

/// While questions are taken and much time is left.
fn world() -> World {
    let world = World::new();
    world.at("2017-10-02T10:00");
    world.pact();
    world
}

fn manager(world: &World) -> Visitor {
    world.staff("Mira Kola", &[Role::GrantManager]).in_english()
}

/// The real file with one passage of R3 changed: the last place where it stands.
fn changed(from: &str, to: &str) -> String {
    let (before, after) = PACT.rsplit_once(from).unwrap();
    format!("{before}{to}{after}")
}

fn sent<'a>(text: &str) -> crate::visitor::Sent<'a> {
    ("file", "pact.toml", text.as_bytes().to_vec())
}

fn preview(manager: &Visitor, text: &str) -> Answered {
    manager.upload(&format!("{OFFICE}/preview"), &[], sent(text))
}

fn import(world: &World, text: &str, reason: Option<&str>) -> subgrant::kernel::Result<subgrant::calls::actions::Import> {
    let file = read("file.toml", text).unwrap();
    perform(&world.app.desk, &Actor::system(), |act| actions::import(act, &file, reason))
}

fn refused<T: std::fmt::Debug>(done: subgrant::kernel::Result<T>) -> Vec<String> {
    match done {
        Err(Error::Refused(reasons)) => reasons.into_iter().map(|reason| reason.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_changed_file_is_shown_first_and_published_with_a_reason_and_told() {
    let world = world();
    let (drafting, asker, outsider) =
        (world.applicant("Besnik Doda", "Drita (example)"), world.person("Zamira Pëllumbi"), world.applicant("Ilir Gjoka", "Fqinji (example)"));
    sample::draft(&world, &drafting);
    asker.post("/pact/calls/R3/questions", &[("topic", "budget"), ("question", "A paguhet TVSH-ja?")]).expect(303);
    let manager = manager(&world);
    let text = changed("envelope = 125_000", "envelope = 120_000");
    let shown = preview(&manager, &text).expect(200);
    assert_eq!((shown.texts("table del"), shown.texts("table ins")), (vec!["removed: €125,000".to_owned()], vec!["added: €120,000".to_owned()]));
    assert_eq!(world.round("R3").envelope.to_cents(), 12_500_000, "nothing changes before it is published");
    let carried = shown.value_of("text");
    let again = manager.post(OFFICE, &[("text", &carried), ("reason", "No")]).expect(422);
    assert_eq!(again.attributes(".errsum a", "href"), ["#reason"]);
    assert_eq!(again.value_of("text").trim(), carried.trim(), "the file stays in the form");
    manager.post(OFFICE, &[("text", &carried), ("reason", WHY)]).expect(303);
    let round = world.round("R3");
    assert_eq!(round.envelope.to_cents(), 12_000_000);
    let public = world.stranger().get(PUBLIC).expect(200);
    assert!(public.body.contains(WHY) && public.text("table del").contains("125"), "{}", public.main_text());
    assert!(world.stranger().get("/pact/calls/R3").expect(200).body.contains(WHY), "the call's page says so too");
    for reader in [&drafting, &asker] {
        let told: Vec<_> = world.letters_to(reader).into_iter().filter(|letter| letter.code == "E03-terms").collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].text_body.contains(WHY) && told[0].text_body.contains("125\u{a0}000\u{a0}€ → 120\u{a0}000\u{a0}€"), "{}", told[0].text_body);
    }
    assert!(world.letters_to(&outsider).is_empty());
    let kinds: Vec<String> = world.read(|conn| subgrant::workflow::log_of(conn, Subject::Round(round.id))).into_iter().map(|entry| entry.kind).collect();
    assert!(kinds.ends_with(&["round.amended".into(), "round.corrected".into()]), "{kinds:?}");
    // The same file again is no change; the old one would be another corrigendum.
    assert!(preview(&manager, &text).expect(422).text("main").contains("nothing else"));
    import(&world, &text, None).expect("the same terms are no change");
    assert_eq!(refused(import(&world, PACT, None)), ["round-published"]);
}

#[test]
fn an_import_that_says_why_is_a_corrigendum_and_extensions_stand_in_the_same_list() {
    let world = world();
    let manager = manager(&world);
    manager.post("/pact/rounds/R3/extensions", &[("whom", "all"), ("until", "2017-10-29T17:00"), ("reason", "Stuhia e preu energjinë.")]).expect(303);
    let text = changed("most_themes = 3", "most_themes = 4").replacen("complaint_days = 5", "complaint_days = 7", 1);
    assert_eq!(refused(import(&world, &text, None)), ["round-published"; 3], "every round shares these words");
    // R1 and R2 closed long ago: then nothing changes at all.
    assert_eq!(refused(import(&world, &text, Some(WHY)))[0], "not-open");
    assert_eq!(world.round("R3").terms.most_themes, 3);
    let own = changed("code = \"R3\"", "code = \"R3\"\nmost_themes = 4\ncomplaint_days = 7");
    import(&world, &own, Some(WHY)).unwrap();
    let round = world.round("R3");
    assert_eq!((round.terms.most_themes, round.terms.complaint_days), (4, 7));
    assert_eq!(round.closes_at, subgrant::kernel::Instant::at_tirane("2017-10-29T17:00").unwrap(), "the extension holds");
    let listed = world.read(|conn| records::of_round(conn, round.id));
    assert_eq!(listed.iter().map(|entry| (entry.number, entry.changes.len(), entry.closes_at.is_some())).collect::<Vec<_>>(), [(2, 2, false), (1, 0, true)]);
    let json = world.stranger().get_json(PUBLIC).expect(200).json();
    assert_eq!((json["corrigenda"][0]["changes"][0]["at"].as_str(), json["corrigenda"][0]["reason"].as_str()), (Some("most_themes"), Some(WHY)), "{json}");
    assert!(!json.to_string().contains("Mira Kola"));
    let office = manager.get(OFFICE).expect(200);
    assert!(office.text("main").contains("Mira Kola") && office.text("main").contains("Stuhia e preu energjinë."));
    import(&world, &own, None).expect("what was corrected is what the file says");
}

#[test]
fn nothing_that_somebody_may_rest_on_is_taken_away_once_applications_are_in() {
    let world = world();
    let manager = manager(&world);
    let narrower = changed("envelope = 125_000", "envelope = 120_000");
    preview(&manager, &narrower).expect(200);
    sample::submitted(&world, &world.applicant("Arta Hoxha", "Qendra (example)"));
    let page = preview(&manager, &narrower).expect(422);
    assert!(page.text("main").contains("one application is in") && !page.has("textarea#reason"), "{}", page.main_text());
    manager.post(OFFICE, &[("text", &narrower), ("reason", WHY)]).expect(422);
    assert_eq!(refused(import(&world, &narrower, Some(WHY))), ["narrows"]);
    assert_eq!(world.round("R3").envelope.to_cents(), 12_500_000);
    let wider = changed("code = \"R3\"", "code = \"R3\"\napplications_per_organisation = 2");
    import(&world, &wider, Some(WHY)).unwrap();
    // A week before the deadline nobody could follow a change of what an application says.
    world.at("2017-10-19T10:00");
    let more = changed("code = \"R3\"", "code = \"R3\"\napplications_per_organisation = 3");
    assert_eq!(refused(import(&world, &more, Some(WHY))), ["last-days"]);
    // The deadline has its own page, and after it nothing changes.
    let later = changed("closes = 2017-10-25T17:00:00", "closes = 2017-10-28T17:00:00");
    assert!(refused(import(&world, &later, Some(WHY))).contains(&"deadline-elsewhere".to_owned()));
    world.at("2017-10-25T17:00:00");
    assert!(refused(import(&world, &more, Some(WHY))).contains(&"not-open".to_owned()));
}

#[test]
fn a_file_with_faults_of_another_fund_or_by_somebody_else_changes_nothing() {
    let world = world();
    let manager = manager(&world);
    assert!(preview(&manager, "slug = ").expect(422).text("main").contains("Line 1"));
    assert!(preview(&manager, &changed("weight = 2", "weight = 9")).expect(422).text("main").contains("a weight is between 1 and 4"));
    let other = PACT.replacen("slug = \"pact\"", "slug = \"other\"", 1);
    assert!(preview(&manager, &other).expect(422).text("main").contains("of the fund itself"));
    let richer = PACT.replacen("planned_grants = 41", "planned_grants = 42", 1);
    assert!(preview(&manager, &richer).expect(422).text("main").contains("of the fund itself"));
    manager.upload(&format!("{OFFICE}/preview"), &[], ("file", "x.toml", vec![0xff, 0xfe])).expect(422);
    let funder = world.staff("Delegacioni", &[Role::Funder]);
    funder.post(OFFICE, &[("text", PACT), ("reason", WHY)]).expect(403);
    preview(&funder, PACT).expect(403);
    assert!(world.read(|conn| records::of_round(conn, world.round("R3").id)).is_empty());
    manager.set_cookie(SESSION_COOKIE, &world.session(manager.person_id(), true));
    assert!(manager.get(OFFICE).expect(200).text("main").contains("Nothing has changed"));
}
