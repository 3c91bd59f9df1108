//! Hive folders below the tables: `documents/published_month=2024-11/part-000003.parquet`.
//!
//! The key stands in the path only: readers add it to the rows, and a second one in the files would make pandas fail.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use copydesk_types::Story;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// What Hive calls the folder of rows without a value.
const UNKNOWN: &str = "__HIVE_DEFAULT_PARTITION__";
/// Longest encoded value, in bytes: file systems take names of 255. What is longer is no site and no language.
const LONGEST: usize = 200;
/// All but what RFC 3986 calls unreserved: what is left means nothing to a file system, a URL or a reader of `key=value`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the page tables are cut into folders by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Partitioning {
    /// Nothing: files stand in the tables' folders.
    #[default]
    None,
    /// Year and month of `published_date`, as `2024-11`.
    PublishedMonth,
    /// `site`, which is then no column of the files.
    Site,
    /// `language`, which is then no column of the files.
    Language,
}

impl Partitioning {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::None, Self::PublishedMonth, Self::Site, Self::Language];

    /// As on the command line: the key, or `none`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::PublishedMonth => "published_month",
            Self::Site => "site",
            Self::Language => "language",
        }
    }

    /// The column that stands in the path.
    pub fn key(self) -> Option<&'static str> {
        (self != Self::None).then_some(self.name())
    }

    /// The folder of a page, below each page table.
    pub(crate) fn folder(self, story: &Story) -> PathBuf {
        match self {
            Self::None => PathBuf::new(),
            Self::PublishedMonth => {
                let published = story.article.head.published_date;
                self.of(published.map(|day| day.strftime("%Y-%m").to_string()).as_deref())
            }
            Self::Site => self.of(story.site.as_deref()),
            Self::Language => self.of(story.article.head.language.as_deref()),
        }
    }

    /// The folder of pages of which nothing is known.
    pub(crate) fn unknown(self) -> PathBuf {
        if self == Self::None { PathBuf::new() } else { self.of(None) }
    }

    fn of(self, value: Option<&str>) -> PathBuf {
        let encoded = utf8_percent_encode(value.unwrap_or_default(), RESERVED).to_string();
        let usable = (1..=LONGEST).contains(&encoded.len());
        format!("{}={}", self.name(), if usable { &encoded } else { UNKNOWN }).into()
    }
}

impl fmt::Display for Partitioning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Partitioning {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|by| by.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("expected one of {names}, found {text:?}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_percent_encoded_and_none_has_a_name_of_its_own() {
        for (value, folder) in [
            (Some("example.org"), "site=example.org"),
            (Some("a/b=c d%"), "site=a%2Fb%3Dc%20d%25"),
            (Some("../x"), "site=..%2Fx"),
            (Some("báo.vn"), "site=b%C3%A1o.vn"),
            (Some(""), "site=__HIVE_DEFAULT_PARTITION__"),
            (None, "site=__HIVE_DEFAULT_PARTITION__"),
        ] {
            assert_eq!(Partitioning::Site.of(value), PathBuf::from(folder), "{value:?}");
        }
        let unknown = Partitioning::Site.unknown();
        for (length, known) in [(LONGEST, true), (LONGEST + 1, false), (10_000, false)] {
            assert_eq!(Partitioning::Site.of(Some(&"a".repeat(length))) != unknown, known, "{length}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for by in Partitioning::ALL {
            assert_eq!(by.name().parse(), Ok(by));
        }
        assert!("month".parse::<Partitioning>().unwrap_err().contains("published_month"));
    }
}
