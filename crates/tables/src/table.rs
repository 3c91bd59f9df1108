//! How a table is declared: one line a column, from which schema, builders, JSON and documentation come.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};

use crate::cell::{Cell, Type};

/// A table of the contract.
pub trait Table: 'static {
    /// What one row is made from.
    type Row<'a>;
    /// Folder and name.
    const NAME: &'static str;
    /// What a row is.
    const ROW: &'static str;
    /// The columns, in the order of the contract.
    const COLUMNS: &'static [Column<Self>];
}

/// One column of a table.
pub struct Column<T: Table + ?Sized> {
    /// Name.
    pub name: &'static str,
    /// Type.
    pub kind: Type,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it says.
    pub description: &'static str,
    /// Reads the value out of a row.
    pub(crate) cell: for<'r, 'a> fn(&'r T::Row<'a>) -> Cell<'r>,
}

/// Declares columns: `name: Type ["?"] = cell, "description";`.
macro_rules! columns {
    ($row:ident; $($name:ident : $kind:expr, $null:ident = $cell:expr, $description:literal;)*) => {
        &[$(Column {
            name: stringify!($name),
            kind: $kind,
            nullable: columns!(@ $null),
            description: $description,
            cell: |$row| Cell::from($cell),
        }),*]
    };
    (@ optional) => { true };
    (@ required) => { false };
}
pub(crate) use columns;

/// The columns of a table's files: all, or all but the one that stands in the path.
pub(crate) fn stored<T: Table>(without: Option<&str>) -> impl Iterator<Item = &'static Column<T>> {
    T::COLUMNS.iter().filter(move |column| Some(column.name) != without)
}

/// The Arrow schema of the files: every field with its description.
pub(crate) fn schema<T: Table>(without: Option<&str>) -> Schema {
    let fields: Vec<Field> = stored::<T>(without)
        .map(|column| {
            let description = HashMap::from([("description".to_owned(), column.description.to_owned())]);
            Field::new(column.name, data_type(column.kind), column.nullable).with_metadata(description)
        })
        .collect();
    Schema::new(fields)
}

/// The Arrow type of a column.
pub(crate) fn data_type(kind: Type) -> DataType {
    match kind {
        Type::String => DataType::Utf8,
        Type::I32 => DataType::Int32,
        Type::I64 => DataType::Int64,
        Type::F32 => DataType::Float32,
        Type::F64 => DataType::Float64,
        Type::Bool => DataType::Boolean,
        Type::Day => DataType::Date32,
        Type::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        // Parquet has no timestamps in seconds: other readers would take them for integers.
        Type::WallClock => DataType::Timestamp(TimeUnit::Millisecond, None),
        Type::Strings => DataType::List(item(DataType::Utf8)),
        Type::Pairs(a, b) => list_of_struct(a, b, DataType::Utf8),
        Type::Counts(a, b) => list_of_struct(a, b, DataType::Int64),
        Type::Measures(a, b) => list_of_struct(a, b, DataType::Float64),
    }
}

/// The two fields of a list's struct.
pub(crate) fn pair_fields(first: &str, second: &str, second_type: DataType) -> Fields {
    Fields::from(vec![Field::new(first, DataType::Utf8, false), Field::new(second, second_type, false)])
}

/// The item of a list, named as the Parquet specification asks.
pub(crate) fn item(of: DataType) -> Arc<Field> {
    Arc::new(Field::new("element", of, false))
}

fn list_of_struct(first: &str, second: &str, second_type: DataType) -> DataType {
    DataType::List(item(DataType::Struct(pair_fields(first, second, second_type))))
}
