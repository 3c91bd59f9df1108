//! Which blocks of a page its truth holds: the truth is a text without places, so its words are found in the blocks.
//!
//! A block's best place in the truth is where most of its words stand in one run. Where a text stands twice on the page
//! (a paragraph and its teaser), the occurrence is chosen that keeps the order of the page and the truth the same over
//! the most words. Short blocks count only between two chosen ones, or they would be found by chance.

use std::collections::HashMap;

/// Words from which a block is found wherever it stands.
const CERTAIN_WORDS: usize = 6;
/// Places of a block that are tried.
const PLACES: usize = 8;

/// One way to find a block in the truth.
#[derive(Clone, Copy, Debug)]
struct Match {
    block: usize,
    start: usize,
    end: usize,
    words: usize,
}

/// The share of each block's words that the truth holds, 0 to 1.
pub(crate) fn shares(blocks: &[Vec<u64>], truth: &[u64]) -> Vec<f32> {
    let mut places: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for size in 1..=3 {
        for (at, window) in truth.windows(size).enumerate() {
            places.entry(window).or_default().push(at);
        }
    }
    let mut matches = Vec::new();
    for (block, words) in blocks.iter().enumerate() {
        matches.extend(matches_of(block, words, truth, &places));
    }
    let chain = best_chain(&matches, truth.len());
    let mut covered = vec![false; truth.len()];
    let mut shares = vec![0.0; blocks.len()];
    for found in chain {
        if blocks[found.block].len() < CERTAIN_WORDS && !fits(found, &covered) {
            continue;
        }
        covered[found.start..found.end].fill(true);
        shares[found.block] = found.words as f32 / blocks[found.block].len() as f32;
    }
    // What the truth tells in another order than the page.
    for found in &matches {
        let free = covered[found.start..found.end].iter().filter(|c| !**c).count();
        if shares[found.block] == 0.0
            && found.words >= CERTAIN_WORDS
            && free * 10 >= (found.end - found.start) * 8
        {
            covered[found.start..found.end].fill(true);
            shares[found.block] = found.words as f32 / blocks[found.block].len() as f32;
        }
    }
    shares
}

/// A short block counts only where it covers words that no other block does.
fn fits(found: Match, covered: &[bool]) -> bool {
    !covered[found.start..found.end].iter().any(|&c| c)
}

fn matches_of(
    block: usize,
    words: &[u64],
    truth: &[u64],
    places: &HashMap<&[u64], Vec<usize>>,
) -> Vec<Match> {
    if words.is_empty() {
        return Vec::new();
    }
    let size = words.len().min(3);
    // Votes of each diagonal: where in the truth the block would begin.
    let mut diagonals: HashMap<isize, usize> = HashMap::new();
    for (at, window) in words.windows(size).enumerate() {
        for &place in places.get(window).into_iter().flatten().take(40) {
            *diagonals.entry(place as isize - at as isize).or_default() += 1;
        }
    }
    let mut best: Vec<(isize, usize)> = diagonals.into_iter().collect();
    best.sort_by_key(|&(diagonal, votes)| (std::cmp::Reverse(votes), diagonal));
    let mut found: Vec<Match> = best
        .into_iter()
        .take(PLACES)
        .map(|(diagonal, _)| {
            // A block with words that the truth leaves out lies on several diagonals; the greedy walk allows for that.
            let start = diagonal.max(0) as usize;
            let (matched, end) = walk(words, truth, start);
            Match { block, start, end, words: matched }
        })
        .filter(|m| m.words * 2 > words.len() && m.end > m.start)
        .collect();
    found.dedup_by_key(|m| m.start);
    found
}

/// Words of `words` met in order in the truth from `start` on, skipping a few on either side; and where the last stands.
fn walk(words: &[u64], truth: &[u64], start: usize) -> (usize, usize) {
    const SKIP: usize = 12;
    let (mut at, mut matched, mut end) = (start, 0, start);
    for word in words {
        let window = &truth[at.min(truth.len())..(at + SKIP).min(truth.len())];
        if let Some(offset) = window.iter().position(|w| w == word) {
            // A far jump for one word is chance; the nearest words go on.
            if offset > 3 && matched == 0 {
                continue;
            }
            at += offset + 1;
            matched += 1;
            end = at;
        }
    }
    (matched, end)
}

/// The matches, one a block at most, that follow one another in page and truth and hold the most words.
fn best_chain(matches: &[Match], truth: usize) -> Vec<Match> {
    // Best sum of a chain that ends at or before a word of the truth: a Fenwick tree of maxima.
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); truth + 2];
    let mut previous = vec![usize::MAX; matches.len()];
    let mut sums = vec![0.0; matches.len()];
    let mut index = 0;
    while index < matches.len() {
        let block = matches[index].block;
        let group = index
            ..matches[index..].iter().position(|m| m.block != block).map_or(matches.len(), |n| index + n);
        for i in group.clone() {
            let mut best = (0.0, usize::MAX);
            let mut node = matches[i].start + 1;
            while node > 0 {
                if tree[node].0 > best.0 {
                    best = tree[node];
                }
                node &= node - 1;
            }
            let own = matches[i].words as f64
                - 0.2
                    * (matches[i].end
                        - matches[i].start
                        - matches[i].words.min(matches[i].end - matches[i].start))
                        as f64;
            sums[i] = best.0 + own.max(0.1);
            previous[i] = best.1;
        }
        for i in group.clone() {
            let mut node = matches[i].end + 1;
            while node < tree.len() {
                if sums[i] > tree[node].0 {
                    tree[node] = (sums[i], i);
                }
                node += node & node.wrapping_neg();
            }
        }
        index = group.end;
    }
    let mut last = (0..matches.len()).max_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(b.cmp(&a)));
    let mut chain = Vec::new();
    while let Some(at) = last {
        chain.push(matches[at]);
        last = Some(previous[at]).filter(|&p| p != usize::MAX);
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::score::words;

    #[test]
    fn blocks_in_their_truth() {
        let truth = words(
            "The port opened again on Monday. Heading Ships came in from the north. They left at once.",
        );
        let blocks: Vec<Vec<u64>> = [
            "Ships came in from the north.",
            "Heading",
            "The port opened again on Monday.",
            "Heading",
            "Ships came in from the north.",
            "Share",
            "They left at once.",
            "Read more about ships here",
        ]
        .iter()
        .map(|b| words(b))
        .collect();
        assert_eq!(shares(&blocks, &truth), [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0]);
    }
}
