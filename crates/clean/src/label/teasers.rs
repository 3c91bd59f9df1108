//! Finds teasers of other articles by their shape: a headline twice, perhaps on one line, then a summary.
//!
//! Text dumps of news pages are full of them: a list of articles gives each one's picture with its headline as
//! alternative text, the headline as a link, and the first sentence. The summary reads like body text; only the shape
//! around it tells.

use crate::features::View;

/// Words of a headline, at least and at most.
const HEADLINE_WORDS: std::ops::RangeInclusive<usize> = 3..=40;
/// Words of a summary at most.
const SUMMARY_WORDS: usize = 90;

/// What a block is in a teaser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The headline, or its repeat.
    Headline,
    /// The headline twice in one block.
    Doubled,
    /// The summary behind it.
    Summary,
}

/// The part that each block plays in a teaser. `title` is the page's own headline, whose repeat is no teaser before the
/// body begins; `body_ends` is the row behind the page's main stretch of body text.
pub(super) fn parts(view: &View<'_>, title: Option<usize>, body_ends: usize) -> Vec<Option<Part>> {
    let mut parts = vec![None; view.len()];
    let own = title.map(|row| view.stats[row].fold);
    let mut row = 0;
    while row < view.len() {
        let stats = &view.stats[row];
        let is_own = own == Some(stats.fold);
        if stats.doubled && HEADLINE_WORDS.contains(&(stats.words / 2)) && !stats.ending.is_stop() {
            parts[row] = Some(Part::Doubled);
            row += 1;
        } else if is_headline(view, row) && is_repeat(view, row) && (!is_own || row >= body_ends) {
            parts[row] = Some(Part::Headline);
            parts[row + 1] = Some(Part::Headline);
            row += 2;
            if row < view.len() && is_summary(view, row) {
                parts[row] = Some(Part::Summary);
                row += 1;
            }
        } else {
            row += 1;
        }
    }
    parts
}

fn is_headline(view: &View<'_>, row: usize) -> bool {
    let stats = &view.stats[row];
    HEADLINE_WORDS.contains(&stats.words) && !stats.ending.is_stop() && !stats.doubled
}

fn is_repeat(view: &View<'_>, row: usize) -> bool {
    row + 1 < view.len() && view.stats[row + 1].fold == view.stats[row].fold
}

/// Whether a block behind a doubled headline is its summary: text, not the next headline.
fn is_summary(view: &View<'_>, row: usize) -> bool {
    let stats = &view.stats[row];
    let next = is_headline(view, row) && is_repeat(view, row);
    !next && !stats.doubled && stats.words > 5 && stats.words <= SUMMARY_WORDS
}
