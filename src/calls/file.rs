//! Reads a whole programme file: the fund and its rounds, with every fault named by its line.
//!
//! What all rounds have in common stands once under `[every_round]`; a round that says the same word itself overrides it.
use super::{Caps, CheckLine, Criterion, Declaration, Document, Grid, MachineCheck, Section, Signature, Terms, Theme, Tier, Training, Whose, rules};
use crate::accounts::LegalForm;
use crate::kernel::{FileKind, Instant, Lang, Money};
use crate::programmes;
use crate::programmes::file::{document, fund, municipalities};
use crate::programmes::sheet::{Complaint, Sheet, Table};

/// A fund and its rounds as a file says them.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    pub slug: String,
    pub fund: programmes::Terms,
    pub rounds: Vec<ParsedRound>,
}

/// A round as a file says it.
#[derive(Clone, Debug)]
pub struct ParsedRound {
    pub code: String,
    pub opens_at: Instant,
    pub closes_at: Instant,
    pub envelope: Money,
    pub terms: Terms,
}

#[cfg(test)]
impl ParsedRound {
    /// The round as tests want it: public, and nothing in it moved yet.
    pub fn published(&self) -> super::Round {
        super::Round {
            id: crate::kernel::RoundId::new(),
            programme_id: crate::kernel::ProgrammeId::new(),
            code: self.code.clone(),
            terms: self.terms.clone(),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            extended_from: None,
            questions_basis: None,
            envelope: self.envelope,
            state: super::RoundState::Published,
            published_at: None,
            version: 1,
        }
    }
}

/// Reads the file `name`, whose content is `text`.
///
/// # Errors
/// Everything wrong in it, in the order of its lines.
pub fn read(name: &str, text: &str) -> Result<ParsedFile, Vec<Complaint>> {
    let sheet = Sheet::new(name, text);
    let Some((table, offset)) = document(&sheet, text) else { return Err(sheet.complaints()) };
    let table = Table::new(&sheet, &table, offset);
    let (slug, fund) = fund(&table);
    let themes: Vec<Theme> = table.tables("themes").iter().map(theme).collect();
    let shared = table.table_or_none("every_round");
    let reader = Reader { fund: &fund, themes: &themes };
    let rounds: Vec<ParsedRound> = table.tables("rounds").into_iter().map(|round| reader.round(round, shared.as_ref())).collect();
    if let Some(shared) = shared.filter(|_| !rounds.is_empty()) {
        shared.finish();
    }
    table.flaws(rules::theme_flaws(&themes));
    table.flaws(rules::flaws_of_all(&fund, &rounds));
    table.finish();
    let complaints = sheet.complaints();
    if complaints.is_empty() { Ok(ParsedFile { slug, fund, rounds }) } else { Err(complaints) }
}

/// What the rounds of a file choose from.
struct Reader<'r> {
    fund: &'r programmes::Terms,
    themes: &'r [Theme],
}

impl Reader<'_> {
    fn round(&self, table: Table<'_>, shared: Option<&Table<'_>>) -> ParsedRound {
        let table = table.or_from(shared);
        let round = ParsedRound {
            code: table.text("code"),
            opens_at: table.moment("opens"),
            closes_at: table.moment("closes"),
            envelope: table.money("envelope"),
            terms: self.terms(&table),
        };
        table.flaws(rules::flaws(self.fund, &round));
        if let Some(shared) = shared {
            table.share_words_with(shared);
        }
        table.finish();
        round
    }

    fn terms(&self, table: &Table<'_>) -> Terms {
        Terms {
            name: table.both("name"),
            purpose: table.both("purpose"),
            languages: table.words("languages", Lang::ALL),
            tiers: table.some_tables("tiers").iter().map(tier).collect(),
            legal_forms: table.words("legal_forms", LegalForm::ALL),
            municipalities: municipalities(table, self.fund.municipalities.iter().map(String::as_str).collect()),
            themes: self.themes_of(table),
            most_themes: table.number("most_themes"),
            applications_per_organisation: table.number("applications_per_organisation"),
            caps: table.table("caps").map(caps).unwrap_or_default(),
            documents: table.some_tables("documents").iter().map(a_document).collect(),
            declarations: table.some_tables("declarations").iter().map(declaration).collect(),
            signature: if table.has("signature") { table.word("signature", Signature::ALL).unwrap_or_default() } else { Signature::default() },
            partners_sign: table.flag_or_no("partners_sign"),
            partner_declaration: table.both_or_none("partner_declaration"),
            checklist: table.some_tables("checklist").iter().map(check_line).collect(),
            grid: table.table("grid").map(grid).unwrap_or_default(),
            clarification_days: table.number("clarification_days"),
            signature_days: table.number("signature_days"),
            report_days: table.number("report_days"),
            results_days: table.number("results_days"),
            questions_days: if table.has("questions_days") { table.number("questions_days") } else { super::QUESTIONS_DAYS },
            answers_days: if table.has("answers_days") { table.number("answers_days") } else { super::ANSWERS_DAYS },
            questions_until: table.has("questions_until").then(|| table.moment("questions_until")),
            answers_until: table.has("answers_until").then(|| table.moment("answers_until")),
            complaint_days: table.number("complaint_days"),
            reserve_days: if table.has("reserve_days") { table.number("reserve_days") } else { super::half_a_year() },
            trainings: table.tables("trainings").iter().map(training).collect(),
        }
    }

    /// Codes out of the file's own list of themes; the word "all" is every one of them.
    fn themes_of(&self, table: &Table<'_>) -> Vec<Theme> {
        if table.is_word("themes", "all") {
            return self.themes.to_vec();
        }
        let known: Vec<&str> = self.themes.iter().map(|theme| theme.code.as_str()).collect();
        let chosen = table.words("themes", &known);
        self.themes.iter().filter(|theme| chosen.contains(&theme.code.as_str())).cloned().collect()
    }
}

fn theme(table: &Table<'_>) -> Theme {
    let theme = Theme { code: table.text("code"), name: table.both("name") };
    table.finish();
    theme
}

fn tier(table: &Table<'_>) -> Tier {
    let tier = Tier {
        key: table.text("key"),
        name: table.both("name"),
        meant_for: table.both_or_none("meant_for"),
        at_least: table.money("at_least"),
        at_most: table.money("at_most"),
        months_at_least: table.number("months_at_least"),
        months_at_most: table.number("months_at_most"),
        payments: table.percents("payments"),
        caps: table.table_or_none("caps").map(caps),
    };
    table.finish();
    tier
}

fn caps(table: Table<'_>) -> Caps {
    let caps = Caps { indirect: table.percent("indirect"), reserve: table.percent("reserve"), requested: table.percent("requested") };
    table.finish();
    caps
}

fn a_document(table: &Table<'_>) -> Document {
    let document = Document {
        key: table.text("key"),
        name: table.both("name"),
        hint: table.both_or_none("hint"),
        required: table.flag("required"),
        whose: table.word("whose", Whose::ALL).unwrap_or(Whose::Lead),
        evaluators: table.flag_or_no("evaluators"),
        kinds: if table.has("kinds") { table.words("kinds", FileKind::ALL) } else { vec![] },
        megabytes: table.number_or_none("megabytes"),
        validity: table.flag_or_no("validity"),
        model: table.flag_or_no("model"),
    };
    table.finish();
    document
}

fn declaration(table: &Table<'_>) -> Declaration {
    let declaration = Declaration { key: table.text("key"), wording: table.both("wording") };
    table.finish();
    declaration
}

fn check_line(table: &Table<'_>) -> CheckLine {
    let line = CheckLine {
        key: table.text("key"),
        question: table.both("question"),
        machine: if table.has("machine") { table.word("machine", MachineCheck::ALL) } else { None },
        clarifiable: table.flag("clarifiable"),
        reason: table.both("reason"),
    };
    table.finish();
    line
}

fn grid(table: Table<'_>) -> Grid {
    let grid = Grid {
        sections: table.some_tables("sections").iter().map(section).collect(),
        anchors: table.boths("anchors"),
        comment_at: table.numbers("comment_at"),
        threshold: table.number("threshold"),
        readers: table.number("readers"),
        gap: table.number("gap"),
        tie_breaks: table.texts("tie_breaks"),
        days: table.number("days"),
    };
    table.finish();
    grid
}

fn section(table: &Table<'_>) -> Section {
    let section = Section {
        key: table.text("key"),
        name: table.both("name"),
        threshold: table.number_or_none("threshold"),
        criteria: table.some_tables("criteria").iter().map(criterion).collect(),
    };
    table.finish();
    section
}

fn criterion(table: &Table<'_>) -> Criterion {
    let criterion = Criterion { key: table.text("key"), question: table.both("question"), weight: table.number("weight"), part: table.text_or_none("part") };
    table.finish();
    criterion
}

fn training(table: &Table<'_>) -> Training {
    let training = Training { what: table.both("what"), place: table.text("place"), on: table.day("on") };
    table.finish();
    training
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACT: &str = include_str!("../../config/programmes/pact.toml");
    const ELECTIONS: &str = include_str!("../../config/programmes/elections.toml");

    #[test]
    fn the_files_that_are_shipped_have_no_fault() {
        let pact = read("pact.toml", PACT).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
        assert_eq!(pact.rounds.iter().map(|round| round.code.as_str()).collect::<Vec<_>>(), ["R1", "R2", "R3"]);
        assert_eq!(pact.rounds.iter().map(|round| round.envelope).sum::<Money>(), pact.fund.envelope);
        let closing: Vec<String> = pact.rounds.iter().map(|round| round.closes_at.to_string()).collect();
        assert_eq!(closing, ["2016-07-25T15:00:00Z", "2017-06-01T15:00:00Z", "2017-10-25T15:00:00Z"]);
        assert!(pact.rounds.iter().all(|round| round.terms.grid.most() == 100 && round.terms.themes.len() == 11));
        let elections = read("elections.toml", ELECTIONS).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
        assert!(elections.rounds.is_empty());
    }

    /// PACT with one passage replaced, and where that passage stood: what a hand slipping over the file does.
    fn with(from: &str, to: &str) -> (String, usize) {
        let at = PACT.find(from).unwrap_or_else(|| panic!("{from:?} is not in the file"));
        (PACT.replacen(from, to, 1), PACT.get(..at).unwrap().lines().count().max(1) + usize::from(PACT.get(..at).unwrap().ends_with('\n')))
    }

    #[test]
    fn every_slip_is_named_with_its_line() {
        let cases = [
            ("planned_grants = 41", "planed_grants = 41", "`planed_grants` is not a word that stands here"),
            ("planned_grants = 41", "planned_grants = \"41\"", "`planned_grants` must be a whole number, not below 0"),
            ("envelope = 500_000", "envelope = 499_999", "the rounds share out 500000.00 euros, the fund has 499999.00"),
            ("\"klos\"", "\"klosi\"", "in `municipalities`: `klosi` is not known"),
            ("themes = \"all\"", "themes = [\"T01\", \"T99\"]", "in `themes`: `T99` is not one of T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11"),
            ("whose = \"partner\"", "whose = \"friend\"", "`whose`: `friend` is not one of lead, partner"),
            ("code = \"T02\"", "code = \"T01\"", "`T01` is there twice"),
            ("key = \"nipt\"", "key = \"registration\"", "`registration` is there twice"),
            ("key = \"nipt\",", "key = \"nipt\", megabytes = 41,", "`nipt`: a file may have at most 40 megabytes"),
            ("key = \"nipt\",", "key = \"nipt\", kinds = [\"heic\"],", "in `kinds`: `heic` is not one of pdf, photo, docx, xlsx"),
            ("slug = \"pact\"", "slug = \"pact\"\nslug = \"pact\"", "duplicate key"),
            ("closes = 2016-07-25T17:00:00", "closes = 2016-06-01T17:00:00", "the round closes before it opens"),
            ("closes = 2017-10-25T17:00:00", "closes = 2020-01-10T17:00:00", "the round closes after the main contract has ended on 2019-12-31"),
            (
                "closes = 2017-10-25T17:00:00",
                "closes = 2017-10-25T17:00:00Z",
                "`closes` must be a date and time in Tirana, without an offset, such as 2016-07-25T17:00:00",
            ),
            ("opens = 2017-09-15T09:00:00", "opens = 2017-05-15T09:00:00", "R3 opens before R2 has closed"),
            ("at_least = 20_000", "at_least = 19_999.99", "`large` begins at 19999.99, but `medium` goes up to 20000.00: sizes may touch, not overlap"),
            ("at_least = 20_000", "at_least = 20_000.001", "`at_least` must be an amount in euros with at most two decimals"),
            ("months_at_least = 12\n", "months_at_least = 11\n", "`large` begins at 11 months, but `medium` goes up to 12: durations may touch, not overlap"),
            ("payments = [40, 40, 20]", "payments = [40, 40, 10]", "`large`: the payments add up to 90 %, not to 100 %"),
            ("weight = 2, part = \"logframe\"", "weight = 3, part = \"logframe\"", "the grid adds up to 105 points, not to 100"),
            ("weight = 2, part = \"logframe\"", "weight = 0, part = \"logframe\"", "`2-1`: a weight is between 1 and 4"),
            ("threshold = 12", "threshold = 21", "`capacity` needs 21 points, but has only 20"),
            ("threshold = 60", "threshold = 101", "`threshold` is 101, but there are only 100 points"),
            ("tie_breaks = [\"relevance\"", "tie_breaks = [\"beauty\"", "`beauty` is no section of the grid"),
            ("most_themes = 3", "most_themes = 12", "`most_themes` must be between 1 and 11"),
            ("answers_days = 7", "answers_days = 15", "questions would be answered before they may be asked: `answers_days` is more than `questions_days`"),
        ];
        for (from, to, text) in cases {
            let (broken, line) = with(from, to);
            let complaints = read("pact.toml", &broken).expect_err(text);
            let named = complaints.iter().find(|complaint| complaint.text.contains(text)).unwrap_or_else(|| panic!("{text}: {complaints:#?}"));
            // What adds up wrongly is named where the list begins, a second `slug` on the line after the first.
            let near = if text.contains("adds up to 105") { named.line < line } else { named.line == line || named.line == line + 1 };
            assert!(near, "{text}: line {} instead of {line}", named.line);
            assert!(named.to_string().starts_with("pact.toml:"));
        }
    }

    #[test]
    fn all_slips_come_at_once_in_the_order_of_their_lines_and_those_of_what_rounds_share_once() {
        let broken = PACT
            .replacen("planned_grants = 41", "", 1)
            .replacen("payments = [50, 30, 20]", "payments = [50]", 1)
            .replacen("readers = 2", "readers = 1", 1)
            .replacen("closes = 2017-10-25T17:00:00", "closes = \"tomorrow\"", 1);
        let complaints = read("pact.toml", &broken).unwrap_err();
        let texts: Vec<&str> = complaints.iter().map(|complaint| complaint.text.as_str()).collect();
        assert_eq!(texts.len(), 4, "{texts:#?}");
        assert_eq!(texts.first(), Some(&"`planned_grants` is missing"));
        assert!(texts.get(1).unwrap().starts_with("an application has at least two readers"));
        assert!(texts.get(2).unwrap().starts_with("`medium`: the payments add up to 50 %"));
        assert!(texts.get(3).unwrap().starts_with("`closes` must be a date and time"));
        assert!(complaints.is_sorted_by_key(|complaint| complaint.line));
    }
}
