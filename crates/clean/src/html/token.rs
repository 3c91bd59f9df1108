//! Finds tags in a page: the part of HTML's tokenizer that block scanning needs, from `<` to `<`.

use memchr::{memchr, memmem};

use super::attributes::Attributes;

/// What begins at a `<`.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one lives at a time, on the stack")]
pub(super) enum Markup<'p> {
    /// `<name …>`
    Start { name: &'p [u8], attributes: Attributes<'p>, self_closing: bool },
    /// `</name …>`
    End { name: &'p [u8] },
    /// A comment, doctype, CDATA section or processing instruction.
    Nothing,
    /// Only a less-than sign.
    Text,
}

/// Reads what begins at the `<` at byte `at`, and where it ends. What the page's end cuts off takes the rest, as in a
/// browser.
pub(super) fn read(page: &str, at: usize) -> (Markup<'_>, usize) {
    let bytes = page.as_bytes();
    match bytes.get(at + 1) {
        Some(b) if b.is_ascii_alphabetic() => start_tag(page, at + 1),
        Some(b'/') => match bytes.get(at + 2) {
            Some(b) if b.is_ascii_alphabetic() => {
                let name = name_at(bytes, at + 2);
                (Markup::End { name }, after(bytes, at + 2 + name.len(), b'>'))
            }
            _ => (Markup::Nothing, after(bytes, at + 2, b'>')),
        },
        Some(b'!') if bytes[at..].starts_with(b"<!--") => (Markup::Nothing, comment_end(bytes, at + 4)),
        Some(b'!' | b'?') => (Markup::Nothing, after(bytes, at + 2, b'>')),
        _ => (Markup::Text, at + 1),
    }
}

fn start_tag(page: &str, at: usize) -> (Markup<'_>, usize) {
    let name = name_at(page.as_bytes(), at);
    let (attributes, end, self_closing) = Attributes::read(page, at + name.len());
    (Markup::Start { name, attributes, self_closing }, end)
}

fn name_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    let end = rest.iter().position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

fn after(bytes: &[u8], from: usize, byte: u8) -> usize {
    bytes.get(from..).and_then(|rest| memchr(byte, rest)).map_or(bytes.len(), |n| from + n + 1)
}

fn comment_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    if rest.starts_with(b">") {
        return from + 1;
    }
    if rest.starts_with(b"->") {
        return from + 2;
    }
    memmem::find(rest, b"--").map_or(bytes.len(), |first| {
        let mut at = from + first;
        // `--` may be followed by `>` or `!>`; else look for the next.
        loop {
            match (bytes.get(at + 2), bytes.get(at + 3)) {
                (Some(b'>'), _) => return at + 3,
                (Some(b'!'), Some(b'>')) => return at + 4,
                _ => match memmem::find(&bytes[at + 1..], b"--") {
                    Some(next) => at += 1 + next,
                    None => return bytes.len(),
                },
            }
        }
    })
}

/// Where the content of a raw element that begins at `from` ends, and where its end tag ends.
pub(super) fn raw_end(page: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    let bytes = page.as_bytes();
    let mut at = from;
    loop {
        at += memmem::find(&bytes[at..], b"</")?;
        let rest = &bytes[at + 2..];
        let follows = rest.get(name.len());
        if rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            && matches!(follows, None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>'))
        {
            return Some((at, after(bytes, at + 2 + name.len(), b'>')));
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        for (page, kind, end) in [
            ("<p>x", "start", 3),
            ("<p class='>'>x", "start", 13),
            ("</p >x", "end", 5),
            ("</p a>x", "end", 6),
            ("</ p>x", "nothing", 5),
            ("<!doctype html>x", "nothing", 15),
            ("<?xml?>x", "nothing", 7),
            ("<!-- a > b -- c -->x", "nothing", 19),
            ("<!-->x", "nothing", 5),
            ("<!--->x", "nothing", 6),
            ("<!----!>x", "nothing", 8),
            ("<!-- a", "nothing", 6),
            ("<!", "nothing", 2),
            ("</", "nothing", 2),
            ("< b", "text", 1),
            ("<", "text", 1),
            ("<3", "text", 1),
        ] {
            let (markup, found) = read(page, 0);
            let name = match markup {
                Markup::Start { .. } => "start",
                Markup::End { .. } => "end",
                Markup::Nothing => "nothing",
                Markup::Text => "text",
            };
            assert_eq!((name, found), (kind, end), "{page}");
        }
    }

    #[test]
    fn raw_content() {
        for (page, expected) in [
            ("a</script>b", Some((1, 10))),
            ("a</SCRIPT >b", Some((1, 11))),
            ("'</scripts>'</script>", Some((12, 21))),
            ("a</b></script", Some((5, 13))),
            ("a", None),
        ] {
            assert_eq!(raw_end(page, 0, "script"), expected, "{page}");
        }
    }
}
