//! One input: its name in the tables, its bytes, and what tells whether it has changed.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use xxhash_rust::xxh3::Xxh3Default;

/// Bytes of an input that are hashed at a time.
const STEP: usize = 256 << 10;

/// One input: a file, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, by the path as found.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// What the file system tells about an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    /// Last change, where the file system knows.
    pub modified: Option<Timestamp>,
}

/// What identifies an input's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Size and time, before the content was read.
    pub stamp: Stamp,
    /// XXH3 of all bytes as stored, 128 bits.
    pub hash: u128,
}

impl Input {
    /// The input's name in `source`: the path as found, `-` for standard input. In a path that is not UTF-8 every byte
    /// that is none is written `%FF`, and `%` as `%25`, so that two files never share a name.
    pub fn source(&self) -> String {
        match self {
            Self::File(path) => printable(path),
            Self::Stdin => "-".to_owned(),
        }
    }

    /// Size and time of the last change; none for standard input.
    ///
    /// # Errors
    /// Where the file is gone or not accessible.
    pub fn stamp(&self) -> io::Result<Option<Stamp>> {
        let Self::File(path) = self else { return Ok(None) };
        let metadata = fs::metadata(path)?;
        let modified = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        Ok(Some(Stamp { bytes: metadata.len(), modified }))
    }

    /// Size, time and hash of the content, which is read to its end; none for standard input.
    ///
    /// # Errors
    /// Where the file cannot be read, or is not a regular one.
    pub fn fingerprint(&self) -> io::Result<Option<Fingerprint>> {
        let (Self::File(path), Some(stamp)) = (self, self.stamp()?) else { return Ok(None) };
        let mut file = open(path)?;
        let mut hash = Xxh3Default::new();
        let mut buffer = vec![0; usize::try_from(stamp.bytes).unwrap_or(STEP).clamp(1, STEP)];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => hash.update(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(Fingerprint { stamp, hash: hash.digest128() }))
    }

    /// The bytes of its path; none of standard input.
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::File(path) => Some(path.as_os_str().as_encoded_bytes()),
            Self::Stdin => None,
        }
    }
}

/// Inputs are sorted by the bytes of their paths, standard input first.
impl Ord for Input {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(&other.bytes())
    }
}

impl PartialOrd for Input {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Opens a regular file; others are refused before they are opened, since opening a FIFO waits for its writer.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    match special_kind(fs::metadata(path)?.file_type()) {
        Some(kind) => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{kind}, not a file"))),
        None => File::open(path),
    }
}

/// What a path is that is neither a file nor a folder.
pub(crate) fn special_kind(kind: fs::FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a FIFO");
        } else if kind.is_socket() {
            return Some("a socket");
        } else if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    Some(if kind.is_dir() { "a folder" } else { "a special file" })
}

/// A path without `.` and doubled slashes, so that one file has one name.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let mut tidied: PathBuf = path.components().filter(|component| *component != Component::CurDir).collect();
    // There may be millions of them.
    tidied.shrink_to_fit();
    tidied
}

/// A path as text, without loss.
pub(crate) fn printable(path: &Path) -> String {
    if let Some(path) = path.to_str() {
        return path.to_owned();
    }
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn paths_that_are_not_utf8_keep_their_own_names() {
        for (path, text) in [
            (&b"a/b c\n.txt"[..], "a/b c\n.txt"),
            (b"100%.txt", "100%.txt"),
            (b"caf\xe9.txt", "caf%E9.txt"),
            (b"100%\xff\xc3", "100%25%FF%C3"),
        ] {
            assert_eq!(Input::File(OsStr::from_bytes(path).into()).source(), text);
        }
    }

    #[test]
    fn inputs_are_sorted_by_bytes() {
        let mut inputs = ["a/b", "a.txt", "a", "B"].map(|path| Input::File(path.into()));
        inputs.sort();
        assert_eq!(inputs.map(|input| input.source()), ["B", "a", "a.txt", "a/b"]);
    }
}
