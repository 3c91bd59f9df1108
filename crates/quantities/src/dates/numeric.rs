//! Reads dates all in numbers: `2024-12-09`, `12/30/2024`, `09.12.2024`, `20241209`; `11/20` where words say so.

use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::Word;
use super::years::{full_year, likely_year};
use copydesk_text::date::Order;

impl Reader<'_> {
    /// Reads a date all in numbers: `2024-12-09`, `12/30/2024`, `09.12.2024`, `2015-3`, `20241209`.
    pub(super) fn numeric_date(&self, index: usize) -> Read<When> {
        if let Some(dotted) = self.dotted_date(index) {
            return Some((dotted, index + 1));
        }
        let (first, len) = self.digits(index)?;
        if len == 8 {
            return Some((day_when(first / 10_000, first / 100 % 100, first % 100)?, index + 1));
        }
        let mark = self.date_mark(index + 1)?;
        let at = index + 2;
        if len == 4 {
            let month = self
                .digits(at)
                .map(|(month, _)| month)
                .or_else(|| self.month_at(at).map(|m| m.unsigned_abs().into()));
            let month = month.filter(|month| (1..=12).contains(month));
            if let Some(month) = month
                && self.date_mark(at + 1) == Some(mark)
                && let Some((day, day_len)) = self.digits(at + 2)
                && day_len <= 2
            {
                return Some((day_when(first, month, day)?, at + 3));
            }
            // `2024-12`; `2024-26` and `2010-12` are ranges, `2024/25` a fiscal year.
            let (_, month_len) = self.digits(at)?;
            let month = i8::try_from(month.filter(|_| mark == b'-' && month_len <= 2)?).ok()?;
            let year = likely_year(first)?;
            // `2006-7` is rather two years.
            let next_year = i16::from(month) == year.rem_euclid(100) + 1;
            if (i16::from(month) > year.rem_euclid(100) && month_len == 2 || next_year) && year >= 2000 {
                return None;
            }
            return (!self.hyphen(at + 1)).then_some((When::Month { year: YearOf::Is(year), month }, at + 1));
        }
        if len > 2 {
            return None;
        }
        let (second, second_len) = self.digits(at)?;
        if second_len == 4 && mark == b'/' && self.date_mark(index - 1) != Some(mark) {
            let month = i8::try_from(first).ok().filter(|month| (1..=12).contains(month))?;
            return Some((When::Month { year: YearOf::Is(likely_year(second)?), month }, at + 1));
        }
        if second_len > 2 || self.date_mark(at + 1) != Some(mark) {
            return None;
        }
        let (year, year_len) = self.digits(at + 2)?;
        let year = match year_len {
            4 => year,
            2 if mark == b'/' || mark == b'.' || first > 12 || second > 12 => {
                u32::try_from(full_year(year)).ok()?
            }
            _ => return None,
        };
        let next = at + 3;
        // `1-2-3-4`, `133-03-03-2020`
        if self.date_mark(next) == Some(mark) || self.date_mark(index - 1) == Some(mark) {
            return None;
        }
        let (day, month) = self.day_and_month_of(first, second, mark);
        Some((day_when(year, month, day)?, next))
    }

    /// A date that the tokenizer keeps in one piece: `09.12.2024`, `2024.12.09`.
    fn dotted_date(&self, index: usize) -> Option<When> {
        let text = self.lexed.str(index);
        if text.len() < 8 || text.len() > 10 {
            return None;
        }
        let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
        let (first, second, third) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() {
            return None;
        }
        if first > 999 {
            return day_when(first, second, third);
        }
        let (day, month) = self.day_and_month_of(first, second, b'.');
        (third > 999).then(|| day_when(third, month, day))?
    }

    /// Which of two numbers is the day: by the numbers, else by the order of the text; dots are European.
    fn day_and_month_of(&self, first: u32, second: u32, mark: u8) -> (u32, u32) {
        let month_first = second > 12 || (first <= 12 && self.order == Order::MonthFirst && mark != b'.');
        if month_first { (second, first) } else { (first, second) }
    }

    /// The mark between two numbers of a date, glued to both.
    fn date_mark(&self, index: usize) -> Option<u8> {
        if !self.lexed.at(index).glued || !self.lexed.at(index + 1).glued {
            return None;
        }
        match self.lexed.str(index) {
            "/" => Some(b'/'),
            "-" | "‐" | "‑" | "–" => Some(b'-'),
            "." => Some(b'.'),
            _ => None,
        }
    }

    /// Reads `11/20` behind a preposition, where it is no fraction.
    pub(super) fn prepositioned_day(&self, index: usize) -> Read<When> {
        let small = self.small();
        let said = [small.on, small.from, small.since, small.until, small.by]
            .contains(&self.lexed.id(index - 1))
            || matches!(self.word(index - 1), Some(Word::To | Word::Shift(_)))
            || self.lists_days(index);
        let (day, next) = self.day_slash_month(index)?;
        let timed = self.lexed.id(next) == small.at && self.times(next + 1).is_some();
        if !said && !timed {
            return None;
        }
        let goes_on = self.lexed.id(next) == small.of || self.lexed.at(next).glued && !self.ends_clause(next);
        (!goes_on && !matches!(self.word(next), Some(Word::Unit(_)))).then_some((day, next))
    }

    /// Whether another day in numbers stands before, in a list.
    fn lists_days(&self, index: usize) -> bool {
        let small = self.small();
        let joint =
            self.lexed.is_mark(index - 1, b',') || [small.and, small.or].contains(&self.lexed.id(index - 1));
        joint && index > 4 && self.lexed.is_mark(index - 3, b'/') && self.day_slash_month(index - 4).is_some()
    }

    fn ends_clause(&self, index: usize) -> bool {
        matches!(self.lexed.str(index), "." | "," | ";" | ")" | "?" | "!" | ":")
            && !self.lexed.at(index + 1).glued
    }

    /// Reads `5/12` beside a weekday.
    pub(super) fn day_slash_month(&self, index: usize) -> Read<When> {
        let (first, _) = self.digits(index)?;
        let glued = self.lexed.at(index + 1).glued && self.lexed.at(index + 2).glued;
        if !glued || !self.lexed.is_mark(index + 1, b'/') {
            return None;
        }
        let (second, _) = self.digits(index + 2)?;
        let (day, month) = self.day_and_month_of(first, second, b'/');
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        super::period::is_day(month, day)
            .then_some((When::Day { year: YearOf::Unsaid, month, day, weekday: None }, index + 3))
    }
}

fn day_when(year: u32, month: u32, day: u32) -> Option<When> {
    let (year, month, day) = (likely_year(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    super::period::day_of(year, month, day)?;
    Some(When::Day { year: YearOf::Is(year), month, day, weekday: None })
}
