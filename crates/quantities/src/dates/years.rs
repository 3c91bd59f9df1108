//! Reads years, and tells them from other numbers of four digits: `2024`, `1990s`, `2024/25`, but not `2000 troops`.

use super::period::is_day;
use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::{Era, Unit, Word};
use crate::exact;
use crate::lexer::{Case, Shape};
use crate::number::Form;
use crate::numerals::Role;
use copydesk_types::TimeUnit;

/// A bare number is taken for a year from here …
const FIRST_LIKELY_YEAR: u32 = 1900;
/// … to here; outside it needs a word that says so.
const LAST_LIKELY_YEAR: u32 = 2099;
/// A number that is not round is rather a year than a count of the noun behind it from here …
const FIRST_NEAR_YEAR: u32 = 1950;
/// … to here.
const LAST_NEAR_YEAR: u32 = 2060;

impl Reader<'_> {
    /// Reads a year of four digits, or in words, where the words before it have said that one follows.
    pub(super) fn firm_year(&self, index: usize) -> Read<i16> {
        let Some((value, len)) = self.digits(index) else { return self.worded_year(index) };
        if len != 4 || !(1000..=2999).contains(&value) || self.counts_something(index + 1) {
            return None;
        }
        Some((i16::try_from(value).ok()?, index + 1))
    }

    /// Reads `nineteen eighty-four`, `nineteen hundred ninety-three`, `two thousand and five`, where it counts nothing.
    fn worded_year(&self, index: usize) -> Read<i16> {
        let words = |at: usize| {
            let numeral =
                self.number(at).filter(|numeral| numeral.form == Form::Words && !numeral.ordinal)?;
            Some((i16::try_from(exact::whole(numeral.number)?).ok()?, numeral.next))
        };
        let likely = match self.rules.numerals.role(self.lexed.id(index))? {
            Role::Teen(_) => 1000..2000,
            Role::Small(2) | Role::Tens(20) => 2000..2100,
            _ => return None,
        };
        let (first, next) = words(index)?;
        let (year, next) = match first {
            10..=20 => words(next)
                .filter(|(rest, _)| (10..=99).contains(rest))
                .map(|(rest, end)| (first * 100 + rest, end))?,
            _ => (first, next),
        };
        let counts = self.rules.context.may_continue(self.lexed, next);
        (likely.contains(&year) && !counts).then_some((year, next))
    }

    /// Reads a year in words behind a word that says so: `in nineteen eighty-four`.
    pub(super) fn said_year(&self, index: usize) -> Read<When> {
        let said = self.says_year(index - 1);
        let (year, next) = said.then(|| self.worded_year(index)).flatten()?;
        // `the early two-thousands`
        let plural = self.lexed.str(next - 1).ends_with('s') && year % 10 == 0;
        let when = if plural { When::Decade(year) } else { When::Year(year) };
        Some((when, next))
    }

    /// The last year of `2024-26`, `2024/25`, at its short number.
    pub(super) fn short_year(&self, index: usize, first: i16) -> Read<i16> {
        let (value, len) = self.digits(index)?;
        if len > 2 || !self.lexed.at(index).glued || self.counts_something(index + 1) {
            return None;
        }
        let full = first - first.rem_euclid(if len == 2 { 100 } else { 10 }) + i16::try_from(value).ok()?;
        // `2006-7`, but `2024-9` is a month.
        (full > first && (len == 2 || full == first + 1)).then_some((full, index + 1))
    }

    /// Reads `1990s`, `1990's`, `'90s`.
    pub(super) fn decade(&self, index: usize) -> Read<When> {
        let (value, len) = self.digits(index)?;
        let plural = self.lexed.at(index + 1).glued && self.lexed.id(index + 1) == self.small().s;
        let next = if plural { index + 2 } else { self.past_own(index + 1)? };
        // `the 1990's`, but `1990's best film`
        let owner = !plural
            && self.lexed.id(index - 1) != self.small().the
            && self.rules.context.may_continue(self.lexed, next);
        if owner || value % 10 != 0 {
            return None;
        }
        let first = match len {
            4 => i16::try_from(value).ok().filter(|year| (1000..=2090).contains(year))?,
            // `in her 40s` is an age, `the '90s` and `the 90s` are years.
            2 if self.says_decade(index) => {
                i16::try_from(if value < 20 { 2000 + value } else { 1900 + value }).ok()?
            }
            _ => return None,
        };
        Some((When::Decade(first), next))
    }

    /// Reads `the nineties`, `early sixties`.
    pub(super) fn decade_word(&self, index: usize, short: i8) -> Read<When> {
        self.says_decade(index).then_some((When::Decade(1900 + i16::from(short)), index + 1))
    }

    /// Reads `323 BC`.
    pub(super) fn year_before_christ(&self, index: usize) -> Read<When> {
        let (year, len) = self.digits(index)?;
        let year = u16::try_from(year).ok().filter(|year| len <= 4 && *year > 0)?;
        self.is_before_christ(index + 1).then_some((When::BeforeChrist(year), index + 2))
    }

    pub(super) fn is_before_christ(&self, index: usize) -> bool {
        self.word(index) == Some(Word::Era(Era::Before)) && self.lexed.at(index).case != Case::Lower
    }

    /// Reads `79 AD`.
    pub(super) fn year_of_era(&self, index: usize) -> Read<When> {
        let (year, len) = self.digits(index)?;
        let year = i16::try_from(year).ok().filter(|year| len <= 4 && *year > 0)?;
        let era = self.word(index + 1) == Some(Word::Era(Era::After));
        (era && self.lexed.at(index + 1).case != Case::Lower).then_some((When::Year(year), index + 2))
    }

    /// Reads `AD 79`.
    pub(super) fn year_behind_era(&self, index: usize) -> Read<When> {
        let (year, len) = self.digits(index + 1).filter(|_| self.lexed.at(index).case != Case::Lower)?;
        let year = i16::try_from(year).ok().filter(|year| len <= 4 && *year > 0)?;
        (!self.counts_something(index + 2)).then_some((When::Year(year), index + 2))
    }

    fn says_decade(&self, index: usize) -> bool {
        let before = index - 1;
        if matches!(self.lexed.str(before), "'" | "’" | "‘") {
            return true;
        }
        let edge = before - usize::from(self.lexed.is_dash(before));
        let the = if matches!(self.word(edge), Some(Word::Edge(_))) { edge - 1 } else { before };
        let owned = self.word(the) == Some(Word::Owner) && self.lexed.id(the) != self.small().the;
        let said = self.lexed.id(the) == self.small().the || the < before && !owned;
        said && !self.rules.dates.weather.around(self.lexed, index)
    }

    /// Reads a bare year, and what is built on one: `2024/25`, `2024 Q3`, `2024 Aug`.
    pub(super) fn year(&self, index: usize) -> Read<When> {
        let (value, len) = self.digits(index)?;
        if let Some(quarter) = self.quarter_behind(index) {
            return Some(quarter);
        }
        if len != 4 || !self.is_year(index, value) {
            return None;
        }
        let year = i16::try_from(value).ok()?;
        let next = index + 1;
        let dash = usize::from(self.hyphen(next));
        if let Some((part, end)) = self.code(next + dash) {
            return Some((part.in_year(YearOf::Is(year)), end));
        }
        if let Some(month) = self.month_at(next)
            && self.lexed.at(next).case != Case::Lower
        {
            if let Some((day, end)) = self.day_number(next + 1)
                && is_day(month, day)
                && !self.counts_something(end)
            {
                return Some((When::Day { year: YearOf::Is(year), month, day, weekday: None }, end));
            }
            // `2024 Aug`, but `in 2024 August was wet`
            if self.lexed.at(index - 1).shape != Shape::Word {
                return Some((When::Month { year: YearOf::Is(year), month }, next + 1));
            }
        }
        let slash = self.lexed.is_mark(next, b'/') && self.lexed.at(next).glued;
        // `2014-02-30` is no date, and no year; nor is `2012-1400`.
        if dash == 1
            && let Some((last, len)) = self.digits(next + 1)
            && (self.hyphen(next + 2) || len > 2 && last <= value)
        {
            return None;
        }
        if (slash || dash == 1)
            && let Some((last, end)) = self.short_year(next + 1, year)
            && (last == year + 1 || slash)
        {
            return Some((When::FiscalYear(Some(last)), end));
        }
        Some((When::Year(year), next))
    }

    /// Reads `1988 third quarter`.
    fn quarter_behind(&self, index: usize) -> Read<When> {
        let (year, _) = self.digits(index).filter(|(year, len)| *len == 4 && likely_year(*year).is_some())?;
        let (nth, after) = self.ordinal(index + 1)?;
        let (unit, end) = self.unit_at(after)?;
        let nth = i8::try_from(nth).ok().filter(|nth| *nth <= 4 && unit == Unit::Plain(TimeUnit::Quarter))?;
        Some((When::Quarter { year: YearOf::Is(likely_year(year)?), nth }, end))
    }

    /// Whether a number of four digits is a year: what stands before it says so, and what follows is not counted by it.
    fn is_year(&self, index: usize, value: u32) -> bool {
        // `the 1988 quarter`
        let described = self.lexed.id(index - 1) == self.small().the
            && matches!(
                self.word(index + 1),
                Some(Word::Unit(Unit::Plain(TimeUnit::Quarter | TimeUnit::Month)))
            )
            && !self.lexed.str(index + 1).ends_with('s');
        if !(1000..=2999).contains(&value) || self.counts_something(index + 1) && !described {
            return false;
        }
        let small = self.small();
        let before = self.lexed.at(index - 1);
        let owner = self.word(index - 1) == Some(Word::Owner);
        if before.glued && before.shape == Shape::Word && !owner
            || self.lexed.at(index).glued && self.is_glue(index)
        {
            return false;
        }
        let temporal = self.says_year(index - 1);
        let likely = (FIRST_LIKELY_YEAR..=LAST_LIKELY_YEAR).contains(&value);
        if temporal {
            return likely || !self.counts_noun(index + 1);
        }
        // Counts in news have a comma (`2,015 votes`), unless they are round.
        let round = value.is_multiple_of(100) || !(FIRST_NEAR_YEAR..=LAST_NEAR_YEAR).contains(&value);
        let counts = self.word(index + 1) == Some(Word::Counted) || (round && self.counts_noun(index + 1));
        let listed = self.is_listed(index) && !self.counts_noun(index + 1);
        (likely || listed) && (owner || before.id == small.this || !counts) && !self.is_label(index - 1)
    }

    /// Whether a number stands in a list of years: `in 1842, 1845 and 1850`.
    fn is_listed(&self, index: usize) -> bool {
        /// Years of a list in front of one.
        const LONGEST: usize = 6;
        let small = self.small();
        let joined = |at: usize| {
            at > 2
                && (self.lexed.is_mark(at - 1, b',') && !self.lexed.at(at).glued
                    || [small.and, small.or].contains(&self.lexed.id(at - 1)))
        };
        let year =
            |at: usize| self.digits(at).is_some_and(|(year, len)| len == 4 && (1000..=2099).contains(&year));
        (0..LONGEST)
            .map(|before| index.saturating_sub(2 * before))
            .take_while(|&at| joined(at) && year(at - 2))
            .any(|at| self.says_year(at - 3))
    }

    /// Whether the word at `index` says that the number behind it is a year.
    fn says_year(&self, index: usize) -> bool {
        let small = self.small();
        [small.in_, small.since, small.until, small.by, small.during, small.between, small.from, small.of]
            .contains(&self.lexed.id(index))
            || matches!(
                self.word(index),
                Some(Word::To | Word::Month(_) | Word::Season(_) | Word::Edge(_) | Word::Unit(_))
            )
    }

    /// Whether what is glued to the left of `index` makes the number part of something else: `F-2000`, `#2020`, `$2000`.
    fn is_glue(&self, index: usize) -> bool {
        let before = self.lexed.at(index - 1);
        match before.shape {
            Shape::Mark => {
                let dash = self.lexed.is_dash(index - 1);
                let open = matches!(
                    self.lexed.str(index - 1),
                    "(" | "[" | "\"" | "“" | "‘" | "'" | "—" | "’" | ":" | "="
                );
                let joins = dash || self.lexed.is_mark(index - 1, b'~');
                let after_year = joins
                    && !self.lexed.at(index - 2).glued
                    && self.digits(index.saturating_sub(2)).is_some_and(|(_, len)| len == 4);
                let after_edge = dash && matches!(self.word(index - 2), Some(Word::Edge(_)));
                !(open || after_year || after_edge)
            }
            _ => true,
        }
    }

    /// Whether a plural noun follows that a number before `index` would count: `2000 troops`.
    fn counts_noun(&self, index: usize) -> bool {
        let lexeme = self.lexed.at(index);
        let word = self.lexed.str(index);
        lexeme.shape == Shape::Word
            && lexeme.case == Case::Lower
            && (self.word(index) == Some(Word::Counted) || is_plural(word))
    }

    /// Whether the word at `index` names what the number after it labels: `page 1945`, `No. 2010`, `about 2000`.
    fn is_label(&self, index: usize) -> bool {
        let at = index - usize::from(self.lexed.is_mark(index, b'.'));
        self.word(at) == Some(Word::Label)
            || matches!(self.lexed.str(index), "$" | "€" | "£" | "¥" | "#" | "×" | "+" | "<" | ">" | "=")
    }
}

pub(super) fn likely_year(year: u32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1000..=2999).contains(year))
}

/// A year of two digits by the POSIX rule: 69 to 99 are of the last century.
pub(super) fn full_year(value: u32) -> i16 {
    let short = i16::try_from(value % 100).unwrap_or(0);
    if short >= 69 { 1900 + short } else { 2000 + short }
}

/// Whether a word looks like a plural noun.
fn is_plural(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
}
