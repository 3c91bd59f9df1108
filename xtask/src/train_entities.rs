//! Trains the entity model from tagged sentences, the same from the same sets.
//!
//! Sets in, model file out: sentences are joined as print does and read with the tokeniser of the program; features that
//! occur once are dropped; weights come from stochastic gradients of the likelihood (AdaGrad, Duchi et al. 2011) with
//! features left out at random; then the strongest features are kept, in four bits a weight.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::Args;
use copydesk_entities::model::write::Draft;

mod calibration;
mod corpus;
mod crf;
mod dictionary;
mod join;
mod lattice;
mod projection;
mod quantise;
mod random;
mod recase;
mod splice;
mod vocabulary;

/// Where the sets are, where the model goes, and the settings that were chosen on the development sets.
#[derive(Args)]
pub(crate) struct Settings {
    /// Folder of the sets: `voa-gold.train.jsonl` and others
    #[arg(long)]
    data: PathBuf,
    /// Where the model file is written
    #[arg(long, default_value = "crates/entities/models/entities/model.bin")]
    output: PathBuf,
    /// Passes over the sets
    #[arg(long, default_value_t = 12)]
    epochs: u32,
    /// Trainings whose mean is the model
    #[arg(long, default_value_t = 6)]
    trainings: u32,
    /// First step of AdaGrad
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Share of features left out of each sentence
    #[arg(long, default_value_t = 0.6)]
    dropout: f32,
    /// Pull of weights towards zero, per update
    #[arg(long, default_value_t = 1e-6)]
    decay: f32,
    /// Features that the file holds
    #[arg(long, default_value_t = 500_000)]
    features: usize,
    /// Occurrences below which a feature is dropped
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Weight of sentences rewritten in capitals or like headlines
    #[arg(long, default_value_t = 0.3)]
    recased: f32,
    /// Weight of sentences with names put in or exchanged
    #[arg(long, default_value_t = 0.5)]
    spliced: f32,
    /// Weights of sets that differ from those of the table, as `name=weight`
    #[arg(long = "weight")]
    weights: Vec<String>,
    /// Seed of all that is random
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Trains and writes the model.
pub(crate) fn run(settings: &Settings) -> Result<()> {
    let sets = corpus::read(settings)?;
    let vocabulary = vocabulary::build(&sets)?;
    let coded = dictionary::code(&sets, &vocabulary.lexicon_file(), settings.least)?;
    let weights = crf::train(&coded, settings);
    let mut draft = Draft {
        step: quantise::STEP,
        transitions: weights.transitions.map(|weight| (weight / quantise::STEP).round() as i16),
        classes: &vocabulary.classes,
        lowered: &vocabulary.lowered,
        frequent: &vocabulary.frequent,
        weights: quantise::strongest(&coded, &weights, settings.features),
        calibration: Vec::new(),
    };
    let held_out = corpus::read_held_out(&settings.data)?;
    let (curve, reliability) = calibration::curve(&draft.write(), &held_out)?;
    draft.calibration = curve;
    let file = draft.write();
    let write = |path: &Path, content: &[u8]| {
        fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
    };
    write(&settings.output, &file)?;
    write(&settings.output.with_extension("reliability.md"), reliability.as_bytes())
}
