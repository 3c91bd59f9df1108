//! Amounts in a row whose unit stands behind the last: `45 and 50 mg`, `5, 10 and 15 percent`, `from 5.2 to 5.5 percent`.

use super::Scan;
use super::item::{Item, Unit};
use crate::lexer::Shape;
use crate::number::number_at;

/// Amounts in a row.
const LONGEST: usize = 6;

impl Scan<'_> {
    /// `item`, a number without a unit, with the unit that stands behind the last amount of its row.
    pub(super) fn with_unit_of_row(&self, item: Item) -> Item {
        self.unit_of_row(&item).unwrap_or(item)
    }

    fn unit_of_row(&self, item: &Item) -> Option<Item> {
        if item.unit != Unit::None || item.ordinal || item.high.is_some() {
            return None;
        }
        let mut end = item.next;
        for place in 0..LONGEST {
            let (last, at) = self.row_joint(item, end, place)?;
            let numeral = number_at(&self.rules.numerals, self.lexed, at)
                .filter(|numeral| !numeral.ordinal && numeral.form == item.form)?;
            end = numeral.next;
            if last {
                // `from 83 to 165 million tonnes`
                let to = self.lexed.id(at - 1) == self.rules.to;
                let high = Item { low: numeral.number, power: numeral.power, ..*item };
                let low = if to { self.scaled_like(item, &high)? } else { item.low };
                let mut row = Item { next: end, low, ..*item };
                self.add_unit_behind(&mut row);
                let tells = row.unit != Unit::None || low != item.low;
                let counted = tells && self.count_of(item).is_some();
                return counted.then_some(Item { next: item.next, ..row });
            }
        }
        None
    }

    /// Whether the amount behind `at`, where one of so many before it ends, is the last of a row, and its lexeme. A comma
    /// stands before the last only in a longer row: `fell 17.92, or 0.2 percent` says one thing twice.
    fn row_joint(&self, item: &Item, at: usize, place: usize) -> Option<(bool, usize)> {
        let lexed = self.lexed;
        let comma = usize::from(lexed.is_mark(at, b',') && !lexed.at(at + 1).glued);
        let listed = item.first > 1
            && lexed.is_mark(item.first - 1, b',')
            && lexed.at(item.first - 2).shape == Shape::Digits;
        let id = lexed.id(at + comma);
        let last = id == self.rules.numerals.and && (comma == 0 || place > 0 || listed)
            || id == self.rules.or && comma == 0
            || comma == 0 && id == self.rules.to && self.opens_with(item, self.rules.from);
        (last || comma == 1).then_some((last, at + comma + usize::from(last)))
    }
}
