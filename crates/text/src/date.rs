//! Reads an absolute date at a position of a text, in the languages of `data/date`.
//!
//! [`read`] reads where it is told and says where the date ends; [`search`] looks for the next one. Both are for what
//! pages print about themselves (`17:41 JST, October 13, 2024`, `Thứ Hai, ngày 9/12/2024 | 10:41 (GMT+7)`, ISO 8601);
//! nothing is resolved that is not printed.

mod calendar;
mod clock;
mod cursor;
mod words;

use copydesk_types::{Precision, Span};
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, tz};

use calendar::Parts;
use clock::{Clock, Marks, Offset};
use cursor::Cursor;

pub use words::{month, weekday};

/// Which of two small numbers is the day, where neither is above 12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// 9/12/2024 is in December.
    #[default]
    DayFirst,
    /// 9/12/2024 is in September.
    MonthFirst,
}

/// A date as printed. The month is always there; what isn't printed is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// Four digits, or two by the POSIX rule.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, in the calendar of its month.
    pub day: Option<i8>,
    /// The weekday printed before the day.
    pub weekday: Option<Weekday>,
    /// The wall clock printed beside the day.
    pub time: Option<Time>,
    /// Its zone's distance from UTC on that day.
    pub offset: Option<tz::Offset>,
}

impl DateValue {
    /// The day, or the first day of the month, where the year is printed.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day.unwrap_or(1)).ok()
    }

    /// How much of [`Self::date`] is printed.
    pub const fn precision(&self) -> Precision {
        if self.day.is_some() { Precision::Day } else { Precision::Month }
    }

    /// The instant, where day, time and zone are printed.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.day?;
        self.offset?.to_timestamp(self.date()?.to_datetime(self.time?)).ok()
    }
}

/// Reads a date at byte `at`, with the weekday before it and the time of day before or after it: the date and the byte
/// where it ends. `order` decides only where the numbers don't.
///
/// None where no date starts exactly there, or `at` is no character border.
pub fn read(text: &str, at: usize, order: Order) -> Option<(DateValue, usize)> {
    if !text.is_char_boundary(at) {
        return None;
    }
    let mut cursor = Cursor::new(text, at);
    let (clock, weekday, parts) = match clock::read(&mut cursor, Marks::Colon) {
        Some(clock) => {
            let (weekday, parts) = day_after_clock(&mut cursor, order)?;
            (Some(clock), weekday, parts)
        }
        None => {
            let weekday = weekday_before(&mut cursor);
            let parts = calendar::read(&mut cursor, order)?;
            (parts.day.and_then(|_| clock_after(&mut cursor)), weekday, parts)
        }
    };
    let Parts { year, month, day } = parts;
    let mut value = DateValue { year, month: month?, day, weekday, time: None, offset: None };
    if let Some(clock) = clock {
        let seconds = match clock.zone {
            Some(Offset::Fixed(seconds)) => Some(seconds),
            Some(Offset::Named(zone)) => Some(zone.seconds_on(value.date())),
            None => None,
        };
        value.time = Some(clock.time);
        value.offset = seconds.and_then(|seconds| tz::Offset::from_seconds(seconds).ok());
    }
    Some((value, cursor.at))
}

/// The first date that starts at byte `from` or later, and where it stands. Linear in the text.
pub fn search(text: &str, from: usize, order: Order) -> Option<(Span, DateValue)> {
    let mut in_word = text.get(..from)?.chars().next_back().is_some_and(char::is_alphanumeric);
    let mut digit = from;
    for (offset, c) in text[from..].char_indices() {
        let starts = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        let at = from + offset;
        if !starts {
            continue;
        }
        if digit < at || digit == from {
            digit = at + text.as_bytes()[at..].iter().position(u8::is_ascii_digit)?;
        }
        if digit - at <= FIRST_DIGIT
            && let Some((value, end)) = read(text, at, order)
        {
            return Some((Span::new(at, end), value));
        }
    }
    None
}

/// Bytes from the start of a date to its first digit, at most: `segunda-feira, dia`, `Wednesday the`, `september`.
const FIRST_DIGIT: usize = 48;

/// Whether an abbreviation in capitals names a time zone.
pub fn is_zone(abbreviation: &str) -> bool {
    words::zone(abbreviation).is_some()
}

/// Reads `Monday, `, `Mon. `, `segunda-feira, `.
fn weekday_before(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let mut next = *cursor;
    let day = weekday(&next.word()?)?;
    if next.eat('-') {
        next.word();
    }
    next.eat('.');
    next.eat(',');
    next.spaces().then_some(())?;
    *cursor = next;
    Some(day)
}

fn day_after_clock(cursor: &mut Cursor<'_>, order: Order) -> Option<(Option<Weekday>, Parts)> {
    separators(cursor);
    cursor.eat('(');
    if words::joins(&{ *cursor }.word().unwrap_or_default(), words::Place::At) {
        cursor.word();
        cursor.spaces();
    }
    let weekday = weekday_before(cursor);
    let parts = calendar::read(cursor, order)?;
    parts.day.map(|_| (weekday, parts))
}

/// Reads the time of day behind a date: `T17:41Z`, ` at 5:41 p.m.`, `, 17:41`, ` | 17:41 GMT+7`.
fn clock_after(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut next = *cursor;
    let mut marks = Marks::Colon;
    if !next.eat('T') {
        separators(&mut next);
        // `a las`
        for _ in 0..2 {
            let mut after = next;
            if after.word().is_some_and(|word| words::joins(&word, words::Place::At)) {
                after.eat('.');
                after.spaces();
                next = after;
                marks = Marks::ColonOrDot;
            }
        }
    }
    let clock = clock::read(&mut next, marks)?;
    *cursor = next;
    Some(clock)
}

/// Steps over white space and the marks that stand between date and time.
fn separators(cursor: &mut Cursor<'_>) {
    cursor.spaces();
    if cursor.eat_if(|c| matches!(c, ',' | '|' | '-' | '–' | '—' | '·' | '•' | '@' | ';' | '/')).is_some()
    {
        cursor.spaces();
    }
}

#[cfg(test)]
mod tests;
