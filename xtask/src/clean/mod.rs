//! Trains the block labeller from the development sets, or cross-validates it over sites.
//!
//! Two stages: the first sees a block, its neighbours, its containers; the second also sees what the first thinks of
//! all of these. The second must be trained on opinions of first stages that never saw the page's site, and a fold that
//! is reported must have been seen by neither: so first stages are trained without every pair of folds.

mod align;
mod boost;
mod data;
mod odds;
mod score;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Result;
use copydesk_clean::{
    Rules, Sighting, SiteMemory, body_by,
    features::{Column, Features},
    forest::{self, Forest},
    level,
    model::{Model, Stages},
    site_key,
};
use copydesk_types::MediaType;

use self::{
    boost::{Settings, Table, Target, grow},
    data::Sample,
    odds::Counts,
    score::PageScore,
};

/// Folds of the cross-validation; a registrable domain lies in one, in all sets.
const FOLDS: usize = 5;
/// How the log odds of one kind of page are read, as the cross-validation tells.
struct Reading {
    /// From where a block of an ordinary page is kept: the highest shingle F1 lies near it on all sets.
    threshold: f32,
    /// Slope and offset from the log odds over the page's threshold to those that a block is body, all blocks weighing
    /// the same.
    calibration: (f32, f32),
}

const fn reading(media_type: MediaType) -> Reading {
    match media_type {
        MediaType::Html => Reading { threshold: -0.1, calibration: (0.9, -0.03) },
        MediaType::Text => Reading { threshold: -0.5, calibration: (0.93, -0.46) },
    }
}

/// Thresholds that are reported.
const THRESHOLDS: [f32; 4] = [-0.9, -0.5, -0.1, 0.3];
const FIRST: Settings = Settings { trees: 300, rate: 0.07, ridge: 4.0, rows: 26_000, questions: 70, seed: 1 };
const SECOND: Settings =
    Settings { trees: 300, rate: 0.06, ridge: 8.0, rows: 26_000, questions: 70, seed: 2 };
/// Weight of a page that only stands in for a text dump.
const STAND_IN_WEIGHT: f32 = 0.35;

/// Prints, for every set, the shingle F1 that the labeller reaches on sites it was not trained on.
#[allow(clippy::print_stdout, reason = "a tool's report")]
pub(crate) fn cross_validate(data: &Path) -> Result<()> {
    for media_type in [MediaType::Text, MediaType::Html] {
        let samples = data::read(data, media_type)?;
        let mut lab = Lab::new(&samples);
        let scores = lab.cross_validated();
        report(media_type, &lab, &scores);
        let (slope, offset) = calibration(media_type, &lab, &scores);
        println!("calibration {slope:.3} {offset:.3}");
    }
    Ok(())
}

/// Trains on all sites and writes the model.
pub(crate) fn train(data: &Path) -> Result<()> {
    let stages = |media_type| -> Result<Stages> {
        let samples = data::read(data, media_type)?;
        Ok(Lab::new(&samples).trained(reading(media_type)))
    };
    let model = Model { html: stages(MediaType::Html)?, text: stages(MediaType::Text)? };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clean/models/blocks");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("model.bin"), model.write())?;
    Ok(())
}

/// Samples with their features and targets, and the first stages trained so far.
struct Lab<'s> {
    samples: &'s [Sample],
    features: Vec<Features<'s>>,
    table: Table,
    targets: Vec<Vec<Target>>,
    folds: Vec<usize>,
}

/// A page, and a first stage's scores of its blocks.
type Opinion = (usize, Vec<i32>);

/// Log odds of every block of every page.
type Scores = Vec<Vec<i32>>;

impl<'s> Lab<'s> {
    fn new(samples: &'s [Sample]) -> Self {
        let features: Vec<Features<'s>> = samples.iter().map(|sample| Features::new(&sample.scan)).collect();
        let table = Table::new(features.iter().map(|f| &f.table));
        let targets = samples.iter().zip(&features).map(|(s, f)| targets(s, f)).collect();
        let folds = folds(samples);
        Self { samples, features, table, targets, folds }
    }

    /// Pages outside the folds.
    fn without(&self, excluded: &[usize]) -> Vec<usize> {
        (0..self.samples.len()).filter(|&page| !excluded.contains(&self.folds[page])).collect()
    }

    /// Trains a first stage without some folds, and leaves the columns of the odds so learnt in the table.
    fn first_stage(&mut self, excluded: &[usize]) -> (Counts, Forest) {
        let pages = self.without(excluded);
        let counts = Counts::new(self.samples, &self.features, &pages);
        for (page, features) in self.features.iter_mut().enumerate() {
            let site = &self.samples[page].site;
            features.fill_odds(|word| counts.of(word, site));
            self.table.renew(page, &features.table, Column::learnt);
        }
        let forest = grow(&self.table, &pages, &self.targets, |c| !c.second_stage(), FIRST);
        (counts, forest)
    }

    fn opinions(&self, forest: &Forest, page: usize) -> Vec<i32> {
        forest.scores(&self.features[page].table)
    }

    /// Trains a second stage without some folds on what `first` thinks.
    fn second_stage(&mut self, excluded: &[usize], first: &[Vec<i32>]) -> Forest {
        for (page, features) in self.features.iter_mut().enumerate() {
            features.fill_second(&first[page]);
            self.table.renew(page, &features.table, Column::second_stage);
        }
        grow(&self.table, &self.without(excluded), &self.targets, |_| true, SECOND)
    }

    /// Both stages trained on all pages; the second on opinions of first stages that did not see the page's site.
    fn trained(&mut self, Reading { threshold, calibration }: Reading) -> Stages {
        let mut first = vec![Vec::new(); self.samples.len()];
        for fold in 0..FOLDS {
            let (_, forest) = self.first_stage(&[fold]);
            for page in (0..self.samples.len()).filter(|&page| self.folds[page] == fold) {
                first[page] = self.opinions(&forest, page);
            }
        }
        let (counts, forest) = self.first_stage(&[]);
        let second = self.second_stage(&[], &first);
        Stages { odds: counts.table().into_iter().collect(), first: forest, second, calibration, threshold }
    }

    fn cross_validated(&mut self) -> Scores {
        let mut pairs: BTreeMap<(usize, usize), Vec<Opinion>> = BTreeMap::new();
        for a in 0..FOLDS {
            for b in a + 1..FOLDS {
                let (_, forest) = self.first_stage(&[a, b]);
                let pages = (0..self.samples.len()).filter(|&page| [a, b].contains(&self.folds[page]));
                let opinions = pages.map(|page| (page, self.opinions(&forest, page))).collect();
                pairs.insert((a, b), opinions);
            }
        }
        let mut scores = vec![Vec::new(); self.samples.len()];
        for fold in 0..FOLDS {
            let (_, forest) = self.first_stage(&[fold]);
            let mut first = vec![Vec::new(); self.samples.len()];
            for ((a, b), opinions) in &pairs {
                if *a == fold || *b == fold {
                    for (page, opinion) in opinions.iter().filter(|(page, _)| self.folds[*page] != fold) {
                        first[*page].clone_from(opinion);
                    }
                }
            }
            let held: Vec<usize> = (0..self.samples.len()).filter(|&page| self.folds[page] == fold).collect();
            for &page in &held {
                first[page] = self.opinions(&forest, page);
            }
            let second = self.second_stage(&[fold], &first);
            for page in held {
                scores[page] = second.scores(&self.features[page].table);
            }
        }
        scores
    }
}

impl Lab<'_> {
    /// A page's log odds over its threshold, if that of all pages is `threshold`.
    fn over(&self, page: usize, scores: &[i32], threshold: f32) -> Vec<f32> {
        let mut over: Vec<f32> =
            scores.iter().map(|&score| score as f32 / forest::UNIT - threshold).collect();
        level::adjust(self.samples[page].page.media_type, &self.features[page], &mut over);
        over
    }

    /// The measure of one page, if blocks are kept from a threshold on.
    fn scored(
        &self,
        rules: &Rules,
        memory: Option<&SiteMemory>,
        page: usize,
        scores: &[i32],
        threshold: f32,
    ) -> PageScore {
        let sample = &self.samples[page];
        let scores = self.over(page, scores, threshold);
        let body = body_by(rules, memory, &sample.page, &self.features[page], &scores);
        let kept = sample
            .words
            .iter()
            .zip(body)
            .filter(|(_, kept)| *kept)
            .flat_map(|(words, _)| words.iter().copied());
        score::page(&sample.truth, &kept.collect::<Vec<_>>())
    }
}

/// Folds by site, so that each holds about as many sites of every size.
fn folds(samples: &[Sample]) -> Vec<usize> {
    samples
        .iter()
        .map(|sample| {
            let hash = sample
                .site
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
            usize::try_from((hash >> 20) % FOLDS as u64).unwrap_or(0)
        })
        .collect()
}

/// What each block should become. A page weighs the same whatever its length, as in the measure.
fn targets(sample: &Sample, features: &Features<'_>) -> Vec<Target> {
    let page = if sample.set == data::STAND_IN { 20.0 * STAND_IN_WEIGHT } else { 20.0 };
    let body: f32 =
        sample.shares.iter().enumerate().map(|(row, share)| share * features.words(row) as f32).sum::<f32>();
    sample
        .shares
        .iter()
        .enumerate()
        .map(|(row, &share)| {
            let words = features.words(row) as f32;
            let told = sample.cut_off.is_none_or(|end| row < end);
            let weight = if told { page * (words + 4.0) / (body + 150.0) } else { 0.0 };
            Target { label: f32::from(u8::from(share > 0.5)), weight }
        })
        .collect()
}

/// Prints a row a threshold: precision, recall and F1 of every set, page alone and with a memory of all its pages.
#[allow(clippy::print_stdout, reason = "a tool's report")]
fn report(media_type: MediaType, lab: &Lab<'_>, scores: &Scores) {
    let names: &[&str] = match media_type {
        MediaType::Html => &data::HTML_SETS,
        MediaType::Text => &data::TEXT_SETS,
    };
    let rules = Rules::load();
    for (set, name) in names.iter().enumerate() {
        let pages: Vec<usize> = (0..lab.samples.len()).filter(|&page| lab.samples[page].set == set).collect();
        let mut memory = SiteMemory::default();
        for &page in &pages {
            let sample = &lab.samples[page];
            memory.observe(&site_key(&sample.page), sample.page.key(), &Sighting::of(&sample.scan));
        }
        for (kind, memory) in [("page alone", None), ("site memory", Some(&memory))] {
            print!("{name:<17} {kind:<12}");
            for threshold in THRESHOLDS {
                let found =
                    pages.iter().map(|&page| lab.scored(&rules, memory, page, &scores[page], threshold));
                let (p, r, f1) = score::overall(&found.collect::<Vec<_>>());
                print!(" | {threshold:>4} {p:.4} {r:.4} {f1:.4}");
            }
            println!();
        }
    }
}

/// Slope and offset of a logistic regression of the labels on the scores over the threshold, by Newton's method.
fn calibration(media_type: MediaType, lab: &Lab<'_>, scores: &Scores) -> (f32, f32) {
    let reported: Vec<(&Sample, Vec<f32>)> = (0..lab.samples.len())
        .filter(|&page| lab.samples[page].set != data::STAND_IN)
        .map(|page| (&lab.samples[page], lab.over(page, &scores[page], reading(media_type).threshold)))
        .collect();
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..8 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (sample, scores) in &reported {
            for (share, &score) in sample.shares.iter().zip(scores) {
                let x = f64::from(score);
                let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
                let error = p - f64::from(u8::from(*share > 0.5));
                let weight = p * (1.0 - p);
                ga += error * x;
                gb += error;
                haa += weight * x * x;
                hab += weight * x;
                hbb += weight;
            }
        }
        let determinant = haa * hbb - hab * hab;
        slope -= (hbb * ga - hab * gb) / determinant;
        offset -= (haa * gb - hab * ga) / determinant;
    }
    (slope as f32, offset as f32)
}
