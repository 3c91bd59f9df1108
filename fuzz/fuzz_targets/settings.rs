//! What users write beside their pages: field maps, lists of files, sidecars.
#![no_main]

use copydesk_ingest::{FieldMap, Separator, Sidecar, read_list};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pairs) = std::str::from_utf8(bytes) {
        let _ = FieldMap::default().tell(pairs);
    }
    for separator in [Separator::Newline, Separator::Nul] {
        let names = read_list(&mut &*bytes, separator).expect("bytes in memory can be read");
        assert!(names.len() <= bytes.len());
    }
    let path = copydesk_fuzz::file("meta.jsonl", bytes);
    let (sidecar, rejects) = Sidecar::load(&path).expect("a file can be read");
    assert!(rejects.len() <= bytes.len());
    assert_eq!(sidecar.print_of(&path), sidecar.print_of(&path));
});
