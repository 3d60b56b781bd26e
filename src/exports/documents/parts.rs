//! The ten parts of an application on paper: what `applications/file.html` is on the screen.
use crate::applications::budget;
use crate::applications::content::Indicator;
use crate::applications::logframe::{self, Level, split};
use crate::applications::reading::{FileView, STEPS, step_label};
use crate::kernel::{Lang, Money, Tr};
use crate::workflow::pdf::{Block, Cell, Column, Group, Months, MonthsRow, Pair, Section, Table};

pub fn sections(file: &FileView, t: Tr) -> Vec<Section> {
    let blocks = |step: &str| match step {
        "organisation" => organisation(file, t),
        "partners" => partners(file, t),
        "summary" => summary(file, t),
        "description" => description(file, t),
        "logframe" => results(file, t),
        "plan" => plan(file, t),
        "budget" => costs(file, t),
        "capacity" => capacity(file, t),
        "attachments" => vec![papers(file, t)],
        _ => declarations(file, t),
    };
    STEPS.iter().zip(1..).map(|(step, number)| Section { heading: format!("{number}. {}", step_label(step, t)), blocks: blocks(step) }).collect()
}

fn nothing(text: &str) -> Block {
    Block::Nothing { text: text.into() }
}

fn text(heading: impl Into<String>, text: &str) -> Block {
    Block::Text { heading: heading.into(), text: text.into(), lang: None }
}

/// Rows without a heading of their own.
fn table(heading: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Block {
    Block::Table(Table { heading: heading.into(), columns, groups: vec![Group { heading: None, rows }], foot: vec![] })
}

fn organisation(file: &FileView, t: Tr) -> Vec<Block> {
    let organisation = &file.file.organisation;
    let profile = &organisation.profile;
    let acronym = if organisation.adds_acronym() { format!(" ({})", organisation.acronym) } else { String::new() };
    let english = if profile.name_en == organisation.name { "" } else { &profile.name_en };
    let mut pairs = vec![
        Pair::new(t.application_org_name(), format!("{}{acronym}", organisation.name)).with(english),
        Pair::new("NIPT", &organisation.nipt),
        Pair::new(t.application_org_seat(), &file.seat).with(format!("{} {}", profile.address, profile.postcode).trim()),
        Pair::new(t.application_org_registration(), &profile.registration).with(t.typed_day(&profile.registered_on)),
        Pair::new(t.application_org_representative(), &profile.representative).with(&profile.representative_position),
    ];
    if !profile.contact.is_empty() {
        pairs.push(Pair::new(t.application_org_contact(), &profile.contact).with(&profile.contact_email));
    }
    pairs.push(Pair::new(t.application_org_mission(), &profile.mission));
    pairs.push(Pair::new(t.application_org_finances(), &profile.finances));
    vec![Block::Pairs { pairs }]
}

fn partners(file: &FileView, t: Tr) -> Vec<Block> {
    let partners = &file.file.partners.partners;
    if partners.is_empty() {
        return vec![nothing(t.application_no_partners())];
    }
    let of = |partner: &crate::applications::content::Partner| {
        let mut pairs = vec![
            Pair::new("NIPT", &partner.nipt),
            Pair::new(t.application_partner_municipality(), file.place(&partner.municipality)),
            Pair::new(t.application_partner_representative(), &partner.representative).with(&partner.email),
            Pair::new(t.application_partner_role(), &partner.role),
        ];
        if let Some(signed) = &partner.signed {
            let by = t.partner_signed_by(t.moment(signed.at), signed.capacity.as_str(), signed.name.as_str());
            pairs.push(Pair::new(t.partner_declares(), signed.wording.say(t)).with(&by));
        }
        [Block::Heading { text: partner.name.clone() }, Block::Pairs { pairs }]
    };
    partners.iter().flat_map(of).collect()
}

fn summary(file: &FileView, t: Tr) -> Vec<Block> {
    let summary = &file.file.summary;
    let themes = file.theme_names.iter().map(|theme| theme.say(t)).collect::<Vec<_>>().join("; ");
    let pairs = vec![
        Pair::new(t.application_title(), &summary.title),
        Pair::new(t.application_tier(), file.tier_name.say(t)),
        Pair::new(t.application_municipalities(), file.municipality_names.join(", ")),
        Pair::new(t.application_themes(), themes),
        Pair::new(t.application_months(), &summary.months),
        Pair::new(t.application_starts_on(), t.typed_day(&summary.starts_on)),
    ];
    let texts = [(Lang::Sq, t.application_summary_sq(), &summary.summary_sq), (Lang::En, t.application_summary_en(), &summary.summary_en)];
    let written = texts.into_iter().filter(|(_, _, text)| !text.is_empty());
    let in_lang = written.map(|(lang, heading, text)| Block::Text { heading: heading.into(), text: text.clone(), lang: Some(lang) });
    std::iter::once(Block::Pairs { pairs }).chain(in_lang).collect()
}

fn description(file: &FileView, t: Tr) -> Vec<Block> {
    let description = &file.file.description;
    let mut blocks: Vec<Block> = file.long_texts(&t).into_iter().map(|(label, long)| text(label, long)).collect();
    if !description.women.is_empty() || !description.men.is_empty() {
        blocks.push(Block::Pairs { pairs: vec![Pair::new(t.application_women(), &description.women), Pair::new(t.application_men(), &description.men)] });
    }
    if !description.risks.is_empty() {
        let rows = description.risks.iter().map(|risk| vec![Cell::new(&risk.risk), Cell::new(&risk.mitigation)]).collect();
        blocks.push(table(t.application_risks(), vec![Column::text(t.application_risk(), 1), Column::text(t.application_mitigation(), 1)], rows));
    }
    blocks
}

fn results(file: &FileView, t: Tr) -> Vec<Block> {
    let logframe = &file.file.logframe;
    let impact = if logframe.impact.is_empty() { t.logframe_empty() } else { &logframe.impact };
    let mut blocks = vec![text(t.logframe_impact(), impact)];
    blocks.extend(logframe.outcomes.iter().zip(1_usize..).map(|(outcome, number)| text(t.logframe_outcome(number), &outcome.text)));
    for (output, result) in logframe.outputs.iter().zip(1_usize..) {
        blocks.push(text(t.logframe_result(result), &output.text));
        let lines = output.activities.iter().zip(1..).map(|(activity, number)| (format!("{result}.{number}"), activity.text.clone()));
        blocks.push(Block::Numbered { lines: lines.collect() });
    }
    let indicators = logframe::levelled(logframe);
    if !indicators.is_empty() {
        let columns = vec![
            Column::text(t.logframe_indicators(), 7),
            Column::text(t.logframe_level(), 4),
            Column::figures(t.logframe_baseline(), 3),
            Column::figures(t.logframe_target(), 3),
            Column::text(t.logframe_source(), 5),
            Column::text(t.logframe_assumption(), 5),
        ];
        blocks.push(table(t.logframe_caption_indicators(), columns, indicators.into_iter().map(|(level, one)| indicator(level, one, t)).collect()));
    }
    blocks
}

fn indicator(level: Level, indicator: &Indicator, t: Tr) -> Vec<Cell> {
    vec![
        Cell::new(&indicator.text).with(&indicator.unit),
        Cell::new(level.label(t)),
        Cell::new(&indicator.baseline).with(&indicator.baseline_year),
        Cell::new(&indicator.target)
            .with([indicator.target_year.clone(), split(indicator, t)].iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ")),
        Cell::new(&indicator.source),
        Cell::new(&indicator.assumption),
    ]
}

fn plan(file: &FileView, t: Tr) -> Vec<Block> {
    if file.plan_rows.is_empty() {
        return vec![nothing(t.logframe_empty())];
    }
    let partner = |key: &str| file.file.partners.partners.iter().find(|partner| partner.key == key).map(|partner| partner.name.clone());
    let rows = file.plan_rows.iter().map(|row| MonthsRow {
        number: row.number.clone(),
        text: row.text.clone(),
        who: if row.responsible == "lead" { file.file.organisation.name.clone() } else { partner(&row.responsible).unwrap_or_default() },
        months: row.months.clone(),
        words: if row.months.is_empty() { t.plan_none().into() } else { format!("{} {}", t.plan_months().to_lowercase(), row.months_in_words()) },
    });
    vec![Block::Months(Months {
        what: format!("{}, {}", t.plan_activity(), t.plan_responsible().to_lowercase()),
        when: t.plan_months().into(),
        months: file.months(),
        rows: rows.collect(),
    })]
}

fn costs(file: &FileView, t: Tr) -> Vec<Block> {
    let (budget, totals) = (&file.file.budget, &file.totals);
    let numbered = budget::numbered(budget);
    let line = |number: &str, line: &crate::applications::content::BudgetLine| {
        vec![
            Cell::new(format!("{number} {}", line.description)).with(&line.justification),
            Cell::new(format!("{} {}", line.number, line.unit)),
            Cell::new(line.unit_cost().map_or_else(|| line.unit_cost.clone(), |cost| t.amount(cost))),
            Cell::new(t.amount(line.total())),
        ]
    };
    let group = |(heading, sum): &(crate::applications::content::Heading, Money)| Group {
        heading: Some(vec![Cell::new(format!("{}. {}", heading.number(), heading.label(t))), Cell::default(), Cell::default(), Cell::new(t.amount(sum))]),
        rows: numbered.iter().filter(|(_, one)| one.heading == *heading).map(|(number, one)| line(number, one)).collect(),
    };
    let columns = vec![
        Column::text(t.budget_cost(), 9),
        Column::figures(t.budget_number(), 3),
        Column::figures(t.budget_unit_cost_euro(), 3),
        Column::figures(t.budget_line_total(), 3),
    ];
    let sum = |label: String, amount: Money| vec![Cell::new(label), Cell::default(), Cell::default(), Cell::new(t.amount(amount))];
    let mut foot = vec![sum(t.budget_direct().into(), totals.direct), sum(shared(t.budget_indirect(), totals.indirect_share, t), totals.indirect)];
    if !totals.reserve.is_zero() {
        foot.push(sum(shared(t.budget_reserve(), totals.reserve_share, t), totals.reserve));
    }
    foot.push(sum(t.budget_total().into(), totals.total));
    vec![Block::Table(Table { heading: t.budget_caption().into(), columns, groups: totals.by_heading.iter().map(group).collect(), foot }), sources(file, t)]
}

fn sources(file: &FileView, t: Tr) -> Block {
    let (budget, totals) = (&file.file.budget, &file.totals);
    let row = |label: String, amount: Money| vec![Cell::new(label), Cell::new(t.amount(amount))];
    let donors = if budget.other_donors.is_empty() { String::new() } else { format!(" ({})", budget.other_donors) };
    let rows = vec![
        row(shared(t.budget_asked_of_fund(), totals.share, t), totals.requested),
        row(t.budget_own().into(), totals.own),
        row(format!("{}{donors}", t.budget_other_money()), totals.other),
    ];
    Block::Table(Table {
        heading: t.budget_sources().into(),
        columns: vec![Column::text(t.budget_source(), 15), Column::figures("€", 3)],
        groups: vec![Group { heading: None, rows }],
        foot: vec![row(t.budget_total().into(), totals.total)],
    })
}

/// `Indirect costs (7%)`
fn shared(label: &str, share: Option<crate::kernel::Basis>, t: Tr) -> String {
    share.map_or_else(|| label.to_owned(), |share| format!("{label} ({})", t.percent(share)))
}

fn capacity(file: &FileView, t: Tr) -> Vec<Block> {
    let capacity = &file.file.capacity;
    let mut blocks = vec![];
    if capacity.projects.is_empty() {
        blocks.push(nothing(t.application_no_projects()));
    } else {
        let columns = vec![
            Column::text(t.application_project_title(), 7),
            Column::text(t.application_project_donor(), 4),
            Column::figures(t.application_project_amount(), 3),
            Column::text(t.application_project_years(), 3),
            Column::text(t.application_project_role(), 4),
        ];
        let row = |project: &crate::applications::content::SimilarProject| {
            [&project.title, &project.donor, &project.amount, &project.years, &project.role].map(Cell::new).into()
        };
        blocks.push(table(t.application_projects(), columns, capacity.projects.iter().map(row).collect()));
    }
    if !capacity.team.is_empty() {
        let columns =
            vec![Column::text(t.application_member_name(), 5), Column::text(t.application_member_role(), 8), Column::figures(t.application_member_time(), 3)];
        let row = |member: &crate::applications::content::Member| [&member.name, &member.role, &member.time].map(Cell::new).into();
        blocks.push(table(t.application_team(), columns, capacity.team.iter().map(row).collect()));
    }
    blocks
}

/// Every paper with the fingerprint by which it can be told from any other.
pub fn papers(file: &FileView, t: Tr) -> Block {
    if file.papers.is_empty() {
        return nothing(t.application_no_papers());
    }
    let row = |paper: &crate::applications::reading::PaperView| {
        let of = if paper.partner.is_empty() { String::new() } else { format!(", {}", paper.partner) };
        let letters: Vec<char> = paper.sha256.chars().collect();
        let groups = letters.chunks(8).map(|eight| eight.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        vec![Cell::new(format!("{}{of}", paper.document.say(t))).with(&paper.name), Cell::new(groups), Cell::new(paper.kilobytes.to_string())]
    };
    let columns =
        vec![Column::text(t.application_document(), 7), Column::text(format!("{} (SHA-256)", t.application_fingerprint()), 7), Column::figures("kB", 2)];
    table("", columns, file.papers.iter().map(row).collect())
}

fn declarations(file: &FileView, t: Tr) -> Vec<Block> {
    let declarations = &file.file.declarations;
    let declared = if file.declared.is_empty() {
        nothing(t.application_nothing_declared())
    } else {
        Block::List { items: file.declared.iter().map(|wording| wording.say(t).to_owned()).collect() }
    };
    let pairs = vec![
        Pair::new(t.application_declared_by(), &declarations.name).with(&declarations.position),
        Pair::new(t.application_conflicts(), &declarations.conflicts),
        Pair::new(t.application_other_funding(), &declarations.other_funding),
    ];
    vec![declared, Block::Pairs { pairs }]
}
