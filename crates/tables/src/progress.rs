//! The log of a run's progress: what a stopped run has closed, so that the next one goes on behind it.
//!
//! A record a checkpoint: which staged files are whole, and a note of whoever runs. It stands among the staged files, and
//! vanishes with them when they are published. A record that was cut ends the log; what stands before it counts.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use crate::error::{Error, ErrorKind};

/// Bytes before a record: the lengths of its two parts, and their hash.
const HEAD: usize = 24;

/// The log of one run, open at its end.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    /// Begins a log.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(|e| Error::io("create", path, e))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Opens the log that a stopped run has left, and hands over its records in order until `each` says that one doesn't
    /// hold. Returns the log, to go on behind the last record that does, with what that one says is closed; none where
    /// there is none.
    pub(crate) fn resume<C: for<'de> Deserialize<'de>>(
        path: &Path,
        mut each: impl FnMut(&C, &[u8]) -> bool,
    ) -> Result<Option<(Self, C)>, Error> {
        let failed = |e| Error::io("read", path, e);
        let file = match File::options().read(true).write(true).open(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(failed)?,
        };
        let mut reader = BufReader::new(&file);
        let (mut end, mut last) = (0, None);
        while let Some((closed, note)) = next(&mut reader).map_err(failed)? {
            let bytes = HEAD + closed.len() + note.len();
            let Some(closed) = postcard::from_bytes(&closed).ok().filter(|closed| each(closed, &note)) else {
                break;
            };
            (end, last) = (end + bytes as u64, Some(closed));
        }
        let Some(last) = last else { return Ok(None) };
        let mut file = file;
        file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end))).map_err(failed)?;
        Ok(Some((Self { path: path.to_owned(), file }, last)))
    }

    /// Adds a record and syncs it.
    pub(crate) fn add(&mut self, closed: &impl Serialize, note: &[u8]) -> Result<(), Error> {
        let closed = postcard::to_allocvec(closed)
            .map_err(|e| Error::new(ErrorKind::Format, &self.path, e.to_string()))?;
        let head = [closed.len() as u64, note.len() as u64, hash(&closed, note)].map(u64::to_le_bytes);
        [head.as_flattened(), &closed, note]
            .into_iter()
            .try_for_each(|bytes| self.file.write_all(bytes))
            .and_then(|()| self.file.sync_data())
            .map_err(|e| Error::io("write", &self.path, e))
    }
}

fn hash(closed: &[u8], note: &[u8]) -> u64 {
    let mut hash = Xxh3Default::new();
    hash.update(closed);
    hash.update(note);
    hash.digest()
}

/// The two parts of the next record; none at the end and where it isn't whole.
fn next(reader: &mut impl Read) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut head = [0; HEAD];
    match reader.read_exact(&mut head) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let [closed_length, note_length, expected] =
        [&head[..8], &head[8..16], &head[16..]].map(|number| number.try_into().map_or(0, u64::from_le_bytes));
    let mut part = |length: u64| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        reader.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let (closed, note) = (part(closed_length)?, part(note_length)?);
    let whole = (closed.len() as u64, note.len() as u64) == (closed_length, note_length);
    Ok((whole && hash(&closed, &note) == expected).then_some((closed, note)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a log that hold, and how the log goes on.
    fn resumed(path: &Path, holds: impl Fn(u32) -> bool) -> (Vec<u32>, Option<Log>) {
        let mut all = Vec::new();
        let log = Log::resume(path, |&closed: &u32, note| {
            let good = holds(closed) && note == [closed as u8; 3];
            all.extend(good.then_some(closed));
            good
        });
        let (log, last) = log.unwrap().unzip();
        assert_eq!(last, all.last().copied());
        (all, log)
    }

    #[test]
    fn a_log_goes_on_behind_its_last_whole_record_wherever_it_was_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        assert!(resumed(&path, |_| true).1.is_none());
        let mut log = Log::create(&path).unwrap();
        for n in 1..=3_u32 {
            log.add(&n, &[n as u8; 3]).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        let record = whole.len() / 3;
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let (found, log) = resumed(&path, |_| true);
            assert_eq!(found.len(), cut / record);
            if let Some(mut log) = log {
                log.add(&9_u32, &[9; 3]).unwrap();
                assert_eq!(resumed(&path, |_| true).0, [&found[..], &[9]].concat());
            }
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(resumed(&path, |n| n < 2).0, [1]);
        assert_eq!(std::fs::read(&path).unwrap().len(), record, "what doesn't hold is cut off");
    }

    #[test]
    fn a_damaged_record_ends_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut log = Log::create(&path).unwrap();
        log.add(&1_u32, &[1; 3]).unwrap();
        log.add(&2_u32, &[2; 3]).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for at in whole.len() / 2..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            std::fs::write(&path, &damaged).unwrap();
            assert_eq!(resumed(&path, |_| true).0, [1], "byte {at}");
        }
    }
}
