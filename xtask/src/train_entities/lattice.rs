//! Expected lanes and transitions over all paths that a sentence allows.

use copydesk_entities::model::{
    marginals::{Chances, follow, precede, scale},
    tags::{HALF, WIDTH},
    transitions::Transitions,
};

use super::projection::Lanes;

/// What all paths have on average.
#[derive(Default)]
pub(super) struct Expected {
    /// Chance of each lane at each token.
    pub(super) lanes: Vec<Chances>,
    forward: Vec<Chances>,
    scales: Vec<f32>,
}

impl Expected {
    /// Sums over the paths with one of the `allowed` lanes at each token, and adds the expected transitions times `sign`.
    /// Returns `false`, with nothing added, where there is no path.
    pub(super) fn sum(
        &mut self,
        emitted: &[Chances],
        allowed: impl Fn(usize) -> Lanes,
        weights: &Transitions<f32>,
        sign: f32,
        transitions: &mut Transitions<f32>,
    ) -> bool {
        let count = emitted.len();
        self.forward.clear();
        self.scales.clear();
        for (at, chances) in emitted.iter().enumerate() {
            let mut sums = match at.checked_sub(1) {
                Some(before) => follow(&self.forward[before], weights),
                None => std::array::from_fn(|lane| if lane < HALF { 1.0 } else { 0.0 }),
            };
            let lanes = allowed(at);
            for lane in 0..WIDTH {
                sums[lane] *= if lanes >> lane & 1 == 1 { chances[lane] } else { 0.0 };
            }
            let scale = scale(&mut sums);
            if scale <= f32::MIN_POSITIVE {
                return false;
            }
            self.scales.push(scale);
            self.forward.push(sums);
        }
        self.lanes.clear();
        self.lanes.resize(count, [0.0; WIDTH]);
        let mut backward = [1.0; WIDTH];
        for at in (0..count).rev() {
            self.lanes[at] = std::array::from_fn(|lane| self.forward[at][lane] * backward[lane]);
            let Some(before) = at.checked_sub(1).map(|before| self.forward[before]) else { break };
            let lanes = allowed(at);
            let by = 1.0 / self.scales[at];
            let later: Chances = std::array::from_fn(|lane| {
                if lanes >> lane & 1 == 1 { backward[lane] * emitted[at][lane] * by } else { 0.0 }
            });
            for (from, (sum, open)) in before.iter().zip(&weights.open).enumerate() {
                for to in 0..HALF {
                    transitions.open[from][to] += sign * sum * open[to] * later[to];
                }
            }
            for lane in 1..HALF {
                transitions.second[lane] += sign * before[lane] * weights.second[lane] * later[HALF + lane];
                transitions.further[lane] +=
                    sign * before[HALF + lane] * weights.further[lane] * later[HALF + lane];
            }
            backward = precede(&later, weights);
        }
        true
    }
}
