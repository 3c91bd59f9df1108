//! Reads the day, month and year of a date: `9 December 2024`, `Dec. 9`, `2024-12-09`, `9/12/2024`, `ngày 9 tháng 12`.

use super::Order;
use super::cursor::Cursor;
use super::words::{self, Place};

/// What of a date is printed.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

/// Reads a date that names its month, by number or name.
pub(super) fn read(cursor: &mut Cursor<'_>, order: Order) -> Option<Parts> {
    let mut next = *cursor;
    let parts = match next.peek()? {
        c if c.is_ascii_digit() => from_number(&mut next, order)?,
        c if c.is_alphabetic() => from_word(&mut next, order)?,
        _ => return None,
    };
    if !next.at_border() || !is_in_calendar(parts) {
        return None;
    }
    *cursor = next;
    Some(parts)
}

fn is_in_calendar(parts: Parts) -> bool {
    let (Some(month), Some(day)) = (parts.month, parts.day) else { return parts.month.is_some() };
    // A leap year stands for one that isn't printed.
    jiff::civil::Date::new(parts.year.unwrap_or(2000), month, day).is_ok()
}

fn from_number(cursor: &mut Cursor<'_>, order: Order) -> Option<Parts> {
    let mut next = *cursor;
    let (_, digits) = next.number()?;
    match digits {
        4 => year_first(cursor),
        8 => compact(cursor),
        1 | 2 => day_and_name(cursor).or_else(|| all_numbers(cursor, order)),
        _ => None,
    }
}

/// Reads `2024-12-09`, `2024/12/9`, `2024.12.09`, `2024-12`, `2024-Dec-09`, `2024年12月9日`, `2024년 12월 9일`.
fn year_first(cursor: &mut Cursor<'_>) -> Option<Parts> {
    let mut next = *cursor;
    let year = Some(next.year()?);
    next.spaces();
    if next.eat_if(|c| matches!(c, '年' | '년')).is_some() {
        next.spaces();
        let month = Some(next.small(1, 12)?);
        next.eat_if(|c| matches!(c, '月' | '월'))?;
        *cursor = next;
        next.spaces();
        let day = next.small(1, 31).filter(|_| next.eat_if(|c| matches!(c, '日' | '일' | '号')).is_some());
        if day.is_some() {
            *cursor = next;
        }
        return Some(Parts { year, month, day });
    }
    let mark = next.eat_if(is_separator)?;
    let month = next.small(1, 12).or_else(|| named_month(&mut next));
    let month_end = next;
    next.spaces();
    let day = next.eat(mark).then(|| next.small(1, 31)).flatten();
    match day {
        Some(_) => *cursor = next,
        // `2024/12` may be a fiscal year or a fraction, `2024.12` a number.
        None if mark == '-' => *cursor = month_end,
        None => return None,
    }
    Some(Parts { year, month, day })
}

/// Reads `20241209`.
fn compact(cursor: &mut Cursor<'_>) -> Option<Parts> {
    let (value, _) = cursor.number()?;
    let year = i16::try_from(value / 10_000).ok().filter(|year| (1900..=2099).contains(year))?;
    Some(Parts {
        year: Some(year),
        month: i8::try_from(value / 100 % 100).ok().filter(|month| (1..=12).contains(month)),
        day: i8::try_from(value % 100).ok().filter(|day| (1..=31).contains(day)),
    })
}

/// Reads `9 December 2024`, `9th of December`, `9. Dezember`, `9 de diciembre de 2024`, `05-Aug-2016`, `9 tháng 12 năm
/// 2024`.
fn day_and_name(cursor: &mut Cursor<'_>) -> Option<Parts> {
    let mut next = *cursor;
    let day = Some(next.small(1, 31)?);
    let mark = next.eat_if(|c| matches!(c, '-' | '/' | '–'));
    if mark.is_none() {
        suffix(&mut next);
        next.spaces();
        while joiner(&mut next, Place::Of) {}
    }
    let month = Some(named_month(&mut next).or_else(|| numbered_month(&mut next))?);
    let mut after = next;
    if let Some(mark) = mark
        && after.eat(mark)
        && let Some(year) = year_or_short(&mut after)
    {
        *cursor = after;
        return Some(Parts { year: Some(year), month, day });
    }
    let year = year_after(&mut next);
    *cursor = next;
    Some(Parts { year, month, day })
}

/// Reads `9/12/2024`, `09-12-2024`, `9.12.24`: the day first unless the order or the numbers tell otherwise.
fn all_numbers(cursor: &mut Cursor<'_>, order: Order) -> Option<Parts> {
    let mut next = *cursor;
    let first = next.small(1, 31)?;
    let mark = next.eat_if(is_separator)?;
    next.spaces();
    let second = next.small(1, 31)?;
    next.eat(mark).then_some(())?;
    next.spaces();
    let year = Some(year_or_short(&mut next)?);
    let month_first = match (first > 12, second > 12) {
        (true, true) => return None,
        (true, false) => false,
        (false, true) => true,
        (false, false) => order == Order::MonthFirst,
    };
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    *cursor = next;
    Some(Parts { year, month: Some(month), day: Some(day) })
}

fn from_word(cursor: &mut Cursor<'_>, order: Order) -> Option<Parts> {
    let mut next = *cursor;
    if joiner(&mut next, Place::Day) {
        let parts = next.peek().filter(char::is_ascii_digit).and_then(|_| from_number(&mut next, order))?;
        *cursor = next;
        return Some(parts);
    }
    let month = Some(named_month(&mut next).or_else(|| numbered_month(&mut next))?);
    let mut parts = Parts { year: None, month, day: None };
    let mut after = next;
    after.eat('-');
    after.spaces();
    joiner(&mut after, Place::Day);
    if let Some(day) = after.small(1, 31).filter(|_| !after.rest().starts_with(':')) {
        suffix(&mut after);
        // `May 5.4` counts, `May 5,2024` and `Sep-23-2020` go on.
        if after.at_border() || after.rest().starts_with(['-', ',']) {
            parts.day = Some(day);
            next = after;
        }
    }
    parts.year = year_after(&mut next);
    if parts.day.is_none() && parts.year.is_none() {
        return None;
    }
    *cursor = next;
    Some(parts)
}

/// Reads a month by name, and the dot of an abbreviation.
fn named_month(cursor: &mut Cursor<'_>) -> Option<i8> {
    let mut next = *cursor;
    let month = words::month(&next.word()?)?;
    next.eat('.');
    *cursor = next;
    Some(month)
}

/// Reads `tháng 12`.
fn numbered_month(cursor: &mut Cursor<'_>) -> Option<i8> {
    let mut next = *cursor;
    joiner(&mut next, Place::Month).then_some(())?;
    let month = next.small(1, 12)?;
    *cursor = next;
    Some(month)
}

/// Reads the year behind a day and month: `, 2024`, ` de 2024`, ` năm 2024`, `-2024`.
fn year_after(cursor: &mut Cursor<'_>) -> Option<i16> {
    let mut next = *cursor;
    next.spaces();
    next.eat_if(|c| matches!(c, ',' | '-' | '/' | '\'' | '’'));
    next.spaces();
    while joiner(&mut next, Place::Of) || joiner(&mut next, Place::Year) {}
    let year = next.year()?;
    // `May 2024-25` and `9 December 2024.5` are no years, but a full stop may end the sentence.
    if !next.at_border() && !next.rest().starts_with(['-', ',', ':']) {
        return None;
    }
    *cursor = next;
    Some(year)
}

/// Reads a year of four digits, or of two by the POSIX rule (69 to 99 are of the last century).
fn year_or_short(cursor: &mut Cursor<'_>) -> Option<i16> {
    if let Some(year) = cursor.year() {
        return Some(year);
    }
    let mut next = *cursor;
    let (value, digits) = next.number()?;
    if digits != 2 {
        return None;
    }
    *cursor = next;
    let value = i16::try_from(value).ok()?;
    Some(if value >= 69 { 1900 + value } else { 2000 + value })
}

/// Reads what follows the number of a day: `th`, `.`, `er`, `º`.
fn suffix(cursor: &mut Cursor<'_>) {
    let mut next = *cursor;
    let found = if next.eat(':') {
        next.word().is_some_and(|word| words::joins(&format!(":{word}"), Place::After))
    } else if let Some(mark) = next.eat_if(|c| matches!(c, '.' | 'º' | '°')) {
        words::joins(mark.encode_utf8(&mut [0; 4]), Place::After)
    } else {
        next.word().is_some_and(|word| words::joins(&word, Place::After))
    };
    if found {
        *cursor = next;
    }
}

/// Reads a word that joins the parts of a date at `place`, and the white space or apostrophe behind it.
fn joiner(cursor: &mut Cursor<'_>, place: Place) -> bool {
    let mut next = *cursor;
    let found = next.word().is_some_and(|word| words::joins(&word, place))
        && (next.spaces() || next.eat_if(|c| matches!(c, '\'' | '’')).is_some());
    if found {
        *cursor = next;
    }
    found
}

const fn is_separator(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '–' | '‐' | '‑')
}
