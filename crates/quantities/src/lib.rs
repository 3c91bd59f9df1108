//! Finds the numbers that say something, and their exact values.
//!
//! The lexer cuts the reading's tokens into lexemes; each kind's grammar reads them from left to right and proposes
//! quantities; one function chooses among what overlaps; then the words around each are read.

mod amounts;
mod arbitrate;
mod context;
mod currencies;
mod dates;
mod exact;
mod lexer;
mod lexicon;
mod meaning;
mod measured;
mod number;
mod numerals;
mod percents;
mod rules;
mod terms;
mod units;
mod votes;

use copydesk_types::{Anchor, Quantity, Reading};

pub use rules::Rules;

/// All quantities of a text, in order, none overlapping. Relative dates count from `anchor`.
pub fn find(rules: &Rules, reading: &Reading<'_>, anchor: Option<Anchor>) -> Vec<Quantity> {
    let lexed = lexer::lex(&rules.lexicon, reading);
    let mut proposals = amounts::find(rules, &lexed);
    let dates::Found { quantities: dates, silent } = dates::find(rules, &lexed, anchor);
    proposals.extend(dates);
    let mut quantities = arbitrate::choose(proposals, &silent);
    meaning::read(rules, &lexed, &mut quantities);
    quantities
}
