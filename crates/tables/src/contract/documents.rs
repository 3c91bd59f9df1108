//! `documents`.

use crate::cell::{Cell, Type};
use crate::rows::Pressed;
use crate::table::{Column, Table, columns};

/// The table `documents`.
#[derive(Debug)]
pub struct Documents;

impl Table for Documents {
    type Row<'a> = Pressed<'a>;
    const NAME: &'static str = "documents";
    const ROW: &'static str = "one row a page";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        doc_id: Type::String, required = row.story.doc_id.as_str(),
            "32 hex digits, from the page's key (its URL where known, else its source): the same page gets the same id in every run";
        source: Type::String, required = row.story.source.as_str(),
            "the input as found: path or URI, `#` and a record's locator in a container";
        url: Type::String, optional = &row.story.url, "the page's own address, where the input tells";
        site: Type::String, optional = &row.story.site, "its registrable domain";
        media_type: Type::String, required = row.story.media_type.name(), "`text/plain`, `text/html`";
        content_hash: Type::String, required = row.story.content_hash.as_str(), "of the page's raw bytes";
        fetched_at: Type::Instant, optional = row.story.fetched_at, "when the page was fetched, where the input tells";
        title: Type::String, optional = &row.story.article.head.title, "headline";
        lead: Type::String, optional = &row.story.article.head.lead, "standfirst";
        authors: Type::Strings, required = Cell::Strings(row.story.article.head.authors.iter().map(String::as_str).collect()),
            "one a person, as printed";
        published_date: Type::Day, optional = row.story.article.head.published_date,
            "publication date as the page prints it, in its own time zone";
        published_at: Type::Instant, optional = row.story.article.head.published_at,
            "the instant, where the page gives a time and its zone (or the zone is known)";
        modified_at: Type::Instant, optional = row.story.article.head.modified_at, "last change, as the page tells it";
        metadata_sources: Type::Pairs("field", "source"), required =
            Cell::Pairs(row.story.article.head.sources.iter().map(|s| (s.field.name(), s.source.name())).collect()),
            "where each came from: `json_ld`, `meta`, `time_tag`, `byline_line`, `text`, `input` …";
        canonical_url: Type::String, optional = &row.story.article.head.canonical_url, "the address that the page calls its own";
        site_name: Type::String, optional = &row.story.article.head.site_name, "the site's name";
        anchor_date: Type::Day, optional = row.story.article.head.anchor.map(|a| a.date),
            "the date that relative dates were counted from";
        anchor_precision: Type::String, optional = row.story.article.head.anchor.map(|a| a.precision.name()),
            "`day`, `month`, `year`: a year-only anchor resolves years and parts of years, never days";
        language: Type::String, optional = &row.story.article.head.language, "BCP 47";
        language_confidence: Type::F32, optional = row.story.article.head.language_confidence, "0 to 1";
        text: Type::String, required = row.story.article.text.as_str(),
            "kept blocks, joined by a blank line; inside a block runs of Unicode white space are one U+0020; a table's cells are joined by tab, its rows by newline";
        words: Type::I32, required = row.story.article.text.split_whitespace().count(), "words of text, cut at white space";
        raw_chars: Type::I32, required = row.story.article.raw_chars, "code points of the decoded page";
        kept_chars: Type::I32, required = row.story.article.text.chars().count(), "code points of text";
        duplicate_of: Type::String, optional = row.story.duplicate.as_ref().map(|d| d.of.as_str()),
            "doc_id of the page that this one repeats, exactly or nearly: the one that was in the dataset first";
        duplicate_similarity: Type::F32, optional = row.story.duplicate.as_ref().map(|d| d.similarity), "1 = exact";
        flags: Type::Strings, required = Cell::Strings(row.story.article.flags.iter().map(|f| f.name()).collect()),
            "what a reader should know: `no_title`, `short`, `low_confidence`, `truncated_input`, …";
    };
}
