//! Lists what reading finds in the inputs that are named: a JSON line for every page and reject, then the counts.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;

use copydesk_ingest::{Counts, Position, Settings, read_from, resolve};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (inputs, rejects) = resolve(&arguments)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for reject in rejects {
        writeln!(
            out,
            "{}",
            json!({"source": reject.source, "code": reject.code.name(), "message": reject.message})
        )?;
    }
    let mut all = Counts::default();
    for input in &inputs {
        let (counts, flow) = read_from(&Settings::default(), input, Position::default(), &mut |found| {
            let line = match &found.result {
                Ok(page) => json!({
                    "source": page.source, "name": page.name, "url": page.url, "media_type": page.media_type.name(),
                    "fetched_at": page.fetched_at.map(|at| at.to_string()), "title": page.given.title,
                    "bytes": page.bytes.len(),
                }),
                Err(reject) => json!({
                    "source": reject.source, "code": reject.code.name(), "message": reject.message,
                    "offset": reject.offset, "line": reject.line,
                }),
            };
            match writeln!(out, "{line}") {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        all.add(&counts);
        if flow.is_break() {
            break;
        }
    }
    writeln!(
        out,
        "{}",
        json!({"records": all.records, "pages": all.pages, "rejects": all.rejects, "revisits": all.revisits,
               "skipped": all.skipped})
    )?;
    Ok(out.flush()?)
}
