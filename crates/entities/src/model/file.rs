//! Reads the pieces of an embedded file in order, without copying.

use std::fmt;

/// Why a file is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// It doesn't begin with the mark of this format and version.
    Mark,
    /// It ends before what it announces, or announces what can't be.
    Size,
    /// A word list in it is no UTF-8.
    Text,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mark => "no model file of this version",
            Self::Size => "the model file ends too early",
            Self::Text => "a word list of the model file is no UTF-8",
        })
    }
}

impl std::error::Error for FormatError {}

/// The part of a file that is still to be read.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    /// From the beginning.
    pub const fn new(file: &'a [u8]) -> Self {
        Self(file)
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], FormatError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(FormatError::Size)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next `count` pieces of `N` bytes.
    pub fn chunks<const N: usize>(&mut self, count: usize) -> Result<&'a [[u8; N]], FormatError> {
        let bytes = self.bytes(count.checked_mul(N).ok_or(FormatError::Size)?)?;
        Ok(bytes.as_chunks().0)
    }

    /// The next four bytes, little end first.
    pub fn u32(&mut self) -> Result<u32, FormatError> {
        Ok(u32::from_le_bytes(self.chunks(1)?[0]))
    }

    /// The next four bytes as a number of single precision.
    pub fn f32(&mut self) -> Result<f32, FormatError> {
        Ok(f32::from_le_bytes(self.chunks(1)?[0]))
    }

    /// A text with its length in front.
    pub fn text(&mut self) -> Result<&'a str, FormatError> {
        let length = self.u32()? as usize;
        str::from_utf8(self.bytes(length)?).map_err(|_| FormatError::Text)
    }
}
