//! An application for reading: the same words on the check page, for evaluators, for the office. A page includes
//! `applications/file.html` with a `FileView` called `file` and its `p`.
use super::Part;
use super::budget::{self, Totals};
use super::content::File;
use super::plan::{self, Planned};
use super::rules::{self, PartState};
use crate::calls::Round;
use crate::kernel::{ApplicationId, Bilingual, Day, OrganisationId, Reason, Tr};
use crate::programmes::places;

/// The ten steps of an application in their order; the address of a part's page ends with its word.
pub const STEPS: [&str; 10] = ["organisation", "partners", "summary", "description", "logframe", "plan", "budget", "capacity", "attachments", "declarations"];

/// A step's name on the task list and above its page.
#[must_use]
pub fn step_label(step: &str, t: Tr) -> &'static str {
    match step {
        "organisation" => t.application_step_organisation(),
        "partners" => t.application_step_partners(),
        "summary" => t.application_step_summary(),
        "description" => t.application_step_description(),
        "logframe" => t.application_step_logframe(),
        "plan" => t.application_step_plan(),
        "budget" => t.application_step_budget(),
        "capacity" => t.application_step_capacity(),
        "attachments" => t.application_step_attachments(),
        "declarations" => t.application_step_declarations(),
        _ => "",
    }
}

/// How far every step is, by what the file says and which parts somebody has written in.
#[must_use]
pub fn step_states(file: &File, round: &Round, touched: &[Part]) -> Vec<(&'static str, PartState)> {
    let shortfalls = rules::shortfalls_of(file, round);
    let begun = |step: &str| match step.parse::<Part>() {
        Ok(part) => touched.contains(&part),
        Err(_) => step == "organisation" || !file.attachments.is_empty(),
    };
    STEPS.iter().map(|step| (*step, rules::state_in(&shortfalls, step, begun(step)))).collect()
}

/// Where a step is worked on. The profile knows the way back.
#[must_use]
pub fn step_address(step: &str, application: ApplicationId, organisation: OrganisationId) -> String {
    if step == "organisation" {
        format!("/organisations/{organisation}?then=/applications/{application}")
    } else {
        format!("/applications/{application}/{step}")
    }
}

/// Where the field is that a reason names; None where it concerns the whole.
#[must_use]
pub fn reason_address(reason: &Reason, application: ApplicationId, organisation: OrganisationId) -> Option<String> {
    let (step, field) = reason.at.split_once('#')?;
    Some(format!("{}#{field}", step_address(step, application, organisation)))
}

/// A file of the application as it is shown.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PaperView {
    pub document: Bilingual,
    pub partner: String,
    pub name: String,
    pub kilobytes: i64,
    pub valid_until: Option<Day>,
    pub sha256: String,
    /// Where it can be downloaded; none where this page gives no files.
    pub at: Option<String>,
}

/// Everything that `applications/file.html` shows.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FileView {
    #[serde(flatten)]
    pub file: File,
    pub tier_name: Bilingual,
    pub theme_names: Vec<Bilingual>,
    pub municipality_names: Vec<String>,
    pub seat: String,
    pub papers: Vec<PaperView>,
    pub totals: Totals,
    #[serde(skip)]
    pub plan_rows: Vec<Planned>,
    #[serde(skip)]
    months: i32,
    /// The declarations' sentences: as they were frozen, or as the call has them now.
    pub declared: Vec<Bilingual>,
    /// Whose file it is: then each section has its link "Change".
    #[serde(skip)]
    change: Option<(ApplicationId, OrganisationId)>,
}

impl FileView {
    #[must_use]
    pub fn of(file: File, round: &Round) -> Self {
        let named = rules::papers(&file, round);
        let papers = file.attachments.iter().map(|paper| {
            let slot = named.iter().find(|(key, _, _)| *key == paper.document);
            PaperView {
                document: slot.map_or_else(|| Bilingual::same(&paper.document), |(_, document, _)| document.name.clone()),
                partner: slot.and_then(|(_, _, partner)| *partner).unwrap_or_default().to_owned(),
                name: paper.name.clone(),
                kilobytes: (paper.bytes + 999) / 1_000,
                valid_until: paper.valid_until,
                sha256: paper.sha256.clone(),
                at: None,
            }
        });
        let papers = papers.collect();
        Self {
            tier_name: round.tier(&file.summary.tier).map(|tier| tier.name.clone()).unwrap_or_default(),
            theme_names: file.summary.themes.iter().filter_map(|code| round.terms.theme(code)).map(|theme| theme.name.clone()).collect(),
            municipality_names: file.summary.municipalities.iter().map(|code| places::name(code).to_owned()).collect(),
            seat: places::name(&file.organisation.municipality).to_owned(),
            papers,
            totals: budget::totals(&file.budget, &round.terms.caps_of(&file.summary.tier)),
            plan_rows: plan::rows(&file.plan, &file.logframe),
            months: plan::length(file.summary.months()),
            declared: if file.declarations.wordings.is_empty() { rules::wordings(&file, round) } else { file.declarations.wordings.clone() },
            change: None,
            file,
        }
    }
    /// With a link for each paper: `PREFIX/SHA256`. The page that gives the link also answers for who may follow it.
    #[must_use]
    pub fn with_papers_at(self, prefix: &str) -> Self {
        self.with_some_papers_at(prefix, |_| true)
    }
    /// The same for those papers whose fingerprint is let through.
    #[must_use]
    pub fn with_some_papers_at(mut self, prefix: &str, may: impl Fn(&str) -> bool) -> Self {
        for paper in self.papers.iter_mut().filter(|paper| may(&paper.sha256)) {
            paper.at = Some(format!("{prefix}/{}", paper.sha256));
        }
        self
    }
    /// With a link "Change" beside each section.
    #[must_use]
    pub const fn with_changes(mut self, application: ApplicationId, organisation: OrganisationId) -> Self {
        self.change = Some((application, organisation));
        self
    }
    #[must_use]
    pub fn change_at(&self, step: &str) -> Option<String> {
        self.change.map(|(application, organisation)| step_address(step, application, organisation))
    }
    #[must_use]
    pub fn label(&self, step: &str, t: &Tr) -> &'static str {
        step_label(step, *t)
    }
    /// Months of the plan.
    #[must_use]
    pub const fn months(&self) -> i32 {
        self.months
    }
    /// The description's long texts with their labels, those that say something.
    #[must_use]
    pub fn long_texts(&self, t: &Tr) -> Vec<(&'static str, &str)> {
        rules::DESCRIPTION.iter().map(|(field, label, _)| (label(*t), self.file.description.long_text(field))).filter(|(_, text)| !text.is_empty()).collect()
    }
    #[must_use]
    pub fn place<'c>(&self, code: &'c str) -> &'c str {
        places::name(code)
    }
}
