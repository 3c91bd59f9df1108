//! TIMEX3 values (TimeML, ISO 24617-1) that no single period gives.

use copydesk_types::TimeUnit;

use super::when::{Length, When, YearOf};
use super::words::{Part, Unit};

/// The TIMEX3 value of what nothing resolves, as far as it is said.
pub(super) fn untold_timex(when: &When) -> Option<String> {
    match when {
        When::Day { year: YearOf::Unsaid, month, day, .. } => Some(format!("XXXX-{month:02}-{day:02}")),
        When::Month { year: YearOf::Unsaid, month } => Some(format!("XXXX-{month:02}")),
        When::DayOfMonth { day, .. } => Some(format!("XXXX-XX-{day:02}")),
        When::Weekday { weekday, shift: None, week: None } => Some(format!("XXXX-WXX-{weekday}")),
        When::FiscalYear(Some(year)) => Some(format!("FY{year:04}")),
        When::BeforeChrist(year) => Some(format!("BC{year:04}")),
        When::PartOf { part, of } => Some(untold_timex(of)? + part_code(*part)),
        _ => None,
    }
}

pub(super) const fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night => "TNI",
    }
}

/// The TIMEX3 value of a length of time in units of the calendar: `P3M`.
pub(super) fn length_timex(lengths: &[Length]) -> Option<String> {
    let mut timex = "P".to_owned();
    for length in lengths {
        let (factor, letter) = match length.unit {
            Unit::Fortnight => (2, 'W'),
            Unit::Weekend => return None,
            Unit::Plain(unit) if unit < TimeUnit::Day => return None,
            Unit::Plain(unit) => letter_of(unit),
        };
        timex += &format!("{}{letter}", length.count.checked_mul(factor)?);
    }
    Some(timex)
}

/// The letter of a unit in ISO 8601, and how many of that it is.
pub(super) const fn letter_of(unit: TimeUnit) -> (i32, char) {
    match unit {
        TimeUnit::Second => (1, 'S'),
        TimeUnit::Minute => (1, 'M'),
        TimeUnit::Hour => (1, 'H'),
        TimeUnit::Day => (1, 'D'),
        TimeUnit::Week => (1, 'W'),
        TimeUnit::Month => (1, 'M'),
        TimeUnit::Quarter => (3, 'M'),
        TimeUnit::Year => (1, 'Y'),
        TimeUnit::Decade => (10, 'Y'),
        TimeUnit::Century => (100, 'Y'),
    }
}
