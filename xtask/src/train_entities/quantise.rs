//! Keeps the strongest features and puts their weights into steps.

use std::cmp::Reverse;

use copydesk_entities::model::tags::{HALF, WIDTH};

use super::{crf::Weights, dictionary::Coded};

/// Natural logarithm of odds that a step is worth.
pub(super) const STEP: f32 = 1.0 / 32.0;

/// The strongest `count` features: those that move the chances of training text most.
pub(super) fn strongest(coded: &Coded, weights: &Weights, count: usize) -> Vec<(u64, [f32; WIDTH])> {
    let mut ranked: Vec<(u32, u64, [f32; WIDTH])> = coded
        .features
        .iter()
        .zip(&weights.features)
        .map(|(&(hash, occurrences), weights)| {
            let centred = centred(weights);
            let length = centred.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
            let strength = length * (occurrences as f32).powf(0.25);
            ((strength * 1000.0) as u32, hash, centred.map(|weight| weight / STEP))
        })
        .collect();
    ranked.sort_unstable_by_key(|&(strength, hash, _)| (Reverse(strength), hash));
    ranked.into_iter().take(count).map(|(_, hash, row)| (hash, row)).collect()
}

/// The same weights around zero: only differences between lanes count. The lane without a meaning becomes zero.
fn centred(weights: &[f32; WIDTH]) -> [f32; WIDTH] {
    let mean = weights.iter().sum::<f32>() / (WIDTH - 1) as f32;
    let mut centred = weights.map(|weight| weight - mean);
    centred[HALF] = 0.0;
    centred
}
