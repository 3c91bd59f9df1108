//! Figures of a run as a text file that Prometheus' node exporter collects.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use copydesk_tables::Run;

/// Writes the file whole or not at all, as the collector may look at any moment.
pub(crate) fn write(run: &Run, path: &Path) -> io::Result<()> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, text(run))?;
    fs::rename(&fresh, path)
}

/// The exposition format, <https://prometheus.io/docs/instrumenting/exposition_formats/>.
fn text(run: &Run) -> String {
    let seconds = run.finished_at.duration_since(run.started_at).as_secs_f64();
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, values: &[(String, f64)]| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# HELP copydesk_{name} {help}\n# TYPE copydesk_{name} gauge");
        for (labels, value) in values {
            let _ = writeln!(out, "copydesk_{name}{labels} {value}");
        }
    };
    let one = |value: f64| vec![(String::new(), value)];
    gauge("last_run_timestamp_seconds", "When the last run ended.", &one(run.finished_at.as_second() as f64));
    gauge("last_run_status", "Exit status of the last run.", &one(f64::from(run.status)));
    gauge("last_run_seconds", "How long it took.", &one(seconds));
    gauge("last_run_inputs", "Inputs given.", &one(run.inputs as f64));
    gauge("last_run_pages", "Pages read and kept.", &one(run.pages as f64));
    gauge("last_run_unchanged", "Inputs that had not changed.", &one(run.unchanged as f64));
    gauge("last_run_superseded", "Pages that another capture replaced.", &one(run.superseded as f64));
    gauge("last_run_rejected", "Inputs and records that could not be read.", &one(run.rejected as f64));
    gauge("last_run_read_bytes", "Bytes of pages read.", &one(run.bytes_in as f64));
    gauge("last_run_written_bytes", "Bytes of Parquet written.", &one(run.bytes_out as f64));
    gauge("last_run_peak_memory_bytes", "Largest resident set.", &one(run.peak_memory_bytes as f64));
    let rows: Vec<_> =
        run.rows.iter().map(|(table, n)| (format!("{{table=\"{table}\"}}"), *n as f64)).collect();
    gauge("last_run_rows", "Rows written.", &rows);
    let stages: Vec<_> =
        run.seconds.iter().map(|(stage, s)| (format!("{{stage=\"{stage}\"}}"), *s)).collect();
    gauge("last_run_stage_seconds", "Seconds by stage, summed over threads.", &stages);
    out
}
