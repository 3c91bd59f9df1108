//! Published files without some of their rows, or several in one.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::error::{Error, ErrorKind};
use crate::file::{TableFile, arrow, parquet};

/// Copies the file `from` to `to` without the rows whose `column` is in `gone`; returns rows and bytes left.
pub(crate) fn without(
    from: &Path,
    to: &Path,
    column: &str,
    gone: &HashSet<String>,
) -> Result<(u64, u64), Error> {
    copy(&[from], to, |batch| {
        let keep: BooleanArray =
            strings(from, &batch, column)?.map(|id| Some(!id.is_some_and(|id| gone.contains(id)))).collect();
        filter_record_batch(&batch, &keep).map_err(|e| arrow(from, e))
    })
}

/// Copies the rows of several files into one, in order; returns rows and bytes.
pub(crate) fn concatenated(from: &[impl AsRef<Path>], to: &Path) -> Result<(u64, u64), Error> {
    copy(from, to, Ok)
}

/// Opens a Parquet file.
pub(crate) fn open(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Error> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| parquet(path, 0, e))
}

/// Hands out the rows of a file, a batch at a time.
pub(crate) fn each_batch(
    path: &Path,
    mut each: impl FnMut(RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut batches = open(path)?.build().map_err(|e| parquet(path, 0, e))?;
    batches.try_for_each(|batch| each(batch.map_err(|e| arrow(path, e))?))
}

/// A column of strings.
pub(crate) fn strings<'a>(
    path: &Path,
    batch: &'a RecordBatch,
    column: &str,
) -> Result<impl Iterator<Item = Option<&'a str>>, Error> {
    batch
        .column_by_name(column)
        .and_then(|values| values.as_string_opt::<i32>())
        .map(|values| values.iter())
        .ok_or_else(|| Error::new(ErrorKind::Format, path, format!("expected a column {column} of strings")))
}

fn copy(
    from: &[impl AsRef<Path>],
    to: &Path,
    mut each: impl FnMut(RecordBatch) -> Result<RecordBatch, Error>,
) -> Result<(u64, u64), Error> {
    let Some(first) = from.first() else { return Ok((0, 0)) };
    let mut out = TableFile::create(to, open(first.as_ref())?.schema().clone())?;
    let mut rows = 0;
    for path in from {
        each_batch(path.as_ref(), |batch| {
            let batch = each(batch)?;
            rows += batch.num_rows() as u64;
            out.append(&batch)
        })?;
    }
    Ok((rows, out.finish()?))
}
