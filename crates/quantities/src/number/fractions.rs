//! Fractions in words and in one character: `two-thirds`, `half a million`, `three and a quarter`, `½`.

use copydesk_types::Number;
use rust_decimal::Decimal;

use super::{Form, Numeral, Reader};
use crate::exact;
use crate::numerals::Role;

impl Reader<'_> {
    /// A fraction that opens with its word or counts denominators: `half a million`, `two-thirds`, `a quarter`.
    pub(super) fn fraction(&self, index: usize) -> Option<Numeral> {
        let (value, next, ordinal) = self.simple_fraction(index)?;
        let mut numeral = self.plain(value, next, Form::Words);
        numeral.ordinal = ordinal;
        // `half a million`, `a quarter of a million`, `half million`
        let of = usize::from(self.lexed.id(next) == self.numerals.of);
        let a = usize::from(self.lexed.id(next + of) == self.numerals.a);
        let scale_at = next + of + a;
        if of <= a
            && let Some(Role::Scale(_) | Role::Hundred | Role::Dozen) = self.role(scale_at)
        {
            let mut scaled = self.plain(value, scale_at, Form::Words);
            self.multiply(&mut scaled)?;
            return Some(scaled);
        }
        Some(numeral)
    }

    /// `half`, `a third` (which may be an ordinal: third value), `three quarters`, `one-fifth`.
    pub(super) fn simple_fraction(&self, index: usize) -> Option<(Number, usize, bool)> {
        let word = self.lexed.id(index);
        if self.role(index) == Some(Role::Half) {
            return Some((exact::ratio(1, 2)?, index + 1, false));
        }
        if self.role(index) == Some(Role::Quarter) {
            // `quarter of a million`, `quarter-litre`; a bare `quarter` is three months.
            let scaled = matches!(self.role(index + 1), Some(Role::Scale(_)))
                || self.hyphened(index + 1) > index + 1
                || (self.lexed.id(index + 1) == self.numerals.of
                    && self.lexed.id(index + 2) == self.numerals.a);
            return scaled.then_some((exact::ratio(1, 4)?, index + 1, false));
        }
        let (top, at) = if word == self.numerals.a || word == self.numerals.an {
            (1, index + 1)
        } else {
            match self.role(index)? {
                Role::Small(n) if n > 0 => (i64::from(n), index + 1),
                Role::Teen(n) => (i64::from(n), index + 1),
                _ => return None,
            }
        };
        let dash = self.lexed.is_dash(at) && self.lexed.at(at).glued && self.lexed.at(at + 1).glued;
        let at = at + usize::from(dash);
        let (bottom, next) = self.denominator(at, top != 1)?;
        let a = word == self.numerals.a || word == self.numerals.an;
        let ordinal = a && !matches!(self.role(at), Some(Role::Half | Role::Quarter));
        Some((exact::ratio(top, bottom)?, next, ordinal))
    }

    pub(super) fn denominator(&self, at: usize, plural: bool) -> Option<(i64, usize)> {
        let bottom = match self.role(at)? {
            Role::Denominator(n) if plural && n > 1 => i64::from(n),
            Role::DenominatorScale(power) if plural => 10_i64.checked_pow(power.into())?,
            Role::Half | Role::Quarter if plural => return None,
            Role::Half => 2,
            Role::Quarter => 4,
            Role::OrdinalSmall(n) | Role::OrdinalTeen(n) | Role::OrdinalTens(n) if !plural && n > 2 => {
                i64::from(n)
            }
            Role::OrdinalHundred if !plural => 100,
            Role::OrdinalScale(power) if !plural => 10_i64.checked_pow(power.into())?,
            _ => return None,
        };
        Some((bottom, at + 1))
    }

    /// A fraction below one with its parts in words: `three quarters`, `fifty-four hundredths`.
    fn proper_fraction(&self, at: usize) -> Option<(Number, usize)> {
        if let Some((fraction, next, _)) = self.simple_fraction(at) {
            return Some((fraction, next));
        }
        let part = self.below_thousand(at).filter(|part| !part.ordinal)?;
        let numeral =
            self.over_denominator(self.plain(Number::Decimal(part.value.into()), part.next, Form::Words))?;
        Some((numeral.number, numeral.next))
    }

    /// A number in words over the denominator behind it: `one twenty-fifth`, `fifty-four hundredths`, `thirty fifths`; of
    /// tens and a denominator below ten, the denominator (`three twenty-firsts`, `one hundred thirty fifths`).
    pub(super) fn over_denominator(&self, numeral: Numeral) -> Option<Numeral> {
        let top = exact::whole(numeral.number).filter(|top| *top > 0)?;
        let spaced = self.lexed.is_mark(numeral.next, b'-') && !self.lexed.at(numeral.next).glued;
        let at = if spaced { numeral.next + 1 } else { self.hyphened(numeral.next) };
        let tens = |at: usize| match (self.role(at), self.role(self.hyphened(at + 1))) {
            (Some(Role::Tens(tens)), Some(Role::Denominator(n))) if n < 10 => {
                Some((i64::from(tens), i64::from(n)))
            }
            _ => None,
        };
        // `one hundred and thirty fifths` is 130 of them.
        let one_number = self.is_and(numeral.next.saturating_sub(2));
        if !one_number
            && let Some((tens, small)) = tens(numeral.next - 1)
            && top > tens
        {
            let number = exact::ratio(top - tens, tens + small)?;
            return Some(self.plain(number, at + 1, Form::Words));
        }
        if let Some((tens, small)) = tens(at) {
            let number = exact::ratio(top, tens + small)?;
            return Some(self.plain(number, self.hyphened(at + 1) + 1, Form::Words));
        }
        if let Some((bottom, next)) = self.denominator(at, top != 1) {
            return Some(self.plain(exact::ratio(top, bottom)?, next, Form::Words));
        }
        let place = self.below_thousand(at).filter(|place| top == 1 && place.ordinal && place.value > 2)?;
        Some(self.plain(exact::ratio(1, place.value.into())?, place.next, Form::Words))
    }

    /// `and a half`, `and three quarters`: of the last scale.
    pub(super) fn add_fraction(&self, numeral: &mut Numeral) -> bool {
        if !self.is_and(numeral.next) {
            return false;
        }
        let at = numeral.next + 1;
        let Some((fraction, mut next)) = self.proper_fraction(at) else { return false };
        let bare_half = self.role(at) == Some(Role::Half);
        let one = Number::Decimal(Decimal::ONE);
        // `one billion and a quarter million`
        let own = match self.role(next) {
            Some(Role::Scale(power)) if u32::from(power) < numeral.power => Some(u32::from(power)),
            _ => None,
        };
        next += usize::from(own.is_some());
        let power = own.unwrap_or(numeral.power);
        let scale = exact::power_of_ten(power).filter(|_| power > 2).map_or(one, Number::Decimal);
        let Some(sum) = exact::mul(fraction, scale).and_then(|part| exact::add(numeral.number, part)) else {
            return false;
        };
        if bare_half || !exact::less(fraction, one) {
            return false;
        }
        let mut whole = Numeral { number: sum, next, ..*numeral };
        if numeral.power == 0 && self.multiply(&mut whole).is_none() {
            return false;
        }
        *numeral = whole;
        true
    }
}

/// The value of a fraction that is one character.
pub(super) fn vulgar(character: &str) -> Option<Number> {
    const VULGAR: [(&str, i64, i64); 18] = [
        ("¼", 1, 4),
        ("½", 1, 2),
        ("¾", 3, 4),
        ("⅐", 1, 7),
        ("⅑", 1, 9),
        ("⅒", 1, 10),
        ("⅓", 1, 3),
        ("⅔", 2, 3),
        ("⅕", 1, 5),
        ("⅖", 2, 5),
        ("⅗", 3, 5),
        ("⅘", 4, 5),
        ("⅙", 1, 6),
        ("⅚", 5, 6),
        ("⅛", 1, 8),
        ("⅜", 3, 8),
        ("⅝", 5, 8),
        ("⅞", 7, 8),
    ];
    VULGAR.iter().find(|(c, ..)| *c == character).and_then(|&(_, p, q)| exact::ratio(p, q))
}
