//! A part of a number of things, told by two counts: `one in five children`, `two out of three`, `1 over 20`.

use super::Scan;
use super::item::{Item, Unit};
use crate::context::Class;
use crate::exact;
use crate::lexer::Shape;
use crate::number::{Form, number_at};

impl Scan<'_> {
    /// The share that opens with an item.
    pub(super) fn share(&self, part: Item) -> Option<Item> {
        let top = exact::whole(part.low).filter(|top| (1..10_000).contains(&top.abs()))?;
        if part.unit != Unit::None || part.ordinal || part.power > 0 {
            return None;
        }
        let (joint, at) = self.share_joint(part.next)?;
        let whole = number_at(&self.rules.numerals, self.lexed, at).filter(|whole| !whole.ordinal)?;
        let bottom = exact::whole(whole.number).filter(|&bottom| bottom > 1)?;
        let is_part = (1..bottom.min(100)).contains(&top);
        let ends = self.lexed.at(whole.next).shape != Shape::Word;
        let context = &self.rules.context;
        // `about one in six view it so`, `one in five is`
        let goes_on = top == 1
            && (context.modifiers.before(self.lexed, part.first).is_some()
                || context.is_verb(self.lexed, whole.next)
                || context.is(self.lexed, whole.next, Class::Closed));
        let counted = (context.is_plural(self.lexed, whole.next) || goes_on)
            && !context.is(self.lexed, whole.next, Class::Period);
        let tells = match joint {
            // `one in five children`, but `5 in 10 days` and `3 in 2024`
            Joint::In => {
                is_part && (part.form == Form::Words || top == 1) && bottom <= 1000 && (counted || ends)
            }
            Joint::OutOf => is_part && !context.is(self.lexed, whole.next, Class::Period),
            Joint::Over => ends && bottom <= 1000,
        };
        let low = exact::ratio(top, bottom).filter(|_| tells)?;
        Some(Item { low, next: whole.next, scale: None, power: 0, form: Form::Words, ..part })
    }

    fn share_joint(&self, at: usize) -> Option<(Joint, usize)> {
        let (joint, next) = match self.lexed.str(at) {
            "in" => (Joint::In, at + 1),
            "over" => (Joint::Over, at + 1),
            "out" if self.lexed.id(at + 1) == self.rules.numerals.of => (Joint::OutOf, at + 2),
            "of" if self.lexed.str(at + 1) == "every" => (Joint::OutOf, at + 1),
            _ => return None,
        };
        Some((joint, next + usize::from(self.lexed.str(next) == "every")))
    }
}

/// What stands between the part and the whole.
enum Joint {
    In,
    OutOf,
    Over,
}
