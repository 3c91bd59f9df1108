//! Finds the numbers that say something, and their exact values.

use copydesk_types::{Anchor, Quantity, Reading};

/// Units, currencies, number words, calendars. Loaded once, shared, immutable.
#[derive(Debug, Default)]
pub struct Rules {}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        Self::default()
    }
}

/// All quantities of a text, in order, none overlapping. Relative dates count from `anchor`.
pub fn find(_rules: &Rules, _reading: &Reading<'_>, _anchor: Option<Anchor>) -> Vec<Quantity> {
    Vec::new()
}
