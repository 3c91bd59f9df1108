//! Which heading each block stands under.

use super::{
    Column, Matrix,
    matrix::{log, share},
    view::View,
};
use crate::Markup;

/// Words of a line of a text page that may be a heading, at most.
const LINE_WORDS: usize = 7;

/// For each block the row of the heading above it, or of itself where it is one.
pub(super) fn headings(view: &View<'_>) -> Vec<Option<usize>> {
    let mut last = None;
    (0..view.len())
        .map(|row| {
            if is_heading(view, row) {
                last = Some(row);
            }
            last
        })
        .collect()
}

/// Columns of the heading's distance and level, and of the links under it.
pub(super) fn fill(view: &View<'_>, headings: &[Option<usize>], table: &mut Matrix) {
    let mut sums = vec![(0, 0); view.len()];
    for (row, heading) in headings.iter().enumerate() {
        if let Some(heading) = heading.filter(|heading| *heading != row) {
            sums[heading].0 += view.link_words(row);
            sums[heading].1 += view.stats[row].words;
        }
    }
    for (row, heading) in headings.iter().enumerate() {
        let Some(heading) = *heading else {
            table.set(Column::SinceHeading as usize, row, u8::MAX);
            continue;
        };
        let level = view.blocks[heading].markup.as_ref().map_or(0, |markup| markup.heading);
        table.set(Column::SinceHeading as usize, row, log(row - heading));
        table.set(Column::HeadingLevel as usize, row, level);
        table.set(Column::HeadingLinks as usize, row, share(sums[heading].0, sums[heading].1));
    }
}

fn is_heading(view: &View<'_>, row: usize) -> bool {
    let stats = &view.stats[row];
    match &view.blocks[row].markup {
        Some(Markup { heading, .. }) => *heading > 0,
        None => stats.letters > 0 && stats.words <= LINE_WORDS && !stats.ending.ends_sentence(),
    }
}

#[cfg(test)]
mod tests {
    use copydesk_types::{MediaType, Page};

    use super::*;
    use crate::{Rules, scan};

    #[test]
    fn blocks_under_their_headings() {
        for (media_type, text, expected) in [
            (
                MediaType::Html,
                "<p>a<h2>b</h2><p>c<p>d<h3>e</h3><p>f",
                [None, Some(1), Some(1), Some(1), Some(4), Some(4)],
            ),
            (
                MediaType::Text,
                "The first berth was cleared of sand.\nRelated\nThe second berth opens in May.\nWe were told so.\n5.\nMore",
                [None, Some(1), Some(1), Some(1), Some(1), Some(5)],
            ),
        ] {
            let scan = scan(&Rules::load(), &Page::new("a", media_type, text));
            assert_eq!(headings(&View::new(&scan.blocks)), expected, "{text}");
        }
    }
}
