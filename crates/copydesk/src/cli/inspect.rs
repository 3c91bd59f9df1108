//! `copydesk inspect`: what stands in an output.

use std::fmt::Write as _;
use std::path::Path;

use copydesk::Failure;
use copydesk_tables::{Dataset, overview};
use indicatif::{HumanBytes, HumanCount};

/// A line a table, and what the output remembers.
pub(crate) fn inspect(output: &Path) -> Result<String, Failure> {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for table in overview(output)? {
        let [rows, files] = [table.rows, table.files].map(|n| HumanCount(n).to_string());
        let bytes = HumanBytes(table.bytes).to_string();
        let _ = writeln!(out, "{:<12} {rows:>12} rows {files:>6} files {bytes:>12}", table.name);
    }
    if let Some(state) = Dataset::peek(output)? {
        let pages: usize = state.inputs.values().map(|input| input.pages.len()).sum();
        let _ = writeln!(out, "partitions   {}", state.partitioning);
        let _ = writeln!(out, "made with    {}", state.made_with);
        let _ = writeln!(out, "remembers    {} inputs, {pages} captures of pages", state.inputs.len());
    }
    Ok(out)
}
