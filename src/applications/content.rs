//! What an application says, field by field (rules.md 4.2 to 4.7). Numbers are kept as they were typed, so that nothing
//! typed is ever lost; rules read them through the accessors.
use super::Part;
use crate::accounts::{LegalForm, Profile};
use crate::kernel::{Bilingual, Day, Instant, Money, Quantity, Scan, words};

/// The whole of an application: what the check page shows, what is frozen, what everybody else reads.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct File {
    pub organisation: OrganisationNow,
    pub partners: Partners,
    pub summary: Summary,
    pub description: Description,
    pub logframe: Logframe,
    pub plan: Plan,
    pub budget: Budget,
    pub capacity: Capacity,
    pub declarations: Declarations,
    pub attachments: Vec<AttachmentNote>,
}

impl File {
    /// One part of it.
    #[must_use]
    pub fn part(&self, part: Part) -> PartContent {
        match part {
            Part::Partners => PartContent::Partners(self.partners.clone()),
            Part::Summary => PartContent::Summary(self.summary.clone()),
            Part::Description => PartContent::Description(self.description.clone()),
            Part::Logframe => PartContent::Logframe(self.logframe.clone()),
            Part::Plan => PartContent::Plan(self.plan.clone()),
            Part::Budget => PartContent::Budget(self.budget.clone()),
            Part::Capacity => PartContent::Capacity(self.capacity.clone()),
            Part::Declarations => PartContent::Declarations(self.declarations.clone()),
        }
    }
}

/// The organisation as it was at this moment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OrganisationNow {
    pub nipt: String,
    pub name: String,
    pub acronym: String,
    pub legal_form: LegalForm,
    pub municipality: String,
    pub profile: Profile,
}
impl OrganisationNow {
    /// Whether the acronym says something that the name does not say already: many write both into the name.
    #[must_use]
    pub fn adds_acronym(&self) -> bool {
        !self.acronym.is_empty() && !self.name.contains(&self.acronym)
    }
}

/// A file of the application, in the frozen version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AttachmentNote {
    pub document: String,
    pub name: String,
    pub bytes: i64,
    pub sha256: String,
    /// The last day on which it is valid, where it says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// What the virus scanner said, where there is one: of the moment, so never frozen.
    #[serde(skip)]
    pub scan: Option<Scan>,
}

/// Grant size, place, duration, and the summary in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Summary {
    /// At most 150 characters.
    pub title: String,
    pub tier: String,
    pub themes: Vec<String>,
    /// Codes; the first one is where the project counts when it must count once.
    pub municipalities: Vec<String>,
    pub months: String,
    /// `2018-01-01`: the wished start.
    pub starts_on: String,
    /// At most 1,500 characters each.
    pub summary_sq: String,
    pub summary_en: String,
}
impl Summary {
    #[must_use]
    pub fn months(&self) -> Option<i32> {
        months_typed(&self.months)
    }
}

/// A number of months as people write it: `9`, `9 muaj`, `9 months`.
#[must_use]
pub fn months_typed(text: &str) -> Option<i32> {
    let text = text.trim();
    let (number, word) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()));
    let is_unit = word.is_empty() || ["muaj", "muajsh", "months", "month", "m"].contains(&word.trim().trim_end_matches('.').to_lowercase().as_str());
    if is_unit { number.parse().ok() } else { None }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Partners {
    pub partners: Vec<Partner>,
}

/// A co-applicant.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Partner {
    /// Stable within the application: `p1`.
    pub key: String,
    pub name: String,
    pub nipt: String,
    pub municipality: String,
    pub representative: String,
    pub email: String,
    /// What it does in the project; at most 1,000 characters.
    pub role: String,
    /// What its own person signed; never typed by a form, and only as long as it stands under what the fields say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<PartnerSignature>,
}

/// A partner's own declaration: who signed it, as what, when, and which words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PartnerSignature {
    pub name: String,
    pub capacity: String,
    pub at: Instant,
    pub wording: Bilingual,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Description {
    pub problem: String,
    pub target_groups: String,
    pub women: String,
    pub men: String,
    pub beneficiaries: String,
    pub methodology: String,
    pub risks: Vec<Risk>,
    pub monitoring: String,
    pub sustainability: String,
    pub added_value: String,
    pub visibility: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Risk {
    pub key: String,
    pub risk: String,
    pub mitigation: String,
}

/// The logical framework (rules.md 3.11): impact, outcomes, outputs with their activities; indicators at every level.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Logframe {
    /// The overall objective.
    pub impact: String,
    pub impact_indicators: Vec<Indicator>,
    /// The specific objectives.
    pub outcomes: Vec<Outcome>,
    /// The expected results, numbered 1, 2, 3; their activities 1.1, 1.2, ...
    pub outputs: Vec<Output>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Outcome {
    pub key: String,
    pub text: String,
    pub indicators: Vec<Indicator>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Output {
    pub key: String,
    pub text: String,
    pub indicators: Vec<Indicator>,
    pub activities: Vec<Activity>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Activity {
    pub key: String,
    /// At most 800 characters.
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Indicator {
    pub key: String,
    pub text: String,
    pub unit: String,
    pub baseline: String,
    pub baseline_year: String,
    pub target: String,
    pub target_year: String,
    /// Of the target, where people are counted.
    pub target_women: String,
    pub target_men: String,
    pub source: String,
    pub assumption: String,
}

impl Logframe {
    /// Every activity with its number: (`1.2`, activity).
    #[must_use]
    pub fn numbered_activities(&self) -> Vec<(String, &Activity)> {
        let results = self.outputs.iter().enumerate();
        results
            .flat_map(|(result, output)| output.activities.iter().enumerate().map(move |(place, activity)| (format!("{}.{}", result + 1, place + 1), activity)))
            .collect()
    }
    /// Every indicator with its level and number: (`impact`, nothing), (`outcome`, `1`), (`output`, `2`).
    #[must_use]
    pub fn numbered_indicators(&self) -> Vec<(&'static str, String, &Indicator)> {
        let impact = self.impact_indicators.iter().map(|indicator| ("impact", String::new(), indicator));
        let outcomes = self
            .outcomes
            .iter()
            .enumerate()
            .flat_map(|(place, outcome)| outcome.indicators.iter().map(move |indicator| ("outcome", (place + 1).to_string(), indicator)));
        let outputs = self
            .outputs
            .iter()
            .enumerate()
            .flat_map(|(place, output)| output.indicators.iter().map(move |indicator| ("output", (place + 1).to_string(), indicator)));
        impact.chain(outcomes).chain(outputs).collect()
    }
}

/// The action plan: months are counted from the start (1, 2, ...), because the start moves with the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Plan {
    pub rows: Vec<PlanRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PlanRow {
    /// The activity's key.
    pub activity: String,
    pub months: Vec<i32>,
    /// `lead` or a partner's key.
    pub responsible: String,
}

words!(
    /// Headings of direct costs (Annex B of EU grants, rules.md 3.7), in their order.
    Heading {
        HumanResources = "human-resources",
        Travel = "travel",
        Equipment = "equipment",
        LocalOffice = "local-office",
        OtherCosts = "other-costs",
        Other = "other",
    }
);
impl Heading {
    /// 1 to 6, as on the form.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::HumanResources => 1,
            Self::Travel => 2,
            Self::Equipment => 3,
            Self::LocalOffice => 4,
            Self::OtherCosts => 5,
            Self::Other => 6,
        }
    }
}

/// Cost lines as typed; totals and shares are computed (`budget::totals`), never typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Budget {
    pub lines: Vec<BudgetLine>,
    /// Indirect costs in euros.
    pub indirect: String,
    /// Contingency reserve in euros.
    pub reserve: String,
    /// Own money, in euros.
    pub own_contribution: String,
    /// Other donors' money, in euros.
    pub other_contribution: String,
    pub other_donors: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BudgetLine {
    pub key: String,
    pub heading: Heading,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub unit_cost: String,
    /// Key of the activity it pays for, or empty.
    #[serde(default)]
    pub activity: String,
    /// `lead` or a partner's key.
    #[serde(default)]
    pub spender: String,
    #[serde(default)]
    pub justification: String,
}
impl BudgetLine {
    #[must_use]
    pub fn number(&self) -> Option<Quantity> {
        Quantity::typed(&self.number).filter(|number| *number >= Quantity::ZERO)
    }
    #[must_use]
    pub fn unit_cost(&self) -> Option<Money> {
        Money::typed(&self.unit_cost).filter(|cost| *cost >= Money::ZERO)
    }
    /// Number times unit cost; nothing while one of them cannot be read.
    #[must_use]
    pub fn total(&self) -> Money {
        self.number().zip(self.unit_cost()).map_or(Money::ZERO, |(number, cost)| cost.times(number))
    }
}

/// Experience and team.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Capacity {
    pub projects: Vec<SimilarProject>,
    pub team: Vec<Member>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SimilarProject {
    pub key: String,
    pub title: String,
    pub donor: String,
    pub amount: String,
    pub years: String,
    pub role: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Member {
    pub key: String,
    pub name: String,
    pub role: String,
    /// Percent of working time.
    pub time: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Declarations {
    /// Keys of the call's declarations that were ticked.
    pub agreed: Vec<String>,
    /// Their wording at submission; empty in a draft.
    pub wordings: Vec<Bilingual>,
    pub name: String,
    pub position: String,
    /// People of the fund or the evaluation with whom there is a tie; "none" where there is none.
    pub conflicts: String,
    /// Other requests and grants for the same action.
    pub other_funding: String,
}

/// The content of one part, whatever part it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartContent {
    Partners(Partners),
    Summary(Summary),
    Description(Description),
    Logframe(Logframe),
    Plan(Plan),
    Budget(Budget),
    Capacity(Capacity),
    Declarations(Declarations),
}
impl PartContent {
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Partners(_) => Part::Partners,
            Self::Summary(_) => Part::Summary,
            Self::Description(_) => Part::Description,
            Self::Logframe(_) => Part::Logframe,
            Self::Plan(_) => Part::Plan,
            Self::Budget(_) => Part::Budget,
            Self::Capacity(_) => Part::Capacity,
            Self::Declarations(_) => Part::Declarations,
        }
    }

    /// The part before anybody wrote in it.
    #[must_use]
    pub fn empty(part: Part) -> Self {
        match part {
            Part::Partners => Self::Partners(Partners::default()),
            Part::Summary => Self::Summary(Summary::default()),
            Part::Description => Self::Description(Description::default()),
            Part::Logframe => Self::Logframe(Logframe::default()),
            Part::Plan => Self::Plan(Plan::default()),
            Part::Budget => Self::Budget(Budget::default()),
            Part::Capacity => Self::Capacity(Capacity::default()),
            Part::Declarations => Self::Declarations(Declarations::default()),
        }
    }
    /// From the JSON that is kept.
    ///
    /// # Errors
    /// Where the text is not this part's JSON.
    pub fn read(part: Part, json: &str) -> serde_json::Result<Self> {
        Self::from_value(part, serde_json::from_str(json)?)
    }
    /// As the JSON that is kept.
    ///
    /// # Errors
    /// None in practice: every part is plain text and numbers.
    pub fn written(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.value()?)
    }
    /// The same content without NUL, control characters and blanks at the ends of its texts.
    ///
    /// # Errors
    /// None in practice.
    pub fn cleaned(&self) -> serde_json::Result<Self> {
        let mut value = self.value()?;
        clean_texts(&mut value);
        Self::from_value(self.part(), value)
    }
    fn value(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            Self::Partners(content) => serde_json::to_value(content),
            Self::Summary(content) => serde_json::to_value(content),
            Self::Description(content) => serde_json::to_value(content),
            Self::Logframe(content) => serde_json::to_value(content),
            Self::Plan(content) => serde_json::to_value(content),
            Self::Budget(content) => serde_json::to_value(content),
            Self::Capacity(content) => serde_json::to_value(content),
            Self::Declarations(content) => serde_json::to_value(content),
        }
    }
    fn from_value(part: Part, value: serde_json::Value) -> serde_json::Result<Self> {
        Ok(match part {
            Part::Partners => Self::Partners(serde_json::from_value(value)?),
            Part::Summary => Self::Summary(serde_json::from_value(value)?),
            Part::Description => Self::Description(serde_json::from_value(value)?),
            Part::Logframe => Self::Logframe(serde_json::from_value(value)?),
            Part::Plan => Self::Plan(serde_json::from_value(value)?),
            Part::Budget => Self::Budget(serde_json::from_value(value)?),
            Part::Capacity => Self::Capacity(serde_json::from_value(value)?),
            Part::Declarations => Self::Declarations(serde_json::from_value(value)?),
        })
    }
    /// Puts the part into its place in the file.
    pub fn put_into(self, file: &mut File) {
        match self {
            Self::Partners(content) => file.partners = content,
            Self::Summary(content) => file.summary = content,
            Self::Description(content) => file.description = content,
            Self::Logframe(content) => file.logframe = content,
            Self::Plan(content) => file.plan = content,
            Self::Budget(content) => file.budget = content,
            Self::Capacity(content) => file.capacity = content,
            Self::Declarations(content) => file.declarations = content,
        }
    }
}

fn clean_texts(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = crate::kernel::clean(text),
        serde_json::Value::Array(list) => list.iter_mut().for_each(clean_texts),
        serde_json::Value::Object(object) => object.values_mut().for_each(clean_texts),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::months_typed;

    #[test]
    fn months_are_read_as_people_write_them_and_nothing_else_is() {
        for text in ["9", " 9 ", "9 muaj", "9muaj", "9 Months.", "9 m"] {
            assert_eq!(months_typed(text), Some(9), "{text:?}");
        }
        for text in ["", "muaj", "9 ditë", "9,5", "-9", "9 deri 10"] {
            assert_eq!(months_typed(text), None, "{text:?}");
        }
    }
}
