//! Reads one number at a lexeme: digits, words, both (`19.042 trillion`, `two and a half million`, `3 hundred and 21`),
//! fractions (`two-thirds`, `half a million`, `3 1/2`) and ordinals (`33rd`, `twenty-first`). Value and rest.

mod digits;
mod fractions;
mod words;

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
    let worded = numeral.form == Form::Words && !numeral.ordinal;
    Some(worded.then(|| reader.over_denominator(numeral)).flatten().unwrap_or(numeral))
}

/// Whether a number can start at lexeme `index`: a cheap test before [`number_at`].
pub(crate) fn may_start(numerals: &Numerals, lexed: &Lexed<'_>, index: usize) -> bool {
    let lexeme = lexed.at(index);
    match lexeme.shape {
        Shape::Digits | Shape::Fraction => true,
        Shape::Word => match numerals.role(lexeme.id) {
            Some(Role::PluralScale(_) | Role::Abbreviation(_) | Role::Letter(_) | Role::PluralDozen) => false,
            Some(Role::Denominator(_) | Role::DenominatorScale(_)) => false,
            Some(_) => true,
            None => lexeme.id == numerals.a || lexeme.id == numerals.an,
        },
        Shape::Mark | Shape::Break => false,
    }
}

/// Whether a number can end before lexeme `index`.
pub(crate) fn number_before(numerals: &Numerals, lexed: &Lexed<'_>, index: usize) -> bool {
    let lexeme = lexed.at(index - 1);
    matches!(lexeme.shape, Shape::Digits | Shape::Fraction)
        || lexeme.shape == Shape::Word && numerals.role(lexeme.id).is_some()
}

struct Reader<'a> {
    numerals: &'a Numerals,
    lexed: &'a Lexed<'a>,
}

impl Reader<'_> {
    fn role(&self, index: usize) -> Option<Role> {
        self.numerals.role(self.lexed.id(index))
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
                Some(Role::Abbreviation(power)) if numeral.scale.is_none() => {
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
            && part.value < 100
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

    const fn plain(&self, number: Number, next: usize, form: Form) -> Numeral {
        Numeral { number, next, scale: None, power: 0, form, ordinal: false }
    }

    const fn ordinal(&self, number: Number, next: usize, form: Form) -> Numeral {
        Numeral { number, next, scale: None, power: 0, form, ordinal: true }
    }
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
            ("one twenty-fifth of", "0.04| of"),
            ("three twenty-firsts", "1/7|"),
            ("one hundred thirty fifths", "20/7|"),
            ("one one hundred and fifth", "1/105|"),
            ("one - fourth", "0.25|"),
            ("one second", "1| second"),
            ("two and fifty-four hundredths", "2.54|"),
            ("one billion and a quarter million", "1000250000|"),
            ("two hundred point seventy-one", "200.71|"),
            ("6 crore and two hundred", "60000200|"),
            ("one hundred and thirty fifths", "26|"),
            ("twenty twenty fifths", "0.8|"),
            ("a hundred thousand trillionths", "0.0000001|"),
            ("three cr people", "30000000| people"),
            ("1.1^23", "8.95430243255237372246531|"),
            ("8x2^10 bits", "8192| bits"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
