//! Reads dates that name their month: `December 9, 2024`, `9th of December`, `3-5 December`, `May 2024`, `May`.

use super::period::is_day;
use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::Word;
use super::years::full_year;
use crate::context::Class;
use crate::lexer::{Case, Shape};
use crate::lexicon::WordId;

impl Reader<'_> {
    /// Reads what opens with a month: `December 9, 2024`, `Dec. 9`, `May twenty-fourth`, `December 2024`, `December`.
    pub(super) fn month_first(&self, index: usize, month: i8) -> Read<When> {
        let short = self.is_short_month(index);
        let lower = self.lexed.at(index).case == Case::Lower;
        let mut next = index + 1;
        if short && self.lexed.is_mark(next, b'.') {
            next += 1;
        }
        if self.hyphen(next) && self.lexed.at(next + 1).shape == Shape::Digits {
            return self.hyphened_month(index, month, next + 1);
        }
        let slash = self.lexed.is_mark(next, b'/') && self.lexed.at(next + 1).glued;
        if slash && let Some((year, next)) = self.firm_year(next + 1) {
            return Some((When::Month { year: YearOf::Is(year), month }, next));
        }
        if let Some(bare) = self.opens_month_range(index, month, next) {
            return Some(bare);
        }
        let mut at = next;
        if self.lexed.is_mark(at, b',') && self.lexed.at(at + 2).glued {
            // `October, 1st`
            at += 1;
        }
        let number = self.day_number(self.past_the(at)).or_else(|| self.worded_day(at));
        if let Some((day, after)) = number
            && is_day(month, day)
            && !self.counts_something(after)
            && !self.is_decimal_or_clock(after)
            // `May second` is a day, `may second` seconds something.
            && (!lower || self.lexed.at(at).shape == Shape::Digits || month != 5)
        {
            let (year, end) = self.year_behind(after);
            let (year, end) = match year {
                YearOf::Unsaid => self
                    .two_digit_year(after)
                    .or_else(|| Some((self.year_of_event(month, day, end)?, end)))
                    .unwrap_or((YearOf::Unsaid, end)),
                year => (year, end),
            };
            return Some((When::Day { year, month, day, weekday: None }, end));
        }
        let (year, end) = self.year_behind(next);
        if year != YearOf::Unsaid {
            return (!lower || !short).then_some((When::Month { year, month }, end));
        }
        let end = if self.ends_abbreviation(index, next) { next } else { index + 1 };
        self.is_bare_month(index, month, end).then_some((When::Month { year, month }, end))
    }

    /// The lexeme after `June 31, 2022`, a day that no calendar has.
    pub(super) fn impossible_day(&self, index: usize) -> Option<usize> {
        let month = self.month_at(index)?;
        let dot = usize::from(self.is_short_month(index) && self.lexed.is_mark(index + 1, b'.'));
        let (day, next) = self.day_number(index + 1 + dot)?;
        let (year, end) = self.year_behind(next);
        (!is_day(month, day) && year != YearOf::Unsaid).then_some(end)
    }

    fn is_short_month(&self, index: usize) -> bool {
        matches!(self.word(index), Some(Word::MonthShort(_)))
    }

    /// Reads `Jan` of `Jan-Feb 2017` and `Sep to Nov`.
    fn opens_month_range(&self, index: usize, month: i8, next: usize) -> Read<When> {
        let joined = self.lexed.is_dash(next) || self.word(next) == Some(Word::To);
        let to = self.hyphen(next) && self.word(next + 1) == Some(Word::To) && self.hyphen(next + 2);
        let last = next + if to { 3 } else { 1 };
        let capital = |at: usize| self.lexed.at(at).case != Case::Lower;
        (joined && self.month_at(last).is_some() && capital(index) && capital(last))
            .then_some((When::Month { year: YearOf::Unsaid, month }, next))
    }

    /// Whether the dot of an abbreviation at `index` is no full stop: something follows in the sentence.
    fn ends_abbreviation(&self, index: usize, next: usize) -> bool {
        next > index + 1 && self.lexed.at(next).shape != Shape::Break
    }

    /// Whether a month without day and year is one, rather than a name or a verb.
    fn is_bare_month(&self, index: usize, month: i8, end: usize) -> bool {
        let small = self.small();
        let before = self.lexed.at(index - 1);
        let said = [
            small.in_,
            small.of,
            small.since,
            small.until,
            small.by,
            small.from,
            small.between,
            small.during,
        ]
        .contains(&before.id)
            || matches!(self.word(index - 1), Some(Word::To | Word::Edge(_) | Word::Shift(_)))
            || (self.lexed.is_dash(index - 1) && matches!(self.word(index - 2), Some(Word::Edge(_))));
        let lower = self.lexed.at(index).case == Case::Lower;
        let verb = lower && matches!(month, 3 | 5);
        if said {
            // `that may describe`, `to march`
            return !verb || before.id == small.in_ || before.id == small.since || before.id == small.until;
        }
        if self.is_short_month(index) {
            return !lower && self.lexed.is_dash(index - 1) && self.month_at(index - 2).is_some();
        }
        // `august`, `march` and `may` are other words as well.
        if lower && matches!(month, 3 | 5 | 8) {
            return false;
        }
        let after = self.lexed.at(end);
        let in_name = |case| matches!(case, Case::Capital | Case::Upper);
        let opens =
            before.shape == Shape::Break || matches!(self.lexed.str(index - 1), "\"" | "“" | "‘" | "'");
        let named = before.shape == Shape::Word && in_name(before.case) && before.id == WordId::UNKNOWN
            || after.shape == Shape::Word
                && in_name(after.case)
                && !after.glued
                && after.id == WordId::UNKNOWN;
        // `May`, `March`: at the start of a sentence they are verbs as often.
        // `the 1963 March`
        let event = before.shape == Shape::Digits && matches!(month, 3 | 5) && self.lexed.id(end) == small.of;
        !(named || event || opens && matches!(month, 3 | 5) && after.shape == Shape::Word)
    }

    /// Reads `twenty nine` behind a month, where it can't count what follows.
    fn worded_day(&self, index: usize) -> Read<i8> {
        if self.lexed.at(index).shape != Shape::Word
            || self.rules.numerals.role(self.lexed.id(index)).is_none()
        {
            return None;
        }
        let (count, next) = self.count(index)?;
        let day = i8::try_from(count).ok().filter(|day| *day <= 31)?;
        let ends = matches!(self.lexed.at(next).shape, Shape::Break | Shape::Mark);
        (ends || self.firm_year(next).is_some()).then_some((day, next))
    }

    /// Reads `fifteen` in front of a month with its year.
    fn day_in_words(&self, index: usize) -> Read<i8> {
        let (day, next) = self.count(index).filter(|_| self.lexed.at(index).shape == Shape::Word)?;
        self.month_at(next)?;
        let day = i8::try_from(day).ok().filter(|day| *day <= 31)?;
        self.has_year(next + 1).then_some((day, next))
    }

    /// Reads `Sep-23-2020` and `Dec-2018`, from the number on.
    fn hyphened_month(&self, index: usize, month: i8, at: usize) -> Read<When> {
        if let Some((year, next)) = self.firm_year(at) {
            return Some((When::Month { year: YearOf::Is(year), month }, next));
        }
        let (day, after) = self.day_number(at)?;
        let year = self.hyphen(after).then(|| self.firm_year(after + 1)).flatten();
        let (year, next) = year.map_or((YearOf::Unsaid, after), |(year, next)| (YearOf::Is(year), next));
        (is_day(month, day) && (self.is_short_month(index) || year != YearOf::Unsaid))
            .then_some((When::Day { year, month, day, weekday: None }, next))
    }

    /// Reads `9 December 2024`, `9th of December`, `the third of March`, `05-Aug-2016`, and `3-5 December`.
    pub(super) fn day_and_month(&self, index: usize) -> Read<When> {
        let small = self.small();
        let (day, after) = self.day_number(index).or_else(|| self.day_in_words(index))?;
        // `for $12 December 27`
        if self.lexed.is_mark(index - 1, b'$') {
            return None;
        }
        let glue = self.hyphen(after) || (self.lexed.is_mark(after, b'/') && self.lexed.at(after + 1).glued);
        let of = self.lexed.id(after) == small.of;
        let mut at = after + usize::from(of || glue);
        at += usize::from(of && self.lexed.id(at) == small.the);
        let Some(month) = self.month_at(at) else { return self.days_of_month(index, day, after) };
        let lower = self.lexed.at(at).case == Case::Lower;
        // `10 may die`, `third march`
        if !is_day(month, day) || (lower && !of && !glue && matches!(month, 3 | 5) && !self.has_year(at + 1))
        {
            return None;
        }
        let dot = matches!(self.word(at), Some(Word::MonthShort(_))) && self.lexed.is_mark(at + 1, b'.');
        let mut next = at + 1 + usize::from(dot && self.lexed.at(at + 2).shape != Shape::Break);
        if glue && (self.hyphen(next) || self.lexed.is_mark(next, b'/')) {
            if let Some((year, end)) = self.firm_year(next + 1) {
                return Some((When::Day { year: YearOf::Is(year), month, day, weekday: None }, end));
            }
            if let Some((value, 2)) = self.digits(next + 1) {
                let year = YearOf::Is(full_year(value));
                return Some((When::Day { year, month, day, weekday: None }, next + 2));
            }
        }
        let (mut year, end) = self.year_behind(next);
        next = end;
        if year == YearOf::Unsaid
            && let Some((short, end)) = self.two_digit_year(next)
        {
            (year, next) = (short, end);
        }
        Some((When::Day { year, month, day, weekday: None }, next))
    }

    /// Reads `3-5 December` and `3 to 5 December`, where `day` was read up to `after`.
    fn days_of_month(&self, index: usize, day: i8, after: usize) -> Read<When> {
        let small = self.small();
        let joined = self.lexed.is_dash(after)
            || self.word(after) == Some(Word::To)
            || (self.lexed.id(after) == small.and && self.follows(index, small.between));
        let second = self.past_the(after + usize::from(joined));
        if !joined || self.lexed.at(index).shape != Shape::Digits {
            return None;
        }
        let (_, end) = self.day_number(second)?;
        let of = usize::from(self.lexed.id(end) == small.of);
        self.month_at(end + of)?;
        let (last, next) = self.day_and_month(second)?;
        let When::Day { ref year, month, .. } = last else { return None };
        let first = When::Day { year: year.clone(), month, day, weekday: None };
        is_day(month, day).then(|| (When::Range(Box::new(first), Box::new(last)), next))
    }

    /// Reads `4` of `December 3 and 4`, `29th` of `on the 28th and 29th`, behind the first day.
    pub(super) fn second_day(&self, first: &When, next: usize) -> Read<When> {
        if let When::DayOfMonth { day: first_day, weekday: None } = first {
            // `on the 28th and 29th`
            let (day, end) =
                self.ordinal_day(next + 1).filter(|_| self.lexed.id(next) == self.small().and)?;
            let follows = day > *first_day && self.ends_day(end);
            return follows.then_some((When::DayOfMonth { day, weekday: None }, end));
        }
        let When::Day { year, month, day: first_day, .. } = first else { return None };
        if self.lexed.id(next) != self.small().and {
            return None;
        }
        let (day, end) = self.day_number(next + 1)?;
        let (told, after) = self.year_behind(end);
        let closed = self.rules.context.is(self.lexed, end, Class::Closed)
            && ![self.small().of, self.small().to, self.small().or].contains(&self.lexed.id(end));
        let ends = (closed || matches!(self.lexed.at(end).shape, Shape::Break | Shape::Mark))
            && !self.counts_something(end);
        if !ends || day <= *first_day || !is_day(*month, day) {
            return None;
        }
        let (year, end) = if told == YearOf::Unsaid { (year.clone(), end) } else { (told, after) };
        Some((When::Day { year, month: *month, day, weekday: None }, end))
    }

    /// The year of a day that what follows tells: `Sept. 11 terrorist attacks`.
    fn year_of_event(&self, month: i8, day: i8, next: usize) -> Option<YearOf> {
        let events =
            [next, next + 1].into_iter().filter_map(|at| self.rules.dates.events.get(self.lexed.id(at)));
        let (.., year) = events.flatten().find(|&&(m, d, _)| (m, d) == (month, day))?;
        Some(YearOf::Is(*year))
    }

    fn has_year(&self, index: usize) -> bool {
        self.year_behind(index).0 != YearOf::Unsaid
    }

    fn is_decimal_or_clock(&self, index: usize) -> bool {
        self.lexed.is_mark(index, b':') && self.lexed.at(index + 1).glued
    }

    /// Reads `'96`, and `96` behind a day and month.
    pub(super) fn two_digit_year(&self, index: usize) -> Read<YearOf> {
        let comma = usize::from(self.lexed.is_mark(index, b','));
        let apostrophe = usize::from(matches!(self.lexed.str(index + comma), "'" | "’" | "‘"));
        let at = index + comma + apostrophe;
        let (value, len) = self.digits(at)?;
        let next = self.lexed.at(at + 1);
        let alone = next.shape == Shape::Break || next.shape == Shape::Mark;
        (len == 2 && alone && (apostrophe == 1 || value > 31) && !self.is_decimal_or_clock(at + 1))
            .then_some((YearOf::Is(full_year(value)), at + 1))
    }
}
