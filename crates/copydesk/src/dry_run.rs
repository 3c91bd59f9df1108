//! `copydesk run --dry-run`: what a run would read.

use std::io::{self, Write};

use copydesk_ingest::Input;
use copydesk_tables::Dataset;
use copydesk_types::Reject;

use crate::plan::Plan;
use crate::run::Settings;
use crate::status::Failure;

/// What a run would do.
#[derive(Debug)]
pub struct DryRun {
    read: Vec<String>,
    unchanged: usize,
    rejects: Vec<Reject>,
}

impl DryRun {
    /// A line for every input that would be read, then how many would not.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        for source in &self.read {
            writeln!(out, "read       {source}")?;
        }
        for reject in &self.rejects {
            writeln!(out, "reject     {reject}")?;
        }
        writeln!(
            out,
            "{} to read, {} unchanged, {} rejected",
            self.read.len(),
            self.unchanged,
            self.rejects.len()
        )
    }
}

/// Says what a run would read; nothing is written, the output is not held.
///
/// # Errors
/// As for [`run`](crate::run::run), where an argument matches nothing, or the output cannot be read or is partitioned otherwise.
pub fn dry_run(settings: &Settings) -> Result<DryRun, Failure> {
    let (inputs, rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let remembered = Dataset::peek(&settings.output)?;
    settings.partitioned(remembered.as_ref())?;
    let plan = Plan::new(settings, remembered.filter(|_| !settings.full), inputs);
    let read = plan.read.iter().map(Input::source).collect();
    Ok(DryRun { read, unchanged: plan.unchanged(), rejects })
}
