//! The first pass over a run's inputs: what only all pages together can tell.
//!
//! It counts what the pages of a site share, and finds of several captures of one address the latest.

use std::collections::HashMap;
use std::convert::Infallible;

use copydesk_clean::SiteMemory;
use copydesk_ingest::Input;
use jiff::Timestamp;

use crate::analysis::Rules;
use crate::identity::doc_id;
use crate::run::{Item, Settings, Stop, read_all};
use crate::stream::stream;

/// What the first pass found.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// What was learnt about sites, frozen before any page is labelled.
    pub(crate) memory: Option<SiteMemory>,
    /// Hash of the memory as it stood at the start of the run.
    pub(crate) memory_hash: Option<String>,
    /// Of every page the capture that wins.
    latest: HashMap<String, Capture>,
}

/// A capture of a page. Of two, the greater stands for the page: the one fetched later, else read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Capture {
    /// When it was fetched.
    pub(crate) fetched_at: Option<Timestamp>,
    /// The number of its input, in the order of sources.
    pub(crate) input: usize,
    /// Its place in the order of reading.
    pub(crate) place: usize,
}

impl Survey {
    /// Whether the capture read at `place` is the one that stands for the page.
    pub(crate) fn is_latest(&self, doc_id: &str, place: usize) -> bool {
        self.latest.get(doc_id).is_none_or(|latest| latest.place == place)
    }

    /// The capture of a page that stands for it among those read.
    pub(crate) fn latest(&self, doc_id: &str) -> Option<&Capture> {
        self.latest.get(doc_id)
    }

    /// Lets a capture that was not read stand for a page.
    pub(crate) fn outdated(&mut self, doc_id: &str) {
        if let Some(latest) = self.latest.get_mut(doc_id) {
            latest.place = usize::MAX;
        }
    }

    /// How many pages stand for themselves.
    pub(crate) fn pages(&self) -> usize {
        self.latest.len()
    }
}

/// Reads all inputs once.
pub(crate) fn survey(
    settings: &Settings,
    _rules: &Rules,
    pool: &rayon::ThreadPool,
    inputs: &[Input],
    stop: &Stop,
) -> Survey {
    let mut survey = Survey::default();
    let done: Result<(), Infallible> = stream(
        pool,
        |sink| read_all(settings, inputs, stop, sink),
        |Item { input, place, page }| {
            let page = page.ok()?;
            Some((doc_id(page.key()), Capture { fetched_at: page.fetched_at, input, place }))
        },
        |seen| {
            if let Some((id, capture)) = seen {
                let latest = survey.latest.entry(id).or_insert(capture);
                *latest = capture.max(*latest);
            }
            Ok(())
        },
    );
    let Ok(()) = done;
    survey
}
