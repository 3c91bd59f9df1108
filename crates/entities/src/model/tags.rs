//! The tags of the lattice: outside, and for every label "begins" and "goes on".
//!
//! A row of scores has [`WIDTH`] lanes in two halves: lane 0 is outside, lanes 1 to 11 begin a label (the order of
//! [`EntityLabel::ALL`]), lane 12 is never used, lanes 13 to 23 go on with one. A label goes on only after itself.

use copydesk_types::EntityLabel;

/// Labels, and lanes of a half without its first.
pub const LABELS: usize = EntityLabel::ALL.len();
/// Lanes of one half of a row.
pub const HALF: usize = LABELS + 1;
/// Lanes of a row of scores.
pub const WIDTH: usize = 2 * HALF;
/// The lane of a token outside of all mentions.
pub const OUTSIDE: usize = 0;

/// The lane that begins a label.
pub const fn begin(label: EntityLabel) -> usize {
    label as usize + 1
}

/// The lane that goes on with a label.
pub const fn inside(label: EntityLabel) -> usize {
    HALF + begin(label)
}

/// The label of a lane, where it has one.
pub fn label_of(lane: usize) -> Option<EntityLabel> {
    (lane % HALF).checked_sub(1).map(|index| EntityLabel::ALL[index])
}

/// Whether a lane goes on with a label.
pub const fn is_inside(lane: usize) -> bool {
    lane >= HALF
}

/// The runs of tokens that a path of lanes marks: first token, one past the last, label. A lane that goes on without
/// a beginning begins.
pub fn spans(path: impl IntoIterator<Item = usize>) -> Vec<(usize, usize, EntityLabel)> {
    let mut found: Vec<(usize, usize, EntityLabel)> = Vec::new();
    for (at, lane) in path.into_iter().enumerate() {
        let Some(label) = label_of(lane) else { continue };
        match found.last_mut() {
            Some((_, end, last)) if is_inside(lane) && *end == at && *last == label => *end += 1,
            _ => found.push((at, at + 1, label)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityLabel::{Gpe, Org};

    #[test]
    fn lanes_round_trip() {
        for label in EntityLabel::ALL {
            assert_eq!(label_of(begin(label)), Some(label));
            assert_eq!(label_of(inside(label)), Some(label));
            assert!(is_inside(inside(label)) && !is_inside(begin(label)));
        }
        assert_eq!(label_of(OUTSIDE), None);
    }

    #[test]
    fn spans_of() {
        for (path, expected) in [
            (vec![], vec![]),
            (vec![OUTSIDE, begin(Org), inside(Org), OUTSIDE], vec![(1, 3, Org)]),
            (vec![begin(Gpe), begin(Gpe)], vec![(0, 1, Gpe), (1, 2, Gpe)]),
            (vec![begin(Gpe), inside(Org)], vec![(0, 1, Gpe), (1, 2, Org)]),
        ] {
            assert_eq!(spans(path), expected);
        }
    }
}
