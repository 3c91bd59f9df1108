//! Reads lengths of time, and ages with their unit: `30 years`, `half an hour`, `two-and-a-half years`, `6- to 30-year`,
//! `43-year-old`, `three days per week`.

use copydesk_types::{Amount, Number, TimeUnit};
use rust_decimal::Decimal;

use super::reader::{Read, Reader};
use super::timex::letter_of;
use super::words::{Unit, Word};
use crate::exact;
use crate::lexer::{Case, Shape};

/// A length of time.
#[derive(Clone, Debug)]
pub(super) struct Duration {
    pub(super) amount: Amount,
    pub(super) unit: TimeUnit,
    pub(super) timex: Option<String>,
}

impl Reader<'_> {
    /// Reads a length of time.
    pub(super) fn duration(&self, index: usize) -> Read<Duration> {
        if !self.opens_number(index) {
            return None;
        }
        let (low, after) = self.amount(index)?;
        if let Some((high, after)) = self.high_end(index, after)
            && let Some((unit, next)) = self.time_unit(after)
        {
            let ordered = exact::less(low, high);
            let amount =
                Amount { high: ordered.then_some(high), ..Amount::exact(if ordered { low } else { high }) };
            let (amount, unit) = whole_unit(amount, unit)?;
            let timex = timex_of(&amount, unit);
            return Some((Duration { amount, unit, timex }, self.past_age_words(next)));
        }
        let (unit, next) = self.time_unit(after)?;
        if let Some(sum) = self.sum(low, unit, next) {
            return Some(sum);
        }
        if let Some(minutes) = self.minutes_behind(low, unit, next) {
            return Some(minutes);
        }
        if let Some((high, end)) = self.or_more(index, next) {
            let (amount, unit) = whole_unit(Amount { high: Some(high), ..Amount::exact(low) }, unit)?;
            return Some((Duration { amount, unit, timex: None }, end));
        }
        let (amount, next) = match self.and_a_half(low, next) {
            Some((amount, next)) => (Amount::exact(amount), next),
            None => (Amount::exact(low), next),
        };
        let (amount, unit) = whole_unit(amount, unit)?;
        let timex = timex_of(&amount, unit);
        Some((Duration { amount, unit, timex }, self.past_age_words(next)))
    }

    /// Reads the number before a unit: `30`, `two and a half`, `half a`, `a`.
    fn amount(&self, index: usize) -> Read<Number> {
        let small = self.small();
        let id = self.lexed.id(index);
        let one = Number::Decimal(Decimal::ONE);
        if id == small.a || id == small.an {
            let unit = self.word(index + 1);
            let long = matches!(unit, Some(Word::Unit(Unit::Plain(TimeUnit::Decade | TimeUnit::Century))));
            // `a quarter` is rather a fourth.
            if unit == Some(Word::Unit(Unit::Plain(TimeUnit::Quarter))) {
                return None;
            }
            let half = self.is_half_unit(index + 1);
            if half {
                return Some((exact::ratio(1, 2)?, index + 2));
            }
            let said = long || self.measures_before(index) || self.measures_after(index + 2);
            return (matches!(unit, Some(Word::Unit(_))) && said).then_some((one, index + 1));
        }
        if id == small.half {
            let article = usize::from([small.a, small.an].contains(&self.lexed.id(index + 1)));
            return self.is_half_unit(index + article).then_some((exact::ratio(1, 2)?, index + 1 + article));
        }
        let numeral = self.number(index).filter(|numeral| !numeral.ordinal)?;
        let mut next = numeral.next;
        let mut number = numeral.number;
        if let Some((with_half, end)) = self.and_a_half(number, next)
            && self.unit_at(end).is_some()
        {
            (number, next) = (with_half, end);
        }
        // `24 straight hours`, `two additional minutes`
        if self.word(next) == Some(Word::Filler) && matches!(self.word(next + 1), Some(Word::Unit(_))) {
            next += 1;
        }
        // `three quarters of an hour`
        if exact::whole(number).is_none() && self.lexed.id(next) == small.of {
            let article = usize::from([small.a, small.an].contains(&self.lexed.id(next + 1)));
            if matches!(self.word(next + 1 + article), Some(Word::Unit(_))) {
                next += 1 + article;
            }
        }
        Some((number, next))
    }

    fn is_half_unit(&self, at: usize) -> bool {
        let small = self.small();
        let half = usize::from(self.lexed.id(at) == small.half);
        let unit = at + half + usize::from(half == 1 && self.hyphen(at + 1));
        let of = matches!(self.word(unit), Some(Word::Unit(_)))
            || matches!(self.word(at + 1), Some(Word::Unit(_)));
        of && (half == 1
            || self.lexed.id(at.wrapping_sub(1)) == small.half
            || [small.a, small.an].contains(&self.lexed.id(at)))
    }

    /// Reads `and a half`, `-and-a-half`, `and three quarter`.
    fn and_a_half(&self, number: Number, next: usize) -> Read<Number> {
        let small = self.small();
        let skip = |at: usize| at + usize::from(self.hyphen(at));
        let and = skip(next);
        if self.lexed.id(and) != small.and {
            return None;
        }
        let mut at = skip(and + 1);
        if self.lexed.id(at) == small.a {
            at = skip(at + 1);
        }
        exact::whole(number)?;
        if self.lexed.id(at) == small.half {
            return Some((exact::add(number, exact::ratio(1, 2)?)?, at + 1));
        }
        // `one and three quarter of hours`
        let (quarters, at) = self.count(at).filter(|(count, _)| *count < 4).unwrap_or((1, at));
        let of = usize::from(self.lexed.id(at + 1) == small.of);
        if !self.lexed.str(at).starts_with("quarter") || self.unit_at(at + 1 + of).is_none() {
            return None;
        }
        Some((exact::add(number, exact::ratio(quarters.into(), 4)?)?, at + 1 + of))
    }

    /// Reads the high end of a range: `to 30`, `-15`, `or three`; a hyphen before `to` hangs (`6- to 30-years`).
    pub(super) fn high_end(&self, start: usize, next: usize) -> Read<Number> {
        let small = self.small();
        let mut at = next;
        let hanging = self.lexed.is_dash(at) && self.lexed.at(at).glued && !self.lexed.at(at + 1).glued;
        at += usize::from(hanging);
        let and = self.lexed.id(at) == small.and && self.follows(start, small.between);
        let joined = self.word(at) == Some(Word::To)
            || and
            || self.lexed.id(at) == small.or
            || (self.lexed.is_dash(at) && (self.lexed.at(at).glued == self.lexed.at(at + 1).glued));
        if !joined {
            return None;
        }
        let numeral = self.number(at + 1).filter(|numeral| !numeral.ordinal)?;
        Some((numeral.number, numeral.next))
    }

    /// Reads `or two` behind `a month`.
    fn or_more(&self, index: usize, next: usize) -> Read<Number> {
        let small = self.small();
        let one = [small.a, small.an].contains(&self.lexed.id(index));
        let numeral = self.number(next + 1).filter(|_| one && self.lexed.id(next) == small.or)?;
        let more = exact::whole(numeral.number).is_some_and(|more| (2..10).contains(&more));
        let counts = self.rules.context.may_continue(self.lexed, numeral.next);
        (more && !numeral.ordinal && !counts).then_some((numeral.number, numeral.next))
    }

    /// Reads a unit, past a hyphen.
    fn time_unit(&self, index: usize) -> Read<Unit> {
        let hyphen = usize::from(self.hyphen(index));
        let at = index + hyphen;
        let lexeme = self.lexed.at(at);
        if lexeme.id == self.small().h
            && lexeme.case == Case::Lower
            && (lexeme.glued || self.lexed.is_mark(at - 2, b'/'))
        {
            return Some((Unit::Plain(TimeUnit::Hour), at + 1));
        }
        if lexeme.shape == Shape::Word && lexeme.case == Case::Upper && lexeme.span.len() < 4 {
            return None;
        }
        match self.word(at)? {
            Word::Unit(unit) => Some((unit, at + 1)),
            _ => None,
        }
    }

    /// Reads the smaller units of a sum: `2 years 3 months`, `1 hour, 5 minutes and 30.5 seconds`. All but the last are
    /// whole.
    fn sum(&self, first: Number, unit: Unit, next: usize) -> Read<Duration> {
        let mut parts = vec![(first, plain(unit)?)];
        let mut end = next;
        while parts.len() < 6 && parts.last().is_some_and(|(count, _)| exact::whole(*count).is_some()) {
            let small = self.small();
            let comma = usize::from(self.lexed.is_mark(end, b','));
            let and = usize::from(self.lexed.id(end + comma) == small.and);
            let Some(numeral) = self.number(end + comma + and).filter(|numeral| !numeral.ordinal) else {
                break;
            };
            let Some((unit, after)) = self.time_unit(numeral.next) else { break };
            let Some(unit) = plain(unit) else { break };
            if parts.last().is_none_or(|(_, last)| unit >= *last) {
                break;
            }
            parts.push((numeral.number, unit));
            end = after;
        }
        if parts.len() < 2 {
            return None;
        }
        let unit = parts.last()?.1;
        let mut total = Number::Decimal(Decimal::ZERO);
        for &(count, part) in &parts {
            let worth = Number::Decimal(Decimal::from(units_in(part, unit)?));
            total = exact::add(total, exact::mul(count, worth)?)?;
        }
        let amount = Amount::exact(total);
        Some((Duration { timex: sum_timex(&parts), amount, unit }, end))
    }

    /// Reads `thirty` behind `1 hour`, where nothing follows that it could count.
    fn minutes_behind(&self, hours: Number, unit: Unit, next: usize) -> Read<Duration> {
        if unit != Unit::Plain(TimeUnit::Hour) {
            return None;
        }
        let and = usize::from(self.lexed.id(next) == self.small().and);
        let (minutes, end) = self.count(next + and).filter(|(minutes, _)| *minutes < 60)?;
        if self.lexed.at(end).shape != Shape::Break && !matches!(self.lexed.str(end), "." | "," | ";" | ")") {
            return None;
        }
        exact::whole(hours)?;
        let minutes = Number::Decimal(minutes.into());
        let parts = [(hours, TimeUnit::Hour), (minutes, TimeUnit::Minute)];
        let amount = Amount::exact(exact::add(exact::mul(hours, Number::Decimal(60.into()))?, minutes)?);
        Some((Duration { amount, unit: TimeUnit::Minute, timex: sum_timex(&parts) }, end))
    }

    /// Whether a word before `a year` says that it is a length: `for a year`, `nearly a month`.
    fn measures_before(&self, index: usize) -> bool {
        self.rules.dates.measures_before(self.lexed.id(index - 1))
    }

    /// Whether a word behind `a year` says that it is a length: `a year old`, `a year or so`, `a week-long`.
    fn measures_after(&self, index: usize) -> bool {
        let small = self.small();
        let at = index + usize::from(self.hyphen(index));
        self.rules.dates.measures_after(self.lexed.id(at))
            || (self.lexed.id(at) == small.and
                && ([small.a, small.half].contains(&self.lexed.id(at + 1))
                    || matches!(self.word(at + 2), Some(Word::Unit(_)))))
    }

    /// Steps over `old`, `-old`, `of age`, and `per week`.
    fn past_age_words(&self, next: usize) -> usize {
        let small = self.small();
        let hyphen = usize::from(self.hyphen(next));
        if [small.old, small.olds].contains(&self.lexed.id(next + hyphen)) {
            return next + hyphen + 1;
        }
        if self.lexed.id(next) == small.of && self.lexed.id(next + 1) == small.age {
            return next + 2;
        }
        let per = self.lexed.id(next) == small.per || self.lexed.id(next) == small.a;
        if per && matches!(self.word(next + 1), Some(Word::Unit(_))) {
            return next + 2;
        }
        next
    }
}

/// A unit of the tables, with fortnights and weekends counted in weeks and days.
fn whole_unit(amount: Amount, unit: Unit) -> Option<(Amount, TimeUnit)> {
    match unit {
        Unit::Plain(unit) => Some((amount, unit)),
        Unit::Fortnight => {
            let twice = |number| exact::mul(number, Number::Decimal(Decimal::TWO));
            let high = match amount.high {
                Some(high) => Some(twice(high)?),
                None => None,
            };
            Some((Amount { low: twice(amount.low)?, high, ..amount }, TimeUnit::Week))
        }
        Unit::Weekend => None,
    }
}

const fn plain(unit: Unit) -> Option<TimeUnit> {
    match unit {
        Unit::Plain(unit) => Some(unit),
        Unit::Fortnight | Unit::Weekend => None,
    }
}

/// How many of a smaller unit a larger one has; years and months count 12 months, 365 and 30 days.
fn units_in(large: TimeUnit, small: TimeUnit) -> Option<i64> {
    const fn seconds(unit: TimeUnit) -> i64 {
        match unit {
            TimeUnit::Second => 1,
            TimeUnit::Minute => 60,
            TimeUnit::Hour => 3_600,
            TimeUnit::Day => 86_400,
            TimeUnit::Week => 604_800,
            TimeUnit::Month => 2_592_000,
            TimeUnit::Quarter => 7_776_000,
            TimeUnit::Year => 31_536_000,
            TimeUnit::Decade => 315_360_000,
            TimeUnit::Century => 3_153_600_000,
        }
    }
    const fn months(unit: TimeUnit) -> Option<i64> {
        match unit {
            TimeUnit::Month => Some(1),
            TimeUnit::Quarter => Some(3),
            TimeUnit::Year => Some(12),
            TimeUnit::Decade => Some(120),
            TimeUnit::Century => Some(1200),
            _ => None,
        }
    }
    match (months(large), months(small)) {
        (Some(large), Some(small)) => Some(large / small),
        _ => Some(seconds(large) / seconds(small)),
    }
}

/// The TIMEX3 value of an amount of a unit: `P30Y`, `PT30M`, `P2.5Y`. Of a range, none.
fn timex_of(amount: &Amount, unit: TimeUnit) -> Option<String> {
    if amount.high.is_some() {
        return None;
    }
    let (factor, letter) = letter_of(unit);
    let Number::Decimal(number) = exact::mul(amount.low, Number::Decimal(factor.into()))? else {
        return None;
    };
    // Half an hour is thirty minutes.
    let half = Decimal::new(5, 1);
    if number == half && unit == TimeUnit::Hour {
        return Some("PT30M".to_owned());
    }
    let time = if unit < TimeUnit::Day { "T" } else { "" };
    Some(format!("P{time}{}{letter}", number.normalize()))
}

fn sum_timex(parts: &[(Number, TimeUnit)]) -> Option<String> {
    let mut timex = "P".to_owned();
    for &(count, unit) in parts {
        if unit < TimeUnit::Day && !timex.contains('T') {
            timex.push('T');
        }
        let (factor, letter) = letter_of(unit);
        let Number::Decimal(count) = exact::mul(count, Number::Decimal(factor.into()))? else { return None };
        timex += &format!("{}{letter}", count.normalize());
    }
    Some(timex)
}
