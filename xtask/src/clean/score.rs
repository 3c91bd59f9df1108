//! The measure of the article-extraction-benchmark: four-word shingles, every page weighing the same.

use std::collections::HashMap;

/// Words of a shingle.
const SIZE: usize = 4;

/// Precision and recall of one page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageScore {
    pub(crate) precision: Option<f64>,
    pub(crate) recall: f64,
}

/// Runs of letters, digits and low lines, hashed as printed.
pub(crate) fn words(text: &str) -> Vec<u64> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
        })
        .collect()
}

/// Compares the words that were kept with those that should have been.
pub(crate) fn page(truth: &[u64], kept: &[u64]) -> PageScore {
    let (expected, found) = (shingles(truth), shingles(kept));
    let hits: usize =
        expected.iter().map(|(shingle, n)| (*n).min(found.get(shingle).copied().unwrap_or(0))).sum();
    let (wanted, given): (usize, usize) = (expected.values().sum(), found.values().sum());
    let part = |whole: usize| hits as f64 / whole as f64;
    PageScore {
        precision: if given > 0 { Some(part(given)) } else { (wanted > 0).then_some(0.0) },
        recall: if wanted > 0 { part(wanted) } else { 1.0 },
    }
}

fn shingles(words: &[u64]) -> HashMap<u64, usize> {
    let mut counts = HashMap::new();
    for window in words.windows(SIZE.min(words.len()).max(1)) {
        let hash =
            window.iter().fold(0_u64, |h, w| (h.rotate_left(23) ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        *counts.entry(hash).or_default() += 1;
    }
    counts
}

/// Precision, recall and the F1 of the two, averaged over pages.
pub(crate) fn overall(pages: &[PageScore]) -> (f64, f64, f64) {
    let precisions: Vec<f64> = pages.iter().filter_map(|p| p.precision).collect();
    let p = precisions.iter().sum::<f64>() / precisions.len().max(1) as f64;
    let r = pages.iter().map(|p| p.recall).sum::<f64>() / pages.len().max(1) as f64;
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_a_page() {
        let truth = words("one two three four five");
        let same = page(&truth, &truth);
        assert_eq!((same.precision, same.recall), (Some(1.0), 1.0));
        let half = page(&truth, &words("one two three four six"));
        assert_eq!((half.precision, half.recall), (Some(0.5), 0.5));
        let silent = page(&truth, &[]);
        assert_eq!((silent.precision, silent.recall), (Some(0.0), 0.0));
        assert_eq!(page(&[], &[]).precision, None);
    }
}
