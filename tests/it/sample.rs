//! A whole application that lacks nothing, for every test that needs one: the words of R1-22 with a small grant's figures.
//!
//! `sample::draft(&world, &applicant)` writes it through the real actions, `sample::submitted` hands it in too.
use crate::visitor::pdf;
use crate::{Visitor, World};
use subgrant::applications::actions::{self, Paper};
use subgrant::applications::content::{
    Activity, Budget, BudgetLine, Capacity, Declarations, Description, Heading, Indicator, Logframe, Member, Outcome, Output, PartContent, Partner, Partners,
    Plan, PlanRow, Risk, SimilarProject, Summary,
};
use subgrant::applications::{Receipt, rules};
use subgrant::calls::Round;
use subgrant::kernel::{Actor, ApplicationId, Lang, Result};
use subgrant::workflow::{Act, Recorded, perform};

pub const TITLE: &str = "Citizen-led Accountability for Successful Governance";

/// An application of R3 that could be handed in as it stands.
pub fn draft(world: &World, applicant: &Visitor) -> ApplicationId {
    draft_titled(world, applicant, TITLE)
}

pub fn draft_titled(world: &World, applicant: &Visitor, title: &str) -> ApplicationId {
    let (round, actor) = (world.round("R3"), world.actor(applicant));
    let organisation = applicant.organisation_id();
    let application = act(world, &actor, |act| actions::start(act, round.id, organisation, Lang::Sq)).id;
    fill(world, applicant, application, title);
    application
}

/// Writes everything that R3 asks for into a draft.
pub fn fill(world: &World, applicant: &Visitor, application: ApplicationId, title: &str) {
    let (round, actor) = (world.round("R3"), world.actor(applicant));
    for part in parts(&round, title) {
        act(world, &actor, |act| actions::save_part(act, application, part, None));
    }
    let file =
        world.read(|conn| subgrant::applications::records::by_id(conn, application).and_then(|row| subgrant::applications::records::draft_file(conn, &row)));
    for (key, document, _) in rules::papers(&file, &round) {
        if document.required {
            let stored = world.app.files.keep(&pdf(&key)).unwrap();
            let paper = Paper { document: key.clone(), stored, name: format!("{key}.pdf"), media_type: "application/pdf".into() };
            act(world, &actor, |act| actions::attach(act, application, paper));
        }
    }
}

/// The same, handed in.
pub fn submitted(world: &World, applicant: &Visitor) -> (ApplicationId, Receipt) {
    let id = draft(world, applicant);
    let receipt = act(world, &world.actor(applicant), |act| actions::submit(act, id));
    (id, receipt)
}

/// Performs an action that must succeed.
pub fn act<T>(world: &World, actor: &Actor, action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>>) -> T {
    perform(&world.app.desk, actor, action).unwrap()
}

/// Every part, complete, as this round wants it.
pub fn parts(round: &Round, title: &str) -> Vec<PartContent> {
    vec![
        PartContent::Partners(partners()),
        PartContent::Summary(summary(round, title)),
        PartContent::Description(description()),
        PartContent::Logframe(logframe()),
        PartContent::Plan(plan()),
        PartContent::Budget(budget()),
        PartContent::Capacity(capacity()),
        PartContent::Declarations(declarations(round)),
    ]
}

fn word(text: &str) -> String {
    text.to_owned()
}

pub fn partners() -> Partners {
    Partners {
        partners: vec![Partner {
            key: word("p1"),
            name: word("Society for Democratic Culture, Kukës Branch"),
            nipt: word("K61827501A"),
            municipality: word("kukes"),
            representative: word("Besnik Leka"),
            email: word("besnik@example.org"),
            role: word("Organises the focus groups and the round tables, and keeps the line to the Municipal Council."),
            signed: None,
        }],
    }
}

pub fn summary(round: &Round, title: &str) -> Summary {
    Summary {
        title: word(title),
        tier: round.terms.tiers[0].key.clone(),
        themes: vec![round.terms.themes[0].code.clone()],
        municipalities: vec![word("kukes")],
        months: word("8"),
        starts_on: word("2018-01-01"),
        summary_sq: word("Qytetarët e Kukësit kërkojnë llogari për buxhetin dhe shërbimet e bashkisë, dhe bashkia u përgjigjet."),
        summary_en: word("The citizens of Kukës ask their municipality to account for its budget and services, and the municipality answers."),
    }
}

pub fn description() -> Description {
    Description {
        problem: word("Citizens of Kukës seldom learn how their municipality spends their money, and few organisations know how to ask."),
        target_groups: word(
            "15-20 Kukës Municipality staff and Municipal Council Members. Civil society actors (active citizens, CSO and non-formal civic initiatives) operating in Kukës Municipality and the Kukës Region.",
        ),
        women: word("40"),
        men: word("35"),
        beneficiaries: word(
            "Citizens of Kukës Municipality receiving better public services from their municipality as a result of better planning, budgeting and more transparent management of tax payers money by their LGU.",
        ),
        methodology: word("Perception survey, focus groups, trainings and a bilateral structure for dialogue; the partner leads the focus groups."),
        risks: vec![Risk {
            key: word("r1"),
            risk: word("The municipal staff changes after an election."),
            mitigation: word("We train two people for each office."),
        }],
        monitoring: word("A baseline survey in month 1, a second survey in month 8, and notes of every meeting."),
        sustainability: word("The bilateral structure goes on after the project; its rules are adopted by the Municipal Council."),
        added_value: word("Half of the participants are women; villages of the Roma community are among those surveyed."),
        visibility: word("The EU emblem on every paper, a launch and a closing conference."),
    }
}

fn indicator(key: &str, text: &str, target: &str) -> Indicator {
    Indicator {
        key: word(key),
        text: word(text),
        unit: word("number"),
        baseline: word("0"),
        baseline_year: word("2017"),
        target: word(target),
        target_year: word("2018"),
        source: word("Attendance lists and survey reports"),
        target_women: word(""),
        target_men: word(""),
        assumption: word("The municipality takes part."),
    }
}

pub fn logframe() -> Logframe {
    let output = |key: &str, text: &str, activities: &[(&str, &str)], indicator| Output {
        key: word(key),
        text: word(text),
        indicators: vec![indicator],
        activities: activities.iter().map(|(key, text)| Activity { key: word(key), text: word(text) }).collect(),
    };
    Logframe {
        impact: word(
            "To promote good governance that is transparent, accountable to its citizens and inclusive at the local level by building and further strengthening the awareness and expertise of civil society actors to engage proactively with the local authorities to enable good governance.",
        ),
        impact_indicators: vec![indicator("i1", "Share of citizens who trust the municipality's budget", "35")],
        outcomes: vec![Outcome {
            key: word("o1"),
            text: word(
                "To promote and support the engagement of grassroots organizations in ensuring transparency, accountability and anti-corruption at local level with Municipal authorities and municipal council.",
            ),
            indicators: vec![indicator("i2", "Grassroots organisations that take part in the budget hearing", "12")],
        }],
        outputs: vec![
            output(
                "u1",
                "Society actors at local level have increased their knowledge and skills in engaging more citizens to contribute to good governance in Kukës Municipality",
                &[
                    ("a1", "Identification and selection of civil society actors to benefit by/cooperate with the project."),
                    ("a2", "Development and completion of the Citizen Perception questionnaire."),
                    ("a3", "Organization of Focus group Discussions (FGD)."),
                ],
                indicator("i3", "Civil society actors trained", "40"),
            ),
            output(
                "u2",
                "Civil actors are empowered and participate proactively in making local governments more accountable by applying citizen-led accountable local governance.",
                &[
                    (
                        "a4",
                        "Thematic / demand driven training for civil servants on “good governance principles and innovative ways to improve public service delivery”.",
                    ),
                    ("a5", "Establishment of the bilateral structure for dialogue and cooperation for accountable governance at local level."),
                ],
                indicator("i4", "Meetings of the bilateral structure", "4"),
            ),
        ],
    }
}

pub fn plan() -> Plan {
    let row = |activity: &str, months: &[i32], responsible: &str| PlanRow { activity: word(activity), months: months.to_vec(), responsible: word(responsible) };
    Plan {
        rows: vec![row("a1", &[1], "lead"), row("a2", &[1, 2], "lead"), row("a3", &[3, 4], "p1"), row("a4", &[4, 5, 6], "lead"), row("a5", &[7, 8], "lead")],
    }
}

/// Direct costs of 7,220.00 and indirect costs of 500.00: 7,720.00 in all, all of it asked for.
pub fn budget() -> Budget {
    let line = |key: &str, heading, description: &str, unit: &str, number: &str, unit_cost: &str, activity: &str| BudgetLine {
        key: word(key),
        heading,
        description: word(description),
        unit: word(unit),
        number: word(number),
        unit_cost: word(unit_cost),
        activity: word(activity),
        spender: word("lead"),
        justification: word("Prices of three offers in Kukës."),
    };
    Budget {
        lines: vec![
            line("b1", Heading::HumanResources, "Project coordinator, part time", "month", "8", "400", "a1"),
            line("b2", Heading::HumanResources, "Trainer", "day", "6", "150,00", "a4"),
            line("b3", Heading::Travel, "Travel to villages", "trip", "20", "25", "a3"),
            line("b4", Heading::OtherCosts, "Citizen perception survey", "survey", "1", "900", "a2"),
            line("b5", Heading::OtherCosts, "Meetings of the bilateral structure", "meeting", "4", "180", "a5"),
            line("b6", Heading::OtherCosts, "Manual for civil society actors", "edition", "1", "700", "a5"),
            line("b7", Heading::OtherCosts, "Visibility", "set", "1", "300", "a1"),
        ],
        indirect: word("500"),
        ..Budget::default()
    }
}

pub fn capacity() -> Capacity {
    Capacity {
        projects: vec![SimilarProject {
            key: word("s1"),
            title: word("Open budget hearings in Kukës"),
            donor: word("LëvizAlbania"),
            amount: word("9.800,00"),
            years: word("2015-2016"),
            role: word("Lead"),
        }],
        team: vec![
            Member { key: word("m1"), name: word("Arta Hoxha"), role: word("Coordinator"), time: word("50") },
            Member { key: word("m2"), name: word("Besnik Leka"), role: word("Trainer"), time: word("20%") },
        ],
    }
}

pub fn declarations(round: &Round) -> Declarations {
    Declarations {
        agreed: round.terms.declarations.iter().map(|declaration| declaration.key.clone()).collect(),
        wordings: vec![],
        name: word("Arta Hoxha"),
        position: word("Executive director"),
        conflicts: word("None"),
        other_funding: word("None"),
    }
}
