//! Units of measure: names and symbols, UCUM codes, factors to SI units.

use std::sync::LazyLock;

use copydesk_types::{Measure, Number};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::exact;
use crate::lexicon::Lexicon;
use crate::terms::Terms;

/// `data/units.toml`.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table: Table =
        toml::from_str(include_str!("../data/units.toml")).expect("the table of units is well formed");
    let quotients = table.quotient.iter().flat_map(|quotient| quotient.units(&table));
    let quotients: Vec<Unit> = quotients.collect();
    table.unit.extend(quotients);
    table
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    unit: Vec<Unit>,
    divisor: Vec<Unit>,
    quotient: Vec<Quotient>,
}

/// Units of one quantity over those of another: each pair is a unit of its own, written with `per` or a slash.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotient {
    of: Vec<String>,
    per: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "the examples are the table's tests"))]
    examples: Vec<(String, String, String)>,
}

impl Quotient {
    fn units(&self, table: &Table) -> Vec<Unit> {
        let named = |name: &String| {
            let mut units = table.unit.iter().chain(&table.divisor);
            units.find(|unit| unit.name == *name).expect("a quotient is of units of the table")
        };
        let pairs = self.of.iter().flat_map(|of| self.per.iter().map(move |per| (of, per)));
        pairs.map(|(of, per)| named(of).over(named(per))).collect()
    }
}

/// One unit.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    name: String,
    code: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    plurals: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    /// Symbols that only count glued to the number.
    #[serde(default)]
    tight_symbols: Vec<String>,
    /// Symbols that are common words and only count where the sentence or the clause ends.
    #[serde(default)]
    closing: Vec<String>,
    #[serde(default)]
    tight: bool,
    si: Option<Decimal>,
    ratio: Option<(Decimal, Decimal)>,
    offset: Option<Decimal>,
    #[allow(dead_code, reason = "speaks to the reader of the table")]
    note: Option<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "the examples are the table's tests"))]
    examples: Vec<(String, String, String)>,
}

/// A unit, as a term of a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnitTerm {
    index: usize,
    /// How it is written.
    pub(crate) written: UnitWritten,
}

/// How a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitWritten {
    /// `metre`
    Name,
    /// `kg`
    Symbol,
    /// A symbol of one letter: `5 m`.
    Letter,
    /// A symbol that only counts where it is glued to the number: `37C`.
    Tight,
    /// A symbol that only counts where a clause ends: `5 in.`
    Closing,
}

/// The units over the crate's lexicon.
#[derive(Debug)]
pub(crate) struct Units {
    /// All terms by which units are written.
    pub(crate) terms: Terms<UnitTerm>,
}

impl Units {
    /// The table of `data/units.toml`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let mut terms = Terms::default();
        for (index, unit) in TABLE.unit.iter().enumerate() {
            let term = |written| UnitTerm { index, written };
            for name in std::iter::once(&unit.name).chain(&unit.names) {
                terms.add(lexicon, name, term(UnitWritten::Name));
                terms.add(lexicon, &format!("{name}s"), term(UnitWritten::Name));
                // `a 140-square-mile strip`
                if name.contains(' ') && !name.contains('.') {
                    terms.add(lexicon, &name.replace(' ', "-"), term(UnitWritten::Name));
                }
            }
            for plural in &unit.plurals {
                terms.add(lexicon, plural, term(UnitWritten::Name));
            }
            for symbol in &unit.symbols {
                let single = symbol.len() == 1 && symbol.bytes().all(|b| b.is_ascii_alphabetic());
                let written = match single {
                    _ if unit.tight => UnitWritten::Tight,
                    true => UnitWritten::Letter,
                    false => UnitWritten::Symbol,
                };
                terms.add_exact(lexicon, symbol, term(written));
            }
            for symbol in &unit.tight_symbols {
                terms.add_exact(lexicon, symbol, term(UnitWritten::Tight));
            }
            for symbol in &unit.closing {
                terms.add_exact(lexicon, symbol, term(UnitWritten::Closing));
            }
        }
        Self { terms }
    }
}

impl UnitTerm {
    fn unit(self) -> &'static Unit {
        &TABLE.unit[self.index]
    }

    /// Whether two terms name one unit.
    pub(crate) const fn same(self, other: Self) -> bool {
        self.index == other.index
    }

    /// How many `other` go into one of these, where both measure the same and the lesser counts on: feet and inches.
    pub(crate) fn parts(self, other: Self) -> Option<Number> {
        const CHAINS: [[&str; 2]; 10] = [
            ["foot", "inch"],
            ["yard", "foot"],
            ["yard", "inch"],
            ["mile", "yard"],
            ["mile", "foot"],
            ["pound", "ounce"],
            ["kilometre", "metre"],
            ["metre", "centimetre"],
            ["kilogram", "gram"],
            ["tonne", "kilogram"],
        ];
        let pair = [self.unit().name.as_str(), other.unit().name.as_str()];
        if !CHAINS.contains(&pair) {
            return None;
        }
        let (whole, part) = (self.unit().si?, other.unit().si?);
        whole.checked_div(part).map(Number::Decimal)
    }

    /// Whether it tells how warm it is.
    pub(crate) fn is_temperature(self) -> bool {
        self.unit().offset.is_some() || self.unit().name == "degree"
    }

    /// Whether a sum with a lesser unit is told in this one: heights in feet.
    pub(crate) fn keeps_parts(self) -> bool {
        self.unit().name == "foot"
    }

    /// The unit as the tables name it, with the value in SI units.
    pub(crate) fn measure(self, value: Number) -> Measure {
        let unit = self.unit();
        Measure { unit: &unit.name, code: unit.code.as_deref(), si: unit.in_si(value).map(Number::to_f64) }
    }
}

impl Unit {
    /// The quotient of two units.
    fn over(&self, per: &Self) -> Self {
        let pairs = |of: Vec<String>, joint: &str, per: &[&String]| -> Vec<String> {
            of.iter().flat_map(|of| per.iter().map(move |per| format!("{of}{joint}{per}"))).collect()
        };
        let per_names: Vec<&String> = std::iter::once(&per.name).chain(&per.names).collect();
        let per_symbols: Vec<&String> = per.symbols.iter().collect();
        let of_names: Vec<String> = std::iter::once(&self.name).chain(&self.names).cloned().collect();
        let of_plurals: Vec<String> =
            of_names.iter().map(|name| format!("{name}s")).chain(self.plurals.clone()).collect();
        let any_symbols: Vec<&String> = per_symbols.iter().chain(&per_names).copied().collect();
        let mut symbols = pairs(self.symbols.clone(), "/", &any_symbols);
        symbols.extend(pairs(self.symbols.clone(), " per ", &per_names));
        Self {
            name: format!("{} per {}", self.name, per.name),
            code: self.code.as_ref().zip(per.code.as_ref()).map(|(of, per)| format!("{of}/{per}")),
            names: [" per ", "/"].map(|joint| pairs(of_names.clone(), joint, &per_names)).concat(),
            plurals: [" per ", "/"].map(|joint| pairs(of_plurals.clone(), joint, &per_names)).concat(),
            symbols,
            ratio: self.si.zip(per.si),
            ..Self::default()
        }
    }

    /// The value in SI units, exact where it can be.
    fn in_si(&self, value: Number) -> Option<Number> {
        let (factor, divisor) = self.ratio.or_else(|| Some((self.si?, Decimal::ONE)))?;
        let shifted = self.offset.map_or(Some(value), |offset| exact::add(value, Number::Decimal(offset)))?;
        let product = exact::mul(shifted, Number::Decimal(factor))?;
        match product {
            Number::Decimal(product) => product.checked_div(divisor).map(Number::Decimal),
            Number::Ratio(..) if divisor == Decimal::ONE => Some(product),
            Number::Ratio(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_types::{Quantity, Value};

    use super::*;
    use crate::Rules;

    #[test]
    fn examples_of_the_table_hold() {
        let rules = Rules::load();
        let of_units =
            TABLE.unit.iter().flat_map(|unit| unit.examples.iter().map(|e| (Some(unit.name.as_str()), e)));
        let of_quotients =
            TABLE.quotient.iter().flat_map(|quotient| quotient.examples.iter().map(|e| (None, e)));
        for (name, (text, value, si)) in of_units.chain(of_quotients) {
            let found = crate::find(&rules, &copydesk_text::read(text), None);
            let [Quantity { value: Value::Measure { amount, measure }, .. }] = &found[..] else {
                panic!("{text}: {found:?}");
            };
            assert_eq!(amount.low.to_string(), *value, "{text}");
            assert_eq!(measure.unit, name.unwrap_or(measure.unit), "{text}");
            assert_eq!(measure.si, si.parse().ok(), "{text}");
        }
    }

    #[test]
    fn every_name_is_read() {
        let rules = Rules::load();
        for unit in &TABLE.unit {
            let text = format!("some 35 {} of it", unit.name);
            let found = crate::find(&rules, &copydesk_text::read(&text), None);
            let read = found.first().and_then(|quantity| match &quantity.value {
                Value::Measure { measure, .. } => Some(measure.unit),
                _ => None,
            });
            assert_eq!(read, Some(unit.name.as_str()), "{text}");
        }
    }
}
