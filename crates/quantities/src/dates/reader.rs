//! Reads a date expression at a lexeme: a single date, what stands around it, and ranges.
//!
//! Every reader takes the index of a lexeme and returns what it read and the lexeme after it. None of them looks
//! further than the expression and a few lexemes around it.

use std::cell::Cell;

use copydesk_text::date::Order;
use copydesk_types::Number;

use super::when::{When, YearOf};
use super::words::{Edge, Era, Part, Shift, Small, Unit, Word};
use crate::Rules;
use crate::exact;
use crate::lexer::{Case, Lexed, Shape};
use crate::lexicon::WordId;
use crate::number::{self, Numeral};
use crate::numerals::Role;

/// What a reader returns: a value and the lexeme after it.
pub(super) type Read<T> = Option<(T, usize)>;

/// Reads dates of one text.
pub(super) struct Reader<'a> {
    pub(super) rules: &'a Rules,
    pub(super) lexed: &'a Lexed<'a>,
    /// Which number of `9/12/2024` is the day.
    pub(super) order: Order,
    /// The number read last, by its lexeme: several grammars ask for the same one.
    last_number: Cell<(usize, Option<Numeral>)>,
    /// How many dates the one being read is part of.
    depth: Cell<u8>,
}

/// A date that is part of more dates than this (`beginning of the first week of last month`) is not read: whatever
/// the text, a grammar reads a bounded number of lexemes.
const DEEPEST: u8 = 4;

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    pub(super) const fn new(rules: &'a Rules, lexed: &'a Lexed<'a>, order: Order) -> Self {
        Self { rules, lexed, order, last_number: Cell::new((usize::MAX, None)), depth: Cell::new(0) }
    }

    /// Reads a date expression, ranges included.
    pub(super) fn date(&self, index: usize) -> Read<When> {
        let (first, next) = self.single(index)?;
        let Some((second, next)) = self.range_end(index, &first, next) else {
            // `now to give` opens no range.
            return (first != When::Now).then_some((first, next));
        };
        Some((When::Range(Box::new(first), Box::new(second)), self.past_period_word(next)))
    }

    /// Reads one date with what belongs to it: `beginning of 2023`, `Wednesday night`, `morning of December 6`.
    pub(super) fn single(&self, index: usize) -> Read<When> {
        let depth = self.depth.get();
        if depth == DEEPEST {
            return None;
        }
        self.depth.set(depth + 1);
        let read = self.plain(index);
        self.depth.set(depth);
        read.map(|(when, next)| self.with_part(when, next))
    }

    fn plain(&self, index: usize) -> Read<When> {
        match self.lexed.at(index).shape {
            Shape::Digits => self.at_digits(index),
            Shape::Word => match self.word(index) {
                Some(word) => self.at_word(index, word),
                None if self.rules.numerals.role(self.lexed.id(index)).is_some() => {
                    self.at_number_word(index)
                }
                None => self.at_other(index),
            },
            Shape::Break | Shape::Mark | Shape::Fraction => None,
        }
        .or_else(|| self.holiday(index))
    }

    fn at_digits(&self, index: usize) -> Read<When> {
        self.year_before_christ(index)
            .or_else(|| self.year_of_era(index))
            .or_else(|| self.numeric_date(index))
            .or_else(|| self.prepositioned_day(index))
            .or_else(|| self.day_and_month(index))
            .or_else(|| self.counted(index))
            .or_else(|| self.day_of_month(index))
            .or_else(|| self.decade(index))
            .or_else(|| self.year(index))
    }

    fn at_number_word(&self, index: usize) -> Read<When> {
        self.day_and_month(index)
            .or_else(|| self.counted(index))
            .or_else(|| self.day_of_month(index))
            .or_else(|| self.said_year(index))
    }

    fn at_word(&self, index: usize, word: Word) -> Read<When> {
        match word {
            // `May Day`, `Black Friday sales`
            Word::Month(month) | Word::MonthShort(month) => {
                self.holiday(index).or_else(|| self.month_first(index, month))
            }
            Word::Weekday(_) if self.ends_holiday(index) => None,
            Word::Weekday(weekday) => self.weekday_first(index, weekday),
            Word::WeekdayShort(weekday) => self.short_weekday_first(index, weekday),
            Word::Season(season) => self.season(index, season),
            Word::Day(days) => Some((When::DayFromNow(days), index + 1)),
            Word::Tonight => Some((self.part(Part::Night, When::DayFromNow(0)), index + 1)),
            Word::Shift(shift) => self.shifted(index, shift),
            Word::Edge(edge) => self.edge(index, edge),
            Word::Part(part) => self.part_of(index, part),
            Word::Unit(unit) => self.unit_first(index, unit),
            Word::Turn(turn) => self.turn_first(index, turn),
            Word::Era(Era::After) => self.year_behind_era(index),
            Word::Decade(short) => self.decade_word(index, short),
            Word::Meridiem(_)
            | Word::Clock(_)
            | Word::Era(Era::Before)
            | Word::Zone
            | Word::To
            | Word::Filler
            | Word::Owner
            | Word::Label
            | Word::Counted => None,
        }
        .or_else(|| self.opens_number(index).then(|| self.at_number_word(index))?)
    }

    /// Reads what opens with a word of no table: `Q3 2024`, `FY2024`, `fiscal 2024/25`, `now to 2030`.
    fn at_other(&self, index: usize) -> Read<When> {
        let small = self.small();
        let id = self.lexed.id(index);
        if id == WordId::UNKNOWN {
            return None;
        }
        if id == small.q || id == small.h {
            self.quarter_code(index)
        } else if id == small.fiscal || id == small.financial || id == small.fy {
            self.fiscal_year(index).or_else(|| {
                // `fiscal third quarter`
                let (_, end) = self.counted(index + 1)?;
                Some((When::Untold, end))
            })
        } else if id == small.now {
            // Alone it says nothing that a calendar knows.
            let opens_range = self.word(index + 1) == Some(Word::To) && !self.follows(index, small.until)
                || self.lexed.id(index + 1) == small.and && self.follows(index, small.between);
            opens_range.then_some((When::Now, index + 1))
        } else if id == small.a || id == small.an || id == small.half {
            self.counted(index)
        } else {
            None
        }
    }

    /// Reads a part of the day behind a day: `Wednesday night`, `December 24 afternoon`.
    fn with_part(&self, when: When, next: usize) -> (When, usize) {
        let is_day = matches!(
            when,
            When::Day { .. }
                | When::Weekday { .. }
                | When::DayFromNow(_)
                | When::Holiday { .. }
                | When::NthWeekday { .. }
        );
        let early = usize::from(matches!(self.word(next), Some(Word::Edge(Edge::Early | Edge::Late))));
        match self.word(next + early) {
            Some(Word::Part(part)) if is_day => (self.part(part, when), next + early + 1),
            _ => (when, next),
        }
    }

    pub(super) fn part(&self, part: Part, of: When) -> When {
        When::PartOf { part, of: Box::new(of) }
    }

    /// Reads the number of a day, 1 to 31: `9`, `9th`, `ninth`.
    pub(super) fn day_number(&self, index: usize) -> Read<i8> {
        let lexeme = self.lexed.at(index);
        if lexeme.shape == Shape::Digits {
            let (value, len) = self.digits(index)?;
            let day = i8::try_from(value).ok().filter(|day| len <= 2 && (1..=31).contains(day))?;
            let suffix = self.lexed.at(index + 1);
            let suffixed = suffix.glued && self.rules.numerals.suffixes.contains(&suffix.id);
            return Some((day, index + 1 + usize::from(suffixed)));
        }
        let numeral = self.number(index).filter(|numeral| numeral.ordinal)?;
        let day = i8::try_from(exact::whole(numeral.number)?).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, numeral.next))
    }

    /// Whether a unit, a scale or a sign follows, so that the number before `index` is no day.
    pub(super) fn counts_something(&self, index: usize) -> bool {
        let lexeme = self.lexed.at(index);
        match lexeme.shape {
            Shape::Word => {
                // `5 million`, but `on May 5 thousands came`, `in March 1854 two fleets`
                let scale = matches!(
                    self.rules.numerals.role(lexeme.id),
                    Some(
                        Role::Hundred
                            | Role::Scale(_)
                            | Role::Abbreviation(_)
                            | Role::Letter(_)
                            | Role::Dozen
                    )
                );
                matches!(self.word(index), Some(Word::Unit(_) | Word::Meridiem(_)))
                    || scale
                    || (lexeme.glued && lexeme.case != Case::Capital)
            }
            Shape::Mark => match self.lexed.str(index) {
                "%" | "/" | "°" => lexeme.glued,
                // `9:30`, but `2009: Bruce Arena`
                ":" => lexeme.glued && self.lexed.at(index + 1).glued,
                _ => false,
            },
            _ => false,
        }
    }

    /// The year behind a day or month, or none said.
    pub(super) fn year_behind(&self, index: usize) -> (YearOf, usize) {
        let small = self.small();
        let comma = usize::from(self.lexed.is_mark(index, b','));
        let at = index + comma;
        if let Some((year, next)) = self.firm_year(at) {
            let era = matches!(self.word(next), Some(Word::Era(Era::After)));
            return (YearOf::Is(year), next + usize::from(era && self.lexed.at(next).case != Case::Lower));
        }
        if let Some((year, next)) = self.year_before_christ(at).or_else(|| self.year_of_era(at)) {
            return (YearOf::Of(Box::new(year)), next);
        }
        let of = usize::from(comma == 0 && (self.lexed.id(at) == small.of || self.lexed.id(at) == small.in_));
        let at = self.past_the(at + of);
        if of == 1 {
            if let Some((year, next)) = self.firm_year(at) {
                return (YearOf::Is(year), next);
            }
            if let Some(short) = self.two_digit_year(at) {
                return short;
            }
        }
        if let Some(Word::Shift(shift)) = self.word(at)
            && self.word(at + 1) == Some(Word::Unit(Unit::YEAR))
            && comma == 0
        {
            let year = When::Shifted { unit: Unit::YEAR, count: 1, shift };
            return (YearOf::Of(Box::new(year)), at + 2);
        }
        if of == 1 && self.the_year(at) {
            let year = When::The(Unit::YEAR);
            return (YearOf::Of(Box::new(year)), at + 1);
        }
        (YearOf::Unsaid, index)
    }

    fn the_year(&self, index: usize) -> bool {
        self.lexed.id(index - 1) == self.small().the && self.word(index) == Some(Word::Unit(Unit::YEAR))
    }

    /// Reads `of` or `in`, an article, and the period that contains what was read before.
    pub(super) fn container(&self, index: usize) -> Read<When> {
        let small = self.small();
        if self.lexed.id(index) != small.of && self.lexed.id(index) != small.in_ {
            return None;
        }
        let at = self.past_the(index + 1);
        match self.word(at) {
            Some(Word::Unit(unit))
                if at > index + 1 || !matches!(self.lexed.str(at).as_bytes(), [.., b's']) =>
            {
                Some((When::The(unit), at + 1))
            }
            _ => self.single(at),
        }
    }

    /// A plain whole number in digits: its value and how many digits.
    pub(super) fn digits(&self, index: usize) -> Option<(u32, usize)> {
        let lexeme = self.lexed.at(index);
        if lexeme.shape != Shape::Digits || lexeme.span.len() > 8 {
            return None;
        }
        let text = lexeme.span.of(self.lexed.text);
        Some((text.parse().ok()?, text.len()))
    }

    /// A number in digits or words.
    pub(super) fn number(&self, index: usize) -> Option<Numeral> {
        let (at, numeral) = self.last_number.get();
        if at == index {
            return numeral;
        }
        let numeral = number::number_at(&self.rules.numerals, self.lexed, index);
        self.last_number.set((index, numeral));
        numeral
    }

    /// Whether a number can open at lexeme `index`.
    pub(super) fn opens_number(&self, index: usize) -> bool {
        let lexeme = self.lexed.at(index);
        match lexeme.shape {
            Shape::Digits | Shape::Fraction => true,
            Shape::Word => {
                let small = self.small();
                self.rules.numerals.role(lexeme.id).is_some()
                    || [small.a, small.an, small.half].contains(&lexeme.id)
            }
            Shape::Mark | Shape::Break => false,
        }
    }

    /// A whole number that counts something, up to ten thousand.
    pub(super) fn count(&self, index: usize) -> Read<u16> {
        let numeral = self.number(index)?;
        let count = count_of(numeral.number).filter(|_| !numeral.ordinal)?;
        Some((count, numeral.next))
    }

    pub(super) fn word(&self, index: usize) -> Option<Word> {
        self.rules.dates.word(self.lexed.id(index))
    }

    pub(super) fn month_at(&self, index: usize) -> Option<i8> {
        match self.word(index)? {
            Word::Month(month) | Word::MonthShort(month) => Some(month),
            _ => None,
        }
    }

    pub(super) const fn small(&self) -> &Small {
        &self.rules.dates.small
    }

    /// Whether the lexeme before `index`, past an article, is `word`.
    pub(super) fn follows(&self, index: usize, word: WordId) -> bool {
        let the = usize::from(self.lexed.id(index.saturating_sub(1)) == self.small().the);
        index.checked_sub(1 + the).is_some_and(|before| self.lexed.id(before) == word)
    }

    /// The lexeme after `'s`; behind a number the apostrophe stands alone.
    pub(super) fn past_own(&self, index: usize) -> Option<usize> {
        let small = self.small();
        if [small.own, small.own_curly].contains(&self.lexed.id(index)) {
            return Some(index + 1);
        }
        let apostrophe = matches!(self.lexed.str(index), "'" | "’") && self.lexed.at(index).glued;
        (apostrophe && self.lexed.id(index + 1) == small.s && self.lexed.at(index + 1).glued)
            .then_some(index + 2)
    }

    /// Steps over an article.
    pub(super) fn past_the(&self, index: usize) -> usize {
        index + usize::from(self.lexed.id(index) == self.small().the)
    }

    /// Whether what stands between two lexemes is glued on both sides of a hyphen at `index`.
    pub(super) fn hyphen(&self, index: usize) -> bool {
        self.lexed.is_dash(index) && self.lexed.at(index).glued && self.lexed.at(index + 1).glued
    }

    /// `unit` in the plural or singular at `index`, past a hyphen.
    pub(super) fn unit_at(&self, index: usize) -> Read<Unit> {
        let at = index + usize::from(self.hyphen(index));
        match self.word(at)? {
            Word::Unit(unit) => Some((unit, at + 1)),
            _ => None,
        }
    }

    pub(super) fn shift_at(&self, index: usize) -> Option<Shift> {
        match self.word(index)? {
            Word::Shift(shift) => Some(shift),
            _ => None,
        }
    }
}

/// A whole number of at most ten thousand.
pub(super) fn count_of(number: Number) -> Option<u16> {
    u16::try_from(exact::whole(number)?).ok().filter(|count| (1..=10_000).contains(count))
}
