//! `runs`.

use jiff::Timestamp;

use crate::cell::{Cell, Type};
use crate::table::{Column, Table, columns};

/// The table `runs`.
#[derive(Debug)]
pub struct Runs;

/// What one run did: a row of `runs`, and its summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Identifies the run.
    pub run_id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// Exit status.
    pub status: i32,
    /// The program's version.
    pub version: String,
    /// The contract's version.
    pub contract_version: String,
    /// JSON.
    pub settings: String,
    /// Files and streams read.
    pub inputs: i64,
    /// Pages read.
    pub pages: i64,
    /// Inputs that had not changed.
    pub unchanged: i64,
    /// Pages that another capture of the same address replaced.
    pub superseded: i64,
    /// Inputs and records that could not be read.
    pub rejected: i64,
    /// The same by code; no column, as `rejects` has a row for each.
    pub reasons: Vec<(&'static str, usize)>,
    /// Decompressed bytes read.
    pub bytes_in: i64,
    /// Bytes of Parquet written.
    pub bytes_out: i64,
    /// Rows written by table.
    pub rows: Vec<(&'static str, i64)>,
    /// Seconds by stage, summed over threads.
    pub seconds: Vec<(&'static str, f64)>,
    /// Largest resident set.
    pub peak_memory_bytes: i64,
    /// Threads.
    pub threads: i32,
}

impl Table for Runs {
    type Row<'a> = Run;
    const NAME: &'static str = "runs";
    const ROW: &'static str = "one row a run";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        run_id: Type::String, required = row.run_id.as_str(), "identifies the run";
        started_at: Type::Instant, required = row.started_at, "when it began";
        finished_at: Type::Instant, required = row.finished_at, "when it ended";
        status: Type::I32, required = row.status, "exit status";
        version: Type::String, required = row.version.as_str(), "the program's version";
        contract_version: Type::String, required = row.contract_version.as_str(), "the contract's version";
        settings: Type::String, required = row.settings.as_str(), "JSON, with the hash of the site memory at the start";
        inputs: Type::I64, required = row.inputs, "files and streams read";
        pages: Type::I64, required = row.pages, "pages read";
        unchanged: Type::I64, required = row.unchanged, "inputs that had not changed";
        superseded: Type::I64, required = row.superseded, "pages that another capture of the same address replaced";
        rejected: Type::I64, required = row.rejected, "inputs and records that could not be read";
        bytes_in: Type::I64, required = row.bytes_in, "bytes of pages read, decompressed";
        bytes_out: Type::I64, required = row.bytes_out, "bytes of Parquet written";
        rows: Type::Counts("table", "rows"), required = Cell::Counts(row.rows.clone()), "rows written, by table";
        seconds: Type::Measures("stage", "seconds"), required = Cell::Measures(row.seconds.clone()),
            "seconds by stage, summed over threads";
        peak_memory_bytes: Type::I64, required = row.peak_memory_bytes, "largest resident set";
        threads: Type::I32, required = row.threads, "threads";
    };
}
