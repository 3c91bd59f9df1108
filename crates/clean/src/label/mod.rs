//! Decides what every block is and whether it is kept, and says why.

use copydesk_types::{Block, Label};

use crate::RawBlock;

/// Words that a line of running text has at least.
const SENTENCE_WORDS: usize = 5;

/// The blocks of a page, labelled.
pub(crate) fn blocks(raw: Vec<RawBlock>) -> Vec<Block> {
    raw.into_iter().map(labelled).collect()
}

fn labelled(raw: RawBlock) -> Block {
    let ends = raw.text.ends_with(['.', '?', '!', '…', '"', '”', '。', ':']);
    let kept = ends && raw.text.split(' ').count() >= SENTENCE_WORDS;
    let (label, reason) = if kept {
        (Label::Paragraph, "ends like a sentence")
    } else {
        (Label::Navigation, "no sentence")
    };
    Block {
        text: raw.text,
        label,
        confidence: 0.5,
        reason: reason.to_owned(),
        lines: raw.lines,
        source: Some(raw.source),
        path: raw.markup.map(|markup| markup.path),
        span: None,
        in_body: kept,
    }
}
