//! Reads one number at a lexeme: digits, words, both (`19.042 trillion`, `two and a half million`, `3 hundred and 21`),
//! fractions (`two-thirds`, `half a million`, `3 1/2`) and ordinals (`33rd`, `twenty-first`). Value and rest.

use copydesk_text::number;
use copydesk_types::{Number, Span};
use rust_decimal::Decimal;

use crate::exact;
use crate::lexer::{Lexed, Shape};
use crate::numerals::{Numerals, Role};

/// How a number is written; of a mixed one, its first part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `1,234.5`, `½`
    Digits,
    /// `two hundred`
    Words,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Its value, the scale word multiplied in.
    pub(crate) number: Number,
    /// The lexeme after it.
    pub(crate) next: usize,
    /// The scale word as printed, where it follows the rest of the number.
    pub(crate) scale: Option<Span>,
    /// The power of ten of the scale word.
    pub(crate) power: u32,
    /// How it is written.
    pub(crate) form: Form,
    /// Whether it is a place in an order, or (`a third`) may be one.
    pub(crate) ordinal: bool,
}

/// The number at lexeme `index`, as long as it goes. A sign in front is not read.
pub(crate) fn number_at(numerals: &Numerals, lexed: &Lexed<'_>, index: usize) -> Option<Numeral> {
    let reader = Reader { numerals, lexed };
    let mut numeral = match lexed.at(index).shape {
        Shape::Digits | Shape::Fraction => reader.digits(index),
        Shape::Word => reader.fraction(index).or_else(|| reader.words(index)),
        Shape::Mark | Shape::Break => None,
    }?;
    if !numeral.ordinal {
        reader.add_lower_parts(&mut numeral);
    }
    Some(numeral)
}

/// Whether a number can start at lexeme `index`: a cheap test before [`number_at`].
pub(crate) fn may_start(numerals: &Numerals, lexed: &Lexed<'_>, index: usize) -> bool {
    let lexeme = lexed.at(index);
    match lexeme.shape {
        Shape::Digits | Shape::Fraction => true,
        Shape::Word => match numerals.role(lexeme.id) {
            Some(Role::PluralScale(_) | Role::Abbreviation(_) | Role::Letter(_) | Role::PluralDozen) => false,
            Some(Role::Denominator(_)) => false,
            Some(_) => true,
            None => lexeme.id == numerals.a || lexeme.id == numerals.an,
        },
        Shape::Mark | Shape::Break => false,
    }
}

/// A part below a thousand in words, or a sum of such.
struct Part {
    value: u32,
    next: usize,
    ordinal: bool,
    /// Whether it closes with a plain number below ten, which a denominator can follow.
    open: bool,
}

struct Reader<'a> {
    numerals: &'a Numerals,
    lexed: &'a Lexed<'a>,
}

impl Reader<'_> {
    fn role(&self, index: usize) -> Option<Role> {
        self.numerals.role(self.lexed.id(index))
    }

    /// Digits, with what is glued to them: groups set off by blanks, a fraction, an ordinal's suffix, a scale.
    fn digits(&self, index: usize) -> Option<Numeral> {
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
    fn spaced_groups(&self, index: usize) -> Option<(Decimal, usize)> {
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
            if !tail.is_empty() {
                digits.push('.');
                digits.push_str(&tail[1..]);
            }
            next += 1;
            if !whole {
                break;
            }
        }
        (firm && digits.len() <= 29).then_some(())?;
        Some((digits.parse().ok()?, next))
    }

    /// `3½`, `3 ½`, `3 1/2`, `1/2`.
    fn with_fraction(&self, value: Number, next: usize) -> Option<(Number, usize)> {
        if self.lexed.at(next).shape == Shape::Fraction {
            return Some((exact::add(value, vulgar(self.lexed.str(next))?)?, next + 1));
        }
        let whole = exact::whole(value)?;
        if let Some((bottom, after)) = self.slash_part(next) {
            return (bottom > 1).then(|| exact::ratio(whole, bottom))?.map(|ratio| (ratio, after));
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

    /// `2.48×10−5`, `1.3x10^6`, `4e14`.
    fn with_exponent(&self, value: Number, next: usize) -> Option<(Number, usize)> {
        let lexed = self.lexed;
        let sign_at = match lexed.str(next) {
            "e" | "E" if lexed.at(next).glued => next + 1,
            "×" | "x" | "*" if lexed.str(next + 1) == "10" => {
                next + 2 + usize::from(lexed.is_mark(next + 2, b'^'))
            }
            _ => return None,
        };
        let negative = lexed.is_dash(sign_at);
        let at = sign_at + usize::from(negative || lexed.is_mark(sign_at, b'+'));
        let power = u32::try_from(self.small_digits(at)?).ok().filter(|_| lexed.at(at).glued)?;
        let factor = if negative { Decimal::try_new(1, power).ok()? } else { exact::power_of_ten(power)? };
        Some((exact::mul(value, Number::Decimal(factor))?, at + 1))
    }

    fn slash_part(&self, slash: usize) -> Option<(i64, usize)> {
        let glued = self.lexed.at(slash).glued && self.lexed.at(slash + 1).glued;
        (glued && self.lexed.is_mark(slash, b'/') && !self.lexed.at(slash + 2).glued
            || glued && self.lexed.is_mark(slash, b'/') && self.ends_word(slash + 2))
        .then_some(())?;
        Some((self.small_digits(slash + 1)?, slash + 2))
    }

    /// Whether lexeme `index` is punctuation that cannot go on with a number.
    fn ends_word(&self, index: usize) -> bool {
        self.lexed.at(index).shape == Shape::Mark
            && !self.lexed.is_mark(index, b'/')
            && !self.lexed.is_dash(index)
    }

    fn small_digits(&self, index: usize) -> Option<i64> {
        let lexeme = self.lexed.at(index);
        (lexeme.shape == Shape::Digits && lexeme.span.len() <= 3)
            .then(|| self.lexed.str(index).parse().ok())?
    }

    /// A fraction that opens with its word or counts denominators: `half a million`, `two-thirds`, `a quarter`.
    fn fraction(&self, index: usize) -> Option<Numeral> {
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
    fn simple_fraction(&self, index: usize) -> Option<(Number, usize, bool)> {
        let word = self.lexed.id(index);
        if self.role(index) == Some(Role::Half) {
            return Some((exact::ratio(1, 2)?, index + 1, false));
        }
        if self.role(index) == Some(Role::Quarter) {
            // `quarter of a million`; a bare `quarter` is three months.
            let scaled = matches!(self.role(index + 1), Some(Role::Scale(_)))
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

    fn denominator(&self, at: usize, plural: bool) -> Option<(i64, usize)> {
        let bottom = match self.role(at)? {
            Role::Denominator(n) if plural => i64::from(n),
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

    /// A number in words: the first part and the scale words behind it.
    fn words(&self, index: usize) -> Option<Numeral> {
        let a = self.lexed.id(index) == self.numerals.a;
        let at = index + usize::from(a);
        let part = if a || matches!(self.role(at), Some(Role::Scale(_) | Role::Dozen)) {
            // `a hundred`, `a million`, `thousand nine hundred`
            match self.role(at)? {
                Role::Hundred => self.hundreds(1, at),
                Role::Scale(_) | Role::Dozen => Part { value: 1, next: at, ordinal: false, open: false },
                Role::OrdinalScale(_) | Role::OrdinalHundred => {
                    Part { value: 1, next: at, ordinal: false, open: false }
                }
                _ => return None,
            }
        } else {
            self.below_thousand(at)?
        };
        let value = Number::Decimal(part.value.into());
        if part.ordinal {
            return Some(self.ordinal(value, part.next, Form::Words));
        }
        if let Some((bottom, next)) = part.open.then(|| self.denominator(part.next, true)).flatten() {
            // `twenty one fifths`
            return Some(self.plain(exact::ratio(part.value.into(), bottom)?, next, Form::Words));
        }
        let mut numeral = self.plain(value, part.next, Form::Words);
        self.add_decimals(&mut numeral);
        self.multiply(&mut numeral)?;
        Some(numeral)
    }

    /// `forty-two`, `three hundred and one`, `nineteen hundred`, `hundred`.
    fn below_thousand(&self, index: usize) -> Option<Part> {
        match self.role(index)? {
            Role::Hundred => Some(self.hundreds(1, index)),
            Role::OrdinalHundred => Some(Part { value: 100, next: index + 1, ordinal: true, open: false }),
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
    fn hundreds(&self, count: u32, at: usize) -> Part {
        let value = count * 100;
        if self.role(at) == Some(Role::OrdinalHundred) {
            return Part { value, next: at + 1, ordinal: true, open: false };
        }
        let rest = at + 1;
        let and = usize::from(self.is_and(rest));
        match self.below_hundred(self.hyphened(rest) + and) {
            Some(part) => Part { value: value + part.value, ..part },
            None => Part { value, next: rest, ordinal: false, open: true },
        }
    }

    fn below_hundred(&self, index: usize) -> Option<Part> {
        let plain = |n: u8| Some(Part { value: n.into(), next: index + 1, ordinal: false, open: n < 10 });
        match self.role(index)? {
            Role::Small(n) | Role::Teen(n) => plain(n),
            Role::OrdinalSmall(n) | Role::OrdinalTeen(n) | Role::OrdinalTens(n) => {
                Some(Part { value: n.into(), next: index + 1, ordinal: true, open: false })
            }
            Role::Tens(tens) => {
                // Also `fifty - two`, as treebanks set it.
                let spaced = self.lexed.is_mark(index + 1, b'-') && !self.lexed.at(index + 1).glued;
                let at = if spaced { index + 2 } else { self.hyphened(index + 1) };
                match self.role(at) {
                    Some(Role::Small(n)) if n > 0 => {
                        Some(Part { value: u32::from(tens + n), next: at + 1, ordinal: false, open: true })
                    }
                    Some(Role::OrdinalSmall(n)) => {
                        Some(Part { value: u32::from(tens + n), next: at + 1, ordinal: true, open: false })
                    }
                    _ => Some(Part { value: tens.into(), next: index + 1, ordinal: false, open: true }),
                }
            }
            _ => None,
        }
    }

    /// Past a hyphen that joins two number words.
    fn hyphened(&self, index: usize) -> usize {
        let joins = self.lexed.is_dash(index) && self.lexed.at(index).glued && self.lexed.at(index + 1).glued;
        index + usize::from(joins)
    }

    fn is_and(&self, index: usize) -> bool {
        self.lexed.id(index) == self.numerals.and || self.lexed.is_mark(index, b'&')
    }

    /// `three point five`
    fn add_decimals(&self, numeral: &mut Numeral) {
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
        if digits > 0
            && let Some(sum) = exact::add(numeral.number, Number::Decimal(Decimal::new(mantissa, digits)))
        {
            numeral.number = sum;
            numeral.next = next;
        }
    }

    /// Multiplies by the scale words that follow: `billion`, `lakh crore`, `hundred thousand`, `bn`, a glued `k`.
    fn multiply(&self, numeral: &mut Numeral) -> Option<()> {
        loop {
            let at = self.hyphened(numeral.next);
            let lexeme = self.lexed.at(at);
            let (factor, power) = match self.role(at) {
                Some(Role::Scale(power) | Role::PluralScale(power)) => {
                    (exact::power_of_ten(power.into())?, power)
                }
                Some(Role::Abbreviation(power))
                    if numeral.form == Form::Digits && numeral.scale.is_none() =>
                {
                    (exact::power_of_ten(power.into())?, power)
                }
                Some(Role::Hundred) => (Decimal::ONE_HUNDRED, 2),
                Some(Role::Dozen | Role::PluralDozen) => (Decimal::from(12), 0),
                Some(Role::OrdinalScale(power)) if numeral.form == Form::Words => {
                    numeral.number =
                        exact::mul(numeral.number, Number::Decimal(exact::power_of_ten(power.into())?))?;
                    numeral.next = at + 1;
                    numeral.ordinal = true;
                    return Some(());
                }
                _ => return Some(()),
            };
            numeral.number = exact::mul(numeral.number, Number::Decimal(factor))?;
            numeral.scale = Some(numeral.scale.map_or(lexeme.span, |scale| scale.join(lexeme.span)));
            numeral.power += u32::from(power);
            numeral.next = at + 1;
        }
    }

    /// Adds what follows below the last scale: `3 million 200 thousand`, `two thousand and five`, `two and a half`.
    fn add_lower_parts(&self, numeral: &mut Numeral) {
        loop {
            if self.add_fraction(numeral) {
                return;
            }
            if numeral.power < 2 {
                return;
            }
            let joined = self.joint(numeral);
            let Some(mut part) = self.lower_part(joined, numeral) else { return };
            if self.multiply(&mut part).is_none() || part.power >= numeral.power {
                return;
            }
            let limit = exact::power_of_ten(numeral.power).map(Number::Decimal);
            let fits = limit.is_some_and(|limit| exact::less(part.number, limit));
            let Some(sum) = exact::add(numeral.number, part.number).filter(|_| fits) else { return };
            *numeral = Numeral { number: sum, scale: None, form: numeral.form, ..part };
            if numeral.ordinal {
                return;
            }
        }
    }

    /// Past `and`, or in words a comma, between a scale word and a lower part.
    fn joint(&self, numeral: &Numeral) -> usize {
        let next = numeral.next;
        let comma = self.lexed.is_mark(next, b',') && numeral.form == Form::Words && numeral.power > 2;
        let scaled_behind = |at| {
            self.below_thousand(at).is_some_and(|part| {
                matches!(self.role(part.next), Some(Role::Scale(_) | Role::Hundred)) || part.value >= 100
            })
        };
        if self.is_and(next) || (comma && scaled_behind(next + 1)) { next + 1 } else { next }
    }

    fn lower_part(&self, at: usize, numeral: &Numeral) -> Option<Numeral> {
        let and = at > numeral.next;
        if self.lexed.at(at).shape == Shape::Digits {
            // `3 hundred and 21`, `3 million 200 thousand`; but not `2 million 2024`.
            let value = number::decimal(self.lexed.str(at), self.lexed.style)?;
            let scaled = matches!(self.role(at + 1), Some(Role::Scale(_)));
            let hundred = numeral.power == 2;
            return (scaled || hundred).then(|| self.plain(Number::Decimal(value), at + 1, Form::Digits));
        }
        let part = self.below_thousand(at)?;
        // `3 million and two others`: after digits, `and` joins two numbers.
        if and
            && numeral.form == Form::Digits
            && !matches!(self.role(part.next), Some(Role::Scale(_)))
            && numeral.power != 2
        {
            return None;
        }
        // `$280 million first mortgage notes`
        if part.ordinal && numeral.form == Form::Digits {
            return None;
        }
        let mut lower = self.plain(Number::Decimal(part.value.into()), part.next, Form::Words);
        lower.ordinal = part.ordinal;
        Some(lower)
    }

    /// `and a half`, `and three quarters`: of the last scale.
    fn add_fraction(&self, numeral: &mut Numeral) -> bool {
        if !self.is_and(numeral.next) {
            return false;
        }
        let at = numeral.next + 1;
        let Some((fraction, next, _)) = self.simple_fraction(at) else { return false };
        let bare_half = self.role(at) == Some(Role::Half);
        let one = Number::Decimal(Decimal::ONE);
        let scale =
            exact::power_of_ten(numeral.power).filter(|_| numeral.power > 2).map_or(one, Number::Decimal);
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

    const fn plain(&self, number: Number, next: usize, form: Form) -> Numeral {
        Numeral { number, next, scale: None, power: 0, form, ordinal: false }
    }

    const fn ordinal(&self, number: Number, next: usize, form: Form) -> Numeral {
        Numeral { number, next, scale: None, power: 0, form, ordinal: true }
    }
}

/// The value of a fraction that is one character.
fn vulgar(character: &str) -> Option<Number> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// The number that `text` opens with, `|` and what is left; `#` in front of an ordinal.
    fn read(text: &str) -> String {
        let mut lexicon = Lexicon::default();
        let numerals = Numerals::load(&mut lexicon);
        let reading = copydesk_text::read(text);
        let lexed = crate::lexer::lex(&lexicon, &reading);
        match number_at(&numerals, &lexed, 1) {
            Some(n) => {
                let rest = &text[lexed.at(n.next - 1).span.end..];
                format!("{}{}|{rest}", if n.ordinal { "#" } else { "" }, n.number)
            }
            None => "-".to_owned(),
        }
    }

    #[test]
    fn numbers_of() {
        for (text, expected) in [
            ("7", "7|"),
            ("1,234.5 tonnes", "1234.5| tonnes"),
            ("19.042 trillion dong", "19042000000000| dong"),
            ("72,000 billion", "72000000000000|"),
            ("5 lakh crore rupees", "5000000000000| rupees"),
            ("1 234 567 people", "1234567| people"),
            ("3½ days", "3.5| days"),
            ("3 1/2 days", "3.5| days"),
            ("1/3 of", "1/3| of"),
            ("12/30/2024", "12|/30/2024"),
            ("33rd meeting", "#33| meeting"),
            ("30m", "30|m"),
            ("30bn", "30000000000|"),
            ("two sides", "2| sides"),
            ("twenty-one", "21|"),
            ("forty two", "42|"),
            ("a hundred and two of", "102| of"),
            ("nineteen hundred seventy-three", "1973|"),
            ("forty five hundred thirty eight", "4538|"),
            ("two hundred and two thousand", "202000|"),
            ("twenty-one trillion three hundred", "21000000000300|"),
            ("fifty-one million five hundred seventy-eight thousand three hundred two", "51578302|"),
            ("three million, two hundred and forty", "3000240|"),
            ("one billion twenty-five millions", "1025000000|"),
            ("three lakh crore", "3000000000000|"),
            ("3 hundred and 21", "321|"),
            ("3 million and two others", "3000000| and two others"),
            ("two million, three thousand", "2003000|"),
            ("two, three thousand", "2|, three thousand"),
            ("two and a half million", "2500000|"),
            ("2 and a half", "2.5|"),
            ("three million and a quarter", "3250000|"),
            ("one hundred and three and two thirds", "311/3|"),
            ("two-thirds of", "2/3| of"),
            ("half a million", "500000|"),
            ("half million", "500000|"),
            ("quarter of a million", "250000|"),
            ("half the", "0.5| the"),
            ("a third of", "#1/3| of"),
            ("a quarter of", "0.25| of"),
            ("a dozen", "12|"),
            ("two dozen", "24|"),
            ("thousand nine hundred twenty", "1920|"),
            ("naught point five", "0.5|"),
            ("twenty one fifths", "4.2|"),
            ("twenty-first", "#21|"),
            ("one hundred and third", "#103|"),
            ("a hundred trillionth", "#100000000000000|"),
            ("millions of", "-"),
            ("a few", "-"),
            ("quarter", "-"),
            ("280 million first mortgage notes", "280000000| first mortgage notes"),
            ("10 000 dollars", "10000| dollars"),
            ("370 239 people", "370| 239 people"),
            ("2.48×10−5", "0.0000248|"),
            ("1.3x10^6", "1300000|"),
            ("4e14 s", "400000000000000| s"),
            ("fifty - two", "52|"),
            (".08", "0.08|"),
            ("1,2,3", "-"),
            ("a", "-"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
