//! Character references (<https://html.spec.whatwg.org/#character-reference-state>).

use std::sync::LazyLock;

use entities::ENTITIES;

/// Longest name, in bytes, with its `;`.
const LONGEST: usize = 32;

/// All names without `&`, sorted; a few stand twice, with `;` and without.
static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut names: Vec<_> =
        ENTITIES.iter().map(|e| (e.entity.trim_start_matches('&'), e.characters)).collect();
    names.sort_unstable();
    names
});

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Char(char),
    Named(&'static str),
}

/// Reads the reference at the `&` with which `text` begins: what it stands for and how many bytes it takes. None where
/// the `&` is only an ampersand.
pub(super) fn read(text: &str) -> Option<(Reference, usize)> {
    let rest = text.get(1..)?;
    match rest.as_bytes().first()? {
        b'#' => numeric(rest).map(|(c, used)| (Reference::Char(c), used + 1)),
        b if b.is_ascii_alphabetic() => named(rest).map(|(text, used)| (Reference::Named(text), used + 1)),
        _ => None,
    }
}

/// The longest name that `rest` begins with.
fn named(rest: &str) -> Option<(&'static str, usize)> {
    let bytes = &rest.as_bytes()[..rest.len().min(LONGEST)];
    let word = bytes.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let with_semicolon = if bytes.get(word) == Some(&b';') { word + 1 } else { word };
    (2..=with_semicolon).rev().find_map(|len| {
        let at = NAMES.binary_search_by(|(name, _)| name.as_bytes().cmp(&bytes[..len])).ok()?;
        Some((NAMES[at].1, len))
    })
}

fn numeric(rest: &str) -> Option<(char, usize)> {
    let bytes = rest.as_bytes();
    let hex = matches!(bytes.get(1), Some(b'x' | b'X'));
    let (from, radix) = if hex { (2, 16) } else { (1, 10) };
    let digits = bytes[from..].iter().take_while(|b| char::from(**b).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let end = from + digits;
    let code = u32::from_str_radix(&rest[from..end], radix).unwrap_or(u32::MAX);
    let used = if bytes.get(end) == Some(&b';') { end + 1 } else { end };
    Some((character(code), used))
}

/// The character of a code, which in the C1 range means windows-1252.
fn character(code: u32) -> char {
    match code {
        0x80..=0x9F => {
            let byte = [u8::try_from(code).unwrap_or(b'?')];
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&byte)
                .0
                .chars()
                .next()
                .unwrap_or('\u{fffd}')
        }
        0 => '\u{fffd}',
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, expected, used) in [
            ("&amp;x", "&", 5),
            ("&amp x", "&", 4),
            ("&ampx", "&", 4),
            ("&eacute;", "é", 8),
            ("&notin;", "∉", 7),
            ("&notit;", "¬", 4),
            ("&nbsp;", "\u{a0}", 6),
            ("&#8217;s", "’", 7),
            ("&#x2019 s", "’", 7),
            ("&#146;", "’", 6),
            ("&#0;", "\u{fffd}", 4),
            ("&#99999999999;", "\u{fffd}", 14),
            ("&#xD800;", "\u{fffd}", 8),
            ("&CounterClockwiseContourIntegral;", "∳", 33),
        ] {
            let found = match read(text) {
                Some((Reference::Char(c), n)) => Some((c.to_string(), n)),
                Some((Reference::Named(s), n)) => Some((s.to_owned(), n)),
                None => None,
            };
            assert_eq!(found, Some((expected.to_owned(), used)), "{text}");
        }
        for text in ["&", "& b", "&;", "&#;", "&#x;", "&unknown;", "&é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
