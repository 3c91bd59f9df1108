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

impl Part {
    /// What shows it, in words a person understands.
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Doubled => "teaser: a headline twice on one line",
            Self::Headline => "teaser: a headline that stands twice",
            Self::Summary => "teaser: a headline repeated, then a summary",
        }
    }
}

/// Blocks between two teasers of one list at most.
const LIST_GAP: usize = 2;
/// Words of what stands between a headline and its repeat at most: a video's length, a section's name.
const BETWEEN_WORDS: usize = 3;

/// The part that each block plays in a teaser. `title` is the page's own headline, whose repeat is no teaser before the
/// row `body_ends` behind the page's body text.
pub(super) fn parts(view: &View<'_>, title: Option<usize>, body_ends: usize) -> Vec<Option<Part>> {
    let mut parts = vec![None; view.len()];
    let own = title.map(|row| view.stats[row].fold);
    let (mut row, mut last_end, mut open_summary) = (0, None, None);
    while row < view.len() {
        let stats = &view.stats[row];
        let counts = own != Some(stats.fold) || row >= body_ends;
        let Some(end) = headline_end(view, row).filter(|_| counts) else {
            row += 1;
            continue;
        };
        let part = if stats.doubled { Part::Doubled } else { Part::Headline };
        parts[row..end].fill(Some(part));
        // A summary reads like body text, and so does the paragraph behind a teaser inside the article: only in a list
        // of teasers is the text behind the headline a summary.
        let in_list = last_end.is_some_and(|last| row - last <= LIST_GAP);
        if let Some(summary) = open_summary.take().filter(|_| in_list) {
            parts[summary] = Some(Part::Summary);
        }
        row = end;
        last_end = Some(end);
        if part == Part::Headline && row < view.len() && is_summary(view, row) {
            if in_list {
                parts[row] = Some(Part::Summary);
            } else {
                open_summary = Some(row);
            }
            row += 1;
            last_end = Some(row);
        }
    }
    parts
}

/// Behind the headline that begins at a row and stands twice: on one line, on two, or with a word or two between.
fn headline_end(view: &View<'_>, row: usize) -> Option<usize> {
    let stats = &view.stats[row];
    if stats.doubled {
        return (HEADLINE_WORDS.contains(&(stats.words / 2)) && !stats.ending.is_stop()).then_some(row + 1);
    }
    let again = |at: usize| view.stats.get(at).is_some_and(|other| other.fold == stats.fold);
    if !is_headline(view, row) {
        None
    } else if again(row + 1) {
        Some(row + 2)
    } else {
        (again(row + 2) && view.stats[row + 1].words <= BETWEEN_WORDS).then_some(row + 3)
    }
}

fn is_headline(view: &View<'_>, row: usize) -> bool {
    let stats = &view.stats[row];
    HEADLINE_WORDS.contains(&stats.words) && !stats.ending.is_stop() && !stats.doubled
}

/// Whether a block behind a doubled headline is its summary: text, not the next headline.
fn is_summary(view: &View<'_>, row: usize) -> bool {
    let stats = &view.stats[row];
    headline_end(view, row).is_none() && !stats.doubled && stats.words > 5 && stats.words <= SUMMARY_WORDS
}
