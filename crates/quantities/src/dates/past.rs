//! Reads times by the minutes past or to an hour: `half past seven`, `a quarter to noon`, `20 minutes past 3pm`.

use copydesk_types::TimeUnit;

use super::clock::{Face, whole_hour};
use super::reader::{Read, Reader};
use super::when::Clock;
use super::words::{Unit, Word};

impl Reader<'_> {
    /// Reads `half past seven`, `a quarter to nine`, `20 minutes past 3pm`, `15 past noon`; `15 to 20` is a range.
    pub(super) fn past_hour(&self, index: usize) -> Read<Face> {
        let small = self.small();
        let (minutes, at) = self.minutes(index)?;
        let past = self.lexed.id(at) == small.past;
        let named = self.lexed.id(at - 1) == small.quarter || self.is_minutes(at - 1);
        let to = named && self.lexed.id(at) == small.to;
        if !(past || to) {
            return None;
        }
        let (face, next) = self.hour(at + 1)?;
        let hour = face.clock.hour;
        let (hour, minute) = match hour {
            _ if past => (hour, minutes),
            0 => (23, 60 - minutes),
            1 if !face.settled => (12, 60 - minutes),
            _ => (hour - 1, 60 - minutes),
        };
        let clock = Clock { hour, minute: Some(minute), second: None };
        Some((Face { clock, sure: true, ..face }, next))
    }

    /// Reads the minutes of `half past`, `a quarter to`, `20 minutes past`.
    fn minutes(&self, index: usize) -> Read<i8> {
        let small = self.small();
        if self.lexed.id(index) == small.half {
            return Some((30, index + 1));
        }
        let at = index + usize::from(self.lexed.id(index) == small.a);
        if self.lexed.id(at) == small.quarter {
            return Some((15, at + 1));
        }
        let (count, at) = self.opens_number(index).then(|| self.count(index))??;
        let minutes = i8::try_from(count).ok().filter(|minutes| *minutes < 60)?;
        Some((minutes, at + usize::from(self.is_minutes(at))))
    }

    fn is_minutes(&self, index: usize) -> bool {
        self.word(index) == Some(Word::Unit(Unit::Plain(TimeUnit::Minute)))
    }

    /// Reads the hour behind `past` or `to`.
    fn hour(&self, index: usize) -> Read<Face> {
        if let Some(Word::Clock(hour)) = self.word(index) {
            return Some((whole_hour(hour), index + 1));
        }
        let (hour, next) = self.count(index)?;
        let hour = i8::try_from(hour).ok().filter(|hour| (1..=12).contains(hour))?;
        let face = Face { clock: Clock { hour, minute: None, second: None }, settled: false, sure: false };
        let (face, next) = self.with_meridiem(face, next)?;
        // `quarter past 8` is a time, `half past 10 years` is none.
        let counts =
            matches!(self.word(next), Some(Word::Unit(_))) || self.rules.context.is_plural(self.lexed, next);
        (!counts).then_some((face, next))
    }
}
