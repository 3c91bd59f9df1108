//! What a run has to do, given what its output remembers.

use std::collections::{BTreeMap, HashMap, HashSet};

use copydesk_clean::SiteMemory;
use copydesk_ingest::Input;
use copydesk_tables::{InputState, PageState, State};
use jiff::Timestamp;
use rayon::prelude::*;

use crate::analysis::Rules;
use crate::identity::{PageId, page_of};
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

    /// The inputs that are read, with size and hash.
    pub(crate) fn given(&self) -> Vec<(String, u64, String)> {
        let print = |source: &String| {
            let input = self.state.inputs.get(source);
            input.map_or((0, String::new()), |input| (input.bytes, input.hash.clone()))
        };
        let given = self.sources.iter().map(|source| (source, print(source)));
        given.map(|(source, (bytes, hash))| (source.clone(), bytes, hash)).collect()
    }

    /// Reads what a stopped run was [given](Self::given); false where that is not what is there now.
    pub(crate) fn takes_up(&mut self, given: &[(String, u64, String)]) -> bool {
        let as_it_was = |(source, bytes, hash): &(String, u64, String)| {
            // An input without a hash is read as it comes, and cannot be taken up in its middle.
            let same = |now: &InputState| now.bytes == *bytes && now.hash == *hash && !hash.is_empty();
            self.state.inputs.get(source).is_some_and(same)
        };
        let sources: HashSet<&str> = given.iter().map(|(source, ..)| source.as_str()).collect();
        if !given.iter().all(as_it_was) || !self.sources.iter().all(|s| sources.contains(s.as_str())) {
            return false;
        }
        let again: Vec<&String> =
            given.iter().map(|(source, ..)| source).filter(|s| self.kept.contains_key(*s)).collect();
        again.into_iter().for_each(|source| self.read_again(source));
        true
    }

    /// The pages whose rows stay.
    pub(crate) fn standing(&self) -> HashSet<PageId> {
        let pages = self.state.inputs.values().flat_map(|input| &input.pages);
        pages.filter(|page| page.part.is_some()).map(|page| page_of(&page.doc_id)).collect()
    }

    /// Notes a page read from input number `input`.
    pub(crate) fn remember(&mut self, input: usize, page: PageState) {
        if let Some(state) = self.state.inputs.get_mut(&self.sources[input]) {
            state.pages.push(page);
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
        let vanishing: HashSet<&str> = gone.filter(|id| survey.latest(page_of(id)).is_none()).collect();
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
    pub(crate) fn settle(&mut self, survey: &mut Survey) {
        let reading: HashMap<&str, usize> =
            self.sources.iter().enumerate().map(|(n, s)| (s.as_str(), n)).collect();
        let mut gone: Vec<(u32, String)> = Vec::new();
        for (source, input) in &mut self.state.inputs {
            if reading.contains_key(source.as_str()) {
                continue;
            }
            for page in &mut input.pages {
                let id = page_of(&page.doc_id);
                let (Some(part), Some(latest)) = (page.part, survey.latest(id)) else { continue };
                let read = (latest.fetched_at, self.sources[latest.input].as_str());
                if (page.fetched_at, source.as_str()) > read {
                    survey.outdated(id);
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
