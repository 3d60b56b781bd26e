//! Who acts: a signed-in person with the roles that the funds gave and the organisations they write for, or time itself.
use super::{Lang, OrganisationId, PersonId, ProgrammeId, words};

words!(
    /// What a person may be in a fund (rules.md 5.0). Given per fund; an administrator without a fund serves the installation.
    Role {
        Secretary = "secretary",
        SecondChecker = "second-checker",
        Evaluator = "evaluator",
        CommitteeMember = "committee-member",
        GrantManager = "grant-manager",
        FinanceOfficer = "finance-officer",
        Director = "director",
        Funder = "funder",
        Auditor = "auditor",
        Administrator = "administrator",
    }
);

words!(
    /// What a person may do for an organisation.
    Membership { Owner = "owner", Editor = "editor", Signatory = "signatory" }
);

/// The person who acts, with everything that decides what they may see and do.
#[derive(Clone, Debug)]
pub struct Actor {
    /// None: the system (the worker, an import, the demo's replay of time).
    pub person: Option<PersonId>,
    pub name: String,
    pub email: String,
    pub lang: Lang,
    /// Roles by fund; `None` as fund is the whole installation.
    pub roles: Vec<(Option<ProgrammeId>, Role)>,
    /// The funds in which this person has a role, with their slugs, in the order of the slugs.
    pub funds: Vec<(ProgrammeId, String)>,
    pub organisations: Vec<(OrganisationId, Membership)>,
}

impl Actor {
    /// Time and the machine: deadlines, imports, the worker.
    #[must_use]
    pub fn system() -> Self {
        Self { person: None, name: "Subgrant".into(), email: String::new(), lang: Lang::En, roles: vec![], funds: vec![], organisations: vec![] }
    }
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.person.is_none()
    }
    /// Whether this person has the role in this fund.
    #[must_use]
    pub fn is(&self, role: Role, programme: ProgrammeId) -> bool {
        self.roles.contains(&(Some(programme), role))
    }
    /// Whether this person has at least one of these roles in this fund.
    #[must_use]
    pub fn is_any(&self, roles: &[Role], programme: ProgrammeId) -> bool {
        roles.iter().any(|role| self.is(*role, programme))
    }
    /// Whether this person runs the installation: an administrator of one fund does not.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.roles.contains(&(None, Role::Administrator))
    }
    /// Everybody who is not only an applicant must have a second factor.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }
    /// The funds in which this person has one of these roles: what a list of `visible_to` begins with.
    #[must_use]
    pub fn programmes_as(&self, roles: &[Role]) -> Vec<ProgrammeId> {
        let mut programmes: Vec<_> = self.roles.iter().filter(|(_, role)| roles.contains(role)).filter_map(|(programme, _)| *programme).collect();
        programmes.sort_unstable();
        programmes.dedup();
        programmes
    }
    #[must_use]
    pub fn organisation_ids(&self) -> Vec<OrganisationId> {
        self.organisations.iter().map(|(organisation, _)| *organisation).collect()
    }
}
