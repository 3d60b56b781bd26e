//! The decision on a report while it is written: dozens of vouchers are not looked at in one sitting.
use super::{Report, State, events, records, rules};
use crate::contracts::records as contracts;
use crate::implementation::Expense;
use crate::kernel::merging::{Boxes, Typed, Written, merge};
use crate::kernel::{ReportId, Result, Tr, fault, must, unless};
use crate::workflow::{Act, Recorded};
use std::collections::BTreeMap;

/// The boxes of the decision's form: as they were left, else every cost accepted in full.
pub(super) fn boxes(report: &Report, costs: &[Expense], t: Tr) -> Boxes {
    let left: BTreeMap<String, String> = serde_json::from_str(&report.deciding).unwrap_or_default();
    let mut boxes = Boxes::default();
    let mut put = |name: String, otherwise: &str| boxes.put(&name, left.get(&name).map_or(otherwise, String::as_str));
    for cost in costs {
        put(format!("accepted-{}", cost.id), &t.amount(cost.amount));
        put(format!("reason-{}", cost.id), "");
    }
    put("remark".into(), "");
    put("question".into(), "");
    boxes
}

/// Keeps the decision as far as it is written; nothing is decided by it. `by_itself`: nobody pressed a button.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` when the report does not wait for a decision (any more).
pub(super) fn write(act: &mut Act<'_>, id: ReportId, typed: &[Typed], t: Tr, by_itself: bool) -> Result<Recorded<Written>> {
    let report = records::by_id(act.conn, id)?;
    let contract = contracts::find(act.conn, act.actor, report.contract_id)?;
    must(rules::may_decide(act.actor, &contract))?;
    unless(rules::moves(report.state, State::Approved))?;
    let costs = records::expenses_of(act.conn, &report)?;
    let mut boxes = boxes(&report, &costs, t);
    let meanwhile = merge(&mut boxes, typed, false);
    let left: BTreeMap<&str, &str> = boxes.iter().filter_map(|(name, values)| Some((name, values.first()?.as_str()))).collect();
    let entry = act.run(report.deciding_at.filter(|_| by_itself));
    records::keep_deciding(act.conn, &report, &serde_json::to_string(&left).map_err(fault)?, entry.unwrap_or(act.now))?;
    let written = Written { version: report.version + 1, saved_at: act.now, boxes, meanwhile };
    match entry {
        Some(entry) => act.covered_by(entry, written),
        None => act.record(&events::DecisionDrafted::of(&contract, report.number), written),
    }
}
