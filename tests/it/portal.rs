//! The public pages: what a stranger sees, in which language, and what nobody sees yet.
use crate::calls::{PACT, import};
use crate::{Visitor, World, sample};
use diesel::prelude::*;
use subgrant::calls::actions;
use subgrant::contracts::{Contract, State};
use subgrant::kernel::{Actor, ApplicationId, ContractId, Day};
use subgrant::store::schema::contracts;
use subgrant::workflow::perform;

/// The real fund, five days before its third round closes: 2 closed rounds, 1 open.
fn opened(world: &World) {
    world.at("2016-06-01T09:00");
    import(world, PACT).unwrap();
    for code in ["R1", "R2", "R3"] {
        let round = world.round(code);
        perform(&world.app.desk, &Actor::system(), |act| actions::publish(act, round.id)).unwrap();
    }
    world.at("2017-10-20T11:00");
}

fn stranger(world: &World) -> Visitor {
    world.stranger()
}

#[test]
fn the_home_says_what_is_open_how_long_and_in_whose_time() {
    let world = World::new();
    opened(&world);
    let home = stranger(&world).get("/pact?lang=en").expect(200);
    let text = home.text("main");
    assert!(text.contains("5 days left") && text.contains("Closes Wednesday 25 October 2017 at 17:00, Tirana time."), "{text}");
    assert!(text.contains("€5,000–10,000") && text.contains("6–12 months") && text.contains("€125,000"));
    assert!(home.has("svg.map[role=img] title") && home.has("svg.map[role=img] desc"));
    assert!(text.contains("Coalition of Domestic Observers (CC BY-SA 4.0)"));
    world.at("2017-10-25T16:59:59");
    assert!(stranger(&world).get("/pact?lang=en&a").text("main").contains("Closes today"));
    world.at("2017-10-25T17:00:00");
    let closed = stranger(&world).get("/pact?lang=en&b").expect(200);
    let panel = closed.text(".deep").replace('\u{a0}', " ");
    assert!(panel.contains("No call is open") && panel.contains("The applications are being evaluated; the results come by"), "{panel}");
    assert!(closed.attributes("main a", "href").contains(&"/sign-up".to_owned()) && closed.text("main").contains("How to hear of the next call"));
}

#[test]
fn the_language_is_the_one_asked_for_then_the_cookie_then_the_browsers_then_albanian() {
    let world = World::new();
    opened(&world);
    let says = |visitor: &Visitor, path: &str, wish: &str| {
        let answer = visitor.send(visitor.request("GET", path).header("accept-language", wish)).expect(200);
        answer.attributes("html", "lang").concat()
    };
    let visitor = stranger(&world);
    assert_eq!(says(&visitor, "/pact", "de"), "sq");
    assert_eq!(says(&visitor, "/pact", "en-GB,en;q=0.8"), "en");
    assert_eq!(says(&visitor, "/pact?lang=sq", "en"), "sq");
    assert_eq!(visitor.cookie("lang").as_deref(), Some("sq"));
    assert_eq!(says(&visitor, "/pact", "en"), "sq");
    assert_eq!(says(&visitor, "/pact?lang=xx", "en"), "sq");
}

#[test]
fn what_is_not_there_or_not_public_yet_is_not_found() {
    let world = World::new();
    import(&world, PACT).unwrap();
    let visitor = stranger(&world);
    for path in ["/nothing", "/nothing/projects", "/pact/calls/R9", "/pact/calls/R3", "/pact/results/R3", "/pact/projects/R1-22", "/pact/projects/%00"] {
        visitor.get(path).expect(404);
    }
    assert!(!visitor.get("/pact").expect(200).text("main").contains("Raundi 3"), "a draft shows nowhere");
}

#[test]
fn pages_cost_few_statements_and_lists_survive_any_query() {
    let world = World::new();
    opened(&world);
    let visitor = stranger(&world);
    for path in ["/", "/pact", "/pact/calls/R3", "/pact/projects", "/pact/results", "/pact/results/R1"] {
        let (answer, statements) = world.statements(|| visitor.get(path));
        assert!(answer.status == 200 || path == "/", "{path}");
        assert!(statements <= 8, "{path}: {statements} statements");
    }
    for query in ["page=99999", "page=-1", "page=x", "municipality=nowhere&round=R9&tier=huge&theme=T99&state=drafted", "q=%25%5F%27%22%00%5C", "q=a&q=b"] {
        visitor.get(&format!("/pact/projects?{query}")).expect(200);
    }
}

#[test]
fn a_stranger_is_led_to_an_account_and_an_applicant_to_the_form_until_the_deadline() {
    let world = World::new();
    opened(&world);
    let applicant = world.applicant("Arta Hoxha", "Rozafa");
    assert!(stranger(&world).get("/pact/calls/R3").has("a[href='/sign-up?then=/pact/calls/R3/applications']"));
    assert!(applicant.get("/pact/calls/R3").has("form[action='/pact/calls/R3/applications'] input[name=organisation]"));
    world.at("2017-10-25T17:00:00");
    assert!(!applicant.get("/pact/calls/R3").has("form[action='/pact/calls/R3/applications']"));
    let json = stranger(&world).get_json("/pact/calls/R3").expect(200).json();
    assert_eq!(json.get("phase").and_then(|phase| phase.as_str()), Some("closed"));
}

/// A contract for what was submitted, as both signing it would leave it.
fn contract(world: &World, application: ApplicationId, state: State) {
    let application = world.read(|conn| subgrant::applications::records::by_id(conn, application));
    let (day, now) = ("2018-01-01".parse::<Day>().unwrap(), world.now());
    let contract = Contract {
        id: ContractId::new(),
        application_id: application.id,
        programme_id: application.programme_id,
        round_id: application.round_id,
        organisation_id: application.organisation_id,
        organisation_name: application.organisation_name,
        code: application.code.unwrap(),
        title: application.title,
        search: application.search,
        tier: application.tier,
        municipality: application.municipality,
        theme: application.theme,
        state,
        starts_on: day,
        ends_on: day.plus_months(8).plus_days(-1),
        months: application.months,
        amount: application.requested,
        total: application.total,
        drafted_by: application.created_by,
        drafted_at: now,
        sent_at: None,
        due_on: None,
        reminded_at: None,
        active_at: None,
        closed_at: None,
        content: "{}".into(),
        sha256: String::new(),
        version: 1,
    };
    world.write(|conn| diesel::insert_into(contracts::table).values(&contract).execute(conn));
}

#[test]
fn a_signed_project_is_public_with_its_results_and_numbered_activities_and_a_draft_contract_is_not() {
    let world = World::new();
    let (one, _) = sample::submitted(&world, &world.applicant("Arta Hoxha", "Rozafa"));
    let (two, _) = sample::submitted(&world, &world.applicant("Besnik Leka", "Qendra Pukë"));
    contract(&world, one, State::Active);
    contract(&world, two, State::Sent);
    let visitor = stranger(&world).in_english();
    let list = visitor.get("/pact/projects").expect(200);
    assert!(list.has("a[href='/pact/projects/R3-01']") && !list.has("a[href='/pact/projects/R3-02']"));
    for (query, found) in
        [("q=ROZAFA", true), ("q=Rozafa+governance", true), ("q=puke+rozafa", false), ("state=closed", false), ("state=active&round=R3", true)]
    {
        assert_eq!(visitor.get(&format!("/pact/projects?{query}")).has("a[href='/pact/projects/R3-01']"), found, "{query}");
    }
    visitor.get("/pact/projects/R3-02").expect(404);
    let (sheet, statements) = world.statements(|| visitor.get("/pact/projects/R3-01"));
    assert!(statements <= 8, "{statements}");
    let text = sheet.expect(200).text("main");
    for words in
        ["Implemented by", "Rozafa", "(partner)", "Overall objective", "Expected results", "Target groups", "Final beneficiaries", "1.1", "Running", "7,720.00"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let json = visitor.get_json("/pact/projects/R3-01").expect(200).json();
    assert_eq!(json.get("code").and_then(|code| code.as_str()), Some("R3-01"));
    let home = visitor.get("/pact").expect(200);
    assert!(home.text("main").contains("1 project in 1 of 15 municipalities"), "{}", home.text("main"));
}

#[test]
fn only_who_may_apply_is_asked_to_begin_or_to_go_on() {
    let world = World::new();
    world.pact();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let evaluator = world.staff("Dr. A. Dervishi", &[subgrant::kernel::Role::Evaluator]).in_english();
    for (who, begins, goes_on) in [(&world.stranger(), true, false), (&arta, true, true), (&evaluator, false, false)] {
        assert_eq!(who.get("/pact/calls/R3").expect(200).has(".first-step a"), begins);
        assert_eq!(who.get("/pact").expect(200).has("main a[href='/applications']"), goes_on);
    }
}

#[test]
fn every_page_leads_to_help_and_to_what_is_kept_about_people() {
    let world = World::new();
    let office = world.pact().terms.office.email;
    for visitor in [world.stranger(), world.stranger().in_english()] {
        let foot = visitor.get("/pact").expect(200).attributes("footer a", "href");
        for page in ["/help", "/privacy"] {
            assert!(foot.iter().any(|to| to == page), "{foot:?}");
            assert!(visitor.get(page).expect(200).text("main").contains(&office), "{page}");
        }
    }
}

#[test]
fn the_list_of_projects_is_a_file_too_with_the_same_choices_and_no_formulas() {
    let (grant, contract) = crate::grant::Grant::active();
    grant.world.write(|conn| diesel::update(contracts::table.find(contract)).set(contracts::title.eq("=HYPERLINK(\"http://x\")")).execute(conn));
    let visitor = stranger(&grant.world);
    let page = visitor.get("/pact/projects?lang=en&q=didck").expect(200);
    let link = page.attributes("main a", "href").into_iter().find(|link| link.starts_with("/pact/projects.csv")).unwrap();
    assert!(link.contains("q=didck"), "{link}");
    let csv = visitor.get(&link).expect(200);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    let lines: Vec<&str> = csv.body.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("Title") && lines[1].contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && lines[1].contains("15721.04"), "{lines:?}");
    assert!(visitor.get("/pact/projects.csv?lang=sq").expect(200).body.contains("Titulli"));
    assert_eq!(visitor.get("/pact/projects.csv?lang=en&q=nowhere").expect(200).body.trim_end().split("\r\n").count(), 1, "the filter holds for the file");
}

#[test]
fn the_deadline_goes_into_peoples_calendars() {
    let world = World::new();
    opened(&world);
    let visitor = world.stranger();
    let link = visitor.get("/pact/calls/R3?lang=en").expect(200).attributes("main a", "href").into_iter().find(|link| link.ends_with(".ics")).unwrap();
    let file = visitor.get(&link).expect(200);
    assert!(file.header("content-type").unwrap().starts_with("text/calendar"));
    // 17:00 in Tirana, in summer time.
    assert!(file.body.contains("DTSTART:20171025T150000Z\r\n"), "{}", file.body);
    assert!(file.body.starts_with("BEGIN:VCALENDAR\r\n") && file.body.ends_with("END:VCALENDAR\r\n"));
    visitor.get("/pact/calls/R9/deadline.ics").expect(404);
}

#[test]
fn whether_one_may_apply_is_answered_before_there_is_an_account() {
    let world = World::new();
    opened(&world);
    let visitor = world.stranger();
    assert!(visitor.get("/pact/calls/R3?lang=en").expect(200).has("a[href='/pact/calls/R3/self-check']"));
    let asked = visitor.get("/pact/calls/R3/self-check?lang=en").expect(200);
    assert!(!asked.has("#answers"), "nothing was asked yet");
    let page = visitor.get("/pact/calls/R3/self-check?legal_form=association&seat=puke&place=kukes&amount=8.500&months=10").expect(200);
    assert!(page.text("#answers").contains("Nothing speaks against it") && page.text("#answers").contains("Projects in Kukës may be funded."));
    assert_eq!(page.value_of("amount"), "8.500", "what was typed stays");
    let page = visitor.get("/pact/calls/R3/self-check?seat=vlore&place=vlore&amount=30000").expect(200);
    let text = page.text("#answers");
    assert!(text.contains("Not like this") && text.contains("Vlorë is outside the area of R3") && text.contains("No size of grant fits"), "{text}");
    let wrong = visitor.get("/pact/calls/R3/self-check?amount=shumë").expect(422);
    assert!(wrong.text(".errsum").contains("Write the amount in digits"));
    visitor.get("/pact/calls/R9/self-check").expect(404);
}
