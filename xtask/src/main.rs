//! Tools of the workshop: training the models, generating documents, checking the crates' edges. Each is a file.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod clean;
mod edges;
mod train_entities;

#[derive(Parser)]
#[command(about = "Tools for working on copydesk")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fails where a crate uses another that it may not use
    Edges,
    /// Trains the entity model
    TrainEntities(train_entities::Settings),
    /// Trains the block labeller of copydesk-clean and writes its model and card
    TrainClean {
        /// The folder of the development sets
        #[arg(long)]
        data: PathBuf,
        /// Only print the figures of a cross-validation over sites
        #[arg(long)]
        cross_validate: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Edges => edges::check(),
        Command::TrainEntities(settings) => train_entities::run(&settings),
        Command::TrainClean { data, cross_validate: true } => clean::cross_validate(&data),
        Command::TrainClean { data, cross_validate: false } => clean::train(&data),
    }
}
