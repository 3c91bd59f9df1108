//! A site memory as bytes, and back: the same bytes for the same memory.

use rustc_hash::FxHashMap;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_128;

use super::{Site, SiteMemory};

/// What the bytes begin with: their kind and version.
const MAGIC: &[u8; 8] = b"cdsites1";

/// Why bytes are no memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MemoryError {
    /// They begin with something else.
    #[error("not a site memory of this version (it begins with other bytes than cdsites1)")]
    Version,
    /// They end early, or go on.
    #[error("a site memory whose bytes are damaged at {0}")]
    Damaged(usize),
}

impl SiteMemory {
    /// The memory as bytes: numbers little-endian, maps sorted by their keys.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(length(self.sites.len()));
        for (name, site) in &self.sites {
            out.extend(length(name.len()));
            out.extend(name.as_bytes());
            out.extend(site.articles.to_le_bytes());
            for map in [&site.pages, &site.sketches, &site.texts] {
                let mut sorted: Vec<(u64, u32)> = map.iter().map(|(&hash, &number)| (hash, number)).collect();
                sorted.sort_unstable();
                out.extend(length(sorted.len()));
                for (hash, number) in sorted {
                    out.extend(hash.to_le_bytes());
                    out.extend(number.to_le_bytes());
                }
            }
        }
        out
    }

    /// Reads what [`SiteMemory::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MemoryError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(MemoryError::Version)?;
        let mut reader = Reader { rest, length: bytes.len() };
        let mut memory = Self::default();
        for _ in 0..reader.number()? {
            let length = reader.number()? as usize;
            let name = reader.text(length)?;
            let articles = reader.number()?;
            let (pages, sketches, texts) = (reader.map()?, reader.map()?, reader.map()?);
            memory.sites.insert(name, Site { articles, pages, sketches, texts });
        }
        if reader.rest.is_empty() { Ok(memory) } else { Err(reader.damaged()) }
    }

    /// 32 hex digits that tell memories apart: XXH3 of the bytes.
    pub fn hash(&self) -> String {
        format!("{:032x}", xxh3_128(&self.to_bytes()))
    }
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

struct Reader<'b> {
    rest: &'b [u8],
    length: usize,
}

impl Reader<'_> {
    fn damaged(&self) -> MemoryError {
        MemoryError::Damaged(self.length - self.rest.len())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], MemoryError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(*taken)
    }

    fn number(&mut self) -> Result<u32, MemoryError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn text(&mut self, length: usize) -> Result<String, MemoryError> {
        let (text, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.damaged())?;
        let text = std::str::from_utf8(text).map_err(|_| self.damaged())?;
        self.rest = rest;
        Ok(text.to_owned())
    }

    fn map(&mut self) -> Result<FxHashMap<u64, u32>, MemoryError> {
        let mut map = FxHashMap::default();
        for _ in 0..self.number()? {
            map.insert(u64::from_le_bytes(self.take()?), self.number()?);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> SiteMemory {
        let site = Site {
            articles: 2,
            pages: [(5, 0), (3, 1)].into_iter().collect(),
            sketches: [(9, 1)].into_iter().collect(),
            texts: [(1, 2), (2, 1)].into_iter().collect(),
        };
        SiteMemory { sites: [("harbour.example".to_owned(), site)].into() }
    }

    #[test]
    fn bytes_there_and_back() {
        let bytes = memory().to_bytes();
        assert_eq!(SiteMemory::from_bytes(&bytes), Ok(memory()));
        assert_eq!(memory().hash().len(), 32);
        assert_ne!(memory().hash(), SiteMemory::default().hash());
    }

    #[test]
    fn damage_is_told() {
        let bytes = memory().to_bytes();
        assert_eq!(SiteMemory::from_bytes(b"other"), Err(MemoryError::Version));
        for cut in MAGIC.len()..bytes.len() {
            assert!(matches!(SiteMemory::from_bytes(&bytes[..cut]), Err(MemoryError::Damaged(_))), "{cut}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(matches!(SiteMemory::from_bytes(&longer), Err(MemoryError::Damaged(_))));
    }
}
