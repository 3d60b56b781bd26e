//! What both parties sign: the agreement as one document, made from the frozen application, the award and the round's terms.
use super::rules;
use super::{Category, ReportKind};
use crate::applications::content::{File, Indicator};
use crate::calls::Round;
use crate::kernel::{Basis, Bilingual, Day, Money, Quantity};
use crate::programmes::Programme;

/// The agreement, complete: nothing outside it is signed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Agreement {
    pub code: String,
    pub title: String,
    pub fund: Bilingual,
    pub authority: Bilingual,
    pub main_contract: String,
    pub beneficiary: Beneficiary,
    pub partners: Vec<String>,
    pub municipalities: Vec<String>,
    pub starts_on: Day,
    pub ends_on: Day,
    pub months: i32,
    pub amount: Money,
    pub total: Money,
    pub impact: String,
    pub outcomes: Vec<String>,
    /// The expected results, in their order: result 1, 2, 3.
    pub results: Vec<String>,
    pub activities: Vec<PlannedActivity>,
    pub indicators: Vec<PlannedIndicator>,
    pub lines: Vec<AgreedLine>,
    pub payments: Vec<PlannedPayment>,
    pub reports: Vec<PlannedReport>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Beneficiary {
    pub name: String,
    pub nipt: String,
    pub address: String,
    pub representative: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlannedActivity {
    /// `1.2`
    pub number: String,
    pub title: String,
    /// Counted from the start: 1, 2, ...
    pub months: Vec<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlannedIndicator {
    /// `impact`, `outcome` or `output`.
    pub level: String,
    pub number: String,
    pub title: String,
    pub unit: String,
    pub baseline: Quantity,
    pub target: Quantity,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgreedLine {
    pub heading: Category,
    pub description: String,
    pub unit: String,
    pub number: Quantity,
    pub unit_cost: Money,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlannedPayment {
    pub number: i32,
    pub share: Basis,
    pub amount: Money,
    /// Number of the report that must be approved before; none for the first.
    pub report: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlannedReport {
    pub number: i32,
    pub kind: ReportKind,
    pub from: Day,
    pub to: Day,
    pub due: Day,
}

/// What the award adds to the application: code, grant, and the period.
#[derive(Clone, Debug)]
pub struct Award {
    pub code: String,
    pub amount: Money,
    /// What the applicant had asked for.
    pub requested: Money,
    pub months: i32,
    pub tier: String,
    pub starts_on: Day,
}

impl Agreement {
    /// Puts the agreement together. Its lines are those of the frozen budget, whatever the award was.
    #[must_use]
    pub fn new(award: &Award, file: &File, round: &Round, programme: &Programme) -> Self {
        let ends_on = rules::ends_on(award.starts_on, award.months);
        let shares = round.tier(&award.tier).map(|tier| tier.payments.clone()).unwrap_or_default();
        let reports = rules::planned_reports(award.starts_on, award.months, shares.len(), round.terms.report_days);
        let lines = lines_of(file);
        let asked = lines.iter().map(|line| line.total).sum();
        let profile = &file.organisation.profile;
        Self {
            code: award.code.clone(),
            title: file.summary.title.clone(),
            fund: programme.terms.full_name.clone(),
            authority: programme.terms.implementer.name.clone(),
            main_contract: programme.terms.main_contract.number.clone(),
            beneficiary: Beneficiary {
                name: file.organisation.name.clone(),
                nipt: file.organisation.nipt.clone(),
                address: profile.address.clone(),
                representative: profile.representative.clone(),
            },
            partners: file.partners.partners.iter().map(|partner| partner.name.clone()).collect(),
            municipalities: file.summary.municipalities.clone(),
            starts_on: award.starts_on,
            ends_on,
            months: award.months,
            amount: award.amount,
            total: rules::total_for(award.amount, award.requested, asked),
            impact: file.logframe.impact.clone(),
            outcomes: file.logframe.outcomes.iter().map(|outcome| outcome.text.clone()).collect(),
            results: file.logframe.outputs.iter().map(|output| output.text.clone()).collect(),
            activities: activities_of(file),
            indicators: file.logframe.numbered_indicators().into_iter().map(|(level, number, indicator)| planned(level, number, indicator)).collect(),
            payments: rules::planned_payments(award.amount, &shares, &reports),
            lines,
            reports,
        }
    }
    /// The bytes that are signed, and their fingerprint.
    ///
    /// # Errors
    /// `Fault` when it cannot be written as JSON.
    pub fn sealed(&self) -> crate::kernel::Result<(String, String)> {
        let content = serde_json::to_string(self).map_err(crate::kernel::fault)?;
        let sha256 = crate::kernel::fingerprint(content.as_bytes());
        Ok((content, sha256))
    }
}

/// The frozen budget as contract lines: the direct lines in the order of their headings, then indirect costs and the reserve where there are any.
#[must_use]
pub fn lines_of(file: &File) -> Vec<AgreedLine> {
    let mut lines: Vec<AgreedLine> = file
        .budget
        .lines
        .iter()
        .map(|line| AgreedLine {
            heading: line.heading.into(),
            description: line.description.clone(),
            unit: line.unit.clone(),
            number: line.number().unwrap_or_default(),
            unit_cost: line.unit_cost().unwrap_or_default(),
            total: line.total(),
        })
        .filter(|line| !line.total.is_zero())
        .collect();
    lines.sort_by_key(|line| line.heading);
    for (heading, typed) in [(Category::Indirect, &file.budget.indirect), (Category::Reserve, &file.budget.reserve)] {
        let amount = Money::typed(typed).filter(|amount| *amount > Money::ZERO);
        lines.extend(amount.map(|amount| AgreedLine {
            heading,
            description: String::new(),
            unit: String::new(),
            number: Quantity::cents(100),
            unit_cost: amount,
            total: amount,
        }));
    }
    lines
}

fn activities_of(file: &File) -> Vec<PlannedActivity> {
    let months_of = |key: &str| {
        let mut months: Vec<i32> = file.plan.rows.iter().filter(|row| row.activity == key).flat_map(|row| row.months.iter().copied()).collect();
        months.sort_unstable();
        months.dedup();
        months
    };
    let numbered = file.logframe.numbered_activities().into_iter();
    numbered.map(|(number, activity)| PlannedActivity { number, title: activity.text.clone(), months: months_of(&activity.key) }).collect()
}

/// An indicator's figures as numbers: `31%` is 31 with the unit `%`.
fn planned(level: &str, number: String, indicator: &Indicator) -> PlannedIndicator {
    let figure = |typed: &str| Quantity::typed(typed.trim().trim_end_matches('%')).unwrap_or_default();
    let percent = indicator.unit.is_empty() && indicator.target.trim().ends_with('%');
    PlannedIndicator {
        level: level.to_owned(),
        number,
        title: indicator.text.clone(),
        unit: if percent { "%".into() } else { indicator.unit.clone() },
        baseline: figure(&indicator.baseline),
        target: figure(&indicator.target),
        source: indicator.source.clone(),
    }
}
