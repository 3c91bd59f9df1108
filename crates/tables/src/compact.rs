//! Many small files become few: what hundreds of small runs leave behind.

use std::collections::BTreeMap;
use std::fs;

use crate::contract::{Rejects, Runs};
use crate::dataset::{Dataset, Scope, parquet_names};
use crate::error::Error;
use crate::part::{DEFAULT_PART_BYTES, PAGE_TABLES, part_name};
use crate::table::Table;

/// Files that could be merged, of one table, past which a run merges them by itself.
const TOO_MANY: usize = 32;

impl Dataset {
    /// Whether small runs have left so many small files that readers would notice.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn is_scattered(&self) -> Result<bool, Error> {
        let parts: usize = self.groups()?.iter().map(|group| group.len() - 1).sum();
        let runs = parquet_names(&self.folder.join(Runs::NAME))?.len();
        Ok(parts >= TOO_MANY || runs >= TOO_MANY)
    }

    /// Merges neighbouring small parts, and the files of all runs and rejects. Rows and their order stay. Returns the
    /// number of files that are gone.
    ///
    /// # Errors
    /// Where reading or writing fails; the dataset is then as it was.
    pub fn compact(&self) -> Result<usize, Error> {
        let mut staging = self.stage(Scope::Changes)?;
        let mut moved = BTreeMap::new();
        for group in self.groups()? {
            let names: Vec<String> = group.iter().map(|&part| part_name(part)).collect();
            for table in PAGE_TABLES {
                staging.merge(table, &names)?;
            }
            moved.extend(group.iter().map(|&part| (part, group[0])));
        }
        for table in [Runs::NAME, Rejects::NAME] {
            staging.merge(table, &parquet_names(&self.folder.join(table))?)?;
        }
        let gone = staging.merged.len();
        if gone == 0 {
            return Ok(0);
        }
        let mut state = self.remembered()?.unwrap_or_default();
        let pages = state.inputs.values_mut().flat_map(|input| &mut input.pages);
        for part in pages.filter_map(|page| page.part.as_mut()) {
            *part = *moved.get(part).unwrap_or(part);
        }
        self.publish(staging, Scope::Changes, &state, &[])?;
        Ok(gone)
    }

    /// Runs of neighbouring parts, two or more each, that fit into one together.
    fn groups(&self) -> Result<Vec<Vec<u32>>, Error> {
        let mut groups: Vec<(u64, Vec<u32>)> = Vec::new();
        for part in self.parts()? {
            let mut largest = 0;
            for table in PAGE_TABLES {
                let path = self.folder.join(table).join(part_name(part));
                largest = largest
                    .max(fs::metadata(&path).map_err(|e| Error::io("read the size of", &path, e))?.len());
            }
            match groups.last_mut() {
                Some((bytes, group)) if *bytes + largest <= DEFAULT_PART_BYTES => {
                    *bytes += largest;
                    group.push(part);
                }
                _ => groups.push((largest, vec![part])),
            }
        }
        Ok(groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect())
    }
}
