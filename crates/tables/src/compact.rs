//! Many small files become few: what hundreds of small runs leave behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::contract::{Rejects, Runs};
use crate::dataset::{Dataset, Scope};
use crate::error::Error;
use crate::listing::{parquet_files, parts};
use crate::pages::PAGE_TABLES;
use crate::part::DEFAULT_PART_BYTES;
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
        let runs = parquet_files(&self.folder.join(Runs::NAME))?.len();
        Ok(parts >= TOO_MANY || runs >= TOO_MANY)
    }

    /// Merges neighbouring small parts, and the files of all runs and rejects. Rows and their order stay. Returns the
    /// number of files that are gone.
    ///
    /// # Errors
    /// Where reading or writing fails; the dataset is then as it was.
    pub fn compact(&self) -> Result<usize, Error> {
        let mut state = self.remembered()?.unwrap_or_default();
        let mut staging = self.stage(Scope::Changes, state.partitioning)?;
        let mut moved = BTreeMap::new();
        for group in self.groups()? {
            let places: Vec<PathBuf> = group.iter().map(|(_, place)| place.clone()).collect();
            for table in PAGE_TABLES {
                staging.merge(table, &places)?;
            }
            moved.extend(group.iter().map(|&(part, _)| (part, group[0].0)));
        }
        for table in [Runs::NAME, Rejects::NAME] {
            staging.merge(table, &parquet_files(&self.folder.join(table))?)?;
        }
        let gone = staging.removed.len();
        if gone == 0 {
            return Ok(0);
        }
        let pages = state.inputs.values_mut().flat_map(|input| &mut input.pages);
        for part in pages.filter_map(|page| page.part.as_mut()) {
            *part = *moved.get(part).unwrap_or(part);
        }
        self.publish(staging, Scope::Changes, &state)?;
        Ok(gone)
    }

    /// Runs of neighbouring parts of one partition, two or more each, that fit into one together.
    fn groups(&self) -> Result<Vec<Vec<(u32, PathBuf)>>, Error> {
        let mut parts: Vec<(u32, PathBuf)> = parts(&self.folder)?.into_iter().collect();
        parts.sort_by(|a, b| (a.1.parent(), a.0).cmp(&(b.1.parent(), b.0)));
        let mut groups: Vec<(u64, Vec<(u32, PathBuf)>)> = Vec::new();
        for part in parts {
            let bytes = self.bytes(&part.1)?;
            match groups.last_mut() {
                Some((together, group))
                    if *together + bytes <= DEFAULT_PART_BYTES && group[0].1.parent() == part.1.parent() =>
                {
                    *together += bytes;
                    group.push(part);
                }
                _ => groups.push((bytes, vec![part])),
            }
        }
        Ok(groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect())
    }

    /// The size of the largest file of a part.
    fn bytes(&self, place: &Path) -> Result<u64, Error> {
        let mut largest = 0;
        for table in PAGE_TABLES {
            let path = self.folder.join(table).join(place);
            let file = fs::metadata(&path).map_err(|e| Error::io("read the size of", &path, e))?;
            largest = largest.max(file.len());
        }
        Ok(largest)
    }
}
