//! Finds dates, times, durations and ages, and resolves them.

use copydesk_types::{Anchor, Quantity};

use crate::Rules;
use crate::lexer::Lexed;
use crate::lexicon::Lexicon;

/// The words of dates, over the lexicon of the crate.
#[derive(Debug)]
pub(crate) struct Tables {}

impl Tables {
    /// The tables of `data/dates`.
    pub(crate) const fn load(_lexicon: &mut Lexicon) -> Self {
        Self {}
    }
}

/// All dates, times, durations and ages of a text, in order, none overlapping. Relative dates count from `anchor`.
pub(crate) const fn find(_rules: &Rules, _lexed: &Lexed<'_>, _anchor: Option<Anchor>) -> Vec<Quantity> {
    Vec::new()
}
