//! Any bytes as any format: the first byte chooses the name.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// A name for every format.
const NAMES: [&str; 12] = [
    "a",
    "a.txt",
    "a.html",
    "a.warc",
    "a.warc.gz",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.parquet",
    "a.zip",
    "a.tar",
    "a.rss",
];

fuzz_target!(init: copydesk_fuzz::unwind_panics(), |bytes: &[u8]| {
    if let Some((&first, bytes)) = bytes.split_first() {
        copydesk_fuzz::read(NAMES[usize::from(first) % NAMES.len()], bytes);
    }
});
