//! How a run that was stopped is gone on with: what stands in closed parts stays, and the log of its progress says so.
//!
//! The log holds as long as the files that it names are there: once they are published, or another run has begun, none is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::pages::PAGE_TABLES;
use crate::part::staged;
use crate::partition::Partitioning;
use crate::progress::Log;
use crate::staging::{Counts, Open, Placed, Staging};

/// The log of the run, among its staged files.
const LOG: &str = "progress";

/// What of a run's files is closed at a checkpoint.
#[derive(Debug, Serialize, Deserialize)]
struct Closed {
    files: Vec<(String, PathBuf)>,
    next_part: u32,
    counts: Counts,
    bytes: u64,
}

impl Staging {
    /// Takes over the files that a stopped run has closed in `folder`. Hands the notes of its checkpoints in order to
    /// `note` until that says that one doesn't hold; none where none does.
    pub(crate) fn resumed(
        output: &Path,
        folder: PathBuf,
        published: BTreeMap<u32, PathBuf>,
        mut note: impl FnMut(&[u8]) -> bool,
    ) -> Result<Option<Self>, Error> {
        let there = |(table, place): &(String, PathBuf)| staged(&folder, table, place).exists();
        let log = Log::resume(&folder.join(LOG), |closed: &Closed, text| {
            closed.files.iter().all(there) && note(text)
        })?;
        let Some((log, closed)) = log else { return Ok(None) };
        let mut staging = Self::new(output, folder, Partitioning::None, published, closed.next_part)?;
        staging.files = closed.files.into_iter().filter_map(placed).collect();
        staging.synced = staging.files.len();
        (staging.counts, staging.bytes, staging.log) = (closed.counts, closed.bytes, Some(log));
        Ok(Some(staging))
    }

    /// Whether a stopped run could go on behind its last checkpoint: not where rows of all partitions wait until its end.
    pub fn goes_on(&self) -> bool {
        self.by == Partitioning::None
    }

    /// Whether all rows stand in closed parts.
    pub const fn is_closed(&self) -> bool {
        matches!(self.open, Open::Part(None))
    }

    /// Notes that all rows so far stand in closed parts, for a run that goes on here if this one is stopped.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn checkpoint(&mut self, note: &[u8]) -> Result<(), Error> {
        self.sync()?;
        let files = self.files.iter().map(|(table, place)| ((*table).to_owned(), place.clone())).collect();
        let closed = Closed { files, next_part: self.next_part, counts: self.counts, bytes: self.bytes };
        let log = match &mut self.log {
            Some(log) => log,
            none => none.insert(Log::create(&self.folder.join(LOG))?),
        };
        log.add(&closed, note)
    }

    /// Leaves the files up to the last checkpoint to the next run.
    pub fn leave(mut self) {
        self.left = self.log.is_some();
    }
}

fn placed((table, place): (String, PathBuf)) -> Option<Placed> {
    Some((PAGE_TABLES.into_iter().find(|known| *known == table)?, place))
}
