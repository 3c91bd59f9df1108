//! Arbitrates between proposals: the one place where it is decided what becomes a mention.
//!
//! Proposals of the same span and label support each other; of those that overlap, the set with the greatest sum of
//! weights stays (weighted interval scheduling). A proposal weighs the log odds of its score for each of its tokens:
//! the longest sensible span wins over the names inside it, unless they are much surer.

use std::ops::Range;

use crate::proposal::Proposal;

/// Scores are cut to this distance from 0 and 1 before their odds are taken: no single source is certain.
const MARGIN: f32 = 0.02;

/// The proposals that stay, in order, none overlapping. `vetoes`: spans that none may hold whole, in the order of their
/// starts; `tokens`: how many the text has.
pub(crate) fn choose(mut proposals: Vec<Proposal>, vetoes: &[Range<usize>], tokens: usize) -> Vec<Proposal> {
    proposals.retain(|proposal| {
        let first = vetoes.partition_point(|veto| veto.start < proposal.tokens.start);
        let inside = vetoes[first..].iter().take_while(|veto| veto.start < proposal.tokens.end);
        !inside.into_iter().any(|veto| veto.end <= proposal.tokens.end)
    });
    let pool = pooled(proposals);
    // The best sum up to each token, and the proposal that ends there in it.
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); tokens + 1];
    let mut next = 0;
    for end in 1..=tokens {
        best[end] = (best[end - 1].0, None);
        while let Some(proposal) = pool.get(next).filter(|p| p.tokens.end == end) {
            let sum = best[proposal.tokens.start].0 + weight(proposal);
            if sum > best[end].0 {
                best[end] = (sum, Some(next));
            }
            next += 1;
        }
    }
    let mut chosen = Vec::new();
    let mut end = tokens;
    while end > 0 {
        match best[end].1.and_then(|index| pool.get(index)) {
            Some(proposal) => {
                end = proposal.tokens.start;
                chosen.push(proposal.clone());
            }
            None => end -= 1,
        }
    }
    chosen.reverse();
    chosen
}

/// Proposals of one span and label as one, sorted by end, then start and label.
fn pooled(mut proposals: Vec<Proposal>) -> Vec<Proposal> {
    let place = |p: &Proposal| (p.tokens.end, p.tokens.start, p.label);
    proposals.sort_by(|a, b| place(a).cmp(&place(b)).then(a.source.cmp(&b.source)));
    let mut pool: Vec<Proposal> = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        match pool.last_mut() {
            Some(last) if place(last) == place(&proposal) => last.score = either(last.score, proposal.score),
            _ => pool.push(proposal),
        }
    }
    pool
}

/// Two sources for one proposal: half of what the second leaves open is closed, as sources are not independent.
fn either(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high + (1.0 - high) * (low - 0.5).max(0.0)
}

fn weight(proposal: &Proposal) -> f32 {
    let chance = proposal.score.clamp(MARGIN, 1.0 - MARGIN);
    (chance / (1.0 - chance)).ln() * proposal.tokens.len() as f32
}

#[cfg(test)]
mod tests {
    use copydesk_types::EntityLabel::{self, Gpe, Org, Person};
    use proptest::prelude::*;

    use super::*;
    use crate::proposal::Source;

    fn proposal((tokens, label, score): (Range<usize>, EntityLabel, f32)) -> Proposal {
        Proposal { tokens, label, score, source: Source::Model }
    }

    fn kept(all: &[(Range<usize>, EntityLabel, f32)]) -> Vec<(Range<usize>, EntityLabel)> {
        let chosen = choose(all.iter().cloned().map(proposal).collect(), &[], 10);
        chosen.into_iter().map(|p| (p.tokens, p.label)).collect()
    }

    #[test]
    fn chosen_of() {
        // The longer span over the name inside it, the surer label, nothing below even odds.
        assert_eq!(kept(&[(0..1, Gpe, 0.9), (0..2, Org, 0.9)]), [(0..2, Org)]);
        assert_eq!(
            kept(&[(0..1, Gpe, 0.97), (0..2, Org, 0.55), (2..3, Gpe, 0.9)]),
            [(0..1, Gpe), (2..3, Gpe)]
        );
        assert_eq!(kept(&[(3..5, Org, 0.6), (3..5, Person, 0.9)]), [(3..5, Person)]);
        assert_eq!(kept(&[(3..5, Org, 0.4)]), []);
        let whole = choose([(0..3, Org, 0.9), (1..2, Gpe, 0.9)].map(proposal).into(), &[1..3, 5..6], 10);
        assert_eq!(whole.iter().map(|p| (p.tokens.start, p.tokens.end)).collect::<Vec<_>>(), [(1, 2)]);
        assert_eq!(kept(&[(3..5, Org, 0.7), (3..5, Org, 0.7), (3..5, Gpe, 0.72)]), [(3..5, Org)]);
    }

    proptest! {
        #[test]
        fn nothing_overlaps(all in prop::collection::vec((0usize..9, 1usize..4, 0usize..11, 0.0f32..1.0), 0..30)) {
            let all = all.into_iter().map(|(start, len, label, score)| {
                proposal((start..(start + len).min(10), EntityLabel::ALL[label], score))
            });
            let chosen = choose(all.collect(), &[], 10);
            prop_assert!(chosen.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        }
    }
}
