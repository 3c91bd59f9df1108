//! Reads weekdays, with the date or week beside them: `Wednesday, 21 Sep 2011`, `Tuesday of last week`, `Mon 13th`.

use super::reader::{Read, Reader};
use super::when::When;
use super::words::{Unit, Word};
use crate::lexer::{Case, Shape};

impl Reader<'_> {
    /// Reads `Thursday`, `Wednesday, 21 Sep 2011`, `Friday (June 15)`, `Tuesday of last week`.
    pub(super) fn weekday_first(&self, index: usize, weekday: i8) -> Read<When> {
        self.dated_weekday(index + 1, weekday)
            .or_else(|| Some((When::Weekday { weekday, shift: None, week: None }, index + 1)))
    }

    /// Reads `Wed, 21 Sep`, `Sat morning`, `on Fri`: a short weekday needs company to be one.
    pub(super) fn short_weekday_first(&self, index: usize, weekday: i8) -> Read<When> {
        if self.lexed.at(index).case == Case::Lower {
            return None;
        }
        let dot = usize::from(self.lexed.is_mark(index + 1, b'.') && self.lexed.at(index + 1).glued);
        let next = index + 1 + dot;
        let small = self.small();
        self.dated_weekday(next, weekday).or_else(|| {
            let listed = [small.and, small.or].contains(&self.lexed.id(index - 1))
                && matches!(
                    self.word(index.saturating_sub(2)),
                    Some(Word::Weekday(_) | Word::WeekdayShort(_))
                );
            let said = listed
                || self.lexed.id(index - 1) == small.on
                || matches!(self.word(next), Some(Word::Part(_)));
            said.then_some((When::Weekday { weekday, shift: None, week: None }, next))
        })
    }

    /// Reads the date or the week behind a weekday that ends before `next`.
    pub(super) fn dated_weekday(&self, next: usize, weekday: i8) -> Read<When> {
        let bracket = usize::from(self.lexed.is_mark(next, b'('));
        let comma = usize::from(self.lexed.is_mark(next, b','));
        let at = self.past_the(next + comma + bracket);
        let day = self
            .numeric_date(at)
            .or_else(|| self.month_at(at).and_then(|month| self.month_first(at, month)))
            .or_else(|| self.day_and_month(at))
            .or_else(|| self.day_slash_month(at));
        if let Some((When::Day { year, month, day, .. }, end)) = day {
            if bracket == 1 && !self.lexed.is_mark(end, b')') {
                return None;
            }
            return Some((When::Day { year, month, day, weekday: Some(weekday) }, end + bracket));
        }
        if let Some((day, end)) = self.ordinal_day(at)
            && comma + bracket == 0
        {
            return Some((When::DayOfMonth { day, weekday: Some(weekday) }, end));
        }
        let small = self.small();
        let of = usize::from(self.lexed.id(next) == small.of);
        let at = self.past_the(next + of + comma);
        let shift = self.shift_at(at)?;
        (self.word(at + 1) == Some(Word::Unit(Unit::WEEK))).then(|| {
            let week = When::Shifted { unit: Unit::WEEK, count: 1, shift };
            (When::Weekday { weekday, shift: None, week: Some(Box::new(week)) }, at + 2)
        })
    }

    /// Reads the number of a day that is an ordinal: `13th`, `eleventh`.
    pub(super) fn ordinal_day(&self, index: usize) -> Read<i8> {
        let (day, next) = self.day_number(index)?;
        let ordinal = next > index + 1 || self.lexed.at(index).shape == Shape::Word;
        (ordinal && !matches!(self.word(next), Some(Word::Unit(_)))).then_some((day, next))
    }

    /// Reads `18th` behind `on the`, where nothing follows that it could count.
    pub(super) fn day_of_month(&self, index: usize) -> Read<When> {
        let small = self.small();
        let said = self.follows(index, small.on);
        let (day, next) = self.ordinal_day(index).filter(|_| said)?;
        let second = self.lexed.id(next) == small.and
            && self.ordinal_day(self.past_the(next + 1)).is_some_and(|(_, end)| self.ends_day(end));
        (second || self.ends_day(next)).then_some((When::DayOfMonth { day, weekday: None }, next))
    }

    /// Whether nothing follows an ordinal before lexeme `next` that it could count: `the 18th`, `the 18th in Geneva`.
    pub(super) fn ends_day(&self, next: usize) -> bool {
        let small = self.small();
        matches!(self.lexed.at(next).shape, Shape::Break | Shape::Mark)
            || [small.in_, small.at, small.for_, small.after, small.before, small.when]
                .contains(&self.lexed.id(next))
    }

    /// Reads `on Tuesday`, `Monday` behind `next week`.
    pub(super) fn day_of_week(&self, index: usize, week: &When) -> Read<When> {
        let on = usize::from(self.lexed.id(index) == self.small().on);
        let weekday = match self.word(index + on)? {
            Word::Weekday(weekday) => weekday,
            Word::WeekdayShort(weekday) if self.lexed.at(index + on).case == Case::Capital => weekday,
            _ => return None,
        };
        Some((When::Weekday { weekday, shift: None, week: Some(Box::new(week.clone())) }, index + on + 1))
    }
}
