//! `blocks`.

use crate::cell::{Cell, Type};
use crate::rows::BlockRow;
use crate::table::{Column, Table, columns};

/// The table `blocks`.
#[derive(Debug)]
pub struct Blocks;

impl Table for Blocks {
    type Row<'a> = BlockRow<'a>;
    const NAME: &'static str = "blocks";
    const ROW: &'static str = "one row for every block of a page, dropped ones too";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        doc_id: Type::String, required = row.page.story.doc_id.as_str(), "the page";
        block: Type::I32, required = row.number, "the block's number in the page, from 0";
        line: Type::I32, optional = row.block.lines.map(|l| i64::from(l.0)), "its first line in a text page, from 1";
        line_end: Type::I32, optional = row.block.lines.map(|l| i64::from(l.1)),
            "its last line, where a hard-wrapped paragraph takes several";
        source_start: Type::I64, optional = row.block.source.map(|s| s.start), "first byte in the decoded raw page";
        source_end: Type::I64, optional = row.block.source.map(|s| s.end), "one past its last byte in the decoded raw page";
        path: Type::String, optional = &row.block.path, "in HTML, the path of tags with classes: `body/div.main/p`";
        text: Type::String, required = row.block.text.as_str(), "white space squashed";
        label: Type::String, required = row.block.label.name(),
            "kept: `title` `lead` `byline` `dateline` `heading` `paragraph` `caption` `list_item` `quote` `table`; dropped: `related` `navigation` `comments` `repeat` `advertisement` `legal`";
        kept: Type::Bool, required = row.block.span.is_some(), "stands in documents.text";
        start: Type::I32, optional = row.span.map(|s| s.start), "where in documents.text, in code points";
        end: Type::I32, optional = row.span.map(|s| s.end), "where it ends in documents.text, exclusive";
        confidence: Type::F32, required = row.block.confidence, "of `kept`, 0 to 1";
        reason: Type::String, required = row.block.reason.as_str(), "which evidence decided, in words a person understands";
    };
}
