//! Finds the records of a WARC archive, whole or broken.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use copydesk_types::RejectCode;

use super::header::{self, Header};
use crate::bounded;
use crate::found::{Position, Trouble};
use crate::input;
use crate::sniff::{self, Kind};
use crate::unpack::{Packing, Unpacked};

/// Longest header, in bytes. Long addresses are what makes one long; servers refuse them past 8 to 16 KB.
const HEADER_MAX: usize = 64 << 10;

/// Bytes looked at a time in search of the next record.
const SEARCH_STEP: usize = 32 << 10;

/// Longest start of a record: the line break before it and `WARC/1.`.
const START_MAX: usize = 8;

/// Bytes of a block past the limit that are kept to tell what it is.
const PREFIX: u64 = 64 << 10;

/// How much of one compressed member is decoded only to get past it, in limits of a record.
const SKIP_LIMITS: u64 = 16;

/// What stands between two records.
const RECORD_END: &[u8] = b"\r\n\r\n";

/// Bytes that show whether a record ends before them.
const END_MAX: usize = 4 * RECORD_END.len() + START_MAX;

/// Something met in an archive.
pub(super) enum Step {
    /// A whole record, its block as stored.
    Record(Header, Vec<u8>),
    /// A whole record past the limit: only the start of its block.
    Oversize(Header, Vec<u8>),
    /// What cannot be read.
    Trouble(Trouble),
    /// The end of the archive.
    End,
}

/// The records of an archive.
pub(super) struct Records<'a> {
    stream: &'a mut Unpacked,
    /// A second view of a plain file, to look whether a record ends where its header says before reading that far.
    probe: Option<File>,
    limit: u64,
    /// Bytes that may still be read twice, which keeps hostile lengths in a pipe from making reading quadratic.
    reread: u64,
    first: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a mut Unpacked, path: Option<&Path>, limit: u64) -> Self {
        let plain = path.filter(|_| stream.packing() == Packing::Plain);
        let probe = plain.and_then(|path| input::open(path).ok());
        Self { stream, probe, limit, reread: limit.saturating_mul(SKIP_LIMITS), first: true }
    }

    /// The next record and where it starts.
    pub(super) fn next(&mut self) -> (Position, Step) {
        match self.find_record() {
            Ok(true) => {}
            Ok(false) => return (self.stream.place(), Step::End),
            Err(error) => return (self.stream.place(), Step::Trouble(Trouble::io(&error))),
        }
        let position = self.stream.place();
        let step = self.record();
        self.first = false;
        (position, step.unwrap_or_else(Step::Trouble))
    }

    /// Moves past line breaks to whatever stands next, into the next member if need be.
    fn find_record(&mut self) -> io::Result<bool> {
        loop {
            let next = self.stream.peek(START_MAX)?;
            let blank = next.iter().take_while(|byte| b"\r\n".contains(byte)).count();
            if next.is_empty() {
                if !self.stream.next_member()? {
                    return Ok(false);
                }
            } else if blank == 0 {
                return Ok(true);
            } else {
                self.stream.skip(blank);
            }
        }
    }

    fn record(&mut self) -> Result<Step, Trouble> {
        let header = match self.header() {
            Ok(header) => header,
            Err(trouble) => {
                self.search();
                return Err(trouble);
            }
        };
        let length = header.content_length;
        if self.probe.is_some() && !self.ends_at(self.stream.place().byte + length) {
            return Err(self.misplaced_end(length));
        }
        let oversize = length > self.limit;
        let mut block = Vec::new();
        let kept = if oversize { PREFIX.min(length) } else { length };
        let read = bounded::append(&mut self.stream.member().take(kept), &mut block, kept);
        read.map_err(|error| Trouble::io(&error))?;
        let whole = if oversize {
            self.pass_over(length - block.len() as u64)?
        } else {
            block.len() as u64 == length
        };
        if !whole || !self.ends()? {
            return Err(self.wrong_length(length, &block));
        }
        Ok(if oversize { Step::Oversize(header, block) } else { Step::Record(header, block) })
    }

    /// Reads a record's header.
    fn header(&mut self) -> Result<Header, Trouble> {
        let mut wanted = 1 << 10;
        loop {
            let window = self.stream.peek(wanted).map_err(|error| Trouble::io(&error))?;
            if !header::is_start(window) {
                return Err(Trouble::new(RejectCode::BadRecord, no_record(window, self.first)));
            }
            let window = &window[..window.len().min(HEADER_MAX)];
            let next = next_start(window);
            if let Some(end) = blank_line(&window[..next.unwrap_or(window.len())]) {
                // A header that cannot be read stays where it is: the next record may stand in what was taken for it.
                let header = header::parse(&window[..end])?;
                self.stream.skip(end);
                return Ok(header);
            }
            if next.is_some() {
                let message = "WARC header: another record starts before its blank line";
                return Err(Trouble::new(RejectCode::BadRecord, message));
            }
            if window.len() >= HEADER_MAX {
                let message = format!("WARC header: no blank line in {HEADER_MAX} bytes");
                return Err(Trouble::new(RejectCode::BadRecord, message));
            }
            if window.len() < wanted {
                return Err(Trouble::new(RejectCode::Truncated, "the archive ends inside a WARC header"));
            }
            wanted *= 4;
        }
    }

    /// Passes over what is left of a block that is too large to keep; false where the member ends before.
    fn pass_over(&mut self, mut left: u64) -> Result<bool, Trouble> {
        let mut budget = self.skip_budget();
        while left > 0 {
            let available = self.stream.peek(1).map_err(|error| Trouble::io(&error))?.len() as u64;
            if available == 0 {
                return Ok(false);
            }
            let passed = available.min(left);
            if budget < passed {
                self.stream.abandon_member();
                return Err(Trouble::too_large(self.limit));
            }
            self.stream.skip(passed as usize);
            budget -= passed;
            left -= passed;
        }
        Ok(true)
    }

    /// Whether the record ends here. At the end of a compressed member this is where its checksum is tested.
    fn ends(&mut self) -> Result<bool, Trouble> {
        self.stream.peek(END_MAX).map(is_end).map_err(|error| Trouble::io(&error))
    }

    /// Whether a record of a plain file ends at `offset`.
    fn ends_at(&mut self, offset: u64) -> bool {
        let Some(probe) = &mut self.probe else { return true };
        let mut bytes = Vec::new();
        let read = probe.metadata().and_then(|metadata| {
            probe.seek(SeekFrom::Start(offset))?;
            probe.take(END_MAX as u64).read_to_end(&mut bytes)?;
            Ok(metadata.len())
        });
        read.is_ok_and(|size| offset <= size && is_end(&bytes))
    }

    /// A record of a plain file that does not end where its header says: goes to the next one.
    fn misplaced_end(&mut self, length: u64) -> Trouble {
        let start = self.stream.place().byte;
        if self.search() {
            return wrong_length(length, self.stream.place().byte - start);
        }
        match self.stream.place().byte - start {
            rest if rest < length => cut(length, rest),
            rest => wrong_length(length, rest),
        }
    }

    /// A record whose block is shorter than its header says, or goes on behind its end: goes to the next one, which may
    /// stand in what was taken for the block.
    fn wrong_length(&mut self, length: u64, block: &[u8]) -> Trouble {
        if let Some(at) = next_start(block)
            && self.reread >= (block.len() - at) as u64
        {
            self.reread -= (block.len() - at) as u64;
            self.stream.unread(&block[at..]);
            return wrong_length(length, at as u64);
        }
        if block.len() as u64 == length {
            self.search();
            return Trouble::new(
                RejectCode::BadRecord,
                format!("the record goes on behind its {length} bytes"),
            );
        }
        match self.stream.packing() {
            Packing::Plain => cut(length, block.len() as u64),
            _ => wrong_length(length, block.len() as u64),
        }
    }

    /// Moves to the start of the next record in the current member; false if there is none and the member is read up.
    fn search(&mut self) -> bool {
        let mut budget = self.skip_budget();
        // What stands here was found wanting already.
        self.stream.skip(1);
        while let Ok(window @ [_, ..]) = self.stream.peek(SEARCH_STEP) {
            let length = window.len();
            if let Some(at) = next_start(window) {
                self.stream.skip(at);
                return true;
            }
            // A start may straddle two windows, unless this is the last one.
            let passed = if length < SEARCH_STEP { length } else { length - START_MAX };
            self.stream.skip(passed);
            budget = budget.saturating_sub(passed as u64);
            if budget == 0 {
                self.stream.abandon_member();
            }
        }
        false
    }

    /// Bytes that may be passed over in search of something: any number of stored ones, but not of a bomb's.
    fn skip_budget(&self) -> u64 {
        match self.stream.packing() {
            Packing::Plain => u64::MAX,
            _ => self.limit.saturating_mul(SKIP_LIMITS),
        }
    }
}

/// Where the first record starts that does not stand at the very front.
fn next_start(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"\nWARC/").map(|at| at + 1).find(|&at| header::is_start(&bytes[at..]))
}

/// Whether a record may end before these bytes: two line breaks, or none to one if a record follows or nothing. Some writers
/// leave breaks out; what is whole without them is not thrown away for it.
fn is_end(next: &[u8]) -> bool {
    let rest = next.trim_ascii_start();
    next.starts_with(RECORD_END) || rest.is_empty() || header::is_start(rest)
}

/// The end of a header's blank line.
fn blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| {
        let blank = bytes[at + 1..].iter().take_while(|&&byte| byte == b'\r').count();
        let end = at + 1 + blank;
        (bytes.get(end) == Some(&b'\n')).then_some(end + 1)
    })
}

/// What is said of bytes that should be a record.
fn no_record(window: &[u8], first: bool) -> String {
    let found = match sniff::kind(window) {
        _ if !first => "other bytes",
        Kind::Html => "HTML",
        Kind::Text => "text",
        Kind::Other(what) => what,
    };
    format!("expected a WARC record (`WARC/1.0`), found {found}")
}

fn wrong_length(length: u64, found: u64) -> Trouble {
    let message = format!("Content-Length is {length}, but the record ends after {found} bytes");
    Trouble::new(RejectCode::BadRecord, message)
}

fn cut(length: u64, found: u64) -> Trouble {
    let message = format!("the archive ends {found} bytes into a block of {length}");
    Trouble::new(RejectCode::Truncated, message).bytes(found)
}
