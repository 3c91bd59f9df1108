//! The first pass over a run's inputs: what only all pages together can tell.
//!
//! It counts what the pages of a site share, and finds of several captures of one address the latest.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

use copydesk_clean::{Sighting, SiteMemory, TemplateChanges, site_key};
use copydesk_ingest::Input;
use copydesk_types::Page;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::analysis::Rules;
use crate::identity::{self, PageId};
use crate::reading::{Item, read_all};
use crate::run::{Stop, stopped};
use crate::settings::Settings;
use crate::stream::stream;

/// What the first pass found.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// What was learnt about sites, frozen before any page is labelled.
    pub(crate) memory: Option<SiteMemory>,
    /// Of every page the capture that wins; once settled, of pages with several captures only.
    latest: HashMap<PageId, Capture>,
    /// How many pages stand for themselves.
    pages: usize,
}

/// A capture of a page. Of two, the greater stands for the page: the one fetched later, else read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Capture {
    /// When it was fetched, in microseconds from 1970.
    pub(crate) fetched_at: Option<i64>,
    /// The number of its input, in the order of sources.
    pub(crate) input: usize,
    /// Its place in the input.
    pub(crate) place: usize,
    /// Whether it was compared with another.
    several: bool,
}

/// What a survey comes to as bytes, to be kept while its run goes on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    memory: Option<Vec<u8>>,
    latest: Vec<(PageId, Capture)>,
    pages: usize,
}

impl Survey {
    /// Whether the capture read at `place` of an input is the one that stands for the page.
    pub(crate) fn is_latest(&self, page: PageId, input: usize, place: usize) -> bool {
        self.latest.get(&page).is_none_or(|latest| (latest.input, latest.place) == (input, place))
    }

    /// The capture of a page that stands for it among those read.
    pub(crate) fn latest(&self, page: PageId) -> Option<&Capture> {
        self.latest.get(&page)
    }

    /// Notes that a capture which is not read was compared with those that are, and whether it stands for the page.
    pub(crate) fn compared(&mut self, page: PageId, outdated: bool) {
        if let Some(latest) = self.latest.get_mut(&page) {
            latest.several = true;
            if outdated {
                latest.place = usize::MAX;
            }
        }
    }

    /// Forgets the pages that have one capture: it stands for the page, and there may be millions of them.
    pub(crate) fn settled(&mut self) {
        self.latest.retain(|_, latest| latest.several);
        self.latest.shrink_to_fit();
    }

    /// How many pages stand for themselves.
    pub(crate) const fn pages(&self) -> usize {
        self.pages
    }

    pub(crate) fn keep(&self) -> Kept {
        let mut latest: Vec<_> = self.latest.iter().map(|(page, capture)| (*page, *capture)).collect();
        latest.sort_unstable();
        Kept { memory: self.memory.as_ref().map(SiteMemory::to_bytes), latest, pages: self.pages }
    }

    /// The survey that was kept; none where the bytes are of another program.
    pub(crate) fn of(kept: Kept) -> Option<Self> {
        let memory = kept.memory.map(|bytes| SiteMemory::from_bytes(&bytes)).transpose().ok()?;
        Some(Self { memory, latest: kept.latest.into_iter().collect(), pages: kept.pages })
    }
}

/// Reads all inputs once, standard input left out, which cannot be read twice. `memory` is what earlier runs have learnt.
pub(crate) fn survey(
    settings: &Settings,
    rules: &Rules,
    memory: Option<SiteMemory>,
    inputs: &[Input],
    stop: &Stop,
) -> Survey {
    let mut survey = Survey { memory, ..Survey::default() };
    let sight = survey.memory.is_some();
    let done: Result<(), Infallible> = stream(
        &settings.crew,
        |sink| read_all(settings, inputs, |input| *input != Input::Stdin, None, stop, sink),
        |Item { place, page }| {
            let page = page.ok().filter(|_| stopped(stop).is_none())?;
            let sighting = if sight { sighting(rules, &page) } else { None };
            let fetched_at = page.fetched_at.map(Timestamp::as_microsecond);
            let capture = Capture { fetched_at, input: place.input, place: place.item, several: false };
            Some((page.key().to_owned(), capture, sighting))
        },
        |seen| {
            let Some((key, capture, sighting)) = seen else { return Ok(()) };
            survey
                .latest
                .entry(identity::page(&key))
                .and_modify(|latest| *latest = Capture { several: true, ..capture.max(*latest) })
                .or_insert(capture);
            if let (Some(memory), Some((site, sighting))) = (&mut survey.memory, sighting) {
                memory.observe(&site, &key, &sighting);
            }
            Ok(())
        },
    );
    let Ok(()) = done;
    survey.pages = survey.latest.len();
    survey
}

/// Which of the inputs, by number, hold a page that must be labelled anew because what is known of its site has changed.
pub(crate) fn touched(
    settings: &Settings,
    rules: &Rules,
    changes: &TemplateChanges,
    inputs: &[Input],
    stop: &Stop,
) -> BTreeSet<usize> {
    let mut touched = BTreeSet::new();
    let done: Result<(), Infallible> = stream(
        &settings.crew,
        |sink| read_all(settings, inputs, |_| true, None, stop, sink),
        |Item { place, page }| {
            let (site, sighting) = sighting(rules, &page.ok()?)?;
            changes.touch(&site, &sighting).then_some(place.input)
        },
        |input| {
            touched.extend(input);
            Ok(())
        },
    );
    let Ok(()) = done;
    touched
}

/// A page's site and what of the page its template could be; none where the page makes the scanner fail, which its
/// analysis will tell.
fn sighting(rules: &Rules, page: &Page) -> Option<(String, Sighting)> {
    let look = || Sighting::of(&copydesk_clean::scan(&rules.clean, page));
    catch_unwind(AssertUnwindSafe(look)).ok().map(|sighting| (site_key(page), sighting))
}
