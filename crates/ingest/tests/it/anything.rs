//! Any bytes as any format: never a panic, never an endless reading, never silence about what is broken.

use copydesk_ingest::{Position, Settings};
use proptest::prelude::*;

use crate::support::*;

/// A name for every format.
const NAMES: [&str; 13] = [
    "a.txt",
    "a.html",
    "a",
    "a.gz",
    "a.zst",
    "a.warc",
    "a.warc.gz",
    "a.jsonl",
    "a.csv",
    "a.parquet",
    "a.zip",
    "a.tar",
    "a.rss",
];

/// Starts that lead deep into the readers.
const STARTS: [&[u8]; 13] = [
    b"",
    b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
    b"\x28\xb5\x2f\xfd\x24",
    b"\x5d\x2a\x4d\x18\x04\0\0\0",
    b"WARC/1.0\r\n",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    b"{\"text\": \"",
    b"text,url\n\"",
    b"PAR1",
    b"PK\x03\x04",
    b"<rss><channel><item><content>",
    b"<feed><entry><content type=\"xhtml\"><p>",
    b"\xff\xfe",
];

/// Reads, and checks what is so of any bytes.
fn survives(name: &str, bytes: &[u8]) {
    let settings = limited(4000);
    let folder = Folder::new();
    let path = folder.write(name, bytes);
    let outcome = read_path(&settings, path.clone(), Position::default());
    for page in outcome.pages() {
        assert!(page.bytes.len() <= 4000 * 3, "{} bytes from {name}", page.bytes.len());
        assert!(page.source.starts_with(path.to_str().unwrap()));
    }
    // A limit on what is found keeps a few bytes from becoming a flood of rejects.
    assert!(outcome.found.len() <= bytes.len() + 2, "{} from {} bytes", outcome.found.len(), bytes.len());
    assert_eq!(outcome.found, read_path(&settings, path, Position::default()).found);
    assert!(!outcome.found.is_empty() || outcome.counts.records > 0 || bytes.len() < 4000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_survived(
        name in prop::sample::select(&NAMES[..]),
        start in prop::sample::select(&STARTS[..]),
        rest in prop::collection::vec(any::<u8>(), 0..5000),
    ) {
        survives(name, &[start, &rest].concat());
    }

    #[test]
    fn packed_bytes_are_survived(
        name in prop::sample::select(&NAMES[..]),
        start in prop::sample::select(&STARTS[..]),
        rest in prop::collection::vec(any::<u8>(), 0..5000),
        packer in prop::sample::select(&PACKERS[..]),
    ) {
        survives(name, &packer(&[start, &rest].concat()));
    }

    #[test]
    fn archives_with_bytes_flipped_and_cut_keep_their_other_records(
        (name, packer) in prop::sample::select(vec![
            ("a.warc", None),
            ("a.warc.gz", Some(PACKERS[0])),
            ("a.warc.zst", Some(PACKERS[1])),
        ]),
        flips in prop::collection::vec((0.0..1.0f64, 1..=255u8), 0..4),
        cut in 0.0..1.2f64,
    ) {
        let pages: Vec<_> = (0..6).map(|seed| format!("<html>{}", prose(700, seed + 1))).collect();
        let record = |page: &String| {
            let head = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: ";
            format!("{head}{}\r\n\r\n{page}\r\n\r\n", page.len()).into_bytes()
        };
        let members: Vec<_> = pages.iter().map(|page| packer.map_or(record(page), |pack| pack(&record(page)))).collect();
        let mut touched = vec![false; members.len()];
        let mut bytes = members.concat();
        let ends: Vec<_> = members.iter().scan(0, |end, member| { *end += member.len(); Some(*end) }).collect();
        let holder = |at: usize| ends.iter().position(|&end| at < end).unwrap_or(members.len());
        for (place, mask) in flips {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] ^= mask;
            // The line break before a record is what it is found by.
            touched[holder(at)] = true;
            if let Some(next) = touched.get_mut(holder(at + 1)) {
                *next = true;
            }
        }
        let cut = (cut * bytes.len() as f64) as usize;
        if cut < bytes.len() {
            bytes.truncate(cut);
            touched[holder(cut)..].fill(true);
        }
        let outcome = read(name, &bytes);
        let texts = outcome.texts();
        for (page, touched) in pages.iter().zip(&touched) {
            prop_assert!(*touched || texts.contains(page), "{:?}", outcome.rejects());
        }
        // Without a checksum a flipped bit in a body is a page like any other.
        if packer.is_some() {
            prop_assert!(texts.iter().all(|text| pages.contains(text)));
        }
    }

    #[test]
    fn reading_any_lines_can_start_again_anywhere(
        lines in prop::collection::vec(prop_oneof![
            Just(String::new()),
            Just("broken".to_owned()),
            "[a-z ]{0,40}".prop_map(|text| format!("{{\"text\": \"{text}\"}}")),
        ], 0..30),
        packer in prop::option::of(prop::sample::select(&PACKERS[..])),
        name in prop::sample::select(vec!["a.jsonl", "a"]),
    ) {
        let text = format!("{{}}\n{}", lines.join("\n"));
        let folder = Folder::new();
        let path = folder.write(name, packer.map_or(text.clone().into_bytes(), |pack| pack(text.as_bytes())));
        let whole = read_path(&Settings::default(), path.clone(), Position::default());
        for (index, found) in whole.found.iter().enumerate() {
            let rest = read_path(&Settings::default(), path.clone(), found.position);
            prop_assert_eq!(&rest.found[..], &whole.found[index..]);
        }
    }
}

#[test]
fn a_megabyte_of_noise_is_rejected_at_once() {
    for name in NAMES {
        let outcome = read(name, noise(1 << 20, 7));
        assert_eq!(outcome.pages().len(), 0, "{name}");
        assert!(!outcome.rejects().is_empty(), "{name}");
    }
}
