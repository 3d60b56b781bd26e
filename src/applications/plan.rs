//! The action plan: which activity in which months, by whom (rules.md 4.4). Months are counted from the start, because the start moves with the contract.
use super::content::{File, Logframe, Partners, Plan, PlanRow};
use crate::calls::Round;
use crate::kernel::Reason;

/// The longest project that a plan can show.
pub const MOST_MONTHS: i32 = 36;

/// An activity with its row of the plan: every activity of the logframe has one, drawn empty until it is filled.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Planned {
    /// `1.2`
    pub number: String,
    pub key: String,
    pub text: String,
    pub months: Vec<i32>,
    /// `lead`, a partner's key, or empty.
    pub responsible: String,
}

impl Planned {
    #[must_use]
    pub fn in_month(&self, month: &i32) -> bool {
        self.months.contains(month)
    }
    /// Months as runs: 1, 2, 4 is from 1 to 2 and from 4 to 4.
    #[must_use]
    pub fn runs(&self) -> Vec<(i32, i32)> {
        let mut runs: Vec<(i32, i32)> = vec![];
        for month in &self.months {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == *month => *last = *month,
                _ => runs.push((*month, *month)),
            }
        }
        runs
    }
    /// `1–2, 4`
    #[must_use]
    pub fn months_in_words(&self) -> String {
        let word = |(from, to): (i32, i32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
        self.runs().into_iter().map(word).collect::<Vec<_>>().join(", ")
    }
}

/// The rows of the plan in the logframe's order.
#[must_use]
pub fn rows(plan: &Plan, logframe: &Logframe) -> Vec<Planned> {
    let row = |key: &str| plan.rows.iter().find(|row| row.activity == key);
    logframe
        .numbered_activities()
        .into_iter()
        .map(|(number, activity)| {
            let found = row(&activity.key);
            let mut months = found.map(|row| row.months.clone()).unwrap_or_default();
            months.sort_unstable();
            months.dedup();
            let responsible = found.map(|row| row.responsible.clone()).unwrap_or_default();
            Planned { number, key: activity.key.clone(), text: activity.text.clone(), months, responsible }
        })
        .collect()
}

/// How many months the plan shows: as many as the project has; twelve until that is known.
#[must_use]
pub fn length(months: Option<i32>) -> i32 {
    months.filter(|months| (1..=MOST_MONTHS).contains(months)).unwrap_or(12)
}

/// Everything that stands in the way of submitting this plan.
#[must_use]
pub fn shortfalls(file: &File, _round: &Round) -> Vec<Reason> {
    complaints(&file.plan, &file.logframe, &file.partners, file.summary.months())
}

/// The same over the parts that it looks at.
#[must_use]
pub fn complaints(plan: &Plan, logframe: &Logframe, partners: &Partners, months: Option<i32>) -> Vec<Reason> {
    let mut reasons = vec![];
    let length = length(months);
    let rows = rows(plan, logframe);
    if rows.is_empty() {
        // An application has activities, so its plan is never optional.
        reasons.push(Reason::new("no-activities", "plan#plan", |t| t.plan_reason_no_activities().into()));
    }
    for row in rows {
        let (number, at) = (&row.number, |field: &str| format!("plan#row.{}.{field}", row.key));
        if row.months.is_empty() {
            reasons.push(Reason::new("no-months", at("month"), |t| t.plan_reason_no_months(number)));
        }
        let beyond = row.months.iter().any(|month| !(1..=length).contains(month));
        if beyond && months.is_some() {
            reasons.push(Reason::new("beyond", at("month"), |t| t.plan_reason_beyond(length, number)));
        }
        if row.responsible.is_empty() {
            reasons.push(Reason::new("no-responsible", at("responsible"), |t| t.plan_reason_no_responsible(number)));
        } else if row.responsible != "lead" && !partners.partners.iter().any(|partner| partner.key == row.responsible) {
            reasons.push(Reason::new("gone-responsible", at("responsible"), |t| t.plan_reason_gone_responsible(number)));
        }
    }
    reasons
}

/// Gentle checks: months in which nothing happens, everything at once, partners without work. They never stand in the way.
#[must_use]
pub fn hints(plan: &Plan, logframe: &Logframe, partners: &Partners, months: Option<i32>) -> Vec<Reason> {
    let rows = rows(plan, logframe);
    let mut hints = vec![];
    if rows.is_empty() || rows.iter().any(|row| row.months.is_empty()) {
        return hints;
    }
    let length = length(months);
    let idle: Vec<String> = (1..=length).filter(|month| !rows.iter().any(|row| row.in_month(month))).map(|month| month.to_string()).collect();
    if !idle.is_empty() && months.is_some() {
        hints.push(Reason::new("idle", "plan#plan", |t| t.plan_hint_idle(idle.join(", "))));
    }
    let everywhere = rows.iter().filter(|row| row.months.len() >= usize::try_from(length).unwrap_or(usize::MAX)).count();
    if length > 2 && everywhere * 2 > rows.len() {
        hints.push(Reason::new("everywhere", "plan#plan", |t| t.plan_hint_everywhere(rows.len(), everywhere)));
    }
    for partner in &partners.partners {
        if !rows.iter().any(|row| row.responsible == partner.key) {
            hints.push(Reason::new("idle-partner", "plan#plan", |t| t.plan_hint_idle_partner(&partner.name)));
        }
    }
    hints
}

/// The plan with a row for every activity of the logframe.
#[must_use]
pub fn complete(plan: &Plan, logframe: &Logframe) -> Plan {
    let row = |planned: Planned| PlanRow { activity: planned.key, months: planned.months, responsible: planned.responsible };
    Plan { rows: rows(plan, logframe).into_iter().map(row).collect() }
}

/// What the plan keeps: rows of activities that are still there, months that a plan can have, each once and in order.
#[must_use]
pub fn tidy(rows: Vec<PlanRow>, logframe: &Logframe) -> Plan {
    let mut kept = vec![];
    for (_, activity) in logframe.numbered_activities() {
        if let Some(row) = rows.iter().find(|row| row.activity == activity.key) {
            let mut months: Vec<i32> = row.months.iter().copied().filter(|month| (1..=MOST_MONTHS).contains(month)).collect();
            months.sort_unstable();
            months.dedup();
            kept.push(PlanRow { months, ..row.clone() });
        }
    }
    Plan { rows: kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::content::{Activity, Output, Partner};

    fn logframe() -> Logframe {
        let act = |key: &str| Activity { key: key.into(), text: format!("Activity {key}") };
        Logframe { outputs: vec![Output { key: "r1".into(), activities: vec![act("a1"), act("a2")], ..Output::default() }], ..Logframe::default() }
    }
    fn row(activity: &str, months: &[i32], responsible: &str) -> PlanRow {
        PlanRow { activity: activity.into(), months: months.into(), responsible: responsible.into() }
    }
    fn codes(reasons: Vec<Reason>) -> Vec<(String, String)> {
        reasons.into_iter().map(|reason| (reason.code, reason.at)).collect()
    }

    #[test]
    fn every_activity_needs_months_and_somebody() {
        let plan = Plan { rows: vec![row("a1", &[1, 2, 11], "p1")] };
        let found = codes(complaints(&plan, &logframe(), &Partners::default(), Some(10)));
        let named = |code: &str, at: &str| (code.to_owned(), at.to_owned());
        assert_eq!(
            found,
            [
                named("beyond", "plan#row.a1.month"),
                named("gone-responsible", "plan#row.a1.responsible"),
                named("no-months", "plan#row.a2.month"),
                named("no-responsible", "plan#row.a2.responsible")
            ]
        );
        let partners = Partners { partners: vec![Partner { key: "p1".into(), name: "SDC".into(), ..Partner::default() }] };
        let whole = Plan { rows: vec![row("a1", &[1, 2], "p1"), row("a2", &[3], "lead")] };
        assert!(complaints(&whole, &logframe(), &partners, Some(10)).is_empty());
        assert_eq!(codes(hints(&whole, &logframe(), &partners, Some(4))), [named("idle", "plan#plan")]);
    }

    #[test]
    fn a_plan_without_activities_waits_for_them_and_is_not_optional() {
        let found = codes(complaints(&Plan::default(), &Logframe::default(), &Partners::default(), None));
        assert_eq!(found, [("no-activities".to_owned(), "plan#plan".to_owned())]);
    }

    #[test]
    fn months_are_drawn_in_runs_and_kept_in_order() {
        let plan = tidy(vec![row("a9", &[1], "lead"), row("a1", &[7, 2, 1, 2, 99, -1], "lead")], &logframe());
        assert_eq!(plan.rows.len(), 1);
        let rows = rows(&plan, &logframe());
        assert_eq!(rows[0].runs(), [(1, 2), (7, 7)]);
        assert_eq!(rows[0].months_in_words(), "1–2, 7");
        assert!(rows[1].months.is_empty());
    }
}
