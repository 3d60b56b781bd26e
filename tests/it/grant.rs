//! An awarded application with the budget of R1-22 (15,721.04), and the people who bring it from contract to balance.
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::applications::Status;
use subgrant::applications::content::{Budget, BudgetLine, File, Heading, OrganisationNow, Summary};
use subgrant::kernel::{ApplicationId, ContractId, Lang, Money, PaymentId, PersonId, ReportId, Role, SubmissionId, fingerprint};
use subgrant::store::schema;

/// 15,721.04 in cents.
pub const GRANT: i64 = 1_572_104;

/// Everybody of a grant, each with one role; the director has drafted nothing.
pub struct Grant {
    pub world: World,
    pub applicant: Visitor,
    pub manager: Visitor,
    pub finance: Visitor,
    pub director: Visitor,
    pub funder: Visitor,
    pub stranger: Visitor,
    pub application: ApplicationId,
}

impl Grant {
    pub fn awarded(amount: i64) -> Self {
        let world = World::new();
        let applicant = world.applicant("Arta Hoxha", "DIDCK (example)").in_english();
        Self::awarded_in(world, applicant, amount)
    }
    pub fn awarded_in(world: World, applicant: Visitor, amount: i64) -> Self {
        let application = awarded(&world, &applicant, Money::cents(amount));
        Self {
            manager: world.staff("Mira Kola", &[Role::GrantManager]).in_english(),
            finance: world.staff("Gent Prifti", &[Role::FinanceOfficer]).in_english(),
            director: world.staff("Drita Leka", &[Role::Director]).in_english(),
            funder: world.staff("EU Delegation", &[Role::Funder]).in_english(),
            stranger: world.applicant("Ilir Gjoka", "Another (example)").in_english(),
            world,
            applicant,
            application,
        }
    }
    /// Signed by both: a project from 1 November 2017 to 31 August 2018.
    pub fn active() -> (Self, ContractId) {
        Self::awarded(GRANT).signed()
    }
    pub fn active_in(world: World, applicant: Visitor) -> (Self, ContractId) {
        Self::awarded_in(world, applicant, GRANT).signed()
    }
    fn signed(self) -> (Self, ContractId) {
        let grant = self;
        let contract = grant.drafted();
        grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
        let sha256 = grant.sha256(contract);
        grant.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", "Arta Hoxha"), ("sha256", &sha256)]).expect(303);
        grant.director.post(&format!("/contracts/{contract}/countersignature"), &[("name", "Drita Leka"), ("sha256", &sha256)]).expect(303);
        (grant, contract)
    }
    pub fn draft(&self, starts_on: &str) -> Answered {
        self.manager.post(&format!("/applications/{}/contract", self.application), &[("starts_on", starts_on)])
    }
    pub fn drafted(&self) -> ContractId {
        let answer = self.draft("2017-11-01").expect(303);
        answer.location.unwrap().rsplit('/').next().unwrap().parse().unwrap()
    }
    pub fn sha256(&self, contract: ContractId) -> String {
        self.world.read(|conn| subgrant::contracts::records::by_id(conn, contract)).sha256
    }
    pub fn state(&self, contract: ContractId) -> subgrant::contracts::State {
        self.world.read(|conn| subgrant::contracts::records::by_id(conn, contract)).state
    }
    pub fn payments(&self, contract: ContractId) -> Vec<subgrant::payments::Payment> {
        self.world.read(|conn| subgrant::payments::records::of_contract(conn, contract))
    }
    pub fn payment(&self, id: PaymentId) -> subgrant::payments::Payment {
        self.world.read(|conn| subgrant::payments::records::by_id(conn, id))
    }
    pub fn report(&self, contract: ContractId) -> subgrant::reporting::Report {
        self.world.read(|conn| subgrant::reporting::records::of_contract(conn, contract)).remove(0)
    }
    /// Approves as this person, with the version that their page shows.
    pub fn approve(&self, who: &Visitor, id: PaymentId) -> Answered {
        let version = self.payment(id).version.to_string();
        who.post(&format!("/payments/{id}/approval"), &[("version", &version)])
    }
    /// Both approve, finance sends, the beneficiary confirms.
    pub fn pay(&self, id: PaymentId) {
        self.approve(&self.manager, id).expect(303);
        self.approve(&self.finance, id).expect(303);
        let version = self.payment(id).version.to_string();
        self.finance.post(&format!("/payments/{id}/transfer"), &[("version", &version), ("reference", "FT17310-0044")]).expect(303);
        self.applicant.post(&format!("/payments/{id}/confirmation"), &[]).expect(303);
    }
    /// Enters an expense on the first line of this heading.
    pub fn spend(&self, contract: ContractId, heading: subgrant::contracts::Category, paid_on: &str, amount: &str) -> Answered {
        let line = self.world.read(|conn| subgrant::contracts::records::lines(conn, contract)).into_iter().find(|line| line.heading == heading).unwrap();
        let (id, line) = (subgrant::kernel::ExpenseId::new().to_string(), line.id.to_string());
        let fields = [
            ("id", id.as_str()),
            ("line", &line),
            ("paid_on", paid_on),
            ("description", "Salla"),
            ("supplier", "Hotel"),
            ("voucher", "F-12"),
            ("amount", amount),
        ];
        self.applicant.upload(&format!("/projects/{contract}/expenses"), &fields, ("file", "fatura.pdf", crate::visitor::pdf(amount)))
    }
    pub fn submit(&self, report: ReportId) -> Answered {
        let fields = [
            ("progress-1", "Done."),
            ("progress-2", "Done."),
            ("progress-3", "Done."),
            ("deviations", "None."),
            ("visibility", "On every paper."),
            ("lessons", "Begin earlier."),
        ];
        self.applicant.post(&format!("/reports/{report}/submission"), &fields)
    }
}

fn awarded(world: &World, applicant: &Visitor, amount: Money) -> ApplicationId {
    let (round, organisation) = (world.round("R3"), applicant.organisation_id());
    let (id, now) = (ApplicationId::new(), world.now());
    let file = file(world, applicant);
    let content = serde_json::to_string(&file).unwrap();
    world.write(|conn| {
        use schema::{applications as a, award_outcomes as o, awards as w, submissions as s};
        diesel::insert_into(a::table)
            .values((
                a::id.eq(id),
                a::programme_id.eq(round.programme_id),
                a::round_id.eq(round.id),
                a::organisation_id.eq(organisation),
                a::organisation_name.eq(&file.organisation.name),
                a::tier.eq(&round.terms.tiers[0].key),
                a::serial.eq(Some(22)),
                a::code.eq(Some("R3-22")),
                a::status.eq(Status::Submitted),
                a::title.eq(&file.summary.title),
                a::requested.eq(Money::cents(GRANT)),
                a::total.eq(Money::cents(GRANT)),
                a::months.eq(10),
                a::municipality.eq("kukes"),
                a::theme.eq("T01"),
                a::lang.eq(Lang::Sq),
                a::created_by.eq(applicant.person_id()),
                a::created_at.eq(now),
                a::changed_at.eq(now),
                a::submitted_at.eq(Some(now)),
                a::submissions.eq(1),
            ))
            .execute(conn)?;
        diesel::insert_into(s::table)
            .values((
                s::id.eq(SubmissionId::new()),
                s::application_id.eq(id),
                s::number.eq(1),
                s::code.eq("R3-22"),
                s::submitted_at.eq(now),
                s::submitted_by.eq(applicant.person_id()),
                s::content.eq(&content),
                s::sha256.eq(fingerprint(content.as_bytes())),
            ))
            .execute(conn)?;
        diesel::insert_into(w::table)
            .values((
                w::round_id.eq(round.id),
                w::decided_by.eq(PersonId::new()),
                w::decided_by_name.eq("Drita Leka"),
                w::decided_at.eq(now),
                w::reasons.eq("Ranking."),
                w::envelope.eq(round.envelope),
                w::awarded.eq(amount),
            ))
            .execute(conn)?;
        diesel::insert_into(o::table)
            .values((o::application_id.eq(id), o::round_id.eq(round.id), o::outcome.eq("awarded"), o::place.eq(1), o::amount.eq(amount)))
            .execute(conn)
    });
    id
}

fn file(world: &World, applicant: &Visitor) -> File {
    let round = world.round("R3");
    let organisation = world.read(|conn| subgrant::accounts::records::organisation(conn, applicant.organisation_id()));
    let summary = Summary { months: "10".into(), ..sample::summary(&round, sample::TITLE) };
    File {
        organisation: OrganisationNow {
            nipt: organisation.nipt.clone(),
            name: organisation.name.clone(),
            acronym: organisation.acronym.clone(),
            legal_form: organisation.legal_form,
            municipality: organisation.municipality.clone(),
            profile: organisation.profile(),
        },
        partners: sample::partners(),
        summary,
        description: sample::description(),
        logframe: sample::logframe(),
        plan: sample::plan(),
        budget: budget(),
        capacity: sample::capacity(),
        declarations: sample::declarations(&round),
        attachments: vec![],
    }
}

/// The headings of R1-22: they add up to 15,721.04.
fn budget() -> Budget {
    let line = |key: &str, heading: Heading, number: &str, unit_cost: &str| BudgetLine {
        key: key.into(),
        heading,
        description: key.into(),
        unit: "month".into(),
        number: number.into(),
        unit_cost: unit_cost.into(),
        activity: String::new(),
        spender: "lead".into(),
        justification: String::new(),
    };
    Budget {
        lines: vec![
            line("Staff", Heading::HumanResources, "10", "590.00"),
            line("Transport", Heading::Travel, "1", "1086.00"),
            line("Laptop", Heading::Equipment, "1", "1012.00"),
            line("Office", Heading::LocalOffice, "10", "127.00"),
            line("Trainings", Heading::OtherCosts, "1", "5425.04"),
        ],
        indirect: "1028.00".into(),
        ..Budget::default()
    }
}
