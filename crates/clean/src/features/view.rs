//! A page's blocks with what their texts show: what all features are computed from.

use rustc_hash::FxHashMap;

use super::text::{self, TextStats};
use crate::RawBlock;

/// Words that a paragraph has at least, as far as features go; by words alone, so that it holds in any language.
const PARAGRAPH_WORDS: usize = 12;

/// Blocks, and counts over each.
#[derive(Debug)]
pub(crate) struct View<'s> {
    pub(crate) blocks: &'s [RawBlock],
    pub(crate) stats: Vec<TextStats>,
    /// Hashes of all words of the page.
    words: Vec<u32>,
    /// Where each block's words begin in `words`, and where the last ends.
    starts: Vec<usize>,
    /// How often each text stands in the page, by its hash.
    pub(crate) texts: FxHashMap<u64, u32>,
}

impl<'s> View<'s> {
    /// Reads the texts of a page's blocks.
    pub(crate) fn new(blocks: &'s [RawBlock]) -> Self {
        let mut words = Vec::with_capacity(blocks.iter().map(|b| b.text.len()).sum::<usize>() / 6 + 1);
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        let mut stats = Vec::with_capacity(blocks.len());
        let mut texts: FxHashMap<u64, u32> = FxHashMap::default();
        for block in blocks {
            starts.push(words.len());
            let read = text::read(&block.text, &mut words);
            *texts.entry(read.fold).or_default() += 1;
            stats.push(read);
        }
        starts.push(words.len());
        Self { blocks, stats, words, starts, texts }
    }

    /// Hashes of a text's words, as those of a block.
    pub(crate) fn hashes(text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        text::read(text, &mut words);
        words
    }

    /// How many blocks there are.
    pub(crate) const fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Hashes of a block's words.
    pub(crate) fn words_of(&self, row: usize) -> &[u32] {
        &self.words[self.starts[row]..self.starts[row + 1]]
    }

    /// Hashes of all words of the page.
    pub(crate) fn words(&self) -> &[u32] {
        &self.words
    }

    /// Words of a block in links.
    pub(crate) fn link_words(&self, row: usize) -> usize {
        self.blocks[row].markup.as_ref().map_or(0, |m| m.link_words as usize)
    }

    /// A block's words if it is set like a paragraph: several words, a sentence's end, few links; else 0.
    pub(crate) fn paragraph_words(&self, row: usize) -> usize {
        let stats = &self.stats[row];
        let reads = stats.words >= PARAGRAPH_WORDS && (stats.ending.ends_sentence() || stats.stops > 1);
        if reads && self.link_words(row) * 3 < stats.words { stats.words } else { 0 }
    }
}
