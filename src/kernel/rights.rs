//! Who opens which room of a fund: one table. Doors, lists, navigation and links all ask it, so that nobody is led to a door that is shut.
use super::{Actor, ProgrammeId, Role};

/// What a fund shows only to some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Rounds with their terms.
    Rounds,
    /// A round's board, and the applications that arrived.
    Board,
    /// All applications of a round in one file.
    ApplicationsFile,
    /// Who reads what.
    Assignments,
    Ranking,
    /// A round in figures.
    Summary,
    Contracts,
    Payments,
    Letters,
    Log,
    /// Roles and invitations.
    People,
}

use Role::{Administrator, Auditor, CommitteeMember, Director, FinanceOfficer, Funder, GrantManager, SecondChecker, Secretary};

impl Room {
    pub const ALL: [Self; 11] = [
        Self::Rounds,
        Self::Board,
        Self::ApplicationsFile,
        Self::Assignments,
        Self::Ranking,
        Self::Summary,
        Self::Contracts,
        Self::Payments,
        Self::Letters,
        Self::Log,
        Self::People,
    ];
    /// The roles that open it (rules.md 5.0).
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Rounds => &[Secretary, SecondChecker, CommitteeMember, GrantManager, FinanceOfficer, Director, Funder, Auditor, Administrator],
            Self::Board => &[Secretary, SecondChecker, GrantManager, CommitteeMember, FinanceOfficer, Director, Auditor],
            Self::ApplicationsFile => &[Secretary, SecondChecker, GrantManager, FinanceOfficer, Director, Auditor],
            Self::Assignments => &[Secretary, GrantManager, CommitteeMember, Director, Auditor],
            Self::Ranking => &[CommitteeMember, GrantManager, Director, Auditor],
            Self::Summary => &[Funder, Auditor, Director, GrantManager],
            Self::Contracts => &[Secretary, GrantManager, FinanceOfficer, Director, Funder, Auditor],
            Self::Payments => &[GrantManager, FinanceOfficer, Director, Funder, Auditor],
            Self::Letters => &[Secretary, GrantManager, Director, Auditor],
            Self::Log => &[Auditor, Director, Administrator],
            Self::People => &[Administrator, Director],
        }
    }
}

impl Actor {
    /// Whether this person opens this room of this fund. Who runs the installation runs the roles of every fund and reads every log.
    #[must_use]
    pub fn opens(&self, room: Room, programme: ProgrammeId) -> bool {
        self.is_any(room.roles(), programme) || (self.is_administrator() && matches!(room, Room::Log | Room::People))
    }
}
