//! A text read into tokens and sentences.

use std::ops::Range;

use crate::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with combining marks; `U.S.` with its dots.
    Word,
    /// Digits, with a comma or full stop between two digits: `1,234.5`.
    Number,
    /// Letters and digits without a blank: `33rd`, `VND19.042`, `F16`.
    Mixed,
    /// A possessive or negative clitic: `'s`, `n't` stay apart from their word.
    Clitic,
    /// One mark of punctuation.
    Punctuation,
    /// One symbol: `$`, `%`, `€`, `+`.
    Symbol,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space around it.
    pub span: Span,
    /// Its tokens, by index.
    pub tokens: Range<usize>,
}

/// A text with its tokens and sentences, both in order; every token lies in exactly one sentence.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The text that all spans are made for.
    pub text: &'a str,
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences. A newline ends a sentence.
    pub sentences: Vec<Sentence>,
}

impl Reading<'_> {
    /// The sentence in which a byte stands, or the nearest before it.
    pub fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        self.sentences.get(after.saturating_sub(1))
    }

    /// The characters of token `index`.
    pub fn token(&self, index: usize) -> &str {
        self.tokens[index].span.of(self.text)
    }
}
