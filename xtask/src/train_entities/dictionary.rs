//! Gives every feature a number.

use std::ops::Range;

use anyhow::Result;
use copydesk_entities::gazetteer::{self, Gazetteer};
use copydesk_entities::model::{
    features::{self, REACH, Sentence, VIEWS},
    file::Cursor,
    lexicon::Lexicon,
    page::{self, Page},
    tags::HALF,
    word::Word,
};
use copydesk_types::Reading;
use rustc_hash::FxHashMap;

use super::{corpus::Text, projection::Lanes};

/// One sentence as numbers.
pub(super) struct Example {
    /// The features of each token.
    pub(super) features: Vec<Vec<u32>>,
    /// What each token may be.
    pub(super) lanes: Vec<Lanes>,
    /// Weight in training.
    pub(super) weight: f32,
}

/// All sentences, and what the numbers mean.
pub(super) struct Coded {
    /// The hash of each feature, and how often it occurs.
    pub(super) features: Vec<(u64, u32)>,
    pub(super) sentences: Vec<Example>,
}

/// Codes all lines with the features that occur at least `least` times.
pub(super) fn code(lines: &[Text], lexicon: &[u8], least: u32) -> Result<Coded> {
    let lexicon = Lexicon::read(&mut Cursor::new(lexicon))?;
    let gazetteer = Gazetteer::load();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for line in lines {
        for_sentences(line, &lexicon, &gazetteer, |_, hashes| {
            hashes.iter().flatten().for_each(|&hash| *counts.entry(hash).or_default() += 1);
        });
    }
    let mut kept: Vec<(u64, u32)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    kept.sort_unstable();
    let numbers: FxHashMap<u64, u32> = (0..).zip(&kept).map(|(number, (hash, _))| (*hash, number)).collect();
    let mut sentences = Vec::new();
    for line in lines {
        for_sentences(line, &lexicon, &gazetteer, |lanes, hashes| {
            let numbered = hashes
                .iter()
                .map(|token| token.iter().filter_map(|hash| numbers.get(hash).copied()).collect());
            sentences.push(Example {
                features: numbered.collect(),
                lanes: lanes.to_vec(),
                weight: line.weight,
            });
        });
    }
    Ok(Coded { features: kept, sentences })
}

/// Hands out each sentence of a line: what its tokens may be, and the hashes of their features.
fn for_sentences(
    line: &Text,
    lexicon: &Lexicon<'_>,
    gazetteer: &Gazetteer,
    mut sink: impl FnMut(&[Lanes], &[Vec<u64>]),
) {
    let reading = copydesk_text::read(&line.text);
    let flags = gazetteer::flags(gazetteer, &reading);
    let mut page = Page::default();
    for window in page::windows(&reading) {
        page.read(&reading, window, &flags, |token| Word::read(reading.token(token), lexicon));
        for (tokens, sentence) in page.sentences(&flags) {
            let mut lanes = line.lanes[tokens.clone()].to_vec();
            if let Some(first) = lanes.first_mut() {
                *first = beginning(*first);
            }
            let hashes: Vec<Vec<u64>> =
                (0..tokens.len()).map(|at| of_token(&reading, tokens.clone(), &sentence, at)).collect();
            sink(&lanes, &hashes);
        }
    }
}

/// All features of token `at` of a sentence that is the tokens `range` of the reading.
fn of_token(reading: &Reading<'_>, range: Range<usize>, sentence: &Sentence<'_>, at: usize) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(96);
    for (view, word) in sentence.words[at..at + VIEWS].iter().enumerate() {
        let token = (range.start + at + view).checked_sub(REACH).filter(|token| range.contains(token));
        let text = token.map_or("", |token| reading.token(token));
        // The word two before the token is the one that sees it two after itself.
        features::of_word(text, word, VIEWS - 1 - view, &mut |hash| hashes.push(hash));
    }
    features::of_place(sentence, at, &mut |hash| hashes.push(hash));
    hashes
}

/// What the first token of a sentence may be: a mention that was cut by the end of a sentence begins again.
const fn beginning(lanes: Lanes) -> Lanes {
    let half = (1 << HALF) - 1;
    (lanes | lanes >> HALF) & half
}
