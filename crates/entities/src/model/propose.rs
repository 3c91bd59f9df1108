//! From a text to spans with label and confidence.

use std::ops::Range;

use copydesk_types::{EntityLabel, Reading};
use rustc_hash::FxHashMap;

use crate::gazetteer::flags::Flags;

use super::{
    Model, calibrated,
    features::{self, REACH, Sentence, VIEWS},
    marginals::Marginals,
    page::{self, Page},
    table::Batch,
    tags::{self, OUTSIDE, WIDTH},
    viterbi::{Row, Search},
    word::Word,
};

/// Steps by which the words alone must speak for outside to leave the other features of a token out, where neither it nor
/// a neighbour is capitalised; most tokens of a text are such.
const MARGIN: i16 = 24;
/// The same beside a capitalised word. Against 32 and 128, these two cost .001 of F1 on the project's news, gave .001 on VOA
/// and .008 on the annotated news pages, and save a fifteenth of the time; 64 cost up to .003.
const NEAR_MARGIN: i16 = 96;
/// Steps that outside loses where a word may be in a name. The sets hold more names that the tables and the model know than news
/// does: without this the model misses more names than it invents. Tuned on the development sets, on which 8 to 24 do alike.
const LEAN: i16 = 16;
/// The scores of a token that is outside for certain.
const CERTAIN: Row = {
    let mut row = [-8_000; WIDTH];
    row[OUTSIDE] = 0;
    row
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
pub fn propose(model: &Model<'_>, reading: &Reading<'_>, flags: &[Flags]) -> Vec<Tagged> {
    let mut found = Vec::new();
    let (mut page, mut rows) = (Page::default(), Vec::new());
    let (mut search, mut marginals) = (Search::default(), Marginals::default());
    for window in page::windows(reading) {
        score_words(model, reading, window, flags, &mut page, &mut rows);
        let mut rest = &mut rows[..];
        for (tokens, sentence) in page.sentences(flags) {
            let rows;
            (rows, rest) = std::mem::take(&mut rest).split_at_mut(tokens.len());
            score_places(model, &sentence, rows);
            for stretch in stretches(rows) {
                let rows = &rows[stretch.clone()];
                let path = search.best(rows, &model.transitions);
                let spans = tags::spans(path.iter().map(|&lane| usize::from(lane)));
                if spans.is_empty() {
                    continue;
                }
                marginals.sum(rows, model.step, &model.factors);
                let start = tokens.start + stretch.start;
                found.extend(spans.into_iter().map(|(first, end, label)| {
                    let chance = marginals.of_span(first, end, tags::begin(label), &model.factors);
                    Tagged {
                        tokens: start + first..start + end,
                        label,
                        confidence: calibrated(&model.calibration, chance),
                    }
                }));
            }
        }
    }
    found
}

/// The stretches of tokens that may be in a mention, each with the certain token before and after it.
fn stretches(rows: &[Row]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + rows[at..].iter().position(|row| *row != CERTAIN)?;
        let end =
            rows[start..].iter().position(|row| *row == CERTAIN).map_or(rows.len(), |length| start + length);
        at = end;
        Some(start.saturating_sub(1)..rows.len().min(end + 1))
    })
}

/// Adds the scores of the features that hang on places, where the words alone don't settle that a token is outside.
fn score_places(model: &Model<'_>, sentence: &Sentence<'_>, rows: &mut [Row]) {
    let mut batch = Batch::default();
    for (at, row) in rows.iter_mut().enumerate() {
        let near = sentence.words[at + REACH - 1..=at + REACH + 1].iter().any(Word::is_capitalised);
        let margin = if near { NEAR_MARGIN } else { MARGIN };
        let (outside, others) = (row[OUTSIDE], &row[OUTSIDE + 1..]);
        if others.iter().all(|&other| outside - other > margin) {
            *row = CERTAIN;
        } else {
            features::of_place(sentence, at, &mut |feature| batch.push(feature));
            model.add(&mut batch, row);
            row[OUTSIDE] -= LEAN;
        }
    }
}

/// Reads a window and sums the scores that its words give by themselves.
fn score_words(
    model: &Model<'_>,
    reading: &Reading<'_>,
    window: Vec<Range<usize>>,
    flags: &[Flags],
    page: &mut Page,
    rows: &mut Vec<Row>,
) {
    let (Some(first), Some(last)) = (window.first(), window.last()) else { return };
    let first = first.start;
    rows.clear();
    rows.resize(last.end - first, [0; WIDTH]);
    for segment in &window {
        let rows = &mut rows[segment.start - first..segment.end - first];
        let past = segment.len() + REACH;
        for (side, place) in [0, 1, past, past + 1].into_iter().enumerate() {
            add_views(&model.edges[side], place, rows);
        }
    }
    // Words of the window that aren't frequent at large; names come again and again.
    let mut rare: FxHashMap<&str, (Word, [Row; VIEWS])> = FxHashMap::default();
    let mut segments = window.clone().into_iter();
    let mut segment = 0..0;
    page.read(reading, window, flags, |token| {
        if token >= segment.end {
            segment = segments.next().unwrap_or(0..0);
        }
        let text = reading.token(token);
        let rows = &mut rows[segment.start - first..segment.end - first];
        let place = token - segment.start + REACH;
        let known = model.frequent.get(text);
        let (word, views) =
            known.unwrap_or_else(|| rare.entry(text).or_insert_with(|| model.read_word(text)));
        add_views(views, place, rows);
        *word
    });
}

/// Adds what the word at `place` (counted with the edges) gives to the tokens around it.
fn add_views(views: &[Row; VIEWS], place: usize, rows: &mut [Row]) {
    for (view, scores) in views.iter().enumerate() {
        if let Some(row) = (place + view).checked_sub(2 * REACH).and_then(|at| rows.get_mut(at)) {
            row.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
        }
    }
}
