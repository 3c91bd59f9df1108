//! Makes inputs in a folder of the test's own and reads them.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use copydesk_ingest::{Counts, Found, Input, Position, Settings, read_from};
use copydesk_types::{Page, Reject};
use tempfile::TempDir;

/// What reading an input gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) found: Vec<Found>,
    pub(crate) counts: Counts,
}

impl Outcome {
    pub(crate) fn pages(&self) -> Vec<&Page> {
        self.found.iter().filter_map(|found| found.result.as_ref().ok()).collect()
    }

    pub(crate) fn rejects(&self) -> Vec<&Reject> {
        self.found.iter().filter_map(|found| found.result.as_ref().err()).collect()
    }

    /// The bodies of the pages, as text.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.pages().iter().map(|page| String::from_utf8_lossy(&page.bytes).into_owned()).collect()
    }

    /// The codes of the rejects.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.rejects().iter().map(|reject| reject.code.name()).collect()
    }

    /// The one page, where nothing was rejected.
    pub(crate) fn page(&self) -> &Page {
        assert_eq!((self.pages().len(), self.rejects().len()), (1, 0), "{self:?}");
        self.pages()[0]
    }

    /// The one reject, where there is no page.
    pub(crate) fn reject(&self) -> &Reject {
        assert_eq!((self.pages().len(), self.rejects().len()), (0, 1), "{self:?}");
        self.rejects()[0]
    }

    /// The records' locators, behind `#`.
    pub(crate) fn locators(&self) -> Vec<String> {
        let source = |found: &Found| match &found.result {
            Ok(page) => page.source.clone(),
            Err(reject) => reject.source.clone(),
        };
        self.found
            .iter()
            .map(|found| source(found).split_once('#').map_or_else(String::new, |(_, at)| at.to_owned()))
            .collect()
    }
}

/// A folder that is removed with the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// Reads bytes as a file of that name.
pub(crate) fn read(name: &str, bytes: impl AsRef<[u8]>) -> Outcome {
    read_with(&Settings::default(), name, bytes)
}

/// Reads bytes as a file of that name, with settings.
pub(crate) fn read_with(settings: &Settings, name: &str, bytes: impl AsRef<[u8]>) -> Outcome {
    let folder = Folder::new();
    read_path(settings, folder.write(name, bytes), Position::default())
}

/// Reads a file from a position on.
pub(crate) fn read_path(settings: &Settings, path: PathBuf, from: Position) -> Outcome {
    let mut found = Vec::new();
    let (counts, flow) = read_from(settings, &Input::File(path), from, &mut |item| {
        found.push(item);
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    let outcome = Outcome { found, counts };
    assert_eq!(outcome.counts.pages, outcome.pages().len() as u64);
    assert_eq!(outcome.counts.rejects, outcome.rejects().len() as u64);
    outcome
}

pub(crate) fn limited(max_record_bytes: u64) -> Settings {
    Settings { max_record_bytes, ..Settings::default() }
}

pub(crate) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) type Packer = fn(&[u8]) -> Vec<u8>;

/// Either compressor.
pub(crate) const PACKERS: [Packer; 2] = [|bytes| gzip(bytes), |bytes| zstd(bytes)];

/// Bytes that no compressor makes smaller, the same in every run.
pub(crate) fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        })
        .collect()
}

/// A text of that many letters that compresses about as text does.
pub(crate) fn prose(letters: usize, seed: u64) -> String {
    noise(letters, seed)
        .into_iter()
        .map(|byte| if byte < 40 { ' ' } else { char::from(b'a' + byte % 26) })
        .collect()
}
