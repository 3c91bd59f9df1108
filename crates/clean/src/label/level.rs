//! How sure the model is of a page as a whole.
//!
//! On an odd page all log odds are lower than elsewhere, on a plain one higher; what lies far below the page's own
//! level is rarely body, whatever the threshold of all pages says. So the threshold leans towards the page's level.

use copydesk_types::MediaType;

use crate::features::Features;

/// How the threshold follows a page's level. Tuned in cross-validation on the development sets.
#[derive(Clone, Copy, Debug)]
struct Lean {
    /// Share of the possible words that lie at the level or below.
    share: f32,
    /// Log odds that are the level of an ordinary page.
    usual: f32,
    /// How much of a page's distance from that moves the threshold.
    pull: f32,
}

/// Log odds from which a block's words count as possible body.
const POSSIBLE: f32 = -1.0;

const fn lean(media_type: MediaType) -> Lean {
    match media_type {
        MediaType::Html => Lean { share: 0.85, usual: 3.5, pull: 0.5 },
        MediaType::Text => Lean { share: 0.7, usual: 3.0, pull: 0.5 },
    }
}

/// Moves the log odds of a page's blocks, 0 at the threshold of all pages, so that the page's own threshold is 0.
pub fn adjust(media_type: MediaType, features: &Features<'_>, scores: &mut [f32]) {
    shift(lean(media_type), scores, |row| features.words(row));
}

fn shift(lean: Lean, scores: &mut [f32], words: impl Fn(usize) -> usize) {
    let Lean { share, usual, pull } = lean;
    let level = quantile(scores, words, POSSIBLE, share).unwrap_or(0.0);
    for score in scores {
        *score -= pull * (level - usual);
    }
}

/// The score that `share` of the words of blocks above `floor` lie at or below.
pub(crate) fn quantile(
    scores: &[f32],
    words: impl Fn(usize) -> usize,
    floor: f32,
    share: f32,
) -> Option<f32> {
    let mut possible: Vec<(f32, usize)> = scores
        .iter()
        .enumerate()
        .filter(|(_, score)| **score > floor)
        .map(|(row, &score)| (score, words(row)))
        .filter(|(_, words)| *words > 0)
        .collect();
    possible.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = possible.iter().map(|(_, words)| words).sum();
    #[allow(clippy::cast_precision_loss, reason = "a share of a count")]
    let wanted = all as f32 * share;
    let mut below = 0;
    #[allow(clippy::cast_precision_loss, reason = "a count of words")]
    let reached = possible.iter().find(|(_, words)| {
        below += words;
        below as f32 >= wanted
    });
    reached.map(|(score, _)| *score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_by_words() {
        let scores = [4.0, 1.0, -3.0, 2.0];
        let words = |row: usize| [10, 10, 900, 80][row];
        assert_eq!(quantile(&scores, words, -1.0, 0.05), Some(1.0));
        assert_eq!(quantile(&scores, words, -1.0, 0.85), Some(2.0));
        assert_eq!(quantile(&scores, words, -1.0, 0.95), Some(4.0));
        assert_eq!(quantile(&scores, words, 9.0, 0.5), None);
        assert_eq!(quantile(&[], words, 0.0, 0.5), None);
    }

    #[test]
    fn the_same_block_stays_on_a_doubtful_page_and_goes_on_a_sure_one() {
        let adjusted = |others: f32| {
            let mut scores = [others, others, 0.3, -0.3];
            shift(lean(MediaType::Html), &mut scores, |_| 20);
            scores.map(|score| score > 0.0)
        };
        assert_eq!(adjusted(3.5), [true, true, true, false]);
        assert_eq!(adjusted(6.0), [true, true, false, false]);
        assert_eq!(adjusted(1.5), [true, true, true, true]);
    }
}
