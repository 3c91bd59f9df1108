//! The command line.

use std::ffi::OsString;
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
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<String>,
    /// Memory for pages in work, as 512M or 4G [default: a quarter of what there is]
    #[arg(long, global = true, value_name = "SIZE")]
    pub(crate) memory_limit: Option<String>,
    /// Largest page, decompressed; a larger one is rejected [default: 64M]
    #[arg(long, global = true, value_name = "SIZE")]
    pub(crate) max_record: Option<String>,
    /// Settings file [default: copydesk.toml in the working folder, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more; twice for even more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// How log lines are written: text or json [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(crate) log_format: Option<String>,
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
    /// Check that an output is what SCHEMA.md promises
    Verify(OutputArgument),
    /// Tell what stands in an output
    Inspect(OutputArgument),
    /// Merge the small files of an output
    Compact(OutputArgument),
    /// Check that copydesk can work here
    Doctor,
    /// Show the settings and where each came from
    #[command(subcommand)]
    Config(ConfigCommand),
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

/// What is read, and how.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files, folders, globs, or - for standard input
    #[arg(value_name = "INPUT", required_unless_present = "files_from")]
    pub(crate) inputs: Vec<OsString>,
    /// Read the names of inputs from a file, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// The names of --files-from end with NUL, as find -print0 writes them
    #[arg(short = '0', long, requires = "files_from")]
    pub(crate) null: bool,
    /// What is known about plain files: {"path", "url", "fetched_at", …} a line
    #[arg(long, value_name = "FILE.jsonl")]
    pub(crate) meta: Option<PathBuf>,
    /// Where tables keep what: text=body,url=link; fields are html, text, url, date, title, id, fetched_at, authors, language
    #[arg(long, value_name = "NAME=COLUMN")]
    pub(crate) field: Vec<String>,
    /// Take the text of tables as articles already
    #[arg(long)]
    pub(crate) no_clean: bool,
    /// Label each page by itself, without what pages of its site share
    #[arg(long)]
    pub(crate) no_site_memory: bool,
    /// Take the first N pages only
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Take a share of the pages, from 0 to 1, drawn by page
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) sample: Option<f64>,
    /// Another seed draws another sample
    #[arg(long, value_name = "S", default_value_t = 0, requires = "sample")]
    pub(crate) seed: u64,
    /// Take one of N shards of the pages, drawn by page
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(crate) shard: Option<(u64, u64)>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Folder that the tables are written to; its parent must exist
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Read everything anew, also what has not changed
    #[arg(long, conflicts_with_all = ["limit", "sample", "shard"])]
    pub(crate) full: bool,
    /// Remove the rows of inputs that are gone
    #[arg(long, conflicts_with_all = ["limit", "sample", "shard"])]
    pub(crate) prune: bool,
    /// Close files of the tables past this size; a run that was stopped goes on behind the last ones closed [default: 128M]
    #[arg(long, value_name = "SIZE")]
    pub(crate) part_size: Option<String>,
    /// Wait for another run that holds the output
    #[arg(long)]
    pub(crate) wait: bool,
    /// Cut the page tables into Hive folders: published_month, site, language, or none [default: as the output is]
    #[arg(long, value_name = "KEY")]
    pub(crate) partition_by: Option<String>,
    /// Runs whose rows the tables runs and rejects keep [default: 1000]
    #[arg(long, value_name = "N")]
    pub(crate) keep_runs: Option<String>,
    /// Say what would be read, skipped and written, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write figures of the run to a file, in the text format of Prometheus
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OutputArgument {
    /// The folder that a run has written
    #[arg(value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print each setting, its value and where it came from
    Show,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    /// One text, or {"id", "text", "date"?} a line
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TextFormat,
    /// A file, or - for standard input
    #[arg(default_value = "-", value_name = "PATH")]
    pub(crate) input: OsString,
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
    pub(crate) page: OsString,
    /// Write it as a web page instead, reasons on hover
    #[arg(long, value_name = "OUT.html")]
    pub(crate) html: Option<PathBuf>,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|p| (0.0..=1.0).contains(p))
        .ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

/// `I/N`, I from 1 to N.
fn shard(text: &str) -> Result<(u64, u64), String> {
    text.split_once('/')
        .and_then(|(shard, of)| Some((shard.parse().ok()?, of.parse().ok()?)))
        .filter(|(shard, of)| (1..=*of).contains(shard))
        .ok_or_else(|| "expected I/N with I from 1 to N, as 2/8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn shares_and_shards() {
        for (text, expected) in
            [("1/1", Some((1, 1))), ("2/8", Some((2, 8))), ("0/8", None), ("9/8", None), ("2", None)]
        {
            assert_eq!(shard(text).ok(), expected, "{text}");
        }
        for (text, right) in [("0.1", true), ("1", true), ("-1", false), ("2", false), ("x", false)] {
            assert_eq!(share(text).is_ok(), right, "{text}");
        }
    }
}
