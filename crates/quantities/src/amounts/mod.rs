//! Amounts: money, percentages, measures, ordinals, counts and references, found in one pass from left to right.

mod bare;
mod item;
mod parts;
mod range;
mod reference;
mod series;
mod share;
mod unit;

use std::cell::OnceCell;

use copydesk_types::{Amount, Quantity, Value};

use crate::Rules;
use crate::arbitrate::proposal;
use crate::lexer::{Lexed, Shape};
use crate::number;
use crate::votes::Votes;
use item::{Item, Unit};

/// One pass over a text.
struct Scan<'a> {
    rules: &'a Rules,
    lexed: &'a Lexed<'a>,
    /// Which currencies the page speaks of; read when the first shared symbol is met.
    votes: OnceCell<Votes>,
}

/// All amounts of a text, in order, none overlapping.
pub(crate) fn find(rules: &Rules, lexed: &Lexed<'_>) -> Vec<Quantity> {
    let scan = Scan { rules, lexed, votes: OnceCell::new() };
    let mut found = Vec::new();
    let mut index = 0;
    while index < lexed.items.len() {
        if !number::may_start(&rules.numerals, lexed, index) {
            index += 1;
            continue;
        }
        let (quantity, next) = scan.quantity_at(index);
        found.extend(quantity);
        // Always past `index`, so that the pass ends.
        index = next.max(index + 1);
    }
    found
}

impl Scan<'_> {
    /// The quantity whose number starts at lexeme `index`, if it says something, and where to go on.
    fn quantity_at(&self, index: usize) -> (Option<Quantity>, usize) {
        if let Some((quantity, next)) = self.reference_at(index) {
            return (Some(quantity), next);
        }
        if let Some(next) = self.code_at(index) {
            return (None, next);
        }
        let Some(item) = self.item_at(index) else { return (None, index + 1) };
        let whole = self.share(item).unwrap_or_else(|| self.with_unit_of_row(self.with_range(item)));
        let next = whole.next;
        (self.quantity_of(whole), next)
    }

    fn votes(&self) -> &Votes {
        self.votes.get_or_init(|| self.rules.currencies.votes(self.lexed))
    }

    fn quantity_of(&self, mut item: Item) -> Option<Quantity> {
        if let Some(first) = self.rank_at(&item) {
            item.first = first;
            item.ordinal = true;
        }
        let value = match item.unit {
            Unit::None if item.ordinal => {
                self.ordinal_counts(&item).then_some(Value::Ordinal(item.amount()))?
            }
            Unit::None => self.count_of(&item)?,
            Unit::Money(_)
                if self.lexed.at(item.next).glued && self.lexed.at(item.next).shape == Shape::Word =>
            {
                return None;
            }
            Unit::Money(denomination) => {
                let currency = self.rules.currencies.resolve(denomination, self.votes());
                Value::Money { amount: item.amount(), currency }
            }
            Unit::Percent { .. } | Unit::Measure(_) if self.glued_before(item.first) => return None,
            Unit::Percent { points } => Value::Percent { amount: item.amount(), points },
            Unit::Measure(unit) => Value::Measure { amount: item.amount(), measure: unit.measure(item.low) },
        };
        let span = self.lexed.span(item.first, item.next);
        Some(Quantity { modifier: item.modifier, ..proposal(span, value) })
    }
}

impl Item {
    const fn amount(&self) -> Amount {
        Amount { low: self.low, high: self.high, scale: self.scale }
    }
}
