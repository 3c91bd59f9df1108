//! A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over hashed features: proposes mentions
//! sentence by sentence.
//!
//! ```text
//! tokens ─word, context→ Sentence ─features→ hashes ─table→ weights ─sum→ rows of scores ─viterbi→ spans
//!                                                                                       └marginals→ confidence
//! ```
//!
//! Scores are whole numbers, so that the spans are the same on every platform; the file is read where it lies.

pub mod context;
pub mod features;
pub mod file;
pub mod lexicon;
pub mod marginals;
pub mod memory;
mod packed;
pub mod page;
pub mod propose;
mod table;
pub mod tags;
pub mod transitions;
mod viterbi;
pub mod word;
pub mod write;

use std::hint::black_box;

use rustc_hash::FxHashMap;

pub use propose::{Tagged, propose};

use features::VIEWS;
use file::{Cursor, FormatError};
use lexicon::Lexicon;
use packed::Packed;
use table::{Batch, Table};
use tags::WIDTH;
use transitions::Transitions;
use viterbi::Row;
use word::Word;

/// First bytes of a model file of this version.
const MARK: &[u8; 8] = b"cdner\0\0\x04";

/// A trained model.
#[derive(Debug)]
pub struct Model<'a> {
    step: f32,
    transitions: Transitions<i16>,
    /// `exp` of the transitions.
    factors: Transitions<f32>,
    calibration: Vec<f32>,
    lexicon: Lexicon<'a>,
    table: Table<'a>,
    weights: &'a [Packed],
    /// Frequent words with the scores that they give to the tokens around them.
    frequent: FxHashMap<&'a str, (Word, [Row; VIEWS])>,
    /// The same of the four edges of a sentence.
    edges: [[Row; VIEWS]; 4],
}

impl Model<'static> {
    /// The model embedded in the program.
    ///
    /// # Panics
    /// Never with the file that a test of this crate reads.
    pub fn embedded() -> Self {
        match Self::read(include_bytes!("../../models/entities/model.bin")) {
            Ok(model) => model,
            Err(error) => panic!("{error}"),
        }
    }
}

impl<'a> Model<'a> {
    /// Reads a model file, without copying its weights.
    pub fn read(file: &'a [u8]) -> Result<Self, FormatError> {
        let mut cursor = Cursor::new(file);
        if cursor.bytes(MARK.len())? != MARK {
            return Err(FormatError::Mark);
        }
        let step = cursor.f32()?;
        let transitions = Transitions::read(&mut cursor)?;
        let points = cursor.u32()? as usize;
        let calibration = cursor.chunks(points)?.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let lexicon = Lexicon::read(&mut cursor)?;
        let frequent = cursor.text()?;
        let table = Table::read(&mut cursor)?;
        let weights = cursor.chunks(table.len())?;
        let mut model = Self {
            step,
            transitions,
            factors: transitions.map(|score| marginals::exp(step * f32::from(score))),
            calibration,
            lexicon,
            table,
            weights,
            frequent: FxHashMap::default(),
            edges: [[[0; WIDTH]; VIEWS]; 4],
        };
        for side in 0..4 {
            model.edges[side] = model.views("", &Word::edge(side as u64));
        }
        let words = frequent.lines().map(|text| (text, model.read_word(text)));
        model.frequent = words.collect();
        Ok(model)
    }

    /// A word with the scores that it gives to the tokens around it, first to that two before it.
    fn read_word(&self, text: &str) -> (Word, [Row; VIEWS]) {
        let word = Word::read(text, &self.lexicon);
        (word, self.views(text, &word))
    }

    fn views(&self, text: &str, word: &Word) -> [Row; VIEWS] {
        let mut batch = Batch::default();
        std::array::from_fn(|view| {
            let mut row = [0; WIDTH];
            features::of_word(text, word, view, &mut |feature| batch.push(feature));
            self.add(&mut batch, &mut row);
            row
        })
    }

    /// Adds the weights of a batch of features to a row of scores, and empties the batch.
    fn add(&self, batch: &mut Batch, row: &mut Row) {
        let mut found = [0; Batch::ROOM];
        let found = self.table.positions(batch, &mut found);
        let weights = || found.iter().filter_map(|&at| self.weights.get(at));
        // Touching every row before any is unpacked lets the processor wait for all of them at once.
        black_box(weights().fold(0, |touched, weights| touched ^ weights[0]));
        weights().for_each(|weights| packed::add(weights, row));
        batch.clear();
    }
}

/// The chance that a span is right whose share of all paths is `chance`: straight lines between points that stand evenly
/// from 0 to 1. Without points the chance itself.
pub fn calibrated(points: &[f32], chance: f32) -> f32 {
    let Some(last) = points.len().checked_sub(1) else { return chance };
    let place = chance.clamp(0.0, 1.0) * last as f32;
    let before = (place as usize).min(last);
    let after = (before + 1).min(last);
    let part = place - before as f32;
    points[before] + part * (points[after] - points[before])
}

#[cfg(test)]
mod tests;
