//! What a sentence speaks of, by its words: ball games, business, the weather, people.

use crate::lexer::{Lexed, Shape};
use crate::lexicon::{ByWord, Lexicon, WordId};

/// How many lexemes on either side of a place are looked at.
const REACH: usize = 25;

/// Words that tell what a sentence speaks of.
#[derive(Debug)]
pub(super) struct Topic(ByWord<()>);

impl Topic {
    /// A table of words, a line each.
    pub(super) fn load(lexicon: &mut Lexicon, table: &str) -> Self {
        let mut words = ByWord::default();
        for word in table.lines().filter(|line| !line.starts_with('#')) {
            words.insert(lexicon.intern(word), ());
        }
        Self(words)
    }

    /// Whether a word is one of them.
    pub(super) fn tells(&self, word: WordId) -> bool {
        self.0.get(word).is_some()
    }

    /// Whether such a word stands in the sentence around a lexeme.
    pub(super) fn around(&self, lexed: &Lexed<'_>, index: usize) -> bool {
        let in_sentence = |at: &usize| lexed.at(*at).shape != Shape::Break;
        let told = |at: usize| self.tells(lexed.id(at));
        (index.saturating_sub(REACH)..index).rev().take_while(in_sentence).any(told)
            || (index..index + REACH).take_while(in_sentence).any(told)
    }
}
