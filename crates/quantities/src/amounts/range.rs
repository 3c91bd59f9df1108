//! Two amounts that are one range: `20-30%`, `$5 to $10 million`, `between 5 and six miles`, `two or three`.

use copydesk_types::Number;

use super::Scan;
use super::item::{Item, Unit};
use crate::context::Class;
use crate::exact;
use crate::lexer::Shape;
use crate::number::{Form, may_start, number_at};

/// What stands between the ends of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    To,
    And,
    Or,
}

/// Lexemes before `from` in which a verb of change makes `from X to Y` two levels.
const CHANGE_REACH: usize = 12;

impl Scan<'_> {
    /// `item`, or the range that it opens.
    pub(super) fn with_range(&self, item: Item) -> Item {
        self.range(item).unwrap_or(item)
    }

    fn range(&self, low: Item) -> Option<Item> {
        if low.ordinal {
            return None;
        }
        let (joint, at) = self.joint_at(&low)?;
        let (modifier, at) = match self.rules.context.modifiers.at(self.lexed, at) {
            Some((modifier, next)) if joint != Joint::Or && !self.lexed.at(at).glued => {
                (Some(modifier), next)
            }
            _ => (None, at),
        };
        let number_at = self.number_behind(at)?;
        let high = self.item_at(number_at).filter(|high| !high.ordinal && high.first == at)?;
        let unit = shared_unit(&low, &high)?;
        let low_end = self.in_unit_of(&low, &high, self.scaled_like(&low, &high)?)?;
        if !exact::less(low_end, high.low) || !self.joins(joint, &low, &high, unit) {
            return None;
        }
        Some(Item {
            first: low.first,
            low: low_end,
            high: Some(high.low),
            scale: high.scale.or(low.scale),
            unit,
            modifier,
            form: low.form,
            ..high
        })
    }

    fn joint_at(&self, low: &Item) -> Option<(Joint, usize)> {
        let lexed = self.lexed;
        let at = low.next;
        if (lexed.is_dash(at) && lexed.str(at) != "—") || lexed.is_mark(at, b'~') {
            // `6- to 30-foot`, `10-to-15 percent`
            if lexed.id(at + 1) == self.rules.to {
                return Some((Joint::To, at + 2 + usize::from(self.past_hyphen(at + 2) > at + 2)));
            }
            let even = lexed.at(at).glued == lexed.at(at + 1).glued;
            let loose =
                !lexed.at(at).glued && lexed.at(at + 1).shape == Shape::Digits && low.unit == Unit::None;
            return (even || loose).then_some((Joint::Dash, at + 1));
        }
        let id = lexed.id(at);
        if id == self.rules.to {
            Some((Joint::To, at + 1))
        } else if id == self.rules.numerals.and && self.opens_with(low, self.rules.between) {
            Some((Joint::And, at + 1))
        } else if id == self.rules.or {
            Some((Joint::Or, at + 1))
        } else {
            None
        }
    }

    /// Whether `word` stands in front of an item, perhaps with a modifier between.
    pub(super) fn opens_with(&self, item: &Item, word: crate::lexicon::WordId) -> bool {
        let first = self
            .rules
            .context
            .modifiers
            .before(self.lexed, item.first)
            .map_or(item.first, |(_, first)| first);
        first > 0 && self.lexed.id(first - 1) == word
    }

    /// The lexeme of the number whose item starts at lexeme `at`, past a currency in front of it.
    fn number_behind(&self, at: usize) -> Option<usize> {
        // Past a sign: `-5 to -2 degrees`.
        let at = at
            + usize::from(self.lexed.is_dash(at) && !self.lexed.at(at).glued && self.lexed.at(at + 1).glued);
        if may_start(&self.rules.numerals, self.lexed, at) {
            return Some(at);
        }
        let (_, next) = self.rules.currencies.at(self.lexed, at)?;
        may_start(&self.rules.numerals, self.lexed, next).then_some(next)
    }

    /// The low end in the scale of the high one, where its own is left out: `$1.5 to 2 billion`.
    pub(super) fn scaled_like(&self, low: &Item, high: &Item) -> Option<Number> {
        if low.power > 0 || high.power == 0 || low.low.to_f64() >= 1000.0 {
            return Some(low.low);
        }
        let scaled = exact::mul(low.low, Number::Decimal(exact::power_of_ten(high.power)?))?;
        Some(if exact::less(scaled, high.low) { scaled } else { low.low })
    }

    /// A low end without a unit in the unit behind the high one, where that is a part: `30 to 40 cents`.
    fn in_unit_of(&self, low: &Item, high: &Item, low_end: Number) -> Option<Number> {
        let shared = low.unit == Unit::None && !high.unit_before && high.power == 0;
        if !shared || !matches!(high.unit, Unit::Money(_) | Unit::Percent { .. }) {
            return Some(low_end);
        }
        let printed = number_at(&self.rules.numerals, self.lexed, high.number_at)?.number;
        let worth = exact::div(high.low, printed);
        worth.map_or(Some(low_end), |worth| exact::mul(low_end, worth))
    }

    fn joins(&self, joint: Joint, low: &Item, high: &Item, unit: Unit) -> bool {
        if unit == Unit::None && self.is_year(low) && self.is_year(high) {
            return false;
        }
        match joint {
            Joint::To | Joint::Dash if self.is_change(low) => joint == Joint::Dash,
            Joint::To if self.is_step(low, high) => false,
            Joint::To => unit != Unit::None || !self.is_score(low),
            // `7-Eleven`
            Joint::Dash if low.form != high.form => false,
            // `twenty-thirty`, `two-three`; `five-thirty` is a time.
            Joint::Dash if low.form == Form::Words => {
                let tens = |item: &Item| exact::whole(item.low).is_some_and(|n| n % 10 == 0);
                is_next(low, high) || tens(low) && tens(high)
            }
            Joint::Dash => {
                let small = unit == Unit::None
                    && low.high.is_none()
                    && exact::less(high.low, Number::Decimal(10.into()));
                let counted = !small || self.rules.context.is_plural(self.lexed, high.next);
                counted && !self.is_score(low)
            }
            Joint::And => true,
            // `two or three`, but `5% or $10`, `2 or 20` are two.
            Joint::Or => {
                low.unit == Unit::None
                    && low.form == high.form
                    && exact::whole(low.low).is_some_and(|n| (1..100).contains(&n))
                    && (is_next(low, high) || low.form == Form::Words)
            }
        }
    }

    /// Whether `from` in front of an item tells where a change began.
    fn is_change(&self, low: &Item) -> bool {
        if !self.opens_with(low, self.rules.from) {
            return false;
        }
        let end = low.first;
        (end.saturating_sub(CHANGE_REACH)..end)
            .rev()
            .take_while(|&i| self.lexed.at(i).shape != Shape::Break)
            .any(|i| {
                let id = self.lexed.id(i);
                self.rules.context.change.get(id).is_some()
                    || self.rules.context.change_nouns.get(id).is_some()
            })
    }

    /// Whether a verb of change in front of two amounts makes them the change and the level reached: `rose 20 cents to
    /// $12.50`, `cut by $2 to $10`, `fell 1/4 to 25 3/8`; `will rise 5% to 10%`, `rose 5 to 10 points` are ranges.
    fn is_step(&self, low: &Item, high: &Item) -> bool {
        let context = &self.rules.context;
        let told_twice = match low.unit {
            Unit::Percent { points: false } => false,
            Unit::None => high.unit == Unit::None && exact::whole(low.low).is_none(),
            _ => high.unit != Unit::None,
        };
        let first = context.modifiers.before(self.lexed, low.first).map_or(low.first, |(_, first)| first);
        let Some(before) = first.checked_sub(1) else { return false };
        let by = self.lexed.id(before) == self.rules.by;
        let verb = context.change.get(self.lexed.id(before)).is_some()
            && !context.is(self.lexed, before, Class::Given);
        told_twice && (by || verb)
    }

    /// Whether the word in front of an item makes it a score.
    pub(super) fn is_score(&self, item: &Item) -> bool {
        item.unit == Unit::None
            && item.first > 0
            && self.rules.context.is(self.lexed, item.first - 1, Class::Score)
    }
}

/// Whether a number is the next whole one.
fn is_next(low: &Item, high: &Item) -> bool {
    exact::add(high.low, exact::negate(low.low)) == Some(Number::Decimal(1.into()))
}

/// The unit of a range whose ends have these.
fn shared_unit(low: &Item, high: &Item) -> Option<Unit> {
    match (low.unit, high.unit) {
        (Unit::Money(a), Unit::Money(b)) => a.narrowed(b).map(Unit::Money),
        (Unit::Measure(a), Unit::Measure(b)) => a.same(b).then_some(Unit::Measure(a)),
        (Unit::Percent { points: a }, Unit::Percent { points: b }) => (a == b).then_some(high.unit),
        (Unit::None, unit) if !high.unit_before => Some(unit),
        // `$5 to 10 million`, but `$5 to 10 people`
        (unit @ Unit::Money(_), Unit::None) if low.unit_before => Some(unit),
        (Unit::None, Unit::None) => Some(Unit::None),
        _ => None,
    }
}
