//! Names by their form: `X Customs`, `Ministry of X and Y`, `Decision 135/QD-TCHQ`.
//!
//! The forms are rows of `data/patterns.txt`, each with examples that it must find and texts in which it must find
//! nothing; the table's head says how a row is written. A row is compiled to a program of a backtracking matcher with a
//! bounded number of steps a token, so that a text is matched in linear time.

mod compile;
mod program;

use std::ops::Range;

use copydesk_types::EntityLabel;
use rustc_hash::FxHashMap;

use crate::{
    gazetteer::key,
    proposal::{Proposal, Source},
    words::{CAPITAL, TITLED, Words},
};
use program::{Program, Test, Way};

const TABLE: &str = include_str!("../../data/patterns.txt");

/// Factor on a row's score in a sentence that capitalises all its words, where a run of capitals is no evidence.
const TITLED_FACTOR: f32 = 0.6;

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Pattern {
    name: &'static str,
    /// None where the row says that no mention may hold the span.
    label: Option<EntityLabel>,
    score: f32,
    program: Program,
    /// What the first token must pass one of.
    first: Vec<Test>,
    /// Words of which every match holds one; empty where the row asks for none.
    needed: Vec<&'static str>,
    examples: Vec<&'static str>,
    counter_examples: Vec<&'static str>,
}

/// All rows, by what a sentence must hold.
#[derive(Debug)]
pub(crate) struct Patterns {
    rows: Vec<Pattern>,
    /// Rows that are tried in every sentence, a bit each.
    always: u128,
    /// Rows that are tried in a sentence with a word of this key.
    by_word: FxHashMap<u64, u128>,
    /// Rows that begin with a capitalised word.
    capital: u128,
}

impl Patterns {
    /// The table embedded in the program.
    ///
    /// # Panics
    /// Never with the table that the tests of this module read.
    pub(crate) fn load() -> Self {
        let rows = compile::table(TABLE);
        assert!(rows.len() <= u128::BITS as usize, "more patterns than bits");
        let mut patterns = Self { rows, always: 0, by_word: FxHashMap::default(), capital: 0 };
        for (row, bit) in patterns.rows.iter().zip(bits()) {
            if row.first.iter().all(Test::needs_capital) {
                patterns.capital |= bit;
            }
            if row.needed.is_empty() {
                patterns.always |= bit;
            }
            for word in &row.needed {
                *patterns.by_word.entry(key(word)).or_default() |= bit;
            }
        }
        patterns
    }

    /// The rows that may match in a sentence, those that begin with a capitalised word first.
    fn of_sentence(&self, words: &Words<'_>, sentence: Range<usize>) -> [Vec<&Pattern>; 2] {
        let keys = &words.keys[sentence];
        let rows =
            keys.iter().filter_map(|key| self.by_word.get(key)).fold(self.always, |all, rows| all | rows);
        let take = |mask: u128| {
            self.rows.iter().zip(bits()).filter(move |(_, bit)| mask & bit != 0).map(|(row, _)| row)
        };
        [take(rows & self.capital).collect(), take(rows & !self.capital).collect()]
    }
}

/// The bit of each row.
fn bits() -> impl Iterator<Item = u128> {
    (0..u128::BITS).map(|shift| 1 << shift)
}

/// What the rows find in a text.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Spans that may be mentions, in the order of the text.
    pub(crate) proposals: Vec<Proposal>,
    /// Spans that no mention may hold whole, likewise.
    pub(crate) vetoes: Vec<Range<usize>>,
}

/// Tries every row at every token.
pub(crate) fn find(patterns: &Patterns, words: &Words<'_>) -> Found {
    let mut found = Found::default();
    let mut ways = Vec::new();
    for sentence in &words.reading.sentences {
        let [capital, other] = patterns.of_sentence(words, sentence.tokens.clone());
        for at in sentence.tokens.clone() {
            let capital = if words.is(at, CAPITAL) { &capital[..] } else { &[] };
            for row in capital.iter().chain(&other) {
                let Some(tokens) = row.find_at(words, at, &sentence.tokens, &mut ways) else { continue };
                let Some(label) = row.label else {
                    found.vetoes.push(tokens);
                    continue;
                };
                let factor = if words.is(at, TITLED) { TITLED_FACTOR } else { 1.0 };
                let (score, source) = (row.score * factor, Source::Pattern(row.name));
                found.proposals.push(Proposal { tokens, label, score, source });
            }
        }
    }
    found
}

impl Pattern {
    fn find_at(
        &self,
        words: &Words<'_>,
        at: usize,
        sentence: &Range<usize>,
        ways: &mut Vec<Way>,
    ) -> Option<Range<usize>> {
        let begins = self.first.iter().any(|test| test.holds(words, at, sentence));
        begins.then(|| self.program.run(words, at, sentence, ways))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{marked::GAZETTEER, words::look};

    /// Every row finds the bracketed spans of its examples, and nothing else in them; and nothing in its
    /// counter-examples.
    #[test]
    fn rows_keep_their_examples() {
        let mut wrong = Vec::new();
        for row in &Patterns::load().rows {
            assert!(!row.examples.is_empty(), "{} has no example", row.name);
            for text in row.examples.iter().chain(&row.counter_examples) {
                let plain = text.replace(['[', ']'], "");
                let reading = copydesk_text::read(&plain);
                let words = look(&GAZETTEER, &reading);
                let mut spans: Vec<Range<usize>> = Vec::new();
                for sentence in &reading.sentences {
                    for at in sentence.tokens.clone() {
                        let span = row.find_at(&words, at, &sentence.tokens, &mut Vec::new());
                        // A shorter match inside a longer one is left to the chooser.
                        spans.extend(span.filter(|s| spans.last().is_none_or(|last| last.end < s.end)));
                    }
                }
                let mut marked = plain.clone();
                for span in spans.iter().rev() {
                    marked.insert(reading.tokens[span.end - 1].span.end, ']');
                    marked.insert(reading.tokens[span.start].span.start, '[');
                }
                if &marked != text {
                    wrong.push(format!("{}: {text} -> {marked}", row.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
