//! What the written parts lack: summary, description, experience and team, declarations.
use super::look::{Label, Look};
use crate::applications::content::{Description, File};
use crate::calls::Round;
use crate::kernel::{Day, Money, Reason};
use crate::programmes::places;

pub(super) fn summary(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("summary");
    let summary = &file.summary;
    look.text("title", |t| t.application_title(), &summary.title, 150);
    match round.tier(&summary.tier) {
        None => look.say("no-tier", "tier", |t| t.application_choose_tier().into()),
        Some(tier) => {
            let fits = summary.months().is_some_and(|months| (tier.months_at_least..=tier.months_at_most).contains(&months));
            if !fits {
                look.say("months", "months", |t| t.application_months_in_tier(tier.months_at_least, tier.months_at_most, tier.name.say(t)));
            }
        }
    }
    if round.tier(&summary.tier).is_none() {
        look.whole("months", |t| t.application_months(), &summary.months);
    }
    let themes = summary.themes.len();
    if themes == 0 || themes > round.terms.most_themes || summary.themes.iter().any(|code| round.terms.theme(code).is_none()) {
        look.say("themes", "themes", |t| t.application_choose_themes(round.terms.most_themes));
    }
    if summary.municipalities.is_empty() {
        look.say("no-place", "municipalities", |t| t.application_choose_municipalities().into());
    }
    for code in summary.municipalities.iter().filter(|code| !round.terms.municipalities.contains(code)) {
        look.say("place-outside", "municipalities", |t| t.application_place_outside(places::name(code), round.code.as_str()));
    }
    match summary.starts_on.parse::<Day>() {
        Err(_) => look.say("no-start", "starts_on", |t| t.application_no_start().into()),
        Ok(day) if day <= round.closes_at.day() => look.say("early-start", "starts_on", |t| t.application_early_start(t.day(round.closes_at.day()))),
        Ok(_) => {}
    }
    // One language is enough: the call takes applications in either.
    if summary.summary_en.trim().is_empty() {
        look.need("summary_sq", |t| t.application_summary_sq(), &summary.summary_sq);
    }
    look.fits("summary_sq", |t| t.application_summary_sq(), &summary.summary_sq, 1_500);
    look.fits("summary_en", |t| t.application_summary_en(), &summary.summary_en, 1_500);
    look.reasons
}

/// The long texts of the description with their limits (rules.md 4.3): the page and the rule read the same list.
pub const DESCRIPTION: &[(&str, Label, usize)] = &[
    ("problem", |t| t.application_problem(), 3_000),
    ("target_groups", |t| t.application_target_groups(), 1_000),
    ("beneficiaries", |t| t.application_beneficiaries(), 1_000),
    ("methodology", |t| t.application_methodology(), 3_000),
    ("monitoring", |t| t.application_monitoring(), 1_500),
    ("sustainability", |t| t.application_sustainability(), 1_500),
    ("added_value", |t| t.application_added_value(), 1_000),
    ("visibility", |t| t.application_visibility(), 800),
];

impl Description {
    /// One of its long texts by name.
    #[must_use]
    pub fn long_text(&self, name: &str) -> &str {
        match name {
            "problem" => &self.problem,
            "target_groups" => &self.target_groups,
            "beneficiaries" => &self.beneficiaries,
            "methodology" => &self.methodology,
            "monitoring" => &self.monitoring,
            "sustainability" => &self.sustainability,
            "added_value" => &self.added_value,
            "visibility" => &self.visibility,
            _ => "",
        }
    }
}

pub(super) fn description(file: &File, _: &Round) -> Vec<Reason> {
    let mut look = Look::at("description");
    let description = &file.description;
    for (field, label, most) in DESCRIPTION {
        look.text(field, *label, description.long_text(field), *most);
        if *field == "target_groups" {
            look.whole("women", |t| t.application_women(), &description.women);
            look.whole("men", |t| t.application_men(), &description.men);
        }
        if *field == "methodology" && description.risks.is_empty() {
            look.say("no-risk", "add-risks", |t| t.application_no_risk().into());
        }
    }
    for risk in &description.risks {
        look.text(&format!("risks.{}.risk", risk.key), |t| t.application_risk(), &risk.risk, 500);
        look.text(&format!("risks.{}.mitigation", risk.key), |t| t.application_mitigation(), &risk.mitigation, 500);
    }
    look.reasons
}

pub(super) fn capacity(file: &File, _: &Round) -> Vec<Reason> {
    let mut look = Look::at("capacity");
    for project in &file.capacity.projects {
        let field = |name: &str| format!("projects.{}.{name}", project.key);
        look.need(&field("title"), |t| t.application_project_title(), &project.title);
        look.need(&field("donor"), |t| t.application_project_donor(), &project.donor);
        if look.need(&field("amount"), |t| t.application_project_amount(), &project.amount) && Money::typed(&project.amount).is_none() {
            look.say("no-amount", &field("amount"), |t| t.application_no_amount(t.application_project_amount()));
        }
        look.need(&field("years"), |t| t.application_project_years(), &project.years);
        look.need(&field("role"), |t| t.application_project_role(), &project.role);
    }
    if file.capacity.projects.len() > 3 {
        look.say("too-many-projects", "add-projects", |t| t.application_three_projects().into());
    }
    if file.capacity.team.is_empty() {
        look.say("no-team", "add-team", |t| t.application_no_team().into());
    }
    for member in &file.capacity.team {
        let field = |name: &str| format!("team.{}.{name}", member.key);
        look.need(&field("name"), |t| t.application_member_name(), &member.name);
        look.need(&field("role"), |t| t.application_member_role(), &member.role);
        let percent = member.time.trim().trim_end_matches('%').trim().parse::<u32>();
        if !percent.is_ok_and(|percent| (1..=100).contains(&percent)) {
            look.say("no-share", &field("time"), |t| t.application_no_time().into());
        }
    }
    look.reasons
}

pub(super) fn declarations(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("declarations");
    let declared = &file.declarations;
    for declaration in round.terms.declarations.iter().filter(|wanted| !declared.agreed.contains(&wanted.key)) {
        look.say("not-declared", &format!("agreed-{}", declaration.key), |t| t.application_declare(declaration.wording.say(t)));
    }
    look.need("name", |t| t.application_declared_by(), &declared.name);
    look.need("position", |t| t.application_declared_as(), &declared.position);
    look.text("conflicts", |t| t.application_conflicts(), &declared.conflicts, 1_500);
    look.text("other_funding", |t| t.application_other_funding(), &declared.other_funding, 1_500);
    look.reasons
}
