//! WARC archives, whole and broken in every way.

use copydesk_ingest::{Position, Settings};
use copydesk_types::{Flag, MediaType};

use crate::support::*;

/// A record of a type with a block.
fn record(kind: &str, headers: &str, block: impl AsRef<[u8]>) -> Vec<u8> {
    let block = block.as_ref();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Date: 2024-12-09T08:30:00Z\r\n\
         {headers}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with a page.
fn response(body: impl AsRef<[u8]>) -> Vec<u8> {
    response_with("Content-Type: text/html; charset=utf-8\r\n", body)
}

fn response_with(http: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{http}\r\n").as_bytes(), body.as_ref()].concat();
    record("response", "WARC-Target-URI: https://example.com/a\r\n", block)
}

/// Pages of some size, each of its own content.
fn responses(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|number| response(html(number))).collect()
}

fn html(number: u64) -> String {
    format!("<html><p>{number} {}", prose(900, number + 1))
}

/// One member a record, the way archives are compressed; nothing done for a plain one.
fn packed(name: &str, records: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let pack = |record: &Vec<u8>| match name.rsplit('.').next() {
        Some("gz") => gzip(record),
        Some("zst") => zstd(record),
        _ => record.clone(),
    };
    records.iter().map(pack).collect()
}

const NAMES: [&str; 3] = ["a.warc", "a.warc.gz", "a.warc.zst"];

#[test]
fn pages_of_every_type_come_with_address_date_and_place() {
    let records = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", "software: x\r\n"),
        response("<html>one"),
        record("request", "WARC-Target-URI: https://example.com/a\r\n", "GET / HTTP/1.1\r\n\r\n"),
        record("resource", "Content-Type: text/html\r\nWARC-Target-URI: <file:///b>\r\n", "<html>two"),
        record(
            "conversion",
            "Content-Type: text/plain\r\nWARC-Target-URI: https://example.com/c\r\n",
            "three",
        ),
        record("metadata", "", "x: y\r\n"),
        record(
            "resource",
            "Content-Type: text/plain\r\nWARC-Target-URI: metadata://gnu.org/wget.log\r\n",
            "x",
        ),
        record("revisit", "WARC-Target-URI: https://example.com/a\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
        record("strange", "", "x"),
        response_with("Content-Type: image/png\r\n", "\x1bPNG"),
        response_with("Content-Type: text/plain\r\n", "User-agent: *"),
        response_with("", "<html>four"),
        response_with("", "neither"),
        record(
            "response",
            "WARC-Target-URI: dns:example.com\r\nContent-Type: text/dns\r\n",
            "20241209\nexample",
        ),
        record(
            "response",
            "WARC-Target-URI: https://example.com/\r\n",
            "HTTP/1.1 302 F\r\nLocation: /a\r\n\r\n",
        ),
        record("response", "WARC-Target-URI: https://example.com/\r\n", "HTTP/1.1 404 N\r\n\r\n<html>none"),
    ];
    for name in NAMES {
        let members = packed(name, &records);
        let outcome = read(name, members.concat());
        assert_eq!(outcome.texts(), ["<html>one", "<html>two", "three", "<html>four"], "{name}");
        assert_eq!(outcome.codes(), [""; 0]);
        let counts = &outcome.counts;
        assert_eq!((counts.records, counts.pages, counts.revisits), (16, 4, 1));
        let skipped: Vec<_> = counts.skipped.iter().map(|(what, count)| (*what, *count)).collect();
        assert_eq!(
            skipped,
            [
                ("error status", 1),
                ("metadata", 2),
                ("not html", 3),
                ("not http", 1),
                ("redirect", 1),
                ("request", 1),
                ("unknown type", 1),
                ("warcinfo", 1)
            ]
        );
        let page = outcome.pages()[0];
        assert_eq!(page.url.as_deref(), Some("https://example.com/a"));
        assert_eq!(page.fetched_at.unwrap().to_string(), "2024-12-09T08:30:00Z");
        assert_eq!(page.given.charset.as_deref(), Some("utf-8"));
        assert_eq!(page.name, "urn:uuid:response");
        assert_eq!(page.media_type, MediaType::Html);
        assert_eq!(outcome.pages()[1].url.as_deref(), Some("file:///b"));
        assert_eq!(outcome.pages()[2].media_type, MediaType::Text);
        assert_eq!(outcome.locators()[0], format!("offset={}", members[0].len()));
    }
}

#[test]
fn a_record_that_does_not_open_its_member_has_a_place_of_its_own() {
    let records = responses(3);
    let outcome = read("a.warc.gz", gzip(records.concat()));
    let second = records[0].len();
    assert_eq!(
        outcome.locators(),
        ["offset=0".to_owned(), format!("offset=0+{second}"), format!("offset=0+{}", 2 * second)]
    );
}

#[test]
fn reading_starts_again_where_it_stopped() {
    let records = responses(8);
    for (name, bytes) in [
        ("a.warc", records.concat()),
        ("a.warc.gz", packed("a.gz", &records).concat()),
        ("a.warc.zst", packed("a.zst", &records).concat()),
        ("b.warc.gz", gzip(records.concat())),
    ] {
        let folder = Folder::new();
        let path = folder.write(name, bytes);
        let whole = read_path(&Settings::default(), path.clone(), Position::default());
        assert_eq!(whole.pages().len(), 8);
        for (index, found) in whole.found.iter().enumerate() {
            let rest = read_path(&Settings::default(), path.clone(), found.position);
            assert_eq!(rest.found, whole.found[index..], "{name} from {index}");
        }
    }
}

#[test]
fn bodies_are_joined_and_decompressed() {
    let page = "<html>Exports rose.";
    let chunked = "a\r\n<html>Expo\r\n9\r\nrts rose.\r\n0\r\n\r\n";
    let deflated = |raw: bool| {
        use std::io::Write;
        let level = flate2::Compression::default();
        if raw {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), level);
            encoder.write_all(page.as_bytes()).unwrap();
            encoder.finish().unwrap()
        } else {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), level);
            encoder.write_all(page.as_bytes()).unwrap();
            encoder.finish().unwrap()
        }
    };
    for (headers, body) in [
        ("Transfer-Encoding: chunked\r\n", chunked.into()),
        ("Content-Encoding: gzip\r\n", gzip(page)),
        ("Content-Encoding: x-gzip\r\n", gzip(page)),
        ("Content-Encoding: deflate\r\n", deflated(false)),
        ("Content-Encoding: deflate\r\n", deflated(true)),
        ("Content-Encoding: zstd\r\n", zstd(page)),
        ("Content-Encoding: br\r\n", stored_brotli(page)),
        ("Content-Encoding: gzip, zstd\r\n", zstd(gzip(page))),
        ("Content-Encoding: gzip\r\n", page.into()),
        ("Content-Encoding: br\r\n", page.into()),
        ("Transfer-Encoding: chunked\r\n", page.into()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", gzip(page)),
    ] {
        let record = response_with(&format!("Content-Type: text/html\r\n{headers}"), body);
        let outcome = read("a.warc", record);
        assert_eq!(outcome.texts(), [page], "{headers}");
        assert_eq!(outcome.page().flags, []);
    }
}

/// A brotli stream with one uncompressed meta-block (RFC 7932, 9.2), for at most 65,536 bytes.
fn stored_brotli(text: &str) -> Vec<u8> {
    // WBITS 16 is one zero bit; ISLAST 0; MNIBBLES 4 is 00; MLEN-1 in 16 bits; ISUNCOMPRESSED 1.
    let header = (text.len() as u32 - 1) << 4 | 1 << 20;
    let mut bytes = header.to_le_bytes()[..3].to_vec();
    bytes.extend(text.as_bytes());
    // ISLAST 1, ISLASTEMPTY 1.
    bytes.push(0b11);
    bytes
}

#[test]
fn a_body_that_breaks_off_is_a_page_with_a_flag() {
    let page = html(1);
    let cut = &gzip(&page)[..400];
    for (headers, body) in [
        ("Content-Encoding: gzip\r\n", cut.to_vec()),
        ("Transfer-Encoding: chunked\r\n", format!("ffff\r\n{page}").into_bytes()),
    ] {
        let outcome = read("a.warc", response_with(&format!("Content-Type: text/html\r\n{headers}"), body));
        assert_eq!(outcome.page().flags, [Flag::TruncatedInput], "{headers}");
        assert!(outcome.texts()[0].starts_with("<html><p>1 "));
    }
    let marked = record("resource", "Content-Type: text/html\r\nWARC-Truncated: length\r\n", "<html>x");
    assert_eq!(read("a.warc", marked).page().flags, [Flag::TruncatedInput]);
}

#[test]
fn an_archive_cut_at_every_twentieth_keeps_whole_records_and_rejects_the_rest_with_its_offset() {
    let records = responses(7);
    for name in NAMES {
        let members = packed(name, &records);
        let bytes = members.concat();
        let mut starts = vec![0];
        members.iter().for_each(|member| starts.push(starts[starts.len() - 1] + member.len()));
        for cut in (1..20).map(|part| part * bytes.len() / 20).chain([1, bytes.len() - 5]) {
            let outcome = read(name, &bytes[..cut]);
            let whole = starts.iter().filter(|&&start| start <= cut).count() - 1;
            let expected: Vec<_> = (0..whole as u64).map(html).collect();
            assert_eq!(outcome.texts()[..whole], expected, "{name} cut at {cut}");
            let rejects = outcome.rejects();
            // A plain archive that is cut in the line breaks behind a record has lost nothing.
            if outcome.texts().len() > whole {
                assert!(name == "a.warc" && starts[whole + 1] - cut < 5);
                continue;
            }
            assert_eq!(rejects.len(), 1, "{name} cut at {cut}: {rejects:?}");
            assert_eq!(rejects[0].offset, Some(starts[whole] as u64), "{name} cut at {cut}");
        }
    }
}

#[test]
fn a_bit_flipped_in_a_member_costs_that_record_alone() {
    let records = responses(4);
    for name in ["a.warc.gz", "a.warc.zst"] {
        let members = packed(name, &records);
        let (start, length) = (members[0].len(), members[1].len());
        for at in (0..length).step_by(7) {
            let mut bytes = members.concat();
            bytes[start + at] ^= 1 << (at % 8);
            let outcome = read(name, bytes);
            let (texts, rejects) = (outcome.texts(), outcome.rejects());
            let untouched = texts.len() == 4 && rejects.is_empty() && at < 10;
            if !untouched {
                assert_eq!(texts, [html(0), html(2), html(3)], "{name} byte {at}: {rejects:?}");
                assert_eq!(rejects.len(), 1, "{name} byte {at}: {rejects:?}");
                assert_eq!(rejects[0].offset, Some(start as u64));
                assert_eq!(rejects[0].source.split('#').nth(1), Some(&*format!("offset={start}")));
            }
        }
    }
}

#[test]
fn a_wrong_length_costs_that_record_alone() {
    for length in [
        "5",
        "1200",
        "100000",
        "9999999999",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "x",
        "1e3",
        "",
    ] {
        let mut records = responses(4);
        let text = String::from_utf8(records[1].clone()).unwrap();
        let (before, rest) = text.split_once("Content-Length: ").unwrap();
        let (_, after) = rest.split_once("\r\n").unwrap();
        records[1] = format!("{before}Content-Length: {length}\r\n{after}").into_bytes();
        for name in NAMES {
            let members = packed(name, &records);
            let outcome = read(name, members.concat());
            assert_eq!(outcome.texts(), [html(0), html(2), html(3)], "{length} in {name}: {outcome:?}");
            assert_eq!(outcome.codes(), ["bad_record"], "{length} in {name}");
            assert_eq!(outcome.rejects()[0].offset, Some(members[0].len() as u64), "{length} in {name}");
        }
        // All records in one member: what went into the wrong block is read again.
        let outcome = read("a.warc.gz", gzip(records.concat()));
        if length.len() < 9 {
            assert_eq!(outcome.texts(), [html(0), html(2), html(3)], "{length} in one member");
        }
        assert!(!outcome.rejects().is_empty());
    }
}

#[test]
fn headers_that_are_none_cost_their_record_alone() {
    let good = responses(2);
    let endless = [b"WARC/1.0\r\n".to_vec(), b"X: y\r\n".repeat(20_000)].concat();
    let endless_line = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'x'; 200_000], b"\r\n\r\n".to_vec()].concat();
    let lf_only: Vec<u8> = response("<html>x").into_iter().filter(|&byte| byte != b'\r').collect();
    let unblank = String::from_utf8(response("<html>x")).unwrap().replacen("\r\n\r\nHTTP", "\r\nHTTP", 1);
    for (bad, says) in [
        (endless, "no blank line"),
        (endless_line, "no blank line"),
        (lf_only, "LF alone"),
        (unblank.into_bytes(), "without a colon"),
        (b"<html>page\r\n\r\n".to_vec(), "found other bytes"),
        ([noise(5000, 3), b"\r\n".to_vec()].concat(), "found other bytes"),
    ] {
        for name in NAMES {
            let members = packed(name, &[good[0].clone(), bad.clone(), good[1].clone()]);
            let outcome = read(name, members.concat());
            assert_eq!(outcome.texts(), [html(0), html(1)], "{says} in {name}");
            assert_eq!(outcome.codes(), ["bad_record"], "{says} in {name}");
            assert!(outcome.rejects()[0].message.contains(says), "{}", outcome.rejects()[0].message);
            assert_eq!(outcome.rejects()[0].offset, Some(members[0].len() as u64));
        }
    }
}

#[test]
fn line_breaks_between_records_may_be_more_or_fewer() {
    let record = response("<html>x");
    let bare = &record[..record.len() - 4];
    for (archive, pages) in [
        ([bare, bare].concat(), 2),
        ([bare, b"\r\n", bare].concat(), 2),
        ([bare, b"\r\n\r\n\r\n\r\n\r\n", bare].concat(), 2),
        ([b"\r\n\r\n", bare].concat(), 1),
    ] {
        for bytes in [gzip(&archive), archive] {
            let outcome = read("a.warc", bytes);
            assert_eq!((outcome.pages().len(), outcome.rejects().len()), (pages, 0));
        }
    }
}

#[test]
fn what_is_no_archive_says_what_it_looks_like() {
    for (name, bytes, says) in [
        ("a.warc", b"<!DOCTYPE html><p>x".to_vec(), "found HTML"),
        ("a.warc.gz", gzip("<!DOCTYPE html><p>x"), "found HTML"),
        (
            "a.warc",
            b"filedesc://IA-0001.arc 0.0.0.0 19960923142103 text/plain 76\n1 0 x\n".to_vec(),
            "ARC archive",
        ),
        (
            "a.arc",
            b"filedesc://IA-0001.arc 0.0.0.0 19960923142103 text/plain 76\n1 0 x\n".to_vec(),
            "ARC archive",
        ),
        (
            "a.arc.gz",
            gzip("filedesc://IA-0001.arc 0.0.0.0 19960923142103 text/plain 76\n1 0 x\n"),
            "ARC archive",
        ),
        ("a.warc", b"%PDF-1.7\n".to_vec(), "application/pdf"),
        ("a.warc", b"plain words".to_vec(), "found text"),
        ("a.warc", b"\r\n\r\n".to_vec(), "no record"),
        ("a.warc.gz", gzip(gzip("WARC/1.0")), "gzip"),
    ] {
        let outcome = read(name, bytes);
        assert!(outcome.reject().message.contains(says), "{name}: {}", outcome.reject().message);
    }
    let empty = read("a.warc", "");
    assert_eq!((empty.counts.records, empty.counts.rejects), (0, 0));
}

#[test]
fn an_archive_is_told_by_its_content_whatever_its_name() {
    for name in ["a", "a.txt", "a.html", "a.gz"] {
        assert_eq!(read(name, gzip(response("<html>x"))).texts(), ["<html>x"]);
    }
}

#[test]
fn a_record_past_the_limit_is_a_reject_if_it_is_a_page_and_reading_goes_on() {
    let large = format!("<html>{}", prose(200_000, 1));
    let film = response_with("Content-Type: video/mp4\r\n", noise(200_000, 1));
    let bomb = response_with("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip(&large));
    for name in NAMES {
        let members = packed(name, &[response(&large), film.clone(), bomb.clone(), response("<html>x")]);
        let outcome = read_with(&limited(150_000), name, members.concat());
        assert_eq!(outcome.codes(), ["too_large", "too_large"], "{name}");
        assert_eq!(outcome.texts(), ["<html>x"]);
        assert_eq!(outcome.counts.skipped["not html"], 1);
    }
}

#[test]
fn a_bomb_of_a_member_is_left_after_a_while() {
    let zeros = vec![b'x'; 8 << 20];
    for name in ["a.warc.gz", "a.warc.zst"] {
        let members = packed(name, &[response(&zeros), zeros.clone(), response("<html>x")]);
        let outcome = read_with(&limited(100_000), name, members.concat());
        assert_eq!(outcome.codes(), ["too_large", "bad_record"], "{name}");
        assert_eq!(outcome.texts(), ["<html>x"]);
    }
}

#[test]
fn a_dictionary_at_the_front_of_a_zstd_archive_is_used() {
    let records = responses(40);
    let dictionary = zstd::dict::from_samples(&records, 4000).unwrap();
    let compress = |record: &Vec<u8>| {
        zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap().compress(record).unwrap()
    };
    for frame in [dictionary.clone(), zstd(&dictionary)] {
        let header = [&[0x5d, 0x2a, 0x4d, 0x18][..], &(frame.len() as u32).to_le_bytes(), &frame].concat();
        let members: Vec<_> = records.iter().map(compress).collect();
        let folder = Folder::new();
        let path = folder.write("a.warc.zst", [header, members.concat()].concat());
        let outcome = read_path(&Settings::default(), path.clone(), Position::default());
        assert_eq!(outcome.texts(), (0..40).map(html).collect::<Vec<_>>());
        let rest = read_path(&Settings::default(), path, outcome.found[30].position);
        assert_eq!(rest.found, outcome.found[30..]);
    }
}
