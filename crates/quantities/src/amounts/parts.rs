//! Amounts that are told in two units: `thirteen dollars and forty-five cents`, `5 feet 2 inches`.

use copydesk_types::Number;
use rust_decimal::Decimal;

use super::Scan;
use super::item::{Item, Unit};
use crate::currencies::Denomination;
use crate::exact;
use crate::number::number_at;
use crate::units::UnitTerm;

impl Scan<'_> {
    /// `thirteen dollars and forty-five cents`, `15 dollars 50.`
    pub(super) fn add_parts_of_money(&self, item: &mut Item, denomination: Denomination) {
        if item.power > 0 || exact::whole(item.low).is_none() {
            return;
        }
        let and = usize::from(self.lexed.id(item.next) == self.rules.numerals.and);
        let at = item.next + and;
        let Some(part) = number_at(&self.rules.numerals, self.lexed, at).filter(|part| !part.ordinal) else {
            return;
        };
        let minor = self
            .rules
            .currencies
            .at(self.lexed, part.next)
            .filter(|(minor, _)| denomination.has_part(*minor));
        let (worth, next) = match minor {
            Some((minor, next)) => (minor.worth(), next),
            None if self.is_small_change(at, part.next) && and == 0 && !item.unit_before => {
                (Number::Decimal(Decimal::new(1, 2)), part.next)
            }
            None => return,
        };
        if let Some(sum) = exact::mul(part.number, worth).and_then(|worth| exact::add(item.low, worth)) {
            item.low = sum;
            item.next = next;
        }
    }

    /// Whether lexeme `index` is two digits that nothing follows in the clause.
    fn is_small_change(&self, index: usize, next: usize) -> bool {
        let digits = self.lexed.str(index);
        let ends = matches!(self.lexed.str(next), "." | "," | ";" | "!" | "?" | ")" | "" | "more" | "each");
        digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) && next == index + 1 && ends
    }

    /// `5 feet 2 inches`, `2 km, 100 m`: one measure, in the last unit, which holds it exactly; of feet and inches in feet.
    pub(super) fn add_parts_of_measure(&self, item: &mut Item, unit: UnitTerm) {
        let mut unit = unit;
        let opening = unit;
        while let Some((low, part, next)) = self.measure_part(item, unit, opening) {
            item.low = low;
            item.unit = Unit::Measure(part);
            item.next = next;
            unit = part;
        }
    }

    /// The sum of an item and the lesser measure behind it, the sum's unit, and the lexeme after it.
    fn measure_part(
        &self,
        item: &Item,
        unit: UnitTerm,
        opening: UnitTerm,
    ) -> Option<(Number, UnitTerm, usize)> {
        /// Inches to a foot, for `6-foot-7`.
        const INCHES: i64 = 12;
        let comma = usize::from(self.lexed.is_mark(item.next, b','));
        let and = usize::from(self.lexed.id(item.next + comma) == self.rules.numerals.and);
        let hyphen = self.past_hyphen(item.next) - item.next;
        let part = number_at(&self.rules.numerals, self.lexed, item.next + comma + and + hyphen)
            .filter(|part| !part.ordinal)?;
        let probe = Item { next: part.next, form: part.form, ..*item };
        if hyphen == 1 && unit.keeps_parts() && exact::whole(part.number).is_some_and(|n| n < INCHES) {
            let next =
                self.measure_at(self.past_hyphen(part.next), &probe).map_or(part.next, |(_, next)| next);
            let inches = exact::div(part.number, Number::Decimal(INCHES.into()))?;
            return Some((exact::add(item.low, inches)?, unit, next));
        }
        let (lesser, next) = self.measure_at(self.past_hyphen(part.next), &probe)?;
        let count = unit.parts(lesser)?;
        let sum = if opening.keeps_parts() {
            (exact::add(item.low, exact::div(part.number, count)?)?, unit, next)
        } else {
            (exact::add(exact::mul(item.low, count)?, part.number)?, lesser, next)
        };
        Some(sum)
    }
}
