//! Whole numbers in words, and ordinals: `three hundred and one`, `nineteen hundred`, `twenty-first`.

use copydesk_types::Number;
use rust_decimal::Decimal;

use super::{Form, Numeral, Reader};
use crate::exact;
use crate::numerals::Role;

/// A part below a thousand in words, or a sum of such.
pub(super) struct Part {
    pub(super) value: u32,
    pub(super) next: usize,
    pub(super) ordinal: bool,
}

impl Reader<'_> {
    /// A number in words: the first part and the scale words behind it.
    pub(super) fn words(&self, index: usize) -> Option<Numeral> {
        if let Some(Role::OrdinalScale(power)) = self.role(index) {
            let place = Number::Decimal(exact::power_of_ten(power.into())?);
            return Some(self.ordinal(place, index + 1, Form::Words));
        }
        let a = self.lexed.id(index) == self.numerals.a;
        let at = index + usize::from(a);
        let part = if a || matches!(self.role(at), Some(Role::Scale(_) | Role::Dozen)) {
            // `a hundred`, `a million`, `thousand nine hundred`
            match self.role(at)? {
                Role::Hundred => self.hundreds(1, at),
                Role::Scale(_) | Role::Dozen => Part { value: 1, next: at, ordinal: false },
                Role::OrdinalScale(_) | Role::OrdinalHundred => Part { value: 1, next: at, ordinal: false },
                _ => return None,
            }
        } else {
            self.below_thousand(at)?
        };
        let value = Number::Decimal(part.value.into());
        if part.ordinal {
            return Some(self.ordinal(value, part.next, Form::Words));
        }
        let mut numeral = self.plain(value, part.next, Form::Words);
        self.add_decimals(&mut numeral);
        self.multiply(&mut numeral)?;
        Some(numeral)
    }

    /// `forty-two`, `three hundred and one`, `nineteen hundred`, `hundred`.
    pub(super) fn below_thousand(&self, index: usize) -> Option<Part> {
        match self.role(index)? {
            Role::Hundred => Some(self.hundreds(1, index)),
            Role::OrdinalHundred => Some(Part { value: 100, next: index + 1, ordinal: true }),
            _ => {
                let part = self.below_hundred(index)?;
                if part.ordinal
                    || !matches!(
                        self.role(self.hyphened(part.next)),
                        Some(Role::Hundred | Role::PluralScale(2) | Role::OrdinalHundred)
                    )
                {
                    return Some(part);
                }
                Some(self.hundreds(part.value, self.hyphened(part.next)))
            }
        }
    }

    /// `count` hundreds, whose word stands at `at`, and what follows below a hundred.
    pub(super) fn hundreds(&self, count: u32, at: usize) -> Part {
        let value = count * 100;
        if self.role(at) == Some(Role::OrdinalHundred) {
            return Part { value, next: at + 1, ordinal: true };
        }
        let rest = at + 1;
        let and = usize::from(self.is_and(rest));
        match self.below_hundred(self.hyphened(rest) + and) {
            Some(part) => Part { value: value + part.value, ..part },
            None => Part { value, next: rest, ordinal: false },
        }
    }

    pub(super) fn below_hundred(&self, index: usize) -> Option<Part> {
        let plain = |n: u8| Some(Part { value: n.into(), next: index + 1, ordinal: false });
        match self.role(index)? {
            Role::Small(n) | Role::Teen(n) => plain(n),
            Role::OrdinalSmall(n) | Role::OrdinalTeen(n) | Role::OrdinalTens(n) => {
                Some(Part { value: n.into(), next: index + 1, ordinal: true })
            }
            Role::Tens(tens) => {
                // Also `fifty - two`, as treebanks set it.
                let spaced = self.lexed.is_mark(index + 1, b'-') && !self.lexed.at(index + 1).glued;
                let at = if spaced { index + 2 } else { self.hyphened(index + 1) };
                match self.role(at) {
                    Some(Role::Small(n)) if n > 0 => {
                        Some(Part { value: u32::from(tens + n), next: at + 1, ordinal: false })
                    }
                    Some(Role::OrdinalSmall(n)) => {
                        Some(Part { value: u32::from(tens + n), next: at + 1, ordinal: true })
                    }
                    _ => Some(Part { value: tens.into(), next: index + 1, ordinal: false }),
                }
            }
            _ => None,
        }
    }

    /// Past a hyphen that joins two number words.
    pub(super) fn hyphened(&self, index: usize) -> usize {
        let joins = self.lexed.is_dash(index) && self.lexed.at(index).glued && self.lexed.at(index + 1).glued;
        index + usize::from(joins)
    }

    pub(super) fn is_and(&self, index: usize) -> bool {
        self.lexed.id(index) == self.numerals.and || self.lexed.is_mark(index, b'&')
    }

    /// `three point five`, `nought point eleven`
    pub(super) fn add_decimals(&self, numeral: &mut Numeral) {
        if self.lexed.id(numeral.next) != self.numerals.point {
            return;
        }
        let (mut next, mut mantissa, mut digits) = (numeral.next + 1, 0_i64, 0);
        while let Some(Role::Small(n)) = self.role(next)
            && digits < 15
        {
            mantissa = mantissa * 10 + i64::from(n);
            digits += 1;
            next += 1;
        }
        if digits == 0
            && let Some(part) = self.below_hundred(next).filter(|part| !part.ordinal)
        {
            (mantissa, digits, next) = (part.value.into(), 2, part.next);
        }
        if digits > 0
            && let Some(sum) = exact::add(numeral.number, Number::Decimal(Decimal::new(mantissa, digits)))
        {
            numeral.number = sum;
            numeral.next = next;
        }
    }
}
