//! One Parquet file of one table.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;

use crate::contract::{CONTRACT_VERSION, Documents};
use crate::error::{Error, ErrorKind};
use crate::source::Source;
use crate::table::Table;

/// Most rows of a row group of `documents`. A page that changes costs its row group written anew: a run that found 20 of
/// 200,000 small pages changed took half as long as with the 122,880 rows that DuckDB suggests. DuckDB scans these a fifth
/// slower, and the files are a twentieth larger.
const DOCUMENT_GROUP_ROWS: usize = 2048;
/// The same of the other tables: what stands in so many pages.
const GROUP_ROWS: usize = 32 * 1024;
/// A row group is closed when its encoded size passes this, as it waits in memory until then.
const GROUP_BYTES: usize = 16 << 20;
/// zstd's default level: a higher one costs time and saves little on text.
const ZSTD_LEVEL: i32 = 3;

/// Writes rows to a file under a name that readers don't look at; nothing is visible before it is published.
pub(crate) struct TableFile {
    path: PathBuf,
    schema: SchemaRef,
    writer: SerializedFileWriter<File>,
    encoders: ArrowRowGroupWriterFactory,
    /// Most rows of a row group.
    group_rows: usize,
    open: Option<Group>,
}

/// A row group that takes rows.
struct Group {
    columns: Vec<ArrowColumnWriter>,
    rows: usize,
}

impl TableFile {
    /// Creates a file of the table named `table`, and its folder where it is missing.
    pub(crate) fn create(path: &Path, table: &str, schema: SchemaRef) -> Result<Self, Error> {
        let file = create(path)?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties()));
        let (writer, encoders) =
            writer.and_then(ArrowWriter::into_serialized_writer).map_err(|e| parquet(path, 0, e))?;
        let group_rows = if table == Documents::NAME { DOCUMENT_GROUP_ROWS } else { GROUP_ROWS };
        Ok(Self { path: path.to_owned(), schema, writer, encoders, group_rows, open: None })
    }

    /// Appends rows.
    pub(crate) fn append(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        let mut rest = rows.clone();
        while rest.num_rows() > 0 {
            let room = self.group_rows - self.open.as_ref().map_or(0, |group| group.rows);
            let taken = room.min(rest.num_rows());
            self.encode(&rest.slice(0, taken)).map_err(|e| self.failed(e))?;
            rest = rest.slice(taken, rest.num_rows() - taken);
            if taken == room || self.open.as_ref().is_some_and(|group| group.bytes() >= GROUP_BYTES) {
                self.end_group()?;
            }
        }
        Ok(())
    }

    /// Appends a row group of another file of the table as it is, in a row group of its own.
    pub(crate) fn copy(&mut self, from: &Source, group: usize) -> Result<(), Error> {
        self.end_group()?;
        let mut write = || {
            let mut writer = self.writer.next_row_group()?;
            from.copy(group, &mut writer)?;
            writer.close().map(drop)
        };
        write().map_err(|e| self.failed(e))
    }

    /// Whether a row group is large enough to stay as it is where files are merged.
    pub(crate) const fn is_worth_copying(&self, rows: usize, bytes: usize) -> bool {
        rows >= self.group_rows / 2 || bytes >= GROUP_BYTES / 2
    }

    /// Lets the next row begin a row group.
    pub(crate) fn end_group(&mut self) -> Result<(), Error> {
        let Some(group) = self.open.take() else { return Ok(()) };
        let write = || {
            let mut writer = self.writer.next_row_group()?;
            for column in group.columns {
                column.close()?.append_to_row_group(&mut writer)?;
            }
            writer.close().map(drop)
        };
        write().map_err(|e| self.failed(e))
    }

    /// Bytes that the file takes so far, about.
    pub(crate) fn bytes(&self) -> usize {
        self.writer.bytes_written() + self.open.as_ref().map_or(0, Group::bytes)
    }

    /// Writes the footer; returns the file's size. It is not [synced](sync).
    pub(crate) fn finish(mut self) -> Result<u64, Error> {
        self.end_group()?;
        let bytes = self.bytes();
        let file = self.writer.into_inner().map_err(|e| parquet(&self.path, bytes, e))?;
        file.metadata().map(|m| m.len()).map_err(|e| Error::io("read the size of", &self.path, e))
    }

    fn encode(&mut self, rows: &RecordBatch) -> Result<(), ParquetError> {
        let group = match &mut self.open {
            Some(group) => group,
            none => {
                let number = self.writer.flushed_row_groups().len();
                none.insert(Group { columns: self.encoders.create_column_writers(number)?, rows: 0 })
            }
        };
        group.rows += rows.num_rows();
        let mut columns = group.columns.iter_mut();
        for (field, values) in self.schema.fields().iter().zip(rows.columns()) {
            // A list of structs is stored as a column for each of their fields.
            for leaf in compute_leaves(field, values)? {
                columns.next().map_or(Ok(()), |column| column.write(&leaf))?;
            }
        }
        Ok(())
    }

    fn failed(&self, error: ParquetError) -> Error {
        parquet(&self.path, self.bytes(), error)
    }
}

impl Group {
    /// Bytes that it takes encoded, about.
    fn bytes(&self) -> usize {
        self.columns.iter().map(ArrowColumnWriter::get_estimated_total_bytes).sum()
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
