//! What the demo is made of: who applied with what (`config/demo/pact.toml`), what they say (`config/demo/texts.toml`),
//! and the one project whose published sheet is known, word for word (`config/demo/R1-22.toml`).
use super::invented::Pack;
use super::paper;
use crate::accounts::{LegalForm, Profile, Turnover};
use crate::applications::content::{
    Budget, Capacity, Declarations, Description, Logframe, Member, PartContent, Partner, Partners, Plan, SimilarProject, Summary,
};
use crate::calls::{Round, Whose};
use crate::kernel::{Money, Result, fault};
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
        let project = if application.pack == "R1-22" {
            r1_22()?
        } else {
            let pack = self.packs.get(&application.pack).ok_or_else(|| fault(format!("the demo has no texts for {:?}", application.pack)))?;
            pack.project(application, round.closes_at.day().0.year())
        };
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
}

/// What an application says of its project.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Project {
    pub summary_sq: String,
    pub summary_en: String,
    pub partners: Partners,
    pub description: Description,
    pub logframe: Logframe,
    pub plan: Plan,
    pub budget: Budget,
}

/// The one project whose published sheet is known.
fn r1_22() -> Result<Project> {
    toml::from_str(include_str!("../../config/demo/R1-22.toml")).map_err(fault)
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

#[cfg(test)]
#[path = "material_tests.rs"]
mod tests;
