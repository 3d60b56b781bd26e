//! The demo's own scenario, typed into the pages: what `config/demo/R1-22.toml` says is what a person could have written, and what arrives
//! is what the demo replays.
use crate::visitor::pdf;
use crate::{Visitor, World};
use subgrant::applications::content::PartContent;
use subgrant::applications::{boxes, records};
use subgrant::demo::material::Material;
use subgrant::kernel::{ApplicationId, Money};

#[test]
fn r1_22_typed_into_the_pages_is_the_application_that_the_demo_replays() {
    let world = World::new();
    world.at("2016-07-20T10:00:00");
    let round = world.round("R1");
    let writer = world.applicant("Ilir Gjoka", "DIDCK");
    let material = Material::read().unwrap();
    let project = material.applications.iter().find(|application| application.pack == "R1-22").unwrap();
    let parts = material.parts(project, &round, "Ilir Gjoka").unwrap();
    let organisation = writer.organisation_id().to_string();
    let address = writer.post("/pact/calls/R1/applications", &[("organisation", &organisation)]).expect(303).location.unwrap();
    for content in &parts {
        types(&writer, &format!("{address}/{}", content.part()), content);
    }
    let papers = format!("{address}/attachments");
    for document in writer.get(&papers).expect(200).attributes("input[name=document]", "value") {
        writer.upload(&papers, &[("document", &document)], ("file", &format!("{document}.pdf"), pdf(&document))).expect(303);
    }
    let receipt = writer.post(&format!("{address}/submission"), &[]).expect(303).location.unwrap();
    assert!(writer.get(&receipt).expect(200).text(".deep").contains("R1-01"));
    let id: ApplicationId = address.rsplit('/').next().unwrap().parse().unwrap();
    let frozen = world.read(|conn| records::frozen_file(conn, id));
    for content in parts {
        let expected = content.cleaned().unwrap();
        let mut arrived = frozen.part(expected.part());
        if let PartContent::Declarations(declarations) = &mut arrived {
            assert_eq!(std::mem::take(&mut declarations.wordings).len(), round.terms.declarations.len());
        }
        assert_eq!(arrived, expected, "{}", expected.part());
    }
    let application = world.read(|conn| records::by_id(conn, id));
    assert_eq!((application.total, application.requested), (Money::cents(1_572_104), Money::cents(1_572_104)));
}

/// Every box of the part, sent as its form sends them.
fn types(writer: &Visitor, page: &str, content: &PartContent) {
    let mut fields = boxes::of(content).pairs();
    fields.push(("go".into(), "stay".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    writer.post(page, &fields).expect(303);
}
