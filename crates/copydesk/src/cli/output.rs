//! What goes to standard output.

use std::io::{self, BufWriter, Write};

use copydesk::{Failure, Status};
use copydesk_types::Reject;

/// Runs a filter with standard output behind a buffer; tells what could not be read.
pub(super) fn filtered(
    filter: impl FnOnce(&mut (dyn Write + Send)) -> Result<Vec<Reject>, Failure>,
) -> Result<Status, Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    let rejects = filter(&mut out)
        .and_then(|rejects| out.flush().map(|()| rejects).map_err(|e| Failure::new(Status::Io, e)))
        .map_err(closed_is_done)?;
    for reject in &rejects {
        tracing::warn!(code = reject.code.name(), "{reject}");
    }
    Ok(if rejects.is_empty() { Status::Done } else { Status::Rejects })
}

/// Prints to standard output, in colour if it is a terminal that has them and `NO_COLOR` doesn't forbid.
pub(super) fn printed(print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Status, Failure> {
    let mut out = BufWriter::new(anstream::stdout());
    print(&mut out)
        .and_then(|()| out.flush())
        .map(|()| Status::Done)
        .map_err(|e| closed_is_done(Failure::new(Status::Io, e)))
}

/// A reader that has seen enough (`| head`) ends the program without complaint.
fn closed_is_done(failure: Failure) -> Failure {
    let closed = failure
        .error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
    if closed { Failure { status: Status::Done, ..failure } } else { failure }
}
