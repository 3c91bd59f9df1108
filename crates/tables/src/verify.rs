//! Checks an output against what the contract promises, and tells what stands in it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, RecordBatch};

use crate::contract::{Blocks, Documents, Entities, Quantities, Rejects, Runs};
use crate::dataset::Dataset;
use crate::error::Error;
use crate::listing::parquet_files;
use crate::pages::PAGE_TABLES;
use crate::source::{Source, each_batch, strings};
use crate::table::{Table, schema};

/// Faults that are told; the rest is counted.
const MOST_FAULTS: usize = 100;

/// How much of a table there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The table.
    pub name: &'static str,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
}

/// Rows, files and bytes of every table, from the files' footers.
///
/// # Errors
/// Where a file cannot be read or is no Parquet.
pub fn overview(output: &Path) -> Result<Vec<Overview>, Error> {
    let mut all = Vec::new();
    for name in PAGE_TABLES.into_iter().chain([Rejects::NAME, Runs::NAME]) {
        let mut table = Overview { name, rows: 0, files: 0, bytes: 0 };
        for place in parquet_files(&output.join(name))? {
            let path = output.join(name).join(place);
            table.rows += Source::open(&path)?.rows();
            table.files += 1;
            table.bytes += fs::metadata(&path).map_err(|e| Error::io("read the size of", &path, e))?.len();
        }
        all.push(table);
    }
    Ok(all)
}

/// What in an output breaks the contract, a line each: columns, types, partitions, offsets (`text[start:end]` is the
/// mention, kept blocks rebuild the text), pages that stand twice, findings without a page.
///
/// # Errors
/// Where a file cannot be read or is no Parquet.
pub fn verify(output: &Path) -> Result<Vec<String>, Error> {
    let mut faults = Faults::default();
    let by = Dataset::peek(output)?.map(|state| state.partitioning).unwrap_or_default();
    columns::<Documents>(output, by.key(), &mut faults)?;
    columns::<Blocks>(output, by.key(), &mut faults)?;
    columns::<Entities>(output, by.key(), &mut faults)?;
    columns::<Quantities>(output, by.key(), &mut faults)?;
    columns::<Rejects>(output, None, &mut faults)?;
    columns::<Runs>(output, None, &mut faults)?;
    if faults.lines.is_empty() {
        for place in parquet_files(&output.join(Documents::NAME))? {
            check_part(output, &place, &mut faults)?;
        }
    }
    Ok(faults.told())
}

#[derive(Default)]
struct Faults {
    lines: Vec<String>,
    more: usize,
    /// Where each page stands.
    pages: HashMap<String, PathBuf>,
}

impl Faults {
    fn add(&mut self, fault: impl FnOnce() -> String) {
        if self.lines.len() < MOST_FAULTS {
            self.lines.push(fault());
        } else {
            self.more += 1;
        }
    }

    fn told(mut self) -> Vec<String> {
        if self.more > 0 {
            self.lines.push(format!("and {} more", self.more));
        }
        self.lines
    }
}

/// Checks that every file of a table has its columns, but for the `key` that stands in the path of each.
fn columns<T: Table>(output: &Path, key: Option<&str>, faults: &mut Faults) -> Result<(), Error> {
    let promised = schema::<T>(key);
    for place in parquet_files(&output.join(T::NAME))? {
        let path = output.join(T::NAME).join(&place);
        let partition = place.iter().rev().nth(1).map(|folder| folder.to_string_lossy());
        let in_path = partition.as_ref().and_then(|folder| folder.split_once('=')).map(|(name, _)| name);
        if in_path != key {
            let expected = key.map_or("in no partition".to_owned(), |key| format!("in a partition by {key}"));
            faults.add(|| format!("{}: does not stand {expected}", path.display()));
        }
        let found = Source::open(&path)?.schema();
        for field in promised.fields() {
            let name = field.name();
            match found.field_with_name(name) {
                Ok(column) if column.data_type() == field.data_type() => {}
                Ok(column) => faults.add(|| {
                    let (is, expected) = (column.data_type(), field.data_type());
                    format!("{}: column {name} is {is}, not {expected}", path.display())
                }),
                Err(_) => faults.add(|| format!("{}: no column {name}", path.display())),
            }
        }
        if let Some(key) = key.filter(|key| found.field_with_name(key).is_ok()) {
            faults.add(|| format!("{}: {key} stands in the path and in the file", path.display()));
        }
    }
    Ok(())
}

/// Checks the rows of one part; a part holds whole pages, so its texts are all that its offsets can mean.
fn check_part(output: &Path, place: &Path, faults: &mut Faults) -> Result<(), Error> {
    let mut texts: HashMap<String, Vec<char>> = HashMap::new();
    let path = output.join(Documents::NAME).join(place);
    each_batch(&path, |batch| {
        let (ids, bodies) = (texts_of(&path, &batch, "doc_id")?, texts_of(&path, &batch, "text")?);
        for (id, text) in ids.iter().zip(&bodies) {
            texts.insert(id.clone(), text.chars().collect());
            if let Some(other) = faults.pages.insert(id.clone(), place.to_owned()) {
                let (other, this) = (other.display(), place.display());
                faults.add(|| format!("page {id} stands in {other} and in {this}"));
            }
        }
        Ok(())
    })?;
    let mut rebuilt: HashMap<String, Vec<String>> = HashMap::new();
    for table in [Blocks::NAME, Entities::NAME, Quantities::NAME] {
        let path = output.join(table).join(place);
        each_batch(&path, |batch| {
            let (ids, found) = (texts_of(&path, &batch, "doc_id")?, texts_of(&path, &batch, "text")?);
            let (starts, ends) = (integers(&batch, "start"), integers(&batch, "end"));
            for (row, id) in ids.iter().enumerate() {
                let Some(text) = texts.get(id) else {
                    faults.add(|| format!("{}: page {id} has no row in documents", path.display()));
                    continue;
                };
                let (Some(start), Some(end)) = (starts[row], ends[row]) else { continue };
                let slice = text.get(start..end).map(|chars| chars.iter().collect::<String>());
                if slice.as_deref() != Some(&found[row]) {
                    faults.add(|| {
                        format!("{}: page {id}: text[{start}:{end}] is not {:?}", path.display(), found[row])
                    });
                }
                if table == Blocks::NAME {
                    rebuilt.entry(id.clone()).or_default().push(found[row].clone());
                }
            }
            Ok(())
        })?;
    }
    let mut ids: Vec<&String> = texts.keys().collect();
    ids.sort();
    for id in ids {
        let joined = rebuilt.get(id).map(|blocks| blocks.join("\n\n")).unwrap_or_default();
        if !joined.chars().eq(texts[id].iter().copied()) {
            faults.add(|| format!("{}: page {id}: kept blocks do not rebuild the text", path.display()));
        }
    }
    Ok(())
}

/// A column of strings.
fn texts_of(path: &Path, batch: &RecordBatch, name: &str) -> Result<Vec<String>, Error> {
    Ok(strings(path, batch, name)?.map(|text| text.unwrap_or_default().to_owned()).collect())
}

/// A column of offsets.
fn integers(batch: &RecordBatch, name: &str) -> Vec<Option<usize>> {
    let column = batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Int32Type>());
    column.map_or_else(
        || vec![None; batch.num_rows()],
        |column| {
            (0..column.len())
                .map(|i| column.is_valid(i).then(|| usize::try_from(column.value(i)).ok()).flatten())
                .collect()
        },
    )
}
