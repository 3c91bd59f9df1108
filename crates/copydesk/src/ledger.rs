//! What a run has done so far, and the notes by which another run goes on where it was stopped.
//!
//! A note tells what came of every page since the note before it, in order; the first one tells as well what the run set
//! out from. Who replays all notes of a stopped run knows what that run knew.

use std::collections::HashSet;

use copydesk_clean::duplicates::{Index, Print};
use copydesk_tables::{PageState, Scope};
use copydesk_types::{Duplicate, Reject, RejectCode, Story};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::identity::{PageId, doc_id, page_of};
use crate::plan::Plan;
use crate::reading::Place;
use crate::settings::Settings;
use crate::status::{Failure, Status};
use crate::survey::{self, Survey};

/// What a run has done so far.
#[derive(Debug)]
pub(crate) struct Ledger {
    /// What the output will remember.
    pub(crate) plan: Plan,
    /// The articles that the dataset holds, to tell repeats of them by.
    pub(crate) articles: Index,
    /// What could not be read.
    pub(crate) rejects: Vec<Reject>,
    /// Pages that have rows.
    pub(crate) pages: usize,
    /// Captures of pages that another capture stands for.
    pub(crate) superseded: usize,
    /// Bytes of all pages.
    pub(crate) bytes: u64,
    /// Whether notes are made.
    pub(crate) noting: bool,
    /// Entries since the last note, encoded.
    entries: Vec<u8>,
    /// Whether a note was made.
    noted: bool,
}

/// One thing that a note tells.
#[derive(Serialize, Deserialize)]
enum Entry {
    /// What the run set out from.
    Start(Start),
    /// What came of a page.
    Page {
        input: usize,
        doc_id: PageId,
        part: Option<u32>,
        fetched_at: Option<i64>,
        site: Option<Box<str>>,
        /// Tells the article, where the page has rows and is long enough.
        print: Option<Vec<u8>>,
        bytes: u64,
    },
    /// What could not be read.
    Reject {
        input: usize,
        source: String,
        code: String,
        message: String,
        offset: Option<u64>,
        line: Option<u64>,
        bytes: Option<u64>,
    },
    /// The page that was done last: the end of a note.
    Behind(Place),
}

/// What a run set out from.
#[derive(Serialize, Deserialize)]
struct Start {
    made_with: String,
    /// Where files are cut shows in them.
    part_bytes: u64,
    everything: bool,
    /// What tells the inputs that are read.
    inputs: Vec<u128>,
    survey: survey::Kept,
}

/// What a stopped run tells the one that goes on.
#[derive(Debug)]
pub(crate) struct Resumed {
    pub(crate) survey: Survey,
    pub(crate) behind: Place,
}

impl Ledger {
    pub(crate) fn new(plan: Plan, articles: Index, rejects: Vec<Reject>) -> Self {
        Self {
            plan,
            articles,
            rejects,
            pages: 0,
            superseded: 0,
            bytes: 0,
            noting: false,
            entries: Vec::new(),
            noted: false,
        }
    }

    /// Forgets the articles of pages whose rows vanish.
    pub(crate) fn forget_gone(&mut self) {
        let gone: HashSet<PageId> = self.plan.gone.values().flatten().map(|id| page_of(id)).collect();
        self.articles.forget(|page| gone.contains(&page));
    }

    /// Names the article that a page repeats, and adds the page's own.
    pub(crate) fn compare(&mut self, story: &mut Story, print: &Print) {
        let repeated = self.articles.insert(page_of(&story.doc_id), print.clone());
        story.duplicate = repeated.map(|of| Duplicate { of: doc_id(of.doc_id), similarity: of.similarity });
    }

    /// Notes a page of input number `input`; `part` holds its rows.
    pub(crate) fn page(
        &mut self,
        input: usize,
        story: &Story,
        part: Option<u32>,
        print: Option<&Print>,
        bytes: usize,
    ) -> Result<(), Failure> {
        let doc_id = page_of(&story.doc_id);
        let fetched_at = story.fetched_at.map(Timestamp::as_microsecond);
        let site = story.site.as_deref().map(Box::from);
        let page = PageState { doc_id, part, fetched_at, site };
        self.write(&Entry::Page {
            input,
            doc_id,
            part,
            fetched_at,
            site: page.site.clone(),
            print: print.map(Print::to_bytes),
            bytes: bytes as u64,
        })?;
        self.count(input, page, bytes as u64);
        Ok(())
    }

    /// Notes what could not be read of input number `input`.
    pub(crate) fn reject(&mut self, input: usize, reject: Reject) -> Result<(), Failure> {
        let Reject { source, code, message, offset, line, bytes } = reject.clone();
        let code = code.name().to_owned();
        self.write(&Entry::Reject { input, source, code, message, offset, line, bytes })?;
        self.plan.remember_reject(input);
        self.rejects.push(reject);
        Ok(())
    }

    /// What came of everything since the last note; the page read at `behind` was done last.
    pub(crate) fn note(
        &mut self,
        settings: &Settings,
        scope: Scope,
        survey: &Survey,
        behind: Place,
    ) -> Result<Vec<u8>, Failure> {
        let mut note = Vec::new();
        if !std::mem::replace(&mut self.noted, true) {
            let start = Start {
                made_with: settings.made_with(),
                part_bytes: settings.part_bytes,
                everything: scope == Scope::Everything,
                inputs: self.plan.given(),
                survey: survey.keep(),
            };
            note = encoded(&Entry::Start(start))?;
        }
        if note.is_empty() {
            note = std::mem::take(&mut self.entries);
        } else {
            note.append(&mut self.entries);
        }
        note.append(&mut encoded(&Entry::Behind(behind))?);
        Ok(note)
    }

    /// Takes over what a note of a stopped run says. False where that run set out from something else.
    pub(crate) fn replay(
        &mut self,
        settings: &Settings,
        scope: Scope,
        resumed: &mut Option<Resumed>,
        mut note: &[u8],
    ) -> bool {
        while !note.is_empty() {
            let Ok((entry, rest)) = postcard::take_from_bytes(note) else { return false };
            note = rest;
            match (entry, &mut *resumed) {
                (Entry::Start(start), None) => {
                    let Some(survey) = self.take_up(start, settings, scope) else { return false };
                    *resumed = Some(Resumed { survey, behind: Place::default() });
                }
                (Entry::Behind(place), Some(resumed)) => resumed.behind = place,
                (entry, Some(_)) => self.enter(entry),
                (_, None) => return false,
            }
        }
        self.noted = true;
        true
    }

    /// Sets out from what a stopped run did, if that is as it would be now; returns that run's survey.
    fn take_up(&mut self, start: Start, settings: &Settings, scope: Scope) -> Option<Survey> {
        let as_now = start.made_with == settings.made_with()
            && start.part_bytes == settings.part_bytes
            && start.everything == (scope == Scope::Everything);
        let mut survey = Survey::of(start.survey).filter(|_| as_now)?;
        if !self.plan.takes_up(&start.inputs) {
            return None;
        }
        self.plan.settle(&mut survey);
        self.forget_gone();
        Some(survey)
    }

    fn enter(&mut self, entry: Entry) {
        match entry {
            Entry::Page { input, doc_id, part, fetched_at, site, print, bytes } => {
                if let Some(print) = print.and_then(|print| Print::from_bytes(&print)) {
                    self.articles.insert(doc_id, print);
                }
                self.count(input, PageState { doc_id, part, fetched_at, site }, bytes);
            }
            Entry::Reject { input, source, code, message, offset, line, bytes } => {
                let code = RejectCode::ALL.into_iter().find(|known| known.name() == code);
                let code = code.unwrap_or(RejectCode::Internal);
                self.plan.remember_reject(input);
                self.rejects.push(Reject { source, code, message, offset, line, bytes });
            }
            // They stand at a note's borders.
            Entry::Start(_) | Entry::Behind(_) => {}
        }
    }

    fn count(&mut self, input: usize, page: PageState, bytes: u64) {
        self.pages += usize::from(page.part.is_some());
        self.superseded += usize::from(page.part.is_none());
        self.bytes += bytes;
        self.plan.remember(input, page);
    }

    fn write(&mut self, entry: &Entry) -> Result<(), Failure> {
        if !self.noting {
            return Ok(());
        }
        self.entries.append(&mut encoded(entry)?);
        Ok(())
    }
}

fn encoded(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    postcard::to_allocvec(value).map_err(|e| Failure::new(Status::Failed, e))
}
