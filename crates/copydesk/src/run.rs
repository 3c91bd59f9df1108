//! `copydesk run`: inputs in, tables out.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::anyhow;
use copydesk_clean::SiteMemory;
use copydesk_clean::duplicates::{Index, Print};
use copydesk_ingest::Input;
use copydesk_tables::{CONTRACT_VERSION, Dataset, Partitioning, Run, Scope, Wait};
use copydesk_types::{Reject, RejectCode};
use jiff::Timestamp;

use crate::analysis::{Rules, Stopwatch, story};
use crate::identity::{PageId, content_hash, page_of};
use crate::ledger::{Ledger, Resumed};
use crate::memory::peak_bytes;
use crate::plan::Plan;
use crate::reading::{Item, read_all};
use crate::settings::Settings;
use crate::status::{Failure, Status};
use crate::stream::stream;

/// The file in which an output keeps what was learnt about sites.
const SITES: &str = "sites";
/// The file in which it keeps what tells that an article repeats an earlier one.
const ARTICLES: &str = "articles";
const SIGTERM: usize = signal_hook::consts::SIGTERM.unsigned_abs() as usize;

/// Who is told how far a run has come.
pub trait Progress: Sync {
    /// So many pages will be read, those on standard input not counted.
    fn begin(&self, pages: usize);
    /// A page of so many bytes was done.
    fn page(&self, bytes: usize);
    /// An input or record could not be read.
    fn reject(&self, reject: &Reject);
    /// All pages are done.
    fn end(&self);
}

/// Set to a signal's number when one has come: the run then ends without publishing.
pub type Stop = AtomicUsize;

/// Carries out a run and returns its row in `runs`; its `status` is the exit status.
pub fn run(settings: &Settings, progress: &dyn Progress, stop: &Stop) -> Result<Run, Failure> {
    let started_at = Timestamp::now();
    let run_id = format!("{}-{}", started_at.strftime("%Y%m%dT%H%M%S%3fZ"), std::process::id());
    let (inputs, rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let given = inputs.len();
    let mut dataset = Dataset::open(&settings.output, if settings.wait { Wait::Yes } else { Wait::No })?;
    let scope = if settings.full || dataset.state().is_none() { Scope::Everything } else { Scope::Changes };
    let partitioning = settings.partitioned(dataset.state())?;
    let rules = Rules::load();
    let remembered = dataset.take_state().filter(|_| scope == Scope::Changes);
    let plan = Plan::new(settings, remembered, inputs);
    let idle = plan.is_idle();
    let sites = if settings.site_memory { Some(remembered_sites(&dataset, scope)?) } else { None };
    let memory_hash = sites.as_deref().map(content_hash);
    // A memory that another version wrote is learnt anew.
    let sites = sites.filter(|_| !idle).map(|bytes| SiteMemory::from_bytes(&bytes).unwrap_or_default());
    for reject in &rejects {
        progress.reject(reject);
    }

    let articles = if idle { Index::default() } else { remembered_articles(&dataset, scope)? };
    let mut ledger = Ledger::new(plan, articles, rejects);
    let mut resumed: Option<Resumed> = None;
    let taken_up = match partitioning {
        Partitioning::None => dataset.resume(|note| ledger.replay(settings, scope, &mut resumed, note))?,
        _ => None,
    };
    let (mut staging, survey, behind) = match (taken_up, resumed) {
        (Some(staging), Some(Resumed { survey, behind })) => {
            tracing::info!("going on where a run was stopped: {} pages are done", ledger.pages);
            (staging, survey, Some(behind))
        }
        _ => {
            let survey = ledger.plan.survey(settings, &rules, sites, stop);
            ledger.forget_gone();
            (dataset.stage(scope, partitioning)?, survey, None)
        }
    };
    staging.cut_at(settings.part_bytes);
    progress.begin(survey.pages().saturating_sub(ledger.pages));

    let read = Arc::clone(&ledger.plan.read);
    // Standard input is not surveyed: what other inputs tell of a page stands, and of several captures in it the first.
    let from_stdin = read.contains(&Input::Stdin);
    let mut streamed: HashSet<PageId> = if from_stdin { ledger.plan.standing() } else { HashSet::new() };
    ledger.noting = staging.goes_on() && !from_stdin;
    let stopwatch = Stopwatch::default();
    let mut write_seconds = 0.0;
    let written: Result<(), Failure> = stream(
        &settings.crew,
        |sink| read_all(settings, &read, |_| true, behind, stop, sink),
        |item: Item| {
            // What is under way when a signal comes would take long to finish.
            check(stop)?;
            let bytes = item.bytes();
            let Item { place, page } = item;
            let story = page.and_then(|page| story(&rules, survey.memory.as_ref(), &stopwatch, &page));
            let story = story.map(|story| (Print::of(&story.article), story));
            progress.page(bytes);
            Ok((place, bytes, story))
        },
        |done: Result<_, Failure>| {
            let (place, bytes, story) = done?;
            let started = Instant::now();
            match story {
                Ok((print, mut story)) => {
                    let id = page_of(&story.doc_id);
                    let latest = survey.is_latest(id, place.input, place.item)
                        && (read[place.input] != Input::Stdin || streamed.insert(id));
                    let print = print.filter(|_| latest);
                    if let Some(print) = &print {
                        ledger.compare(&mut story, print);
                    }
                    let part = if latest { Some(staging.push(&story)?) } else { None };
                    ledger.page(place.input, &story, part, print.as_ref(), bytes)?;
                    if latest && ledger.noting && staging.is_closed() {
                        let note = ledger.note(settings, scope, &survey, place)?;
                        staging.checkpoint(&note)?;
                    }
                }
                Err(reject) => {
                    progress.reject(&reject);
                    ledger.reject(place.input, reject)?;
                }
            }
            write_seconds += started.elapsed().as_secs_f64();
            Ok(())
        },
    );
    progress.end();
    if let Err(failure) = check(stop) {
        staging.leave();
        return Err(failure);
    }
    written?;

    let Ledger { mut plan, articles, rejects, pages, superseded, bytes, .. } = ledger;
    staging.close_parts()?;
    staging.take_out(&plan.gone)?;
    if scope == Scope::Everything || !rejects.is_empty() {
        staging.rejects(&rejects, &run_id, Timestamp::now())?;
    }
    let mut seconds = stopwatch.seconds();
    seconds.push(("write", write_seconds));
    let row = Run {
        run_id,
        started_at,
        finished_at: Timestamp::now(),
        status: if rejects.is_empty() { Status::Done as i32 } else { Status::Rejects as i32 },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        contract_version: CONTRACT_VERSION.to_owned(),
        settings: settings.to_json(partitioning, memory_hash.as_deref()),
        inputs: count(given),
        pages: count(pages),
        unchanged: count(plan.unchanged()),
        superseded: count(superseded),
        rejected: count(rejects.len()),
        reasons: reasons(&rejects),
        bytes_in: i64::try_from(bytes).unwrap_or(i64::MAX),
        bytes_out: i64::try_from(staging.bytes()).unwrap_or(i64::MAX),
        rows: staging.counts().by_table().map(|(t, n)| (t, i64::try_from(n).unwrap_or(i64::MAX))).to_vec(),
        seconds,
        peak_memory_bytes: peak_bytes(),
        threads: i32::try_from(settings.crew.threads()).unwrap_or(i32::MAX),
    };
    staging.run(&row)?;
    staging.keep_runs(settings.keep_runs)?;
    if !idle || scope == Scope::Everything {
        // They are large: one after the other, and gone before the state is written.
        if let Some(memory) = survey.memory {
            staging.keep(SITES, &memory.to_bytes())?;
        }
        staging.keep(ARTICLES, &articles.into_bytes())?;
    }
    plan.state.partitioning = partitioning;
    dataset.publish(staging, scope, &plan.state)?;
    if dataset.is_scattered()? {
        dataset.compact()?;
    }
    Ok(row)
}

/// What earlier runs have learnt about sites, as bytes; nothing where the dataset is built anew.
fn remembered_sites(dataset: &Dataset, scope: Scope) -> Result<Vec<u8>, Failure> {
    let kept = if scope == Scope::Changes { dataset.kept(SITES)? } else { None };
    Ok(kept.unwrap_or_else(|| SiteMemory::default().to_bytes()))
}

/// The articles that the dataset holds, to tell repeats of them by.
fn remembered_articles(dataset: &Dataset, scope: Scope) -> Result<Index, Failure> {
    let kept = if scope == Scope::Changes { dataset.kept(ARTICLES)? } else { None };
    Ok(kept.and_then(|bytes| Index::from_bytes(&bytes).ok()).unwrap_or_default())
}

/// How a run ends that a signal has stopped.
pub(crate) fn stopped(stop: &Stop) -> Option<Status> {
    match stop.load(Ordering::Relaxed) {
        0 => None,
        SIGTERM => Some(Status::Terminated),
        _ => Some(Status::Interrupted),
    }
}

/// How many rejects there are of each code that there is.
fn reasons(rejects: &[Reject]) -> Vec<(&'static str, usize)> {
    let of = |code: RejectCode| (code.name(), rejects.iter().filter(|reject| reject.code == code).count());
    RejectCode::ALL.into_iter().map(of).filter(|&(_, count)| count > 0).collect()
}

/// Fails where a signal has come.
fn check(stop: &Stop) -> Result<(), Failure> {
    stopped(stop).map_or(Ok(()), |status| {
        Err(Failure::new(status, anyhow!("stopped by a signal; the output is as it was")))
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
