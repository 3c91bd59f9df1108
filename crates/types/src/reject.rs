//! What could not be read, and why.

use std::fmt;

/// Why an input, or a record in it, could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RejectCode {
    /// The file cannot be opened or read.
    Unreadable,
    /// Not a regular file: a FIFO, a socket, a device.
    NotAFile,
    /// The bytes are of a kind that copydesk does not read.
    UnknownFormat,
    /// Compressed data is broken.
    BadCompression,
    /// The input ends inside a record.
    Truncated,
    /// Larger than a limit allows.
    TooLarge,
    /// A record breaks its format's rules.
    BadRecord,
    /// A table has no column to read pages from, or one of the wrong type.
    BadColumn,
    /// A container without any record.
    NoRecords,
    /// The page made the program fail; the page alone is lost.
    Internal,
}

impl RejectCode {
    /// Every code.
    pub const ALL: [Self; 10] = [
        Self::Unreadable,
        Self::NotAFile,
        Self::UnknownFormat,
        Self::BadCompression,
        Self::Truncated,
        Self::TooLarge,
        Self::BadRecord,
        Self::BadColumn,
        Self::NoRecords,
        Self::Internal,
    ];

    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NotAFile => "not_a_file",
            Self::UnknownFormat => "unknown_format",
            Self::BadCompression => "bad_compression",
            Self::Truncated => "truncated",
            Self::TooLarge => "too_large",
            Self::BadRecord => "bad_record",
            Self::BadColumn => "bad_column",
            Self::NoRecords => "no_records",
            Self::Internal => "internal",
        }
    }
}

/// One input or record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The input as found, `#` and the record's locator.
    pub source: String,
    /// Why.
    pub code: RejectCode,
    /// What was expected and what was found.
    pub message: String,
    /// Byte in the input.
    pub offset: Option<u64>,
    /// Line in the input, from 1.
    pub line: Option<u64>,
    /// Bytes lost, where known.
    pub bytes: Option<u64>,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.message)?;
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        } else if let Some(offset) = self.offset {
            write!(f, " (byte {offset})")?;
        }
        Ok(())
    }
}
