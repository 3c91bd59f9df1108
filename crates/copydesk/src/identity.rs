//! Names that stay: ids from keys and hashes of contents.

use xxhash_rust::xxh3::xxh3_128;

/// 32 hex digits from a page's key: its address where known, else its source.
pub(crate) fn doc_id(key: &str) -> String {
    hex(key.as_bytes())
}

/// 32 hex digits from a page's raw bytes.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    hex(bytes)
}

fn hex(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}
