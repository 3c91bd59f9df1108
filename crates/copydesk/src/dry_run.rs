//! `copydesk run --dry-run`: what a run would read, skip and write.

use std::io::{self, Write};
use std::path::PathBuf;

use copydesk_ingest::Input;
use copydesk_tables::{Dataset, Partitioning, State};
use copydesk_types::Reject;

use crate::plan::Plan;
use crate::settings::Settings;
use crate::status::Failure;

/// What a run would do.
#[derive(Debug)]
pub struct DryRun {
    read: Vec<String>,
    unchanged: Vec<String>,
    rejects: Vec<Reject>,
    /// Pages that stand in the output and whose rows would go or be replaced.
    gone: usize,
    output: PathBuf,
    partitioning: Partitioning,
}

impl DryRun {
    /// A line for every input, then what would be written.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        for (verb, sources) in [("read", &self.read), ("unchanged", &self.unchanged)] {
            for source in sources {
                writeln!(out, "{verb:<10} {source}")?;
            }
        }
        for reject in &self.rejects {
            writeln!(out, "reject     {reject}")?;
        }
        let (read, unchanged, rejects) = (self.read.len(), self.unchanged.len(), self.rejects.len());
        writeln!(out, "{read} to read, {unchanged} unchanged, {rejects} rejected")?;
        let folder = self.output.display();
        writeln!(out, "writes to {folder}: rows of {read} inputs, in place of those of {} pages", self.gone)?;
        match self.partitioning.key() {
            Some(key) => writeln!(out, "partitions by {key}"),
            None => Ok(()),
        }
    }
}

/// Says what a run would do; nothing is written, the output is not held.
///
/// # Errors
/// As for [`run`](crate::run::run), where an argument matches nothing, or the output cannot be read or is partitioned otherwise.
pub fn dry_run(settings: &Settings) -> Result<DryRun, Failure> {
    let (inputs, rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let remembered = Dataset::peek(&settings.output)?;
    let partitioning = settings.partitioned(remembered.as_ref())?;
    let standing = |state: &State| {
        state.inputs.values().flat_map(|input| &input.pages).filter(|page| page.part.is_some()).count()
    };
    let all = remembered.as_ref().filter(|_| settings.full).map(standing);
    let plan = Plan::new(settings, remembered.filter(|_| !settings.full), inputs);
    Ok(DryRun {
        read: plan.read.iter().map(Input::source).collect(),
        unchanged: plan.unchanged_sources().collect(),
        rejects,
        gone: all.unwrap_or_else(|| plan.gone.values().map(|pages| pages.len()).sum()),
        output: settings.output.clone(),
        partitioning,
    })
}
