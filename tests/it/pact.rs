//! The fund `pact` with round R3, written straight into the tables.
use crate::World;
use diesel::prelude::*;
use subgrant::calls::RoundState;
use subgrant::kernel::{Instant, Money, ProgrammeId, RoundId};
use subgrant::programmes::Programme;
use subgrant::store::schema::{programmes, rounds};

pub fn programme(world: &World) -> Programme {
    if let Ok(known) = world.store().read(|conn| subgrant::programmes::records::by_slug(conn, "pact")) {
        return known;
    }
    let fund: subgrant::programmes::Terms = toml::from_str(FUND).unwrap();
    let round: subgrant::calls::Terms = toml::from_str(ROUND).unwrap();
    let (id, now) = (ProgrammeId::new(), world.now());
    world.write(|conn| {
        diesel::insert_into(programmes::table)
            .values((
                programmes::id.eq(id),
                programmes::slug.eq("pact"),
                programmes::terms.eq(serde_json::to_string(&fund).unwrap()),
                programmes::imported_at.eq(now),
                programmes::version.eq(1),
            ))
            .execute(conn)?;
        diesel::insert_into(rounds::table)
            .values((
                rounds::id.eq(RoundId::new()),
                rounds::programme_id.eq(id),
                rounds::code.eq("R3"),
                rounds::terms.eq(serde_json::to_string(&round).unwrap()),
                rounds::opens_at.eq(Instant::at_tirane("2017-09-25T09:00").unwrap()),
                rounds::closes_at.eq(Instant::at_tirane("2017-10-25T17:00").unwrap()),
                rounds::envelope.eq(Money::cents(24_000_000)),
                rounds::state.eq(RoundState::Published),
                rounds::published_at.eq(Some(now)),
                rounds::last_serial.eq(0),
                rounds::version.eq(1),
            ))
            .execute(conn)
    });
    world.store().read(|conn| subgrant::programmes::records::by_slug(conn, "pact")).unwrap()
}

const FUND: &str = r#"
name = { sq = "Fondi PACT", en = "PACT Fund" }
full_name = { sq = "Promovimi i aktivizmit qytetar", en = "Promoting civic activism" }
envelope = 600000
planned_grants = 42
most_per_organisation = 30000
municipalities = ["shkoder", "puke", "fushe-arrez", "kukes", "has", "tropoje", "lezhe", "kurbin", "mirdite", "diber", "bulqize", "mat", "klos", "vau-i-dejes", "malesi-e-madhe"]
overall_objective = { sq = "Shoqëri civile më e fortë.", en = "A stronger civil society." }
specific_objective = { sq = "Qeverisje më e hapur.", en = "More open local government." }
invitation = { sq = "Grante për organizatat e veriut.", en = "Grants for organisations of the north." }
explanation = { sq = "Thirrja është e hapur.", en = "The call is open." }
languages = ["sq", "en"]
implementer = { acronym = "ANTTARC", name = { sq = "ANTTARC", en = "ANTTARC" } }
office = { address = "Tiranë", email = "office@example.org" }
[funder]
name = { sq = "Bashkimi Evropian", en = "European Union" }
funded_by = { sq = "Financuar nga Bashkimi Evropian", en = "Funded by the European Union" }
facility = { sq = "Civil Society Facility", en = "Civil Society Facility" }
eu = true
[main_contract]
begins = "2016-01-01"
ends = "2019-12-31"
reporting_margin_days = 60
"#;

const ROUND: &str = r#"
name = { sq = "Raundi 3", en = "Round 3" }
purpose = { sq = "Llogaridhënie vendore.", en = "Local accountability." }
languages = ["sq", "en"]
legal_forms = ["association", "foundation", "center"]
municipalities = ["shkoder", "puke", "fushe-arrez", "kukes", "has", "tropoje", "lezhe", "kurbin", "mirdite", "diber", "bulqize", "mat", "klos", "vau-i-dejes", "malesi-e-madhe"]
most_themes = 3
applications_per_organisation = 1
clarification_days = 5
signature_days = 10
report_days = 30
results_days = 60
questions_days = 21
answers_days = 11
complaint_days = 5
caps = { indirect = 7, reserve = 5, requested = 100 }
themes = [
  { code = "T01", name = { sq = "Monitorimi i bashkive", en = "Monitoring of municipalities" } },
  { code = "T02", name = { sq = "Buxheti me pjesëmarrje", en = "Participatory budgeting" } },
  { code = "T03", name = { sq = "Shërbimet publike", en = "Public services" } },
]
documents = [
  { key = "registration", name = { sq = "Vendimi i regjistrimit", en = "Registration decision" }, required = true, whose = "lead" },
  { key = "statute", name = { sq = "Statuti", en = "Statute" }, required = true, whose = "lead" },
  { key = "partner-declaration", name = { sq = "Deklarata e partnerit", en = "Partner declaration" }, required = true, whose = "partner" },
]
declarations = [
  { key = "truth", wording = { sq = "Të dhënat janë të vërteta.", en = "The information is true." } },
]
checklist = [
  { key = "in-time", machine = "in-time", clarifiable = false, question = { sq = "Erdhi në afat?", en = "Did it arrive in time?" }, reason = { sq = "Erdhi pas afatit.", en = "It arrived after the deadline." } },
  { key = "documents", machine = "documents-present", clarifiable = true, question = { sq = "Janë të gjitha dokumentet?", en = "Are all documents there?" }, reason = { sq = "Mungojnë dokumente.", en = "Documents are missing." } },
]
[[tiers]]
key = "small"
name = { sq = "I vogël", en = "Small" }
at_least = 3000
at_most = 10000
months_at_least = 6
months_at_most = 8
payments = [80, 20]
[[tiers]]
key = "medium"
name = { sq = "I mesëm", en = "Medium" }
at_least = 10000
at_most = 20000
months_at_least = 8
months_at_most = 12
payments = [80, 20]
[grid]
anchors = [{ sq = "Shumë dobët", en = "Very poor" }, { sq = "Dobët", en = "Poor" }, { sq = "Mjaftueshëm", en = "Adequate" }, { sq = "Mirë", en = "Good" }, { sq = "Shumë mirë", en = "Very good" }]
comment_at = [1, 2, 5]
threshold = 60
readers = 2
gap = 15
tie_breaks = ["relevance", "capacity"]
days = 10
[[grid.sections]]
key = "relevance"
name = { sq = "Rëndësia", en = "Relevance" }
threshold = 20
criteria = [
  { key = "need", weight = 4, question = { sq = "Sa i rëndësishëm është projekti?", en = "How relevant is the project?" } },
  { key = "groups", weight = 4, question = { sq = "Sa qartë janë grupet?", en = "How clear are the groups?" } },
]
[[grid.sections]]
key = "capacity"
name = { sq = "Kapaciteti", en = "Capacity" }
criteria = [
  { key = "experience", weight = 6, question = { sq = "Sa përvojë ka?", en = "How much experience?" } },
  { key = "budget", weight = 6, question = { sq = "Sa i saktë është buxheti?", en = "How sound is the budget?" } },
]
"#;
