//! What can go wrong with an output.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong, by what the caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The output folder cannot be created or written to.
    CannotCreate,
    /// Reading, writing, syncing or renaming failed.
    Io,
    /// Another run holds the output.
    Held,
    /// The output was written by another contract version.
    OtherContract,
    /// A file of the output is not what a run writes.
    Format,
}

/// An error of the output, with the path it concerns.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    message: String,
    cause: Option<io::Error>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path, message: impl Into<String>) -> Self {
        Self { kind, path: path.to_owned(), message: message.into(), cause: None }
    }

    /// A failed operation of the file system: `cannot {verb} {path}: {cause}`.
    pub(crate) fn io(verb: &str, path: &Path, cause: io::Error) -> Self {
        let message = format!("cannot {verb} it");
        Self { kind: ErrorKind::Io, path: path.to_owned(), message, cause: Some(cause) }
    }

    /// The same error under another kind.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// What the caller can do about it.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|e| e as _)
    }
}
