//! Dates that a page prints for its readers: beside the headline, in datelines and bylines.

use copydesk_text::date::{self, Order};
use copydesk_types::{Block, Label, MetadataSource};

use super::{Published, read_date};
use crate::{
    Mark, MarkKind,
    head::{Found, Sheet},
    raw::region,
};

/// Blocks before and after the headline in which a date printed there belongs to the article. A dateline stands within
/// a few lines of it; pages of the development set have up to eight.
const BEFORE_TITLE: usize = 4;
const AFTER_TITLE: usize = 10;
/// Bytes of a line that holds hardly more than a date.
const SHORT_LINE: usize = 90;
/// Words before a date that may say what kind of date it is.
const LEAD_IN: usize = 4;

/// Words that say that a date is the one of a change.
fn says_changed(word: &str) -> bool {
    let word = word.trim_end_matches([':', '.', ',']).to_lowercase();
    let lines = include_str!("../../../data/datelines.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(' ')).any(|known| known == word)
}

/// Which dates are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those that no word calls a change's.
    Publication,
    /// A change's too: the last resort of a page that prints no other.
    Any,
}

/// Dates of publication as printed, most trusted first: marked elements near the headline, datelines and bylines, short
/// lines near the headline, marked elements elsewhere.
pub(super) fn read<'s>(
    sheet: &Sheet<'s>,
    order: Order,
    wanted: Wanted,
) -> impl Iterator<Item = Found<Published>> + 's {
    let (blocks, marks) = (sheet.blocks, sheet.evidence.marks.as_slice());
    let title = blocks.iter().position(|b| b.label == Label::Title);
    let near =
        move |at: usize| title.is_none_or(|title| at + BEFORE_TITLE >= title && at <= title + AFTER_TITLE);
    let marked = move |kind: MarkKind, is_near: bool, source| {
        let own = move |m: &&Mark| m.kind == kind && is_own(m) && near(m.blocks.start) == is_near;
        marks.iter().filter(own).filter_map(move |mark| Some((of_mark(mark, blocks, order, wanted)?, source)))
    };
    let labelled = move |label: Label, is_near: bool, source| {
        let lines = blocks.iter().enumerate().filter(move |(at, b)| b.label == label && near(*at) == is_near);
        lines.filter_map(move |(at, _)| Some((of_line(blocks, at, order, wanted)?, source)))
    };
    let beside = title.into_iter().flat_map(move |title| title..blocks.len().min(title + AFTER_TITLE));
    let short = move |&at: &usize| {
        let label = blocks[at].label;
        blocks[at].text.len() <= SHORT_LINE
            && !matches!(label, Label::Related | Label::Comments | Label::Title)
    };
    let lines = beside.filter(short).filter_map(move |at| of_line(blocks, at, order, wanted));
    marked(MarkKind::Published, true, MetadataSource::Microdata)
        .chain(marked(MarkKind::Time, true, MetadataSource::TimeTag))
        .chain(labelled(Label::Dateline, true, MetadataSource::Dateline))
        .chain(labelled(Label::Byline, true, MetadataSource::BylineLine))
        .chain(lines.map(|published| (published, MetadataSource::Dateline)))
        .chain(marked(MarkKind::Published, false, MetadataSource::Microdata))
        .chain(labelled(Label::Dateline, false, MetadataSource::Dateline))
        .chain(labelled(Label::Byline, false, MetadataSource::BylineLine))
}

/// Whether a mark stands where the article's own dates do.
fn is_own(mark: &Mark) -> bool {
    let elsewhere = region::OTHERS | region::NAV | region::FOOTER | region::ASIDE | region::HIDDEN;
    mark.regions & elsewhere == 0
}

fn of_mark(mark: &Mark, blocks: &[Block], order: Order, wanted: Wanted) -> Option<Published> {
    let at = mark.blocks.start;
    let line = blocks.get(at).map_or("", |b| b.text.as_str());
    if let Some(value) = mark.value.as_deref().and_then(|value| read_date(value, order)) {
        let before = line.split(mark.text.as_str()).next().filter(|_| !mark.text.is_empty());
        let unwanted = wanted == Wanted::Publication && before.is_some_and(is_changed);
        return (!unwanted).then_some(value);
    }
    match mark.text.as_str() {
        "" if mark.blocks.len() == 1 => of_line(blocks, at, order, wanted),
        text => first_date(text, before(blocks, at), order, wanted),
    }
}

fn of_line(blocks: &[Block], at: usize, order: Order, wanted: Wanted) -> Option<Published> {
    first_date(&blocks[at].text, before(blocks, at), order, wanted)
}

/// The line before, where it is as short as a label.
fn before(blocks: &[Block], at: usize) -> &str {
    let line = at.checked_sub(1).and_then(|before| blocks.get(before)).map_or("", |b| b.text.as_str());
    if line.len() <= SHORT_LINE / 3 { line } else { "" }
}

/// The first wanted full date of a line. `label` is the line before.
fn first_date(line: &str, label: &str, order: Order, wanted: Wanted) -> Option<Published> {
    let line = &line[..line.floor_char_boundary(SHORT_LINE * 2)];
    let mut from = 0;
    while let Some((span, value)) = date::search(line, from, order) {
        let before = &line[from..span.start];
        let changed =
            if before.trim().is_empty() && from == 0 { is_changed(label) } else { is_changed(before) };
        let unwanted = changed && wanted == Wanted::Publication;
        if let (Some(date), Some(_), false) = (value.date(), value.day, unwanted) {
            return Some(Published { date, at: value.timestamp() });
        }
        from = span.end;
    }
    None
}

fn is_changed(before: &str) -> bool {
    before.split_whitespace().rev().take(LEAD_IN).any(says_changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publication_and_change() {
        for (line, label, expected) in [
            ("6 May 2024", "", Some("2024-05-06")),
            ("Published 6 May 2024, updated 7 May 2024", "", Some("2024-05-06")),
            ("Updated: 7 May 2024. Published: 6 May 2024", "", Some("2024-05-06")),
            ("Last updated on 7 May 2024", "", None),
            ("7 May 2024", "Last updated:", None),
            ("7 May 2024", "Published", Some("2024-05-07")),
            ("Aktualisiert am 7. Mai 2024", "", None),
            ("May 2024", "", None),
            ("", "", None),
        ] {
            let found =
                first_date(line, label, Order::DayFirst, Wanted::Publication).map(|p| p.date.to_string());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }
}
