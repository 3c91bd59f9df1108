//! Turns inputs into `Page`s or `Reject`s, in a fixed order.
//!
//! [`resolve`] makes arguments into a sorted list of [`Input`]s; [`read_from`] reads one of them record by record, from
//! the start or from where an earlier reading stopped. One record is in memory at a time, beside the buffers of the
//! decompressor; a limit on it is counted in decompressed bytes. Whatever cannot be read is reported as a reject with its
//! place, and reading goes on behind it where the format allows.

mod bounded;
mod dates;
mod fields;
mod format;
mod found;
mod input;
mod list;
mod raw;
mod resolve;
mod sidecar;
mod sniff;
mod texts;
mod unpack;

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use copydesk_types::{Page, Reject, RejectCode};

pub use fields::{Field, FieldError, FieldMap};
pub use format::page_name;
pub use found::{Counts, Found, Position, Sink};
pub use input::{Fingerprint, Input, Stamp};
pub use list::{Separator, read_list};
pub use resolve::{Error, resolve};
pub use sidecar::Sidecar;
pub use texts::{Layout, Text, texts};

use format::Job;
use found::{Out, Trouble};
use unpack::Unpacked;

/// Limits and hints for reading; checked before work starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Largest record, decompressed, in bytes.
    pub max_record_bytes: u64,
    /// Where tables keep what.
    pub fields: FieldMap,
    /// Whether the text of a table's text column is an article already.
    pub already_clean: bool,
    /// What is known about plain files beside their bytes.
    pub sidecar: Option<Arc<Sidecar>>,
}

impl Settings {
    /// What tells whether an input is told beside its bytes what it was told before.
    pub fn told(&self, input: &Input) -> u64 {
        match (&self.sidecar, input) {
            (Some(sidecar), Input::File(path)) => sidecar.print_of(path),
            _ => 0,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_record_bytes: 64 << 20, fields: FieldMap::default(), already_clean: false, sidecar: None }
    }
}

/// Reads the pages of one input in their order and hands each to `sink`, until it breaks.
pub fn read(
    settings: &Settings,
    input: &Input,
    sink: &mut dyn FnMut(Result<Page, Reject>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    read_from(settings, input, Position::default(), &mut |found| sink(found.result)).1
}

/// Reads one input from a position on, which an earlier reading of the same bytes gave, and counts what it meets.
///
/// Standard input is always read from where it stands.
pub fn read_from(
    settings: &Settings,
    input: &Input,
    from: Position,
    sink: &mut Sink<'_>,
) -> (Counts, ControlFlow<()>) {
    let source = input.source();
    let mut out = Out::new(&source, sink);
    let path = match input {
        Input::File(path) => Some(path.as_path()),
        Input::Stdin => None,
    };
    let mut job = Job { settings, source: &source, path, from, damaged: false };
    let stream = match path {
        Some(path) => input::open(path).and_then(|file| Unpacked::new(Box::new(file), &source)),
        None => Unpacked::new(Box::new(io::stdin().lock()), &source),
    };
    let flow = match stream {
        Ok(stream) => format::read(&mut job, stream, &mut out),
        Err(error) => {
            let code = match error.kind() {
                io::ErrorKind::InvalidInput => RejectCode::NotAFile,
                _ => RejectCode::Unreadable,
            };
            out.reject(from, Trouble::new(code, error.to_string()))
        }
    };
    (out.counts, flow)
}
