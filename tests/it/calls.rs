//! Rounds over HTTP: a file is imported, a manager publishes, the area is told; what is published stays as it is.
use crate::{Visitor, World};
use subgrant::calls::file::{ParsedFile, read};
use subgrant::calls::{RoundState, actions};
use subgrant::kernel::{Actor, Error, Role};
use subgrant::workflow::perform;

pub const PACT: &str = include_str!("../../config/programmes/pact.toml");
const ELECTIONS: &str = include_str!("../../config/programmes/elections.toml");

pub fn import(world: &World, text: &str) -> subgrant::kernel::Result<actions::Import> {
    let file: ParsedFile = read("file.toml", text).unwrap();
    perform(&world.app.desk, &Actor::system(), |act| actions::import(act, &file))
}

/// The real fund with its three rounds as drafts, and a manager of it.
fn manager(world: &World) -> Visitor {
    import(world, PACT).unwrap();
    world.staff("Mira Kola", &[Role::GrantManager]).in_english()
}

#[test]
fn importing_twice_changes_nothing_and_a_draft_may_change_until_it_is_published() {
    let world = World::new();
    let first = import(&world, PACT).unwrap();
    let again = import(&world, PACT).unwrap();
    assert_eq!((first.programme.version, again.programme.version), (1, 1));
    assert!(again.rounds.iter().all(|round| round.version == 1 && round.state == RoundState::Draft));

    let cheaper = PACT.replacen("envelope = 125_000", "envelope = 124_000", 1);
    assert_eq!(import(&world, &cheaper).unwrap().rounds.last().unwrap().version, 2);

    let round = world.round("R3");
    perform(&world.app.desk, &Actor::system(), |act| actions::publish(act, round.id)).unwrap();
    import(&world, &cheaper).expect("the same terms are no change");
    match import(&world, PACT) {
        Err(Error::Refused(reasons)) => assert_eq!(reasons.first().map(|reason| (reason.code.as_str(), reason.at.as_str())), Some(("round-published", "R3"))),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.round("R3").envelope.to_cents(), 12_400_000);
}

#[test]
fn publishing_tells_everybody_of_the_area_once_and_is_done_once() {
    let world = World::new();
    let manager = manager(&world);
    let here = world.applicant("Arta Hoxha", "Rozafa");
    let page = manager.get("/pact/rounds/R3").expect(200);
    assert!(page.has("form[action='/pact/rounds/R3/publication']"));
    manager.post("/pact/rounds/R3/publication", &[]).expect(303);
    let letters = world.letters_to(&here);
    assert_eq!(letters.len(), 1);
    assert!(letters.iter().all(|letter| letter.subject.starts_with("R3: ")), "{letters:?}");
    manager.post("/pact/rounds/R3/publication", &[]).expect(422);
    assert_eq!(world.letters_to(&here).len(), 1);
    assert_eq!(world.round("R3").state, RoundState::Published);
}

#[test]
fn only_who_may_publishes_and_only_the_director_cancels_with_a_reason_before_the_deadline() {
    let world = World::new();
    let manager = manager(&world);
    let finance = world.staff("Ilir Prenga", &[Role::FinanceOfficer]);
    let director = world.staff("Drita Gjoka", &[Role::Director]);
    let applicant = world.applicant("Arta Hoxha", "Rozafa");
    finance.post("/pact/rounds/R3/publication", &[]).expect(403);
    applicant.post("/pact/rounds/R3/publication", &[]).expect(404);
    applicant.get("/pact/rounds").expect(404);
    world.stranger().get("/pact/rounds").expect(303);
    manager.post("/pact/rounds/R3/publication", &[]).expect(303);
    manager.post("/pact/rounds/R3/cancellation", &[("reason", "The fund's money was cut.")]).expect(403);
    let again = director.post("/pact/rounds/R3/cancellation", &[("reason", "No")]).expect(422);
    assert!(again.html().html().contains(">No</textarea>"), "what was typed stays");
    director.post("/pact/rounds/R3/cancellation", &[("reason", "The fund's money was cut.")]).expect(303);
    assert_eq!(world.round("R3").state, RoundState::Cancelled);
    assert_eq!(world.letters_to(&applicant).len(), 2);
    // Round 1 closed long ago: it can no longer be published.
    manager.post("/pact/rounds/R1/publication", &[]).expect(422);
}

#[test]
fn whoever_has_begun_to_apply_is_told_of_the_end_once_and_as_an_applicant() {
    let world = World::new();
    let director = world.staff("Drita Gjoka", &[Role::Director]).in_english();
    let (drafts, sent, neighbour) = (world.applicant("Arta Hoxha", "Rozafa"), world.applicant("Besnik Doda", "Drita"), world.applicant("Ilir Gjoka", "Fqinji"));
    crate::sample::draft(&world, &drafts);
    crate::sample::submitted(&world, &sent);
    // Neither has its seat in the area any more: they are told because they apply.
    world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::organisations as t;
        diesel::update(t::table.filter(t::name.ne("Fqinji"))).set((t::municipality.eq("vlore"), t::profile.eq("{}"))).execute(conn)
    });
    director.post("/pact/rounds/R3/cancellation", &[("reason", "The fund's money was cut.")]).expect(303);
    let told = |visitor: &Visitor| world.letters_to(visitor).into_iter().filter(|letter| letter.code == "E07").collect::<Vec<_>>();
    for applicant in [&drafts, &sent] {
        let letters = told(applicant);
        assert_eq!(letters.len(), 1);
        assert!(letters[0].text_body.contains("Aplikimi juaj në këtë thirrje") && letters[0].text_body.contains("The fund's money was cut."));
        assert!(letters[0].text_body.contains("has cancelled call R3"), "in the other language, shortly");
    }
    let letters = told(&neighbour);
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].text_body.contains("Aplikimi juaj"), "{}", letters[0].text_body);
}

#[test]
fn a_fund_without_rounds_has_its_pages_too() {
    let world = World::new();
    import(&world, ELECTIONS).unwrap();
    world.stranger().get("/elections").expect(200);
    world.stranger().get("/elections/projects").expect(200);
    world.stranger().get("/elections/results").expect(200);
}
