//! An input's bytes as stored, buffered, with the offset of each and a short memory of those already read.
//!
//! A decoder that meets damage has often read past it into data that is whole; the memory lets the search for the next
//! member start where the damage may have ended, on a pipe as well as on a file.

use std::io::{self, BufRead, Read};

/// Bytes asked of the input at first: small, as very many inputs are.
pub(crate) const FIRST_STEP: usize = 8 << 10;
/// Bytes asked of the input at a time, at most.
pub(crate) const STEP: usize = 64 << 10;

/// Bytes already read that are remembered: how far a decoder may have run past damage and still be set back.
pub(crate) const MEMORY: usize = 64 << 10;

/// The bytes of an input as stored.
pub(crate) struct Raw {
    inner: Box<dyn Read>,
    buffer: Vec<u8>,
    /// Offset of the buffer's first byte in the input.
    base: u64,
    /// The next byte in the buffer.
    at: usize,
    ended: bool,
}

impl Raw {
    /// Buffers `inner`, whose next byte stands at `offset` of the input.
    pub(crate) fn new(inner: Box<dyn Read>, offset: u64) -> Self {
        Self { inner, buffer: Vec::new(), base: offset, at: 0, ended: false }
    }

    /// Offset of the next byte in the input.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Goes to `offset`: forward, or back as far as the memory reaches.
    pub(crate) fn go_to(&mut self, offset: u64) -> io::Result<()> {
        let within = offset.saturating_sub(self.base);
        self.at = usize::try_from(within).unwrap_or(usize::MAX).min(self.at);
        while self.offset() < offset {
            let available = self.peek(1)?.len();
            if available == 0 {
                break;
            }
            self.consume(available.min((offset - self.offset()) as usize));
        }
        Ok(())
    }

    /// At least the next `count` bytes, fewer only at the end of the input.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count && !self.ended {
            self.refill()?;
        }
        Ok(&self.buffer[self.at..])
    }

    /// Consumes up to the next place where `matches` holds for the bytes that follow (at least `window` of them, fewer
    /// only at the end); `hint` is the first of these bytes. False if there is none.
    pub(crate) fn seek_to(
        &mut self,
        hint: u8,
        window: usize,
        matches: &dyn Fn(&[u8]) -> bool,
    ) -> io::Result<bool> {
        loop {
            let available = self.peek(window)?;
            if available.is_empty() {
                return Ok(false);
            }
            // At the end of the input places with less than a window behind them count as well.
            let complete =
                if available.len() < window { available.len() } else { available.len() - window + 1 };
            let found =
                memchr::memchr_iter(hint, &available[..complete]).find(|&at| matches(&available[at..]));
            self.at += found.unwrap_or(complete);
            if found.is_some() {
                return Ok(true);
            }
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.at > MEMORY + STEP {
            let forgotten = self.at - MEMORY;
            self.buffer.drain(..forgotten);
            self.base += forgotten as u64;
            self.at = MEMORY;
        }
        let length = self.buffer.len();
        self.buffer.resize(length + length.clamp(FIRST_STEP, STEP), 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        // An input that failed once is at its end: who asks again must not ask for ever.
        self.ended = !matches!(read, Ok(1..));
        self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
        read.map(|_| ())
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(bytes: Vec<u8>, offset: u64) -> Raw {
        Raw::new(Box::new(io::Cursor::new(bytes)), offset)
    }

    #[test]
    fn offsets_follow_what_is_read() {
        let mut raw = raw(vec![1; 1 << 20], 100);
        io::copy(&mut raw.by_ref().take(300_000), &mut io::sink()).unwrap();
        assert_eq!(raw.offset(), 300_100);
        for offset in [290_000, 295_000, 500_000] {
            raw.go_to(offset).unwrap();
            assert_eq!(raw.offset(), offset);
        }
        raw.go_to(0).unwrap();
        let oldest = raw.offset();
        assert!(oldest <= 500_000 - MEMORY as u64);
        assert_eq!(io::copy(&mut raw, &mut io::sink()).unwrap(), 100 + (1 << 20) - oldest);
    }

    #[test]
    fn a_place_is_found_across_buffers_and_at_the_end() {
        for at in [0, 1, STEP - 2, STEP - 1, STEP, 3 * STEP + 7] {
            let mut bytes = vec![0; at];
            bytes.extend(b"xyz");
            let mut raw = raw(bytes, 0);
            assert!(raw.seek_to(b'x', 4, &|rest| rest.starts_with(b"xyz")).unwrap());
            assert_eq!(raw.offset(), at as u64);
        }
        assert!(!raw(vec![b'x'; 200_000], 0).seek_to(b'x', 4, &|rest| rest.starts_with(b"xyz")).unwrap());
    }
}
