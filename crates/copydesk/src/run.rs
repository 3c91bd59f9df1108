//! `copydesk run`: inputs in, tables out.

use std::collections::HashSet;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::anyhow;
use copydesk_clean::SiteMemory;
use copydesk_clean::duplicates::{Index, Print};
use copydesk_ingest::Input;
use copydesk_tables::{CONTRACT_VERSION, Dataset, Run, Scope, Wait};
use copydesk_types::{Page, Reject};
use jiff::Timestamp;

use crate::analysis::{Rules, Stopwatch, story};
use crate::memory::{Budget, peak_bytes};
use crate::plan::Plan;
use crate::selection::Selection;
use crate::status::{Failure, Status};
use crate::stream::{Sink, pool, stream};

/// What a run is asked to do, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files, folders, globs, `-`.
    pub inputs: Vec<OsString>,
    /// Where the tables go.
    pub output: PathBuf,
    /// Worker threads.
    pub threads: usize,
    /// Bytes of memory for pages in work.
    pub memory_limit: u64,
    /// Which pages are taken.
    pub selection: Selection,
    /// Whether to wait for another run that holds the output.
    pub wait: bool,
    /// Whether everything is read anew, whatever the output remembers.
    pub full: bool,
    /// Whether rows of inputs that are gone are removed.
    pub prune: bool,
    /// Whether what several pages of a site share is taken as its template.
    pub site_memory: bool,
    /// How inputs are read.
    pub ingest: copydesk_ingest::Settings,
}

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
    let (inputs, mut rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let dataset = Dataset::open(&settings.output, if settings.wait { Wait::Yes } else { Wait::No })?;
    let pool = pool(settings.threads)?;
    let rules = Rules::load();
    let scope = if settings.full || dataset.state().is_none() { Scope::Everything } else { Scope::Changes };
    let mut plan = Plan::new(settings, dataset.state().filter(|_| scope == Scope::Changes), &inputs, &pool);
    let memory = if settings.site_memory { Some(remembered_sites(&dataset, scope)?) } else { None };
    let memory_hash = memory.as_ref().map(SiteMemory::hash);
    let mut articles = remembered_articles(&dataset, scope)?;
    let survey = plan.survey(settings, &rules, memory.as_ref(), &pool, stop);
    progress.begin(survey.pages());
    for reject in &rejects {
        progress.reject(reject);
    }

    let read = std::mem::take(&mut plan.read);
    let mut staging = dataset.stage(scope)?;
    let stopwatch = Stopwatch::default();
    let mut tally = Tally::default();
    let mut streamed = HashSet::new();
    let budget = Budget::new(settings.memory_limit);
    stream(
        &pool,
        |sink| read_all(settings, &read, |_| true, stop, sink),
        |item: Item| {
            let bytes = item.bytes();
            let Item { input, place, page } = item;
            let story = page.and_then(|page| {
                budget.within(bytes, || story(&rules, survey.memory.as_ref(), &stopwatch, &page))
            });
            let story = story.map(|story| (Print::of(&story.article), story));
            progress.page(bytes);
            (input, place, bytes, story)
        },
        |(input, place, bytes, story)| {
            let started = Instant::now();
            match story {
                Ok((print, mut story)) => {
                    tally.bytes_in += count(bytes);
                    // Captures on standard input were not surveyed: the first stands.
                    let latest = survey.is_latest(&story.doc_id, input, place)
                        && (read[input] != Input::Stdin || streamed.insert(story.doc_id.clone()));
                    if let Some(print) = print.filter(|_| latest) {
                        story.duplicate = articles.insert_print(&story.doc_id, &print);
                    }
                    let part = if latest { Some(staging.push(&story)?) } else { None };
                    tally.pages += i64::from(latest);
                    tally.superseded += i64::from(!latest);
                    plan.remember(input, &story, part);
                }
                Err(reject) => {
                    progress.reject(&reject);
                    plan.remember_reject(input);
                    rejects.push(reject);
                }
            }
            tally.write_seconds += started.elapsed().as_secs_f64();
            Ok::<(), Failure>(())
        },
    )?;
    progress.end();
    if let Some(status) = stopped(stop) {
        return Err(Failure::new(status, anyhow!("stopped by a signal; the output is as it was")));
    }

    staging.close_part()?;
    staging.take_out(&plan.gone)?;
    if scope == Scope::Everything || !rejects.is_empty() {
        staging.rejects(&rejects, &run_id, Timestamp::now())?;
    }
    let mut seconds = stopwatch.seconds();
    seconds.push(("write", tally.write_seconds));
    let row = Run {
        run_id,
        started_at,
        finished_at: Timestamp::now(),
        status: if rejects.is_empty() { Status::Done as i32 } else { Status::Rejects as i32 },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        contract_version: CONTRACT_VERSION.to_owned(),
        settings: settings.to_json(memory_hash.as_deref()),
        inputs: count(inputs.len()),
        pages: tally.pages,
        unchanged: count(plan.unchanged()),
        superseded: tally.superseded,
        rejected: count(rejects.len()),
        bytes_in: tally.bytes_in,
        bytes_out: i64::try_from(staging.bytes()).unwrap_or(i64::MAX),
        rows: staging.counts().by_table().map(|(t, n)| (t, i64::try_from(n).unwrap_or(i64::MAX))).to_vec(),
        seconds,
        peak_memory_bytes: peak_bytes(),
        threads: i32::try_from(settings.threads).unwrap_or(i32::MAX),
    };
    staging.run(&row)?;
    let mut keep: Vec<_> = survey.memory.iter().map(|memory| (SITES, memory.to_bytes())).collect();
    keep.push((ARTICLES, articles.to_bytes()));
    dataset.publish(staging, scope, &plan.state, &keep)?;
    if dataset.is_scattered()? {
        dataset.compact()?;
    }
    Ok(row)
}

/// What earlier runs have learnt about sites; nothing where the dataset is built anew. A memory that another version wrote
/// is learnt anew.
fn remembered_sites(dataset: &Dataset, scope: Scope) -> Result<SiteMemory, Failure> {
    let kept = if scope == Scope::Changes { dataset.kept(SITES)? } else { None };
    Ok(kept.and_then(|bytes| SiteMemory::from_bytes(&bytes).ok()).unwrap_or_default())
}

/// The articles that the dataset holds, to tell repeats of them by.
fn remembered_articles(dataset: &Dataset, scope: Scope) -> Result<Index, Failure> {
    let kept = if scope == Scope::Changes { dataset.kept(ARTICLES)? } else { None };
    Ok(kept.and_then(|bytes| Index::from_bytes(&bytes).ok()).unwrap_or_default())
}

impl Settings {
    /// What shows in `runs.settings`: all that the rows depend on beside the inputs.
    fn to_json(&self, memory_hash: Option<&str>) -> String {
        serde_json::json!({
            "inputs": self.inputs.iter().map(|input| input.to_string_lossy()).collect::<Vec<_>>(),
            "made_with": self.made_with(),
            "site_memory_hash": memory_hash,
        })
        .to_string()
    }

    /// What rows that stay must have been made with: the program and the settings that a page's rows depend on.
    pub(crate) fn made_with(&self) -> String {
        format!(
            "{}, site memory {}, records to {} bytes, clean {}, {:?}, {}",
            env!("COPYDESK_VERSION"),
            self.site_memory,
            self.ingest.max_record_bytes,
            !self.ingest.already_clean,
            self.ingest.fields,
            self.selection_text(),
        )
    }

    fn selection_text(&self) -> String {
        if self.selection.is_everything() { "all pages".to_owned() } else { format!("{:?}", self.selection) }
    }
}

/// What is counted while pages go through.
#[derive(Default)]
struct Tally {
    pages: i64,
    superseded: i64,
    bytes_in: i64,
    write_seconds: f64,
}

/// One thing read.
pub(crate) struct Item {
    /// The number of the input.
    pub(crate) input: usize,
    /// The number of the item in the input.
    pub(crate) place: usize,
    /// The page, or why there is none.
    pub(crate) page: Result<Page, Reject>,
}

impl Item {
    pub(crate) fn bytes(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.bytes.len())
    }
}

/// Hands every page and reject of the inputs that are `wanted` to `sink`, numbered in their order, until a signal comes.
pub(crate) fn read_all(
    settings: &Settings,
    inputs: &[Input],
    wanted: impl Fn(&Input) -> bool,
    stop: &Stop,
    sink: &mut Sink<'_, Item>,
) {
    let mut left = settings.selection.limit.unwrap_or(usize::MAX);
    for (input, from) in inputs.iter().enumerate().filter(|(_, from)| wanted(from)) {
        let mut place = 0;
        let flow = copydesk_ingest::read(&settings.ingest, from, &mut |page| {
            if stopped(stop).is_some() || left == 0 {
                return ControlFlow::Break(());
            }
            if let Ok(page) = &page {
                if !settings.selection.takes(page) {
                    return ControlFlow::Continue(());
                }
                left -= 1;
            }
            let item = Item { input, place, page };
            place += 1;
            let bytes = item.bytes();
            sink(item, bytes)
        });
        if flow.is_break() {
            return;
        }
    }
}

fn stopped(stop: &Stop) -> Option<Status> {
    match stop.load(Ordering::Relaxed) {
        0 => None,
        SIGTERM => Some(Status::Terminated),
        _ => Some(Status::Interrupted),
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
