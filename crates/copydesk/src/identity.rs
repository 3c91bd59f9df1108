//! Names that stay: ids from keys and hashes of contents.

use xxhash_rust::xxh3::xxh3_128;

/// What names a page: a hash of its key, which is its address where known, else its source.
pub(crate) type PageId = u128;

/// The page of that key.
pub(crate) fn page(key: &str) -> PageId {
    hash(key.as_bytes())
}

/// A page's `doc_id`: 32 hex digits.
pub(crate) fn doc_id(page: PageId) -> String {
    format!("{page:032x}")
}

/// The page of a `doc_id`.
pub(crate) fn page_of(doc_id: &str) -> PageId {
    PageId::from_str_radix(doc_id, 16).unwrap_or_default()
}

/// 32 hex digits from a page's raw bytes.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    format!("{:032x}", hash(bytes))
}

/// A hash of bytes that stays the same from version to version.
pub(crate) fn hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}
