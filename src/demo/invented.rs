//! The invented projects of the demo: what a pack of texts says of a municipality, activities one after the other, a budget that comes to its amount.
use super::material::{ApplicationMaterial, Project};
use crate::applications::content::{Activity, Budget, BudgetLine, Description, Heading, Indicator, Logframe, Outcome, Output, Partners, Plan, PlanRow, Risk};
use crate::kernel::{Money, Quantity};
use crate::programmes::places;

/// What one kind of project says.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    problem: String,
    target_groups: String,
    beneficiaries: String,
    methodology: String,
    risk: String,
    mitigation: String,
    monitoring: String,
    sustainability: String,
    added_value: String,
    visibility: String,
    summary_sq: String,
    summary_en: String,
    impact: String,
    outcome: String,
    outputs: Vec<PackOutput>,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PackOutput {
    text: String,
    activities: Vec<String>,
    indicator: PackIndicator,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PackIndicator {
    text: String,
    unit: String,
    baseline: String,
    target: String,
    source: String,
    assumption: String,
}

impl Pack {
    /// The project that this pack makes of an application whose call closed in this year.
    pub(super) fn project(&self, application: &ApplicationMaterial, year: i16) -> Project {
        let municipality = application.municipalities.first().map_or("", |code| places::name(code));
        let say = |text: &str| text.replace("{municipality}", municipality);
        let logframe = self.logframe(&say, year);
        Project {
            partners: Partners::default(),
            summary_sq: say(&self.summary_sq),
            summary_en: say(&self.summary_en),
            description: self.description(&say),
            plan: spread(&logframe, application.months),
            budget: budget_of(application, &logframe),
            logframe,
        }
    }

    fn description(&self, say: &impl Fn(&str) -> String) -> Description {
        Description {
            problem: say(&self.problem),
            target_groups: say(&self.target_groups),
            women: "30".into(),
            men: "30".into(),
            beneficiaries: say(&self.beneficiaries),
            methodology: say(&self.methodology),
            risks: vec![Risk { key: "k1".into(), risk: say(&self.risk), mitigation: say(&self.mitigation) }],
            monitoring: say(&self.monitoring),
            sustainability: say(&self.sustainability),
            added_value: say(&self.added_value),
            visibility: say(&self.visibility),
        }
    }

    fn logframe(&self, say: &impl Fn(&str) -> String, year: i16) -> Logframe {
        let indicator = |key: String, from: &PackIndicator| Indicator {
            key,
            text: say(&from.text),
            unit: from.unit.clone(),
            baseline: from.baseline.clone(),
            baseline_year: year.to_string(),
            target: from.target.clone(),
            target_year: (year + 1).to_string(),
            source: from.source.clone(),
            assumption: from.assumption.clone(),
            ..Indicator::default()
        };
        let outputs: Vec<Output> = self
            .outputs
            .iter()
            .enumerate()
            .map(|(place, output)| Output {
                key: format!("r{}", place + 1),
                text: say(&output.text),
                indicators: vec![indicator(format!("ri{}", place + 1), &output.indicator)],
                activities: output
                    .activities
                    .iter()
                    .enumerate()
                    .map(|(number, text)| Activity { key: format!("a{}{}", place + 1, number + 1), text: say(text) })
                    .collect(),
            })
            .collect();
        // The last output's figure says whether the outcome was reached, the first one's how far it carried.
        let (first, last) = (self.outputs.first(), self.outputs.last());
        Logframe {
            impact: say(&self.impact),
            impact_indicators: first.map(|output| indicator("ii1".into(), &output.indicator)).into_iter().collect(),
            outcomes: vec![Outcome {
                key: "o1".into(),
                text: say(&self.outcome),
                indicators: last.map(|output| indicator("oi1".into(), &output.indicator)).into_iter().collect(),
            }],
            outputs,
        }
    }
}

/// Activities one after the other, each overlapping the next by a month.
fn spread(logframe: &Logframe, months: i32) -> Plan {
    let activities = logframe.numbered_activities();
    let count = i32::try_from(activities.len()).unwrap_or(1).max(1);
    let rows = activities.iter().zip(0..).map(|((_, activity), place)| {
        let from = 1 + place * (months - 1) / count;
        let until = (1 + (place + 1) * (months - 1) / count).clamp(from, months);
        PlanRow { activity: activity.key.clone(), months: (from..=until).collect(), responsible: "lead".into() }
    });
    Plan { rows: rows.collect() }
}

/// A plausible budget that comes to the amount to the cent: five percent of the direct costs are indirect, and the last line carries the rest.
pub(super) fn budget_of(application: &ApplicationMaterial, logframe: &Logframe) -> Budget {
    let amount = application.amount.to_cents();
    let indirect = amount * 5 / 105;
    let direct = amount - indirect;
    let months = i64::from(application.months);
    let keys: Vec<String> = logframe.numbered_activities().iter().map(|(_, activity)| activity.key.clone()).collect();
    let wanted: [(Heading, &str, &str, i64, i64); 9] = [
        (Heading::HumanResources, "Koordinator i projektit", "muaj", months, 28),
        (Heading::HumanResources, "Financier me kohë të pjesshme", "muaj", months, 11),
        (Heading::HumanResources, "Trajnerë dhe ekspertë", "ditë", 8, 9),
        (Heading::Travel, "Udhëtime në njësitë administrative", "udhëtim", 20, 5),
        (Heading::Equipment, "Materiale për trajnime", "komplet", 30, 4),
        (Heading::LocalOffice, "Pjesa e qirasë së zyrës", "muaj", months, 6),
        (Heading::LocalOffice, "Telefon, internet, energji", "muaj", months, 3),
        (Heading::OtherCosts, "Salla për forume dhe dëgjesa", "takim", 6, 8),
        (Heading::OtherCosts, "Shtypshkrim i materialeve", "kopje", 500, 12),
    ];
    let mut left = direct;
    let mut lines: Vec<BudgetLine> = vec![];
    for (heading, description, unit, number, percent) in wanted {
        // Whole tenths of a euro, as people write unit costs.
        let unit_cost = (direct * percent / 100 / number.max(1)) / 10 * 10;
        left -= unit_cost * number;
        lines.push(line(lines.len(), heading, description, unit, Quantity::cents(number * 100), Money::cents(unit_cost), &keys));
    }
    let place = lines.len();
    lines.push(line(place, Heading::OtherCosts, "Materiale për dukshmërinë e BE-së", "paketë", Quantity::cents(100), Money::cents(left), &keys));
    Budget { lines, indirect: Money::cents(indirect).decimal().to_string(), ..Budget::default() }
}

fn line(place: usize, heading: Heading, description: &str, unit: &str, number: Quantity, unit_cost: Money, activities: &[String]) -> BudgetLine {
    BudgetLine {
        key: format!("l{}", place + 1),
        heading,
        description: description.into(),
        unit: unit.into(),
        number: number.decimal().normalize().to_string(),
        unit_cost: unit_cost.decimal().to_string(),
        activity: activities.get(place % activities.len().max(1)).cloned().unwrap_or_default(),
        spender: "lead".into(),
        justification: String::new(),
    }
}
