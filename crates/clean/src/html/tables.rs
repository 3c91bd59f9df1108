//! Tells tables of data from tables that only set a page, and makes a block of each of the former.

use crate::raw::{Markup, RawBlock};

/// Words of a data table's cell, at most.
const CELL_WORDS: u32 = 40;
/// Words of its cells on average, at most.
const MEAN_WORDS: usize = 12;
/// Blocks of one table that is looked at: larger ones stay as they are.
const MAX_CELLS: usize = 1 << 14;

/// Tables under way, innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    /// Its first block.
    first: usize,
    element: u32,
    row: u32,
    column: u32,
    /// Row and column of each of its blocks; none in it is in a table of its own.
    cells: Vec<(u32, u32)>,
    is_layout: bool,
}

impl Tables {
    pub(super) fn start(&mut self, first: usize, element: u32) {
        if let Some(outer) = self.open.last_mut() {
            outer.is_layout = true;
        }
        self.open.push(Table { first, element, row: 0, column: 0, cells: Vec::new(), is_layout: false });
    }

    pub(super) fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            (table.row, table.column) = (table.row + 1, 0);
        }
    }

    pub(super) fn cell(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.column += 1;
        }
    }

    /// A block was made.
    pub(super) fn block(&mut self) {
        if let Some(table) = self.open.last_mut() {
            if table.cells.len() < MAX_CELLS {
                table.cells.push((table.row, table.column));
            } else {
                table.is_layout = true;
            }
        }
    }

    /// Ends the innermost table: where it holds data, its blocks become one, whose number is returned.
    pub(super) fn end(&mut self, blocks: &mut Vec<RawBlock>) -> Option<usize> {
        let table = self.open.pop()?;
        // A caption stands before the first row and stays a block of its own.
        let captions = table.cells.iter().take_while(|(row, _)| *row == 0).count();
        let (first, cells) = (table.first + captions, table.cells.get(captions..)?);
        if table.is_layout || !is_data(cells, blocks.get(first..)?) {
            return None;
        }
        let merged = merge(blocks.drain(first..), cells, table.element)?;
        blocks.push(merged);
        Some(first)
    }
}

fn is_data(cells: &[(u32, u32)], blocks: &[RawBlock]) -> bool {
    if cells.len() != blocks.len() {
        return false;
    }
    let columns = |row: &[(u32, u32)]| row.last().map_or(0, |(_, column)| *column);
    let rows = cells.chunk_by(|a, b| a.0 == b.0);
    let (wide, all) = rows.fold((0, 0), |(wide, all), row| (wide + usize::from(columns(row) > 1), all + 1));
    let sizes = || blocks.iter().map(|b| b.markup.as_ref().map_or(0, |m| m.words));
    let sum: usize = sizes().map(|n| n as usize).sum();
    // Cells that hold several blocks hold a part of a page, unless they are few.
    let split = cells.windows(2).filter(|pair| pair[0] == pair[1]).count();
    all > 1
        && wide * 2 > all
        && split * 4 <= cells.len()
        && sum <= MEAN_WORDS * cells.len()
        && sizes().all(|words| words <= CELL_WORDS)
}

fn merge(blocks: impl Iterator<Item = RawBlock>, cells: &[(u32, u32)], element: u32) -> Option<RawBlock> {
    let mut merged: Option<(RawBlock, Markup)> = None;
    let mut last = (0, 0);
    for (mut block, &cell) in blocks.zip(cells) {
        let markup = block.markup.take()?;
        let Some((whole, sums)) = &mut merged else {
            (merged, last) = (Some((block, markup)), cell);
            continue;
        };
        whole.text.push(match cell {
            same if same == last => ' ',
            (row, _) if row == last.0 => '\t',
            _ => '\n',
        });
        whole.text.push_str(&block.text);
        whole.source = whole.source.join(block.source);
        sums.words += markup.words;
        sums.link_words += markup.link_words;
        sums.links += markup.links;
        sums.bold_words += markup.bold_words;
        sums.italic_words += markup.italic_words;
        sums.media += markup.media;
        sums.regions &= markup.regions;
        last = cell;
    }
    let (mut block, mut markup) = merged?;
    let inside = markup.ancestors.iter().position(|&number| number == element).unwrap_or(0);
    markup.ancestors.drain(..inside);
    markup.depth = markup.depth.saturating_sub(u32::try_from(inside).unwrap_or(0));
    markup.path = outer(&markup.path, inside).to_owned();
    markup.class_words.retain(|word| usize::from(word.level) >= inside);
    for word in &mut markup.class_words {
        word.level -= u8::try_from(inside).unwrap_or(0);
    }
    (markup.tag, markup.heading) = ("table", 0);
    block.markup = Some(markup);
    Some(block)
}

/// A path less its last `levels` elements.
fn outer(path: &str, levels: usize) -> &str {
    let cut = path.rmatch_indices('/').nth(levels.wrapping_sub(1)).map(|(at, _)| at);
    if levels == 0 { path } else { &path[..cut.unwrap_or(path.len())] }
}
