//! The project: expenses inside the period, indicators with their day, and a report that is decided cost by cost.
use crate::grant::Grant;
use subgrant::contracts::Category;
use subgrant::kernel::{ExpenseId, Money};
use subgrant::reporting::State;

#[test]
fn an_expense_lies_inside_the_period_and_comes_once() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-02-10T10:00");
    assert_eq!(grant.spend(contract, Category::Travel, "2017-10-31", "100,00").status, 422, "before the start");
    assert_eq!(grant.spend(contract, Category::Travel, "2018-02-11", "100,00").status, 422, "tomorrow");
    let none = grant.spend(contract, Category::Travel, "2018-01-05", "no amount").expect(422);
    assert_eq!(none.value_of("supplier"), "Hotel", "what was typed comes back");
    grant.spend(contract, Category::Travel, "2018-01-05", "1.240,50").expect(303);
    let page = grant.applicant.get(&format!("/projects/{contract}")).expect(200);
    assert!(page.main_text().contains("1,240.50"), "{}", page.main_text());

    let line = grant.world.read(|conn| subgrant::contracts::records::lines(conn, contract)).remove(0).id.to_string();
    let id = ExpenseId::new().to_string();
    let twice =
        [("id", id.as_str()), ("line", &line), ("paid_on", "2018-01-06"), ("description", "Paga"), ("supplier", "Arta"), ("voucher", "1"), ("amount", "590")];
    let path = format!("/projects/{contract}/expenses");
    grant.applicant.upload(&path, &twice, ("file", "", vec![])).expect(303);
    grant.applicant.upload(&path, &twice, ("file", "", vec![])).expect(409);
    assert_eq!(grant.world.read(|conn| subgrant::implementation::records::count_expenses(conn, contract)), 2);
}

#[test]
fn others_read_or_find_nothing_and_change_nothing() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-02-10T10:00");
    grant.spend(contract, Category::Travel, "2018-01-05", "100").expect(303);
    let expense = grant.world.read(|conn| subgrant::implementation::records::expenses_page(conn, contract, 1, 0)).remove(0).id;
    let indicator = grant.world.read(|conn| subgrant::implementation::records::indicators_of(conn, contract)).remove(0).id;
    for page in [
        format!("/projects/{contract}"),
        format!("/projects/{contract}/progress"),
        format!("/projects/{contract}/expenses"),
        format!("/expenses/{expense}/voucher"),
    ] {
        grant.stranger.get(&page).expect(404);
        grant.funder.get(&page).expect(200);
        grant.manager.get(&page).expect(200);
    }
    let value = [("value", "34"), ("women", "20"), ("measured_on", "2018-02-01")];
    let record = format!("/projects/{contract}/indicators/{indicator}");
    grant.stranger.post(&record, &value).expect(404);
    grant.funder.post(&record, &value).expect(403);
    grant.applicant.post(&record, &[("value", "34"), ("women", "40"), ("measured_on", "2018-02-01")]).expect(422);
    grant.applicant.post(&record, &value).expect(303);
    let removal = format!("/projects/{contract}/expenses/{expense}/removal");
    grant.funder.post(&removal, &[]).expect(403);
    grant.stranger.post(&removal, &[]).expect(404);
    grant.applicant.post(&removal, &[]).expect(303);
}

#[test]
fn an_activity_is_told_and_late_ones_show() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-02-10T10:00");
    let activity = grant.world.read(|conn| subgrant::implementation::records::activities_of(conn, contract)).remove(0);
    let path = format!("/projects/{contract}/activities/{}", activity.id);
    grant.applicant.post(&path, &[("version", "1"), ("state", "done"), ("done_on", "")]).expect(422);
    grant.applicant.post(&path, &[("version", "1"), ("state", "done"), ("done_on", "2018-02-09")]).expect(303);
    grant.applicant.post(&path, &[("version", "1"), ("state", "running")]).expect(409);
}

#[test]
fn a_report_is_returned_and_then_accepted_in_part() {
    let (grant, contract) = Grant::active();
    // Not long before: a session that nobody uses for weeks is over.
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::Travel, "2018-01-05", "300,00").expect(303);
    grant.spend(contract, Category::OtherCosts, "2018-03-05", "5000,00").expect(303);
    let report = grant.report(contract).id;
    let early = grant.submit(report).expect(422);
    assert!(early.body.contains("Begin earlier."), "what was typed comes back");
    grant.world.at("2018-09-05T10:00");
    grant.stranger.get(&format!("/reports/{report}")).expect(404);
    grant.stranger.post(&format!("/reports/{report}/submission"), &[]).expect(404);
    let submitted = grant.submit(report).expect(303);
    assert_eq!(submitted.location, Some(format!("/reports/{report}")));
    assert_eq!(grant.report(contract).state, State::Submitted);
    assert_eq!(grant.report(contract).declared, Money::cents(530_000));
    grant.submit(report).expect(422);

    let version = || grant.report(contract).version.to_string();
    grant.funder.post(&format!("/reports/{report}/return"), &[("version", &version()), ("question", "Why?")]).expect(403);
    grant.finance.post(&format!("/reports/{report}/return"), &[("version", &version()), ("question", "")]).expect(422);
    grant.finance.post(&format!("/reports/{report}/return"), &[("version", &version()), ("question", "Which hotel?")]).expect(303);
    assert!(grant.world.letters_to(&grant.applicant).last().unwrap().text_body.contains("Which hotel?"));
    grant.submit(report).expect(303);

    let costs = grant.world.read(|conn| {
        let report = subgrant::reporting::records::by_id(conn, report)?;
        subgrant::reporting::records::expenses_of(conn, &report)
    });
    let (accepted, reason) = (format!("accepted-{}", costs[0].id), format!("reason-{}", costs[0].id));
    let decision = format!("/reports/{report}/decision");
    grant.finance.post(&decision, &[("version", &version()), (&accepted, "100,00")]).expect(422);
    grant.finance.post(&decision, &[("version", &version()), (&accepted, "100,00"), (&reason, "no-voucher")]).expect(303);
    let decided = grant.report(contract);
    assert_eq!((decided.state, decided.accepted), (State::Partly, Money::cents(510_000)));
    let letter = grant.world.letters_to(&grant.applicant).pop().unwrap();
    assert_eq!(letter.code, "E24");
    assert!(letter.text_body.contains("5\u{a0}100,00\u{a0}€") && letter.text_body.contains("Pa dokument justifikues"), "{}", letter.text_body);
    grant.finance.post(&decision, &[("version", &version())]).expect(422);
}

#[test]
fn the_report_is_called_to_mind_once_a_time() {
    let (grant, _) = Grant::active();
    let reminders = || grant.world.letters_to(&grant.applicant).iter().filter(|letter| letter.code == "E23").count();
    for (at, expected) in [("2018-08-30T10:00", 0), ("2018-08-31T10:00", 1), ("2018-08-31T15:00", 1), ("2018-09-23T10:00", 2), ("2018-10-07T10:00", 3)] {
        grant.world.at(at);
        grant.world.wait(subgrant::worker::look_at_clocks(&grant.world.app.desk)).unwrap();
        assert_eq!(reminders(), expected, "{at}");
    }
}

#[test]
fn entered_reported_and_accepted_are_the_same_three_words_and_sums_everywhere() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::Travel, "2018-01-05", "300,00").expect(303);
    grant.spend(contract, Category::OtherCosts, "2018-03-05", "5000,00").expect(303);
    let project = format!("/projects/{contract}");
    let expenses = format!("{project}/expenses");
    let sums = |path: &str| {
        let page = grant.applicant.get(path).expect(200);
        let foot = page.texts("tfoot tr:first-child td.n");
        assert!(!page.text("main").contains("Spent") && page.text("main").contains("Entered"), "{}", page.text("main"));
        foot[1..4].to_vec()
    };
    assert_eq!(sums(&project), ["5,300.00", "0.00", "0.00"]);
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract).id;
    grant.submit(report).expect(303);
    assert_eq!(sums(&project), ["5,300.00", "5,300.00", "0.00"]);
    let travel = grant.world.read(|conn| subgrant::implementation::records::expenses_page(conn, contract, 10, 0)).pop().unwrap().id;
    let (accepted, reason) = (format!("accepted-{travel}"), format!("reason-{travel}"));
    let version = grant.report(contract).version.to_string();
    let decision = [("version", version.as_str()), (&accepted, "100,00"), (&reason, "no-voucher")];
    grant.finance.post(&format!("/reports/{report}/decision"), &decision).expect(303);
    for path in [&project, &expenses] {
        let sums = sums(path);
        assert!(sums[0].starts_with("5,300.00") && sums[0].contains("200.00 not accepted"), "{sums:?}");
        assert_eq!(sums[1..], ["5,300.00", "5,100.00"]);
    }
    // The figure at the top is named for what it is: what uses the budget up, not all that was entered.
    let tile = grant.applicant.get(&project).expect(200).texts(".figs > div").swap_remove(1);
    assert!(tile.starts_with("Budget used") && tile.contains("€5,100.00 at") && tile.contains("Entered €5,300.00, of it €200.00 not accepted"), "{tile}");
    let lines = grant.applicant.get(&expenses).expect(200).texts("table:last-of-type tbody tr");
    assert!(lines.iter().any(|line| line.contains("300.00") && line.contains("100.00")), "{lines:?}");
}

#[test]
fn a_figure_leads_to_its_voucher_its_fingerprint_and_who_decided() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::Travel, "2018-01-05", "300,00").expect(303);
    let expense = grant.world.read(|conn| subgrant::implementation::records::expenses_page(conn, contract, 1, 0)).remove(0);
    let (address, sha256) = (format!("/expenses/{}", expense.id), expense.sha256.clone().unwrap());
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract);
    grant.submit(report.id).expect(303);
    grant.finance.post(&format!("/reports/{}/decision", report.id), &[("version", &grant.report(contract).version.to_string())]).expect(303);
    grant.stranger.get(&address).expect(404);
    let auditor = grant.world.staff("Agim Auditi", &[subgrant::kernel::Role::Auditor]).in_english();
    let list = auditor.get(&format!("/projects/{contract}/expenses")).expect(200);
    assert!(list.attributes("tbody a", "href").contains(&address));
    let page = auditor.get(&address).expect(200);
    let text = page.text("main");
    for needed in [sha256.as_str(), "Arta Hoxha", "Gent Prifti", "unchanged", "€300.00", "5 September 2018"] {
        assert!(text.replace('\u{a0}', " ").contains(needed), "{needed} is missing in {text}");
    }
    let links = page.attributes("main a", "href");
    for needed in [format!("/expenses/{}/voucher", expense.id), format!("/reports/{}", report.id), format!("/projects/{contract}")] {
        assert!(links.contains(&needed), "{needed} is missing in {links:?}");
    }
    let report = auditor.get(&format!("/reports/{}", report.id)).expect(200);
    assert!(report.text("main").contains("Submitted by Arta Hoxha") && report.text("main").contains("Decided by Gent Prifti"), "{}", report.main_text());
    assert!(report.attributes("tbody a", "href").contains(&address));
    std::fs::write(grant.world.app.files.path(&sha256), b"%PDF-1.4 another").unwrap();
    assert!(auditor.get(&address).expect(200).has(".note.err"), "a file that was exchanged is noticed");
}

#[test]
fn the_project_costs_eight_statements_however_much_is_in_it() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-02-10T10:00");
    for day in ["2018-01-05", "2018-01-06", "2018-01-07"] {
        grant.spend(contract, Category::Travel, day, "100").expect(303);
    }
    let pages = [format!("/projects/{contract}"), format!("/projects/{contract}/expenses"), format!("/projects/{contract}/progress")];
    for page in pages {
        grant.finance.get(&page).expect(200);
        let (_, statements) = grant.world.statements(|| grant.finance.get(&page).expect(200));
        assert!(statements <= 8, "{page}: {statements} statements");
    }
}

#[test]
fn the_list_of_reports_says_what_waits_what_is_late_and_what_comes_soon() {
    let (grant, contract) = Grant::active();
    let list = |who: &crate::Visitor, state: &str| who.get(&format!("/pact/reports{state}")).expect(200);
    let rows = |state: &str| list(&grant.finance, state).texts("tbody tr").len();
    let due = grant.report(contract).due_on;
    assert!(grant.manager.get("/pact/payments").expect(200).attributes("nav.full a", "href").contains(&"/pact/reports".to_owned()));
    assert_eq!((rows(""), rows("?state=late"), rows("?state=soon"), rows("?state=all")), (0, 0, 0, 1));
    for (day, soon, late) in [(due.plus_days(-31), 0, 0), (due.plus_days(-30), 1, 0), (due, 1, 0), (due.plus_days(1), 0, 1)] {
        grant.world.at(&format!("{day}T10:00"));
        grant.finance.set_cookie(subgrant::web::SESSION_COOKIE, &grant.world.session(grant.finance.person_id(), true));
        assert_eq!((rows("?state=soon"), rows("?state=late")), (soon, late), "{day}");
    }
    grant.applicant.set_cookie(subgrant::web::SESSION_COOKIE, &grant.world.session(grant.applicant.person_id(), true));
    grant.submit(grant.report(contract).id).expect(303);
    let waiting = list(&grant.finance, "");
    assert!(waiting.text("tbody tr").contains("Waits for you"), "{}", waiting.main_text());
    assert_eq!((rows("?state=late"), rows("?state=decided")), (0, 0));
    grant.applicant.get("/pact/reports").expect(404);
}

#[test]
fn a_decision_on_many_vouchers_is_written_in_several_sittings_and_is_nobodys_but_the_offices() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::Travel, "2018-01-05", "300,00").expect(303);
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract).id;
    grant.submit(report).expect(303);
    let page = || grant.finance.get(&format!("/reports/{report}")).expect(200);
    let cost = grant.world.read(|conn| subgrant::implementation::records::expenses_page(conn, contract, 1, 0)).remove(0).id;
    let (accepted, reason) = (format!("accepted-{cost}"), format!("reason-{cost}"));
    let base = page().value_of("base");
    let deciding = format!("/reports/{report}/deciding");
    grant.applicant.post(&deciding, &[("base", &base), ("remark", "x")]).expect(403);
    grant.finance.post(&deciding, &[("base", &base), (&accepted, "100,00"), (&reason, ""), ("remark", "Half a rem")]).expect(303);
    let kept = page();
    assert_eq!((kept.value_of(&accepted), kept.value_of("remark")), ("100,00".into(), "Half a rem".into()));
    assert_eq!(grant.report(contract).state, State::Submitted);
    for who in [&grant.applicant, &grant.funder] {
        let (page, json) = (who.get(&format!("/reports/{report}")).expect(200).body, who.get_json(&format!("/reports/{report}")).expect(200).body);
        assert!(!page.contains("Half a rem") && !json.contains("Half a rem"));
        who.get_json(&format!("/reports/{report}/boxes")).expect(404);
    }
    // A colleague who saw it before overwrites nothing unseen, and what is not the same box is merged.
    let both = grant.manager.post(&deciding, &[("base", &base), ("remark", "Mine"), ("question", "Which hotel?")]).expect(409);
    assert!(both.body.contains("Half a rem") && both.value_of("remark") == "Mine", "{}", both.main_text());
    assert_eq!(page().value_of("question"), "Which hotel?");
    // By itself, box by box; and the decision takes what stands there.
    let csrf = grant.finance.csrf();
    let boxes = [("csrf", csrf.as_str()), ("name", reason.as_str()), ("mark", ""), ("text", "no-voucher")];
    grant.finance.post_as_is(&format!("/api/v1/reports/{report}/boxes"), &boxes).expect(200);
    let form = page();
    let fields = form.fields_of(&format!("/reports/{report}/decision"));
    let fields: Vec<(&str, &str)> = fields.iter().filter(|(name, _)| name != "csrf").map(|(name, value)| (name.as_str(), value.as_str())).collect();
    grant.finance.post(&format!("/reports/{report}/decision"), &fields).expect(303);
    assert_eq!((grant.report(contract).state, grant.report(contract).accepted), (State::Partly, Money::cents(10_000)));
    assert_eq!(grant.report(contract).deciding, "{}");
}
