//! One Parquet file of one table.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::batch::Rows;
use crate::contract::CONTRACT_VERSION;
use crate::error::{Error, ErrorKind};
use crate::table::Table;

/// Most rows of a row group: what DuckDB takes as one unit of parallel work.
const ROW_GROUP_ROWS: usize = 122_880;
/// A row group is closed when its encoded size passes this; small enough that a reader decodes one at a time.
pub(crate) const ROW_GROUP_BYTES: usize = 64 << 20;
/// zstd's default level: a higher one costs time and saves little on text.
const ZSTD_LEVEL: i32 = 3;

/// Writes rows of `T` to a file under a name that readers don't look at; nothing is visible before it is published.
pub(crate) struct TableFile<T: Table> {
    path: PathBuf,
    rows: Rows<T>,
    writer: ArrowWriter<File>,
    written: u64,
}

impl<T: Table> TableFile<T> {
    /// Creates the file.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let rows = Rows::new();
        let file = File::create(path).map_err(|e| Error::io("create", path, e))?;
        let writer =
            ArrowWriter::try_new(file, rows.schema(), Some(properties())).map_err(|e| parquet(path, e))?;
        Ok(Self { path: path.to_owned(), rows, writer, written: 0 })
    }

    /// Appends a row.
    pub(crate) fn push(&mut self, row: &T::Row<'_>) -> Result<(), Error> {
        self.rows.push(row);
        self.written += 1;
        if self.rows.is_full() { self.write_batch() } else { Ok(()) }
    }

    /// Bytes that the file takes so far, rows not yet encoded left out.
    pub(crate) fn bytes(&self) -> usize {
        self.writer.bytes_written() + self.writer.in_progress_size()
    }

    /// Rows so far.
    pub(crate) const fn rows(&self) -> u64 {
        self.written
    }

    /// Writes the footer and syncs the file to disk; returns its size.
    pub(crate) fn finish(mut self) -> Result<u64, Error> {
        self.write_batch()?;
        let mut file = self.writer.into_inner().map_err(|e| parquet(&self.path, e))?;
        file.flush().and_then(|()| file.sync_all()).map_err(|e| Error::io("sync", &self.path, e))?;
        file.metadata().map(|m| m.len()).map_err(|e| Error::io("read the size of", &self.path, e))
    }

    fn write_batch(&mut self) -> Result<(), Error> {
        if self.rows.len() == 0 {
            return Ok(());
        }
        let batch = self.rows.finish().map_err(|e| parquet(&self.path, e.into()))?;
        self.writer.write(&batch).map_err(|e| parquet(&self.path, e))?;
        if self.writer.in_progress_size() >= ROW_GROUP_BYTES {
            self.writer.flush().map_err(|e| parquet(&self.path, e))?;
        }
        Ok(())
    }
}

/// What every file of the contract is written with.
pub(crate) fn properties() -> WriterProperties {
    let version = |key: &str, value: &str| KeyValue::new(format!("copydesk.{key}"), value.to_owned());
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL).unwrap_or_default()))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_created_by(format!("copydesk {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(vec![
            version("contract_version", CONTRACT_VERSION),
            version("version", env!("CARGO_PKG_VERSION")),
        ]))
        .build()
}

/// An error of the Parquet library, with the operating system's error where that is the cause.
pub(crate) fn parquet(path: &Path, error: parquet::errors::ParquetError) -> Error {
    match error {
        parquet::errors::ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(io) => Error::io("write", path, *io),
            Err(other) => Error::new(ErrorKind::Format, path, other.to_string()),
        },
        other => Error::new(ErrorKind::Format, path, other.to_string()),
    }
}
