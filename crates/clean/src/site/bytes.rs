//! A site memory as bytes, and back: the same bytes for the same memory.

use super::{Site, SiteMemory};
use crate::stored::{Reader, StoredError, length, write_map, write_text};

/// What the bytes begin with: their kind and version.
const MAGIC: &str = "cdsites1";

impl SiteMemory {
    /// The memory as bytes: numbers little-endian, maps sorted by their keys.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.as_bytes().to_vec();
        out.extend(length(self.sites.len()));
        for (name, site) in &self.sites {
            write_text(name, &mut out);
            out.extend(site.articles.to_le_bytes());
            for map in [&site.pages, &site.sketches, &site.texts] {
                write_map(map, &mut out);
            }
        }
        out
    }

    /// Reads what [`SiteMemory::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredError> {
        let mut reader = Reader::new(bytes, MAGIC)?;
        let mut memory = Self::default();
        for _ in 0..reader.number()? {
            let name = reader.text()?;
            let articles = reader.number()?;
            let (pages, sketches, texts) = (reader.map()?, reader.map()?, reader.map()?);
            let site = Site { articles, pages, sketches, texts };
            memory.known += site.known();
            memory.sites.insert(name, site);
        }
        reader.end().map(|()| memory)
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
        SiteMemory { known: site.known(), sites: [("harbour.example".to_owned(), site)].into() }
    }

    #[test]
    fn bytes_there_and_back() {
        let bytes = memory().to_bytes();
        assert_eq!(SiteMemory::from_bytes(&bytes), Ok(memory()));
    }

    #[test]
    fn damage_is_told() {
        let bytes = memory().to_bytes();
        assert_eq!(SiteMemory::from_bytes(b"other"), Err(StoredError::Version(MAGIC)));
        for cut in MAGIC.len()..bytes.len() {
            assert!(matches!(SiteMemory::from_bytes(&bytes[..cut]), Err(StoredError::Damaged(_))), "{cut}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(matches!(SiteMemory::from_bytes(&longer), Err(StoredError::Damaged(_))));
    }
}
