//! How a round is summed up. Pure: plain rows in, figures out.
//!
//! A project counts once, at its first-named municipality and theme. Its money is cut to the cent among all its
//! municipalities. So every breakdown has the same number of projects and the same sums.
use crate::kernel::{Actor, Basis, ContractId, Lang, Money, ProgrammeId, Quantity, Room, folded};

/// Who reads a round's summary.
#[must_use]
pub fn may_read(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.opens(Room::Summary, programme)
}

/// One application with how far it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    pub code: String,
    pub title: String,
    pub organisation: String,
    pub contract: Option<ContractId>,
    pub tier: String,
    /// The first-named one; empty where a draft has none.
    pub theme: String,
    /// Codes in the order in which they were named.
    pub places: Vec<String>,
    pub submitted: bool,
    pub withdrawn: bool,
    pub passed: bool,
    pub evaluated: bool,
    pub above: bool,
    pub awarded: bool,
    pub contracted: bool,
    pub completed: bool,
    pub asked: Money,
    pub granted: Money,
    pub paid: Money,
    pub accepted: Money,
}

/// How many came how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Funnel {
    pub started: usize,
    pub submitted: usize,
    pub withdrawn: usize,
    pub passed: usize,
    pub evaluated: usize,
    pub above: usize,
    pub awarded: usize,
    pub contracted: usize,
    pub completed: usize,
}

/// Counts and sums of some projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// Tier, theme, municipality's code or county's name; empty where nothing was named.
    pub key: String,
    pub applied: usize,
    pub grants: usize,
    pub asked: Money,
    pub granted: Money,
    pub paid: Money,
    pub accepted: Money,
}
impl Line {
    fn count(&mut self, project: &Project) {
        self.applied += 1;
        self.grants += usize::from(project.awarded);
    }
    fn add(&mut self, money: &Share) {
        self.asked += money.asked;
        self.granted += money.granted;
        self.paid += money.paid;
        self.accepted += money.accepted;
    }
}

/// A project's money, or a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    asked: Money,
    granted: Money,
    paid: Money,
    accepted: Money,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Breakdown {
    pub lines: Vec<Line>,
    pub total: Line,
}

/// The round in figures.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    pub funnel: Funnel,
    pub total: Line,
    pub by_tier: Breakdown,
    pub by_county: Breakdown,
    pub by_municipality: Breakdown,
    pub by_theme: Breakdown,
    /// Whether any project takes place in several municipalities, so that money was cut.
    pub shared: bool,
}

/// Sums the round up. The keys give each breakdown its order; what is not among them comes after. Money is counted of what was handed in.
#[must_use]
pub fn summary<'c>(projects: &[Project], tiers: &[String], municipalities: &[String], themes: &[String], county: impl Fn(&str) -> &'c str) -> Summary {
    let arrived: Vec<&Project> = projects.iter().filter(|project| project.submitted).collect();
    let by_municipality = places(&arrived, municipalities);
    let by_tier = whole(&arrived, tiers, |project| &project.tier);
    Summary {
        funnel: funnel(projects),
        total: by_tier.total.clone(),
        by_tier,
        by_county: gathered(&by_municipality, county),
        by_municipality,
        by_theme: whole(&arrived, themes, |project| &project.theme),
        shared: arrived.iter().any(|project| project.places.len() > 1),
    }
}

fn funnel(projects: &[Project]) -> Funnel {
    let count = |is: fn(&Project) -> bool| projects.iter().filter(|project| is(project)).count();
    Funnel {
        started: projects.len(),
        submitted: count(|p| p.submitted),
        withdrawn: count(|p| p.withdrawn),
        passed: count(|p| p.submitted && p.passed),
        evaluated: count(|p| p.submitted && p.evaluated),
        above: count(|p| p.submitted && p.above),
        awarded: count(|p| p.submitted && p.awarded),
        contracted: count(|p| p.submitted && p.contracted),
        completed: count(|p| p.submitted && p.completed),
    }
}

fn all_of(project: &Project) -> Share {
    Share { asked: project.asked, granted: project.granted, paid: project.paid, accepted: project.accepted }
}

/// The project's money in as many parts as it has municipalities, adding up to the cent.
fn cut(project: &Project) -> Vec<Share> {
    let parts = project.places.len().max(1);
    let (asked, granted, paid, accepted) = (project.asked.cut(parts), project.granted.cut(parts), project.paid.cut(parts), project.accepted.cut(parts));
    let pairs = asked.into_iter().zip(granted).zip(paid.into_iter().zip(accepted));
    pairs.map(|((asked, granted), (paid, accepted))| Share { asked, granted, paid, accepted }).collect()
}

fn lines_of(keys: &[String]) -> Vec<Line> {
    keys.iter().map(|key| Line { key: key.clone(), ..Line::default() }).collect()
}

fn line<'l>(lines: &'l mut Vec<Line>, key: &str) -> Option<&'l mut Line> {
    if !lines.iter().any(|line| line.key == key) {
        lines.push(Line { key: key.to_owned(), ..Line::default() });
    }
    lines.iter_mut().find(|line| line.key == key)
}

fn with_total(lines: Vec<Line>) -> Breakdown {
    let mut total = Line::default();
    for line in &lines {
        total.applied += line.applied;
        total.grants += line.grants;
        total.add(&Share { asked: line.asked, granted: line.granted, paid: line.paid, accepted: line.accepted });
    }
    Breakdown { lines, total }
}

/// Every project whole under one key.
fn whole(projects: &[&Project], keys: &[String], key: impl Fn(&Project) -> &str) -> Breakdown {
    let mut lines = lines_of(keys);
    for project in projects {
        if let Some(line) = line(&mut lines, key(project)) {
            line.count(project);
            line.add(&all_of(project));
        }
    }
    with_total(lines)
}

/// Every project counted at its first municipality, its money cut among all of them.
fn places(projects: &[&Project], keys: &[String]) -> Breakdown {
    let mut lines = lines_of(keys);
    for project in projects {
        let first = project.places.first().map_or("", String::as_str);
        if let Some(line) = line(&mut lines, first) {
            line.count(project);
        }
        for (place, share) in cut(project).iter().enumerate() {
            let key = project.places.get(place).map_or("", String::as_str);
            if let Some(line) = line(&mut lines, key) {
                line.add(share);
            }
        }
    }
    with_total(lines)
}

/// Municipalities gathered into their counties.
fn gathered<'c>(places: &Breakdown, county: impl Fn(&str) -> &'c str) -> Breakdown {
    let mut lines = vec![];
    for place in &places.lines {
        if let Some(line) = line(&mut lines, county(&place.key)) {
            line.applied += place.applied;
            line.grants += place.grants;
            line.add(&Share { asked: place.asked, granted: place.granted, paid: place.paid, accepted: place.accepted });
        }
    }
    with_total(lines)
}

/// Costs under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Cost {
    /// As in contracts: `human-resources`, `indirect`.
    pub heading: String,
    pub planned: Money,
    pub accepted: Money,
}

/// Planned and accepted costs by heading, in the contract's order; their accepted sum is the round's.
#[must_use]
pub fn costs(planned: &[(String, Money)], accepted: &[(String, Money)], order: &[&str]) -> (Vec<Cost>, Cost) {
    let mut headings: Vec<String> = order.iter().map(|heading| (*heading).to_owned()).collect();
    for (heading, _) in planned.iter().chain(accepted) {
        if !headings.contains(heading) {
            headings.push(heading.clone());
        }
    }
    let of = |rows: &[(String, Money)], heading: &str| rows.iter().filter(|(h, _)| h == heading).map(|(_, amount)| *amount).sum::<Money>();
    let costs: Vec<Cost> = headings.into_iter().map(|heading| Cost { planned: of(planned, &heading), accepted: of(accepted, &heading), heading }).collect();
    let total = Cost { heading: String::new(), planned: costs.iter().map(|cost| cost.planned).sum(), accepted: costs.iter().map(|cost| cost.accepted).sum() };
    (costs, total)
}

/// An indicator of a project, with its last measured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub contract: String,
    pub title: String,
    pub unit: String,
    /// In which language the project wrote title and unit.
    pub lang: Lang,
    pub baseline: Quantity,
    pub target: Quantity,
    pub value: Option<Quantity>,
}

/// One indicator over the round: the same words and the same unit in one project or several.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Gathered {
    pub title: String,
    pub unit: String,
    pub lang: Lang,
    pub indicators: usize,
    pub reached: usize,
    /// Projects that have measured at least one of them.
    pub reporting: usize,
    /// Sums; of one indicator its own figures; none where several have a unit that can't be added up, such as percent.
    pub baseline: Option<Quantity>,
    pub target: Option<Quantity>,
    pub value: Option<Quantity>,
}
impl Gathered {
    /// How far from the baseline to the target: as on the project's own page.
    #[must_use]
    pub fn progress(&self) -> Option<Basis> {
        crate::implementation::rules::progress(self.baseline?, self.target?, self.value?)
    }
    /// Of the bar's thousand.
    #[must_use]
    pub fn width(&self) -> i32 {
        self.progress().map_or(0, |progress| (progress.0 / 10).clamp(0, 1000))
    }
    /// The bar's class: what is reached looks reached.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        if self.progress().is_some_and(|progress| progress >= Basis::WHOLE) { "o" } else { "" }
    }
}

/// Percentages, scores and averages of different projects have no sum.
#[must_use]
pub fn adds_up(unit: &str) -> bool {
    let unit = folded(unit);
    let never = ["%", "percent", "perqind", "score", "pike", "average", "mesatar", "index", "indeks", "grade", "note"];
    !unit.is_empty() && !never.iter().any(|word| unit.contains(word))
}

/// Indicators gathered by their words and their unit, never one unit with another; what most projects measure comes first.
#[must_use]
pub fn indicators(measured: &[Measured]) -> Vec<Gathered> {
    let mut groups: Vec<((String, String), Vec<&Measured>)> = vec![];
    for one in measured {
        let key = (folded(one.title.trim()), folded(one.unit.trim()));
        let Some((_, rows)) = groups.iter_mut().find(|(known, _)| *known == key) else {
            groups.push((key, vec![one]));
            continue;
        };
        // A project that names an indicator on two levels of its logframe counts the same people once.
        match rows.iter_mut().find(|known| known.contract == one.contract) {
            Some(known) => *known = if one.value.is_some() { one } else { *known },
            None => rows.push(one),
        }
    }
    groups.sort_by(|(a, one), (b, two)| two.len().cmp(&one.len()).then_with(|| a.cmp(b)));
    groups.into_iter().filter_map(|(_, rows)| gather(&rows)).collect()
}

fn gather(rows: &[&Measured]) -> Option<Gathered> {
    let first = rows.first()?;
    let sums = rows.len() == 1 || adds_up(&first.unit);
    let sum = |of: fn(&Measured) -> Quantity| sums.then(|| Quantity::cents(rows.iter().map(|row| of(row).to_cents()).fold(0, i64::saturating_add)));
    let mut reporting: Vec<&str> = rows.iter().filter(|row| row.value.is_some()).map(|row| row.contract.as_str()).collect();
    reporting.sort_unstable();
    reporting.dedup();
    // A target below the baseline is reached by going down.
    let reached = |row: &&&Measured| row.value.is_some_and(|value| if row.target < row.baseline { value <= row.target } else { value >= row.target });
    Some(Gathered {
        title: first.title.trim().to_owned(),
        unit: first.unit.trim().to_owned(),
        lang: first.lang,
        indicators: rows.len(),
        reached: rows.iter().filter(reached).count(),
        reporting: reporting.len(),
        baseline: sum(|row| row.baseline),
        target: sum(|row| row.target),
        value: sum(|row| row.value.unwrap_or(row.baseline)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn county(code: &str) -> &'static str {
        match code {
            "a" | "b" => "North",
            "c" => "South",
            _ => "",
        }
    }
    fn keys(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }
    fn sum_up(projects: &[Project]) -> Summary {
        summary(projects, &keys(&["small", "medium"]), &keys(&["a", "b", "c"]), &keys(&["T01", "T02"]), county)
    }

    #[test]
    fn a_project_counts_once_and_its_money_is_cut_to_the_cent() {
        let project = Project {
            tier: "small".into(),
            theme: "T02".into(),
            places: keys(&["b", "c", "a"]),
            submitted: true,
            awarded: true,
            asked: Money::cents(100),
            granted: Money::cents(100),
            ..Project::default()
        };
        let draft = Project { tier: "small".into(), asked: Money::cents(999), ..Project::default() };
        let summary = sum_up(&[project, draft]);
        let counts: Vec<_> = summary.by_municipality.lines.iter().map(|line| (line.key.as_str(), line.grants, line.granted.to_cents())).collect();
        assert_eq!(counts, [("a", 0, 33), ("b", 1, 34), ("c", 0, 33)]);
        let counties: Vec<_> = summary.by_county.lines.iter().map(|line| (line.key.as_str(), line.grants, line.granted.to_cents())).collect();
        assert_eq!(counties, [("North", 1, 67), ("South", 0, 33)]);
        assert_eq!((summary.funnel.started, summary.funnel.submitted, summary.total.asked), (2, 1, Money::cents(100)));
        assert!(summary.shared);
    }

    #[test]
    fn indicators_are_added_only_where_they_can_be() {
        let row = |contract: &str, title: &str, unit: &str, baseline, target, value: Option<i64>| Measured {
            contract: contract.into(),
            title: title.into(),
            unit: unit.into(),
            lang: Lang::En,
            baseline: Quantity::cents(baseline),
            target: Quantity::cents(target),
            value: value.map(Quantity::cents),
        };
        let found = indicators(&[
            row("R1-22", "People trained", "persons", 0, 4_000, Some(4_200)),
            row("R1-05", "people trained ", "Persons", 0, 2_000, None),
            row("R1-22", "People trained", "persons", 0, 4_000, Some(4_200)),
            row("R1-22", "People trained", "meetings", 0, 300, Some(100)),
            row("R1-22", "Satisfied", "%", 3_100, 4_000, Some(3_500)),
            row("R1-05", "Satisfied", "%", 5_000, 2_000, Some(1_900)),
            row("R1-05", "Trust", "%", 2_800, 3_500, Some(3_000)),
        ]);
        let persons = &found[0];
        assert_eq!((persons.unit.as_str(), persons.target, persons.value), ("persons", Some(Quantity::cents(6_000)), Some(Quantity::cents(4_200))));
        assert_eq!((persons.indicators, persons.reporting, persons.progress()), (2, 1, Some(Basis(7_000))));
        let satisfied = &found[1];
        assert_eq!((satisfied.target, satisfied.indicators, satisfied.reached, satisfied.reporting), (None, 2, 1, 2));
        assert_eq!((found[2].unit.as_str(), found[2].indicators), ("meetings", 1), "another unit is another line");
        assert_eq!(found[3].target, Some(Quantity::cents(3_500)), "what stands alone needs no adding");
        assert_eq!(
            found[3].progress(),
            crate::implementation::rules::progress(Quantity::cents(2_800), Quantity::cents(3_500), Quantity::cents(3_000)),
            "as on the project's page"
        );
    }

    #[test]
    fn costs_keep_the_order_of_the_form_and_add_up() {
        let (costs, total) = costs(
            &[("travel".into(), Money::cents(5)), ("odd".into(), Money::cents(2))],
            &[("travel".into(), Money::cents(3))],
            &["human-resources", "travel"],
        );
        assert_eq!(costs.iter().map(|cost| cost.heading.as_str()).collect::<Vec<_>>(), ["human-resources", "travel", "odd"]);
        assert_eq!((total.planned, total.accepted), (Money::cents(7), Money::cents(3)));
    }

    prop_compose! {
        fn project()(
            tier in prop::sample::select(vec!["small", "medium", "odd", ""]),
            theme in prop::sample::select(vec!["T01", "T02", "T09", ""]),
            places in prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "elsewhere"]), 0..4),
            flags in prop::collection::vec(any::<bool>(), 8),
            money in prop::collection::vec(0i64..100_000_000, 4),
        ) -> Project {
            let mut once = keys(&places);
            once.dedup();
            Project {
                tier: tier.into(), theme: theme.into(), places: once,
                submitted: flags[0], withdrawn: flags[1], passed: flags[2], evaluated: flags[3], above: flags[4], awarded: flags[5], contracted: flags[6], completed: flags[7],
                asked: Money::cents(money[0]), granted: Money::cents(money[1]), paid: Money::cents(money[2]), accepted: Money::cents(money[3]),
                ..Project::default()
            }
        }
    }
    proptest! {
        #[test]
        fn every_breakdown_adds_up_to_the_same_total(projects in prop::collection::vec(project(), 0..60)) {
            let summary = sum_up(&projects);
            let arrived: Vec<&Project> = projects.iter().filter(|project| project.submitted).collect();
            let sum = |of: fn(&Project) -> Money| arrived.iter().map(|project| of(project)).sum::<Money>();
            prop_assert_eq!(summary.total.applied, summary.funnel.submitted);
            prop_assert_eq!(summary.total.grants, summary.funnel.awarded);
            prop_assert_eq!(summary.total.asked, sum(|p| p.asked));
            prop_assert_eq!(summary.total.granted, sum(|p| p.granted));
            prop_assert_eq!(summary.total.paid, sum(|p| p.paid));
            prop_assert_eq!(summary.total.accepted, sum(|p| p.accepted));
            for breakdown in [&summary.by_tier, &summary.by_county, &summary.by_municipality, &summary.by_theme] {
                prop_assert_eq!(&breakdown.total, &summary.total);
                prop_assert_eq!(breakdown.lines.iter().map(|line| line.granted).sum::<Money>(), summary.total.granted);
                prop_assert_eq!(breakdown.lines.iter().map(|line| line.grants).sum::<usize>(), summary.total.grants);
            }
        }
    }
}
