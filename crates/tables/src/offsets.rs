//! From byte offsets to code points.

/// Bytes between two checkpoints: a lookup counts at most so many.
const STRIDE: usize = 256;

/// Counts the code points before any byte of one text; each lookup takes constant time.
#[derive(Debug)]
pub(crate) struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points before byte `i * STRIDE`; empty for a text of ASCII alone.
    checkpoints: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in bytes.chunks(STRIDE) {
                checkpoints.push(count);
                count += starts(chunk);
            }
            checkpoints.push(count);
        }
        Self { bytes, checkpoints }
    }

    /// Code points that start before byte `at`.
    pub(crate) fn at(&self, at: usize) -> usize {
        if self.checkpoints.is_empty() {
            return at;
        }
        let stride = at / STRIDE;
        self.checkpoints[stride] + starts(&self.bytes[stride * STRIDE..at])
    }
}

/// Code points that start in a run of UTF-8 bytes: all but the continuation bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_as_chars_does(text in "(\\PC|a|ê|日|🛃){0,400}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), count);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count());
        }
    }
}
