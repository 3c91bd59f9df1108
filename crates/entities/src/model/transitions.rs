//! Scores of one tag after another.

use super::{
    file::{Cursor, FormatError},
    tags::{HALF, WIDTH},
};

/// A row of the first half holds what may follow any lane: outside and the beginnings. A label goes on only after its own
/// beginning or itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transitions<T> {
    /// From every lane to outside and the beginnings.
    pub open: [[T; HALF]; WIDTH],
    /// From the beginning of each label to its going on.
    pub second: [T; HALF],
    /// From the going on of each label to its going on.
    pub further: [T; HALF],
}

impl<T: Copy> Transitions<T> {
    /// All of one value.
    pub const fn of(value: T) -> Self {
        Self { open: [[value; HALF]; WIDTH], second: [value; HALF], further: [value; HALF] }
    }

    /// The same with every value changed.
    pub fn map<U>(&self, change: impl Fn(T) -> U) -> Transitions<U> {
        Transitions {
            open: self.open.map(|row| row.map(&change)),
            second: self.second.map(&change),
            further: self.further.map(&change),
        }
    }

    /// All values: the rows of `open`, then the others.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.open.as_flattened_mut().iter_mut().chain(&mut self.second).chain(&mut self.further)
    }
}

impl Transitions<i16> {
    /// Reads what [`Transitions::write`] wrote.
    pub fn read(cursor: &mut Cursor<'_>) -> Result<Self, FormatError> {
        let mut transitions = Self::of(0);
        for value in transitions.values_mut() {
            *value = i16::from_le_bytes(cursor.chunks(1)?[0]);
        }
        Ok(transitions)
    }

    /// Appends the values to a file.
    pub fn write(&self, file: &mut Vec<u8>) {
        let mut copy = *self;
        file.extend(copy.values_mut().flat_map(|value| value.to_le_bytes()));
    }
}
