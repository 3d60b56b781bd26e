//! Ids: UUIDv7 that remember what they name, so that a contract's id never finds an application.
use super::columns::Uid;
use std::fmt;
use std::marker::PhantomData;

/// The id of a `Kind`. Time-ordered (version 7): new rows land at the end of every index.
#[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = Uid)]
pub struct Id<Kind: 'static>(uuid::Uuid, PhantomData<Kind>);

impl<K> Id<K> {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "an id is drawn on purpose, never by default")]
    pub fn new() -> Self {
        Self::from(uuid::Uuid::now_v7())
    }
    #[must_use]
    pub const fn uuid(&self) -> &uuid::Uuid {
        &self.0
    }
}
impl<K> From<uuid::Uuid> for Id<K> {
    fn from(uuid: uuid::Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> std::str::FromStr for Id<K> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        uuid::Uuid::parse_str(text).map(Self::from)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        uuid::Uuid::deserialize(d).map(Self::from)
    }
}

macro_rules! ids {
    ($($name:ident of $kind:ident),+ $(,)?) => {
        $(pub enum $kind {}
        pub type $name = Id<$kind>;)+
    };
}
ids! {
    PersonId of PersonKind,
    OrganisationId of OrganisationKind,
    SessionId of SessionKind,
    InvitationId of InvitationKind,
    TokenId of TokenKind,
    RoleId of RoleKind,
    ProgrammeId of ProgrammeKind,
    RoundId of RoundKind,
    ApplicationId of ApplicationKind,
    DecisionId of DecisionKind,
    QuestionId of QuestionKind,
    CorrigendumId of CorrigendumKind,
    AttachmentId of AttachmentKind,
    PaperId of KeptPaperKind,
    SendingId of SendingKind,
    SubmissionId of SubmissionKind,
    ReadinessId of ReadinessKind,
    PartnershipId of PartnershipKind,
    ClarificationId of ClarificationKind,
    AssignmentId of AssignmentKind,
    ContractId of ContractKind,
    ContractLineId of ContractLineKind,
    ActivityId of ActivityKind,
    IndicatorId of IndicatorKind,
    IndicatorValueId of IndicatorValueKind,
    ExpenseId of ExpenseKind,
    ReportId of ReportKind,
    PaymentId of PaymentKind,
    LetterId of LetterKind,
}
