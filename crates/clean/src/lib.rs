//! Turns a `Page` into an `Article`: decode, blocks, evidence, labels, metadata.
//!
//! ```text
//! Page ─decode→ text ─html|lines→ [RawBlock] + Evidence ─label→ [Block] ─head→ Article
//! ```
//!
//! Only the two block splitters know whether a page is HTML or text; from raw blocks on both are the same.

mod raw;
mod site;

use copydesk_types::{Article, Page};

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
}

/// Decodes a page and cuts it into raw blocks.
pub fn scan(_rules: &Rules, _page: &Page) -> Scan {
    Scan::default()
}

/// Labels a scanned page and reads its head. `memory` is frozen before the first page is labelled.
pub fn label(_rules: &Rules, _memory: Option<&SiteMemory>, _page: &Page, _scan: Scan) -> Article {
    Article::default()
}

/// Cleans a page.
pub fn article(rules: &Rules, memory: Option<&SiteMemory>, page: &Page) -> Article {
    label(rules, memory, page, scan(rules, page))
}
