//! Words as numbers: every word that some table knows has a small id, so that a token is hashed once and each table is
//! then read by index.

use copydesk_types::Span;
use rustc_hash::FxHashMap;

/// The id of a word in a [`Lexicon`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordId(u16);

impl WordId {
    /// What a word gets that no table knows.
    pub(crate) const UNKNOWN: Self = Self(0);

    const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Longest known word in bytes, lower case.
const LONGEST: usize = 24;

/// The words of all tables, without regard to case.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    short: FxHashMap<u128, WordId>,
    long: FxHashMap<Box<[u8]>, WordId>,
    count: u16,
}

impl Lexicon {
    /// The id of `word`, which is made known if it is not yet. Words are what the lexer cuts: no blanks, no inner digits.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        let lower = word.to_lowercase();
        assert!(lower.len() <= LONGEST && !lower.is_empty(), "a table's word is empty or too long: {word}");
        let known = self.id(&lower);
        if known != WordId::UNKNOWN {
            return known;
        }
        self.count = self.count.checked_add(1).expect("the tables hold fewer than 65,536 words");
        let id = WordId(self.count);
        match pack(lower.as_bytes()) {
            Some(key) => self.short.insert(key, id),
            None => self.long.insert(lower.into_bytes().into(), id),
        };
        id
    }

    /// The id of `word` in any case, or [`WordId::UNKNOWN`].
    pub(crate) fn id(&self, word: &str) -> WordId {
        let mut buffer = [0; LONGEST];
        let Some(lower) = lower_into(word, &mut buffer) else { return WordId::UNKNOWN };
        match pack(lower) {
            Some(key) => self.short.get(&key),
            None => self.long.get(lower),
        }
        .copied()
        .unwrap_or_default()
    }

    /// The id of the word at `span` of `text`. Short ASCII words, which are nearly all, are read at once, without a copy.
    #[inline]
    pub(crate) fn id_at(&self, text: &str, span: Span) -> WordId {
        let window =
            text.as_bytes().get(span.start..span.start + 16).and_then(|window| window.try_into().ok());
        let (Some(window), 1..=16) = (window, span.len()) else { return self.id(span.of(text)) };
        let word = u128::from_le_bytes(window) & (u128::MAX >> (128 - 8 * span.len()));
        if word & HIGH_BITS != 0 {
            return self.id(span.of(text));
        }
        self.short.get(&lower(word)).copied().unwrap_or_default()
    }
}

/// The high bit of every byte.
const HIGH_BITS: u128 = u128::MAX / 0xFF * 0x80;

/// Sixteen ASCII characters in lower case, at once: a byte gets its bit 0x20 where adding sets its high bit from `A` on,
/// but not yet from `[` on.
const fn lower(word: u128) -> u128 {
    const ONES: u128 = u128::MAX / 0xFF;
    let from_a = word + ONES * (0x80 - b'A' as u128);
    let past_z = word + ONES * (0x80 - (b'Z' as u128 + 1));
    word | ((from_a & !past_z & HIGH_BITS) >> 2)
}

/// Up to 16 bytes as one number.
fn pack(word: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    Some(u128::from_le_bytes(bytes))
}

/// `word` in lower case, if it fits.
fn lower_into<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return Some(lower);
    }
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let end = len + c.len_utf8();
        c.encode_utf8(buffer.get_mut(len..end)?);
        len = end;
    }
    Some(&buffer[..len])
}

/// A table read by word.
#[derive(Debug)]
pub(crate) struct ByWord<T>(Vec<Option<T>>);

impl<T> Default for ByWord<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByWord<T> {
    /// Sets the entry of a word and returns the one that stood there.
    pub(crate) fn insert(&mut self, word: WordId, entry: T) -> Option<T> {
        if self.0.len() <= word.index() {
            self.0.resize_with(word.index() + 1, || None);
        }
        self.0[word.index()].replace(entry)
    }

    /// The entry of a word.
    pub(crate) fn get(&self, word: WordId) -> Option<&T> {
        self.0.get(word.index())?.as_ref()
    }

    /// The entry of a word, to change it.
    pub(crate) fn get_mut(&mut self, word: WordId) -> Option<&mut T> {
        self.0.get_mut(word.index())?.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let mut lexicon = Lexicon::default();
        let billion = lexicon.intern("billion");
        let long = lexicon.intern("kilogram-force-kilograms");
        let accented = lexicon.intern("février");
        assert_eq!(lexicon.intern("Billion"), billion);
        for (word, id) in [
            ("BILLION", billion),
            ("Kilogram-Force-Kilograms", long),
            ("FÉVRIER", accented),
            ("billions", WordId::UNKNOWN),
            ("", WordId::UNKNOWN),
            ("a-word-longer-than-every-known-word", WordId::UNKNOWN),
        ] {
            assert_eq!(lexicon.id(word), id, "{word}");
            let text = format!("{word}, and so on, on and on");
            assert_eq!(lexicon.id_at(&text, Span::new(0, word.len())), id, "{word}");
            assert_eq!(lexicon.id_at(word, Span::new(0, word.len())), id, "{word}");
        }
    }

    #[test]
    fn sixteen_characters_are_lowered_at_once() {
        for text in ["AZaz[]@`09!~ MZ", "VIETNAM customs."] {
            let word = pack(text.as_bytes()).expect("sixteen bytes");
            assert_eq!(
                lower(word),
                pack(text.to_ascii_lowercase().as_bytes()).expect("sixteen bytes"),
                "{text}"
            );
        }
    }
}
