//! Dates as feeds, tables and archives write them.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::{Timestamp, tz::Offset};

/// Numbers from here on are milliseconds since 1970, smaller ones seconds: as seconds it is the year 5138.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// A moment as given: the day in its own time zone, the instant where the zone is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) day: Option<Date>,
    pub(crate) instant: Option<Timestamp>,
}

/// Reads a date or date-time: ISO 8601, RFC 2822 (feeds), `20240131` and `20240131235959` (UTC; capture indexes), and
/// seconds or milliseconds since 1970. Anything else gives nothing.
pub(crate) fn moment(text: &str) -> Moment {
    let text = text.trim();
    zoned(text).or_else(|| digits(text)).or_else(|| civil(text)).unwrap_or_default()
}

/// Reads an instant; a day alone is its start in UTC, as is a time without a zone.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let moment = moment(text);
    moment.instant.or_else(|| {
        let at = text.trim().parse::<DateTime>().ok().or_else(|| moment.day.map(DateTime::from))?;
        Offset::UTC.to_timestamp(at).ok()
    })
}

fn zoned(text: &str) -> Option<Moment> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        // The day as printed, which is the one before or after in UTC for a part of the day.
        let printed = text.get(..10).and_then(|day| day.parse().ok());
        let day = printed.unwrap_or_else(|| Offset::UTC.to_datetime(instant).date());
        return Some(Moment { day: Some(day), instant: Some(instant) });
    }
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned_datetime(text).ok()?;
    Some(Moment { day: Some(zoned.date()), instant: Some(zoned.timestamp()) })
}

fn digits(text: &str) -> Option<Moment> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let date = || Date::new(text.get(..4)?.parse().ok()?, part(4, 6)?, part(6, 8)?).ok();
    match text.len() {
        8 => Some(Moment { day: Some(date()?), instant: None }),
        14 => {
            let time = date()?.at(0, 0, 0, 0).with();
            let time = time.hour(part(8, 10)?).minute(part(10, 12)?).second(part(12, 14)?).build().ok()?;
            let instant = Offset::UTC.to_timestamp(time).ok()?;
            Some(Moment { day: Some(time.date()), instant: Some(instant) })
        }
        9..=13 => {
            let number: i64 = text.parse().ok()?;
            let instant = if number < FIRST_MILLISECONDS {
                Timestamp::from_second(number).ok()?
            } else {
                Timestamp::from_millisecond(number).ok()?
            };
            Some(Moment { day: Some(Offset::UTC.to_datetime(instant).date()), instant: Some(instant) })
        }
        _ => None,
    }
}

fn civil(text: &str) -> Option<Moment> {
    let day = text.parse::<Date>().or_else(|_| text.parse::<DateTime>().map(DateTime::date)).ok()?;
    Some(Moment { day: Some(day), instant: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_kind() {
        for (text, day, instant) in [
            ("2024-12-09", "2024-12-09", ""),
            (" 2024-12-09T08:30:00+07:00 ", "2024-12-09", "2024-12-09T01:30:00Z"),
            ("2024-12-09T03:00:00+07:00", "2024-12-09", "2024-12-08T20:00:00Z"),
            ("2024-12-09T08:30:00Z", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("2024-12-09 08:30:00", "2024-12-09", ""),
            ("2024-12-09T08:30", "2024-12-09", ""),
            ("Mon, 09 Dec 2024 08:30:00 +0700", "2024-12-09", "2024-12-09T01:30:00Z"),
            ("09 Dec 2024 08:30:00 GMT", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("Tue, 09 Dec 2024 08:30:00 GMT", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("20241209", "2024-12-09", ""),
            ("20241209083000", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("1733733000", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("1733733000000", "2024-12-09", "2024-12-09T08:30:00Z"),
            ("20241309", "", ""),
            ("20241209996099", "", ""),
            ("99999999999999", "", ""),
            ("123456789012345678901", "", ""),
            ("yesterday", "", ""),
            ("2024-13-40", "", ""),
            ("", "", ""),
        ] {
            let found = moment(text);
            assert_eq!(found.day.map_or_else(String::new, |day| day.to_string()), day, "{text}");
            assert_eq!(found.instant.map_or_else(String::new, |at| at.to_string()), instant, "{text}");
        }
    }

    #[test]
    fn instants_need_no_zone() {
        for (text, expected) in [
            ("2024-12-09", Some("2024-12-09T00:00:00Z")),
            ("2024-12-09 08:30:00", Some("2024-12-09T08:30:00Z")),
            ("2024-12-09T08:30:00.123456Z", Some("2024-12-09T08:30:00.123456Z")),
            ("soon", None),
        ] {
            assert_eq!(instant(text).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }
}
