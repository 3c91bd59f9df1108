//! Finds the numbers that say something, and their exact values.
//!
//! The lexer cuts the reading's tokens into lexemes; each kind's grammar reads them from left to right and proposes
//! quantities; one function chooses among what overlaps.

mod dates;
mod exact;
mod lexer;
mod lexicon;
mod number;
mod numerals;
mod rules;
mod terms;

use copydesk_types::{Anchor, Quantity, Reading};

pub use rules::Rules;

/// All quantities of a text, in order, none overlapping. Relative dates count from `anchor`.
pub fn find(rules: &Rules, reading: &Reading<'_>, anchor: Option<Anchor>) -> Vec<Quantity> {
    let lexed = lexer::lex(&rules.lexicon, reading);
    dates::find(rules, &lexed, anchor)
}
