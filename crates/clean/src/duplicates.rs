//! Tells which article repeats an earlier one, exactly or nearly.
//!
//! The body's five-word shingles are hashed once and the least hash of each of [`SIGNATURE`] bins kept (one-permutation
//! MinHash with rotation over empty bins: Li, Owen and Zhang 2012; Shrivastava and Li 2014). Two signatures agree in
//! about the share of shingles that the texts have in common; bands of four find the pairs worth comparing. The crates
//! that do this pull in thread pools or are not kept up, and none serialises an index that is fed in order.

use copydesk_types::{Article, Duplicate};
use rustc_hash::FxHashMap;

use crate::{
    features::View,
    stored::{Reader, StoredError, length, write_map, write_text},
};

/// Bins of a signature.
const SIGNATURE: usize = 64;
/// Bins of a band: two texts that share 80 % of their shingles have an equal band with a probability above .999.
const BAND: usize = 4;
/// Words of a shingle.
const SHINGLE: usize = 5;
/// Share of equal bins from which an article is a near duplicate: agencies' stories lightly edited lie above it, follow-ups
/// that repeat the background below.
const NEAR: f32 = 0.7;
/// Likeness of texts whose signatures agree in every bin but which are not the same word for word.
const NEARLY_EXACT: f32 = 0.99;
/// Words that a body must have; a shorter one (`Page not found`) repeats nothing.
const LEAST_WORDS: usize = 25;
/// What the bytes begin with: their kind and version.
const MAGIC: &str = "cddupes1";

/// The articles met so far, in the order in which they came. About 600 bytes an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    originals: Vec<Original>,
    /// The original with a whole body, by its hash.
    exact: FxHashMap<u64, u32>,
    /// The first original with a band, by the band's hash.
    bands: FxHashMap<u64, u32>,
}

/// An article that repeats none before it.
#[derive(Clone, Debug, PartialEq)]
struct Original {
    doc_id: String,
    signature: [u16; SIGNATURE],
}

/// What the index needs of an article; made in parallel, inserted in order.
#[derive(Clone, Debug)]
pub struct Print {
    body: u64,
    signature: [u16; SIGNATURE],
}

impl Print {
    /// Of an article; none where its body is too short to tell.
    pub fn of(article: &Article) -> Option<Self> {
        let words = View::hashes(&article.body());
        if words.len() < LEAST_WORDS {
            return None;
        }
        let body = words.iter().fold(0, |hash, &word| mix(hash, word));
        Some(Self { body, signature: signature(&words) })
    }
}

impl Index {
    /// Adds an article, and says which earlier one it repeats. An article that repeats another is not added itself, so
    /// that all repeats name the same original; one that comes again under its own `doc_id` repeats nothing.
    pub fn insert(&mut self, doc_id: &str, article: &Article) -> Option<Duplicate> {
        self.insert_print(doc_id, &Print::of(article)?)
    }

    /// As [`Index::insert`], for an article whose print was made before.
    pub fn insert_print(&mut self, doc_id: &str, print: &Print) -> Option<Duplicate> {
        if let Some((original, similarity)) = self.nearest(print) {
            let of = self.originals.get(original as usize)?.doc_id.clone();
            return (of != doc_id).then_some(Duplicate { of, similarity });
        }
        let number = u32::try_from(self.originals.len()).ok()?;
        self.exact.insert(print.body, number);
        for band in bands(&print.signature) {
            self.bands.entry(band).or_insert(number);
        }
        self.originals.push(Original { doc_id: doc_id.to_owned(), signature: print.signature });
        None
    }

    /// The earlier article that is most like a print, and how like.
    fn nearest(&self, print: &Print) -> Option<(u32, f32)> {
        if let Some(&original) = self.exact.get(&print.body) {
            return Some((original, 1.0));
        }
        bands(&print.signature)
            .filter_map(|band| self.bands.get(&band).copied())
            .map(|original| {
                (original, likeness(&print.signature, &self.originals[original as usize].signature))
            })
            .filter(|&(_, similarity)| similarity >= NEAR)
            .map(|(original, similarity)| (original, similarity.min(NEARLY_EXACT)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }

    /// The index as bytes: the same for the same articles in the same order.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.as_bytes().to_vec();
        out.extend(length(self.originals.len()));
        for original in &self.originals {
            write_text(&original.doc_id, &mut out);
            out.extend(original.signature.iter().flat_map(|bin| bin.to_le_bytes()));
        }
        write_map(&self.exact, &mut out);
        out
    }

    /// Reads what [`Index::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredError> {
        let mut reader = Reader::new(bytes, MAGIC)?;
        let mut index = Self::default();
        for number in 0..reader.number()? {
            let doc_id = reader.text()?;
            let mut signature = [0; SIGNATURE];
            for bin in &mut signature {
                *bin = u16::from_le_bytes(reader.take()?);
            }
            for band in bands(&signature) {
                index.bands.entry(band).or_insert(number);
            }
            index.originals.push(Original { doc_id, signature });
        }
        index.exact = reader.map()?;
        reader.end().map(|()| index)
    }
}

const fn mix(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(23) ^ value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[allow(clippy::cast_possible_truncation, reason = "parts of a hash")]
fn signature(words: &[u32]) -> [u16; SIGNATURE] {
    let mut least = [u64::MAX; SIGNATURE];
    for shingle in words.windows(SHINGLE) {
        let hash = shingle.iter().fold(0, |hash, &word| mix(hash, word));
        let hash = (hash ^ (hash >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bin = (hash >> 58) as usize;
        least[bin] = least[bin].min(hash & (u64::MAX >> 7));
    }
    let mut signature = [0; SIGNATURE];
    for (bin, value) in signature.iter_mut().enumerate() {
        // An empty bin borrows from the next full one, told apart by how far that is.
        let full = (0..SIGNATURE).find(|ahead| least[(bin + ahead) % SIGNATURE] != u64::MAX).unwrap_or(0);
        let borrowed =
            least[(bin + full) % SIGNATURE].wrapping_add(full as u64).wrapping_mul(0x94d0_49bb_1331_11eb);
        *value = (borrowed >> 48) as u16;
    }
    signature
}

fn bands(signature: &[u16; SIGNATURE]) -> impl Iterator<Item = u64> {
    signature.chunks(BAND).enumerate().map(|(number, band)| {
        let seed = u64::try_from(number + 1).unwrap_or(0);
        band.iter().fold(seed, |hash, &bin| mix(hash, u32::from(bin)))
    })
}

#[allow(clippy::cast_precision_loss, reason = "at most SIGNATURE")]
fn likeness(a: &[u16; SIGNATURE], b: &[u16; SIGNATURE]) -> f32 {
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f32 / SIGNATURE as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of numbered sentences.
    fn article(sentences: std::ops::Range<u32>) -> Article {
        let text: Vec<String> = sentences
            .map(|n| format!("Berth {n} took {} ships in week {} of the year.", n * 7, n + 3))
            .collect();
        Article::plain(text.join(" "), None)
    }

    #[test]
    fn repeats_of_earlier_articles() {
        let mut index = Index::default();
        for (doc_id, sentences, expected) in [
            ("a", 0..40, None),
            ("b", 100..140, None),
            ("c", 0..40, Some("a")),
            ("d", 0..41, Some("a")),
            ("e", 20..70, None),
            ("f", 101..140, Some("b")),
            ("a", 0..40, None),
            ("short", 0..2, None),
            ("short again", 0..2, None),
        ] {
            let found = index.insert(doc_id, &article(sentences));
            assert_eq!(found.as_ref().map(|d| d.of.as_str()), expected, "{doc_id}");
            if doc_id == "c" {
                assert_eq!(found.map(|d| d.similarity), Some(1.0));
            }
        }
    }

    #[test]
    fn bytes_there_and_back() {
        let mut index = Index::default();
        index.insert("a", &article(0..40));
        index.insert("b", &article(100..140));
        let bytes = index.to_bytes();
        assert_eq!(Index::from_bytes(&bytes), Ok(index));
        assert_eq!(Index::from_bytes(b""), Err(StoredError::Version(MAGIC)));
        assert!(matches!(Index::from_bytes(&bytes[..bytes.len() - 1]), Err(StoredError::Damaged(_))));
    }
}
