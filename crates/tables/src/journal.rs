//! The journal of a publication: what is to be renamed and removed, written before any of it is done.
//!
//! A run that is killed while it publishes leaves its journal; the next one finishes the steps. Each step can be done
//! twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::file::sync;

/// One step, paths relative to the output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// Renames over what stands there.
    Rename {
        /// Old name.
        from: PathBuf,
        /// New name.
        to: PathBuf,
    },
    /// Removes a file.
    Remove(PathBuf),
}

/// Writes the journal to `path` and carries it out: after this returns, or after the next [`recover`], all is done.
pub(crate) fn carry_out(output: &Path, path: &Path, steps: &[Step]) -> Result<(), Error> {
    let fresh = path.with_extension("new");
    let text = serde_json::to_vec(steps).map_err(|e| Error::new(ErrorKind::Format, path, e.to_string()))?;
    File::create(&fresh)
        .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
        .map_err(|e| Error::io("write", &fresh, e))?;
    fs::rename(&fresh, path).map_err(|e| Error::io("rename", &fresh, e))?;
    sync(&path.parent().map(Path::to_owned).into_iter().collect::<Vec<_>>())?;
    apply(output, path, steps)
}

/// Finishes what a killed run has begun to publish.
pub(crate) fn recover(output: &Path, path: &Path) -> Result<(), Error> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::io("read", path, e)),
    };
    let steps: Vec<Step> = serde_json::from_slice(&text)
        .map_err(|e| Error::new(ErrorKind::Format, path, format!("not a journal: {e}")))?;
    apply(output, path, &steps)
}

/// Carries out all steps. Their folders are synced in the end: a file system with a journal keeps the order of renames
/// over a crash, and where one does not, the next run repeats all steps, as the journal of them goes last.
fn apply(output: &Path, journal: &Path, steps: &[Step]) -> Result<(), Error> {
    let mut touched = BTreeSet::new();
    let mut emptied = BTreeSet::new();
    for step in steps {
        let (path, done) = match step {
            Step::Rename { from, to } => (to, rename(&output.join(from), &output.join(to))),
            Step::Remove(path) => (path, fs::remove_file(output.join(path))),
        };
        if let Err(e) = done
            && e.kind() != io::ErrorKind::NotFound
        {
            return Err(Error::io("publish", &output.join(path), e));
        }
        let folders = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        touched.extend(folders.map(|folder| output.join(folder)));
        if let (Step::Remove(_), Some(partition)) = (step, partition(path)) {
            emptied.insert(output.join(partition));
        }
    }
    for partition in emptied {
        // Fails, as it should, where files are left in it.
        let _ = fs::remove_dir(partition);
    }
    sync(&touched.into_iter().collect::<Vec<_>>())?;
    fs::remove_file(journal).map_err(|e| Error::io("remove", journal, e))
}

/// The folder of a partition that a file stands in.
fn partition(path: &Path) -> Option<&Path> {
    path.parent().filter(|folder| folder.components().count() > 1)
}

/// Renames a file, into a folder that may be new.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(e) if e.kind() == io::ErrorKind::NotFound && from.exists() => {
            fs::create_dir_all(to.parent().unwrap_or(to))?;
            fs::rename(from, to)
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_finished_by_the_next_run_whatever_was_done_of_it() {
        for done in 0..=3 {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            for (name, text) in [("a.new", "1"), ("b.new", "2"), ("a", "0"), ("old", "0")] {
                fs::write(at(name), text).unwrap();
            }
            let rename = |from: &str, to: &str| Step::Rename { from: from.into(), to: to.into() };
            let steps = [rename("a.new", "a"), Step::Remove("old".into()), rename("b.new", "b")];
            fs::write(at("journal"), serde_json::to_vec(&steps).unwrap()).unwrap();
            for step in &steps[..done] {
                match step {
                    Step::Rename { from, to } => {
                        fs::rename(folder.path().join(from), folder.path().join(to)).unwrap()
                    }
                    Step::Remove(path) => fs::remove_file(folder.path().join(path)).unwrap(),
                }
            }
            recover(folder.path(), &at("journal")).unwrap();
            assert_eq!(fs::read_to_string(at("a")).unwrap(), "1");
            assert_eq!(fs::read_to_string(at("b")).unwrap(), "2");
            assert!(!at("old").exists() && !at("journal").exists());
        }
    }
}
