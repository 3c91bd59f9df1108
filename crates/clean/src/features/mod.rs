//! What the model is told about a page's blocks: one byte a feature, computed in a few linear passes.
//!
//! Each file computes the columns of one kind of evidence: the text itself and its place ([`fill`]), markup, what the
//! page states about itself ([`votes`]), learnt words ([`odds`]), and the first stage's opinion ([`stack`]).

mod columns;
mod fill;
mod markup;
mod matrix;
mod odds;
mod sections;
mod stack;
mod text;
mod view;
mod votes;

pub use columns::Column;
pub use matrix::{Matrix, REACH};
pub use odds::{Odds, Word};
pub(crate) use text::{Ending, Opening};
pub(crate) use view::View;
pub(crate) use votes::shingles;

use crate::Scan;

/// A page's features: those of the first stage, and room for the second's.
#[derive(Debug)]
pub struct Features<'s> {
    pub(crate) scan: &'s Scan,
    pub(crate) view: View<'s>,
    /// The row of the heading that each block stands under.
    headings: Vec<Option<usize>>,
    /// The table that the model reads.
    pub table: Matrix,
}

impl<'s> Features<'s> {
    /// Computes all columns but the learnt words' and the second stage's.
    pub fn new(scan: &'s Scan) -> Self {
        let view = View::new(&scan.blocks);
        let mut table = Matrix::new(Column::ALL.len(), view.len());
        let headings = sections::headings(&view);
        fill::text(&view, &mut table);
        fill::place(&view, &mut table);
        fill::repeats(&view, &mut table);
        fill::echoes(&view, &mut table);
        votes::fill(&view, &scan.evidence, &mut table);
        markup::fill(&view, &mut table);
        sections::fill(&view, &headings, &mut table);
        Self { scan, view, headings, table }
    }

    /// Words of a block's text.
    pub fn words(&self, row: usize) -> usize {
        self.view.stats[row].words
    }

    /// The words of a block of which odds are learnt.
    pub fn learnt_words(&self, row: usize) -> impl Iterator<Item = Word> {
        odds::words(&self.view, row)
    }

    /// Computes the columns of learnt words; `of` gives the log odds of a word, in sixteenths.
    pub fn fill_odds(&mut self, of: impl Fn(Word) -> i8) {
        odds::fill(&self.view, &self.headings, of, &mut self.table);
    }

    /// Computes the second stage's columns from the first's scores.
    pub fn fill_second(&mut self, first: &[i32]) {
        stack::fill(&self.view, &self.headings, first, &mut self.table);
    }
}
