//! Prints the quantities of texts: JSON Lines `{"id", "text", "date"}` in, `{"id", "quantities"}` out, offsets in code
//! points.

use std::io::{BufRead, Write, stdin, stdout};

use copydesk_quantities::{Rules, find};
use copydesk_types::{Anchor, Precision, Quantity, Span, Value};
use serde_json::{Value as Json, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::load();
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let record: Json = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let anchor = record["date"].as_str().and_then(anchor);
        let reading = copydesk_text::read(text);
        let quantities: Vec<Json> = find(&rules, &reading, anchor).iter().map(|q| row(text, q)).collect();
        writeln!(out, "{}", json!({"id": record["id"], "quantities": quantities}))?;
    }
    Ok(())
}

fn anchor(date: &str) -> Option<Anchor> {
    let precision = match date.len() {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => Precision::Day,
    };
    let full = format!(
        "{}{}",
        date.get(..10).unwrap_or(date),
        ["", "-01", "-01-01"][2_usize.min((10 - date.len().min(10)) / 3)]
    );
    Some(Anchor { date: full.parse().ok()?, precision })
}

fn row(text: &str, quantity: &Quantity) -> Json {
    let points = |byte: usize| text[..byte].chars().count();
    let print = |span: Span| span.of(text).to_owned();
    let mut row = json!({
        "start": points(quantity.span.start),
        "end": points(quantity.span.end),
        "text": print(quantity.span),
        "kind": quantity.value.kind().name(),
        "of": quantity.of.map(print),
        "measured": quantity.measured.map(print),
        "modifier": quantity.modifier.map(|m| m.name()),
        "direction": quantity.direction.map(|d| d.name()),
    });
    if let Some(amount) = quantity.value.amount() {
        row["value"] = json!(amount.low.to_f64());
        row["value_high"] = json!(amount.high.map(|n| n.to_f64()));
        row["value_text"] = match amount.high {
            None => json!(amount.low.to_string()),
            Some(_) => Json::Null,
        };
        row["scale"] = json!(amount.scale.map(print));
    }
    match &quantity.value {
        Value::Money { currency, .. } => row["currency"] = json!(currency),
        Value::Percent { .. } => row["unit"] = json!("percent"),
        Value::Measure { measure, .. } => {
            row["unit"] = json!(measure.unit);
            row["unit_code"] = json!(measure.code);
            row["value_si"] = json!(measure.si);
        }
        Value::Date { range, timex } => {
            row["start_date"] = json!(range.start.map(|d| d.to_string()));
            row["end_date"] = json!(range.end.map(|d| d.to_string()));
            row["timex"] = json!(timex);
        }
        Value::Time { range, timex } => {
            row["start_time"] = json!(range.start.map(|d| d.to_string()));
            row["end_time"] = json!(range.end.map(|d| d.to_string()));
            row["timex"] = json!(timex);
        }
        Value::Duration { unit, timex, .. } => {
            row["unit"] = json!(unit.name());
            row["timex"] = json!(timex);
        }
        Value::Cardinal(_) | Value::Ordinal(_) | Value::Reference => {}
    }
    row
}
