//! Parts of a period: `early 2023`, `end of January`, `the last week of July`, `the second half of the year`.

use copydesk_types::TimeUnit;
use jiff::ToSpan;
use jiff::civil::Date;

use super::period::{Grain, Period, add, day_of, nth_week, span_of};
use super::timex::length_timex;
use super::when::Length;
use super::words::{Edge, Unit};

pub(super) fn edge_of(edge: Edge, of: &Period) -> Option<Period> {
    let timex = of.timex.clone();
    let (start, end) = (of.start?, of.end?);
    let period = match edge {
        Edge::Start => Period::free(Some(start), None),
        Edge::End => Period::free(Some(end), Some(end)),
        Edge::Early | Edge::Mid | Edge::Late => {
            let (start, end) = third(edge, start, end, of.grain)?;
            Period::free(Some(start), Some(end))
        }
    };
    let grain = if of.grain == Some(Grain::Day) { of.grain } else { period.grain };
    Some(Period { timex, grain, ..period })
}

/// The first, middle or last third of a period: of whole months where it has a multiple of three, of a month its first
/// and second ten days and the rest, of a decade three, four and three years.
fn third(edge: Edge, start: Date, end: Date, grain: Option<Grain>) -> Option<(Date, Date)> {
    let (first, second) = match grain {
        // Too short to have thirds.
        Some(Grain::Day | Grain::Weekend) => return Some((start, end)),
        Some(Grain::Month) => (add(start, 10.days())?, add(start, 20.days())?),
        Some(Grain::Quarter) => (add(start, 1.month())?, add(start, 2.months())?),
        Some(Grain::Half) => (add(start, 2.months())?, add(start, 4.months())?),
        Some(Grain::Year) => (add(start, 4.months())?, add(start, 8.months())?),
        Some(Grain::Decade) => (add(start, 3.years())?, add(start, 7.years())?),
        Some(Grain::Century) => (add(start, 33.years())?, add(start, 67.years())?),
        _ => {
            let days = i64::from((end - start).get_days());
            if days < 3 {
                return Some((start, end));
            }
            (add(start, (days / 3).days())?, add(start, (days * 2 / 3).days())?)
        }
    };
    let before = |day: Date| add(day, (-1).days());
    Some(match edge {
        Edge::Early => (start, before(first)?),
        Edge::Mid => (first, before(second)?),
        _ => (second, end),
    })
}

pub(super) fn nth_of(nth: i16, count: u16, unit: Unit, of: &Period) -> Option<Period> {
    let (start, end) = (of.start?, of.end?);
    let single = count == 1;
    if unit == Unit::Plain(TimeUnit::Week) && single {
        return nth_week(start, end, nth);
    }
    if unit.is_below_day() {
        return None;
    }
    let count = i64::from(count);
    let (first, next) = if nth > 0 {
        let first = add(start, span_of(unit, i64::from(nth - 1) * count)?)?;
        (first, add(first, span_of(unit, count)?)?)
    } else {
        let next = add(end, 1.day())?;
        let next = add(next, span_of(unit, i64::from(nth + 1) * count)?)?;
        (add(next, span_of(unit, -count)?)?, next)
    };
    let last = add(next, (-1).days())?;
    if first < start || last > end {
        return None;
    }
    if single && let Some(period) = Period::around(unit, first).filter(|period| period.start == Some(first)) {
        return Some(period);
    }
    let timex = length_timex(&[Length { count: i32::try_from(count).ok()?, unit }]);
    Some(Period { timex, ..Period::free(Some(first), Some(last)) })
}

/// A half of a period, 1 or 2.
pub(super) fn half_of(of: &Period, nth: i8) -> Option<Period> {
    let (start, end) = (of.start?, of.end?);
    match of.grain {
        Some(Grain::Year) => Period::half(start.year(), nth),
        Some(Grain::Decade) => {
            let middle = Date::new(start.year() + 5, 1, 1).ok()?;
            let last = add(middle, (-1).days());
            Some(if nth == 1 {
                Period::free(Some(start), last)
            } else {
                Period::free(Some(middle), Some(end))
            })
        }
        Some(Grain::Month) => {
            let middle = day_of(start.year(), start.month(), 15)?;
            let next = add(middle, 1.day());
            Some(if nth == 1 {
                Period::free(Some(start), Some(middle))
            } else {
                Period::free(next, Some(end))
            })
        }
        _ => None,
    }
}
