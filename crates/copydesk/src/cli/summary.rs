//! What a run did, for a person to read in five seconds.

use std::fmt::Write as _;
use std::path::Path;

use copydesk_tables::Run;
use indicatif::{HumanBytes, HumanCount};

/// The same as a log line, for programs.
pub(crate) fn log(run: &Run) {
    tracing::info!(
        run_id = run.run_id,
        status = run.status,
        inputs = run.inputs,
        pages = run.pages,
        unchanged = run.unchanged,
        superseded = run.superseded,
        rejected = run.rejected,
        bytes_in = run.bytes_in,
        bytes_out = run.bytes_out,
        seconds = seconds(run),
        peak_memory_bytes = run.peak_memory_bytes,
        "run ended"
    );
}

/// A few lines.
pub(crate) fn summary(run: &Run, output: &Path) -> String {
    let human = |n: i64| HumanCount(n.try_into().unwrap_or(0)).to_string();
    let bytes = |n: i64| HumanBytes(n.try_into().unwrap_or(0)).to_string();
    let seconds = seconds(run);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(out, "{} pages from {} inputs", human(run.pages), human(run.inputs));
    for (count, what) in
        [(run.unchanged, "unchanged"), (run.superseded, "superseded"), (run.rejected, "rejected")]
    {
        if count > 0 {
            let _ = write!(out, ", {} {what}", human(count));
        }
    }
    let reasons: Vec<String> = run.reasons.iter().map(|(code, n)| format!("{n} {code}")).collect();
    if !reasons.is_empty() {
        let _ = write!(out, " ({})", reasons.join(", "));
    }
    let rows: Vec<String> = run.rows.iter().map(|&(table, n)| format!("{} {table}", human(n))).collect();
    let _ = writeln!(out, "\n{} in {}", rows.join(", "), output.display());
    let _ = writeln!(
        out,
        "{:.1} s, {:.1} MB/s, {} read, {} written, {} of memory at most",
        seconds,
        run.bytes_in as f64 / 1e6 / seconds.max(1e-3),
        bytes(run.bytes_in),
        bytes(run.bytes_out),
        bytes(run.peak_memory_bytes),
    );
    out
}

fn seconds(run: &Run) -> f64 {
    run.finished_at.duration_since(run.started_at).as_secs_f64()
}
