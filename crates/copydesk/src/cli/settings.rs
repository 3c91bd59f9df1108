//! From arguments and layers of settings to checked ones.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufReader};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use copydesk::{Crew, Failure, Selection, Settings, Status};
use copydesk_ingest::Separator;
use copydesk_tables::DEFAULT_PART_BYTES;

use super::arguments::{Common, InputArguments, RunArguments};
use super::layers::{self, Layers};

/// How many threads work, and in how much memory.
pub(super) fn crew(common: &Common, layers: &Layers) -> Result<Crew, Failure> {
    let threads = layers.parsed(layers::THREADS, common.threads.clone(), layers::count)?;
    let memory = layers.parsed(layers::MEMORY_LIMIT, common.memory_limit.clone(), layers::size)?;
    let threads = threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    Crew::new(threads, memory.unwrap_or_else(copydesk::default_limit))
}

/// The largest page or text that `crew` can take, in bytes.
pub(super) fn max_record(common: &Common, layers: &Layers, crew: &Crew) -> Result<u64, Failure> {
    let given = layers.parsed(layers::MAX_RECORD, common.max_record.clone(), layers::size)?;
    let most = given.unwrap_or_else(|| copydesk_ingest::Settings::default().max_record_bytes);
    Ok(most.min(crew.largest_page()))
}

/// Checks what was asked for before any work starts.
pub(super) fn of_inputs(
    common: &Common,
    layers: &Layers,
    given: &InputArguments,
    output: PathBuf,
) -> Result<Settings, Failure> {
    let crew = crew(common, layers)?;
    let no_memory = given.no_site_memory.then(|| "false".to_owned());
    let site_memory = layers.parsed(layers::SITE_MEMORY, no_memory, layers::truth)?;
    let mut ingest = copydesk_ingest::Settings {
        max_record_bytes: max_record(common, layers, &crew)?,
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
    Ok(Settings {
        inputs,
        output,
        crew,
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

/// The same of a run.
pub(super) fn of_run(
    common: &Common,
    layers: &Layers,
    arguments: &RunArguments,
) -> Result<Settings, Failure> {
    let output = arguments.output.as_ref().map(|path| path.to_string_lossy().into_owned());
    let output = layers.value(layers::OUTPUT, output).0;
    if output.is_empty() {
        return Err(Failure::new(Status::Usage, anyhow!("no output folder: give one with -o DIR")));
    }
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(output));
    let part_size = layers.parsed(layers::PART_SIZE, arguments.part_size.clone(), layers::size)?;
    Ok(Settings {
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
        ..of_inputs(common, layers, &arguments.input, output)?
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
