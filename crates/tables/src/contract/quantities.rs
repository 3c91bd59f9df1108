//! `quantities`.

use copydesk_types::{Quantity, Value};

use crate::cell::{Cell, Type};
use crate::rows::FindingRow;
use crate::table::{Column, Table, columns};

/// The table `quantities`.
#[derive(Debug)]
pub struct Quantities;

impl Table for Quantities {
    type Row<'a> = FindingRow<'a, Quantity>;
    const NAME: &'static str = "quantities";
    const ROW: &'static str = "one row a number that says something";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        doc_id: Type::String, required = row.page.story.doc_id.as_str(), "the page";
        quantity: Type::I32, required = row.number, "the quantity's number in the page, from 0";
        block: Type::I32, required = row.block, "the block that it stands in";
        start: Type::I32, required = row.span.start, "first code point in documents.text";
        end: Type::I32, required = row.span.end, "one past the last code point";
        text: Type::String, required = row.text, "`documents.text[start:end]`";
        kind: Type::String, required = row.finding.value.kind().name(),
            "`money` `percent` `cardinal` `ordinal` `measure` `date` `time` `duration` `reference`";
        value: Type::F64, optional = row.finding.value.amount().map(|a| a.low.to_f64()),
            "in whole units (`US$1.6 billion` is 1600000000); the low end of a range";
        value_high: Type::F64, optional = row.finding.value.amount().and_then(|a| a.high).map(|h| h.to_f64()),
            "the high end of a range";
        value_text: Type::String, optional = exact(&row.finding.value),
            "the same, exact: a plain decimal, or `p/q` where there is no finite one; a range as `low..high`";
        scale: Type::String, optional = row.finding.value.amount().and_then(|a| a.scale).map(|s| row.page.text(s)),
            "the scale word as printed (`billion`)";
        currency: Type::String, optional = currency(&row.finding.value), "ISO 4217; null where a bare symbol stays ambiguous";
        unit: Type::String, optional = unit(&row.finding.value), "normalised unit, singular (`kilometre`, `square metre`, `year`)";
        unit_code: Type::String, optional = unit_code(&row.finding.value), "its UCUM code";
        value_si: Type::F64, optional = value_si(&row.finding.value), "a measure in SI units";
        of: Type::String, optional = row.finding.of.map(|s| row.page.text(s)), "the counted noun phrase";
        measured: Type::String, optional = row.finding.measured.map(|s| row.page.text(s)),
            "what the number measures, where the sentence says it (`two-way trade turnover`)";
        modifier: Type::String, optional = row.finding.modifier.map(|m| m.name()), "`approx` `over` `under` `at_least` `at_most`";
        direction: Type::String, optional = row.finding.direction.map(|d| d.name()), "`up` `down`";
        start_date: Type::Day, optional = dates(&row.finding.value).0, "first day of a date, inclusive";
        end_date: Type::Day, optional = dates(&row.finding.value).1, "last day of a date, inclusive";
        start_time: Type::WallClock, optional = times(&row.finding.value).0, "wall clock of a time, as printed";
        end_time: Type::WallClock, optional = times(&row.finding.value).1, "wall clock of its end";
        timex: Type::String, optional = timex(&row.finding.value), "TIMEX3 value (`2024-12-09`, `P30Y`, `2024-Q3`)";
        confidence: Type::F32, required = row.finding.confidence, "0 to 1";
        sentence_start: Type::I32, required = row.sentence.start, "the sentence around it, in documents.text";
        sentence_end: Type::I32, required = row.sentence.end, "where that sentence ends, exclusive";
    };
}

fn exact(value: &Value) -> Option<String> {
    let amount = value.amount()?;
    Some(match amount.high {
        Some(high) => format!("{}..{high}", amount.low),
        None => amount.low.to_string(),
    })
}

fn currency(value: &Value) -> Option<&'static str> {
    match value {
        Value::Money { currency, .. } => *currency,
        _ => None,
    }
}

fn unit(value: &Value) -> Option<&'static str> {
    match value {
        Value::Measure { measure, .. } => Some(measure.unit),
        Value::Duration { unit, .. } => Some(unit.name()),
        Value::Percent { points: true, .. } => Some("percentage point"),
        _ => None,
    }
}

fn unit_code(value: &Value) -> Option<&'static str> {
    match value {
        Value::Measure { measure, .. } => measure.code,
        Value::Duration { unit, .. } => unit.ucum(),
        _ => None,
    }
}

fn value_si(value: &Value) -> Option<f64> {
    match value {
        Value::Measure { measure, .. } => measure.si,
        _ => None,
    }
}

fn dates(value: &Value) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    match value {
        Value::Date { range, .. } => (range.start, range.end),
        _ => (None, None),
    }
}

fn times(value: &Value) -> (Option<jiff::civil::DateTime>, Option<jiff::civil::DateTime>) {
    match value {
        Value::Time { range, .. } => (range.start, range.end),
        _ => (None, None),
    }
}

fn timex(value: &Value) -> Option<&str> {
    match value {
        Value::Date { timex, .. } | Value::Time { timex, .. } | Value::Duration { timex, .. } => {
            timex.as_deref()
        }
        _ => None,
    }
}

/// What a value says, in one line: the exact number with its currency or unit, the days, the TIMEX3 value.
pub fn value_text(value: &Value) -> Option<String> {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |d| d.to_string());
    if let Some(number) = exact(value) {
        return Some(match currency(value).or_else(|| unit(value)) {
            Some(unit) => format!("{number} {unit}"),
            None => number,
        });
    }
    match dates(value) {
        (None, None) => timex(value).map(str::to_owned),
        (start, end) if start == end => start.map(|d| d.to_string()),
        (start, end) => Some(format!("{}..{}", day(start), day(end))),
    }
}
