//! What reading an input gives: pages and rejects, each with its place, and counts at the end.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::ControlFlow;

use copydesk_types::{Page, Reject, RejectCode};

use crate::unpack::Damage;

/// Where a record starts in its input; reading can start there again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Byte in the input as stored: of the record, or of the compressed member that holds it.
    pub byte: u64,
    /// Decompressed bytes of that member before the record.
    pub within: u64,
    /// Records of a table, lines or members of an archive before it; 0 where the bytes suffice.
    pub ordinal: u64,
}

impl fmt::Display for Position {
    /// `1234`, or `1234+567` for a record that does not open its compressed member.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.byte)?;
        if self.within > 0 {
            write!(f, "+{}", self.within)?;
        }
        Ok(())
    }
}

/// A page or a reject, and where its record starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where its record starts.
    pub position: Position,
    /// What came of it.
    pub result: Result<Page, Reject>,
}

/// What was met in an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Whole records, of every type and whatever came of them; a plain file is one.
    pub records: u64,
    /// Records that became pages.
    pub pages: u64,
    /// Records that could not be read.
    pub rejects: u64,
    /// WARC records that say "as before".
    pub revisits: u64,
    /// Whole records that are no pages, by what they are.
    pub skipped: BTreeMap<&'static str, u64>,
}

impl Counts {
    /// Adds the counts of another input.
    pub fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.pages += other.pages;
        self.rejects += other.rejects;
        self.revisits += other.revisits;
        for (what, count) in &other.skipped {
            *self.skipped.entry(what).or_default() += count;
        }
    }
}

/// Receives what is found, until it breaks.
pub type Sink<'a> = dyn FnMut(Found) -> ControlFlow<()> + 'a;

/// The sink of one input, with its counts and the input's name at hand.
pub(crate) struct Out<'a> {
    sink: &'a mut Sink<'a>,
    source: &'a str,
    pub(crate) counts: Counts,
}

impl<'a> Out<'a> {
    pub(crate) fn new(source: &'a str, sink: &'a mut Sink<'a>) -> Self {
        Self { sink, source, counts: Counts::default() }
    }

    /// Hands over a page.
    pub(crate) fn page(&mut self, position: Position, page: Page) -> ControlFlow<()> {
        self.counts.records += 1;
        self.counts.pages += 1;
        (self.sink)(Found { position, result: Ok(page) })
    }

    /// Counts a whole record that is no page.
    pub(crate) fn skip(&mut self, what: &'static str) {
        self.counts.records += 1;
        *self.counts.skipped.entry(what).or_default() += 1;
    }

    /// Counts a record that says "as before".
    pub(crate) fn revisit(&mut self) {
        self.counts.records += 1;
        self.counts.revisits += 1;
    }

    /// Hands over a reject.
    pub(crate) fn reject(&mut self, position: Position, trouble: Trouble) -> ControlFlow<()> {
        self.counts.rejects += 1;
        let Trouble { code, message, locator, offset, line, bytes } = trouble;
        let source = match locator {
            Some(locator) => format!("{}#{locator}", self.source),
            None => self.source.to_owned(),
        };
        (self.sink)(Found { position, result: Err(Reject { source, code, message, offset, line, bytes }) })
    }
}

/// A reject in the making: all but the input's name.
#[derive(Debug)]
pub(crate) struct Trouble {
    code: RejectCode,
    message: String,
    locator: Option<String>,
    offset: Option<u64>,
    line: Option<u64>,
    bytes: Option<u64>,
}

impl Trouble {
    /// Trouble with the input as a whole, or with what [`locator`](Self::locator) will name.
    pub(crate) fn new(code: RejectCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), locator: None, offset: None, line: None, bytes: None }
    }

    /// Trouble that reading or decompressing gave.
    pub(crate) fn io(error: &io::Error) -> Self {
        match Damage::of(error) {
            Some(damage) => {
                let code = if damage.truncated { RejectCode::Truncated } else { RejectCode::BadCompression };
                Self::new(code, damage.to_string()).offset(damage.offset)
            }
            None if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::new(RejectCode::Truncated, error.to_string())
            }
            None => Self::new(RejectCode::Unreadable, error.to_string()),
        }
    }

    /// A record past the limit of decompressed bytes.
    pub(crate) fn too_large(limit: u64) -> Self {
        let message =
            format!("more than {limit} bytes; --max-record takes larger ones, given enough --memory-limit");
        Self::new(RejectCode::TooLarge, message)
    }

    pub(crate) fn locator(self, locator: impl Into<String>) -> Self {
        Self { locator: Some(locator.into()), ..self }
    }

    pub(crate) fn offset(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
    }

    pub(crate) fn line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    pub(crate) fn bytes(self, bytes: u64) -> Self {
        Self { bytes: Some(bytes), ..self }
    }
}
