//! From arguments to work.

mod arguments;
mod doctor;
mod inspect;
mod layers;
mod logging;
mod metrics;
mod progress;
mod summary;

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, anyhow};
use clap::CommandFactory;
use copydesk::{Crew, Failure, Selection, Status, dry_run, explain, explain_html, filter, run};
use copydesk_ingest::{Input, Layout, Separator};
use copydesk_tables::{DEFAULT_PART_BYTES, Dataset, Wait};
use copydesk_types::Reject;
use signal_hook::flag;

pub(crate) use arguments::Arguments;
use arguments::{
    Command, Common, ConfigCommand, ExplainArguments, ExtractArguments, InputArguments, OutputArgument,
    RunArguments, TextFormat,
};
use layers::Layers;

/// Carries out a command.
pub(crate) fn execute(arguments: Arguments) -> Result<Status, Failure> {
    let common = &arguments.common;
    let layers =
        Layers::load(common.config.as_deref()).map_err(|error| Failure::new(Status::Config, error))?;
    logging::start(common, &layers)?;
    // Past a limit on the size of files a write fails, rather than a signal ends the program in its middle.
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    match &arguments.command {
        Command::Run(run) => run_command(common, &layers, run),
        Command::Clean(clean) => {
            let settings = settings(common, &layers, &clean.input, PathBuf::new())?;
            if settings.inputs.iter().any(|input| input == "-") {
                tracing::info!("standard input is read once: each page of it is labelled by itself");
            }
            filtered(|out| filter::clean(&settings, out))
        }
        Command::Extract(extract) => extract_command(common, &layers, extract),
        Command::Explain(explain) => explain_command(explain),
        Command::Verify(at) => verify_command(existing(at)?),
        Command::Inspect(at) => {
            let told = inspect::inspect(existing(at)?)?;
            printed(|out| out.write_all(told.as_bytes()))
        }
        Command::Compact(at) => {
            let gone = Dataset::open(existing(at)?, Wait::No)?.compact()?;
            tracing::info!("{gone} files merged into others");
            Ok(Status::Done)
        }
        Command::Doctor => doctor::doctor(),
        Command::Config(ConfigCommand::Show) => printed(|out| show(common, &layers, out)),
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

/// How many threads work, and in how much memory.
fn crew(common: &Common, layers: &Layers) -> Result<Crew, Failure> {
    let threads = layers.parsed(layers::THREADS, common.threads.clone(), layers::count)?;
    let memory = layers.parsed(layers::MEMORY_LIMIT, common.memory_limit.clone(), layers::size)?;
    let threads = threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    Crew::new(threads, memory.unwrap_or_else(copydesk::default_limit))
}

/// The largest page or text, in bytes.
fn max_record(common: &Common, layers: &Layers) -> Result<u64, Failure> {
    let given = layers.parsed(layers::MAX_RECORD, common.max_record.clone(), layers::size)?;
    Ok(given.unwrap_or_else(|| copydesk_ingest::Settings::default().max_record_bytes))
}

/// Checks what was asked for before any work starts.
fn settings(
    common: &Common,
    layers: &Layers,
    given: &InputArguments,
    output: PathBuf,
) -> Result<run::Settings, Failure> {
    let no_memory = given.no_site_memory.then(|| "false".to_owned());
    let site_memory = layers.parsed(layers::SITE_MEMORY, no_memory, layers::truth)?;
    let mut ingest = copydesk_ingest::Settings {
        max_record_bytes: max_record(common, layers)?,
        already_clean: given.no_clean,
        ..Default::default()
    };
    for pairs in &given.field {
        ingest.fields.tell(pairs).map_err(|e| Failure::new(Status::Usage, anyhow!("--field: {e}")))?;
    }
    if let Some(path) = &given.meta {
        let (sidecar, rejects) = copydesk_ingest::Sidecar::load(path)
            .with_context(|| format!("cannot read {}", path.display()))
            .map_err(|e| Failure::new(Status::NoInput, e))?;
        for reject in rejects {
            tracing::warn!(code = reject.code.name(), "{reject}");
        }
        ingest.sidecar = Some(Arc::new(sidecar));
    }
    let mut inputs = given.inputs.clone();
    if let Some(path) = &given.files_from {
        inputs.extend(listed(path, given.null)?);
    }
    Ok(run::Settings {
        inputs,
        output,
        crew: crew(common, layers)?,
        selection: Selection {
            limit: given.limit,
            sample: given.sample.map(|share| (share, given.seed)),
            shard: given.shard,
        },
        wait: false,
        full: false,
        prune: false,
        part_bytes: DEFAULT_PART_BYTES,
        partitioning: None,
        keep_runs: usize::MAX,
        site_memory: site_memory.unwrap_or(true),
        ingest,
    })
}

/// The names in a list of files.
fn listed(path: &Path, null: bool) -> Result<Vec<OsString>, Failure> {
    let separator = if null { Separator::Nul } else { Separator::Newline };
    let names = if path == Path::new("-") {
        copydesk_ingest::read_list(&mut io::stdin().lock(), separator)
    } else {
        File::open(path).and_then(|file| copydesk_ingest::read_list(&mut BufReader::new(file), separator))
    };
    names
        .with_context(|| format!("cannot read {}", path.display()))
        .map_err(|e| Failure::new(Status::NoInput, e))
}

fn run_command(common: &Common, layers: &Layers, arguments: &RunArguments) -> Result<Status, Failure> {
    let output = arguments.output.as_ref().map(|path| path.to_string_lossy().into_owned());
    let output = layers.value(layers::OUTPUT, output).0;
    if output.is_empty() {
        return Err(Failure::new(Status::Usage, anyhow!("no output folder: give one with -o DIR")));
    }
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(output));
    let part_size = layers.parsed(layers::PART_SIZE, arguments.part_size.clone(), layers::size)?;
    let settings = run::Settings {
        wait: arguments.wait,
        full: arguments.full,
        prune: arguments.prune,
        part_bytes: part_size.unwrap_or(DEFAULT_PART_BYTES),
        partitioning: layers.parsed(
            layers::PARTITION_BY,
            arguments.partition_by.clone(),
            layers::partitioning,
        )?,
        keep_runs: layers
            .parsed(layers::KEEP_RUNS, arguments.keep_runs.clone(), layers::count)?
            .map_or(usize::MAX, usize::from),
        ..settings(common, layers, &arguments.input, output)?
    };
    if arguments.dry_run {
        let plan = dry_run::dry_run(&settings)?;
        return printed(|out| plan.print(out));
    }
    if settings.inputs.iter().any(|input| input == "-") {
        tracing::info!(
            "standard input is read once: its pages are labelled by what is known of their sites already, and of several \
             captures of a page the one in a file stands, else the first"
        );
    }
    let progress = progress::Bars::new(common.quiet);
    let row = run::run(&settings, &progress, &stop())?;
    if let Some(path) = &arguments.metrics {
        metrics::write(&row, path)
            .with_context(|| format!("cannot write {}", path.display()))
            .map_err(|e| Failure::new(Status::Io, e))?;
    }
    if layers.value(layers::LOG_FORMAT, common.log_format.clone()).0 == "json" {
        summary::log(&row);
    } else if !common.quiet {
        eprint!("{}", summary::summary(&row, &settings.output));
    }
    Ok(if row.rejected == 0 { Status::Done } else { Status::Rejects })
}

fn show(common: &Common, layers: &Layers, out: &mut dyn Write) -> io::Result<()> {
    for setting in layers::ALL {
        let flag = match setting {
            layers::THREADS => common.threads.clone(),
            layers::MEMORY_LIMIT => common.memory_limit.clone(),
            layers::MAX_RECORD => common.max_record.clone(),
            layers::LOG_FORMAT => common.log_format.clone(),
            _ => None,
        };
        let (value, origin) = layers.value(setting, flag);
        writeln!(out, "{:<14} {:<10} {origin}  ({})", setting.name, format!("{value:?}"), setting.help)?;
    }
    Ok(())
}

/// The folder that is named, which a run must have written.
fn existing(at: &OutputArgument) -> Result<&Path, Failure> {
    if Dataset::peek(&at.output)?.is_some() {
        return Ok(&at.output);
    }
    let message = format!("{}: expected a folder that `copydesk run` has written", at.output.display());
    Err(Failure::new(Status::NoInput, anyhow!(message)))
}

fn verify_command(output: &Path) -> Result<Status, Failure> {
    let faults = copydesk_tables::verify(output)?;
    for fault in &faults {
        eprintln!("copydesk: {fault}");
    }
    Ok(if faults.is_empty() { Status::Done } else { Status::Failed })
}

fn extract_command(
    common: &Common,
    layers: &Layers,
    arguments: &ExtractArguments,
) -> Result<Status, Failure> {
    let layout = match arguments.format {
        TextFormat::Text => Layout::Whole,
        TextFormat::Jsonl => Layout::JsonLines,
    };
    let input =
        if arguments.input == "-" { Input::Stdin } else { Input::File(PathBuf::from(&arguments.input)) };
    let (crew, limit) = (crew(common, layers)?, max_record(common, layers)?);
    filtered(|out| filter::extract(crew, &input, layout, limit, out))
}

fn explain_command(arguments: &ExplainArguments) -> Result<Status, Failure> {
    let page = one_page(&arguments.page)?;
    let story =
        copydesk::analysis::story(&copydesk::Rules::load(), None, &copydesk::Stopwatch::default(), &page)
            .map_err(|reject| Failure::new(Status::Failed, anyhow!("{reject}")))?;
    match &arguments.html {
        Some(path) => File::create(path)
            .and_then(|file| explain_html::explain_html(&story, &mut BufWriter::new(file)))
            .with_context(|| format!("cannot write {}", path.display()))
            .map(|()| Status::Done)
            .map_err(|e| Failure::new(Status::Io, e)),
        None => printed(|out| explain::explain(&story, out)),
    }
}

/// The first page of an input.
fn one_page(input: &OsStr) -> Result<copydesk_types::Page, Failure> {
    let (inputs, _) = copydesk_ingest::resolve(&[input])?;
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
        None => Err(Failure::new(Status::NoInput, anyhow!("{}: holds no page", input.to_string_lossy()))),
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
