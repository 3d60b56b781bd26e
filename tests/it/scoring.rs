//! Evaluators: names before text, scores nobody else sees, a third reader where two differ, sheets that lose nothing.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::kernel::{ApplicationId, AssignmentId, Role};
use subgrant::scoring::{Assignment, EvaluationState, actions, records};
use subgrant::store::schema::{applications, assignments, checks, rounds};

pub const CRITERIA: [&str; 4] = ["relevance.need", "relevance.groups", "capacity.experience", "capacity.budget"];

/// A submitted application that has passed the administrative evaluation.
pub fn passed(world: &World, applicant: &Visitor) -> ApplicationId {
    let (id, _) = sample::submitted(world, applicant);
    let (round, now) = (world.round("R3").id, world.now());
    world.write(|conn| {
        diesel::insert_into(checks::table)
            .values((
                checks::application_id.eq(id),
                checks::round_id.eq(round),
                checks::state.eq("passed"),
                checks::serial.eq(1),
                checks::lines.eq(2),
                checks::answered.eq(2),
                checks::checker_name.eq("Sekretarja"),
                checks::reasons.eq("[]"),
                checks::note.eq(""),
                checks::dispute.eq(""),
                checks::decided_by_name.eq("Kontrolluesi"),
                checks::begun_at.eq(now),
                checks::turn_at.eq(now),
                checks::decided_at.eq(Some(now)),
                checks::version.eq(1),
            ))
            .execute(conn)
    });
    id
}

/// A grid of four questions in R3, so that a test can do its sums in its head: 40 points for relevance, 60 for capacity.
fn small_grid(world: &World) {
    let round = world.round("R3");
    let mut terms = round.terms;
    terms.grid = toml::from_str(GRID).unwrap();
    let json = serde_json::to_string(&terms).unwrap();
    world.write(|conn| diesel::update(rounds::table.find(round.id)).set(rounds::terms.eq(json)).execute(conn));
}

const GRID: &str = r#"
anchors = []
comment_at = [1, 2, 5]
threshold = 60
readers = 2
gap = 15
tie_breaks = ["relevance", "capacity"]
days = 10
[[sections]]
key = "relevance"
name = { sq = "Rëndësia", en = "Relevance" }
threshold = 20
criteria = [
  { key = "need", weight = 4, question = { sq = "Sa i rëndësishëm është projekti?", en = "How relevant is the project?" } },
  { key = "groups", weight = 4, question = { sq = "Sa qartë janë grupet?", en = "How clear are the groups?" } },
]
[[sections]]
key = "capacity"
name = { sq = "Kapaciteti", en = "Capacity" }
criteria = [
  { key = "experience", weight = 6, question = { sq = "Sa përvojë ka?", en = "How much experience?" } },
  { key = "budget", weight = 6, question = { sq = "Sa i saktë është buxheti?", en = "How sound is the budget?" } },
]
"#;

/// Applications of as many organisations, all passed, to be read with the small grid.
pub fn several(world: &World, count: usize) -> Vec<ApplicationId> {
    small_grid(world);
    (1..=count).map(|number| passed(world, &world.applicant(&format!("Aplikues {number}"), &format!("Organizata {number} (example)")))).collect()
}

pub fn assign(world: &World, office: &Visitor, application: ApplicationId, evaluator: &Visitor) -> AssignmentId {
    let (actor, person) = (world.actor(office), evaluator.person_id());
    sample::act(world, &actor, |act| actions::assign(act, application, &[person]));
    assignment(world, application, evaluator).id
}

pub fn assignment(world: &World, application: ApplicationId, evaluator: &Visitor) -> Assignment {
    let person = evaluator.person_id();
    world
        .rows(|conn| {
            assignments::table
                .filter(assignments::application_id.eq(application))
                .filter(assignments::evaluator_id.eq(person))
                .select(Assignment::as_select())
                .first(conn)
        })
        .unwrap()
}

/// Declares impartiality and finds no conflict, through the pages.
pub fn begin(world: &World, evaluator: &Visitor, id: AssignmentId) {
    let round = world.round("R3").id;
    evaluator.post(&format!("/evaluations/rounds/{round}/declaration"), &[]).expect(303);
    evaluator.post(&format!("/evaluations/{id}/clearance"), &[]).expect(303);
}

/// Everything that a whole sheet says: these scores, words for all of them.
pub fn whole_sheet(scores: [u8; 4], version: &str) -> Vec<(String, String)> {
    let mut fields = vec![("version".to_owned(), version.to_owned())];
    for (place, score) in CRITERIA.iter().zip(scores) {
        fields.push((format!("score.{place}"), score.to_string()));
        fields.push((format!("reason.{place}"), format!("Because of {place}.")));
    }
    fields.push(("comment.relevance".into(), "A need that people feel.".into()));
    fields.push(("comment.capacity".into(), "The team has done this before.".into()));
    fields
}

pub fn send(visitor: &Visitor, path: &str, fields: &[(String, String)]) -> Answered {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(path, &fields)
}

/// Signs a whole sheet through the page.
pub fn sign(evaluator: &Visitor, id: AssignmentId, scores: [u8; 4]) -> Answered {
    let version = evaluator.get(&format!("/evaluations/{id}")).expect(200).value_of("version");
    send(evaluator, &format!("/evaluations/{id}/submission"), &whole_sheet(scores, &version))
}

pub fn state(world: &World, application: ApplicationId) -> EvaluationState {
    world.read(|conn| records::evaluation(conn, application)).unwrap().state
}

#[test]
fn a_reader_opens_the_papers_that_the_call_shows_to_evaluators_once_there_is_no_conflict() {
    let s = scene();
    let id = assign(&s.world, &s.manager, s.application, &s.marku);
    let file = s.world.read(|conn| subgrant::applications::records::frozen_file(conn, s.application));
    let paper = |document: &str| {
        let sha256 = &file.attachments.iter().find(|paper| paper.document == document).unwrap().sha256;
        format!("/evaluations/{id}/files/{sha256}")
    };
    s.marku.get(&paper("cv")).expect(404);
    s.marku.post(&format!("/evaluations/rounds/{}/declaration", s.world.round("R3").id), &[]).expect(303);
    s.marku.get(&paper("cv")).expect(404);
    s.marku.post(&format!("/evaluations/{id}/clearance"), &[]).expect(303);
    let opened = s.marku.get(&paper("cv")).expect(200);
    assert_eq!(opened.bytes, crate::visitor::pdf("cv"));
    assert!(opened.header("content-disposition").unwrap().starts_with("attachment"));
    let sheet = s.marku.get(&format!("/evaluations/{id}")).expect(200);
    assert_eq!(sheet.attributes("article.doc a[href^='/evaluations/']", "href"), [paper("cv")], "the other papers stand there by name only");
    for document in ["registration", "nipt", "statute", "honour"] {
        s.marku.get(&paper(document)).expect(404);
    }
    let another = s.world.read(|conn| subgrant::applications::records::frozen_file(conn, s.application)).attachments[0].sha256.clone();
    s.marku.get(&format!("/applications/{}/files/{another}", s.application)).expect(404);
    s.dervishi.get(&paper("cv")).expect(404);
    s.manager.get(&paper("cv")).expect(404);
    // A conflict found later closes the file.
    s.marku.post(&format!("/evaluations/{id}/conflict"), &[("conflict", "Kam punuar me ta.")]).expect(303);
    s.marku.get(&paper("cv")).expect(404);
}

struct Scene {
    world: World,
    manager: Visitor,
    marku: Visitor,
    dervishi: Visitor,
    application: ApplicationId,
}

fn scene() -> Scene {
    let world = World::new();
    let manager = world.staff("Elira Menaxhere", &[Role::GrantManager]).in_english();
    let marku = world.staff("Dr. E. Marku", &[Role::Evaluator]).in_english();
    let dervishi = world.staff("Dr. A. Dervishi", &[Role::Evaluator]).in_english();
    let application = several(&world, 1)[0];
    world.at("2017-11-06T10:00");
    Scene { world, manager, marku, dervishi, application }
}

#[test]
fn a_reader_sees_names_then_the_question_then_the_text_and_nothing_else() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let id = assign(&world, &manager, application, &marku);
    let page = format!("/evaluations/{id}");
    let list = marku.get("/evaluations").expect(200);
    assert!(!list.body.contains(sample::TITLE));
    assert!(list.main_text().contains("0 of 1 signed"), "{}", list.main_text());
    // Before the declaration: names, the partner's too.
    let declaration = marku.get(&page).expect(303).follow().expect(200);
    assert!(declaration.body.contains("Organizata 1 (example)") && declaration.body.contains("Society for Democratic Culture"));
    assert!(!declaration.body.contains(sample::TITLE));
    marku.post(&format!("{page}/clearance"), &[]).expect(422);
    marku.post(&format!("{page}/sheet"), &[("version", "1"), ("score.relevance.need", "5")]).expect(422);
    let round = world.round("R3").id;
    for _ in 0..2 {
        marku.post(&format!("/evaluations/rounds/{round}/declaration"), &[]).expect(303);
    }
    assert_eq!(world.rows(|conn| subgrant::store::schema::impartiality::table.count().get_result::<i64>(conn)).unwrap(), 1);
    let question = marku.get(&page).expect(200);
    assert!(question.has("textarea[name=conflict]") && !question.body.contains(sample::TITLE));
    marku.post(&format!("{page}/clearance"), &[]).expect(303);
    let sheet = marku.get(&page).expect(200);
    assert_eq!(sheet.text("h1"), sample::TITLE);
    for contact in ["zyra@example.org", "arta@example.org", "besnik@example.org", "+355"] {
        assert!(!sheet.body.contains(contact), "{contact}");
        assert!(!marku.get_json(&page).expect(200).body.contains(contact), "{contact}");
    }
    // Nothing else of the application; and nobody else's sheet.
    marku.get(&format!("/applications/{application}")).expect(404);
    for other in [&dervishi, &manager] {
        other.get(&page).expect(404);
        other.post(&format!("{page}/sheet"), &[("version", "2")]).expect(404);
        other.post(&format!("{page}/submission"), &[("version", "2")]).expect(404);
        other.post(&format!("{page}/conflict"), &[("conflict", "x")]).expect(404);
    }
    // The office's pages are not an evaluator's.
    marku.get("/pact/rounds/R3/assignments").expect(404);
    marku.get(&format!("/pact/rounds/R3/sheets/{application}")).expect(404);
}

#[test]
fn nobody_sees_points_before_every_reader_has_signed() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let (one, other) = (assign(&world, &manager, application, &marku), assign(&world, &manager, application, &dervishi));
    begin(&world, &marku, one);
    begin(&world, &dervishi, other);
    sign(&marku, one, [5, 4, 4, 4]).expect(303);
    assert_eq!(state(&world, application), EvaluationState::Open);
    let office = manager.get("/pact/rounds/R3/assignments").expect(200);
    assert!(office.body.contains("Dr. E. Marku") && !office.body.contains("84 points"), "{}", office.main_text());
    let sheets = manager.get(&format!("/pact/rounds/R3/sheets/{application}")).expect(200);
    assert!(!sheets.body.contains("A need that people feel") && !sheets.body.contains("84 points"), "{}", sheets.main_text());
    assert!(!dervishi.get(&format!("/evaluations/{other}")).expect(200).body.contains("A need that people feel"));
    sign(&dervishi, other, [4, 4, 4, 4]).expect(303);
    assert_eq!(state(&world, application), EvaluationState::Settled);
    let evaluation = world.read(|conn| records::evaluation(conn, application)).unwrap();
    assert_eq!((evaluation.points, evaluation.gap, evaluation.eligible), (Some(8_200), Some(400), true));
    assert_eq!(evaluation.sections().into_values().sum::<i64>(), 8_200);
    assert!(manager.get("/pact/rounds/R3/assignments").expect(200).body.contains("82 points"));
    assert!(manager.get(&format!("/pact/rounds/R3/sheets/{application}")).expect(200).body.contains("A need that people feel"));
    // Each still sees only their own.
    assert!(!marku.get(&format!("/evaluations/{one}")).expect(200).body.contains("82 "));
}

#[test]
fn a_sheet_keeps_whatever_is_there_and_is_signed_only_when_nothing_is_missing() {
    let Scene { world, manager, marku, application, .. } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    let page = format!("/evaluations/{id}");
    marku.post(&format!("{page}/sheet"), &[("version", "2"), ("score.relevance.need", "4"), ("comment.relevance", "Half a tho")]).expect(303);
    let kept = assignment(&world, application, &marku).sheet();
    assert_eq!((kept.scores.len(), kept.comments["relevance"].as_str()), (1, "Half a tho"));
    // A score of five wants words of its own; what came is kept all the same.
    let refused = marku.post(&format!("{page}/submission"), &[("version", "3"), ("score.relevance.groups", "5")]).expect(422);
    let complaints = refused.texts(".errsum li");
    assert_eq!(complaints.len(), 4, "{complaints:?}");
    // The other language, and the same after a reload, is the sheet's page, not the address that the form was sent to.
    assert_eq!(refused.attributes(".site .lang a", "href")[0], format!("{page}?lang=sq"));
    assert_eq!(refused.attributes("input[name=back]", "value"), std::slice::from_ref(&page));
    assert_eq!(marku.get(&format!("{page}/submission?lang=en")).expect(303).location.as_deref(), Some(format!("{page}?lang=en").as_str()));
    assert_eq!(refused.value_of("score.relevance.groups"), "5");
    assert_eq!(refused.value_of("comment.relevance"), "Half a tho");
    assert_eq!(assignment(&world, application, &marku).sheet().scores.len(), 2);
    let bad = marku.post(&format!("{page}/sheet"), &[("version", "4"), ("score.relevance.groups", "9"), ("comment.capacity", "typed")]).expect(422);
    assert_eq!(bad.value_of("comment.capacity"), "typed");
    sign(&marku, id, [4, 4, 4, 4]).expect(303);
    assert_eq!(assignment(&world, application, &marku).points, Some(8_000));
    // Locked: no form, and nothing can be saved.
    let locked = marku.get(&page).expect(200);
    assert!(!locked.has("textarea[name='comment.relevance']") && locked.body.contains("locked"));
    send(&marku, &format!("{page}/sheet"), &whole_sheet([1, 1, 1, 1], "5")).expect(422);
    send(&marku, &format!("{page}/submission"), &whole_sheet([1, 1, 1, 1], "5")).expect(422);
    assert_eq!(assignment(&world, application, &marku).points, Some(8_000));
}

#[test]
fn a_second_window_loses_nothing() {
    let Scene { world, manager, marku, application, .. } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    let page = format!("/evaluations/{id}");
    let old = marku.get(&page).expect(200).value_of("version");
    marku.post(&format!("{page}/sheet"), &[("version", &old), ("comment.relevance", "from the first window")]).expect(303);
    let stale = marku.post(&format!("{page}/sheet"), &[("version", &old), ("comment.relevance", "from the second")]).expect(409);
    assert_eq!(stale.value_of("comment.relevance"), "from the second");
    assert!(stale.body.contains("another window"));
    assert_eq!(assignment(&world, application, &marku).sheet().comments["relevance"], "from the first window");
    // Saved again knowingly, it counts.
    let version = stale.value_of("version");
    marku.post(&format!("{page}/sheet"), &[("version", &version), ("comment.relevance", "from the second")]).expect(303);
    assert_eq!(assignment(&world, application, &marku).sheet().comments["relevance"], "from the second");
}

#[test]
fn a_conflict_voids_the_scores_and_the_office_finds_another() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    sign(&marku, id, [4, 4, 4, 4]).expect(303);
    marku.post(&format!("/evaluations/{id}/conflict"), &[("conflict", "")]).expect(422);
    marku.post(&format!("/evaluations/{id}/conflict"), &[("conflict", "My cousin directs it.")]).expect(303);
    let left = assignment(&world, application, &marku);
    assert_eq!((left.points, left.sheet().scores.len()), (None, 0));
    marku.get(&format!("/evaluations/{id}")).expect(404);
    marku.post(&format!("/evaluations/{id}/clearance"), &[]).expect(303);
    marku.get(&format!("/evaluations/{id}")).expect(404);
    let letter = world.letters_to(&manager).pop().unwrap();
    assert!(letter.subject.starts_with("R3-01:") && letter.text_body.contains("My cousin directs it."), "{}", letter.text_body);
    // The same person never again; another one takes the free place.
    let refused = manager.post("/pact/rounds/R3/assignments", &[("application", &application.to_string()), ("evaluator", &marku.person_id().to_string())]);
    assert!(refused.expect(422).body.contains("because of a conflict"));
    let chosen = dervishi.person_id().to_string();
    manager.post("/pact/rounds/R3/assignments", &[("application", &application.to_string()), ("evaluator", &chosen)]).expect(303);
    assert_eq!(assignment(&world, application, &dervishi).reader, 1);
    assert_eq!(world.letters_to(&dervishi).len(), 1);
}

#[test]
fn where_two_differ_a_third_reads_and_the_two_nearest_count() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let third = world.staff("Dr. L. Prifti", &[Role::Evaluator]);
    let (one, other) = (assign(&world, &manager, application, &marku), assign(&world, &manager, application, &dervishi));
    begin(&world, &marku, one);
    begin(&world, &dervishi, other);
    sign(&marku, one, [3, 3, 3, 3]).expect(303);
    sign(&dervishi, other, [4, 4, 4, 4]).expect(303);
    assert_eq!(state(&world, application), EvaluationState::ThirdReader);
    let told = world.letters_to(&manager).pop().unwrap();
    assert!(told.subject.starts_with("R3-01:") && told.text_body.contains("20"), "{}", told.text_body);
    let id = assign(&world, &manager, application, &third);
    begin(&world, &third, id);
    assert!(!third.get(&format!("/evaluations/{id}")).expect(200).body.contains("Because of relevance.need"));
    sign(&third, id, [4, 4, 4, 3]).expect(303);
    let evaluation = world.read(|conn| records::evaluation(conn, application)).unwrap();
    // 60, 80 and 74: the mean of 80 and 74.
    assert_eq!((evaluation.state, evaluation.points), (EvaluationState::Settled, Some(7_700)));
}

#[test]
fn a_signed_sheet_is_unlocked_with_a_reason_and_the_log_keeps_the_old_one() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let (one, other) = (assign(&world, &manager, application, &marku), assign(&world, &manager, application, &dervishi));
    begin(&world, &marku, one);
    begin(&world, &dervishi, other);
    sign(&marku, one, [3, 3, 3, 3]).expect(303);
    sign(&dervishi, other, [3, 3, 3, 4]).expect(303);
    let auditor = world.staff("Auditori", &[Role::Auditor]);
    auditor.post(&format!("/evaluations/{one}/reopening"), &[("reason", "x")]).expect(403);
    marku.post(&format!("/evaluations/{one}/reopening"), &[("reason", "x")]).expect(404);
    manager.post(&format!("/evaluations/{one}/reopening"), &[("reason", "")]).expect(422);
    manager.post(&format!("/evaluations/{one}/reopening"), &[("reason", "The budget was read in the wrong currency.")]).expect(303);
    let evaluation = world.read(|conn| records::evaluation(conn, application)).unwrap();
    assert_eq!((evaluation.state, evaluation.points, evaluation.eligible), (EvaluationState::Open, None, false));
    assert!(world.letters_to(&marku).pop().unwrap().text_body.contains("wrong currency"));
    let log = world.read(|conn| subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(application)));
    let entry = log.iter().find(|entry| entry.kind == "scoring.sheet-reopened").unwrap();
    assert!(entry.detail.contains("\"points\":6000") && entry.detail.contains("Because of relevance.need."));
    sign(&marku, one, [3, 3, 4, 4]).expect(303);
    assert_eq!(state(&world, application), EvaluationState::Settled);
}

#[test]
fn who_may_not_read_or_assign_is_told_why() {
    let Scene { world, manager, marku, application, .. } = scene();
    let insider = world.applicant("Arta Hoxha", "Organizata 1 (example)");
    world.give_role(insider.person_id(), Some(world.pact().id), Role::Evaluator);
    let give = |to: &Visitor, whom: &Visitor| {
        to.post("/pact/rounds/R3/assignments", &[("application", &application.to_string()), ("evaluator", &whom.person_id().to_string())])
    };
    assert!(give(&manager, &insider).expect(422).body.contains("belongs to an organisation that applies"));
    let stranger = world.staff("Dikush", &[Role::FinanceOfficer]);
    assert!(give(&manager, &stranger).expect(422).body.contains("is not an evaluator"));
    give(&stranger, &marku).expect(403);
    give(&marku, &marku).expect(404);
    stranger.get("/pact/rounds/R3/assignments").expect(404);
    world.staff("Auditori", &[Role::Auditor]).get("/pact/rounds/R3/assignments").expect(200);
    // An application that has not passed is nobody's to read.
    world.write(|conn| diesel::update(checks::table.find(application)).set(checks::state.eq("open")).execute(conn));
    assert!(give(&manager, &marku).expect(422).body.contains("has not passed"));
}

#[test]
fn spreading_is_even_and_writes_one_letter_to_each() {
    let world = World::new();
    let manager = world.staff("Elira", &[Role::GrantManager]).in_english();
    let readers: Vec<Visitor> = (1..=3).map(|number| world.staff(&format!("Vlerësues {number}"), &[Role::Evaluator])).collect();
    let ids = several(&world, 4);
    world.at("2017-11-06T10:00");
    manager.post("/pact/rounds/R3/assignments/spread", &[]).expect(303);
    let readings = world.read(|conn| records::of_applications(conn, &ids));
    assert!(readings.values().all(|readings| readings.len() == 2 && readings[0].evaluator_id != readings[1].evaluator_id));
    for reader in &readers {
        let load = readings.values().flatten().filter(|reading| reading.evaluator_id == reader.person_id()).count();
        assert!((2..=3).contains(&load), "{load}");
        assert_eq!(world.letters_to(reader).len(), 1);
    }
    manager.post("/pact/rounds/R3/assignments/spread", &[]).expect(422);
    readers[0].post("/pact/rounds/R3/assignments/spread", &[]).expect(404);
}

#[test]
fn the_clock_reminds_with_figures_and_without_titles() {
    let Scene { world, manager, marku, application, .. } = scene();
    assign(&world, &manager, application, &marku);
    let remind = |at: &str| {
        world.at(at);
        actions::remind_all(&world.app.desk).unwrap()
    };
    // Given on 6 November for ten days.
    assert_eq!(remind("2017-11-10T09:00"), 0);
    assert_eq!(remind("2017-11-11T09:00"), 1);
    assert_eq!(remind("2017-11-11T15:00"), 0);
    assert_eq!(remind("2017-11-13T09:00"), 1);
    assert_eq!(remind("2017-11-17T09:00"), 1);
    assert_eq!(remind("2017-11-25T09:00"), 0);
    let letters: Vec<_> = world.letters_to(&marku).into_iter().filter(|letter| letter.code == "E15").collect();
    assert_eq!(letters.len(), 3);
    for letter in &letters {
        assert!(!letter.text_body.contains(sample::TITLE) && !letter.text_body.contains("Organizata"), "{}", letter.text_body);
    }
    let copy = world.letters_to(&manager).pop().unwrap();
    assert!(copy.code == "E15" && copy.text_body.contains("Dr. E. Marku"), "{}", copy.text_body);
}

#[test]
fn two_readers_who_sign_at_the_same_moment_settle_the_result() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let (one, other) = (assign(&world, &manager, application, &marku), assign(&world, &manager, application, &dervishi));
    begin(&world, &marku, one);
    begin(&world, &dervishi, other);
    std::thread::scope(|scope| {
        scope.spawn(|| sign(&marku, one, [4, 4, 4, 4]).expect(303));
        scope.spawn(|| sign(&dervishi, other, [4, 4, 4, 3]).expect(303));
    });
    assert_eq!(state(&world, application), EvaluationState::Settled);
}

#[test]
fn the_pages_cost_as_many_statements_for_many_as_for_few() {
    let Scene { world, manager, marku, application, .. } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    let paths = ["/evaluations".to_owned(), format!("/evaluations/{id}")];
    // The second time: the first one also notes that the session was seen.
    let cost = |who: &Visitor, path: &str| {
        who.get(path).expect(200);
        world.statements(|| who.get(path).expect(200)).1
    };
    let few: Vec<u64> = paths.iter().map(|path| cost(&marku, path)).collect();
    let few_office = cost(&manager, "/pact/rounds/R3/assignments");
    world.at("2017-10-20T11:00");
    for number in 0..4 {
        let more = passed(&world, &world.applicant(&format!("Tjetër {number}"), &format!("Tjetra {number} (example)")));
        assign(&world, &manager, more, &marku);
    }
    world.at("2017-11-06T10:00");
    assert_eq!(paths.iter().map(|path| cost(&marku, path)).collect::<Vec<_>>(), few);
    assert_eq!(cost(&manager, "/pact/rounds/R3/assignments"), few_office);
    assert!(few.iter().all(|statements| *statements <= 11) && few_office <= 11, "{few:?} {few_office}");
    // A withdrawn one is nobody's work any more.
    world.write(|conn| diesel::update(applications::table.find(application)).set(applications::status.eq("withdrawn")).execute(conn));
    assert!(marku.get("/evaluations").expect(200).body.contains("0 of 4 signed"));
}

/// What the script of the sheet sends a second after the last change: names, marks of what stood there, texts.
fn write(visitor: &Visitor, id: AssignmentId, boxes: &[(&str, &str, &str)]) -> Answered {
    let csrf = visitor.csrf();
    let mut fields = vec![("csrf", csrf.as_str())];
    for (name, mark, text) in boxes {
        fields.extend([("name", *name), ("mark", *mark), ("text", *text)]);
    }
    visitor.post_as_is(&format!("/api/v1/evaluations/{id}/boxes"), &fields)
}

#[test]
fn a_sheet_saves_by_itself_box_by_box_and_two_windows_overwrite_nothing_unseen() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let id = assign(&world, &manager, application, &marku);
    write(&marku, id, &[("score.relevance.need", "", "4")]).expect(422);
    marku.get(&format!("/api/v1/evaluations/{id}/boxes")).expect(404);
    begin(&world, &marku, id);
    let page = marku.get(&format!("/evaluations/{id}")).expect(200);
    assert_eq!(page.attributes("form[data-draft]", "data-draft"), [format!("/api/v1/evaluations/{id}/boxes")]);
    assert!(page.has("#saving") && page.has("input[name=base]"));
    let saved = write(&marku, id, &[("score.relevance.need", "", "4"), ("comment.relevance", "", "Half a tho")]).expect(200).json();
    assert_eq!(saved["meanwhile"], serde_json::json!([]));
    let kept = assignment(&world, application, &marku);
    assert_eq!((kept.sheet().scores["relevance.need"], kept.sheet().comments["relevance"].as_str()), (4, "Half a tho"));
    assert_eq!(saved["version"], kept.version);
    // The other window knows nothing of it: what it changes too comes back, the rest is taken.
    let other = write(&marku, id, &[("comment.relevance", "", "Something else"), ("score.capacity.budget", "", "3")]).expect(200).json();
    assert_eq!((&other["meanwhile"][0]["name"], &other["meanwhile"][0]["theirs"]), (&"comment.relevance".into(), &"Half a tho".into()));
    let kept = assignment(&world, application, &marku).sheet();
    assert_eq!((kept.comments["relevance"].as_str(), kept.scores.get("capacity.budget")), ("Half a tho", Some(&3)));
    // A run of such saves is one entry in the log.
    let log = world.read(|conn| subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(application)));
    assert_eq!(log.iter().filter(|entry| entry.kind == "scoring.sheet-saved").count(), 1);
    // A score that is none, and what the sheet does not have.
    write(&marku, id, &[("score.relevance.groups", "", "9")]).expect(422);
    assert_eq!(write(&marku, id, &[("score.nowhere.at-all", "", "3")]).expect(200).json()["meanwhile"][0]["gone"], true);
    // Nobody else sees or writes it; once signed it is locked.
    for stranger in [&dervishi, &manager] {
        stranger.get(&format!("/api/v1/evaluations/{id}/boxes")).expect(404);
        write(stranger, id, &[("score.relevance.need", "", "1")]).expect(404);
    }
    let state = marku.get(&format!("/api/v1/evaluations/{id}/boxes?since=0")).expect(200).json();
    assert!(state["boxes"].as_array().unwrap().iter().any(|one| one["name"] == "comment.relevance" && one["text"] == "Half a tho"));
    sign(&marku, id, [4, 4, 4, 4]).expect(303);
    assert!(write(&marku, id, &[("score.relevance.need", "", "1")]).expect(422).body.contains("locked"));
    assert_eq!(assignment(&world, application, &marku).points, Some(8_000));
}

#[test]
fn the_forms_of_two_windows_are_merged_and_what_both_wrote_is_shown_before_it_counts() {
    let Scene { world, manager, marku, application, .. } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    let save = format!("/evaluations/{id}/sheet");
    let page = marku.get(&format!("/evaluations/{id}")).expect(200);
    let (version, base) = (page.value_of("version"), page.value_of("base"));
    let sent = |base: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("version", version.as_str()), ("base", base)];
        fields.extend_from_slice(more);
        marku.post(&save, &fields)
    };
    sent(&base, &[("comment.relevance", "from the first window")]).expect(303);
    sent(&base, &[("comment.capacity", "only in the second"), ("comment.relevance", "")]).expect(303);
    let both = sent(&base, &[("comment.relevance", "from the second")]).expect(409);
    assert_eq!(both.value_of("comment.relevance"), "from the second");
    assert!(both.texts("blockquote").contains(&"from the first window".to_owned()), "{}", both.main_text());
    let kept = || assignment(&world, application, &marku).sheet().comments;
    assert_eq!((kept()["relevance"].as_str(), kept()["capacity"].as_str()), ("from the first window", "only in the second"));
    sent(&both.value_of("base"), &[("comment.relevance", "from the second")]).expect(303);
    assert_eq!(kept()["relevance"], "from the second");
}

#[test]
fn the_office_takes_an_application_back_before_it_is_signed_and_half_a_sheet_is_read_by_nobody() {
    let Scene { world, manager, marku, dervishi, application } = scene();
    let (one, other) = (assign(&world, &manager, application, &marku), assign(&world, &manager, application, &dervishi));
    begin(&world, &marku, one);
    begin(&world, &dervishi, other);
    write(&marku, one, &[("score.relevance.need", "", "1"), ("comment.relevance", "", "Nothing for anybody's eyes")]).expect(200);
    sign(&dervishi, other, [4, 4, 4, 4]).expect(303);
    let recall = format!("/evaluations/{one}/recall");
    marku.post(&recall, &[("reason", "x")]).expect(404);
    world.staff("Auditori", &[Role::Auditor]).post(&recall, &[("reason", "x")]).expect(403);
    let again = manager.post(&recall, &[("reason", "")]).expect(422);
    assert_eq!(again.attributes(".site .lang a", "href")[0], "/pact/rounds/R3/assignments?lang=sq");
    // What is signed is unlocked first.
    manager.post(&format!("/evaluations/{other}/recall"), &[("reason", "He is ill.")]).expect(409);
    manager.post(&recall, &[("reason", "She is ill for a month.")]).expect(303).follow().expect(200);
    let letter = world.letters_to(&marku).pop().unwrap();
    assert!(
        letter.code == "E15-taken-back" && letter.text_body.contains("She is ill for a month.") && !letter.text_body.contains(sample::TITLE),
        "{}",
        letter.text_body
    );
    marku.get(&format!("/evaluations/{one}")).expect(404);
    assert!(!marku.get("/evaluations").expect(200).body.contains("R3-01"));
    assert!(write(&marku, one, &[("score.relevance.need", "", "2")]).expect(422).body.contains("taken this application back"));
    assert_eq!(assignment(&world, application, &marku).sheet(), subgrant::scoring::Sheet::default());
    let log = world.read(|conn| subgrant::workflow::log_of(conn, subgrant::workflow::Subject::Application(application)));
    assert!(log.iter().any(|entry| entry.kind == "scoring.taken-back" && entry.detail.contains("She is ill")));
    assert!(log.iter().all(|entry| !entry.detail.contains("anybody's eyes")));
    // The place is free: spreading gives it to somebody else, and they settle the result.
    let third = world.staff("Dr. L. Prifti", &[Role::Evaluator]).in_english();
    manager.post("/pact/rounds/R3/assignments/spread", &[]).expect(303);
    let fresh = assignment(&world, application, &third);
    assert_eq!(fresh.reader, 1);
    begin(&world, &third, fresh.id);
    sign(&third, fresh.id, [4, 4, 4, 4]).expect(303);
    assert_eq!(world.read(|conn| records::evaluation(conn, application)).unwrap().points, Some(8_000));
    manager.get(&format!("/pact/rounds/R3/sheets/{application}")).expect(200);
}

#[test]
fn what_was_taken_back_may_be_given_again_to_the_same_reader_who_begins_anew() {
    let Scene { world, manager, marku, application, .. } = scene();
    let id = assign(&world, &manager, application, &marku);
    begin(&world, &marku, id);
    write(&marku, id, &[("score.relevance.need", "", "1")]).expect(200);
    manager.post(&format!("/evaluations/{id}/recall"), &[("reason", "By mistake.")]).expect(303);
    assign(&world, &manager, application, &marku);
    let again = assignment(&world, application, &marku);
    assert_eq!((again.id, again.state, again.cleared_at, again.sheet().scores.len()), (id, subgrant::scoring::AssignmentState::Assigned, None, 0));
}
