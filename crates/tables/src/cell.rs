//! One value on its way into a table, and the types that columns have.

use std::borrow::Cow;

use jiff::{Timestamp, civil};

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// UTF-8.
    String,
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
    /// True or false.
    Bool,
    /// A calendar day.
    Day,
    /// An instant, microseconds, UTC.
    Instant,
    /// Wall-clock date and time, seconds, no zone.
    WallClock,
    /// A list of strings.
    Strings,
    /// A list of `{first: string, second: string}` with the names given.
    Pairs(&'static str, &'static str),
    /// A list of `{first: string, second: i64}` with the names given.
    Counts(&'static str, &'static str),
    /// A list of `{first: string, second: f64}` with the names given.
    Measures(&'static str, &'static str),
}

impl Type {
    /// The name in the schema's documentation.
    pub fn name(self) -> String {
        match self {
            Self::String => "string".into(),
            Self::I32 => "i32".into(),
            Self::I64 => "i64".into(),
            Self::F32 => "f32".into(),
            Self::F64 => "f64".into(),
            Self::Bool => "bool".into(),
            Self::Day => "day".into(),
            Self::Instant => "ts".into(),
            Self::WallClock => "timestamp(s), no zone".into(),
            Self::Strings => "list<string>".into(),
            Self::Pairs(a, b) => format!("list<struct<{a}: string, {b}: string>>"),
            Self::Counts(a, b) => format!("list<struct<{a}: string, {b}: i64>>"),
            Self::Measures(a, b) => format!("list<struct<{a}: string, {b}: f64>>"),
        }
    }
}

/// One value, borrowed from the row where it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// For [`Type::String`].
    Str(Cow<'a, str>),
    /// For [`Type::I32`] and [`Type::I64`].
    Int(i64),
    /// For [`Type::F32`].
    F32(f32),
    /// For [`Type::F64`].
    F64(f64),
    /// For [`Type::Bool`].
    Bool(bool),
    /// For [`Type::Day`].
    Day(civil::Date),
    /// For [`Type::Instant`].
    Instant(Timestamp),
    /// For [`Type::WallClock`].
    WallClock(civil::DateTime),
    /// For [`Type::Strings`].
    Strings(Vec<&'a str>),
    /// For [`Type::Pairs`].
    Pairs(Vec<(&'a str, &'a str)>),
    /// For [`Type::Counts`].
    Counts(Vec<(&'a str, i64)>),
    /// For [`Type::Measures`].
    Measures(Vec<(&'a str, f64)>),
}

/// Turns an option into a cell: nothing is null.
pub(crate) fn maybe<'a, T>(value: Option<T>, cell: impl FnOnce(T) -> Cell<'a>) -> Cell<'a> {
    value.map_or(Cell::Null, cell)
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Self::Str(Cow::Borrowed(value))
    }
}

impl From<String> for Cell<'_> {
    fn from(value: String) -> Self {
        Self::Str(Cow::Owned(value))
    }
}

impl<'a> From<&'a Option<String>> for Cell<'a> {
    fn from(value: &'a Option<String>) -> Self {
        maybe(value.as_deref(), Self::from)
    }
}

impl From<i32> for Cell<'_> {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

/// Sizes and offsets: pages are limited far below what an `i64` holds.
impl From<usize> for Cell<'_> {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<f32> for Cell<'_> {
    fn from(value: f32) -> Self {
        Self::F32(value)
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Self::F64(value)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<civil::Date> for Cell<'_> {
    fn from(value: civil::Date) -> Self {
        Self::Day(value)
    }
}

impl From<Timestamp> for Cell<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Instant(value)
    }
}

impl From<civil::DateTime> for Cell<'_> {
    fn from(value: civil::DateTime) -> Self {
        Self::WallClock(value)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        maybe(value, T::into)
    }
}
