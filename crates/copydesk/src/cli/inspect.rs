//! `copydesk inspect`: what stands in an output.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use indicatif::{HumanBytes, HumanCount};

/// A line a table, and what the output remembers.
pub(crate) fn inspect(output: &Path, out: &mut dyn Write) -> Result<()> {
    for table in copydesk_tables::overview(output)? {
        writeln!(
            out,
            "{:<12} {:>12} rows {:>6} files {:>12}",
            table.name,
            HumanCount(table.rows).to_string(),
            HumanCount(table.files).to_string(),
            HumanBytes(table.bytes).to_string()
        )?;
    }
    if let Some(state) = copydesk_tables::Dataset::peek(output)? {
        let pages: usize = state.inputs.values().map(|input| input.pages.len()).sum();
        writeln!(out, "made with    {}", state.made_with)?;
        writeln!(out, "remembers    {} inputs, {pages} captures of pages", state.inputs.len())?;
    }
    Ok(())
}
