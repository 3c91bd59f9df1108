//! Which numbers without a unit are counts or places, and which are parts of names, labels, scores, clock times.

use copydesk_types::{Amount, Number, Value};

use super::Scan;
use super::item::{Item, Unit};
use crate::context::Class;
use crate::exact;
use crate::lexer::{Case, Shape};
use crate::number::Form;
use crate::numerals::Role;

/// Years that a bare number of four digits is taken for.
const YEARS: std::ops::RangeInclusive<i64> = 1000..=2199;

/// Years that laws and decrees of the last hundred years bear in their names: `Act 2024`, but `Resolution 1701`.
const YEARS_OF_LAWS: std::ops::RangeInclusive<i64> = 1900..=2099;

/// Before it, a number of four digits in front of a noun is a count: `1295 cases`.
const EARLIEST_COMMON_YEAR: &str = "1800";

/// Lexemes on either side that tell a headline.
const HEADLINE_REACH: usize = 12;

/// Lexemes between a house number and the kind of its street.
const ADDRESS_REACH: usize = 6;

impl Scan<'_> {
    /// `No. 1` as a rank, not in front of a name (`No. 1 Huu Nghi Bridge`): its first lexeme.
    pub(super) fn rank_at(&self, item: &Item) -> Option<usize> {
        let ((), first) = self.rules.number_signs.before(self.lexed, item.first)?;
        let bare = item.unit == Unit::None && item.high.is_none() && item.next == item.first + 1;
        let dotted = self.lexed.is_mark(item.first - 1, b'.');
        let name = self.lexed.at(item.next).case != Case::Lower
            || self.lexed.at(item.next).glued && !self.ends_phrase(item.next);
        let head = first > 0
            && self.lexed.at(first - 1).case != Case::Lower
            && self.lexed.at(first - 1).shape == Shape::Word;
        let small = exact::whole(item.low).is_some_and(|n| (1..=100).contains(&n));
        (bare && dotted && small && !name && !head).then_some(first)
    }

    fn ends_phrase(&self, index: usize) -> bool {
        matches!(self.lexed.str(index), "." | "," | ";" | ":" | "\"" | "”" | "’" | ")" | "!" | "?" | "-")
    }

    /// What a number without a unit says: a count, or nothing.
    pub(super) fn count_of(&self, item: &Item) -> Option<Value> {
        if self.is_glued(item) || self.is_idiom(item) || self.is_list_number(item) {
            return None;
        }
        let amount: Amount = item.amount();
        if item.form == Form::Words && !self.word_counts(item) {
            return None;
        }
        if item.form == Form::Digits && !self.digits_count(item) {
            return None;
        }
        Some(Value::Cardinal(amount))
    }

    /// Whether an ordinal is a place in an order, not part of a name or idiom.
    pub(super) fn ordinal_counts(&self, item: &Item) -> bool {
        let capital = item.form == Form::Words && self.lexed.at(item.first).case != Case::Lower;
        let opens = self.opens_sentence(item.first);
        let adverb = opens && self.lexed.is_mark(item.next, b',');
        let name = capital
            && !opens
            && self.lexed.at(item.next).case != Case::Lower
            && !self.is_headline(item.first);
        let street = self.rules.context.is(self.lexed, item.next, Class::Street)
            && self.lexed.at(item.next).case != Case::Lower;
        !name && !adverb && !street && !self.is_idiom(item) && !self.glued_before(item.first)
    }

    /// Whether a bare number looks like a year.
    pub(super) fn is_year(&self, item: &Item) -> bool {
        item.power == 0
            && item.next == item.number_at + 1
            && year(self.lexed.str(item.number_at)).is_some_and(|year| YEARS.contains(&year))
    }

    /// Whether lexeme `index` is four digits that look like the year of a law.
    pub(super) fn is_year_of_law(&self, index: usize) -> bool {
        year(self.lexed.str(index)).is_some_and(|year| YEARS_OF_LAWS.contains(&year))
    }

    /// Whether letters, digits or marks that are part of a name, code, time or compound are glued to the number.
    fn is_glued(&self, item: &Item) -> bool {
        let lexed = self.lexed;
        let after = lexed.at(item.next);
        let behind = after.glued
            && match after.shape {
                Shape::Word | Shape::Digits | Shape::Fraction => true,
                Shape::Mark => {
                    let joined =
                        lexed.at(item.next + 1).glued && lexed.at(item.next + 1).shape != Shape::Mark;
                    let compound = lexed.is_dash(item.next)
                        && (self.rules.context.is(lexed, item.next + 1, Class::Compounded)
                            || self.is_hyphened_article(item.next + 1));
                    let dash = matches!(lexed.str(item.next), "—" | "–")
                        && lexed.at(item.next + 1).shape == Shape::Word;
                    let closes = matches!(lexed.str(item.next), "\"" | "”" | "’" | "'" | ")" | "," | "]");
                    joined && !compound && !dash && !closes
                }
                Shape::Break => false,
            };
        behind || self.glued_before(item.first)
    }

    /// Whether lexeme `index` is the article of `a 2,000-a-month rate`.
    fn is_hyphened_article(&self, index: usize) -> bool {
        let article = [self.rules.numerals.a, self.rules.numerals.an].contains(&self.lexed.id(index));
        article && self.lexed.is_dash(index + 1) && self.lexed.at(index + 1).glued
    }

    /// Whether letters or digits are glued to the front of a number, perhaps by a hyphen: `F-16`.
    pub(super) fn glued_before(&self, first: usize) -> bool {
        let lexed = self.lexed;
        if first == 0 || !lexed.at(first).glued {
            return false;
        }
        match lexed.at(first - 1).shape {
            Shape::Word | Shape::Digits | Shape::Fraction => true,
            Shape::Mark => {
                let joined = lexed.at(first - 1).glued
                    && !matches!(lexed.at(first - 2).shape, Shape::Mark | Shape::Break);
                let opens = matches!(
                    lexed.str(first - 1),
                    "(" | "\"" | "“" | "‘" | "'" | "[" | "—" | "–" | ">" | "<" | "~" | "≈" | ","
                );
                matches!(lexed.str(first - 1), "#" | "@" | "_" | "\\" | "=" | "№") || joined && !opens
            }
            Shape::Break => false,
        }
    }

    fn is_idiom(&self, item: &Item) -> bool {
        let idioms = &self.rules.context.idioms;
        // An idiom has three words at most before its number.
        (item.first.saturating_sub(2)..=item.first)
            .any(|first| idioms.at(self.lexed, first).is_some_and(|(_, next)| next > item.first))
    }

    /// `1. The first point`, `(2) the second`, `3) …`
    fn is_list_number(&self, item: &Item) -> bool {
        let lexed = self.lexed;
        let small = item.form == Form::Digits
            && item.next == item.number_at + 1
            && lexed.str(item.number_at).len() < 3;
        let bracketed = item.first > 0 && lexed.is_mark(item.first - 1, b'(');
        let opens = self.opens_sentence(item.first) || (bracketed && self.opens_sentence(item.first - 1));
        let closes = lexed.is_mark(item.next, b')')
            || lexed.is_mark(item.next, b'.')
            || lexed.is_mark(item.next, b'/');
        let alone = lexed.at(item.next + 1).shape == Shape::Break
            && lexed.at(item.next + 1).span.end == lexed.text.len();
        small && opens && closes && !alone
    }

    fn opens_sentence(&self, first: usize) -> bool {
        first == 0
            || match self.lexed.at(first - 1).shape {
                Shape::Break => true,
                Shape::Mark => {
                    matches!(self.lexed.str(first - 1), "\"" | "“" | "‘" | "•" | "*")
                        && self.opens_sentence(first - 1)
                }
                _ => false,
            }
    }

    fn word_counts(&self, item: &Item) -> bool {
        let lexed = self.lexed;
        let single = item.next == item.first + 1;
        let name = lexed.at(item.first).case != Case::Lower
            && !self.opens_sentence(item.first)
            && lexed.at(item.next).case != Case::Lower
            && single
            && !self.is_headline(item.first);
        match self.rules.numerals.role(lexed.id(item.first)) {
            _ if name || self.is_repeated(item) => false,
            Some(Role::Small(0)) if single => {
                !self.rules.context.may_continue(lexed, item.next)
                    || self.rules.context.is_plural(lexed, item.next)
            }
            Some(Role::Small(1)) if single => self.one_counts(item),
            Some(Role::Half) if single => self.half_counts(item),
            // `a half size`, `a quarter mile`; not `1 in 6`
            None if exact::less(item.low, Number::Decimal(1.into()))
                && lexed.at(item.first).shape == Shape::Word =>
            {
                self.part_follows(item.next)
            }
            Some(Role::Scale(_) | Role::Hundred | Role::Dozen) if single => self.stands_alone(item),
            _ => true,
        }
    }

    /// Whether the item is all that its sentence says.
    fn stands_alone(&self, item: &Item) -> bool {
        self.opens_sentence(item.first) && self.lexed.at(item.next).shape != Shape::Word
    }

    /// `one reason`, not `one of the`, `the one`, `one can`.
    fn one_counts(&self, item: &Item) -> bool {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let next = item.next;
        if self.stands_alone(item) {
            return true;
        }
        let pronoun = item.first > 0 && context.is(lexed, item.first - 1, Class::OneBefore);
        let noun = context.may_continue(lexed, next)
            && !context.is(lexed, next, Class::Verb)
            && lexed.at(next).case == Case::Lower;
        // `one fashioned by hand`, but `one armed man`
        let participle = context.is_verb(lexed, next) && !context.may_continue(lexed, next + 1);
        // `one misses none`: a singular noun is counted, else a verb follows.
        noun && !participle && !pronoun && !context.is_plural(lexed, next) && !lexed.str(next).ends_with("ly")
    }

    /// `half of`, `nearly half`, `half the`; not `first half`, `half hour`.
    fn half_counts(&self, item: &Item) -> bool {
        let part = self.rules.context.is(self.lexed, item.next, Class::Halved);
        let modified = self.rules.context.modifiers.before(self.lexed, item.first).is_some();
        let ordinal = item.first > 0
            && matches!(self.rules.numerals.role(self.lexed.id(item.first - 1)), Some(Role::OrdinalSmall(_)));
        (part || modified || self.stands_alone(item)) && !ordinal
    }

    fn digits_count(&self, item: &Item) -> bool {
        let (lexed, context) = (self.lexed, &self.rules.context);
        // `5`, and `737-800`, `04-12345678`
        let (opening, plain) = match item.high {
            None => (item.number_at, item.next == item.number_at + 1),
            Some(_) => (item.first, lexed.is_dash(item.first + 1) && lexed.at(item.first + 2).glued),
        };
        let digits = lexed.str(opening);
        let noun_follows = context.is_plural(lexed, item.next) && lexed.at(item.next).case == Case::Lower;
        let modified = context.modifiers.before(lexed, item.first).is_some();
        // News sets a comma in thousands: `2005 levels` speaks of a year, `2000 people` does not.
        if plain
            && self.is_year(item)
            && !(noun_follows && (digits.ends_with("00") || digits < EARLIEST_COMMON_YEAR))
        {
            return false;
        }
        if plain && digits.len() > 1 && digits.starts_with('0') && !digits.contains(['.', ',']) {
            return false;
        }
        if self.rules.number_signs.before(lexed, item.first).is_some()
            || self.is_cited(item)
            || self.is_address(item)
        {
            return false;
        }
        let Some(before) = item.first.checked_sub(1).map(|i| lexed.at(i)) else { return true };
        let label = context.is(lexed, item.first - 1, Class::Label) && !modified;
        let name = plain
            && before.shape == Shape::Word
            && lexed.str(item.first - 1).contains(char::is_uppercase)
            && !context.is(lexed, item.first - 1, Class::Closed)
            && !self.opens_sentence(item.first - 1)
            // Also versions: `Windows 8.1`.
            && (digits.len() < 4 || digits.contains('.') && digits.len() < 6)
            && !modified
            && !self.is_headline(item.first);
        // News spells small counts out: a digit behind a name belongs to it, whatever follows (`Mini 2 brings`).
        if name && digits.len() < 2 {
            return false;
        }
        let large = exact::less(Number::Decimal(9999.into()), item.low);
        noun_follows || large || !label && !name
    }

    /// Whether the sentence around lexeme `index` sets its words in capitals, as headlines do: then a capital tells nothing.
    fn is_headline(&self, index: usize) -> bool {
        let lower = |i: &usize| {
            self.lexed.at(*i).case == Case::Lower
                && self.lexed.at(*i).span.len() > 4
                && self.lexed.at(*i).shape == Shape::Word
        };
        let in_sentence = |i: &usize| self.lexed.at(*i).shape != Shape::Break;
        let before =
            (index.saturating_sub(HEADLINE_REACH)..index).rev().take_while(in_sentence).any(|i| lower(&i));
        !before && !(index + 1..index + HEADLINE_REACH).take_while(in_sentence).any(|i| lower(&i))
    }

    /// `[29]`: the mark of a note; `two (2)`: the number again.
    fn is_cited(&self, item: &Item) -> bool {
        let lexed = self.lexed;
        let square = item.first > 0 && lexed.is_mark(item.first - 1, b'[') && lexed.is_mark(item.next, b']');
        square || self.is_repeated(item)
    }

    fn is_repeated(&self, item: &Item) -> bool {
        let lexed = self.lexed;
        item.first > 1
            && lexed.is_mark(item.first - 1, b'(')
            && lexed.is_mark(item.next, b')')
            && (self.rules.numerals.role(lexed.id(item.first - 2)).is_some()
                || lexed.at(item.first - 2).shape == Shape::Digits)
    }

    /// `4001 Campbell Ave.`
    fn is_address(&self, item: &Item) -> bool {
        (item.next..item.next + ADDRESS_REACH)
            .take_while(|&i| {
                self.lexed.at(i).case != Case::Lower
                    || self.lexed.is_mark(i, b'.')
                    || self.lexed.at(i).shape == Shape::Digits
            })
            .skip(1)
            .any(|i| self.rules.context.is(self.lexed, i, Class::Street))
    }
}

/// Four digits as a number.
fn year(digits: &str) -> Option<i64> {
    if digits.len() == 4 { digits.parse().ok() } else { None }
}
