//! Any text read for its numbers and dates: what is so of any text.

use copydesk_quantities::{Rules, find};
use copydesk_text::{date, number};
use copydesk_types::{Anchor, Precision, Quantity, Value};
use jiff::civil::Date;

/// A short text is read once more this many times over: work that grows with the square of a text shows as a slow unit.
const REPEATS: usize = 512;

/// Longest text that is repeated, in bytes.
const REPEATED: usize = 32;

thread_local! {
    static RULES: Rules = Rules::load();
}

/// Reads a text for its numbers.
pub fn numbers(text: &str) {
    for word in text.split_whitespace() {
        let by_style = [number::Style::Point, number::Style::Comma].map(|style| number::decimal(word, style));
        // What is read one way and means the same in both depends on neither.
        assert!(by_style[0] == by_style[1] || number::depends_on_style(word), "{word:?}");
    }
    check(text, None);
}

/// Reads a text for its dates, absolute ones and those that count from a day.
pub fn dates(text: &str, anchor: Option<Date>) {
    let mut from = 0;
    while let Some((span, _)) = date::search(text, from, date::Order::DayFirst) {
        assert!(from <= span.start && span.start < span.end && text.get(span.start..span.end).is_some());
        from = span.end;
    }
    check(text, anchor.map(|date| Anchor { date, precision: Precision::Day }));
}

fn check(text: &str, anchor: Option<Anchor>) {
    let read = |text: &str| RULES.with(|rules| find(rules, &copydesk_text::read(text), anchor));
    let mut end = 0;
    for quantity in read(text) {
        let span = quantity.span;
        assert!(end <= span.start && span.start < span.end && text.get(span.start..span.end).is_some());
        end = span.end;
        rises(&quantity);
    }
    if text.len() <= REPEATED {
        read(&text.repeat(REPEATS));
    }
}

/// The low end of a range lies before its high end.
fn rises(quantity: &Quantity) {
    if let Some(amount) = quantity.value.amount()
        && let Some(high) = amount.high
    {
        assert!(amount.low.to_f64() < high.to_f64(), "{quantity:?}");
    }
    match &quantity.value {
        Value::Date { range, .. } => {
            assert!(range.start.zip(range.end).is_none_or(|(a, b)| a <= b), "{quantity:?}")
        }
        Value::Time { range, .. } => {
            assert!(range.start.zip(range.end).is_none_or(|(a, b)| a <= b), "{quantity:?}")
        }
        _ => {}
    }
}
