//! The ranking and the one decision: who sees it, who makes it, what everybody is told.
use crate::scoring::{assign, assignment, begin, several, sign};
use crate::{Visitor, World, sample};
use diesel::prelude::*;
use subgrant::awards::{AwardOutcome, actions, records};
use subgrant::kernel::{ApplicationId, Money, Role};
use subgrant::store::schema::{applications, awards, checks, evaluations, rounds};

struct Scene {
    world: World,
    director: Visitor,
    manager: Visitor,
    readers: [Visitor; 2],
    /// Scored 84, 80, 74 and 54, asking for 8,000 euros each, by organisations 1 to 4.
    ids: Vec<ApplicationId>,
}

/// Four applications, evaluated; the envelope holds two grants and a half.
fn scene() -> Scene {
    let world = World::new();
    let director = world.staff("Drejtori Genc", &[Role::Director]).in_english();
    let manager = world.staff("Elira Menaxhere", &[Role::GrantManager]).in_english();
    let readers = [world.staff("Dr. E. Marku", &[Role::Evaluator]), world.staff("Dr. A. Dervishi", &[Role::Evaluator])];
    world.staff("Delegacioni", &[Role::Funder]);
    let ids = several(&world, 4);
    let round = world.round("R3").id;
    world.write(|conn| {
        diesel::update(rounds::table.find(round)).set(rounds::envelope.eq(Money::cents(2_000_000))).execute(conn)?;
        diesel::update(applications::table).set(applications::requested.eq(Money::cents(800_000))).execute(conn)
    });
    world.at("2017-11-06T10:00");
    for (id, scores) in ids.iter().zip([[5, 4, 4, 4], [4, 4, 4, 4], [4, 4, 4, 3], [2, 4, 3, 2]]) {
        for reader in &readers {
            let assigned = assign(&world, &manager, *id, reader);
            begin(&world, reader, assigned);
            sign(reader, assigned, scores).expect(303);
        }
    }
    Scene { world, director, manager, readers, ids }
}

const RANKING: &str = "/pact/rounds/R3/ranking";
const AWARD: &str = "/pact/rounds/R3/award";

fn outcome(world: &World, id: ApplicationId) -> (AwardOutcome, Money) {
    let decided = world.read(|conn| records::outcome_of(conn, id)).unwrap();
    (decided.outcome, decided.amount)
}

fn decide(director: &Visitor, more: &[(&str, &str)]) -> crate::Answered {
    let seen = director.get(RANKING).expect(200).value_of("seen");
    let mut fields = vec![("seen", seen.as_str()), ("go", "decide"), ("reasons", "By rank, within the envelope.")];
    fields.extend_from_slice(more);
    director.post(AWARD, &fields)
}

#[test]
fn the_ranking_shows_the_line_and_is_not_the_evaluators() {
    let Scene { world, director, manager, readers, ids } = scene();
    let page = director.get(RANKING).expect(200);
    let rows: Vec<String> = page.texts("tbody th").into_iter().collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].starts_with("R3-01") && rows[3].starts_with("R3-04"), "{rows:?}");
    let lines = page.texts("tr.envline");
    assert!(lines[0].contains("€20,000.00") && lines[1].contains("60 points needed"), "{lines:?}");
    assert_eq!(page.texts("td[data-l='Points']"), ["84", "80", "74", "54"]);
    assert!(!page.body.contains("style="));
    for reader in &readers {
        reader.get(RANKING).expect(404);
        reader.post(AWARD, &[("go", "decide"), ("reasons", "x")]).expect(404);
    }
    world.applicant("Dikush", "Organizata 1 (example)").get(RANKING).expect(404);
    world.stranger().get(RANKING).expect(303);
    for role in [Role::CommitteeMember, Role::Auditor] {
        let reader = world.staff("Lexues", &[role]).in_english();
        assert!(!reader.get(RANKING).expect(200).has("textarea[name=reasons]"));
        reader.post(AWARD, &[("go", "decide"), ("reasons", "x")]).expect(403);
    }
    manager.post(AWARD, &[("go", "decide"), ("reasons", "x")]).expect(403);
    // A committee member who still scores in the round learns nobody's points.
    let both = world.staff("Dy role", &[Role::CommitteeMember, Role::Evaluator]);
    world.write(|conn| diesel::delete(subgrant::store::schema::assignments::table.find(assignment_of(&world, ids[3], &readers[1]))).execute(conn));
    assign(&world, &manager, ids[3], &both);
    both.get(RANKING).expect(404);
}

fn assignment_of(world: &World, id: ApplicationId, reader: &Visitor) -> subgrant::kernel::AssignmentId {
    assignment(world, id, reader).id
}

#[test]
fn the_director_decides_once_and_everybody_is_told() {
    let Scene { world, director, manager, ids, .. } = scene();
    let before = world.letters().len();
    director.post(AWARD, &[("seen", &director.get(RANKING).value_of("seen")), ("go", "decide"), ("reasons", "")]).expect(422);
    assert_eq!(world.letters().len(), before);
    decide(&director, &[]).expect(303);
    let full = Money::cents(800_000);
    assert_eq!(
        ids.iter().map(|id| outcome(&world, *id)).collect::<Vec<_>>(),
        [(AwardOutcome::Awarded, full), (AwardOutcome::Awarded, full), (AwardOutcome::Reserve, Money::ZERO), (AwardOutcome::Below, Money::ZERO),]
    );
    let award = world.read(|conn| records::award(conn, world.round("R3").id)).unwrap();
    assert_eq!(award.awarded, Money::cents(1_600_000));
    let letters: Vec<_> = world.letters().split_off(before);
    assert_eq!(letters.iter().map(|letter| letter.code.as_str()).collect::<Vec<_>>(), ["E17", "E17", "E18", "E19", "E31"]);
    assert!(letters[0].subject.starts_with("R3-01:") && plain(&letters[0]).contains("8 000,00"), "{}", letters[0].text_body);
    // The reserve list: place and validity. The others: points for each section, what the evaluators wrote, until when to complain; no names.
    assert!(plain(&letters[2]).contains("listën rezervë") && plain(&letters[2]).contains("5 maj 2018"), "{}", letters[2].text_body);
    let refusal = plain(&letters[3]);
    for words in ["Rëndësia", "Kapaciteti", "A need that people feel.", "13 nëntor 2017", "54"] {
        assert!(refusal.contains(words), "{words}: {refusal}");
    }
    assert!(!letters.iter().any(|letter| letter.text_body.contains("Marku") || letter.text_body.contains("Dervishi")));
    // Nothing about it changes any more.
    decide_again(&director);
    let signed = assignment(&world, ids[0], &Scene::reader(&world)).id;
    manager.post(&format!("/evaluations/{signed}/reopening"), &[("reason", "late")]).expect(422);
    assert!(manager.get(RANKING).expect(200).body.contains("By rank, within the envelope."));
}

impl Scene {
    fn reader(world: &World) -> Visitor {
        let person = world
            .rows(|conn| {
                use subgrant::store::schema::people as t;
                t::table.filter(t::name.eq("Dr. E. Marku")).select((t::id, t::email)).first(conn)
            })
            .unwrap();
        Visitor::new(world, &[], Some(person))
    }
}

/// A letter's text on one line.
fn plain(letter: &subgrant::workflow::outbox::Posted) -> String {
    letter.text_body.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decide_again(director: &Visitor) {
    let late = director.post(AWARD, &[("go", "decide"), ("reasons", "Once more."), ("seen", "x")]).expect(409);
    assert!(late.body.contains("The decision was made already") && late.body.contains("Drejtori Genc"), "{}", late.main_text());
}

#[test]
fn of_two_directors_at_once_one_wins_and_the_other_sees_it() {
    let Scene { world, director, .. } = scene();
    let other = world.staff("Drejtoresha Mira", &[Role::Director]).in_english();
    let before = world.letters().len();
    let statuses = std::thread::scope(|scope| {
        let both = [&director, &other].map(|who| scope.spawn(|| decide(who, &[]).status));
        both.map(|thread| thread.join().unwrap())
    });
    let mut sorted = statuses;
    sorted.sort_unstable();
    // The second may even have opened the page after the first was through: then there is no form, and it is told the same.
    assert_eq!(sorted, [303, 409]);
    assert_eq!(world.rows(|conn| awards::table.count().get_result::<i64>(conn)).unwrap(), 1);
    assert_eq!(world.letters().len(), before + 5);
}

#[test]
fn the_director_sees_what_changes_lead_to_before_they_are_decided() {
    let Scene { world, director, ids, .. } = scene();
    let change = [("change.0.code", "r3-01"), ("change.0.amount", "4.000,00"), ("change.0.note", "Without the car.")];
    // Decided at once it is not: the ranking that was seen was another.
    let shown = decide(&director, &change).expect(409);
    assert!(shown.body.contains("not the one that you saw"), "{}", shown.main_text());
    assert_eq!(shown.value_of("change.0.amount"), "4.000,00");
    assert_eq!(shown.value_of("reasons"), "By rank, within the envelope.");
    let mut fields = shown.fields_of(AWARD);
    fields.push(("go".into(), "decide".into()));
    crate::scoring::send(&director, AWARD, &fields.iter().filter(|(name, _)| name != "csrf").cloned().collect::<Vec<_>>()).expect(303);
    let full = Money::cents(800_000);
    assert_eq!(outcome(&world, ids[0]), (AwardOutcome::Awarded, Money::cents(400_000)));
    // What became free goes to the next.
    assert_eq!(outcome(&world, ids[2]), (AwardOutcome::Awarded, full));
    assert!(world.letters().iter().any(|letter| letter.code == "E17" && letter.text_body.contains("Without the car.")));
}

#[test]
fn a_change_that_cannot_be_is_refused_with_what_was_typed() {
    let Scene { world, director, .. } = scene();
    let refused = |fields: &[(&str, &str)]| decide(&director, fields).expect(422);
    let unknown = refused(&[("change.0.code", "R3-99"), ("change.0.skip", "yes"), ("change.0.note", "No.")]);
    assert_eq!(unknown.value_of("change.0.code"), "R3-99");
    assert!(refused(&[("change.0.code", "R3-01"), ("change.0.amount", "a lot"), ("change.0.note", "No.")]).body.contains("is no amount"));
    assert!(refused(&[("change.0.code", "R3-01"), ("change.0.amount", "8000.01"), ("change.0.note", "More.")]).body.contains("never higher"));
    assert!(refused(&[("change.0.code", "R3-01"), ("change.0.skip", "yes")]).body.contains("write why you change it"));
    assert!(refused(&[("change.0.code", "R3-04"), ("change.0.skip", "yes"), ("change.0.note", "No.")]).body.contains("below a threshold"));
    assert_eq!(world.rows(|conn| awards::table.count().get_result::<i64>(conn)).unwrap(), 0);
}

#[test]
fn nothing_is_decided_before_everything_is_evaluated_and_checked() {
    let Scene { world, director, ids, .. } = scene();
    world.write(|conn| {
        diesel::update(evaluations::table.find(ids[0])).set(evaluations::state.eq("open")).execute(conn)?;
        diesel::update(checks::table.find(ids[1])).set((checks::state.eq("open"), checks::decided_at.eq(None::<subgrant::kernel::Instant>))).execute(conn)
    });
    let refused = decide(&director, &[]).expect(422);
    assert!(refused.body.contains("is not evaluated yet") && refused.body.contains("still in administrative evaluation"), "{}", refused.main_text());
}

#[test]
fn what_becomes_free_moves_the_first_of_the_reserve_list_up() {
    let Scene { world, director, manager, ids, .. } = scene();
    decide(&director, &[]).expect(303);
    let promote = |who: &Visitor, id: ApplicationId| who.post("/pact/rounds/R3/promotions", &[("application", &id.to_string()), ("reason", "R3-01 declined.")]);
    // 4,000 euros are free, 8,000 are wanted.
    assert!(promote(&director, ids[2]).expect(422).body.contains("is free"));
    sample::act(&world, &world.actor(&manager), |act| actions::lapse(act, ids[0], "Declined."));
    promote(&manager, ids[2]).expect(403);
    promote(&director, ids[3]).expect(422);
    promote(&director, ids[2]).expect(303);
    assert_eq!(outcome(&world, ids[2]), (AwardOutcome::Awarded, Money::cents(800_000)));
    assert_eq!(outcome(&world, ids[0]).0, AwardOutcome::Lapsed);
    let round = world.round("R3").id;
    let (award, granted) = world.read(|conn| Ok((records::award(conn, round)?.unwrap(), records::awarded_in(conn, round)?)));
    assert_eq!(award.awarded, granted.iter().map(|row| row.amount).sum());
    assert_eq!(world.letters().iter().filter(|letter| letter.code == "E17").count(), 3);
    promote(&director, ids[2]).expect(422);
}

#[test]
fn nobody_moves_up_after_the_reserve_list_is_over() {
    let Scene { world, director, ids, .. } = scene();
    decide(&director, &[]).expect(303);
    sample::act(&world, &subgrant::kernel::Actor::system(), |act| actions::lapse(act, ids[0], "Not signed."));
    let form = "form[action='/pact/rounds/R3/promotions']";
    assert!(director.get(RANKING).expect(200).has(form));
    // The list holds until 5 May 2018.
    world.at("2018-05-06T09:00");
    let director = world.staff("Drejtoresha Mira", &[Role::Director]).in_english();
    let page = director.get(RANKING).expect(200);
    assert!(!page.has(form) && page.text("main").replace('\u{a0}', " ").contains("ended on 5 May 2018"), "{}", page.main_text());
    let late = director.post("/pact/rounds/R3/promotions", &[("application", &ids[2].to_string()), ("reason", "R3-01 declined.")]).expect(422);
    assert!(late.body.contains("The reserve list of this round is over"));
}

#[test]
fn the_public_results_name_who_was_awarded_and_nobody_else() {
    let Scene { world, director, ids, .. } = scene();
    let results = "/pact/results/R3";
    let stranger = world.stranger().in_english();
    let before = stranger.get(results).expect(200);
    for number in 1..=4 {
        assert!(!before.body.contains(&format!("Organizata {number} (example)")), "nothing is public before the decision");
    }
    decide(&director, &[]).expect(303);
    let names = |page: &crate::Answered| (1..=4).filter(|number| page.body.contains(&format!("Organizata {number} (example)"))).collect::<Vec<i32>>();
    let page = stranger.get(results).expect(200);
    let json = stranger.get_json(results).expect(200);
    assert_eq!((names(&page), names(&json)), (vec![1, 2], vec![1, 2]), "neither the reserve list nor the others");
    for reader in ["Marku", "Dervishi"] {
        assert!(!page.body.contains(reader) && !json.body.contains(reader));
    }
    for id in &ids[2..] {
        assert!(!page.body.contains(&id.to_string()) && !json.body.contains(&id.to_string()));
    }
}

#[test]
fn the_ranking_costs_as_many_statements_for_many_as_for_few() {
    let Scene { world, director, manager, readers, .. } = scene();
    let cost = || world.statements(|| director.get(RANKING).expect(200)).1;
    cost();
    let few = cost();
    world.at("2017-10-20T11:00");
    let more = several_more(&world);
    world.at("2017-11-06T10:00");
    for id in more {
        for reader in &readers {
            let assigned = assign(&world, &manager, id, reader);
            begin(&world, reader, assigned);
            sign(reader, assigned, [4, 4, 4, 4]).expect(303);
        }
    }
    cost();
    assert_eq!(cost(), few);
    assert!(few <= 11, "{few}");
}

fn several_more(world: &World) -> Vec<ApplicationId> {
    (0..3).map(|number| crate::scoring::passed(world, &world.applicant(&format!("Tjetër {number}"), &format!("Tjetra {number} (example)")))).collect()
}
