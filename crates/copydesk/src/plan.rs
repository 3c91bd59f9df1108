//! What a run has to do, given what its output remembers.

use std::collections::{BTreeMap, HashMap, HashSet};

use copydesk_clean::SiteMemory;
use copydesk_ingest::Input;
use copydesk_tables::{InputState, PageState, State};
use copydesk_types::Story;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::analysis::Rules;
use crate::run::{Settings, Stop};
use crate::survey::{Survey, survey};

/// What to read, what to take out, and what the output will remember.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Inputs that are new or changed, in order of source.
    pub(crate) read: Vec<Input>,
    /// Rows that vanish: by part, the ids of the pages.
    pub(crate) gone: BTreeMap<u32, HashSet<String>>,
    /// What the output will remember.
    pub(crate) state: State,
    /// The sources of `read`.
    sources: Vec<String>,
    /// Inputs that are as they were, by source.
    kept: BTreeMap<String, Input>,
}

impl Plan {
    /// Compares the inputs with what is remembered. Only what has another size or time is opened.
    pub(crate) fn new(
        settings: &Settings,
        remembered: Option<&State>,
        inputs: &[Input],
        pool: &rayon::ThreadPool,
    ) -> Self {
        let made_with = settings.made_with();
        let mut state = remembered.cloned().unwrap_or_default();
        let comparable = state.made_with == made_with;
        let seen: Vec<(String, Option<InputState>)> = pool.install(|| {
            inputs
                .par_iter()
                .map(|input| {
                    let source = input.source();
                    let known = state.inputs.get(&source).filter(|_| comparable);
                    let fresh = if known.is_some_and(|k| same_stamp(input, k)) { None } else { fresh(input) };
                    (source, fresh)
                })
                .collect()
        });
        let mut plan = Self {
            read: Vec::new(),
            gone: BTreeMap::new(),
            state: State::default(),
            sources: Vec::new(),
            kept: BTreeMap::new(),
        };
        if settings.prune {
            let given: HashSet<&str> = seen.iter().map(|(source, _)| source.as_str()).collect();
            let lost: Vec<String> =
                state.inputs.keys().filter(|s| !given.contains(s.as_str())).cloned().collect();
            for source in lost {
                if let Some(input) = state.inputs.remove(&source) {
                    plan.take_out(&input.pages);
                }
            }
        }
        for (input, (source, fresh)) in inputs.iter().zip(seen) {
            let known = state.inputs.get_mut(&source).filter(|_| comparable);
            match (known, fresh) {
                (Some(_), None) => {
                    plan.kept.insert(source, input.clone());
                }
                (Some(known), Some(fresh)) if !fresh.hash.is_empty() && fresh.hash == known.hash => {
                    known.modified = fresh.modified;
                    plan.kept.insert(source, input.clone());
                }
                (_, fresh) => {
                    let fresh = fresh.unwrap_or_else(unknown);
                    if let Some(old) = state.inputs.insert(source.clone(), fresh) {
                        plan.take_out(&old.pages);
                    }
                    plan.read.push(input.clone());
                    plan.sources.push(source);
                }
            }
        }
        state.made_with = made_with;
        plan.state = state;
        plan
    }

    /// How many inputs are as they were.
    pub(crate) fn unchanged(&self) -> usize {
        self.kept.len()
    }

    /// Surveys what is to be read, and settles which capture of each page stands for it, those included that are not read
    /// again. Where the capture that stood for a page is gone and another stays, the input of that one is read too.
    pub(crate) fn survey(
        &mut self,
        settings: &Settings,
        rules: &Rules,
        memory: Option<&SiteMemory>,
        pool: &rayon::ThreadPool,
        stop: &Stop,
    ) -> Survey {
        loop {
            let mut survey = survey(settings, rules, memory.cloned(), pool, &self.read, stop);
            let orphans = self.orphans(&survey);
            if orphans.is_empty() {
                self.settle(&mut survey);
                return survey;
            }
            for source in orphans {
                self.read_again(&source);
            }
        }
    }

    /// Notes a page read from input number `input`; `part` holds its rows.
    pub(crate) fn remember(&mut self, input: usize, story: &Story, part: Option<u32>) {
        if let Some(state) = self.state.inputs.get_mut(&self.sources[input]) {
            state.pages.push(PageState {
                doc_id: story.doc_id.clone(),
                part,
                fetched_at: story.fetched_at.map(Timestamp::as_microsecond),
                site: story.site.clone(),
            });
        }
    }

    /// Notes that something in input number `input` could not be read.
    pub(crate) fn remember_reject(&mut self, input: usize) {
        if let Some(state) = self.state.inputs.get_mut(&self.sources[input]) {
            state.rejects += 1;
        }
    }

    fn take_out(&mut self, pages: &[PageState]) {
        for page in pages {
            if let Some(part) = page.part {
                self.gone.entry(part).or_default().insert(page.doc_id.clone());
            }
        }
    }

    /// Inputs that are as they were and hold a capture of a page whose rows vanish.
    fn orphans(&self, survey: &Survey) -> Vec<String> {
        let gone = self.gone.values().flatten().map(String::as_str);
        let vanishing: HashSet<&str> = gone.filter(|id| survey.latest(id).is_none()).collect();
        if vanishing.is_empty() {
            return Vec::new();
        }
        let stands_back = |page: &PageState| page.part.is_none() && vanishing.contains(page.doc_id.as_str());
        let holds = |source: &String| {
            self.state.inputs.get(source).is_some_and(|input| input.pages.iter().any(stands_back))
        };
        self.kept.keys().filter(|source| holds(source)).cloned().collect()
    }

    fn read_again(&mut self, source: &str) {
        let (Some(input), Some(state)) = (self.kept.remove(source), self.state.inputs.get_mut(source)) else {
            return;
        };
        let old = std::mem::take(&mut state.pages);
        self.take_out(&old);
        let at = self.sources.partition_point(|s| s.as_str() < source);
        self.sources.insert(at, source.to_owned());
        self.read.insert(at, input);
    }

    /// Compares the captures read with those that stay: the later one stands for the page.
    fn settle(&mut self, survey: &mut Survey) {
        let reading: HashMap<&str, usize> =
            self.sources.iter().enumerate().map(|(n, s)| (s.as_str(), n)).collect();
        let mut gone: Vec<(u32, String)> = Vec::new();
        for (source, input) in &mut self.state.inputs {
            if reading.contains_key(source.as_str()) {
                continue;
            }
            for page in &mut input.pages {
                let (Some(part), Some(latest)) = (page.part, survey.latest(&page.doc_id)) else { continue };
                let fetched = latest.fetched_at.map(Timestamp::as_microsecond);
                if (page.fetched_at, source.as_str()) > (fetched, self.sources[latest.input].as_str()) {
                    survey.outdated(&page.doc_id);
                } else {
                    gone.push((part, page.doc_id.clone()));
                    page.part = None;
                }
            }
        }
        for (part, id) in gone {
            self.gone.entry(part).or_default().insert(id);
        }
    }
}

fn same_stamp(input: &Input, known: &InputState) -> bool {
    let Ok(Some(stamp)) = input.stamp() else { return false };
    // Without a time there is no telling.
    let modified = stamp.modified.map(Timestamp::as_microsecond);
    modified.is_some() && stamp.bytes == known.bytes && modified == known.modified
}

/// What is remembered of an input that is about to be read; none for a stream and for what cannot be opened.
fn fresh(input: &Input) -> Option<InputState> {
    let print = input.fingerprint().ok().flatten()?;
    Some(InputState {
        bytes: print.stamp.bytes,
        modified: print.stamp.modified.map(Timestamp::as_microsecond),
        hash: format!("{:032x}", print.hash),
        ..unknown()
    })
}

const fn unknown() -> InputState {
    InputState { bytes: 0, modified: None, hash: String::new(), rejects: 0, pages: Vec::new() }
}
