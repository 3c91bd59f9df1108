//! Bytes become text: byte-order mark, declared encoding, `meta`, detection, in the order of the Encoding and HTML
//! standards, but for one thing: bytes that are valid UTF-8 with characters beyond ASCII are UTF-8, whatever the page
//! says, because nothing else looks like it by chance.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use copydesk_types::{Flag, MediaType, Page};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};
use memchr::{memchr, memmem};

/// Bytes in which a page must declare its encoding: the HTML standard says 1,024, pages take a little more.
const PRESCAN: usize = 4096;
/// Bytes that the detector looks at.
const DETECT: usize = 1 << 20;
/// Of the characters beyond ASCII of a page that calls itself UTF-8, one in this many may be broken; where more are, it
/// is something else.
const BROKEN: usize = 4;

/// A page's text with what was noticed.
#[derive(Debug)]
pub(crate) struct Decoded<'p> {
    pub(crate) text: Cow<'p, str>,
    pub(crate) flags: Vec<Flag>,
}

/// Decodes a page. NULs are left out: no text has them, and UTF-16 read as ASCII is full of them.
pub(crate) fn decode(page: &Page) -> Decoded<'_> {
    let mut flags = Vec::new();
    let (encoding, bytes) = match Encoding::for_bom(&page.bytes) {
        Some((encoding, bom)) => (encoding, &page.bytes[bom..]),
        None => {
            let declared = declared(page);
            let encoding = choose(&page.bytes, declared);
            if declared.is_some_and(|declared| declared != encoding) {
                flags.push(Flag::CharsetMismatch);
            }
            (encoding, page.bytes.as_slice())
        }
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => Cow::Borrowed(text),
        _ => {
            let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
            flags.extend(had_errors.then_some(Flag::ReplacedBytes));
            text
        }
    };
    let text = if memchr(0, text.as_bytes()).is_some() { Cow::Owned(text.replace('\0', "")) } else { text };
    Decoded { text, flags }
}

/// What the transport says, else what a `meta` element says.
fn declared(page: &Page) -> Option<&'static Encoding> {
    let transport = page.given.charset.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let prescanned = || match page.media_type {
        MediaType::Html => prescan(&page.bytes[..page.bytes.len().min(PRESCAN)]),
        MediaType::Text => None,
    };
    transport.or_else(prescanned).filter(|&encoding| encoding != REPLACEMENT)
}

/// The encoding that a `meta` (or XML) declaration in the first bytes names. A declaration that can be read as ASCII is
/// not in UTF-16, so that label means UTF-8.
fn prescan(head: &[u8]) -> Option<&'static Encoding> {
    let mut labels = memmem::find_iter(head, b"charset").chain(memmem::find_iter(head, b"encoding"));
    let encoding = labels.find_map(|at| {
        let tag = head[..at].iter().rposition(|&b| b == b'<')?;
        let name = head.get(tag + 1..tag + 5)?;
        if !name.eq_ignore_ascii_case(b"meta") && !name.eq_ignore_ascii_case(b"?xml") {
            return None;
        }
        let rest = &head[at..];
        let equals = rest.iter().take(16).position(|&b| b == b'=')?;
        let value = rest[equals + 1..].trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/' | b' '));
        Encoding::for_label(&value[..end.unwrap_or(value.len())])
    })?;
    match encoding {
        e if e == UTF_16LE || e == UTF_16BE => Some(UTF_8),
        e if e == X_USER_DEFINED => Some(encoding_rs::WINDOWS_1252),
        e => Some(e),
    }
}

fn choose(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let by_itself = declared.filter(|&e| e == ISO_2022_JP || e == UTF_16LE || e == UTF_16BE);
    if let Some(encoding) = by_itself.or_else(|| utf_16_without_mark(bytes)) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if bytes.is_ascii() => declared.unwrap_or(UTF_8),
        Ok(_) => UTF_8,
        Err(_) if declared.is_none_or(|e| e == UTF_8) && mostly_utf_8(bytes) => UTF_8,
        Err(_) => match declared {
            Some(encoding) if encoding != UTF_8 => encoding,
            _ => detect(bytes),
        },
    }
}

/// UTF-16 without a byte-order mark: Latin text has a NUL for every second byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    let nuls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    match () {
        () if pairs >= 4 && odd * 2 > pairs && even * 8 < pairs => Some(UTF_16LE),
        () if pairs >= 4 && even * 2 > pairs && odd * 8 < pairs => Some(UTF_16BE),
        () => None,
    }
}

fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * BROKEN <= good
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(DETECT)];
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use copydesk_types::Given;
    use proptest::prelude::*;

    use super::*;

    fn page(bytes: &[u8], charset: Option<&str>) -> Page {
        Page {
            given: Given { charset: charset.map(str::to_owned), ..Given::default() },
            ..Page::new("", MediaType::Html, bytes)
        }
    }

    #[test]
    fn encodings() {
        use Flag::{CharsetMismatch, ReplacedBytes};
        let cyrillic = "Порт открыт после шторма, сообщили в понедельник.";
        let (windows_1251, ..) = encoding_rs::WINDOWS_1251.encode(cyrillic);
        let japanese = "<meta charset=shift_jis>港は嵐の後で再開した。";
        let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode(japanese);
        let utf_16: Vec<u8> = "\u{feff}Größe".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bare_utf_16: Vec<u8> = "Harbour reopens".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let declared_latin = "<meta http-equiv=x content='text/html; charset=iso-8859-1'>Größe";
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(declared_latin);
        type Case<'c> = (&'c [u8], Option<&'c str>, &'c str, &'c [Flag]);
        let cases: [Case<'_>; 13] = [
            ("Größe".as_bytes(), None, "Größe", &[]),
            (b"\xEF\xBB\xBFGr\xC3\xB6\xC3\x9Fe", Some("latin1"), "Größe", &[]),
            (b"Gr\xF6\xDFe und Stra\xDFe", Some("latin1"), "Größe und Straße", &[]),
            ("Größe".as_bytes(), Some("latin1"), "Größe", &[CharsetMismatch]),
            (&utf_16, None, "Größe", &[]),
            (&bare_utf_16, None, "Harbour reopens", &[]),
            (&windows_1251, None, cyrillic, &[]),
            (&shift_jis, None, japanese, &[]),
            (&latin, None, declared_latin, &[]),
            (b"a\0b", None, "ab", &[]),
            ("é é é é \u{e9}".as_bytes(), Some("utf-8"), "é é é é é", &[]),
            (b"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF", Some("utf-8"), "éééé \u{fffd}", &[ReplacedBytes]),
            (b"", None, "", &[]),
        ];
        for (bytes, charset, text, flags) in cases {
            let page = page(bytes, charset);
            let decoded = decode(&page);
            assert_eq!((&*decoded.text, decoded.flags.as_slice()), (text, flags));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(!decode(&page(&bytes, None)).text.contains('\0'));
        }
    }
}
