//! Reads the other end of a range of dates: `December 5 to 7`, `2024-26`, `between May and July`, `Monday – Friday`.

use super::period::is_day;
use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::Word;

impl Reader<'_> {
    /// Reads the other end of a range whose first end was `first`, read from `start` to `next`.
    pub(super) fn range_end(&self, start: usize, first: &When, next: usize) -> Read<When> {
        let after = self.range_joint(start, next)?;
        let small = self.small();
        if self.lexed.id(after) == small.now {
            return Some((When::Now, after + 1));
        }
        if let When::Day { year: YearOf::Unsaid, month, .. } = *first
            && let Some((day, end)) = self.day_number(after)
            && !self.counts_something(end)
            && self.month_at(end).is_none()
            && is_day(month, day)
        {
            let (year, end) = self.year_behind(end);
            return Some((When::Day { year, month, day, weekday: None }, end));
        }
        if let When::Month { year: YearOf::Unsaid, .. } = *first
            && self.month_at(after).is_none()
            && !matches!(self.word(after), Some(Word::Shift(_)))
            && self.lexed.id(after) != small.now
            && self.word(next) != Some(Word::To)
        {
            return None;
        }
        if let When::Year(year) = *first
            && let Some((short, end)) = self.short_year(after, year)
        {
            return Some((When::Year(short), end));
        }
        let (second, end) = self.single(self.past_the(after))?;
        fits(first, &second).then_some((second, end))
    }

    /// The lexeme after the word or mark that joins two ends of a range, if one stands at `next`.
    fn range_joint(&self, start: usize, next: usize) -> Option<usize> {
        let small = self.small();
        if self.word(next) == Some(Word::To) {
            return Some(next + 1);
        }
        // `April-to-June`
        if self.hyphen(next) && self.word(next + 1) == Some(Word::To) && self.hyphen(next + 2) {
            return Some(next + 3);
        }
        if self.lexed.is_dash(next) || self.lexed.is_mark(next, b'~') {
            let tight = self.lexed.at(next).glued && self.lexed.at(next + 1).glued;
            let loose = !self.lexed.at(next).glued && !self.lexed.at(next + 1).glued;
            return (tight || loose).then_some(next + 1);
        }
        (self.lexed.id(next) == small.and && self.follows(start, small.between)).then_some(next + 1)
    }

    /// Steps over `period` behind a range of years.
    pub(super) fn past_period_word(&self, next: usize) -> usize {
        next + usize::from(self.lexed.id(next) == self.small().period)
    }
}

/// Whether two dates can be the ends of one range.
fn fits(first: &When, second: &When) -> bool {
    let years = |when: &When| matches!(when, When::Year(_));
    // `in 2023 to Monday` is no range.
    !(years(first) && matches!(second, When::Weekday { .. } | When::DayFromNow(_)))
}
