//! A page as it was found.

use jiff::{Timestamp, civil::Date};

use crate::Flag;

/// What the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// Lines of text: `text/plain`.
    Text,
    /// Markup: `text/html`.
    Html,
}

impl MediaType {
    /// The IANA media type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
        }
    }
}

/// What the input says about a page beside its bytes (a feed item's title, a table's date column).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Headline.
    pub title: Option<String>,
    /// Publication day in the page's own time zone.
    pub published_date: Option<Date>,
    /// Publication instant.
    pub published_at: Option<Timestamp>,
    /// People who signed it.
    pub authors: Vec<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Character encoding that the transport declared, a label of the Encoding Standard.
    pub charset: Option<String>,
}

/// One page, raw, as an input gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file's name less `.txt .html .htm .gz .zst`, or the record's own id: the filters' `id`.
    pub name: String,
    /// The input as found: path or URI, `#` and a record's locator in a container.
    pub source: String,
    /// The page's own address, where the input tells.
    pub url: Option<String>,
    /// What the bytes are.
    pub media_type: MediaType,
    /// When the page was fetched, where the input tells.
    pub fetched_at: Option<Timestamp>,
    /// What else the input tells.
    pub given: Given,
    /// The text is an article already: every block is kept.
    pub already_clean: bool,
    /// What was noticed while reading (`truncated_input`).
    pub flags: Vec<Flag>,
    /// Decompressed, not yet decoded.
    pub bytes: Vec<u8>,
}

impl Page {
    /// A page of which nothing is known but its bytes; its name is its source.
    pub fn new(source: impl Into<String>, media_type: MediaType, bytes: impl Into<Vec<u8>>) -> Self {
        let source = source.into();
        Self {
            name: source.clone(),
            source,
            url: None,
            media_type,
            fetched_at: None,
            given: Given::default(),
            already_clean: false,
            flags: Vec::new(),
            bytes: bytes.into(),
        }
    }

    /// What identifies the page across runs: its URL where known, else its source.
    pub fn key(&self) -> &str {
        self.url.as_deref().unwrap_or(&self.source)
    }
}
