//! A text as the rules see it: its tokens with what the gazetteers say of each and how it is written.

use std::ops::Range;

use copydesk_types::{Reading, Span, TokenKind};

use crate::gazetteer::{
    Gazetteer, Known, Scan,
    flags::{self, Flags},
    scan,
};

/// A word that begins with a capital and is no function word in that place.
pub(crate) const CAPITAL: u16 = 1;
/// A word of capitals only, two at least.
pub(crate) const CAPS: u16 = 1 << 1;
/// A word that begins with a small letter.
pub(crate) const SMALL: u16 = 1 << 2;
/// A number in digits.
pub(crate) const NUMBER: u16 = 1 << 3;
/// `33rd`, `first`.
pub(crate) const ORDINAL: u16 = 1 << 4;
/// Glued to the token before it.
pub(crate) const GLUED: u16 = 1 << 5;
/// In a sentence that capitalises its words throughout.
pub(crate) const TITLED: u16 = 1 << 6;
/// First word of its sentence.
pub(crate) const FIRST: u16 = 1 << 7;

/// A word that may open a sentence without being a name, and is none here.
pub(crate) const FUNCTION: u16 = 1 << 8;

/// Share of capitalised words among those of a sentence without a full stop from which on capitals say nothing.
/// Headlines in title case of the development set lie above .7; a list of officials may as well, but it has its stop.
const TITLED_SHARE: f32 = 0.75;
/// Words below which no sentence counts as titled: `Nguyen Van An` alone on a line is a name.
const TITLED_WORDS: usize = 5;

/// The tokens of a text with all that rules ask of them.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) reading: &'a Reading<'a>,
    /// Folded spellings, one entry a token.
    pub(crate) keys: Vec<u64>,
    /// Bits of [`flags`], one entry a token.
    pub(crate) flags: Vec<Flags>,
    /// Bits of this module, one entry a token.
    pub(crate) shapes: Vec<u16>,
    /// Names of the gazetteers, in order.
    pub(crate) known: Vec<Known>,
}

/// Looks at every token of a text once.
pub(crate) fn look<'a>(gazetteer: &Gazetteer, reading: &'a Reading<'a>) -> Words<'a> {
    let Scan { keys, mut flags, known } = scan(gazetteer, reading);
    let mut shapes: Vec<u16> = Vec::with_capacity(reading.tokens.len());
    for sentence in &reading.sentences {
        let (mut words, mut capitals) = (0, 0);
        for at in sentence.tokens.clone() {
            let mut shape = shape(reading, at, flags[at]);
            if at == sentence.tokens.start {
                shape |= FIRST;
            }
            // Only words of four letters and more tell: short ones stay small in a headline.
            if shape & (CAPITAL | SMALL) != 0 && reading.tokens[at].span.len() > 3 {
                words += 1;
                capitals += usize::from(shape & CAPITAL != 0);
            }
            shapes.push(shape);
        }
        let stopped = matches!(reading.token(sentence.tokens.end - 1), "." | ";" | ":");
        if !stopped && words >= TITLED_WORDS && capitals as f32 >= TITLED_SHARE * words as f32 {
            shapes[sentence.tokens.clone()].iter_mut().for_each(|shape| *shape |= TITLED);
        } else {
            name_function_words(&mut shapes, &flags, reading, sentence.tokens.clone());
        }
    }
    flags.iter_mut().for_each(|bits| *bits &= flags::PUBLIC);
    Words { reading, keys, flags, shapes, known }
}

/// A function word that is capitalised after another capital, where capitals say something, is part of a name: `An` in
/// `Le Van An`.
fn name_function_words(shapes: &mut [u16], flags: &[Flags], reading: &Reading<'_>, tokens: Range<usize>) {
    for at in tokens.skip(1) {
        let follows = shapes[at - 1] & CAPITAL != 0 && shapes[at] & GLUED == 0;
        if follows && flags[at] & flags::FUNCTION != 0 && reading.token(at).starts_with(char::is_uppercase) {
            shapes[at] = shapes[at] & !FUNCTION | CAPITAL;
        }
    }
}

fn shape(reading: &Reading<'_>, at: usize, flags: Flags) -> u16 {
    let token = reading.tokens[at];
    let text = reading.token(at);
    let mut shape = 0;
    if at > 0 && reading.tokens[at - 1].span.end == token.span.start {
        shape |= GLUED;
    }
    match token.kind {
        TokenKind::Number => shape |= NUMBER,
        TokenKind::Word | TokenKind::Mixed => {
            let Some(first) = text.chars().next() else { return shape };
            if first.is_ascii_digit() {
                let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                if matches!(&text[digits.len()..], "st" | "nd" | "rd" | "th") {
                    shape |= ORDINAL;
                }
            } else if first.is_lowercase() {
                shape |= SMALL;
            } else if flags & flags::FUNCTION == 0 {
                shape |= CAPITAL;
                if text.len() > 1 && !text.contains(char::is_lowercase) {
                    shape |= CAPS;
                }
            }
            if flags & flags::FUNCTION != 0 {
                shape |= FUNCTION;
            }
            if flags & flags::ORDINAL_WORD != 0 {
                shape |= ORDINAL;
            }
        }
        TokenKind::Clitic | TokenKind::Punctuation | TokenKind::Symbol => {}
    }
    shape
}

impl Words<'_> {
    /// Whether token `at` has one of the shape bits.
    pub(crate) fn is(&self, at: usize, shape: u16) -> bool {
        self.shapes.get(at).is_some_and(|s| s & shape != 0)
    }

    /// Whether the gazetteers say one of the flag bits of token `at`.
    pub(crate) fn has(&self, at: usize, flags: Flags) -> bool {
        self.flags.get(at).is_some_and(|f| f & flags != 0)
    }

    /// The characters of token `at`; empty past the end.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.reading.tokens.get(at).map_or("", |token| token.span.of(self.reading.text))
    }

    /// The name of the gazetteers that these tokens are.
    pub(crate) fn known(&self, tokens: &Range<usize>) -> Option<&Known> {
        let at = self.known.partition_point(|known| known.tokens.start < tokens.start);
        self.known.get(at).filter(|known| known.tokens == *tokens)
    }

    /// Where a sequence of tokens stands; it may not be empty.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        let all = &self.reading.tokens;
        all[tokens.start].span.join(all[tokens.end - 1].span)
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.shapes.len()
    }
}
