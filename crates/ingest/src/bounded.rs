//! Reading up to a limit: the only two ways in which this crate takes bytes of unknown length into memory.

use std::io::{self, BufRead, Read};

/// First allocation of [`append`]: small, as very many pages are.
const FIRST_CAPACITY: usize = 8 << 10;

/// Appends the rest of `reader` to `bytes`, as long as they stay within `limit`; false where there is more. Capacity grows
/// with what is there, never past the limit, and none is kept that is not needed: what was read may wait for long.
pub(crate) fn append(reader: &mut dyn Read, bytes: &mut Vec<u8>, limit: u64) -> io::Result<bool> {
    // One byte more tells that there is more.
    let most = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
    let mut filled = bytes.len();
    let whole = loop {
        if filled == bytes.len() {
            if filled >= most {
                break Ok(false);
            }
            let target = (filled * 2).max(FIRST_CAPACITY).min(most);
            bytes.reserve_exact(target - filled);
            bytes.resize(target, 0);
        }
        match reader.read(&mut bytes[filled..]) {
            Ok(0) => break Ok(true),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    bytes.truncate(filled);
    bytes.shrink_to_fit();
    whole
}

/// A line as [`line`] found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The input was at its end.
    End,
    /// A line that ended in a newline, which was left out.
    Whole,
    /// The input ended in the line.
    Cut,
    /// Longer than the limit; skipped to its end. Its length in bytes.
    TooLong(u64),
}

/// Reads the next line into `buffer` without its newline; a line longer than `limit` is skipped without being kept.
pub(crate) fn line(reader: &mut dyn BufRead, buffer: &mut Vec<u8>, limit: u64) -> io::Result<Line> {
    buffer.clear();
    let mut length = 0u64;
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(match length {
                0 => Line::End,
                _ if length > limit => Line::TooLong(length),
                _ => Line::Cut,
            });
        }
        let newline = memchr::memchr(b'\n', available);
        let part = &available[..newline.unwrap_or(available.len())];
        length += part.len() as u64;
        if length > limit {
            *buffer = Vec::new();
        } else {
            buffer.extend_from_slice(part);
        }
        let used = part.len() + usize::from(newline.is_some());
        reader.consume(used);
        if newline.is_some() {
            return Ok(if length > limit { Line::TooLong(length) } else { Line::Whole });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_inclusive() {
        for (length, limit, whole) in
            [(0, 0, true), (1, 0, false), (10, 10, true), (11, 10, false), (70_000, 70_000, true)]
        {
            let data = vec![7; length];
            let mut bytes = Vec::new();
            assert_eq!(append(&mut data.as_slice(), &mut bytes, limit).unwrap(), whole);
            assert_eq!(bytes.capacity(), bytes.len());
            assert_eq!(bytes == data, whole || length <= limit as usize + 1, "{length} bytes, limit {limit}");
        }
    }

    #[test]
    fn an_endless_input_stops_at_the_limit() {
        let mut bytes = Vec::new();
        assert!(!append(&mut io::repeat(0), &mut bytes, 1 << 20).unwrap());
        assert!(bytes.capacity() <= (1 << 20) + 1);
    }

    #[test]
    fn lines_of_every_kind() {
        let mut input: &[u8] = b"one\n\ntoo long a line\nlast";
        let mut buffer = Vec::new();
        let mut next =
            || (line(&mut input, &mut buffer, 6).unwrap(), String::from_utf8(buffer.clone()).unwrap());
        assert_eq!(next(), (Line::Whole, "one".to_owned()));
        assert_eq!(next(), (Line::Whole, String::new()));
        assert_eq!(next(), (Line::TooLong(15), String::new()));
        assert_eq!(next(), (Line::Cut, "last".to_owned()));
        assert_eq!(next(), (Line::End, String::new()));
    }
}
