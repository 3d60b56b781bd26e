//! The budget as a workbook: costs under their headings with room for more, sums and caps as formulas, then indirect costs and sources.
use super::about::{About, Choice, List};
use super::budget_rows::{ACTIVITY, DESCRIPTION, HEADING, JUSTIFICATION, KEY, NUMBER, SPENDER, SUMMED, TOTAL, UNIT, UNIT_COST};
use super::drawing::{
    Drawn, EUROS, FIGURES, HEADER, PERCENT, Paper, SUMS, TEXTS, Whose, band, cell, faint, fixed, input, label, muted, strong, warning, worked_out,
};
use super::rules::SILENT;
use crate::applications::budget::{Totals, totals};
use crate::applications::content::{Budget, BudgetLine, Heading, Logframe, PartContent, Partners};
use crate::applications::{Part, boxes};
use crate::calls::{Caps, Tier};
use crate::kernel::{Basis, Money, Result, Tr, fault};

/// Empty rows under each heading.
const FREE: usize = 8;

/// What a budget's workbook is made of.
pub struct Source<'s> {
    pub budget: &'s Budget,
    pub logframe: &'s Logframe,
    pub partners: &'s Partners,
    /// Name of the applying organisation.
    pub lead: &'s str,
    /// None while the size of grant that decides them is not chosen.
    pub caps: Option<Caps>,
    pub tier: Option<&'s Tier>,
}

/// The workbook as a file.
///
/// # Errors
/// `Fault` when the library does not take something.
pub fn write(source: &Source<'_>, whose: &Whose, t: Tr) -> Result<Vec<u8>> {
    Sketch::new(source, whose, t).draw(whose).map_err(fault)
}

/// A heading as the lists and the bands have it.
#[must_use]
pub fn heading_label(heading: Heading, t: Tr) -> String {
    format!("{}. {}", heading.number(), heading.label(t))
}

/// Who may spend, under names that differ.
fn spenders(lead: &str, partners: &Partners) -> Vec<Choice> {
    let mut choices: Vec<Choice> = vec![];
    let people = std::iter::once((lead, "lead")).chain(partners.partners.iter().map(|partner| (partner.name.as_str(), partner.key.as_str())));
    for (name, key) in people {
        let known = choices.iter().any(|choice| choice.label == name);
        let label = if name.trim().is_empty() || known { format!("{name} ({key})") } else { name.to_owned() };
        choices.push(Choice { label: label.trim().to_owned(), key: key.to_owned() });
    }
    choices
}

struct Sketch<'s> {
    t: Tr,
    source: &'s Source<'s>,
    about: About,
    totals: Totals,
    caps: Caps,
}

impl<'s> Sketch<'s> {
    fn new(source: &'s Source<'s>, whose: &Whose, t: Tr) -> Self {
        let titles = [
            t.budget_cost(),
            t.budget_number(),
            t.budget_unit(),
            t.budget_unit_cost_euro(),
            t.budget_line_total(),
            t.budget_activity(),
            t.budget_spender(),
            t.budget_justification(),
            t.workbook_heading(),
        ];
        let activities = source.logframe.numbered_activities();
        let about = About {
            application: whose.application,
            part: Part::Budget,
            version: whose.version,
            sheet: t.budget_title().to_owned(),
            kinds: Heading::ALL.iter().map(|heading| Choice { label: heading_label(*heading, t), key: heading.to_string() }).collect(),
            activities: activities
                .iter()
                .map(|(number, activity)| Choice { label: format!("{number} {}", activity.text).trim().to_owned(), key: activity.key.clone() })
                .collect(),
            spenders: spenders(source.lead, source.partners),
            titles: titles.iter().map(|title| (*title).to_owned()).collect(),
            base: About::base_of(&boxes::of(&PartContent::Budget(source.budget.clone()))),
        };
        let caps = source.caps.unwrap_or(Caps::NONE);
        Self { t, source, about, totals: totals(source.budget, &caps), caps }
    }

    fn draw(&self, whose: &Whose) -> Drawn<Vec<u8>> {
        let t = self.t;
        let widths = [38.0, 10.0, 14.0, 14.0, 15.0, 34.0, 26.0, 40.0, 26.0];
        let titles: Vec<(&str, f64)> = self.about.titles.iter().map(String::as_str).zip(widths).collect();
        let mut paper = Paper::new(t.budget_title(), t.budget_title(), whose, [t.workbook_todo(), t.workbook_todo_budget()], &titles, 9)?;
        let first = HEADER + 1;
        let last = self.lines(&mut paper, first)?;
        let rows = (first, last);
        paper.choose(HEADING, rows, &self.about, List::Kinds, t.workbook_choose())?;
        paper.choose(ACTIVITY, rows, &self.about, List::Activities, t.workbook_choose())?;
        paper.choose(SPENDER, rows, &self.about, List::Spenders, t.workbook_choose())?;
        for column in [NUMBER, UNIT_COST] {
            paper.ask_figure(column, rows, t.workbook_figure())?;
        }
        self.below(&mut paper, rows)?;
        paper.finish(&self.about, t.budget_title())
    }

    /// Headings with their lines and free rows; the answer is the last row.
    fn lines(&self, paper: &mut Paper, first: u32) -> Drawn<u32> {
        let under = |heading: Heading| self.source.budget.lines.iter().filter(move |line| line.heading == heading);
        let count: usize = Heading::ALL.iter().map(|heading| 1 + under(*heading).count() + FREE).sum();
        let last = first + u32::try_from(count).unwrap_or(0) - 1;
        let summed = |column: u32| format!("{}:{}", fixed(first, column), fixed(last, column));
        let mut row = first;
        for heading in Heading::ALL {
            let name = heading_label(*heading, self.t);
            paper.fill(row, DESCRIPTION..=HEADING, &band())?;
            paper.words(row, DESCRIPTION, &name, &band())?;
            let sum = format!("=SUMIF({},{},{})", summed(HEADING), cell(row, DESCRIPTION), summed(SUMMED));
            let now = self.totals.of_heading(heading).decimal().to_string();
            paper.formula(row, TOTAL, &sum, &now, &band().set_num_format(EUROS))?;
            paper.words(row, KEY, SILENT, &label())?;
            row += 1;
            for line in under(*heading).map(Some).chain(std::iter::repeat_n(None, FREE)) {
                self.line(paper, row, &name, line)?;
                row += 1;
            }
        }
        Ok(last)
    }

    fn line(&self, paper: &mut Paper, row: u32, heading: &str, line: Option<&BudgetLine>) -> Drawn {
        let text = |of: fn(&BudgetLine) -> &str| line.map_or("", of);
        let chosen = |list: List, key: &str| self.about.list(list).iter().find(|choice| choice.key == key).map_or(String::new(), |choice| choice.label.clone());
        let texts = input(TEXTS);
        paper.typed(row, DESCRIPTION, text(|line| &line.description), &texts)?;
        paper.figure(row, NUMBER, line.and_then(|line| line.number()).map(|number| number.decimal()), text(|line| &line.number), &input(FIGURES))?;
        paper.typed(row, UNIT, text(|line| &line.unit), &texts)?;
        paper.figure(row, UNIT_COST, line.and_then(|line| line.unit_cost()).map(|cost| cost.decimal()), text(|line| &line.unit_cost), &input(EUROS))?;
        let (number, cost) = (cell(row, NUMBER), cell(row, UNIT_COST));
        let now = line.map_or(Money::ZERO, BudgetLine::total).decimal().to_string();
        paper.formula(row, TOTAL, &format!("=IF(COUNT({number},{cost})=2,ROUND({number}*{cost},2),0)"), &now, &worked_out(SUMS))?;
        let (activity, spender) = (chosen(List::Activities, text(|line| &line.activity)), chosen(List::Spenders, text(|line| &line.spender)));
        paper.typed(row, ACTIVITY, &activity, &texts)?;
        paper.typed(row, SPENDER, &spender, &texts)?;
        paper.typed(row, JUSTIFICATION, text(|line| &line.justification), &texts)?;
        paper.typed(row, HEADING, heading, &faint(texts.clone()))?;
        paper.words(row, KEY, text(|line| &line.key), &label())?;
        paper.fit(
            row,
            &[(text(|line| &line.description), 34), (text(|line| &line.unit), 11), (&activity, 30), (&spender, 22), (text(|line| &line.justification), 36)],
        )?;
        paper.formula(row, SUMMED, &format!("={}", cell(row, TOTAL)), &now, &label())
    }

    /// Everything below the lines: direct costs, indirect costs, reserve, total, sources, and what is asked for.
    fn below(&self, paper: &mut Paper, (first, last): (u32, u32)) -> Drawn {
        let (t, sums, budget) = (self.t, &self.totals, self.source.budget);
        let mut row = last + 2;
        let direct = row;
        let range = format!("=SUM({}:{})", fixed(first, SUMMED), fixed(last, SUMMED));
        worked(paper, direct, t.budget_direct(), &range, sums.direct)?;
        row += 1;
        let indirect = row;
        amount(paper, row, "indirect", t.budget_indirect(), &budget.indirect, t)?;
        self.cap(paper, row, self.caps.indirect, direct, sums.most_indirect, sums.indirect)?;
        let mut total = format!("={}+N({})", cell(direct, TOTAL), cell(indirect, TOTAL));
        if self.source.caps.is_none_or(|caps| caps.reserve.0 > 0) || !budget.reserve.is_empty() {
            row += 1;
            amount(paper, row, "reserve", t.budget_reserve(), &budget.reserve, t)?;
            self.cap(paper, row, self.caps.reserve, direct, sums.most_reserve, sums.reserve)?;
            total = format!("{total}+N({})", cell(row, TOTAL));
        }
        row += 1;
        let whole = row;
        worked(paper, whole, t.budget_total(), &total, sums.total)?;
        row += 2;
        paper.fill(row, DESCRIPTION..=HEADING, &band())?;
        paper.words(row, DESCRIPTION, t.budget_sources(), &band())?;
        paper.words(row, KEY, SILENT, &label())?;
        amount(paper, row + 1, "own_contribution", t.budget_own(), &budget.own_contribution, t)?;
        amount(paper, row + 2, "other_contribution", t.budget_other_money(), &budget.other_contribution, t)?;
        paper.words(row + 3, DESCRIPTION, t.budget_other_donors(), &label())?;
        paper.typed(row + 3, ACTIVITY, &budget.other_donors, &input(TEXTS))?;
        paper.words(row + 3, KEY, "other_donors", &label())?;
        let asked = row + 5;
        let formula = format!("={}-N({})-N({})", cell(whole, TOTAL), cell(row + 1, TOTAL), cell(row + 2, TOTAL));
        worked(paper, asked, t.budget_requested(), &formula, sums.requested)?;
        self.cap(paper, asked, self.caps.requested, whole, sums.most_requested, sums.requested)?;
        self.share(paper, asked + 1, whole)?;
        self.tier(paper, asked + 2, asked)
    }

    /// The most that a cap allows of what stands in `of`, and a word where it is exceeded.
    fn cap(&self, paper: &mut Paper, row: u32, cap: Basis, of: u32, most: Money, now: Money) -> Drawn {
        if self.source.caps.is_none() {
            return Ok(());
        }
        let t = self.t;
        paper.words(row, ACTIVITY, &t.workbook_at_most(t.percent(cap)), &muted())?;
        let formula = format!("=ROUNDDOWN(ROUND({}*{}/10000,6),2)", cell(of, TOTAL), cap.0);
        paper.formula(row, SPENDER, &formula, &most.decimal().to_string(), &muted().set_num_format(EUROS))?;
        let over = format!("=IF(N({})>{},\"{}\",\"\")", cell(row, TOTAL), cell(row, SPENDER), t.workbook_over());
        paper.formula(row, JUSTIFICATION, &over, if now > most { t.workbook_over() } else { "" }, &warning())
    }

    fn share(&self, paper: &mut Paper, row: u32, whole: u32) -> Drawn {
        paper.words(row, DESCRIPTION, self.t.budget_share(), &label())?;
        let share = self.totals.share.map(|share| rust_decimal::Decimal::new(i64::from(share.0), 4).to_string()).unwrap_or_default();
        let formula = format!("=IF({0}=0,\"\",{1}/{0})", cell(whole, TOTAL), cell(row - 1, TOTAL));
        paper.formula(row, TOTAL, &formula, &share, &worked_out(PERCENT))?;
        paper.words(row, KEY, SILENT, &label())
    }

    fn tier(&self, paper: &mut Paper, row: u32, asked: u32) -> Drawn {
        let Some(tier) = self.source.tier else { return Ok(()) };
        let t = self.t;
        paper.words(row, ACTIVITY, &t.budget_tier_range(t.euro_short(tier.at_least), t.euro_short(tier.at_most), tier.name.say(t)), &muted())?;
        let outside =
            format!("=IF(OR({0}<{1},{0}>{2}),\"{3}\",\"\")", cell(asked, TOTAL), tier.at_least.decimal(), tier.at_most.decimal(), t.workbook_outside());
        let is_outside = self.totals.requested < tier.at_least || self.totals.requested > tier.at_most;
        paper.formula(row, JUSTIFICATION, &outside, if is_outside { t.workbook_outside() } else { "" }, &warning())?;
        paper.words(row, KEY, SILENT, &label())
    }
}

fn worked(paper: &mut Paper, row: u32, name: &str, formula: &str, now: Money) -> Drawn {
    paper.words(row, DESCRIPTION, name, &strong())?;
    paper.formula(row, TOTAL, formula, &now.decimal().to_string(), &worked_out(EUROS).set_bold())?;
    paper.words(row, KEY, SILENT, &label())
}

fn amount(paper: &mut Paper, row: u32, key: &str, name: &str, typed: &str, t: Tr) -> Drawn {
    paper.words(row, DESCRIPTION, name, &label())?;
    let read = Money::typed(typed).filter(|amount| *amount >= Money::ZERO).map(|amount| amount.decimal());
    paper.figure(row, TOTAL, read, typed, &input(EUROS))?;
    paper.words(row, KEY, key, &label())?;
    paper.ask_figure(TOTAL, (row, row), t.workbook_figure())
}
