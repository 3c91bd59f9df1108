//! CSV and TSV: a page a row, its fields by the field map; the first row names the columns.

use std::io;
use std::ops::ControlFlow;

use copydesk_types::RejectCode;
use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::{Format, Job, Read, extension, page_name};
use crate::found::{Out, Position, Trouble};
use crate::sniff;
use crate::unpack::Unpacked;

pub(super) const FORMAT: Format = Format {
    name: "a CSV table",
    extensions: &["csv", "tsv", "tab"],
    is: |_| false,
    looks_like: |_| false,
    read: Read::Stream(read),
};

/// What may stand between the fields of a `.csv`, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = job.settings.max_record_bytes;
    let head = stream.peek(sniff::HEAD).map(<[u8]>::to_vec).unwrap_or_default();
    if sniff::is_binary(&head) || head.contains(&0) {
        let message =
            "expected a table in UTF-8 or another encoding that extends ASCII, found NULs or binary data";
        return out.reject(job.from, Trouble::new(RejectCode::UnknownFormat, message));
    }
    let delimiter = match extension(job.source).as_str() {
        "csv" => likely_delimiter(&head),
        _ => b'\t',
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Budget { inner: stream, left: limit });
    let mut row = ByteRecord::new();
    let columns: Vec<String> = match reader.read_byte_record(&mut row) {
        Ok(true) => {
            row.iter().map(|name| String::from_utf8_lossy(sniff::without_bom(name)).into_owned()).collect()
        }
        Ok(false) => return ControlFlow::Continue(()),
        Err(error) => return out.reject(job.from, trouble(&error, limit)),
    };
    let located = match job.settings.fields.locate(&columns) {
        Ok(located) => located,
        Err(message) => return out.reject(job.from, Trouble::new(RejectCode::BadColumn, message)),
    };
    for ordinal in 0.. {
        reader.get_mut().left = limit;
        let read = reader.read_byte_record(&mut row);
        if ordinal < job.from.ordinal && matches!(read, Ok(true)) {
            continue;
        }
        let position = Position { ordinal, ..Position::default() };
        let line = row.position().map_or(0, csv::Position::line);
        let locator = format!("row={}", ordinal + 1);
        match read {
            Ok(false) => break,
            Ok(true) if row.len() != columns.len() => {
                let message = format!("{} fields, the table has {} columns", row.len(), columns.len());
                let trouble = Trouble::new(RejectCode::BadRecord, message).locator(locator).line(line);
                out.reject(position, trouble)?;
            }
            Ok(true) => match located.page(|column| row.get(column), job.settings.already_clean) {
                Some(record) => {
                    let name = format!("{}#{locator}", page_name(job.source));
                    out.page(position, record.into_page(job.located(Some(&locator)), name))?;
                }
                None => out.skip("no text"),
            },
            Err(error) => {
                // Whether the next line starts a row cannot be told inside a field that is too long or broken.
                let line = reader.position().line();
                return out.reject(position, trouble(&error, limit).locator(locator).line(line));
            }
        }
    }
    ControlFlow::Continue(())
}

fn trouble(error: &csv::Error, limit: u64) -> Trouble {
    match error.kind() {
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => Trouble::too_large(limit),
        ErrorKind::Io(error) => Trouble::io(error),
        _ => Trouble::new(RejectCode::BadRecord, error.to_string()),
    }
}

/// The delimiter that stands in the first line most often.
fn likely_delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let count = |delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
    DELIMITERS.into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

/// Bytes that may still be read before the next row is whole: an open quote would take the rest of the input in.
struct Budget<'a> {
    inner: &'a mut Unpacked,
    left: u64,
}

impl io::Read for Budget<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = self.inner.read(into)?;
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_counted_in_the_first_line() {
        for (head, delimiter) in [
            ("url,text\na;b;c", b','),
            ("url;text;date, place", b';'),
            ("url\ttext", b'\t'),
            ("url|text", b'|'),
            ("text", b','),
            ("", b','),
        ] {
            assert_eq!(likely_delimiter(head.as_bytes()), delimiter, "{head}");
        }
    }
}
