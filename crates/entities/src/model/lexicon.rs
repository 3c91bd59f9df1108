//! What training text says of words at large: their class among others, and how often they stand in lower case.

use super::{
    file::{Cursor, FormatError},
    table::{self, Table},
    word::{hash_bytes, hash_lower},
};

/// What the lexicon says of a word; zeros where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Class among some thousand, from 1.
    pub cluster: u16,
    /// Class among 64, from 1.
    pub group: u8,
    /// Share of lower case among its occurrences, in steps from 1 (never) to [`LOWERED_STEPS`] (always).
    pub lowered: u8,
}

/// Steps of the lower-case share.
pub const LOWERED_STEPS: u8 = 7;
/// Upper bounds of all steps but the last.
const LOWERED_BOUNDS: [f32; 6] = [0.02, 0.1, 0.3, 0.6, 0.9, 0.99];

/// Two maps: exact words to classes, lower-case words to shares.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'a> {
    words: Table<'a>,
    /// Cluster, low byte first, then group.
    classes: &'a [[u8; 3]],
    folded: Table<'a>,
    shares: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// Reads what [`write`] wrote.
    pub fn read(cursor: &mut Cursor<'a>) -> Result<Self, FormatError> {
        let words = Table::read(cursor)?;
        let classes = cursor.chunks(words.len())?;
        let folded = Table::read(cursor)?;
        let shares = cursor.bytes(folded.len())?;
        Ok(Self { words, classes, folded, shares })
    }

    /// The entry of a word by the hashes of its exact and its lower-case form. A word without a class takes that of its
    /// lower-case form.
    pub fn entry(&self, exact: u64, lower: u64) -> Entry {
        let class = self.words.position(exact).or_else(|| self.words.position(lower_key(lower)));
        let [low, high, group] = class.map_or([0; 3], |at| self.classes[at]);
        let lowered = self.folded.position(lower).map_or(0, |at| self.shares[at]);
        Entry { cluster: u16::from_le_bytes([low, high]), group, lowered }
    }
}

/// The step of a share of lower case.
pub fn lowered_step(share: f32) -> u8 {
    let below = LOWERED_BOUNDS.iter().take_while(|&&bound| share > bound).count();
    u8::try_from(below + 1).unwrap_or(LOWERED_STEPS)
}

/// Appends a lexicon to a file: words with cluster and group, lower-case words with their step.
pub fn write(classes: &[(String, u16, u8)], lowered: &[(String, u8)], file: &mut Vec<u8>) {
    let mut keyed: Vec<(u64, [u8; 3])> = Vec::with_capacity(2 * classes.len());
    for (word, cluster, group) in classes {
        let [low, high] = cluster.to_le_bytes();
        keyed.push((hash_bytes(word.as_bytes()), [low, high, *group]));
        // The most frequent spelling speaks for the lower-case form: the list is sorted by frequency, and the first
        // of equal keys stays.
        keyed.push((lower_key(hash_lower(word)), [low, high, *group]));
    }
    write_map(keyed, file);
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
        write(
            &[(word("the"), 3, 1), (word("Hanoi"), 900, 7)],
            &[(word("the"), 7), (word("hanoi"), 1)],
            &mut file,
        );
        let lexicon = Lexicon::read(&mut Cursor::new(&file)).unwrap();
        let entry = |word: &str| lexicon.entry(hash_bytes(word.as_bytes()), hash_lower(word));
        assert_eq!(entry("Hanoi"), Entry { cluster: 900, group: 7, lowered: 1 });
        assert_eq!(entry("HANOI"), Entry { cluster: 900, group: 7, lowered: 1 });
        assert_eq!(entry("The"), Entry { cluster: 3, group: 1, lowered: 7 });
        assert_eq!(entry("Vientiane"), Entry::default());
    }

    #[test]
    fn steps_of_shares() {
        for (share, step) in [(0.0, 1), (0.02, 1), (0.05, 2), (0.5, 4), (0.95, 6), (1.0, LOWERED_STEPS)] {
            assert_eq!(lowered_step(share), step, "{share}");
        }
    }
}
