//! RSS and Atom feeds whose items carry their content: a page an item.
//!
//! A feed is one small document and taken into memory whole, up to the limit of a record. An item that only announces an
//! article on its site is counted and left out.

use std::ops::ControlFlow;

use copydesk_types::{Given, MediaType, RejectCode};
use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::{Format, Job, Read, page_name};
use crate::bounded;
use crate::dates;
use crate::found::{Out, Position, Trouble};
use crate::sniff;
use crate::unpack::Unpacked;

pub(super) const FORMAT: Format = Format {
    name: "a feed",
    extensions: &["rss", "atom"],
    is: is_feed,
    looks_like: |_| false,
    read: Read::Stream(read),
};

/// Characters without markup from which a description is the article and not its teaser: teasers of news sites end well
/// below, at 150 to 350.
const DESCRIPTION_MIN: usize = 500;

/// Whether the root element is a feed's.
fn is_feed(head: &[u8]) -> bool {
    let mut rest = sniff::without_bom(head).trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?' | b'!', ..] => b">",
            _ => break,
        };
        match memchr::memmem::find(rest, end) {
            Some(at) => rest = rest[at + end.len()..].trim_ascii_start(),
            None => return false,
        }
    }
    [&b"<rss"[..], b"<feed", b"<rdf:RDF", b"<atom:feed"].iter().any(|root| {
        rest.strip_prefix(*root)
            .is_some_and(|rest| rest.first().is_some_and(|next| b" \t\r\n>".contains(next)))
    })
}

fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = job.settings.max_record_bytes;
    let mut bytes = Vec::new();
    match bounded::append(stream, &mut bytes, limit) {
        Ok(true) => {}
        Ok(false) => return out.reject(job.from, Trouble::too_large(limit)),
        // The items before the break are whole.
        Err(error) => out.reject(job.from, Trouble::io(&error))?,
    }
    let text = decoded(&bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut language = None;
    let mut position = Position::default();
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => return ControlFlow::Continue(()),
            Ok(event) => event,
            Err(error) => return out.reject(position, bad_feed(&error, reader.error_position())),
        };
        let Event::Start(start) = event else { continue };
        match unprefixed(&start) {
            "item" | "entry" => {
                let item = match item(&mut reader) {
                    Ok(item) => item,
                    Err(error) => return out.reject(position, bad_feed(&error, reader.error_position())),
                };
                if position.ordinal >= job.from.ordinal {
                    emit(job, item, language.as_ref(), position, out)?;
                }
                position.ordinal += 1;
            }
            "language" | "dc:language" if language.is_none() => {
                language = element_text(&mut reader).ok().filter(|language| !language.is_empty());
            }
            "feed" => language = attribute(&start, "xml:lang"),
            _ => {}
        }
    }
}

fn emit(
    job: &Job<'_>,
    item: Item,
    language: Option<&String>,
    position: Position,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let locator = format!("item={}", position.ordinal + 1);
    let long = |text: &String| visible_characters(text) >= DESCRIPTION_MIN;
    let Some(content) = item.content.or(item.description.filter(long)) else {
        out.skip("item without its content");
        return ControlFlow::Continue(());
    };
    let name = item.id.or_else(|| item.link.clone());
    let name = name.unwrap_or_else(|| format!("{}#{locator}", page_name(job.source)));
    let mut page = job.page(Some(&locator), name, MediaType::Html, content.into_bytes());
    page.url = item.link;
    let published = item.published.or(item.updated).map(|date| dates::moment(&date)).unwrap_or_default();
    page.given = Given {
        title: item.title,
        published_date: published.day,
        published_at: published.instant,
        authors: item.authors,
        language: language.cloned(),
        charset: Some("utf-8".to_owned()),
    };
    out.page(position, page)
}

/// What an item says.
#[derive(Default)]
struct Item {
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    content: Option<String>,
    description: Option<String>,
}

/// Reads an item behind its start tag, to its end tag.
fn item(reader: &mut Reader<&[u8]>) -> quick_xml::Result<Item> {
    let mut item = Item::default();
    loop {
        let (start, empty) = match reader.read_event()? {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(end) if matches!(end.name().as_ref(), "item" | "entry" | "atom:entry") => {
                return Ok(item);
            }
            Event::Eof => {
                return Err(quick_xml::errors::IllFormedError::MissingEndTag("item".to_owned()).into());
            }
            _ => continue,
        };
        let name = unprefixed(&start);
        if name == "link"
            && let Some(href) = attribute(&start, "href")
        {
            if attribute(&start, "rel").is_none_or(|rel| rel == "alternate") {
                item.link.get_or_insert(href);
            }
            continue;
        }
        if empty || name == "author" {
            // The name inside an Atom author is an element of its own; RSS has the text at once.
            continue;
        }
        let markup = name == "content" && attribute(&start, "type").as_deref() == Some("xhtml");
        let target = match name {
            "title" => &mut item.title,
            "link" => &mut item.link,
            "guid" | "id" => &mut item.id,
            "pubDate" | "published" | "dc:date" | "issued" => &mut item.published,
            "updated" | "modified" => &mut item.updated,
            "content:encoded" | "content" => &mut item.content,
            "description" | "summary" => &mut item.description,
            "dc:creator" | "name" => {
                item.authors.push(element_text(reader)?);
                continue;
            }
            _ => continue,
        };
        let text = if markup { reader.read_text(start.name())?.to_string() } else { element_text(reader)? };
        if !text.trim().is_empty() {
            target.get_or_insert(text);
        }
    }
}

/// The text of an element behind its start tag, to the next end tag: its references resolved, its markup left out.
fn element_text(reader: &mut Reader<&[u8]>) -> quick_xml::Result<String> {
    let mut text = String::new();
    let mut depth = 0usize;
    loop {
        match reader.read_event()? {
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&part),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => match resolve_html5_entity(&reference) {
                    Some(value) => text.push_str(value),
                    None => text.push_str(&format!("&{};", &*reference)),
                },
            },
            Event::Start(_) => depth += 1,
            Event::End(_) if depth > 0 => depth -= 1,
            Event::End(_) | Event::Eof => return Ok(text.trim().to_owned()),
            _ => {}
        }
    }
}

/// An element's name; Atom's own prefix left out.
fn unprefixed<'a>(start: &'a BytesStart<'_>) -> &'a str {
    let name = start.name().0;
    name.strip_prefix("atom:").unwrap_or(name)
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute =
        start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The text of a feed, by its byte order mark or declaration, otherwise as UTF-8.
fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let declaration = &bytes[..bytes.len().min(200)];
    let label = memchr::memmem::find(declaration, b"encoding=").and_then(|at| {
        let rest = &declaration[at + "encoding=".len()..];
        let (quote, rest) = rest.split_first()?;
        rest.split(|byte| byte == quote).next()
    });
    label.and_then(Encoding::for_label).unwrap_or(encoding_rs::UTF_8).decode(bytes).0
}

/// Characters that are not part of a tag.
fn visible_characters(html: &str) -> usize {
    let mut in_tag = false;
    html.chars()
        .filter(|&character| {
            let was_in_tag = in_tag;
            in_tag = character == '<' || (in_tag && character != '>');
            !was_in_tag && !in_tag
        })
        .count()
}

fn bad_feed(error: &quick_xml::Error, offset: u64) -> Trouble {
    let code = match error {
        quick_xml::Error::Syntax(_)
        | quick_xml::Error::IllFormed(quick_xml::errors::IllFormedError::MissingEndTag(_)) => {
            RejectCode::Truncated
        }
        _ => RejectCode::BadRecord,
    };
    Trouble::new(code, format!("{error}; the rest of the feed is not read")).offset(offset)
}
