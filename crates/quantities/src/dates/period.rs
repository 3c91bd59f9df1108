//! A stretch of the calendar, and the arithmetic of its units.

use copydesk_types::TimeUnit;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

use super::words::{Season, Unit};

/// What kind of stretch a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    /// Any other stretch.
    Free,
}

/// A stretch of the calendar; an end that is not known is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Period {
    /// First day.
    pub(super) start: Option<Date>,
    /// Last day.
    pub(super) end: Option<Date>,
    /// What it is.
    pub(super) grain: Option<Grain>,
    /// TIMEX3 value.
    pub(super) timex: Option<String>,
}

impl Period {
    /// One day.
    pub(super) fn day(day: Date) -> Self {
        Self::of(day, day, Grain::Day, day.to_string())
    }

    /// The ISO week, Monday to Sunday, around `day`.
    pub(super) fn week(day: Date) -> Option<Self> {
        let monday = monday_of(day)?;
        let week = monday.iso_week_date();
        let timex = format!("{:04}-W{:02}", week.year(), week.week());
        Some(Self::of(monday, add(monday, 6.days())?, Grain::Week, timex))
    }

    /// The Saturday and Sunday of the week around `day`.
    pub(super) fn weekend(day: Date) -> Option<Self> {
        let week = Self::week(day)?;
        let timex = format!("{}-WE", week.timex?);
        Some(Self::of(add(week.end?, (-1).days())?, week.end?, Grain::Weekend, timex))
    }

    /// A calendar month.
    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self::of(first, first.last_of_month(), Grain::Month, format!("{year:04}-{month:02}")))
    }

    /// A quarter of a calendar year, 1 to 4.
    pub(super) fn quarter(year: i16, nth: i8) -> Option<Self> {
        let first = Date::new(year, 3 * nth - 2, 1).ok()?;
        let last = add(first, 2.months())?.last_of_month();
        Some(Self::of(first, last, Grain::Quarter, format!("{year:04}-Q{nth}")))
    }

    /// A half of a calendar year, 1 or 2.
    pub(super) fn half(year: i16, nth: i8) -> Option<Self> {
        let first = Date::new(year, 6 * nth - 5, 1).ok()?;
        let last = add(first, 5.months())?.last_of_month();
        Some(Self::of(first, last, Grain::Half, format!("{year:04}-H{nth}")))
    }

    /// A season of whole months; winter begins in December of `year`.
    pub(super) fn season(year: i16, season: Season) -> Option<Self> {
        let (month, code) = match season {
            Season::Spring => (3, "SP"),
            Season::Summer => (6, "SU"),
            Season::Autumn => (9, "FA"),
            Season::Winter => (12, "WI"),
        };
        let first = Date::new(year, month, 1).ok()?;
        let last = add(first, 2.months())?.last_of_month();
        Some(Self::of(first, last, Grain::Quarter, format!("{year:04}-{code}")))
    }

    /// A calendar year.
    pub(super) fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self::of(first, first.last_of_year(), Grain::Year, format!("{year:04}")))
    }

    /// The ten years from `first`.
    pub(super) fn decade(first: i16) -> Option<Self> {
        let start = Date::new(first, 1, 1).ok()?;
        let end = Date::new(first.checked_add(9)?, 12, 31).ok()?;
        Some(Self::of(start, end, Grain::Decade, format!("{:03}", first / 10)))
    }

    /// A century by its number: the 20th is 1900 to 1999, as newspapers count.
    pub(super) fn century(nth: i16) -> Option<Self> {
        let first = nth.checked_sub(1)?.checked_mul(100)?;
        let start = Date::new(first, 1, 1).ok()?;
        let end = Date::new(first.checked_add(99)?, 12, 31).ok()?;
        Some(Self::of(start, end, Grain::Century, format!("{:02}", first / 100)))
    }

    /// The period of a unit around `day`; for units below a day, the day.
    pub(super) fn around(unit: Unit, day: Date) -> Option<Self> {
        match unit {
            Unit::Weekend => Self::weekend(day),
            Unit::Fortnight => None,
            Unit::Plain(unit) => match unit {
                TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => None,
                TimeUnit::Day => Some(Self::day(day)),
                TimeUnit::Week => Self::week(day),
                TimeUnit::Month => Self::month(day.year(), day.month()),
                TimeUnit::Quarter => Self::quarter(day.year(), quarter_of(day)),
                TimeUnit::Year => Self::year(day.year()),
                TimeUnit::Decade => Self::decade(day.year() - day.year().rem_euclid(10)),
                TimeUnit::Century => Self::century(day.year().div_euclid(100) + 1),
            },
        }
    }

    /// Days without a name, from `start` to `end`.
    pub(super) const fn free(start: Option<Date>, end: Option<Date>) -> Self {
        Self { start, end, grain: Some(Grain::Free), timex: None }
    }

    /// A period of which only its TIMEX3 value is known.
    pub(super) const fn untold(timex: Option<String>) -> Self {
        Self { start: None, end: None, grain: None, timex }
    }

    const fn of(start: Date, end: Date, grain: Grain, timex: String) -> Self {
        Self { start: Some(start), end: Some(end), grain: Some(grain), timex: Some(timex) }
    }

    /// The period of the same grain and name `years` later.
    pub(super) fn years_later(&self, years: i16) -> Option<Self> {
        let start = add(self.start?, i64::from(years).years())?;
        let end = match self.end {
            // The end of February moves with leap years.
            Some(end) if end.last_of_month() == end => {
                Some(add(end, i64::from(years).years())?.last_of_month())
            }
            Some(end) => Some(add(end, i64::from(years).years())?),
            None => None,
        };
        let timex = match self.grain {
            Some(Grain::Week) => return Self::week(start),
            Some(Grain::Weekend) => return Self::weekend(start),
            Some(Grain::Decade | Grain::Century) | None => None,
            // Of `the past three months` a year earlier, no more than the year can be written.
            _ if self.timex.as_ref().is_some_and(|timex| timex.starts_with('P')) => {
                Some(format!("{:04}", start.year()))
            }
            _ => self.timex.as_ref().and_then(|timex| {
                let ends = timex.split('/').map(|end| {
                    let (year, rest) = end.split_at_checked(4)?;
                    Some(format!("{:04}{rest}", year.parse::<i16>().ok()? + years))
                });
                Some(ends.collect::<Option<Vec<_>>>()?.join("/"))
            }),
        };
        Some(Self { start: Some(start), end, grain: self.grain, timex })
    }
}

/// `day` and a span, where the calendar reaches.
pub(super) fn add(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

/// `count` units of the calendar; none for units below a day.
pub(super) fn span_of(unit: Unit, count: i64) -> Option<Span> {
    let span = Span::new();
    match unit {
        Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count.checked_mul(2)?),
        Unit::Plain(unit) => match unit {
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
            TimeUnit::Day => span.try_days(count),
            TimeUnit::Week => span.try_weeks(count),
            TimeUnit::Month => span.try_months(count),
            TimeUnit::Quarter => span.try_months(count.checked_mul(3)?),
            TimeUnit::Year => span.try_years(count),
            TimeUnit::Decade => span.try_years(count.checked_mul(10)?),
            TimeUnit::Century => span.try_years(count.checked_mul(100)?),
        },
    }
    .ok()
}

/// The Monday of the ISO week around `day`.
fn monday_of(day: Date) -> Option<Date> {
    add(day, (-i64::from(day.weekday().to_monday_zero_offset())).days())
}

/// The quarter of the year that `day` is in, 1 to 4.
fn quarter_of(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// The nth week of the days from `start` to `end`, from the end where negative. As in ISO 8601, a week belongs to where
/// its Thursday is.
pub(super) fn nth_week(start: Date, end: Date, nth: i16) -> Option<Period> {
    let to_thursday = |day: Date| {
        i64::from(Weekday::Thursday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset())
    };
    let thursday = if nth > 0 {
        let first = add(start, to_thursday(start).rem_euclid(7).days())?;
        add(first, i64::from(nth - 1).weeks())?
    } else {
        let last = add(end, (-(-to_thursday(end)).rem_euclid(7)).days())?;
        add(last, i64::from(nth + 1).weeks())?
    };
    (start <= thursday && thursday <= end).then(|| Period::week(thursday))?
}

/// A day that the calendar has; for dates made from parts.
pub(super) fn day_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// Whether some year has the day.
pub(super) fn is_day(month: i8, day: i8) -> bool {
    // 2000 is a leap year.
    (1..=12).contains(&month) && (1..=date(2000, month, 1).days_in_month()).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(period: Option<Period>) -> String {
        period.map_or("none".to_owned(), |p| {
            let [start, end] = [p.start, p.end].map(|d| d.map_or("?".to_owned(), |d| d.to_string()));
            format!("{start} {end} {}", p.timex.unwrap_or_default())
        })
    }

    #[test]
    fn periods() {
        let day = date(2024, 12, 9);
        for (period, expected) in [
            (Period::week(day), "2024-12-09 2024-12-15 2024-W50"),
            (Period::weekend(day), "2024-12-14 2024-12-15 2024-W50-WE"),
            (Period::month(2024, 2), "2024-02-01 2024-02-29 2024-02"),
            (Period::quarter(2024, 3), "2024-07-01 2024-09-30 2024-Q3"),
            (Period::half(2024, 2), "2024-07-01 2024-12-31 2024-H2"),
            (Period::season(2024, Season::Winter), "2024-12-01 2025-02-28 2024-WI"),
            (Period::decade(1990), "1990-01-01 1999-12-31 199"),
            (Period::century(20), "1900-01-01 1999-12-31 19"),
            (Period::month(2024, 13), "none"),
            (Period::month(2024, 2).and_then(|p| p.years_later(-1)), "2023-02-01 2023-02-28 2023-02"),
            (
                Some(Period { timex: Some("2024-05-01/2024-05-10".into()), ..Period::day(day) })
                    .and_then(|p| p.years_later(-1)),
                "2023-12-09 2023-12-09 2023-05-01/2023-05-10",
            ),
            (Period::week(day).and_then(|p| p.years_later(-1)), "2023-12-04 2023-12-10 2023-W49"),
            (nth_week(date(2016, 7, 1), date(2016, 7, 31), -1), "2016-07-25 2016-07-31 2016-W30"),
            (nth_week(date(2016, 12, 1), date(2016, 12, 31), -1), "2016-12-26 2017-01-01 2016-W52"),
            (nth_week(date(2024, 5, 1), date(2024, 5, 31), 1), "2024-04-29 2024-05-05 2024-W18"),
        ] {
            assert_eq!(shown(period), expected);
        }
    }
}
