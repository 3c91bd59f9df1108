//! Which column or key of a table holds what.

use std::fmt::{self, Write as _};

use copydesk_types::{Given, MediaType, Page};

use crate::dates;
use crate::sniff;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The page as HTML.
    Html,
    /// The page as text.
    Text,
    /// The page's address.
    Url,
    /// Publication date.
    Date,
    /// Headline.
    Title,
    /// The record's own id.
    Id,
    /// When the page was fetched.
    FetchedAt,
    /// Who wrote it.
    Authors,
    /// BCP 47 tag.
    Language,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Html,
        Self::Text,
        Self::Url,
        Self::Date,
        Self::Title,
        Self::Id,
        Self::FetchedAt,
        Self::Authors,
        Self::Language,
    ];

    /// The name in `--field NAME=COLUMN`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Url => "url",
            Self::Date => "date",
            Self::Title => "title",
            Self::Id => "id",
            Self::FetchedAt => "fetched_at",
            Self::Authors => "authors",
            Self::Language => "language",
        }
    }

    /// Column names under which the field is found without being told, the best first; compared without regard to case.
    /// They are the ones that news corpora and crawlers use (CC-News, news-please, Newspaper, Scrapy, trafilatura, GDELT).
    const fn usual_columns(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "raw_html", "page_html", "html_content", "content_html", "source_html"],
            Self::Text => &[
                "text",
                "maintext",
                "plain_text",
                "full_text",
                "fulltext",
                "article_text",
                "body",
                "content",
                "article",
                "raw_content",
                "raw_text",
                "document",
            ],
            Self::Url => {
                &["url", "source_url", "page_url", "link", "uri", "warc-target-uri", "canonical_url"]
            }
            Self::Date => &[
                "date",
                "published_at",
                "published_date",
                "date_publish",
                "publish_date",
                "publication_date",
                "pub_date",
                "pubdate",
                "published",
                "datetime",
            ],
            Self::Title => &["title", "headline"],
            Self::Id => &["id", "doc_id", "article_id", "uuid", "guid", "_id", "warc-record-id"],
            Self::FetchedAt => &[
                "fetched_at",
                "fetch_date",
                "date_download",
                "download_date",
                "crawl_date",
                "crawled_at",
                "retrieved_at",
                "scraped_at",
                "warc-date",
            ],
            Self::Authors => &["authors", "author", "byline"],
            Self::Language => &["language", "lang"],
        }
    }
}

/// A column that was asked for and is not there, or none to read pages from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Not of the form `NAME=COLUMN`.
    #[error("{0:?}: expected NAME=COLUMN")]
    NoColumn(String),
    /// No such field.
    #[error("{0:?} is no field; fields are html, text, url, date, title, id, fetched_at, authors, language")]
    UnknownField(String),
}

/// Which column holds what: as told, otherwise by the columns' usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    told: [Option<String>; Field::ALL.len()],
}

impl FieldMap {
    /// Tells where a field stands: `text=body`, or several, separated by commas.
    ///
    /// # Errors
    /// Where the text has another form or names no field.
    pub fn tell(&mut self, pairs: &str) -> Result<(), FieldError> {
        for pair in pairs.split(',') {
            let (name, column) = pair.split_once('=').unwrap_or((pair, ""));
            if column.is_empty() {
                return Err(FieldError::NoColumn(pair.to_owned()));
            }
            let field = Field::ALL
                .into_iter()
                .find(|field| field.name() == name.trim())
                .ok_or_else(|| FieldError::UnknownField(name.to_owned()))?;
            self.told[field as usize] = Some(column.to_owned());
        }
        Ok(())
    }

    /// Where each field stands among `columns`.
    ///
    /// # Errors
    /// In words: a column that was told and is missing, or none that could hold pages, and those that are there.
    pub(crate) fn locate<C: AsRef<str>>(&self, columns: &[C]) -> Result<Located, String> {
        let mut located = Located::default();
        for field in Field::ALL {
            located.at[field as usize] = match &self.told[field as usize] {
                Some(told) => {
                    Some(columns.iter().position(|column| column.as_ref() == told).ok_or_else(|| {
                        format!("no column {told:?} ({}); {}", field.name(), listed(columns))
                    })?)
                }
                None if self.tells_other_content(field) => None,
                None => field.usual_columns().iter().find_map(|usual| {
                    columns.iter().position(|column| column.as_ref().trim().eq_ignore_ascii_case(usual))
                }),
            };
        }
        if located.of(Field::Html).is_none() && located.of(Field::Text).is_none() {
            return Err(format!("no column of text or HTML; {}", listed(columns)));
        }
        Ok(located)
    }

    /// Who says where the text is does not want the HTML beside it, and the other way round.
    fn tells_other_content(&self, field: Field) -> bool {
        match field {
            Field::Html => self.told[Field::Text as usize].is_some(),
            Field::Text => self.told[Field::Html as usize].is_some(),
            _ => false,
        }
    }
}

/// As on the command line: `text=body,url=link`; nothing where nothing was told.
impl fmt::Display for FieldMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told =
            Field::ALL.into_iter().filter_map(|field| Some((field, self.told[field as usize].as_ref()?)));
        for (number, (field, column)) in told.enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}{}={column}", field.name())?;
        }
        Ok(())
    }
}

/// Where each field stands in a table's rows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Located {
    at: [Option<usize>; Field::ALL.len()],
}

impl Located {
    /// The column of a field.
    pub(crate) fn of(&self, field: Field) -> Option<usize> {
        self.at[field as usize]
    }

    /// The page that a row's values make. `value` gives a column's value, nothing where it is null.
    pub(crate) fn page<'v>(
        &self,
        value: impl Fn(usize) -> Option<&'v [u8]>,
        already_clean: bool,
    ) -> Option<Record> {
        let value = |field: Field| self.of(field).and_then(&value).filter(|value| !value.is_empty());
        let html = value(Field::Html).map(|html| (html, MediaType::Html));
        let (bytes, media_type) = html.or_else(|| {
            let text = self.of(Field::Text).and(value(Field::Text))?;
            Some((text, if sniff::is_html(text) { MediaType::Html } else { MediaType::Text }))
        })?;
        let text = |field| value(field).map(|text| String::from_utf8_lossy(text).trim().to_owned());
        let date = text(Field::Date).map(|date| dates::moment(&date)).unwrap_or_default();
        Some(Record {
            id: text(Field::Id),
            url: text(Field::Url),
            fetched_at: text(Field::FetchedAt).and_then(|at| dates::instant(&at)),
            given: Given {
                title: text(Field::Title),
                published_date: date.day,
                published_at: date.instant,
                authors: text(Field::Authors).map(|authors| split_authors(&authors)).unwrap_or_default(),
                language: text(Field::Language),
                charset: None,
            },
            media_type,
            already_clean: already_clean && media_type == MediaType::Text,
            bytes: bytes.to_vec(),
        })
    }
}

/// A row that holds a page.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: Option<String>,
    url: Option<String>,
    fetched_at: Option<jiff::Timestamp>,
    given: Given,
    media_type: MediaType,
    already_clean: bool,
    bytes: Vec<u8>,
}

impl Record {
    /// Bytes of the page.
    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The page under its names.
    pub(crate) fn into_page(self, source: String, name: String) -> Page {
        Page {
            name: self.id.unwrap_or(name),
            url: self.url,
            fetched_at: self.fetched_at,
            given: self.given,
            already_clean: self.already_clean,
            ..Page::new(source, self.media_type, self.bytes)
        }
    }
}

/// One name a person, where a cell holds several: separated by `;` or `|`, or a list.
pub(crate) fn split_authors(cell: &str) -> Vec<String> {
    if let Ok(list) = serde_json::from_str::<Vec<String>>(cell) {
        return list;
    }
    // A list as Arrow prints it.
    let list = cell.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
    let (cell, separators) = list.map_or((cell, &[';', '|'][..]), |list| (list, &[',']));
    cell.split(separators).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The columns of a table, in words.
fn listed<C: AsRef<str>>(columns: &[C]) -> String {
    const SHOWN: usize = 30;
    let mut text = "columns are ".to_owned();
    for (index, column) in columns.iter().take(SHOWN).enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}{}", column.as_ref());
    }
    if columns.len() > SHOWN {
        let _ = write!(text, " and {} more", columns.len() - SHOWN);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_usual_names_or_as_told() {
        for (told, columns, text, html, url) in [
            ("", "id,URL,Text", Some(2), None, Some(1)),
            ("", "body,html,link", Some(0), Some(1), Some(2)),
            ("", "content,text", Some(1), None, None),
            ("text=story", "text,story", Some(1), None, None),
            ("html=raw,url=where", "raw,where,text", None, Some(0), Some(1)),
            ("text=a", "a,html", Some(0), None, None),
        ] {
            let mut map = FieldMap::default();
            if !told.is_empty() {
                map.tell(told).unwrap();
            }
            let located = map.locate(&columns.split(',').collect::<Vec<_>>()).unwrap();
            let found = (located.of(Field::Text), located.of(Field::Html), located.of(Field::Url));
            assert_eq!(found, (text, html, url), "{told} in {columns}");
        }
    }

    #[test]
    fn a_missing_column_is_named_with_those_that_are_there() {
        let mut map = FieldMap::default();
        assert_eq!(map.locate(&["a", "b"]).unwrap_err(), "no column of text or HTML; columns are a, b");
        map.tell("text=story").unwrap();
        assert_eq!(map.locate(&["text"]).unwrap_err(), "no column \"story\" (text); columns are text");
    }

    #[test]
    fn a_map_must_name_fields() {
        let mut map = FieldMap::default();
        assert!(map.tell("text").is_err());
        assert!(map.tell("text=").is_err());
        assert!(map.tell("txt=body").is_err());
        assert!(map.tell("text=body,date=day").is_ok());
    }

    #[test]
    fn a_map_is_printed_as_it_was_told() {
        for told in ["", "text=body", "text=body,url=link,fetched_at=Crawl date"] {
            let mut map = FieldMap::default();
            if !told.is_empty() {
                map.tell(told).unwrap();
            }
            assert_eq!(map.to_string(), told);
        }
    }

    #[test]
    fn authors_of_a_cell() {
        for (cell, authors) in [
            ("Lan Nguyen", vec!["Lan Nguyen"]),
            ("Lan Nguyen; John Smith", vec!["Lan Nguyen", "John Smith"]),
            (r#"["Lan Nguyen","John Smith"]"#, vec!["Lan Nguyen", "John Smith"]),
            ("[Lan Nguyen, John Smith]", vec!["Lan Nguyen", "John Smith"]),
            (" ; ", vec![]),
        ] {
            assert_eq!(split_authors(cell), authors, "{cell}");
        }
    }
}
