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
    toml::from_str(include_str!("../data/units.toml")).expect("the table of units is well formed")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    unit: Vec<Unit>,
}

/// One unit.
#[derive(Debug, Deserialize)]
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
    use copydesk_types::Value;

    use super::*;
    use crate::Rules;

    #[test]
    fn examples_of_the_table_hold() {
        let rules = Rules::load();
        for unit in &TABLE.unit {
            for (text, value, si) in &unit.examples {
                let found = crate::find(&rules, &copydesk_text::read(text), None);
                let Some(Value::Measure { amount, measure }) = found.first().map(|quantity| &quantity.value)
                else {
                    panic!("{text}: {found:?}");
                };
                assert_eq!(
                    (amount.low.to_string(), measure.unit),
                    (value.clone(), unit.name.as_str()),
                    "{text}"
                );
                assert_eq!(measure.si, si.parse().ok(), "{text}");
            }
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
