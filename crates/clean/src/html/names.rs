//! Words of `class`, `id` and the like, and what some of them say.

use std::sync::LazyLock;

use crate::raw::{FNV_OFFSET, fnv_step, word_hash};

/// Words kept of one element: utility classes may come in dozens, and the telling one last.
const MAX_WORDS: usize = 24;
/// Bytes of one attribute that are read.
const MAX_BYTES: usize = 512;

/// What a class word says, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// The element names who wrote something.
    Author,
    /// The element tells a date.
    Date,
    /// The date is the one of publication.
    Published,
    /// The date is the one of a change.
    Modified,
    /// What is inside belongs to something else than the article.
    Others,
    /// What is inside is for screen readers and not seen.
    Unseen,
}

static HINTS: LazyLock<Vec<(u64, Hint)>> = LazyLock::new(|| read(include_str!("../../data/class-words.txt")));

/// Lines of `hint: word word …`; `#` begins a comment.
fn read(table: &str) -> Vec<(u64, Hint)> {
    let mut hints = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, words)) = line.split_once(':') else { continue };
        let hint = match name {
            "author" => Hint::Author,
            "date" => Hint::Date,
            "published" => Hint::Published,
            "modified" => Hint::Modified,
            "others" => Hint::Others,
            "unseen" => Hint::Unseen,
            _ => continue,
        };
        hints.extend(words.split_whitespace().map(|word| (word_hash(word), hint)));
    }
    hints.sort_unstable();
    hints
}

/// Hints by the last bits of their words' hashes: most words are told to say nothing by one look.
static SIEVE: LazyLock<[u64; SIEVE_WORDS]> = LazyLock::new(|| {
    let mut sieve = [0; SIEVE_WORDS];
    for (word, _) in HINTS.iter() {
        let (at, bit) = place(*word);
        sieve[at] |= bit;
    }
    sieve
});
const SIEVE_WORDS: usize = 64;

fn place(word: u64) -> (usize, u64) {
    ((word >> 6) as usize % SIEVE_WORDS, 1 << (word % 64))
}

/// What a word says.
pub(super) fn hint(word: u64) -> Option<Hint> {
    let (at, bit) = place(word);
    if SIEVE[at] & bit == 0 {
        return None;
    }
    let at = HINTS.binary_search_by_key(&word, |(known, _)| *known).ok()?;
    Some(HINTS[at].1)
}

/// What the words of one element say, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u8);

impl Hints {
    pub(super) fn of(words: &[u64]) -> Self {
        Self(words.iter().filter_map(|&word| hint(word)).fold(0, |set, hint| set | 1 << hint as u8))
    }

    pub(super) const fn has(self, hint: Hint) -> bool {
        self.0 & (1 << hint as u8) != 0
    }
}

/// Appends the hashes of the words of an attribute: runs of ASCII letters, lower case, cut at camelCase humps.
pub(super) fn words_into(value: &str, out: &mut Vec<u64>) {
    let full = out.len() + MAX_WORDS;
    let (mut hash, mut len, mut before_lower) = (FNV_OFFSET, 0, false);
    for &byte in value.as_bytes().iter().take(MAX_BYTES).chain(b" ") {
        let hump = byte.is_ascii_uppercase() && before_lower;
        if (hump || !byte.is_ascii_alphabetic()) && len > 0 {
            if len > 1 && out.len() < full {
                out.push(hash);
            }
            (hash, len) = (FNV_OFFSET, 0);
        }
        if byte.is_ascii_alphabetic() {
            hash = fnv_step(hash, byte.to_ascii_lowercase());
            len += 1;
        }
        before_lower = byte.is_ascii_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (value, expected) in [
            ("article-body", "article body"),
            ("articleBody  js_Main", "article body js main"),
            ("NewsArticle__XY z", "news article xy"),
            ("post-1234", "post"),
            ("autor·naam", "autor naam"),
            ("", ""),
        ] {
            let mut found = Vec::new();
            words_into(value, &mut found);
            let expected: Vec<u64> = expected.split_whitespace().map(word_hash).collect();
            assert_eq!(found, expected, "{value}");
        }
    }

    #[test]
    fn hints() {
        for (word, expected) in [
            ("byline", Some(Hint::Author)),
            ("comments", Some(Hint::Others)),
            ("timestamp", Some(Hint::Date)),
            ("paragraph", None),
        ] {
            assert_eq!(hint(word_hash(word)), expected, "{word}");
        }
    }
}
