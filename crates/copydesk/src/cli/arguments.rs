//! The command line.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use copydesk::Status;

/// Turns news pages into tables: keeps the article, finds names and numbers, writes Parquet
#[derive(Debug, Parser)]
#[command(name = "copydesk", version = env!("COPYDESK_VERSION"), after_help = Status::HELP, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Worker threads [default: the machine's cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more; twice for even more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// How log lines are written
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
}

impl Common {
    pub(crate) fn threads(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read pages and write the tables
    ///
    /// Reads every page of the inputs and writes the tables documents, blocks, entities, quantities, rejects and runs as
    /// Parquet files below OUTPUT. What cannot be read becomes a row of rejects. The files of a run appear whole or not at all.
    #[command(after_help = "\
Examples:
  copydesk run pages/ -o output
  copydesk run 'crawl/*.html.gz' notes.txt -o output
  duckdb -c \"SELECT label, count(*) FROM 'output/entities/*.parquet' GROUP BY label\"")]
    Run(RunArguments),
    /// Print pages cleaned, as JSON Lines
    #[command(after_help = "Example:\n  copydesk clean page.html | jq -r .body")]
    Clean(CleanArguments),
    /// Print what texts say, as JSON Lines; they are taken without cleaning
    #[command(after_help = "\
Examples:
  echo 'Exports rose 16.7% to US$1.6 billion.' | copydesk extract -
  copydesk extract --format jsonl texts.jsonl")]
    Extract(ExtractArguments),
    /// Show one page: every block kept or dropped and why, mentions and quantities in colour
    Explain(ExplainArguments),
    /// Print the documentation of the tables
    Schema,
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Folder that the tables are written to; its parent must exist
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Read everything anew, also what has not changed
    #[arg(long)]
    pub(crate) full: bool,
    /// Remove the rows of inputs that are gone
    #[arg(long)]
    pub(crate) prune: bool,
    /// Label each page by itself, without what pages of its site share
    #[arg(long)]
    pub(crate) no_site_memory: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArguments {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) inputs: Vec<String>,
    /// Label each page by itself, without what pages of its site share
    #[arg(long)]
    pub(crate) no_site_memory: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    /// One text, or {"id", "text", "date"?} a line
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TextFormat,
    /// A file, or - for standard input
    #[arg(default_value = "-", value_name = "PATH")]
    pub(crate) input: String,
}

/// How texts come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// The whole input is one text
    #[default]
    Text,
    /// {"id", "text", "date"?} a line
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A page
    #[arg(value_name = "PAGE")]
    pub(crate) page: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
