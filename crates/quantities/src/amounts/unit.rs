//! The currency, percent sign or unit in front of a number or behind it, and scales of one letter.

use copydesk_text::number::{Style, decimal, depends_on_style};
use copydesk_types::Number;
use rust_decimal::Decimal;

use super::Scan;
use super::item::{Item, Unit};
use crate::context::Class;
use crate::currencies::{Denomination, Written};
use crate::exact;
use crate::lexer::{Case, Shape};
use crate::number::{Form, number_before};
use crate::numerals::Role;
use crate::units::{UnitTerm, UnitWritten};

impl Scan<'_> {
    /// The currency in front of the lexeme `index`.
    pub(super) fn currency_before(&self, index: usize, item: &Item) -> Option<(Denomination, usize)> {
        let (denomination, first) = self.rules.currencies.before(self.lexed, index)?;
        let lexed = self.lexed;
        let glued = lexed.at(index).glued;
        let gap = &lexed.text[lexed.at(index - 1).span.end..lexed.at(index).span.start];
        if gap.len() > 2 || item.form == Form::Words && denomination.written != Written::Symbol {
            return None;
        }
        // `10$, 20`: the sign belongs to the number in front of it.
        let taken = lexed.at(first).glued && lexed.at(first - 1).shape == Shape::Digits && !glued;
        let allowed = match denomination.written {
            Written::Symbol => !taken,
            Written::Code => !taken || glued,
            // `R20bn`, or `R200` on a page that speaks of rands
            Written::Letters => {
                let told = item.power > 0 || self.rules.currencies.speaks_of_any(denomination, self.votes());
                glued && !self.goes_on_word(first) && !denomination.is_part() && told
            }
            Written::Abbreviation => !self.goes_on_word(first),
            Written::WordLikeCode => item.power > 0 || self.is_large(item),
            Written::Name => self.opens_amount(first, index, item, denomination),
            Written::CommonName | Written::Closing => false,
        };
        allowed.then_some((denomination, first))
    }

    /// Whether lexeme `index` is glued to what is not an opening mark: `(Rs 5`, but `A-Rs`.
    fn goes_on_word(&self, index: usize) -> bool {
        self.lexed.at(index).glued
            && index > 0
            && !matches!(
                self.lexed.str(index - 1),
                "(" | "[" | "\"" | "“" | "‘" | "'" | "—" | "–" | "/" | "~"
            )
    }

    /// Whether a currency's name, lexemes `first..index`, belongs to the digits behind it: `rupees 500 crore`, not `the
    /// dollar 20 years ago` nor `Euro 96`.
    fn opens_amount(&self, first: usize, index: usize, item: &Item, denomination: Denomination) -> bool {
        let (lexed, context) = (self.lexed, &self.rules.context);
        let counts_before = first > 0 && number_before(&self.rules.numerals, lexed, first);
        let name = lexed.at(index - 1).case != Case::Lower && !context.is_plural(lexed, index - 1);
        let noun_follows = context.may_continue(lexed, item.next) && item.power == 0;
        item.form == Form::Digits
            && !denomination.is_part()
            && !counts_before
            && !name
            && !noun_follows
            && !self.is_year(item)
    }

    fn is_large(&self, item: &Item) -> bool {
        item.low.to_f64().abs() >= 1000.0
    }

    /// Reads the digits of an amount again where the currency tells that a full stop groups them: `Rp 15.000`.
    pub(super) fn regroup(&self, item: &mut Item, denomination: Denomination) {
        let digits = self.lexed.str(item.number_at);
        // A price with three decimals (of fuel, an exchange rate) has one digit in front.
        let long = digits.find('.').is_some_and(|point| point > 1);
        if item.power == 0
            && item.next == item.number_at + 1
            && self.lexed.style == Style::Point
            && long
            && depends_on_style(digits)
            && self.rules.currencies.points_group(denomination)
            && let Some(value) = decimal(digits, Style::Comma)
        {
            item.low = Number::Decimal(value);
        }
    }

    /// `$5m`, `30m euros`, `1.2M`, `5k`: a scale of one letter, where no unit is meant.
    pub(super) fn add_letter_scale(&self, item: &mut Item) {
        let at = item.next;
        let Some(Role::Letter(power)) = self.rules.numerals.role(self.lexed.id(at)) else { return };
        let glued = self.lexed.at(at).glued;
        let word_goes_on =
            self.lexed.at(at + 1).glued && matches!(self.lexed.at(at + 1).shape, Shape::Digits | Shape::Word);
        if item.power > 0 || word_goes_on || item.form != Form::Digits {
            return;
        }
        let money = item.unit_before
            || matches!(self.currency_at(at + 1, item), Some((d, _)) if d.written != Written::Letters);
        let letter = self.lexed.str(at);
        let alone = self.lexed.at(item.first - 1).shape == Shape::Break
            && self.lexed.at(at + 1).shape == Shape::Break;
        let count = (glued || alone)
            && match letter {
                "k" => true,
                // `1.2M`, `10M`, `3M users`, but `3M` the company
                "M" if alone || self.lexed.str(item.number_at).len() > 1 => true,
                "M" | "m" => {
                    self.counts_millions(at + 1)
                        || self.rules.context.is(self.lexed, item.first - 1, Class::Peopled)
                }
                "b" | "B" => self.lexed.str(item.number_at).contains('.'),
                _ => false,
            };
        if (money && (glued || !item.unit_before || !self.may_be_word(at))) || count {
            let Some(product) =
                exact::power_of_ten(power.into()).and_then(|f| exact::mul(item.low, Number::Decimal(f)))
            else {
                return;
            };
            item.low = product;
            item.power = power.into();
            item.scale = Some(self.lexed.at(at).span);
            item.next = at + 1;
        }
    }

    /// Whether what follows `90m` is counted: `messages`, not `tall` nor `hurdles`.
    fn counts_millions(&self, index: usize) -> bool {
        let context = &self.rules.context;
        context.is_plural(self.lexed, index) && !context.is(self.lexed, index, Class::Raced)
    }

    /// Whether the letter at lexeme `index` may be the initial of a name: `$5 M. Smith`.
    fn may_be_word(&self, index: usize) -> bool {
        self.lexed.at(index).case != Case::Lower && self.lexed.is_mark(index + 1, b'.')
    }

    /// A code behind an amount whose currency stands in front: `$10 USD`, `$5 CAD`.
    pub(super) fn add_code_behind(&self, item: &mut Item, denomination: Denomination) {
        if let Some((behind, next)) = self.rules.currencies.at(self.lexed, item.next)
            && behind.written == Written::Code
            && self.lexed.at(next).shape != Shape::Digits
            && let Some(narrowed) = denomination.narrowed(behind)
        {
            item.unit = Unit::Money(narrowed);
            item.next = next;
        } else {
            self.add_parts_of_money(item, denomination);
        }
    }

    /// The percent sign, currency or unit behind a number.
    pub(super) fn add_unit_behind(&self, item: &mut Item) {
        let half = self.rules.numerals.role(self.lexed.id(item.number_at)) == Some(Role::Half);
        let a = half && [self.rules.numerals.a, self.rules.numerals.an].contains(&self.lexed.id(item.next));
        let at = self.past_hyphen(item.next) + usize::from(a);
        if let Some((points, worth, next)) = self.percent_at(at).or_else(|| self.points_at(at, item)) {
            if let Some(low) = exact::mul(item.low, Number::Decimal(worth)) {
                item.low = low;
                item.unit = Unit::Percent { points };
                item.next = next;
            }
        } else if let Some((denomination, next)) = self.currency_at(at, item) {
            self.regroup(item, denomination);
            let Some(low) = exact::mul(item.low, denomination.worth()) else { return };
            item.low = low;
            item.unit = Unit::Money(denomination);
            item.next = next;
            self.add_scale_behind_code(item, denomination);
            self.add_parts_of_money(item, denomination);
        } else if let Some((unit, next)) = self.measure_at(at, item).or_else(|| self.bracketed(at, item)) {
            item.unit = Unit::Measure(unit);
            item.next = next;
            self.add_parts_of_measure(item, unit);
            if unit.is_temperature() {
                self.add_below_zero(item);
            }
        } else {
            self.add_below_zero(item);
        }
    }

    /// `5 below zero`, `two degrees below zero`
    fn add_below_zero(&self, item: &mut Item) {
        if self.lexed.str(item.next) == "below" && self.lexed.str(item.next + 1) == "zero" {
            item.low = exact::negate(item.low);
            item.next += 2;
        }
    }

    /// The unit in `20 [kg]`, `20 <kg>`.
    fn bracketed(&self, index: usize, item: &Item) -> Option<(UnitTerm, usize)> {
        let closing = match self.lexed.str(index) {
            "[" => b']',
            "<" => b'>',
            _ => return None,
        };
        let (unit, next) = self.measure_at(index + 1, item)?;
        self.lexed.is_mark(next, closing).then_some((unit, next + 1))
    }

    /// `75 USD million`
    fn add_scale_behind_code(&self, item: &mut Item, denomination: Denomination) {
        if denomination.written == Written::Code
            && item.power == 0
            && let Some(Role::Scale(power)) = self.rules.numerals.role(self.lexed.id(item.next))
            && let Some(factor) = exact::power_of_ten(power.into())
            && let Some(low) = exact::mul(item.low, Number::Decimal(factor))
        {
            item.low = low;
            item.power = power.into();
            item.scale = Some(self.lexed.at(item.next).span);
            item.next += 1;
        }
    }

    /// Past a hyphen between a number and its unit: `100-meter`.
    pub(super) fn past_hyphen(&self, index: usize) -> usize {
        let joins = self.lexed.is_dash(index) && self.lexed.at(index).glued && self.lexed.at(index + 1).glued;
        index + usize::from(joins)
    }

    fn percent_at(&self, index: usize) -> Option<(bool, Decimal, usize)> {
        let (percent, next) = self.rules.percents.terms.at(self.lexed, index)?;
        Some((percent.points, percent.worth, next))
    }

    /// `point` behind a part of one: `a quarter-point cut`.
    fn points_at(&self, index: usize, item: &Item) -> Option<(bool, Decimal, usize)> {
        let part = item.form == Form::Words && exact::less(item.low, Number::Decimal(Decimal::ONE));
        (part && self.lexed.id(index) == self.rules.numerals.point).then_some((true, Decimal::ONE, index + 1))
    }

    fn currency_at(&self, index: usize, item: &Item) -> Option<(Denomination, usize)> {
        let (denomination, next) = self.rules.currencies.at(self.lexed, index)?;
        let lexed = self.lexed;
        let glued = lexed.at(index).glued;
        let number_follows = lexed.at(next).shape == Shape::Digits;
        let allowed = match denomination.written {
            Written::Name => true,
            Written::CommonName => {
                let told = self.speaks_of(denomination) && lexed.id(next) != self.rules.numerals.of;
                item.power >= 6 || told || self.is_rate(item)
            }
            Written::Closing => !self.rules.context.may_continue(lexed, next),
            // In `£5 €6` and `US $5` the sign belongs to the next number.
            Written::Symbol => !number_follows || (glued && !lexed.at(next).glued),
            // `17c`, `470p`, not `1080p`
            Written::Letters => {
                glued
                    && index == item.next
                    && !lexed.at(next).glued
                    && !self.is_large(item)
                    && self.rules.currencies.speaks_of_any(denomination, self.votes())
            }
            Written::Abbreviation => true,
            Written::Code => !(number_follows && lexed.at(next).glued),
            Written::WordLikeCode => {
                item.power > 0 || self.is_large(item) || lexed.str(item.number_at).contains(['.', ','])
            }
        };
        allowed.then_some((denomination, next))
    }

    /// Whether a number has the decimals of an exchange rate: `1.8415 marks`.
    fn is_rate(&self, item: &Item) -> bool {
        self.lexed.str(item.number_at).split_once('.').is_some_and(|(_, decimals)| decimals.len() == 4)
    }

    /// Whether the page speaks of the currency, whose name is another word as well: `pounds`.
    fn speaks_of(&self, denomination: Denomination) -> bool {
        self.rules.currencies.speaks_of(denomination, self.votes())
    }

    pub(super) fn measure_at(&self, index: usize, item: &Item) -> Option<(UnitTerm, usize)> {
        let (unit, next) = self.rules.units.terms.at(self.lexed, index)?;
        let lexed = self.lexed;
        let (glued, after) = (lexed.at(index).glued, lexed.at(next));
        if after.glued && matches!(after.shape, Shape::Digits | Shape::Word) {
            return None;
        }
        let direct = index == item.next;
        let allowed = match unit.written {
            UnitWritten::Name => true,
            UnitWritten::Symbol => true,
            UnitWritten::Tight => glued && direct,
            // `20 W`, `3 L of`, not `20 W. 5th Street` nor `5 A Team`
            UnitWritten::Letter => {
                let name = after.case != Case::Lower
                    || lexed.is_mark(next, b'.') && lexed.at(next + 1).case != Case::Lower;
                let code = lexed.is_dash(next) && after.glued && lexed.at(next + 1).glued;
                !code
                    && direct
                    && (glued || item.form == Form::Digits && !name && !lexed.is_mark(next, b'\''))
            }
            // `a 3-in-1 charger`
            UnitWritten::Closing if lexed.is_dash(next) && lexed.at(next + 1).shape == Shape::Digits => false,
            UnitWritten::Closing => {
                glued
                    || item.unit != Unit::None
                    || matches!(lexed.str(next), "" | "." | "," | ";" | ":" | ")")
            }
        };
        allowed.then_some((unit, next))
    }
}
