//! Finds named mentions and names them canonically.
//!
//! ```text
//! Reading ─┬ model ─────┐
//!          ├ gazetteers ┤
//!          ├ patterns ──┤ [Proposal] ─choose→ spans ─page pass→ ─name→ [Mention]
//!          └ definitions┘
//! ```

pub mod gazetteer;
pub mod model;

use copydesk_types::{Article, Mention, Reading};

/// Gazetteers, rule tables and the trained model. Loaded once, shared, immutable.
#[derive(Debug, Default)]
pub struct Rules {}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        Self::default()
    }
}

/// All mentions of an article, in order, none overlapping.
pub fn find(_rules: &Rules, _article: &Article, _reading: &Reading<'_>) -> Vec<Mention> {
    Vec::new()
}
