//! The files of a table, and the parts of a dataset.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::contract::Documents;
use crate::error::Error;
use crate::part::part_number;
use crate::table::Table;

/// The Parquet files of a table, those in its Hive folders included, as sorted paths below it.
pub(crate) fn parquet_files(table: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    list(table, Path::new(""), &mut found).map_err(|e| Error::io("list", table, e))?;
    found.sort();
    Ok(found)
}

/// The published parts by number, with their place below each page table.
pub(crate) fn parts(output: &Path) -> Result<BTreeMap<u32, PathBuf>, Error> {
    let places = parquet_files(&output.join(Documents::NAME))?;
    Ok(places.into_iter().filter_map(|place| Some((part_number(&place)?, place))).collect())
}

fn list(table: &Path, below: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(table.join(below))? {
        let entry = entry?;
        let place = below.join(entry.file_name());
        if place.extension().is_some_and(|extension| extension == "parquet") {
            found.push(place);
        } else if entry.file_type()?.is_dir() {
            list(table, &place, found)?;
        }
    }
    Ok(())
}
