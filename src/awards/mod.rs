//! Ranking, the envelope's line, the reserve list, and the one decision of the director.
pub mod actions;
pub mod letters;
pub mod pages;
pub mod records;
pub mod rules;

use crate::kernel::{ApplicationId, Instant, Money, PersonId, RoundId, Tr, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// What the decision says of an application.
    AwardOutcome {
        Awarded = "awarded",
        /// Above every threshold, below the envelope's line: moves up when money becomes free.
        Reserve = "reserve",
        /// Below a threshold.
        Below = "below",
        /// Above every threshold and left out by the director, with a reason.
        PassedOver = "passed-over",
        /// Was awarded, and came to nothing before a contract: its money is free again.
        Lapsed = "lapsed",
    }
);
impl AwardOutcome {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Awarded => t.awards_outcome_awarded(),
            Self::Reserve => t.awards_outcome_reserve(),
            Self::Below => t.awards_outcome_below(),
            Self::PassedOver => t.awards_outcome_passed_over(),
            Self::Lapsed => t.awards_outcome_lapsed(),
        }
    }
    /// The class of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Awarded => "ok",
            Self::Reserve => "info",
            Self::PassedOver | Self::Lapsed => "warn",
            Self::Below => "",
        }
    }
}

/// The decision of a round: there is one.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::awards, treat_none_as_default_value = false)]
pub struct Award {
    pub round_id: RoundId,
    pub decided_by: PersonId,
    pub decided_by_name: String,
    pub decided_at: Instant,
    pub reasons: String,
    /// The round's money when it was decided.
    pub envelope: Money,
    /// The sum of what is awarded; follows promotions and lapses.
    pub awarded: Money,
}

/// What was decided on one application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::award_outcomes, treat_none_as_default_value = false)]
pub struct Decided {
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub outcome: AwardOutcome,
    /// The place in the ranking, from 1.
    pub place: i32,
    /// In hundredths of a point.
    pub points: Option<i64>,
    /// What is granted; nothing unless awarded.
    pub amount: Money,
    pub note: String,
}
