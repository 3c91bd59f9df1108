//! What bytes look like, from the first few thousand of them.
//!
//! Only what decides how an input is read is told here: text, HTML, or neither. Magic numbers of formats that are no
//! pages come from the `infer` crate; archives and tables are told by their adapters.

/// Bytes at an input's start that are looked at.
pub(crate) const HEAD: usize = 8 << 10;

/// Share of control characters from which bytes are not text. Random bytes have a tenth; texts in the encodings of the
/// web, Shift-JIS and GB 18030 among them, have next to none.
const CONTROL_SHARE_MAX: f64 = 0.05;

/// Control characters that any text may have, however short.
const CONTROLS_ALLOWED: usize = 4;

/// Share of the bytes in even or odd places that are NUL in UTF-16 of mostly Latin text.
const UTF16_NUL_SHARE: f64 = 0.7;

/// Elements whose start tag opens a page or fragment of HTML.
const OPENING_TAGS: &[&[u8]] = &[
    b"!doctype html",
    b"html",
    b"head",
    b"body",
    b"title",
    b"meta",
    b"link",
    b"script",
    b"style",
    b"article",
    b"section",
    b"main",
    b"header",
    b"nav",
    b"div",
    b"p",
    b"h1",
    b"h2",
    b"h3",
    b"table",
    b"ul",
    b"ol",
    b"span",
    b"a",
    b"img",
    b"figure",
    b"blockquote",
    b"br",
    b"b",
    b"strong",
    b"em",
    b"i",
];

/// What a page's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text without markup.
    Text,
    /// Markup.
    Html,
    /// Neither; its MIME type, or words that say what it looks like.
    Other(&'static str),
}

/// Tells what a page's first bytes look like.
pub(crate) fn kind(head: &[u8]) -> Kind {
    let head = &head[..head.len().min(HEAD)];
    if let Some(kind) = infer::get(head) {
        match kind.mime_type() {
            "text/html" => return Kind::Html,
            "text/xml" | "application/xml" if is_html(head) => return Kind::Html,
            "text/x-shellscript" => {}
            "text/xml" | "application/xml" => return Kind::Other("XML that is neither XHTML nor a feed"),
            mime => return Kind::Other(mime),
        }
    }
    if head.starts_with(b"filedesc://") {
        Kind::Other("an ARC archive, the format before WARC; `warcio recompress` makes a WARC of it")
    } else if is_html(head) {
        Kind::Html
    } else if is_binary(head) {
        Kind::Other("binary data")
    } else {
        Kind::Text
    }
}

/// Whether the first tag of `head` is one that a page or fragment of HTML opens with. White space, a byte order mark, an
/// XML declaration, comments and other doctypes may stand before it.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let head: Vec<u8> = head.iter().filter(|&&byte| byte != 0).map(u8::to_ascii_lowercase).collect();
    let mut rest = without_bom(&head).trim_ascii_start();
    loop {
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") || (rest.starts_with(b"<!doctype") && !opens_html(rest)) {
            b">"
        } else {
            return opens_html(rest);
        };
        match memchr::memmem::find(rest, end) {
            Some(at) => rest = rest[at + end.len()..].trim_ascii_start(),
            None => return false,
        }
    }
}

/// Leaves a byte order mark of UTF-8 or UTF-16 out.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
        .into_iter()
        .find_map(|bom| bytes.strip_prefix(bom))
        .unwrap_or(bytes)
}

fn opens_html(rest: &[u8]) -> bool {
    rest.strip_prefix(b"<").is_some_and(|rest| {
        OPENING_TAGS.iter().any(|tag| {
            rest.strip_prefix(*tag)
                .is_some_and(|rest| rest.first().is_none_or(|next| b" \t\r\n\x0c/>".contains(next)))
        })
    })
}

/// Whether bytes are too full of control characters to be a text in any encoding of the web.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || is_utf16(head) {
        return false;
    }
    let controls = head.iter().filter(|&&byte| is_control(byte)).count();
    controls > CONTROLS_ALLOWED && controls as f64 > CONTROL_SHARE_MAX * head.len() as f64
}

/// Control characters less white space and the escape that ISO 2022 encodings switch with.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

fn is_utf16(head: &[u8]) -> bool {
    let share = |offset: usize| {
        let nuls = head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
        nuls as f64 / (head.len() / 2).max(1) as f64
    };
    let (even, odd) = (share(0), share(1));
    (even > UTF16_NUL_SHARE && odd < 1.0 - UTF16_NUL_SHARE)
        || (odd > UTF16_NUL_SHARE && even < 1.0 - UTF16_NUL_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_told_by_its_first_tag() {
        for (head, html) in [
            ("<!DOCTYPE html><html>", true),
            ("  \n<HTML lang=en>", true),
            ("\u{feff}<!-- saved from url --><html>", true),
            ("<?xml version='1.0'?><!DOCTYPE html PUBLIC \"-//W3C\"><html xmlns=''>", true),
            ("<div class=a>x</div>", true),
            ("<p>x", true),
            ("<P>x", true),
            ("<b>Hanoi</b> – Exports", true),
            ("Text with <b>markup</b> inside", false),
            ("<3 hearts", false),
            ("<pilot> not a tag we know", false),
            ("<?xml version='1.0'?><rss>", false),
            ("<!-- never closed", false),
            ("a < b", false),
            ("", false),
        ] {
            assert_eq!(is_html(head.as_bytes()), html, "{head}");
        }
    }

    #[test]
    fn text_in_any_encoding_is_text_and_the_rest_is_named() {
        let utf16: Vec<u8> = "Exports rose.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let table: [(&[u8], Kind); 16] = [
            (b"", Kind::Text),
            (b"plain", Kind::Text),
            (b"a\0b", Kind::Text),
            (b"\x93\xfa\x96\x7b\x8c\xea Shift-JIS", Kind::Text),
            (b"\x1b$B8@8l\x1b(B ISO-2022-JP", Kind::Text),
            (&utf16, Kind::Text),
            (b"#!/bin/sh\necho", Kind::Text),
            (b"<html><body>", Kind::Html),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Kind::Html),
            (b"%PDF-1.7\n", Kind::Other("application/pdf")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Other("image/png")),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind::Other("image/jpeg")),
            (b"BZh91AY&SY", Kind::Other("application/x-bzip2")),
            (&noise, Kind::Other("binary data")),
            (&[0; 100], Kind::Other("binary data")),
            (
                b"filedesc://old.arc 0.0.0.0 20050101 text/plain",
                Kind::Other("an ARC archive, the format before WARC; `warcio recompress` makes a WARC of it"),
            ),
        ];
        for (head, kind_of) in table {
            assert_eq!(kind(head), kind_of, "{}", String::from_utf8_lossy(head));
        }
    }
}
