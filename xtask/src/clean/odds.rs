//! Learns the odds of words: in how many sites blocks with a word are body, and in how many they are not.
//!
//! Sites count, not blocks, so that one site's template does not drown the others. A page that trains the trees must see
//! the odds as a page of an unknown site would, so its own site's share is taken out.

use std::collections::BTreeMap;

use copydesk_clean::features::{Features, Word};
use rustc_hash::FxHashMap;

use super::data::Sample;

/// Sites in which a word must stand to be kept.
const LEAST_SITES: f32 = 3.0;
/// Sites that a word is believed to have stood in at the prior odds before it was seen.
const PRIOR_SITES: f32 = 2.0;

/// Shares of sites.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    body: f32,
    sites: f32,
}

/// Counts of words over sites.
pub(crate) struct Counts {
    all: FxHashMap<Word, Count>,
    /// Share of body per site and word.
    of_site: BTreeMap<String, FxHashMap<Word, f32>>,
}

impl Counts {
    /// Counts over some samples.
    pub(crate) fn new(samples: &[Sample], features: &[Features<'_>], which: &[usize]) -> Self {
        let mut sums: BTreeMap<String, FxHashMap<Word, (f32, f32)>> = BTreeMap::new();
        for &index in which {
            let sample = &samples[index];
            let site = sums.entry(sample.site.clone()).or_default();
            for (row, share) in sample.shares.iter().enumerate() {
                let mass = (features[index].words(row).min(30) + 1) as f32;
                for word in features[index].learnt_words(row) {
                    let sum = site.entry(word).or_default();
                    sum.0 += share * mass;
                    sum.1 += mass;
                }
            }
        }
        let mut all: FxHashMap<Word, Count> = FxHashMap::default();
        let mut of_site = BTreeMap::new();
        for (site, words) in sums {
            let mut sorted: Vec<(Word, (f32, f32))> = words.into_iter().collect();
            sorted.sort_unstable_by_key(|(word, _)| *word);
            let shares: FxHashMap<Word, f32> =
                sorted.iter().map(|&(word, (body, mass))| (word, body / mass)).collect();
            for &(word, (body, mass)) in &sorted {
                let count = all.entry(word).or_default();
                count.body += body / mass;
                count.sites += 1.0;
            }
            of_site.insert(site, shares);
        }
        Self { all, of_site }
    }

    /// The odds of a word in sixteenths, as learnt without `site`.
    pub(crate) fn of(&self, word: Word, site: &str) -> i8 {
        let mut count = self.all.get(&word).copied().unwrap_or_default();
        if let Some(own) = self.of_site.get(site).and_then(|words| words.get(&word)) {
            count.body -= own;
            count.sites -= 1.0;
        }
        odds(count)
    }

    /// All words with the odds that they have over all sites, sorted.
    pub(crate) fn table(&self) -> Vec<(Word, i8)> {
        let mut table: Vec<(Word, i8)> = self
            .all
            .iter()
            .map(|(&word, &count)| (word, odds(count)))
            .filter(|(_, odds)| *odds != 0)
            .collect();
        table.sort_unstable();
        table
    }
}

#[allow(clippy::cast_possible_truncation, reason = "clamped before")]
fn odds(count: Count) -> i8 {
    if count.sites < LEAST_SITES - 0.5 {
        return 0;
    }
    let half = PRIOR_SITES / 2.0;
    let odds = ((count.body.max(0.0) + half) / ((count.sites - count.body).max(0.0) + half)).ln();
    (odds * 16.0).round().clamp(-127.0, 127.0) as i8
}
