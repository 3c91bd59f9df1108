//! What is known about plain files beside their bytes: a JSON Lines file with a path and its URL, fetch date and the like
//! on every line.

use std::collections::HashMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use copydesk_types::{Page, Reject, RejectCode};
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::bounded::{self, Line};
use crate::dates;
use crate::fields::split_authors;
use crate::input::{open, printable};

/// Longest line of a sidecar, in bytes.
const LINE_MAX: u64 = 1 << 20;

/// What a sidecar says about files, by absolute path.
#[derive(Clone, Debug, Default)]
pub struct Sidecar {
    entries: HashMap<PathBuf, Arc<Entry>>,
}

/// One line: `path` and whatever else is known. Other keys are left out.
#[derive(Clone, Debug, Default, Deserialize)]
struct Entry {
    path: String,
    url: Option<String>,
    fetched_at: Option<String>,
    title: Option<String>,
    #[serde(alias = "published_at", alias = "published_date")]
    date: Option<String>,
    #[serde(alias = "author")]
    authors: Option<Authors>,
    language: Option<String>,
    charset: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Authors {
    One(String),
    Several(Vec<String>),
}

impl Sidecar {
    /// Reads a sidecar. Its paths count from the working folder or from the sidecar's own. Lines that cannot be read come
    /// as rejects; of two lines for a path the later counts.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn load(path: &Path) -> io::Result<(Self, Vec<Reject>)> {
        let mut reader = io::BufReader::new(open(path)?);
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut sidecar = Self::default();
        let mut rejects = Vec::new();
        let mut line = Vec::new();
        for number in 1.. {
            let trouble = match bounded::line(&mut reader, &mut line, LINE_MAX)? {
                Line::End => break,
                Line::TooLong(length) => {
                    Some((RejectCode::TooLarge, format!("a line of {length} bytes, more than {LINE_MAX}")))
                }
                Line::Whole | Line::Cut if line.trim_ascii().is_empty() => None,
                Line::Whole | Line::Cut => match serde_json::from_slice::<Entry>(&line) {
                    Ok(entry) => {
                        sidecar.add(folder, entry);
                        None
                    }
                    Err(error) => Some((RejectCode::BadRecord, error.to_string())),
                },
            };
            if let Some((code, message)) = trouble {
                let source = format!("{}#line={number}", printable(path));
                rejects.push(Reject { source, code, message, offset: None, line: Some(number), bytes: None });
            }
        }
        Ok((sidecar, rejects))
    }

    /// What tells whether the sidecar says of a file what it said before; 0 where it says nothing.
    pub fn print_of(&self, path: &Path) -> u64 {
        self.entries.get(&whole(path)).map_or(0, |entry| xxh3_64(format!("{entry:?}").as_bytes()).max(1))
    }

    fn add(&mut self, folder: &Path, entry: Entry) {
        let entry = Arc::new(entry);
        for path in [&folder.join(&entry.path), Path::new(&entry.path)] {
            self.entries.insert(whole(path), Arc::clone(&entry));
        }
    }

    /// Tells a page what the sidecar knows of its file.
    pub(crate) fn complete(&self, path: &Path, page: &mut Page) {
        let Some(entry) = self.entries.get(&whole(path)) else { return };
        page.url = entry.url.clone();
        page.fetched_at = entry.fetched_at.as_deref().and_then(dates::instant);
        page.given.title = entry.title.clone();
        page.given.language = entry.language.clone();
        page.given.charset = entry.charset.clone();
        page.given.authors = match &entry.authors {
            Some(Authors::One(names)) => split_authors(names),
            Some(Authors::Several(names)) => names.clone(),
            None => Vec::new(),
        };
        let published = entry.date.as_deref().map(dates::moment).unwrap_or_default();
        (page.given.published_date, page.given.published_at) = (published.day, published.instant);
    }
}

/// A path from the root without `..`, so that a file is the same however it is named; links are not followed.
fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(whole.pop()),
            other => whole.push(other),
        }
    }
    whole
}
