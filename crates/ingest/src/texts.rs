//! Texts that are taken as they are: an input that is one, or JSON Lines of them.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;

use copydesk_types::{Reject, RejectCode};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use crate::bounded::{self, Line};
use crate::format::page_name;
use crate::input::Input;

/// How texts stand in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The whole input is one text.
    Whole,
    /// `{"id", "text", "date"?}` a line.
    JsonLines,
}

/// A text, unaltered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Text {
    /// The record's own id, or the file's name.
    #[serde(deserialize_with = "id")]
    pub id: String,
    /// The text.
    pub text: String,
    /// What relative dates count from: an ISO 8601 day or date-time.
    pub date: Option<String>,
}

/// Hands the texts of an input to `sink`, until it breaks; one longer than `limit` bytes is a reject.
///
/// # Errors
/// Where the input cannot be read.
pub fn texts(
    input: &Input,
    layout: Layout,
    limit: u64,
    sink: &mut dyn FnMut(Result<Text, Reject>) -> ControlFlow<()>,
) -> io::Result<()> {
    let source = input.source();
    let mut reader: Box<dyn BufRead> = match input {
        Input::File(path) => Box::new(BufReader::new(File::open(path)?)),
        Input::Stdin => Box::new(io::stdin().lock()),
    };
    match layout {
        Layout::Whole => whole(&source, &mut *reader, limit, sink),
        Layout::JsonLines => lines(&source, &mut *reader, limit, sink),
    }
}

fn whole(
    source: &str,
    reader: &mut dyn BufRead,
    limit: u64,
    sink: &mut dyn FnMut(Result<Text, Reject>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    let text = if bounded::append(reader, &mut bytes, limit)? {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Text { id: page_name(source), text, date: None })
    } else {
        let message = format!("longer than {limit} bytes");
        Err(reject(source, RejectCode::TooLarge, message, None, None))
    };
    let _ = sink(text);
    Ok(())
}

fn lines(
    source: &str,
    reader: &mut dyn BufRead,
    limit: u64,
    sink: &mut dyn FnMut(Result<Text, Reject>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        let text = match bounded::line(reader, &mut line, limit)? {
            Line::End => break,
            Line::TooLong(length) => {
                let message = format!("a line of more than {limit} bytes");
                Err(reject(source, RejectCode::TooLarge, message, Some(number), Some(length)))
            }
            Line::Whole | Line::Cut if line.trim_ascii().is_empty() => continue,
            Line::Whole | Line::Cut => serde_json::from_slice(&line).map_err(|error| {
                let message = format!("expected {{\"id\", \"text\", \"date\"?}}: {error}");
                reject(source, RejectCode::BadRecord, message, Some(number), Some(line.len() as u64))
            }),
        };
        if sink(text).is_break() {
            break;
        }
    }
    Ok(())
}

/// Ids are strings or numbers.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(id) => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        other => Err(de::Error::custom(format!("expected a string or number as id, found {other}"))),
    }
}

fn reject(source: &str, code: RejectCode, message: String, line: Option<u64>, bytes: Option<u64>) -> Reject {
    Reject { source: source.to_owned(), code, message, offset: None, line, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], limit: u64) -> Vec<Result<Text, (RejectCode, Option<u64>)>> {
        let mut found = Vec::new();
        let mut sink = |text: Result<Text, Reject>| {
            found.push(text.map_err(|reject| (reject.code, reject.line)));
            ControlFlow::Continue(())
        };
        lines("x.jsonl", &mut &bytes[..], limit, &mut sink).unwrap();
        found
    }

    fn text(id: &str, text: &str, date: Option<&str>) -> Text {
        Text { id: id.into(), text: text.into(), date: date.map(str::to_owned) }
    }

    #[test]
    fn lines_are_texts_or_rejects_with_their_place() {
        let long = format!("{{\"id\": 4, \"text\": \"{}\"}}\n", "a".repeat(100));
        let input = format!(
            "{{\"id\": \"a\", \"text\": \"One.\\nTwo.\"}}\n\n{{\"id\": 2, \"text\": \"b\", \"date\": \"2024-12-09\"}}\n\
             {{\"id\": []}}\n{long}{{\"id\": 5, \"text\": \"c\"}}"
        );
        let expected = [
            Ok(text("a", "One.\nTwo.", None)),
            Ok(text("2", "b", Some("2024-12-09"))),
            Err((RejectCode::BadRecord, Some(4))),
            Err((RejectCode::TooLarge, Some(5))),
            Ok(text("5", "c", None)),
        ];
        assert_eq!(read(input.as_bytes(), 80), expected);
    }
}
