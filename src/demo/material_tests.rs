//! What the demo is made of is complete, says what is invented, and comes to the published figures.
use super::super::invented::budget_of;
use super::*;
use crate::applications::content::{Activity, BudgetLine, Output};
use crate::kernel::Money;

#[test]
fn r1_22_comes_to_the_published_total() {
    let budget = r1_22().unwrap().budget;
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
        let round = Round { published_at: Some(parsed.opens_at), ..parsed.published() };
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
            whole.attachments.push(crate::applications::content::AttachmentNote {
                document,
                name,
                bytes,
                sha256: String::new(),
                valid_until: None,
                scan: None,
            });
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
