//! What a site's memory sees of a page: which texts stand on it.

use crate::{Scan, features::View};

/// Words of a text that an article may be recognised by.
const TELLING_WORDS: usize = 10;
/// Texts that an article is recognised by: those with the smallest hashes, so that two captures pick the same.
const SKETCH: usize = 12;

/// The texts of a page, each once. Made in parallel; observed in order.
#[derive(Clone, Debug, Default)]
pub struct Sighting {
    texts: Vec<u64>,
    sketch: Vec<u64>,
}

impl Sighting {
    /// Of a scanned page.
    pub fn of(scan: &Scan) -> Self {
        Self::of_view(&View::new(&scan.blocks))
    }

    pub(crate) fn of_view(view: &View<'_>) -> Self {
        let said = view.stats.iter().filter(|stats| stats.words > 0);
        let mut texts = Vec::with_capacity(view.len());
        let mut sketch = Vec::new();
        for stats in said {
            texts.push(stats.fold);
            if stats.words >= TELLING_WORDS && stats.stops > 0 {
                sketch.push(stats.fold);
            }
        }
        let mut seen = rustc_hash::FxHashSet::default();
        texts.retain(|&text| seen.insert(text));
        sketch.sort_unstable();
        sketch.dedup();
        sketch.truncate(SKETCH);
        Self { texts, sketch }
    }

    /// Hashes of its texts, each once, in page order.
    pub(super) fn texts(&self) -> &[u64] {
        &self.texts
    }

    /// Hashes of the texts that its article is recognised by.
    pub(super) fn sketch(&self) -> &[u64] {
        &self.sketch
    }
}

/// The hash of a page's key.
pub(super) fn hash(key: &str) -> u64 {
    crate::word_hash(key)
}
