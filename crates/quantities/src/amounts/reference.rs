//! References: the number in a document's or rule's identifier (`135/QD-TCHQ`, `Resolution 1701`), and codes, addresses
//! and telephone numbers, which say nothing.

use copydesk_types::{Quantity, Value};

use super::Scan;
use crate::arbitrate::proposal;
use crate::context::Class;
use crate::lexer::{Case, Shape};

/// Most lexemes of a reference.
const LONGEST: usize = 24;

impl Scan<'_> {
    /// The reference whose first number is lexeme `index`, and the lexeme after it.
    pub(super) fn reference_at(&self, index: usize) -> Option<(Quantity, usize)> {
        if self.lexed.at(index).shape != Shape::Digits
            || (self.lexed.at(index).glued && !self.lexed.is_mark(index - 1, b'('))
        {
            return None;
        }
        let next = self.with_letters(index).or_else(|| self.after_head(index))?;
        Some((proposal(self.lexed.span(index, next), Value::Reference), next))
    }

    /// `135/QD-TCHQ`, `38/2015/TT-BTC`: digits, slash, capitals.
    fn with_letters(&self, index: usize) -> Option<usize> {
        let mut at = index + 1;
        if self.lexed.is_mark(at, b'/')
            && self.lexed.at(at + 1).shape == Shape::Digits
            && self.lexed.str(at + 1).len() == 4
        {
            at += 2;
        }
        let letters = self.lexed.at(at + 1);
        let capitals = letters.shape == Shape::Word && letters.case != Case::Lower && letters.span.len() > 1;
        let glued = self.lexed.at(at).glued && letters.glued;
        if !self.lexed.is_mark(at, b'/') || !glued || !capitals || self.is_no_code(at + 1) {
            return None;
        }
        Some(self.end_of_run(index))
    }

    /// Whether letters behind a slash name a unit (`5/MWh`) or a month (`23/Sep/2020`).
    fn is_no_code(&self, index: usize) -> bool {
        self.rules.units.terms.at(self.lexed, index).is_some()
            || self.rules.dates.is_month(self.lexed.id(index))
    }

    /// `Resolution 1701`, `Decree No. 59`, `Directive 2014/65/EU`, `Regulation (EU) 2016/679`.
    fn after_head(&self, index: usize) -> Option<usize> {
        let lexed = self.lexed;
        let mut before = index.checked_sub(1)?;
        if self.rules.number_signs.before(lexed, index).is_some() {
            before = self.rules.number_signs.before(lexed, index)?.1.checked_sub(1)?;
        }
        if lexed.is_mark(before, b')') && before >= 3 && lexed.is_mark(before - 2, b'(') {
            before -= 3;
        }
        let head =
            lexed.at(before).case != Case::Lower && self.rules.context.is(lexed, before, Class::Document);
        let end = self.end_of_run(index);
        // `Act 2024`, `the Decree 20 days later`: a year, a count.
        let counts = end == index + 1 && self.rules.context.is_plural(lexed, end);
        let year = end == index + 1 && self.is_year_of_law(index);
        (head && !counts && !year && !self.is_amount_sign(end)).then_some(end)
    }

    fn is_amount_sign(&self, index: usize) -> bool {
        self.rules.percents.terms.at(self.lexed, index).is_some()
    }

    /// The lexeme after the run of glued letters, digits, slashes and hyphens from `index` on.
    fn end_of_run(&self, index: usize) -> usize {
        let mut end = index + 1;
        while end < index + LONGEST && self.lexed.at(end).glued {
            let goes_on = match self.lexed.at(end).shape {
                Shape::Digits => true,
                Shape::Word => self.is_reference_letters(end),
                Shape::Mark => {
                    (self.lexed.is_dash(end) || self.lexed.is_mark(end, b'/'))
                        && self.lexed.at(end + 1).glued
                        && (self.lexed.at(end + 1).shape == Shape::Digits
                            || self.is_reference_letters(end + 1))
                }
                Shape::Fraction | Shape::Break => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        end
    }

    /// Letters of a reference: with a capital, or few: `135/QD-TCHQ`, `29a`.
    fn is_reference_letters(&self, index: usize) -> bool {
        let letters = self.lexed.at(index);
        letters.shape == Shape::Word && (letters.case != Case::Lower || letters.span.len() < 3)
    }

    /// The end of a code, an address or a telephone number in which lexeme `index` stands: nothing in it counts.
    pub(super) fn code_at(&self, index: usize) -> Option<usize> {
        let lexed = self.lexed;
        if lexed.at(index).shape != Shape::Digits {
            return None;
        }
        let end = self.end_of_glued(index);
        let inside = lexed.at(index).glued
            && (lexed.is_mark(index - 1, b'/')
                || lexed.is_mark(index - 1, b'_')
                || lexed.is_mark(index - 1, b'@')
                || lexed.is_mark(index - 1, b'=')
                || lexed.is_mark(index - 1, b'?'))
            && !lexed.at(index - 1).span.is_empty();
        let address =
            (index..end).any(|i| matches!(lexed.str(i), "@" | "_" | "=" | "?") && lexed.at(i + 1).glued);
        if inside || address {
            return Some(end);
        }
        self.telephone_at(index)
    }

    fn end_of_glued(&self, index: usize) -> usize {
        let mut end = index + 1;
        while end < index + LONGEST && self.lexed.at(end).glued {
            end += 1;
        }
        end
    }

    /// `+1-222-2222-2222`, `020 7946 0958`, `978-3-16-148410-0`: three groups of digits or more.
    fn telephone_at(&self, index: usize) -> Option<usize> {
        let lexed = self.lexed;
        let (mut end, mut groups) = (index + 1, 1);
        loop {
            let dash = lexed.is_dash(end) && lexed.at(end).glued && lexed.at(end + 1).glued;
            let at = end + usize::from(dash);
            let plain =
                lexed.at(at).shape == Shape::Digits && lexed.str(at).bytes().all(|b| b.is_ascii_digit());
            if !plain || !dash && (groups < 1 || !self.opens_telephone(index)) || groups > LONGEST {
                break;
            }
            groups += 1;
            end = at + 1;
        }
        let plus = index > 0 && lexed.is_mark(index - 1, b'+') && lexed.at(index).glued;
        (groups > 2 || plus && groups > 1).then_some(end)
    }

    fn opens_telephone(&self, index: usize) -> bool {
        self.lexed.str(index).starts_with('0') || (index > 0 && self.lexed.is_mark(index - 1, b'+'))
    }
}
