//! The text of one block while it grows: white space squashed, references decoded, invisible characters left out.

use copydesk_types::Span;

use super::entity::{self, Reference};

/// Text of a block, and where in the page it comes from.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) out: String,
    pub(super) source: Option<Span>,
    /// Whether white space came after the last character.
    space: bool,
}

impl Text {
    /// Appends what stands in `page` from `from` to `to`.
    pub(super) fn push(&mut self, page: &str, from: usize, to: usize) {
        let bytes = &page.as_bytes()[..to];
        let mut at = from;
        while at < to {
            let start = at;
            while at < to && PLAIN[usize::from(bytes[at])] {
                at += 1;
            }
            if at > start {
                self.append(&page[start..at], start, at);
            }
            let Some(&byte) = bytes.get(at) else { return };
            at = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => {
                    self.space();
                    at + 1
                }
                b'&' => match entity::read(&page[at..to]) {
                    Some((Reference::Char(c), used)) => self.character(c, at, at + used),
                    Some((Reference::Named(text), used)) => {
                        text.chars().for_each(|c| {
                            self.character(c, at, at + used);
                        });
                        at + used
                    }
                    None => {
                        self.append("&", at, at + 1);
                        at + 1
                    }
                },
                _ => match page[at..to].chars().next() {
                    Some(c) => self.character(c, at, at + c.len_utf8()),
                    None => return,
                },
            };
        }
    }

    /// White space.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    /// Whether the next character would follow the last without white space between.
    pub(super) fn touches(&self) -> bool {
        !self.space && !self.out.is_empty()
    }

    /// The text and where it came from; nothing is left.
    pub(super) fn take(&mut self) -> Option<(String, Span)> {
        self.space = false;
        let text = self.out.as_str().to_owned();
        self.out.clear();
        Some((text, self.source.take()?))
    }

    fn character(&mut self, c: char, from: usize, to: usize) -> usize {
        match c {
            // Soft hyphen, zero-width space, word joiner, byte-order mark: places to break or not, never to see.
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0' => {}
            c if c.is_whitespace() => self.space(),
            c => self.append(c.encode_utf8(&mut [0; 4]), from, to),
        }
        to
    }

    fn append(&mut self, text: &str, from: usize, to: usize) {
        if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push_str(text);
        let start = self.source.map_or(from, |source| source.start);
        self.source = Some(Span::new(start, to));
    }
}

/// Bytes that stand for themselves. The others are white space, `&`, or may begin one of the characters that do not: in
/// UTF-8 all of these begin with C2, E1, E2, E3 or EF.
static PLAIN: [bool; 256] = {
    let mut table = [true; 256];
    let special = b" \t\n\r\x0B\x0C&\xC2\xE1\xE2\xE3\xEF";
    let mut index = 0;
    while index < special.len() {
        table[special[index] as usize] = false;
        index += 1;
    }
    table
};

/// A whole text, such as an attribute's value, as a block's would be.
pub(crate) fn plain(text: &str) -> String {
    let mut out = Text::default();
    out.push(text, 0, text.len());
    out.out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn squashed_and_decoded() {
        for (text, expected) in [
            ("  a \n b\u{a0}c&nbsp;d ", "a b c d"),
            ("Zoll&shy;amt und Zoll\u{ad}amt", "Zollamt und Zollamt"),
            ("AT&T &amp; R&D &lt;b&gt;", "AT&T & R&D <b>"),
            ("caf&eacute;s’", "cafés’"),
            ("港\u{3000}再開", "港 再開"),
            ("a\u{200b}b\u{feff}", "ab"),
            ("&", "&"),
            ("", ""),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn white_space_is_single(text in "[ a&;#0x\u{a0}\u{3000}é\u{200b}\n]{0,40}") {
            let out = plain(&text);
            prop_assert_eq!(out.split_whitespace().collect::<Vec<_>>().join(" "), out);
        }
    }
}
