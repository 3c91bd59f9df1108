//! Rows into Arrow record batches.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float32Builder, Float64Builder, Int32Builder, Int64Builder,
    ListBuilder, StringBuilder, StructBuilder, TimestampMicrosecondBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::cell::{Cell, Type};
use crate::table::{Column, Table, data_type, item, pair_fields, schema, stored};

/// Rows that are turned into one record batch.
const BATCH_ROWS: usize = 8 * 1024;
/// Bytes of rows that are turned into one record batch: bounds what waits in memory, whatever the pages' size.
const BATCH_BYTES: usize = 8 << 20;

/// What a value that is no text takes, about.
const VALUE_BYTES: usize = 8;

/// Collects rows of one table.
pub(crate) struct Rows<T: Table> {
    schema: SchemaRef,
    columns: Vec<(&'static Column<T>, Builder)>,
    rows: usize,
    bytes: usize,
}

impl<T: Table> Rows<T> {
    /// Rows of all columns but the one named `without`.
    pub(crate) fn new(without: Option<&str>) -> Self {
        let columns = stored::<T>(without).map(|column| (column, Builder::new(column.kind)));
        Self { schema: Arc::new(schema::<T>(without)), columns: columns.collect(), rows: 0, bytes: 0 }
    }

    /// Rows of the same columns; the schema is shared, as there may be thousands of these.
    pub(crate) fn another(&self) -> Self {
        let columns = self.columns.iter().map(|&(column, _)| (column, Builder::new(column.kind)));
        Self { schema: self.schema(), columns: columns.collect(), rows: 0, bytes: 0 }
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    pub(crate) fn push(&mut self, row: &T::Row<'_>) {
        for (column, builder) in &mut self.columns {
            let cell = (column.cell)(row);
            self.bytes += if let Cell::Str(text) = &cell { text.len() } else { VALUE_BYTES };
            builder.push(cell);
        }
        self.rows += 1;
    }

    /// Whether the rows so far are worth encoding: there are many, or they hold much text.
    pub(crate) const fn is_full(&self) -> bool {
        self.rows >= BATCH_ROWS || self.bytes >= BATCH_BYTES
    }

    /// Bytes that the rows so far take, about.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows so far, and begins anew.
    pub(crate) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        self.bytes = 0;
        let arrays = self.columns.iter_mut().map(|(_, builder)| builder.finish()).collect();
        RecordBatch::try_new(self.schema(), arrays)
    }
}

/// The Arrow builder of a column.
enum Builder {
    String(StringBuilder),
    I32(Int32Builder),
    I64(Int64Builder),
    F32(Float32Builder),
    F64(Float64Builder),
    Bool(BooleanBuilder),
    Day(Date32Builder),
    Instant(TimestampMicrosecondBuilder),
    WallClock(TimestampMillisecondBuilder),
    Strings(ListBuilder<StringBuilder>),
    Structs(ListBuilder<StructBuilder>),
}

impl Builder {
    fn new(kind: Type) -> Self {
        let structs = |first, second, second_type: DataType| {
            let fields = pair_fields(first, second, second_type);
            let of = DataType::Struct(fields.clone());
            Self::Structs(ListBuilder::new(StructBuilder::from_fields(fields, 0)).with_field(item(of)))
        };
        match kind {
            Type::String => Self::String(StringBuilder::with_capacity(0, 0)),
            Type::I32 => Self::I32(Int32Builder::with_capacity(0)),
            Type::I64 => Self::I64(Int64Builder::with_capacity(0)),
            Type::F32 => Self::F32(Float32Builder::with_capacity(0)),
            Type::F64 => Self::F64(Float64Builder::with_capacity(0)),
            Type::Bool => Self::Bool(BooleanBuilder::with_capacity(0)),
            Type::Day => Self::Day(Date32Builder::with_capacity(0)),
            Type::Instant => Self::Instant(
                TimestampMicrosecondBuilder::with_capacity(0).with_data_type(data_type(Type::Instant)),
            ),
            Type::WallClock => Self::WallClock(TimestampMillisecondBuilder::with_capacity(0)),
            Type::Strings => Self::Strings(
                ListBuilder::new(StringBuilder::with_capacity(0, 0)).with_field(item(DataType::Utf8)),
            ),
            Type::Pairs(a, b) => structs(a, b, DataType::Utf8),
            Type::Counts(a, b) => structs(a, b, DataType::Int64),
            Type::Measures(a, b) => structs(a, b, DataType::Float64),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::String(b), Cell::Str(v)) => b.append_value(v),
            (Self::I32(b), Cell::Int(v)) => b.append_value(i32::try_from(v).unwrap_or(i32::MAX)),
            (Self::I64(b), Cell::Int(v)) => b.append_value(v),
            (Self::F32(b), Cell::F32(v)) => b.append_value(v),
            (Self::F64(b), Cell::F64(v)) => b.append_value(v),
            (Self::Bool(b), Cell::Bool(v)) => b.append_value(v),
            (Self::Day(b), Cell::Day(v)) => b.append_value(days_since_epoch(v)),
            (Self::Instant(b), Cell::Instant(v)) => b.append_value(v.as_microsecond()),
            (Self::WallClock(b), Cell::WallClock(v)) => b.append_value(seconds_since_epoch(v) * 1000),
            (Self::Strings(b), Cell::Strings(v)) => b.append_value(v.into_iter().map(Some)),
            (Self::Structs(b), Cell::Pairs(v)) => {
                push_structs(b, v, |seconds: &mut StringBuilder, second| seconds.append_value(second));
            }
            (Self::Structs(b), Cell::Counts(v)) => push_structs(b, v, Int64Builder::append_value),
            (Self::Structs(b), Cell::Measures(v)) => push_structs(b, v, Float64Builder::append_value),
            (builder, _) => builder.push_null(),
        }
    }

    fn push_null(&mut self) {
        match self {
            Self::String(b) => b.append_null(),
            Self::I32(b) => b.append_null(),
            Self::I64(b) => b.append_null(),
            Self::F32(b) => b.append_null(),
            Self::F64(b) => b.append_null(),
            Self::Bool(b) => b.append_null(),
            Self::Day(b) => b.append_null(),
            Self::Instant(b) => b.append_null(),
            Self::WallClock(b) => b.append_null(),
            Self::Strings(b) => b.append(false),
            Self::Structs(b) => b.append(false),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::String(b) => ArrayBuilder::finish(b),
            Self::I32(b) => ArrayBuilder::finish(b),
            Self::I64(b) => ArrayBuilder::finish(b),
            Self::F32(b) => ArrayBuilder::finish(b),
            Self::F64(b) => ArrayBuilder::finish(b),
            Self::Bool(b) => ArrayBuilder::finish(b),
            Self::Day(b) => ArrayBuilder::finish(b),
            Self::Instant(b) => ArrayBuilder::finish(b),
            Self::WallClock(b) => ArrayBuilder::finish(b),
            Self::Strings(b) => ArrayBuilder::finish(b),
            Self::Structs(b) => ArrayBuilder::finish(b),
        }
    }
}

fn push_structs<S: ArrayBuilder, V>(
    list: &mut ListBuilder<StructBuilder>,
    pairs: Vec<(&str, V)>,
    push_second: impl Fn(&mut S, V),
) {
    for (first, second) in pairs {
        let structs = list.values();
        if let Some(builder) = structs.field_builder::<StringBuilder>(0) {
            builder.append_value(first);
        }
        if let Some(builder) = structs.field_builder::<S>(1) {
            push_second(builder, second);
        }
        structs.append(true);
    }
    list.append(true);
}

/// Days from 1970-01-01, the reckoning of Arrow's date32.
fn days_since_epoch(date: Date) -> i32 {
    i32::try_from(seconds_since_epoch(date.to_datetime(jiff::civil::Time::midnight())) / 86_400).unwrap_or(0)
}

/// Seconds from 1970-01-01 00:00 on a wall clock without zone.
fn seconds_since_epoch(wall: DateTime) -> i64 {
    TimeZone::UTC.to_timestamp(wall).map_or(0, |instant| instant.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_count_from_1970() {
        for (day, expected) in [
            (date(1970, 1, 1), 0),
            (date(1969, 12, 31), -1),
            (date(2024, 12, 9), 20_066),
            (date(1, 1, 1), -719_162),
        ] {
            assert_eq!(days_since_epoch(day), expected, "{day}");
        }
    }
}
