//! Rows of a partitioned run until it is known how many belong together.
//!
//! Pages of hundreds of sites come in any order: a file open for each would take too many handles and too much memory, and
//! files closed in between would be far too many. So rows wait by part; where they become too many, all go to one Arrow
//! file a table, a batch a part. In the end each part is gathered from its batches and written at once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_ipc::MetadataVersion;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::Schema;
use copydesk_types::Story;

use crate::error::{Error, ErrorKind};
use crate::file::{arrow, create};
use crate::pages::{PAGE_TABLES, PageRows, per_table};
use crate::partition::Partitioning;

/// Rows that wait in memory, at most.
const WAITING_BYTES: usize = 64 << 20;
/// Bytes of a part's rows for each byte of its largest file, about: 11 on 900 news pages in HTML, fewer on plain texts.
const ROW_BYTES_PER_FILE_BYTE: u64 = 8;

/// To so many bytes each column of a batch is filled up: the least that Arrow allows, as batches may be small.
const ALIGNMENT: usize = 8;

/// Rows by part.
pub(crate) struct Spool {
    folder: PathBuf,
    by: Partitioning,
    /// The part that takes the pages of a partition, and its bytes.
    open: BTreeMap<PathBuf, (u32, u64)>,
    parts: BTreeMap<u32, Waiting>,
    /// No rows, to make others from.
    none: PageRows,
    bytes: usize,
    /// Bytes of rows that may wait in memory.
    room: usize,
    spilled: Option<[Spill; 4]>,
}

/// Rows of one part.
struct Waiting {
    partition: PathBuf,
    rows: PageRows,
    /// Batches of this part in the files.
    spilled: Vec<usize>,
}

/// A file of one table that holds rows of all parts.
struct Spill {
    path: PathBuf,
    writer: FileWriter<File>,
    batches: usize,
}

impl Spool {
    /// Rows that are written to `folder` where memory is too small for them.
    pub(crate) fn new(folder: &Path, by: Partitioning) -> Self {
        let folder = folder.to_owned();
        Self {
            folder,
            by,
            open: BTreeMap::new(),
            parts: BTreeMap::new(),
            none: PageRows::new(by.key()),
            bytes: 0,
            room: WAITING_BYTES,
            spilled: None,
        }
    }

    /// Appends the rows of a story; returns the number of the part that will hold them, `next` where it is a new one, as
    /// the partition has none yet that is smaller than `part_bytes`.
    pub(crate) fn push(&mut self, story: &Story, part_bytes: u64, next: &mut u32) -> Result<u32, Error> {
        let partition = self.by.folder(story);
        let mut fresh = || {
            *next += 1;
            (*next - 1, 0)
        };
        let (part, bytes) = self.open.entry(partition.clone()).or_insert_with(&mut fresh);
        if *bytes >= part_bytes * ROW_BYTES_PER_FILE_BYTE {
            (*part, *bytes) = fresh();
        }
        let waiting = self.parts.entry(*part).or_insert_with(|| Waiting {
            partition,
            rows: self.none.another(),
            spilled: Vec::new(),
        });
        let before = waiting.rows.bytes();
        waiting.rows.push(story, |_| Ok::<(), Error>(()))?;
        let added = waiting.rows.bytes() - before;
        *bytes += added as u64;
        self.bytes += added;
        let part = *part;
        if self.bytes >= self.room {
            self.spill()?;
        }
        Ok(part)
    }

    /// Hands out the rows of the parts in order, some at a time: the part's number and partition, and a batch a table.
    pub(crate) fn finish(
        self,
        mut each: impl FnMut(u32, &Path, &[RecordBatch; 4]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut spilled = match self.spilled {
            Some([a, b, c, d]) => vec![a.read()?, b.read()?, c.read()?, d.read()?],
            None => Vec::new(),
        };
        for (number, mut part) in self.parts {
            for batch in part.spilled {
                each(number, &part.partition, &per_table(|table| spilled[table].batch(batch))?)?;
            }
            each(number, &part.partition, &part.rows.finish().map_err(|e| arrow(&self.folder, e))?)?;
        }
        Ok(())
    }

    /// Writes what waits to the files.
    fn spill(&mut self) -> Result<(), Error> {
        let spills = match &mut self.spilled {
            Some(spills) => spills,
            none => {
                let schemas = self.none.schemas();
                let path = |table: usize| self.folder.join(PAGE_TABLES[table]).join("spilled");
                none.insert(per_table(|table| Spill::create(path(table), &schemas[table]))?)
            }
        };
        for part in self.parts.values_mut().filter(|part| part.rows.bytes() > 0) {
            part.spilled.push(spills[0].batches);
            let rows = part.rows.finish().map_err(|e| arrow(&self.folder, e))?;
            spills.iter_mut().zip(&rows).try_for_each(|(spill, rows)| spill.append(rows))?;
        }
        self.bytes = 0;
        Ok(())
    }
}

impl Spill {
    fn create(path: PathBuf, schema: &Schema) -> Result<Self, Error> {
        let file = create(&path)?;
        let options = IpcWriteOptions::try_new(ALIGNMENT, false, MetadataVersion::V5);
        let writer = options.and_then(|options| FileWriter::try_new_with_options(file, schema, options));
        Ok(Self { writer: writer.map_err(|e| arrow(&path, e))?, path, batches: 0 })
    }

    /// Appends a batch.
    fn append(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        self.batches += 1;
        self.writer.write(rows).map_err(|e| arrow(&self.path, e))
    }

    /// Opens what was written.
    fn read(mut self) -> Result<Spilled, Error> {
        self.writer.finish().map_err(|e| arrow(&self.path, e))?;
        let file = File::open(&self.path).map_err(|e| Error::io("read", &self.path, e))?;
        let reader = FileReader::try_new(BufReader::new(file), None).map_err(|e| arrow(&self.path, e))?;
        Ok(Spilled { path: self.path, reader })
    }
}

/// A [`Spill`] that is read back.
struct Spilled {
    path: PathBuf,
    reader: FileReader<BufReader<File>>,
}

impl Spilled {
    fn batch(&mut self, number: usize) -> Result<RecordBatch, Error> {
        let batch = self.reader.set_index(number).map(|()| self.reader.next());
        batch
            .map_err(|e| arrow(&self.path, e))?
            .ok_or_else(|| Error::new(ErrorKind::Format, &self.path, "shorter than it was written"))?
            .map_err(|e| arrow(&self.path, e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::strings;
    use copydesk_types::{Article, MediaType, Page};

    /// Part, partition and pages, in order.
    fn gathered(room: usize) -> Vec<(u32, String, Vec<String>)> {
        let scratch = tempfile::tempdir().unwrap();
        let mut spool = Spool { room, ..Spool::new(scratch.path(), Partitioning::Site) };
        let mut next = 5;
        for n in 0..30 {
            let site = format!("{}.org", n * 7 % 5);
            let article = Article::plain(format!("Page {n}."), None);
            let page = Page::new(format!("{n}"), MediaType::Text, "");
            let story = Story::new(&page, format!("{n}"), "00".into(), Some(site), article);
            let part = spool.push(&story, 1 << 20, &mut next).unwrap();
            assert!((5..10).contains(&part) && next <= 10);
        }
        let mut parts: Vec<(u32, String, Vec<String>)> = Vec::new();
        spool
            .finish(|number, partition, rows| {
                let ids = strings(scratch.path(), &rows[0], "doc_id")?.flatten().map(str::to_owned);
                match parts.last_mut().filter(|(last, ..)| *last == number) {
                    Some((.., pages)) => pages.extend(ids),
                    None => parts.push((number, partition.display().to_string(), ids.collect())),
                }
                Ok(())
            })
            .unwrap();
        parts
    }

    #[test]
    fn pages_are_gathered_by_part_in_their_order_whatever_has_room_in_memory() {
        let in_memory = gathered(usize::MAX);
        assert_eq!(in_memory.len(), 5);
        assert_eq!(in_memory[1].0, 6);
        assert_eq!(in_memory[1].1, "site=2.org");
        assert_eq!(in_memory[1].2, ["1", "6", "11", "16", "21", "26"]);
        for room in [1, 5000, 20_000] {
            assert_eq!(gathered(room), in_memory, "{room}");
        }
    }
}
