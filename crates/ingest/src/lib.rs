//! Turns inputs into `Page`s or `Reject`s, in a fixed order.

use std::ops::ControlFlow;
use std::path::PathBuf;

use copydesk_types::{Page, Reject};

/// Limits and hints for reading; checked before work starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Largest record, decompressed, in bytes.
    pub max_record_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_record_bytes: 64 << 20 }
    }
}

/// One input: a file, or standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file, by the path as found.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// An argument that matches nothing, or a folder that cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The path or glob matches nothing.
    #[error("{0}: no such file, folder or match")]
    NoMatch(String),
}

/// Resolves arguments (files, folders, globs, `-`) to inputs: folders recursively, sorted by path, each once. Inputs that
/// cannot be read as pages (special files, symlink loops) come as rejects.
pub fn resolve(_arguments: &[String]) -> Result<(Vec<Input>, Vec<Reject>), Error> {
    Ok((Vec::new(), Vec::new()))
}

/// Reads the pages of one input in their order and hands each to `sink`, until it breaks.
pub fn read(
    _settings: &Settings,
    _input: &Input,
    _sink: &mut dyn FnMut(Result<Page, Reject>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
