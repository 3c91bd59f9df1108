//! One Parquet file of one table.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::contract::CONTRACT_VERSION;
use crate::error::{Error, ErrorKind};

/// Most rows of a row group: what DuckDB takes as one unit of parallel work.
const ROW_GROUP_ROWS: usize = 122_880;
/// A row group is closed when its encoded size passes this; small enough that a reader decodes one at a time.
const ROW_GROUP_BYTES: usize = 64 << 20;
/// zstd's default level: a higher one costs time and saves little on text.
const ZSTD_LEVEL: i32 = 3;

/// Writes rows to a file under a name that readers don't look at; nothing is visible before it is published.
pub(crate) struct TableFile {
    path: PathBuf,
    writer: ArrowWriter<File>,
}

impl TableFile {
    /// Creates the file, and its folder where it is missing.
    pub(crate) fn create(path: &Path, schema: SchemaRef) -> Result<Self, Error> {
        let file = create(path)?;
        let writer =
            ArrowWriter::try_new(file, schema, Some(properties())).map_err(|e| parquet(path, 0, e))?;
        Ok(Self { path: path.to_owned(), writer })
    }

    /// Appends rows.
    pub(crate) fn append(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        let mut written = self.writer.write(rows);
        if written.is_ok() && self.writer.in_progress_size() >= ROW_GROUP_BYTES {
            written = self.writer.flush();
        }
        written.map_err(|e| parquet(&self.path, self.bytes(), e))
    }

    /// Bytes that the file takes so far, about.
    pub(crate) fn bytes(&self) -> usize {
        self.writer.bytes_written() + self.writer.in_progress_size()
    }

    /// Writes the footer; returns the file's size. It is not [synced](sync).
    pub(crate) fn finish(self) -> Result<u64, Error> {
        let bytes = self.bytes();
        let file = self.writer.into_inner().map_err(|e| parquet(&self.path, bytes, e))?;
        file.metadata().map(|m| m.len()).map_err(|e| Error::io("read the size of", &self.path, e))
    }
}

/// Creates a file, and its folder where it is missing.
pub(crate) fn create(path: &Path) -> Result<File, Error> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| File::create(path))
        .map_err(|e| Error::io("create", path, e))
}

/// Syncs files or folders to disk, those that are gone left out. Many at once, as a file system writes them together.
pub(crate) fn sync(paths: &[PathBuf]) -> Result<(), Error> {
    const AT_ONCE: usize = 16;
    let one = |path: &PathBuf| match File::open(path).and_then(|file| file.sync_all()) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io("sync", path, e)),
        _ => Ok(()),
    };
    thread::scope(|scope| {
        let share = paths.len().div_ceil(AT_ONCE).max(1);
        let syncing: Vec<_> =
            paths.chunks(share).map(|paths| scope.spawn(move || paths.iter().try_for_each(one))).collect();
        syncing
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// What every file of the contract is written with.
fn properties() -> WriterProperties {
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

/// An error of the Parquet library at about so many bytes, with the operating system's error where that is the cause.
pub(crate) fn parquet(path: &Path, bytes: usize, error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(io) => Error::io(&format!("go on at byte {bytes} of"), path, *io),
            Err(other) => Error::new(ErrorKind::Format, path, other.to_string()),
        },
        other => Error::new(ErrorKind::Format, path, other.to_string()),
    }
}

/// As [`parquet`], of the Arrow library.
pub(crate) fn arrow(path: &Path, error: ArrowError) -> Error {
    match error {
        ArrowError::IoError(_, io) => Error::io("read or write", path, io),
        other => Error::new(ErrorKind::Format, path, other.to_string()),
    }
}
