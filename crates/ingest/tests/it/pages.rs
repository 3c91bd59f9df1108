//! Plain files: one page each.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use copydesk_ingest::{Input, Settings, Sidecar};
use copydesk_types::{Flag, MediaType};

use crate::support::*;

#[test]
fn a_page_is_text_or_html_by_its_name_or_its_content() {
    for (name, content, media_type) in [
        ("a.txt", "Exports rose.", MediaType::Text),
        ("a.txt", "<p>said to be text", MediaType::Text),
        ("a.html", "no tag at all", MediaType::Html),
        ("a.HTM", "<p>x", MediaType::Html),
        ("a", "<!doctype html><p>x", MediaType::Html),
        ("a", "Exports rose.", MediaType::Text),
        ("a.md", "# Exports rose.", MediaType::Text),
        ("a.php", "\u{feff}\n<HTML>", MediaType::Html),
    ] {
        for (ending, bytes) in
            [("", content.into()), (".gz", gzip(content)), (".zst", zstd(content)), ("x", gzip(content))]
        {
            let outcome = read(&format!("{name}{ending}"), bytes);
            // An ending that says nothing leaves it to the content.
            if ending != "x" || !name.contains('.') {
                assert_eq!(outcome.page().media_type, media_type, "{name}{ending} {content}");
            }
            assert_eq!(outcome.page().bytes, content.as_bytes());
        }
    }
}

#[test]
fn a_page_is_named_by_its_file() {
    let folder = Folder::new();
    let path = folder.write("a b/news.html.gz", gzip("x"));
    let outcome = read_path(&Settings::default(), path.clone(), Default::default());
    assert_eq!(outcome.page().name, "news");
    assert_eq!(outcome.page().source, path.to_str().unwrap());
    assert_eq!((outcome.counts.records, outcome.counts.pages), (1, 1));
}

#[test]
fn an_empty_file_is_a_page_without_bytes() {
    for (name, bytes) in
        [("a.txt", vec![]), ("a.html", vec![]), ("a", vec![]), ("a.gz", gzip("")), ("a.zst", zstd(""))]
    {
        assert_eq!(read(name, bytes).page().bytes, b"", "{name}");
    }
}

#[test]
fn what_is_no_page_says_what_it_looks_like() {
    for (name, bytes, says) in [
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3".to_vec(), "application/pdf"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "image/png"),
        ("a", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "image/jpeg"),
        ("a.txt.gz", gzip(noise(1 << 20, 1)), "binary data"),
        ("a", noise(1 << 20, 2), "binary data"),
        ("a.html", [b"\x7fELF\x02\x01\x01".to_vec(), vec![0; 100]].concat(), "executable"),
    ] {
        let outcome = read(name, bytes);
        assert_eq!(outcome.reject().code.name(), "unknown_format", "{name}");
        assert!(outcome.reject().message.contains(says), "{}", outcome.reject().message);
    }
}

#[test]
fn texts_in_odd_encodings_are_pages() {
    let utf16: Vec<u8> = "\u{feff}Exports rose.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [utf16, b"caf\xe9 \xff\xfe".to_vec(), b"NUL \0 inside".to_vec(), b"\xef\xbb\xbf".to_vec()] {
        assert_eq!(read("a.txt", &bytes).page().bytes, bytes);
    }
}

#[test]
fn a_page_past_the_limit_is_rejected_and_one_at_it_is_not() {
    let page = vec![b'x'; 1000];
    for (name, bytes) in [("a.txt", page.clone()), ("a.txt.gz", gzip(&page)), ("a.txt.zst", zstd(&page))] {
        assert_eq!(read_with(&limited(1000), name, &bytes).page().bytes, page);
        assert_eq!(read_with(&limited(999), name, &bytes).reject().code.name(), "too_large");
    }
}

#[test]
fn bombs_stop_at_the_limit() {
    let zeros = vec![b' '; 50 << 20];
    for (name, bytes) in [("a.txt.gz", gzip(&zeros)), ("a.txt.zst", zstd(&zeros))] {
        assert!(bytes.len() < 60_000);
        assert_eq!(read_with(&limited(1 << 20), name, bytes).codes(), ["too_large"]);
    }
    for twice in [gzip(gzip("x")), gzip(zstd("x")), zstd(gzip("x"))] {
        assert!(read("a.txt.gz", twice).reject().message.contains("compressed twice"));
    }
}

#[test]
fn a_zstd_window_past_the_limit_is_rejected() {
    // A frame header alone: window descriptor 0xa8 is 2 GiB.
    let frame = [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8], &[0x01, 0x00, 0x00][..]].concat();
    let outcome = read("a.txt.zst", frame);
    assert_eq!(outcome.reject().code.name(), "bad_compression");
    assert!(outcome.reject().message.contains("memory"), "{}", outcome.reject().message);
}

#[test]
fn members_in_a_row_are_one_page() {
    for pack in PACKERS {
        let bytes = [pack(b"one "), pack(b""), pack(b"two")].concat();
        assert_eq!(read("a.txt.gz", bytes).page().bytes, b"one two");
    }
    let padded = [gzip("one"), vec![0; 5000]].concat();
    assert_eq!(read("a.txt.gz", padded).page().bytes, b"one");
}

#[test]
fn a_broken_member_is_reported_with_its_offset_and_the_next_ones_are_read() {
    let parts = [1, 2, 3].map(|seed| prose(3000, seed));
    for pack in PACKERS {
        let members: Vec<_> = parts.iter().map(|part| pack(part.as_bytes())).collect();
        let second = members[0].len();
        let mut bytes = members.concat();
        bytes[second + members[1].len() / 2] ^= 4;
        let outcome = read("a.txt.gz", bytes);
        assert_eq!(outcome.codes(), ["bad_compression"]);
        assert_eq!(outcome.rejects()[0].offset, Some(second as u64));
        assert_eq!(outcome.texts(), [format!("{}{}", parts[0], parts[2])]);
        assert_eq!(outcome.pages()[0].flags, [Flag::TruncatedInput]);
    }
}

#[test]
fn bytes_behind_the_last_member_are_reported() {
    let outcome = read("a.txt.gz", [gzip("one"), b"garbage".to_vec()].concat());
    assert_eq!((outcome.codes(), outcome.texts()), (vec!["bad_compression"], vec!["one".to_owned()]));
    assert_eq!(outcome.rejects()[0].offset, Some(gzip("one").len() as u64));
}

#[test]
fn a_cut_page_is_rejected_wherever_it_is_cut() {
    for pack in PACKERS {
        let bytes = pack(prose(3000, 1).as_bytes());
        for cut in (4..bytes.len()).step_by(bytes.len() / 20) {
            let outcome = read("a.txt.gz", &bytes[..cut]);
            assert_eq!(outcome.reject().code.name(), "truncated", "{cut} of {}", bytes.len());
            assert_eq!(outcome.reject().offset, Some(0));
        }
    }
}

#[test]
fn a_flipped_bit_anywhere_is_never_silent() {
    let text = prose(600, 1);
    let bytes = gzip(&text);
    // The header carries nothing that is checked, and the last bits of the data may be padding.
    for at in 10..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 1 << (at % 8);
        let outcome = read("a.txt.gz", broken);
        let harmless = outcome.texts() == [text.as_str()];
        assert!(harmless != (outcome.counts.rejects > 0), "byte {at}: {:?}", outcome.codes());
    }
}

#[test]
fn a_missing_or_special_file_is_a_reject() {
    let folder = Folder::new();
    let gone = read_path(&Settings::default(), folder.path("gone.txt"), Default::default());
    assert_eq!(gone.codes(), ["unreadable"]);
    let directory = read_path(&Settings::default(), folder.path(""), Default::default());
    assert_eq!(directory.codes(), ["not_a_file"]);
    #[cfg(unix)]
    {
        let zero = read_path(&Settings::default(), "/dev/zero".into(), Default::default());
        assert_eq!(zero.codes(), ["not_a_file"]);
    }
}

#[test]
fn a_sidecar_tells_what_files_do_not() {
    let folder = Folder::new();
    folder.write("pages/a.html", "<p>x");
    folder.write("pages/b.html", "<p>y");
    let lines = [
        r#"{"path": "./pages//a.html", "url": "https://example.com/a", "fetched_at": "2024-12-09T08:30:00Z", "other": 1}"#,
        "",
        r#"{"path": 7}"#,
        r#"{"path": "pages/b.html", "title": "B", "date": "2024-12-08", "authors": ["Lan", "Minh"], "language": "vi"}"#,
    ];
    let (sidecar, rejects) = Sidecar::load(&folder.write("meta.jsonl", lines.join("\n"))).unwrap();
    assert_eq!(rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [Some(3)]);
    let settings = Settings { sidecar: Some(Arc::new(sidecar)), ..Settings::default() };
    let read = |name| read_path(&settings, folder.path(name), Default::default());
    let a = read("pages/a.html");
    assert_eq!(a.page().url.as_deref(), Some("https://example.com/a"));
    assert_eq!(a.page().fetched_at.unwrap().to_string(), "2024-12-09T08:30:00Z");
    let given = read("pages/b.html").page().given.clone();
    assert_eq!((given.title.as_deref(), given.language.as_deref()), (Some("B"), Some("vi")));
    assert_eq!(
        (given.published_date.unwrap().to_string(), given.authors),
        ("2024-12-08".to_owned(), vec!["Lan".to_owned(), "Minh".to_owned()])
    );
}

#[test]
fn a_sidecar_and_its_files_may_be_named_from_anywhere() {
    let folder = Folder::new();
    let absolute = folder.write("pages/a.html", "<p>x");
    // From the working folder up to the root and down again.
    let up: PathBuf = std::env::current_dir().unwrap().components().skip(1).map(|_| "..").collect();
    let relative = up.join(absolute.strip_prefix("/").unwrap());
    for named in [&absolute, &PathBuf::from("pages/a.html"), &relative] {
        let line = serde_json::json!({"path": named, "url": "https://example.com/a"}).to_string();
        let (sidecar, _) = Sidecar::load(&folder.write("meta.jsonl", line)).unwrap();
        let settings = Settings { sidecar: Some(Arc::new(sidecar)), ..Settings::default() };
        for path in [&absolute, &relative] {
            let read = read_path(&settings, path.clone(), Default::default());
            assert_eq!(read.page().url.as_deref(), Some("https://example.com/a"), "{named:?} {path:?}");
            assert_ne!(settings.told(&Input::File(path.clone())), 0);
        }
        assert_eq!(settings.told(&Input::File(folder.path("pages/b.html"))), 0);
    }
}

#[test]
fn a_fingerprint_changes_with_the_content() {
    let folder = Folder::new();
    let input = copydesk_ingest::Input::File(folder.write("a.txt", "one"));
    let before = input.fingerprint().unwrap().unwrap();
    assert_eq!(input.fingerprint().unwrap().unwrap(), before);
    assert_eq!(before.stamp.bytes, 3);
    fs::write(folder.path("a.txt"), "two").unwrap();
    assert_ne!(input.fingerprint().unwrap().unwrap().hash, before.hash);
}
