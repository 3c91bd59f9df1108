//! The files of a run before a reader sees them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use copydesk_types::{Reject, Story};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::batch::Rows;
use crate::contract::{Documents, RejectRow, Rejects, Run, Runs};
use crate::error::Error;
use crate::file::{TableFile, arrow, sync};
use crate::pages::{PAGE_TABLES, PageRows};
use crate::part::{DEFAULT_PART_BYTES, Part, part_name, staged};
use crate::partition::Partitioning;
use crate::progress::Log;
use crate::rewrite;
use crate::spool::Spool;
use crate::table::Table;

/// A part is closed as well when its pages have so many characters for each byte of its size, markup included: a run that
/// is stopped goes on behind its last closed part, which must not be long ago. 256 MB are two or three minutes' work.
const CHARS_PER_PART_BYTE: u64 = 2;

/// Rows written, by table, in the order of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of the page tables.
    pages: [u64; 4],
    /// Rows of `rejects`.
    rejects: u64,
}

impl Counts {
    /// Table names with their counts.
    pub fn by_table(&self) -> [(&'static str, u64); 5] {
        let [documents, blocks, entities, quantities] = PAGE_TABLES;
        let [a, b, c, d] = self.pages;
        [(documents, a), (blocks, b), (entities, c), (quantities, d), (Rejects::NAME, self.rejects)]
    }
}

/// A file by its table and its place below the table's folder.
pub(crate) type Placed = (&'static str, PathBuf);

/// Files of a run that no reader sees yet. Dropped without being published, they vanish.
pub struct Staging {
    pub(crate) output: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) by: Partitioning,
    /// Published parts by number, with their places.
    published: BTreeMap<u32, PathBuf>,
    pub(crate) open: Open,
    pub(crate) next_part: u32,
    /// Finished files.
    pub(crate) files: Vec<Placed>,
    /// Files beside the tables, by their names.
    pub(crate) kept: Vec<&'static str>,
    /// How many of the finished files are synced.
    pub(crate) synced: usize,
    /// Published files whose rows are gone or stand in finished ones.
    pub(crate) removed: BTreeSet<Placed>,
    part_bytes: u64,
    pub(crate) counts: Counts,
    pub(crate) bytes: u64,
    pub(crate) log: Option<Log>,
    /// Whether the next run needs the files: to go on behind its checkpoints, or to carry out a journal that names them.
    pub(crate) left: bool,
}

/// Where the rows of the next story go.
pub(crate) enum Open {
    /// To one part, as files are not partitioned.
    Part(Option<Box<OpenPart>>),
    /// To the part of their partition.
    Spool(Box<Spool>),
}

/// A part with the rows that are not encoded yet.
pub(crate) struct OpenPart {
    part: Part,
    rows: PageRows,
    /// Characters of its pages.
    chars: u64,
}

impl Open {
    fn new(folder: &Path, by: Partitioning) -> Self {
        if by == Partitioning::None {
            Self::Part(None)
        } else {
            Self::Spool(Box::new(Spool::new(folder, by)))
        }
    }
}

impl Staging {
    /// Stages files for `output` in `folder`, new parts numbered from `next_part`.
    pub(crate) fn new(
        output: &Path,
        folder: PathBuf,
        by: Partitioning,
        published: BTreeMap<u32, PathBuf>,
        next_part: u32,
    ) -> Result<Self, Error> {
        fs::create_dir_all(&folder).map_err(|e| Error::io("create", &folder, e))?;
        Ok(Self {
            output: output.to_owned(),
            open: Open::new(&folder, by),
            folder,
            by,
            published,
            next_part,
            files: Vec::new(),
            kept: Vec::new(),
            synced: 0,
            removed: BTreeSet::new(),
            part_bytes: DEFAULT_PART_BYTES,
            counts: Counts::default(),
            bytes: 0,
            log: None,
            left: false,
        })
    }

    /// Closes parts past a size in bytes, not [`DEFAULT_PART_BYTES`].
    pub const fn cut_at(&mut self, bytes: u64) {
        self.part_bytes = bytes;
    }

    /// Appends the rows of a story; returns the number of the part that holds them.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn push(&mut self, story: &Story) -> Result<u32, Error> {
        let open = match &mut self.open {
            Open::Spool(spool) => return spool.push(story, self.part_bytes, &mut self.next_part),
            Open::Part(open) => open,
        };
        let open = match open {
            Some(open) => open,
            none => {
                self.next_part += 1;
                let part = Part::create(&self.folder, part_name(self.next_part - 1).into(), None)?;
                none.insert(Box::new(OpenPart { part, rows: PageRows::new(None), chars: 0 }))
            }
        };
        let OpenPart { part, rows, chars } = &mut **open;
        *chars += story.article.raw_chars as u64;
        rows.push(story, |rows| append(part, &finished(rows, &self.folder)?, &mut self.counts))?;
        let number = self.next_part - 1;
        if part.bytes() >= self.part_bytes || *chars >= CHARS_PER_PART_BYTE * self.part_bytes {
            self.close_parts()?;
        }
        Ok(number)
    }

    /// Takes rows of pages out of published parts: for each part the ids of the pages.
    ///
    /// # Errors
    /// Where reading or writing fails.
    pub fn take_out(&mut self, gone: &BTreeMap<u32, HashSet<String>>) -> Result<(), Error> {
        for (part, ids) in gone {
            // A part that is not there has nothing to be taken out.
            let Some(place) = self.published.get(part).cloned() else { continue };
            for table in PAGE_TABLES {
                let rows = self.without(table, &place, "doc_id", ids)?;
                if table == Documents::NAME && rows == 0 {
                    self.removed.extend(PAGE_TABLES.map(|table| (table, place.clone())));
                    break;
                }
                self.files.push((table, place.clone()));
            }
        }
        Ok(())
    }

    /// Merges published files of a table, in the order of their rows, into one in the place of the first.
    pub(crate) fn merge(&mut self, table: &'static str, places: &[PathBuf]) -> Result<(), Error> {
        let Some((first, rest)) = places.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Ok(());
        };
        let paths: Vec<PathBuf> = places.iter().map(|place| self.output.join(table).join(place)).collect();
        let bytes = rewrite::concatenated(&paths, &staged(&self.folder, table, first), table)?;
        self.bytes += bytes;
        self.files.push((table, first.clone()));
        self.removed.extend(rest.iter().map(|place| (table, place.clone())));
        Ok(())
    }

    /// Stages a copy of a published file without the rows whose `column` is in `gone`; returns how many are left.
    pub(crate) fn without(
        &mut self,
        table: &str,
        place: &Path,
        column: &str,
        gone: &HashSet<String>,
    ) -> Result<u64, Error> {
        let published = self.output.join(table).join(place);
        let (rows, bytes) =
            rewrite::without(&published, &staged(&self.folder, table, place), table, column, gone)?;
        self.bytes += bytes;
        Ok(rows)
    }

    /// Writes a run's rejects to a file of their own.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn rejects(&mut self, rejects: &[Reject], run_id: &str, at: Timestamp) -> Result<(), Error> {
        self.counts.rejects += rejects.len() as u64;
        let rows = rejects.iter().map(|reject| RejectRow { reject, run_id, at });
        self.whole::<Rejects>(run_id, rows)
    }

    /// Writes the row of a run.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn run(&mut self, run: &Run) -> Result<(), Error> {
        self.whole::<Runs>(&run.run_id, [run.clone()])
    }

    /// Closes the open parts, if there are any.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn close_parts(&mut self) -> Result<(), Error> {
        match std::mem::replace(&mut self.open, Open::new(&self.folder, self.by)) {
            Open::Part(None) => Ok(()),
            Open::Part(Some(open)) => {
                let OpenPart { mut part, mut rows, .. } = *open;
                append(&mut part, &finished(&mut rows, &self.folder)?, &mut self.counts)?;
                self.close(part)
            }
            Open::Spool(spool) => self.close_spooled(*spool),
        }
    }

    /// Writes a part without rows to `place`, so that the tables exist with their schema.
    pub(crate) fn empty_part(&mut self, place: PathBuf) -> Result<(), Error> {
        let part = Part::create(&self.folder, place, self.by.key())?;
        self.close(part)
    }

    /// Writes a part without rows where no part has been written.
    pub(crate) fn ensure_part(&mut self) -> Result<(), Error> {
        if self.files.iter().any(|(table, _)| *table == Documents::NAME) {
            return Ok(());
        }
        self.empty_part(self.by.unknown().join(part_name(self.next_part)))
    }

    /// Rows of the closed parts, and rejects.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Bytes of the closed files.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Syncs the finished files to disk.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        let paths: Vec<PathBuf> = self.files[self.synced..].iter().map(|file| self.path(file)).collect();
        sync(&paths)?;
        self.synced = self.files.len();
        Ok(())
    }

    /// Where a file stands until it is published.
    pub(crate) fn path(&self, (table, place): &Placed) -> PathBuf {
        staged(&self.folder, table, place)
    }

    fn close_spooled(&mut self, spool: Spool) -> Result<(), Error> {
        let mut open: Option<(u32, Part)> = None;
        spool.finish(|number, partition, rows| {
            if open.as_ref().is_none_or(|(open, _)| *open != number) {
                let part = Part::create(&self.folder, partition.join(part_name(number)), self.by.key())?;
                open.replace((number, part)).map_or(Ok(()), |(_, part)| self.close(part))?;
            }
            let Some((_, part)) = &mut open else { return Ok(()) };
            append(part, rows, &mut self.counts)
        })?;
        open.map_or(Ok(()), |(_, part)| self.close(part))
    }

    /// Finishes the files of a part and notes them for publication.
    fn close(&mut self, part: Part) -> Result<(), Error> {
        self.files.extend(PAGE_TABLES.map(|table| (table, part.place.clone())));
        self.bytes += part.finish()?;
        Ok(())
    }

    fn whole<'a, T: Table>(
        &mut self,
        run_id: &str,
        rows: impl IntoIterator<Item = T::Row<'a>>,
    ) -> Result<(), Error> {
        let place = PathBuf::from(format!("run-{run_id}.parquet"));
        let path = staged(&self.folder, T::NAME, &place);
        let mut waiting = Rows::<T>::new(None);
        let mut file = TableFile::create(&path, T::NAME, waiting.schema())?;
        for row in rows {
            waiting.push(&row);
            if waiting.is_full() {
                file.append(&waiting.finish().map_err(|e| arrow(&path, e))?)?;
            }
        }
        file.append(&waiting.finish().map_err(|e| arrow(&path, e))?)?;
        self.bytes += file.finish()?;
        self.files.push((T::NAME, place));
        Ok(())
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

fn finished(rows: &mut PageRows, folder: &Path) -> Result<[RecordBatch; 4], Error> {
    rows.finish().map_err(|e| arrow(folder, e))
}

fn append(part: &mut Part, rows: &[RecordBatch; 4], counts: &mut Counts) -> Result<(), Error> {
    for (count, rows) in counts.pages.iter_mut().zip(rows) {
        *count += rows.num_rows() as u64;
    }
    part.append(rows)
}
