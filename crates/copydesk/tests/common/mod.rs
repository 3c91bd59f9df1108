//! What the end-to-end tests share: the program as a user calls it, and a look at what it leaves behind.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The tables whose bytes hang on the inputs alone.
pub(crate) const PAGE_TABLES: [&str; 4] = ["documents", "blocks", "entities", "quantities"];
const PARQUET_MAGIC: &[u8] = b"PAR1";

/// The program under test.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_copydesk"))
}

/// Runs the program to its end.
pub(crate) fn copydesk<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    program().args(arguments).output().expect("the program starts")
}

/// `copydesk run INPUT -o OUTPUT` with further options.
pub(crate) fn run(input: &Path, output: &Path, options: &[&str]) -> Output {
    program().arg("run").arg(input).arg("-o").arg(output).args(options).output().expect("the program starts")
}

/// The exit status; fails with what the program said where a signal or a panic ended it.
pub(crate) fn status(output: &Output) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output.status.code().unwrap_or_else(|| panic!("ended by {}: {said}", output.status))
}

/// The sample pages of the repository.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
}

/// The Parquet files of the four page tables, by name, with their bytes.
pub(crate) fn page_tables(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for table in PAGE_TABLES {
        for path in parquet_files(&output.join(table)) {
            let name = path.strip_prefix(output).expect("below the output").display().to_string();
            files.insert(name, fs::read(&path).expect("a readable file"));
        }
    }
    files
}

/// The files in a table's folder; none where the folder is not there yet.
pub(crate) fn parquet_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

/// Asserts that whatever stands in the tables' folders is a whole Parquet file.
pub(crate) fn assert_whole(output: &Path) {
    for table in [&PAGE_TABLES[..], &["rejects", "runs"]].concat() {
        for path in parquet_files(&output.join(table)) {
            let bytes = fs::read(&path).expect("a readable file");
            let whole = bytes.len() > 2 * PARQUET_MAGIC.len()
                && bytes.starts_with(PARQUET_MAGIC)
                && bytes.ends_with(PARQUET_MAGIC);
            assert!(whole, "{} is not a whole Parquet file", path.display());
        }
    }
}

/// What `copydesk clean` prints for one page.
pub(crate) fn clean(page: &Path) -> serde_json::Value {
    let output = copydesk([OsStr::new("clean"), page.as_os_str()]);
    assert_eq!(status(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}
