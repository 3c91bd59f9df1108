//! A number that says something, with its exact value.

use std::fmt;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::Span;

/// An exact number: a finite decimal, or a fraction that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// A finite decimal.
    Decimal(Decimal),
    /// `numerator / denominator` in lowest terms, denominator above 1 and not of the form 2^a 5^b.
    Ratio(i64, i64),
}

impl Number {
    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self {
            // Through text: correctly rounded, which a product of mantissa and power of ten is not.
            Self::Decimal(d) => d.to_string().parse().unwrap_or(f64::NAN),
            Self::Ratio(p, q) => p as f64 / q as f64,
        }
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::Decimal(decimal)
    }
}

impl fmt::Display for Number {
    /// A plain decimal without trailing zeros, or `p/q`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(d) => write!(f, "{}", d.normalize()),
            Self::Ratio(p, q) => write!(f, "{p}/{q}"),
        }
    }
}

/// One number or a range, in whole units: the scale word is multiplied in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number, or the low end of a range.
    pub low: Number,
    /// The high end of a range.
    pub high: Option<Number>,
    /// The scale word as printed: `billion`.
    pub scale: Option<Span>,
}

impl Amount {
    /// One number without a scale word.
    pub fn exact(number: impl Into<Number>) -> Self {
        Self { low: number.into(), high: None, scale: None }
    }
}

/// A unit of measure as the tables name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Singular English name: `square kilometre`.
    pub unit: &'static str,
    /// Its UCUM code, where it has one.
    pub code: Option<&'static str>,
    /// The (low) value in SI units, where the unit converts.
    pub si: Option<f64>,
}

/// Units of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 1 s
    Second,
    /// 60 s
    Minute,
    /// 3,600 s
    Hour,
    /// 86,400 s
    Day,
    /// 7 days
    Week,
    /// a calendar month
    Month,
    /// three months
    Quarter,
    /// a calendar year
    Year,
    /// ten years
    Decade,
    /// a hundred years
    Century,
}

impl TimeUnit {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }

    /// The UCUM code, for the units that have one.
    pub const fn ucum(self) -> Option<&'static str> {
        match self {
            Self::Second => Some("s"),
            Self::Minute => Some("min"),
            Self::Hour => Some("h"),
            Self::Day => Some("d"),
            Self::Week => Some("wk"),
            Self::Month => Some("mo"),
            Self::Year => Some("a"),
            Self::Quarter | Self::Decade | Self::Century => None,
        }
    }
}

/// A date or period, both ends inclusive; an end that nothing resolves is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

/// A time of day, wall clock as printed, on its day where that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeRange {
    /// First instant.
    pub start: Option<DateTime>,
    /// Last instant.
    pub end: Option<DateTime>,
}

/// What a number is, with what that kind of number always carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An amount of money. `currency` is an ISO 4217 code; none where a bare symbol stays ambiguous.
    Money {
        /// In units of the currency.
        amount: Amount,
        /// ISO 4217.
        currency: Option<&'static str>,
    },
    /// A percentage; `points` for percentage points or basis points (100 to a point).
    Percent {
        /// In percent: 50 basis points are 0.5.
        amount: Amount,
        /// Whether it is a difference of percentages.
        points: bool,
    },
    /// A count.
    Cardinal(Amount),
    /// A place in an order.
    Ordinal(Amount),
    /// A physical quantity.
    Measure {
        /// In the unit printed.
        amount: Amount,
        /// The unit.
        measure: Measure,
    },
    /// A calendar date or period, with its TIMEX3 value.
    Date {
        /// Its days.
        range: DateRange,
        /// TIMEX3 value.
        timex: Option<String>,
    },
    /// A time of day, with its TIMEX3 value.
    Time {
        /// Its instants.
        range: TimeRange,
        /// TIMEX3 value.
        timex: Option<String>,
    },
    /// A length of time, with its TIMEX3 value (`P30Y`).
    Duration {
        /// In the unit printed.
        amount: Amount,
        /// The unit printed.
        unit: TimeUnit,
        /// TIMEX3 value.
        timex: Option<String>,
    },
    /// The number in a document's or rule's identifier.
    Reference,
}

/// The kind of a [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the variant of Value of the same name")]
pub enum Kind {
    Money,
    Percent,
    Cardinal,
    Ordinal,
    Measure,
    Date,
    Time,
    Duration,
    Reference,
}

impl Kind {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Cardinal => "cardinal",
            Self::Ordinal => "ordinal",
            Self::Measure => "measure",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Reference => "reference",
        }
    }
}

impl Value {
    /// Which kind it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Money { .. } => Kind::Money,
            Self::Percent { .. } => Kind::Percent,
            Self::Cardinal(_) => Kind::Cardinal,
            Self::Ordinal(_) => Kind::Ordinal,
            Self::Measure { .. } => Kind::Measure,
            Self::Date { .. } => Kind::Date,
            Self::Time { .. } => Kind::Time,
            Self::Duration { .. } => Kind::Duration,
            Self::Reference => Kind::Reference,
        }
    }

    /// The number, for the kinds that have one.
    pub const fn amount(&self) -> Option<&Amount> {
        match self {
            Self::Money { amount, .. }
            | Self::Percent { amount, .. }
            | Self::Measure { amount, .. }
            | Self::Duration { amount, .. }
            | Self::Cardinal(amount)
            | Self::Ordinal(amount) => Some(amount),
            Self::Date { .. } | Self::Time { .. } | Self::Reference => None,
        }
    }
}

/// How exact the text says that a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modifier {
    /// about, nearly, around, some
    Approx,
    /// over, more than
    Over,
    /// under, less than
    Under,
    /// at least
    AtLeast,
    /// at most, up to
    AtMost,
}

impl Modifier {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approx => "approx",
            Self::Over => "over",
            Self::Under => "under",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }
}

/// Which way an amount that is a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// A rise.
    Up,
    /// A fall.
    Down,
}

impl Direction {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// One number that says something. Quantities of a text don't overlap and stand in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The amount with its currency, unit or sign, without the modifier.
    pub span: Span,
    /// What it says.
    pub value: Value,
    /// How exact.
    pub modifier: Option<Modifier>,
    /// Which way, where it is a change.
    pub direction: Option<Direction>,
    /// The counted noun phrase.
    pub of: Option<Span>,
    /// What it measures, where the sentence says so.
    pub measured: Option<Span>,
    /// 0 to 1.
    pub confidence: f32,
}
