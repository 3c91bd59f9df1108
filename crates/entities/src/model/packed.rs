//! Weights of a feature in twelve bytes: four bits a lane, and a factor for them all in the lane that means nothing.
//!
//! Lanes 0 to 7 are the low halves of the first eight bytes, lanes 8 to 15 their high halves, and the last eight lanes
//! likewise those of the last four bytes, so that eight lanes are unpacked at a time.

use super::{
    tags::{HALF, WIDTH},
    viterbi::Row,
};

/// A row of weights.
pub(super) type Packed = [u8; WIDTH / 2];

/// The byte whose high half is lane [`HALF`], which means nothing: it holds the number of the factor.
const FACTOR_BYTE: usize = HALF - 8;
/// What the lanes are multiplied by.
const FACTORS: [i16; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 32];
/// Largest value of four bits.
const LARGEST: i16 = 7;

/// Adds a row of weights to a row of scores.
#[inline]
pub(super) fn add(packed: &Packed, row: &mut Row) {
    let factor = FACTORS[usize::from(packed[FACTOR_BYTE] >> 4)];
    let ([eight], four) = packed.as_chunks::<8>() else { return };
    let [first, second, third] = row.as_chunks_mut::<8>().0 else { return };
    for lane in 0..8 {
        first[lane] += low(eight[lane]) * factor;
        second[lane] += high(eight[lane]) * factor;
    }
    for lane in 0..4 {
        third[lane] += low(four[lane]) * factor;
        third[4 + lane] += high(four[lane]) * factor;
    }
    row[HALF] = 0;
}

/// Packs weights in steps; each is off by at most half a factor, and none is larger than 7 × 32 steps.
pub(super) fn pack(weights: &[f32; WIDTH]) -> Packed {
    let largest = weights.iter().fold(0.0f32, |largest, weight| largest.max(weight.abs()));
    let fits = |factor: i16| largest <= f32::from(LARGEST * factor) + 0.5 * f32::from(factor);
    let code = FACTORS.iter().position(|&factor| fits(factor)).unwrap_or(FACTORS.len() - 1);
    let factor = f32::from(FACTORS[code]);
    let nibble = |lane: usize| {
        let value = (weights[lane] / factor).round().clamp(-f32::from(LARGEST), f32::from(LARGEST));
        if lane == HALF { code as u8 } else { (value as i8 as u8) & 0xF }
    };
    std::array::from_fn(|byte| {
        let (low, high) = if byte < 8 { (byte, byte + 8) } else { (byte + 8, byte + 12) };
        nibble(low) | nibble(high) << 4
    })
}

/// The lower four bits as a number from -8 to 7.
const fn low(byte: u8) -> i16 {
    (byte as i16) << 12 >> 12
}

/// The upper four bits.
const fn high(byte: u8) -> i16 {
    (byte as i16) << 8 >> 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back() {
        for scale in [0.0, 0.6, 1.0, 3.0, 20.0] {
            let mut weights: [f32; WIDTH] = std::array::from_fn(|lane| scale * (lane as f32 - 11.0));
            weights[HALF] = 0.0;
            let mut row = [0; WIDTH];
            add(&pack(&weights), &mut row);
            let largest = weights.iter().fold(0.0f32, |largest, weight| largest.max(weight.abs()));
            for lane in (0..WIDTH).filter(|&lane| lane != HALF) {
                let error = (f32::from(row[lane]) - weights[lane]).abs();
                assert!(error <= 0.5 + largest / 9.0, "lane {lane} of scale {scale} is off by {error}");
            }
        }
    }
}
