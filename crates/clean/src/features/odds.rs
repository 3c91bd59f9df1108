//! Computes the columns of learnt words: how often blocks with a word, or with a word in their classes, are body text.
//!
//! The odds are evidence for the trees, never a rule of their own; a word that training never saw says nothing.

use rustc_hash::FxHashMap;

use super::{Column, Matrix, view::View};

/// Words at a block's beginning that are looked up: menus, credits and prompts show there what they are.
const FIRST_WORDS: usize = 12;
/// Pairs of words at a block's beginning that are looked up.
const FIRST_PAIRS: usize = 5;
/// Words at a block's end that are looked up: credits, sources, prompts to read on.
const LAST_WORDS: usize = 4;
/// Words of a text that is looked up as a whole, at most.
const WHOLE_WORDS: usize = 6;
/// What an unknown word says.
const NEUTRAL: u8 = 128;

/// A word of which odds can be learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Word {
    /// A word of the text, by its hash.
    Text(u32),
    /// A word of a class, by the upper half of its hash.
    Class(u32),
    /// A pair of neighbouring words, by a hash of both.
    Pair(u32),
    /// A word at a text's end, by its hash.
    Last(u32),
    /// A short text, by a hash of its words.
    Whole(u32),
}

impl Word {
    /// What each kind is made by, in the order of the model's file.
    pub const KINDS: [fn(u32) -> Self; 5] = [Self::Text, Self::Class, Self::Pair, Self::Last, Self::Whole];

    /// Its hash.
    pub const fn hash(self) -> u32 {
        match self {
            Self::Text(hash)
            | Self::Class(hash)
            | Self::Pair(hash)
            | Self::Last(hash)
            | Self::Whole(hash) => hash,
        }
    }
}

/// Log odds of words, in sixteenths.
#[derive(Clone, Debug, Default)]
pub struct Odds {
    of: FxHashMap<Word, i8>,
}

impl FromIterator<(Word, i8)> for Odds {
    fn from_iter<I: IntoIterator<Item = (Word, i8)>>(words: I) -> Self {
        Self { of: words.into_iter().collect() }
    }
}

impl Odds {
    /// The odds of a word; 0 for one that is not known.
    pub fn of(&self, word: Word) -> i8 {
        self.of.get(&word).copied().unwrap_or(0)
    }

    /// All words with their odds, texts' before classes', by their hashes.
    pub fn sorted(&self) -> Vec<(Word, i8)> {
        let mut sorted: Vec<(Word, i8)> = self.of.iter().map(|(&word, &odds)| (word, odds)).collect();
        sorted.sort_unstable();
        sorted
    }
}

/// The words of a block that are looked up.
pub(super) fn words(view: &View<'_>, row: usize) -> impl Iterator<Item = Word> {
    let text = view.words_of(row).iter().take(FIRST_WORDS).map(|&hash| Word::Text(hash));
    text.chain(pairs(view, row))
        .chain(last(view, row))
        .chain(whole(view, row))
        .chain(classes(view, row).map(|(_, word)| word))
}

fn pairs(view: &View<'_>, row: usize) -> impl Iterator<Item = Word> {
    view.words_of(row).windows(2).take(FIRST_PAIRS).map(|pair| Word::Pair(joined(pair)))
}

fn last(view: &View<'_>, row: usize) -> impl Iterator<Item = Word> {
    view.words_of(row).iter().rev().take(LAST_WORDS).map(|&hash| Word::Last(hash))
}

fn whole(view: &View<'_>, row: usize) -> Option<Word> {
    let words = view.words_of(row);
    (!words.is_empty() && words.len() <= WHOLE_WORDS).then(|| Word::Whole(joined(words)))
}

/// One hash of several words.
fn joined(words: &[u32]) -> u32 {
    words.iter().fold(0, |hash, &word| (hash.rotate_left(9) ^ word).wrapping_mul(0x9e37_79b1))
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
fn classes(view: &View<'_>, row: usize) -> impl Iterator<Item = (u8, Word)> {
    let markup = view.blocks[row].markup.as_ref();
    let words = markup.map_or(&[][..], |m| &m.class_words);
    words.iter().map(|word| (word.level, Word::Class((word.hash >> 32) as u32)))
}

/// All columns of learnt words.
pub(super) fn fill(view: &View<'_>, headings: &[Option<usize>], of: impl Fn(Word) -> i8, table: &mut Matrix) {
    for (row, &heading) in headings.iter().enumerate() {
        let words = view.words_of(row).iter().take(FIRST_WORDS);
        let text = Range::of(words.map(|&hash| of(Word::Text(hash))));
        let pairs = Range::of(pairs(view, row).map(&of));
        let last = Range::of(last(view, row).map(&of));
        let mut levels = [Range::default(); 4];
        let (mut all, mut inner) = (Range::default(), Range::default());
        for (level, word) in classes(view, row) {
            let odds = of(word);
            levels[usize::from(level).min(3)].add(odds);
            all.add(odds);
            if level < 3 {
                inner.add(odds);
            }
        }
        for (column, value) in [
            (Column::WordMean, text.mean()),
            (Column::WordMin, byte(text.low)),
            (Column::WordMax, byte(text.high)),
            (Column::WordFirst, byte(text.first)),
            (Column::PairMin, byte(pairs.low)),
            (Column::PairMax, byte(pairs.high)),
            (Column::LastMin, byte(last.low)),
            (Column::LastMean, last.mean()),
            (Column::Whole, byte(whole(view, row).map_or(0, &of))),
            (Column::ClassOwn, levels[0].mean()),
            (Column::ClassParent, levels[1].mean()),
            (Column::ClassGrand, levels[2].mean()),
            (Column::ClassOuter, levels[3].mean()),
            (Column::ClassMin, byte(all.low)),
            (Column::ClassMax, byte(all.high)),
            (Column::ClassInnerMin, byte(inner.low)),
            (Column::ClassInnerMax, byte(inner.high)),
        ] {
            table.set(column as usize, row, value);
        }
        for (column, source) in [
            (Column::HeadingMean, Column::WordMean),
            (Column::HeadingMin, Column::WordMin),
            (Column::HeadingWhole, Column::Whole),
            (Column::HeadingClass, Column::ClassInnerMin),
        ] {
            let value = heading.map_or(NEUTRAL, |heading| table.get(source as usize, heading));
            table.set(column as usize, row, value);
        }
    }
}

/// What several odds come to.
#[derive(Clone, Copy, Debug, Default)]
struct Range {
    low: i8,
    high: i8,
    first: i8,
    sum: i32,
    count: i32,
}

impl Range {
    fn of(odds: impl Iterator<Item = i8>) -> Self {
        let mut range = Self::default();
        odds.for_each(|odds| range.add(odds));
        range
    }

    fn add(&mut self, odds: i8) {
        self.first = if self.count == 0 { odds } else { self.first };
        self.low = self.low.min(odds);
        self.high = self.high.max(odds);
        self.sum += i32::from(odds);
        self.count += 1;
    }

    fn mean(&self) -> u8 {
        byte(i8::try_from(self.sum / self.count.max(1)).unwrap_or(0))
    }
}

const fn byte(odds: i8) -> u8 {
    NEUTRAL.wrapping_add_signed(odds)
}
