//! Amounts in context, one case a line: `amounts.tsv`.

use copydesk_quantities::{Rules, find};
use copydesk_types::{Kind, Quantity, Span, Value};

#[test]
fn amounts_of() {
    let rules = Rules::load();
    let mut wrong = Vec::new();
    for line in include_str!("amounts.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (text, expected) = line.split_once('\t').expect("a case has two columns");
        let reading = copydesk_text::read(text);
        let found: Vec<String> = find(&rules, &reading, None)
            .iter()
            .filter(|q| !matches!(q.value.kind(), Kind::Date | Kind::Time | Kind::Duration))
            .map(|q| shown(text, q))
            .collect();
        let found = found.join("; ");
        if found != expected.trim_end() {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn shown(text: &str, quantity: &Quantity) -> String {
    let amount = quantity.value.amount().map_or(String::new(), |amount| match amount.high {
        Some(high) => format!("{}..{high}", amount.low),
        None => amount.low.to_string(),
    });
    let unit = match &quantity.value {
        Value::Money { currency, .. } => Some(currency.unwrap_or("-").to_owned()),
        Value::Measure { measure, .. } => Some(measure.unit.to_owned()),
        _ => None,
    };
    let further: Vec<String> = unit
        .into_iter()
        .chain(quantity.modifier.map(|modifier| modifier.name().to_owned()))
        .chain(quantity.direction.map(|direction| direction.name().to_owned()))
        .chain(quantity.of.map(|of: Span| format!("of {}", of.of(text))))
        .collect();
    let kind = quantity.value.kind().name();
    let found = format!("{} | {kind} | {amount} | {}", quantity.span.of(text), further.join(", "));
    found.trim_end().to_owned()
}
