//! How the program ends.

use std::fmt;

/// Exit status, in part after BSD's sysexits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// All inputs were read.
    Done = 0,
    /// Failed, did not finish.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Finished, but some inputs could not be read.
    Rejects = 3,
    /// An argument or glob matches nothing.
    NoInput = 66,
    /// The output cannot be created.
    CannotCreate = 73,
    /// Reading or writing failed.
    Io = 74,
    /// Another run holds the output: try later.
    Held = 75,
    /// The configuration is wrong, or the output was written by another contract version.
    Config = 78,
    /// Stopped by SIGINT.
    Interrupted = 130,
    /// Stopped by SIGTERM.
    Terminated = 143,
}

impl Status {
    /// For `--help` and the man page.
    pub const HELP: &str = "\
Exit status:
  0    all inputs were read
  1    failed, did not finish
  2    the command line is wrong
  3    finished, but some inputs could not be read (see the table rejects)
  66   an argument or glob matches nothing
  73   the output cannot be created
  74   reading or writing failed
  75   another run holds the output: try later, or use --wait
  78   wrong configuration, or an output of another contract version
  130  stopped by SIGINT
  143  stopped by SIGTERM";
}

/// An error that ends the program, with the status it ends with.
#[derive(Debug)]
pub struct Failure {
    /// How the program ends.
    pub status: Status,
    /// Why, the outermost cause first.
    pub error: anyhow::Error,
}

impl Failure {
    /// Ends with `status` because of `error`.
    pub fn new(status: Status, error: impl Into<anyhow::Error>) -> Self {
        Self { status, error: error.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}

impl From<copydesk_tables::Error> for Failure {
    fn from(error: copydesk_tables::Error) -> Self {
        use copydesk_tables::ErrorKind;
        let status = match error.kind() {
            ErrorKind::CannotCreate => Status::CannotCreate,
            ErrorKind::Io | ErrorKind::Format => Status::Io,
            ErrorKind::Held => Status::Held,
            ErrorKind::OtherContract => Status::Config,
        };
        Self::new(status, error)
    }
}

impl From<copydesk_ingest::Error> for Failure {
    fn from(error: copydesk_ingest::Error) -> Self {
        Self::new(Status::NoInput, error)
    }
}
