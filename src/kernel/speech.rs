//! Albanian and English: one typed method per text, checked when the crate is built, and how each language writes figures and dates.
use super::{Basis, Day, Instant, Money, Quantity, words};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::borrow::Borrow;
use std::sync::LazyLock;

words!(
    /// The two languages of every page, letter and document.
    Lang { Sq = "sq", En = "en" }
);

impl Lang {
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Sq => Self::En,
            Self::En => Self::Sq,
        }
    }
}

/// The texts of one language: `t.nav_projects()`. Copied into every page.
#[derive(Clone, Copy, Debug)]
pub struct Tr(pub Lang);

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

fn bundle(language: &str, source: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(language.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    // build.rs has parsed the same source: an error here cannot be.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let _ = bundle.add_resource(resource);
    bundle
}
static SQ: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("sq", ALBANIAN));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", ENGLISH));

impl Tr {
    fn say(self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let bundle = match self.0 {
            Lang::Sq => &*SQ,
            Lang::En => &*EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = vec![];
        bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned()
    }

    /// `€15,721.04` or `15 721,04 €` (with no-break spaces).
    #[must_use]
    pub fn euro(self, amount: impl Borrow<Money>) -> String {
        let amount = *amount.borrow();
        match self.0 {
            Lang::En if amount < Money::ZERO => format!("−€{}", grouped(amount.to_cents().unsigned_abs(), ',', '.')),
            Lang::En => format!("€{}", grouped(amount.to_cents().unsigned_abs(), ',', '.')),
            Lang::Sq => format!("{}\u{a0}€", self.amount(amount)),
        }
    }
    /// The figure alone, for columns: `15,721.04` or `15 721,04`.
    #[must_use]
    pub fn amount(self, amount: impl Borrow<Money>) -> String {
        let amount = *amount.borrow();
        let sign = if amount < Money::ZERO { "−" } else { "" };
        let cents = amount.to_cents().unsigned_abs();
        match self.0 {
            Lang::En => format!("{sign}{}", grouped(cents, ',', '.')),
            Lang::Sq => format!("{sign}{}", grouped(cents, '\u{a0}', ',')),
        }
    }
    /// Whole euros where there are no cents: `€5,000`, `5 000 €`.
    #[must_use]
    pub fn euro_short(self, amount: impl Borrow<Money>) -> String {
        let amount = *amount.borrow();
        let text = self.euro(amount);
        if amount.to_cents() % 100 == 0 { text.replacen(if self.0 == Lang::En { ".00" } else { ",00" }, "", 1) } else { text }
    }
    /// A quantity without needless zeros: `10`, `1.5` or `1,5`.
    #[must_use]
    pub fn quantity(self, number: impl Borrow<Quantity>) -> String {
        let number = *number.borrow();
        let text = number.decimal().normalize().to_string();
        match self.0 {
            Lang::En => text,
            Lang::Sq => text.replace('.', ","),
        }
    }
    /// `7%`, `12.5%` or `12,5%`.
    #[must_use]
    pub fn percent(self, basis: impl Borrow<Basis>) -> String {
        let basis = *basis.borrow();
        let text = basis.percent().round_dp(1).normalize().to_string();
        match self.0 {
            Lang::En => format!("{text}%"),
            Lang::Sq => format!("{}%", text.replace('.', ",")),
        }
    }
    /// How large a file is: `820 kB`, `3.4 MB` or `3,4 MB`; what is begun counts, so that nothing has 0 kB.
    #[must_use]
    pub fn size(self, bytes: impl Borrow<i64>) -> String {
        let bytes = (*bytes.borrow()).max(0);
        if bytes <= 999_000 {
            return format!("{}\u{a0}kB", (bytes + 999) / 1_000);
        }
        let tenths = (bytes + 50_000) / 100_000;
        let point = if self.0 == Lang::Sq { ',' } else { '.' };
        if tenths % 10 == 0 { format!("{}\u{a0}MB", tenths / 10) } else { format!("{}{point}{}\u{a0}MB", tenths / 10, tenths % 10) }
    }
    /// `25 October 2017` or `25 tetor 2017`.
    #[must_use]
    pub fn day(self, day: impl Borrow<Day>) -> String {
        let day = *day.borrow();
        format!("{}\u{a0}{} {}", day.0.day(), self.month(day.0.month()), day.0.year())
    }
    /// A day that somebody typed as `2017-10-25`, in words; anything else as it was typed.
    #[must_use]
    pub fn typed_day(self, text: &str) -> String {
        text.trim().parse::<Day>().map_or_else(|_| text.to_owned(), |day| self.day(day))
    }
    /// `Wednesday 25 October 2017` or `e mërkurë, 25 tetor 2017`.
    #[must_use]
    pub fn long_day(self, day: impl Borrow<Day>) -> String {
        let day = *day.borrow();
        let weekday = day.0.weekday().to_monday_zero_offset();
        match self.0 {
            Lang::En => format!("{} {}", ENGLISH_DAYS.get(usize::try_from(weekday).unwrap_or(0)).unwrap_or(&""), self.day(day)),
            Lang::Sq => format!("{}, {}", ALBANIAN_DAYS.get(usize::try_from(weekday).unwrap_or(0)).unwrap_or(&""), self.day(day)),
        }
    }
    /// When something happens: `Wednesday 25 October 2017` or `të mërkurën, 25 tetor 2017`.
    #[must_use]
    pub fn on_long_day(self, day: impl Borrow<Day>) -> String {
        let day = *day.borrow();
        let weekday = usize::try_from(day.0.weekday().to_monday_zero_offset()).unwrap_or(0);
        match self.0 {
            Lang::En => self.long_day(day),
            Lang::Sq => format!("{}, {}", ALBANIAN_ON_DAYS.get(weekday).unwrap_or(&""), self.day(day)),
        }
    }
    /// `17:00` in Tirana.
    #[must_use]
    pub fn clock(self, at: impl Borrow<Instant>) -> String {
        let at = *at.borrow();
        let zoned = at.zoned();
        format!("{:02}:{:02}", zoned.hour(), zoned.minute())
    }
    /// `25 October 2017, 17:00` or `25 tetor 2017, ora 17:00`; Tirana time.
    #[must_use]
    pub fn moment(self, at: impl Borrow<Instant>) -> String {
        let at = *at.borrow();
        match self.0 {
            Lang::En => format!("{}, {}", self.day(at.day()), self.clock(at)),
            Lang::Sq => format!("{}, ora {}", self.day(at.day()), self.clock(at)),
        }
    }
    /// To the second, for receipts: `25 October 2017, 16:59:58`.
    #[must_use]
    pub fn moment_exact(self, at: impl Borrow<Instant>) -> String {
        let at = *at.borrow();
        format!("{}:{:02}", self.moment(at), at.zoned().second())
    }
    #[must_use]
    pub fn month(self, month: i8) -> &'static str {
        let names = match self.0 {
            Lang::En => ENGLISH_MONTHS,
            Lang::Sq => ALBANIAN_MONTHS,
        };
        usize::try_from(month - 1).ok().and_then(|place| names.get(place)).copied().unwrap_or_default()
    }
}

const ENGLISH_MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const ALBANIAN_MONTHS: [&str; 12] = ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"];
const ENGLISH_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ALBANIAN_DAYS: [&str; 7] = ["e hënë", "e martë", "e mërkurë", "e enjte", "e premte", "e shtunë", "e diel"];
const ALBANIAN_ON_DAYS: [&str; 7] = ["të hënën", "të martën", "të mërkurën", "të enjten", "të premten", "të shtunën", "të dielën"];

fn grouped(cents: u64, between: char, before_cents: char) -> String {
    let whole = (cents / 100).to_string();
    let mut text = String::with_capacity(whole.len() + 8);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text.push(before_cents);
    text.push_str(&format!("{:02}", cents % 100));
    text
}

/// The same text in both languages: names of funds and rounds, reasons, checklist lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub sq: String,
    pub en: String,
}
impl Bilingual {
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Sq => &self.sq,
            Lang::En => &self.en,
        }
    }
    /// In the language of these texts: `{{ round.name.say(p.t) }}`.
    #[must_use]
    pub fn say(&self, t: impl Borrow<Tr>) -> &str {
        self.in_lang(t.borrow().0)
    }
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self { sq: text.into(), en: text.into() }
    }
}

/// Says it in both languages.
pub fn both(say: impl Fn(Tr) -> String) -> Bilingual {
    Bilingual { sq: say(Tr(Lang::Sq)), en: say(Tr(Lang::En)) }
}

/// What may stand in a text's variable.
pub trait Arg<'a> {
    fn arg(self) -> FluentValue<'a>;
}
impl<'a> Arg<'a> for &'a str {
    fn arg(self) -> FluentValue<'a> {
        FluentValue::String(self.into())
    }
}
impl<'a> Arg<'a> for &'a String {
    fn arg(self) -> FluentValue<'a> {
        FluentValue::String(self.as_str().into())
    }
}
impl<'a> Arg<'a> for &'a &str {
    fn arg(self) -> FluentValue<'a> {
        FluentValue::String((*self).into())
    }
}
impl<'a> Arg<'a> for String {
    fn arg(self) -> FluentValue<'a> {
        FluentValue::String(self.into())
    }
}
macro_rules! numbers {
    ($($kind:ty),+) => { $(
        impl<'a> Arg<'a> for $kind { fn arg(self) -> FluentValue<'a> { self.into() } }
        impl<'a> Arg<'a> for &$kind { fn arg(self) -> FluentValue<'a> { (*self).into() } }
    )+ };
}
numbers!(i64, i32, u32, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_figures_and_dates_its_own_way() {
        let (sq, en) = (Tr(Lang::Sq), Tr(Lang::En));
        let amount = Money::cents(1_572_104);
        assert_eq!(en.euro(amount), "€15,721.04");
        assert_eq!(sq.euro(amount), "15\u{a0}721,04\u{a0}€");
        assert_eq!(en.euro_short(Money::cents(500_000)), "€5,000");
        assert_eq!(sq.euro_short(Money::cents(500_000)), "5\u{a0}000\u{a0}€");
        for (bytes, written) in [(0, "0\u{a0}kB"), (1, "1\u{a0}kB"), (999_000, "999\u{a0}kB"), (999_999, "1\u{a0}MB"), (3_449_999, "3,4\u{a0}MB")] {
            assert_eq!(sq.size(bytes), written);
        }
        let closing = Instant::at_tirane("2017-10-25T17:00").unwrap();
        assert_eq!(sq.moment(closing), "25\u{a0}tetor 2017, ora 17:00");
        assert_eq!(en.long_day(closing.day()), "Wednesday 25\u{a0}October 2017");
    }
}
