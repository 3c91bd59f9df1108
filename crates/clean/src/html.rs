//! Cuts an HTML page into raw blocks in one linear pass: no tree, no recursion, bounded depth.
//!
//! Tags are found by `<`; a stack of open elements, capped as browsers cap theirs, tells where blocks begin and end
//! and what stands around them. Everything that the page states about itself is collected on the way.

mod attributes;
mod entity;
mod marks;
mod names;
mod open;
mod scanner;
mod tables;
mod tag;
mod text;
mod token;

#[cfg(test)]
mod tests;

use memchr::memchr;

use self::{
    attributes::Attributes,
    scanner::Scanner,
    tag::{Flow, Tag},
    token::Markup,
};
use crate::{Evidence, RawBlock, evidence};

pub(crate) use self::text::plain;

/// A page's blocks and evidence.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) evidence: Evidence,
    /// Whether tags were nested deeper than is kept.
    pub(crate) depth_capped: bool,
}

/// Cuts a decoded page into blocks. Linear in its length, whatever its tags.
pub(crate) fn scan(page: &str) -> Scanned {
    let mut scanner = Scanner::new(page);
    let mut unclosed = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &page.as_bytes()[at..]) {
        let tag_at = at + found;
        scanner.text(at, tag_at);
        let (markup, end) = token::read(page, tag_at);
        at = match markup {
            Markup::Start { name, attributes, self_closing } => {
                let tag = tag::lookup(name);
                if tag.flow == Flow::Raw && !attributes.shadow_root {
                    raw(&mut scanner, tag, &attributes, self_closing, end, &mut unclosed)
                } else {
                    start(&mut scanner, name, tag, &attributes);
                    end
                }
            }
            Markup::End { name } => {
                scanner.end(name, tag::lookup(name));
                end
            }
            Markup::Nothing => end,
            Markup::Text => {
                scanner.text(tag_at, end);
                end
            }
        };
    }
    scanner.text(at, page.len());
    scanner.finish()
}

fn start<'p>(scanner: &mut Scanner<'p>, name: &'p [u8], tag: &'static Tag, attributes: &Attributes<'p>) {
    match tag.name {
        "br" => scanner.line_break(),
        "wbr" => {}
        "hr" => scanner.flush(),
        "img" | "embed" => scanner.media(attributes.alt),
        "meta" | "link" => scanner.marks.metadata(tag, attributes, scanner.place()),
        _ if tag.flow == Flow::Void => {}
        "x" if name.eq_ignore_ascii_case(b"html") => scanner.marks.language(attributes.lang),
        "x" if name.eq_ignore_ascii_case(b"body") => scanner.body(attributes),
        "x" if name.eq_ignore_ascii_case(b"head") => {}
        _ => scanner.start(name, tag, attributes),
    }
}

/// Passes over an element whose content is not the page's text, and takes from it what it states. Returns where to go
/// on. `unclosed` holds the elements whose end tag is known not to come, so that the page is not searched again.
fn raw(
    scanner: &mut Scanner<'_>,
    tag: &'static Tag,
    attributes: &Attributes<'_>,
    self_closing: bool,
    from: usize,
    unclosed: &mut u128,
) -> usize {
    if matches!(tag.name, "iframe" | "video" | "audio" | "object" | "canvas") {
        scanner.media(None);
    }
    if (self_closing && tag.name == "svg") || *unclosed & tag.bit != 0 {
        return from;
    }
    let Some((content_end, end)) = token::raw_end(scanner.page, from, tag.name) else {
        *unclosed |= tag.bit;
        // A script swallows the rest of the page, as in a browser; of others only the tag is passed over.
        return if matches!(tag.name, "script" | "style") { scanner.page.len() } else { from };
    };
    let content = &scanner.page[from..content_end];
    match tag.name {
        "title" => scanner.marks.title(content),
        "script" if attributes.kind.is_some_and(is_json_ld) => {
            scanner.marks.evidence.json_ld.extend(evidence::parse_json_ld(content));
        }
        _ => {}
    }
    end
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
}
