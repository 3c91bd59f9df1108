//! An output folder: who may write to it, what stands in it, how a run's files appear in it.
//!
//! ```text
//! OUTPUT/documents/part-000000.parquet     published, seen by readers
//! OUTPUT/.copydesk/lock                    held while a run works
//! OUTPUT/.copydesk/staging/                files of the run that works
//! OUTPUT/.copydesk/journal                 a publication that has begun
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::contract::{Blocks, Documents, Entities, Quantities, Rejects, Runs};
use crate::error::{Error, ErrorKind};
use crate::journal::{self, Step};
use crate::part::Staging;
use crate::table::Table;

const PAGE_TABLES: [&str; 4] = [Documents::NAME, Blocks::NAME, Entities::NAME, Quantities::NAME];
const TABLES: [&str; 6] =
    [Documents::NAME, Blocks::NAME, Entities::NAME, Quantities::NAME, Rejects::NAME, Runs::NAME];

/// An output folder that this process holds.
#[derive(Debug)]
pub struct Dataset {
    folder: PathBuf,
    /// Unlocked by the kernel when it is closed, however the process ends.
    _lock: File,
}

impl Dataset {
    /// Creates or opens an output folder, takes its lock, and finishes what a killed run has left.
    ///
    /// # Errors
    /// [`ErrorKind::CannotCreate`] where the folder cannot be created (its parent must exist) or written to,
    /// [`ErrorKind::Held`] where another run holds it.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let create = |path: &Path| match fs::create_dir(path) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
                Err(Error::io("create", path, e).with_kind(ErrorKind::CannotCreate))
            }
            _ => Ok(()),
        };
        let own = folder.join(".copydesk");
        create(folder)?;
        create(&own)?;
        let lock = lock(&own.join("lock"))?;
        for table in TABLES {
            create(&folder.join(table))?;
        }
        journal::recover(folder, &own.join("journal"))?;
        sweep(&own.join("staging"))?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// Begins a run that replaces all pages.
    pub fn stage(&self) -> Result<Staging, Error> {
        Staging::new(self.folder.join(".copydesk/staging"), 0)
    }

    /// Makes a run's files appear: the first part by renaming over the old first part, after the other old parts are
    /// gone, so that a reader in this instant may miss rows but never meets one twice and always finds a file.
    pub fn publish(&self, mut staging: Staging) -> Result<(), Error> {
        staging.ensure_part()?;
        let mut steps = Vec::new();
        let first =
            staging.files.iter().find(|(table, _)| *table == Documents::NAME).map(|(_, name)| name.clone());
        for table in PAGE_TABLES {
            for name in parquet_names(&self.folder.join(table))? {
                if Some(&name) != first.as_ref() {
                    steps.push(Step::Remove(Path::new(table).join(name)));
                }
            }
        }
        for (table, name) in &staging.files {
            let from = staging.path(table, name);
            let from = from.strip_prefix(&self.folder).unwrap_or(&from).to_owned();
            steps.push(Step::Rename { from, to: Path::new(table).join(name) });
        }
        journal::carry_out(&self.folder, &self.folder.join(".copydesk/journal"), &steps)
    }

    /// Gives up a run: nothing of it appears.
    pub fn abandon(&self, staging: Staging) -> Result<(), Error> {
        drop(staging);
        sweep(&self.folder.join(".copydesk/staging"))
    }
}

/// Takes the lock, or says who holds it.
fn lock(path: &Path) -> Result<File, Error> {
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|e| Error::io("write", path, e).with_kind(ErrorKind::CannotCreate))?;
    match file.try_lock() {
        Ok(()) => {}
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

/// The names of the Parquet files in a folder, sorted.
fn parquet_names(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |e| Error::io("list", folder, e);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".parquet") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
