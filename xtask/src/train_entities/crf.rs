//! Finds the weights: stochastic gradients of the likelihood of what the sets allow.

use copydesk_entities::model::{marginals::Chances, tags::WIDTH, transitions::Transitions};

use super::{
    Settings,
    dictionary::{Coded, Example},
    lattice::Expected,
    projection::Lanes,
    random::Random,
};

/// Every lane.
const ALL: Lanes = (1 << WIDTH) - 1;
/// Share of the first step that is left at the end.
const LAST_RATE: f32 = 0.05;
/// Keeps the first steps of AdaGrad finite.
const SOFTENING: f32 = 1e-6;

/// Weights of features and transitions, natural logarithms.
pub(super) struct Weights {
    pub(super) features: Vec<Chances>,
    pub(super) transitions: Transitions<f32>,
}

impl Weights {
    fn zeros(features: usize) -> Self {
        Self { features: vec![[0.0; WIDTH]; features], transitions: Transitions::of(0.0) }
    }

    fn values_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        self.features.as_flattened_mut().iter_mut().chain(self.transitions.values_mut())
    }

    fn add(&mut self, mut other: Self) {
        self.values_mut().zip(other.values_mut()).for_each(|(sum, weight)| *sum += *weight);
    }

    fn scale(&mut self, factor: f32) {
        self.values_mut().for_each(|weight| *weight *= factor);
    }
}

struct Trainer<'s> {
    settings: &'s Settings,
    weights: Weights,
    squares: Vec<Chances>,
    transition_squares: Transitions<f32>,
    random: Random,
}

/// The mean of several trainings, each with a seed of its own: what one of them learnt by the chance of its order and of
/// the features left out is less in the mean.
pub(super) fn train(coded: &Coded, settings: &Settings) -> Weights {
    let seeds = (0..settings.trainings.max(1)).map(|number| settings.seed.wrapping_add(number.into()));
    let mut trained = seeds.map(|seed| train_once(coded, settings, seed));
    let mut sum = trained.next().unwrap_or_else(|| Weights::zeros(coded.features.len()));
    for further in trained {
        sum.add(further);
    }
    sum.scale(1.0 / settings.trainings.max(1) as f32);
    sum
}

fn train_once(coded: &Coded, settings: &Settings, seed: u64) -> Weights {
    let count = coded.features.len();
    let mut trainer = Trainer {
        settings,
        weights: Weights::zeros(count),
        squares: vec![[0.0; WIDTH]; count],
        transition_squares: Transitions::of(0.0),
        random: Random::new(seed),
    };
    let mut order: Vec<usize> = (0..coded.sentences.len()).collect();
    let steps = (settings.epochs as usize * order.len()).max(1) as f32;
    let mut done = 0.0;
    let (mut free, mut bound) = (Expected::default(), Expected::default());
    for _ in 0..settings.epochs {
        trainer.random.shuffle(&mut order);
        for &at in &order {
            let rate = settings.rate * (1.0 - (1.0 - LAST_RATE) * done / steps);
            trainer.learn(&coded.sentences[at], rate, &mut free, &mut bound);
            done += 1.0;
        }
    }
    trainer.weights
}

impl Trainer<'_> {
    fn learn(&mut self, sentence: &Example, rate: f32, free: &mut Expected, bound: &mut Expected) {
        let keep = 1.0 - self.settings.dropout;
        let kept: Vec<Vec<u32>> = sentence
            .features
            .iter()
            .map(|token| token.iter().copied().filter(|_| self.random.share() < keep).collect())
            .collect();
        let emitted: Vec<Chances> = kept.iter().map(|token| self.emitted(token, 1.0 / keep)).collect();
        let factors = self.weights.transitions.map(f32::exp);
        let mut gradient = Transitions::of(0.0);
        if !bound.sum(&emitted, |at| sentence.lanes[at], &factors, sentence.weight, &mut gradient) {
            return;
        }
        free.sum(&emitted, |_| ALL, &factors, -sentence.weight, &mut gradient);
        let shrink = 1.0 - self.settings.decay;
        for (at, token) in kept.iter().enumerate() {
            let slope: Chances =
                std::array::from_fn(|lane| sentence.weight * (bound.lanes[at][lane] - free.lanes[at][lane]));
            // A token that is right beyond doubt teaches nothing.
            if slope.iter().all(|part| part.abs() < 1e-4) {
                continue;
            }
            for &feature in token {
                let feature = feature as usize;
                climb(&mut self.weights.features[feature], &mut self.squares[feature], &slope, rate, shrink);
            }
        }
        let steps = self.weights.transitions.values_mut().zip(self.transition_squares.values_mut());
        for ((weight, squares), slope) in steps.zip(gradient.values_mut()) {
            *squares += *slope * *slope;
            *weight += rate * *slope / (*squares + SOFTENING).sqrt();
        }
    }

    fn emitted(&self, token: &[u32], scale: f32) -> Chances {
        let mut sums = [0.0; WIDTH];
        for &feature in token {
            for (sum, weight) in sums.iter_mut().zip(&self.weights.features[feature as usize]) {
                *sum += weight;
            }
        }
        let best = sums.iter().copied().fold(f32::MIN, f32::max);
        sums.map(|sum| (scale * (sum - best)).exp())
    }
}

fn climb(weights: &mut Chances, squares: &mut Chances, slope: &Chances, rate: f32, shrink: f32) {
    for ((weight, squares), slope) in weights.iter_mut().zip(squares).zip(slope) {
        *squares += slope * slope;
        *weight = *weight * shrink + rate * slope / (*squares + SOFTENING).sqrt();
    }
}
