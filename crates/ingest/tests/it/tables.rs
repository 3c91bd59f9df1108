//! JSON Lines, CSV and Parquet: rows that hold pages.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, Date32Array, Int64Array, RecordBatch, StringArray, TimestampSecondArray,
};
use copydesk_ingest::{FieldMap, Position, Settings};
use copydesk_types::{Flag, MediaType};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use crate::support::*;

fn fields(pairs: &str) -> Settings {
    let mut fields = FieldMap::default();
    fields.tell(pairs).unwrap();
    Settings { fields, ..Settings::default() }
}

#[test]
fn a_json_line_is_a_page_with_what_it_tells() {
    let lines = concat!(
        r#"{"id": 7, "text": "Exports rose.", "url": "https://example.com/a", "title": "T", "date": "2024-12-09","#,
        r#" "authors": ["Lan", "Minh"], "language": "en", "fetched_at": "2024-12-10T00:00:00Z", "more": {"x": [1]}}"#,
        "\n\r\n  \n",
        r#"{"html": "<p>Exports", "text": "Exports"}"#,
        "\n",
        r#"{"content": "<html><p>Exports", "text": null}"#,
        "\n",
        r#"{"text": ""}"#,
    );
    for (name, bytes) in [
        ("a.jsonl", lines.into()),
        ("a.ndjson.gz", gzip(lines)),
        ("a.jsonl.zst", zstd(lines)),
        ("no-name", lines.as_bytes().to_vec()),
        ("a.jsonl", format!("\u{feff}{lines}").into_bytes()),
    ] {
        let outcome = read(name, bytes);
        assert_eq!(outcome.texts(), ["Exports rose.", "<p>Exports", "<html><p>Exports"], "{name}");
        assert_eq!(outcome.locators(), ["line=1", "line=4", "line=5"]);
        assert_eq!((outcome.counts.records, outcome.counts.skipped["no text"]), (4, 1));
        let page = outcome.pages()[0];
        assert_eq!((page.name.as_str(), page.url.as_deref()), ("7", Some("https://example.com/a")));
        assert_eq!(page.given.title.as_deref(), Some("T"));
        assert_eq!(page.given.published_date.unwrap().to_string(), "2024-12-09");
        assert_eq!(page.given.authors, ["Lan", "Minh"]);
        assert_eq!(page.fetched_at.unwrap().to_string(), "2024-12-10T00:00:00Z");
        let types: Vec<_> = outcome.pages().iter().map(|page| page.media_type).collect();
        assert_eq!(types, [MediaType::Text, MediaType::Html, MediaType::Html]);
    }
}

#[test]
fn a_json_line_that_cannot_be_read_costs_that_line_alone() {
    let deep =
        |depth: usize| format!("{{\"text\": \"x\", \"a\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
    for (line, code, says) in [
        ("{\"text\": }".to_owned(), "bad_record", "column 10"),
        ("[1, 2]".to_owned(), "bad_record", "not a JSON object"),
        ("{\"text\": \"a\", \"text\": \"b\"}".to_owned(), "bad_record", "stands twice"),
        (deep(100_000), "bad_record", "recursion"),
        ("[".repeat(100_000), "bad_record", "not a JSON object"),
        ("{\"a\": 1}".to_owned(), "bad_column", "keys are a"),
        (format!("{{\"text\": \"{}\"}}", "x".repeat(3000)), "too_large", "2000"),
        ("{\"text\": \"a\u{0}b\"}".to_owned(), "bad_record", "control character"),
    ] {
        let settings = limited(if code == "too_large" { 2000 } else { 1 << 20 });
        let lines = format!("{{\"text\": \"one\"}}\n{line}\n{{\"text\": \"two\"}}\n");
        let outcome = read_with(&settings, "a.jsonl", lines);
        assert_eq!(outcome.texts(), ["one", "two"], "{says}");
        let reject = outcome.rejects()[0];
        assert_eq!((reject.code.name(), reject.line, reject.offset), (code, Some(2), Some(16)), "{reject}");
        assert!(reject.message.contains(says), "{reject}");
    }
    let cut = read("a.jsonl", "{\"text\": \"one\"}\n{\"text\": \"tw");
    assert_eq!((cut.texts(), cut.codes()), (vec!["one".to_owned()], vec!["truncated"]));
    assert_eq!(read("a.jsonl", "{\"text\": \"one\"}").texts(), ["one"]);
    assert_eq!(read("a.jsonl", "").counts.records, 0);
}

#[test]
fn lone_surrogates_and_bytes_that_are_not_utf8_are_replaced_with_a_flag() {
    for line in [&b"{\"text\": \"a\\ud800b\"}"[..], b"{\"text\": \"a\xffb\"}"] {
        let outcome = read("a.jsonl", line);
        assert_eq!(outcome.texts(), ["a\u{fffd}b"]);
        assert_eq!(outcome.page().flags, [Flag::ReplacedBytes]);
    }
}

#[test]
fn lines_of_a_broken_member_are_rejected_and_the_next_member_is_read() {
    let lines =
        |seed| (0..50).map(|_| format!("{{\"text\": \"{}\"}}\n", prose(99, seed))).collect::<String>();
    let members = [1, 2, 3].map(|seed| gzip(lines(seed)));
    let mut bytes = members.concat();
    bytes[members[0].len() + members[1].len() / 2] ^= 1;
    let outcome = read("a.jsonl.gz", bytes);
    assert_eq!(outcome.texts().iter().filter(|text| **text == prose(99, 1)).count(), 50);
    assert_eq!(outcome.texts().iter().filter(|text| **text == prose(99, 3)).count(), 50);
    assert!(outcome.rejects().iter().any(|reject| reject.offset == Some(members[0].len() as u64)));
}

#[test]
fn fields_are_where_they_are_told_to_be() {
    let settings = Settings { already_clean: true, ..fields("text=story,url=where") };
    let outcome =
        read_with(&settings, "a.jsonl", r#"{"text": "no", "html": "<p>no", "story": "yes", "where": "u"}"#);
    assert_eq!((outcome.texts(), outcome.page().url.as_deref()), (vec!["yes".to_owned()], Some("u")));
    assert!(outcome.page().already_clean);
    let missing = read_with(&settings, "a.jsonl", r#"{"story": "yes"}"#);
    assert_eq!(missing.codes(), ["bad_column"]);
    let csv = read_with(&settings, "a.csv", "a,b\n1,2\n");
    assert_eq!(csv.reject().message, "no column \"story\" (text); columns are a, b");
}

#[test]
fn a_csv_row_is_a_page() {
    for (name, table) in [
        ("a.csv", "\u{feff}id,Text,date\n1,\"Exports, \"\"rose\"\"\nby 5%.\",2024-12-09\r\n2,,\n3,Two,\n"),
        ("a.csv", "id;Text;date\n1;\"Exports, \"\"rose\"\"\nby 5%.\";2024-12-09\n2;;\n3;Two;\n"),
        ("a.tsv", "id\tText\tdate\n1\t\"Exports, \"\"rose\"\"\nby 5%.\"\t2024-12-09\n2\t\t\n3\tTwo\t\n"),
    ] {
        for bytes in [table.into(), gzip(table)] {
            let outcome = read(name, bytes);
            assert_eq!(outcome.texts(), ["Exports, \"rose\"\nby 5%.", "Two"]);
            assert_eq!(outcome.locators(), ["row=1", "row=3"]);
            assert_eq!(outcome.pages()[0].name, "1");
            assert_eq!(outcome.pages()[0].given.published_date.unwrap().to_string(), "2024-12-09");
            assert_eq!(outcome.counts.skipped["no text"], 1);
        }
    }
    assert_eq!(read("a.csv", "id,text\n").counts.records, 0);
    assert_eq!(read("a.csv", "").counts.records, 0);
}

#[test]
fn a_csv_row_that_cannot_be_read_is_a_reject_with_its_line() {
    let outcome = read("a.csv", "id,text\n1,one\n2,two,three\n4,four\n");
    assert_eq!(
        (outcome.texts(), outcome.codes()),
        (vec!["one".to_owned(), "four".to_owned()], vec!["bad_record"])
    );
    assert_eq!(outcome.rejects()[0].line, Some(3));
    // A quote that is never closed does not take the rest of the input into memory.
    let open = format!("id,text\n1,one\n2,\"{}", "x,y\n".repeat(100_000));
    let outcome = read_with(&limited(50_000), "a.csv", open);
    assert_eq!((outcome.texts(), outcome.codes()), (vec!["one".to_owned()], vec!["too_large"]));
    assert_eq!(read("a.csv", noise(5000, 1)).codes(), ["unknown_format"]);
}

/// A table with a row group for every two rows.
fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(2)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn texts() -> Vec<(&'static str, ArrayRef)> {
    let text = StringArray::from(vec![Some("one"), None, Some("three"), Some("four"), Some("five")]);
    vec![
        ("id", Arc::new(Int64Array::from(vec![1, 2, 3, 4, 5]))),
        ("text", Arc::new(text)),
        ("date", Arc::new(Date32Array::from(vec![20_066; 5]))),
        ("fetched_at", Arc::new(TimestampSecondArray::from(vec![1_733_733_000; 5]).with_timezone("UTC"))),
    ]
}

#[test]
fn a_parquet_row_is_a_page() {
    let folder = Folder::new();
    let path = folder.write("a.parquet", parquet(texts()));
    let outcome = read_path(&Settings::default(), path.clone(), Position::default());
    assert_eq!(outcome.texts(), ["one", "three", "four", "five"]);
    assert_eq!(outcome.locators(), ["row=1", "row=3", "row=4", "row=5"]);
    let page = outcome.pages()[1];
    assert_eq!(
        (page.name.as_str(), page.given.published_date.unwrap().to_string()),
        ("3", "2024-12-09".to_owned())
    );
    assert_eq!(page.fetched_at.unwrap().to_string(), "2024-12-09T08:30:00Z");
    for (index, found) in outcome.found.iter().enumerate() {
        let rest = read_path(&Settings::default(), path.clone(), found.position);
        assert_eq!(rest.found, outcome.found[index..]);
    }
    let html: ArrayRef = Arc::new(BinaryArray::from(vec![&b"<p>\xff"[..]]));
    let outcome = read("table", parquet(vec![("html", html)]));
    assert_eq!(
        (outcome.page().bytes.as_slice(), outcome.page().media_type),
        (&b"<p>\xff"[..], MediaType::Html)
    );
}

#[test]
fn a_parquet_table_without_its_column_or_of_the_wrong_type_says_so() {
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let outcome = read("a.parquet", parquet(vec![("text", numbers.clone())]));
    assert_eq!(outcome.reject().code.name(), "bad_column");
    assert!(outcome.reject().message.contains("\"text\" is Int64"));
    let outcome = read("a.parquet", parquet(vec![("a", numbers.clone()), ("b", numbers)]));
    assert_eq!(outcome.reject().code.name(), "bad_column");
    assert!(outcome.reject().message.contains("columns are a, b"));
}

#[test]
fn a_broken_parquet_table_is_a_reject_and_its_whole_row_groups_are_read() {
    let bytes = parquet(texts());
    let broken_footer = [&bytes[..bytes.len() - 12], &bytes[bytes.len() - 8..]].concat();
    for (bytes, says) in
        [(&bytes[..bytes.len() / 2], "footer"), (&broken_footer, "footer"), (b"PAR1", "footer")]
    {
        assert!(read("a.parquet", bytes).reject().message.contains(says));
    }
    // The page of "three" and "four".
    let at = memchr::memmem::find(&bytes, b"three").unwrap();
    let mut broken = bytes.clone();
    broken[at - 4..at].fill(0xff);
    let outcome = read("a.parquet", broken);
    assert_eq!(outcome.texts(), ["one", "five"], "{:?}", outcome.rejects());
    assert!(outcome.rejects()[0].message.contains("column \"text\""), "{}", outcome.rejects()[0]);
    assert!(read("a.parquet.gz", gzip(&bytes)).reject().message.contains("must be a file"));
}
