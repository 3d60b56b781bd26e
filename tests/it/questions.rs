//! Questions about a call: asked until the cut-off, answered for everybody alike, and nobody learns who asked.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::kernel::{QuestionId, Role};
use subgrant::questions::State;
use subgrant::store::schema::questions;
use subgrant::web::SESSION_COOKIE;
use subgrant::workflow::Subject;

const PUBLIC: &str = "/pact/calls/R3/questions";
const OFFICE: &str = "/pact/rounds/R3/questions";
const ANSWERS: &str = "/pact/rounds/R3/answers";

/// Three weeks before the deadline: questions are taken until 11 October.
fn world() -> World {
    let world = World::new();
    world.at("2017-10-02T10:00");
    world.pact();
    world
}

fn manager(world: &World) -> Visitor {
    world.staff("Mira Kola", &[Role::GrantManager]).in_english()
}

fn ask(visitor: &Visitor, topic: &str, text: &str) -> Answered {
    visitor.post(PUBLIC, &[("topic", topic), ("question", text)])
}

fn asked(world: &World, text: &str) -> QuestionId {
    world.rows(|conn| questions::table.filter(questions::asked.eq(text)).select(questions::id).first(conn)).unwrap()
}

fn state(world: &World, id: QuestionId) -> State {
    world.rows(|conn| questions::table.find(id).select(questions::state).first(conn)).unwrap()
}

fn answer(office: &Visitor, id: QuestionId, fields: &[(&str, &str)]) -> Answered {
    let address = format!("{OFFICE}/{id}");
    let version = office.get(&address).expect(200).value_of("version");
    let mut all = vec![("version", version.as_str()), ("topic", "budget")];
    all.extend_from_slice(fields);
    office.post(&address, &all)
}

/// Signed in again after the clock was moved.
fn again(world: &World, visitor: &Visitor) {
    visitor.set_cookie(SESSION_COOKIE, &world.session(visitor.person_id(), true));
}

#[test]
fn a_question_is_answered_for_everybody_and_its_asker_is_named_to_the_office_alone() {
    let world = world();
    let (asker, drafting) = (world.person("Zamira Pëllumbi").in_english(), world.applicant("Besnik Doda", "Drita (example)"));
    let outsider = world.applicant("Ilir Gjoka", "Fqinji (example)");
    sample::draft(&world, &drafting);
    let manager = manager(&world);
    ask(&asker, "budget", "A mund të paguhet TVSH-ja nga granti?").expect(303);
    let id = asked(&world, "A mund të paguhet TVSH-ja nga granti?");
    assert!(asker.get(PUBLIC).expect(200).text("main").contains("A mund të paguhet TVSH-ja"), "one sees one's own");
    assert!(!outsider.get(PUBLIC).expect(200).body.contains("TVSH"), "nobody else does");
    let list = manager.get(OFFICE).expect(200);
    assert!(list.text("main").contains("Zamira Pëllumbi") && list.text("main").contains("A mund të paguhet TVSH-ja"));
    let form = manager.get(&format!("{OFFICE}/{id}")).expect(200);
    assert!(form.text("main").contains("Zamira Pëllumbi"));
    // One language is enough, but never half of the other.
    let half = answer(&manager, id, &[("wording_sq", "A paguhet TVSH-ja?"), ("answer_sq", "Jo, kur mund të rimbursohet."), ("wording_en", "Is VAT paid?")]);
    assert_eq!(half.expect(422).attributes(".errsum a", "href"), ["#answer_en"]);
    answer(&manager, id, &[("wording_sq", "A paguhet TVSH-ja?"), ("answer_sq", "Jo, kur mund të rimbursohet.")]).expect(303);
    assert!(!world.stranger().get(PUBLIC).expect(200).body.contains("rimbursohet"), "not before it is published");
    assert!(!asker.get(PUBLIC).expect(200).body.contains("rimbursohet"), "not even to the asker");
    assert!(world.letters().is_empty());
    manager.post(ANSWERS, &[]).expect(303);
    let page = world.stranger().in_english().get(PUBLIC).expect(200);
    assert!(page.text("main").contains("1. A paguhet TVSH-ja?") && page.text("main").contains("in Albanian only"), "{}", page.main_text());
    assert!(page.has("#q1 [lang=sq]"));
    // Whoever has begun to apply and whoever asked get the same answer; nobody else gets a letter.
    let texts: Vec<String> = [&asker, &drafting].map(|reader| world.letters_to(reader).pop().unwrap().text_body).to_vec();
    assert_eq!(world.letters().len(), 2);
    assert!(texts.iter().all(|text| text.contains("Jo, kur mund të rimbursohet.")), "{texts:?}");
    assert!(texts[0].contains("PYETJA JUAJ") && !texts[1].contains("PYETJA JUAJ"), "{texts:?}");
    // The name is nowhere that the office is not: not in the source, the JSON, the letters, the calls' own page.
    for reader in [&world.stranger(), &outsider, &drafting] {
        for page in [PUBLIC, "/pact/calls/R3"] {
            for body in [reader.get(page).expect(200).body, reader.get_json(page).expect(200).body] {
                assert!(!body.contains("Zamira") && !body.contains(asker.email()) && !body.contains(&asker.person_id().to_string()), "{page}: {body}");
                assert!(!body.contains("Mira Kola"), "nor who answered");
            }
        }
    }
    assert!(!texts[1].contains("Zamira"));
    let json = world.stranger().get_json(PUBLIC).expect(200).json();
    assert_eq!((json["all"].as_i64(), json["answers"][0]["number"].as_i64()), (Some(1), Some(1)), "{json}");
    let kinds: Vec<String> =
        world.read(|conn| subgrant::workflow::log_of(conn, Subject::Round(world.round("R3").id))).into_iter().map(|entry| entry.kind).collect();
    assert!(kinds.ends_with(&["round.question-asked".into(), "round.question-answered".into(), "round.answers-published".into()]), "{kinds:?}");
    // What is public stays.
    manager.post(&format!("{OFFICE}/{id}"), &[("version", "3"), ("topic", "budget"), ("wording_sq", "P?"), ("answer_sq", "Po.")]).expect(422);
    asker.post(&format!("{PUBLIC}/{id}/withdrawal"), &[]).expect(422);
    manager.post(ANSWERS, &[]).expect(422);
}

#[test]
fn after_the_cut_off_the_form_is_gone_and_nothing_is_taken() {
    let world = world();
    let asker = world.person("Zamira Pëllumbi").in_english();
    assert!(asker.get(PUBLIC).expect(200).has("textarea#question"));
    world.stranger().post(PUBLIC, &[("topic", "budget"), ("question", "A mund të pyes pa llogari?")]).expect(303);
    assert_eq!(world.rows(|conn| questions::table.count().get_result::<i64>(conn)).unwrap(), 0);
    assert!(world.stranger().get(PUBLIC).expect(200).has("a[href='/sign-in?then=/pact/calls/R3/questions']"));
    let short = ask(&asker, "", "Pse?").expect(422);
    assert_eq!(short.attributes(".errsum a", "href"), ["#topic", "#question"]);
    assert!(short.html().html().contains(">Pse?</textarea>"), "what was typed stays");
    world.at("2017-10-11T23:59:59");
    again(&world, &asker);
    ask(&asker, "budget", "Në sekondën e fundit?").expect(303);
    world.at("2017-10-12T00:00:00");
    let late = ask(&asker, "budget", "Një sekondë më vonë?").expect(422);
    assert!(!late.has("textarea#question") && late.text("main").contains("Questions were taken until 11"), "{}", late.main_text());
    assert!(!asker.get("/pact/calls/R3").expect(200).body.contains("Something unclear?"));
    // A deadline that is moved later does not bring back what has passed.
    manager(&world).post("/pact/rounds/R3/extensions", &[("whom", "all"), ("until", "2017-10-29T17:00"), ("reason", "Stuhia e preu energjinë.")]).expect(303);
    let later = ask(&asker, "budget", "Një sekondë më vonë?").expect(422);
    assert!(later.text("main").contains("Questions were taken until 11"), "{}", later.main_text());
    assert_eq!(world.rows(|conn| questions::table.count().get_result::<i64>(conn)).unwrap(), 1);
    let call = world.stranger().in_english().get("/pact/calls/R3").expect(200);
    let calendar = call.text("#calendar");
    assert!(["11 October 2017", "18 October 2017", "29 October 2017"].iter().all(|day| calendar.contains(day)), "{calendar}");
}

#[test]
fn a_deadline_that_is_moved_before_the_cut_off_takes_it_along() {
    let world = world();
    let asker = world.person("Zamira Pëllumbi").in_english();
    manager(&world).post("/pact/rounds/R3/extensions", &[("whom", "all"), ("until", "2017-10-29T17:00"), ("reason", "Stuhia e preu energjinë.")]).expect(303);
    assert!(asker.get("/pact/calls/R3").expect(200).text("#calendar").contains("15 October 2017"));
    world.at("2017-10-15T23:59:00");
    again(&world, &asker);
    ask(&asker, "budget", "Në minutën e fundit?").expect(303);
}

#[test]
fn whoever_asked_takes_back_what_is_not_public_and_the_same_question_points_to_one_answer() {
    let world = world();
    let (first, second) = (world.person("Zamira Pëllumbi"), world.person("Teuta Bardhi"));
    let manager = manager(&world);
    for (visitor, text) in [(&first, "A lejohen partnerë nga Kosova?"), (&second, "Partner nga Kosova, a mundet?"), (&second, "Kjo pyetje tërhiqet.")] {
        ask(visitor, "partners", text).expect(303);
    }
    let [one, two, three] = ["A lejohen partnerë nga Kosova?", "Partner nga Kosova, a mundet?", "Kjo pyetje tërhiqet."].map(|text| asked(&world, text));
    first.post(&format!("{PUBLIC}/{three}/withdrawal"), &[]).expect(404);
    manager.post(&format!("{PUBLIC}/{three}/withdrawal"), &[]).expect(403);
    second.post(&format!("{PUBLIC}/{three}/withdrawal"), &[]).expect(303);
    assert_eq!(state(&world, three), State::Withdrawn);
    // A question that has no answer is nothing to point to.
    let same = [("wording_sq", "A mundet një partner nga Kosova?"), ("same_as", &one.to_string())];
    assert_eq!(answer(&manager, two, &same).expect(422).attributes(".errsum a", "href"), ["#same_as"]);
    answer(
        &manager,
        one,
        &[
            ("wording_sq", "A lejohen partnerë nga Kosova?"),
            ("answer_sq", "Po, si bashkëpunëtorë."),
            ("wording_en", "Kosovo?"),
            ("answer_en", "Yes, as associates."),
        ],
    )
    .expect(303);
    answer(&manager, two, &same).expect(303);
    // Answered is not public: it can still be taken back, and then nothing may point to it.
    first.post(&format!("{PUBLIC}/{one}/withdrawal"), &[]).expect(303);
    let refused = manager.post(ANSWERS, &[]).expect(422);
    assert!(refused.text("main").contains("Partner nga Kosova"), "{}", refused.main_text());
    answer(&manager, two, &[("wording_sq", "A mundet një partner nga Kosova?"), ("answer_sq", "Po, si bashkëpunëtor.")]).expect(303);
    ask(&first, "partners", "A lejohen partnerë nga Kosova, prapë?").expect(303);
    let again = asked(&world, "A lejohen partnerë nga Kosova, prapë?");
    answer(&manager, again, &[("wording_sq", "A lejohen, prapë?"), ("same_as", &two.to_string())]).expect(303);
    manager.post(ANSWERS, &[]).expect(303);
    let json = world.stranger().get_json(&format!("{PUBLIC}?order=topic")).expect(200).json();
    assert_eq!((json["answers"][1]["same_as"].as_i64(), json["answers"][1]["answer_sq"].as_str()), (Some(1), Some("Po, si bashkëpunëtor.")), "{json}");
    let told = world.letters_to(&first).pop().unwrap().text_body;
    assert!(told.contains("(si te pyetja 1): Po, si bashkëpunëtor."), "{told}");
}

#[test]
fn answers_are_searched_by_words_and_by_subject_and_come_in_pages() {
    let world = world();
    let asker = world.person("Zamira Pëllumbi");
    let round = world.round("R3").id;
    let (person, now) = (asker.person_id(), world.now());
    world.write(|conn| {
        for number in 1..=45 {
            let topic = if number % 3 == 0 { subgrant::questions::Topic::Budget } else { subgrant::questions::Topic::Partners };
            let wording = format!("Pyetja e çuditshme {number}");
            let row = subgrant::questions::Question {
                id: QuestionId::new(),
                round_id: round,
                state: State::Published,
                topic,
                asked: wording.clone(),
                lang: subgrant::kernel::Lang::Sq,
                asked_by: person,
                asked_at: now,
                search: subgrant::kernel::folded(&wording),
                wording_sq: wording,
                wording_en: String::new(),
                answer_sq: format!("Përgjigjja {number}"),
                answer_en: String::new(),
                same_as: None,
                answered_by_name: String::new(),
                answered_at: Some(now),
                number: Some(number),
                published_at: Some(now),
                version: 1,
            };
            diesel::insert_into(questions::table).values(row).execute(conn)?;
        }
        Ok(())
    });
    let stranger = world.stranger();
    let numbers = |query: &str| -> Vec<i64> {
        let json = stranger.get_json(&format!("{PUBLIC}?{query}")).expect(200).json();
        json["answers"].as_array().unwrap().iter().map(|row| row["number"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers("page=1").first(), Some(&45));
    assert_eq!(numbers("page=3"), (1..=5).rev().collect::<Vec<_>>());
    assert_eq!(numbers("topic=budget").len(), 15);
    assert_eq!(numbers("q=CUDITSHME+45"), [45], "without marks and in any case");
    assert_eq!(numbers("order=topic").first(), Some(&3));
    assert!(numbers("q=%25").len() == 20, "a sign that reads as wild asks for nothing");
    let (_, few) = world.statements(|| stranger.get(&format!("{PUBLIC}?topic=budget")).expect(200));
    assert!(few <= 6, "{few} statements");
    let (_, office) = world.statements(|| manager(&world).get(&format!("{OFFICE}?state=published")).expect(200));
    assert!(office <= 25, "{office} statements with signing in");
}

#[test]
fn who_works_for_the_fund_does_not_ask_and_many_questions_wait_until_tomorrow() {
    let world = world();
    let (manager, secretary, funder) = (manager(&world), world.staff("Sara Lala", &[Role::Secretary]), world.staff("Delegacioni", &[Role::Funder]));
    ask(&manager, "budget", "A mund të pyes edhe unë?").expect(403);
    let asker = world.person("Zamira Pëllumbi").in_english();
    for number in 0..10 {
        ask(&asker, "other", &format!("Pyetja me numër {number}")).expect(303);
    }
    let slow = ask(&asker, "other", "Një pyetje më shumë").expect(429);
    assert!(slow.html().html().contains(">Një pyetje më shumë</textarea>"), "what was typed stays");
    let id = asked(&world, "Pyetja me numër 3");
    funder.get(OFFICE).expect(404);
    funder.get(&format!("{OFFICE}/{id}")).expect(404);
    // The secretary prepares, the manager publishes.
    answer(&secretary, id, &[("wording_sq", "Pyetja 3"), ("answer_sq", "Përgjigjja 3")]).expect(303);
    secretary.post(ANSWERS, &[]).expect(403);
    // Two who answer at once: the second sees that somebody was faster.
    let stale = [("version", "1"), ("topic", "other"), ("wording_sq", "Tjetër"), ("answer_sq", "Tjetër")];
    manager.post(&format!("{OFFICE}/{id}"), &stale).expect(409);
    manager.post(ANSWERS, &[]).expect(303);
    world.at("2017-10-25T17:00:00");
    again(&world, &manager);
    manager.post(ANSWERS, &[]).expect(422);
}
