//! The project: what is done by month, what the indicators say, what was spent on which line.
pub mod actions;
pub mod events;
pub mod pages;
pub mod records;
pub mod rules;

use crate::kernel::{
    ActivityId, ContractId, ContractLineId, Day, ExpenseId, IndicatorId, IndicatorValueId, Instant, Money, PersonId, Quantity, ReportId, Tr, words,
};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// How far an activity is. Late is not a state: it is computed from its months.
    ActivityState { Planned = "planned", Running = "running", Done = "done" }
);
impl ActivityState {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Planned => t.implementation_activity_planned(),
            Self::Running => t.implementation_activity_running(),
            Self::Done => t.implementation_activity_done(),
        }
    }
}

/// An activity of the contract, numbered result.activity.
#[derive(Clone, Debug, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::activities)]
pub struct Activity {
    pub id: ActivityId,
    #[serde(skip)]
    pub contract_id: ContractId,
    pub position: i32,
    pub number: String,
    pub title: String,
    /// Counted from the start: `1,2,3`.
    pub months: String,
    pub state: ActivityState,
    pub done_on: Option<Day>,
    pub note: String,
    pub version: i32,
}
impl Activity {
    #[must_use]
    pub fn months(&self) -> Vec<i32> {
        self.months.split(',').filter_map(|month| month.trim().parse().ok()).collect()
    }
    /// The result it belongs to: 1 in `1.2`.
    #[must_use]
    pub fn result(&self) -> usize {
        self.number.split('.').next().and_then(|result| result.parse().ok()).unwrap_or(0)
    }
}

/// An indicator of the logframe, as agreed.
#[derive(Clone, Debug, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::indicators)]
pub struct Indicator {
    pub id: IndicatorId,
    #[serde(skip)]
    pub contract_id: ContractId,
    pub position: i32,
    /// `impact`, `outcome` or `output`.
    pub level: String,
    pub number: String,
    pub title: String,
    pub unit: String,
    pub baseline: Quantity,
    pub target: Quantity,
    pub source: String,
}

/// What was measured, when, by whom; never changed, only followed by the next.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::indicator_values, treat_none_as_default_value = false)]
pub struct IndicatorValue {
    pub id: IndicatorValueId,
    pub indicator_id: IndicatorId,
    pub value: Quantity,
    /// Of them women, where people are counted.
    pub women: Option<Quantity>,
    pub measured_on: Day,
    pub note: String,
    pub entered_by: PersonId,
    pub entered_at: Instant,
}

/// A cost that was paid, with its voucher; decided on with the report that declares it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, serde::Serialize)]
#[diesel(table_name = crate::store::schema::expenses, treat_none_as_default_value = false)]
pub struct Expense {
    pub id: ExpenseId,
    pub contract_id: ContractId,
    pub line_id: ContractLineId,
    /// The report that declares it; none while it is not declared.
    pub report_id: Option<ReportId>,
    pub paid_on: Day,
    pub description: String,
    pub supplier: String,
    /// Reference of the justifying document.
    pub voucher: String,
    pub sha256: Option<String>,
    pub file_name: String,
    pub media_type: String,
    pub amount: Money,
    /// None until it is decided.
    pub accepted: Option<Money>,
    /// A reason of the closed list, where less than the amount is accepted.
    pub refusal: String,
    pub decided_by: Option<PersonId>,
    pub entered_by: PersonId,
    pub entered_at: Instant,
    pub version: i32,
}
