//! From a text to spans with label and confidence.

use std::ops::Range;

use copydesk_types::{EntityLabel, Reading};

use super::{
    Model,
    features::{self, REACH, Reader, VIEWS},
    marginals::{self, Marginals},
    tags::{self, WIDTH},
    viterbi::{Row, Search},
    word::Word,
};

/// A span that the model takes for a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    /// Tokens of the reading.
    pub tokens: Range<usize>,
    /// Label of the best path.
    pub label: EntityLabel,
    /// Chance that span and label are right: 0 to 1, calibrated.
    pub confidence: f32,
}

/// The spans that the model finds, in order, none overlapping. `flags`: what the gazetteers say of each token of the
/// reading. Linear in the length of the text.
pub fn propose(model: &Model<'_>, reading: &Reading<'_>, flags: &[u32]) -> Vec<Tagged> {
    let mut found = Vec::new();
    let mut reader = Reader::default();
    let (mut search, mut marginals, mut rows) = (Search::default(), Marginals::default(), Vec::new());
    let weights = model.transitions.map(|score| marginals::exp(model.step * f32::from(score)));
    for sentence in &reading.sentences {
        let range = sentence.tokens.clone();
        let flags = flags.get(range.clone()).unwrap_or_default();
        score(model, reading, range.clone(), flags, &mut reader, &mut rows);
        let path = search.best(&rows, &model.transitions);
        let spans = tags::spans(path.iter().map(|&lane| usize::from(lane)));
        if spans.is_empty() {
            continue;
        }
        marginals.sum(&rows, model.step, &weights);
        found.extend(spans.into_iter().map(|(first, end, label)| Tagged {
            tokens: range.start + first..range.start + end,
            label,
            confidence: model.calibrated(marginals.of_span(first, end, tags::begin(label), &weights)),
        }));
    }
    found
}

/// Sums the scores of every token of a sentence, and leaves its words in the reader.
fn score(
    model: &Model<'_>,
    reading: &Reading<'_>,
    range: Range<usize>,
    flags: &[u32],
    reader: &mut Reader,
    rows: &mut Vec<Row>,
) {
    let tokens = &reading.tokens[range];
    rows.clear();
    rows.resize(tokens.len(), [0; WIDTH]);
    for (side, place) in [0, 1, tokens.len() + REACH, tokens.len() + REACH + 1].into_iter().enumerate() {
        add_views(&model.edges[side], place, rows);
    }
    let mut place = REACH;
    reader.take(tokens.iter().map(|token| (token.span.of(reading.text), token.kind)), |text| {
        let word = match model.frequent.get(text) {
            Some((word, views)) => {
                add_views(views, place, rows);
                *word
            }
            None => {
                let word = Word::read(text, &model.lexicon);
                add_views(&model.views(text, &word), place, rows);
                word
            }
        };
        place += 1;
        word
    });
    let sentence = reader.sentence(flags);
    for (at, row) in rows.iter_mut().enumerate() {
        features::of_place(&sentence, at, &mut |feature| model.add(feature, row));
    }
}

/// Adds what the word at `place` (counted with the edges) gives to the tokens around it.
fn add_views(views: &[Row; VIEWS], place: usize, rows: &mut [Row]) {
    for (view, scores) in views.iter().enumerate() {
        if let Some(row) = (place + view).checked_sub(2 * REACH).and_then(|at| rows.get_mut(at)) {
            row.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
        }
    }
}
