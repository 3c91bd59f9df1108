//! Turns `Story`s into Arrow batches and Parquet files; holds the public schema.
//!
//! A table is declared once (`contract/`), a line a column; schema, builders, JSON and documentation come from there.
//! Only this crate knows Arrow, column names and code points, and only this crate writes an output folder.

mod batch;
mod cell;
mod checkpoint;
mod compact;
mod contract;
mod dataset;
mod docs;
mod error;
mod file;
mod journal;
mod json;
mod listing;
mod offsets;
mod pages;
mod part;
mod partition;
mod progress;
mod publish;
mod retention;
mod rewrite;
mod rows;
mod source;
mod spool;
mod staging;
mod state;
mod table;
mod verify;

pub use cell::{Cell, Type};
pub use contract::{
    Blocks, CONTRACT_VERSION, Documents, Entities, Quantities, RejectRow, Rejects, Run, Runs, value_text,
};
pub use dataset::{Dataset, Scope, Wait};
pub use docs::schema_docs;
pub use error::{Error, ErrorKind};
pub use json::json;
pub use part::DEFAULT_PART_BYTES;
pub use partition::Partitioning;
pub use rows::{BlockRow, FindingRow, Pressed};
pub use staging::{Counts, Staging};
pub use state::{InputState, PageState, State};
pub use table::{Column, Table};
pub use verify::{Overview, overview, verify};
