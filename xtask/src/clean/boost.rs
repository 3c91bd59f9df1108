//! Gradient boosting of oblivious trees over byte tables, with histograms.
//!
//! Every tree sees a sample of the rows and of the questions, drawn from a fixed seed; two threads share the questions
//! of a level, and the best is chosen in a fixed order, so that the same data give the same forest.

use copydesk_clean::{
    features::{Column, Matrix, REACH},
    forest::{DEPTH, Forest, LEAVES, Question, Tree, UNIT},
};

/// How a forest is grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Trees.
    pub(crate) trees: usize,
    /// Share of each leaf's step that is taken.
    pub(crate) rate: f32,
    /// Weight added to every leaf's, against steps on few rows.
    pub(crate) ridge: f32,
    /// Rows that a tree sees, about.
    pub(crate) rows: usize,
    /// Questions that a tree may choose from.
    pub(crate) questions: usize,
    /// Where the random numbers start.
    pub(crate) seed: u64,
}

/// Values that a histogram tells apart.
const BINS: usize = 32;
/// Threads that share a level's questions.
const THREADS: usize = 2;

/// Pages' tables one behind the other, each with its padding.
pub(crate) struct Table {
    columns: Vec<Vec<u8>>,
    starts: Vec<usize>,
    rows: Vec<usize>,
}

impl Table {
    /// Joins the tables of pages.
    pub(crate) fn new<'m>(pages: impl Iterator<Item = &'m Matrix> + Clone) -> Self {
        let (mut starts, mut rows, mut length) = (Vec::new(), Vec::new(), 0);
        for page in pages.clone() {
            starts.push(length + REACH);
            rows.push(page.rows());
            length += page.rows() + 2 * REACH;
        }
        let mut table = Self { columns: vec![vec![0; length]; Column::ALL.len()], starts, rows };
        for (index, page) in pages.enumerate() {
            for column in 0..Column::ALL.len() {
                table.copy(index, page, column);
            }
        }
        table
    }

    fn copy(&mut self, index: usize, page: &Matrix, column: usize) {
        let start = self.starts[index];
        self.columns[column][start..start + page.rows()].copy_from_slice(page.shifted(column, 0));
    }

    /// Reads some columns of a page anew.
    pub(crate) fn renew(&mut self, index: usize, page: &Matrix, which: impl Fn(Column) -> bool) {
        for (number, _) in Column::ALL.iter().enumerate().filter(|(_, column)| which(**column)) {
            self.copy(index, page, number);
        }
    }

    fn places(&self, page: usize) -> std::ops::Range<usize> {
        self.starts[page]..self.starts[page] + self.rows[page]
    }
}

/// What a row should become, and how much it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) label: f32,
    pub(crate) weight: f32,
}

/// Grows a forest on some pages of a table; `columns` says which columns it may ask.
pub(crate) fn grow(
    table: &Table,
    pages: &[usize],
    targets: &[Vec<Target>],
    columns: impl Fn(Column) -> bool,
    settings: Settings,
) -> Forest {
    let places: Vec<usize> = pages.iter().flat_map(|&page| table.places(page)).collect();
    let targets: Vec<Target> = pages.iter().flat_map(|&page| targets[page].iter().copied()).collect();
    let all: Vec<Question> = questions(&columns);
    let used: Vec<bool> = Column::ALL.iter().map(|&column| columns(column)).collect();
    let binned = Binned::new(table, &places, &used);
    let prior = mean(&targets).clamp(0.001, 0.999);
    let bias = (prior / (1.0 - prior)).ln();
    let mut forest = Forest { bias: fixed(bias), trees: Vec::new() };
    let mut scores = vec![bias; places.len()];
    let mut random = Random(settings.seed);
    for _ in 0..settings.trees {
        let sample = sample(&targets, &scores, settings.rows, &mut random);
        let candidates: Vec<Question> =
            (0..settings.questions).map(|_| all[random.below(all.len())]).collect();
        let mut tree = grow_tree(&binned, &places, &sample, &candidates, settings);
        let leaves = leaves_of(&binned, &places, &tree.0);
        for (score, &leaf) in scores.iter_mut().zip(&leaves) {
            *score += f32::from(tree.1[usize::from(leaf)]) / UNIT;
        }
        for question in &mut tree.0 {
            question.above = binned.edges[usize::from(question.column)][usize::from(question.above)];
        }
        forest.trees.push(Tree { questions: tree.0, leaves: tree.1 });
    }
    forest
}

fn questions(columns: &impl Fn(Column) -> bool) -> Vec<Question> {
    let mut all = Vec::new();
    for (number, &column) in Column::ALL.iter().enumerate().filter(|(_, column)| columns(**column)) {
        for shift in -column.reach()..=column.reach() {
            all.push(Question { column: u8::try_from(number).unwrap_or(u8::MAX), shift, above: 0 });
        }
    }
    all
}

/// Columns with their values put into bins of about equal size.
struct Binned {
    columns: Vec<Vec<u8>>,
    /// The highest value of each bin of each column.
    edges: Vec<Vec<u8>>,
}

impl Binned {
    fn new(table: &Table, places: &[usize], used: &[bool]) -> Self {
        let (mut columns, mut edges) = (Vec::new(), Vec::new());
        for (values, used) in table.columns.iter().zip(used) {
            if !used {
                columns.push(Vec::new());
                edges.push(Vec::new());
                continue;
            }
            let mut counts = [0_usize; 256];
            for &place in places {
                counts[usize::from(values[place])] += 1;
            }
            let found = edges_of(&counts, places.len());
            let mut bin_of = [0_u8; 256];
            for (value, bin) in bin_of.iter_mut().enumerate() {
                *bin = u8::try_from(found.partition_point(|&edge| usize::from(edge) < value)).unwrap_or(0);
            }
            columns.push(values.iter().map(|&value| bin_of[usize::from(value)]).collect());
            edges.push(found);
        }
        Self { columns, edges }
    }

    fn value(&self, question: Question, place: usize) -> u8 {
        let column = &self.columns[usize::from(question.column)];
        column[place.wrapping_add_signed(question.shift.into())]
    }
}

/// Upper ends of at most [`BINS`] bins of about equal size; the last is 255.
fn edges_of(counts: &[usize; 256], total: usize) -> Vec<u8> {
    let (mut edges, mut held) = (Vec::new(), 0);
    for (value, &count) in counts.iter().enumerate() {
        held += count;
        if held * (BINS - 1) >= total && edges.len() < BINS - 1 && count > 0 {
            edges.push(u8::try_from(value).unwrap_or(u8::MAX));
            held = 0;
        }
    }
    // A rare value beside a frequent one still gets an edge of its own where there is room.
    for (value, &count) in counts.iter().enumerate() {
        let value = u8::try_from(value).unwrap_or(u8::MAX);
        if edges.len() < BINS - 1 && count * 400 > total && !edges.contains(&value) {
            edges.push(value);
        }
    }
    edges.sort_unstable();
    if edges.last() != Some(&u8::MAX) {
        edges.push(u8::MAX);
    }
    edges
}

#[derive(Clone, Copy, Default)]
struct Slope {
    gradient: f32,
    weight: f32,
}

/// A row that a tree sees, with how the loss falls there.
#[derive(Clone, Copy)]
struct Seen {
    row: usize,
    slope: Slope,
}

/// Rows drawn by how far they are from what they should be, weighted so that sums stay right (Ibragimov and Gusev,
/// Minimal Variance Sampling, 2019).
fn sample(targets: &[Target], scores: &[f32], rows: usize, random: &mut Random) -> Vec<Seen> {
    let slopes: Vec<Slope> = targets
        .iter()
        .zip(scores)
        .map(|(target, score)| {
            let p = 1.0 / (1.0 + (-score).exp());
            Slope { gradient: (p - target.label) * target.weight, weight: p * (1.0 - p) * target.weight }
        })
        .collect();
    let pull = |slope: &Slope| slope.gradient.abs() + 0.1 * slope.weight;
    let all: f32 = slopes.iter().map(pull).sum();
    let mut seen = Vec::with_capacity(rows * 2);
    for (row, slope) in slopes.iter().enumerate() {
        let chance = (pull(slope) / all * rows as f32).min(1.0);
        if random.share() < chance {
            let slope = Slope { gradient: slope.gradient / chance, weight: slope.weight / chance };
            seen.push(Seen { row, slope });
        }
    }
    seen
}

fn grow_tree(
    binned: &Binned,
    places: &[usize],
    sample: &[Seen],
    candidates: &[Question],
    settings: Settings,
) -> ([Question; DEPTH], [i16; LEAVES]) {
    let slopes: Vec<Slope> = sample.iter().map(|seen| seen.slope).collect();
    let sampled: Vec<usize> = sample.iter().map(|seen| places[seen.row]).collect();
    let mut leaf = vec![0_u8; sample.len()];
    let mut chosen = [Question::default(); DEPTH];
    for (level, slot) in chosen.iter_mut().enumerate() {
        let share = candidates.len().div_ceil(THREADS);
        let best = std::thread::scope(|scope| {
            let workers: Vec<_> = candidates
                .chunks(share)
                .map(|part| {
                    let (slopes, sampled, leaf) = (&slopes, &sampled, &leaf);
                    scope.spawn(move || best_of(binned, part, slopes, sampled, leaf, level, settings.ridge))
                })
                .collect();
            workers
                .into_iter()
                .filter_map(|worker| worker.join().ok())
                .flatten()
                .reduce(|best, other| if other.0 > best.0 { other } else { best })
        });
        let Some((_, question)) = best else { break };
        for (leaf, &place) in leaf.iter_mut().zip(&sampled) {
            *leaf |= u8::from(binned.value(question, place) > question.above) << level;
        }
        *slot = question;
    }
    let mut sums = [Slope::default(); LEAVES];
    for (slope, &leaf) in slopes.iter().zip(&leaf) {
        sums[usize::from(leaf)].gradient += slope.gradient;
        sums[usize::from(leaf)].weight += slope.weight;
    }
    let step = |s: Slope| -s.gradient / (s.weight + settings.ridge) * settings.rate;
    (chosen, sums.map(|s| i16::try_from(fixed(step(s)).clamp(-32_000, 32_000)).unwrap_or(0)))
}

/// The question that parts the leaves of a level best, with its gain.
fn best_of(
    binned: &Binned,
    candidates: &[Question],
    slopes: &[Slope],
    places: &[usize],
    leaf: &[u8],
    level: usize,
    ridge: f32,
) -> Option<(f32, Question)> {
    let mut best: Option<(f32, Question)> = None;
    let leaves = 1 << level;
    let mut sums = vec![[Slope::default(); BINS]; leaves];
    for &candidate in candidates {
        let bins = binned.edges[usize::from(candidate.column)].len();
        if bins < 2 {
            continue;
        }
        sums.fill([Slope::default(); BINS]);
        for ((slope, &place), &leaf) in slopes.iter().zip(places).zip(leaf) {
            let sum = &mut sums[usize::from(leaf)][usize::from(binned.value(candidate, place)) % BINS];
            sum.gradient += slope.gradient;
            sum.weight += slope.weight;
        }
        let mut gains = [0.0_f32; BINS];
        for leaf in &sums {
            let all = leaf.iter().fold(Slope::default(), |a, b| Slope {
                gradient: a.gradient + b.gradient,
                weight: a.weight + b.weight,
            });
            let mut low = Slope::default();
            for (gain, bin) in gains.iter_mut().zip(leaf).take(bins - 1) {
                low.gradient += bin.gradient;
                low.weight += bin.weight;
                let high = all.gradient - low.gradient;
                *gain += low.gradient * low.gradient / (low.weight + ridge)
                    + high * high / (all.weight - low.weight + ridge);
            }
        }
        for (bin, &gain) in gains.iter().enumerate().take(bins - 1) {
            if best.is_none_or(|(most, _)| gain > most) {
                let above = u8::try_from(bin).unwrap_or(0);
                best = Some((gain, Question { above, ..candidate }));
            }
        }
    }
    best
}

fn leaves_of(binned: &Binned, places: &[usize], questions: &[Question; DEPTH]) -> Vec<u8> {
    let mut leaves = vec![0_u8; places.len()];
    for (level, &question) in questions.iter().enumerate() {
        for (leaf, &place) in leaves.iter_mut().zip(places) {
            *leaf |= u8::from(binned.value(question, place) > question.above) << level;
        }
    }
    leaves
}

fn mean(targets: &[Target]) -> f32 {
    let weight: f32 = targets.iter().map(|t| t.weight).sum();
    targets.iter().map(|t| t.label * t.weight).sum::<f32>() / weight.max(1e-9)
}

#[allow(clippy::cast_possible_truncation, reason = "log odds are small")]
fn fixed(value: f32) -> i32 {
    (value * UNIT).round() as i32
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[allow(clippy::cast_precision_loss, reason = "24 bits fit")]
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_learns_what_a_neighbour_tells() {
        let mut page = Matrix::new(Column::ALL.len(), 400);
        let mut random = Random(7);
        let mut targets = Vec::new();
        for row in 0..400 {
            page.set(Column::Words as usize, row, u8::try_from(random.below(200)).unwrap());
        }
        for &value in page.shifted(Column::Words as usize, 1) {
            targets.push(Target { label: f32::from(u8::from(value > 100)), weight: 1.0 });
        }
        let table = Table::new(std::iter::once(&page));
        let settings = Settings { trees: 20, rate: 0.3, ridge: 1.0, rows: 300, questions: 20, seed: 1 };
        let grown = || grow(&table, &[0], &[targets.clone()], |c| c == Column::Words, settings);
        let forest = grown();
        let right =
            forest.scores(&page).iter().zip(&targets).filter(|(s, t)| (**s > 0) == (t.label > 0.5)).count();
        assert!(right > 390, "{right}");
        assert_eq!(forest, grown());
    }
}
