//! The HTTP message in a response record: its head, and its body without the codings of the transfer.

use std::io::Read;

use crate::bounded;
use crate::sniff;

/// Longest head, in bytes; browsers and servers stop at 64 to 256 KB.
const HEAD_MAX: usize = 256 << 10;

/// Longest name and number of the protocol, and the blank behind it.
const VERSION_MAX: usize = 10;

/// Header fields that are taken at first, and at most.
const FIELDS: [usize; 2] = [96, 4096];

/// Codings of a body that are taken off; more than two have not been seen in earnest.
const CODINGS_MAX: usize = 4;

/// Longest line with a chunk's size, in bytes.
const CHUNK_LINE_MAX: usize = 1 << 10;

/// The head of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    chunked: bool,
    /// In the order in which they were applied.
    codings: Vec<String>,
    /// Where the body starts.
    length: usize,
}

/// A body, decoded.
pub(super) enum Body {
    /// The bytes, and whether they end before the body does.
    Decoded { bytes: Vec<u8>, truncated: bool },
    /// More than the limit allows.
    TooLarge,
}

/// Reads the head of a response. A body that never starts is no response.
pub(super) fn head(block: &[u8]) -> Option<Head> {
    let mut message = block[..block.len().min(HEAD_MAX)].to_vec();
    // The later versions have no such line of their own, and not every server writes the earlier ones' as it should.
    let version = memchr::memchr(b' ', &message[..message.len().min(VERSION_MAX)])?;
    if !message.starts_with(b"HTTP") && !message.starts_with(b"ICY ") {
        return None;
    }
    message.splice(..version, *b"HTTP/1.1");
    FIELDS.into_iter().find_map(|count| parse(&message, count)).map(|mut head| {
        head.length = (head.length + block.len().min(HEAD_MAX)).saturating_sub(message.len());
        head
    })
}

fn parse(message: &[u8], count: usize) -> Option<Head> {
    let mut fields = vec![httparse::EMPTY_HEADER; count];
    let mut response = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    let httparse::Status::Complete(length) = config.parse_response(&mut response, message).ok()? else {
        return None;
    };
    let values = |name: &str| {
        let fields = response.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
        fields.map(|field| String::from_utf8_lossy(field.value).into_owned()).collect::<Vec<_>>()
    };
    let listed = |name: &str| -> Vec<String> {
        let values = values(name).join(",").to_ascii_lowercase();
        values.split(',').map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
    };
    Some(Head {
        status: response.code?,
        content_type: values("content-type").into_iter().next(),
        chunked: listed("transfer-encoding").iter().any(|coding| coding == "chunked"),
        codings: listed("content-encoding"),
        length,
    })
}

/// The body of a response. Crawlers that store it decoded often leave the head as it was, so that a body that is not in
/// the coding that the head says is taken as it is.
pub(super) fn body(head: &Head, mut block: Vec<u8>, limit: u64) -> Body {
    let mut truncated = head.chunked && join_chunks(&mut block, head.length);
    let mut bytes = block.split_off(head.length.min(block.len()));
    drop(block);
    for coding in head.codings.iter().rev().take(CODINGS_MAX) {
        match decode(coding, &bytes, limit) {
            Decoded::Whole(decoded) => bytes = decoded,
            Decoded::Part(decoded) => {
                bytes = decoded;
                truncated = true;
            }
            Decoded::AsItIs => {}
            Decoded::TooLarge => return Body::TooLarge,
        }
    }
    Body::Decoded { bytes, truncated }
}

enum Decoded {
    Whole(Vec<u8>),
    /// Up to where the data is broken.
    Part(Vec<u8>),
    /// Not in that coding.
    AsItIs,
    TooLarge,
}

fn decode(coding: &str, bytes: &[u8], limit: u64) -> Decoded {
    let mut decoder: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            Box::new(flate2::bufread::MultiGzDecoder::new(bytes))
        }
        "deflate" if is_zlib(bytes) => Box::new(flate2::bufread::ZlibDecoder::new(bytes)),
        // Servers that sent it without the zlib frame were so many that clients take both.
        "deflate" => Box::new(flate2::bufread::DeflateDecoder::new(bytes)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(bytes, 4 << 10)),
        "zstd" => match zstd::Decoder::with_buffer(bytes) {
            Ok(decoder) => Box::new(decoder),
            Err(_) => return Decoded::AsItIs,
        },
        _ => return Decoded::AsItIs,
    };
    let mut decoded = Vec::new();
    match bounded::append(&mut decoder, &mut decoded, limit) {
        Ok(true) => Decoded::Whole(decoded),
        Ok(false) => Decoded::TooLarge,
        Err(_) if decoded.is_empty() || sniff::is_html(bytes) => Decoded::AsItIs,
        Err(_) => Decoded::Part(decoded),
    }
}

/// RFC 1950, 2.2: compression method 8, and the first two bytes are a multiple of 31.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 15 == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0)
}

/// Joins the chunks of the body in place, and tells whether the last one is missing. A body that does not open with a
/// chunk stays as it is.
fn join_chunks(block: &mut Vec<u8>, start: usize) -> bool {
    let (mut read, mut written) = (start, start);
    let truncated = loop {
        let rest = block.get(read..).unwrap_or_default();
        let Some((line, size)) = chunk_size(rest) else {
            if read == start {
                return false;
            }
            break true;
        };
        if size == 0 {
            break false;
        }
        let from = read + line;
        let to = from.saturating_add(size).min(block.len());
        block.copy_within(from..to, written);
        written += to - from;
        if to - from < size {
            break true;
        }
        read = to;
        for line_break in [b'\r', b'\n'] {
            read += usize::from(block.get(read) == Some(&line_break));
        }
    };
    block.truncate(written);
    truncated
}

/// Length of the line that opens a chunk, and the chunk's size.
fn chunk_size(rest: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(CHUNK_LINE_MAX)])?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let digits = line.split(';').next().unwrap_or(line).trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((end + 1, if is_number { usize::from_str_radix(digits, 16).ok()? } else { return None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(message: &[u8]) -> (String, bool) {
        match body(&head(message).unwrap(), message.to_vec(), 1 << 20) {
            Body::Decoded { bytes, truncated } => (String::from_utf8_lossy(&bytes).into_owned(), truncated),
            Body::TooLarge => panic!("too large"),
        }
    }

    #[test]
    fn heads_of_every_kind() {
        for (message, status, content_type) in [
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 200, Some("text/html")),
            ("HTTP/1.0 404\r\n\r\n", 404, None),
            ("HTTP/2 200\r\ncontent-type: text/html\r\n\r\nx", 200, Some("text/html")),
            ("HTTP/2.0 200 OK\r\n\r\n", 200, None),
            ("HTTPX/1.1 200 OK\r\n\r\n", 200, None),
            ("ICY 200 OK\r\n\r\n", 200, None),
            ("HTTP/1.1 200 OK\nContent-Type: a\n\n", 200, Some("a")),
            ("HTTP/1.1 200 OK\r\nno colon here\r\nContent-Type : a\r\n\r\n", 200, Some("a")),
        ] {
            let head = head(message.as_bytes()).unwrap();
            assert_eq!((head.status, head.content_type.as_deref()), (status, content_type), "{message}");
            assert_eq!(head.length, message.trim_end_matches('x').len());
        }
        for message in ["", "<html>", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "HTTP/2"] {
            assert_eq!(head(message.as_bytes()), None, "{message}");
        }
        let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(1000));
        assert_eq!(head(many.as_bytes()).unwrap().length, many.len());
    }

    #[test]
    fn chunks_are_joined_and_bad_ones_told() {
        for (body, joined, truncated) in [
            ("5\r\nHello\r\n1;x=y\r\n!\r\n0\r\n\r\n", "Hello!", false),
            ("05\nHello\n0\n", "Hello", false),
            ("5\r\nHello\r\n", "Hello", true),
            ("ff\r\nHello", "Hello", true),
            ("5\r\nHello\r\nzz\r\n", "Hello", true),
            ("ffffffffffffffff\r\nHello", "Hello", true),
            ("<html>", "<html>", false),
            ("", "", false),
        ] {
            let message = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
            assert_eq!(decoded(message.as_bytes()), (joined.to_owned(), truncated), "{body:?}");
        }
    }

    #[test]
    fn a_body_that_is_not_in_its_coding_is_taken_as_it_is() {
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, br", "identity", "utf-8", "none"] {
            for body in ["<html><body>Exports rose.", "<!DOCTYPE html>"] {
                let message = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n{body}");
                assert_eq!(decoded(message.as_bytes()), (body.to_owned(), false), "{coding}");
            }
        }
    }
}
