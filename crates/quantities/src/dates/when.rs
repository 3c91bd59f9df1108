//! What a date expression says, before it is known when that is.

use super::holiday::Holiday;
use super::words::{Edge, Part, Season, Shift, Turn, Unit};

/// A date expression as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    /// `December 9, 2024`
    Day { year: YearOf, month: i8, day: i8, weekday: Option<i8> },
    /// `May 2024`
    Month { year: YearOf, month: i8 },
    /// `2024`
    Year(i16),
    /// `fiscal 2024/25`: a year whose start is not told. By its last calendar year, where one is printed.
    FiscalYear(Option<i16>),
    /// `Q3 2024`
    Quarter { year: YearOf, nth: i8 },
    /// `first half of 2024`
    Half { year: YearOf, nth: i8 },
    /// `summer of 2020`
    Season { year: YearOf, season: Season },
    /// `1990s`, by its first year.
    Decade(i16),
    /// `323 BC`: a year that no day of the tables reaches.
    BeforeChrist(u16),
    /// `19th century`, by its number.
    Century(i16),
    /// `Christmas 2024`
    Holiday { rule: Holiday, year: YearOf },
    /// `last Thursday`, `Thursday of last week`
    Weekday { weekday: i8, shift: Option<Shift>, week: Option<Box<When>> },
    /// `Mon 13th`, `on the 18th`
    DayOfMonth { day: i8, weekday: Option<i8> },
    /// Days from today.
    DayFromNow(i64),
    /// `last week`, `the next three years`
    Shifted { unit: Unit, count: u16, shift: Shift },
    /// `the year`, of the sentence or of now.
    The(Unit),
    /// `last December`, `this summer`: one of those that come every year.
    Recurring { shift: Shift, of: Box<When> },
    /// `earlier this year`
    SoFar { turn: Turn, of: Box<When> },
    /// `week 31 of 2024`, by ISO 8601.
    WeekOfYear { year: YearOf, week: i8 },
    /// `week of April 10`
    Around { unit: Unit, of: Box<When> },
    /// `20 years ago`, `two days before Christmas`
    Moved { lengths: Vec<Length>, turn: Turn, from: Option<Box<When>> },
    /// `year-earlier quarter`
    YearBefore(Unit),
    /// `end of January`
    Edge { edge: Edge, of: Box<When> },
    /// `first nine months of the year`, `last week of July`: `count` units from the `nth`, counted from the end where
    /// negative.
    Nth { nth: i16, count: u16, unit: Unit, of: Box<When> },
    /// `first Monday of May`
    NthWeekday { nth: i8, weekday: i8, of: Box<When> },
    /// `first months of the year`: a start only.
    FirstOf(Box<When>),
    /// `same period of 2023`
    SamePeriod(Option<Box<When>>),
    /// `Wednesday night`
    PartOf { part: Part, of: Box<When> },
    /// `January 1 to November 15, 2024`
    Range(Box<When>, Box<When>),
    /// The day that dates count from.
    Now,
    /// A date that the text doesn't tell: `year following the market peak`.
    Untold,
}

/// The year of a date that repeats every year.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum YearOf {
    /// Not said.
    Unsaid,
    /// `2024`
    Is(i16),
    /// `of last year`
    Of(Box<When>),
}

/// So many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    /// Whole units.
    pub(super) count: i32,
    pub(super) unit: Unit,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    /// Where printed.
    pub(super) minute: Option<i8>,
    /// Where printed.
    pub(super) second: Option<i8>,
}

impl When {
    /// Whether its year or week depends on the tense of the sentence.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::Season { year, .. }
            | Self::Holiday { year, .. } => *year == YearOf::Unsaid,
            Self::DayOfMonth { .. } => true,
            Self::Weekday { shift, week, .. } => shift.is_none() && week.is_none(),
            Self::Shifted { shift, .. } => *shift == Shift::Following,
            Self::The(unit) => *unit == Unit::Weekend,
            Self::Edge { of, .. }
            | Self::SoFar { of, .. }
            | Self::Around { of, .. }
            | Self::Nth { of, .. }
            | Self::NthWeekday { of, .. }
            | Self::FirstOf(of)
            | Self::PartOf { of, .. } => of.is_open(),
            Self::Moved { from, .. } => from.as_ref().is_some_and(|from| from.is_open()),
            Self::Range(from, to) => from.is_open() || to.is_open(),
            Self::Year(_)
            | Self::FiscalYear(_)
            | Self::Decade(_)
            | Self::BeforeChrist(_)
            | Self::Century(_)
            | Self::DayFromNow(_)
            | Self::SamePeriod(_)
            | Self::WeekOfYear { .. }
            | Self::Recurring { .. }
            | Self::YearBefore(_)
            | Self::Now
            | Self::Untold => false,
        }
    }

    /// Whether it is a day by its place beside now only, as reports are dated: `said Wednesday`, `on Friday night`.
    pub(super) fn is_day_of_report(&self) -> bool {
        match self {
            Self::Weekday { shift: None, week: None, .. } | Self::DayFromNow(_) => true,
            Self::PartOf { of, .. } => of.is_day_of_report(),
            _ => false,
        }
    }

    /// The year that it prints, to lend to the other end of a range.
    pub(super) fn printed_year(&self) -> Option<&YearOf> {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::Season { year, .. }
            | Self::Holiday { year, .. } => Some(year),
            Self::Edge { of, .. } | Self::PartOf { of, .. } => of.printed_year(),
            _ => None,
        }
    }

    /// The same with another year, where it has one.
    pub(super) fn in_year(mut self, other: YearOf) -> Self {
        match &mut self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::Season { year, .. }
            | Self::Holiday { year, .. } => *year = other,
            Self::Edge { of, .. } | Self::PartOf { of, .. } => {
                let inner = std::mem::replace(&mut **of, Self::Untold);
                **of = inner.in_year(other);
            }
            _ => {}
        }
        self
    }
}
