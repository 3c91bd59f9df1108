//! Reads tokens, sentences, numbers and absolute dates at a position of a text.
//!
//! Readers take a position and return the value and where it ends; nothing here knows what a number or a name is good
//! for.

pub mod date;
pub mod number;
mod sentences;
mod tokens;

use copydesk_types::Reading;

pub use tokens::is_word_char;

/// Reads a text into tokens and sentences. Linear in the length of the text.
pub fn read(text: &str) -> Reading<'_> {
    let tokens = tokens::tokenize(text);
    let sentences = sentences::split(text, &tokens);
    Reading { text, tokens, sentences }
}
