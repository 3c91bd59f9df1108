//! Gives every feature a number.

use anyhow::Result;
use copydesk_entities::model::{
    features::{self, REACH, Reader, VIEWS},
    file::Cursor,
    lexicon::Lexicon,
    tags::HALF,
    word::Word,
};
use rustc_hash::FxHashMap;

use super::{corpus::Line, projection::Lanes};

/// One sentence as numbers.
pub(super) struct Sentence {
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
    pub(super) sentences: Vec<Sentence>,
}

/// Codes all lines with the features that occur at least `least` times.
pub(super) fn code(lines: &[Line], lexicon: &[u8], least: u32) -> Result<Coded> {
    let lexicon = Lexicon::read(&mut Cursor::new(lexicon))?;
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for line in lines {
        for_sentences(line, &lexicon, |_, hashes| {
            hashes.iter().flatten().for_each(|&hash| *counts.entry(hash).or_default() += 1);
        });
    }
    let mut kept: Vec<(u64, u32)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    kept.sort_unstable();
    let numbers: FxHashMap<u64, u32> = (0..).zip(&kept).map(|(number, (hash, _))| (*hash, number)).collect();
    let mut sentences = Vec::new();
    for line in lines {
        for_sentences(line, &lexicon, |lanes, hashes| {
            let numbered = hashes
                .iter()
                .map(|token| token.iter().filter_map(|hash| numbers.get(hash).copied()).collect());
            sentences.push(Sentence {
                features: numbered.collect(),
                lanes: lanes.to_vec(),
                weight: line.weight,
            });
        });
    }
    Ok(Coded { features: kept, sentences })
}

/// Hands out each sentence of a line: what its tokens may be, and the hashes of their features.
fn for_sentences(line: &Line, lexicon: &Lexicon<'_>, mut sink: impl FnMut(&[Lanes], &[Vec<u64>])) {
    let reading = copydesk_text::read(&line.text);
    let flags = vec![0; reading.tokens.len()];
    let mut reader = Reader::default();
    for sentence in &reading.sentences {
        let range = sentence.tokens.clone();
        let tokens = &reading.tokens[range.clone()];
        reader.take(tokens.iter().map(|token| (token.span.of(&line.text), token.kind)), |text| {
            Word::read(text, lexicon)
        });
        let placed = reader.sentence(&flags[range.clone()]);
        let mut hashes = vec![Vec::new(); tokens.len()];
        for (at, token) in hashes.iter_mut().enumerate() {
            for (view, word) in placed.words[at..at + VIEWS].iter().enumerate() {
                let text = (at + view)
                    .checked_sub(REACH)
                    .and_then(|at| tokens.get(at))
                    .map_or("", |t| t.span.of(&line.text));
                features::of_word(text, word, VIEWS - 1 - view, &mut |hash| token.push(hash));
            }
            features::of_place(&placed, at, &mut |hash| token.push(hash));
        }
        let mut lanes = line.lanes[range].to_vec();
        if let Some(first) = lanes.first_mut() {
            *first = beginning(*first);
        }
        sink(&lanes, &hashes);
    }
}

/// What the first token of a sentence may be: a mention that was cut by the end of a sentence begins again.
const fn beginning(lanes: Lanes) -> Lanes {
    let half = (1 << HALF) - 1;
    (lanes | lanes >> HALF) & half
}
