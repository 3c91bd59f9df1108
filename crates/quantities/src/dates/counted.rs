//! Reads dates that open with a number: `20 years ago`, `third quarter of 2023`, `first nine months of the year`, `21st
//! century`.

use super::reader::count_of;
use super::reader::{Read, Reader};
use super::tense::Tense;
use super::when::{Length, When, YearOf};
use super::words::{Shift, Turn, Unit, Word};
use crate::exact;
use crate::lexer::Shape;
use copydesk_types::{Number, TimeUnit};

impl Reader<'_> {
    /// Reads what opens with a number: `20 years ago`, `third quarter of 2023`, `first nine months of the year`,
    /// `21st century`, `two upcoming quarters`.
    pub(super) fn counted(&self, index: usize) -> Read<When> {
        if let Some((nth, after)) = self.ordinal(index) {
            return self.nth(nth, after);
        }
        if let Some(shifted) = self.counted_shift(index) {
            return Some(shifted);
        }
        let Some((lengths, next)) = self.lengths(index) else { return self.halved(index) };
        if let [Length { unit, .. }] = lengths[..]
            && unit.is_below_day()
        {
            return None;
        }
        if let Some(end) = self.past_time(next)
            && self.lexed.id(index - 1) == self.small().in_
        {
            return Some((When::Moved { lengths, turn: Turn::Hence, from: None }, end));
        }
        if self.is_ahead(index, next) {
            return Some((When::Moved { lengths, turn: Turn::Hence, from: None }, next));
        }
        if self.is_rate(index, next) {
            return None;
        }
        self.turned(lengths, next).or_else(|| self.halved(index))
    }

    /// Reads `two and a half years ago`, `a year and a half earlier`, in months.
    fn halved(&self, index: usize) -> Read<When> {
        let (duration, next) = self.duration(index)?;
        let Some(Word::Turn(Turn::Ago | Turn::Earlier | Turn::Later)) = self.word(next) else { return None };
        let months = exact::mul(duration.amount.low, Number::Decimal(12.into()))
            .filter(|_| duration.unit == TimeUnit::Year)?;
        let count = i32::try_from(exact::whole(months)?).ok().filter(|count| count % 12 == 6)?;
        let lengths = vec![Length { count, unit: Unit::Plain(TimeUnit::Month) }];
        duration.amount.high.is_none().then(|| self.turned(lengths, next)).flatten()
    }

    /// Past `' time` behind a length of time: `in two years' time`.
    fn past_time(&self, next: usize) -> Option<usize> {
        let small = self.small();
        let own = [small.own, small.own_curly].contains(&self.lexed.id(next))
            || matches!(self.lexed.str(next), "'" | "’");
        (own && self.lexed.id(next + 1) == small.time).then_some(next + 2)
    }

    /// Whether `in` and a verb that looks ahead stand in front of a length of time: `will reopen in two weeks`.
    fn is_ahead(&self, index: usize, next: usize) -> bool {
        let ends = !self.rules.context.may_continue(self.lexed, next)
            && self.word(next).is_none()
            && self.lexed.id(next) != self.small().or;
        ends && self.lexed.id(index - 1) == self.small().in_
            && !self.is_ranked(index - 1)
            && self.rules.dates.tenses.before(self.lexed, index) == Tense::Future
    }

    /// Whether a place in an order stands before lexeme `end`: `its seventh election in four years`, `the worst in ten`.
    fn is_ranked(&self, end: usize) -> bool {
        /// Words between the place and its time.
        const REACH: usize = 6;
        (end.saturating_sub(REACH)..end).any(|at| {
            let word = self.lexed.str(at);
            let superlative =
                word.len() > 4 && word.ends_with("est") || matches!(word, "most" | "worst" | "best");
            superlative || self.ordinal(at).is_some()
        })
    }

    /// Whether a length is what something is paid or done by: `buys bonds a month from November`.
    fn is_rate(&self, index: usize, next: usize) -> bool {
        let context = &self.rules.context;
        let article = self.rules.dates.is_article(self.lexed.id(index));
        let noun = context.may_continue(self.lexed, index - 1) && !context.is_verb(self.lexed, index - 1);
        article && noun && self.lexed.id(next) == self.small().from
    }

    /// Reads `5 past years`.
    fn counted_shift(&self, index: usize) -> Read<When> {
        let (count, at) = self.count(index)?;
        let shift =
            self.shift_at(at).filter(|shift| !matches!(shift, Shift::This | Shift::Same | Shift::That))?;
        let (unit, next) = self.unit_at(at + 1)?;
        // `there will be only 3 next week`
        let plural = self.lexed.str(next - 1).ends_with('s');
        (plural && !unit.is_below_day()).then_some((When::Shifted { unit, count, shift }, next))
    }

    /// Reads an ordinal: its number.
    pub(super) fn ordinal(&self, index: usize) -> Read<i16> {
        let numeral = self.number(index).filter(|numeral| numeral.ordinal)?;
        let nth = i16::try_from(exact::whole(numeral.number)?).ok().filter(|nth| (1..=400).contains(nth))?;
        Some((nth, numeral.next))
    }

    /// Reads what an ordinal counts.
    pub(super) fn nth(&self, nth: i16, after: usize) -> Read<When> {
        let small = self.small();
        let hyphen = usize::from(self.hyphen(after));
        let at = after + hyphen;
        if self.lexed.id(at) == small.half {
            let nth = i8::try_from(nth).ok().filter(|nth| *nth <= 2)?;
            // `first-half profit`, `sales in the first half`, but `first-half goals`
            let told = hyphen == 1 || self.rules.dates.business.around(self.lexed, at);
            let of_now = told && !self.rules.dates.games.around(self.lexed, at);
            let half = When::Half { year: YearOf::Unsaid, nth };
            return self.half_of(at + 1, nth).or_else(|| of_now.then_some((half, at + 1)));
        }
        match self.word(at) {
            Some(Word::Unit(unit)) => self.nth_unit(at, unit, nth),
            Some(Word::Weekday(weekday)) => {
                let part = match self.word(at + 1) {
                    Some(Word::Part(part)) => Some(part),
                    _ => None,
                };
                let (of, next) = self.container(at + 1 + usize::from(part.is_some()))?;
                let nth = i8::try_from(nth).ok().filter(|nth| *nth <= 5)?;
                let day = When::NthWeekday { nth, weekday, of: Box::new(of) };
                Some((part.map_or(day.clone(), |part| self.part(part, day)), next))
            }
            _ if nth == 1 => self.first_units(at),
            _ => None,
        }
    }

    pub(super) fn half_of(&self, at: usize, nth: i8) -> Read<When> {
        let (year, next) = self.year_behind(at);
        if year != YearOf::Unsaid {
            return Some((When::Half { year, nth }, next));
        }
        let (of, next) = self.container(at)?;
        Some((When::Half { year: YearOf::Of(Box::new(of)), nth }, next))
    }

    fn nth_unit(&self, at: usize, unit: Unit, nth: i16) -> Read<When> {
        let plural = self.lexed.str(at).ends_with('s');
        let next = at + 1;
        match unit {
            Unit::Plain(TimeUnit::Century) if self.is_before_christ(next) => Some((When::Untold, next + 1)),
            Unit::Plain(TimeUnit::Century) => Some((When::Century(nth), next)),
            Unit::Plain(TimeUnit::Quarter) if nth <= 4 && !plural => {
                if self.rules.dates.games.around(self.lexed, at) {
                    return None;
                }
                let nth = i8::try_from(nth).ok()?;
                let (year, end) = self.year_behind(next);
                if year != YearOf::Unsaid {
                    return Some((When::Quarter { year, nth }, end));
                }
                if self.lexed.id(next) != self.small().of {
                    return Some((When::Quarter { year, nth }, next));
                }
                let (of, end) = self.container(next)?;
                Some((When::Nth { nth: nth.into(), count: 1, unit, of: Box::new(of) }, end))
            }
            _ if unit.is_below_day() => None,
            _ => {
                let (of, end) = self.container(next)?;
                // `first months of the year`
                if plural {
                    return (nth == 1).then(|| (When::FirstOf(Box::new(of)), end));
                }
                Some((When::Nth { nth, count: 1, unit, of: Box::new(of) }, end))
            }
        }
    }

    /// Reads `nine months of the year`, `six months` behind `first`.
    fn first_units(&self, at: usize) -> Read<When> {
        let (count, unit, next) = self.counted_units(at)?;
        if let Some((of, next)) = self.container(next) {
            return Some((When::Nth { nth: 1, count, unit, of: Box::new(of) }, next));
        }
        let (year, end) = self.year_behind(next);
        let of = match year {
            YearOf::Is(year) => When::Year(year),
            YearOf::Of(of) => *of,
            YearOf::Unsaid => When::The(Unit::YEAR),
        };
        let of_year = matches!(unit, Unit::Plain(TimeUnit::Month | TimeUnit::Quarter)) && count < 12;
        of_year.then(|| (When::Nth { nth: 1, count, unit, of: Box::new(of) }, end))
    }

    /// Reads `2 years`, `a year`, `2 years, 3 months and 5 days`: whole units of a calendar.
    pub(super) fn lengths(&self, index: usize) -> Read<Vec<Length>> {
        let (first, mut next) = self.length(index)?;
        let mut lengths = vec![first];
        while lengths.len() < 4 {
            let joint =
                usize::from(self.lexed.id(next) == self.small().and || self.lexed.is_mark(next, b','));
            let Some((length, end)) = self.length(next + joint) else { break };
            lengths.push(length);
            next = end;
        }
        Some((lengths, next))
    }

    pub(super) fn length(&self, index: usize) -> Read<Length> {
        let small = self.small();
        let id = self.lexed.id(index);
        let (count, after) = if (id == small.a || id == small.an) && self.word(index + 1).is_some() {
            (1, index + 1)
        } else {
            let numeral = self.number(index).filter(|numeral| !numeral.ordinal)?;
            (count_of(numeral.number)?, numeral.next)
        };
        if let Some((unit, next)) = self.unit_at(after) {
            return Some((Length { count: count.into(), unit }, next));
        }
        None
    }

    /// Reads where a length of time is counted from: `ago`, `later`, `before yesterday`, `from now`.
    pub(super) fn turned(&self, lengths: Vec<Length>, at: usize) -> Read<When> {
        let small = self.small();
        let id = self.lexed.id(at);
        if id == small.from {
            if self.lexed.id(at + 1) == small.now {
                return Some((When::Moved { lengths, turn: Turn::Hence, from: None }, at + 2));
            }
            let (from, next) = self.single(self.past_the(at + 1))?;
            return self
                .is_point(&from)
                .then(|| (When::Moved { lengths, turn: Turn::Later, from: Some(Box::new(from)) }, next));
        }
        let turn = match self.word(at)? {
            Word::Turn(turn) => turn,
            // `a year prior`
            Word::Shift(Shift::Previous) if id == small.prior => {
                return Some((When::Moved { lengths, turn: Turn::Earlier, from: None }, at + 1));
            }
            _ => return None,
        };
        if id != small.before && id != small.after {
            return Some((When::Moved { lengths, turn, from: None }, at + 1));
        }
        if let Some((from, next)) = self.single(self.past_the(at + 1))
            && self.is_point(&from)
        {
            return Some((When::Moved { lengths, turn, from: Some(Box::new(from)) }, next));
        }
        if self.shift_at(at + 1) == Some(Shift::Last)
            && let [Length { count: 1, unit }] = lengths[..]
        {
            // `week before last`
            let from = When::Shifted { unit, count: 1, shift: Shift::Last };
            return Some((When::Moved { lengths, turn, from: Some(Box::new(from)) }, at + 2));
        }
        // `two days before the election` counts from what no calendar knows.
        matches!(self.lexed.at(at + 1).shape, Shape::Break | Shape::Mark)
            .then(|| (When::Moved { lengths, turn, from: None }, at + 1))
    }

    /// Whether a date is one that days can be counted from.
    fn is_point(&self, when: &When) -> bool {
        !matches!(when, When::Range(..) | When::Year(_) | When::SamePeriod(_))
    }
}
