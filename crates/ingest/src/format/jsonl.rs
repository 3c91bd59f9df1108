//! JSON Lines: a page a line, its fields by the field map.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

use copydesk_types::{Flag, RejectCode};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Format, Job, Read, page_name};
use crate::bounded::{self, Line};
use crate::found::{Out, Position, Trouble};
use crate::sniff;
use crate::unpack::Unpacked;

pub(super) const FORMAT: Format = Format {
    name: "a JSON Lines file",
    extensions: &["jsonl", "ndjson", "jsonlines", "json"],
    is: |_| false,
    looks_like,
    read: Read::Stream(read),
};

/// Most keys of an object; rows of the widest tables have a few hundred.
const KEYS_MAX: usize = 4096;

/// Whether the first line opens an object and, as far as it is seen, is one.
fn looks_like(head: &[u8]) -> bool {
    let head = sniff::without_bom(head).trim_ascii_start();
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    head.starts_with(b"{")
        && match serde_json::from_slice::<Object>(line) {
            Ok(_) => true,
            Err(error) => error.is_eof() && line.len() == head.len(),
        }
}

fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = job.settings.max_record_bytes;
    let mut buffer = Vec::new();
    let mut position = job.from;
    loop {
        // Asking for what is next moves the place past the end of a compressed member.
        let next = stream.fill_buf().map(|_| ());
        let place = stream.place();
        position = Position { byte: place.byte, within: place.within, ordinal: position.ordinal };
        let line = match next.and_then(|()| bounded::line(stream, &mut buffer, limit)) {
            Ok(line) => line,
            Err(error) => {
                out.reject(position, Trouble::io(&error))?;
                continue;
            }
        };
        let number = position.ordinal + 1;
        let text = if number == 1 { sniff::without_bom(&buffer) } else { &buffer };
        let result = match line {
            Line::End => return ControlFlow::Continue(()),
            Line::TooLong(length) => Err(Trouble::too_large(limit).bytes(length)),
            Line::Whole | Line::Cut if text.trim_ascii().is_empty() => Ok(Some(Content::Blank)),
            Line::Whole | Line::Cut => content(job, text, line == Line::Cut, number),
        };
        let locator = format!("line={number}");
        match result {
            Ok(Some(Content::Blank)) => {}
            Ok(Some(Content::Page(page))) => out.page(position, *page)?,
            Ok(None) => out.skip("no text"),
            Err(trouble) => {
                out.reject(position, trouble.locator(locator).line(number).offset(position.byte))?;
            }
        }
        position.ordinal += 1;
    }
}

/// What a line holds.
enum Content {
    Blank,
    Page(Box<copydesk_types::Page>),
}

fn content(job: &Job<'_>, line: &[u8], cut: bool, number: u64) -> Result<Option<Content>, Trouble> {
    let mended;
    let (object, replaced) = match serde_json::from_slice::<Object>(line) {
        Ok(object) => (object, false),
        Err(error) => match mend(line) {
            Some(text) => {
                mended = text;
                (serde_json::from_str(&mended).map_err(|error| bad_line(&error, cut))?, true)
            }
            None => return Err(bad_line(&error, cut)),
        },
    };
    let (keys, values): (Vec<_>, Vec<_>) = object.0.into_iter().unzip();
    // A key without a value does not stand in the way of the next best one.
    let filled: Vec<_> = keys
        .iter()
        .zip(&values)
        .map(|(key, value)| if value.is_some() { key.as_str() } else { "" })
        .collect();
    let fields = &job.settings.fields;
    let located = fields
        .locate(&filled)
        .or_else(|_| fields.locate(&keys))
        .map_err(|message| Trouble::new(RejectCode::BadColumn, message.replace("column", "key")))?;
    let value = |index: usize| values.get(index).and_then(Option::as_deref).map(str::as_bytes);
    let locator = format!("line={number}");
    Ok(located.page(value, job.settings.already_clean).map(|record| {
        let name = format!("{}#{locator}", page_name(job.source));
        let mut page = record.into_page(job.located(Some(&locator)), name);
        page.given.charset = Some("utf-8".to_owned());
        if replaced {
            page.flags.push(Flag::ReplacedBytes);
        }
        Content::Page(Box::new(page))
    }))
}

fn bad_line(error: &serde_json::Error, cut: bool) -> Trouble {
    let code = if cut && error.is_eof() { RejectCode::Truncated } else { RejectCode::BadRecord };
    let message = error.to_string();
    // The parser counts lines too, and has seen one.
    let what = message.split(" at line ").next().unwrap_or(&message);
    Trouble::new(code, format!("not a JSON object: {what} (column {})", error.column()))
}

/// A line with U+FFFD for each byte that is not UTF-8 and each half of a surrogate pair; nothing if it has neither.
fn mend(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let mut mended = String::with_capacity(text.len());
    let mut changed = matches!(text, Cow::Owned(_));
    let mut rest = &*text;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = match (surrogate(rest), rest.get(6..).and_then(surrogate)) {
            (Some(0xd800..0xdc00), Some(0xdc00..)) => &rest[..12],
            (Some(_), _) => {
                mended.push_str("\\ufffd");
                rest = &rest[6..];
                changed = true;
                continue;
            }
            (None, _) => {
                let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
                &rest[..1 + escaped]
            }
        };
        mended.push_str(escape);
        rest = &rest[escape.len()..];
    }
    mended.push_str(rest);
    changed.then_some(mended)
}

/// The surrogate that an escape at the start of the text stands for.
fn surrogate(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
}

/// An object's keys and values in their order. A value is text where it is a string, a number or a list of strings.
struct Object(Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut entries: Vec<(String, Option<String>)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if entries.len() == KEYS_MAX {
                return Err(A::Error::custom(format!("more than {KEYS_MAX} keys")));
            }
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("key {key:?} stands twice")));
            }
            entries.push((key, map.next_value::<Value>()?.0));
        }
        Ok(Object(entries))
    }
}

/// A value, as text where it has one. Nested values are read and dropped, to the parser's depth limit.
struct Value(Option<String>);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value(None))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value(None))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value(Some(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value(Some(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value(Some(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value(Some(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value(Some(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut joined: Option<String> = None;
        while let Some(Value(value)) = list.next_element()? {
            if let Some(value) = value {
                let joined = joined.get_or_insert_default();
                if !joined.is_empty() {
                    joined.push(';');
                }
                joined.push_str(&value);
            }
        }
        Ok(Value(joined))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<Value, Value>()?.is_some() {}
        Ok(Value(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_surrogate_pairs_are_mended_and_pairs_are_not() {
        for (line, mended) in [
            (r#""a\ud800b""#, Some(r#""a\ufffdb""#)),
            (r#""\udc00\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud800""#, None),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\"#, None),
            (r#""\u"#, None),
            ("\"\\\u{e9}", None),
        ] {
            assert_eq!(mend(line.as_bytes()).as_deref(), mended, "{line}");
        }
        assert_eq!(mend(b"a\xff").as_deref(), Some("a\u{fffd}"));
    }

    #[test]
    fn json_lines_are_told_by_their_first_line() {
        for (head, told) in [
            ("{\"text\": 1}\n", true),
            ("\u{feff}{}", true),
            ("{\"text\": \"cut", true),
            ("{\"text\": \"cut\n", false),
            ("{\n \"text\": 1\n}", false),
            ("{curly} text", false),
            ("[1]", false),
            ("", false),
        ] {
            assert_eq!(looks_like(head.as_bytes()), told, "{head}");
        }
    }
}
