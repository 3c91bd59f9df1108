//! What the sources of names put forward.

use std::ops::Range;

use copydesk_types::EntityLabel;

use crate::model::Tagged;

/// Who puts a name forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The trained model.
    Model,
    /// A definition in the text: `Long Form (LF)`.
    Definition,
    /// A row of the pattern table, by its name.
    Pattern(&'static str),
    /// A name of the gazetteers.
    Gazetteer,
    /// Other mentions of the same name in the page.
    Page,
}

/// A span that may be a mention.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposal {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it would name.
    pub(crate) label: EntityLabel,
    /// Chance that span and label are right, 0 to 1.
    pub(crate) score: f32,
    /// Who says so.
    pub(crate) source: Source,
}

impl From<Tagged> for Proposal {
    fn from(tagged: Tagged) -> Self {
        Self { tokens: tagged.tokens, label: tagged.label, score: tagged.confidence, source: Source::Model }
    }
}
