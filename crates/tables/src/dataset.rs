//! An output folder: who may write to it, what stands in it.
//!
//! ```text
//! OUTPUT/documents/part-000000.parquet     published, seen by readers
//! OUTPUT/.copydesk/lock                    held while a run works
//! OUTPUT/.copydesk/staging/                files of the run that works
//! OUTPUT/.copydesk/journal                 a publication that has begun
//! OUTPUT/.copydesk/state                   what is remembered of the inputs
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::contract::{Blocks, Documents, Entities, Quantities, Rejects, Runs};
use crate::error::{Error, ErrorKind};
use crate::journal;
use crate::listing::parts;
use crate::partition::Partitioning;
use crate::staging::Staging;
use crate::state::State;
use crate::table::Table;

/// What copydesk keeps for itself in an output.
pub(crate) const OWN: &str = ".copydesk";
pub(crate) const JOURNAL: &str = "journal";
pub(crate) const STATE: &str = "state";
const STAGING: &str = "staging";
const TABLES: [&str; 6] =
    [Documents::NAME, Blocks::NAME, Entities::NAME, Quantities::NAME, Rejects::NAME, Runs::NAME];

/// An output folder that this process holds.
#[derive(Debug)]
pub struct Dataset {
    pub(crate) folder: PathBuf,
    state: Option<State>,
    /// Unlocked by the kernel when it is closed, however the process ends.
    _lock: File,
}

/// What to do where another run holds the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Wait until it ends.
    Yes,
    /// Give up.
    No,
}

/// Which rows a run replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All: the dataset is built anew.
    Everything,
    /// Those that it takes out; the others stay.
    Changes,
}

impl Dataset {
    /// Creates or opens an output folder, takes its lock, and finishes what a killed run has left.
    ///
    /// # Errors
    /// [`ErrorKind::CannotCreate`] where the folder cannot be created (its parent must exist) or written to,
    /// [`ErrorKind::Held`] where another run holds it, [`ErrorKind::OtherContract`] where another contract version wrote it.
    pub fn open(folder: &Path, wait: Wait) -> Result<Self, Error> {
        let own = folder.join(OWN);
        create(folder)?;
        create(&own)?;
        let lock = lock(&own.join("lock"), wait)?;
        let (journal, state) = (own.join(JOURNAL), own.join(STATE));
        // Before anything is touched: what another contract wrote is left to the program that wrote it.
        State::check(&state)?;
        journal::recover(folder, &journal)?;
        let state = State::load(&state)?;
        for table in TABLES {
            create(&folder.join(table))?;
        }
        Ok(Self { folder: folder.to_owned(), state, _lock: lock })
    }

    /// What an output remembers, looked at without holding it; none where there is no output or no run has ended well.
    ///
    /// # Errors
    /// As for [`Self::open`], where the state cannot be read.
    pub fn peek(folder: &Path) -> Result<Option<State>, Error> {
        State::load(&folder.join(OWN).join(STATE))
    }

    /// What the output remembers of earlier runs.
    pub const fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// Hands over what the output remembers of its inputs; there may be millions of them, too many to be held twice.
    pub fn take_state(&mut self) -> Option<State> {
        let state = self.state.as_mut()?;
        let inputs = std::mem::take(&mut state.inputs);
        Some(State { inputs, ..state.clone() })
    }

    /// What the output remembers now, runs of this process included.
    pub(crate) fn remembered(&self) -> Result<Option<State>, Error> {
        State::load(&self.folder.join(OWN).join(STATE))
    }

    /// A file that is kept beside the tables under `name`, such as a site memory; none where no run has kept it.
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let path = self.folder.join(OWN).join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io("read", &path, e)),
        }
    }

    /// Goes on with the files of a run that was stopped, if there are any and `note` finds that what their checkpoints note
    /// holds still.
    ///
    /// # Errors
    /// Where what is there cannot be read.
    pub fn resume(&self, note: impl FnMut(&[u8]) -> bool) -> Result<Option<Staging>, Error> {
        let published = parts(&self.folder)?;
        Staging::resumed(&self.folder, self.folder.join(OWN).join(STAGING), published, note)
    }

    /// Begins the files of a run, partitioned by `by`. With [`Scope::Changes`] that must be how the output is partitioned.
    ///
    /// # Errors
    /// Where the output cannot be listed or written to.
    pub fn stage(&self, scope: Scope, by: Partitioning) -> Result<Staging, Error> {
        sweep(&self.folder.join(OWN).join(STAGING))?;
        let published = parts(&self.folder)?;
        let next_part = match scope {
            Scope::Everything => 0,
            Scope::Changes => published.last_key_value().map_or(0, |(last, _)| last + 1),
        };
        Staging::new(&self.folder, self.folder.join(OWN).join(STAGING), by, published, next_part)
    }
}

fn create(path: &Path) -> Result<(), Error> {
    match fs::create_dir(path) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::io("create", path, e).with_kind(ErrorKind::CannotCreate))
        }
        _ => Ok(()),
    }
}

/// Takes the lock, or says who holds it.
fn lock(path: &Path, wait: Wait) -> Result<File, Error> {
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|e| Error::io("write", path, e).with_kind(ErrorKind::CannotCreate))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) if wait == Wait::Yes => {
            file.lock().map_err(|e| Error::io("lock", path, e))?;
        }
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(path).unwrap_or_default();
            let message = format!("another run holds this output (process {})", holder.trim());
            return Err(Error::new(ErrorKind::Held, path, message));
        }
        Err(TryLockError::Error(e)) => return Err(Error::io("lock", path, e)),
    }
    file.set_len(0)
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(|e| Error::io("write", path, e))?;
    Ok(file)
}

/// Removes what a killed run has staged.
fn sweep(staging: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(staging) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", staging, e)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
