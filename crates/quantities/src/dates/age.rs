//! Reads ages without a unit: `aged 43`, `aged between 19 and 34`, `87 yo`, and `43` between commas behind a name.

use copydesk_types::{Amount, Number, TimeUnit};
use rust_decimal::Decimal;

use super::duration::Duration;
use super::reader::{Read, Reader};
use crate::exact;
use crate::lexer::{Case, Shape};
use crate::lexicon::WordId;

/// The oldest age that a bare number behind a name is taken for.
const OLDEST: u32 = 110;

impl Reader<'_> {
    /// Reads an age without a unit: `aged 43`, `aged between 19 and 34`, `87 yo`, and `43` between commas behind a name.
    pub(super) fn age(&self, index: usize) -> Read<Duration> {
        let small = self.small();
        let (years, len) = self.digits(index).filter(|(years, len)| *len <= 3 && *years <= OLDEST)?;
        let next = index + 1;
        let before = self.lexed.id(index - 1);
        let yo = self.lexed.id(next) == small.yo;
        let between = usize::from(before == small.between);
        let said = [small.aged, small.age, small.ages].contains(&self.lexed.id(index - 1 - between))
            || self.stands_behind_age_of(index)
            || self.is_listed_age(index);
        if said && let Some((high, end)) = self.high_end(index, next) {
            let low = Number::Decimal(Decimal::from(years));
            let aged = exact::less(low, high) && !self.counts_something(end);
            let amount = Amount { high: Some(high), ..Amount::exact(low) };
            return aged.then_some((Duration { amount, unit: TimeUnit::Year, timex: None }, end));
        }
        let said = said && between == 0 && !self.counts_something(next) || self.is_age_of(index);
        let bare = len <= 2 && years > 0 && self.stands_behind_name(index);
        if !(yo || said || bare) {
            return None;
        }
        let amount = Amount::exact(Decimal::from(years));
        let timex = Some(format!("P{years}Y"));
        Some((Duration { amount, unit: TimeUnit::Year, timex }, next + usize::from(yo)))
    }

    /// Whether `age of` stands before a number, perhaps with `about` between.
    fn stands_behind_age_of(&self, index: usize) -> bool {
        let small = self.small();
        let modifiers = &self.rules.context.modifiers;
        let first = modifiers.before(self.lexed, index).map_or(index, |(_, first)| first);
        first > 2
            && self.lexed.id(first - 1) == small.of
            && [small.age, small.ages].contains(&self.lexed.id(first - 2))
    }

    /// Whether a number goes on a list of ages: `ages 4, 7 and 11`.
    fn is_listed_age(&self, index: usize) -> bool {
        /// Ages of a list in front of one.
        const LONGEST: usize = 8;
        let small = self.small();
        let joined = |at: usize| {
            at > 3
                && (self.lexed.is_mark(at - 1, b',') || self.lexed.id(at - 1) == small.and)
                && self.digits(at - 2).is_some_and(|(years, _)| years <= OLDEST)
        };
        (0..LONGEST)
            .map(|before| index.saturating_sub(2 * before))
            .take_while(|&at| joined(at))
            .any(|at| [small.ages, small.aged].contains(&self.lexed.id(at - 3)))
    }

    /// Whether words around a number make it an age: `he was 30,`, `children under 12`, `adults 65 and older`.
    fn is_age_of(&self, index: usize) -> bool {
        let small = self.small();
        let id = |at: usize| self.lexed.id(at);
        let before = index.saturating_sub(2);
        let ends = matches!(self.lexed.at(index + 1).shape, Shape::Break | Shape::Mark)
            && !self.lexed.at(index + 2).glued
            || [small.and, small.when].contains(&id(index + 1))
                && self.lexed.at(index + 2).shape == Shape::Word;
        let was = [small.was, small.is, small.turned, small.turns].contains(&id(index - 1));
        if was && [small.he, small.she, small.i, small.who].contains(&id(before)) {
            return ends && self.number(index + 2).is_none();
        }
        let older = [small.and, small.or].contains(&id(index + 1))
            && [small.older, small.over, small.above, small.younger, small.under].contains(&id(index + 2));
        let younger = id(index - 1) == small.than && [small.younger, small.older].contains(&id(before));
        if younger {
            return !self.counts_something(index + 1) && !self.rules.context.is_plural(self.lexed, index + 1);
        }
        let bound = [small.under, small.over, small.above, small.below].contains(&id(index - 1));
        let people = if bound { before } else { index - 1 };
        let counts = self.counts_something(index + 1) || self.rules.context.is_plural(self.lexed, index + 1);
        self.rules.dates.people.tells(id(people)) && (bound && !counts || older)
    }

    /// Whether `, 43,` stands behind a person's name: of two capital words or more, or of one where what follows is said
    /// of people.
    fn stands_behind_name(&self, index: usize) -> bool {
        let comma = self.lexed.is_mark(index + 1, b',');
        let open = self.lexed.is_mark(index - 1, b',') && !self.lexed.at(index).glued;
        // `12, 15, 20,` counts on, and so does `5, 6 and 7`.
        let counts_on = self.lexed.at(index + 2).shape == Shape::Digits;
        if !open || counts_on || index < 3 || !(comma || self.lexed.is_mark(index + 1, b'.')) {
            return false;
        }
        let is_name = |at: usize| {
            let lexeme = self.lexed.at(at);
            lexeme.shape == Shape::Word && lexeme.case == Case::Capital && self.word(at).is_none()
        };
        let last = index - 2;
        // `Maria Garcia-Lopez`
        let first = if self.hyphen(last - 1) { last.saturating_sub(2).max(1) } else { last };
        let full = is_name(first - 1) && self.lexed.id(last) == WordId::UNKNOWN;
        if is_name(last) {
            return full || comma && self.tells_of_person(index + 2);
        }
        // `the mayor, 54, said`
        let small = self.small();
        let noun = self.lexed.at(last).shape == Shape::Word && self.word(last).is_none();
        let person = self.rules.dates.people.tells(self.lexed.id(last)) && self.tells_of_person(index + 2);
        noun && comma && (person || [small.said, small.told, small.who].contains(&self.lexed.id(index + 2)))
    }

    /// Whether a word goes on with what is said of a person: `, 43, of Leeds`, `, 43, was jailed`.
    fn tells_of_person(&self, index: usize) -> bool {
        let small = self.small();
        let id = self.lexed.id(index);
        [small.of, small.from, small.who, small.a, small.an].contains(&id)
            || self.rules.dates.tenses.knows(id)
    }
}
