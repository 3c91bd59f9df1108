//! What the model sees of one word by itself: hashes of its forms and shapes, and what the lexicon says of it.

use super::lexicon::{Lexicon, PARTS};

/// Letters that a word begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letter at all.
    None,
    /// The first letter is lower case, or of a script without case.
    Lower,
    /// The first letter is a capital, another isn't.
    Capital,
    /// More than one letter, all capitals.
    Upper,
    /// One capital and no more letters.
    Single,
}

/// One word, or the edge of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Hash of the characters as they stand.
    pub exact: u64,
    /// Hash of the lower-case characters, digits folded to `0`.
    pub lower: u64,
    /// Hash of the shape, runs up to four: `Xxxxx` and `Xxxx` are one.
    pub shape: u64,
    /// Hash of the shape, runs of one.
    pub short: u64,
    /// Class among some thousand, 0 where unknown.
    pub cluster: u16,
    /// Class among 64, 0 where unknown.
    pub group: u8,
    /// Codes of the parts of its vector, where it has one.
    pub codes: Option<[u8; PARTS]>,
    /// How often training text has it in lower case, in steps; 0 where unknown.
    pub lowered: u8,
    /// Characters, at most 255.
    pub len: u8,
    /// Case.
    pub case: Case,
}

impl Word {
    /// Reads a word. Linear in its length.
    pub fn read(text: &str, lexicon: &Lexicon<'_>) -> Self {
        let exact = hash_bytes(text.as_bytes());
        let (mut lower, mut shape, mut short) = (Rolling::new(), Rolling::new(), Rolling::new());
        let (mut capitals, mut smalls, mut len) = (0usize, 0usize, 0usize);
        let mut first_is_capital = false;
        let (mut last_class, mut run) = (0, 0);
        for c in text.chars() {
            let class = if c.is_ascii() { ascii_class(c) } else { class(c) };
            match class {
                CAPITAL => capitals += 1,
                SMALL => smalls += 1,
                _ => {}
            }
            if capitals + smalls == 1 && class == CAPITAL {
                first_is_capital = true;
            }
            for_lower(c, |folded| lower.push(folded));
            if class == last_class {
                run += 1;
            } else {
                run = 1;
                last_class = class;
                short.push(class);
            }
            if run <= 4 {
                shape.push(class);
            }
            len += 1;
        }
        let case = match (capitals, smalls) {
            (0, 0) => Case::None,
            (1, 0) => Case::Single,
            (_, 0) => Case::Upper,
            _ if first_is_capital => Case::Capital,
            _ => Case::Lower,
        };
        let lower = lower.finish();
        let entry = lexicon.entry(exact, lower);
        Self {
            exact,
            lower,
            shape: shape.finish(),
            short: short.finish(),
            cluster: entry.class.cluster,
            group: entry.class.group,
            codes: entry.class.codes,
            lowered: entry.lowered,
            len: u8::try_from(len).unwrap_or(u8::MAX),
            case,
        }
    }

    /// What stands before the first word (`side` 0, 1) or after the last (2, 3).
    pub const fn edge(side: u64) -> Self {
        let hash = mix(0xED6E + side);
        Self {
            exact: hash,
            lower: hash,
            shape: hash,
            short: hash,
            cluster: 0,
            group: 0,
            codes: None,
            lowered: 0,
            len: 0,
            case: Case::None,
        }
    }

    /// Whether it begins with a capital.
    pub const fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper | Case::Single)
    }

    /// Whether it holds a letter.
    pub fn has_letter(&self) -> bool {
        self.case != Case::None
    }
}

/// Hands hashes of the first and the last one to five characters, lower case, with their length (negative at the end).
pub fn affixes(text: &str, mut sink: impl FnMut(i8, u64)) {
    let mut hash = Rolling::new();
    for (length, c) in (1..=5).zip(text.chars()) {
        for_lower(c, |folded| hash.push(folded));
        sink(length, hash.finish());
    }
    let mut hash = Rolling::new();
    for (length, c) in (1..=5).zip(text.chars().rev()) {
        for_lower(c, |folded| hash.push(folded));
        sink(-length, hash.finish());
    }
}

/// Hash of bytes as they stand.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = Rolling::new();
    let (eights, rest) = bytes.as_chunks::<8>();
    for chunk in eights {
        hash.push_word(u64::from_le_bytes(*chunk));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash.push_word(u64::from_le_bytes(last));
    hash.push_word(bytes.len() as u64);
    hash.finish()
}

/// Hash of a word in lower case, digits folded, as [`Word::lower`].
pub fn hash_lower(text: &str) -> u64 {
    let mut hash = Rolling::new();
    for c in text.chars() {
        for_lower(c, |folded| hash.push(folded));
    }
    hash.finish()
}

/// Spreads the bits of a number over all 64 (the finaliser of splitmix64).
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A hash that grows by a number at a time and can be read after each.
struct Rolling(u64);

impl Rolling {
    const fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    const fn push(&mut self, value: u32) {
        self.push_word(value as u64);
    }

    const fn push_word(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9FB2_1C65_1E98_DF25);
        self.0 ^= self.0 >> 32;
    }

    const fn finish(&self) -> u64 {
        mix(self.0)
    }
}

const CAPITAL: u32 = 1;
const SMALL: u32 = 2;
const DIGIT: u32 = 3;
const UNCASED: u32 = 4;

const fn ascii_class(c: char) -> u32 {
    match c {
        'A'..='Z' => CAPITAL,
        'a'..='z' => SMALL,
        '0'..='9' => DIGIT,
        _ => c as u32,
    }
}

fn class(c: char) -> u32 {
    if c.is_uppercase() {
        CAPITAL
    } else if c.is_lowercase() {
        SMALL
    } else if c.is_numeric() {
        DIGIT
    } else if c.is_alphabetic() {
        UNCASED
    } else {
        u32::from(c)
    }
}

fn for_lower(c: char, mut sink: impl FnMut(u32)) {
    if c.is_ascii_digit() {
        sink(u32::from('0'));
    } else if c.is_ascii() {
        sink(u32::from(c.to_ascii_lowercase()));
    } else {
        c.to_lowercase().for_each(|folded| sink(u32::from(folded)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::read(text, &Lexicon::default())
    }

    #[test]
    fn cases() {
        for (text, expected) in [
            ("Hanoi", Case::Capital),
            ("customs", Case::Lower),
            ("iPhone", Case::Lower),
            ("WCO", Case::Upper),
            ("U.S.", Case::Upper),
            ("A", Case::Single),
            ("2024", Case::None),
            ("33rd", Case::Lower),
            ("Đông", Case::Capital),
            ("日", Case::None),
        ] {
            assert_eq!(word(text).case, expected, "{text}");
        }
    }

    #[test]
    fn equal_forms_share_hashes() {
        assert_eq!(word("HANOI").lower, word("hanoi").lower);
        assert_ne!(word("HANOI").exact, word("hanoi").exact);
        assert_eq!(word("Hanoi").shape, word("Saigon").shape);
        assert_ne!(word("Hue").shape, word("Hanoi").shape);
        assert_eq!(word("Hue").short, word("Hanoi").short);
        assert_eq!(word("1,234").lower, word("5,678").lower);
        assert_eq!(word("Đông").lower, hash_lower("đông"));
        assert_ne!(hash_bytes(b"a"), hash_bytes(b"a\0"));
    }

    #[test]
    fn affixes_count_characters() {
        let mut lengths = Vec::new();
        affixes("Nụ", |length, _| lengths.push(length));
        assert_eq!(lengths, [1, 2, -1, -2]);
    }
}
