//! From arguments to work.

mod arguments;
mod doctor;
mod inspect;
mod layers;
mod logging;
mod metrics;
mod output;
mod progress;
mod settings;
mod summary;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, anyhow};
use clap::CommandFactory;
use copydesk::{Failure, Status, dry_run, explain, explain_html, filter, run};
use copydesk_ingest::{Input, Layout};
use copydesk_tables::{Dataset, Wait};
use signal_hook::flag;

pub(crate) use arguments::Arguments;
use arguments::{
    Command, Common, ConfigCommand, ExplainArguments, ExtractArguments, OutputArgument, RunArguments,
    TextFormat,
};
use layers::Layers;
use output::{filtered, printed};
use settings::{crew, max_record, of_inputs, of_run};

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
            let settings = of_inputs(common, &layers, &clean.input, PathBuf::new())?;
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

fn run_command(common: &Common, layers: &Layers, arguments: &RunArguments) -> Result<Status, Failure> {
    let settings = of_run(common, layers, arguments)?;
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
    let crew = crew(common, layers)?;
    let limit = max_record(common, layers, &crew)?;
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
