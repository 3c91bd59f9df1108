//! The rows that one story gives.

use copydesk_types::{Block, Mention, Quantity, Span, Story};

use crate::offsets::CodePoints;

/// A story with its text's code points counted: a row of `documents`, and where the other rows come from.
#[derive(Debug)]
pub struct Pressed<'a> {
    pub(crate) story: &'a Story,
    points: CodePoints<'a>,
}

impl<'a> Pressed<'a> {
    /// Prepares a story for the tables.
    pub fn new(story: &'a Story) -> Self {
        Self { story, points: CodePoints::new(&story.article.text) }
    }

    /// Its rows of `blocks`.
    pub fn blocks(&self) -> impl Iterator<Item = BlockRow<'_>> {
        self.story.article.blocks.iter().enumerate().map(|(number, block)| BlockRow {
            page: self,
            number,
            block,
            span: block.span.map(|span| self.code_points(span)),
        })
    }

    /// Its rows of `entities`.
    pub fn entities(&self) -> impl Iterator<Item = FindingRow<'_, Mention>> {
        self.findings(&self.story.mentions, |mention| mention.span)
    }

    /// Its rows of `quantities`.
    pub fn quantities(&self) -> impl Iterator<Item = FindingRow<'_, Quantity>> {
        self.findings(&self.story.quantities, |quantity| quantity.span)
    }

    fn findings<T>(&self, found: &'a [T], span: fn(&T) -> Span) -> impl Iterator<Item = FindingRow<'_, T>> {
        let mut kept =
            self.story.article.blocks.iter().enumerate().filter(|(_, b)| b.span.is_some()).peekable();
        let mut block = 0;
        found.iter().enumerate().map(move |(number, finding)| {
            let bytes = span(finding);
            while let Some((index, _)) =
                kept.next_if(|(_, b)| b.span.is_some_and(|block_span| block_span.start <= bytes.start))
            {
                block = index;
            }
            let sentences = &self.story.sentences;
            let after = sentences.partition_point(|s| s.start <= bytes.start);
            let sentence = after.checked_sub(1).map_or(bytes, |i| sentences[i]);
            FindingRow {
                page: self,
                number,
                block,
                finding,
                text: bytes.of(&self.story.article.text),
                span: self.code_points(bytes),
                sentence: self.code_points(sentence),
            }
        })
    }

    fn code_points(&self, span: Span) -> Span {
        Span::new(self.points.at(span.start), self.points.at(span.end))
    }

    pub(crate) fn text(&self, span: Span) -> &str {
        span.of(&self.story.article.text)
    }
}

/// A row of `blocks`.
#[derive(Debug)]
pub struct BlockRow<'a> {
    pub(crate) page: &'a Pressed<'a>,
    pub(crate) number: usize,
    pub(crate) block: &'a Block,
    /// Code points.
    pub(crate) span: Option<Span>,
}

/// A row of `entities` or `quantities`.
#[derive(Debug)]
pub struct FindingRow<'a, T> {
    pub(crate) page: &'a Pressed<'a>,
    pub(crate) number: usize,
    pub(crate) block: usize,
    pub(crate) finding: &'a T,
    pub(crate) text: &'a str,
    /// Code points.
    pub(crate) span: Span,
    /// Code points.
    pub(crate) sentence: Span,
}
