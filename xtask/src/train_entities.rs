//! Trains the entity model from tagged sentences, the same from the same sets.
//!
//! Sets in, model file out: sentences are joined as print does and read with the tokeniser of the program; features that
//! occur once are dropped; weights come from stochastic gradients of the likelihood (AdaGrad, Duchi et al. 2011) with
//! features left out at random; then the strongest features are kept and rounded to eight bits.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use copydesk_entities::model::write::Draft;

mod corpus;
mod crf;
mod dictionary;
mod join;
mod lattice;
mod projection;
mod quantise;
mod random;
mod vocabulary;

/// Where the sets are, where the model goes, and the settings that were chosen on the development sets.
#[derive(Args)]
pub(crate) struct Settings {
    /// Folder of the sets: `voa-gold.train.jsonl` and others, `clusters.tsv`
    #[arg(long)]
    data: PathBuf,
    /// Where the model file is written
    #[arg(long, default_value = "crates/entities/models/entities/model.bin")]
    output: PathBuf,
    /// Passes over the sets
    #[arg(long, default_value_t = 12)]
    epochs: u32,
    /// First step of AdaGrad
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Share of features left out of each sentence
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// Pull of weights towards zero, per update
    #[arg(long, default_value_t = 1e-6)]
    decay: f32,
    /// Features that the file holds
    #[arg(long, default_value_t = 260_000)]
    features: usize,
    /// Occurrences below which a feature is dropped
    #[arg(long, default_value_t = 2)]
    least: u32,
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
    let vocabulary = vocabulary::build(&settings.data, &sets)?;
    let coded = dictionary::code(&sets, &vocabulary.lexicon_file(), settings.least)?;
    let weights = crf::train(&coded, settings);
    let draft = Draft {
        step: quantise::STEP,
        transitions: weights.transitions.map(|weight| (weight / quantise::STEP).round() as i16),
        classes: &vocabulary.classes,
        lowered: &vocabulary.lowered,
        frequent: &vocabulary.frequent,
        weights: quantise::strongest(&coded, &weights, settings.features),
        calibration: &[0.0, 1.0],
    };
    let file = draft.write();
    fs::write(&settings.output, &file).with_context(|| format!("cannot write {}", settings.output.display()))
}
