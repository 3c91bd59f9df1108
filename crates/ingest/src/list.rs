//! Lists of files, as `find` writes them.

use std::ffi::OsString;
use std::io::{self, BufRead};

/// What stands between the entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// A newline, with or without a carriage return; blank lines are left out.
    Newline,
    /// A NUL, as of `find -print0`: names may hold newlines.
    Nul,
}

/// Longest path of a list, in bytes; Linux takes 4096.
const PATH_MAX: u64 = 64 << 10;

/// Reads a list of arguments for [`resolve`](crate::resolve).
///
/// # Errors
/// Where the list cannot be read, or an entry is longer than any path.
pub fn read_list(reader: &mut dyn BufRead, separator: Separator) -> io::Result<Vec<OsString>> {
    let delimiter = if separator == Separator::Nul { 0 } else { b'\n' };
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    while io::Read::take(&mut *reader, PATH_MAX).read_until(delimiter, &mut entry)? > 0 {
        if entry.last() == Some(&delimiter) {
            entry.pop();
        } else if entry.len() as u64 >= PATH_MAX {
            let message = format!("entry {} of the list is longer than {PATH_MAX} bytes", entries.len() + 1);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        if separator == Separator::Newline && entry.last() == Some(&b'\r') {
            entry.pop();
        }
        if !entry.is_empty() {
            entries.push(os_string(std::mem::take(&mut entry))?);
        }
    }
    Ok(entries)
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> io::Result<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> io::Result<OsString> {
    String::from_utf8(bytes)
        .map(OsString::from)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_with_newlines_and_nuls() {
        for (text, separator, entries) in [
            ("a\nb c\r\n\nd", Separator::Newline, vec!["a", "b c", "d"]),
            ("a\nb\0c\0", Separator::Nul, vec!["a\nb", "c"]),
            ("", Separator::Newline, vec![]),
        ] {
            assert_eq!(read_list(&mut text.as_bytes(), separator).unwrap(), entries);
        }
        assert!(read_list(&mut [b'a'; 100_000].as_slice(), Separator::Newline).is_err());
    }
}
