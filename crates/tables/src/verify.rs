//! Checks an output against what the contract promises, and tells what stands in it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::contract::{Blocks, Documents, Entities, Quantities, Rejects, Runs};
use crate::dataset::parquet_names;
use crate::error::{Error, ErrorKind};
use crate::file::parquet;
use crate::part::PAGE_TABLES;
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
        for file in parquet_names(&output.join(name))? {
            let path = output.join(name).join(file);
            let reader = open(&path)?;
            table.rows += u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0);
            table.files += 1;
            table.bytes += fs::metadata(&path).map_err(|e| Error::io("read the size of", &path, e))?.len();
        }
        all.push(table);
    }
    Ok(all)
}

/// What in an output breaks the contract, a line each: columns, types, offsets (`text[start:end]` is the mention, kept
/// blocks rebuild the text), pages that stand twice, findings without a page.
///
/// # Errors
/// Where a file cannot be read or is no Parquet.
pub fn verify(output: &Path) -> Result<Vec<String>, Error> {
    let mut faults = Faults::default();
    columns::<Documents>(output, &mut faults)?;
    columns::<Blocks>(output, &mut faults)?;
    columns::<Entities>(output, &mut faults)?;
    columns::<Quantities>(output, &mut faults)?;
    columns::<Rejects>(output, &mut faults)?;
    columns::<Runs>(output, &mut faults)?;
    if faults.lines.is_empty() {
        for part in parquet_names(&output.join(Documents::NAME))? {
            check_part(output, &part, &mut faults)?;
        }
    }
    Ok(faults.told())
}

#[derive(Default)]
struct Faults {
    lines: Vec<String>,
    more: usize,
    /// Where each page stands.
    pages: HashMap<String, String>,
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

/// Checks that every file of a table has its columns.
fn columns<T: Table>(output: &Path, faults: &mut Faults) -> Result<(), Error> {
    let promised = schema::<T>();
    for name in parquet_names(&output.join(T::NAME))? {
        let path = output.join(T::NAME).join(name);
        let found = open(&path)?;
        for field in promised.fields() {
            match found.schema().field_with_name(field.name()) {
                Ok(column) if column.data_type() == field.data_type() => {}
                Ok(column) => faults.add(|| {
                    format!(
                        "{}: column {} is {}, not {}",
                        path.display(),
                        field.name(),
                        column.data_type(),
                        field.data_type()
                    )
                }),
                Err(_) => faults.add(|| format!("{}: no column {}", path.display(), field.name())),
            }
        }
    }
    Ok(())
}

/// Checks the rows of one part; a part holds whole pages, so its texts are all that its offsets can mean.
fn check_part(output: &Path, part: &str, faults: &mut Faults) -> Result<(), Error> {
    let mut texts: HashMap<String, Vec<char>> = HashMap::new();
    let path = output.join(Documents::NAME).join(part);
    rows(&path, |batch| {
        let (ids, bodies) = (strings(batch, "doc_id"), strings(batch, "text"));
        for (id, text) in ids.iter().zip(&bodies) {
            texts.insert(id.clone(), text.chars().collect());
            if let Some(other) = faults.pages.insert(id.clone(), part.to_owned()) {
                faults.add(|| format!("page {id} stands in {other} and in {part}"));
            }
        }
    })?;
    let mut rebuilt: HashMap<String, Vec<String>> = HashMap::new();
    for table in [Blocks::NAME, Entities::NAME, Quantities::NAME] {
        let path = output.join(table).join(part);
        rows(&path, |batch| {
            let (ids, found) = (strings(batch, "doc_id"), strings(batch, "text"));
            let (starts, ends) = (integers(batch, "start"), integers(batch, "end"));
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

fn open(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Error> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| parquet(path, e))
}

fn rows(path: &Path, mut each: impl FnMut(&RecordBatch)) -> Result<(), Error> {
    let reader = open(path)?.build().map_err(|e| parquet(path, e))?;
    for batch in reader {
        each(&batch.map_err(|e| Error::new(ErrorKind::Format, path, e.to_string()))?);
    }
    Ok(())
}

/// A column of strings; its type has been checked.
fn strings(batch: &RecordBatch, name: &str) -> Vec<String> {
    let column = batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
    column.map_or_else(Vec::new, |column| column.iter().map(|v| v.unwrap_or_default().to_owned()).collect())
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
