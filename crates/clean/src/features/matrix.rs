//! What the model reads: a table of bytes, one column a feature, one row a block.
//!
//! A neighbour's feature is the same column read some rows further on, so every column is padded at both ends. Bytes are
//! enough: counts are kept on a logarithmic scale, shares in 255ths.

/// How far before and after a block the model may look, in blocks.
pub const REACH: usize = 4;

/// A table of bytes in column order, padded by [`REACH`] rows of zeros at both ends.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    rows: usize,
    bytes: Vec<u8>,
}

impl Matrix {
    /// A table of zeros.
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { rows, bytes: vec![0; columns * (rows + 2 * REACH)] }
    }

    /// How many blocks it describes.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Writes one value.
    ///
    /// # Panics
    /// Where the table has no such column or row.
    pub fn set(&mut self, column: usize, row: usize, value: u8) {
        assert!(row < self.rows);
        self.bytes[column * (self.rows + 2 * REACH) + REACH + row] = value;
    }

    /// One value.
    ///
    /// # Panics
    /// Where the table has no such column or row.
    pub fn get(&self, column: usize, row: usize) -> u8 {
        self.shifted(column, 0)[row]
    }

    /// A column as seen from every row by looking `shift` rows ahead (behind where negative); zeros past the ends.
    ///
    /// # Panics
    /// Where the table has no such column, or `shift` is beyond [`REACH`].
    pub fn shifted(&self, column: usize, shift: i8) -> &[u8] {
        let first = (column * (self.rows + 2 * REACH) + REACH).checked_add_signed(isize::from(shift));
        let first = first.unwrap_or(usize::MAX - self.rows);
        &self.bytes[first..first + self.rows]
    }
}

/// A count on a logarithmic scale: 16 steps to each doubling, 65,534 and above alike.
pub(crate) fn log(count: usize) -> u8 {
    let value = u32::try_from(count.min(65_534)).unwrap_or(65_534) + 1;
    let exponent = value.ilog2();
    let fraction = ((value << 4) >> exponent) & 15;
    u8::try_from(exponent * 16 + fraction).unwrap_or(u8::MAX)
}

/// A part of a whole in 255ths; 0 where the whole is nothing.
pub(crate) fn share(part: usize, whole: usize) -> u8 {
    if whole == 0 {
        return 0;
    }
    u8::try_from(part.min(whole) * 255 / whole).unwrap_or(u8::MAX)
}

/// A count that small numbers tell all about.
pub(crate) fn few(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        assert_eq!([log(0), log(1), log(2), log(3), log(7), log(1_000_000)], [0, 16, 24, 32, 48, 255]);
        assert_eq!([share(0, 0), share(1, 2), share(3, 2)], [0, 127, 255]);
        assert_eq!([few(3), few(300)], [3, 255]);
    }

    #[test]
    fn a_column_seen_from_its_neighbours() {
        let mut table = Matrix::new(2, 3);
        for row in 0..3 {
            table.set(1, row, 10 + u8::try_from(row).unwrap());
        }
        assert_eq!(table.shifted(1, 0), [10, 11, 12]);
        assert_eq!(table.shifted(1, 1), [11, 12, 0]);
        assert_eq!(table.shifted(1, -2), [0, 0, 10]);
        assert_eq!(table.shifted(0, 4), [0, 0, 0]);
    }
}
