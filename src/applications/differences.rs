//! What a draft changes against the version that was handed in before: shown before that one is replaced (rules.md 6.1).
use super::Part;
use super::boxes;
use super::content::{AttachmentNote, File};
use super::rules::{DESCRIPTION, Label};
use crate::calls::Round;
use crate::kernel::merging::{Boxes, mark};
use crate::kernel::{Bilingual, Tr, both};
use crate::programmes::places;
use std::collections::BTreeSet;

/// A box, or a paper, that says something else now.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The word of the part: `budget`.
    pub step: &'static str,
    /// The row that it stands in, in its own words; empty outside rows.
    pub row: String,
    pub label: Bilingual,
    /// Empty where there was nothing.
    pub before: String,
    /// Empty where it was taken away.
    pub after: String,
}

/// Everything that differs, in the order of the parts and their forms; what was chosen is named in the reader's language.
#[must_use]
pub fn differences(before: &File, after: &File, round: &Round, t: Tr) -> Vec<Difference> {
    let mut found = vec![];
    if before.organisation != after.organisation {
        let label = both(|t| t.application_profile_changed().into());
        found.push(Difference { step: "organisation", row: String::new(), label, before: String::new(), after: String::new() });
    }
    for part in Part::ALL {
        found.extend(of_part(*part, before, after, round, t));
    }
    found.extend(of_papers(&before.attachments, &after.attachments, round));
    found
}

fn of_part(part: Part, before: &File, after: &File, round: &Round, t: Tr) -> Vec<Difference> {
    let mut found = vec![];
    let (old, new) = (boxes::of(&before.part(part)), boxes::of(&after.part(part)));
    let gone = old.iter().map(|(name, _)| name).filter(|name| new.get(name).is_none());
    for name in new.iter().map(|(name, _)| name).chain(gone) {
        let (was, is) = (old.get(name).unwrap_or_default(), new.get(name).unwrap_or_default());
        if mark(name, was) == mark(name, is) {
            continue;
        }
        found.push(Difference {
            step: part.as_str(),
            row: row(name, &new, after).or_else(|| row(name, &old, before)).unwrap_or_default(),
            label: label(part, name),
            before: shown(name, was, before, round, t),
            after: shown(name, is, after, round, t),
        });
    }
    found
}

/// A paper that was added, taken away, or that is another file under the same name.
fn of_papers(before: &[AttachmentNote], after: &[AttachmentNote], round: &Round) -> Vec<Difference> {
    let known = |papers: &[AttachmentNote]| papers.iter().map(|paper| (paper.document.clone(), paper.sha256.clone())).collect::<BTreeSet<_>>();
    let (old, new) = (known(before), known(after));
    let key = |paper: &AttachmentNote| (paper.document.clone(), paper.sha256.clone());
    let said = |paper: &AttachmentNote, before: String, after: String| {
        let document = paper.document.split('.').next().unwrap_or_default();
        let asked = round.terms.documents.iter().find(|asked| asked.key == document);
        let label = asked.map_or_else(|| Bilingual::same(&paper.document), |asked| asked.name.clone());
        Difference { step: "attachments", row: String::new(), label, before, after }
    };
    let gone = before.iter().filter(|paper| !new.contains(&key(paper))).map(|paper| said(paper, paper.name.clone(), String::new()));
    let came = after.iter().filter(|paper| !old.contains(&key(paper))).map(|paper| said(paper, String::new(), paper.name.clone()));
    gone.chain(came).collect()
}

/// The row's own words: its first text, or the activity that it plans.
fn row(name: &str, boxes: &Boxes, file: &File) -> Option<String> {
    let (row, last) = name.rsplit_once('.')?;
    if let Some(activity) = row.strip_prefix("row.") {
        return file
            .logframe
            .numbered_activities()
            .into_iter()
            .find(|(_, known)| known.key == activity)
            .map(|(number, known)| format!("{number} {}", known.text));
    }
    let first = ["description", "name", "title", "risk", "text"].into_iter().filter(|first| *first != last);
    first.filter_map(|first| boxes.get(&format!("{row}.{first}"))).find_map(|values| values.first().cloned()).filter(|text| !text.is_empty())
}

/// What a box is called on its form.
fn label(part: Part, name: &str) -> Bilingual {
    let (row, last) = name.rsplit_once('.').unwrap_or(("", name));
    let label: Label = match (part, last) {
        (Part::Description, last) => described(last),
        (Part::Partners, last) => of_partner(last),
        (Part::Summary, last) => of_summary(last),
        (Part::Logframe, last) => of_logframe(row, last),
        (Part::Plan, "responsible") => |t| t.plan_responsible(),
        (Part::Plan, _) => |t| t.plan_months(),
        (Part::Budget, last) => of_budget(last),
        (Part::Capacity, last) => of_capacity(row, last),
        (Part::Declarations, last) => of_declarations(last),
    };
    both(|t: Tr| label(t).into())
}

fn described(last: &str) -> Label {
    match last {
        "women" => |t| t.application_women(),
        "men" => |t| t.application_men(),
        "risk" => |t| t.application_risk(),
        "mitigation" => |t| t.application_mitigation(),
        _ => DESCRIPTION.iter().find(|(name, _, _)| *name == last).map_or(|t| t.application_step_description(), |(_, label, _)| *label),
    }
}
fn of_partner(last: &str) -> Label {
    match last {
        "nipt" => |t| t.application_partner_nipt(),
        "municipality" => |t| t.application_partner_municipality(),
        "representative" => |t| t.application_partner_representative(),
        "email" => |t| t.application_partner_email(),
        "role" => |t| t.application_partner_role(),
        _ => |t| t.application_partner_name(),
    }
}
fn of_summary(last: &str) -> Label {
    match last {
        "tier" => |t| t.application_tier(),
        "months" => |t| t.application_months(),
        "starts_on" => |t| t.application_starts_on(),
        "summary_sq" => |t| t.application_summary_sq(),
        "summary_en" => |t| t.application_summary_en(),
        "main_municipality" => |t| t.application_main_municipality(),
        "municipalities" => |t| t.application_municipalities(),
        "themes" => |t| t.application_themes(),
        _ => |t| t.application_title(),
    }
}
fn of_logframe(row: &str, last: &str) -> Label {
    match last {
        "unit" => |t| t.logframe_unit(),
        "baseline" => |t| t.logframe_baseline(),
        "baseline_year" => |t| t.logframe_baseline_year(),
        "target" => |t| t.logframe_target(),
        "target_year" => |t| t.logframe_target_year(),
        "target_women" => |t| t.logframe_target_women(),
        "target_men" => |t| t.logframe_target_men(),
        "source" => |t| t.logframe_source(),
        "assumption" => |t| t.logframe_assumption(),
        _ if row.contains("ind.") => |t| t.logframe_indicators(),
        _ if row.contains("act.") => |t| t.logframe_activities(),
        _ if row.starts_with("result") => |t| t.logframe_results(),
        _ if row.starts_with("outcome") => |t| t.logframe_objectives(),
        _ => |t| t.logframe_impact(),
    }
}
fn of_budget(last: &str) -> Label {
    match last {
        "unit" => |t| t.budget_unit(),
        "number" => |t| t.budget_number(),
        "unit_cost" => |t| t.budget_unit_cost_euro(),
        "activity" => |t| t.budget_activity(),
        "spender" => |t| t.budget_spender(),
        "justification" => |t| t.budget_justification(),
        "indirect" => |t| t.budget_indirect(),
        "reserve" => |t| t.budget_reserve(),
        "own_contribution" => |t| t.budget_own(),
        "other_contribution" => |t| t.budget_other_money(),
        "other_donors" => |t| t.budget_other_donors(),
        "heading" => |t| t.budget_caption(),
        _ => |t| t.budget_cost(),
    }
}
fn of_capacity(row: &str, last: &str) -> Label {
    match last {
        "title" => |t| t.application_project_title(),
        "donor" => |t| t.application_project_donor(),
        "amount" => |t| t.application_project_amount(),
        "years" => |t| t.application_project_years(),
        "name" => |t| t.application_member_name(),
        "time" => |t| t.application_member_time(),
        _ if row.starts_with("team") => |t| t.application_member_role(),
        _ => |t| t.application_project_role(),
    }
}
fn of_declarations(last: &str) -> Label {
    match last {
        "name" => |t| t.application_declared_by(),
        "position" => |t| t.application_declared_as(),
        "conflicts" => |t| t.application_conflicts(),
        "other_funding" => |t| t.application_other_funding(),
        _ => |t| t.application_we_declare(),
    }
}

/// What stands in a box in words that people chose, not in the keys of the choices.
fn shown(name: &str, values: &[String], file: &File, round: &Round, t: Tr) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let words = |value: &String| -> String {
        match last {
            "municipality" | "main_municipality" | "municipalities" => places::name(value).to_owned(),
            "activity" => file.logframe.numbered_activities().into_iter().find(|(_, known)| known.key == *value).map_or_else(String::new, |(number, _)| number),
            "tier" => round.tier(value).map_or_else(|| value.clone(), |tier| tier.name.say(t).to_owned()),
            _ => value.clone(),
        }
    };
    if last == "agreed" {
        return values.len().to_string();
    }
    values.iter().map(words).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}
