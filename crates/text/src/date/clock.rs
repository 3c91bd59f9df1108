//! Reads a time of day with its zone: `17:41 JST`, `4:35 PM ET`, `14h30`, `09:30:15.123+07:00`, `10.15 Uhr (GMT+7)`.

use jiff::civil::Time;

use super::cursor::Cursor;
use super::words::{self, Place, Zone};

/// A time of day as printed.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<Offset>,
}

/// How far from UTC a clock is.
#[derive(Clone, Copy)]
pub(super) enum Offset {
    /// Seconds east of UTC.
    Fixed(i32),
    /// By the season.
    Named(Zone),
}

/// Which marks between hour and minutes make a time of day without more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// `9:30`, but `9.30` needs `am`, `pm` or `Uhr`.
    Colon,
    /// `9.30` too: a word has announced a time.
    ColonOrDot,
}

/// Reads a time of day. A number alone is none: it has minutes, a word of the hour, or `am` or `pm`.
pub(super) fn read(cursor: &mut Cursor<'_>, marks: Marks) -> Option<Clock> {
    let mut next = *cursor;
    let hour = next.small(0, 24)?;
    let mut minute = 0;
    let mut second = 0;
    let mut nanosecond = 0;
    let mut sure = false;
    let mut after = next;
    if let Some(mark) = after.eat_if(|c| matches!(c, ':' | '.' | 'h' | 'H' | '時' | '点' | '시')) {
        if let Some(value) = two_digits(&mut after, 59) {
            minute = value;
            next = after;
            sure = mark != '.' || marks == Marks::ColonOrDot;
            if after.eat_if(|c| matches!(c, ':' | '.')).is_some()
                && let Some(value) = two_digits(&mut after, 60)
            {
                second = value.min(59);
                next = after;
                nanosecond = fraction(&mut next);
            } else {
                next.eat_if(|c| matches!(c, '分' | '분'));
            }
        } else if !matches!(mark, ':' | '.') {
            next.eat_if(|c| matches!(c, 'h' | 'H' | '時' | '点' | '시'));
            sure = true;
        }
    }
    let hour = match meridiem(&mut next) {
        Some(noon) if (1..=12).contains(&hour) => {
            sure = true;
            hour % 12 + noon
        }
        // `17:41 PM` is 17:41.
        Some(_) if sure => hour,
        Some(_) => return None,
        None => hour,
    };
    let mut after = next;
    after.spaces();
    if after.word().is_some_and(|word| words::joins(&word, Place::Hour)) {
        sure = true;
        next = after;
    }
    // `24:00` is the midnight that ends the day; a wall clock shows it as 00:00.
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    let time = Time::new(hour, minute, second, nanosecond).ok()?;
    let zone = zone(&mut next);
    if !sure || !next.at_border() {
        return None;
    }
    *cursor = next;
    Some(Clock { time, zone })
}

fn two_digits(cursor: &mut Cursor<'_>, high: u32) -> Option<i8> {
    let mut next = *cursor;
    let (value, digits) = next.number()?;
    if digits != 2 || value > high {
        return None;
    }
    *cursor = next;
    i8::try_from(value).ok()
}

/// Reads the decimals of a second, in nanoseconds.
fn fraction(cursor: &mut Cursor<'_>) -> i32 {
    let mut next = *cursor;
    if next.eat_if(|c| matches!(c, '.' | ',')).is_none() {
        return 0;
    }
    let mut nanoseconds = 0;
    let mut unit = 100_000_000;
    let from = next.at;
    while let Some(digit) = next.eat_if(|c| c.is_ascii_digit()).and_then(|c| c.to_digit(10)) {
        nanoseconds += i32::try_from(digit).unwrap_or(0) * unit;
        unit /= 10;
    }
    if next.at > from {
        *cursor = next;
    }
    nanoseconds
}

/// Reads `am` (0) or `pm` (12) in its spellings.
fn meridiem(cursor: &mut Cursor<'_>) -> Option<i8> {
    let mut next = *cursor;
    next.spaces();
    let noon = match next.eat_if(char::is_alphabetic)? {
        'a' | 'A' => 0,
        'p' | 'P' => 12,
        _ => return None,
    };
    let dotted = next.eat('.');
    next.eat_if(|c| matches!(c, 'm' | 'M'))?;
    if dotted {
        next.eat('.');
    }
    if next.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    *cursor = next;
    Some(noon)
}

/// Reads a zone, perhaps in brackets: `Z`, `+07:00`, `GMT+7`, `JST`.
fn zone(cursor: &mut Cursor<'_>) -> Option<Offset> {
    let mut next = *cursor;
    let spaced = next.spaces();
    let bracket = next.eat('(');
    let from = next.at;
    while next.at - from < 5 && next.eat_if(|c| c.is_ascii_uppercase()).is_some() {}
    let name = &cursor.rest()[from - cursor.at..next.at - cursor.at];
    let named = words::zone(name);
    let universal = matches!(name, "GMT" | "UTC");
    let offset = if name.is_empty() || universal {
        // `17:41 +9` could be anything, `17:41 +0900` and `GMT+7` are zones.
        signed_hours(&mut next, universal).map(Offset::Fixed).or(named.map(Offset::Named))?
    } else {
        if name == "Z" && spaced {
            return None;
        }
        Offset::Named(named?)
    };
    if (bracket && !next.eat(')')) || !next.at_border() {
        return None;
    }
    *cursor = next;
    Some(offset)
}

/// Reads `+07:00`, `+0700` and, where `short` allows, `+7`: seconds east of UTC.
fn signed_hours(cursor: &mut Cursor<'_>, short: bool) -> Option<i32> {
    let mut next = *cursor;
    if short {
        next.spaces();
    }
    let sign = match next.eat_if(|c| matches!(c, '+' | '-' | '−'))? {
        '+' => 1,
        _ => -1,
    };
    let (value, digits) = next.number()?;
    let value = i32::try_from(value).ok()?;
    let (hours, minutes) = match digits {
        4 => (value / 100, value % 100),
        1 | 2 => {
            let mut after = next;
            match after.eat(':').then(|| two_digits(&mut after, 59)).flatten() {
                Some(minutes) => {
                    next = after;
                    (value, i32::from(minutes))
                }
                None if short || digits == 2 => (value, 0),
                None => return None,
            }
        }
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    *cursor = next;
    Some(sign * (hours * 3600 + minutes * 60))
}
