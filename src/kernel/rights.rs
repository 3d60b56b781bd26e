//! Who opens which room of a fund, and who does what for an organisation: one table each. Doors, lists, navigation and links all ask
//! them, so that nobody is led to a door that is shut.
use super::{Actor, Membership, OrganisationId, ProgrammeId, Role};

/// What a fund shows only to some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What waits for whoever works in the office.
    Desk,
    /// Rounds with their terms.
    Rounds,
    /// A round's board, and the applications that arrived.
    Board,
    /// What was asked about a call, and by whom.
    Questions,
    /// All applications of a round in one file.
    ApplicationsFile,
    /// Who reads what.
    Assignments,
    Ranking,
    /// A round in figures.
    Summary,
    Contracts,
    /// What the projects report, and what of it waits for a decision.
    Reports,
    Payments,
    Letters,
    Log,
    /// Roles and invitations.
    People,
}

use Role::{Administrator, Auditor, CommitteeMember, Director, FinanceOfficer, Funder, GrantManager, SecondChecker, Secretary};

impl Room {
    pub const ALL: [Self; 14] = [
        Self::Desk,
        Self::Rounds,
        Self::Board,
        Self::Questions,
        Self::ApplicationsFile,
        Self::Assignments,
        Self::Ranking,
        Self::Summary,
        Self::Contracts,
        Self::Reports,
        Self::Payments,
        Self::Letters,
        Self::Log,
        Self::People,
    ];
    /// The roles that open it (rules.md 5.0).
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Desk => &[Secretary, SecondChecker, GrantManager, FinanceOfficer, Director],
            Self::Rounds => &[Secretary, SecondChecker, CommitteeMember, GrantManager, FinanceOfficer, Director, Funder, Auditor, Administrator],
            Self::Board => &[Secretary, SecondChecker, GrantManager, CommitteeMember, FinanceOfficer, Director, Auditor],
            Self::Questions => &[Secretary, GrantManager, Director, Auditor],
            Self::ApplicationsFile => &[Secretary, SecondChecker, GrantManager, FinanceOfficer, Director, Auditor],
            Self::Assignments => &[Secretary, GrantManager, CommitteeMember, Director, Auditor],
            Self::Ranking => &[CommitteeMember, GrantManager, Director, Auditor],
            Self::Summary => &[Funder, Auditor, Director, GrantManager],
            Self::Contracts => &[Secretary, GrantManager, FinanceOfficer, Director, Funder, Auditor],
            Self::Reports | Self::Payments => &[GrantManager, FinanceOfficer, Director, Funder, Auditor],
            Self::Letters => &[Secretary, GrantManager, Director, Auditor],
            Self::Log => &[Auditor, Director, Administrator],
            Self::People => &[Administrator, Director],
        }
    }
}

impl Actor {
    /// Where this person's work of the office begins: in this fund, or in the first of theirs.
    #[must_use]
    pub fn desk(&self, slug: Option<&str>) -> Option<String> {
        let here = self.funds.iter().find(|(programme, known)| slug.is_none_or(|slug| slug == known) && self.opens(Room::Desk, *programme));
        here.map(|(_, slug)| format!("/{slug}/desk"))
    }
    /// Whether this person opens this room of this fund. Who runs the installation runs the roles of every fund and reads every log.
    #[must_use]
    pub fn opens(&self, room: Room, programme: ProgrammeId) -> bool {
        self.is_any(room.roles(), programme) || (self.is_administrator() && matches!(room, Room::Log | Room::People))
    }
}

/// What is done for an organisation that applies (rules.md 5.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Profile, drafts, answers, reports; asking a partner to write its own part.
    Write,
    /// Hands in and withdraws, approves a text that is ready, signs contracts.
    Sign,
    /// Invites colleagues, gives and takes their roles.
    RunPeople,
}

impl Membership {
    #[must_use]
    pub const fn may(self, duty: Duty) -> bool {
        match duty {
            Duty::Write => true,
            Duty::Sign => matches!(self, Self::Owner | Self::Signatory),
            Duty::RunPeople => matches!(self, Self::Owner),
        }
    }
    /// Who may more stands higher.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Owner => 2,
            Self::Signatory => 1,
            Self::Editor => 0,
        }
    }
}

impl Actor {
    fn may_for(&self, organisation: OrganisationId, duty: Duty) -> bool {
        self.organisations.iter().any(|(mine, membership)| *mine == organisation && membership.may(duty))
    }
    #[must_use]
    pub fn writes_for(&self, organisation: OrganisationId) -> bool {
        self.may_for(organisation, Duty::Write)
    }
    /// Owner and signatory sign for the organisation: they submit, withdraw and sign the contract.
    #[must_use]
    pub fn signs_for(&self, organisation: OrganisationId) -> bool {
        self.may_for(organisation, Duty::Sign)
    }
    /// The owner decides who else works for the organisation.
    #[must_use]
    pub fn runs_people_of(&self, organisation: OrganisationId) -> bool {
        self.may_for(organisation, Duty::RunPeople)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_membership_may_what_stands_in_the_table_and_nothing_for_another_organisation() {
        let (ours, theirs) = (OrganisationId::new(), OrganisationId::new());
        for (membership, writes, signs, runs) in
            [(Membership::Owner, true, true, true), (Membership::Signatory, true, true, false), (Membership::Editor, true, false, false)]
        {
            let actor = Actor { organisations: vec![(ours, membership)], ..Actor::system() };
            assert_eq!((actor.writes_for(ours), actor.signs_for(ours), actor.runs_people_of(ours)), (writes, signs, runs), "{membership}");
            assert_eq!((actor.writes_for(theirs), actor.signs_for(theirs), actor.runs_people_of(theirs)), (false, false, false), "{membership}");
        }
    }
}
