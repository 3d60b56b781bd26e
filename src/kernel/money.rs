//! Money and quantities: exact, kept as whole hundredths, read from what people type.
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use rust_decimal::Decimal;
use std::fmt;

/// The largest amount anybody may type: 999,999,999,999.99 euros. Sums of thousands of them still fit.
const LARGEST: i64 = 99_999_999_999_999;

macro_rules! hundredths {
    ($name:ident) => {
        impl $name {
            pub const ZERO: Self = Self(0);
            /// From whole hundredths (EUR cents).
            #[must_use]
            pub const fn cents(cents: i64) -> Self {
                Self(cents)
            }
            #[must_use]
            pub const fn to_cents(self) -> i64 {
                self.0
            }
            #[must_use]
            pub fn decimal(self) -> Decimal {
                Decimal::new(self.0, 2)
            }
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
            /// Reads what a person typed: `1.240,50`, `1,240.50`, `1 240,50`, `€1240.5`; a lone separator before
            /// exactly three digits groups thousands (`1,240` is 1,240.00). None where it is no amount,
            /// has more than two decimals, or is too large.
            #[must_use]
            pub fn typed(text: &str) -> Option<Self> {
                typed_hundredths(text).map(Self)
            }
        }
        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }
        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                i64::from_sql(raw).map(Self)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.decimal())
            }
        }
        /// In JSON an amount is text with two decimals, so that no reader makes a float of it.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(&self.decimal())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Amount;
                impl serde::de::Visitor<'_> for Amount {
                    type Value = i64;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an amount such as 1240.50")
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
                        typed_hundredths(text).ok_or_else(|| E::custom(format!("{text:?} is no amount")))
                    }
                    fn visit_i64<E: serde::de::Error>(self, whole: i64) -> Result<i64, E> {
                        whole.checked_mul(100).ok_or_else(|| E::custom("too large"))
                    }
                    fn visit_u64<E: serde::de::Error>(self, whole: u64) -> Result<i64, E> {
                        i64::try_from(whole).ok().and_then(|w| w.checked_mul(100)).ok_or_else(|| E::custom("too large"))
                    }
                    fn visit_f64<E: serde::de::Error>(self, amount: f64) -> Result<i64, E> {
                        typed_hundredths(&amount.to_string()).ok_or_else(|| E::custom("at most two decimals"))
                    }
                }
                d.deserialize_any(Amount).map(Self)
            }
        }
    };
}

/// Euros, exact, two places; kept as cents, so that both databases can add them up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Money(i64);
hundredths!(Money);

/// A number of units with two decimals: 1.5 months, 12 persons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Quantity(i64);
hundredths!(Quantity);

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, std::ops::Add::add)
    }
}

impl Money {
    /// Whether one mark with three digits behind it was read as thousands, where somebody may have meant decimals: `12,345`.
    #[must_use]
    pub fn may_mean_decimals(typed: &str) -> bool {
        let typed = typed.trim();
        let marks = typed.chars().filter(|letter| matches!(letter, ',' | '.')).count();
        marks == 1
            && typed.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'))
            && Self::typed(typed).is_some_and(|read| read.decimal().fract().is_zero())
            && typed.rsplit([',', '.']).next().is_some_and(|behind| behind.len() == 3)
    }
    /// Units times unit cost, rounded half away from zero to the cent, as people do on paper.
    #[must_use]
    pub fn times(self, number: Quantity) -> Self {
        Self::rounded(self.decimal().checked_mul(number.decimal()).unwrap_or(Decimal::MAX))
    }
    /// The most that a cap allows: rounded down, because a cap must never be exceeded by rounding.
    #[must_use]
    pub fn at_most(self, basis: Basis) -> Self {
        Self(i64::try_from(i128::from(self.0) * i128::from(basis.0) / 10_000).unwrap_or(LARGEST))
    }
    /// This share of the amount, to the nearest cent.
    #[must_use]
    pub fn share(self, basis: Basis) -> Self {
        Self::rounded(self.decimal() * Decimal::new(i64::from(basis.0), 4))
    }
    /// How much of `whole` this is, in hundredths of a percent, to the nearest; None where `whole` is nothing.
    #[must_use]
    pub fn of(self, whole: Self) -> Option<Basis> {
        if whole.0 == 0 {
            return None;
        }
        let basis = (i128::from(self.0) * 20_000 + i128::from(whole.0)).div_euclid(2 * i128::from(whole.0));
        i32::try_from(basis).ok().map(Basis)
    }
    /// Cuts the amount into `parts` that differ by at most a cent and add up to it; the first ones carry the odd cents.
    #[must_use]
    pub fn cut(self, parts: usize) -> Vec<Self> {
        let Ok(count) = i64::try_from(parts) else { return vec![] };
        if count == 0 {
            return vec![];
        }
        let (each, odd) = (self.0.div_euclid(count), self.0.rem_euclid(count));
        (0..count).map(|place| Self(each + i64::from(place < odd))).collect()
    }
    fn rounded(amount: Decimal) -> Self {
        use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let cents = (amount.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX)).round_dp_with_strategy(0, MidpointAwayFromZero);
        Self(i64::try_from(cents.mantissa()).map_or(LARGEST, |c| c.min(LARGEST)))
    }
}

/// Hundredths of a percent: 7 % is 700. Percentages are computed or stand in a call's terms, never typed by an applicant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Basis(pub i32);
impl Basis {
    pub const WHOLE: Self = Self(10_000);
    #[must_use]
    pub fn percent(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2).normalize()
    }
}
/// In files and JSON a percentage is written in percent: `7`, `12.5`.
impl serde::Serialize for Basis {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.percent())
    }
}
impl<'de> serde::Deserialize<'de> for Basis {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let hundredths = Quantity::deserialize(d)?.to_cents();
        i32::try_from(hundredths).map(Self).map_err(|_| serde::de::Error::custom("a percentage between 0 and 100"))
    }
}

fn typed_hundredths(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let bare = lower.strip_suffix("euro").or_else(|| lower.strip_suffix("eur")).unwrap_or(&lower);
    let bare = bare.strip_prefix("euro").or_else(|| bare.strip_prefix("eur")).unwrap_or(bare);
    let text: String = bare
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '€' | '\'' | '’'))
        .map(|letter| if letter == '−' { '-' } else { letter })
        .collect();
    let (negative, text) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
    if text.is_empty() || text.len() > 24 || !text.chars().all(|letter| letter.is_ascii_digit() || letter == ',' || letter == '.') {
        return None;
    }
    let plain = without_groups(text)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 2 || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let cents: i64 = if fraction.is_empty() { 0 } else { format!("{fraction:0<2}").parse().ok()? };
    let all = whole.checked_mul(100)?.checked_add(cents)?;
    (all <= LARGEST).then_some(if negative { -all } else { all })
}

/// The same number with a dot before its decimals and nothing between its thousands.
fn without_groups(text: &str) -> Option<String> {
    let groups = |separator: char| {
        let mut parts = text.split(separator);
        let first = parts.next().unwrap_or_default();
        // 0,035 is no thirty-five: thousands never begin with a nought.
        (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.clone().count() > 0 && parts.all(|part| part.len() == 3)
    };
    match (text.rfind(','), text.rfind('.')) {
        (None, None) => Some(text.to_owned()),
        (Some(_), None) if groups(',') => Some(text.replace(',', "")),
        (None, Some(_)) if groups('.') => Some(text.replace('.', "")),
        (Some(_), None) => (text.matches(',').count() == 1).then(|| text.replace(',', ".")),
        (None, Some(_)) => (text.matches('.').count() == 1).then(|| text.to_owned()),
        (Some(comma), Some(dot)) => {
            let (grouping, decimal) = if comma > dot { ('.', ',') } else { (',', '.') };
            let (whole, fraction) = text.rsplit_once(decimal)?;
            let mut parts = whole.split(grouping);
            let first = parts.next()?;
            let well_grouped = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3) && !whole.contains(decimal);
            well_grouped.then(|| format!("{}.{fraction}", whole.replace(grouping, "")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_amounts_as_people_type_them() {
        for (typed, cents) in [
            ("1.240,50", 124_050),
            ("1,240.50", 124_050),
            ("1 240,50", 124_050),
            ("12,345", 1_234_500),
            ("1.240", 124_000),
            ("15721.04", 1_572_104),
            ("15 721,04 €", 1_572_104),
            ("€15,721.04", 1_572_104),
            ("0,5", 50),
            (",5", 50),
            ("1.234.567", 123_456_700),
            ("-12,5", -1_250),
            ("1240.500", 124_050),
            ("7", 700),
            ("8,000 euro", 800_000),
            ("Euro 250", 25_000),
            ("250EUR", 25_000),
        ] {
            assert_eq!(Money::typed(typed), Some(Money::cents(cents)), "{typed}");
        }
    }

    #[test]
    fn an_amount_that_may_mean_two_things_is_known() {
        for (typed, may) in [
            ("12,345", true),
            ("1.240", true),
            ("1240.500", false),
            ("1240", false),
            ("12,34", false),
            ("1.234.567", false),
            ("1 240", false),
            ("0,035", false),
        ] {
            assert_eq!(Money::may_mean_decimals(typed), may, "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for typed in
            ["", "abc", "1.2.3", "12,34,5", "1e5", "12345678901234567", "1.0051", "--5", "1,24.50,1", ".", "0,035", "0.005", "1.20,5", "euro", "eurë 5"]
        {
            assert_eq!(Money::typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_cap_rounds_down_and_a_share_to_the_nearest_cent() {
        assert_eq!(Money::cents(1_469_304).at_most(Basis(700)), Money::cents(102_851));
        assert_eq!(Money::cents(1_572_104).share(Basis(8_000)), Money::cents(1_257_683));
        assert_eq!(Money::cents(50).of(Money::cents(100)), Some(Basis(5_000)));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole(cents in 0i64..1_000_000_000, parts in 1usize..40) {
            let cut = Money::cents(cents).cut(parts);
            prop_assert_eq!(cut.len(), parts);
            prop_assert_eq!(cut.iter().copied().sum::<Money>(), Money::cents(cents));
            prop_assert!(cut.iter().max().unwrap().to_cents() - cut.iter().min().unwrap().to_cents() <= 1);
        }
        #[test]
        fn what_is_shown_reads_back(cents in -1_000_000_000_000i64..1_000_000_000_000) {
            let shown = Money::cents(cents).decimal().to_string();
            prop_assert_eq!(Money::typed(&shown), Some(Money::cents(cents)));
        }
    }
}
