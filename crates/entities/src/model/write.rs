//! Writes a model file: what training found, in the layout that [`Model::read`](super::Model::read) reads.

use super::{
    MARK,
    lexicon::{self, Class},
    packed, table,
    tags::WIDTH,
    transitions::Transitions,
};

/// What training found.
#[derive(Debug)]
pub struct Draft<'d> {
    /// Natural logarithm of odds that one step of a score is worth.
    pub step: f32,
    /// In steps.
    pub transitions: Transitions<i16>,
    /// Classes of words.
    pub classes: &'d [(Class, Vec<String>)],
    /// Lower-case words with the step of their lower-case share.
    pub lowered: &'d [(String, u8)],
    /// Words whose scores are worth summing up beforehand.
    pub frequent: &'d [String],
    /// Weights of each feature, in steps.
    pub weights: Vec<(u64, [f32; WIDTH])>,
    /// Chance that a span is right, for a margin of confidence in equal steps from 0 to 1.
    pub calibration: Vec<f32>,
}

impl Draft<'_> {
    /// The bytes of the file: the same for the same draft.
    pub fn write(&mut self) -> Vec<u8> {
        self.weights.sort_by_key(|(hash, _)| *hash);
        self.weights.dedup_by_key(|(hash, _)| *hash);
        let mut file = MARK.to_vec();
        file.extend(self.step.to_le_bytes());
        self.transitions.write(&mut file);
        file.extend((self.calibration.len() as u32).to_le_bytes());
        file.extend(self.calibration.iter().flat_map(|chance| chance.to_le_bytes()));
        lexicon::write(self.classes, self.lowered, &mut file);
        let frequent = self.frequent.join("\n");
        file.extend((frequent.len() as u32).to_le_bytes());
        file.extend(frequent.bytes());
        let hashes: Vec<u64> = self.weights.iter().map(|(hash, _)| *hash).collect();
        table::write(&hashes, &mut file);
        file.extend(self.weights.iter().flat_map(|(_, row)| packed::pack(row)));
        file
    }
}
