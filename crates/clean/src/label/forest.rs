//! Boosted oblivious trees: every level of a tree asks one question of all blocks.
//!
//! A leaf's number is then a few comparisons of bytes, the same for every block, which a compiler turns into vector
//! instructions; a page of 300 blocks passes 300 trees in well under a millisecond. Leaves are whole numbers, so that
//! sums are the same on every machine. (Prokhorenkova et al., CatBoost, 2018, use the same trees.)

use crate::features::{Matrix, REACH};

/// Questions a tree asks.
pub const DEPTH: usize = 6;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Steps in one unit of log odds.
pub const UNIT: f32 = 4096.0;

/// Asks whether a column's value, `shift` blocks ahead, is above a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The column.
    pub column: u8,
    /// Blocks ahead; behind where negative.
    pub shift: i8,
    /// Value that must be exceeded.
    pub above: u8,
}

/// One tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The question of each level; its answer is that bit of the leaf's number.
    pub questions: [Question; DEPTH],
    /// Log odds that each leaf adds, in [`UNIT`]ths.
    pub leaves: [i16; LEAVES],
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forest {
    /// Log odds before any tree, in [`UNIT`]ths.
    pub bias: i32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Forest {
    /// The log odds of every row, in [`UNIT`]ths.
    pub fn scores(&self, table: &Matrix) -> Vec<i32> {
        let mut sums = vec![self.bias; table.rows()];
        let mut leaf = vec![0_u8; table.rows()];
        for tree in &self.trees {
            leaf.fill(0);
            for (level, question) in tree.questions.iter().enumerate() {
                let values = table.shifted(question.column.into(), question.shift);
                for (leaf, &value) in leaf.iter_mut().zip(values) {
                    *leaf |= u8::from(value > question.above) << level;
                }
            }
            for (sum, &leaf) in sums.iter_mut().zip(&leaf) {
                *sum += i32::from(tree.leaves[usize::from(leaf) % LEAVES]);
            }
        }
        sums
    }

    /// Appends the forest's bytes: bias and number of trees as little-endian 32-bit numbers, then for each tree its
    /// questions (three bytes each) and its leaves (16 bits each).
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.bias.to_le_bytes());
        out.extend(u32::try_from(self.trees.len()).unwrap_or(u32::MAX).to_le_bytes());
        for tree in &self.trees {
            for question in tree.questions {
                out.extend([question.column, question.shift.cast_unsigned(), question.above]);
            }
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
    }

    /// Reads a forest and gives what follows it; none where the bytes end too early or ask for a neighbour out of reach
    /// or a column from `columns` on.
    pub fn read(bytes: &[u8], columns: usize) -> Option<(Self, &[u8])> {
        let (bias, rest) = bytes.split_first_chunk()?;
        let (count, mut rest) = rest.split_first_chunk()?;
        let mut forest = Self { bias: i32::from_le_bytes(*bias), trees: Vec::new() };
        for _ in 0..u32::from_le_bytes(*count) {
            let mut tree = Tree { questions: [Question::default(); DEPTH], leaves: [0; LEAVES] };
            for question in &mut tree.questions {
                let (&[column, shift, above], tail) = rest.split_first_chunk()?;
                *question = Question { column, shift: shift.cast_signed(), above };
                let reached = usize::from(question.shift.unsigned_abs()) <= REACH;
                if !reached || usize::from(column) >= columns {
                    return None;
                }
                rest = tail;
            }
            for leaf in &mut tree.leaves {
                let (value, tail) = rest.split_first_chunk()?;
                *leaf = i16::from_le_bytes(*value);
                rest = tail;
            }
            forest.trees.push(tree);
        }
        Some((forest, rest))
    }
}

/// The probability of log odds in [`UNIT`]ths.
#[allow(clippy::cast_precision_loss, reason = "scores are small")]
pub fn probability(score: i32) -> f32 {
    1.0 / (1.0 + (-(score as f32) / UNIT).exp())
}

/// A probability in 255ths.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a probability lies between 0 and 1"
)]
pub fn byte(score: i32) -> u8 {
    (probability(score) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let mut questions = [Question::default(); DEPTH];
        questions[0] = Question { column: 0, shift: 0, above: 10 };
        questions[1] = Question { column: 1, shift: -1, above: 3 };
        for question in &mut questions[2..] {
            question.above = u8::MAX;
        }
        let mut leaves = [0; LEAVES];
        leaves[..4].copy_from_slice(&[-100, 50, 7, 1000]);
        Forest { bias: 5, trees: vec![Tree { questions, leaves }] }
    }

    #[test]
    fn a_tree_asks_of_the_block_and_its_neighbour() {
        let mut table = Matrix::new(2, 3);
        table.set(0, 1, 11);
        table.set(0, 2, 12);
        table.set(1, 1, 4);
        assert_eq!(forest().scores(&table), [-95, 55, 1005]);
    }

    #[test]
    fn bytes_there_and_back() {
        let mut bytes = Vec::new();
        forest().write(&mut bytes);
        assert_eq!(Forest::read(&bytes, 2), Some((forest(), &[][..])));
        assert_eq!(Forest::read(&bytes, 1), None);
        assert_eq!(Forest::read(&bytes[..bytes.len() - 1], 2), None);
    }

    #[test]
    fn probabilities() {
        assert!((probability(0) - 0.5).abs() < 1e-6);
        assert!(probability(i32::MAX) > 0.999 && probability(i32::MIN) < 0.001);
        assert_eq!(byte(0), 128);
    }
}
