//! A Parquet file of one table that is read: batch by batch, or copied a row group at a time.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::writer::SerializedRowGroupWriter;

use crate::error::{Error, ErrorKind};
use crate::file::{arrow, parquet};

/// A file with its footer.
pub(crate) struct Source {
    path: PathBuf,
    file: File,
    footer: ArrowReaderMetadata,
}

impl Source {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
        // What tells where the pages of a column stand, and how they are encoded, is copied along with them.
        let options = ArrowReaderOptions::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .with_encoding_stats_as_mask(false);
        let footer = ArrowReaderMetadata::load(&file, options).map_err(|e| parquet(path, 0, e))?;
        Ok(Self { path: path.to_owned(), file, footer })
    }

    /// Its columns, without what its footer says of the file.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(self.footer.schema().fields().clone()))
    }

    /// Its rows.
    pub(crate) fn rows(&self) -> u64 {
        u64::try_from(self.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// How many row groups it has.
    pub(crate) fn groups(&self) -> usize {
        self.metadata().num_row_groups()
    }

    /// Rows of a row group, and bytes that they take.
    pub(crate) fn size(&self, group: usize) -> (usize, usize) {
        let group = self.metadata().row_group(group);
        [group.num_rows(), group.compressed_size()].map(|n| usize::try_from(n).unwrap_or(0)).into()
    }

    /// Hands out the rows of the row groups, in order and some at a time.
    pub(crate) fn each_batch(
        &self,
        groups: impl IntoIterator<Item = usize>,
        mut each: impl FnMut(RecordBatch) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let rows = self.reader()?.with_row_groups(groups.into_iter().collect()).build();
        let mut rows = rows.map_err(|e| parquet(&self.path, 0, e))?;
        rows.try_for_each(|batch| each(batch.map_err(|e| arrow(&self.path, e))?))
    }

    /// Whether a row group holds a row whose `column` is one of `values`.
    pub(crate) fn holds(&self, group: usize, column: &str, values: &HashSet<String>) -> Result<bool, Error> {
        let only = ProjectionMask::columns(self.metadata().file_metadata().schema_descr(), [column]);
        let rows = self.reader()?.with_projection(only).with_row_groups(vec![group]).build();
        for batch in rows.map_err(|e| parquet(&self.path, 0, e))? {
            let batch = batch.map_err(|e| arrow(&self.path, e))?;
            let mut last = None;
            for value in strings(&self.path, &batch, column)? {
                // The rows of a page stand together.
                if value != last && value.is_some_and(|value| values.contains(value)) {
                    return Ok(true);
                }
                last = value;
            }
        }
        Ok(false)
    }

    /// Copies the columns of a row group as they are.
    pub(crate) fn copy<W: Write + Send>(
        &self,
        group: usize,
        to: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let footer = self.metadata();
        let rows = footer.row_group(group);
        for (number, column) in rows.columns().iter().enumerate() {
            let close = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                rows_written: u64::try_from(rows.num_rows()).unwrap_or(0),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: footer.column_index().map(|index| index[group][number].clone()),
                offset_index: footer.offset_index().map(|index| index[group][number].clone()),
            };
            to.append_column(&self.file, close)?;
        }
        Ok(())
    }

    fn reader(&self) -> Result<ParquetRecordBatchReaderBuilder<File>, Error> {
        let file = self.file.try_clone().map_err(|e| Error::io("read", &self.path, e))?;
        Ok(ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.footer.clone()))
    }

    fn metadata(&self) -> &ParquetMetaData {
        self.footer.metadata()
    }
}

/// Hands out the rows of a file, some at a time.
pub(crate) fn each_batch(
    path: &Path,
    each: impl FnMut(RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let source = Source::open(path)?;
    source.each_batch(0..source.groups(), each)
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
