//! The funder's round summary and the files of the same rows.
use crate::{Visitor, World};
use diesel::prelude::*;
use subgrant::kernel::{ApplicationId, ContractId, Day, Instant, Money, OrganisationId, ProgrammeId, Role, RoundId};
use subgrant::store::schema;

struct Made {
    programme: ProgrammeId,
    round: RoundId,
    organisation: OrganisationId,
    by: subgrant::kernel::PersonId,
    now: Instant,
}

/// What Round 1 of PACT came to: 14 grants (4 small, 8 medium, 2 large).
const GRANTS: [(&str, &[&str], i64); 14] = [
    ("small", &["kukes"], 924_000),
    ("small", &["fushe-arrez"], 961_000),
    ("small", &["puke"], 899_000),
    ("small", &["kukes"], 945_500),
    ("medium", &["kukes"], 1_572_104),
    ("medium", &["lezhe"], 1_748_050),
    ("medium", &["puke"], 1_623_600),
    ("medium", &["tropoje"], 1_490_575),
    ("medium", &["has"], 1_531_000),
    ("medium", &["bulqize", "diber", "mat"], 1_712_000),
    ("medium", &["shkoder"], 1_830_000),
    ("medium", &["lezhe"], 1_687_500),
    ("large", &["shkoder"], 2_894_000),
    ("large", &["diber"], 2_765_000),
];

fn application(world: &World, made: &Made, serial: i32, title: &str, (tier, places, cents): (&str, &[&str], i64), status: &str) -> ApplicationId {
    let id = ApplicationId::new();
    world.write(|conn| {
        use schema::applications as t;
        diesel::insert_into(t::table)
            .values((
                (
                    t::id.eq(id),
                    t::programme_id.eq(made.programme),
                    t::round_id.eq(made.round),
                    t::organisation_id.eq(made.organisation),
                    t::organisation_name.eq("Qendra Rinia (example)"),
                    t::tier.eq(tier),
                    t::serial.eq((status == "submitted").then_some(serial)),
                    t::code.eq((status == "submitted").then(|| format!("R3-{serial:02}"))),
                    t::status.eq(status),
                    t::title.eq(title),
                    t::search.eq(""),
                ),
                (
                    t::requested.eq(Money::cents(cents)),
                    t::total.eq(Money::cents(cents)),
                    t::months.eq(10),
                    t::municipality.eq(places[0]),
                    t::theme.eq("T01"),
                    t::lang.eq("sq"),
                    t::created_by.eq(made.by),
                    t::created_at.eq(made.now),
                    t::changed_at.eq(made.now),
                    t::submitted_at.eq((status == "submitted").then_some(made.now)),
                    t::submissions.eq(1),
                    t::version.eq(1),
                ),
            ))
            .execute(conn)?;
        use schema::application_places as p;
        for (place, position) in places.iter().zip(0..) {
            diesel::insert_into(p::table).values((p::application_id.eq(id), p::municipality.eq(*place), p::position.eq(position))).execute(conn)?;
        }
        Ok(())
    });
    id
}

fn award(world: &World, made: &Made, application: ApplicationId, place: i32, cents: i64) {
    world.write(|conn| {
        use schema::{award_outcomes as o, evaluations as e};
        diesel::insert_into(e::table)
            .values((
                e::application_id.eq(application),
                e::round_id.eq(made.round),
                e::state.eq("final"),
                e::points.eq(Some(8_750i64)),
                e::sections.eq("{}"),
                e::eligible.eq(true),
                e::version.eq(1),
            ))
            .execute(conn)?;
        diesel::insert_into(o::table)
            .values((
                o::application_id.eq(application),
                o::round_id.eq(made.round),
                o::outcome.eq("awarded"),
                o::place.eq(place),
                o::points.eq(Some(8_750i64)),
                o::amount.eq(Money::cents(cents)),
                o::note.eq(""),
            ))
            .execute(conn)
    });
}

fn contract(world: &World, made: &Made, application: ApplicationId, number: i32, cents: i64) {
    let id = ContractId::new();
    let day = |text: &str| text.parse::<Day>().unwrap();
    world.write(|conn| {
        use schema::{contracts as t, payments as p};
        diesel::insert_into(t::table)
            .values((
                (
                    t::id.eq(id),
                    t::application_id.eq(application),
                    t::programme_id.eq(made.programme),
                    t::round_id.eq(made.round),
                    t::organisation_id.eq(made.organisation),
                    t::organisation_name.eq("Qendra Rinia (example)"),
                    t::code.eq(format!("R3-{number:02}")),
                    t::title.eq("x"),
                    t::search.eq(""),
                    t::tier.eq("small"),
                    t::municipality.eq("kukes"),
                    t::theme.eq("T01"),
                ),
                (
                    t::state.eq("active"),
                    t::starts_on.eq(day("2016-11-01")),
                    t::ends_on.eq(day("2017-08-31")),
                    t::months.eq(10),
                    t::amount.eq(Money::cents(cents)),
                    t::total.eq(Money::cents(cents)),
                    t::drafted_by.eq(made.by),
                    t::drafted_at.eq(made.now),
                    t::active_at.eq(Some(made.now)),
                    t::content.eq("{}"),
                    t::sha256.eq(""),
                    t::version.eq(1),
                ),
            ))
            .execute(conn)?;
        for (number, state) in [(1, "confirmed"), (2, "planned")] {
            diesel::insert_into(p::table)
                .values((
                    p::id.eq(subgrant::kernel::PaymentId::new()),
                    p::contract_id.eq(id),
                    p::number.eq(number),
                    p::share.eq(5_000),
                    p::amount.eq(Money::cents(cents / 2)),
                    p::state.eq(state),
                    p::version.eq(1),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

fn round_one(world: &World) -> (Visitor, Made) {
    let arta = world.applicant("Arta", "Qendra Rinia (example)");
    let made = Made { programme: world.pact().id, round: world.round("R3").id, organisation: arta.organisation_id(), by: arta.person_id(), now: world.now() };
    world.write(|conn| {
        use schema::awards as t;
        let row = (
            t::round_id.eq(made.round),
            t::decided_by.eq(made.by),
            t::decided_by_name.eq("D"),
            t::decided_at.eq(made.now),
            t::reasons.eq(""),
            t::envelope.eq(Money::cents(1)),
            t::awarded.eq(Money::cents(1)),
        );
        diesel::insert_into(t::table).values(row).execute(conn)
    });
    for (grant, number) in GRANTS.iter().zip(1..) {
        let id = application(world, &made, number, "Zëri i qytetarëve (example)", *grant, "submitted");
        award(world, &made, id, number, grant.2);
        if number <= 3 {
            contract(world, &made, id, number, grant.2);
        }
    }
    application(world, &made, 15, "=HYPERLINK(\"http://x\")", ("small", &["klos"], 500_000), "submitted");
    application(world, &made, 0, "Draft", ("small", &["mat"], 700_000), "draft");
    (arta, made)
}

fn number(value: &serde_json::Value) -> i64 {
    value.as_i64().unwrap()
}

#[test]
fn fourteen_grants_by_size_municipality_and_county_add_up_to_the_same_sum() {
    let world = World::new();
    round_one(&world);
    let funder = world.staff("Funder", &[Role::Funder]).in_english();
    let address = "/pact/rounds/R3/summary";
    let summary = funder.get_json(address).expect(200).json();
    let granted: i64 = GRANTS.iter().map(|(_, _, cents)| *cents).sum();
    let euros = |value: &serde_json::Value| Money::typed(value.as_str().unwrap()).unwrap().to_cents();
    for breakdown in ["by_tier", "by_county", "by_municipality", "by_theme"] {
        let lines = summary["summary"][breakdown]["lines"].as_array().unwrap();
        assert_eq!(lines.iter().map(|line| number(&line["grants"])).sum::<i64>(), 14, "{breakdown}");
        assert_eq!(lines.iter().map(|line| euros(&line["granted"])).sum::<i64>(), granted, "{breakdown}");
        assert_eq!(lines.iter().map(|line| number(&line["applied"])).sum::<i64>(), 15, "{breakdown}");
    }
    let grants_of = |breakdown: &str, key: &str| {
        let lines = summary["summary"][breakdown]["lines"].as_array().unwrap();
        number(&lines.iter().find(|line| line["key"] == key).unwrap()["grants"])
    };
    assert_eq!([grants_of("by_tier", "small"), grants_of("by_tier", "medium")], [4, 8]);
    assert_eq!([grants_of("by_municipality", "kukes"), grants_of("by_municipality", "bulqize"), grants_of("by_municipality", "mat")], [3, 1, 0]);
    assert_eq!(
        [grants_of("by_county", "Shkodër"), grants_of("by_county", "Kukës"), grants_of("by_county", "Dibër"), grants_of("by_county", "Lezhë")],
        [5, 5, 2, 2]
    );
    let funnel = &summary["summary"]["funnel"];
    assert_eq!((number(&funnel["started"]), number(&funnel["submitted"]), number(&funnel["awarded"]), number(&funnel["contracted"])), (16, 15, 14, 3));
    assert_eq!(euros(&summary["summary"]["total"]["paid"]), (924_000 + 961_000 + 899_000) / 2);

    let page = funder.get(address).expect(200);
    assert_eq!(page.texts("h1").len(), 1);
    assert!(page.has("svg.map"));
    assert!(page.main_text().contains("14 grants in 9 municipalities"), "{}", page.main_text());
    let (_, statements) = world.statements(|| funder.get(address).expect(200));
    assert!(statements <= 10, "{statements} statements, two of them for the session");
}

#[test]
fn the_files_hold_the_same_rows_and_no_formulas() {
    let world = World::new();
    round_one(&world);
    let manager = world.staff("Mira", &[Role::GrantManager]).in_english();
    let csv = manager.get("/pact/rounds/R3/summary.csv").expect(200);
    assert!(csv.body.starts_with('\u{feff}'));
    let all: Vec<&str> = csv.body.lines().filter(|line| line.contains(",All,15,14,")).collect();
    assert_eq!(all.len(), 4, "{}", csv.body);
    assert!(all.iter().all(|line| line.ends_with(all[0].split_once(",All,").unwrap().1)), "{all:?}");

    let csv = manager.get("/pact/rounds/R3/applications.csv").expect(200);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    let lines: Vec<&str> = csv.body.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 16, "a head and fifteen that arrived");
    assert!(lines[0].starts_with('\u{feff}'));
    let medium = lines.iter().find(|line| line.starts_with("R3-05,")).unwrap();
    assert!(medium.contains(",medium,Kukës,Kukës,T01,10,15721.04,15721.04,submitted,"), "{medium}");
    assert_eq!(medium.split(',').count(), 20, "{medium}");
    assert!(medium.contains(",87.50,awarded,15721.04,"), "{medium}");
    assert!(lines[15].contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{}", lines[15]);
}

#[test]
fn every_sum_leads_to_its_grants_costs_and_payments() {
    let (grant, contract) = crate::grant::Grant::active();
    grant.pay(grant.payments(contract)[0].id);
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, subgrant::contracts::Category::Travel, "2018-01-05", "300,00").expect(303);
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract);
    grant.submit(report.id).expect(303);
    grant.finance.post(&format!("/reports/{}/decision", report.id), &[("version", &grant.report(contract).version.to_string())]).expect(303);
    let auditor = grant.world.staff("Agim", &[Role::Auditor]).in_english();
    let page = auditor.get("/pact/rounds/R3/summary").expect(200);
    let links = page.attributes("main a", "href");
    for needed in [format!("/contracts/{contract}"), "#grants".into(), "/pact/rounds/R3/costs.csv".into(), "/pact/rounds/R3/payments.csv".into()] {
        assert!(links.contains(&needed), "{needed} is missing in {links:?}");
    }
    assert!(!page.text("main").contains("Spent"), "accepted costs are called accepted");
    let file = |name: &str| auditor.get(&format!("/pact/rounds/R3/{name}.csv")).expect(200).body;
    let costs = file("costs");
    let sha256 = grant.world.read(|conn| subgrant::implementation::records::expenses_page(conn, contract, 1, 0)).remove(0).sha256.unwrap();
    // What is counted has a file of its own: nothing of it stands under an amount of money.
    let indicators = file("indicators");
    assert!(indicators.starts_with("\u{feff}Indicator,Unit,Baseline,Target,Now,\"Progress, %\",Indicators,Reached,Projects reporting\r\n"), "{indicators}");
    assert!(indicators.lines().count() > 1 && indicators.lines().skip(1).all(|line| line.matches(',').count() >= 8), "{indicators}");
    assert!(!file("summary").contains("Indicators of the projects"));
    assert!(links.contains(&"/pact/rounds/R3/indicators.csv".into()) && page.texts("thead th").contains(&"Baseline".to_owned()));
    for needed in ["R3-22,", ",300.00,300.00,300.00,", "Arta Hoxha", "Gent Prifti", &sha256, "/expenses/"] {
        assert!(costs.contains(needed), "{needed} is missing in {costs}");
    }
    assert!(file("grants").lines().nth(1).unwrap().ends_with("15721.04,12576.83,300.00"), "{}", file("grants"));
    let payments = file("payments");
    assert!(payments.contains("12576.83") && payments.contains("FT17310-0044") && payments.contains("Mira Kola"), "{payments}");
    grant.stranger.get("/pact/rounds/R3/costs.csv").expect(404);
}

#[test]
fn only_those_who_answer_for_the_round_read_it() {
    let world = World::new();
    let (arta, _) = round_one(&world);
    for (roles, summary, applications) in [
        (&[Role::Funder][..], 200, 404),
        (&[Role::Auditor], 200, 200),
        (&[Role::Director], 200, 200),
        (&[Role::GrantManager], 200, 200),
        (&[Role::Secretary], 404, 200),
        (&[Role::Evaluator], 404, 404),
    ] {
        let person = world.staff("Somebody", roles);
        assert_eq!(person.get("/pact/rounds/R3/summary").status, summary, "{roles:?}");
        assert_eq!(person.get("/pact/rounds/R3/summary.csv").status, summary, "{roles:?}");
        assert_eq!(person.get("/pact/rounds/R3/applications.csv").status, applications, "{roles:?}");
    }
    for file in ["summary", "summary.csv", "applications.csv"] {
        assert_eq!(arta.get(&format!("/pact/rounds/R3/{file}")).status, 404);
        assert_eq!(world.stranger().get(&format!("/pact/rounds/R3/{file}")).status, 303, "nobody signs in first");
    }
    assert_eq!(world.staff("Funder", &[Role::Funder]).get("/pact/rounds/R9/summary").status, 404);
}
