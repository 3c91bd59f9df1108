//! The command `copydesk`: arguments in, exit status out. Data goes to standard output, all else to standard error.

#![allow(clippy::print_stderr, reason = "the program's own messages")]

mod cli;

use std::process::ExitCode;

use clap::Parser;
use copydesk::Status;

fn main() -> ExitCode {
    let arguments = match cli::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors: clap prints them to standard output.
            let status = if error.use_stderr() { Status::Usage } else { Status::Done };
            let _ = error.print();
            return ExitCode::from(status as u8);
        }
    };
    let status = cli::execute(arguments).unwrap_or_else(|failure| {
        if failure.status == Status::Done {
            return Status::Done;
        }
        eprintln!("copydesk: {failure}");
        failure.status
    });
    ExitCode::from(status as u8)
}
