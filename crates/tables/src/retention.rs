//! How long the tables of runs and rejects remember.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::contract::{Rejects, Runs};
use crate::error::Error;
use crate::listing::parquet_files;
use crate::source::{each_batch, strings};
use crate::staging::Staging;
use crate::table::Table;

impl Staging {
    /// Leaves of `runs` and `rejects` the rows of the last `keep` runs, of which one is staged here.
    ///
    /// # Errors
    /// Where reading or writing fails.
    pub fn keep_runs(&mut self, keep: usize) -> Result<(), Error> {
        let runs = self.run_ids(Runs::NAME)?;
        // An id begins with the time at which its run began: in their order the oldest is first.
        let ids: BTreeSet<&String> = runs.iter().flat_map(|(_, ids)| ids).collect();
        let surplus = (ids.len() + 1).saturating_sub(keep);
        if surplus == 0 {
            return Ok(());
        }
        let gone: HashSet<String> = ids.into_iter().take(surplus).cloned().collect();
        let rejects = self.run_ids(Rejects::NAME)?;
        for (table, files) in [(Runs::NAME, runs), (Rejects::NAME, rejects)] {
            for (place, _) in files.into_iter().filter(|(_, ids)| !ids.is_disjoint(&gone)) {
                self.without(table, &place, "run_id", &gone)?;
                self.files.push((table, place));
            }
        }
        Ok(())
    }

    /// The published files of a table with the runs that their rows are of.
    fn run_ids(&self, table: &str) -> Result<Vec<(PathBuf, HashSet<String>)>, Error> {
        let folder = self.output.join(table);
        let places = parquet_files(&folder)?.into_iter();
        places.map(|place| run_ids(&folder.join(&place)).map(|ids| (place, ids))).collect()
    }
}

fn run_ids(path: &Path) -> Result<HashSet<String>, Error> {
    let mut ids = HashSet::new();
    each_batch(path, |batch| {
        ids.extend(strings(path, &batch, "run_id")?.flatten().map(str::to_owned));
        Ok(())
    })?;
    Ok(ids)
}
