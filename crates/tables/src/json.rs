//! Rows as JSON objects, for the filters.

use serde_json::{Map, Value, json};

use crate::cell::{Cell, Type};
use crate::table::Table;

/// A row's columns as JSON, without those named in `except`: numbers as numbers, dates and times as ISO 8601.
pub fn json<T: Table>(row: &T::Row<'_>, except: &[&str]) -> Map<String, Value> {
    T::COLUMNS
        .iter()
        .filter(|column| !except.contains(&column.name))
        .map(|column| (column.name.to_owned(), value((column.cell)(row), column.kind)))
        .collect()
}

fn value(cell: Cell<'_>, kind: Type) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Str(v) => Value::from(v.into_owned()),
        Cell::Int(v) => Value::from(v),
        // Through text: 0.9 in single precision is 0.9, not 0.8999999761581421.
        Cell::F32(v) => v.to_string().parse::<f64>().map_or(Value::Null, Value::from),
        Cell::F64(v) => number(v),
        Cell::Bool(v) => Value::from(v),
        Cell::Day(v) => Value::from(v.to_string()),
        Cell::Instant(v) => Value::from(v.to_string()),
        Cell::WallClock(v) => Value::from(v.to_string()),
        Cell::Strings(v) => Value::from(v),
        Cell::Pairs(v) => objects(v, kind),
        Cell::Counts(v) => objects(v, kind),
        Cell::Measures(v) => objects(v, kind),
    }
}

/// Whole numbers without a decimal point, as far as a double holds them exactly.
fn number(v: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if v.fract() == 0.0 && v.abs() <= EXACT { Value::from(v as i64) } else { Value::from(v) }
}

fn objects<V: Into<Value>>(pairs: Vec<(&str, V)>, kind: Type) -> Value {
    let (Type::Pairs(first, second) | Type::Counts(first, second) | Type::Measures(first, second)) = kind
    else {
        return Value::Null;
    };
    pairs.into_iter().map(|(a, b)| json!({ first: a, second: b.into() })).collect()
}
