//! The office's board, the letters and the log over HTTP.
use crate::{Visitor, World, sample};
use subgrant::administrative_check::actions;
use subgrant::kernel::{LetterId, Role};
use subgrant::workflow::outbox::LetterState;

fn titled(world: &World, organisation: &str, title: &str) -> Visitor {
    let visitor = world.applicant("Arta Hoxha", organisation);
    let id = sample::draft_titled(world, &visitor, title);
    sample::act(world, &world.actor(&visitor), |act| subgrant::applications::actions::submit(act, id));
    visitor
}

const BOARD: &str = "/pact/rounds/R3/board";

#[test]
fn the_board_counts_filters_and_finds_without_diacritics() {
    let world = World::new();
    titled(&world, "Qendra Çlirim (example)", "Zëri i fshatit");
    titled(&world, "Drita e Vaut (example)", "Buxheti i hapur");
    sample::draft(&world, &world.applicant("Besnik Doda", "Vetëm draft (example)"));
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let open = mira.get(BOARD).expect(200);
    assert_eq!(open.texts("table.tbl tbody tr").len(), 2);
    assert!(open.text(".stages .now").contains("Call"));

    world.at("2017-10-26T09:00");
    actions::on_time(&world.app.desk).unwrap();
    let page = mira.get(BOARD).expect(200);
    assert!(page.text(".figs").contains("of 3 started"), "{}", page.text(".figs"));
    assert!(page.text(".stages .now").contains("Administrative evaluation"));
    assert!(!page.body.contains("Vetëm draft"), "drafts are nobody's but their writers'");
    for typed in ["clirim", "Çlirim", "CLIRIM", "zeri i", "r3-01"] {
        let found = mira.get(&format!("{BOARD}?q={}", typed.replace(' ', "+"))).expect(200);
        assert_eq!(found.texts("table.tbl tbody tr").len(), 1, "{typed}");
        assert!(found.text("table.tbl tbody").contains("Çlirim"), "{typed}");
    }
    assert_eq!(mira.get(&format!("{BOARD}?q=%25")).expect(200).texts("table.tbl tbody tr").len(), 2, "a percent sign is no wildcard that hides rows");
    assert!(mira.get(&format!("{BOARD}?q=nuk+ka")).expect(200).has(".empty"));
    assert_eq!(mira.get(&format!("{BOARD}?state=open")).expect(200).texts("table.tbl tbody tr").len(), 2);
    assert!(mira.get(&format!("{BOARD}?state=passed")).expect(200).has(".empty"));
    assert_eq!(mira.get(&format!("{BOARD}?page=99999")).expect(200).texts("table.tbl tbody tr").len(), 2);
    assert_eq!(mira.get(&format!("{BOARD}?page=99999&q=example")).expect(200).texts("table.tbl tbody tr").len(), 2);
    let json = mira.get_json(BOARD).expect(200).json();
    assert_eq!((json["submitted"].as_i64(), json["started"].as_i64()), (Some(2), Some(3)));
}

/// The codes on the board, from the top.
fn codes_on(board: &crate::Answered) -> Vec<String> {
    board.texts("table.tbl tbody .ref")
}

#[test]
fn what_is_most_urgent_stands_at_the_top_unless_codes_are_asked_for() {
    use subgrant::administrative_check::records::check_of;
    let world = World::new();
    for number in 1..=4 {
        titled(&world, &format!("Qendra {number} (example)"), "Projekti");
    }
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let ilir = world.staff("Ilir Prenga", &[Role::SecondChecker]).in_english();
    world.at("2017-10-26T09:00");
    actions::on_time(&world.app.desk).unwrap();
    let ids = mira.get_json(BOARD).expect(200).json()["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let id = |at: usize| ids[at].parse::<subgrant::kernel::ApplicationId>().unwrap();
    let version = |at: usize| world.read(|conn| check_of(conn, id(at))).unwrap().version.to_string();
    let checklist = world.round("R3").terms.checklist;
    let every_line = |at: usize| {
        let mut fields = vec![("version".to_owned(), version(at)), ("outcome".to_owned(), "passed".to_owned())];
        for line in &checklist {
            fields.push((format!("line.{}", line.key), "yes".to_owned()));
            fields.push((format!("note.{}", line.key), "Parë.".to_owned()));
        }
        fields
    };
    let propose = |at: usize| {
        let fields = every_line(at);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        mira.post(&format!("/applications/{}/check-list/proposal", ids[at]), &fields).expect(303);
    };
    // The first is decided, the second asked about, the third proposed later; the fourth waits since the checks began.
    world.at("2017-10-26T15:00");
    propose(0);
    let seen = version(0);
    ilir.post(&format!("/applications/{}/check-list/decision", ids[0]), &[("version", &seen), ("decision", "agree")]).expect(303);
    let seen = version(1);
    let asked = [("version", seen.as_str()), ("line.documents", "no"), ("note.documents", "-"), ("question", "Statuti?"), ("item", "documents")];
    mira.post(&format!("/applications/{}/clarifications", ids[1]), &asked).expect(303);
    propose(2);
    let board = mira.get(BOARD).expect(200);
    assert_eq!(codes_on(&board), ["R3-04", "R3-03", "R3-02", "R3-01"], "waiting longest, waiting, due from the applicant, done");
    assert_eq!(codes_on(&mira.get(&format!("{BOARD}?order=code")).expect(200)), ["R3-01", "R3-02", "R3-03", "R3-04"]);
    assert_eq!(codes_on(&mira.get(&format!("{BOARD}?q=projekti")).expect(200))[0], "R3-04");
    assert_eq!(codes_on(&mira.get(&format!("{BOARD}?state=proposed")).expect(200)), ["R3-03"]);
}

#[test]
fn the_board_is_the_offices() {
    let world = World::new();
    let arta = titled(&world, "Qendra Rinia (example)", "Zëri");
    for role in [Role::Evaluator, Role::Funder] {
        world.staff("Vera Marku", &[role]).get(BOARD).expect(404);
    }
    arta.get(BOARD).expect(404);
    world.stranger().get(BOARD).expect(303);
    for role in [Role::GrantManager, Role::Director, Role::Auditor, Role::SecondChecker] {
        world.staff("Mira Kola", &[role]).get(BOARD).expect(200);
    }
    world.staff("Mira Kola", &[Role::GrantManager]).get("/pact/rounds/R9/board").expect(404);
}

#[test]
fn a_board_costs_the_same_whatever_is_on_it() {
    let world = World::new();
    let mira = world.staff("Mira Kola", &[Role::GrantManager]);
    titled(&world, "Qendra 1 (example)", "Projekti 1");
    world.at("2017-10-26T09:00");
    actions::on_time(&world.app.desk).unwrap();
    mira.get(BOARD).expect(200);
    let (_, one) = world.statements(|| mira.get(BOARD).expect(200));
    world.at("2017-10-25T12:00");
    for number in 2..8 {
        titled(&world, &format!("Qendra {number} (example)"), "Projekti");
    }
    world.at("2017-10-26T09:00");
    actions::on_time(&world.app.desk).unwrap();
    mira.get(BOARD).expect(200);
    let (_, many) = world.statements(|| mira.get(BOARD).expect(200));
    let (_, search) = world.statements(|| mira.get(&format!("{BOARD}?q=projekti")).expect(200));
    assert_eq!(one, many);
    assert!(many <= 8 && search <= 8, "{many} and {search} statements");
}

#[test]
fn a_letter_that_was_given_up_is_tried_again_and_the_log_says_so() {
    let world = World::new();
    titled(&world, "Qendra Rinia (example)", "Zëri");
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let list = mira.get("/pact/letters").expect(200);
    assert!(!list.texts("table.tbl tbody tr").is_empty());
    let letter: LetterId = world.letters().into_iter().find(|letter| letter.programme_id.is_some()).unwrap().id;
    let page = format!("/pact/letters/{letter}");
    mira.post(&format!("{page}/attempt"), &[]).expect(422);
    world.write(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::letters as t;
        diesel::update(t::table.find(letter))
            .set((t::state.eq(LetterState::Failed), t::attempts.eq(12), t::last_answer.eq(Some("550 no such user"))))
            .execute(conn)
    });
    let row = mira.get("/pact/letters?state=failed").expect(200).text("table.tbl tbody tr");
    assert!(row.contains("Not delivered") && row.contains("550 no such user"), "{row}");
    let failed = mira.get(&page).expect(200);
    assert!(failed.main_text().contains("550 no such user") && failed.has("pre"));
    assert_eq!(mira.get("/pact/letters?state=failed").texts("table.tbl tbody tr").len(), 1);
    let auditor = world.staff("Agim Auditi", &[Role::Auditor]).in_english();
    auditor.post(&format!("{page}/attempt"), &[]).expect(403);
    mira.post(&format!("{page}/attempt"), &[]).expect(303);
    assert!(world.post_letters() >= 1);
    assert_eq!(world.letters().into_iter().find(|one| one.id == letter).unwrap().state, LetterState::Sent);
    let sent = mira.get("/pact/letters?state=sent").expect(200).texts("table.tbl tbody tr");
    assert!(!sent.is_empty() && sent.iter().all(|row| !row.contains(".eml") && row.contains("Sent")), "{sent:?}");
    let log = auditor.get("/pact/log?check=chain").expect(200);
    assert!(log.has(".note.ok") && log.body.contains("Letter sent again"));
}

#[test]
fn the_log_is_read_by_person_object_kind_and_day_in_words() {
    let (grant, contract) = crate::grant::Grant::active();
    let auditor = grant.world.staff("Agim Auditi", &[Role::Auditor]).in_english();
    let rows = |query: &str| auditor.get(&format!("/pact/log{query}")).expect(200).texts("table.tbl tbody tr");
    let all = rows("");
    let about = rows("?about=r3-22");
    assert!(!about.is_empty() && about.len() < all.len() && about.iter().all(|row| row.contains("R3-22")), "{about:?}");
    assert!(about.iter().any(|row| row.contains("Contract signed by the organisation")), "the contract's entries are the application's too");
    let drafted = rows("?kind=contract.drafted");
    assert!(drafted.len() == 1 && drafted[0].contains("Contract drafted") && drafted[0].contains("Amount€15,721.04"), "{drafted:?}");
    let director = grant.world.rows(|conn| {
        use diesel::prelude::*;
        use subgrant::store::schema::people as t;
        t::table.filter(t::name.eq("Drita Leka")).select(t::id).first::<subgrant::kernel::PersonId>(conn)
    });
    let hers = rows(&format!("?who={}", director.unwrap()));
    assert!(!hers.is_empty() && hers.iter().all(|row| row.contains("Drita Leka")), "{hers:?}");
    assert!(rows("?from=2031-01-01").is_empty() && rows("?until=2031-01-01").len() == all.len() && rows("?until=2001-01-01").is_empty());
    let unknown = auditor.get("/pact/log?about=R9-99").expect(200);
    assert!(unknown.text("main").contains("nothing with the code “R9-99”"), "{}", unknown.text("main"));
    let (_, statements) = grant.world.statements(|| auditor.get("/pact/log?about=R3-22&kind=contract.drafted&page=99999").expect(200));
    assert!(statements <= 10, "{statements} statements");
    let _ = contract;
}

#[test]
fn a_day_after_the_last_walk_the_chain_is_walked_again_and_the_page_says_when() {
    let world = World::new();
    titled(&world, "Qendra Rinia (example)", "Zëri");
    let auditor = world.staff("Agim Auditi", &[Role::Auditor]).in_english();
    assert!(auditor.get("/pact/log").expect(200).text("main").contains("has not been checked yet"));
    subgrant::workflow::walk_nightly(&world.app.desk).unwrap();
    let walked = auditor.get("/pact/log").expect(200).text("main").replace('\u{a0}', " ");
    assert!(walked.contains("The whole chain was checked on"), "{walked}");
    let rename = |name: &str| {
        world.write(|conn| {
            use diesel::prelude::*;
            use subgrant::store::schema::events as t;
            diesel::update(t::table.filter(t::seq.eq(2))).set(t::actor_name.eq(name)).execute(conn)
        })
    };
    let was: String = world
        .rows(|conn| {
            use diesel::prelude::*;
            use subgrant::store::schema::events as t;
            t::table.filter(t::seq.eq(2)).select(t::actor_name).first(conn)
        })
        .unwrap();
    rename("Somebody else");
    let before = world.read(subgrant::workflow::last_walk);
    world.at("2017-12-20T09:00");
    subgrant::workflow::walk_nightly(&world.app.desk).unwrap();
    assert_eq!(world.read(subgrant::workflow::last_walk), before, "a broken chain is not noted as whole");
    rename(&was);
}

#[test]
fn the_log_shows_where_the_chain_is_broken_and_only_to_those_who_watch() {
    let world = World::new();
    titled(&world, "Qendra Rinia (example)", "Zëri");
    let auditor = world.staff("Agim Auditi", &[Role::Auditor]);
    let mira = world.staff("Mira Kola", &[Role::Secretary, Role::GrantManager]);
    mira.get("/pact/log").expect(404);
    world.staff("Vera Marku", &[Role::Evaluator]).get("/pact/letters").expect(404);
    assert!(!auditor.get("/pact/log").expect(200).has(".note.ok"), "the chain is walked only when asked");
    let touch = |from: &str, to: &str| {
        world.write(|conn| {
            use diesel::prelude::*;
            use subgrant::store::schema::events as t;
            diesel::update(t::table.filter(t::seq.eq(1)).filter(t::actor_name.eq(from))).set(t::actor_name.eq(to)).execute(conn)
        })
    };
    let name: String = world
        .rows(|conn| {
            use diesel::prelude::*;
            use subgrant::store::schema::events as t;
            t::table.filter(t::seq.eq(1)).select(t::actor_name).first(conn)
        })
        .unwrap();
    touch(&name, "Somebody else");
    assert!(auditor.get("/pact/log?check=chain").expect(200).has(".note.err"));
    touch("Somebody else", &name);
    assert!(auditor.get("/pact/log?check=chain&page=99999").expect(200).has(".note.ok"));
}

#[test]
fn the_board_says_what_the_call_is_doing() {
    use diesel::prelude::*;
    use subgrant::store::schema::rounds;
    let world = World::new();
    let mira = world.staff("Mira Kola", &[Role::Secretary]).in_english();
    let lede = || mira.get(BOARD).expect(200).text(".lede");
    assert!(lede().contains("The call is open until"), "{}", lede());
    world.at("2017-10-26T09:00");
    mira.set_cookie(subgrant::web::SESSION_COOKIE, &world.session(mira.person_id(), true));
    assert!(lede().contains("The call has closed"), "{}", lede());
    assert!(mira.get("/pact/rounds/R3/deadline").expect(200).text(".lede").starts_with("The call closed on"));
    let opens = world.round("R3").opens_at;
    let id = world.round("R3").id;
    world.write(|conn| diesel::update(rounds::table.find(id)).set(rounds::state.eq("draft")).execute(conn));
    assert!(lede().contains("not published yet") && !lede().contains("open until"), "{}", lede());
    world.write(|conn| {
        diesel::update(rounds::table.find(id))
            .set((rounds::state.eq("published"), rounds::opens_at.eq(world.now().plus_days(3)), rounds::closes_at.eq(world.now().plus_days(30))))
            .execute(conn)
    });
    assert!(lede().contains("opens on") && world.round("R3").opens_at > opens, "{}", lede());
}

#[test]
fn whoever_works_in_the_office_begins_with_what_waits_for_them() {
    let (grant, contract) = crate::grant::Grant::active();
    let desk = |who: &Visitor| who.get("/pact/desk").expect(200);
    let page = desk(&grant.manager);
    assert!(page.texts(".tasks li").iter().any(|line| line.starts_with("Payments to approve first")), "{}", page.main_text());
    assert_eq!(page.attributes("a.brand", "href"), ["/pact/desk"]);
    assert!(desk(&grant.director).has(".empty"), "{}", desk(&grant.director).main_text());
    grant.approve(&grant.manager, grant.payments(contract)[0].id).expect(303);
    for (who, line) in [(&grant.director, "Payments to approve second"), (&grant.finance, "Payments to approve second")] {
        let page = desk(who);
        let links = page.attributes(".tasks a", "href");
        assert!(page.text(".tasks").contains(line) && links.contains(&"/pact/payments".to_owned()), "{}", page.main_text());
    }
    let (_, statements) = grant.world.statements(|| desk(&grant.finance));
    assert!(statements <= 11, "{statements}");
    grant.applicant.get("/pact/desk").expect(404);
    assert_eq!(grant.applicant.get("/pact").expect(200).attributes("a.brand", "href"), ["/pact"]);
}
