//! What a run has to do, given what its output remembers.

use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;
use std::sync::Arc;

use copydesk_clean::{SiteMemory, TemplateChanges, site_key_of};
use copydesk_ingest::Input;
use copydesk_tables::{InputState, PageState, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::analysis::Rules;
use crate::identity::{PageId, doc_id, page_of};
use crate::run::{Settings, Stop};
use crate::stream::stream;
use crate::survey::{Survey, survey, touched};

/// An input with what tells whether it is the same still.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Given {
    source: String,
    bytes: u64,
    hash: Option<u128>,
    told: u64,
}

/// What to read, what to take out, and what the output will remember.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Inputs that are new or changed, in order of source.
    pub(crate) read: Arc<Vec<Input>>,
    /// Rows that vanish: by part, the ids of the pages.
    pub(crate) gone: BTreeMap<u32, HashSet<String>>,
    /// What the output will remember.
    pub(crate) state: State,
    /// Inputs that are as they were, by source.
    kept: BTreeMap<String, Input>,
}

impl Plan {
    /// Compares the inputs with what is remembered. Only what has another size or time is opened.
    pub(crate) fn new(settings: &Settings, remembered: Option<State>, inputs: Vec<Input>) -> Self {
        let made_with = settings.made_with();
        let mut state = remembered.unwrap_or_default();
        let comparable = state.made_with == made_with;
        let mut seen = Vec::with_capacity(inputs.len());
        let done: Result<(), Infallible> = stream(
            &settings.crew,
            |sink| {
                let _ = inputs.iter().try_for_each(|input| sink(input, 0));
            },
            |input| {
                let source = input.source();
                let known = state.inputs.get(&source).filter(|_| comparable);
                let told = settings.ingest.told(input);
                let same = known.is_some_and(|known| known.told == told && same_stamp(input, known));
                let fresh = if same { None } else { fresh(input, told) };
                (source, fresh)
            },
            |input| {
                seen.push(input);
                Ok(())
            },
        );
        let Ok(()) = done;
        let mut plan = Self {
            read: Arc::default(),
            gone: BTreeMap::new(),
            state: State::default(),
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
        let (mut read, mut new) = (Vec::new(), Vec::new());
        for (input, (source, fresh)) in inputs.into_iter().zip(seen) {
            let known = state.inputs.get_mut(&source).filter(|_| comparable);
            match (known, fresh) {
                (Some(_), None) => {
                    plan.kept.insert(source, input);
                }
                (Some(known), Some(fresh)) if same_content(known, &fresh) => {
                    known.modified = fresh.modified;
                    plan.kept.insert(source, input);
                }
                (_, fresh) => {
                    let fresh = fresh.unwrap_or_else(unknown);
                    if let Some(old) = state.inputs.remove(&source) {
                        plan.take_out(&old.pages);
                    }
                    read.push(input);
                    new.push((source, fresh));
                }
            }
        }
        // At once: a map that grows one by one takes half as much memory again.
        state.inputs.append(&mut new.into_iter().collect());
        state.made_with = made_with;
        plan.state = state;
        plan.read = Arc::new(read);
        plan
    }

    /// Whether nothing is to be done.
    pub(crate) fn is_idle(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty()
    }

    /// The sources of inputs that are as they were.
    pub(crate) fn unchanged_sources(&self) -> impl Iterator<Item = &String> {
        self.kept.keys()
    }

    /// How many inputs are as they were.
    pub(crate) fn unchanged(&self) -> usize {
        self.kept.len()
    }

    /// Surveys what is to be read, and settles which capture of each page stands for it, those included that are not read
    /// again. Where the capture that stood for a page is gone and another stays, the input of that one is read too; so are
    /// inputs with pages whose labels may change because what is known of their site did.
    pub(crate) fn survey(
        &mut self,
        settings: &Settings,
        rules: &Rules,
        mut memory: Option<SiteMemory>,
        stop: &Stop,
    ) -> Survey {
        loop {
            // Where no input stays as it was this pass is the last.
            let known = if self.kept.is_empty() { memory.take() } else { memory.clone() };
            let mut survey = survey(settings, rules, known, &self.read, stop);
            let mut again = self.orphans(&survey);
            if let (Some(now), Some(before)) = (&survey.memory, &memory) {
                again.extend(self.outgrown(settings, rules, &now.changes_since(before), stop));
            }
            if again.is_empty() {
                self.settle(&mut survey);
                return survey;
            }
            for source in again {
                self.read_again(&source);
            }
        }
    }

    /// The inputs that are read, with size and hash.
    pub(crate) fn given(&self) -> Vec<Given> {
        let print = |source: String| {
            let input = self.state.inputs.get(&source);
            let (bytes, hash, told) = input.map_or((0, None, 0), |i| (i.bytes, i.hash, i.told));
            Given { source, bytes, hash, told }
        };
        self.read.iter().map(Input::source).map(print).collect()
    }

    /// Reads what a stopped run was [given](Self::given); false where that is not what is there now.
    pub(crate) fn takes_up(&mut self, given: &[Given]) -> bool {
        let as_it_was = |given: &Given| {
            // An input without a hash is read as it comes, and cannot be taken up in its middle.
            let same =
                |now: &InputState| now.bytes == given.bytes && now.hash == given.hash && now.hash.is_some();
            self.state.inputs.get(&given.source).is_some_and(same)
        };
        let sources: HashSet<&str> = given.iter().map(|given| given.source.as_str()).collect();
        if !given.iter().all(as_it_was) || !self.read.iter().all(|i| sources.contains(i.source().as_str())) {
            return false;
        }
        let again: Vec<&str> = sources.into_iter().filter(|source| self.kept.contains_key(*source)).collect();
        again.into_iter().for_each(|source| self.read_again(source));
        true
    }

    /// The pages whose rows stay.
    pub(crate) fn standing(&self) -> HashSet<PageId> {
        let pages = self.state.inputs.values().flat_map(|input| &input.pages);
        pages.filter(|page| page.part.is_some()).map(|page| page.doc_id).collect()
    }

    /// Notes a page read from input number `input`.
    pub(crate) fn remember(&mut self, input: usize, page: PageState) {
        if let Some(state) = self.state.inputs.get_mut(&self.read[input].source()) {
            state.add(page);
        }
    }

    /// Notes that something in input number `input` could not be read.
    pub(crate) fn remember_reject(&mut self, input: usize) {
        if let Some(state) = self.state.inputs.get_mut(&self.read[input].source()) {
            state.rejects += 1;
        }
    }

    fn take_out(&mut self, pages: &[PageState]) {
        for page in pages {
            if let Some(part) = page.part {
                self.gone.entry(part).or_default().insert(doc_id(page.doc_id));
            }
        }
    }

    /// Inputs that are as they were and hold a capture of a page whose rows vanish.
    fn orphans(&self, survey: &Survey) -> Vec<String> {
        let gone = self.gone.values().flatten().map(|id| page_of(id));
        let vanishing: HashSet<PageId> = gone.filter(|id| survey.latest(*id).is_none()).collect();
        if vanishing.is_empty() {
            return Vec::new();
        }
        let stands_back = |page: &PageState| page.part.is_none() && vanishing.contains(&page.doc_id);
        let holds = |source: &String| {
            self.state.inputs.get(source).is_some_and(|input| input.pages.iter().any(stands_back))
        };
        self.kept.keys().filter(|source| holds(source)).cloned().collect()
    }

    /// Inputs that are as they were and hold pages that must be labelled anew.
    fn outgrown(
        &self,
        settings: &Settings,
        rules: &Rules,
        changes: &TemplateChanges,
        stop: &Stop,
    ) -> Vec<String> {
        if changes.is_empty() {
            return Vec::new();
        }
        let concerned = |source: &str, page: &PageState| {
            page.part.is_some() && changes.concern(&site_key_of(page.site.as_deref(), source))
        };
        let holds = |source: &str| {
            self.state
                .inputs
                .get(source)
                .is_some_and(|input| input.pages.iter().any(|page| concerned(source, page)))
        };
        let (sources, inputs): (Vec<String>, Vec<Input>) =
            self.kept.iter().filter(|(source, _)| holds(source)).map(|(s, i)| (s.clone(), i.clone())).unzip();
        touched(settings, rules, changes, &inputs, stop)
            .into_iter()
            .map(|input| sources[input].clone())
            .collect()
    }

    fn read_again(&mut self, source: &str) {
        let (Some(input), Some(state)) = (self.kept.remove(source), self.state.inputs.get_mut(source)) else {
            return;
        };
        let old = std::mem::take(&mut state.pages);
        self.take_out(&old);
        let at = self.read.partition_point(|other| *other < input);
        Arc::make_mut(&mut self.read).insert(at, input);
    }

    /// Compares the captures read with those that stay: the later one stands for the page.
    pub(crate) fn settle(&mut self, survey: &mut Survey) {
        let sources: Vec<String> = self.read.iter().map(Input::source).collect();
        let reading: HashSet<&str> = sources.iter().map(String::as_str).collect();
        let mut gone: Vec<(u32, PageId)> = Vec::new();
        for (source, input) in &mut self.state.inputs {
            if reading.contains(source.as_str()) {
                continue;
            }
            for page in &mut input.pages {
                let (Some(part), Some(latest)) = (page.part, survey.latest(page.doc_id)) else { continue };
                let read = (latest.fetched_at, sources[latest.input].as_str());
                let outdated = (page.fetched_at, source.as_str()) > read;
                survey.compared(page.doc_id, outdated);
                if !outdated {
                    gone.push((part, page.doc_id));
                    page.part = None;
                }
            }
        }
        survey.settled();
        for (part, id) in gone {
            self.gone.entry(part).or_default().insert(doc_id(id));
        }
    }
}

fn same_stamp(input: &Input, known: &InputState) -> bool {
    let Ok(Some(stamp)) = input.stamp() else { return false };
    // Without a time there is no telling.
    let modified = stamp.modified.map(Timestamp::as_microsecond);
    modified.is_some() && stamp.bytes == known.bytes && modified == known.modified
}

fn same_content(known: &InputState, fresh: &InputState) -> bool {
    fresh.hash.is_some() && (fresh.hash, fresh.told) == (known.hash, known.told)
}

/// What is remembered of an input that is about to be read; none for a stream and for what cannot be opened.
fn fresh(input: &Input, told: u64) -> Option<InputState> {
    let print = input.fingerprint().ok().flatten()?;
    Some(InputState {
        bytes: print.stamp.bytes,
        modified: print.stamp.modified.map(Timestamp::as_microsecond),
        hash: Some(print.hash),
        told,
        ..unknown()
    })
}

const fn unknown() -> InputState {
    InputState { bytes: 0, modified: None, hash: None, told: 0, rejects: 0, pages: Vec::new() }
}
