//! Tells which article repeats an earlier one, exactly or nearly.
//!
//! The body's five-word shingles are hashed once and the least hash of each of [`SIGNATURE`] bins kept (one-permutation
//! MinHash with rotation over empty bins: Li, Owen and Zhang 2012; Shrivastava and Li 2014). Two signatures agree in
//! about the share of shingles that the texts have in common; bands of four find the pairs worth comparing. The crates
//! that do this pull in thread pools or are not kept up, and none serialises an index that is fed in order.

use copydesk_types::Article;
use hashbrown::HashTable;

use crate::{
    features::View,
    stored::{Reader, StoredError, length},
};

/// Bins of a signature, of 8 bits each: unlike ones agree by chance once in 256 (Li and König 2010).
const SIGNATURE: usize = 64;
/// Bins of a band: two texts that share 80 % of their shingles have an equal band with a probability above .999.
const BAND: usize = 4;
/// Bands of a signature.
const BANDS: usize = SIGNATURE / BAND;
/// Words of a shingle.
const SHINGLE: usize = 5;
/// Share of equal bins from which an article is a near duplicate: agencies' stories lightly edited lie above it, follow-ups
/// that repeat the background below.
const NEAR: f32 = 0.7;
/// Likeness of texts whose signatures agree in every bin but which are not the same word for word.
const NEARLY_EXACT: f32 = 0.99;
/// Words that a body must have; a shorter one (`Page not found`) repeats nothing.
const LEAST_WORDS: usize = 25;
/// Lookups that go through all articles before the [`Finder`] is built, which takes about as long as so many of them and most
/// of the memory: a run over few new pages does without.
const SCANS: u32 = 128;
/// Bytes of an article as it is kept: `doc_id`, hash of the body, signature.
const STORED_BYTES: usize = 16 + 8 + SIGNATURE;
/// What the bytes begin with: their kind and version.
const MAGIC: &str = "cddupes3";

/// The articles met so far, in the order in which they came. About 250 bytes an article.
#[derive(Clone, Debug, Default)]
pub struct Index {
    originals: Vec<Original>,
    /// What finds them, once much is looked for.
    finder: Option<Finder>,
    /// Lookups without it.
    scans: u32,
}

/// What a print is compared with, by numbers of originals.
#[derive(Debug, Default)]
struct Candidates {
    /// The first with its body.
    exact: Option<u32>,
    /// The first with each of its bands.
    bands: [Option<u32>; BANDS],
}

/// Finds originals by their prints. Only numbers are kept: what they are found by stands in the print.
#[derive(Clone, Debug, Default)]
struct Finder {
    /// The first original with a body, by the body's hash.
    exact: HashTable<u32>,
    /// The first original with a band; a table a band.
    bands: [HashTable<u32>; BANDS],
}

/// An article that repeats none before it.
#[derive(Clone, Debug, PartialEq)]
struct Original {
    doc_id: u128,
    print: Print,
}

/// What the index needs of an article; made in parallel, inserted in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    body: u64,
    signature: [u8; SIGNATURE],
}

/// An earlier article that another repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeated {
    /// Its `doc_id`, as a number.
    pub doc_id: u128,
    /// 1 = exact.
    pub similarity: f32,
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

    /// The print as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.body.to_le_bytes().into_iter().chain(self.signature).collect()
    }

    /// Reads what [`Print::to_bytes`] wrote; none where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes, "").ok()?;
        let print = Self::read(&mut reader).ok()?;
        reader.end().ok().map(|()| print)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, StoredError> {
        Ok(Self { body: reader.long()?, signature: reader.take()? })
    }

    fn band(&self, number: usize) -> &[u8] {
        &self.signature[number * BAND..(number + 1) * BAND]
    }
}

impl Index {
    /// Adds the article of a page, and says which earlier one it repeats. An article that repeats another is not added
    /// itself, so that all repeats name the same original; one that comes again under its own `doc_id` repeats nothing.
    pub fn insert(&mut self, doc_id: u128, print: Print) -> Option<Repeated> {
        if let Some((original, similarity)) = self.nearest(&print) {
            let original = self.originals[original as usize].doc_id;
            return (original != doc_id).then_some(Repeated { doc_id: original, similarity });
        }
        self.add(Original { doc_id, print });
        None
    }

    /// Forgets the articles of pages that are `gone`.
    pub fn forget(&mut self, gone: impl Fn(u128) -> bool) {
        let before = self.originals.len();
        self.originals.retain(|original| !gone(original.doc_id));
        if self.originals.len() < before {
            self.finder = None;
        }
    }

    fn add(&mut self, original: Original) {
        if u32::try_from(self.originals.len()).is_err() {
            return;
        }
        self.originals.push(original);
        if let Some(finder) = &mut self.finder {
            finder.add(&self.originals, self.originals.len() - 1);
        }
    }

    /// The earlier article that is most like a print, and how like.
    fn nearest(&mut self, print: &Print) -> Option<(u32, f32)> {
        let Candidates { exact, bands } = self.candidates(print);
        let signature = |number: u32| &self.originals[number as usize].print.signature;
        exact.map(|original| (original, 1.0)).or_else(|| {
            bands
                .into_iter()
                .flatten()
                .map(|original| (original, likeness(&print.signature, signature(original))))
                .filter(|&(_, similarity)| similarity >= NEAR)
                .map(|(original, similarity)| (original, similarity.min(NEARLY_EXACT)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        })
    }

    fn candidates(&mut self, print: &Print) -> Candidates {
        let Self { originals, finder, scans } = self;
        if finder.is_none() && *scans < SCANS {
            *scans += 1;
            return Candidates::among(originals, print);
        }
        finder.get_or_insert_with(|| Finder::of(originals)).candidates(originals, print)
    }

    /// The index as bytes: the same for the same articles in the same order.
    pub fn into_bytes(self) -> Vec<u8> {
        let Self { originals, finder, .. } = self;
        // It is large, and the bytes are too.
        drop(finder);
        let mut out = MAGIC.as_bytes().to_vec();
        out.extend(length(originals.len()));
        out.reserve_exact(originals.len() * STORED_BYTES);
        for Original { doc_id, print } in &originals {
            out.extend(doc_id.to_le_bytes());
            out.extend(print.to_bytes());
        }
        out
    }

    /// Reads what [`Index::into_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredError> {
        let mut reader = Reader::new(bytes, MAGIC)?;
        let mut originals = Vec::new();
        for _ in 0..reader.number()? {
            let doc_id = u128::from_le_bytes(reader.take()?);
            originals.push(Original { doc_id, print: Print::read(&mut reader)? });
        }
        reader.end().map(|()| Self { originals, ..Self::default() })
    }
}

impl Finder {
    fn of(originals: &[Original]) -> Self {
        let table = || HashTable::with_capacity(originals.len());
        let mut finder = Self { exact: table(), bands: std::array::from_fn(|_| table()) };
        (0..originals.len()).for_each(|number| finder.add(originals, number));
        finder
    }

    /// Adds original number `number`.
    #[allow(clippy::cast_possible_truncation, reason = "what is added has a number of 32 bits")]
    fn add(&mut self, originals: &[Original], number: usize) {
        let print = |number: u32| &originals[number as usize].print;
        let number = number as u32;
        let added = print(number);
        let same = |&other: &u32| print(other).body == added.body;
        self.exact.entry(added.body, same, |&number| print(number).body).or_insert(number);
        for (band, firsts) in self.bands.iter_mut().enumerate() {
            let hash = |number: u32| hashed(print(number).band(band));
            let same = |&other: &u32| print(other).band(band) == added.band(band);
            firsts.entry(hash(number), same, |&number| hash(number)).or_insert(number);
        }
    }

    fn candidates(&self, originals: &[Original], print: &Print) -> Candidates {
        let of = |number: u32| &originals[number as usize].print;
        let with_band = |band: usize| {
            let wanted = print.band(band);
            self.bands[band].find(hashed(wanted), |&other| of(other).band(band) == wanted).copied()
        };
        let exact = self.exact.find(print.body, |&other| of(other).body == print.body).copied();
        Candidates { exact, bands: std::array::from_fn(with_band) }
    }
}

impl Candidates {
    /// As the [`Finder`] finds them.
    fn among(originals: &[Original], print: &Print) -> Self {
        let mut found = Self::default();
        for (number, original) in (0..).zip(originals) {
            if original.print.body == print.body {
                found.exact.get_or_insert(number);
            }
            for (band, first) in found.bands.iter_mut().enumerate() {
                if original.print.band(band) == print.band(band) {
                    first.get_or_insert(number);
                }
            }
        }
        found
    }
}

const fn mix(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(23) ^ value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[allow(clippy::cast_possible_truncation, reason = "parts of a hash")]
fn signature(words: &[u32]) -> [u8; SIGNATURE] {
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
        *value = (borrowed >> 56) as u8;
    }
    signature
}

fn hashed(band: &[u8]) -> u64 {
    let hash = band.iter().fold(0, |hash, &bin| mix(hash, u32::from(bin)));
    hash ^ (hash >> 32)
}

#[allow(clippy::cast_precision_loss, reason = "at most SIGNATURE")]
fn likeness(a: &[u8; SIGNATURE], b: &[u8; SIGNATURE]) -> f32 {
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

    fn insert(index: &mut Index, doc_id: u128, sentences: std::ops::Range<u32>) -> Option<Repeated> {
        index.insert(doc_id, Print::of(&article(sentences))?)
    }

    #[test]
    fn repeats_of_earlier_articles() {
        let mut index = Index::default();
        for (doc_id, sentences, expected) in [
            (1, 0..40, None),
            (2, 100..140, None),
            (3, 0..40, Some(1)),
            (4, 0..41, Some(1)),
            (5, 20..70, None),
            (6, 101..140, Some(2)),
            (1, 0..40, None),
            (7, 0..2, None),
            (8, 0..2, None),
        ] {
            let found = insert(&mut index, doc_id, sentences);
            assert_eq!(found.map(|repeated| repeated.doc_id), expected, "{doc_id}");
            if doc_id == 3 {
                assert_eq!(found.map(|repeated| repeated.similarity), Some(1.0));
            }
        }
    }

    #[test]
    fn few_lookups_find_what_many_do() {
        let (mut few, mut many) = (Index::default(), Index { scans: SCANS, ..Index::default() });
        for n in 0..2 * SCANS {
            let sentences = n * 7 % 90..n * 7 % 90 + 30 + n % 5;
            let found = [&mut few, &mut many].map(|index| insert(index, n.into(), sentences.clone()));
            assert_eq!(found[0], found[1], "{n}");
            assert_eq!((few.finder.is_some(), many.finder.is_some()), (n >= SCANS, true));
        }
        assert_eq!(few.into_bytes(), many.into_bytes());
    }

    #[test]
    fn what_is_gone_is_repeated_no_more() {
        let mut index = Index::default();
        for (doc_id, sentences) in [(1, 0..40), (2, 100..140), (3, 200..240)] {
            insert(&mut index, doc_id, sentences);
        }
        index.forget(|doc_id| doc_id == 2);
        for (sentences, expected) in [(0..40, Some(1)), (100..140, None), (200..241, Some(3))] {
            let found = insert(&mut index, 9, sentences.clone());
            assert_eq!(found.map(|repeated| repeated.doc_id), expected, "{sentences:?}");
        }
    }

    #[test]
    fn bytes_there_and_back() {
        let mut index = Index::default();
        insert(&mut index, 1, 0..40);
        insert(&mut index, 2, 100..140);
        let bytes = index.into_bytes();
        assert_eq!(Index::from_bytes(&bytes).unwrap().into_bytes(), bytes);
        let mut back = Index::from_bytes(&bytes).unwrap();
        assert_eq!(insert(&mut back, 3, 101..140).map(|repeated| repeated.doc_id), Some(2));
        assert_eq!(Index::from_bytes(b"").unwrap_err(), StoredError::Version(MAGIC));
        assert!(matches!(Index::from_bytes(&bytes[..bytes.len() - 1]), Err(StoredError::Damaged(_))));
        let print = Print::of(&article(0..40)).unwrap();
        assert_eq!(Print::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(Print::from_bytes(b"short"), None);
    }
}
