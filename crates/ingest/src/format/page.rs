//! A file that is one page: text or HTML.

use std::ops::ControlFlow;

use copydesk_types::{Flag, RejectCode};

use super::{Format, Job, Read, media_type, page_name};
use crate::bounded;
use crate::found::{Out, Position, Trouble};
use crate::unpack::{Packing, Unpacked};

pub(super) const FORMAT: Format = Format {
    name: "a page",
    extensions: &["txt", "html", "htm", "xhtml"],
    is: |_| false,
    looks_like: |_| true,
    read: Read::Stream(read),
};

/// Reads the page. Of a file in several members the broken ones are reported and the page made of the others.
fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    if job.from != Position::default() {
        return ControlFlow::Continue(());
    }
    let start = Position::default();
    let limit = job.settings.max_record_bytes;
    let mut bytes = Vec::new();
    let mut damaged = job.damaged;
    loop {
        let whole = bytes.len();
        let part = match stream.next_member() {
            Ok(false) => break,
            Ok(true) => bounded::append(&mut stream.member(), &mut bytes, limit),
            Err(error) => Err(error),
        };
        match part {
            Ok(true) => {}
            Ok(false) => return out.reject(start, Trouble::too_large(limit)),
            Err(error) => {
                bytes.truncate(whole);
                damaged = true;
                out.reject(start, Trouble::io(&error))?;
            }
        }
    }
    if damaged && bytes.is_empty() {
        return ControlFlow::Continue(());
    }
    if stream.packing() != Packing::Plain && Packing::of(&bytes) != Packing::Plain {
        let message = "compressed twice; expected a page inside";
        return out.reject(start, Trouble::new(RejectCode::UnknownFormat, message));
    }
    match media_type(job.source, &bytes) {
        Ok(media_type) => {
            let mut page = job.page(None, page_name(job.source), media_type, bytes);
            if damaged {
                page.flags.push(Flag::TruncatedInput);
            }
            if let (Some(sidecar), Some(path)) = (&job.settings.sidecar, job.path) {
                sidecar.complete(path, &mut page);
            }
            out.page(start, page)
        }
        Err(trouble) => out.reject(start, trouble),
    }
}
