//! One number with its sign, its currency, percent sign or unit.

use copydesk_types::{Modifier, Number, Span};

use super::Scan;
use crate::context::Class;
use crate::currencies::Denomination;
use crate::exact;
use crate::lexer::Shape;
use crate::number::{Form, Numeral, number_at};
use crate::units::UnitTerm;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    None,
    Money(Denomination),
    Percent { points: bool },
    Measure(UnitTerm),
}

/// A number with its unit, or a range of such.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its first lexeme and the one after its last.
    pub(super) first: usize,
    pub(super) next: usize,
    /// The lexeme where the number itself starts.
    pub(super) number_at: usize,
    pub(super) low: Number,
    pub(super) high: Option<Number>,
    pub(super) scale: Option<Span>,
    /// Power of ten of the scale word.
    pub(super) power: u32,
    pub(super) form: Form,
    pub(super) unit: Unit,
    /// Whether the unit stands in front.
    pub(super) unit_before: bool,
    pub(super) ordinal: bool,
    /// A modifier that stands inside a range.
    pub(super) modifier: Option<Modifier>,
}

impl Scan<'_> {
    /// The number at lexeme `index` with what belongs to it.
    pub(super) fn item_at(&self, index: usize) -> Option<Item> {
        let numeral = number_at(&self.rules.numerals, self.lexed, index)?;
        if numeral.ordinal {
            return Some(self.ordinal_item(index, numeral));
        }
        let (sign, negative) = self.sign_before(index, numeral.next);
        let mut item = Item {
            first: sign,
            next: numeral.next,
            number_at: index,
            low: numeral.number,
            high: None,
            scale: numeral.scale,
            power: numeral.power,
            form: numeral.form,
            unit: Unit::None,
            unit_before: false,
            ordinal: false,
            modifier: None,
        };
        let before = self.currency_before(sign, &item);
        if let Some((denomination, first)) = before {
            item.unit = Unit::Money(denomination);
            item.unit_before = true;
            let (outer_sign, outer_negative) = self.sign_before(first, item.next);
            item.first = if outer_negative { outer_sign } else { first };
            item.low = if outer_negative { exact::negate(item.low) } else { item.low };
            self.regroup(&mut item, denomination);
        }
        if negative {
            item.low = exact::negate(item.low);
        }
        self.add_letter_scale(&mut item);
        match before {
            Some((denomination, _)) => self.add_code_behind(&mut item, denomination),
            None => self.add_unit_behind(&mut item),
        }
        Some(item)
    }

    /// Of `a third` that is no fraction, the place.
    fn ordinal_item(&self, index: usize, numeral: Numeral) -> Item {
        let fraction = exact::whole(numeral.number).is_none()
            && matches!(self.lexed.id(index), a if a == self.rules.numerals.a || a == self.rules.numerals.an);
        let mut item = Item {
            first: index,
            next: numeral.next,
            number_at: index,
            low: numeral.number,
            high: None,
            scale: None,
            power: 0,
            form: numeral.form,
            unit: Unit::None,
            unit_before: false,
            ordinal: true,
            modifier: None,
        };
        if fraction && self.part_follows(numeral.next) {
            item.ordinal = false;
        } else if fraction && let Some(place) = number_at(&self.rules.numerals, self.lexed, index + 1) {
            item.first = index + 1;
            item.low = place.number;
            item.next = place.next;
        }
        item
    }

    /// Whether what follows `a third` takes it as a part: no noun.
    pub(super) fn part_follows(&self, next: usize) -> bool {
        // `a third-party candidate`
        let compound = self.past_hyphen(next) > next;
        self.lexed.id(next) == self.rules.numerals.of
            || self.lexed.at(next).shape != Shape::Word && !compound
            || self.rules.context.is(self.lexed, next, Class::Closed)
    }

    /// The lexeme of a minus sign in front of `index`, or `index`, for the number that ends before `next`.
    fn sign_before(&self, index: usize, next: usize) -> (usize, bool) {
        let Some(sign) = index.checked_sub(1) else { return (index, false) };
        let lexed = self.lexed;
        // `plus or minus 3 points` is no sign.
        let either = sign > 0 && lexed.id(sign - 1) == self.rules.or;
        let word =
            self.rules.minus.contains(&lexed.id(sign)) && lexed.at(sign).shape == Shape::Word && !either;
        let mark = lexed.at(sign).shape == Shape::Mark
            && matches!(lexed.str(sign), "-" | "−" | "–")
            && if lexed.at(index).glued {
                // `2 -7 l` is a range.
                lexed.at(sign - 1).shape != Shape::Digits
                    && (!lexed.at(sign).glued || matches!(lexed.str(sign - 1), "(" | "<" | ">" | "="))
            } else {
                !lexed.at(sign).glued && self.may_be_below_zero(sign, next)
            };
        if word || mark { (sign, true) } else { (index, false) }
    }

    /// Whether a minus sign apart from its number, which ends before `next`, is one rather than a dash or a list's mark:
    /// degrees are below zero, and so is a number that stands alone.
    fn may_be_below_zero(&self, sign: usize, next: usize) -> bool {
        let lexed = self.lexed;
        let behind = lexed.at(sign - 1);
        let degrees = self.rules.units.terms.at(lexed, next).is_some_and(|(unit, _)| unit.is_temperature());
        let alone = behind.shape == Shape::Break
            && (lexed.at(next).shape == Shape::Break || lexed.at(next + 1).shape == Shape::Break);
        degrees && behind.shape != Shape::Digits || alone
    }
}
