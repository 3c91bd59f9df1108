//! From arguments to inputs.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk_types::{Reject, RejectCode};
use walkdir::WalkDir;

use crate::input::{Input, printable, special_kind, tidy};

/// An argument that matches nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The path or glob matches nothing.
    #[error("{0}: no such file, folder or match")]
    NoMatch(String),
    /// Not a glob.
    #[error("{0}: not a glob: {1}")]
    BadGlob(String, String),
}

/// Resolves arguments (files, folders, globs, `-`) to inputs: sorted by the bytes of their paths, each once.
///
/// A folder gives the files below it, through symbolic links too; entries whose name begins with a dot are left out
/// there, as `ls` and `rg` do. Paths that cannot be read as inputs (special files, loops of symbolic links, folders that
/// cannot be listed) come as rejects, sorted as well. An argument that exists is taken for a path even where it could be
/// a glob.
///
/// # Errors
/// An argument that matches nothing, or is no glob.
pub fn resolve<A: AsRef<OsStr>>(arguments: &[A]) -> Result<(Vec<Input>, Vec<Reject>), Error> {
    let mut inputs = Vec::new();
    let mut rejects = Vec::new();
    for argument in arguments {
        let argument = argument.as_ref();
        if argument == "-" {
            inputs.push(Input::Stdin);
        } else if fs::symlink_metadata(argument).is_ok() {
            walk(Path::new(argument), &mut inputs, &mut rejects);
        } else {
            for path in expand(argument, &mut rejects)? {
                walk(&path, &mut inputs, &mut rejects);
            }
        }
    }
    inputs.sort_unstable();
    inputs.dedup();
    rejects.sort_by(|a, b| (&a.source, &a.message).cmp(&(&b.source, &b.message)));
    rejects.dedup();
    Ok((inputs, rejects))
}

/// The paths that a glob matches.
fn expand(argument: &OsStr, rejects: &mut Vec<Reject>) -> Result<Vec<PathBuf>, Error> {
    let no_match = || Error::NoMatch(printable(Path::new(argument)));
    let pattern = argument.to_str().ok_or_else(no_match)?;
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let found = glob::glob_with(pattern, options)
        .map_err(|error| Error::BadGlob(pattern.to_owned(), error.to_string()))?;
    let mut paths = Vec::new();
    let before = rejects.len();
    for path in found {
        match path {
            Ok(path) => paths.push(path),
            Err(error) => {
                rejects.push(reject(error.path(), RejectCode::Unreadable, error.error().to_string()));
            }
        }
    }
    if paths.is_empty() && rejects.len() == before { Err(no_match()) } else { Ok(paths) }
}

/// Adds a file, or the files below a folder.
fn walk(root: &Path, inputs: &mut Vec<Input>, rejects: &mut Vec<Reject>) {
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match special_kind(entry.file_type()) {
                None => inputs.push(Input::File(tidy(entry.path()))),
                Some(kind) => {
                    rejects.push(reject(entry.path(), RejectCode::NotAFile, format!("{kind}, not a file")));
                }
            },
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let (code, message) = match error.loop_ancestor() {
                    Some(ancestor) => (
                        RejectCode::NotAFile,
                        format!("a symbolic link back to {}, which holds it", printable(ancestor)),
                    ),
                    None => (
                        RejectCode::Unreadable,
                        error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                    ),
                };
                rejects.push(reject(path, code, message));
            }
        }
    }
}

fn reject(path: &Path, code: RejectCode, message: String) -> Reject {
    Reject { source: printable(&tidy(path)), code, message, offset: None, line: None, bytes: None }
}
