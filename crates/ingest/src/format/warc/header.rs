//! The header of a WARC record.

use copydesk_types::RejectCode;

use crate::found::Trouble;

/// What kind of record it is, as far as reading pages goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// What a server answered, HTTP head and all.
    Response,
    /// A page as fetched without HTTP.
    Resource,
    /// A page turned into another form: the texts of a WET archive.
    Conversion,
    /// "As before".
    Revisit,
    /// Any other, by its name.
    Other(&'static str),
}

/// Types that are counted and not read.
const OTHER_TYPES: &[&str] = &["warcinfo", "request", "metadata", "continuation"];

/// What a record's header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Type,
    pub(super) content_length: u64,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) content_type: Option<String>,
    /// What the crawler found the payload to be.
    pub(super) payload_type: Option<String>,
    /// Whether the crawler cut the record.
    pub(super) truncated: bool,
}

/// Whether a record starts here: `WARC/1.` or the drafts' `WARC/0.`.
pub(super) fn is_start(bytes: &[u8]) -> bool {
    matches!(bytes, [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..])
}

/// Reads a header, from its version line to its blank line.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Trouble> {
    let bad = |message: &str| Trouble::new(RejectCode::BadRecord, format!("WARC header: {message}"));
    let version = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if !version.ends_with(b"\r") || version.ends_with(b"\r\r") {
        return Err(bad("lines end in LF alone or in CR CR LF, expected CR LF"));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in bytes.split(|&byte| byte == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        if line.is_empty() {
            continue;
        }
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| bad("a line without a colon; is the blank line behind the header missing?"))?;
        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let kind = field("warc-type").ok_or_else(|| bad("no WARC-Type"))?;
    Ok(Header {
        kind: type_of(&kind.to_ascii_lowercase()),
        content_length: content_length(&fields).map_err(|message| bad(&message))?,
        id: field("warc-record-id").map(|id| unbracketed(&id)),
        url: field("warc-target-uri").map(|url| unbracketed(&url)),
        date: field("warc-date"),
        content_type: field("content-type"),
        payload_type: field("warc-identified-payload-type"),
        truncated: field("warc-truncated").is_some(),
    })
}

fn type_of(name: &str) -> Type {
    match name {
        "response" => Type::Response,
        "resource" => Type::Resource,
        "conversion" => Type::Conversion,
        "revisit" => Type::Revisit,
        _ => Type::Other(OTHER_TYPES.iter().find(|other| **other == name).unwrap_or(&"unknown type")),
    }
}

/// The one length that the header gives: digits alone, and no two that differ.
fn content_length(fields: &[(String, String)]) -> Result<u64, String> {
    let mut lengths = fields.iter().filter(|(name, _)| name == "content-length").map(|(_, value)| value);
    let length = lengths.next().ok_or("no Content-Length")?;
    if lengths.any(|other| other != length) {
        return Err("two Content-Lengths".to_owned());
    }
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { length.parse::<u64>().ok() } else { None };
    number
        .filter(|&number| i64::try_from(number).is_ok())
        .ok_or_else(|| format!("Content-Length {length:?} is not a possible number of bytes"))
}

/// `<urn:uuid:…>` without the angle brackets, which old crawlers put around addresses as well.
fn unbracketed(value: &str) -> String {
    value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(lines: &[&str]) -> String {
        format!("WARC/1.0\r\n{}\r\n\r\n", lines.join("\r\n"))
    }

    #[test]
    fn a_header_is_read() {
        let text = header(&[
            "WARC-Type: response",
            "warc-target-uri:   <http://example.com/a:b>",
            "WARC-Record-ID: <urn:uuid:1>",
            "WARC-Date: 2024-12-09T08:30:00Z",
            "X-Folded: a",
            "\tb",
            "Content-Length: 12",
        ]);
        let header = parse(text.as_bytes()).unwrap();
        assert_eq!(header.kind, Type::Response);
        assert_eq!(header.content_length, 12);
        assert_eq!(header.url.as_deref(), Some("http://example.com/a:b"));
        assert_eq!(header.id.as_deref(), Some("urn:uuid:1"));
        assert!(!header.truncated);
    }

    #[test]
    fn a_bad_header_says_what_is_bad() {
        for (lines, says) in [
            (&["WARC-Type: response"][..], "no Content-Length"),
            (&["Content-Length: 1"], "no WARC-Type"),
            (&["WARC-Type: response", "Content-Length: -1"], "\"-1\""),
            (&["WARC-Type: response", "Content-Length: +1"], "\"+1\""),
            (&["WARC-Type: response", "Content-Length: 9223372036854775808"], "9223372036854775808"),
            (&["WARC-Type: response", "Content-Length: 99999999999999999999"], "99999999999999999999"),
            (&["WARC-Type: response", "Content-Length: "], "\"\""),
            (&["WARC-Type: response", "Content-Length: 1", "Content-Length: 2"], "two Content-Lengths"),
            (&["WARC-Type: response", "Content-Length: 1", "<html>"], "without a colon"),
        ] {
            let trouble = format!("{:?}", parse(header(lines).as_bytes()).unwrap_err());
            assert!(trouble.contains(&says.replace('"', "\\\"")), "{trouble}");
        }
        for line_end in ["\n", "\r\r\n"] {
            let text = "WARC/1.0\nWARC-Type: response\nContent-Length: 0\n\n".replace('\n', line_end);
            assert!(format!("{:?}", parse(text.as_bytes()).unwrap_err()).contains("expected CR LF"));
        }
    }
}
