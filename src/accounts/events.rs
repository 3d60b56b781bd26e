//! What the log keeps of accounts: never a token, a password or a code.
use crate::accounts::PaperKind;
use crate::kernel::{ApplicationId, Day, Membership, OrganisationId, PersonId, ProgrammeId, Role};
use crate::workflow::{Event, Subject};

macro_rules! events {
    ($($(#[$meta:meta])* $name:ident($about:ident: $subject:ident($id:ty)) = $kind:literal { $($field:ident: $type:ty),* $(,)? })+) => { $(
        $(#[$meta])*
        #[derive(serde::Serialize)]
        pub(super) struct $name {
            #[serde(skip)]
            pub $about: $id,
            $(pub $field: $type),*
        }
        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::$subject(self.$about)
            }
        }
    )+ };
}

events! {
    Registered(person: Person(PersonId)) = "person.registered" { email: String }
    SignedUpAgain(person: Person(PersonId)) = "person.signed-up-again" {}
    LinkSent(person: Person(PersonId)) = "person.link-sent" {}
    SignedIn(person: Person(PersonId)) = "person.signed-in" { how: &'static str, address: String }
    SignedOut(person: Person(PersonId)) = "person.signed-out" {}
    SessionsEnded(person: Person(PersonId)) = "person.sessions-ended" { sessions: usize }
    SecondFactorPrepared(person: Person(PersonId)) = "person.second-factor-prepared" {}
    SecondFactorSet(person: Person(PersonId)) = "person.second-factor-set" {}
    SecondFactorReset(person: Person(PersonId)) = "person.second-factor-reset" {}
    DetailsChanged(person: Person(PersonId)) = "person.details-changed" { name: String }
    PasswordSet(person: Person(PersonId)) = "person.password-set" {}
    TokenMade(person: Person(PersonId)) = "person.token-made" { name: String }
    TokenRevoked(person: Person(PersonId)) = "person.token-revoked" { token: String }
    OrganisationRegistered(organisation: Organisation(OrganisationId)) = "organisation.registered" { nipt: String, name: String }
    NiptAsked(organisation: Organisation(OrganisationId)) = "organisation.nipt-asked" {}
    ProfileSaved(organisation: Organisation(OrganisationId)) = "organisation.profile-saved" { version: i32 }
    MemberInvited(organisation: Organisation(OrganisationId)) = "organisation.member-invited" { email: String, membership: Membership }
    MemberAdded(organisation: Organisation(OrganisationId)) = "organisation.member-added" { member: PersonId, membership: Membership }
    MemberChanged(organisation: Organisation(OrganisationId)) = "organisation.member-changed" { member: PersonId, membership: Membership }
    MemberRemoved(organisation: Organisation(OrganisationId)) = "organisation.member-removed" { member: PersonId }
    RolePassed(organisation: Organisation(OrganisationId)) = "organisation.role-passed" { giver: PersonId, heir: PersonId, membership: Membership, left: bool }
    InvitationWithdrawn(organisation: Organisation(OrganisationId)) = "organisation.invitation-withdrawn" { email: String }
    PaperKept(organisation: Organisation(OrganisationId)) = "organisation.paper-kept" { kind: PaperKind, name: String, sha256: String, valid_until: Option<Day> }
    PaperTakenOut(organisation: Organisation(OrganisationId)) = "organisation.paper-taken-out" { kind: PaperKind, name: String, sha256: String }
    StaffInvited(programme: Programme(ProgrammeId)) = "programme.person-invited" { email: String, role: Role }
    StaffInvitationWithdrawn(programme: Programme(ProgrammeId)) = "programme.invitation-withdrawn" { email: String }
    RoleTaken(programme: Programme(ProgrammeId)) = "programme.role-taken" { person: PersonId, role: Role }
}

/// A role was given: about the person, in the fund where there is one.
#[derive(serde::Serialize)]
pub(super) struct RoleGiven {
    #[serde(skip)]
    pub person: PersonId,
    #[serde(skip)]
    pub programme: Option<ProgrammeId>,
    pub role: Role,
}
impl Event for RoleGiven {
    const KIND: &'static str = "person.role-given";
    fn subject(&self) -> Subject {
        Subject::Person(self.person)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }
}

/// Somebody of a partner organisation accepted to write its part of an application.
#[derive(serde::Serialize)]
pub(super) struct PartnerJoined {
    #[serde(skip)]
    pub application: ApplicationId,
    #[serde(skip)]
    pub programme: ProgrammeId,
    /// The partner's row.
    pub partner: String,
    pub name: String,
}
impl Event for PartnerJoined {
    const KIND: &'static str = "application.partner-joined";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}
