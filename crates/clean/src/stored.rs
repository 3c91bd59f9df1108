//! Reads back what this crate keeps as bytes between runs.

use rustc_hash::FxHashMap;
use thiserror::Error;

/// Why bytes are not what was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StoredError {
    /// They begin with something else than their kind and version.
    #[error("not of this kind and version: it should begin with {0}")]
    Version(&'static str),
    /// They end early, or go on.
    #[error("the bytes are damaged at {0}")]
    Damaged(usize),
}

/// Reads little-endian numbers, texts and maps one after the other.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
    length: usize,
}

impl<'b> Reader<'b> {
    /// Behind the kind and version that the bytes must begin with.
    pub(crate) fn new(bytes: &'b [u8], magic: &'static str) -> Result<Self, StoredError> {
        let rest = bytes.strip_prefix(magic.as_bytes()).ok_or(StoredError::Version(magic))?;
        Ok(Self { rest, length: bytes.len() })
    }

    fn damaged(&self) -> StoredError {
        StoredError::Damaged(self.length - self.rest.len())
    }

    /// The next bytes.
    pub(crate) fn take<const N: usize>(&mut self) -> Result<[u8; N], StoredError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(*taken)
    }

    /// A number of 32 bits.
    pub(crate) fn number(&mut self) -> Result<u32, StoredError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    /// A number of 64 bits.
    pub(crate) fn long(&mut self) -> Result<u64, StoredError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    /// A text behind its length.
    pub(crate) fn text(&mut self) -> Result<String, StoredError> {
        let length = self.number()? as usize;
        let (text, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.damaged())?;
        let text = std::str::from_utf8(text).map_err(|_| self.damaged())?;
        self.rest = rest;
        Ok(text.to_owned())
    }

    /// A map behind its length.
    pub(crate) fn map(&mut self) -> Result<FxHashMap<u64, u32>, StoredError> {
        let mut map = FxHashMap::default();
        for _ in 0..self.number()? {
            map.insert(self.long()?, self.number()?);
        }
        Ok(map)
    }

    /// Nothing must follow.
    pub(crate) fn end(self) -> Result<(), StoredError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.damaged()) }
    }
}

/// A length as it is kept.
pub(crate) fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

/// A text as it is kept: its length and its bytes.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.extend(length(text.len()));
    out.extend(text.as_bytes());
}

/// A map as it is kept: its length, then its entries sorted by their keys.
pub(crate) fn write_map(map: &FxHashMap<u64, u32>, out: &mut Vec<u8>) {
    let mut sorted: Vec<(u64, u32)> = map.iter().map(|(&key, &number)| (key, number)).collect();
    sorted.sort_unstable();
    out.extend(length(sorted.len()));
    for (key, number) in sorted {
        out.extend(key.to_le_bytes());
        out.extend(number.to_le_bytes());
    }
}
