//! Reads dates that count from now or from the date mentioned last: `last week`, `end of January`, `same period in 2023`,
//! `earlier this year`.

use super::reader::{Read, Reader};
use super::when::{Length, When, YearOf};
use super::words::{Edge, Part, Shift, Turn, Unit, Word};
use crate::lexer::Case;
use crate::numerals::Role;
use copydesk_types::TimeUnit;

impl Reader<'_> {
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
                // `her last year of college`
                let owner = self.word(index - 1) == Some(Word::Owner)
                    && !matches!(self.lexed.str(index - 1), "the" | "The" | "'s" | "’s" | "s" | "a");
                let part = self.lexed.id(at + 1) == small.of;
                if matches!(shift, Shift::Last | Shift::Next) && (owner || part) {
                    return None;
                }
                // `over the last year`, which is the past one
                let the = self.lexed.id(index - 1) == small.the;
                let past = shift == Shift::Last
                    && the
                    && self.lexed.id(at - 1) == small.last
                    && unit != Unit::Plain(TimeUnit::Quarter);
                self.shifted_unit(at, unit, if past { Shift::Past } else { shift })
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

    pub(super) fn recurring(&self, at: usize, shift: Shift, month: i8) -> Read<When> {
        // `that may describe`, `this march`
        if matches!(month, 3 | 5) && self.lexed.at(at).case == Case::Lower {
            return None;
        }
        let (of, next) =
            self.month_first(at, month).unwrap_or((When::Month { year: YearOf::Unsaid, month }, at + 1));
        let (When::Month { year: YearOf::Unsaid, .. } | When::Day { year: YearOf::Unsaid, .. }) = of else {
            return None;
        };
        Some((When::Recurring { shift, of: Box::new(of) }, next))
    }

    fn shifted_unit(&self, at: usize, unit: Unit, shift: Shift) -> Read<When> {
        let shift = match (unit, shift) {
            (Unit::Plain(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour), _) => return None,
            (Unit::DAY, Shift::Next | Shift::Coming) => Shift::Following,
            // `the last day`, `this day`
            (Unit::DAY, Shift::Last | Shift::Past | Shift::This) => return None,
            _ => shift,
        };
        let when = When::Shifted { unit, count: 1, shift };
        let mut next = at + 1;
        if unit == Unit::WEEK
            && let Some(day) = self.day_of_week(next, &when)
        {
            return Some(day);
        }
        // `next year's first quarter`
        if let Some(own) = self.past_own(next)
            && let Some((nth, after)) = self.ordinal(own)
            && let Some((of_unit, end)) = self.unit_at(after)
        {
            next = end;
            return Some((When::Nth { nth, count: 1, unit: of_unit, of: Box::new(when) }, next));
        }
        Some((when, next))
    }

    /// Reads `three months` behind `last`, `next` and the like.
    fn shifted_count(&self, at: usize, shift: Shift) -> Read<When> {
        let (count, unit, next) = self.counted_units(at)?;
        // `expected to last five days`, `will last five days`
        let verb = shift == Shift::Last
            && (self.word(at - 2) == Some(Word::To)
                || self.rules.dates.tenses.looks_ahead(self.lexed.id(at - 2)));
        if unit.is_below_day() || verb {
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
    pub(super) fn counted_units(&self, at: usize) -> Option<(u16, Unit, usize)> {
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
    pub(super) fn same_period(&self, at: usize) -> Read<When> {
        let small = self.small();
        let id = self.lexed.id(at);
        let unit = match self.word(at) {
            Some(Word::Unit(unit)) if unit != Unit::YEAR && !unit.is_below_day() => Some(unit),
            _ => None,
        };
        if id != small.period && id != small.time && unit.is_none() {
            return None;
        }
        let next = at + 1;
        let of = self.container(next).or_else(|| {
            let at = self.past_the(next);
            let shift = self.shift_at(at)?;
            (self.word(at + 1) == Some(Word::Unit(Unit::YEAR)))
                .then_some((When::Shifted { unit: Unit::YEAR, count: 1, shift }, at + 2))
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
        // `mid-'90s`
        let apostrophe = usize::from(matches!(self.lexed.str(at), "'" | "’" | "‘"));
        let joined = self.lexed.id(at) == small.of
            || (self.lexed.id(at) == small.in_ && matches!(edge, Edge::Early | Edge::Late));
        let (of, next) = if joined {
            self.container(at)?
        } else if hyphen == 1 || matches!(edge, Edge::Early | Edge::Mid | Edge::Late) {
            self.single(at + apostrophe)?
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
        // `night of April 14-15, 1912`
        if let When::Day { .. } = of
            && let Some((last @ When::Day { .. }, end)) = self.range_end(index + 1, &of, next)
        {
            return Some((When::Range(Box::new(of), Box::new(last)), end));
        }
        matches!(
            of,
            When::Day { .. }
                | When::Weekday { .. }
                | When::Shifted { unit: Unit::DAY, .. }
                | When::Holiday { .. }
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
        if unit == Unit::YEAR {
            if let Some((year, next)) = self.firm_year(next).filter(|_| !self.ends_holiday(index)) {
                return Some((When::Year(year), next));
            }
            if self.hyphen(next) && self.word(next + 1) == Some(Word::Edge(Edge::End)) {
                let (year, end) = self.year_behind(next + 2);
                let of = match year {
                    YearOf::Is(year) => When::Year(year),
                    YearOf::Of(of) => *of,
                    YearOf::Unsaid => When::The(Unit::YEAR),
                };
                return Some((When::Edge { edge: Edge::End, of: Box::new(of) }, end));
            }
        }
        let own = self.past_own(next);
        let at = [small.at, small.by].contains(&self.lexed.id(index - 1));
        let end = own.unwrap_or(next);
        if (own.is_some() || at) && self.word(end) == Some(Word::Edge(Edge::End)) && !unit.is_below_day() {
            // `by year's end`, `at year end`
            let of = Box::new(When::The(unit));
            return Some((When::Edge { edge: Edge::End, of }, end + 1));
        }
        if self.hyphen(next)
            && matches!(self.word(next + 1), Some(Word::Turn(Turn::Earlier | Turn::Ago)))
            && (self.lexed.id(next + 2) == small.period || matches!(self.word(next + 2), Some(Word::Unit(_))))
        {
            // `year-earlier quarter`: of the one mentioned last, else of the last one before now.
            let of = match self.word(next + 2) {
                Some(Word::Unit(of)) if unit == Unit::YEAR && of != Unit::YEAR => Some(of),
                _ => None,
            };
            let lengths = vec![Length { count: 1, unit }];
            let when = match of {
                Some(of) => When::YearBefore(of),
                None => When::Moved { lengths, turn: Turn::Earlier, from: None },
            };
            return Some((when, next + 3));
        }
        if unit == Unit::WEEK
            && self.lexed.at(index).case == Case::Lower
            && let Some((week, len)) = self.digits(next)
            && len <= 2
            && let Some(week) = i8::try_from(week).ok().filter(|week| (1..=53).contains(week))
        {
            let (year, end) = self.year_behind(next + 1);
            return Some((When::WeekOfYear { year, week }, end));
        }
        if unit == Unit::WEEK
            && self.lexed.id(next) == small.of
            && let Some((day, end)) = self.ordinal_day(self.past_the(next + 1))
            && self.month_at(end).is_none()
            && self.lexed.id(end) != small.of
        {
            let of = Box::new(When::DayOfMonth { day, weekday: None });
            return Some((When::Around { unit, of }, end));
        }
        if matches!(unit, Unit::WEEK | Unit::Weekend)
            && self.lexed.id(next) == small.of
            && let Some((of @ (When::Day { .. } | When::Holiday { .. }), next)) =
                self.single(self.past_the(next + 1))
        {
            // `weekend of March 14-15`
            let end = self.range_end(index + 2, &of, next).map_or(next, |(_, end)| end);
            return Some((When::Around { unit, of: Box::new(of) }, end));
        }
        if unit == Unit::Weekend && self.lexed.id(index - 1) == small.the {
            return Some((When::The(unit), next));
        }
        if self.lexed.id(index - 1) != small.the || unit.is_below_day() {
            return None;
        }
        if self.word(next) == Some(Word::Shift(Shift::Following))
            && let Some(end) = self.noun_phrase(next + 1)
        {
            return Some((When::Untold, end));
        }
        self.turned(vec![Length { count: 1, unit }], next)
    }

    /// The lexeme after a noun phrase with its article: `the market peak`.
    fn noun_phrase(&self, index: usize) -> Option<usize> {
        /// Words of an event's name.
        const LONGEST: usize = 5;
        let small = self.small();
        let article = [small.the, small.a, small.an].contains(&self.lexed.id(index));
        let context = &self.rules.context;
        let words = (index + 1..index + 1 + LONGEST)
            .take_while(|&at| context.may_continue(self.lexed, at) && !context.is_verb(self.lexed, at))
            .count();
        (article && words > 0).then_some(index + 1 + words)
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
}

fn shifted_day(shift: Shift) -> When {
    match shift {
        Shift::This => When::DayFromNow(0),
        Shift::Last | Shift::Past => When::DayFromNow(-1),
        Shift::Next | Shift::Coming => When::Shifted { unit: Unit::DAY, count: 1, shift: Shift::Following },
        _ => When::Shifted { unit: Unit::DAY, count: 1, shift },
    }
}
