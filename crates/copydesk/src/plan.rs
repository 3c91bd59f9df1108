//! What a run has to do, given what its output remembers.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::convert::Infallible;
use std::sync::Arc;

use copydesk_clean::{SiteMemory, TemplateChanges, site_key_of};
use copydesk_ingest::Input;
use copydesk_tables::{InputState, PageState, State};
use jiff::Timestamp;

use crate::analysis::Rules;
use crate::identity::{PageId, doc_id, hash, page_of};
use crate::run::Stop;
use crate::settings::Settings;
use crate::stream::stream;
use crate::survey::{Survey, survey, touched};

/// What to read, what to take out, and what the output will remember.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Inputs that are new or changed, in order of source.
    pub(crate) read: Arc<Vec<Input>>,
    /// Rows that vanish: by part, the ids of the pages.
    pub(crate) gone: BTreeMap<u32, HashSet<String>>,
    /// What the output will remember.
    pub(crate) state: State,
    /// Inputs that are as they were.
    kept: BTreeSet<Input>,
}

impl Plan {
    /// Compares the inputs with what is remembered. Only what has another size or time is opened.
    pub(crate) fn new(settings: &Settings, remembered: Option<State>, inputs: Vec<Input>) -> Self {
        let made_with = settings.made_with();
        let mut state = remembered.unwrap_or_default();
        let comparable = state.made_with == made_with;
        let mut changed = Vec::new();
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
                (!same).then(|| (input, source, fresh(input, told)))
            },
            |input| {
                changed.extend(input);
                Ok(())
            },
        );
        let Ok(()) = done;
        let mut plan = Self {
            read: Arc::default(),
            gone: BTreeMap::new(),
            state: State::default(),
            kept: BTreeSet::new(),
        };
        if settings.prune {
            let given: HashSet<String> = inputs.iter().map(Input::source).collect();
            let lost: Vec<String> = state.inputs.keys().filter(|s| !given.contains(*s)).cloned().collect();
            for source in lost {
                if let Some(input) = state.inputs.remove(&source) {
                    plan.take_out(&input.pages);
                }
            }
        }
        let (mut read, mut new) = (Vec::new(), Vec::new());
        for (input, source, fresh) in changed {
            match (state.inputs.get_mut(&source).filter(|_| comparable), fresh) {
                (Some(known), Some(fresh)) if same_content(known, &fresh) => known.modified = fresh.modified,
                (_, fresh) => {
                    if let Some(old) = state.inputs.remove(&source) {
                        plan.take_out(&old.pages);
                    }
                    read.push(input.clone());
                    new.push((source, fresh.unwrap_or_else(unknown)));
                }
            }
        }
        plan.kept = inputs.into_iter().filter(|input| read.binary_search(input).is_err()).collect();
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
    pub(crate) fn unchanged_sources(&self) -> impl Iterator<Item = String> {
        self.kept.iter().map(Input::source)
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
            again.iter().for_each(|input| self.read_again(input));
        }
    }

    /// What tells each input that is read and its content; nothing where one is read as it comes, and cannot be taken up in
    /// its middle.
    pub(crate) fn given(&self) -> Vec<u128> {
        let given: Option<Vec<u128>> = self.read.iter().map(|input| self.identity(input)).collect();
        given.unwrap_or_default()
    }

    /// Reads what a stopped run was [given](Self::given); false where that is not what is there now.
    pub(crate) fn takes_up(&mut self, given: &[u128]) -> bool {
        let given: HashSet<u128> = given.iter().copied().collect();
        let is_given =
            |input: &&Input| self.identity(input).is_some_and(|identity| given.contains(&identity));
        let again: Vec<Input> = self.kept.iter().filter(is_given).cloned().collect();
        if !self.read.iter().all(|input| is_given(&input)) || self.read.len() + again.len() != given.len() {
            return false;
        }
        again.iter().for_each(|input| self.read_again(input));
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

    /// A hash of an input's name and of all that tells whether it is the same still.
    fn identity(&self, input: &Input) -> Option<u128> {
        let source = input.source();
        let state = self.state.inputs.get(&source)?;
        let numbers = [u128::from(state.bytes), state.hash?, u128::from(state.told)].map(u128::to_le_bytes);
        Some(hash(&[source.as_bytes(), numbers.as_flattened()].concat()))
    }

    fn take_out(&mut self, pages: &[PageState]) {
        for page in pages {
            if let Some(part) = page.part {
                self.gone.entry(part).or_default().insert(doc_id(page.doc_id));
            }
        }
    }

    /// Inputs that are as they were and hold a capture of a page whose rows vanish.
    fn orphans(&self, survey: &Survey) -> Vec<Input> {
        let gone = self.gone.values().flatten().map(|id| page_of(id));
        let vanishing: HashSet<PageId> = gone.filter(|id| survey.latest(*id).is_none()).collect();
        if vanishing.is_empty() {
            return Vec::new();
        }
        let stands_back = |page: &PageState| page.part.is_none() && vanishing.contains(&page.doc_id);
        self.keeping(|_, page| stands_back(page))
    }

    /// Inputs that are as they were and hold pages that must be labelled anew.
    fn outgrown(
        &self,
        settings: &Settings,
        rules: &Rules,
        changes: &TemplateChanges,
        stop: &Stop,
    ) -> Vec<Input> {
        if changes.is_empty() {
            return Vec::new();
        }
        let inputs = self.keeping(|source, page| {
            page.part.is_some() && changes.concern(&site_key_of(page.site.as_deref(), source))
        });
        touched(settings, rules, changes, &inputs, stop)
            .into_iter()
            .map(|input| inputs[input].clone())
            .collect()
    }

    /// Inputs that are as they were and hold a page that is `wanted`, given the input's source.
    fn keeping(&self, wanted: impl Fn(&str, &PageState) -> bool) -> Vec<Input> {
        let holds = |input: &&Input| {
            let source = input.source();
            let pages = self.state.inputs.get(&source).map_or(&[][..], |state| &state.pages);
            pages.iter().any(|page| wanted(&source, page))
        };
        self.kept.iter().filter(holds).cloned().collect()
    }

    fn read_again(&mut self, input: &Input) {
        let (Some(input), Some(state)) = (self.kept.take(input), self.state.inputs.get_mut(&input.source()))
        else {
            return;
        };
        let old = std::mem::take(&mut state.pages);
        self.take_out(&old);
        let at = self.read.partition_point(|other| *other < input);
        Arc::make_mut(&mut self.read).insert(at, input);
    }

    /// Compares the captures read with those that stay: the later one stands for the page.
    pub(crate) fn settle(&mut self, survey: &mut Survey) {
        let Self { read, state, .. } = self;
        let mut gone: Vec<(u32, PageId)> = Vec::new();
        // Of an input that is read no page is known yet.
        for (source, input) in &mut state.inputs {
            for page in &mut input.pages {
                let (Some(part), Some(latest)) = (page.part, survey.latest(page.doc_id)) else { continue };
                let by = read[latest.input].source();
                let outdated = (page.fetched_at, source.as_str()) > (latest.fetched_at, by.as_str());
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
