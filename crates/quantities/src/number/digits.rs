//! Numbers in digits, with what is glued to them: groups set off by blanks, fractions, exponents, ordinal suffixes.

use copydesk_text::number;
use copydesk_types::Number;
use rust_decimal::Decimal;

use super::fractions::vulgar;
use super::{Form, Numeral, Reader};
use crate::exact;
use crate::lexer::Shape;

/// Digits that a decimal holds.
const MOST_DIGITS: usize = 28;

impl Reader<'_> {
    /// Digits, with what is glued to them: groups set off by blanks, a fraction, an ordinal's suffix, a scale.
    pub(super) fn digits(&self, index: usize) -> Option<Numeral> {
        let lexeme = self.lexed.at(index);
        let (value, mut next) = if lexeme.shape == Shape::Fraction {
            (vulgar(self.lexed.str(index))?, index + 1)
        } else {
            let (value, next) = self
                .spaced_groups(index)
                .or_else(|| Some((number::decimal(self.lexed.str(index), self.lexed.style)?, index + 1)))?;
            (Number::Decimal(value), next)
        };
        let mut value = value;
        if lexeme.shape == Shape::Digits {
            if self.lexed.at(next).glued && self.numerals.suffixes.contains(&self.lexed.id(next)) {
                exact::whole(value)?;
                return Some(self.ordinal(value, next + 1, Form::Digits));
            }
            if let Some((with, after)) =
                self.with_fraction(value, next).or_else(|| self.with_exponent(value, next))
            {
                (value, next) = (with, after);
            }
        }
        let mut numeral = self.plain(value, next, Form::Digits);
        self.multiply(&mut numeral)?;
        Some(numeral)
    }

    /// `1 234 567`: groups of three digits behind blanks.
    pub(super) fn spaced_groups(&self, index: usize) -> Option<(Decimal, usize)> {
        let is_group = |i: usize| {
            let lexeme = self.lexed.at(i);
            lexeme.shape == Shape::Digits && lexeme.span.len() >= 3 && !lexeme.glued
        };
        let first = self.lexed.str(index);
        if first.len() > 3 || first.starts_with('0') || !first.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if !is_group(index + 1) {
            return None;
        }
        let mut digits = first.to_owned();
        let mut next = index + 1;
        let mut firm = false;
        while is_group(next) {
            let gap = &self.lexed.text[self.lexed.at(next - 1).span.end..self.lexed.at(next).span.start];
            let group = self.lexed.str(next);
            let whole = group.bytes().all(|b| b.is_ascii_digit());
            let (head, tail) = group.split_at(3);
            let decimals = tail.is_empty()
                || (tail.starts_with(['.', ',']) && tail[1..].bytes().all(|b| b.is_ascii_digit()));
            if gap.chars().count() != 1 || !head.bytes().all(|b| b.is_ascii_digit()) || !decimals {
                break;
            }
            // One group behind one blank may be a number of its own, but for round ones: `10 000`.
            firm |= gap != " " || next > index + 1 || head.ends_with("00");
            digits.push_str(head);
            if digits.len() > MOST_DIGITS {
                return None;
            }
            if !tail.is_empty() {
                digits.push('.');
                digits.push_str(&tail[1..]);
            }
            next += 1;
            if !whole {
                break;
            }
        }
        firm.then_some(())?;
        Some((digits.parse().ok()?, next))
    }

    /// `3½`, `3 ½`, `3 1/2`, `1/2`.
    pub(super) fn with_fraction(&self, value: Number, next: usize) -> Option<(Number, usize)> {
        if self.lexed.at(next).shape == Shape::Fraction {
            return Some((exact::add(value, vulgar(self.lexed.str(next))?)?, next + 1));
        }
        let whole = exact::whole(value)?;
        if let Some((bottom, after)) = self.slash_part(next) {
            // `15/2` is rather a date, `10/10` a mark.
            return (bottom > whole).then(|| exact::ratio(whole, bottom))?.map(|ratio| (ratio, after));
        }
        // `3 1/2`, and `3-1/2`
        let top_at =
            if self.lexed.is_mark(next, b'-') && self.lexed.at(next + 1).glued { next + 1 } else { next };
        let top: i64 = self.small_digits(top_at)?;
        let (bottom, after) = self.slash_part(top_at + 1)?;
        if top >= bottom || bottom > 64 {
            return None;
        }
        Some((exact::add(value, exact::ratio(top, bottom)?)?, after))
    }

    /// `2.48×10−5`, `1.3x10^6`, `4e14`, `8x2^10`, `1.1^23`.
    pub(super) fn with_exponent(&self, value: Number, next: usize) -> Option<(Number, usize)> {
        let lexed = self.lexed;
        let one = Number::Decimal(Decimal::ONE);
        let (factor, base, sign_at) = match lexed.str(next) {
            "e" | "E" if lexed.at(next).glued => (value, Number::Decimal(Decimal::TEN), next + 1),
            "^" if lexed.at(next).glued => (one, value, next + 1),
            "×" | "x" | "*" => {
                let base = Number::Decimal(Decimal::from(self.small_digits(next + 1)?));
                let caret = lexed.is_mark(next + 2, b'^');
                let ten = lexed.str(next + 1) == "10";
                (value, base, (caret || ten).then_some(next + 2 + usize::from(caret))?)
            }
            _ => return None,
        };
        let negative = lexed.is_dash(sign_at);
        let at = sign_at + usize::from(negative || lexed.is_mark(sign_at, b'+'));
        let exponent = i32::try_from(self.small_digits(at)?).ok().filter(|_| lexed.at(at).glued)?;
        let power = exact::power(base, if negative { -exponent } else { exponent })?;
        Some((exact::mul(factor, power)?, at + 1))
    }

    pub(super) fn slash_part(&self, slash: usize) -> Option<(i64, usize)> {
        let glued = self.lexed.at(slash).glued && self.lexed.at(slash + 1).glued;
        let bottom = self.small_digits(slash + 1).filter(|_| glued && self.lexed.is_mark(slash, b'/'))?;
        let next = self.lexed.at(slash + 2);
        // `1/2h`, `3/4in`
        let unit = next.shape == Shape::Word && matches!(bottom, 2 | 3 | 4 | 8 | 16 | 32);
        // `2 1/2-year`, but `1/2-3`
        let compound = self.lexed.is_dash(slash + 2) && self.lexed.at(slash + 3).shape == Shape::Word;
        (!next.glued || self.ends_word(slash + 2) || unit || compound).then_some((bottom, slash + 2))
    }

    /// Whether lexeme `index` is punctuation that cannot go on with a number.
    pub(super) fn ends_word(&self, index: usize) -> bool {
        self.lexed.at(index).shape == Shape::Mark
            && !self.lexed.is_mark(index, b'/')
            && !self.lexed.is_dash(index)
    }

    pub(super) fn small_digits(&self, index: usize) -> Option<i64> {
        let lexeme = self.lexed.at(index);
        (lexeme.shape == Shape::Digits && lexeme.span.len() <= 3)
            .then(|| self.lexed.str(index).parse().ok())?
    }
}
