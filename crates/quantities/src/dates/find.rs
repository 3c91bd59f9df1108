//! One pass over a text: reads expressions and turns them into quantities.

use copydesk_types::{Anchor, DateRange, Quantity, Span, TimeRange, Value};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::clock::Times;
use super::context::Context;
use super::duration::Duration;
use super::narrative;
use super::order;
use super::period::{Grain, Period};
use super::reader::{Read, Reader};
use super::when::{Clock, When};
use crate::Rules;
use crate::arbitrate::proposal;
use crate::lexer::{Lexed, Shape};

/// What a text says of dates.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Dates, times, durations and ages, in order, none overlapping.
    pub(crate) quantities: Vec<Quantity>,
    /// What comes again and again (`every five minutes`) or never (`June 31, 2022`), in order: nothing in it is a quantity.
    pub(crate) silent: Vec<Span>,
}

/// All dates, times, durations and ages of a text. Relative dates count from `anchor`.
pub(crate) fn find(rules: &Rules, lexed: &Lexed<'_>, anchor: Option<Anchor>) -> Found {
    let reader = Reader::new(rules, lexed, order::of_text(rules, lexed, anchor));
    let mut context = Context::new(anchor, narrative::is_history(&rules.dates, lexed, anchor));
    let mut found: Vec<Quantity> = Vec::new();
    let mut silent = Vec::new();
    // A time still without its day, by its place in `found`, and the lexeme after it.
    let mut dayless: Option<(usize, Times, usize)> = None;
    // The day read last, and the lexeme after it.
    let mut day_before: Option<(Date, usize)> = None;
    let mut index = 1;
    while index < lexed.items.len() {
        if lexed.items[index].shape == Shape::Break {
            context.next_sentence();
        }
        let Some((expression, next)) =
            may_open(rules, lexed, index).then(|| expression(&reader, index)).flatten()
        else {
            index += 1;
            continue;
        };
        let span = lexed.span(index, next);
        match expression {
            Expression::Date(when) => {
                let period = resolve(&reader, &mut context, &when, index, next);
                if let Some(day) = single_day(&period) {
                    if let Some((at, times, end)) = dayless.take()
                        && index <= end + 2
                    {
                        found[at].value = time_value(&times, Some(day), None);
                    }
                    day_before = Some((day, next));
                }
                found.push(proposal(span, date_value(period)));
                if let Some((second, end)) = reader.second_day(&when, next) {
                    let period = resolve(&reader, &mut context, &second, next + 1, end);
                    found.push(proposal(lexed.span(next + 1, end), date_value(period)));
                    index = end;
                    continue;
                }
            }
            Expression::Time(times, when) => {
                let told = when.map(|when| resolve(&reader, &mut context, &when, index, next));
                let day = match told {
                    Some(period) => single_day(&period),
                    None => day_before.filter(|(_, end)| index <= end + 2).map(|(day, _)| day),
                };
                if day.is_none() {
                    dayless = Some((found.len(), times, next));
                }
                found.push(proposal(span, time_value(&times, day, context.day_of_times())));
            }
            Expression::Duration(duration) => {
                let Duration { amount, unit, timex } = duration;
                found.push(proposal(span, Value::Duration { amount, unit, timex }));
            }
            Expression::Silent => silent.push(span),
        }
        index = next;
    }
    Found { quantities: found, silent }
}

/// What can stand at a lexeme.
enum Expression {
    Date(When),
    /// With its day, where that is said.
    Time(Times, Option<When>),
    Duration(Duration),
    /// What comes again and again, or is no day of the calendar: no quantity.
    Silent,
}

/// Whether an expression can open at lexeme `index`: a look-up, before any grammar is tried.
fn may_open(rules: &Rules, lexed: &Lexed<'_>, index: usize) -> bool {
    let lexeme = lexed.items[index];
    match lexeme.shape {
        Shape::Digits | Shape::Fraction => true,
        Shape::Word if rules.dates.is_article(lexeme.id) => {
            rules.dates.follows_article(rules, lexed.id(index + 1))
        }
        Shape::Word => rules.dates.opens(lexeme.id) || rules.numerals.role(lexeme.id).is_some(),
        Shape::Break | Shape::Mark => false,
    }
}

fn expression(reader: &Reader<'_>, index: usize) -> Read<Expression> {
    if let Some(next) = reader.impossible_day(index) {
        return Some((Expression::Silent, next));
    }
    let small = reader.small();
    let before = reader.lexed.id(index - 1);
    let date = || timed_date(reader, index);
    let read = dated_time(reader, index).or_else(date).or_else(|| {
        let (duration, next) = reader.duration(index).or_else(|| reader.age(index))?;
        Some((Expression::Duration(duration), next))
    })?;
    let other = before == small.other && index > 1 && reader.lexed.id(index - 2) == small.every;
    if before == small.every || before == small.each || other {
        return Some((Expression::Silent, read.1));
    }
    Some(read)
}

/// Reads a time, and its day where it follows: `8 a.m. on Thursday`.
fn dated_time(reader: &Reader<'_>, index: usize) -> Read<Expression> {
    if let Some((times, next)) = reader.hour_tonight(index) {
        return Some((Expression::Time(times, Some(When::DayFromNow(0))), next));
    }
    let (times, next) = reader.times(index)?;
    let at = next + usize::from(reader.lexed.id(next) == reader.small().on);
    match reader.single(reader.past_the(at)) {
        Some((when, end)) if is_day(&when) => Some((Expression::Time(times, Some(when)), end)),
        _ => Some((Expression::Time(times, None), next)),
    }
}

/// Reads a date, and the time of that day where it follows: `Thursday at 5pm`.
fn timed_date(reader: &Reader<'_>, index: usize) -> Read<Expression> {
    let (when, next) = reader.date(index)?;
    if is_day(&when) {
        let lexed = reader.lexed;
        let small = reader.small();
        let said = lexed.id(next) == small.at || lexed.id(next) == small.from || lexed.is_mark(next, b'@');
        let glued =
            matches!(lexed.str(next), "T" | ":" | "-") && lexed.at(next).glued && lexed.at(next + 1).glued;
        let times = match when {
            When::PartOf { part, .. } if said => reader.times_in(next + 1, part),
            _ => reader.times(next + usize::from(said || glued)),
        };
        if let Some((times, end)) = times {
            return Some((Expression::Time(times, Some(when)), end));
        }
    }
    Some((Expression::Date(when), next))
}

/// Whether an expression names a day that a time can belong to.
fn is_day(when: &When) -> bool {
    match when {
        When::Day { .. }
        | When::Weekday { .. }
        | When::DayOfMonth { .. }
        | When::DayFromNow(_)
        | When::Holiday { .. }
        | When::NthWeekday { .. } => true,
        When::PartOf { of, .. } => is_day(of),
        _ => false,
    }
}

fn resolve(reader: &Reader<'_>, context: &mut Context, when: &When, index: usize, next: usize) -> Period {
    if when.is_open() {
        context.tense = reader.rules.dates.tenses.around(reader.lexed, index, next);
    }
    let period = context.resolve(when);
    let small = reader.small();
    let as_of = reader.follows(index, small.of)
        && reader.lexed.str(index.saturating_sub(2)).eq_ignore_ascii_case("as");
    context.mention(
        when,
        &period,
        as_of || reader.follows(index, small.by) || reader.follows(index, small.until),
    );
    if let When::Year(year) = when
        && (reader.follows(index, small.in_) || reader.follows(index, small.during))
    {
        context.set_in(*year);
    }
    period
}

fn single_day(period: &Period) -> Option<Date> {
    period.start.filter(|_| period.grain == Some(Grain::Day))
}

fn date_value(period: Period) -> Value {
    /// Days before it are left out: the calendars of the tables' usual readers begin there.
    const FIRST_YEAR: i16 = 1;
    let [start, end] = [period.start, period.end].map(|day| day.filter(|day| day.year() >= FIRST_YEAR));
    let timex = period.timex.filter(|timex| !timex.starts_with('-'));
    Value::Date { range: DateRange { start, end }, timex }
}

/// The value of times on the day that is told, else on the one that is likely.
fn time_value(times: &Times, told: Option<Date>, likely: Option<Date>) -> Value {
    let day = told.or(likely);
    let at = |clock: Clock| -> Option<DateTime> {
        let time = Time::new(clock.hour, clock.minute.unwrap_or(0), clock.second.unwrap_or(0), 0).ok()?;
        Some(day?.to_datetime(time))
    };
    let start = at(times.from);
    let end = times.to.map_or(start, at);
    // From late in the day to the next.
    let overnight = start.zip(end).is_some_and(|(start, end)| end < start);
    let end = if overnight { end.and_then(|end| end.checked_add(1.day()).ok()) } else { end };
    Value::Time { range: TimeRange { start, end }, timex: times_timex(times, told) }
}

/// The TIMEX3 value of a time as far as it is told: `2024-12-09T17:00`, `T17:41`, `T17`.
fn times_timex(times: &Times, day: Option<Date>) -> Option<String> {
    let Times { from: Clock { hour, minute, second }, to: None } = times else { return None };
    let minute = minute.or(day.map(|_| 0));
    let day = day.map_or(String::new(), |day| day.to_string());
    Some(match (minute, second) {
        (Some(minute), Some(second)) => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
        (Some(minute), None) => format!("{day}T{hour:02}:{minute:02}"),
        (None, _) => format!("{day}T{hour:02}"),
    })
}
