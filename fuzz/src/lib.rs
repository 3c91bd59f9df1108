//! What the fuzz targets share: bytes as a file of a name, and any text, read through a crate's front door.

pub mod quantities;

use std::cell::OnceCell;
use std::fs;
use std::ops::ControlFlow;

use copydesk_ingest::{Input, Position, Settings, read_from};
use tempfile::TempDir;

/// Largest record, in bytes: small, so that the paths behind the limit are reached.
const MAX_RECORD_BYTES: u64 = 4 << 10;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

/// Reads bytes as a file of that name and checks what is so of any bytes: no page is larger than the limit allows, what is
/// found is bounded by what there is, and reading goes on from any place as it did the first time.
pub fn read(name: &str, bytes: &[u8]) {
    let path = FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir().expect("a folder for temporary files"));
        folder.path().join(name)
    });
    fs::write(&path, bytes).expect("a temporary file");
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
        assert_eq!(rest.first(), found.get(index));
    }
}
