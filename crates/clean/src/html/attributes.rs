//! Attributes of a tag: those that say something about its text or about the page, the others are passed over.

use memchr::memchr;

/// Attributes whose values name the part that an element plays, beside `class` and `id`.
const NAMING: [&str; 8] = [
    "role",
    "itemprop",
    "data-testid",
    "data-component",
    "data-qa",
    "data-test-id",
    "data-module",
    "data-type",
];

/// Values as printed, entities and all.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes<'p> {
    pub(super) class: Option<&'p str>,
    pub(super) id: Option<&'p str>,
    /// Values of [`NAMING`], in its order.
    pub(super) naming: [Option<&'p str>; NAMING.len()],
    pub(super) style: Option<&'p str>,
    pub(super) hidden: bool,
    pub(super) aria_hidden: bool,
    pub(super) shadow_root: bool,
    pub(super) pubdate: bool,
    pub(super) rel: Option<&'p str>,
    pub(super) href: Option<&'p str>,
    pub(super) datetime: Option<&'p str>,
    pub(super) content: Option<&'p str>,
    pub(super) name: Option<&'p str>,
    pub(super) property: Option<&'p str>,
    pub(super) lang: Option<&'p str>,
    pub(super) alt: Option<&'p str>,
    pub(super) kind: Option<&'p str>,
}

impl<'p> Attributes<'p> {
    /// Reads attributes from byte `at` to the end of the tag: they, the byte after `>`, and whether `/` came before it.
    pub(super) fn read(page: &'p str, mut at: usize) -> (Self, usize, bool) {
        let bytes = page.as_bytes();
        let mut found = Self::default();
        loop {
            let (mut slash, mut byte) = (false, bytes.get(at).copied());
            while let Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/') = byte {
                slash = byte == Some(b'/');
                at += 1;
                byte = bytes.get(at).copied();
            }
            match byte {
                None => return (found, bytes.len(), slash),
                Some(b'>') => return (found, at + 1, slash),
                Some(_) => {}
            }
            let name_at = at;
            at += 1;
            while bytes.get(at).is_some_and(|b| !ENDS_NAME[usize::from(*b)]) {
                at += 1;
            }
            let name = &bytes[name_at..at];
            let mut next = at;
            while bytes.get(next).is_some_and(|b| is_space(*b)) {
                next += 1;
            }
            if bytes.get(next) != Some(&b'=') {
                found.set(name, "");
                continue;
            }
            next += 1;
            while bytes.get(next).is_some_and(|b| is_space(*b)) {
                next += 1;
            }
            let (value, end) = match bytes.get(next) {
                Some(quote @ (b'"' | b'\'')) => {
                    let from = next + 1;
                    match memchr(*quote, &bytes[from..]) {
                        Some(len) => (&page[from..from + len], from + len + 1),
                        None => return (found, bytes.len(), false),
                    }
                }
                _ => {
                    let rest = &bytes[next..];
                    let len = rest.iter().position(|b| is_space(*b) || *b == b'>').unwrap_or(rest.len());
                    (&page[next..next + len], next + len)
                }
            };
            found.set(name, value);
            at = end;
        }
    }

    /// Keeps the first value of an attribute that is of interest.
    fn set(&mut self, name: &[u8], value: &'p str) {
        let mut lower = [0_u8; 20];
        let Some(lower) = lower.get_mut(..name.len()) else { return };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        let slot = match &*lower {
            b"class" => &mut self.class,
            b"id" => &mut self.id,
            b"style" => &mut self.style,
            b"href" => &mut self.href,
            b"rel" => &mut self.rel,
            b"datetime" => &mut self.datetime,
            b"content" => &mut self.content,
            b"name" => &mut self.name,
            b"property" => &mut self.property,
            b"lang" => &mut self.lang,
            b"alt" => &mut self.alt,
            b"type" => &mut self.kind,
            b"hidden" => return self.hidden = value != "until-found",
            b"aria-hidden" => return self.aria_hidden = value == "true",
            b"shadowrootmode" => return self.shadow_root = true,
            b"pubdate" => return self.pubdate = true,
            other => match NAMING.iter().position(|known| known.as_bytes() == other) {
                Some(index) => &mut self.naming[index],
                None => return,
            },
        };
        slot.get_or_insert(value);
    }

    pub(super) fn role(&self) -> Option<&'p str> {
        self.naming[0]
    }

    pub(super) fn itemprop(&self) -> Option<&'p str> {
        self.naming[1]
    }

    /// Values that name the part that the element plays.
    pub(super) fn names(&self) -> impl Iterator<Item = &'p str> {
        [self.class, self.id].into_iter().chain(self.naming).flatten()
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Bytes at which an attribute's name ends.
static ENDS_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let ends = b" \t\n\r\x0C/>=";
    let mut index = 0;
    while index < ends.len() {
        table[ends[index] as usize] = true;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str) -> (Attributes<'_>, usize, bool) {
        Attributes::read(tag, 0)
    }

    #[test]
    fn values() {
        for (tag, class, id) in [
            (" class=\"a b\" id='c'>", Some("a b"), Some("c")),
            (" class = a id=c>", Some("a"), Some("c")),
            ("\nCLASS=\"a>b\"\tid=\"\">", Some("a>b"), Some("")),
            ("/class=a/>", Some("a/"), None),
            (" class class=b id>", Some(""), Some("")),
            (" data-class=x =class=y \"id=3>", None, None),
            (" class=\"a", None, None),
            ("", None, None),
        ] {
            let (found, end, _) = read(tag);
            assert_eq!((found.class, found.id, end), (class, id, tag.len()), "{tag}");
        }
    }

    #[test]
    fn self_closing() {
        for (tag, expected) in
            [("/>", true), (" a />", true), (" a=b/>", false), (" a/ b>", false), (">", false)]
        {
            assert_eq!(read(tag).2, expected, "{tag}");
        }
    }
}
