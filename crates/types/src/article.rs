//! A page cleaned: its blocks with a label each, its text, what its head says.

use jiff::{Timestamp, civil::Date};

use crate::Span;

/// What a block is. The first ten are kept, the others dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// The article's own headline, at its first occurrence.
    Title,
    /// Standfirst, or the summary paragraph that opens the article.
    Lead,
    /// Who wrote it.
    Byline,
    /// The article's own publication date, time or place.
    Dateline,
    /// A section heading inside the article.
    Heading,
    /// Body text.
    Paragraph,
    /// A photo's caption or credit.
    Caption,
    /// An item of a list that belongs to the body.
    ListItem,
    /// A quotation set as a block.
    Quote,
    /// A table of the body: cells joined by tab, rows by newline.
    Table,
    /// A teaser of another article.
    Related,
    /// Menus, section labels, prompts.
    Navigation,
    /// The comment form and the comments.
    Comments,
    /// A line of the article that stands again.
    Repeat,
    /// An advertisement or its marker.
    Advertisement,
    /// Copyright, terms, imprint.
    Legal,
}

impl Label {
    /// Every label, in the order of the contract.
    pub const ALL: [Self; 16] = [
        Self::Title,
        Self::Lead,
        Self::Byline,
        Self::Dateline,
        Self::Heading,
        Self::Paragraph,
        Self::Caption,
        Self::ListItem,
        Self::Quote,
        Self::Table,
        Self::Related,
        Self::Navigation,
        Self::Comments,
        Self::Repeat,
        Self::Advertisement,
        Self::Legal,
    ];

    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::ListItem => "list_item",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Related => "related",
            Self::Navigation => "navigation",
            Self::Comments => "comments",
            Self::Repeat => "repeat",
            Self::Advertisement => "advertisement",
            Self::Legal => "legal",
        }
    }

    /// Whether blocks of this label stand in the article's text.
    pub const fn kept(self) -> bool {
        !matches!(
            self,
            Self::Related
                | Self::Navigation
                | Self::Comments
                | Self::Repeat
                | Self::Advertisement
                | Self::Legal
        )
    }
}

/// One block of a page: a line or paragraph of a text, a block element of HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// White space squashed.
    pub text: String,
    /// What it is; decides whether it is kept.
    pub label: Label,
    /// Probability that the decision to keep or drop is right, 0 to 1.
    pub confidence: f32,
    /// Which evidence decided, in words a person understands.
    pub reason: String,
    /// First and last line in a text page, from 1.
    pub lines: Option<(u32, u32)>,
    /// Bytes in the decoded page.
    pub source: Option<Span>,
    /// In HTML, the path of tags with classes: `body/div.main/p`.
    pub path: Option<String>,
    /// Where it stands in the article's text, if kept.
    pub span: Option<Span>,
    /// Whether it belongs to the running body: paragraphs, headings, lists, quotes, tables, and a lead that is running
    /// text of the article.
    pub in_body: bool,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// The day.
    Day,
    /// The month; the day in the `Date` is 1.
    Month,
    /// The year; month and day in the `Date` are 1.
    Year,
}

impl Precision {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// The date that relative dates count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The day, or the first day of the month or year.
    pub date: Date,
    /// How much of it is known: a year-only anchor resolves years and parts of years, never days.
    pub precision: Precision,
}

/// A fact about the page that carries where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MetadataField {
    /// `title`
    Title,
    /// `lead`
    Lead,
    /// `authors`
    Authors,
    /// `published_date` and `published_at`
    Published,
    /// `modified_at`
    Modified,
    /// `canonical_url`
    CanonicalUrl,
    /// `site_name`
    SiteName,
    /// `anchor_date`
    Anchor,
    /// `language`
    Language,
}

impl MetadataField {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Authors => "authors",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::CanonicalUrl => "canonical_url",
            Self::SiteName => "site_name",
            Self::Anchor => "anchor_date",
            Self::Language => "language",
        }
    }
}

/// Where a fact about the page came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MetadataSource {
    /// What the input said beside the page.
    Input,
    /// JSON-LD (schema.org).
    JsonLd,
    /// A `meta` element: OpenGraph, Dublin Core, HTML's own.
    Meta,
    /// A `link` element.
    Link,
    /// A `time` element.
    TimeTag,
    /// Microdata or RDFa attributes.
    Microdata,
    /// The `title` element.
    TitleTag,
    /// The headline in the page.
    Headline,
    /// The `lang` attribute.
    LangAttribute,
    /// A byline.
    BylineLine,
    /// A dateline.
    Dateline,
    /// The page's address.
    Url,
    /// The running text.
    Text,
}

impl MetadataSource {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::JsonLd => "json_ld",
            Self::Meta => "meta",
            Self::Link => "link",
            Self::TimeTag => "time_tag",
            Self::Microdata => "microdata",
            Self::TitleTag => "title_tag",
            Self::Headline => "headline",
            Self::LangAttribute => "lang_attribute",
            Self::BylineLine => "byline_line",
            Self::Dateline => "dateline",
            Self::Url => "url",
            Self::Text => "text",
        }
    }
}

/// One entry of `metadata_sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourcedMetadata {
    /// Which fact.
    pub field: MetadataField,
    /// From where.
    pub source: MetadataSource,
}

/// What the page says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Headline, without the site's name.
    pub title: Option<String>,
    /// Standfirst or agency-marked opening; several lines joined by a newline.
    pub lead: Option<String>,
    /// One a person, as printed.
    pub authors: Vec<String>,
    /// Publication day in the page's own time zone.
    pub published_date: Option<Date>,
    /// Publication instant, where time and zone are known.
    pub published_at: Option<Timestamp>,
    /// Last change.
    pub modified_at: Option<Timestamp>,
    /// The address that the page calls its own.
    pub canonical_url: Option<String>,
    /// The site's name.
    pub site_name: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// 0 to 1.
    pub language_confidence: Option<f32>,
    /// What relative dates count from.
    pub anchor: Option<Anchor>,
    /// Where each came from, in the order of [`MetadataField`].
    pub sources: Vec<SourcedMetadata>,
}

/// What a reader of the tables should know about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// Nothing was kept.
    Empty,
    /// No headline was found.
    NoTitle,
    /// The body has fewer words than an article usually has.
    Short,
    /// The labels are uncertain on the whole.
    LowConfidence,
    /// The input ended before the page did, or a limit cut it.
    TruncatedInput,
    /// Bytes that the encoding does not allow were replaced by U+FFFD.
    ReplacedBytes,
    /// The page's declared encoding is not the one that it is in.
    CharsetMismatch,
    /// Tags are nested deeper than the path that is kept.
    HtmlDepthCapped,
    /// The page gives a publication date after its fetch; it was left out.
    PublishedAfterFetch,
    /// The text is not English: no mentions were looked for.
    NotEnglish,
}

impl Flag {
    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoTitle => "no_title",
            Self::Short => "short",
            Self::LowConfidence => "low_confidence",
            Self::TruncatedInput => "truncated_input",
            Self::ReplacedBytes => "replaced_bytes",
            Self::CharsetMismatch => "charset_mismatch",
            Self::HtmlDepthCapped => "html_depth_capped",
            Self::PublishedAfterFetch => "published_after_fetch",
            Self::NotEnglish => "not_english",
        }
    }
}

/// A page cleaned. `text` is the kept blocks joined by a blank line and is never altered again; no block is removed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// What the page says about itself.
    pub head: Head,
    /// All blocks in page order, dropped ones too.
    pub blocks: Vec<Block>,
    /// The kept blocks, joined by `\n\n`.
    pub text: String,
    /// Code points of the decoded page.
    pub raw_chars: usize,
    /// Sorted, each once.
    pub flags: Vec<Flag>,
}

impl Article {
    /// What stands between two kept blocks.
    pub const BLOCK_SEPARATOR: &str = "\n\n";

    /// Assembles the text of labelled blocks and writes each kept block's place in it into the block.
    pub fn assemble(head: Head, mut blocks: Vec<Block>, raw_chars: usize, mut flags: Vec<Flag>) -> Self {
        let mut text = String::with_capacity(blocks.iter().map(|b| b.text.len() + 2).sum());
        for block in &mut blocks {
            block.span = None;
            if !block.label.kept() || block.text.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push_str(Self::BLOCK_SEPARATOR);
            }
            let start = text.len();
            text.push_str(&block.text);
            block.span = Some(Span::new(start, text.len()));
        }
        flags.sort_unstable();
        flags.dedup();
        Self { head, blocks, text, raw_chars, flags }
    }

    /// A text that is an article already, unaltered, as one paragraph.
    pub fn plain(text: String, anchor: Option<Anchor>) -> Self {
        let block = Block {
            text: text.clone(),
            label: Label::Paragraph,
            confidence: 1.0,
            reason: "given as clean text".to_owned(),
            lines: None,
            source: Some(Span::new(0, text.len())),
            path: None,
            span: Some(Span::new(0, text.len())),
            in_body: true,
        };
        Self {
            head: Head { anchor, ..Head::default() },
            blocks: vec![block],
            raw_chars: text.chars().count(),
            text,
            flags: Vec::new(),
        }
    }

    /// The running body, its blocks joined by a newline.
    pub fn body(&self) -> String {
        let parts: Vec<&str> =
            self.blocks.iter().filter(|b| b.label.kept() && b.in_body).map(|b| b.text.as_str()).collect();
        parts.join("\n")
    }
}
