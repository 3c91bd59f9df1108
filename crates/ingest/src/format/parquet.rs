//! Parquet tables: a page a row, its fields by the field map.
//!
//! The reader of the `parquet` crate is given one row group at a time, so that what is broken in one costs no other, and
//! is fenced: a panic of it on a hostile file is a reject like any other.

use std::fs::File;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::{Array, ArrayRef, LargeBinaryArray, LargeStringArray, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;
use copydesk_types::RejectCode;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::{Format, Job, Read, page_name};
use crate::fields::{Field, Located};
use crate::found::{Out, Position, Trouble};

pub(super) const FORMAT: Format = Format {
    name: "a Parquet table",
    extensions: &["parquet", "pq"],
    is: |head| head.starts_with(b"PAR1"),
    looks_like: |_| false,
    read: Read::File(read),
};

/// Decoded bytes that a batch of rows is meant to take, on the row group's average.
const BATCH_BYTES: u64 = 4 << 20;

/// Most rows of a batch.
const BATCH_ROWS_MAX: u64 = 1024;

fn read(job: &Job<'_>, file: File, out: &mut Out<'_>) -> ControlFlow<()> {
    let table = match Table::open(job, file) {
        Ok(table) => table,
        Err(trouble) => return out.reject(job.from, trouble),
    };
    let mut first = 0;
    for group in 0..table.metadata.metadata().num_row_groups() {
        let rows = u64::try_from(table.metadata.metadata().row_group(group).num_rows()).unwrap_or(0);
        if first + rows > job.from.ordinal {
            read_group(job, &table, group, first, out)?;
        }
        first += rows;
    }
    ControlFlow::Continue(())
}

/// A table whose columns are found.
struct Table {
    file: File,
    metadata: ArrowReaderMetadata,
    names: Vec<String>,
    located: Located,
    /// The table's columns that are read, in their order.
    columns: Vec<usize>,
}

impl Table {
    fn open(job: &Job<'_>, file: File) -> Result<Self, Trouble> {
        let metadata =
            fenced(|| ArrowReaderMetadata::load(&file, Default::default())).map_err(|message| {
                Trouble::new(RejectCode::BadRecord, format!("the table's footer cannot be read: {message}"))
            })?;
        let schema = metadata.schema();
        let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let bad_column = |message| Trouble::new(RejectCode::BadColumn, message);
        let located = job.settings.fields.locate(&names).map_err(bad_column)?;
        for field in [Field::Text, Field::Html] {
            if let Some(column) = located.of(field)
                && !holds_text(schema.field(column).data_type())
            {
                let (name, kind) = (&names[column], schema.field(column).data_type());
                return Err(bad_column(format!("column {name:?} is {kind}; expected text or binary")));
            }
        }
        let mut columns: Vec<usize> = Field::ALL.into_iter().filter_map(|field| located.of(field)).collect();
        columns.sort_unstable();
        columns.dedup();
        Ok(Self { file, metadata, names, located, columns })
    }

    /// Reads some columns of a row group.
    fn batches(&self, group: usize, columns: &[usize]) -> Result<ParquetRecordBatchReader, String> {
        let row_group = self.metadata.metadata().row_group(group);
        let rows = u64::try_from(row_group.num_rows()).unwrap_or(0).max(1);
        let row_bytes = u64::try_from(row_group.total_byte_size()).unwrap_or(0) / rows;
        let batch = (BATCH_BYTES / row_bytes.max(1)).clamp(1, BATCH_ROWS_MAX);
        let file = self.file.try_clone().map_err(|error| error.to_string())?;
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns.iter().copied());
        fenced(|| {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(batch as usize)
                .build()
        })
    }

    /// The column that makes a row group unreadable, in words, if it is one alone.
    fn broken_column(&self, group: usize) -> String {
        let is_broken = |column: usize| {
            let Ok(mut batches) = self.batches(group, &[column]) else { return true };
            loop {
                match fenced(|| batches.next().transpose()) {
                    Ok(Some(_)) => {}
                    Ok(None) => return false,
                    Err(_) => return true,
                }
            }
        };
        match self.columns.iter().find(|&&column| is_broken(column)) {
            Some(&column) => format!("column {:?}", self.names[column]),
            None => "the rows".to_owned(),
        }
    }
}

fn read_group(job: &Job<'_>, table: &Table, group: usize, first: u64, out: &mut Out<'_>) -> ControlFlow<()> {
    let mut ordinal = first;
    let mut batches = table.batches(group, &table.columns);
    loop {
        let batch = batches.as_mut().map_err(|message| message.clone());
        let values = batch.and_then(|batches| fenced(|| batches.next().transpose())).and_then(|batch| {
            batch.map(|batch| fenced(|| texts(&batch)).map(|texts| (batch.num_rows(), texts))).transpose()
        });
        let (rows, values) = match values {
            Ok(Some(values)) => values,
            Ok(None) => return ControlFlow::Continue(()),
            Err(message) => {
                let message =
                    format!("row group {group}: {} cannot be read: {message}", table.broken_column(group));
                let trouble = Trouble::new(RejectCode::BadRecord, message);
                let position = Position { ordinal, ..Position::default() };
                return out.reject(position, trouble.locator(format!("row={}", ordinal + 1)));
            }
        };
        for row in 0..rows {
            if ordinal >= job.from.ordinal {
                read_row(job, table, &values, row, ordinal, out)?;
            }
            ordinal += 1;
        }
    }
}

fn read_row(
    job: &Job<'_>,
    table: &Table,
    values: &[Texts],
    row: usize,
    ordinal: u64,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let position = Position { ordinal, ..Position::default() };
    let locator = format!("row={}", ordinal + 1);
    let value = |column: usize| {
        let index = table.columns.binary_search(&column).ok()?;
        values.get(index)?.value(row)
    };
    let limit = job.settings.max_record_bytes;
    match table.located.page(value, job.settings.already_clean) {
        Some(record) if record.size() > limit => {
            out.reject(position, Trouble::too_large(limit).locator(locator).bytes(record.size()))
        }
        Some(record) => {
            let name = format!("{}#{locator}", page_name(job.source));
            out.page(position, record.into_page(job.located(Some(&locator)), name))
        }
        None => {
            out.skip("no text");
            ControlFlow::Continue(())
        }
    }
}

/// A column's values as text or bytes.
enum Texts {
    Text(LargeStringArray),
    Binary(LargeBinaryArray),
}

impl Texts {
    fn value(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Text(array) => array.is_valid(row).then(|| array.value(row).as_bytes()),
            Self::Binary(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

fn texts(batch: &RecordBatch) -> Result<Vec<Texts>, arrow_schema::ArrowError> {
    batch.columns().iter().map(text).collect()
}

fn text(column: &ArrayRef) -> Result<Texts, arrow_schema::ArrowError> {
    if matches!(
        column.data_type(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_)
    ) {
        let array = arrow_cast::cast(column, &DataType::LargeBinary)?;
        return Ok(Texts::Binary(LargeBinaryArray::from(array.to_data())));
    }
    if holds_text(column.data_type()) {
        let array = arrow_cast::cast(column, &DataType::LargeUtf8)?;
        return Ok(Texts::Text(LargeStringArray::from(array.to_data())));
    }
    // Times with a zone are stored in UTC whatever the zone's name, which takes a database to understand.
    let column = &match column.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            arrow_cast::cast(column, &DataType::Timestamp(*unit, Some("+00:00".into())))?
        }
        _ => column.clone(),
    };
    // Dates, times, numbers and lists as they are printed: ISO 8601, and `[a, b]`.
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column, &options)?;
    let values = (0..column.len()).map(|row| column.is_valid(row).then(|| formatter.value(row).to_string()));
    Ok(Texts::Text(values.collect()))
}

/// Whether a column can hold pages.
fn holds_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            true
        }
        DataType::Dictionary(_, values) => matches!(**values, DataType::Utf8 | DataType::LargeUtf8),
        _ => false,
    }
}

/// Runs a call into the reader; its error or panic in words.
fn fenced<T, E: std::fmt::Display>(call: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the reader failed on it".to_owned()),
    }
}
