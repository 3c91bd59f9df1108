//! The parts of a dataset: each is a file in every page table, with the rows of the same pages.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use copydesk_types::{Reject, Story};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Blocks, Documents, Entities, Quantities, RejectRow, Rejects, Run, Runs};
use crate::error::Error;
use crate::file::TableFile;
use crate::progress::Log;
use crate::rewrite;
use crate::rows::Pressed;
use crate::table::Table;

/// A part is closed when one of its files passes this: few enough files for years of news, each quickly rewritten.
pub const DEFAULT_PART_BYTES: u64 = 128 << 20;

/// It is closed as well when its pages have so many characters for each of these bytes, markup included: a run that is
/// stopped goes on behind its last closed part, which must not be long ago. 256 MB are two or three minutes' work.
const CHARS_PER_PART_BYTE: u64 = 2;

/// The log of the run, among its staged files.
const LOG: &str = "progress";

/// Rows written, by table, in the order of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of `documents`.
    pub documents: u64,
    /// Rows of `blocks`.
    pub blocks: u64,
    /// Rows of `entities`.
    pub entities: u64,
    /// Rows of `quantities`.
    pub quantities: u64,
    /// Rows of `rejects`.
    pub rejects: u64,
}

impl Counts {
    /// Table names with their counts.
    pub fn by_table(&self) -> [(&'static str, u64); 5] {
        [
            (Documents::NAME, self.documents),
            (Blocks::NAME, self.blocks),
            (Entities::NAME, self.entities),
            (Quantities::NAME, self.quantities),
            (Rejects::NAME, self.rejects),
        ]
    }
}

/// The page tables: a part is a file in each.
pub(crate) const PAGE_TABLES: [&str; 4] = [Documents::NAME, Blocks::NAME, Entities::NAME, Quantities::NAME];

/// Files of a run that no reader sees yet. Dropped without being published, they vanish.
pub struct Staging {
    output: PathBuf,
    folder: PathBuf,
    open: Option<Part>,
    part_bytes: u64,
    /// Finished files: table, and the name in its folder.
    pub(crate) files: Vec<(&'static str, String)>,
    /// Published files whose rows stand in staged ones.
    pub(crate) merged: Vec<(&'static str, String)>,
    next_part: u32,
    counts: Counts,
    bytes: u64,
    log: Option<Log>,
    /// Whether what stands in the log stays for the next run.
    left: bool,
}

/// What of a run's files is closed at a checkpoint.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Closed {
    files: Vec<(String, String)>,
    next_part: u32,
    counts: Counts,
    bytes: u64,
}

/// One open file a page table.
struct Part {
    name: String,
    documents: TableFile<Documents>,
    blocks: TableFile<Blocks>,
    entities: TableFile<Entities>,
    quantities: TableFile<Quantities>,
    /// Characters of its pages.
    chars: u64,
}

impl Staging {
    /// Stages files for `output` in `folder`, parts numbered from `next_part`.
    pub(crate) fn new(output: PathBuf, folder: PathBuf, next_part: u32) -> Result<Self, Error> {
        fs::create_dir_all(&folder).map_err(|e| Error::io("create", &folder, e))?;
        let (files, merged, counts) = (Vec::new(), Vec::new(), Counts::default());
        let (open, log, part_bytes) = (None, None, DEFAULT_PART_BYTES);
        Ok(Self {
            output,
            folder,
            open,
            part_bytes,
            files,
            merged,
            next_part,
            counts,
            bytes: 0,
            log,
            left: false,
        })
    }

    /// Takes over the files that a stopped run has closed in `folder`. Hands the notes of its checkpoints in order to
    /// `note` until that says that one doesn't hold; none where none does.
    pub(crate) fn resumed(
        output: PathBuf,
        folder: PathBuf,
        mut note: impl FnMut(&[u8]) -> bool,
    ) -> Result<Option<Self>, Error> {
        let there = |(table, name): &(String, String)| staged(&folder, table, name).exists();
        let log = Log::resume(&folder.join(LOG), |closed: &Closed, text| {
            closed.files.iter().all(there) && note(text)
        })?;
        let Some((log, closed)) = log else { return Ok(None) };
        let mut staging = Self::new(output, folder, closed.next_part)?;
        let table = |name: &str| PAGE_TABLES.into_iter().find(|table| *table == name);
        staging.files =
            closed.files.into_iter().filter_map(|(name, file)| Some((table(&name)?, file))).collect();
        (staging.counts, staging.bytes, staging.log) = (closed.counts, closed.bytes, Some(log));
        Ok(Some(staging))
    }

    /// Closes parts past a size in bytes, not [`DEFAULT_PART_BYTES`].
    pub const fn cut_at(&mut self, bytes: u64) {
        self.part_bytes = bytes;
    }

    /// Whether a stopped run could go on behind its last checkpoint.
    pub const fn goes_on(&self) -> bool {
        true
    }

    /// Whether all rows stand in closed parts.
    pub const fn is_closed(&self) -> bool {
        self.open.is_none()
    }

    /// Notes that all rows so far stand in closed parts, for a run that goes on here if this one is stopped.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn checkpoint(&mut self, note: Vec<u8>) -> Result<(), Error> {
        let files = self.files.iter().map(|(table, name)| ((*table).to_owned(), name.clone())).collect();
        let closed = Closed { files, next_part: self.next_part, counts: self.counts, bytes: self.bytes };
        let log = match &mut self.log {
            Some(log) => log,
            none => none.insert(Log::create(&self.folder.join(LOG))?),
        };
        log.add(&closed, note)
    }

    /// Leaves the files up to the last checkpoint to the next run.
    pub fn leave(mut self) {
        self.left = self.log.is_some();
    }

    /// Ends the log: what is published is no run's to go on with.
    pub(crate) fn end_log(&mut self) -> Result<(), Error> {
        if self.log.take().is_none() {
            return Ok(());
        }
        let path = self.folder.join(LOG);
        fs::remove_file(&path).map_err(|e| Error::io("remove", &path, e))
    }

    /// Appends the rows of a story; returns the number of the part that holds them.
    pub fn push(&mut self, story: &Story) -> Result<u32, Error> {
        let number = self.next_part;
        let part = match &mut self.open {
            Some(part) => part,
            closed => closed.insert(Part::create(&self.folder, part_name(self.next_part))?),
        };
        part.push(story)?;
        if part.bytes() >= self.part_bytes || part.chars >= CHARS_PER_PART_BYTE * self.part_bytes {
            self.close_part()?;
        }
        Ok(number)
    }

    /// Takes rows of pages out of published parts: for each part the ids of the pages. A part of which nothing is left stays
    /// as an empty file, so that no table is ever without one.
    pub fn take_out(&mut self, gone: &BTreeMap<u32, HashSet<String>>) -> Result<(), Error> {
        for (&part, ids) in gone {
            let name = part_name(part);
            for table in PAGE_TABLES {
                let published = self.output.join(table).join(&name);
                let (_, bytes) = rewrite::without(&published, &self.path(table, &name), ids)?;
                self.bytes += bytes;
                self.files.push((table, name.clone()));
            }
        }
        Ok(())
    }

    /// Merges published files of a table, named in the order of their rows, into one under the first name.
    pub(crate) fn merge(&mut self, table: &'static str, names: &[String]) -> Result<(), Error> {
        let Some((first, rest)) = names.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Ok(());
        };
        let paths: Vec<PathBuf> = names.iter().map(|name| self.output.join(table).join(name)).collect();
        let (_, bytes) = rewrite::concatenated(&paths, &self.path(table, first))?;
        self.bytes += bytes;
        self.files.push((table, first.clone()));
        self.merged.extend(rest.iter().map(|name| (table, name.clone())));
        Ok(())
    }

    /// Writes a run's rejects to a file of their own.
    pub fn rejects(&mut self, rejects: &[Reject], run_id: &str, at: Timestamp) -> Result<(), Error> {
        self.counts.rejects += rejects.len() as u64;
        self.whole::<Rejects>(
            &run_name(run_id),
            rejects.iter().map(|reject| RejectRow { reject, run_id, at }),
        )
    }

    /// Writes the row of a run.
    pub fn run(&mut self, run: &Run) -> Result<(), Error> {
        self.whole::<Runs>(&run_name(&run.run_id), [run.clone()])
    }

    /// Closes the open part, if there is one.
    pub fn close_part(&mut self) -> Result<(), Error> {
        let Some(part) = self.open.take() else { return Ok(()) };
        self.next_part += 1;
        let Part { name, documents, blocks, entities, quantities, .. } = part;
        self.counts.documents += self.close(documents, &name)?;
        self.counts.blocks += self.close(blocks, &name)?;
        self.counts.entities += self.close(entities, &name)?;
        self.counts.quantities += self.close(quantities, &name)?;
        Ok(())
    }

    /// Closes the open part; where no story ever came, writes an empty one, so that the tables exist with their schema.
    pub(crate) fn ensure_part(&mut self) -> Result<(), Error> {
        if self.open.is_none() && !self.files.iter().any(|(table, _)| *table == Documents::NAME) {
            self.open = Some(Part::create(&self.folder, part_name(self.next_part))?);
        }
        self.close_part()
    }

    /// Rows of the closed parts, and rejects.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Bytes of the closed files.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where a staged file stands.
    pub(crate) fn path(&self, table: &str, name: &str) -> PathBuf {
        staged(&self.folder, table, name)
    }

    fn whole<'a, T: Table>(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = T::Row<'a>>,
    ) -> Result<(), Error> {
        let mut file = TableFile::<T>::create(&self.path(T::NAME, name))?;
        for row in rows {
            file.push(&row)?;
        }
        self.close(file, name).map(drop)
    }

    /// Finishes a file, notes it for publication, and returns its rows.
    fn close<T: Table>(&mut self, file: TableFile<T>, name: &str) -> Result<u64, Error> {
        let rows = file.rows();
        self.bytes += file.finish()?;
        self.files.push((T::NAME, name.to_owned()));
        Ok(rows)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.left {
            // What cannot be removed now is swept up by the next run.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Part {
    fn create(folder: &Path, name: String) -> Result<Self, Error> {
        Ok(Self {
            documents: TableFile::create(&staged(folder, Documents::NAME, &name))?,
            blocks: TableFile::create(&staged(folder, Blocks::NAME, &name))?,
            entities: TableFile::create(&staged(folder, Entities::NAME, &name))?,
            quantities: TableFile::create(&staged(folder, Quantities::NAME, &name))?,
            name,
            chars: 0,
        })
    }

    fn push(&mut self, story: &Story) -> Result<(), Error> {
        self.chars += story.article.raw_chars as u64;
        let pressed = Pressed::new(story);
        for row in pressed.blocks() {
            self.blocks.push(&row)?;
        }
        for row in pressed.entities() {
            self.entities.push(&row)?;
        }
        for row in pressed.quantities() {
            self.quantities.push(&row)?;
        }
        self.documents.push(&pressed)
    }

    fn bytes(&self) -> u64 {
        [self.documents.bytes(), self.blocks.bytes(), self.entities.bytes(), self.quantities.bytes()]
            .into_iter()
            .max()
            .unwrap_or(0) as u64
    }
}

/// `.parquet` names are for published files: what globs an output must not meet a staged one.
fn staged(folder: &Path, table: &str, name: &str) -> PathBuf {
    folder.join(format!("{table}.{name}.staged"))
}

/// The name of a part's files.
pub(crate) fn part_name(number: u32) -> String {
    format!("part-{number:06}.parquet")
}

/// The number of a part, from the name of one of its files.
pub(crate) fn part_number(name: &str) -> Option<u32> {
    name.strip_prefix("part-")?.strip_suffix(".parquet")?.parse().ok()
}

fn run_name(run_id: &str) -> String {
    format!("run-{run_id}.parquet")
}
