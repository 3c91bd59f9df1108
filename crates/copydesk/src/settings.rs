//! What a run is asked to do, and what of it its rows hang on.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::anyhow;
use copydesk_tables::{Partitioning, State};

use crate::selection::Selection;
use crate::status::{Failure, Status};
use crate::stream::Crew;

/// What a run is asked to do, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files, folders, globs, `-`.
    pub inputs: Vec<OsString>,
    /// Where the tables go.
    pub output: PathBuf,
    /// How many threads work, and in how much memory.
    pub crew: Crew,
    /// Which pages are taken.
    pub selection: Selection,
    /// Whether to wait for another run that holds the output.
    pub wait: bool,
    /// Whether everything is read anew, whatever the output remembers.
    pub full: bool,
    /// Whether rows of inputs that are gone are removed.
    pub prune: bool,
    /// Size past which a file of the tables is closed, in bytes.
    pub part_bytes: u64,
    /// What the page tables are cut into folders by; none: as they are.
    pub partitioning: Option<Partitioning>,
    /// How many runs the tables `runs` and `rejects` remember.
    pub keep_runs: usize,
    /// Whether what several pages of a site share is taken as its template.
    pub site_memory: bool,
    /// How inputs are read.
    pub ingest: copydesk_ingest::Settings,
}

impl Settings {
    /// How the tables are going to be partitioned, given what the output remembers.
    ///
    /// # Errors
    /// Where they are partitioned otherwise, and aren't built anew.
    pub(crate) fn partitioned(&self, remembered: Option<&State>) -> Result<Partitioning, Failure> {
        let Some(now) = remembered.map(|state| state.partitioning) else {
            return Ok(self.partitioning.unwrap_or_default());
        };
        match self.partitioning {
            Some(other) if other != now && !self.full => {
                let message = format!(
                    "{}: the output is partitioned by {now}, not by {other}; use --full to build it anew, \
                     or leave --partition-by out",
                    self.output.display()
                );
                Err(Failure::new(Status::Config, anyhow!(message)))
            }
            asked => Ok(asked.unwrap_or(now)),
        }
    }

    /// What shows in `runs.settings`: all that the rows depend on beside the inputs.
    pub(crate) fn to_json(&self, partitioning: Partitioning, memory_hash: Option<&str>) -> String {
        serde_json::json!({
            "inputs": self.inputs.iter().map(|input| input.to_string_lossy()).collect::<Vec<_>>(),
            "made_with": self.made_with(),
            "partition_by": partitioning.name(),
            "site_memory_hash": memory_hash,
        })
        .to_string()
    }

    /// What rows that stay must have been made with: the program and the settings that a page's rows depend on.
    pub(crate) fn made_with(&self) -> String {
        format!(
            "{}, site memory {}, records to {} bytes, clean {}, fields {}, pages {}",
            env!("COPYDESK_VERSION"),
            self.site_memory,
            self.ingest.max_record_bytes,
            !self.ingest.already_clean,
            or_else(self.ingest.fields.to_string(), "by their usual names"),
            or_else(self.selection.to_string(), "all"),
        )
    }
}

/// A text, or another one where it is empty.
fn or_else(text: String, other: &str) -> String {
    if text.is_empty() { other.to_owned() } else { text }
}
