//! All about one page.

use crate::{Article, MediaType, Mention, Page, Quantity, Span};
use jiff::Timestamp;

/// The page that another repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// `doc_id` of the page that was there first.
    pub of: String,
    /// 1 = exact.
    pub similarity: f32,
}

/// All about one page: what a row of `documents` and its rows in the other page tables are made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// 32 hex digits, from the page's key.
    pub doc_id: String,
    /// As in [`Page`].
    pub name: String,
    /// As in [`Page`].
    pub source: String,
    /// As in [`Page`].
    pub url: Option<String>,
    /// Registrable domain of the page's address.
    pub site: Option<String>,
    /// As in [`Page`].
    pub media_type: MediaType,
    /// 32 hex digits, of the page's raw bytes.
    pub content_hash: String,
    /// As in [`Page`].
    pub fetched_at: Option<Timestamp>,
    /// The cleaned page.
    pub article: Article,
    /// Sentences of the article's text.
    pub sentences: Vec<Span>,
    /// In text order, none overlapping.
    pub mentions: Vec<Mention>,
    /// In text order, none overlapping.
    pub quantities: Vec<Quantity>,
    /// Filled after the parallel part, in input order.
    pub duplicate: Option<Duplicate>,
}

impl Story {
    /// A story of a cleaned page in which nothing has been found yet.
    pub fn new(
        page: &Page,
        doc_id: String,
        content_hash: String,
        site: Option<String>,
        article: Article,
    ) -> Self {
        Self {
            doc_id,
            name: page.name.clone(),
            source: page.source.clone(),
            url: page.url.clone(),
            site,
            media_type: page.media_type,
            content_hash,
            fetched_at: page.fetched_at,
            article,
            sentences: Vec::new(),
            mentions: Vec::new(),
            quantities: Vec::new(),
            duplicate: None,
        }
    }
}
