//! How sure the model is: the chance of a span over all paths (forward and backward sums, Rabiner 1989).
//!
//! Sums are of single precision in a fixed order, and the exponential is a polynomial, so that the numbers are the same on
//! every platform.

use super::{
    tags::{HALF, WIDTH},
    transitions::Transitions,
    viterbi::Row,
};

/// What chances of a token or a sum are at least: smaller ones count for nothing, and their products would leave the
/// numbers that a processor is fast with.
const LEAST: f32 = 1e-12;

/// Chances, one a lane.
pub type Chances = [f32; WIDTH];

/// Forward and backward sums of one sentence, each scaled to sum to one.
#[derive(Debug, Default)]
pub(super) struct Marginals {
    emitted: Vec<Chances>,
    forward: Vec<Chances>,
    backward: Vec<Chances>,
    /// What each forward sum was divided by.
    scales: Vec<f32>,
}

impl Marginals {
    /// Sums over all paths. `step`: natural logarithm that one step of a score is worth; `weights`: `exp` of the
    /// transitions.
    pub(super) fn sum(&mut self, rows: &[Row], step: f32, weights: &Transitions<f32>) {
        self.emitted.clear();
        self.emitted.extend(rows.iter().map(|row| emitted(row, step)));
        self.forward.clear();
        self.scales.clear();
        for (at, emitted) in self.emitted.iter().enumerate() {
            let mut sums = match at.checked_sub(1) {
                Some(before) => follow(&self.forward[before], weights),
                None => std::array::from_fn(|lane| if lane < HALF { 1.0 } else { 0.0 }),
            };
            sums.iter_mut().zip(emitted).for_each(|(sum, chance)| *sum *= chance);
            self.scales.push(scale(&mut sums));
            sums.iter_mut().for_each(|sum| *sum = sum.max(LEAST));
            self.forward.push(sums);
        }
        self.backward.clear();
        self.backward.resize(rows.len(), [1.0; WIDTH]);
        for at in (1..rows.len()).rev() {
            let mut later = self.backward[at];
            later.iter_mut().zip(&self.emitted[at]).for_each(|(sum, chance)| *sum *= chance);
            let mut sums = precede(&later, weights);
            let by = 1.0 / self.scales[at];
            sums.iter_mut().for_each(|sum| *sum = (*sum * by).max(LEAST));
            self.backward[at - 1] = sums;
        }
    }

    /// The chance that exactly the tokens `first..end` are one span that begins with lane `begin`.
    pub(super) fn of_span(&self, first: usize, end: usize, begin: usize, weights: &Transitions<f32>) -> f32 {
        let inside = HALF + begin;
        let mut chance = self.forward[first][begin];
        for at in first + 1..end {
            let step = if at == first + 1 { weights.second[begin] } else { weights.further[begin] };
            chance *= step * self.emitted[at][inside] / self.scales[at];
        }
        let last = if end == first + 1 { begin } else { inside };
        if end == self.forward.len() {
            return chance.clamp(0.0, 1.0);
        }
        let mut after = 0.0;
        for lane in 0..HALF {
            after += weights.open[last][lane] * self.emitted[end][lane] * self.backward[end][lane];
        }
        (chance * after / self.scales[end]).clamp(0.0, 1.0)
    }
}

fn emitted(row: &Row, step: f32) -> Chances {
    let best = row.iter().copied().fold(i16::MIN, i16::max);
    row.map(|score| exp(step * f32::from(score.saturating_sub(best))).max(LEAST))
}

/// Forward sums of the next token, before what it emits.
pub fn follow(sums: &Chances, weights: &Transitions<f32>) -> Chances {
    let mut next = [0.0; WIDTH];
    for (sum, open) in sums.iter().zip(&weights.open) {
        for lane in 0..HALF {
            next[lane] += sum * open[lane];
        }
    }
    for lane in 1..HALF {
        next[HALF + lane] = sums[lane] * weights.second[lane] + sums[HALF + lane] * weights.further[lane];
    }
    next
}

/// Backward sums of the token before one whose sums, times what it emits, are `later`.
pub fn precede(later: &Chances, weights: &Transitions<f32>) -> Chances {
    let mut sums = [0.0; WIDTH];
    for (sum, open) in sums.iter_mut().zip(&weights.open) {
        for lane in 0..HALF {
            *sum += open[lane] * later[lane];
        }
    }
    for lane in 1..HALF {
        sums[lane] += weights.second[lane] * later[HALF + lane];
        sums[HALF + lane] += weights.further[lane] * later[HALF + lane];
    }
    sums
}

/// Makes chances sum to one and returns what they summed to.
pub fn scale(sums: &mut Chances) -> f32 {
    let total = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let by = 1.0 / total;
    sums.iter_mut().for_each(|sum| *sum *= by);
    total
}

/// `e` to the power of `x` within one part in 10⁴: two to a whole power times a polynomial.
pub(super) fn exp(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let whole = power as i32;
    // `part` lies between -1 and 1; the coefficients are those of the Taylor series of 2^part.
    let part = power - whole as f32;
    let coefficients =
        [0.000_154_04, 0.001_333_36, 0.009_618_13, 0.055_504_11, 0.240_226_5, std::f32::consts::LN_2, 1.0];
    let series = coefficients.into_iter().fold(0.0, |sum, coefficient| sum * part + coefficient);
    f32::from_bits(((127 + whole) as u32) << 23) * series
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tags::{OUTSIDE, begin, inside};
    use copydesk_types::EntityLabel::{Gpe, Org};

    #[test]
    fn exp_is_close() {
        for x in [0.0f32, -0.001, -0.5, -1.0, -3.3, -20.0, -80.0, 0.7, 9.9] {
            let error = (exp(x) / x.exp() - 1.0).abs();
            assert!(error < 1e-4, "exp({x}) is off by {error}");
        }
        assert!(exp(-1e9) >= 0.0);
    }

    #[test]
    fn spans_have_the_chances_of_their_paths() {
        // Scores in tenths of a logarithm; all paths of two tokens counted by hand.
        let mut rows = [[i16::MIN / 2; WIDTH]; 2];
        for row in &mut rows {
            for lane in [OUTSIDE, begin(Org), begin(Gpe), inside(Org)] {
                row[lane] = 0;
            }
        }
        let weights = Transitions::of(1.0);
        let mut marginals = Marginals::default();
        marginals.sum(&rows, 0.1, &weights);
        // First: O, B-ORG, B-GPE; then each of O, B-ORG, B-GPE, and I-ORG after B-ORG: ten paths.
        let close =
            |found: f32, expected: f32| assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
        close(marginals.of_span(0, 2, begin(Org), &weights), 0.1);
        close(marginals.of_span(0, 1, begin(Org), &weights), 0.3);
        close(marginals.of_span(1, 2, begin(Gpe), &weights), 0.3);
        marginals.sum(&rows[..1], 0.1, &weights);
        close(marginals.of_span(0, 1, begin(Org), &weights), 1.0 / 3.0);
    }
}
