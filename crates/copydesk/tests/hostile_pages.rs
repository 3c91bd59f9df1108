//! Pages that nobody would write: every one is counted, none stops a run, and what says something is kept.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::{assert_whole, clean, copydesk, run, status};
use tempfile::TempDir;

/// Far above what a page takes in an unoptimised build, far below what quadratic work on it would take.
const LINEAR: Duration = Duration::from_secs(60);

fn page(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a writable folder");
    (folder, path)
}

/// Runs one page; returns how the run ended.
fn run_page(name: &str, bytes: impl AsRef<[u8]>) -> i32 {
    let (folder, path) = page(name, bytes);
    let output = folder.path().join("tables");
    let began = Instant::now();
    let ended = status(&run(&path, &output, &[]));
    assert!(began.elapsed() < LINEAR, "{name} took {:?}", began.elapsed());
    assert_whole(&output);
    ended
}

#[test]
fn an_empty_file_is_a_page_without_text() {
    for name in ["empty.txt", "empty.html"] {
        assert_eq!(run_page(name, ""), 0);
        let (_folder, path) = page(name, "");
        assert_eq!(clean(&path)["text"], "");
    }
}

#[test]
fn a_byte_order_mark_alone_is_a_page_without_text() {
    for (name, bytes) in
        [("bom.txt", &b"\xEF\xBB\xBF"[..]), ("bom.html", b"\xEF\xBB\xBF"), ("bom16.txt", b"\xFF\xFE")]
    {
        assert_eq!(run_page(name, bytes), 0);
        let (_folder, path) = page(name, bytes);
        assert_eq!(clean(&path)["text"], "", "{name}");
    }
}

#[test]
fn a_page_of_scripts_alone_has_no_text() {
    let html = "<!doctype html><script>var a = '<p>Exports rose 5%</p>';</script><style>p{}</style>";
    let (_folder, path) = page("scripts.html", html);
    assert_eq!(clean(&path)["text"], "");
}

#[test]
fn a_megabyte_of_random_bytes_is_a_page_or_a_reject() {
    let bytes = random_bytes(1 << 20);
    for name in ["random.txt", "random.html", "random", "random.html.gz"] {
        let ended = run_page(name, &bytes);
        assert!(matches!(ended, 0 | 3), "{name} ended with {ended}");
    }
}

#[test]
fn what_stands_below_a_hundred_thousand_tags_is_read() {
    let deep = format!("{}<p>{STORY}</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(run_page("deep.html", &deep), 0);
    let (_folder, path) = page("deep.html", &deep);
    let cleaned = clean(&path);
    assert!(cleaned["blocks"].to_string().contains("customs revenue"), "{cleaned}");
    assert!(cleaned["flags"].to_string().contains("html_depth_capped"), "{}", cleaned["flags"]);
}

#[test]
fn open_lists_and_attributes_without_end_take_linear_time() {
    assert_eq!(run_page("lists.html", "<ul><li>".repeat(64_000)), 0);
    let attributes: String = (0..200_000).map(|i| format!(" a{i}=1")).collect();
    assert_eq!(run_page("attributes.html", format!("<p{attributes}>{STORY}</p>")), 0);
}

#[test]
fn hostile_text_takes_linear_time() {
    for (name, piece) in [
        ("brackets.txt", "("),
        ("numbers.txt", "1,"),
        ("word.txt", "a"),
        ("capitals.txt", "A B "),
        ("dots.txt", ". "),
    ] {
        assert_eq!(run_page(name, piece.repeat((1 << 20) / piece.len())), 0);
    }
}

#[test]
fn one_long_line_takes_linear_time() {
    assert_eq!(run_page("line.txt", STORY.repeat((4 << 20) / STORY.len())), 0);
}

#[test]
#[ignore = "the full size takes minutes in an unoptimised build"]
fn a_line_of_fifty_megabytes_is_read() {
    let (folder, path) = page("line.txt", STORY.repeat((50 << 20) / STORY.len()));
    let output = folder.path().join("tables");
    assert_eq!(status(&run(&path, &output, &["--memory-limit", "4G"])), 0);
    assert_whole(&output);
}

#[test]
fn a_page_that_does_not_fit_into_the_memory_is_a_reject() {
    let (folder, path) = page("line.txt", STORY.repeat((2 << 20) / STORY.len()));
    for (limit, expected) in [("64M", 3), ("128M", 0)] {
        let output = folder.path().join(limit);
        assert_eq!(status(&run(&path, &output, &["--memory-limit", limit])), expected, "{limit}");
        assert_whole(&output);
    }
}

#[test]
fn a_page_in_any_encoding_becomes_utf8() {
    let (_folder, path) =
        page("meta.html", b"<meta charset=windows-1252><p>The caf\xE9 pays \x80 5 in duties.</p>");
    assert!(clean(&path)["blocks"].to_string().contains("The café pays € 5"));
    let utf16: Vec<u8> = "\u{feff}Zölle steigen".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_folder, path) = page("utf16.txt", utf16);
    assert!(clean(&path)["blocks"].to_string().contains("Zölle steigen"));
    let (_folder, path) = page("broken.txt", b"Duties \xFF\xC3 rise\0 again");
    let cleaned = clean(&path);
    assert!(cleaned["blocks"].to_string().contains("Duties"));
    assert!(!cleaned["blocks"].to_string().contains("\\u0000"));
}

#[test]
fn file_names_with_blanks_newlines_and_other_bytes_are_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for name in [&b"two words.txt"[..], b"new\nline.txt", b"not\xFFutf8.txt"] {
        fs::write(pages.join(std::ffi::OsStr::from_bytes(name)), STORY).unwrap();
    }
    let output = folder.path().join("tables");
    assert_eq!(status(&run(&pages, &output, &[])), 0);
    let listed = copydesk([Path::new("clean"), &pages]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), 3);
}

#[test]
fn links_in_a_circle_are_cut() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("a.txt"), STORY).unwrap();
    std::os::unix::fs::symlink(&pages, pages.join("again")).unwrap();
    let ended = status(&run(&pages, &folder.path().join("tables"), &[]));
    assert!(matches!(ended, 0 | 3), "ended with {ended}");
}

const STORY: &str =
    "The customs revenue of the port rose by 4.5 percent to US$12.5 million in March, said Anna Berg. ";

/// The same bytes in every run: a multiplicative congruential generator.
fn random_bytes(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        })
        .collect()
}
