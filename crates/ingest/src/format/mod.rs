//! The formats that are read, one file each, and the registry that tells which of them an input is.
//!
//! Content counts before the name where it is unmistakable (an archive's or table's magic number); then the name's ending;
//! then what the content looks like.

mod delimited;
mod feed;
mod jsonl;
mod member;
mod page;
mod parquet;
mod tar;
mod warc;
mod zip;

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use copydesk_types::{MediaType, Page, RejectCode};

use crate::Settings;
use crate::found::{Out, Position, Trouble};
use crate::input;
use crate::sniff::{self, Kind};
use crate::unpack::{Packing, Unpacked};

/// A format and how it is told and read.
pub(crate) struct Format {
    /// For messages: `a Parquet table`.
    name: &'static str,
    /// Endings of file names, lower case, after `.gz` or `.zst` is taken off.
    extensions: &'static [&'static str],
    /// Whether the content is of this format beyond doubt, whatever the name says.
    is: fn(&[u8]) -> bool,
    /// Whether the content looks like it, where the name says nothing.
    looks_like: fn(&[u8]) -> bool,
    read: Read,
}

/// How a format is read.
pub(crate) enum Read {
    /// From front to back, decompressed.
    Stream(fn(&Job<'_>, &mut Unpacked, &mut Out<'_>) -> ControlFlow<()>),
    /// A file with its directory at the end; not from a pipe, not compressed as a whole.
    File(fn(&Job<'_>, File, &mut Out<'_>) -> ControlFlow<()>),
}

/// Every format. Of two that claim an input the first gets it.
static FORMATS: &[Format] = &[
    warc::FORMAT,
    parquet::FORMAT,
    zip::FORMAT,
    tar::FORMAT,
    feed::FORMAT,
    jsonl::FORMAT,
    delimited::FORMAT,
    page::FORMAT,
];

/// What an adapter is told about its input.
pub(crate) struct Job<'a> {
    pub(crate) settings: &'a Settings,
    /// The input's name in `source`.
    pub(crate) source: &'a str,
    /// The input's path, if it is a file.
    pub(crate) path: Option<&'a Path>,
    /// Where to start.
    pub(crate) from: Position,
    /// Whether the start of the input is lost to damage that has been reported.
    pub(crate) damaged: bool,
}

impl Job<'_> {
    /// A page of this input.
    pub(crate) fn page(
        &self,
        locator: Option<&str>,
        name: String,
        media_type: MediaType,
        bytes: Vec<u8>,
    ) -> Page {
        Page { name, ..Page::new(self.located(locator), media_type, bytes) }
    }

    /// The input's name and a record's locator.
    pub(crate) fn located(&self, locator: Option<&str>) -> String {
        match locator {
            Some(locator) => format!("{}#{locator}", self.source),
            None => self.source.to_owned(),
        }
    }
}

/// Reads an input from its position on in the format that it is in.
pub(crate) fn read(job: &mut Job<'_>, mut stream: Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let head = loop {
        let head = match stream.next_member() {
            Ok(false) => Ok(Vec::new()),
            Ok(true) => stream.peek(sniff::HEAD).map(<[u8]>::to_vec),
            Err(error) => Err(error),
        };
        match head {
            Ok(head) => break head,
            Err(error) => {
                job.damaged = true;
                // Who goes on from further back has had this told.
                if job.from == Position::default() {
                    out.reject(job.from, Trouble::io(&error))?;
                }
            }
        }
    };
    let format = choose(job.source, &head);
    match format.read {
        Read::Stream(read) => match resumed(stream, job) {
            Ok(mut stream) => read(job, &mut stream, out),
            Err(error) => out.reject(job.from, Trouble::io(&error)),
        },
        Read::File(read) => match job.path.map(input::open) {
            Some(Ok(file)) if stream.packing() == Packing::Plain => read(job, file, out),
            Some(Err(error)) => out.reject(job.from, Trouble::io(&error)),
            _ => {
                let message = format!("{} must be a file, neither piped nor compressed", format.name);
                out.reject(job.from, Trouble::new(RejectCode::UnknownFormat, message))
            }
        },
    }
}

/// The input from the job's position on.
fn resumed(stream: Unpacked, job: &Job<'_>) -> io::Result<Unpacked> {
    match job.path {
        Some(path) if job.from.byte > 0 || job.from.within > 0 => {
            let mut file = input::open(path)?;
            file.seek(SeekFrom::Start(job.from.byte))?;
            stream.resume(Box::new(file), job.from)
        }
        _ => Ok(stream),
    }
}

/// The format of an input, by its name and its first bytes, decompressed.
fn choose(name: &str, head: &[u8]) -> &'static Format {
    let extension = extension(name);
    let tests: [&dyn Fn(&Format) -> bool; 3] =
        [&|format| (format.is)(head), &|format| format.extensions.contains(&extension.as_str()), &|format| {
            (format.looks_like)(head)
        }];
    tests.iter().find_map(|test| FORMATS.iter().find(|format| test(format))).unwrap_or(&page::FORMAT)
}

/// The ending of a file name that tells its format, in lower case: less `.gz` and `.zst`.
fn extension(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
}

/// A file's name less its folder and the endings of pages: `a/news.html.gz` is `news`.
pub fn page_name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let mut name = file;
    for endings in [&[".gz", ".zst"][..], &[".txt", ".html", ".htm"]] {
        let shorter = endings.iter().find_map(|ending| {
            let at = name.len().checked_sub(ending.len()).filter(|&at| at > 0)?;
            name.get(at..)?.eq_ignore_ascii_case(ending).then(|| &name[..at])
        });
        name = shorter.unwrap_or(name);
    }
    name.to_owned()
}

/// What decides about the bytes of a single page: its media type, or why it is none.
pub(crate) fn media_type(name: &str, head: &[u8]) -> Result<MediaType, Trouble> {
    match sniff::kind(head) {
        Kind::Other(what) => {
            Err(Trouble::new(RejectCode::UnknownFormat, format!("expected text or HTML, looks like {what}")))
        }
        kind => Ok(match extension(name).as_str() {
            "txt" => MediaType::Text,
            "html" | "htm" | "xhtml" => MediaType::Html,
            _ if kind == Kind::Html => MediaType::Html,
            _ => MediaType::Text,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_endings() {
        for (path, name) in [
            ("a/news.html.gz", "news"),
            ("news.TXT", "news"),
            ("news.htm.zst", "news"),
            ("news.txt.html", "news.txt"),
            ("v1.2 report", "v1.2 report"),
            (".txt", ".txt"),
            ("tin tức.html", "tin tức"),
            ("ệ", "ệ"),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(page_name(path), name, "{path}");
        }
    }

    #[test]
    fn no_two_formats_share_an_ending() {
        let mut extensions: Vec<_> = FORMATS.iter().flat_map(|format| format.extensions).collect();
        let all = extensions.len();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), all);
        assert!(extensions.iter().all(|extension| **extension == extension.to_lowercase()));
        assert!(FORMATS.iter().all(|format| format.name.starts_with("a")));
    }
}
