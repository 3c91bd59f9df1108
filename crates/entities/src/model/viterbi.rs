//! The best path through the lattice of one sentence (Viterbi 1967), in whole numbers: the same on every platform.

use super::{
    tags::{HALF, OUTSIDE, WIDTH},
    transitions::Transitions,
};

/// Scores of a token for each lane.
pub(super) type Row = [i16; WIDTH];

/// A score that no path reaches. Far from the border of the type, so that sums of it stay inside.
const NEVER: i32 = i32::MIN / 4;

/// Room for the search, reused from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Search {
    back: Vec<[u8; WIDTH]>,
    path: Vec<u8>,
}

impl Search {
    /// The lanes of the best path; of equal ones that of the lowest lanes. Linear in the number of tokens.
    pub(super) fn best(&mut self, rows: &[Row], transitions: &Transitions<i16>) -> &[u8] {
        self.back.clear();
        self.path.clear();
        let Some((first, rest)) = rows.split_first() else { return &self.path };
        let mut scores = [NEVER; WIDTH];
        for lane in 0..HALF {
            scores[lane] = i32::from(first[lane]);
        }
        for row in rest {
            let (next, back) = step(&scores, row, transitions);
            self.back.push(back);
            // Only differences matter; taking off the best keeps any length of sentence inside the type.
            let best = next.iter().copied().fold(NEVER, i32::max);
            scores = next.map(|score| (score - best).max(NEVER));
        }
        let mut lane =
            (0..WIDTH).fold(OUTSIDE, |best, lane| if scores[lane] > scores[best] { lane } else { best });
        self.path.push(lane as u8);
        for back in self.back.iter().rev() {
            lane = usize::from(back[lane]);
            self.path.push(lane as u8);
        }
        self.path.reverse();
        &self.path
    }
}

fn step(scores: &[i32; WIDTH], row: &Row, transitions: &Transitions<i16>) -> ([i32; WIDTH], [u8; WIDTH]) {
    let mut best = [i32::MIN; HALF];
    let mut from = [0i32; HALF];
    for (lane, (&score, open)) in scores.iter().zip(&transitions.open).enumerate() {
        for to in 0..HALF {
            let reached = score + i32::from(open[to]);
            let better = reached > best[to];
            best[to] = if better { reached } else { best[to] };
            from[to] = if better { lane as i32 } else { from[to] };
        }
    }
    let mut next = [NEVER; WIDTH];
    let mut back = [0; WIDTH];
    for lane in 0..HALF {
        next[lane] = best[lane] + i32::from(row[lane]);
        back[lane] = from[lane] as u8;
    }
    for lane in 1..HALF {
        let second = scores[lane] + i32::from(transitions.second[lane]);
        let further = scores[HALF + lane] + i32::from(transitions.further[lane]);
        let (reached, source) = if further > second { (further, HALF + lane) } else { (second, lane) };
        next[HALF + lane] = reached + i32::from(row[HALF + lane]);
        back[HALF + lane] = source as u8;
    }
    (next, back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tags::{begin, inside};
    use copydesk_types::EntityLabel::{Gpe, Org, Person};

    fn row(scores: &[(usize, i16)]) -> Row {
        let mut row = [0; WIDTH];
        scores.iter().for_each(|&(lane, score)| row[lane] = score);
        row
    }

    #[test]
    fn a_label_goes_on_only_after_itself() {
        let mut search = Search::default();
        let flat = Transitions::of(0);
        assert_eq!(search.best(&[], &flat), &[] as &[u8]);
        assert_eq!(search.best(&[row(&[(inside(Org), 100)])], &flat), [OUTSIDE as u8]);
        let rows = [row(&[(begin(Gpe), 5), (begin(Org), 4)]), row(&[(inside(Org), 9)])];
        assert_eq!(search.best(&rows, &flat), [begin(Org) as u8, inside(Org) as u8]);
    }

    #[test]
    fn transitions_count() {
        let mut transitions = Transitions::of(0);
        transitions.open[begin(Person)][begin(Person)] = -20;
        let rows = [row(&[(begin(Person), 9)]), row(&[(begin(Person), 9), (inside(Person), 1)])];
        assert_eq!(Search::default().best(&rows, &transitions), [begin(Person) as u8, inside(Person) as u8]);
    }

    #[test]
    fn long_sentences_stay_inside_the_type() {
        let rows = vec![row(&[(begin(Org), i16::MAX), (inside(Org), i16::MIN)]); 100_000];
        assert!(
            Search::default()
                .best(&rows, &Transitions::of(0))
                .iter()
                .all(|&lane| usize::from(lane) == begin(Org))
        );
    }
}
