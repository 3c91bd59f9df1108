//! Computes the second stage's columns: what the first stage thinks of a block's neighbours and containers.

use rustc_hash::FxHashMap;

use super::{
    Column, Matrix,
    fill::{densest_stretch, distances, signed, stretch_place},
    matrix::{log, share},
    view::View,
};
use crate::label::forest;

/// Probability, in 255ths, from which a block counts as probable.
const PROBABLE: u8 = 166;
/// Words from which a probable block counts as a paragraph.
const PARAGRAPH_WORDS: usize = 8;

/// Sums over the blocks of one container.
#[derive(Clone, Copy, Debug, Default)]
struct Mass {
    /// Words.
    words: usize,
    /// Words times probability in 255ths.
    probable: usize,
}

impl Mass {
    fn add(&mut self, words: usize, probability: u8) {
        self.words += words;
        self.probable += words * usize::from(probability);
    }

    fn mean(self) -> u8 {
        share(self.probable, self.words * 255)
    }
}

/// All columns of the second stage. `scores` are the first stage's.
pub(super) fn fill(view: &View<'_>, headings: &[Option<usize>], scores: &[i32], table: &mut Matrix) {
    let rows = view.len();
    let first: Vec<u8> = scores.iter().map(|&score| forest::byte(score)).collect();
    let first = first.as_slice();
    let words: Vec<usize> = view.stats.iter().map(|s| s.words + 1).collect();
    let mut sums = vec![Mass::default(); rows + 1];
    for row in 0..rows {
        sums[row + 1] = sums[row];
        sums[row + 1].add(words[row], first[row]);
    }
    let all = sums[rows];
    let within = |reach: usize, row: usize| {
        let (from, to) = (sums[row.saturating_sub(reach)], sums[(row + reach + 1).min(rows)]);
        Mass { words: to.words - from.words, probable: to.probable - from.probable }
    };
    for row in 0..rows {
        let near = &first[row.saturating_sub(3)..(row + 4).min(rows)];
        let mean = near.iter().map(|&p| usize::from(p)).sum::<usize>() / near.len();
        for (column, value) in [
            (Column::First, sixteenths(scores[row])),
            (Column::FirstNear, u8::try_from(mean).unwrap_or(u8::MAX)),
            (Column::FirstWide, within(10, row).mean()),
            (Column::FirstBefore, share(sums[row].probable, all.probable)),
            (Column::FirstWords, log(all.probable / 255)),
        ] {
            table.set(column as usize, row, value);
        }
    }
    let is_probable = |row: usize| first[row] >= PROBABLE && words[row] >= PARAGRAPH_WORDS;
    distances(rows, is_probable, table, Column::SinceFirst, Column::UntilFirst);
    stretch(first, &words, table);
    gaps(first, is_probable, table);
    sections(headings, first, &words, table);
    containers(view, first, &words, all, table);
}

fn sections(headings: &[Option<usize>], first: &[u8], words: &[usize], table: &mut Matrix) {
    let mut sums = vec![Mass::default(); first.len()];
    for (row, heading) in headings.iter().enumerate() {
        if let Some(heading) = *heading {
            sums[heading].add(words[row], first[row]);
        }
    }
    for (row, heading) in headings.iter().enumerate() {
        let Some(heading) = *heading else { continue };
        table.set(Column::FirstHeading as usize, row, first[heading]);
        table.set(Column::FirstSection as usize, row, sums[heading].mean());
    }
}

/// A score as a byte: sixteenths of log odds, 128 more.
fn sixteenths(score: i32) -> u8 {
    let step = (forest::UNIT / 16.0) as i32;
    u8::try_from((score / step + 128).clamp(0, 255)).unwrap_or(0)
}

fn stretch(first: &[u8], words: &[usize], table: &mut Matrix) {
    let masses = first
        .iter()
        .zip(words)
        .map(|(&p, &words)| (i64::from(p) - 128) * i64::try_from(words.min(60)).unwrap_or(60));
    let stretch = densest_stretch(masses);
    for row in 0..first.len() {
        table.set(Column::FirstStretch as usize, row, stretch_place(&stretch, row));
        table.set(Column::FirstStretchStart as usize, row, signed(row, stretch.start));
        table.set(Column::FirstStretchEnd as usize, row, signed(row, stretch.end));
    }
}

/// The higher of the lowest probabilities met on the way to a probable paragraph before and after.
fn gaps(first: &[u8], is_probable: impl Fn(usize) -> bool, table: &mut Matrix) {
    let mut lowest_before = vec![0; first.len()];
    let mut lowest = 0;
    for row in 0..first.len() {
        lowest = if is_probable(row) { u8::MAX } else { lowest.min(first[row]) };
        lowest_before[row] = lowest;
    }
    lowest = 0;
    for row in (0..first.len()).rev() {
        lowest = if is_probable(row) { u8::MAX } else { lowest.min(first[row]) };
        table.set(Column::FirstGap as usize, row, lowest.min(lowest_before[row]));
    }
}

fn containers(view: &View<'_>, first: &[u8], words: &[usize], all: Mass, table: &mut Matrix) {
    let mut containers: FxHashMap<u32, Mass> = FxHashMap::default();
    let mut alike: FxHashMap<u64, Mass> = FxHashMap::default();
    for (row, block) in view.blocks.iter().enumerate() {
        let Some(markup) = &block.markup else { return };
        for &ancestor in markup.ancestors.iter().skip(1).take(2) {
            containers.entry(ancestor).or_default().add(words[row], first[row]);
        }
        alike.entry(markup.signature).or_default().add(words[row], first[row]);
    }
    for (row, block) in view.blocks.iter().enumerate() {
        let Some(markup) = &block.markup else { return };
        let at = |level: usize| {
            markup.ancestors.get(level).and_then(|a| containers.get(a)).copied().unwrap_or_default()
        };
        let (parent, grand) = (at(1), at(2));
        let same = alike.get(&markup.signature).copied().unwrap_or_default();
        for (column, value) in [
            (Column::FirstParent, parent.mean()),
            (Column::FirstGrand, grand.mean()),
            (Column::FirstAlike, same.mean()),
            (Column::FirstParentMass, share(parent.probable, all.probable)),
            (Column::FirstGrandMass, share(grand.probable, all.probable)),
            (Column::FirstAlikeMass, share(same.probable, all.probable)),
        ] {
            table.set(column as usize, row, value);
        }
    }
}
