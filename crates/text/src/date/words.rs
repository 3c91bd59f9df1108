//! The words of dates: months, weekdays, what joins the parts, time zones.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday, date};

/// Where a joining word stands in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    After,
    Of,
    Day,
    Month,
    Year,
    At,
    Hour,
}

/// A time zone by its abbreviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone {
    /// Seconds east of UTC in winter.
    standard: i32,
    summer: Summer,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Summer {
    None,
    UnitedStates,
}

type Rows<T> = LazyLock<Vec<(&'static str, T)>>;

static MONTHS: Rows<i8> = LazyLock::new(|| rows(include_str!("../../data/date/months.tsv"), parse));
static WEEKDAYS: Rows<i8> = LazyLock::new(|| rows(include_str!("../../data/date/weekdays.tsv"), parse));
static ZONES: Rows<Zone> = LazyLock::new(|| rows(include_str!("../../data/date/zones.tsv"), parse_zone));
static JOINERS: Rows<Place> = LazyLock::new(|| rows(include_str!("../../data/date/words.tsv"), parse_place));

/// The month that a lower-case word names, 1 to 12.
pub fn month(word: &str) -> Option<i8> {
    look_up(&MONTHS, word)
}

/// The weekday that a lower-case word names.
pub fn weekday(word: &str) -> Option<Weekday> {
    look_up(&WEEKDAYS, word).and_then(|day| Weekday::from_monday_one_offset(day).ok())
}

/// Whether a lower-case word or mark joins the parts of a date at `place`.
pub(super) fn joins(word: &str, place: Place) -> bool {
    let first = JOINERS.partition_point(|row| row.0 < word);
    JOINERS[first..].iter().take_while(|row| row.0 == word).any(|row| row.1 == place)
}

/// The zone that an abbreviation in capitals names.
pub(super) fn zone(abbreviation: &str) -> Option<Zone> {
    look_up(&ZONES, abbreviation)
}

impl Zone {
    /// Seconds east of UTC on a day, or in winter where the day is not known.
    pub(super) fn seconds_on(self, day: Option<Date>) -> i32 {
        let summer = day.is_some_and(|day| match self.summer {
            Summer::None => false,
            Summer::UnitedStates => in_american_summer(day),
        });
        self.standard + if summer { 3600 } else { 0 }
    }
}

/// Second Sunday of March to the first of November (Energy Policy Act of 2005; from 1987 to 2006, first Sunday of April
/// to the last of October).
fn in_american_summer(day: Date) -> bool {
    let (from, to) = if day.year() >= 2007 {
        (nth_sunday(day.year(), 3, 2), nth_sunday(day.year(), 11, 1))
    } else {
        (nth_sunday(day.year(), 4, 1), nth_sunday(day.year(), 10, -1))
    };
    from <= day && day < to
}

fn nth_sunday(year: i16, month: i8, nth: i8) -> Date {
    let first = date(year, month, 1);
    first.nth_weekday_of_month(nth, Weekday::Sunday).unwrap_or(first)
}

fn look_up<T: Copy>(rows: &[(&str, T)], word: &str) -> Option<T> {
    rows.binary_search_by(|row| row.0.cmp(word)).ok().map(|i| rows[i].1)
}

/// The rows of a table of tab-separated columns, by their first; rows that `read` refuses are left out (a test has
/// none).
fn rows<T>(table: &'static str, read: fn(&'static str) -> Option<T>) -> Vec<(&'static str, T)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (word, rest) = line.split_once('\t')?;
            Some((word, read(rest)?))
        })
        .collect()
}

fn parse(rest: &str) -> Option<i8> {
    rest.split('\t').next()?.parse().ok()
}

fn parse_zone(rest: &str) -> Option<Zone> {
    let mut columns = rest.split('\t');
    let hours: f64 = columns.next()?.parse().ok()?;
    let summer = match columns.next()? {
        "none" => Summer::None,
        "us" => Summer::UnitedStates,
        _ => return None,
    };
    Some(Zone { standard: (hours * 3600.0) as i32, summer })
}

fn parse_place(rest: &str) -> Option<Place> {
    Some(match rest.split('\t').next()? {
        "after" => Place::After,
        "of" => Place::Of,
        "day" => Place::Day,
        "month" => Place::Month,
        "year" => Place::Year,
        "at" => Place::At,
        "hour" => Place::Hour,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_whole() {
        fn check<T>(table: &str, rows: &[(&str, T)]) {
            assert!(rows.is_sorted_by(|a, b| a.0 <= b.0));
            assert_eq!(table.lines().filter(|l| !l.starts_with('#')).count(), rows.len());
        }
        check(include_str!("../../data/date/months.tsv"), &MONTHS);
        check(include_str!("../../data/date/weekdays.tsv"), &WEEKDAYS);
        check(include_str!("../../data/date/zones.tsv"), &ZONES);
        check(include_str!("../../data/date/words.tsv"), &JOINERS);
    }

    #[test]
    fn words_of_dates() {
        assert_eq!(month("dez"), Some(12));
        assert_eq!(month("dezember"), Some(12));
        assert_eq!(month("maybe"), None);
        assert_eq!(weekday("jeudi"), Some(Weekday::Thursday));
        assert!(joins("de", Place::Of) && !joins("de", Place::At));
    }

    #[test]
    fn summer_time() {
        let eastern = zone("ET").unwrap();
        for (day, hours) in [
            (date(2011, 9, 21), -4),
            (date(2011, 12, 1), -5),
            (date(2024, 3, 9), -5),
            (date(2024, 3, 10), -4),
            (date(2006, 4, 1), -5),
            (date(2006, 10, 28), -4),
        ] {
            assert_eq!(eastern.seconds_on(Some(day)), hours * 3600, "{day}");
        }
    }
}
