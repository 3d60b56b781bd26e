//! An organisation's profile while people write in it: it saves by itself, two people in it lose nothing, and it leads back to the application.
use crate::drafts::Open;
use crate::{Visitor, World, sample};
use subgrant::accounts::records;
use subgrant::kernel::Membership;
use subgrant::workflow::{Subject, log_of};

/// Arta owns the organisation, Besnik writes with her; and where its profile is.
fn two() -> (World, Visitor, Visitor, String) {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra (example)").in_english();
    let besnik = world.person("Besnik").in_english();
    world.join(&besnik, arta.organisation_id(), Membership::Editor);
    let profile = format!("/organisations/{}", arta.organisation_id());
    (world, arta, besnik, profile)
}

fn saves_in_the_log(world: &World, of: &Visitor) -> usize {
    let subject = Subject::Organisation(of.organisation_id());
    world.read(|conn| Ok(log_of(conn, subject)?.into_iter().filter(|entry| entry.kind == "organisation.profile-saved").count()))
}

#[test]
fn a_profile_saves_by_itself_whatever_is_typed() {
    let (world, arta, _, profile) = two();
    let mut open = Open::at(&arta, profile.clone());
    let long = "x".repeat(1_501);
    let sent = [
        ("name", ""),
        ("mission", long.as_str()),
        ("staff_women", "shumë"),
        ("address", ""),
        ("turnover.0.euros", "12.000"),
        ("vat_registered", "yes"),
        ("active_in", "has\nkukes"),
    ];
    let answer = open.send(&sent).expect(200).json();
    assert_eq!(answer["meanwhile"], serde_json::json!([]));
    let page = arta.get(&profile).expect(200);
    assert_eq!(page.value_of("name"), "Qendra (example)", "only the name cannot be emptied");
    assert_eq!((page.value_of("mission"), page.value_of("staff_women")), (long, "shumë".to_owned()));
    assert_eq!(page.value_of("turnover.0.euros"), "12.000");
    assert!(page.has("#vat_registered[checked]") && page.has("#in-has[checked]") && page.has("#in-kukes[checked]"));
    assert!(page.has("#staff_women-error") && page.has(".errsum a[href='#mission']"), "what cannot be read is said beside it and in the summary");
    assert!(page.has("#missing a[href='#address']"), "what is merely empty is listed, and no error");
    // Ticks can be taken away, and the NIPT is no box.
    open.learn(&answer);
    open.send(&[("vat_registered", ""), ("active_in", "kukes"), ("nipt", "K31525146H")]).expect(200);
    let page = arta.get(&profile).expect(200);
    assert!(!page.has("#vat_registered[checked]") && !page.has("#in-has[checked]") && page.has("#in-kukes[checked]"));
    assert!(!page.body.contains("K31525146H"));
    assert_eq!(world.read(|conn| records::organisation(conn, arta.organisation_id())).name, "Qendra (example)");
}

#[test]
fn an_autosave_makes_few_statements_and_a_run_of_them_is_one_entry_of_the_log() {
    let (world, arta, besnik, profile) = two();
    let mut open = Open::at(&arta, profile.clone());
    open.learn(&open.send(&[("mission", "a")]).expect(200).json());
    let before = saves_in_the_log(&world, &arta);
    for text in ["ab", "abc"] {
        let (answer, statements) = world.statements(|| open.send(&[("mission", text)]).expect(200));
        assert!(statements <= 10, "{statements} statements");
        assert!(answer.bytes.len() < 2_000, "{} bytes", answer.bytes.len());
        open.learn(&answer.json());
    }
    assert_eq!(saves_in_the_log(&world, &arta), before, "the entry of the same minutes stands for them");
    Open::at(&besnik, profile.clone()).send(&[("website", "x.al")]).expect(200);
    assert_eq!(saves_in_the_log(&world, &arta), before + 1, "another person is another entry");
    open.press(&[("address", "Rruga 1")], ("go", "stay")).expect(303);
    assert_eq!(saves_in_the_log(&world, &arta), before + 2, "a button is an entry of its own");
}

#[test]
fn two_in_one_profile_lose_nothing_and_choose_only_where_both_wrote() {
    let (_world, arta, besnik, profile) = two();
    let (mine, theirs) = (Open::at(&arta, profile.clone()), Open::at(&besnik, profile.clone()));
    mine.send(&[("mission", "Arta's"), ("phone", "069 1")]).expect(200);
    let answer = theirs.send(&[("mission", "Besnik's"), ("website", "besnik.al")]).expect(200).json();
    assert_eq!((answer["meanwhile"][0]["name"].as_str(), answer["meanwhile"][0]["theirs"].as_str()), (Some("mission"), Some("Arta's")));
    assert_eq!(answer["colleague"]["name"], "Arta");
    let page = arta.get(&profile).expect(200);
    assert_eq!((page.value_of("mission"), page.value_of("phone"), page.value_of("website")), ("Arta's".into(), "069 1".into(), "besnik.al".into()));
    assert!(page.text("#colleague").contains("Besnik"));
    // The same by a button: both texts, until one is chosen.
    let both = theirs.press(&[("mission", "Besnik's"), ("finances", "By hand")], ("go", "stay")).expect(422);
    assert_eq!(both.value_of("mission"), "Besnik's");
    assert!(both.main_text().contains("Arta's") && both.has(".errsum a[href='#mission']"));
    assert_eq!(arta.get(&profile).value_of("finances"), "By hand", "what only one of them wrote is kept");
    let mut fields = both.fields_of(&profile);
    fields.retain(|(name, _)| name != "go" && name != "take");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    besnik.post_as_is(&profile, &fields).expect(303);
    assert_eq!(arta.get(&profile).value_of("mission"), "Besnik's");
}

#[test]
fn who_is_taken_out_while_typing_keeps_the_text_and_strangers_learn_nothing() {
    let (world, arta, besnik, profile) = two();
    let open = Open::at(&besnik, profile.clone());
    let fields = besnik.get(&profile).fields_of(&profile);
    arta.post(&format!("{profile}/people/{}", besnik.person_id()), &[("do", "remove")]).expect(303);
    let by_itself = open.send(&[("mission", "A long evening")]).expect(404).json();
    assert_eq!(by_itself["reasons"][0]["code"], "no-longer-yours");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), if name == "mission" { "A long evening" } else { value.as_str() })).collect();
    assert!(besnik.post_as_is(&profile, &fields).expect(404).main_text().contains("A long evening"));
    let ilir = world.applicant("Ilir", "Tjetra (example)");
    ilir.get_json(&format!("{profile}/boxes?since=0")).expect(404);
}

#[test]
fn a_program_replaces_only_what_it_has_seen() {
    let (_world, arta, besnik, profile) = two();
    arta.post(&profile, &[("version", "1"), ("name", "Qendra (example)"), ("mission", "A")]).expect(303);
    besnik.post(&profile, &[("version", "1"), ("name", "Qendra (example)"), ("mission", "B")]).expect(409);
    besnik.post(&profile, &[("version", "2"), ("name", "Qendra (example)"), ("mission", "B")]).expect(303);
    assert_eq!(arta.get(&profile).value_of("mission"), "B");
}

#[test]
fn the_profile_leads_back_to_the_application_that_asked_for_it() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra (example)");
    let id = sample::draft(&world, &arta);
    let list = format!("/applications/{id}");
    let task = arta.get(&list).attributes("ul.tasks a[href^='/organisations/']", "href").remove(0);
    let page = arta.get(&task).expect(200);
    assert!(page.has(&format!(".crumbs a[href='{list}']")));
    let mut fields = page.fields_of(&format!("/organisations/{}", arta.organisation_id()));
    fields.retain(|(name, _)| name != "go");
    let save = |go: &'static str| {
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("go", go));
        arta.post_as_is(&format!("/organisations/{}", arta.organisation_id()), &fields).expect(303).location.unwrap()
    };
    assert_eq!(save("then"), list);
    assert!(arta.get(&save("stay")).expect(200).has(&format!(".crumbs a[href='{list}']")), "the way back stays");
}
