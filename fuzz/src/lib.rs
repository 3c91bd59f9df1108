//! What the fuzz targets share: bytes as a file of a name, as a page and as a text, through the crates' front doors.

pub mod quantities;

use std::cell::OnceCell;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use copydesk_ingest::{Input, Position, Settings, read_from};
use copydesk_types::{Article, MediaType, Page};
use tempfile::TempDir;

/// Largest record, in bytes: small, so that the paths behind the limit are reached.
const MAX_RECORD_BYTES: u64 = 4 << 10;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
    static RULES: copydesk_clean::Rules = copydesk_clean::Rules::load();
}

/// Lets panics unwind, so that those of the Parquet reader, which the adapter catches, end no fuzzing; one that comes
/// through does.
pub fn unwind_panics() {
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
}

/// A file of that name with those bytes.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir().expect("a folder for temporary files"));
        folder.path().join(name)
    });
    fs::write(&path, bytes).expect("a temporary file");
    path
}

/// Cleans bytes as a page of that type and checks what is so of any page: the kept blocks rebuild the text.
pub fn clean(media_type: MediaType, charset: Option<&str>, bytes: &[u8]) {
    let mut page = Page::new("page", media_type, bytes);
    page.given.charset = charset.map(str::to_owned);
    let article = RULES.with(|rules| copydesk_clean::article(rules, None, &page));
    let kept: Vec<&str> = article
        .blocks
        .iter()
        .filter_map(|block| block.span)
        .map(|span| article.text.get(span.start..span.end).expect("a block ends between characters"))
        .collect();
    assert_eq!(kept.join(Article::BLOCK_SEPARATOR), article.text);
}

/// Reads bytes as a file of that name and checks what is so of any bytes: no page is larger than the limit allows, what is
/// found is bounded by what there is, and reading goes on from any place as it did the first time.
pub fn read(name: &str, bytes: &[u8]) {
    let path = file(name, bytes);
    let settings = Settings { max_record_bytes: MAX_RECORD_BYTES, ..Settings::default() };
    let input = Input::File(path);
    let read_all = |from| {
        let mut found = Vec::new();
        let (counts, _) = read_from(&settings, &input, from, &mut |item| {
            found.push(item);
            ControlFlow::Continue(())
        });
        (found, counts)
    };
    let (found, counts) = read_all(Position::default());
    assert!(found.len() <= bytes.len() + 2);
    assert_eq!(counts.pages + counts.rejects, found.len() as u64);
    for page in found.iter().filter_map(|item| item.result.as_ref().ok()) {
        // U+FFFD takes three bytes for one that is not UTF-8.
        assert!(page.bytes.len() as u64 <= 3 * MAX_RECORD_BYTES);
    }
    if let Some(index) = found.iter().rposition(|item| item.result.is_ok()) {
        let (rest, _) = read_all(found[index].position);
        // A page that breaks off is a page and a reject of one place.
        assert!(rest.contains(&found[index]));
    }
}
