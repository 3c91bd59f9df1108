//! Computes the columns that need no markup: the text's own, its place in the page, its repeats.

use rustc_hash::FxHashMap;

use super::{
    Column, Matrix,
    matrix::{few, log, share},
    view::View,
    votes::shingles,
};

/// A word is frequent on the page if it makes up one in this many of its words.
const FREQUENT: usize = 150;
/// Blocks that count as near, to each side.
const NEAR: usize = 5;
/// Blocks that count as the wider surroundings, to each side.
const WIDE: usize = 20;
/// What a block that is no paragraph costs a stretch, in words.
const GAP_COST: i64 = 8;

/// Columns of the text alone.
pub(super) fn text(view: &View<'_>, table: &mut Matrix) {
    let frequent = frequent_words(view);
    for (row, s) in view.stats.iter().enumerate() {
        let words = view.words_of(row);
        let common = words.iter().filter(|word| frequent.contains_key(word)).count();
        for (column, value) in [
            (Column::Words, log(s.words)),
            (Column::Chars, log(s.chars)),
            (Column::WordLength, few(s.chars * 8 / s.words.max(1))),
            (Column::Opening, s.opening as u8),
            (Column::Ending, s.ending as u8),
            (Column::Capitalised, share(s.capitalised, words.len())),
            (Column::AllCapitals, share(s.all_capitals, words.len())),
            (Column::Small, share(s.small, words.len())),
            (Column::Short, share(s.short, words.len())),
            (Column::Digits, share(s.digits, s.chars)),
            (Column::Commas, log(s.commas)),
            (Column::Stops, log(s.stops)),
            (Column::Questions, few(s.questions)),
            (Column::Quotes, few(s.quotes)),
            (Column::Colons, few(s.colons)),
            (Column::Separators, few(s.separators)),
            (Column::Symbols, few(s.symbols)),
            (Column::Years, few(s.years)),
            (Column::Clock, few(s.clock)),
            (Column::Handles, few(s.handles)),
            (Column::LongestSentence, log(s.longest_sentence)),
            (Column::Glued, few(s.glued)),
            (Column::Doubled, u8::from(s.doubled)),
            (Column::Common, share(common, words.len())),
        ] {
            table.set(column as usize, row, value);
        }
    }
}

fn frequent_words(view: &View<'_>) -> FxHashMap<u32, ()> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let least = (view.words().len() / FREQUENT).max(3);
    let mut frequent = FxHashMap::default();
    for &word in view.words() {
        let count = counts.entry(word).or_default();
        *count += 1;
        if *count == least {
            frequent.insert(word, ());
        }
    }
    frequent
}

/// Columns of the place in the page.
pub(super) fn place(view: &View<'_>, table: &mut Matrix) {
    let rows = view.len();
    let words: usize = view.stats.iter().map(|s| s.words).sum();
    let masses: Vec<usize> = (0..rows).map(|row| view.paragraph_words(row)).collect();
    let mass: usize = masses.iter().sum();
    let stretch = densest_stretch(
        masses.iter().map(|&m| if m == 0 { -GAP_COST } else { m.try_into().unwrap_or(i64::MAX) }),
    );
    let in_stretch: usize = masses[stretch.clone()].iter().sum();
    let (mut words_before, mut mass_before) = (0, 0);
    let near = window_sums(&masses, NEAR);
    let wide = window_sums(&masses, WIDE);
    for row in 0..rows {
        for (column, value) in [
            (Column::PageBlocks, log(rows)),
            (Column::PageParagraphWords, log(mass)),
            (Column::Position, share(row, rows)),
            (Column::WordsBefore, share(words_before, words)),
            (Column::ParagraphsBefore, share(mass_before, mass)),
            (Column::FromStart, log(row)),
            (Column::FromEnd, log(rows - 1 - row)),
            (Column::ParagraphsNear, log(near[row])),
            (Column::ParagraphsWide, log(wide[row])),
            (Column::Stretch, stretch_place(&stretch, row)),
            (Column::StretchStart, signed(row, stretch.start)),
            (Column::StretchEnd, signed(row, stretch.end)),
            (Column::StretchShare, share(in_stretch, mass)),
            (Column::BlankBefore, few(view.blocks[row].blank_before as usize)),
        ] {
            table.set(column as usize, row, value);
        }
        words_before += view.stats[row].words;
        mass_before += masses[row];
    }
    distances(rows, |row| masses[row] > 0, table, Column::SinceParagraph, Column::UntilParagraph);
    runs(view, table);
}

/// The stretch of blocks with the highest sum of `masses`.
pub(super) fn densest_stretch(masses: impl Iterator<Item = i64>) -> std::ops::Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0_i64);
    for (row, mass) in masses.enumerate() {
        sum = sum.saturating_add(mass);
        if sum <= 0 {
            (start, sum) = (row + 1, 0);
        } else if sum > best_sum {
            (best, best_sum) = (start..row + 1, sum);
        }
    }
    best
}

pub(super) fn stretch_place(stretch: &std::ops::Range<usize>, row: usize) -> u8 {
    if row < stretch.start {
        0
    } else if row < stretch.end {
        1
    } else {
        2
    }
}

/// A distance with its direction: 128 at `from`, more after it, less before, on a logarithmic scale.
pub(super) fn signed(row: usize, from: usize) -> u8 {
    let distance = (log(row.abs_diff(from)) / 2).min(127);
    if row >= from { 128 + distance } else { 128 - distance }
}

/// Blocks since the last block that `is_one`, and until the next, log; 255 where there is none.
pub(super) fn distances(
    rows: usize,
    is_one: impl Fn(usize) -> bool,
    table: &mut Matrix,
    since: Column,
    until: Column,
) {
    let mut last = None;
    for row in 0..rows {
        table.set(since as usize, row, last.map_or(u8::MAX, |l| log(row - l)));
        last = if is_one(row) { Some(row) } else { last };
    }
    let mut next = None;
    for row in (0..rows).rev() {
        table.set(until as usize, row, next.map_or(u8::MAX, |n: usize| log(n - row)));
        next = if is_one(row) { Some(row) } else { next };
    }
}

fn window_sums(masses: &[usize], reach: usize) -> Vec<usize> {
    let mut sums = Vec::with_capacity(masses.len() + 1);
    sums.push(0);
    for mass in masses {
        sums.push(sums[sums.len() - 1] + mass);
    }
    (0..masses.len())
        .map(|row| sums[(row + reach + 1).min(masses.len())] - sums[row.saturating_sub(reach)])
        .collect()
}

/// Lines that stand together without a blank line between them.
fn runs(view: &View<'_>, table: &mut Matrix) {
    let mut start = 0;
    for row in 1..=view.len() {
        if row < view.len() && view.blocks[row].blank_before == 0 {
            continue;
        }
        for member in start..row {
            table.set(Column::RunLength as usize, member, few(row - start));
            table.set(Column::RunPlace as usize, member, few(member - start));
        }
        start = row;
    }
}

/// What stands in other blocks too, piece by piece: a quotation pulled out of the text, a teaser of the page itself, the
/// whole article again for a script.
pub(super) fn echoes(view: &View<'_>, table: &mut Matrix) {
    // The row in which each shingle was met, or that there are several.
    const SEVERAL: u32 = u32::MAX;
    let mut met: FxHashMap<u64, u32> =
        FxHashMap::with_capacity_and_hasher(view.words().len(), Default::default());
    for row in 0..view.len() {
        let row_number = u32::try_from(row).unwrap_or(SEVERAL);
        let (mut before, mut all) = (0, 0);
        for shingle in shingles(view.words_of(row)) {
            let first = met.entry(shingle).or_insert(row_number);
            all += 1;
            if *first != row_number {
                *first = SEVERAL;
                before += 1;
            }
        }
        table.set(Column::EchoBefore as usize, row, share(before, all));
    }
    for row in 0..view.len() {
        let (mut echoed, mut all) = (0, 0);
        for shingle in shingles(view.words_of(row)) {
            all += 1;
            echoed += usize::from(met.get(&shingle) == Some(&SEVERAL));
        }
        table.set(Column::Echo as usize, row, share(echoed, all));
    }
}

/// Columns of texts that stand more than once.
pub(super) fn repeats(view: &View<'_>, table: &mut Matrix) {
    let rows = view.len();
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    let twice = |row: usize| usize::from(view.stats[row].words > 0 && view.texts[&view.stats[row].fold] > 1);
    let marks: Vec<usize> =
        (0..rows).map(|row| twice(row).max(usize::from(view.stats[row].doubled))).collect();
    let near = window_sums(&marks, 10);
    for (row, &repeats_near) in near.iter().enumerate() {
        let fold = view.stats[row].fold;
        let before = seen.entry(fold).or_default();
        let same = |other: usize| other < rows && view.stats[other].fold == fold;
        let next = same(row + 1) || same(row + 2);
        let previous = (row >= 1 && same(row - 1)) || (row >= 2 && same(row - 2));
        for (column, value) in [
            (Column::Repeats, few(view.texts[&fold] as usize)),
            (Column::RepeatsBefore, few(*before)),
            (Column::RepeatedNext, u8::from(next)),
            (Column::RepeatedPrevious, u8::from(previous)),
            (Column::RepeatsNear, share(repeats_near, 21)),
        ] {
            table.set(column as usize, row, value);
        }
        *before += 1;
    }
}
