//! Turns a `Page` into an `Article`: decode, blocks, evidence, labels, metadata.
//!
//! ```text
//! Page ─decode→ text ─html|lines→ [RawBlock] + Evidence ─label→ [Block] ─head→ Article
//! ```
//!
//! Only the two block splitters know whether a page is HTML or text; from raw blocks on both are the same.

mod label;
mod lines;
mod raw;
mod site;

use copydesk_types::{Article, Head, MediaType, Page};

pub use raw::{Markup, RawBlock};
pub use site::SiteMemory;

/// What the labeller knows: word lists and the trained model. Loaded once, shared, immutable.
#[derive(Debug, Default)]
pub struct Rules {}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        Self::default()
    }
}

/// A page decoded and cut into raw blocks: what the first pass counts and the second labels.
#[derive(Debug, Default)]
pub struct Scan {
    /// The blocks in page order.
    pub blocks: Vec<RawBlock>,
    /// Code points of the decoded page.
    pub chars: usize,
}

/// Decodes a page and cuts it into raw blocks.
pub fn scan(_rules: &Rules, page: &Page) -> Scan {
    let text = String::from_utf8_lossy(&page.bytes);
    let blocks = match page.media_type {
        MediaType::Text => lines::split(&text),
        MediaType::Html => Vec::new(),
    };
    Scan { blocks, chars: text.chars().count() }
}

/// Labels a scanned page and reads its head. `memory` is frozen before the first page is labelled.
pub fn label(_rules: &Rules, _memory: Option<&SiteMemory>, page: &Page, scan: Scan) -> Article {
    Article::assemble(Head::default(), label::blocks(scan.blocks), scan.chars, page.flags.clone())
}

/// Cleans a page.
pub fn article(rules: &Rules, memory: Option<&SiteMemory>, page: &Page) -> Article {
    label(rules, memory, page, scan(rules, page))
}
