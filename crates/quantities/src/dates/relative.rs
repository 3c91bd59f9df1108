//! Dates that count from now or from another date: `last Thursday`, `20 years ago`, `first nine months of the year`,
//! `end of January`, `same period in 2023`.

use copydesk_types::TimeUnit;

use super::reader::{Read, Reader, count_of};
use super::when::{Length, When, YearOf};
use super::words::{Edge, Part, Shift, Turn, Unit, Word};
use crate::exact;
use crate::lexer::{Case, Shape};
use crate::numerals::Role;

const YEAR: Unit = Unit::Plain(TimeUnit::Year);
const DAY: Unit = Unit::Plain(TimeUnit::Day);
const WEEK: Unit = Unit::Plain(TimeUnit::Week);

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
    fn dated_weekday(&self, next: usize, weekday: i8) -> Read<When> {
        let bracket = usize::from(self.lexed.is_mark(next, b'('));
        let comma = usize::from(self.lexed.is_mark(next, b','));
        let at = self.past_the(next + comma + bracket);
        let day = self
            .numeric_date(at)
            .or_else(|| self.month_at(at).and_then(|month| self.month_first(at, month, true)))
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
        let at = self.past_the(next + of);
        let shift = self.shift_at(at)?;
        (self.word(at + 1) == Some(Word::Unit(WEEK))).then(|| {
            let week = When::Shifted { unit: WEEK, count: 1, shift };
            (When::Weekday { weekday, shift: None, week: Some(Box::new(week)) }, at + 2)
        })
    }

    /// Reads the number of a day that is an ordinal: `13th`, `eleventh`.
    fn ordinal_day(&self, index: usize) -> Read<i8> {
        let (day, next) = self.day_number(index)?;
        let ordinal = next > index + 1 || self.lexed.at(index).shape == Shape::Word;
        (ordinal && !matches!(self.word(next), Some(Word::Unit(_)))).then_some((day, next))
    }

    /// Reads `18th` behind `on the`, where nothing follows that it could count.
    pub(super) fn day_of_month(&self, index: usize) -> Read<When> {
        let small = self.small();
        let said =
            self.lexed.id(index - 1) == small.the && self.lexed.id(index.saturating_sub(2)) == small.on;
        let (day, next) = self.ordinal_day(index).filter(|_| said)?;
        let ends = matches!(self.lexed.at(next).shape, Shape::Break | Shape::Mark);
        ends.then_some((When::DayOfMonth { day, weekday: None }, next))
    }

    /// Reads `11/20` behind a preposition, where it is no fraction.
    pub(super) fn prepositioned_day(&self, index: usize) -> Read<When> {
        let small = self.small();
        let said = [small.on, small.from, small.since, small.until, small.by]
            .contains(&self.lexed.id(index - 1))
            || matches!(self.word(index - 1), Some(Word::To | Word::Shift(_)))
            || self.lists_days(index);
        let (day, next) = self.day_slash_month(index).filter(|_| said)?;
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

    /// Reads what opens with `last`, `this`, `next`, `same` and the like.
    pub(super) fn shifted(&self, index: usize, shift: Shift) -> Read<When> {
        let mut at = index + 1;
        let mut shift = shift;
        // `following Thursday's game`
        if shift == Shift::Following && self.lexed.id(index - 1) != self.small().the {
            return None;
        }
        if shift == Shift::This
            && let Some(second @ (Shift::Last | Shift::Next | Shift::Past | Shift::Coming)) =
                self.shift_at(at)
        {
            // `this past Wednesday`
            shift = second;
            at += 1;
        }
        if shift == Shift::Same
            && let Some(same) = self.same_period(at)
        {
            return Some(same);
        }
        let small = self.small();
        let filled = self.word(at) == Some(Word::Filler) && matches!(self.word(at + 1), Some(Word::Unit(_)));
        at += usize::from(filled);
        let fiscal = self.lexed.id(at) == small.fiscal || self.lexed.id(at) == small.financial;
        if fiscal && matches!(self.word(at + 1), Some(Word::Unit(_))) {
            return Some((When::FiscalYear(None), at + 2));
        }
        match self.word(at) {
            // `past years`, `that months`
            Some(Word::Unit(_)) if self.lexed.str(at).ends_with('s') => None,
            Some(Word::Unit(unit)) => {
                if shift == Shift::Last
                    && let Some(of) = self.last_of(at + 1, unit, 1)
                {
                    return Some(of);
                }
                self.shifted_unit(at, unit, shift)
            }
            Some(Word::Weekday(weekday) | Word::WeekdayShort(weekday)) => {
                if shift == Shift::Last
                    && self.lexed.id(at + 1) == small.of
                    && let Some((of, next)) = self.container(at + 1)
                {
                    return Some((When::NthWeekday { nth: -1, weekday, of: Box::new(of) }, next));
                }
                if let Some(day @ (When::Day { .. }, _)) = self.dated_weekday(at + 1, weekday) {
                    return Some(day);
                }
                Some((When::Weekday { weekday, shift: Some(shift), week: None }, at + 1))
            }
            Some(Word::Month(month) | Word::MonthShort(month)) => self.recurring(at, shift, month),
            Some(Word::Season(season)) => {
                let of = Box::new(When::Season { year: YearOf::Unsaid, season });
                Some((When::Recurring { shift, of }, at + 1))
            }
            Some(Word::Part(part)) => Some((self.part(part, shifted_day(shift)), at + 1)),
            _ => self.shifted_count(at, shift).or_else(|| {
                let (of, next) = self.holiday(at)?;
                Some((When::Recurring { shift, of: Box::new(of) }, next))
            }),
        }
    }

    fn recurring(&self, at: usize, shift: Shift, month: i8) -> Read<When> {
        // `that may describe`, `this march`
        if matches!(month, 3 | 5) && self.lexed.at(at).case == Case::Lower {
            return None;
        }
        let (of, next) = self
            .month_first(at, month, true)
            .unwrap_or((When::Month { year: YearOf::Unsaid, month }, at + 1));
        let (When::Month { year: YearOf::Unsaid, .. } | When::Day { year: YearOf::Unsaid, .. }) = of else {
            return None;
        };
        Some((When::Recurring { shift, of: Box::new(of) }, next))
    }

    fn shifted_unit(&self, at: usize, unit: Unit, shift: Shift) -> Read<When> {
        let shift = match (unit, shift) {
            (Unit::Plain(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour), _) => return None,
            (DAY, Shift::Next | Shift::Coming) => Shift::Following,
            // `the last day`, `this day`
            (DAY, Shift::Last | Shift::Past | Shift::This) => return None,
            _ => shift,
        };
        let when = When::Shifted { unit, count: 1, shift };
        let mut next = at + 1;
        if unit == WEEK
            && let Some(day) = self.day_of_week(next, &when)
        {
            return Some(day);
        }
        // `next year's first quarter`
        if [self.small().own, self.small().own_curly].contains(&self.lexed.id(next))
            && let Some((nth, after)) = self.ordinal(next + 1)
            && let Some((of_unit, end)) = self.unit_at(after)
        {
            next = end;
            return Some((When::Nth { nth, count: 1, unit: of_unit, of: Box::new(when) }, next));
        }
        Some((when, next))
    }

    /// Reads `on Tuesday`, `Monday` behind `next week`.
    fn day_of_week(&self, index: usize, week: &When) -> Read<When> {
        let on = usize::from(self.lexed.id(index) == self.small().on);
        let weekday = match self.word(index + on)? {
            Word::Weekday(weekday) => weekday,
            Word::WeekdayShort(weekday) if self.lexed.at(index + on).case == Case::Capital => weekday,
            _ => return None,
        };
        Some((When::Weekday { weekday, shift: None, week: Some(Box::new(week.clone())) }, index + on + 1))
    }

    /// Reads `three months` behind `last`, `next` and the like.
    fn shifted_count(&self, at: usize, shift: Shift) -> Read<When> {
        let (count, unit, next) = self.counted_units(at)?;
        if is_below_day(unit) {
            return None;
        }
        if shift == Shift::Last
            && let Some(of) = self.last_of(next, unit, count)
        {
            return Some(of);
        }
        (!matches!(shift, Shift::This | Shift::Same | Shift::That))
            .then_some((When::Shifted { unit, count, shift }, next))
    }

    /// Reads `nine months`, and `two quarters`, which are no half here.
    fn counted_units(&self, at: usize) -> Option<(u16, Unit, usize)> {
        if let Some(Role::Small(count)) = self.rules.numerals.role(self.lexed.id(at))
            && let Some((unit @ Unit::Plain(TimeUnit::Quarter), next)) = self.unit_at(at + 1)
        {
            return Some((count.into(), unit, next));
        }
        let (count, after) = self.count(at)?;
        let (unit, next) = self.unit_at(after)?;
        Some((count, unit, next))
    }

    /// Reads `of 2023` behind `last quarter`: the last one in it, not the one before now.
    fn last_of(&self, index: usize, unit: Unit, count: u16) -> Read<When> {
        if self.lexed.id(index) != self.small().of {
            return None;
        }
        let (of, next) = self.container(index)?;
        Some((When::Nth { nth: -1, count, unit, of: Box::new(of) }, next))
    }

    /// Reads `period in 2023`, `month last year`, `time last year` behind `same`.
    fn same_period(&self, at: usize) -> Read<When> {
        let small = self.small();
        let id = self.lexed.id(at);
        let unit = match self.word(at) {
            Some(Word::Unit(unit)) if unit != YEAR && !is_below_day(unit) => Some(unit),
            _ => None,
        };
        if id != small.period && id != small.time && unit.is_none() {
            return None;
        }
        let next = at + 1;
        let of = self.container(next).or_else(|| {
            let at = self.past_the(next);
            let shift = self.shift_at(at)?;
            (self.word(at + 1) == Some(Word::Unit(YEAR)))
                .then_some((When::Shifted { unit: YEAR, count: 1, shift }, at + 2))
        });
        match (of, unit) {
            (Some((of, next)), _) => Some((When::SamePeriod(Some(Box::new(of))), next)),
            (None, Some(unit)) => Some((When::Shifted { unit, count: 1, shift: Shift::Same }, next)),
            // `at the same time` says nothing; `the same period` repeats what was said.
            (None, None) => (id == small.period).then_some((When::SamePeriod(None), next)),
        }
    }

    /// Reads what opens with `early`, `mid`, `end` and the like.
    pub(super) fn edge(&self, index: usize, edge: Edge) -> Read<When> {
        let small = self.small();
        let hyphen = usize::from(self.hyphen(index + 1));
        let at = index + 1 + hyphen;
        let joined = self.lexed.id(at) == small.of
            || (self.lexed.id(at) == small.in_ && matches!(edge, Edge::Early | Edge::Late));
        let (of, next) = if joined {
            self.container(at)?
        } else if hyphen == 1 || matches!(edge, Edge::Early | Edge::Mid | Edge::Late) {
            self.single(at)?
        } else {
            return None;
        };
        (!matches!(of, When::Range(..) | When::Edge { .. }))
            .then(|| (When::Edge { edge, of: Box::new(of) }, next))
    }

    /// Reads `morning of December 6`.
    pub(super) fn part_of(&self, index: usize, part: Part) -> Read<When> {
        if self.lexed.id(index + 1) != self.small().of {
            return None;
        }
        let (of, next) = self.container(index + 1)?;
        matches!(
            of,
            When::Day { .. } | When::Weekday { .. } | When::Shifted { unit: DAY, .. } | When::Holiday { .. }
        )
        .then(|| (self.part(part, of), next))
    }

    /// Reads what opens with a unit: `week of April 10`, `year 2008`, `day before yesterday`, `year-end`, `weekend`.
    pub(super) fn unit_first(&self, index: usize, unit: Unit) -> Read<When> {
        let small = self.small();
        if self.lexed.str(index).ends_with('s') {
            return None;
        }
        let next = index + 1;
        if unit == YEAR {
            if let Some((year, next)) = self.firm_year(next) {
                return Some((When::Year(year), next));
            }
            if self.hyphen(next) && self.word(next + 1) == Some(Word::Edge(Edge::End)) {
                let (year, end) = self.year_behind(next + 2);
                let of = match year {
                    YearOf::Is(year) => When::Year(year),
                    YearOf::Of(of) => *of,
                    YearOf::Unsaid => When::The(YEAR),
                };
                return Some((When::Edge { edge: Edge::End, of: Box::new(of) }, end));
            }
        }
        if unit == WEEK
            && self.lexed.at(index).case == Case::Lower
            && let Some((week, len)) = self.digits(next)
            && len <= 2
            && let Some(week) = i8::try_from(week).ok().filter(|week| (1..=53).contains(week))
        {
            let (year, end) = self.year_behind(next + 1);
            return Some((When::WeekOfYear { year, week }, end));
        }
        if unit == WEEK
            && self.lexed.id(next) == small.of
            && let Some((of @ When::Day { .. }, next)) = self.single(self.past_the(next + 1))
        {
            return Some((When::Around { unit, of: Box::new(of) }, next));
        }
        if unit == Unit::Weekend && self.lexed.id(index - 1) == small.the {
            return Some((When::The(unit), next));
        }
        if self.lexed.id(index - 1) != small.the || is_below_day(unit) {
            return None;
        }
        self.turned(vec![Length { count: 1, unit }], next)
    }

    /// Reads `earlier this year`, `later in the week`.
    pub(super) fn turn_first(&self, index: usize, turn: Turn) -> Read<When> {
        let small = self.small();
        if self.lexed.id(index) == small.before || self.lexed.id(index) == small.after {
            return None;
        }
        let at = index + 1;
        let (of, next) = if self.lexed.id(at) == small.in_ {
            self.container(at)?
        } else {
            let shift = self.shift_at(at)?;
            self.shifted(at, shift)?
        };
        matches!(of, When::Shifted { count: 1, .. } | When::The(_) | When::Year(_))
            .then(|| (When::SoFar { turn, of: Box::new(of) }, next))
    }

    /// Reads what opens with a number: `20 years ago`, `third quarter of 2023`, `first nine months of the year`,
    /// `21st century`, `two upcoming quarters`.
    pub(super) fn counted(&self, index: usize) -> Read<When> {
        if let Some((nth, after)) = self.ordinal(index) {
            return self.nth(nth, after);
        }
        if let Some(shifted) = self.counted_shift(index) {
            return Some(shifted);
        }
        let (lengths, next) = self.lengths(index)?;
        if let [Length { unit, .. }] = lengths[..]
            && is_below_day(unit)
        {
            return None;
        }
        self.turned(lengths, next)
    }

    /// Reads `5 past years`.
    fn counted_shift(&self, index: usize) -> Read<When> {
        let (count, at) = self.count(index)?;
        let shift =
            self.shift_at(at).filter(|shift| !matches!(shift, Shift::This | Shift::Same | Shift::That))?;
        let (unit, next) = self.unit_at(at + 1)?;
        // `there will be only 3 next week`
        let plural = self.lexed.str(next - 1).ends_with('s');
        (plural && !is_below_day(unit)).then_some((When::Shifted { unit, count, shift }, next))
    }

    /// Reads an ordinal: its number.
    fn ordinal(&self, index: usize) -> Read<i16> {
        let numeral = self.number(index).filter(|numeral| numeral.ordinal)?;
        let nth = i16::try_from(exact::whole(numeral.number)?).ok().filter(|nth| (1..=400).contains(nth))?;
        Some((nth, numeral.next))
    }

    /// Reads what an ordinal counts.
    fn nth(&self, nth: i16, after: usize) -> Read<When> {
        let small = self.small();
        let hyphen = usize::from(self.hyphen(after));
        let at = after + hyphen;
        if self.lexed.id(at) == small.half {
            let nth = i8::try_from(nth).ok().filter(|nth| *nth <= 2)?;
            return self.half_of(at + 1, nth);
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

    fn half_of(&self, at: usize, nth: i8) -> Read<When> {
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
            _ if is_below_day(unit) => None,
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
            YearOf::Unsaid => When::The(YEAR),
        };
        let of_year = matches!(unit, Unit::Plain(TimeUnit::Month | TimeUnit::Quarter)) && count < 12;
        of_year.then(|| (When::Nth { nth: 1, count, unit, of: Box::new(of) }, end))
    }

    /// Reads `2 years`, `a year`, `2 years, 3 months and 5 days`: whole units of a calendar.
    fn lengths(&self, index: usize) -> Read<Vec<Length>> {
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

    fn length(&self, index: usize) -> Read<Length> {
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
    fn turned(&self, lengths: Vec<Length>, at: usize) -> Read<When> {
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

fn shifted_day(shift: Shift) -> When {
    match shift {
        Shift::This => When::DayFromNow(0),
        Shift::Last | Shift::Past => When::DayFromNow(-1),
        Shift::Next | Shift::Coming => When::Shifted { unit: DAY, count: 1, shift: Shift::Following },
        _ => When::Shifted { unit: DAY, count: 1, shift },
    }
}

/// Whether a unit is shorter than a day.
pub(super) const fn is_below_day(unit: Unit) -> bool {
    matches!(unit, Unit::Plain(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour))
}
