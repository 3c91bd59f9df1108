//! A read-only map from hashes to positions, laid out for reading straight from the embedded file.
//!
//! Keys are sorted by hash and cut into buckets by the hash's upper bits. `starts` tells where each bucket begins; inside a
//! bucket a key is known by 16 further bits. A strange key is taken for a known one about once in 2¹⁴ look-ups.

use std::hint::black_box;

use super::file::{Cursor, FormatError};

/// Keys of a bucket that are compared at once.
const WINDOW: usize = 8;

/// The map. The value of a key is its position in the order of hashes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table<'a> {
    bits: u32,
    starts: &'a [[u8; 4]],
    /// As many as keys, and [`WINDOW`] zeros.
    prints: &'a [[u8; 2]],
    count: usize,
}

impl<'a> Table<'a> {
    /// Reads what [`write`] wrote.
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, FormatError> {
        let bits = cursor.u32()?;
        if bits > 30 {
            return Err(FormatError::Size);
        }
        let starts = cursor.chunks((1 << bits) + 1)?;
        let count = starts.last().map_or(0, |last| u32::from_le_bytes(*last) as usize);
        let prints = cursor.chunks(count + WINDOW)?;
        Ok(Self { bits, starts, prints, count })
    }

    /// The position of a key.
    #[inline]
    pub(super) fn position(&self, hash: u64) -> Option<usize> {
        self.find(hash, self.range(hash))
    }

    /// Writes the positions of all known keys of a batch, in its order. All keys take each step together, so that the
    /// processor fetches what they need side by side.
    #[inline]
    pub(super) fn positions<'f>(&self, batch: &Batch, found: &'f mut [usize; Batch::ROOM]) -> &'f [usize] {
        let mut ranges = [(0, 0); Batch::ROOM];
        for (range, &hash) in ranges.iter_mut().zip(batch.hashes()) {
            *range = self.range(hash);
        }
        // Touching every bucket before any is read lets the processor wait for all of them at once.
        let first = |&(first, _): &(u32, u32)| self.prints.get(first as usize).map_or(0, |print| print[0]);
        black_box(ranges[..batch.count].iter().fold(0, |all, range| all ^ first(range)));
        let mut count = 0;
        for (&hash, &range) in batch.hashes().iter().zip(&ranges) {
            // Whether a key is known can't be guessed: a branch here would cost more than a needless store.
            let at = self.find(hash, range);
            found[count] = at.unwrap_or(0);
            count += usize::from(at.is_some());
        }
        &found[..count]
    }

    /// Number of keys.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// The positions of the keys in the bucket of a hash.
    #[inline]
    fn range(&self, hash: u64) -> (u32, u32) {
        let bucket = bucket(hash, self.bits);
        match self.starts.get(bucket..bucket + 2) {
            Some(&[first, last]) => (u32::from_le_bytes(first), u32::from_le_bytes(last)),
            _ => (0, 0),
        }
    }

    #[inline]
    fn find(&self, hash: u64, (first, last): (u32, u32)) -> Option<usize> {
        let (first, last) = (first as usize, last as usize);
        let print = print(hash);
        let window: &[[u8; 2]; WINDOW] = self.prints.get(first..)?.first_chunk()?;
        let at = first_equal(window, print);
        if at < WINDOW.min(last - first) {
            return Some(first + at);
        }
        let rest = self.prints.get(first + WINDOW..last)?;
        rest.iter().position(|&known| known == print).map(|at| first + WINDOW + at)
    }
}

/// Where the first of a window's prints is that equals `print`; [`WINDOW`] where none does. Four prints are compared at a
/// time: taking one from each lane of differences borrows from the lowest that is zero (Mycroft 1987).
#[inline]
fn first_equal(window: &[[u8; 2]; WINDOW], print: [u8; 2]) -> usize {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let print = u64::from(u16::from_le_bytes(print)) * ONES;
    let zeros = |lanes: &[u8; 8]| {
        let differences = u64::from_le_bytes(*lanes) ^ print;
        differences.wrapping_sub(ONES) & !differences & (ONES << 15)
    };
    let [low, high] = window.as_flattened().as_chunks().0 else { return WINDOW };
    let (low, high) = (zeros(low), zeros(high));
    let bits = if low == 0 { u64::BITS + high.trailing_zeros() } else { low.trailing_zeros() };
    bits as usize / 16
}

/// Keys to be looked up together.
#[derive(Debug)]
pub(super) struct Batch {
    hashes: [u64; Self::ROOM],
    count: usize,
}

impl Batch {
    /// Keys that a batch takes; what comes beyond is left out.
    pub(super) const ROOM: usize = 256;

    /// Adds a key.
    #[inline]
    pub(super) fn push(&mut self, hash: u64) {
        if let Some(room) = self.hashes.get_mut(self.count) {
            *room = hash;
            self.count += 1;
        }
    }

    /// Forgets all keys.
    pub(super) const fn clear(&mut self) {
        self.count = 0;
    }

    fn hashes(&self) -> &[u64] {
        &self.hashes[..self.count]
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self { hashes: [0; Self::ROOM], count: 0 }
    }
}

/// Appends a table of `hashes`, which must be sorted, to a file.
pub(super) fn write(hashes: &[u64], file: &mut Vec<u8>) {
    debug_assert!(hashes.is_sorted());
    // About four keys a bucket: a look-up reads one or two lines of memory.
    let bits = hashes.len().div_ceil(4).next_power_of_two().ilog2();
    file.extend(bits.to_le_bytes());
    let mut at = 0;
    for bucket_number in 0..=(1usize << bits) {
        while at < hashes.len() && bucket(hashes[at], bits) < bucket_number {
            at += 1;
        }
        file.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
    }
    file.extend(hashes.iter().flat_map(|&hash| print(hash)));
    file.extend([[0; 2]; WINDOW].as_flattened());
}

const fn bucket(hash: u64, bits: u32) -> usize {
    ((hash >> 32) >> (32 - bits)) as usize
}

fn print(hash: u64) -> [u8; 2] {
    let [low, high, ..] = hash.to_le_bytes();
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::word::mix;

    #[test]
    fn finds_what_was_written_and_little_else() {
        for count in [0u64, 1, 3, 5000] {
            let mut hashes: Vec<u64> = (0..count).map(mix).collect();
            hashes.sort_unstable();
            let mut file = Vec::new();
            write(&hashes, &mut file);
            let table = Table::read(&mut Cursor::new(&file)).unwrap();
            assert_eq!(table.len(), hashes.len());
            for (position, &hash) in hashes.iter().enumerate() {
                assert_eq!(table.position(hash), Some(position));
            }
            let strange = (count..count + 10_000).filter(|&key| table.position(mix(key)).is_some()).count();
            assert!(strange < 20, "{strange} strange keys found among {count}");
        }
    }

    #[test]
    fn a_cut_file_is_an_error() {
        let mut file = Vec::new();
        write(&[1, 2, 3], &mut file);
        file.pop();
        assert!(Table::read(&mut Cursor::new(&file)).is_err());
    }
}
