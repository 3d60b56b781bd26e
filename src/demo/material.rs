//! What the demo is made of: who applied with what (`config/demo/pact.toml`), what they say (`config/demo/texts.toml`),
//! and the one project whose published sheet is known, R1-22, word for word.
use super::paper;
use crate::accounts::{LegalForm, Profile, Turnover};
use crate::applications::content::{
    Activity, Budget, BudgetLine, Capacity, Declarations, Description, Heading, Indicator, Logframe, Member, Outcome, Output, PartContent, Partner, Partners,
    Plan, PlanRow, Risk, SimilarProject, Summary,
};
use crate::calls::{Round, Whose};
use crate::kernel::{Money, Quantity, Result, fault};
use crate::programmes::places;
use std::collections::HashMap;

/// An organisation of the demo and the person who writes for it.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationMaterial {
    pub key: String,
    pub name: String,
    pub nipt: String,
    pub legal_form: LegalForm,
    pub municipality: String,
    pub person: String,
    pub email: String,
}

/// An application of the demo.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationMaterial {
    pub round: String,
    /// Its place among those that arrived; none for a draft that was never submitted.
    pub serial: Option<i32>,
    pub organisation: String,
    pub title: String,
    pub tier: String,
    pub amount: Money,
    pub months: i32,
    pub municipalities: Vec<String>,
    pub themes: Vec<String>,
    pub pack: String,
    /// The totals that its readers gave, in their order.
    #[serde(default)]
    pub scores: Vec<i64>,
    /// Did not pass the administrative evaluation.
    #[serde(default)]
    pub rejected: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Applicants {
    organisation: Vec<OrganisationMaterial>,
    application: Vec<ApplicationMaterial>,
}

/// What one kind of project says.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    problem: String,
    target_groups: String,
    beneficiaries: String,
    methodology: String,
    risk: String,
    mitigation: String,
    monitoring: String,
    sustainability: String,
    added_value: String,
    visibility: String,
    summary_sq: String,
    summary_en: String,
    impact: String,
    outcome: String,
    outputs: Vec<PackOutput>,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PackOutput {
    text: String,
    activities: Vec<String>,
    indicator: PackIndicator,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PackIndicator {
    text: String,
    unit: String,
    baseline: String,
    target: String,
    source: String,
    assumption: String,
}

/// All of it.
pub struct Material {
    pub organisations: Vec<OrganisationMaterial>,
    pub applications: Vec<ApplicationMaterial>,
    packs: HashMap<String, Pack>,
}

impl Material {
    /// Reads the demo's files, which are inside the binary.
    ///
    /// # Errors
    /// `Fault` when one of them cannot be read.
    pub fn read() -> Result<Self> {
        let applicants: Applicants = toml::from_str(include_str!("../../config/demo/pact.toml")).map_err(fault)?;
        let packs = toml::from_str(include_str!("../../config/demo/texts.toml")).map_err(fault)?;
        Ok(Self { organisations: applicants.organisation, applications: applicants.application, packs })
    }

    #[must_use]
    pub fn organisation(&self, key: &str) -> Option<&OrganisationMaterial> {
        self.organisations.iter().find(|organisation| organisation.key == key)
    }

    /// Every part of an application, ready to be saved in this order.
    ///
    /// # Errors
    /// `Fault` when the material names a kind of project that there is not.
    pub fn parts(&self, application: &ApplicationMaterial, round: &Round, signer: &str) -> Result<Vec<PartContent>> {
        let project = if application.pack == "R1-22" { r1_22() } else { self.invented(application, round)? };
        Ok(vec![
            PartContent::Partners(project.partners),
            PartContent::Summary(Summary {
                title: application.title.clone(),
                tier: application.tier.clone(),
                themes: application.themes.clone(),
                municipalities: application.municipalities.clone(),
                months: application.months.to_string(),
                // Three months after the deadline, on the first of a month.
                starts_on: jiff::civil::Date::new(round.closes_at.day().plus_months(4).0.year(), round.closes_at.day().plus_months(4).0.month(), 1)
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
                summary_sq: project.summary_sq,
                summary_en: project.summary_en,
            }),
            PartContent::Description(project.description),
            PartContent::Logframe(project.logframe),
            PartContent::Plan(project.plan),
            PartContent::Budget(project.budget),
            PartContent::Capacity(capacity(signer)),
            PartContent::Declarations(Declarations {
                agreed: round.terms.declarations.iter().map(|declaration| declaration.key.clone()).collect(),
                wordings: vec![],
                name: signer.to_owned(),
                position: "Drejtues ekzekutiv".into(),
                conflicts: "Asnjë".into(),
                other_funding: "Asnjë".into(),
            }),
        ])
    }

    fn invented(&self, application: &ApplicationMaterial, round: &Round) -> Result<Project> {
        let pack = self.packs.get(&application.pack).ok_or_else(|| fault(format!("the demo has no texts for {:?}", application.pack)))?;
        let municipality = application.municipalities.first().map_or("", |code| places::name(code));
        let year = round.closes_at.day().0.year();
        let say = |text: &str| text.replace("{municipality}", municipality);
        let logframe = pack.logframe(&say, year);
        Ok(Project {
            partners: Partners::default(),
            summary_sq: say(&pack.summary_sq),
            summary_en: say(&pack.summary_en),
            description: pack.description(&say),
            plan: spread(&logframe, application.months),
            budget: budget_of(application, &logframe),
            logframe,
        })
    }
}

struct Project {
    partners: Partners,
    summary_sq: String,
    summary_en: String,
    description: Description,
    logframe: Logframe,
    plan: Plan,
    budget: Budget,
}

impl Pack {
    fn description(&self, say: &impl Fn(&str) -> String) -> Description {
        Description {
            problem: say(&self.problem),
            target_groups: say(&self.target_groups),
            women: "30".into(),
            men: "30".into(),
            beneficiaries: say(&self.beneficiaries),
            methodology: say(&self.methodology),
            risks: vec![Risk { key: "k1".into(), risk: say(&self.risk), mitigation: say(&self.mitigation) }],
            monitoring: say(&self.monitoring),
            sustainability: say(&self.sustainability),
            added_value: say(&self.added_value),
            visibility: say(&self.visibility),
        }
    }

    fn logframe(&self, say: &impl Fn(&str) -> String, year: i16) -> Logframe {
        let indicator = |key: String, from: &PackIndicator| Indicator {
            key,
            text: say(&from.text),
            unit: from.unit.clone(),
            baseline: from.baseline.clone(),
            baseline_year: year.to_string(),
            target: from.target.clone(),
            target_year: (year + 1).to_string(),
            source: from.source.clone(),
            assumption: from.assumption.clone(),
        };
        let outputs: Vec<Output> = self
            .outputs
            .iter()
            .enumerate()
            .map(|(place, output)| Output {
                key: format!("r{}", place + 1),
                text: say(&output.text),
                indicators: vec![indicator(format!("ri{}", place + 1), &output.indicator)],
                activities: output
                    .activities
                    .iter()
                    .enumerate()
                    .map(|(number, text)| Activity { key: format!("a{}{}", place + 1, number + 1), text: say(text) })
                    .collect(),
            })
            .collect();
        // The last output's figure says whether the outcome was reached, the first one's how far it carried.
        let (first, last) = (self.outputs.first(), self.outputs.last());
        Logframe {
            impact: say(&self.impact),
            impact_indicators: first.map(|output| indicator("ii1".into(), &output.indicator)).into_iter().collect(),
            outcomes: vec![Outcome {
                key: "o1".into(),
                text: say(&self.outcome),
                indicators: last.map(|output| indicator("oi1".into(), &output.indicator)).into_iter().collect(),
            }],
            outputs,
        }
    }
}

/// Activities one after the other, each overlapping the next by a month.
fn spread(logframe: &Logframe, months: i32) -> Plan {
    let activities = logframe.numbered_activities();
    let count = i32::try_from(activities.len()).unwrap_or(1).max(1);
    let rows = activities.iter().zip(0..).map(|((_, activity), place)| {
        let from = 1 + place * (months - 1) / count;
        let until = (1 + (place + 1) * (months - 1) / count).clamp(from, months);
        PlanRow { activity: activity.key.clone(), months: (from..=until).collect(), responsible: "lead".into() }
    });
    Plan { rows: rows.collect() }
}

/// A plausible budget that comes to the amount to the cent: five percent of the direct costs are indirect, and the last line carries the rest.
fn budget_of(application: &ApplicationMaterial, logframe: &Logframe) -> Budget {
    let amount = application.amount.to_cents();
    let indirect = amount * 5 / 105;
    let direct = amount - indirect;
    let months = i64::from(application.months);
    let keys: Vec<String> = logframe.numbered_activities().iter().map(|(_, activity)| activity.key.clone()).collect();
    let wanted: [(Heading, &str, &str, i64, i64); 9] = [
        (Heading::HumanResources, "Koordinator i projektit", "muaj", months, 28),
        (Heading::HumanResources, "Financier me kohë të pjesshme", "muaj", months, 11),
        (Heading::HumanResources, "Trajnerë dhe ekspertë", "ditë", 8, 9),
        (Heading::Travel, "Udhëtime në njësitë administrative", "udhëtim", 20, 5),
        (Heading::Equipment, "Materiale për trajnime", "komplet", 30, 4),
        (Heading::LocalOffice, "Pjesa e qirasë së zyrës", "muaj", months, 6),
        (Heading::LocalOffice, "Telefon, internet, energji", "muaj", months, 3),
        (Heading::OtherCosts, "Salla për forume dhe dëgjesa", "takim", 6, 8),
        (Heading::OtherCosts, "Shtypshkrim i materialeve", "kopje", 500, 12),
    ];
    let mut left = direct;
    let mut lines: Vec<BudgetLine> = vec![];
    for (heading, description, unit, number, percent) in wanted {
        // Whole tenths of a euro, as people write unit costs.
        let unit_cost = (direct * percent / 100 / number.max(1)) / 10 * 10;
        left -= unit_cost * number;
        lines.push(line(lines.len(), heading, description, unit, Quantity::cents(number * 100), Money::cents(unit_cost), &keys));
    }
    let place = lines.len();
    lines.push(line(place, Heading::OtherCosts, "Materiale për dukshmërinë e BE-së", "paketë", Quantity::cents(100), Money::cents(left), &keys));
    Budget { lines, indirect: Money::cents(indirect).decimal().to_string(), ..Budget::default() }
}

fn line(place: usize, heading: Heading, description: &str, unit: &str, number: Quantity, unit_cost: Money, activities: &[String]) -> BudgetLine {
    BudgetLine {
        key: format!("l{}", place + 1),
        heading,
        description: description.into(),
        unit: unit.into(),
        number: number.decimal().normalize().to_string(),
        unit_cost: unit_cost.decimal().to_string(),
        activity: activities.get(place % activities.len().max(1)).cloned().unwrap_or_default(),
        spender: "lead".into(),
        justification: String::new(),
    }
}

fn capacity(person: &str) -> Capacity {
    Capacity {
        projects: vec![SimilarProject {
            key: "s1".into(),
            title: "Nisma qytetare për transparencë (example)".into(),
            donor: "Fond lokal (example)".into(),
            amount: "6 500".into(),
            years: "2014–2015".into(),
            role: "Zbatues".into(),
        }],
        team: vec![
            Member { key: "t1".into(), name: person.into(), role: "Koordinim".into(), time: "50".into() },
            Member { key: "t2".into(), name: "Financier i jashtëm".into(), role: "Financa".into(), time: "20".into() },
        ],
    }
}

/// The profile of an organisation of the demo.
#[must_use]
pub fn profile(organisation: &OrganisationMaterial) -> Profile {
    let women = u32::from(organisation.nipt.as_bytes().get(7).copied().unwrap_or(b'0') - b'0');
    Profile {
        name_en: organisation.name.clone(),
        registration: "Vendim i Gjykatës së Rrethit Gjyqësor Tiranë".into(),
        registered_on: "2009-05-14".into(),
        address: format!("Lagjja nr. 2, {}", places::name(&organisation.municipality)),
        postcode: "8500".into(),
        active_in: vec![organisation.municipality.clone()],
        phone: "+355 69 000 0000".into(),
        email: organisation.email.clone(),
        website: String::new(),
        representative: organisation.person.clone(),
        representative_position: "Drejtues ekzekutiv".into(),
        representative_email: organisation.email.clone(),
        contact: organisation.person.clone(),
        contact_email: organisation.email.clone(),
        contact_phone: "+355 69 000 0000".into(),
        mission: "Nxisim qytetarët të marrin pjesë në vendimmarrjen vendore dhe të kërkojnë llogari.".into(),
        staff_women: (women + 1).to_string(),
        staff_men: "2".into(),
        volunteers: "12".into(),
        members: "35".into(),
        board_women: "3".into(),
        board_men: "2".into(),
        turnover: vec![Turnover { year: "2014".into(), euros: "18 400".into() }, Turnover { year: "2015".into(), euros: "21 750".into() }],
        donors: "Fonde lokale dhe ambasada".into(),
        finances: "Kontabiliteti mbahet nga një ekonomist i licencuar; auditimi i fundit i jashtëm në vitin 2015.".into(),
        vat_registered: false,
    }
}

/// The papers that the round asks for, as small PDF files: document key, file name, bytes.
#[must_use]
pub fn papers(round: &Round, organisation: &OrganisationMaterial, partners: &[Partner]) -> Vec<(String, String, Vec<u8>)> {
    let mut papers = vec![];
    for document in round.terms.documents.iter().filter(|document| document.required) {
        let whose: Vec<(String, &str)> = match document.whose {
            Whose::Lead => vec![(document.key.clone(), &organisation.name)],
            Whose::Partner => partners.iter().map(|partner| (format!("{}.{}", document.key, partner.key), partner.name.as_str())).collect(),
        };
        for (key, name) in whose {
            papers.push((key, format!("{}.pdf", document.key), paper::pdf(&[&document.name.sq, name, &organisation.nipt, &round.code])));
        }
    }
    papers
}

/// The project sheet of R1-22 as it was published; its budget lines, months and indicators are invented, its total is real.
fn r1_22() -> Project {
    let logframe = r1_22_logframe();
    Project {
        partners: Partners {
            partners: vec![Partner {
                key: "p1".into(),
                name: "Society for Democratic Culture, Kukës Branch".into(),
                nipt: "K61505022G".into(),
                municipality: "kukes".into(),
                representative: "Valbona Gjoka".into(),
                email: "office@sdc-kukes.example".into(),
                role: "Surveys, focus groups and the satisfaction survey; recruits the surveyors.".into(),
            }],
        },
        summary_sq: "Projekti nxit përfshirjen e organizatave të bazës për transparencë, llogaridhënie dhe luftë kundër korrupsionit në nivel vendor, me autoritetet dhe këshillin bashkiak të Kukësit.".into(),
        summary_en: "The project promotes and supports the engagement of grassroots organizations in ensuring transparency, accountability and anti-corruption at local level with Municipal authorities and municipal council.".into(),
        description: r1_22_description(),
        plan: r1_22_plan(&logframe),
        budget: r1_22_budget(),
        logframe,
    }
}

fn r1_22_description() -> Description {
    Description {
        problem: "Citizens of Kukës Municipality seldom take part in planning and budgeting, and the municipality has no regular way to hear how they see its services.".into(),
        target_groups: "15-20 Kukës Municipality staff and Municipal Council Members. Civil society actors (active citizens, CSO and non-formal civic initiatives) operating in Kukës Municipality and the Kukës Region.".into(),
        women: "20".into(),
        men: "20".into(),
        beneficiaries: "Citizens of Kukës Municipality receiving better public services from their municipality as a result of better planning, budgeting and more transparent management of tax payers money by their LGU.".into(),
        methodology: "A survey of citizens' perception and focus groups show where people stand; trainings prepare civil servants and organisations; a bilateral structure for dialogue agrees on concrete actions; a second survey measures what changed.".into(),
        risks: vec![Risk { key: "k1".into(), risk: "Council members change during the project.".into(), mitigation: "The bilateral structure has deputies from both sides.".into() }],
        monitoring: "The coordinator measures the indicators each quarter; both surveys use the same questions.".into(),
        sustainability: "The bilateral structure for dialogue and the manual remain in use after the project.".into(),
        added_value: "Half of the surveyors and of the people asked are women; all administrative units are covered.".into(),
        visibility: "EU emblem and disclaimer on the manual, the reports and at every event.".into(),
    }
}

#[expect(clippy::too_many_lines, reason = "a published text, word for word")]
fn r1_22_logframe() -> Logframe {
    let results: [(&str, &[&str]); 3] = [
        (
            "Society actors at local level have increased their knowledge and skills in engaging more citizens to contribute to good governance in Kukës Municipality;",
            &[
                "Identification and selection of civil society actors to benefit by/cooperate with the project.",
                "Development and completion of the Citizen Perception questionnaire.",
                "Organization of Focus group Discussions (FGD).",
                "Organization of Focus group Discussions (FGD)",
                "Organization of the round table / sharing findings of the report",
            ],
        ),
        (
            "Civil actors are empowered and participate proactively in making local governments more accountable by applying citizen-led accountable local governance.",
            &[
                "Thematic / demand driven training for civil servants on “good governance principles and innovative ways to improve public service delivery”.",
                "Thematic trainings (2) for civil society organizations on advocacy tools to improve governance at local level and public service delivery.",
                "Establishment of the bilateral structure for dialogue and cooperation for accountable governance at local level.",
            ],
        ),
        (
            "Kukës Municipality is more accountable to its citizens and providing continuously better services as a result of the participation of civil society actors in governance.",
            &[
                "Meetings / workshops on developing and adopting concrete actions on accountability mechanisms / fighting corruption.",
                "Develop a manual for civil society actors’ engagement in citizen-led accountable governance at local level.",
                "Satisfaction survey on citizen perception relating local public services.",
                "Closing conference.",
            ],
        ),
    ];
    let indicators: [&[(&str, &str, &str, &str)]; 3] = [
        &[
            ("Civil-society actors trained", "persons", "0", "40"),
            ("Citizens asked for their view", "persons", "0", "400"),
            ("Focus group discussions held", "discussions", "0", "8"),
        ],
        &[("Municipal staff and council members trained", "persons", "0", "20"), ("Meetings of the bilateral structure", "meetings", "0", "6")],
        &[("Accountability actions adopted by the municipality", "actions", "0", "3"), ("Citizens satisfied with services", "%", "31", "40")],
    ];
    let indicator = |key: String, (text, unit, baseline, target): (&str, &str, &str, &str)| Indicator {
        key,
        text: text.into(),
        unit: unit.into(),
        baseline: baseline.into(),
        baseline_year: "2016".into(),
        target: target.into(),
        target_year: "2017".into(),
        source: "Project records, survey reports".into(),
        assumption: "The municipality takes part in every step.".into(),
    };
    let outputs = results.iter().zip(indicators).zip(1..).map(|(((text, activities), indicators), number)| Output {
        key: format!("r{number}"),
        text: (*text).into(),
        indicators: indicators.iter().zip(1..).map(|(from, place)| indicator(format!("ri{number}{place}"), *from)).collect(),
        activities: activities.iter().zip(1..).map(|(text, place)| Activity { key: format!("a{number}{place}"), text: (*text).into() }).collect(),
    });
    Logframe {
        impact: "To promote good governance that is transparent, accountable to its citizens and inclusive at the local level by building and further strengthening the awareness and expertise of civil society actors to engage proactively with the local authorities to enable good governance.".into(),
        impact_indicators: vec![indicator("ii1".into(), ("Citizens who trust that the municipality answers", "%", "28", "35"))],
        outcomes: vec![Outcome {
            key: "o1".into(),
            text: "To promote and support the engagement of grassroots organizations in ensuring transparency, accountability and anti-corruption at local level with Municipal authorities and municipal council.".into(),
            indicators: vec![indicator("oi1".into(), ("Proposals of organisations taken up by the council", "proposals", "0", "5"))],
        }],
        outputs: outputs.collect(),
    }
}

fn r1_22_plan(logframe: &Logframe) -> Plan {
    let months: [(i32, i32); 12] = [(1, 1), (1, 2), (2, 3), (3, 4), (5, 5), (5, 6), (6, 7), (6, 10), (7, 9), (5, 6), (9, 9), (10, 10)];
    let rows = logframe.numbered_activities().into_iter().zip(months).map(|((number, activity), (from, until))| PlanRow {
        activity: activity.key.clone(),
        months: (from..=until).collect(),
        // The partner runs the surveys and the focus groups.
        responsible: if ["1.2", "1.3", "1.4", "3.3"].contains(&number.as_str()) { "p1".into() } else { "lead".into() },
    });
    Plan { rows: rows.collect() }
}

fn r1_22_budget() -> Budget {
    let lines: [(Heading, &str, &str, &str, &str, &str); 16] = [
        (Heading::HumanResources, "Project coordinator", "month", "10", "280.00", "a11"),
        (Heading::HumanResources, "Finance officer, part-time", "month", "10", "130.00", "a31"),
        (Heading::HumanResources, "Trainers and experts", "day", "12", "110.00", "a21"),
        (Heading::HumanResources, "Facilitators of focus groups", "session", "8", "60.00", "a13"),
        (Heading::Travel, "Travel to administrative units", "trip", "36", "18.50", "a14"),
        (Heading::Travel, "Daily allowance, surveyors", "day", "20", "21.00", "a12"),
        (Heading::Equipment, "Laptop", "piece", "1", "640.00", "a12"),
        (Heading::Equipment, "Training materials", "set", "60", "6.20", "a22"),
        (Heading::LocalOffice, "Share of office rent", "month", "10", "85.00", "a23"),
        (Heading::LocalOffice, "Telephone, internet, power", "month", "10", "42.00", "a23"),
        (Heading::OtherCosts, "Citizen perception survey", "questionnaire", "400", "3.10", "a12"),
        (Heading::OtherCosts, "Satisfaction survey", "questionnaire", "400", "2.60", "a33"),
        (Heading::OtherCosts, "Manual: design and print", "copy", "300", "4.20", "a32"),
        (Heading::OtherCosts, "Rooms for round table and workshops", "event", "8", "135.00", "a15"),
        (Heading::OtherCosts, "Closing conference", "event", "1", "760.00", "a34"),
        (Heading::OtherCosts, "EU visibility materials", "set", "8", "5.63", "a31"),
    ];
    let lines = lines.iter().zip(1..).map(|((heading, description, unit, number, unit_cost, activity), place)| BudgetLine {
        key: format!("l{place}"),
        heading: *heading,
        description: (*description).into(),
        unit: (*unit).into(),
        number: (*number).into(),
        unit_cost: (*unit_cost).into(),
        activity: (*activity).into(),
        spender: "lead".into(),
        justification: String::new(),
    });
    Budget { lines: lines.collect(), indirect: "1028.00".into(), ..Budget::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r1_22_comes_to_the_published_total() {
        let budget = r1_22_budget();
        let direct: Money = budget.lines.iter().map(BudgetLine::total).sum();
        assert_eq!(direct + Money::typed(&budget.indirect).unwrap(), Money::cents(1_572_104));
    }

    #[test]
    fn every_invented_organisation_and_project_says_so_and_every_budget_meets_its_amount() {
        let material = Material::read().unwrap();
        for organisation in material.organisations.iter().filter(|organisation| organisation.key != "didck") {
            assert!(organisation.name.ends_with("(example)"), "{}", organisation.name);
        }
        for application in material.applications.iter().filter(|application| application.pack != "R1-22") {
            assert!(application.title.ends_with("(example)"), "{}", application.title);
            assert!(material.organisation(&application.organisation).is_some());
            let logframe = Logframe { outputs: vec![Output { activities: vec![Activity::default()], ..Output::default() }], ..Logframe::default() };
            let budget = budget_of(application, &logframe);
            let total: Money = budget.lines.iter().map(BudgetLine::total).sum::<Money>() + Money::typed(&budget.indirect).unwrap();
            assert_eq!(total, application.amount, "{}", application.title);
        }
    }

    /// What the people of the demo write is complete: the product's own rule finds nothing to say.
    #[test]
    fn every_application_could_be_submitted() {
        let material = Material::read().unwrap();
        let file = crate::calls::file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).map_err(drop).unwrap();
        let mut wrong = std::collections::BTreeSet::new();
        for application in &material.applications {
            let parsed = file.rounds.iter().find(|round| round.code == application.round).unwrap();
            let round = Round {
                id: crate::kernel::RoundId::new(),
                programme_id: crate::kernel::ProgrammeId::new(),
                code: parsed.code.clone(),
                terms: parsed.terms.clone(),
                opens_at: parsed.opens_at,
                closes_at: parsed.closes_at,
                envelope: parsed.envelope,
                state: crate::calls::RoundState::Published,
                published_at: Some(parsed.opens_at),
                version: 1,
            };
            let organisation = material.organisation(&application.organisation).unwrap();
            let mut whole = whole_file(organisation);
            for part in material.parts(application, &round, &organisation.person).unwrap() {
                match part {
                    PartContent::Partners(part) => whole.partners = part,
                    PartContent::Summary(part) => whole.summary = part,
                    PartContent::Description(part) => whole.description = part,
                    PartContent::Logframe(part) => whole.logframe = part,
                    PartContent::Plan(part) => whole.plan = part,
                    PartContent::Budget(part) => whole.budget = part,
                    PartContent::Capacity(part) => whole.capacity = part,
                    PartContent::Declarations(part) => whole.declarations = part,
                }
            }
            for (document, name, bytes) in papers(&round, organisation, &whole.partners.partners) {
                let bytes = i64::try_from(bytes.len()).unwrap();
                whole.attachments.push(crate::applications::content::AttachmentNote { document, name, bytes, sha256: String::new() });
            }
            let short = crate::applications::rules::shortfalls(&whole, &round, parsed.opens_at.plus_days(1));
            wrong.extend(short.into_iter().map(|reason| format!("{} {} {}: {}", application.round, application.pack, reason.at, reason.text.en)));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    fn whole_file(organisation: &OrganisationMaterial) -> crate::applications::content::File {
        crate::applications::content::File {
            organisation: crate::applications::content::OrganisationNow {
                nipt: organisation.nipt.clone(),
                name: organisation.name.clone(),
                acronym: String::new(),
                legal_form: organisation.legal_form,
                municipality: organisation.municipality.clone(),
                profile: profile(organisation),
            },
            partners: Partners::default(),
            summary: Summary::default(),
            description: Description::default(),
            logframe: Logframe::default(),
            plan: Plan::default(),
            budget: Budget::default(),
            capacity: Capacity::default(),
            declarations: Declarations::default(),
            attachments: vec![],
        }
    }

    #[test]
    fn the_rounds_are_those_that_were() {
        let material = Material::read().unwrap();
        let arrived = |round: &str| material.applications.iter().filter(|a| a.round == round && a.serial.is_some()).count();
        assert_eq!((arrived("R1"), arrived("R2"), arrived("R3")), (46, 26, 29));
    }
}
