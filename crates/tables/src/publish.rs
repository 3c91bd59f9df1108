//! How a run's files take the place of those that stand in an output.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::contract::Documents;
use crate::dataset::{Dataset, JOURNAL, OWN, STATE, Scope};
use crate::error::Error;
use crate::file::{create, sync};
use crate::journal::{self, Step};
use crate::listing::parts;
use crate::pages::PAGE_TABLES;
use crate::staging::{Placed, Staging};
use crate::state::State;
use crate::table::Table;

impl Staging {
    /// Writes a file that is kept beside the tables under `name`, in place of the one that is kept so far.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn keep(&mut self, name: &'static str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.path(&own(name));
        let written = create(&path)?.write_all(bytes);
        written.map_err(|e| Error::io("write", &path, e))?;
        self.kept.push(name);
        sync(&[path])
    }
}

impl Dataset {
    /// Makes a run's files appear, and remembers `state`.
    ///
    /// Rows vanish before their successors appear, and every table always has a file: a reader in this instant may miss rows,
    /// but meets none twice, and never fails.
    ///
    /// # Errors
    /// Where writing fails. Where that happens in the middle of the publication, the next [`Dataset::open`] finishes it.
    pub fn publish(&self, mut staging: Staging, scope: Scope, state: &State) -> Result<(), Error> {
        let old: BTreeSet<PathBuf> = parts(&self.folder)?.into_values().collect();
        staging.close_parts()?;
        if scope == Scope::Everything || old.is_empty() {
            staging.ensure_part()?;
            staging
                .removed
                .extend(old.iter().flat_map(|place| PAGE_TABLES.map(|table| (table, place.clone()))));
        }
        let mut steps = self.replace(&mut staging, &old)?;
        staging.sync()?;
        steps.extend(staging.kept.iter().map(|name| self.rename(&staging, &own(name))));
        let own = own(STATE);
        state.save(&staging.path(&own))?;
        steps.push(self.rename(&staging, &own));
        let journal = self.folder.join(OWN).join(JOURNAL);
        let published = journal::carry_out(&self.folder, &journal, &steps);
        staging.left = journal.exists();
        published
    }

    /// The steps that replace the files of the tables.
    fn replace(&self, staging: &mut Staging, old: &BTreeSet<PathBuf>) -> Result<Vec<Step>, Error> {
        let is_part = |(table, _): &Placed| *table == Documents::NAME;
        let removed: BTreeSet<PathBuf> =
            staging.removed.iter().filter(|file| is_part(file)).map(|(_, place)| place.clone()).collect();
        let fresh: BTreeSet<PathBuf> =
            staging.files.iter().filter(|file| is_part(file)).map(|(_, place)| place.clone()).collect();
        // Where no part stays, one place is never left empty: a new part is renamed over the old one, else an empty part,
        // which goes when there are others.
        let mut stand_in = None;
        let mut last = None;
        if !old.is_empty() && old.is_subset(&removed) {
            stand_in = removed.intersection(&fresh).next().cloned();
            if stand_in.is_none()
                && let Some(place) = removed.first()
            {
                staging.empty_part(place.clone())?;
                stand_in = Some(place.clone());
                last = stand_in.clone().filter(|_| !fresh.is_empty());
            }
        }
        if let Some(place) = &stand_in {
            staging.removed.retain(|(table, removed)| removed != place || !PAGE_TABLES.contains(table));
        }
        let mut steps: Vec<Step> = staging.removed.iter().map(remove).collect();
        let stays =
            |file: &&Placed| !staging.removed.contains(*file) && self.folder.join(published(file)).exists();
        let (over, new): (Vec<_>, Vec<_>) = staging.files.iter().partition(stays);
        steps.extend(over.into_iter().chain(new).map(|file| self.rename(staging, file)));
        steps.extend(last.iter().flat_map(|place| PAGE_TABLES.map(|table| remove(&(table, place.clone())))));
        Ok(steps)
    }

    fn rename(&self, staging: &Staging, file: &Placed) -> Step {
        let staged = staging.path(file);
        Step::Rename {
            from: staged.strip_prefix(&self.folder).unwrap_or(&staged).to_owned(),
            to: published(file),
        }
    }
}

/// A file beside the tables.
fn own(name: &str) -> Placed {
    (OWN, PathBuf::from(name))
}

fn remove(file: &Placed) -> Step {
    Step::Remove(published(file))
}

/// The place of a file below the output.
fn published((table, place): &Placed) -> PathBuf {
    Path::new(table).join(place)
}
