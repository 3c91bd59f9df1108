//! An output folder: who may write to it, what stands in it, how a run's files appear in it.
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
use crate::journal::{self, Step};
use crate::part::{PAGE_TABLES, Staging, part_name, part_number};
use crate::state::State;
use crate::table::Table;

/// What copydesk keeps for itself in an output.
const OWN: &str = ".copydesk";
const JOURNAL: &str = "journal";
const STATE: &str = "state";
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
        Staging::resumed(self.folder.clone(), self.folder.join(OWN).join(STAGING), note)
    }

    /// Begins the files of a run.
    ///
    /// # Errors
    /// Where the folder for them cannot be made.
    pub fn stage(&self, scope: Scope) -> Result<Staging, Error> {
        sweep(&self.folder.join(OWN).join(STAGING))?;
        let next_part = match scope {
            Scope::Everything => 0,
            Scope::Changes => self.parts()?.last().map_or(0, |last| last + 1),
        };
        Staging::new(self.folder.clone(), self.folder.join(OWN).join(STAGING), next_part)
    }

    /// Makes a run's files appear, and remembers `state` and the files to keep.
    ///
    /// Rows vanish before their successors appear, and every table always has a file: a reader in this instant may miss rows,
    /// but meets none twice, and never fails.
    pub fn publish(
        &self,
        mut staging: Staging,
        scope: Scope,
        state: &State,
        keep: &[(&str, Vec<u8>)],
    ) -> Result<(), Error> {
        staging.end_log()?;
        let old = self.parts()?;
        if scope == Scope::Everything || old.is_empty() {
            staging.ensure_part()?;
        }
        staging.close_part()?;
        let mut steps = Vec::new();
        // Rows of the first part, which is renamed over, stand in no other.
        let removed = old.iter().filter(|&&number| scope == Scope::Everything && number != 0);
        let published = |table: &str, name: &str| Path::new(table).join(name);
        for &number in removed {
            steps.extend(PAGE_TABLES.map(|table| Step::Remove(published(table, &part_name(number)))));
        }
        steps.extend(staging.merged.iter().map(|(table, name)| Step::Remove(published(table, name))));
        let (over, fresh): (Vec<_>, Vec<_>) = staging.files.iter().partition(|(_, name)| is_old(&old, name));
        for (table, name) in over.into_iter().chain(fresh) {
            steps.push(self.rename(&staging.path(table, name), published(table, name)));
        }
        for (name, bytes) in keep {
            let staged = staging.path(OWN, name);
            File::create(&staged)
                .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
                .map_err(|e| Error::io("write", &staged, e))?;
            steps.push(self.rename(&staged, published(OWN, name)));
        }
        let staged = staging.path(OWN, STATE);
        state.save(&staged)?;
        steps.push(self.rename(&staged, published(OWN, STATE)));
        journal::carry_out(&self.folder, &self.folder.join(OWN).join(JOURNAL), &steps)
    }

    fn rename(&self, from: &Path, to: PathBuf) -> Step {
        let from = from.strip_prefix(&self.folder).unwrap_or(from).to_owned();
        Step::Rename { from, to }
    }

    /// The numbers of the published parts, in order.
    pub(crate) fn parts(&self) -> Result<Vec<u32>, Error> {
        let names = parquet_names(&self.folder.join(Documents::NAME))?;
        Ok(names.iter().filter_map(|name| part_number(name)).collect())
    }
}

fn is_old(old: &[u32], name: &str) -> bool {
    part_number(name).is_some_and(|number| old.contains(&number))
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

/// The names of the Parquet files in a folder, sorted.
pub(crate) fn parquet_names(folder: &Path) -> Result<Vec<String>, Error> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{overview, verify};
    use copydesk_types::{Article, MediaType, Page, Story};

    fn story(source: &str) -> Story {
        let page = Page::new(source, MediaType::Text, "");
        let article = Article::plain(format!("Xin chào từ {source} 🛃."), None);
        Story::new(&page, source.into(), "00".into(), None, article)
    }

    fn publish(folder: &Path, scope: Scope, sources: &[&str]) {
        let dataset = Dataset::open(folder, Wait::No).unwrap();
        let mut staging = dataset.stage(scope).unwrap();
        for source in sources {
            staging.push(&story(source)).unwrap();
        }
        staging.rejects(&[], "1", jiff::Timestamp::UNIX_EPOCH).unwrap();
        staging.run(&crate::Run { run_id: "1".into(), ..Default::default() }).unwrap();
        dataset.publish(staging, scope, &State::default(), &[("sites", b"x".to_vec())]).unwrap();
    }

    fn pages(folder: &Path) -> u64 {
        overview(folder).unwrap()[0].rows
    }

    #[test]
    fn rows_are_added_or_replaced_as_the_scope_says() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        publish(&folder, Scope::Everything, &["a", "b"]);
        assert_eq!(pages(&folder), 2);
        publish(&folder, Scope::Changes, &["c"]);
        assert_eq!(pages(&folder), 3);
        assert_eq!(verify(&folder).unwrap(), [""; 0]);
        publish(&folder, Scope::Everything, &["d"]);
        assert_eq!(pages(&folder), 1);
        publish(&folder, Scope::Everything, &[]);
        assert_eq!(pages(&folder), 0);
        assert!(overview(&folder).unwrap().iter().all(|table| table.files > 0), "every table can be read");
    }

    #[test]
    fn compacting_keeps_every_row_in_fewer_files() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        for source in ["a", "b", "c"] {
            publish(&folder, Scope::Changes, &[source]);
        }
        let dataset = Dataset::open(&folder, Wait::No).unwrap();
        assert_eq!(overview(&folder).unwrap()[0].files, 3);
        assert_eq!(dataset.compact().unwrap(), 8);
        assert_eq!((pages(&folder), overview(&folder).unwrap()[0].files), (3, 1));
        assert_eq!(verify(&folder).unwrap(), [""; 0]);
        assert_eq!(dataset.compact().unwrap(), 0);
    }

    #[test]
    fn a_page_that_stands_twice_is_a_fault() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        publish(&folder, Scope::Changes, &["a"]);
        publish(&folder, Scope::Changes, &["a"]);
        let faults = verify(&folder).unwrap();
        assert_eq!(faults, ["page a stands in part-000000.parquet and in part-000001.parquet"]);
    }

    #[test]
    fn an_output_is_held_by_one_run() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        let holder = Dataset::open(&folder, Wait::No).unwrap();
        let error = Dataset::open(&folder, Wait::No).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Held);
        assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
        drop(holder);
        assert!(Dataset::open(&folder, Wait::No).is_ok());
    }

    #[test]
    fn a_dropped_run_leaves_nothing() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        publish(&folder, Scope::Everything, &["a"]);
        let dataset = Dataset::open(&folder, Wait::No).unwrap();
        let mut staging = dataset.stage(Scope::Changes).unwrap();
        staging.push(&story("b")).unwrap();
        drop(staging);
        assert!(!folder.join(OWN).join(STAGING).exists());
        assert_eq!(pages(&folder), 1);
    }

    #[test]
    fn a_folder_without_parent_cannot_be_created() {
        let scratch = tempfile::tempdir().unwrap();
        let error = Dataset::open(&scratch.path().join("no/output"), Wait::No).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CannotCreate);
    }
}
