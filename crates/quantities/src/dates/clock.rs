//! Reads times of day: `17:41 JST`, `5pm`, `4:35 PM ET`, `0900 GMT`, `noon`, `five o'clock`, `3:30-4:30pm`,
//! `half past seven`, `6 in the morning`.

use copydesk_text::date::is_zone;

use super::reader::{Read, Reader, count_of};
use super::when::Clock;
use super::words::{Part, Word};
use crate::lexer::{Case, Shape};

/// A time of day, or a stretch of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Times {
    pub(super) from: Clock,
    pub(super) to: Option<Clock>,
}

/// A clock as printed: an hour up to twelve may want `am` or `pm` from elsewhere.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub(super) clock: Clock,
    /// Whether it says which half of the day it is in.
    pub(super) settled: bool,
    /// Whether it is a time of day without more: not so a bare number.
    pub(super) sure: bool,
}

impl Reader<'_> {
    /// Reads a time of day or a range of two.
    pub(super) fn times(&self, index: usize) -> Read<Times> {
        let (mut first, next) = self.face(index)?;
        if let Some(after) = self.times_joint(index, next)
            && let Some((mut second, end)) = self.face(after)
            && (first.sure || second.sure)
        {
            if !first.settled && second.settled {
                // `3:30-4:30pm`, `12-3 a.m.`
                if second.clock.hour >= 12 && first.clock.hour + 12 <= second.clock.hour {
                    first.clock.hour += 12;
                } else if first.clock.hour == 12 && second.clock.hour < 12 {
                    first.clock.hour = 0;
                }
            } else if !second.settled && second.clock.hour < first.clock.hour && second.clock.hour < 12 {
                // `from 10:30 to 3`, but `from 10 p.m. to 3`
                let later = second.clock.hour + 12;
                second.clock.hour = if later > first.clock.hour { later } else { second.clock.hour };
            }
            return Some((Times { from: first.clock, to: Some(second.clock) }, self.past_zone(end)));
        }
        first.sure.then(|| (Times { from: first.clock, to: None }, self.past_zone(next)))
    }

    /// Reads a time in a part of the day: `at 3` behind `this afternoon`.
    pub(super) fn times_in(&self, index: usize, part: Part) -> Read<Times> {
        let (times, next) = self.times(index).or_else(|| {
            let (face, next) = self.face(index)?;
            let alone = !self.counts_something(next) && (1..=12).contains(&face.clock.hour);
            alone.then_some((Times { from: face.clock, to: None }, next))
        })?;
        let later = |clock: Clock| {
            let late = part != Part::Morning
                && (1..12).contains(&clock.hour)
                && (part != Part::Night || clock.hour > 5);
            Clock { hour: clock.hour + if late { 12 } else { 0 }, ..clock }
        };
        Some((Times { from: later(times.from), to: times.to.map(later) }, next))
    }

    /// Reads `8 tonight`.
    pub(super) fn hour_tonight(&self, index: usize) -> Read<Times> {
        let (hour, _) = self.digits(index)?;
        let hour = i8::try_from(hour).ok().filter(|hour| (1..12).contains(hour))?;
        let from = Clock { hour: hour + 12, minute: None, second: None };
        (self.word(index + 1) == Some(Word::Tonight)).then_some((Times { from, to: None }, index + 2))
    }

    fn times_joint(&self, start: usize, next: usize) -> Option<usize> {
        let small = self.small();
        let joined = self.word(next) == Some(Word::To)
            || self.lexed.is_dash(next)
            || (self.lexed.id(next) == small.and && self.follows(start, small.between));
        joined.then_some(next + 1)
    }

    fn face(&self, index: usize) -> Read<Face> {
        let small = self.small();
        match self.word(index) {
            Some(Word::Clock(hour)) => return Some((whole_hour(hour), index + 1)),
            Some(_) if self.lexed.id(index) != small.a && self.lexed.id(index) != small.quarter => {
                return None;
            }
            _ => {}
        }
        if let Some(face) = self.past_hour(index) {
            return Some(face);
        }
        if self.lexed.at(index).shape != Shape::Digits {
            return self.worded_hour(index);
        }
        if let Some(face) = self.dotted(index) {
            return Some(face);
        }
        let (value, len) = self.digits(index)?;
        if value == 12
            && let Some(Word::Clock(hour)) = self.word(index + 1)
        {
            // `12 noon`
            return Some((whole_hour(hour), index + 2));
        }
        if len == 4 {
            return self.military(index, value);
        }
        let hour = i8::try_from(value).ok().filter(|hour| len <= 2 && *hour <= 24)?;
        let mut face = Face {
            clock: Clock { hour, minute: None, second: None },
            settled: hour > 12 || len == 2 && hour == 0,
            sure: false,
        };
        let mut next = index + 1;
        let french = self.lexed.at(next).glued && self.lexed.id(next) == small.h;
        if self.lexed.at(next).glued && self.lexed.is_mark(next, b':') || french {
            if let Some(minute) = self.sixty(next + 1).filter(|_| self.lexed.at(next + 1).glued) {
                face.clock.minute = Some(minute);
                // `scored at 7:14` of the game
                face.sure = !self.rules.dates.games.around(self.lexed, index);
                next += 2;
                if self.lexed.is_mark(next, b':')
                    && self.lexed.at(next + 1).glued
                    && let Some((second, len)) = self.sixty_and_fraction(next + 1)
                {
                    face.clock.second = Some(second);
                    next += 1 + len;
                }
            } else if !french || self.lexed.at(next + 1).glued {
                return None;
            } else {
                // `15h`; `3h` is three hours.
                face.sure = hour > 12;
                next += usize::from(face.sure);
            }
        }
        if self.lexed.is_mark(next, b':') && self.lexed.at(next).glued && self.lexed.at(next + 1).glued {
            return None;
        }
        self.with_meridiem(face, next)
    }

    /// Reads `am`, `pm`, `o'clock` or `in the morning` behind a clock.
    pub(super) fn with_meridiem(&self, face: Face, next: usize) -> Read<Face> {
        let small = self.small();
        let mut face = face;
        let hour = face.clock.hour;
        if let Some(Word::Meridiem(noon)) = self.word(next) {
            if !(1..=12).contains(&hour) {
                // `17:41 PM` is 17:41.
                return face.sure.then_some((face, next + 1));
            }
            // `5 am` is a time, `I am` is none.
            face.clock.hour = hour % 12 + noon;
            (face.settled, face.sure) = (true, true);
            return Some((face, next + 1));
        }
        let o_clock = [small.o_clock, small.o_clock_curly, small.oclock].contains(&self.lexed.id(next));
        let next = next + usize::from(o_clock);
        face.sure |= o_clock && (1..=12).contains(&hour);
        if let Some((part, end)) = self.day_part(next)
            && (1..=12).contains(&hour)
            && (face.sure || self.announced(next))
        {
            face.clock.hour = match part {
                Part::Morning => hour % 12,
                Part::Night if hour < 6 || hour == 12 => hour % 12,
                _ => hour % 12 + 12,
            };
            (face.settled, face.sure) = (true, true);
            return Some((face, end));
        }
        if hour == 24 {
            if face.clock.minute.is_some_and(|minute| minute > 0) {
                return None;
            }
            face.clock.hour = 0;
        }
        Some((face, next))
    }

    /// Reads `in the morning`, `at night`.
    fn day_part(&self, index: usize) -> Read<Part> {
        let small = self.small();
        let in_ = self.lexed.id(index) == small.in_ && self.lexed.id(index + 1) == small.the;
        let at = self.lexed.id(index) == small.at;
        let at = if in_ {
            index + 2
        } else if at {
            index + 1
        } else {
            return None;
        };
        match self.word(at)? {
            Word::Part(part) if in_ || part == Part::Night => Some((part, at + 1)),
            _ => None,
        }
    }

    /// Whether a word before the number that ends before `next` announces a time: `at 6 in the morning`.
    fn announced(&self, next: usize) -> bool {
        let small = self.small();
        let before = self.lexed.at(next.saturating_sub(2));
        before.shape == Shape::Break
            || [
                small.at,
                small.by,
                small.from,
                small.until,
                small.since,
                small.between,
                small.after,
                small.before,
            ]
            .contains(&before.id)
    }

    /// Reads `2.30pm`; `2.30` alone is a number.
    fn dotted(&self, index: usize) -> Read<Face> {
        let (hour, minute) = self.lexed.str(index).split_once('.')?;
        if minute.len() != 2 || hour.len() > 2 {
            return None;
        }
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok().filter(|minute| *minute < 60)?);
        // `at 07.45`
        let zero = self.lexed.str(index).starts_with('0') && self.announced(index + 1);
        let clock = Clock { hour, minute: Some(minute), second: None };
        let face = Face { clock, settled: zero, sure: zero };
        if zero && hour > 0 && !matches!(self.word(index + 1), Some(Word::Meridiem(_) | Word::Unit(_))) {
            return Some((face, index + 1));
        }
        matches!(self.word(index + 1), Some(Word::Meridiem(_)))
            .then(|| self.with_meridiem(face, index + 1))?
    }

    /// Reads `0900 GMT`, `1140 a.m.`.
    fn military(&self, index: usize, value: u32) -> Read<Face> {
        let (hour, minute) = (i8::try_from(value / 100).ok()?, i8::try_from(value % 100).ok()?);
        if hour > 23 || minute > 59 {
            return None;
        }
        let clock = Clock { hour, minute: Some(minute), second: None };
        if matches!(self.word(index + 1), Some(Word::Meridiem(_))) {
            return self.with_meridiem(Face { clock, settled: false, sure: true }, index + 1);
        }
        let zone = self.lexed.at(index + 1);
        let zoned =
            zone.shape == Shape::Word && zone.case == Case::Upper && is_zone(self.lexed.str(index + 1));
        zoned.then_some((Face { clock, settled: true, sure: true }, index + 1))
    }

    /// Reads `seven p.m.`, `five o'clock`.
    fn worded_hour(&self, index: usize) -> Read<Face> {
        let numeral = self.number(index).filter(|numeral| !numeral.ordinal)?;
        let hour = i8::try_from(count_of(numeral.number)?).ok().filter(|hour| *hour <= 12)?;
        let face = Face { clock: Clock { hour, minute: None, second: None }, settled: false, sure: false };
        self.with_meridiem(face, numeral.next).filter(|(face, _)| face.sure)
    }

    fn sixty(&self, index: usize) -> Option<i8> {
        let (value, len) = self.digits(index)?;
        i8::try_from(value).ok().filter(|value| len == 2 && *value < 60)
    }

    /// Reads the seconds of a clock, fraction and all: their value and how many lexemes.
    fn sixty_and_fraction(&self, index: usize) -> Option<(i8, usize)> {
        let text = self.lexed.str(index);
        let whole = text.split('.').next().filter(|whole| whole.len() == 2)?;
        whole.parse().ok().filter(|second| *second < 60).map(|second| (second, 1))
    }

    /// Steps over a time zone: `JST`, `GMT+7`, `(ET)`, `Eastern Standard Time`, `local time`.
    fn past_zone(&self, next: usize) -> usize {
        /// Words of a zone's name at most.
        const LONGEST: usize = 3;
        let words = (next..next + LONGEST).take_while(|&at| self.word(at) == Some(Word::Zone)).count();
        if words > 0 && self.lexed.id(next + words) == self.small().time {
            return next + words + 1;
        }
        let bracket = usize::from(self.lexed.is_mark(next, b'('));
        let at = next + bracket;
        let zone = self.lexed.at(at);
        if zone.shape != Shape::Word || zone.case == Case::Lower || !is_zone(self.lexed.str(at)) {
            return next;
        }
        let mut end = at + 1;
        let sign = self.lexed.is_mark(end, b'+') || self.lexed.is_dash(end);
        if sign && self.lexed.at(end).glued && self.lexed.at(end + 1).glued && self.digits(end + 1).is_some()
        {
            end += 2;
        }
        match bracket {
            0 => end,
            _ if self.lexed.is_mark(end, b')') => end + 1,
            _ => next,
        }
    }
}

/// An hour that says its half of the day.
pub(super) const fn whole_hour(hour: i8) -> Face {
    Face { clock: Clock { hour, minute: None, second: None }, settled: true, sure: true }
}
