//! Text pages in any encoding: the first byte chooses what the server said it is.
#![no_main]

use copydesk_types::MediaType;
use libfuzzer_sys::fuzz_target;

/// What servers say: of every kind of encoding one, names that are none, and nothing.
const CHARSETS: [&str; 15] = [
    "utf-8",
    "utf-16",
    "utf-16be",
    "windows-1252",
    "windows-1258",
    "shift_jis",
    "euc-kr",
    "big5",
    "gb18030",
    "iso-2022-jp",
    "koi8-r",
    "replacement",
    "x-user-defined",
    "utf-7",
    "",
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((&first, bytes)) = bytes.split_first() {
        let charset = CHARSETS.get(usize::from(first) % (CHARSETS.len() + 1));
        copydesk_fuzz::clean(MediaType::Text, charset.copied(), bytes);
    }
});
