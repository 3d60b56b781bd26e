//! What Arta types from signing up to the receipt: a small application that lacks nothing, box by box. Over plain HTTP in the story,
//! with a keyboard in the browser.

pub const PROFILE: &[(&str, &str)] = &[
    ("name_en", "Drin Centre (example)"),
    ("registration", "Vendim nr. 3012, Gjykata e Rrethit Gjyqësor Tiranë"),
    ("registered_on", "2009-05-14"),
    ("address", "Rruga e Dritës 12"),
    ("active_in", "kukes"),
    ("phone", "+355 69 000 0000"),
    ("profile_email", "zyra@example.org"),
    ("representative", "Arta Hoxha"),
    ("representative_position", "Drejtoreshë"),
    ("representative_email", "arta@example.org"),
    ("contact", "Arta Hoxha"),
    ("contact_email", "arta@example.org"),
    ("contact_phone", "+355 69 000 0000"),
    ("mission", "Qytetarët e Kukësit marrin pjesë në vendimet e bashkisë së tyre."),
    ("staff_women", "3"),
    ("staff_men", "2"),
    ("volunteers", "12"),
    ("members", "0"),
    ("board_women", "3"),
    ("board_men", "2"),
    ("donors", "Bashkia Kukës, 2016"),
    ("finances", "Kontabiliste e jashtme dhe auditim në vitin 2016."),
];

/// Euros of each of the last three years.
pub const TURNOVER: [(&str, &str); 3] = [("turnover.0.euros", "18500"), ("turnover.1.euros", "18500"), ("turnover.2.euros", "18500")];
pub const NAME: &str = "Arta Hoxha";
pub const PASSWORD: &str = "tri fjalë të mira";
pub const ORGANISATION: &[(&str, &str)] = &[("nipt", "K31525146H"), ("name", "Qendra Drin (example)"), ("legal_form", "center"), ("municipality", "kukes")];
/// Without the themes, which are the call's.
pub const SUMMARY: &[(&str, &str)] = &[
    ("title", "Citizen-led Accountability"),
    ("main_municipality", "kukes"),
    ("months", "8"),
    ("starts_on", "2018-01-01"),
    ("summary_sq", "Qytetarët e Kukësit kërkojnë llogari për buxhetin e bashkisë."),
    ("summary_en", "The citizens of Kukës ask their municipality to account for its budget."),
];
/// The rows of the logframe, by the buttons that add them.
pub const ROWS: [&str; 7] = ["outcome", "result", "activity.r1", "activity.r1", "indicator.impact", "indicator.outcome.o1", "indicator.result.r1"];
/// Where the three indicators stand.
pub const INDICATORS: [&str; 3] = ["impact.ind.i1", "outcome.o1.ind.i2", "result.r1.ind.i3"];
pub const PLAN: &[(&str, &str)] =
    &[("row.a1.month", "1"), ("row.a1.month", "2"), ("row.a1.responsible", "lead"), ("row.a2.month", "3"), ("row.a2.responsible", "lead")];
pub const HEADINGS: [&str; 3] = ["human-resources", "travel", "other-costs"];
/// Besides the sentences that are agreed to.
pub const DECLARATIONS: &[(&str, &str)] = &[("name", NAME), ("position", "Executive director"), ("conflicts", "None"), ("other_funding", "None")];
pub const DESCRIPTION: &[(&str, &str)] = &[
    ("problem", "Citizens seldom learn how their municipality spends their money."),
    ("target_groups", "15-20 members of the municipality's staff and council."),
    ("women", "40"),
    ("men", "35"),
    ("beneficiaries", "The citizens of Kukës."),
    ("methodology", "A survey, focus groups and a structure for dialogue."),
    ("risks.r1.risk", "The staff changes after an election."),
    ("risks.r1.mitigation", "We train two people for each office."),
    ("monitoring", "A survey in month 1 and in month 8."),
    ("sustainability", "The council adopts the rules of the structure."),
    ("added_value", "Half of the participants are women."),
    ("visibility", "The EU emblem on every paper."),
];
pub const LOGFRAME: &[(&str, &str)] = &[
    ("impact.text", "A municipality that answers its citizens"),
    ("outcome.o1.text", "Citizens take part in the budget"),
    ("result.r1.text", "Civil society actors know more"),
    ("result.r1.act.a1.text", "Citizen perception survey"),
    ("result.r1.act.a2.text", "Focus group discussions"),
];
pub const INDICATOR: &[(&str, &str)] = &[
    ("text", "People who took part"),
    ("unit", "number"),
    ("baseline", "0"),
    ("baseline_year", "2017"),
    ("target", "40"),
    ("target_year", "2018"),
    ("source", "Attendance lists"),
    ("assumption", "The municipality takes part."),
];
/// 6,500.00 of direct costs; with seven in a hundred of indirect costs 6,955.00.
pub const BUDGET: &[(&str, &str)] = &[
    ("line.l1.description", "Coordinator, part time"),
    ("line.l1.unit", "month"),
    ("line.l1.number", "8"),
    ("line.l1.unit_cost", "500"),
    ("line.l1.activity", "a1"),
    ("line.l1.justification", "Half of a usual pay."),
    ("line.l2.description", "Travel to villages"),
    ("line.l2.unit", "trip"),
    ("line.l2.number", "20"),
    ("line.l2.unit_cost", "25,00"),
    ("line.l2.activity", "a2"),
    ("line.l2.justification", "Fuel."),
    ("line.l3.description", "Citizen perception survey"),
    ("line.l3.unit", "survey"),
    ("line.l3.number", "1"),
    ("line.l3.unit_cost", "2.000,00"),
    ("line.l3.activity", "a1"),
    ("line.l3.justification", "Three offers."),
];
pub const CAPACITY: &[(&str, &str)] = &[
    ("projects.s1.title", "Open budget hearings in Kukës"),
    ("projects.s1.donor", "LëvizAlbania"),
    ("projects.s1.amount", "9.800,00"),
    ("projects.s1.years", "2015-2016"),
    ("projects.s1.role", "Lead"),
    ("team.m1.name", "Arta Hoxha"),
    ("team.m1.role", "Coordinator"),
    ("team.m1.time", "50"),
];

/// Every box of the logframe with the text of its indicators.
pub fn logframe() -> Vec<(String, &'static str)> {
    let indicators = INDICATORS.iter().flat_map(|place| INDICATOR.iter().map(move |(name, value)| (format!("{place}.{name}"), *value)));
    LOGFRAME.iter().map(|(name, value)| ((*name).to_owned(), *value)).chain(indicators).collect()
}
