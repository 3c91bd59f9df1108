//! A published file without the rows of some pages.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::error::{Error, ErrorKind};
use crate::file::{ROW_GROUP_BYTES, parquet, properties};

/// Copies the file `from` to `to` without the rows whose `doc_id` is in `gone`; returns rows and bytes left.
pub(crate) fn without(from: &Path, to: &Path, gone: &HashSet<String>) -> Result<(u64, u64), Error> {
    copy(&[from], to, |batch| {
        let ids = batch
            .column_by_name("doc_id")
            .and_then(|column| column.as_string_opt::<i32>())
            .ok_or_else(|| Error::new(ErrorKind::Format, from, "expected a column doc_id of strings"))?;
        let keep: BooleanArray = ids.iter().map(|id| Some(!id.is_some_and(|id| gone.contains(id)))).collect();
        filter_record_batch(&batch, &keep).map_err(|e| parquet(from, e.into()))
    })
}

/// Copies the rows of several files into one, in order; returns rows and bytes.
pub(crate) fn concatenated(from: &[impl AsRef<Path>], to: &Path) -> Result<(u64, u64), Error> {
    copy(from, to, Ok)
}

fn copy(
    from: &[impl AsRef<Path>],
    to: &Path,
    mut each: impl FnMut(RecordBatch) -> Result<RecordBatch, Error>,
) -> Result<(u64, u64), Error> {
    let mut writer = None;
    let mut rows = 0;
    for path in from.iter().map(AsRef::as_ref) {
        let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| parquet(path, e))?;
        let schema = reader.schema().clone();
        let out = match &mut writer {
            Some(writer) => writer,
            none => {
                let file = File::create(to).map_err(|e| Error::io("create", to, e))?;
                let fresh =
                    ArrowWriter::try_new(file, schema, Some(properties())).map_err(|e| parquet(to, e))?;
                none.insert(fresh)
            }
        };
        for batch in reader.build().map_err(|e| parquet(path, e))? {
            let batch = each(batch.map_err(|e| parquet(path, e.into()))?)?;
            rows += batch.num_rows() as u64;
            out.write(&batch).map_err(|e| parquet(to, e))?;
            if out.in_progress_size() >= ROW_GROUP_BYTES {
                out.flush().map_err(|e| parquet(to, e))?;
            }
        }
    }
    let Some(writer) = writer else { return Ok((0, 0)) };
    let file = writer.into_inner().map_err(|e| parquet(to, e))?;
    file.sync_all().map_err(|e| Error::io("sync", to, e))?;
    let bytes = file.metadata().map_err(|e| Error::io("read the size of", to, e))?.len();
    Ok((rows, bytes))
}
