//! What training text says of words at large: their class among others, and how often they stand in lower case.

use super::{
    file::{Cursor, FormatError},
    table::{self, Table},
    word::{hash_bytes, hash_lower},
};

/// Parts that a word's vector is cut into; each is coded by itself (product quantisation, Jégou et al. 2011).
pub const PARTS: usize = 8;

/// What words that are used alike have in common; zeros where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// Class among some thousand, from 1.
    pub cluster: u16,
    /// Class among 64, from 1.
    pub group: u8,
    /// Codes of the parts of their vector, where they have one.
    pub codes: Option<[u8; PARTS]>,
}

/// What the lexicon says of a word; zeros where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The words that are used like it.
    pub class: Class,
    /// Share of lower case among its occurrences, in steps from 1 (never) to [`LOWERED_STEPS`] (always).
    pub lowered: u8,
}

/// Steps of the lower-case share.
pub const LOWERED_STEPS: u8 = 7;
/// Upper bounds of all steps but the last.
const LOWERED_BOUNDS: [f32; 6] = [0.02, 0.1, 0.3, 0.6, 0.9, 0.99];

/// Bytes of a class: cluster, low byte first, group, codes.
const CLASS_BYTES: usize = 3 + PARTS;

/// Two maps: words to classes, lower-case words to shares.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'a> {
    words: Table<'a>,
    /// Number of the class of each word.
    numbers: &'a [[u8; 2]],
    classes: &'a [[u8; CLASS_BYTES]],
    folded: Table<'a>,
    shares: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// Reads what [`write`] wrote.
    pub fn read(cursor: &mut Cursor<'a>) -> Result<Self, FormatError> {
        let words = Table::read(cursor)?;
        let numbers = cursor.chunks(words.len())?;
        let count = cursor.u32()? as usize;
        let classes = cursor.chunks(count)?;
        let folded = Table::read(cursor)?;
        let shares = cursor.bytes(folded.len())?;
        Ok(Self { words, numbers, classes, folded, shares })
    }

    /// The entry of a word by the hashes of its exact and its lower-case form. A word without a class takes that of its
    /// lower-case form.
    pub fn entry(&self, exact: u64, lower: u64) -> Entry {
        let word = self.words.position(exact).or_else(|| self.words.position(lower_key(lower)));
        let lowered = self.folded.position(lower).map_or(0, |at| self.shares[at]);
        Entry { class: word.map_or(Class::default(), |at| self.class(at)), lowered }
    }

    /// The class of the word at a position.
    fn class(&self, at: usize) -> Class {
        let number = usize::from(u16::from_le_bytes(self.numbers[at]));
        let Some(&[low, high, group, ref codes @ ..]) = self.classes.get(number) else {
            return Class::default();
        };
        Class { cluster: u16::from_le_bytes([low, high]), group, codes: Some(*codes) }
    }
}

/// The step of a share of lower case.
pub fn lowered_step(share: f32) -> u8 {
    let below = LOWERED_BOUNDS.iter().take_while(|&&bound| share > bound).count();
    u8::try_from(below + 1).unwrap_or(LOWERED_STEPS)
}

/// Appends a lexicon to a file: classes with their words, lower-case words with their step.
pub fn write(classes: &[(Class, Vec<String>)], lowered: &[(String, u8)], file: &mut Vec<u8>) {
    let keyed = (0u16..).zip(classes).flat_map(|(number, (_, words))| {
        words.iter().map(move |word| {
            let is_lower = word.chars().all(|c| c.is_lowercase());
            let key = if is_lower { lower_key(hash_lower(word)) } else { hash_bytes(word.as_bytes()) };
            (key, number.to_le_bytes())
        })
    });
    write_map(keyed.collect(), file);
    file.extend((classes.len() as u32).to_le_bytes());
    for (class, _) in classes {
        file.extend(class.cluster.to_le_bytes());
        file.push(class.group);
        file.extend(class.codes.unwrap_or_default());
    }
    write_map(lowered.iter().map(|(word, step)| (hash_lower(word), [*step])).collect(), file);
}

fn write_map<const N: usize>(mut entries: Vec<(u64, [u8; N])>, file: &mut Vec<u8>) {
    entries.sort_by_key(|entry| entry.0);
    entries.dedup_by_key(|entry| entry.0);
    let hashes: Vec<u64> = entries.iter().map(|entry| entry.0).collect();
    table::write(&hashes, file);
    file.extend(entries.iter().flat_map(|entry| entry.1));
}

/// Keeps lower-case keys apart from exact ones.
const fn lower_key(lower: u64) -> u64 {
    super::word::mix(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of() {
        let mut file = Vec::new();
        let word = str::to_owned;
        let class = |cluster, group| Class { cluster, group, codes: Some([group; PARTS]) };
        write(
            &[(class(3, 1), vec![word("the")]), (class(900, 7), vec![word("Hanoi"), word("hue")])],
            &[(word("the"), 7), (word("hanoi"), 1)],
            &mut file,
        );
        let lexicon = Lexicon::read(&mut Cursor::new(&file)).unwrap();
        let entry = |word: &str| lexicon.entry(hash_bytes(word.as_bytes()), hash_lower(word));
        assert_eq!(entry("Hanoi"), Entry { class: class(900, 7), lowered: 1 });
        assert_eq!(entry("hanoi"), Entry { class: Class::default(), lowered: 1 });
        assert_eq!(entry("The"), Entry { class: class(3, 1), lowered: 7 });
        assert_eq!(entry("HUE"), Entry { class: class(900, 7), lowered: 0 });
        assert_eq!(entry("Vientiane"), Entry::default());
    }

    #[test]
    fn steps_of_shares() {
        for (share, step) in [(0.0, 1), (0.02, 1), (0.05, 2), (0.5, 4), (0.95, 6), (1.0, LOWERED_STEPS)] {
            assert_eq!(lowered_step(share), step, "{share}");
        }
    }
}
