//! Computes the columns that the page's statements about itself give: headline, summary, body.

use rustc_hash::FxHashSet;

use super::{Column, Matrix, fill::signed, matrix::share, view::View};
use crate::Evidence;

/// Likeness from which a block is taken for the headline, in 255ths.
const LIKE_A_TITLE: u8 = 178;
/// Words of a shingle.
const SHINGLE: usize = 4;

/// All columns of statements.
pub(super) fn fill(view: &View<'_>, evidence: &Evidence, table: &mut Matrix) {
    let headlines: Vec<Vec<u32>> = evidence.headlines().take(4).map(View::hashes).collect();
    let summary: FxHashSet<u32> = evidence.descriptions().take(2).flat_map(View::hashes).collect();
    let body = evidence.article_body().map(|body| shingles(&View::hashes(body)).collect::<FxHashSet<u64>>());
    let mut title: Option<(usize, bool)> = None;
    for row in 0..view.len() {
        let words = view.words_of(row);
        let likeness = headlines.iter().map(|headline| likeness(words, headline)).max().unwrap_or(0);
        let heading = view.blocks[row].markup.as_ref().is_some_and(|m| m.heading == 1);
        if likeness >= LIKE_A_TITLE && title.is_none_or(|(_, level)| heading && !level) {
            title = Some((row, heading));
        }
        let summed = words.iter().filter(|word| summary.contains(word)).count();
        table.set(Column::TitleLikeness as usize, row, likeness);
        table.set(Column::SummaryVote as usize, row, share(summed, words.len()));
        if let Some(body) = &body {
            let (mut found, mut all) = (0, 0);
            for shingle in shingles(words) {
                all += 1;
                found += usize::from(body.contains(&shingle));
            }
            table.set(Column::BodyVote as usize, row, share(found, all));
            table.set(Column::BodyStated as usize, row, 1);
        }
    }
    let first_heading =
        || view.blocks.iter().position(|block| block.markup.as_ref().is_some_and(|m| m.heading == 1));
    if let Some(title) = title.map(|(row, _)| row).or_else(first_heading) {
        for row in 0..view.len() {
            table.set(Column::FromTitle as usize, row, signed(row, title));
        }
    }
}

/// Words that two texts share, as a share of the longer; for headlines with a site's name behind, of the shorter where
/// it has several words.
fn likeness(words: &[u32], headline: &[u32]) -> u8 {
    if words.is_empty() || words.len() > headline.len() * 2 {
        return 0;
    }
    let shared = words.iter().filter(|word| headline.contains(word)).count();
    if words.len() >= 4 && headline.starts_with(words) {
        return u8::MAX;
    }
    share(shared, words.len().max(headline.len()))
}

/// Hashes of the word sequences of a text; a short text is one.
pub(crate) fn shingles(words: &[u32]) -> impl Iterator<Item = u64> {
    let size = SHINGLE.min(words.len()).max(1);
    words.windows(size).map(|window| {
        window.iter().fold(0_u64, |hash, &word| {
            (hash.rotate_left(17) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}
