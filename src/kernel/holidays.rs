//! Working days in Albania: neither weekend nor official holiday (law 7651/1993 with its changes). Pure.
//!
//! The fixed days and the two Bajrams, which are announced each year, stand in a file (its years are told in `SOURCES.md`);
//! the two Easters are computed. A holiday on a weekend is made up for on the next working day.
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A line of the file.
struct Holiday {
    when: When,
    from: i16,
    until: i16,
}

enum When {
    EveryYear { month: i8, day: i8 },
    Once(Date),
}

static HOLIDAYS: LazyLock<Vec<Holiday>> =
    LazyLock::new(|| include_str!("../../config/reference/holidays-al.csv").lines().skip(1).filter_map(holiday).collect());

fn holiday(line: &str) -> Option<Holiday> {
    let mut cells = line.split(',');
    let (day, from, until) = (cells.next()?, cells.next()?, cells.next()?);
    let when = if let Ok(date) = day.parse() {
        When::Once(date)
    } else {
        let (month, day) = day.split_once('-')?;
        When::EveryYear { month: month.parse().ok()?, day: day.parse().ok()? }
    };
    Some(Holiday { when, from: from.parse().unwrap_or(i16::MIN), until: until.parse().unwrap_or(i16::MAX) })
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The year's holidays, and for each on a weekend the working day that makes up for it.
fn days_off(year: i16) -> BTreeSet<Date> {
    let listed = HOLIDAYS.iter().filter(|holiday| (holiday.from..=holiday.until).contains(&year)).filter_map(|holiday| match holiday.when {
        When::EveryYear { month, day } => Date::new(year, month, day).ok(),
        When::Once(date) => (date.year() == year).then_some(date),
    });
    let holidays: BTreeSet<Date> = listed.chain(easter(year)).chain(orthodox_easter(year)).collect();
    let mut off = holidays.clone();
    for holiday in holidays.into_iter().filter(|day| is_weekend(*day)) {
        let mut instead = holiday;
        while is_weekend(instead) || off.contains(&instead) {
            let Ok(tomorrow) = instead.tomorrow() else { break };
            instead = tomorrow;
        }
        off.insert(instead);
    }
    off
}

/// The working day that comes so many working days after this one.
#[must_use]
pub fn working_days_after(day: Date, days: u32) -> Date {
    let (mut day, mut left) = (day, days);
    let mut off = days_off(day.year());
    while left > 0 {
        let Ok(tomorrow) = day.tomorrow() else { return day };
        if tomorrow.year() != day.year() {
            off = days_off(tomorrow.year());
        }
        day = tomorrow;
        left -= u32::from(!is_weekend(day) && !off.contains(&day));
    }
    day
}

/// Easter of the western churches: the anonymous Gregorian computus.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    date(year, days / 31, days % 31 + 1)
}

/// Easter of the Orthodox Church: Meeus's Julian computus, and the days between the two calendars.
fn orthodox_easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let moon = (19 * (year % 19) + 15) % 30;
    let weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let days = moon + weekday + 114;
    let between = year / 100 - year / 400 - 2;
    date(year, days / 31, days % 31 + 1)?.checked_add(jiff::Span::new().days(between)).ok()
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn both_easters_fall_on_their_known_sundays() {
        let known = [
            ("2016-03-27", "2016-05-01"),
            ("2017-04-16", "2017-04-16"),
            ("2018-04-01", "2018-04-08"),
            ("2019-04-21", "2019-04-28"),
            ("2024-03-31", "2024-05-05"),
            ("2025-04-20", "2025-04-20"),
            ("2026-04-05", "2026-04-12"),
            ("2038-04-25", "2038-04-25"),
        ];
        for (western, orthodox) in known {
            let year = day(western).year();
            assert_eq!((easter(year), orthodox_easter(year)), (Some(day(western)), Some(day(orthodox))), "{year}");
        }
    }

    #[test]
    fn every_line_of_the_file_is_read() {
        assert_eq!(HOLIDAYS.len() + 1, include_str!("../../config/reference/holidays-al.csv").lines().count());
        for year in 2016..=2026 {
            let bajrams = HOLIDAYS.iter().filter(|holiday| matches!(holiday.when, When::Once(date) if date.year() == year)).count();
            assert_eq!(bajrams, 2, "{year}");
        }
    }

    #[test]
    fn a_holiday_on_a_weekend_is_made_up_for_on_the_next_working_day() {
        let cases: &[(i16, &[&str], &[&str])] = &[
            // Saturday and Sunday: Monday and Tuesday.
            (2022, &["2022-01-01", "2022-01-02", "2022-01-03", "2022-01-04"], &["2022-01-05"]),
            // Both Easters on one Sunday: one Monday.
            (2017, &["2017-04-16", "2017-04-17"], &["2017-04-18"]),
            // Mother Teresa's day moved from October to September with 2018.
            (2017, &["2017-10-19"], &["2017-09-05"]),
            (2018, &["2018-09-05"], &["2018-10-19"]),
            (2024, &["2024-06-17", "2024-11-22", "2024-12-09"], &["2024-06-18"]),
            // A Friday and a Wednesday of the moon's year.
            (2026, &["2026-03-20", "2026-05-27"], &["2026-03-24", "2026-05-28"]),
            (2023, &["2023-04-10", "2023-04-17", "2023-04-21"], &["2023-11-22"]),
        ];
        for (year, off, working) in cases {
            let found = days_off(*year);
            assert!(off.iter().all(|text| found.contains(&day(text))), "{year}: {found:?}");
            assert!(!working.iter().any(|text| found.contains(&day(text))), "{year}: {found:?}");
        }
    }

    #[test]
    fn working_days_are_counted_over_weekends_holidays_and_the_years_end() {
        let cases = [
            ("2017-10-27", 1, "2017-10-30"),
            ("2017-10-27", 5, "2017-11-03"),
            ("2017-11-27", 1, "2017-11-30"),
            ("2017-10-18", 1, "2017-10-20"),
            ("2017-12-29", 1, "2018-01-03"),
            ("2017-12-22", 5, "2018-01-03"),
            ("2017-10-27", 0, "2017-10-27"),
        ];
        for (from, days, to) in cases {
            assert_eq!(working_days_after(day(from), days), day(to), "{days} after {from}");
        }
    }
}
