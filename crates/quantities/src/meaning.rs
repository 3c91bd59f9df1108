//! What the words around a quantity say about it: how exact it is, which way it goes, what it counts.

use copydesk_types::{Amount, Direction, Modifier, Number, Quantity, Span, Value};

use crate::Rules;
use crate::context::Class;
use crate::exact;
use crate::lexer::{Lexed, Shape};
use crate::lexicon::WordId;
use crate::measured;
use crate::number::{may_start, number_at};

/// Lexemes in front of `by` or `of` in which the verb or noun of a change is looked for.
const REACH: usize = 12;

/// Words of a counted noun phrase.
const LONGEST_PHRASE: usize = 6;

/// Adds modifier, direction and counted noun to quantities in text order, where they are not set yet.
pub(crate) fn read(rules: &Rules, lexed: &Lexed<'_>, quantities: &mut [Quantity]) {
    let mut before: Option<(Span, Option<Direction>)> = None;
    // Where the quantity before ends.
    let mut before_end: Option<usize> = None;
    let mut at = 0;
    for quantity in quantities {
        let start = lexed.index_from(at, quantity.span.start);
        let first = start + usize::from(lexed.at(start).shape == Shape::Break);
        let next = lexed.index_from(first, quantity.span.end);
        at = first;
        let around = Around { rules, lexed, first, next };
        // `$1.5 trillion over 10 years`, `raises over three years`
        let spread = matches!(quantity.value, Value::Duration { .. })
            && (before_end.is_some_and(|end| lexed.at(around.start()).span.start.saturating_sub(1) == end)
                || around.is_during());
        if quantity.value.amount().is_some() && !spread {
            quantity.modifier = quantity.modifier.or_else(|| around.modifier());
        }
        before_end = Some(quantity.span.end);
        // `200-pound dumbbells`: a kind, neither change nor level.
        let kind =
            !matches!(quantity.value, Value::Percent { .. }) && quantity.span.of(lexed.text).contains('-');
        if let Value::Cardinal(_) = quantity.value {
            quantity.of = around.counted(&quantity.value);
        }
        if can_change(&quantity.value) && !kind {
            let whole = quantity.of.map_or(quantity.span, |of| quantity.span.join(of));
            quantity.direction =
                around.direction(&quantity.value, whole).or_else(|| around.inherited(before));
            if !matches!(quantity.value, Value::Cardinal(_)) {
                quantity.measured = measured::subject(rules, lexed, around.start());
            }
            before = Some((whole, quantity.direction));
        }
    }
}

/// Whether a value is one that grows and falls.
const fn can_change(value: &Value) -> bool {
    matches!(value, Value::Money { .. } | Value::Percent { .. } | Value::Measure { .. } | Value::Cardinal(_))
}

/// A quantity's place: its first lexeme and the one after its last.
struct Around<'a> {
    rules: &'a Rules,
    lexed: &'a Lexed<'a>,
    first: usize,
    next: usize,
}

impl Around<'_> {
    fn modifier(&self) -> Option<Modifier> {
        self.modifier_before().map(|(modifier, _)| modifier).or_else(|| {
            let (modifier, _) = self.rules.context.modifiers_after.at(self.lexed, self.next)?;
            Some(modifier)
        })
    }

    fn modifier_before(&self) -> Option<(Modifier, usize)> {
        let modifiers = &self.rules.context.modifiers;
        modifiers.before(self.lexed, self.first).or_else(|| {
            // `an about 40-minute period`, `more than a third`: past an article.
            let article = self.first.checked_sub(1)?;
            let is_article =
                self.lexed.id(article) == self.rules.numerals.a || self.lexed.id(article) == self.rules.the;
            is_article.then(|| modifiers.before(self.lexed, article))?
        })
    }

    /// Whether `over` in front of a length of time tells when, not how long: behind a noun.
    fn is_during(&self) -> bool {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let over = self.start();
        let before = over.saturating_sub(1);
        // `adults over 65`
        let age = self.next == self.first + 1;
        lexed.str(over) == "over"
            && !age
            && context.may_continue(lexed, before)
            && !context.is_verb(lexed, before)
            && !self.rules.dates.measures_before(lexed.id(before))
    }

    /// The lexeme of the first word of the amount, with modifier and article.
    fn start(&self) -> usize {
        self.modifier_before().map_or(self.first, |(_, first)| first)
    }

    /// The direction of a value that covers `whole`, with what it counts.
    fn direction(&self, value: &Value, whole: Span) -> Option<Direction> {
        self.direction_behind(value, whole).or_else(|| self.direction_before(value))
    }

    /// `16.7% increase`, `3.8-percent growth`, `5% higher`, `10 points lower`
    fn direction_behind(&self, value: &Value, whole: Span) -> Option<Direction> {
        let (lexed, context) = (self.lexed, &self.rules.context);
        // `15 more medicines`, `two losses` are counted, no changes.
        if let Value::Cardinal(_) = value {
            let behind = lexed.index_from(self.next, whole.end);
            let counted = behind > self.next && !context.is(lexed, behind, Class::Closed);
            return counted.then(|| context.change_after.get(lexed.id(behind)).copied())?;
        }
        let dash = usize::from(lexed.is_dash(self.next));
        for at in [self.next + dash, self.next + dash + 1] {
            if let Some(direction) = context.change_nouns.get(lexed.id(at)) {
                return Some(*direction);
            }
            if lexed.at(at).shape != Shape::Word || context.is(lexed, at, Class::Closed) {
                break;
            }
        }
        context.change_after.get(lexed.id(self.next)).copied()
    }

    /// `rose 20%`, `up 20%`, `increased by 20%`, `an increase of 20%`, `cut emissions 20%`
    fn direction_before(&self, value: &Value) -> Option<Direction> {
        let (lexed, context) = (self.lexed, &self.rules.context);
        if self.first > 0 && context.is(lexed, self.first - 1, Class::Passed) {
            return None;
        }
        let before = self.skip_adverbs(self.start().checked_sub(1)?);
        let id = lexed.id(before);
        if let Some(direction) = context.change.get(id) {
            let given = context.is(lexed, before, Class::Given) && !matches!(value, Value::Percent { .. });
            return Some(*direction).filter(|_| !given && !self.is_phrasal(before));
        }
        if id == self.rules.by {
            return self.change_before(before, |id| context.change_nouns.get(id).or(context.change.get(id)));
        }
        if id == self.rules.numerals.of {
            // `a loss of $5 million` is a result.
            let result = matches!(value, Value::Money { .. }) && context.is(lexed, before - 1, Class::Given);
            let phrase = self.start_of_phrase(before);
            return (phrase..before)
                .rev()
                .filter(|&i| self.is_said_of(i))
                .find_map(|i| context.change_nouns.get(lexed.id(i)))
                .filter(|_| !result)
                .copied();
        }
        let object = lexed.at(before).shape == Shape::Word && !context.is(lexed, before, Class::Closed);
        let percent = matches!(value, Value::Percent { .. });
        if object && percent { context.change.get(lexed.id(before.checked_sub(1)?)).copied() } else { None }
    }

    /// The first lexeme, within reach, that stands in one phrase with lexeme `end`: without a mark or number between.
    fn start_of_phrase(&self, end: usize) -> usize {
        let joins = |&i: &usize| match self.lexed.at(i).shape {
            Shape::Word => !may_start(&self.rules.numerals, self.lexed, i) || self.is_article(i),
            Shape::Mark => self.lexed.is_dash(i),
            _ => false,
        };
        end - (end.saturating_sub(REACH)..end).rev().take_while(joins).count()
    }

    /// Whether what a noun of change at lexeme `index` is of follows it: `increase of`, `increase in exports of`; not so the
    /// verb of `increase their share of`.
    fn is_said_of(&self, index: usize) -> bool {
        let next = index + 1;
        self.rules.context.is(self.lexed, next, Class::Preposition)
            || matches!(self.lexed.str(next), "of" | "rate" | "rates" | "from" | "to")
    }

    fn is_article(&self, index: usize) -> bool {
        [self.rules.numerals.a, self.rules.numerals.an].contains(&self.lexed.id(index))
    }

    /// Whether `up` or `down` at lexeme `index` belongs to a verb that is no change: `make up`, `picked them up`.
    fn is_phrasal(&self, index: usize) -> bool {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let particle = matches!(lexed.str(index), "up" | "down");
        let before = index.saturating_sub(1);
        let verb = context.is_verb(lexed, before) || context.is(lexed, before, Class::Closed);
        particle && verb && !context.is(lexed, before, Class::Moved)
    }

    fn skip_adverbs(&self, index: usize) -> usize {
        let word = self.lexed.str(index);
        let adverb =
            word.len() > 4 && word.ends_with("ly") || matches!(word, "a" | "an" | "another" | "further");
        if adverb && index > 0 { index - 1 } else { index }
    }

    /// The word of change nearest in front of lexeme `end`, in its sentence.
    fn change_before<'d>(
        &self,
        end: usize,
        change: impl Fn(WordId) -> Option<&'d Direction>,
    ) -> Option<Direction> {
        let reach = end.saturating_sub(REACH)..end;
        let in_sentence = |&i: &usize| self.lexed.at(i).shape != Shape::Break;
        reach.rev().take_while(in_sentence).find_map(|i| change(self.lexed.id(i))).copied()
    }

    /// `increased by VND 883 billion (or 16.7%)`, `by VND 1 trillion, or 6%`: the change again, in other words.
    fn inherited(&self, before: Option<(Span, Option<Direction>)>) -> Option<Direction> {
        let (span, direction) = before?;
        let between = self.lexed.text.get(span.end..self.lexed.at(self.start()).span.start)?;
        let again = matches!(
            between.trim(),
            ", or" | "or" | "(or" | "(" | ", equivalent to" | "(equivalent to" | "– or" | "and"
        );
        // `an increase of 6% compared to 2022 and 28% compared to 2019`
        let compared = between.ends_with("and ")
            && matches!(self.lexed.str(self.next), "compared" | "from" | "over" | "on");
        if again || compared { direction } else { None }
    }

    /// The noun phrase that a number counts: up to its last plural; of one thing, or in a compound, its first words.
    fn counted(&self, value: &Value) -> Option<Span> {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let start = self.phrase_start();
        // `at 41 six weeks later`
        if number_at(&self.rules.numerals, lexed, start).is_some_and(|number| !number.ordinal) {
            return None;
        }
        let compound = lexed.is_dash(self.next);
        let one_thing = |amount: &Amount| exact::whole(amount.low) == Some(1);
        let part = |amount: &Amount| exact::less(amount.low, Number::Decimal(1.into()));
        let one = compound || value.amount().is_some_and(one_thing);
        let part = value.amount().is_some_and(part);
        let mut end = start;
        let mut at = start;
        while at < start + LONGEST_PHRASE && context.may_continue(lexed, at) {
            let plural = context.is_plural(lexed, at);
            if (end > start || part || one && at > start)
                && (context.is_verb(lexed, at) || one && !compound && plural)
            {
                break;
            }
            if plural {
                end = at + 1;
            }
            at = self.past_hyphen(at + 1);
            if end == start {
                at = self.past_and(at);
            }
        }
        // `two-thirds of container traffic`
        if end == start && (one || part) {
            end = at;
        }
        (end > start).then(|| lexed.span(start, end))
    }

    /// Where a counted phrase starts: past a hyphen, `or more`, `of the 10`.
    fn phrase_start(&self) -> usize {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let mut start = context.modifiers_after.at(lexed, self.next).map_or(self.next, |(_, next)| next);
        if lexed.id(start) == self.rules.numerals.of {
            start += 1;
            while start < self.next + 4
                && (context.is(lexed, start, Class::Closed) || may_start(&self.rules.numerals, lexed, start))
            {
                start += 1;
            }
        } else if lexed.is_dash(start) {
            start += 1;
        }
        start
    }

    /// Past a hyphen inside a phrase: `animal-based foods`.
    fn past_hyphen(&self, at: usize) -> usize {
        let lexed = self.lexed;
        let joins = lexed.is_dash(at) && lexed.at(at).glued && lexed.at(at + 1).glued;
        at + usize::from(joins && self.rules.context.may_continue(lexed, at + 1))
    }

    /// Past `and` in front of a phrase's noun: `ruling and opposition parties`.
    fn past_and(&self, at: usize) -> usize {
        let joins = self.lexed.id(at) == self.rules.numerals.and;
        at + usize::from(joins && self.rules.context.may_continue(self.lexed, at + 1))
    }
}

#[cfg(test)]
mod tests {
    use copydesk_types::Modifier;

    use crate::Rules;

    #[test]
    fn over_behind_an_amount_is_no_modifier() {
        let rules = Rules::load();
        for (text, expected) in [
            ("It took over 10 years.", Some(Modifier::Over)),
            ("They spent $1.5 million over 10 years.", None),
            ("They won raises over three years.", None),
            ("It is free for adults over 65.", Some(Modifier::Over)),
            ("They worked over three years.", Some(Modifier::Over)),
        ] {
            let found = crate::find(&rules, &copydesk_text::read(text), None);
            assert_eq!(found.last().and_then(|quantity| quantity.modifier), expected, "{text}");
        }
    }

    #[test]
    fn the_thing_measured_is_the_subject() {
        let rules = Rules::load();
        for (text, expected) in [
            ("Trade turnover reached US$1.5 billion.", Some("Trade turnover")),
            ("In 2024, trade turnover saw an increase of 16.7%.", Some("trade turnover")),
            ("The revenue in January increased by VND 883 billion.", Some("revenue")),
            ("Import and export turnover rose 5%.", Some("Import and export turnover")),
            ("Its exports fell by 3%.", Some("exports")),
            ("In January it rose by 3%.", None),
            ("He said 5% of them left.", None),
            ("5% of them left.", None),
        ] {
            let found = crate::find(&rules, &copydesk_text::read(text), None);
            let last = found.iter().rfind(|quantity| quantity.value.amount().is_some()).expect("an amount");
            assert_eq!(last.measured.map(|span| span.of(text)), expected, "{text}");
        }
    }
}
