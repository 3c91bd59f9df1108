//! Holidays whose day a rule fixes.

use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The rule that gives a holiday's day in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// The same day every year.
    Fixed { month: i8, day: i8 },
    /// The `nth` weekday (1 Monday to 7) of a month, counted from its end where negative, and `plus` days.
    Nth { month: i8, nth: i8, weekday: i8, plus: i64 },
    /// Days after Easter Sunday.
    Easter(i64),
    /// No rule fixes the day.
    Unfixed,
}

impl Holiday {
    /// The day in `year`.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Nth { month, nth, weekday, plus } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                day.checked_add(plus.days()).ok()
            }
            Self::Easter(plus) => easter(year)?.checked_add(plus.days()).ok(),
            Self::Unfixed => None,
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

impl FromStr for Holiday {
    type Err = ();

    fn from_str(rule: &str) -> Result<Self, ()> {
        let small = |text: &str| text.parse::<i8>().map_err(drop);
        let words: Vec<&str> = rule.split(' ').collect();
        match words[..] {
            ["none"] => Ok(Self::Unfixed),
            ["easter", days] => Ok(Self::Easter(small(days)?.into())),
            [day] => {
                let (month, day) = day.split_once('-').ok_or(())?;
                Ok(Self::Fixed { month: small(month)?, day: small(day)? })
            }
            [month, nth, weekday] => {
                Ok(Self::Nth { month: small(month)?, nth: small(nth)?, weekday: small(weekday)?, plus: 0 })
            }
            [month, nth, weekday, plus] => {
                let plus = small(plus.trim_start_matches('+'))?.into();
                Ok(Self::Nth { month: small(month)?, nth: small(nth)?, weekday: small(weekday)?, plus })
            }
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_holidays() {
        for (rule, year, day) in [
            ("12-25", 2024, "2024-12-25"),
            ("11 4 4", 2024, "2024-11-28"),
            ("11 4 4 +1", 2024, "2024-11-29"),
            ("05 -1 1", 2024, "2024-05-27"),
            ("easter 0", 2024, "2024-03-31"),
            ("easter 0", 2018, "2018-04-01"),
            ("easter -2", 2013, "2013-03-29"),
            ("easter 0", 1961, "1961-04-02"),
        ] {
            let holiday: Holiday = rule.parse().unwrap();
            assert_eq!(
                holiday.in_year(year).map(|day| day.to_string()).as_deref(),
                Some(day),
                "{rule} {year}"
            );
        }
        assert_eq!("someday".parse::<Holiday>(), Err(()));
    }
}
