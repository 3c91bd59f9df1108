//! From arguments to work.

mod arguments;
mod logging;
mod progress;
mod summary;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, anyhow};
use clap::CommandFactory;
use copydesk::{Failure, Status, explain, filter, run};
use copydesk_types::Reject;
use signal_hook::flag;

pub(crate) use arguments::Arguments;
use arguments::{Command, Common, ExplainArguments, ExtractArguments, RunArguments, TextFormat};

/// Carries out a command.
pub(crate) fn execute(arguments: Arguments) -> Result<Status, Failure> {
    let common = &arguments.common;
    logging::start(common);
    match &arguments.command {
        Command::Run(run) => run_command(common, run),
        Command::Clean(clean) => {
            let settings = settings(common, &clean.inputs, clean.no_site_memory, Path::new(""));
            if clean.inputs.iter().any(|input| input == "-") {
                tracing::info!(
                    "standard input is read once: templates of sites are told from what was read before"
                );
            }
            filtered(|out| filter::clean(&settings, &stop(), out))
        }
        Command::Extract(extract) => extract_command(common, extract),
        Command::Explain(explain) => explain_command(explain),
        Command::Schema => printed(|out| write!(out, "{}", copydesk_tables::schema_docs())),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "copydesk", &mut script);
            printed(|out| out.write_all(&script))
        }
        Command::Man => {
            let page = clap_mangen::Man::new(Arguments::command());
            printed(|out| page.render(out))
        }
    }
}

fn settings(common: &Common, inputs: &[String], no_site_memory: bool, output: &Path) -> run::Settings {
    run::Settings {
        inputs: inputs.to_vec(),
        output: output.to_owned(),
        threads: common.threads(),
        full: false,
        prune: false,
        site_memory: !no_site_memory,
        ingest: copydesk_ingest::Settings::default(),
    }
}

fn run_command(common: &Common, arguments: &RunArguments) -> Result<Status, Failure> {
    let settings = run::Settings {
        full: arguments.full,
        prune: arguments.prune,
        ..settings(common, &arguments.inputs, arguments.no_site_memory, &arguments.output)
    };
    let progress = progress::Bars::new(common.quiet);
    let row = run::run(&settings, &progress, &stop())?;
    if !common.quiet {
        eprint!("{}", summary::summary(&row, &settings.output));
    }
    Ok(if row.rejected == 0 { Status::Done } else { Status::Rejects })
}

fn extract_command(common: &Common, arguments: &ExtractArguments) -> Result<Status, Failure> {
    let format = match arguments.format {
        TextFormat::Text => filter::Format::Text,
        TextFormat::Jsonl => filter::Format::JsonLines,
    };
    let threads = common.threads();
    let path = Path::new(&arguments.input);
    if arguments.input == "-" {
        return filtered(|out| filter::extract(threads, format, "-", &mut BufReader::new(io::stdin()), out));
    }
    let file = File::open(path)
        .with_context(|| format!("cannot read {}", path.display()))
        .map_err(|e| Failure::new(Status::NoInput, e))?;
    let name = copydesk_ingest::page_name(&arguments.input);
    filtered(|out| filter::extract(threads, format, &name, &mut BufReader::new(file), out))
}

fn explain_command(arguments: &ExplainArguments) -> Result<Status, Failure> {
    let page = one_page(&arguments.page)?;
    let story =
        copydesk::analysis::story(&copydesk::Rules::load(), None, &copydesk::Stopwatch::default(), &page)
            .map_err(|reject| Failure::new(Status::Failed, anyhow!("{reject}")))?;
    printed(|out| explain::explain(&story, out))
}

/// The first page of an input.
fn one_page(input: &str) -> Result<copydesk_types::Page, Failure> {
    let (inputs, _) = copydesk_ingest::resolve(&[input.to_owned()])?;
    let mut found = None;
    for input in &inputs {
        let flow = copydesk_ingest::read(&copydesk_ingest::Settings::default(), input, &mut |page| {
            found = Some(page);
            std::ops::ControlFlow::Break(())
        });
        if flow.is_break() {
            break;
        }
    }
    match found {
        Some(Ok(page)) => Ok(page),
        Some(Err(reject)) => Err(Failure::new(Status::Failed, anyhow!("{reject}"))),
        None => Err(Failure::new(Status::NoInput, anyhow!("{input}: holds no page"))),
    }
}

/// Runs a filter with standard output behind a buffer; tells what could not be read.
fn filtered(
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
fn printed(print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Status, Failure> {
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

/// Holds the number of the first SIGINT or SIGTERM that comes; a second one ends the program at once.
fn stop() -> Arc<run::Stop> {
    let stop = Arc::new(run::Stop::new(0));
    let armed = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Registration fails for signals that cannot be caught only. The order matters: what shuts down looks at what
        // the signal before it has armed.
        let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&armed));
        let _ = flag::register(signal, Arc::clone(&armed));
        let _ = flag::register_usize(signal, Arc::clone(&stop), signal.unsigned_abs() as usize);
    }
    stop
}
