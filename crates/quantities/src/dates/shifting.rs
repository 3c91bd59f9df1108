//! When relative expressions are: weekdays, `last week`, `the past five years`, `two days later`, `the same period`.

use super::context::Context;
use super::period::{Grain, Period, add, day_of, span_of};
use super::tense::Tense;
use super::timex::length_timex;
use super::when::{Length, When, YearOf};
use super::words::{Shift, Turn, Unit};
use copydesk_types::TimeUnit;
use jiff::ToSpan;
use jiff::civil::Date;

impl Context {
    pub(super) fn weekday(&self, weekday: i8, shift: Option<Shift>, week: Option<&When>) -> Option<Period> {
        if let Some(week) = week {
            let monday = self.known(week)?.start?;
            return Some(Period::day(add(monday, i64::from(weekday - 1).days())?));
        }
        let base = match shift {
            Some(Shift::Previous | Shift::Following | Shift::Same | Shift::That) => {
                self.last_day.or(self.today())?
            }
            _ if self.history => self.last_day?,
            _ => self.today()?,
        };
        let today = base.weekday().to_monday_one_offset();
        let ahead = i64::from(weekday - today).rem_euclid(7);
        let strictly_ahead = if ahead == 0 { 7 } else { ahead };
        let days = match shift {
            // Those of the week around.
            Some(Shift::This) => i64::from(weekday - today),
            Some(Shift::Coming | Shift::Following) => strictly_ahead,
            Some(Shift::Past | Shift::Previous) => ahead - 7,
            // Said of a day near by, they mean the week after this one or before it: next weeks begin on Monday, last
            // weeks end on Saturday.
            Some(Shift::Next) => i64::from(weekday - today) + 7,
            Some(Shift::Last) => i64::from(weekday % 7 - today % 7) - 7,
            None if self.history || self.tense == Tense::Future => ahead,
            // News looks back: the day itself or the last one.
            None | Some(Shift::Same | Shift::That) => {
                if ahead == 0 {
                    0
                } else {
                    ahead - 7
                }
            }
        };
        Some(Period::day(add(base, days.days())?))
    }

    /// The last or next such day by the tense, else the nearer.
    pub(super) fn day_of_month(&self, day: i8, weekday: Option<i8>) -> Option<Period> {
        let now = self.today()?;
        let first = now.first_of_month();
        // Any day of the month falls on any weekday within 28 months.
        let mut months = (0..28).flat_map(|months| [-months, months]);
        let found = months.find_map(|months| {
            let month = add(first, i64::from(months).months())?;
            let candidate = day_of(month.year(), month.month(), day)?;
            let tense = match self.tense {
                Tense::Past => candidate <= now,
                Tense::Future => candidate >= now,
                Tense::Unknown => true,
            };
            let fits = weekday.is_none_or(|weekday| candidate.weekday().to_monday_one_offset() == weekday);
            (tense && fits).then_some(candidate)
        });
        found.map(Period::day)
    }

    /// A day of the period mentioned last, or for units up to a week the day mentioned last.
    fn last_start(&self, unit: Unit) -> Option<Date> {
        match unit {
            Unit::Weekend | Unit::Plain(TimeUnit::Day | TimeUnit::Week) => self.last_day,
            _ => self.last_told.as_ref().or(self.last.as_ref())?.start,
        }
    }

    pub(super) fn shifted(&self, unit: Unit, shift: Shift) -> Option<Period> {
        if self.history {
            let steps = match shift {
                Shift::Last | Shift::Past | Shift::Previous => -1,
                Shift::Next | Shift::Coming | Shift::Following => 1,
                Shift::This | Shift::Same | Shift::That => 0,
            };
            let around = Period::around(unit, self.last_start(unit)?)?;
            return if steps == 0 {
                Some(around)
            } else {
                Period::around(unit, add(around.start?, span_of(unit, steps)?)?)
            };
        }
        let (base, steps) = match shift {
            Shift::Last | Shift::Past => (self.now(unit)?, -1),
            Shift::This => (self.now(unit)?, 0),
            Shift::Next | Shift::Coming => (self.now(unit)?, 1),
            Shift::Previous => (self.last_start(unit).or_else(|| self.now(unit))?, -1),
            // Of a story without a date, nothing tells the next day.
            Shift::Following => {
                let now = || self.now(unit).filter(|_| self.tense != Tense::Past);
                (self.last_start(unit).or_else(now)?, 1)
            }
            Shift::Same | Shift::That => (self.last_start(unit)?, 0),
        };
        let rolling = unit == Unit::Fortnight || (shift == Shift::Past && unit != Unit::Weekend);
        if rolling && steps != 0 {
            return self.shifted_span(unit, 1, shift);
        }
        let period = Period::around(unit, base)?;
        if steps == 0 {
            return Some(period);
        }
        Period::around(unit, add(period.start?, span_of(unit, steps)?)?)
    }

    /// `the last three months`: up to yesterday; `the next two decades`: from the next on.
    pub(super) fn shifted_span(&self, unit: Unit, count: u16, shift: Shift) -> Option<Period> {
        let count = i64::from(count);
        let back = matches!(shift, Shift::Last | Shift::Past | Shift::Previous);
        let whole = matches!(unit, Unit::Plain(TimeUnit::Quarter))
            || (shift != Shift::Past && matches!(unit, Unit::Plain(TimeUnit::Decade | TimeUnit::Century)));
        let timex = length_timex(&[Length { count: i32::try_from(count).ok()?, unit }]);
        if let (Shift::Previous, Some(told)) =
            (shift, self.last_told.as_ref().filter(|told| told.grain != Some(Grain::Day)))
        {
            // `in the third quarter, from the previous three months`
            let next = told.start?;
            let (start, end) = (add(next, span_of(unit, -count)?)?, add(next, (-1).days())?);
            return Some(Period { timex, ..Period::free(Some(start), Some(end)) });
        }
        let base = if whole { Period::around(unit, self.now(unit)?)?.start? } else { self.today()? };
        let (start, end) = if back {
            (add(base, span_of(unit, -count)?)?, add(base, (-1).days())?)
        } else if whole {
            let start = add(base, span_of(unit, 1)?)?;
            (start, add(add(start, span_of(unit, count)?)?, (-1).days())?)
        } else {
            (add(base, 1.day())?, add(base, span_of(unit, count)?)?)
        };
        Some(Period { timex, ..Period::free(Some(start), Some(end)) })
    }

    /// `the year`: the one mentioned in the sentence, or the present one.
    pub(super) fn the(&self, unit: Unit) -> Option<Period> {
        if unit == Unit::YEAR
            && let Some(year) = self.sentence_year
        {
            return Period::year(year);
        }
        let now = self.now(unit)?;
        if unit == Unit::Weekend {
            let this = Period::weekend(now)?;
            // Late in the week, `the weekend` of a sentence without tense is the coming one.
            let late = now.weekday().to_monday_one_offset() > 3 && self.tense == Tense::Unknown;
            let this_one = this.start? <= now || self.tense == Tense::Future || late;
            return if this_one { Some(this) } else { Period::weekend(add(now, (-1).week())?) };
        }
        Period::around(unit, now)
    }

    pub(super) fn recurring(&self, shift: Shift, of: &When) -> Option<Period> {
        let year = self.now(Unit::YEAR)?.year();
        let in_year = |year: i16| self.known(&of.clone().in_year(YearOf::Is(year)));
        match shift {
            Shift::This => in_year(year),
            Shift::Same | Shift::That => in_year(self.last_start(Unit::YEAR)?.year()),
            Shift::Last | Shift::Past | Shift::Previous => {
                let today = self.today()?;
                (year - 1..=year)
                    .rev()
                    .filter_map(in_year)
                    .find(|period| period.end.is_some_and(|end| end < today))
            }
            Shift::Next | Shift::Coming | Shift::Following => {
                let today = self.today()?;
                (year..=year + 1)
                    .filter_map(in_year)
                    .find(|period| period.start.is_some_and(|start| start > today))
            }
        }
    }

    /// `earlier this year`: the part of it before now, or after it.
    pub(super) fn so_far(&self, turn: Turn, of: &When) -> Option<Period> {
        let of = self.known(of)?;
        let (start, end) = match (turn, self.today()) {
            (_, None) => (None, None),
            (Turn::Ago | Turn::Earlier, Some(today)) => (of.start, add(today, (-1).days())),
            (Turn::Later | Turn::Hence, Some(today)) => (add(today, 1.day()), of.end),
        };
        let inside = start
            .zip(end)
            .is_some_and(|(start, end)| start <= end && Some(end) <= of.end && of.start <= Some(start));
        let (start, end) = if inside { (start, end) } else { (of.start, of.end) };
        Some(Period { timex: of.timex, ..Period::free(start, end) })
    }

    pub(super) fn moved(&self, lengths: &[Length], turn: Turn, from: Option<&When>) -> Option<Period> {
        if lengths.iter().any(|length| length.unit.is_below_day()) {
            return None;
        }
        let sign = if matches!(turn, Turn::Ago | Turn::Earlier) { -1 } else { 1 };
        let base = match (from, turn) {
            (Some(from), _) => self.known(from)?,
            (None, Turn::Ago | Turn::Hence) => self.present(lengths)?,
            (None, Turn::Earlier | Turn::Later) => {
                let long = lengths.iter().all(|length| length.unit.is_above_week());
                let told = self.last_told.clone().filter(|_| long);
                // What is to come is nothing that the past is told from.
                let past = |base: &Period| {
                    turn == Turn::Later || self.today().is_none_or(|today| base.start <= Some(today))
                };
                told.or_else(|| self.last.clone()).filter(past).or_else(|| self.present(lengths))?
            }
        };
        let mut day = base.start?;
        for length in lengths {
            day = add(day, span_of(length.unit, i64::from(sign * length.count))?)?;
        }
        let [Length { count, unit }] = lengths else { return Some(Period::day(day)) };
        match unit {
            _ if from.is_some() && base.grain == Some(Grain::Day) => Some(Period::day(day)),
            Unit::Plain(TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century) => {
                let years = i16::try_from(sign * count).ok()?;
                let part =
                    matches!(base.grain, Some(Grain::Month | Grain::Quarter | Grain::Half | Grain::Free));
                if from.is_none() && part && *unit == Unit::YEAR {
                    return base.years_later(years);
                }
                // `two decades ago`: a year, of which TIMEX3 gives the decade.
                let decade = Period::decade(day.year() - day.year().rem_euclid(10));
                let year = Period::year(day.year())?;
                let told = *unit == Unit::Plain(TimeUnit::Decade) && from.is_none();
                Some(if told { Period { timex: decade?.timex, ..year } } else { year })
            }
            Unit::Plain(TimeUnit::Month | TimeUnit::Quarter) => Period::around(*unit, day),
            Unit::Plain(TimeUnit::Week) | Unit::Fortnight if base.grain != Some(Grain::Day) => {
                Period::week(day)
            }
            Unit::Weekend => Period::weekend(day),
            // `two weeks ago` names a day of a week: TIMEX3 gives the week.
            Unit::Plain(TimeUnit::Week) | Unit::Fortnight if from.is_none() => {
                Some(Period { timex: Period::week(day)?.timex, ..Period::day(day) })
            }
            _ => Some(Period::day(day)),
        }
    }

    /// `year-earlier quarter`: a year before the one mentioned last, else before the last one that is over.
    pub(super) fn year_before(&self, unit: Unit) -> Option<Period> {
        let last = self
            .last
            .as_ref()
            .and_then(|last| Period::around(unit, last.start?).filter(|of| of.grain == last.grain));
        last.or_else(|| self.shifted(unit, Shift::Last))?.years_later(-1)
    }

    /// The present, as exactly as lengths of time can be counted from it.
    pub(super) fn present(&self, lengths: &[Length]) -> Option<Period> {
        let coarsest = lengths.first()?.unit;
        let now = self.now(coarsest)?;
        Some(Period::day(now))
    }

    /// `the same period in 2023`: the last part of a year that was mentioned, in that year.
    pub(super) fn same_period(&self, of: Option<&When>) -> Option<Period> {
        let base = self.last_part.as_ref().or(self.last.as_ref())?;
        let Some(of) = of else { return Some(base.clone()) };
        let of = self.known(of)?;
        if of.grain != Some(Grain::Year) {
            return Some(of);
        }
        let later = base.years_later(of.start?.year() - base.start?.year())?;
        // `by the end of November`: a point ends the period, which is the year's so far.
        let point = self.last_part_ends || base.grain == Some(Grain::Free) && base.start == base.end;
        Some(if point { Period::free(later.start.map(Date::first_of_year), later.end) } else { later })
    }
}
