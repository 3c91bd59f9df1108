//! Dates that name days, months and years: `December 9, 2024`, `9th of December`, `9/12/2024`, `Q3 2024`, `1990s`.

use copydesk_text::date::Order;

use super::period::is_day;
use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::{Season, Unit, Word};
use crate::lexer::{Case, Shape};
use crate::lexicon::WordId;

/// A bare number is taken for a year from here …
const FIRST_LIKELY_YEAR: u32 = 1900;
/// … to here; outside it needs a word that says so.
const LAST_LIKELY_YEAR: u32 = 2099;
/// A number that is not round is rather a year than a count of the noun behind it from here …
const FIRST_NEAR_YEAR: u32 = 1950;
/// … to here.
const LAST_NEAR_YEAR: u32 = 2060;

impl Reader<'_> {
    /// Reads what opens with a month: `December 9, 2024`, `Dec. 9`, `May twenty-fourth`, `December 2024`, `December`.
    pub(super) fn month_first(&self, index: usize, month: i8, short: bool) -> Read<When> {
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
                YearOf::Unsaid => self.two_digit_year(after).unwrap_or((YearOf::Unsaid, end)),
                year => (year, end),
            };
            return Some((When::Day { year, month, day, weekday: None }, end));
        }
        let (year, end) = self.year_behind(next);
        if year != YearOf::Unsaid {
            return (!lower || !short).then_some((When::Month { year, month }, end));
        }
        let end = if self.ends_abbreviation(index, next) { next } else { index + 1 };
        self.is_bare_month(index, month, short, end).then_some((When::Month { year, month }, end))
    }

    /// Reads `Jan` of `Jan-Feb 2017` and `Sep to Nov`.
    fn opens_month_range(&self, index: usize, month: i8, next: usize) -> Read<When> {
        let joined = self.lexed.is_dash(next) || self.word(next) == Some(Word::To);
        let capital = |at: usize| self.lexed.at(at).case != Case::Lower;
        (joined && self.month_at(next + 1).is_some() && capital(index) && capital(next + 1))
            .then_some((When::Month { year: YearOf::Unsaid, month }, next))
    }

    /// Whether the dot of an abbreviation at `index` is no full stop: something follows in the sentence.
    fn ends_abbreviation(&self, index: usize, next: usize) -> bool {
        next > index + 1 && self.lexed.at(next).shape != Shape::Break
    }

    /// Whether a month without day and year is one, rather than a name or a verb.
    fn is_bare_month(&self, index: usize, month: i8, short: bool, end: usize) -> bool {
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
        if short {
            return !lower && self.lexed.is_dash(index - 1) && self.month_at(index - 2).is_some();
        }
        // `august`, `march` and `may` are other words as well.
        if lower && matches!(month, 3 | 5 | 8) {
            return false;
        }
        let after = self.lexed.at(end);
        let in_name = |case| matches!(case, Case::Capital | Case::Upper);
        let opens = before.shape == Shape::Break;
        let named = before.shape == Shape::Word && in_name(before.case) && before.id == WordId::UNKNOWN
            || after.shape == Shape::Word
                && in_name(after.case)
                && !after.glued
                && after.id == WordId::UNKNOWN;
        // `May`, `March`: at the start of a sentence they are verbs as often.
        !(named || opens && matches!(month, 3 | 5) && after.shape == Shape::Word)
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
        matches!(self.lexed.at(next).shape, Shape::Break | Shape::Mark).then_some((day, next))
    }

    /// Reads `Sep-23-2020` and `Dec-2018`, from the number on.
    fn hyphened_month(&self, index: usize, month: i8, at: usize) -> Read<When> {
        if let Some((year, next)) = self.firm_year(at) {
            return Some((When::Month { year: YearOf::Is(year), month }, next));
        }
        let (day, after) = self.day_number(at)?;
        let year = self.hyphen(after).then(|| self.firm_year(after + 1)).flatten();
        let (year, next) = year.map_or((YearOf::Unsaid, after), |(year, next)| (YearOf::Is(year), next));
        let is_short = matches!(self.word(index), Some(Word::MonthShort(_)));
        (is_day(month, day) && (is_short || year != YearOf::Unsaid))
            .then_some((When::Day { year, month, day, weekday: None }, next))
    }

    /// Reads `9 December 2024`, `9th of December`, `the third of March`, `05-Aug-2016`, and `3-5 December`.
    pub(super) fn day_and_month(&self, index: usize) -> Read<When> {
        let small = self.small();
        let (day, after) = self.day_number(index)?;
        // `for $12 December 27`
        if self.lexed.is_mark(index - 1, b'$') {
            return None;
        }
        let glue = self.hyphen(after) || (self.lexed.is_mark(after, b'/') && self.lexed.at(after + 1).glued);
        let of = self.lexed.id(after) == small.of;
        let mut at = after + usize::from(of || glue);
        at += usize::from(of && self.lexed.id(at) == small.the);
        let Some(month) = self.month_at(at) else { return self.days_of_month(index, day, after) };
        let ordinal = self.lexed.at(index).shape == Shape::Word || after > index + 1;
        let lower = self.lexed.at(at).case == Case::Lower;
        // `10 may die`, `third march`
        if !is_day(month, day) || (lower && !of && !glue && matches!(month, 3 | 5) && !self.has_year(at + 1))
        {
            return None;
        }
        if self.lexed.at(index).shape == Shape::Word && !of && !ordinal {
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

    /// Reads `4` of `December 3 and 4`, behind the first day.
    pub(super) fn second_day(&self, first: &When, next: usize) -> Read<When> {
        let When::Day { year, month, day: first_day, .. } = first else { return None };
        if self.lexed.id(next) != self.small().and {
            return None;
        }
        let (day, end) = self.day_number(next + 1)?;
        let (told, after) = self.year_behind(end);
        let ends =
            matches!(self.lexed.at(end).shape, Shape::Break | Shape::Mark) && !self.counts_something(end);
        if !ends || day <= *first_day || !is_day(*month, day) {
            return None;
        }
        let (year, end) = if told == YearOf::Unsaid { (year.clone(), end) } else { (told, after) };
        Some((When::Day { year, month: *month, day, weekday: None }, end))
    }

    fn has_year(&self, index: usize) -> bool {
        self.year_behind(index).0 != YearOf::Unsaid
    }

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
            if i16::from(month) > year.rem_euclid(100) && month_len == 2 && year >= 2000 {
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
    pub(super) fn day_and_month_of(&self, first: u32, second: u32, mark: u8) -> (u32, u32) {
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

    fn is_decimal_or_clock(&self, index: usize) -> bool {
        self.lexed.is_mark(index, b':') && self.lexed.at(index + 1).glued
    }

    /// Reads a year of four digits where the words before it have said that one follows.
    pub(super) fn firm_year(&self, index: usize) -> Read<i16> {
        let (value, len) = self.digits(index)?;
        if len != 4 || !(1000..=2999).contains(&value) || self.counts_something(index + 1) {
            return None;
        }
        Some((i16::try_from(value).ok()?, index + 1))
    }

    /// Reads `'96`, and `96` behind a day and month.
    fn two_digit_year(&self, index: usize) -> Read<YearOf> {
        let comma = usize::from(self.lexed.is_mark(index, b','));
        let apostrophe = usize::from(matches!(self.lexed.str(index + comma), "'" | "’" | "‘"));
        let at = index + comma + apostrophe;
        let (value, len) = self.digits(at)?;
        let next = self.lexed.at(at + 1);
        let alone = next.shape == Shape::Break || next.shape == Shape::Mark;
        (len == 2 && alone && (apostrophe == 1 || value > 31) && !self.is_decimal_or_clock(at + 1))
            .then_some((YearOf::Is(full_year(value)), at + 1))
    }

    /// The last year of `2024-26`, `2024/25`, at its short number.
    pub(super) fn short_year(&self, index: usize, first: i16) -> Read<i16> {
        let (value, len) = self.digits(index)?;
        let short = i16::try_from(value).ok()?;
        let full = first - first.rem_euclid(100) + short;
        let glued = self.lexed.at(index).glued;
        (len == 2 && glued && full > first && !self.counts_something(index + 1)).then_some((full, index + 1))
    }

    /// Reads `1990s`, `1990's`, `'90s`.
    pub(super) fn decade(&self, index: usize) -> Read<When> {
        let (value, len) = self.digits(index)?;
        let plural = self.lexed.at(index + 1).glued && self.lexed.id(index + 1) == self.small().s;
        if !plural || value % 10 != 0 || self.lexed.at(index + 1).span.len() != 1 {
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
        Some((When::Decade(first), index + 2))
    }

    fn says_decade(&self, index: usize) -> bool {
        let before = index - 1;
        matches!(self.lexed.str(before), "'" | "’" | "‘")
            || self.lexed.id(before) == self.small().the
            || matches!(self.word(before), Some(Word::Edge(_)))
            || (self.lexed.is_dash(before) && matches!(self.word(before - 1), Some(Word::Edge(_))))
    }

    /// Reads a bare year, and what is built on one: `2024/25`, `2024 Q3`, `2024 Aug`.
    pub(super) fn year(&self, index: usize) -> Read<When> {
        let (value, len) = self.digits(index)?;
        if len != 4 || !self.is_year(index, value) {
            return None;
        }
        let year = i16::try_from(value).ok()?;
        let next = index + 1;
        let dash = usize::from(self.hyphen(next));
        if let Some((nth, half, end)) = self.code(next + dash) {
            return Some((part_of_year(YearOf::Is(year), nth, half), end));
        }
        if let Some(month) = self.month_at(next)
            && self.lexed.at(next).case != Case::Lower
            && !matches!(self.lexed.at(index - 1).shape, Shape::Word)
        {
            if let Some((day, end)) = self.day_number(next + 1)
                && is_day(month, day)
                && !self.counts_something(end)
            {
                return Some((When::Day { year: YearOf::Is(year), month, day, weekday: None }, end));
            }
            return Some((When::Month { year: YearOf::Is(year), month }, next + 1));
        }
        let slash = self.lexed.is_mark(next, b'/') && self.lexed.at(next).glued;
        // `2014-02-30` is no date, and no year.
        if dash == 1 && self.hyphen(next + 2) && self.digits(next + 1).is_some() {
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

    /// Whether a number of four digits is a year: what stands before it says so, and what follows is not counted by it.
    fn is_year(&self, index: usize, value: u32) -> bool {
        if !(1000..=2999).contains(&value) || self.counts_something(index + 1) {
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
        let temporal = [
            small.in_,
            small.since,
            small.until,
            small.by,
            small.during,
            small.between,
            small.from,
            small.of,
        ]
        .contains(&before.id)
            || matches!(
                self.word(index - 1),
                Some(Word::To | Word::Month(_) | Word::Season(_) | Word::Edge(_) | Word::Unit(_))
            );
        let likely = (FIRST_LIKELY_YEAR..=LAST_LIKELY_YEAR).contains(&value);
        if temporal {
            return likely || !self.counts_noun(index + 1);
        }
        // Counts in news have a comma (`2,015 votes`), unless they are round.
        let round = value % 100 == 0 || !(FIRST_NEAR_YEAR..=LAST_NEAR_YEAR).contains(&value);
        let counts = self.word(index + 1) == Some(Word::Counted) || (round && self.counts_noun(index + 1));
        likely && (owner || before.id == small.this || !counts) && !self.is_label(index - 1)
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

    /// Reads `Q3 2024`, `H1`, `H2 of 2019`.
    pub(super) fn quarter_code(&self, index: usize) -> Read<When> {
        let (nth, half, next) = self.code(index)?;
        let dash = usize::from(self.hyphen(next));
        let (year, end) = self.year_behind(next + dash);
        let next = if year == YearOf::Unsaid { next } else { end };
        Some((part_of_year(year, nth, half), next))
    }

    /// Reads `Q3`, `H1`: the number, and whether it is of a half.
    fn code(&self, index: usize) -> Option<(i8, bool, usize)> {
        let small = self.small();
        let id = self.lexed.id(index);
        let half = id == small.h;
        if !(half || id == small.q) || !self.lexed.at(index + 1).glued {
            return None;
        }
        let (value, len) = self.digits(index + 1)?;
        let nth = i8::try_from(value).ok().filter(|nth| (1..=if half { 2 } else { 4 }).contains(nth))?;
        (len == 1).then_some((nth, half, index + 2))
    }

    /// Reads `fiscal 2024`, `financial year 2024/25`, `FY2024`, `FY24-25`, `fiscal year`.
    pub(super) fn fiscal_year(&self, index: usize) -> Read<When> {
        let short = self.lexed.id(index) == self.small().fy;
        let year_word =
            matches!(self.word(index + 1), Some(Word::Unit(Unit::Plain(copydesk_types::TimeUnit::Year))));
        let mut next = index + 1 + usize::from(year_word);
        if short && self.hyphen(next) {
            next += 1;
        }
        let Some((value, len)) = self.digits(next).filter(|(_, len)| *len == 4 || (*len == 2 && short))
        else {
            // `this financial year` is read from its first word.
            return None;
        };
        let first = if len == 4 { i16::try_from(value).ok()? } else { full_year(value) };
        let slash = self.lexed.is_mark(next + 1, b'/') && self.lexed.at(next + 2).glued;
        if slash || self.hyphen(next + 1) {
            if let Some((last, end)) = self.short_year(next + 2, first) {
                return Some((When::FiscalYear(Some(last)), end));
            }
            if let Some((last, end)) = self.firm_year(next + 2) {
                return Some((When::FiscalYear(Some(last)), end));
            }
        }
        Some((When::FiscalYear(Some(first)), next + 1))
    }

    /// Reads a season: `summer of 2020`, `spring 2024`, `summer`, where the words around say that it is one.
    pub(super) fn season(&self, index: usize, season: Season) -> Read<When> {
        let (year, next) = self.year_behind(index + 1);
        let small = self.small();
        let said = self.follows(index, small.in_)
            || self.follows(index, small.by) && self.lexed.id(index - 1) == small.the
            || matches!(self.word(index - 1), Some(Word::Edge(_)))
            || (self.lexed.is_dash(index - 1) && matches!(self.word(index - 2), Some(Word::Edge(_))));
        (year != YearOf::Unsaid || said).then_some((When::Season { year, season }, next))
    }

    /// Reads a holiday by name, and its year.
    pub(super) fn holiday(&self, index: usize) -> Read<When> {
        let (rule, next) = self.rules.dates.holidays.at(self.lexed, index)?;
        let (year, end) = self.year_behind(next);
        // `Christmas trees`, `Boxing Day sales`
        let names_noun = self.lexed.at(next).shape == Shape::Word
            && !self.lexed.at(next).glued
            && self.word(next).is_none()
            && !self.rules.dates.goes_on(self.lexed.id(next));
        (year != YearOf::Unsaid || !names_noun).then_some((When::Holiday { rule, year }, end))
    }
}

/// A quarter or half of a year.
pub(super) fn part_of_year(year: YearOf, nth: i8, half: bool) -> When {
    if half { When::Half { year, nth } } else { When::Quarter { year, nth } }
}

fn day_when(year: u32, month: u32, day: u32) -> Option<When> {
    let (year, month, day) = (likely_year(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    super::period::day_of(year, month, day)?;
    Some(When::Day { year: YearOf::Is(year), month, day, weekday: None })
}

fn likely_year(year: u32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1000..=2999).contains(year))
}

/// A year of two digits by the POSIX rule: 69 to 99 are of the last century.
fn full_year(value: u32) -> i16 {
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
