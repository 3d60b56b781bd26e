//! The ground itself: the server answers, errors are pages, forms are guarded, the world is cheap to make.
use crate::World;
use crate::visitor::pdf;
use subgrant::kernel::Role;

#[test]
fn the_server_says_that_it_is_well() {
    let world = World::new();
    let answer = world.stranger().get("/healthz").expect(200);
    assert_eq!(answer.json()["database"], true);
    assert_eq!(answer.json()["files"], true);
    assert_eq!(answer.json()["worker"], false, "no worker runs beside this server");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    stop.send(()).unwrap();
    world.wait(subgrant::worker::run(world.app.desk.clone(), world.mailer("", |_| {}).clone(), async { drop(stopped.await) }));
    assert_eq!(world.stranger().get("/healthz").json()["worker"], true);
    world.at("2017-10-20T11:05");
    assert_eq!(world.stranger().get("/healthz").json()["worker"], false, "it has been silent for minutes");
}

#[test]
fn what_is_not_there_is_a_page_in_both_languages_and_a_problem_for_programs() {
    let world = World::new();
    let albanian = world.stranger().get("/nowhere").expect(404);
    let english = world.stranger().in_english().get("/nowhere").expect(404);
    assert_ne!(albanian.text("h1"), english.text("h1"));
    assert_eq!(albanian.attributes("html", "lang"), ["sq"]);
    let problem = world.stranger().get_json("/nowhere").expect(404);
    assert_eq!(problem.header("content-type").unwrap(), "application/problem+json");
    assert_eq!(problem.json()["status"], 404);
}

#[test]
fn every_answer_carries_the_headers_that_keep_others_out() {
    let world = World::new();
    let answer = world.stranger().get("/healthz");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("x-content-type-options").unwrap(), "nosniff");
}

#[test]
fn a_form_from_another_site_is_refused() {
    let world = World::new();
    let visitor = world.stranger();
    let from_elsewhere = visitor.request("POST", "/appearance").header("origin", "https://elsewhere.example").body("theme=dark");
    assert_eq!(visitor.send(from_elsewhere).status, 403);
    assert_eq!(visitor.cookie("theme"), None);
    visitor.post_as_is("/appearance", &[("theme", "dark"), ("back", "//elsewhere.example")]).expect(303);
    assert_eq!(visitor.cookie("theme").as_deref(), Some("dark"));
}

#[test]
fn people_have_names_roles_and_organisations() {
    let world = World::new();
    let mira = world.staff("Mira Kola", &[Role::GrantManager, Role::Secretary]);
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let ilir = world.applicant("Ilir Gjoka", "Qendra Rinia (example)");
    let pact = world.pact();
    let mira = world.actor(&mira);
    assert!(mira.is(Role::GrantManager, pact.id) && mira.is(Role::Secretary, pact.id));
    assert_eq!(mira.funds, [(pact.id, "pact".to_owned())]);
    assert_eq!(arta.organisation_id(), ilir.organisation_id());
    assert!(world.actor(&arta).signs_for(arta.organisation_id()));
    assert!(!world.actor(&ilir).signs_for(arta.organisation_id()));
    assert!(world.round("R3").takes_applications(world.now()));
    world.at("2017-10-25T17:00");
    assert!(!world.round("R3").takes_applications(world.now()));
    assert!(pdf("x").starts_with(b"%PDF-"));
}

#[test]
fn keeping_the_database_tidy_takes_no_time_even_where_another_process_wrote() {
    let world = World::new();
    if !world.store().is_sqlite() {
        return;
    }
    let folder = tempfile::tempdir_in(world.folder()).unwrap();
    let address = format!("sqlite://{}", folder.path().join("other.db").display());
    let (stale, other) = (subgrant::store::Store::open(&address).unwrap(), subgrant::store::Store::open(&address).unwrap());
    other.migrate().unwrap();
    let begun = std::time::Instant::now();
    stale.tidy().unwrap();
    assert!(begun.elapsed().as_secs() < 5, "waited {:?}", begun.elapsed());
}
