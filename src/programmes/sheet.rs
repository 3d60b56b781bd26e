//! Reads a programme file so that every fault in it is named at once, each with its line: nobody mends a file one error at a time.
//!
//! A `Table` hands out its values one by one; what is missing, of the wrong kind or unknown is complained about, and a
//! placeholder goes on, so that the rest is read too.
use crate::kernel::{Basis, Bilingual, Day, Instant, Money, Quantity};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub file: String,
    pub line: usize,
    pub text: String,
}
impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// A fault that a rule found: the place within the table as `tiers.1.at_least`, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub at: String,
    pub text: String,
}
impl Flaw {
    pub fn new(at: impl Into<String>, text: impl Into<String>) -> Self {
        Self { at: at.into(), text: text.into() }
    }
}

/// One file being read, with everything that was found wrong so far.
pub struct Sheet<'d> {
    name: &'d str,
    text: &'d str,
    found: RefCell<BTreeSet<(usize, String)>>,
    /// Tables with a value missing or of the wrong kind: what rules say of their placeholders is noise.
    broken: RefCell<BTreeSet<usize>>,
}

impl<'d> Sheet<'d> {
    #[must_use]
    pub const fn new(name: &'d str, text: &'d str) -> Self {
        Self { name, text, found: RefCell::new(BTreeSet::new()), broken: RefCell::new(BTreeSet::new()) }
    }
    /// Complains about the text at this offset.
    pub fn complain(&self, offset: usize, text: impl Into<String>) {
        let line = self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
        self.found.borrow_mut().insert((line, text.into()));
    }
    /// All complaints in the order of their lines, each once: a fault in what all rounds share is one fault.
    #[must_use]
    pub fn complaints(&self) -> Vec<Complaint> {
        self.found.borrow().iter().map(|(line, text)| Complaint { file: self.name.to_owned(), line: *line, text: text.clone() }).collect()
    }
}

/// A table of the file; what it lacks may stand in another one that several tables share.
pub struct Table<'d> {
    sheet: &'d Sheet<'d>,
    own: &'d DeTable<'d>,
    offset: usize,
    shared: Option<&'d DeTable<'d>>,
    used: RefCell<BTreeSet<&'static str>>,
}

type Value<'d> = Spanned<DeValue<'d>>;

impl<'d> Table<'d> {
    #[must_use]
    pub const fn new(sheet: &'d Sheet<'d>, own: &'d DeTable<'d>, offset: usize) -> Self {
        Self { sheet, own, offset, shared: None, used: RefCell::new(BTreeSet::new()) }
    }
    /// The same table, with another one to look into for what it does not say itself.
    #[must_use]
    pub fn or_from(mut self, shared: Option<&Self>) -> Self {
        self.shared = shared.map(|table| table.own);
        self
    }

    fn value(&self, key: &'static str) -> Option<&'d Value<'d>> {
        self.used.borrow_mut().insert(key);
        self.own.get(key).or_else(|| self.shared?.get(key))
    }
    fn identity(table: &DeTable<'_>) -> usize {
        std::ptr::from_ref(table).addr()
    }
    fn is_broken(&self) {
        self.sheet.broken.borrow_mut().insert(Self::identity(self.own));
    }
    fn wrong<T: Default>(&self, value: &Value<'_>, text: String) -> T {
        self.is_broken();
        self.sheet.complain(value.span().start, text);
        T::default()
    }
    fn missing<T: Default>(&self, key: &str) -> T {
        self.is_broken();
        self.sheet.complain(self.offset, format!("`{key}` is missing"));
        T::default()
    }
    /// What stands under this key, read by `read`, which answers what it wanted instead.
    fn take<T: Default>(&self, key: &'static str, read: impl Fn(&DeValue<'d>) -> Result<T, String>) -> T {
        let Some(value) = self.value(key) else { return self.missing(key) };
        read(value.get_ref()).unwrap_or_else(|wanted| self.wrong(value, format!("`{key}` must be {wanted}")))
    }
    fn list<T: Default>(&self, key: &'static str, wanted: &str, read: impl Fn(&Value<'d>) -> Result<T, String>) -> Vec<T> {
        let Some(value) = self.value(key) else { return self.missing(key) };
        let Some(items) = value.get_ref().as_array() else { return self.wrong(value, format!("`{key}` must be a list of {wanted}")) };
        items.iter().filter_map(|item| read(item).map_err(|wanted| self.wrong::<()>(item, format!("in `{key}`: {wanted}"))).ok()).collect()
    }

    #[must_use]
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }
    /// A text that is not empty.
    #[must_use]
    pub fn text(&self, key: &'static str) -> String {
        self.take(key, plain_text)
    }
    /// A text that may be left out.
    #[must_use]
    pub fn text_or_none(&self, key: &'static str) -> String {
        if self.has(key) { self.text(key) } else { String::new() }
    }
    /// A text in both languages: `{ sq = "...", en = "..." }`.
    #[must_use]
    pub fn both(&self, key: &'static str) -> Bilingual {
        self.take(key, bilingual)
    }
    #[must_use]
    pub fn both_or_none(&self, key: &'static str) -> Bilingual {
        if self.has(key) { self.both(key) } else { Bilingual::default() }
    }
    #[must_use]
    pub fn boths(&self, key: &'static str) -> Vec<Bilingual> {
        self.list(key, "texts in both languages", |item| bilingual(item.get_ref()).map_err(|wanted| format!("must be {wanted}")))
    }
    #[must_use]
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.list(key, "texts", |item| plain_text(item.get_ref()).map_err(|wanted| format!("must be {wanted}")))
    }
    #[must_use]
    pub fn flag(&self, key: &'static str) -> bool {
        self.take(key, |value| value.as_bool().ok_or_else(|| "true or false".into()))
    }
    /// Not set is no.
    #[must_use]
    pub fn flag_or_no(&self, key: &'static str) -> bool {
        self.has(key) && self.flag(key)
    }
    #[must_use]
    pub fn number<N: TryFrom<i64> + Default>(&self, key: &'static str) -> N {
        self.take(key, whole)
    }
    #[must_use]
    pub fn number_or_none<N: TryFrom<i64> + Default>(&self, key: &'static str) -> N {
        if self.has(key) { self.number(key) } else { N::default() }
    }
    #[must_use]
    pub fn numbers<N: TryFrom<i64> + Default>(&self, key: &'static str) -> Vec<N> {
        self.list(key, "whole numbers", |item| whole(item.get_ref()).map_err(|wanted| format!("must be {wanted}")))
    }
    /// Euros: `5_000`, `15721.04`.
    #[must_use]
    pub fn money(&self, key: &'static str) -> Money {
        self.take(key, |value| hundredths(value).map(Money::cents).ok_or_else(|| "an amount in euros with at most two decimals".into()))
    }
    /// A percentage: `7`, `12.5`.
    #[must_use]
    pub fn percent(&self, key: &'static str) -> Basis {
        self.take(key, percent)
    }
    #[must_use]
    pub fn percents(&self, key: &'static str) -> Vec<Basis> {
        self.list(key, "percentages", |item| percent(item.get_ref()).map_err(|wanted| format!("must be {wanted}")))
    }
    /// A calendar day: `2016-06-10`.
    #[must_use]
    pub fn day(&self, key: &'static str) -> Day {
        let nothing = Day(jiff::civil::Date::ZERO);
        let Some(value) = self.value(key) else {
            self.missing::<()>(key);
            return nothing;
        };
        as_written(value.get_ref()).and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            self.wrong::<()>(value, format!("`{key}` must be a day such as 2016-06-10"));
            nothing
        })
    }
    /// A wall-clock time in Tirana: `2016-07-25T17:00:00`.
    #[must_use]
    pub fn moment(&self, key: &'static str) -> Instant {
        let nothing = Instant::new(jiff::Timestamp::UNIX_EPOCH);
        let Some(value) = self.value(key) else {
            self.missing::<()>(key);
            return nothing;
        };
        let read = as_written(value.get_ref()).filter(|text| text.contains('T')).and_then(|text| Instant::at_tirane(&text));
        read.unwrap_or_else(|| {
            self.wrong::<()>(value, format!("`{key}` must be a date and time in Tirana, without an offset, such as 2016-07-25T17:00:00"));
            nothing
        })
    }
    /// Whether a single word stands under this key.
    #[must_use]
    pub fn is_word(&self, key: &'static str, word: &str) -> bool {
        matches!(self.value(key).map(Spanned::get_ref), Some(DeValue::String(text)) if text == word)
    }
    /// One word of a closed list.
    #[must_use]
    pub fn word<W: Copy + fmt::Display>(&self, key: &'static str, all: &[W]) -> Option<W> {
        let Some(value) = self.value(key) else { return self.missing(key) };
        match one_of(value.get_ref(), all) {
            Ok(word) => Some(word),
            Err(wanted) => self.wrong(value, format!("`{key}`: {wanted}")),
        }
    }
    /// Words of a closed list, each at most once.
    #[must_use]
    pub fn words<W: Copy + fmt::Display>(&self, key: &'static str, all: &[W]) -> Vec<W> {
        let seen = RefCell::new(BTreeSet::new());
        let read = self.list(key, "words", |item| {
            let word = one_of(item.get_ref(), all)?;
            if seen.borrow_mut().insert(word.to_string()) { Ok(Some(word)) } else { Err(format!("`{word}` is there twice")) }
        });
        read.into_iter().flatten().collect()
    }
    /// A table within this one.
    #[must_use]
    pub fn table(&self, key: &'static str) -> Option<Table<'d>> {
        let Some(value) = self.value(key) else { return self.missing(key) };
        let Some(table) = value.get_ref().as_table() else { return self.wrong(value, format!("`{key}` must be a table")) };
        Some(Table::new(self.sheet, table, value.span().start))
    }
    #[must_use]
    pub fn table_or_none(&self, key: &'static str) -> Option<Table<'d>> {
        if self.has(key) { self.table(key) } else { None }
    }
    /// The tables of a list within this one; none where there is no such list.
    #[must_use]
    pub fn tables(&self, key: &'static str) -> Vec<Table<'d>> {
        let Some(value) = self.value(key) else { return vec![] };
        let Some(items) = value.get_ref().as_array() else { return self.wrong(value, format!("`{key}` must be a list of tables")) };
        let read = items.iter().filter_map(|item| {
            let table = item.get_ref().as_table();
            if table.is_none() {
                self.wrong::<()>(item, format!("`{key}` must be a list of tables"));
            }
            Some(Table::new(self.sheet, table?, item.span().start))
        });
        read.collect()
    }
    /// A list of tables that must not be empty.
    #[must_use]
    pub fn some_tables(&self, key: &'static str) -> Vec<Table<'d>> {
        if self.has(key) { self.tables(key) } else { self.missing(key) }
    }

    /// What was asked of this table is known to the one it shares with others.
    pub fn share_words_with(&self, shared: &Self) {
        shared.used.borrow_mut().extend(self.used.borrow().iter());
    }
    /// Every key that nobody asked for is a mistake: a misspelt word must not silently become a default.
    pub fn finish(&self) {
        for (key, _) in self.own {
            if !self.used.borrow().contains(key.get_ref().as_ref()) {
                self.sheet.complain(key.span().start, format!("`{}` is not a word that stands here", key.get_ref()));
            }
        }
    }
    /// What rules found: each at its line, but nothing about a table that could not be read.
    pub fn flaws(&self, flaws: Vec<Flaw>) {
        for flaw in flaws {
            let (offset, holder) = self.place(&flaw.at);
            if !self.sheet.broken.borrow().contains(&holder) {
                self.sheet.complain(offset, flaw.text);
            }
        }
    }
    /// Where `tiers.1.at_least` stands, and the table that holds it.
    fn place(&self, path: &str) -> (usize, usize) {
        let mut offset = self.offset;
        let mut holder = self.own;
        let mut inside: Option<&DeValue<'d>> = None;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let next = match inside {
                None => self.own.get(step).or_else(|| self.shared?.get(step)),
                Some(DeValue::Table(table)) => {
                    holder = table;
                    table.get(step)
                }
                Some(DeValue::Array(list)) => step.parse().ok().and_then(|place: usize| list.get(place)),
                Some(_) => None,
            };
            let Some(value) = next else { break };
            offset = value.span().start;
            inside = Some(value.get_ref());
        }
        (offset, Self::identity(holder))
    }
}

fn plain_text(value: &DeValue<'_>) -> Result<String, String> {
    let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
    text.map(ToOwned::to_owned).ok_or_else(|| "a text that is not empty".into())
}

fn bilingual(value: &DeValue<'_>) -> Result<Bilingual, String> {
    let wanted = || "a text in both languages, { sq = \"...\", en = \"...\" }".to_owned();
    let table = value.as_table().filter(|table| table.len() == 2).ok_or_else(wanted)?;
    let say = |lang: &str| table.get(lang).and_then(|text| plain_text(text.get_ref()).ok()).ok_or_else(wanted);
    Ok(Bilingual { sq: say("sq")?, en: say("en")? })
}

fn whole<N: TryFrom<i64>>(value: &DeValue<'_>) -> Result<N, String> {
    let number = value.as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
    number.filter(|number| *number >= 0).and_then(|number| N::try_from(number).ok()).ok_or_else(|| "a whole number, not below 0".into())
}

/// Hundredths of a number that is not below zero. A dot parts decimals here, as TOML has it: `1.240` is no 1,240.
fn hundredths(value: &DeValue<'_>) -> Option<i64> {
    let text = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 2) {
        return None;
    }
    Quantity::typed(text).map(Quantity::to_cents).filter(|number| *number >= 0)
}

fn percent(value: &DeValue<'_>) -> Result<Basis, String> {
    let read = hundredths(value).and_then(|number| i32::try_from(number).ok()).map(Basis).filter(|basis| *basis <= Basis::WHOLE);
    read.ok_or_else(|| "a percentage between 0 and 100".into())
}

fn as_written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Datetime(datetime) => Some(datetime.to_string()),
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn one_of<W: Copy + fmt::Display>(value: &DeValue<'_>, all: &[W]) -> Result<W, String> {
    let list = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let Some(text) = value.as_str() else { return Err(format!("must be one of {}", list())) };
    let found = all.iter().copied().find(|word| word.to_string() == text);
    // Sixty-one municipalities would be no help in a message.
    found.ok_or_else(|| if all.len() > 20 { format!("`{text}` is not known") } else { format!("`{text}` is not one of {}", list()) })
}
