//! The trained model: for each kind of page, learnt odds of words and the forests of two stages.

use copydesk_types::MediaType;

use super::{
    forest::{self, Forest},
    level,
};
use crate::features::{Column, Features, Odds, Word};

/// What the file begins with: its kind, and the version of the features that it was trained on.
const MAGIC: &[u8; 8] = b"cdclean2";

/// Forests and odds for one kind of page.
#[derive(Clone, Debug, Default)]
pub struct Stages {
    /// Learnt odds of words.
    pub odds: Odds,
    /// Sees a block, its neighbours and containers.
    pub first: Forest,
    /// Sees also what the first thinks of these.
    pub second: Forest,
    /// Slope and offset that turn the second's log odds into those that a block is kept, over all blocks alike.
    pub calibration: (f32, f32),
    /// Log odds of the second stage from which a block is kept.
    pub threshold: f32,
}

/// The model of both kinds of pages.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For HTML.
    pub html: Stages,
    /// For text.
    pub text: Stages,
}

/// What the model thinks of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opinion {
    /// Log odds that it is body, 0 at the threshold.
    pub(crate) score: f32,
    /// Slope and offset of the calibration.
    calibration: (f32, f32),
}

impl Opinion {
    /// Whether the block is body.
    pub(crate) fn is_body(self) -> bool {
        self.score > 0.0
    }

    /// Of a score; 0 is the threshold.
    pub(crate) const fn new(score: f32, calibration: (f32, f32)) -> Self {
        Self { score, calibration }
    }

    /// A shape's firm opinion that a block is not body.
    pub(crate) const fn against() -> Self {
        Self { score: -3.0, calibration: (1.0, 0.0) }
    }

    /// The opinion that a block is body because nothing else is.
    pub(crate) const fn barely() -> Self {
        Self { score: 0.05, calibration: (1.0, 0.0) }
    }

    /// The probability that it is body, calibrated.
    pub(crate) fn probability(self) -> f32 {
        1.0 / (1.0 + (-(self.score * self.calibration.0 + self.calibration.1)).exp())
    }
}

impl Model {
    /// Reads the bytes that [`Model::write`] gives; none where they are no model of this version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (html, rest) = Stages::read(rest)?;
        let (text, rest) = Stages::read(rest)?;
        rest.is_empty().then_some(Self { html, text })
    }

    /// Its bytes, the same for the same model.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.html.write(&mut out);
        self.text.write(&mut out);
        out
    }

    /// The stages for a kind of page.
    pub const fn stages(&self, media_type: MediaType) -> &Stages {
        match media_type {
            MediaType::Html => &self.html,
            MediaType::Text => &self.text,
        }
    }
}

impl Stages {
    /// What the model thinks of every block; fills the columns that it needs.
    pub(crate) fn opinions(&self, media_type: MediaType, features: &mut Features<'_>) -> Vec<Opinion> {
        features.fill_odds(|word| self.odds.of(word));
        let first = self.first.scores(&features.table);
        features.fill_second(&first);
        #[allow(clippy::cast_precision_loss, reason = "scores are small")]
        let over = |score: i32| score as f32 / forest::UNIT - self.threshold;
        let mut scores: Vec<f32> = self.second.scores(&features.table).into_iter().map(over).collect();
        level::adjust(media_type, features, &mut scores);
        scores.into_iter().map(|score| Opinion::new(score, self.calibration)).collect()
    }

    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let mut rest = bytes;
        let mut odds = Vec::new();
        for kind in Word::KINDS {
            let (count, mut tail) = rest.split_first_chunk()?;
            for _ in 0..u32::from_le_bytes(*count) {
                let (&[a, b, c, d, value], next) = tail.split_first_chunk()?;
                odds.push((kind(u32::from_le_bytes([a, b, c, d])), value.cast_signed()));
                tail = next;
            }
            rest = tail;
        }
        let (numbers, rest) = rest.split_first_chunk::<12>()?;
        let number =
            |at: usize| f32::from_le_bytes([numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]]);
        let (first, rest) = Forest::read(rest, Column::ALL.len())?;
        let (second, rest) = Forest::read(rest, Column::ALL.len())?;
        let odds = odds.into_iter().collect();
        Some((Self { odds, first, second, calibration: (number(0), number(4)), threshold: number(8) }, rest))
    }

    fn write(&self, out: &mut Vec<u8>) {
        let sorted = self.odds.sorted();
        for kind in Word::KINDS {
            let words: Vec<(Word, i8)> =
                sorted.iter().copied().filter(|&(word, _)| word == kind(word.hash())).collect();
            out.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
            for (word, odds) in words {
                out.extend(word.hash().to_le_bytes());
                out.push(odds.cast_unsigned());
            }
        }
        for number in [self.calibration.0, self.calibration.1, self.threshold] {
            out.extend(number.to_le_bytes());
        }
        self.first.write(out);
        self.second.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_of_this_version() {
        let model = Model::read(include_bytes!("../../models/blocks/model.bin")).unwrap();
        assert!(!model.html.second.trees.is_empty() && !model.text.second.trees.is_empty());
    }

    #[test]
    fn bytes_there_and_back() {
        let odds: Odds = [(Word::Text(7), -3), (Word::Class(9), 4), (Word::Text(1), 2)].into_iter().collect();
        let stages = Stages { odds, calibration: (0.5, -1.0), threshold: 0.25, ..Stages::default() };
        let model = Model { html: stages.clone(), text: stages };
        let bytes = model.write();
        let read = Model::read(&bytes).unwrap();
        assert_eq!(read.write(), bytes);
        assert_eq!((read.text.odds.of(Word::Text(7)), read.html.odds.of(Word::Class(7))), (-3, 0));
        assert!(Model::read(&bytes[1..]).is_none());
        assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
