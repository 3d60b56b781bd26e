//! The administrative evaluation over HTTP: begun by time, answered, asked and replied, proposed by one, decided by another.
use crate::visitor::pdf;
use crate::{Visitor, World, sample};
use subgrant::administrative_check::{CheckState, actions, records};
use subgrant::kernel::{ApplicationId, Role};

/// After R3 has closed, with one application in it whose check time has begun.
struct Scene {
    world: World,
    arta: Visitor,
    mira: Visitor,
    ilir: Visitor,
    id: ApplicationId,
    code: String,
}

fn scene() -> Scene {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    short_checklist(&world);
    let (id, receipt) = sample::submitted(&world, &arta);
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let ilir = world.staff("Ilir Prenga", &[Role::SecondChecker]).in_english();
    world.at("2017-10-25T17:00:01");
    assert_eq!(actions::on_time(&world.app.desk).unwrap(), 1);
    assert_eq!(actions::on_time(&world.app.desk).unwrap(), 0, "what has begun begins once");
    world.at("2017-10-30T10:00");
    Scene { world, arta, mira, ilir, id, code: receipt.code }
}

/// Two lines are enough here: one that may be asked about, one that may not.
fn short_checklist(world: &World) {
    use diesel::prelude::*;
    use subgrant::store::schema::rounds as t;
    let round = world.round("R3");
    let mut terms = round.terms.clone();
    terms.checklist.retain(|line| line.key == "in-time" || line.key == "documents");
    terms.complaint_days = 5;
    terms.clarification_days = 5;
    let terms = serde_json::to_string(&terms).unwrap();
    world.write(|conn| diesel::update(t::table.find(round.id)).set(t::terms.eq(&terms)).execute(conn));
}

impl Scene {
    fn page(&self) -> String {
        format!("/applications/{}/check-list", self.id)
    }
    fn version(&self) -> String {
        self.check().version.to_string()
    }
    fn check(&self) -> subgrant::administrative_check::Check {
        self.world.read(|conn| records::check_of(conn, self.id)).unwrap()
    }
    fn request(&self) -> subgrant::administrative_check::Clarification {
        self.world.read(|conn| records::clarification_of(conn, self.id)).unwrap()
    }
    fn reply_page(&self) -> String {
        format!("/applications/{}/clarifications/{}", self.id, self.request().id)
    }
    fn codes_to(&self, visitor: &Visitor) -> Vec<String> {
        self.world.letters_to(visitor).into_iter().map(|letter| letter.code).collect()
    }
    /// Mira answers every line and proposes that it passes.
    fn proposed_pass(&self) {
        let version = self.version();
        let fields = [("version", version.as_str()), ("line.in-time", "yes"), ("line.documents", "yes"), ("outcome", "passed")];
        self.mira.post(&format!("{}/proposal", self.page()), &fields).expect(303);
    }
    fn ask(&self) {
        let version = self.version();
        let fields = [
            ("version", version.as_str()),
            ("line.in-time", "yes"),
            ("line.documents", "no"),
            ("note.documents", "faqja 2 nuk lexohet"),
            ("question", "Ju lutem ngarkoni statutin e plotë."),
            ("item", "documents"),
        ];
        self.mira.post(&format!("/applications/{}/clarifications", self.id), &fields).expect(303);
    }
}

#[test]
fn what_the_machine_saw_is_confirmed_and_two_persons_let_it_pass() {
    let s = scene();
    let page = s.mira.get(&s.page()).expect(200);
    assert_eq!(page.value_of("line.in-time"), "yes", "the machine's proposal is chosen");
    assert!(page.text("main .ref").contains(&s.code) && page.has("#read-budget"));
    assert_eq!(s.check().answered, 0, "until a person confirms it, nothing is answered");
    let form: Vec<(String, String)> = page.fields_of(&s.page()).into_iter().filter(|(name, _)| name != "csrf").collect();
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    s.mira.post(&s.page(), &form).expect(303).follow().expect(200);
    assert_eq!((s.check().answered, s.check().checker_name), (2, "Mira Kola".into()));

    s.proposed_pass();
    let decision = format!("{}/decision", s.page());
    let version = s.version();
    s.mira.post(&decision, &[("version", &version), ("decision", "agree")]).expect(403);
    assert!(s.codes_to(&s.arta).iter().all(|code| code != "E13"), "no letter before the second person");
    s.ilir.get(&s.page()).expect(200).html();
    s.ilir.post(&decision, &[("version", &version), ("decision", "agree")]).expect(303);
    assert_eq!(s.check().state, CheckState::Passed);
    let letter = s.world.letters_to(&s.arta).pop().unwrap();
    assert_eq!(letter.code, "E13");
    assert!(letter.subject.starts_with(&s.code) && letter.subject.contains("kaloi"), "{}", letter.subject);
    let round = s.world.round("R3").id;
    assert_eq!(s.world.read(|conn| records::passed_in(conn, round)).len(), 1);
}

#[test]
fn the_same_person_cannot_decide_whatever_the_roles() {
    let s = scene();
    let both = s.world.staff("Besa Leka", &[Role::GrantManager, Role::Director]).in_english();
    let version = s.version();
    let fields = [("version", version.as_str()), ("line.in-time", "yes"), ("line.documents", "yes"), ("outcome", "passed")];
    both.post(&format!("{}/proposal", s.page()), &fields).expect(303);
    let version = s.version();
    let refused = both.post_json(&format!("{}/decision", s.page()), &serde_json::json!({"version": version, "decision": "agree"})).expect(422);
    assert_eq!(refused.json()["reasons"][0]["code"], "same-person");
    assert_eq!(s.check().state, CheckState::Proposed);
    assert!(!both.get(&s.page()).has("button[value=agree]"));
    assert!(s.ilir.get(&s.page()).has("button[value=agree]"));
}

#[test]
fn it_is_rejected_only_for_lines_answered_with_no_and_the_letter_says_which() {
    let s = scene();
    let proposal = format!("{}/proposal", s.page());
    let version = s.version();
    let start = [
        ("version", version.as_str()),
        ("line.in-time", "yes"),
        ("line.documents", "no"),
        ("note.documents", "Nuk është i nënshkruar."),
        ("outcome", "rejected"),
    ];
    let mut wrong = start.to_vec();
    wrong.extend([("reason", "in-time"), ("text", "Statuti nuk është i nënshkruar.")]);
    let again = s.mira.post(&proposal, &wrong).expect(422);
    assert!(again.text(".errsum").contains("answered with no"), "{}", again.text(".errsum"));
    assert!(again.text("#text").contains("Statuti"), "what was typed stands there again");
    assert_eq!(s.check().answered, 2, "the answers are kept although the proposal was refused");

    let version = s.version();
    let fields = [("version", version.as_str()), ("outcome", "rejected"), ("reason", "documents"), ("text", "Statuti nuk është i nënshkruar.")];
    s.mira.post(&proposal, &fields).expect(303);
    let version = s.version();
    s.ilir.post(&format!("{}/decision", s.page()), &[("version", &version), ("decision", "agree")]).expect(303);
    let letter = s.world.letters_to(&s.arta).pop().unwrap();
    assert_eq!(letter.code, "E13");
    for needed in ["Mungon një dokument", "Statuti nuk është i nënshkruar.", "6 nëntor 2017", &s.world.pact().terms.office.email] {
        assert!(letter.text_body.replace('\u{a0}', " ").contains(needed), "{needed} is missing in {}", letter.text_body);
    }
    assert!(!letter.text_body.contains("mbërriti pas afatit"), "a line answered with yes is no reason");
    let round = s.world.round("R3").id;
    assert!(s.world.read(|conn| records::passed_in(conn, round)).is_empty());
}

#[test]
fn a_dispute_goes_back_to_the_first_person_with_its_reason() {
    let s = scene();
    s.proposed_pass();
    let decision = format!("{}/decision", s.page());
    let version = s.version();
    s.ilir.post(&decision, &[("version", &version), ("decision", "send-back"), ("dispute", "")]).expect(422);
    s.ilir.post(&decision, &[("version", &version), ("decision", "send-back"), ("dispute", "Vendimi është i vitit 2009.")]).expect(303);
    assert_eq!(s.check().state, CheckState::Open);
    assert!(s.mira.get(&s.page()).text("#check").contains("Vendimi është i vitit 2009."));
    assert!(s.codes_to(&s.arta).iter().all(|code| code != "E13"));
}

#[test]
fn two_who_decide_at_once_leave_one_decision_and_one_letter() {
    let s = scene();
    s.proposed_pass();
    let decision = format!("{}/decision", s.page());
    let version = s.version();
    let besa = s.world.staff("Besa Leka", &[Role::Director]);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries = [&s.ilir, &besa].map(|person| scope.spawn(|| person.post(&decision, &[("version", version.as_str()), ("decision", "agree")]).status));
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 1, "{statuses:?}");
    assert_eq!(s.codes_to(&s.arta).iter().filter(|code| *code == "E13").count(), 1);
}

#[test]
fn a_stale_save_loses_nothing_that_was_typed() {
    let s = scene();
    let old = s.version();
    let besa = s.world.staff("Besa Leka", &[Role::GrantManager]).in_english();
    besa.post(&s.page(), &[("version", &old), ("line.documents", "no"), ("note.documents", "mungon statuti")]).expect(303);
    let typed = [
        ("version", old.as_str()),
        ("line.documents", "yes"),
        ("note.documents", "statuti te faqja 3"),
        ("question", "E shkruar gjysmë"),
        ("text", "edhe kjo"),
    ];
    let again = s.mira.post(&s.page(), &typed).expect(409);
    assert_eq!(again.value_of("line.documents"), "yes");
    assert_eq!(again.text("#note\\.documents"), "statuti te faqja 3");
    assert_eq!((again.text("#question"), again.text("#text")), ("E shkruar gjysmë".into(), "edhe kjo".into()));
    assert!(again.text("fieldset#line\\.documents").contains("No"), "the other answer is shown beside it");
    assert_eq!(s.check().answered, 1, "nothing was overwritten");
    let now = again.value_of("version");
    s.mira.post(&s.page(), &[("version", &now), ("line.documents", "yes"), ("note.documents", "statuti te faqja 3")]).expect(303);
}

#[test]
fn the_applicant_is_asked_once_answers_with_a_file_and_the_frozen_version_stays() {
    let s = scene();
    let before = s.world.read(|conn| subgrant::applications::records::last_submission(conn, s.id)).sha256;
    s.ask();
    let letter = s.world.letters_to(&s.arta).pop().unwrap();
    assert_eq!(letter.code, "E12");
    for needed in ["Ju lutem ngarkoni statutin e plotë.", "Mungon një dokument", "6 nëntor 2017", &s.reply_page()] {
        assert!(letter.text_body.replace('\u{a0}', " ").contains(needed), "{needed} is missing in {}", letter.text_body);
    }
    let version = s.version();
    let second = [("version", version.as_str()), ("question", "Edhe diçka"), ("item", "documents")];
    s.mira.post(&format!("/applications/{}/clarifications", s.id), &second).expect(422);

    s.arta.get(&s.reply_page()).expect(200);
    let wrong = s.arta.upload(&s.reply_page(), &[("answer", "Gjysma e përgjigjes"), ("do", "send")], ("file", "statuti.pdf", b"<html>".to_vec())).expect(422);
    assert!(wrong.text("#answer") == "Gjysma e përgjigjes" && wrong.has("#file-error"), "a refused file loses no text");
    s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti"), ("item", "documents"), ("do", "keep")], ("file", "statuti.pdf", pdf("statuti"))).expect(303);
    let kept = s.arta.get(&s.reply_page()).expect(200);
    assert_eq!(kept.text("#answer"), "Ja statuti", "a draft is kept");
    assert!(kept.text("#files").contains("statuti.pdf"));
    assert_eq!(s.check().state, CheckState::Clarification, "it is not sent yet");
    s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti i plotë."), ("do", "send")], ("file", "", vec![])).expect(303);
    assert_eq!((s.check().state, s.check().due_at), (CheckState::Answered, None));
    assert_eq!(s.world.read(|conn| subgrant::applications::records::last_submission(conn, s.id)).sha256, before, "the answer stands beside it");
    let file = s.world.read(|conn| subgrant::applications::records::frozen_file(conn, s.id));
    assert!(!file.attachments.iter().any(|note| note.name == "statuti.pdf"));
    assert!(s.mira.get(&s.page()).text("#check").contains("Ja statuti i plotë."));
    s.arta.upload(&s.reply_page(), &[("answer", "Edhe një"), ("do", "send")], ("file", "", vec![])).expect(422);
}

#[test]
fn an_answer_with_an_infected_file_is_not_sent() {
    use diesel::prelude::*;
    use subgrant::store::schema::files;
    let s = scene();
    s.ask();
    s.arta.upload(&s.reply_page(), &[("answer", "Ja"), ("do", "keep")], ("file", "statuti.pdf", pdf("virus"))).expect(303);
    let found = subgrant::kernel::fingerprint(&pdf("virus"));
    s.world.write(|conn| diesel::update(files::table.find(&found)).set(files::scan.eq(Some(subgrant::kernel::Scan::Infected))).execute(conn));
    let refused = s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti."), ("do", "send")], ("file", "", vec![])).expect(422);
    assert!(refused.main_text().contains("A virus was found in “statuti.pdf”"), "{}", refused.main_text());
}

#[test]
fn an_answer_is_told_to_who_asked_confirmed_to_the_applicant_and_shown_on_the_board() {
    let s = scene();
    s.ask();
    let besa = s.world.staff("Besa Leka", &[Role::GrantManager]);
    s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti i plotë."), ("do", "send")], ("file", "statuti.pdf", pdf("statuti"))).expect(303);
    let told = s.world.letters_to(&s.mira).pop().unwrap();
    assert_eq!(told.code, "E12-answered");
    for needed in [s.code.as_str(), "Qendra Rinia (example)", "Ja statuti i plotë.", "statuti.pdf", &s.page()] {
        assert!(told.text_body.contains(needed), "{needed} is missing in {}", told.text_body);
    }
    assert!(s.codes_to(&besa).is_empty() && s.codes_to(&s.ilir).is_empty(), "who asked has it in hand");
    let confirmed = s.world.letters_to(&s.arta).pop().unwrap();
    assert_eq!(confirmed.code, "E12-received");
    assert!(confirmed.text_body.contains("Ja statuti i plotë.") && confirmed.text_body.contains("statuti.pdf"));
    let board = s.mira.get("/pact/rounds/R3/board?state=answered").expect(200);
    assert_eq!(board.texts("table.tbl tbody tr").len(), 1);
    assert!(board.text("table.tbl tbody .tag").contains("Answered"));
    s.proposed_pass();
    assert_eq!(s.check().state, CheckState::Proposed, "an answered one is proposed like any other");
}

#[test]
fn when_who_asked_checks_no_more_every_checker_is_told() {
    let s = scene();
    s.ask();
    let besa = s.world.staff("Besa Leka", &[Role::GrantManager]);
    s.world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::roles as t;
        diesel::delete(t::table.filter(t::person_id.eq(s.mira.person_id()))).execute(conn)
    });
    s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti."), ("do", "send")], ("file", "", vec![])).expect(303);
    assert_eq!((s.codes_to(&besa), s.codes_to(&s.ilir)), (vec!["E12-answered".to_owned()], vec!["E12-answered".to_owned()]));
    assert!(!s.codes_to(&s.mira).contains(&"E12-answered".to_owned()));
}

#[test]
fn the_second_checker_gets_one_letter_for_what_waits_together() {
    let world = World::new();
    short_checklist(&world);
    let ids: Vec<ApplicationId> = ["Një (example)", "Dy (example)"].map(|name| sample::submitted(&world, &world.applicant("Arta Hoxha", name)).0).into();
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let ilir = world.staff("Ilir Prenga", &[Role::SecondChecker]).in_english();
    let director = world.staff("Dea Drejtore", &[Role::Director]);
    world.at("2017-10-25T17:00:01");
    actions::on_time(&world.app.desk).unwrap();
    world.at("2017-10-30T10:00");
    let propose = |id: ApplicationId| {
        let version = world.read(|conn| records::check_of(conn, id)).unwrap().version.to_string();
        let fields = [("version", version.as_str()), ("line.in-time", "yes"), ("line.documents", "yes"), ("outcome", "passed")];
        mira.post(&format!("/applications/{id}/check-list/proposal"), &fields).expect(303);
    };
    propose(ids[0]);
    propose(ids[1]);
    let letters = world.letters_to(&ilir);
    assert_eq!(letters.iter().map(|letter| letter.code.as_str()).collect::<Vec<_>>(), ["E13-proposed"]);
    assert!(letters[0].text_body.contains("Mira Kola") && letters[0].text_body.contains(&format!("/applications/{}/check-list", ids[0])));
    assert!(world.letters_to(&director).is_empty(), "the director decides only where no second checker is");

    // After a decision the page leads on to the next that waits for this person.
    let page = |id: ApplicationId| format!("/applications/{id}/check-list");
    let decide = |id: ApplicationId| {
        let version = world.read(|conn| records::check_of(conn, id)).unwrap().version.to_string();
        ilir.post(&format!("{}/decision", page(id)), &[("version", &version), ("decision", "agree")]).expect(303).follow().expect(200)
    };
    assert!(mira.get(&page(ids[0])).attributes("main a.btn", "href").iter().all(|link| *link != page(ids[1])), "what is proposed is no more hers");
    assert!(decide(ids[0]).attributes("main a.btn", "href").contains(&page(ids[1])));
    assert!(!decide(ids[1]).attributes("main a.btn", "href").contains(&page(ids[0])), "what is decided waits for nobody");
}

#[test]
fn an_answer_one_second_late_is_refused_and_the_office_goes_on() {
    let s = scene();
    s.ask();
    assert_eq!(actions::on_time(&s.world.app.desk).unwrap(), 0);
    s.world.at("2017-11-03T05:00");
    actions::on_time(&s.world.app.desk).unwrap();
    s.world.at("2017-11-06T00:00:01");
    actions::on_time(&s.world.app.desk).unwrap();
    assert_eq!(actions::on_time(&s.world.app.desk).unwrap(), 0);
    let asked: Vec<String> = s.world.letters_to(&s.arta).into_iter().filter(|letter| letter.code == "E12").map(|letter| letter.subject).collect();
    assert_eq!(asked.len(), 3, "the request, half-time, last day: {asked:?}");
    assert!(asked[2].contains("dita e fundit"), "{asked:?}");

    s.world.at("2017-11-07T00:00:00");
    let late = s.arta.upload(&s.reply_page(), &[("answer", "Ja statuti"), ("do", "send")], ("file", "", vec![])).expect(422);
    assert!(late.text("main").replace('\u{a0}', " ").contains("6 November 2017"), "{}", late.main_text());
    assert!(!s.arta.get(&s.reply_page()).has("textarea"), "there is nothing to write any more");
    actions::on_time(&s.world.app.desk).unwrap();
    assert_eq!(s.check().state, CheckState::Open);
}

#[test]
fn who_is_not_of_the_office_finds_nothing() {
    let s = scene();
    s.ask();
    let besnik = s.world.applicant("Besnik Doda", "Drita (example)");
    let evaluator = s.world.staff("Vera Marku", &[Role::Evaluator]);
    let funder = s.world.staff("Frank Bauer", &[Role::Funder]);
    for visitor in [&s.arta, &besnik, &evaluator, &funder] {
        visitor.get(&s.page()).expect(404);
        let version = s.version();
        visitor.post(&s.page(), &[("version", &version), ("line.documents", "yes")]).expect(404);
        visitor.post(&format!("{}/decision", s.page()), &[("version", &version), ("decision", "agree")]).expect(404);
    }
    for visitor in [&besnik, &evaluator, &funder] {
        visitor.get(&s.reply_page()).expect(404);
        visitor.upload(&s.reply_page(), &[("answer", "x"), ("do", "send")], ("file", "x.pdf", pdf("x"))).expect(404);
    }
    let auditor = s.world.staff("Agim Auditi", &[Role::Auditor]);
    auditor.get(&s.page()).expect(200);
    let version = s.version();
    auditor.post(&s.page(), &[("version", &version), ("line.documents", "yes")]).expect(403);
    s.world.stranger().get(&s.page()).expect(303);
    s.arta.get(&s.reply_page()).expect(200);
    s.mira.upload(&s.reply_page(), &[("answer", "x"), ("do", "send")], ("file", "", vec![])).expect(403);
}

#[test]
fn nothing_is_checked_while_the_call_is_open_or_after_a_withdrawal() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let (id, _) = sample::submitted(&world, &arta);
    let mira = world.staff("Mira Kola", &[Role::Secretary]);
    assert_eq!(actions::on_time(&world.app.desk).unwrap(), 0);
    mira.post(&format!("/applications/{id}/check-list/beginning"), &[]).expect(422);
    world.at("2017-10-25T17:00");
    mira.post(&format!("/applications/{id}/check-list/beginning"), &[]).expect(303);
    mira.post(&format!("/applications/{id}/check-list/beginning"), &[]).expect(409);
    let actor = world.actor(&arta);
    sample::act(&world, &actor, |act| subgrant::applications::actions::withdraw(act, id, "Nuk mundemi"));
    mira.post(&format!("/applications/{id}/check-list"), &[("version", "1"), ("line.documents", "yes")]).expect(422);
}

#[test]
fn a_page_costs_a_bounded_number_of_statements() {
    let s = scene();
    s.ask();
    s.mira.get(&s.page()).expect(200);
    s.arta.get(&s.reply_page()).expect(200);
    let (_, office) = s.world.statements(|| s.mira.get(&s.page()).expect(200));
    let (_, applicant) = s.world.statements(|| s.arta.get(&s.reply_page()).expect(200));
    assert!(office <= 11 && applicant <= 9, "{office} and {applicant} statements");
}
