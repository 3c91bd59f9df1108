//! WARC and WET archives (ISO 28500): response, resource and conversion records that hold text or HTML are pages.
//!
//! Lengths are checked against what is there, because a record is only whole if its end is where its header says. What is
//! not costs one reject, with the offset, and reading goes on at the next record that can be found: behind the record in
//! a plain archive, in the next member of a compressed one.

mod header;
mod http;
mod records;

use std::ops::ControlFlow;

use copydesk_types::{Flag, MediaType, Page, RejectCode};

use super::{Format, Job, Read, page_name};
use crate::dates;
use crate::found::{Out, Position, Trouble};
use crate::sniff::{self, Kind};
use crate::unpack::Unpacked;

use header::{Header, Type};
use http::Body;
use records::{Records, Step};

pub(super) const FORMAT: Format = Format {
    name: "a WARC archive",
    extensions: &["warc", "wet", "wat"],
    is: header::is_start,
    looks_like: |_| false,
    read: Read::Stream(read),
};

/// What a whole record turned out to be.
enum Content {
    Page(Box<Page>),
    /// Something else, in a word.
    Other(&'static str),
}

fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let start = stream.place();
    let mut records = Records::new(stream, job.path, job.settings.max_record_bytes);
    loop {
        let (position, step) = records.next();
        let (content, whole) = match step {
            Step::Record(header, block) => (content(job, position, &header, block), true),
            Step::Oversize(header, block) => (oversize(job, &header, &block), true),
            Step::Trouble(trouble) => (Err(trouble), false),
            Step::End => {
                let empty = out.counts == Default::default() && position != start && !job.damaged;
                let trouble = Trouble::new(RejectCode::NoRecords, "no record in the archive");
                return if empty { out.reject(start, trouble) } else { ControlFlow::Continue(()) };
            }
        };
        match content {
            Ok(Content::Page(page)) => out.page(position, *page)?,
            Ok(Content::Other("revisit")) => out.revisit(),
            Ok(Content::Other(what)) => out.skip(what),
            Err(trouble) => {
                out.counts.records += u64::from(whole);
                let locator = format!("offset={position}");
                out.reject(position, trouble.offset(position.byte).locator(locator))?;
            }
        }
    }
}

/// What a whole record is.
fn content(job: &Job<'_>, position: Position, header: &Header, block: Vec<u8>) -> Result<Content, Trouble> {
    let limit = job.settings.max_record_bytes;
    let (bytes, media_type, content_type, truncated) = match outside(header, &block)? {
        Outside::Other(what) => return Ok(Content::Other(what)),
        Outside::Block(media_type) => (block, media_type, header.content_type.clone(), false),
        Outside::Http(head, media_type) => match http::body(&head, block, limit) {
            Body::TooLarge => return Err(Trouble::too_large(limit)),
            Body::Decoded { bytes, truncated } => (bytes, media_type, head.content_type, truncated),
        },
    };
    let media_type = match (media_type, sniff::kind(&bytes)) {
        (_, Kind::Other(_)) => return Ok(Content::Other("binary")),
        (Some(media_type), _) => media_type,
        (None, Kind::Html) => MediaType::Html,
        (None, Kind::Text) => return Ok(Content::Other("not html")),
    };
    let locator = format!("offset={position}");
    let name = header.id.clone().unwrap_or_else(|| format!("{}#{locator}", page_name(job.source)));
    let mut page = job.page(Some(&locator), name, media_type, bytes);
    page.url = header.url.clone();
    page.fetched_at = header.date.as_deref().and_then(dates::instant);
    page.given.charset = content_type.as_deref().and_then(charset);
    if truncated || header.truncated {
        page.flags.push(Flag::TruncatedInput);
    }
    Ok(Content::Page(Box::new(page)))
}

/// What a record past the limit is, by the start of its block: a film that nobody wants is no reject.
fn oversize(job: &Job<'_>, header: &Header, block: &[u8]) -> Result<Content, Trouble> {
    match outside(header, block) {
        Ok(Outside::Other(what)) => Ok(Content::Other(what)),
        _ => Err(Trouble::too_large(job.settings.max_record_bytes).bytes(header.content_length)),
    }
}

/// What a record is, seen from outside its body; the media type where it is told.
enum Outside {
    /// The block is the page.
    Block(Option<MediaType>),
    /// The block is an HTTP message with the page.
    Http(http::Head, Option<MediaType>),
    /// No page, in a word.
    Other(&'static str),
}

fn outside(header: &Header, block: &[u8]) -> Result<Outside, Trouble> {
    let content_type = header.content_type.as_deref();
    match header.kind {
        Type::Other(what) => return Ok(Outside::Other(what)),
        Type::Revisit => return Ok(Outside::Other("revisit")),
        // Wget keeps its log and its arguments in such records.
        Type::Resource if header.url.as_ref().is_some_and(|url| url.starts_with("metadata:")) => {
            return Ok(Outside::Other("metadata"));
        }
        Type::Resource | Type::Conversion => {
            return Ok(match told(content_type) {
                Told::Nothing => Outside::Block(None),
                Told::Page(media_type) => Outside::Block(Some(media_type)),
                Told::Other => Outside::Other("not html"),
            });
        }
        Type::Response => {}
    }
    let is_http = |url: &String| url.starts_with("http:") || url.starts_with("https:");
    if !header.url.as_ref().is_none_or(is_http) {
        return Ok(Outside::Other("not http"));
    }
    let head = http::head(block).ok_or_else(|| {
        Trouble::new(RejectCode::BadRecord, "a response without an HTTP head, or its head does not end")
    })?;
    let told = match told(head.content_type.as_deref()) {
        Told::Nothing => told(header.payload_type.as_deref()),
        told => told,
    };
    Ok(match (head.status, told) {
        (300..400, _) => Outside::Other("redirect"),
        (..200 | 400.., _) => Outside::Other("error status"),
        // A server's text files are its robots.txt and logs, not pages.
        (_, Told::Other | Told::Page(MediaType::Text)) => Outside::Other("not html"),
        (_, Told::Page(media_type)) => Outside::Http(head, Some(media_type)),
        (_, Told::Nothing) => Outside::Http(head, None),
    })
}

/// What a content type tells.
enum Told {
    Page(MediaType),
    Other,
    /// Nothing, as of "some bytes".
    Nothing,
}

fn told(content_type: Option<&str>) -> Told {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Told::Page(MediaType::Html),
        "text/plain" => Told::Page(MediaType::Text),
        "" | "application/octet-stream" | "unknown/unknown" | "application/unknown" | "*/*" | "no-type" => {
            Told::Nothing
        }
        _ => Told::Other,
    }
}

/// The `charset` parameter of a content type.
fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_of_content_types() {
        for (content_type, expected) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;Charset=\"windows-1258\"", Some("windows-1258")),
            ("text/html; boundary=x; charset = big5 ", Some("big5")),
            ("text/html; charset=", None),
            ("text/html", None),
        ] {
            assert_eq!(charset(content_type).as_deref(), expected, "{content_type}");
        }
    }
}
