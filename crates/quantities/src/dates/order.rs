//! Which number of `9/12/2024` is the day, by the numeric dates of the text.

use copydesk_text::date::Order;
use copydesk_types::{Anchor, Precision};

use crate::Rules;
use crate::lexer::{Lexed, Shape};

/// Currencies of the places that write the month first.
const MONTH_FIRST: [&str; 3] = ["USD", "CAD", "PHP"];

/// The order of a text: what its unambiguous dates show; else what puts an ambiguous one on the day that dates count
/// from; else that of the places it speaks of; else the American one, which English-language pages mean more often.
pub(super) fn of_text(rules: &Rules, lexed: &Lexed<'_>, anchor: Option<Anchor>) -> Order {
    let (mut balance, mut numeric) = (0, false);
    for index in 1..lexed.items.len() {
        if lexed.at(index).shape == Shape::Mark && lexed.is_mark(index, b'/') {
            numeric |=
                lexed.at(index - 1).shape == Shape::Digits && lexed.at(index + 1).shape == Shape::Digits;
            balance += numbers(lexed, index).map_or(0, |(first, second)| evidence(first, second, anchor));
        }
    }
    let day_first = match balance {
        0 => numeric && rules.currencies.speaks_rather_of_others(lexed, &MONTH_FIRST),
        _ => balance > 0,
    };
    if day_first { Order::DayFirst } else { Order::MonthFirst }
}

/// The two numbers of a date with a year whose first slash stands at `index`.
fn numbers(lexed: &Lexed<'_>, index: usize) -> Option<(u32, u32)> {
    let small = |at: usize| lexed.str(at).parse::<u32>().ok().filter(|_| lexed.str(at).len() <= 2);
    let year = lexed.is_mark(index + 2, b'/') && lexed.at(index + 3).shape == Shape::Digits;
    year.then(|| small(index - 1).zip(small(index + 1)))?
}

fn evidence(first: u32, second: u32, anchor: Option<Anchor>) -> i32 {
    match (first > 12, second > 12) {
        (true, false) => 4,
        (false, true) => -4,
        (true, true) => 0,
        (false, false) => {
            let Some(anchor) = anchor.filter(|anchor| anchor.precision == Precision::Day) else { return 0 };
            let is = |day: u32, month: u32| {
                u32::from(anchor.date.day().unsigned_abs()) == day
                    && u32::from(anchor.date.month().unsigned_abs()) == month
            };
            i32::from(is(first, second)) - i32::from(is(second, first))
        }
    }
}
