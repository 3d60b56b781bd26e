//! A call that asks for a text that is ready for signature: declared by a writer, read by who signs, sent back with a word or submitted;
//! whatever changes in between takes the readiness away. Where the call does not ask for it, nothing is different.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::calls::Signature;
use subgrant::kernel::{ApplicationId, Membership};
use subgrant::store::schema::rounds;

/// Round R3 with the words that its file would say.
fn asks(world: &World, change: impl FnOnce(&mut subgrant::calls::Terms)) {
    let mut round = world.round("R3");
    change(&mut round.terms);
    let terms = serde_json::to_string(&round.terms).unwrap();
    world.write(|conn| diesel::update(rounds::table.find(round.id)).set(rounds::terms.eq(&terms)).execute(conn));
}

struct Desk {
    world: World,
    /// Signs.
    drita: Visitor,
    /// Writes.
    besnik: Visitor,
    id: ApplicationId,
}

fn desk() -> Desk {
    let world = World::new();
    asks(&world, |terms| terms.signature = Signature::Signatory);
    let drita = world.applicant("Drita Prela", "Qendra (example)").in_english();
    let besnik = world.person("Besnik Leka").in_english();
    world.join(&besnik, drita.organisation_id(), Membership::Editor);
    let id = sample::draft(&world, &drita);
    Desk { besnik: besnik.of(drita.organisation_id()), drita, id, world }
}

impl Desk {
    fn at(&self, what: &str) -> String {
        format!("/applications/{}/{what}", self.id)
    }
    fn post(&self, who: &Visitor, what: &str, fields: &[(&str, &str)]) -> Answered {
        who.post(&self.at(what), fields)
    }
    fn state(&self) -> String {
        self.drita.get_json(&self.at("check")).expect(200).json()["signature"]["state"].as_str().unwrap().to_owned()
    }
    fn letters(&self, who: &Visitor, code: &str) -> Vec<String> {
        self.world.letters_to(who).into_iter().filter(|letter| letter.code == code).map(|letter| letter.text_body).collect()
    }
    fn offers(&self, who: &Visitor, what: &str) -> bool {
        who.get(&self.at("check")).expect(200).has(&format!("form[action='{}']", self.at(what)))
    }
}

#[test]
fn a_writer_declares_it_ready_and_who_signs_approves_and_submits() {
    let desk = desk();
    assert!(desk.world.stranger().in_english().get("/pact/calls/R3").body.contains("declared ready and approved"), "the call says it beforehand");
    assert_eq!(desk.state(), "not-yet");
    assert!(desk.offers(&desk.besnik, "readiness") && !desk.offers(&desk.drita, "submission"));
    let refused = desk.post(&desk.drita, "submission", &[]).expect(422);
    assert!(refused.text(".errsum").contains("Ready for signature"), "{}", refused.text(".errsum"));
    desk.post(&desk.besnik, "return", &[("word", "x")]).expect(403);
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    let letters = desk.letters(&desk.drita, "E09-ready");
    assert_eq!(letters.len(), 1, "pressed twice is one letter");
    assert!(letters[0].contains(&desk.at("check")) && letters[0].contains("Besnik Leka"), "{}", letters[0]);
    assert!(desk.letters(&desk.besnik, "E09-ready").is_empty());
    // The writer sees whom it waits for and cannot submit; who signs reads and does.
    let page = desk.besnik.get(&desk.at("check")).expect(200);
    assert!(page.text("section[aria-labelledby='signature']").contains("waits for Drita Prela"));
    assert!(!desk.offers(&desk.besnik, "submission") && desk.offers(&desk.drita, "submission") && desk.offers(&desk.drita, "return"));
    assert!(desk.besnik.get(&desk.at("budget")).expect(200).main_text().contains("declared ready for signature"));
    desk.post(&desk.besnik, "submission", &[]).expect(403);
    desk.post(&desk.drita, "submission", &[]).expect(303);
    desk.drita.get(&desk.at("receipt")).expect(200);
    desk.post(&desk.drita, "return", &[("word", "x")]).expect(422);
}

#[test]
fn any_change_takes_the_readiness_away_and_says_why() {
    let desk = desk();
    let description = desk.at("description");
    let problem = |text: &str| {
        let mark = desk.besnik.get(&description).value_of("base").split(' ').skip_while(|word| *word != "problem").nth(1).unwrap().to_owned();
        desk.besnik.post(&format!("/api/v1{description}/boxes"), &[("name", "problem"), ("mark", &mark), ("text", text)]).expect(200);
    };
    let before = sample::description().problem;
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    desk.world.app.desk.clock.move_to(desk.world.now().plus_seconds(600));
    problem("Something else");
    assert_eq!(desk.state(), "changed");
    let page = desk.drita.get(&desk.at("check")).expect(200);
    let words = page.text("section[aria-labelledby='signature']");
    assert!(words.contains("Description: Besnik Leka") && words.contains("ready again"), "{words}");
    desk.post(&desk.drita, "submission", &[]).expect(422);
    desk.post(&desk.drita, "return", &[("word", "x")]).expect(422);
    assert!(desk.besnik.get(&format!("/applications/{}", desk.id)).expect(200).main_text().contains("Changed after"));
    // Exactly the text that was declared ready is ready again.
    problem(&before);
    assert_eq!(desk.state(), "ready");
    // So it is with the organisation's profile, and with the papers.
    let profile = format!("/organisations/{}", desk.drita.organisation_id());
    let mut fields = desk.besnik.get(&profile).expect(200).fields_of(&profile);
    fields.retain(|(name, _)| name != "mission" && name != "csrf");
    fields.push(("mission".into(), "Another mission".into()));
    desk.besnik.post(&profile, &fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>()).expect(303);
    assert_eq!(desk.state(), "changed");
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    assert_eq!(desk.state(), "ready");
    let paper = desk.besnik.get(&desk.at("attachments")).expect(200).attributes("form[action^='/attachments/']", "action").remove(0);
    desk.besnik.post(&paper, &[]).expect(303);
    assert_eq!(desk.state(), "changed");
    desk.post(&desk.besnik, "readiness", &[]).expect(422);
    assert_eq!(desk.letters(&desk.drita, "E09-ready").len(), 2, "what lacks a paper is not ready, and nobody is asked to sign it");
}

#[test]
fn who_signs_sends_it_back_with_a_word() {
    let desk = desk();
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    let again = desk.post(&desk.drita, "return", &[("word", "")]).expect(422);
    assert!(again.text(".errsum").contains("what should change"), "{}", again.text(".errsum"));
    desk.post(&desk.drita, "return", &[("word", "The budget\nis too high")]).expect(303);
    assert_eq!(desk.state(), "sent-back");
    let letters = desk.letters(&desk.besnik, "E09-back");
    assert!(letters.len() == 1 && letters[0].contains("The budget"), "{letters:?}");
    let page = desk.besnik.get(&desk.at("check")).expect(200);
    assert!(page.text("section[aria-labelledby='signature']").contains("is too high"));
    desk.post(&desk.drita, "submission", &[]).expect(422);
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    desk.post(&desk.drita, "submission", &[]).expect(303);
}

#[test]
fn who_writes_and_signs_alone_declares_it_and_submits_without_a_letter() {
    let world = World::new();
    asks(&world, |terms| terms.signature = Signature::Signatory);
    let alone = world.applicant("Arta", "Vetëm (example)").in_english();
    let id = sample::draft(&world, &alone);
    alone.post(&format!("/applications/{id}/readiness"), &[]).expect(303);
    assert!(world.letters_to(&alone).is_empty());
    alone.post(&format!("/applications/{id}/submission"), &[]).expect(303);
}

#[test]
fn a_reminder_says_that_it_is_not_ready_for_signature() {
    let desk = desk();
    desk.world.at("2017-10-23T18:00");
    subgrant::applications::actions::remind_due(&desk.world.app.desk).unwrap();
    let letters = desk.letters(&desk.besnik, "E05");
    assert!(letters.len() == 1 && letters[0].contains("Gati për nënshkrim"), "{letters:?}");
    desk.post(&desk.besnik, "readiness", &[]).expect(303);
    desk.world.at("2017-10-25T12:00");
    subgrant::applications::actions::remind_due(&desk.world.app.desk).unwrap();
    let letters = desk.letters(&desk.besnik, "E05");
    assert!(letters.len() == 2 && !letters[1].contains("Gati për nënshkrim"), "{letters:?}");
}

#[test]
fn where_the_call_does_not_ask_nothing_is_different() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra (example)").in_english();
    let id = sample::draft(&world, &arta);
    assert!(arta.get_json(&format!("/applications/{id}/check")).expect(200).json()["signature"].is_null());
    assert!(!arta.get(&format!("/applications/{id}/check")).has(&format!("form[action='/applications/{id}/readiness']")));
    arta.post(&format!("/applications/{id}/readiness"), &[]).expect(422);
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
}

#[test]
fn the_calls_file_says_it_and_nothing_else_is_taken_for_it() {
    let with = |word: &str| crate::calls::PACT.replacen("[every_round]\n", &format!("[every_round]\nsignature = \"{word}\"\n"), 1);
    let read = |text: &str| subgrant::calls::file::read("pact.toml", text);
    assert!(read(&with("signatory")).unwrap().rounds.iter().all(|round| round.terms.signature == Signature::Signatory));
    assert!(read(crate::calls::PACT).unwrap().rounds.iter().all(|round| round.terms.signature == Signature::Submitter));
    assert!(read(&with("everybody")).unwrap_err()[0].to_string().contains("submitter, signatory"));
}
