//! Texts of tests with their mentions marked: `in [GPE Paris]`.

use std::{ops::Range, sync::LazyLock};

use copydesk_types::{EntityLabel, Reading};

use crate::{
    gazetteer::Gazetteer,
    proposal::{Proposal, Source},
};

/// The gazetteers, read once for all tests.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

/// A marked mention: its bytes and its label.
pub(crate) type Mark = (Range<usize>, EntityLabel);

/// A text without its marks, and what they marked.
pub(crate) fn read(marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for (part, piece) in marked.split('[').enumerate() {
        let inside = piece.split_once(']').filter(|_| part > 0);
        let Some((mention, rest)) = inside else {
            text.push_str(piece);
            continue;
        };
        let (label, name) = mention.split_once(' ').unwrap();
        marks.push((text.len()..text.len() + name.len(), EntityLabel::from_name(label).unwrap()));
        text.push_str(name);
        text.push_str(rest);
    }
    (text, marks)
}

/// The marked mentions as chosen ones.
pub(crate) fn chosen(reading: &Reading<'_>, marks: Vec<Mark>) -> Vec<Proposal> {
    let at = |byte: usize| reading.tokens.partition_point(|token| token.span.start < byte);
    let proposal = |(bytes, label): Mark| Proposal {
        tokens: at(bytes.start)..at(bytes.end),
        label,
        score: 0.9,
        source: Source::Model,
    };
    marks.into_iter().map(proposal).collect()
}
