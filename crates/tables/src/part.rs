//! The parts of a dataset: each is a file in every page table, with the rows of the same pages.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;

use crate::error::Error;
use crate::file::TableFile;
use crate::pages::{PAGE_TABLES, PageRows, per_table};

/// A part is closed when one of its files passes this: few enough files for years of news, each quickly rewritten.
pub const DEFAULT_PART_BYTES: u64 = 128 << 20;

/// One open file a page table.
pub(crate) struct Part {
    /// Where its files are going to stand, below each page table.
    pub(crate) place: PathBuf,
    files: [TableFile; 4],
}

impl Part {
    /// Creates the files in the staging folder `staging`, for rows without the column `key`.
    pub(crate) fn create(staging: &Path, place: PathBuf, key: Option<&str>) -> Result<Self, Error> {
        let schemas = PageRows::new(key).schemas();
        let files = per_table(|table| {
            let path = staged(staging, PAGE_TABLES[table], &place);
            TableFile::create(&path, PAGE_TABLES[table], Arc::clone(&schemas[table]))
        })?;
        Ok(Self { place, files })
    }

    /// Appends rows, a batch a table.
    pub(crate) fn append(&mut self, rows: &[RecordBatch; 4]) -> Result<(), Error> {
        self.files.iter_mut().zip(rows).try_for_each(|(file, rows)| file.append(rows))
    }

    /// Bytes of its largest file so far, about.
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(TableFile::bytes).max().unwrap_or(0) as u64
    }

    /// Finishes its files; returns their bytes.
    pub(crate) fn finish(self) -> Result<u64, Error> {
        self.files.into_iter().map(TableFile::finish).sum()
    }
}

/// Where a file stands until it is published. `.parquet` names are for published files: what globs an output must not
/// meet a staged one.
pub(crate) fn staged(staging: &Path, table: &str, place: &Path) -> PathBuf {
    // One folder a table: partitions are many, and only their published files need folders of their own.
    let name: Vec<_> = place.iter().map(OsStr::to_string_lossy).collect();
    staging.join(table).join(name.join(",")).with_extension("staged")
}

/// The name of a part's files.
pub(crate) fn part_name(number: u32) -> String {
    format!("part-{number:06}.parquet")
}

/// The number of a part, from the place of one of its files.
pub(crate) fn part_number(place: &Path) -> Option<u32> {
    place.file_name().and_then(OsStr::to_str)?.strip_prefix("part-")?.strip_suffix(".parquet")?.parse().ok()
}
