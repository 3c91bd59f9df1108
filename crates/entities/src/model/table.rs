//! A read-only map from hashes to positions, laid out for reading straight from the embedded file.
//!
//! Keys are sorted by hash and cut into buckets by the hash's upper bits. `starts` tells where each bucket begins; inside a
//! bucket a key is known by 16 further bits. A strange key is taken for a known one about once in 2¹⁴ look-ups.

use super::file::{Cursor, FormatError};

/// The map. The value of a key is its position in the order of hashes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table<'a> {
    bits: u32,
    starts: &'a [[u8; 4]],
    prints: &'a [[u8; 2]],
}

impl<'a> Table<'a> {
    /// Reads what [`write`] wrote.
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, FormatError> {
        let bits = cursor.u32()?;
        if bits > 30 {
            return Err(FormatError::Size);
        }
        let starts = cursor.chunks((1 << bits) + 1)?;
        let prints = cursor.chunks(starts.last().map_or(0, |last| u32::from_le_bytes(*last) as usize))?;
        Ok(Self { bits, starts, prints })
    }

    /// The position of a key.
    #[inline]
    pub(super) fn position(&self, hash: u64) -> Option<usize> {
        let bucket = bucket(hash, self.bits);
        let &[first, last] = self.starts.get(bucket..bucket + 2)?.as_array()?;
        let (first, last) = (u32::from_le_bytes(first) as usize, u32::from_le_bytes(last) as usize);
        let print = print(hash);
        self.prints.get(first..last)?.iter().position(|&known| known == print).map(|at| first + at)
    }

    /// Number of keys.
    pub(super) const fn len(&self) -> usize {
        self.prints.len()
    }
}

/// Appends a table of `hashes`, which must be sorted, to a file.
pub(super) fn write(hashes: &[u64], file: &mut Vec<u8>) {
    debug_assert!(hashes.is_sorted());
    // About four keys a bucket: a look-up reads one or two lines of memory.
    let bits = (hashes.len() / 4).max(1).ilog2();
    file.extend(bits.to_le_bytes());
    let mut at = 0;
    for bucket_number in 0..=(1usize << bits) {
        while at < hashes.len() && bucket(hashes[at], bits) < bucket_number {
            at += 1;
        }
        file.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
    }
    file.extend(hashes.iter().flat_map(|&hash| print(hash)));
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
