//! Instants in UTC, days without a zone, and the one zone in which people of a fund read them.
use super::columns::UtcTime;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use std::sync::LazyLock;

pub type Zone = jiff::tz::TimeZone;

/// Europe/Tirane, from the zone data inside the binary: a bare machine needs no tzdata.
#[must_use]
pub fn tirane() -> &'static Zone {
    static TIRANE: LazyLock<Zone> = LazyLock::new(|| Zone::get("Europe/Tirane").unwrap_or(Zone::UTC));
    &TIRANE
}

/// An instant in UTC, to the microsecond (what PostgreSQL keeps).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = UtcTime)]
pub struct Instant(jiff::Timestamp);

impl Instant {
    #[must_use]
    pub fn new(timestamp: jiff::Timestamp) -> Self {
        Self(jiff::Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(timestamp))
    }
    #[must_use]
    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }
    /// The calendar day in Tirana.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.zoned().date())
    }
    #[must_use]
    pub fn zoned(self) -> jiff::Zoned {
        self.0.to_zoned(tirane().clone())
    }
    /// A wall-clock time in Tirana: `2017-10-25T17:00`. In the hour that summer time repeats, the first; in the hour it skips, the later.
    #[must_use]
    pub fn at_tirane(text: &str) -> Option<Self> {
        let wall: jiff::civil::DateTime = text.parse().ok()?;
        wall.to_zoned(tirane().clone()).ok().map(|zoned| Self::new(zoned.timestamp()))
    }
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.0.checked_add(jiff::SignedDuration::from_secs(seconds)).map_or(self, Self)
    }
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        self.plus_seconds(hours.saturating_mul(3_600))
    }
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_hours(days.saturating_mul(24))
    }
    /// Whole seconds from `self` until `other`; negative when `other` is past.
    #[must_use]
    pub fn seconds_until(self, other: Self) -> i64 {
        other.0.duration_since(self.0).as_secs()
    }
}
impl std::fmt::Debug for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl<'de> serde::Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        jiff::Timestamp::deserialize(d).map(Self::new)
    }
}

/// A calendar day, without a zone: a start of implementation, a due date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, serde::Serialize, serde::Deserialize)]
#[diesel(sql_type = diesel::sql_types::Date)]
#[serde(transparent)]
pub struct Day(pub jiff::civil::Date);

impl Day {
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        jiff::Span::new().try_days(days).and_then(|span| self.0.checked_add(span)).map_or(self, Self)
    }
    /// The same day so many months later; on the last day of a shorter month where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        jiff::Span::new().try_months(months).and_then(|span| self.0.checked_add(span)).map_or(self, Self)
    }
    /// Working days later: weekends and Albania's official holidays do not count.
    #[must_use]
    pub fn plus_working_days(self, days: u32) -> Self {
        Self(super::holidays::working_days_after(self.0, days))
    }
    /// The first instant after this day in Tirana: the exclusive bound of "until this day".
    #[must_use]
    pub fn end(self) -> Instant {
        self.plus_days(1).start()
    }
    /// The first instant of this day in Tirana.
    #[must_use]
    pub fn start(self) -> Instant {
        self.0.to_zoned(tirane().clone()).map_or(Instant(jiff::Timestamp::UNIX_EPOCH), |zoned| Instant::new(zoned.timestamp()))
    }
    /// Days from `self` until `other`; negative when `other` is past.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }
}
impl std::fmt::Debug for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl std::str::FromStr for Day {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let text = text.trim();
        // As people here write it: 14.05.2011, 1/9/2017.
        let mut parts = text.split(['.', '/']).map(str::trim);
        if let (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) =
            (parts.next().map(str::parse), parts.next().map(str::parse), parts.next().map(str::parse::<i16>), parts.next())
            && year >= 1000
        {
            return jiff::civil::Date::new(year, month, day).map(Self);
        }
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_in_tirana_is_an_instant_in_utc_in_summer_and_in_winter() {
        assert_eq!(Instant::at_tirane("2016-07-25T17:00").unwrap().to_string(), "2016-07-25T15:00:00Z");
        assert_eq!(Instant::at_tirane("2017-11-25T17:00").unwrap().to_string(), "2017-11-25T16:00:00Z");
        let spring: Day = "2026-03-29".parse().unwrap();
        assert_eq!(spring.start().seconds_until(spring.end()), 23 * 3_600);
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for (typed, day) in
            [("2011-05-14", "2011-05-14"), ("14.05.2011", "2011-05-14"), (" 1.9.2017 ", "2017-09-01"), ("1/9/2017", "2017-09-01"), ("1. 9. 2017", "2017-09-01")]
        {
            assert_eq!(typed.parse::<Day>().unwrap().to_string(), day, "{typed}");
        }
        for typed in ["31.02.2017", "5.17", "1.9.17", "2017.9.1", "14 mars", ""] {
            assert!(typed.parse::<Day>().is_err(), "{typed}");
        }
    }

    #[test]
    fn months_end_on_their_last_day() {
        let january: Day = "2017-01-31".parse().unwrap();
        assert_eq!(january.plus_months(1).to_string(), "2017-02-28");
    }
}
