//! Tools of the workshop: training the models, generating documents, checking the crates' edges. Each is a file.

use anyhow::Result;
use clap::{Parser, Subcommand};

mod edges;

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
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Edges => edges::check(),
    }
}
