//! Finds the page's own headline among its blocks.

use copydesk_types::{Page, Span};
use rustc_hash::FxHashSet;

use super::{
    cues::{Cues, Role},
    model::Opinion,
    roles::day_in,
};
use crate::features::{Column, Features};

/// Likeness to a stated headline that makes a block a candidate, in 255ths.
const LIKE: u8 = 153;
/// Words of a headline, at least and at most.
const WORDS: std::ops::RangeInclusive<usize> = 2..=40;
/// Score that the best candidate of a page without stated headlines must reach, in words' worth.
const LEAST_SCORE: i64 = 7;
/// Words of a line that is a date and little else, at most, and those beside the date.
const DATELINE_WORDS: usize = 8;
const DATELINE_BESIDE: usize = 3;
/// Blocks before the body in which a headline is sought.
const BLOCKS_BEFORE: usize = 60;

/// The row of the headline, if the page has one. `body` is the row where the body begins.
pub(super) fn find(
    cues: &Cues,
    page: &Page,
    features: &Features<'_>,
    opinions: &[Opinion],
    body: Option<usize>,
) -> Option<usize> {
    let view = &features.view;
    let given = page.given.title.as_deref().map(crate::features::View::hashes);
    if let Some(given) = &given
        && let Some(row) = (0..view.len()).find(|&row| view.words_of(row) == given)
    {
        return Some(row);
    }
    stated(features, body).or_else(|| by_shape(cues, features, opinions, body?))
}

/// The block that is most like what the page states as its headline: a first-level heading before any other.
fn stated(features: &Features<'_>, body: Option<usize>) -> Option<usize> {
    let view = &features.view;
    let rank = |row: usize| {
        let likeness = features.table.get(Column::TitleLikeness as usize, row);
        let heading = view.blocks[row].markup.as_ref().map_or(0, |m| m.heading);
        let level = match heading {
            1 => 3,
            2 => 2,
            3..=6 => 1,
            _ => 0,
        };
        let before = body.is_none_or(|body| row <= body);
        (likeness >= LIKE, level, before, likeness / 8, std::cmp::Reverse(row))
    };
    let linked = |row: usize| view.link_words(row) > 0;
    let rows = (0..view.len()).filter(|&row| WORDS.contains(&view.stats[row].words));
    let best = rows.clone().max_by_key(|&row| rank(row)).filter(|&row| rank(row).0);
    // Without a statement that fits, the last first-level heading before the body.
    best.or_else(|| {
        rows.filter(|&row| view.blocks[row].markup.as_ref().is_some_and(|m| m.heading == 1))
            .rfind(|&row| !linked(row) && body.is_none_or(|body| row <= body))
    })
}

/// The block before the body that looks most like its headline: it shares words with the body, stands alone, perhaps
/// again over a photo, and does not end like a sentence.
fn by_shape(cues: &Cues, features: &Features<'_>, opinions: &[Opinion], body: usize) -> Option<usize> {
    let view = &features.view;
    let told: FxHashSet<u32> = (0..view.len())
        .filter(|&row| opinions[row].is_body() && view.stats[row].words > 8)
        .flat_map(|row| view.words_of(row).iter().copied())
        .collect();
    let score = |row: usize| {
        let stats = &view.stats[row];
        let words = view.words_of(row);
        let shared = words.iter().filter(|word| told.contains(word)).count();
        let whole = i64::try_from(stats.words.min(12)).unwrap_or(0);
        let common = i64::try_from(shared * 8 / words.len().max(1)).unwrap_or(0);
        let far = i64::try_from((body - row) / 3).unwrap_or(i64::MAX);
        let bonus = |applies: bool, worth: i64| if applies { worth } else { 0 };
        whole + common - far + bonus(view.texts[&stats.fold] > 1, 6) + bonus(row == 0, 4)
            - bonus(stats.ending.is_stop(), 8)
            - bonus(stats.stops > 0 && !stats.ending.ends_sentence(), 6)
            - bonus(stats.clock > 0, 6)
            - bonus(cues.show(Role::Credit, words), 6)
    };
    let best = |rows: std::ops::Range<usize>| {
        rows.filter(|&row| WORDS.contains(&view.stats[row].words) && !view.stats[row].doubled)
            .filter(|&row| !cues.show(Role::Byline, view.words_of(row)) && !is_dateline(features, row))
            .map(|row| (score(row), row))
            .filter(|&(score, _)| score >= LEAST_SCORE)
            .max_by_key(|&(score, row)| (score, std::cmp::Reverse(row)))
    };
    // What the model takes for the body's first line may be its headline, which then stands alone.
    let opens = |row: usize| {
        let behind = view.blocks.get(row + 1).map_or(0, |block| block.blank_before);
        behind > 0 && view.stats[row].stops == 0 && !view.stats[row].ending.ends_sentence()
    };
    best(body.saturating_sub(BLOCKS_BEFORE)..body)
        .or_else(|| best(body..body + 1).filter(|&(_, row)| opens(row)))
        .and_then(|(_, row)| view.stats.iter().position(|stats| stats.fold == view.stats[row].fold))
}

/// Whether a text is a date and little else, as over a report: `PORT TOWN, May 6, 2024`.
fn is_dateline(features: &Features<'_>, row: usize) -> bool {
    let text = &features.scan.blocks[row].text;
    let beside =
        |span: Span| text[..span.start].split_whitespace().chain(text[span.end..].split_whitespace());
    features.view.stats[row].words <= DATELINE_WORDS
        && day_in(features, row).is_some_and(|span| beside(span).count() <= DATELINE_BESIDE)
}
